// SPDX-License-Identifier: BSL-1.0
// From an adapter to a Subject: the one template that carries out Operations on a concrete bimap.
//
// An adapter is a struct that names the operations a map has, under the vocabulary's names. It says `Map`,
// `Left` and `Right`, and has `make()`; every other function is optional, and what is absent is not
// generated. What is written for the left here has its mirror image for the right.
//
// One pair. Each returns bool or, where the map says more, an object with `.inserted`, and with `.evicted` (a
// range of pairs) or `.evicted_left` and `.evicted_right` (optional pairs), and with `.position` (an
// iterator):
//
//     insert(map, l, r)
//     force(map, l, r)
//     emplace(map, l, r)
//     assign_left(map, l, r)
//     try_emplace_left(map, l, r)      its position, and its pairs, are those of the left view
//     replace_left(map, l, new_l)
//     take_left(map, source, l)        its position is that of the left view
//
// Looking and erasing, by views with the interface of std::map or, where there are none, by name:
//
//     left(map)
//     find_left(map, l) -> const Right*
//     for_each_left(map, f(l, r))
//     erase_left(map, l)               and at_left, contains_left, count_left
//     extract_left(map, l) -> node     true where it holds a pair: left() is the key, right() its partner
//     move_to_front_left(map, l) -> bool, and move_to_back_left
//
// Many pairs, and the whole map:
//
//     erase_if(map, f(l, r))
//     retain(map, f(l, r))
//     filter(map, f(l, r)) -> Map
//     insert_all(map, source)
//     insert_range(map, first, last)
//     force_all(map, source, sink)     sink(pair) takes what is evicted
//     force_range(map, first, last, sink)
//     merge(map, source) -> number of pairs that moved
//     clear(map), size(map), empty(map), reserve(map, n), shrink_to_fit(map), equal(map, map)
//
// And what the map is:
//
//     inverse(map)                     takes the same functions, with left and right exchanged
//     violated_invariant(map)          -> const char*, nullptr if all hold
//     promises() -> Promises           what the map is held to
//
// Copies, moves, assignments and swap are the map's own.
#pragma once

#include <algorithm>
#include <concepts>
#include <iterator>
#include <new>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "properties/reading.hpp"
#include "properties/subject.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties {

namespace driving {

template <class T>
inline constexpr bool is_counted = requires(const T& element) { element.maker(); };

/// Said where a lookup, an iterator or a walk of an adapter cannot be read.
#define BIMAP_PROPERTIES_UNREADABLE                                                                     \
    "this function of the adapter returns something that cannot be read. A lookup returns an iterator " \
    "(with "                                                                                            \
    "end_left(map) and end_right(map) to compare it with), a pointer, a std::optional or the partner "  \
    "itself; "                                                                                          \
    "an iterator shows a pair, or its own side's element and flip(), or key() and value()"

/// Whether an exception is the fault that was asked for.
inline bool is_injected(const std::exception& error) {
    return ledger.fired() && (dynamic_cast<const InjectedFault*>(&error) != nullptr ||
                              dynamic_cast<const FailedAllocation*>(&error) != nullptr);
}

/// Runs the subject's code: the Ledger listens.
template <class Code>
decltype(auto) listened(Code&& code) {
    const Ledger::Listening on{ledger};
    return std::forward<Code>(code)();
}

/// The element types of an adapter: those it names, or, of a template over the two, its arguments.
template <class Adapter>
struct ArgumentsOf {
    static_assert(
        requires { typename Adapter::Left; },
        "the adapter says no element types: write `using Left = …; using Right = …;`, or make it a "
        "template of the two");
};
template <template <class, class> class Adapter, class L, class R>
struct ArgumentsOf<Adapter<L, R>> {
    using Left = L;
    using Right = R;
};
template <class Adapter>
auto elements_of() {
    if constexpr (requires {
                      typename Adapter::Left;
                      typename Adapter::Right;
                  })
        return std::type_identity<Adapter>{};
    else
        return std::type_identity<ArgumentsOf<Adapter>>{};
}
template <class Adapter>
using LeftOf = typename decltype(elements_of<Adapter>())::type::Left;
template <class Adapter>
using RightOf = typename decltype(elements_of<Adapter>())::type::Right;

/// Whether an adapter has a function of this name, whatever it takes: a base class that has it, too, makes
/// the name ambiguous.
#define BIMAP_PROPERTIES_NAMED(name)              \
    struct Name_##name {                          \
        int name;                                 \
    };                                            \
    template <class Adapter>                      \
    struct Both_##name : Adapter, Name_##name {}; \
    template <class Adapter>                      \
    inline constexpr bool names_##name = !requires { &Both_##name<Adapter>::name; };
#define BIMAP_PROPERTIES_NAMED_SIDES(name) \
    BIMAP_PROPERTIES_NAMED(name##_left) BIMAP_PROPERTIES_NAMED(name##_right)
BIMAP_PROPERTIES_NAMED(insert)
BIMAP_PROPERTIES_NAMED(force)
BIMAP_PROPERTIES_NAMED(emplace)
BIMAP_PROPERTIES_NAMED(clear)
BIMAP_PROPERTIES_NAMED(size)
BIMAP_PROPERTIES_NAMED(empty)
BIMAP_PROPERTIES_NAMED(reserve)
BIMAP_PROPERTIES_NAMED(shrink_to_fit)
BIMAP_PROPERTIES_NAMED(equal)
BIMAP_PROPERTIES_NAMED(merge)
BIMAP_PROPERTIES_NAMED(insert_all)
BIMAP_PROPERTIES_NAMED(erase_if)
BIMAP_PROPERTIES_NAMED(retain)
BIMAP_PROPERTIES_NAMED(filter)
BIMAP_PROPERTIES_NAMED(promises)
BIMAP_PROPERTIES_NAMED_SIDES(assign)
BIMAP_PROPERTIES_NAMED_SIDES(try_emplace)
BIMAP_PROPERTIES_NAMED_SIDES(replace)
BIMAP_PROPERTIES_NAMED_SIDES(extract)
BIMAP_PROPERTIES_NAMED_SIDES(find)
BIMAP_PROPERTIES_NAMED_SIDES(erase)
BIMAP_PROPERTIES_NAMED_SIDES(erase_at)
BIMAP_PROPERTIES_NAMED_SIDES(erase_range)
BIMAP_PROPERTIES_NAMED_SIDES(for_each)
BIMAP_PROPERTIES_NAMED_SIDES(at)
BIMAP_PROPERTIES_NAMED_SIDES(contains)
BIMAP_PROPERTIES_NAMED_SIDES(count)
BIMAP_PROPERTIES_NAMED_SIDES(begin)
BIMAP_PROPERTIES_NAMED_SIDES(end)
BIMAP_PROPERTIES_NAMED_SIDES(lower_bound)
BIMAP_PROPERTIES_NAMED_SIDES(upper_bound)
#undef BIMAP_PROPERTIES_NAMED_SIDES
#undef BIMAP_PROPERTIES_NAMED

/// Hands an argument over as its Passing says. A type that cannot be copied is always handed over as
/// expiring.
template <class T, class Receiver>
void hand_over(Passing passing, T& fresh, const T* own, Receiver&& receive) {
    if constexpr (std::copy_constructible<T>) {
        if (passing == Passing::moved)
            receive(std::move(fresh));
        else
            receive(passing == Passing::own && own != nullptr ? *own : std::as_const(fresh));
    } else {
        receive(std::move(fresh));
    }
}

/// Calls by the name that carries a side, written once: has_find<side>() and find<side>(adapter, …).
#define BIMAP_PROPERTIES_SIDED(name)                                      \
    template <Side side, class Adapter, class... Arguments>               \
    constexpr bool has_##name() {                                         \
        if constexpr (side == Side::left)                                 \
            return requires(Adapter& a, Arguments&&... all) {             \
                a.name##_left(std::forward<Arguments>(all)...);           \
            };                                                            \
        else                                                              \
            return requires(Adapter& a, Arguments&&... all) {             \
                a.name##_right(std::forward<Arguments>(all)...);          \
            };                                                            \
    }                                                                     \
    template <Side side, class Adapter, class... Arguments>               \
    decltype(auto) name(Adapter& adapter, Arguments&&... all) {           \
        if constexpr (side == Side::left)                                 \
            return adapter.name##_left(std::forward<Arguments>(all)...);  \
        else                                                              \
            return adapter.name##_right(std::forward<Arguments>(all)...); \
    }
BIMAP_PROPERTIES_SIDED(assign)
BIMAP_PROPERTIES_SIDED(try_emplace)
BIMAP_PROPERTIES_SIDED(replace)
BIMAP_PROPERTIES_SIDED(extract)
BIMAP_PROPERTIES_SIDED(take)
BIMAP_PROPERTIES_SIDED(move_to_front)
BIMAP_PROPERTIES_SIDED(move_to_back)
BIMAP_PROPERTIES_SIDED(find)
BIMAP_PROPERTIES_SIDED(erase)
BIMAP_PROPERTIES_SIDED(for_each)
BIMAP_PROPERTIES_SIDED(at)
BIMAP_PROPERTIES_SIDED(contains)
BIMAP_PROPERTIES_SIDED(count)
BIMAP_PROPERTIES_SIDED(begin)
BIMAP_PROPERTIES_SIDED(end)
BIMAP_PROPERTIES_SIDED(erase_at)
BIMAP_PROPERTIES_SIDED(erase_range)
BIMAP_PROPERTIES_SIDED(lower_bound)
BIMAP_PROPERTIES_SIDED(upper_bound)
#undef BIMAP_PROPERTIES_SIDED

/// One face of a map, the map itself or its inverse, called through an adapter. `L` and `R` are the element
/// types as this face sees them.
template <class Adapter, class Face, class L, class R>
class Caller {
    template <Side side>
    using Key = std::conditional_t<side == Side::left, L, R>;
    template <Side side>
    using Partner = Key<opposite(side)>;

  public:
    Caller(Adapter& adapter, Face& face, const std::vector<L>& lefts, const std::vector<R>& rights)
        : adapter_{adapter}, face_{face}, lefts_{lefts}, rights_{rights} {}

    template <Verb verb, Side side>
    static constexpr bool offers() {
        using K = Key<side>;
        if constexpr (verb == Verb::insert)
            return requires(Adapter& a, Face& f, L l, R r) { a.insert(f, pass(l), pass(r)); };
        else if constexpr (verb == Verb::force)
            return requires(Adapter& a, Face& f, L l, R r) { a.force(f, pass(l), pass(r)); };
        else if constexpr (verb == Verb::assign)
            return has_assign<side, Adapter, Face&, Passed<L>, Passed<R>>();
        else if constexpr (verb == Verb::emplace)
            return requires(Adapter& a, Face& f, L l, R r) { a.emplace(f, std::move(l), std::move(r)); };
        else if constexpr (verb == Verb::try_emplace)
            return has_try_emplace<side, Adapter, Face&, Passed<K>, Passed<Partner<side>>>();
        else if constexpr (verb == Verb::replace)
            return has_replace<side, Adapter, Face&, const K&, Passed<K>>();
        else if constexpr (verb == Verb::extract)
            return has_extract<side, Adapter, Face&, const K&>();
        else if constexpr (verb == Verb::move_to_front)
            return has_move_to_front<side, Adapter, Face&, const K&>();
        else if constexpr (verb == Verb::move_to_back)
            return has_move_to_back<side, Adapter, Face&, const K&>();
        else if constexpr (verb == Verb::erase)
            return can_erase_key<side>();
        else if constexpr (verb == Verb::clear)
            return requires(Adapter& a, Face& f) { a.clear(f); };
        else if constexpr (verb == Verb::insert_range)
            return requires(Adapter& a, Face& f, std::pair<L, R>* p) { a.insert_range(f, p, p); };
        else if constexpr (verb == Verb::force_range)
            return requires(Adapter& a, Face& f, std::pair<L, R>* p) { a.force_range(f, p, p, Sink{}); };
        else if constexpr (verb == Verb::erase_if)
            return requires(Adapter& a, Face& f) { a.erase_if(f, [](const L&, const R&) { return true; }); };
        else if constexpr (verb == Verb::retain)
            return requires(Adapter& a, Face& f) { a.retain(f, [](const L&, const R&) { return true; }); };
        else if constexpr (verb == Verb::find)
            return can_find<side>();
        else if constexpr (verb == Verb::at)
            return can_at<side>();
        else if constexpr (verb == Verb::contains)
            return can_contain<side>();
        else if constexpr (verb == Verb::count)
            return can_count<side>();
        else if constexpr (verb == Verb::lower_bound)
            return can_bound_below<side>();
        else if constexpr (verb == Verb::upper_bound)
            return can_bound_above<side>();
        else if constexpr (verb == Verb::erase_loop)
            return can_erase_in_a_loop<side>();
        else if constexpr (verb == Verb::erase_at)
            return can_erase_at<side>();
        else if constexpr (verb == Verb::erase_range)
            return can_erase_range<side>();
        else if constexpr (verb == Verb::clear_view)
            return can_clear_view<side>();
        else if constexpr (verb == Verb::reserve)
            return requires(Adapter& a, Face& f) { a.reserve(f, std::size_t{}); };
        else if constexpr (verb == Verb::shrink_to_fit)
            return requires(Adapter& a, Face& f) { a.shrink_to_fit(f); };
        else
            return false;
    }

    template <Verb verb, Side side>
    void call(const Operation& operation, Answer& answer) {
        if constexpr (is_insertion(verb))
            offer_pair<verb, side>(operation, answer);
        else if constexpr (shape_of(verb).modifies)
            change<verb, side>(operation, answer);
        else
            look_up<verb, side>(operation, answer);
    }

    /// Whether a pair's key on this side lies in the range that the Operation names.
    template <Side side>
    static auto predicate(const Operation& operation) {
        return [&operation](const L& l, const R& r) {
            if constexpr (side == Side::left)
                return in_range(operation, Element<L>::number(l));
            else
                return in_range(operation, Element<R>::number(r));
        };
    }

    /// Calls f(left, right) for every pair, in the order of the side's view.
    template <Side side, class F>
    void for_each_pair(F f) {
        auto in_order = [&](const Key<side>& key, const Partner<side>& partner) {
            if constexpr (side == Side::left)
                f(key, partner);
            else
                f(partner, key);
        };
        if constexpr (has_for_each<side, Adapter, Face&, decltype(in_order)&>()) {
            for_each<side>(adapter_, face_, in_order);
        } else {
            auto&& all = range<side>();
            for (auto it = all.begin(); it != all.end(); ++it)
                reading::read_iterator<side, Key<side>, Partner<side>>(it, in_order);
        }
    }

    /// Whether a side can be walked along.
    template <Side side>
    static constexpr bool can_walk() {
        return has_for_each<side, Adapter, Face&, AnyVisitor&>() || has_range<side>();
    }

    /// Looks along every path that this face has. `mirror` shows the pairs as the map itself would.
    void look(Number alphabet, bool mirror, Look::Face& seen) {
        look_along<Side::left>(alphabet, mirror, seen);
        look_along<Side::right>(alphabet, mirror, seen);
        if constexpr (requires { adapter_.size(face_); })
            seen.size = listened([&] { return static_cast<std::size_t>(adapter_.size(face_)); });
        if constexpr (requires { adapter_.empty(face_); })
            seen.empty = listened([&] { return static_cast<bool>(adapter_.empty(face_)); });
    }

    /// Notes evicted pairs, in room that is there already: it allocates nothing and throws nothing.
    struct Sink {
        Pairs* noted = nullptr;
        void operator()(const auto& pair) const {
            if (noted->size() < noted->capacity())
                noted->push_back(pair_of<Side::left>(pair.first, pair.second));
        }
    };
    static Sink sink_of(Answer& answer) {
        answer.pairs.emplace().reserve(std::size_t{2} * number_limit);
        return {&*answer.pairs};
    }

    /// What an insertion says; `side` is the view whose pairs and positions it shows.
    template <Side side, class Result>
    void read_insertion(const Result& result, Answer& answer) {
        if constexpr (requires { result.inserted; })
            answer.value = result.inserted ? 1 : 0;
        else if constexpr (reading::SaysInsertedSecond<Result>)
            answer.value = result.second ? 1 : 0;
        else
            read_whether_inserted<side>(result, answer);
        read_evicted<side>(result, answer);
        if constexpr (requires { position<side>(result.position); })
            answer.position = position<side>(result.position);
        else if constexpr (reading::SaysInsertedSecond<Result>)
            note_position<side>(result.first, answer);
    }

    /// What an insertion says by its result alone. The end, or a null pointer, refuses; an iterator elsewhere
    /// shows where the pair is, or what is in its way. A number, a reference or an optional says nothing:
    /// maps mean different things by it.
    template <Side side, class Result>
    void read_whether_inserted(const Result& result, Answer& answer) {
        if constexpr (std::same_as<Result, bool>) {
            answer.value = result ? 1 : 0;
        } else if constexpr (is_iterator<side, Result>()) {
            const Pair where = position<side>(result);
            if (where == end_position)
                answer.value = 0;
            else
                answer.position = where;
        } else if constexpr (std::is_pointer_v<Result>) {
            if (result == nullptr) answer.value = 0;
        } else if constexpr (std::is_class_v<Result> && std::is_constructible_v<bool, const Result&> &&
                             !reading::Holder<const Result&>) {
            answer.value = static_cast<bool>(result) ? 1 : 0;
        }
    }

    template <Side side, class Result>
    void read_evicted(const Result& result, Answer& answer) {
        const auto note = [&](const auto& pair) {
            answer.pairs->push_back(pair_of<side>(pair.first, pair.second));
        };
        if constexpr (requires { result.evicted_left; }) {
            answer.pairs.emplace();
            if (result.evicted_left) note(*result.evicted_left);
            if (result.evicted_right) note(*result.evicted_right);
        } else if constexpr (requires { result.evicted; }) {
            answer.pairs.emplace();
            for (const auto& pair : result.evicted) note(pair);
        }
    }

    template <class Result>
    static void read_value(const Result& result, Answer& answer) {
        if constexpr (std::convertible_to<Result, std::size_t>)
            answer.value = static_cast<Number>(static_cast<std::size_t>(result));
        else if constexpr (std::is_constructible_v<bool, const Result&>)
            answer.value = static_cast<bool>(result) ? 1 : 0;
    }

    template <class Call>
    static auto value_of(Call&& call) {
        if constexpr (std::is_void_v<decltype(call())>)
            return call(), Nothing{};
        else
            return call();
    }

  private:
    struct Nothing {};

    /// An element that the caller owns: one of those at hand, or made for the purpose if its number is a
    /// great one.
    template <Side side>
    class Chosen {
      public:
        Chosen(const std::vector<Key<side>>& at_hand, Number number) {
            if (number < at_hand.size())
                element_ = &at_hand[number];
            else
                element_ = &made_.emplace(Element<Key<side>>::make(number));
        }
        Chosen(const Chosen&) = delete;
        Chosen& operator=(const Chosen&) = delete;
        const Key<side>& element() const { return *element_; }

      private:
        std::optional<Key<side>> made_;
        const Key<side>* element_ = nullptr;
    };

    template <class T>
    using Passed = std::conditional_t<std::copy_constructible<T>, const T&, T&&>;
    template <class T>
    static Passed<T> pass(T& element) {
        return static_cast<Passed<T>>(element);
    }

    template <Side side>
    static constexpr bool has_view() {
        if constexpr (side == Side::left)
            return requires(Adapter& a, Face& f) { a.left(f); };
        else
            return requires(Adapter& a, Face& f) { a.right(f); };
    }

    struct AnyVisitor {
        void operator()(const auto&, const auto&) const {}
    };

    /// An iterator range over a side: from begin_left(map) to end_left(map), or the view.
    template <class Begin, class End>
    struct Range {
        Begin first;
        End last;
        Begin begin() const { return first; }
        End end() const { return last; }
    };
    template <class Begin, class End>
    Range(Begin, End) -> Range<Begin, End>;

    template <Side side>
    static constexpr bool has_ends() {
        return has_begin<side, Adapter, Face&>() && has_end<side, Adapter, Face&>();
    }
    template <Side side>
    static constexpr bool has_range() {
        return has_ends<side>() || has_view<side>();
    }
    template <Side side>
    decltype(auto) range() {
        if constexpr (has_ends<side>())
            return Range{begin<side>(adapter_, face_), end<side>(adapter_, face_)};
        else
            return view<side>();
    }
    template <Side side>
    auto end_of() {
        if constexpr (has_end<side, Adapter, Face&>())
            return end<side>(adapter_, face_);
        else
            return view<side>().end();
    }
    template <Side side>
    static auto iterator_type() {
        using Begin = decltype(std::declval<Caller&>().template range<side>().begin());
        return std::type_identity<std::remove_cvref_t<Begin>>{};
    }
    template <Side side>
    using IteratorOf = typename decltype(iterator_type<side>())::type;

    /// Whether a T is an iterator of this side: it can be compared with the end, and read.
    template <Side side, class T>
    static constexpr bool is_iterator() {
        if constexpr (has_end<side, Adapter, Face&>() || has_view<side>())
            return requires(Caller& c, const std::remove_cvref_t<T>& it) {
                { it == c.template end_of<side>() } -> std::convertible_to<bool>;
                requires reading::ReadableIterator<std::remove_cvref_t<T>, side, Key<side>, Partner<side>>;
            };
        else
            return false;
    }

    // What a side can do, by a function of the adapter or by the view.
#define BIMAP_PROPERTIES_CAN(can, name, viewed)                                                        \
    template <Side side>                                                                               \
    static constexpr bool can() {                                                                      \
        if constexpr (has_##name<side, Adapter, Face&, const Key<side>&>())                            \
            return true;                                                                               \
        else if constexpr (has_view<side>())                                                           \
            return requires(Caller& c, const Key<side>& key) { c.template view<side>().viewed(key); }; \
        else                                                                                           \
            return false;                                                                              \
    }
    BIMAP_PROPERTIES_CAN(can_erase_key, erase, erase)
    BIMAP_PROPERTIES_CAN(can_find, find, find)
    BIMAP_PROPERTIES_CAN(can_at, at, at)
    BIMAP_PROPERTIES_CAN(can_contain, contains, contains)
    BIMAP_PROPERTIES_CAN(can_count, count, count)
    BIMAP_PROPERTIES_CAN(can_bound_below, lower_bound, lower_bound)
    BIMAP_PROPERTIES_CAN(can_bound_above, upper_bound, upper_bound)
#undef BIMAP_PROPERTIES_CAN

    template <Side side>
    static constexpr bool can_erase_at() {
        if constexpr (!has_range<side>())
            return false;
        else if constexpr (has_erase_at<side, Adapter, Face&, IteratorOf<side>>())
            return true;
        else if constexpr (has_view<side>())
            return requires(Caller& c, IteratorOf<side> it) { c.template view<side>().erase(it); };
        else
            return false;
    }
    template <Side side>
    static constexpr bool can_erase_in_a_loop() {
        if constexpr (can_erase_at<side>())
            return std::convertible_to<decltype(std::declval<Caller&>().template erase_iterator<side>(
                                           std::declval<IteratorOf<side>>())),
                                       IteratorOf<side>>;
        else
            return false;
    }
    template <Side side>
    static constexpr bool can_erase_range() {
        if constexpr (!has_range<side>())
            return false;
        else if constexpr (has_erase_range<side, Adapter, Face&, IteratorOf<side>, IteratorOf<side>>())
            return true;
        else if constexpr (has_view<side>())
            return requires(Caller& c, IteratorOf<side> it) { c.template view<side>().erase(it, it); };
        else
            return false;
    }
    template <Side side>
    static constexpr bool can_clear_view() {
        if constexpr (has_view<side>())
            return requires(Caller& c) { c.template view<side>().clear(); };
        else
            return false;
    }

    template <Side side>
    decltype(auto) erase_iterator(IteratorOf<side> it) {
        if constexpr (has_erase_at<side, Adapter, Face&, IteratorOf<side>>())
            return properties::driving::erase_at<side>(adapter_, face_, it);
        else
            return view<side>().erase(it);
    }
    template <Side side>
    decltype(auto) erase_iterators(IteratorOf<side> first, IteratorOf<side> last) {
        if constexpr (has_erase_range<side, Adapter, Face&, IteratorOf<side>, IteratorOf<side>>())
            return properties::driving::erase_range<side>(adapter_, face_, first, last);
        else
            return view<side>().erase(first, last);
    }

    template <Side side>
    decltype(auto) view() {
        if constexpr (side == Side::left)
            return adapter_.left(face_);
        else
            return adapter_.right(face_);
    }

    template <Side side>
    const auto& keys() const {
        if constexpr (side == Side::left)
            return lefts_;
        else
            return rights_;
    }

    /// Runs the call that the Operation is about: the Ledger listens and the fault is armed.
    template <class Code>
    static decltype(auto) tested(const Operation& operation, Code&& code) {
        const Ledger::Listening on{ledger};
        ledger.arm(operation.fault);
        return std::forward<Code>(code)();
    }

    template <Side side>
    static Pair pair_of(const Key<side>& key, const Partner<side>& partner) {
        const Pair pair{Element<Key<side>>::number(key), Element<Partner<side>>::number(partner)};
        return side == Side::left ? pair : mirrored(pair);
    }

    template <Side side>
    Pair found_position(Number key, std::optional<Number> partner) {
        if (!partner) return end_position;
        return side == Side::left ? Pair{key, *partner} : Pair{*partner, key};
    }

    template <Side side, class Iterator>
    Pair position(Iterator it)
        requires(is_iterator<side, Iterator>())
    {
        return listened([&] {
            Pair pair = end_position;
            if (!(it == end_of<side>()))
                reading::read_iterator<side, Key<side>, Partner<side>>(
                    it, [&](const Key<side>& key, const Partner<side>& partner) {
                        pair = pair_of<side>(key, partner);
                    });
            return pair;
        });
    }

    /// What a lookup returned, whatever its style: calls f(partner) if it found one.
    template <Side side, class Result, class F>
    void read_found(Result&& result, F&& f) {
        using Seen = Partner<side>;
        const auto second = [&](const Key<side>&, const Seen& partner) { f(partner); };
        if constexpr (is_iterator<side, Result>()) {
            if (!(result == end_of<side>()))
                reading::read_iterator<side, Key<side>, Seen>(std::forward<Result>(result), second);
        } else if constexpr (reading::Holder<Result>) {
            using Held = decltype(*result);
            if (!static_cast<bool>(result)) return;
            if constexpr (reading::Shows<Held, Seen>)
                f(static_cast<const Seen&>(*result));
            else if constexpr (requires {
                                   { result->get() } -> reading::Shows<Seen>;
                               })
                f(static_cast<const Seen&>(result->get()));
            else if constexpr (reading::ShowsPair<Held, side, Key<side>, Seen>)
                reading::read_pair<side, Key<side>, Seen>(*result, second);
            else
                static_assert(reading::Shows<Held, Seen>, BIMAP_PROPERTIES_UNREADABLE);
        } else {
            static_assert(reading::Shows<Result, Seen>, BIMAP_PROPERTIES_UNREADABLE);
            f(static_cast<const Seen&>(result));
        }
    }

    template <Side side>
    decltype(auto) find_key(const Key<side>& key) {
        if constexpr (has_find<side, Adapter, Face&, const Key<side>&>())
            return find<side>(adapter_, face_, key);
        else
            return view<side>().find(key);
    }

    /// Whether a lookup's result says by itself that nothing was found; else an exception says it.
    template <Side side>
    static constexpr bool finds_without_throwing() {
        using Result =
            decltype(std::declval<Caller&>().template find_key<side>(std::declval<const Key<side>&>()));
        return is_iterator<side, Result>() || reading::Holder<Result>;
    }

    /// Calls f(partner) if the key is found.
    template <Side side, class F>
    void search(const Key<side>& key, F&& f) {
        if constexpr (finds_without_throwing<side>()) {
            read_found<side>(find_key<side>(key), f);
        } else {
            try {
                read_found<side>(find_key<side>(key), f);
            } catch (const std::exception& error) {
                if (is_injected(error)) throw;
            }
        }
    }

    template <Side side>
    std::optional<Number> partner(const Key<side>& key) {
        std::optional<Number> found;
        search<side>(key, [&](const Partner<side>& seen) { found = Element<Partner<side>>::number(seen); });
        return found;
    }

    template <Side side>
    Number number_at(const Key<side>& key) {
        Number found = 0;
        const auto note = [&](const Partner<side>& seen) { found = Element<Partner<side>>::number(seen); };
        if constexpr (has_at<side, Adapter, Face&, const Key<side>&>())
            read_found<side>(at<side>(adapter_, face_, key), note);
        else
            read_found<side>(view<side>().at(key), note);
        return found;
    }

    template <Side side>
    bool contains_key(const Key<side>& key) {
        if constexpr (has_contains<side, Adapter, Face&, const Key<side>&>())
            return static_cast<bool>(contains<side>(adapter_, face_, key));
        else
            return view<side>().contains(key);
    }

    template <Side side>
    std::size_t count_key(const Key<side>& key) {
        if constexpr (has_count<side, Adapter, Face&, const Key<side>&>())
            return static_cast<std::size_t>(count<side>(adapter_, face_, key));
        else
            return view<side>().count(key);
    }

    template <Side side>
    auto bound_below(const Key<side>& key) {
        if constexpr (has_lower_bound<side, Adapter, Face&, const Key<side>&>())
            return lower_bound<side>(adapter_, face_, key);
        else
            return view<side>().lower_bound(key);
    }
    template <Side side>
    auto bound_above(const Key<side>& key) {
        if constexpr (has_upper_bound<side, Adapter, Face&, const Key<side>&>())
            return upper_bound<side>(adapter_, face_, key);
        else
            return view<side>().upper_bound(key);
    }

    /// The iterator to a key, found by walking: whatever finds it in the map may be under test.
    template <Side side>
    IteratorOf<side> locate(Number key) {
        return listened([&] {
            auto&& all = range<side>();
            auto it = all.begin();
            for (; !(it == all.end()); ++it) {
                bool here = false;
                reading::read_iterator<side, Key<side>, Partner<side>>(
                    it, [&](const Key<side>& seen, const Partner<side>&) {
                        here = Element<Key<side>>::number(seen) == key;
                    });
                if (here) break;
            }
            return it;
        });
    }

    /// Whether a lookup shows the map's own element, and not a copy that goes away.
    template <Side side>
    static constexpr bool finds_own_elements() {
        if constexpr (!can_find<side>()) {
            return false;
        } else {
            using Result =
                decltype(std::declval<Caller&>().template find_key<side>(std::declval<const Key<side>&>()));
            if constexpr (is_iterator<side, Result>())
                return reading::shows_own_elements<side, Key<side>, Partner<side>,
                                                   std::remove_cvref_t<Result>>();
            else if constexpr (reading::Holder<Result>)
                return std::is_pointer_v<std::remove_cvref_t<Result>> ||
                       requires(Result result) { result->get(); };
            else
                return std::is_lvalue_reference_v<Result>;
        }
    }

    /// The map's own element that equals this one, as the other side shows it, or nullptr.
    template <Side side>
    const Key<side>* own(const Key<side>& element) {
        const Key<side>* found = nullptr;
        if constexpr (finds_own_elements<side>() && finds_own_elements<opposite(side)>())
            listened([&] {
                search<side>(element, [&](const Partner<side>& partner) {
                    search<opposite(side)>(partner,
                                           [&](const Key<side>& seen) { found = std::addressof(seen); });
                });
            });
        return found;
    }

    template <Side side>
    const Key<side>* own_if(Passing passing, const Key<side>& element) {
        return passing == Passing::own ? own<side>(element) : nullptr;
    }

    template <Verb verb, Side side>
    void offer_pair(const Operation& operation, Answer& answer) {
        if constexpr (verb == Verb::insert)
            put(operation, answer, [&](auto&& l, auto&& r) {
                return adapter_.insert(face_, std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
            });
        else if constexpr (verb == Verb::force)
            put(operation, answer, [&](auto&& l, auto&& r) {
                return adapter_.force(face_, std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
            });
        else if constexpr (verb == Verb::assign)
            put(operation, answer, [&](auto&& l, auto&& r) {
                return assign<side>(adapter_, face_, std::forward<decltype(l)>(l),
                                    std::forward<decltype(r)>(r));
            });
        else if constexpr (verb == Verb::emplace)
            emplace(operation, answer);
        else if constexpr (verb == Verb::try_emplace)
            put<side>(operation, answer, [&](auto&& l, auto&& r) {
                if constexpr (side == Side::left)
                    return try_emplace<side>(adapter_, face_, std::forward<decltype(l)>(l),
                                             std::forward<decltype(r)>(r));
                else
                    return try_emplace<side>(adapter_, face_, std::forward<decltype(r)>(r),
                                             std::forward<decltype(l)>(l));
            });
    }

    template <Verb verb, Side side>
    void look_up(const Operation& operation, Answer& answer) {
        const Chosen<side> chosen{keys<side>(), operation.numbers[0]};
        const Key<side>& key = chosen.element();
        [[maybe_unused]] const Number number = operation.numbers[0];
        if constexpr (verb == Verb::find)
            answer.position =
                found_position<side>(number, tested(operation, [&] { return partner<side>(key); }));
        else if constexpr (verb == Verb::at)
            answer.position =
                found_position<side>(number, tested(operation, [&] { return number_at<side>(key); }));
        else if constexpr (verb == Verb::contains)
            read_value(tested(operation, [&] { return contains_key<side>(key); }), answer);
        else if constexpr (verb == Verb::count)
            read_value(tested(operation, [&] { return count_key<side>(key); }), answer);
        else if constexpr (verb == Verb::lower_bound)
            note_position<side>(tested(operation, [&] { return bound_below<side>(key); }), answer);
        else if constexpr (verb == Verb::upper_bound)
            note_position<side>(tested(operation, [&] { return bound_above<side>(key); }), answer);
    }

    /// Where an iterator that was returned points; anything else says nothing.
    template <Side side, class Result>
    void note_position(const Result& result, Answer& answer) {
        if constexpr (is_iterator<side, Result>()) answer.position = position<side>(result);
    }

    template <Verb verb, Side side>
    void change(const Operation& operation, [[maybe_unused]] Answer& answer) {
        [[maybe_unused]] const Chosen<side> chosen{keys<side>(), operation.numbers[0]};
        [[maybe_unused]] const Key<side>& key = chosen.element();
        if constexpr (verb == Verb::replace)
            replace_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::extract)
            extract_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::move_to_front)
            read_value(tested(operation, [&] { return move_to_front<side>(adapter_, face_, key); }), answer);
        else if constexpr (verb == Verb::move_to_back)
            read_value(tested(operation, [&] { return move_to_back<side>(adapter_, face_, key); }), answer);
        else if constexpr (verb == Verb::erase)
            erase_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::clear)
            tested(operation, [&] { adapter_.clear(face_); });
        else if constexpr (verb == Verb::insert_range)
            insert_range(operation);
        else if constexpr (verb == Verb::force_range)
            force_range(operation, answer);
        else if constexpr (verb == Verb::erase_if)
            erase_if<side>(operation, answer);
        else if constexpr (verb == Verb::retain)
            retain<side>(operation, answer);
        else if constexpr (verb == Verb::erase_loop)
            erase_loop<side>(operation, answer);
        else if constexpr (verb == Verb::erase_at)
            erase_at<side>(operation, answer);
        else if constexpr (verb == Verb::erase_range)
            erase_range<side>(operation, answer);
        else if constexpr (verb == Verb::clear_view)
            tested(operation, [&] { view<side>().clear(); });
        else if constexpr (verb == Verb::reserve)
            tested(operation, [&] { adapter_.reserve(face_, std::size_t{operation.numbers[0]}); });
        else if constexpr (verb == Verb::shrink_to_fit)
            tested(operation, [&] { adapter_.shrink_to_fit(face_); });
    }

    template <Side side = Side::left, class Call>
    void put(const Operation& operation, Answer& answer, Call&& call) {
        auto l = Element<L>::make(operation.numbers[0]);
        auto r = Element<R>::make(operation.numbers[1]);
        const L* const own_left = own_if<Side::left>(operation.passing[0], l);
        const R* const own_right = own_if<Side::right>(operation.passing[1], r);
        hand_over(operation.passing[0], l, own_left, [&](auto&& left) {
            hand_over(operation.passing[1], r, own_right, [&](auto&& right) {
                const auto result = value_of([&] {
                    return tested(operation, [&] {
                        return call(std::forward<decltype(left)>(left), std::forward<decltype(right)>(right));
                    });
                });
                read_insertion<side>(result, answer);
            });
        });
        answer.stored_given = answer.value != 1U || was_made_now(operation);
        if (answer.value == 0U && is_looked_up_first<side>(operation, answer))
            answer.kept_arguments = Element<L>::number(l) == operation.numbers[0] &&
                                    Element<R>::number(r) == operation.numbers[1];
    }

    /// Whether what was refused was refused before the arguments were touched: try_emplace makes the partner
    /// of a new key first.
    template <Side side>
    static bool is_looked_up_first(const Operation& operation, const Answer& answer) {
        const Number key = operation.numbers[side == Side::left ? 0 : 1];
        return operation.verb != Verb::try_emplace ||
               (answer.position && key_of(*answer.position, side) == key);
    }

    void emplace(const Operation& operation, Answer& answer) {
        auto l = Element<L>::make(operation.numbers[0]);
        auto r = Element<R>::make(operation.numbers[1]);
        const auto result = value_of([&] {
            return tested(operation, [&] { return adapter_.emplace(face_, std::move(l), std::move(r)); });
        });
        read_insertion<Side::left>(result, answer);
        answer.stored_given = answer.value != 1U || was_made_now(operation);
    }

    /// Whether the Operation under way made the pair that it says it inserted. What is not there is not
    /// judged here.
    bool was_made_now([[maybe_unused]] const Operation& operation) {
        if constexpr (is_counted<L> && is_counted<R> && can_find<Side::left>() && can_find<Side::right>()) {
            const Chosen<Side::left> left{lefts_, operation.numbers[0]};
            ledger.disarm();  // the call is over; this is only a look
            bool made_now = true;
            listened([&] {
                search<Side::left>(left.element(), [&](const R& stored_right) {
                    made_now = stored_right.maker() == ledger.maker();
                    search<Side::right>(stored_right, [&](const L& stored_left) {
                        made_now = made_now && stored_left.maker() == ledger.maker();
                    });
                });
            });
            return made_now;
        } else {
            return true;
        }
    }

    template <Side side>
    void replace_key(const Operation& operation, const Key<side>& key, Answer& answer) {
        auto fresh = Element<Key<side>>::make(operation.numbers[1]);
        const Key<side>* const own_key = own_if<side>(operation.passing[1], fresh);
        hand_over(operation.passing[1], fresh, own_key, [&](auto&& argument) {
            const auto result = value_of([&] {
                return tested(operation, [&] {
                    return replace<side>(adapter_, face_, key, std::forward<decltype(argument)>(argument));
                });
            });
            read_insertion<Side::left>(result, answer);
        });
        if (answer.value == 0U)
            answer.kept_arguments = Element<Key<side>>::number(fresh) == operation.numbers[1];
    }

    template <Side side>
    void extract_key(const Operation& operation, const Key<side>& key, Answer& answer) {
        const auto node = tested(operation, [&] { return extract<side>(adapter_, face_, key); });
        answer.value = node ? 1 : 0;
        answer.pairs.emplace();
        if (node) answer.pairs->push_back(pair_of<side>(node.left(), node.right()));
    }

    template <Side side>
    void erase_key(const Operation& operation, const Key<side>& fresh, Answer& answer) {
        const Key<side>* const own_key = own_if<side>(operation.passing[0], fresh);
        const Key<side>& key = own_key == nullptr ? fresh : *own_key;
        const auto result = value_of([&] {
            return tested(operation, [&] {
                if constexpr (has_erase<side, Adapter, Face&, const Key<side>&>())
                    return properties::driving::erase<side>(adapter_, face_, key);
                else
                    return view<side>().erase(key);
            });
        });
        read_erased<side>(operation, result, answer);
    }

    /// What an erasure by key says: whether, or how many, or the partner that went.
    template <Side side, class Result>
    void read_erased(const Operation& operation, const Result& result, Answer& answer) {
        if constexpr (is_iterator<side, Result>()) {
            return;  // the next pair, or the same; maps differ
        } else if constexpr (reading::Holder<const Result&>) {
            answer.value = static_cast<bool>(result) ? 1 : 0;
            if constexpr (reading::Shows<decltype(*result), Partner<side>>) {
                answer.pairs.emplace();
                if (result)
                    answer.pairs->push_back(found_position<side>(
                        operation.numbers[0],
                        Element<Partner<side>>::number(static_cast<const Partner<side>&>(*result))));
            }
        } else {
            read_value(result, answer);
        }
    }

    template <Side side>
    void erase_if(const Operation& operation, Answer& answer) {
        const auto result = value_of([&] {
            return tested(operation, [&] { return adapter_.erase_if(face_, predicate<side>(operation)); });
        });
        read_value(result, answer);
    }

    template <Side side>
    void retain(const Operation& operation, Answer& answer) {
        const auto result = value_of([&] {
            return tested(operation, [&] { return adapter_.retain(face_, predicate<side>(operation)); });
        });
        read_value(result, answer);
    }

    static std::vector<std::pair<L, R>> fresh_group(const Operation& operation) {
        std::vector<std::pair<L, R>> group;
        group.reserve(operation.numbers[1]);
        for (Number i = 0; i < operation.numbers[1]; ++i) {
            const Pair pair = nth_of_range(operation.numbers[0], i);
            group.emplace_back(Element<L>::make(pair.left), Element<R>::make(pair.right));
        }
        return group;
    }

    void insert_range(const Operation& operation) {
        auto group = fresh_group(operation);
        tested(operation, [&] { adapter_.insert_range(face_, group.data(), group.data() + group.size()); });
    }

    void force_range(const Operation& operation, Answer& answer) {
        auto group = fresh_group(operation);
        const Sink sink = sink_of(answer);
        tested(operation,
               [&] { adapter_.force_range(face_, group.data(), group.data() + group.size(), sink); });
    }

    template <Side side>
    void erase_loop(const Operation& operation, Answer& answer) {
        Number erased = 0;
        Number visited = 0;
        tested(operation, [&] {
            for (auto it = range<side>().begin(); !(it == range<side>().end()); ++visited) {
                if (in_range(operation, key_of(position<side>(it), side))) {
                    it = erase_iterator<side>(it);
                    ++erased;
                } else {
                    ++it;
                }
            }
        });
        answer.value = erased;
        answer.visited = visited;
    }

    template <Side side>
    void erase_at(const Operation& operation, Answer& answer) {
        answer.pairs.emplace();
        const auto it = locate<side>(operation.numbers[0]);
        if (position<side>(it) == end_position) return void(answer.value = 0);
        answer.pairs->push_back(position<side>(it));
        auto next = it;
        listened([&] { ++next; });
        answer.next = position<side>(next);
        const auto after =
            value_of([&] { return tested(operation, [&] { return erase_iterator<side>(it); }); });
        note_position<side>(after, answer);
        answer.value = 1;
    }

    template <Side side>
    void erase_range(const Operation& operation, Answer& answer) {
        answer.pairs.emplace();
        const auto first = locate<side>(operation.numbers[0]);
        auto last = first;
        for (Number i = 0; i < operation.numbers[1] && position<side>(last) != end_position; ++i) {
            answer.pairs->push_back(position<side>(last));
            listened([&] { ++last; });
        }
        answer.value = static_cast<Number>(answer.pairs->size());
        answer.next = position<side>(last);
        const auto after =
            value_of([&] { return tested(operation, [&] { return erase_iterators<side>(first, last); }); });
        note_position<side>(after, answer);
    }

    template <Side side>
    void look_along(Number alphabet, bool mirror, Look::Face& seen) {
        const Side shown = mirror ? opposite(side) : side;
        Pairs& order = seen.order[static_cast<std::size_t>(shown)];
        auto& found = seen.found[static_cast<std::size_t>(shown)];
        auto& places = seen.places[static_cast<std::size_t>(shown)];
        order.clear();
        order.reserve(std::size_t{2} *
                      number_limit);  // before listening; what comes beyond it is wrong anyway
        found.assign(alphabet, std::nullopt);
        places.assign(alphabet, nullptr);
        seen.walked[static_cast<std::size_t>(shown)] = can_walk<side>();
        seen.searched[static_cast<std::size_t>(shown)] = can_find<side>();
        listened([&] {
            if constexpr (can_walk<side>())
                for_each_pair<side>([&](const L& l, const R& r) {
                    const Pair pair{Element<L>::number(l), Element<R>::number(r)};
                    if (order.size() < order.capacity()) order.push_back(mirror ? mirrored(pair) : pair);
                });
            if constexpr (can_find<side>())
                for (Number number = 0; number < alphabet; ++number)
                    search<side>(keys<side>()[number], [&](const Partner<side>& other) {
                        found[number] = Element<Partner<side>>::number(other);
                        places[number] = std::addressof(other);
                    });
        });
    }

    Adapter& adapter_;
    Face& face_;
    const std::vector<L>& lefts_;
    const std::vector<R>& rights_;
};

/// Memory for one map that may be neither copyable nor movable.
template <class Map>
class Place {
  public:
    Place() = default;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { destroy(); }

    template <class Maker>
    void construct(Maker&& make) {
        ::new (static_cast<void*>(memory_)) Map(std::forward<Maker>(make)());
        alive_ = true;
    }
    void destroy() {
        if (std::exchange(alive_, false)) listened([&] { std::destroy_at(&map()); });
    }
    [[nodiscard]] bool alive() const { return alive_; }
    Map& map() { return *std::launder(reinterpret_cast<Map*>(memory_)); }

  private:
    alignas(Map) std::byte memory_[sizeof(Map)];
    bool alive_ = false;
};

template <class T>
std::vector<T> every_element() {
    std::vector<T> all;
    all.reserve(number_limit);
    for (Number number = 0; number < number_limit; ++number) all.push_back(Element<T>::make(number));
    return all;
}

/// A Session on one concrete bimap.
template <class Adapter>
class DrivenSession final : public Session {
    using Map = typename Adapter::Map;
    using L = LeftOf<Adapter>;
    using R = RightOf<Adapter>;
    using Direct = Caller<Adapter, Map, L, R>;
    template <Side side>
    using Key = std::conditional_t<side == Side::left, L, R>;

    // As the standard's containers do, a map may claim to be copyable whatever its elements are.
    static constexpr bool elements_copy = std::copy_constructible<L> && std::copy_constructible<R>;
    static constexpr bool has_inverse = requires(Adapter& a, Map& m) { a.inverse(m); };

    static auto inverse_of(Adapter& adapter, Map& map) {
        if constexpr (has_inverse)
            return adapter.inverse(map);
        else
            return 0;
    }
    using InverseFace = decltype(inverse_of(std::declval<Adapter&>(), std::declval<Map&>()));
    using Inverse = Caller<Adapter, InverseFace, R, L>;

  public:
    explicit DrivenSession(Adapter adapter) : adapter_{std::move(adapter)} {}
    ~DrivenSession() override { reset_all(); }

    void reset() override { reset_all(); }
    [[nodiscard]] bool alive(Register which) const override {
        return places_[where_[index_of(which)]].alive();
    }

    Answer apply(const Operation& operation) override {
        Answer answer;
        revive(operation.target);
        if (shape_of(operation.verb).takes_register) revive(operation.source);
        try {
            call(operation, answer);
        } catch (const std::exception& error) {
            read_exception(error, answer);
        } catch (...) {
            answer.ending = Answer::Ending::threw;
            answer.what = "something that is no std::exception";
        }
        ledger.disarm();
        if (answer.pairs) std::sort(answer.pairs->begin(), answer.pairs->end());
        return answer;
    }

    void destroy(Register which) override { places_[where_[index_of(which)]].destroy(); }

    void count_seen(std::vector<std::size_t>& by_maker) override {
        if constexpr (is_counted<L> && is_counted<R> && Direct::template can_walk<Side::left>())
            for (auto& place : places_)
                if (place.alive())
                    direct(place.map()).template for_each_pair<Side::left>([&](const L& l, const R& r) {
                        ++by_maker[l.maker()];
                        ++by_maker[r.maker()];
                    });
    }

    void look(Register which, Number alphabet, Look& look) override {
        Map& map = map_in(which);
        direct(map).look(alphabet, false, look.direct);
        look.inverse.reset();
        if constexpr (has_inverse) {
            auto face = listened([&] { return inverse_of(adapter_, map); });
            inverse(face).look(alphabet, true, look.inverse.emplace());
        }
        look.violated_invariant = nullptr;
        if constexpr (requires { adapter_.violated_invariant(map); })
            look.violated_invariant = listened([&] { return adapter_.violated_invariant(map); });
        if (look.violated_invariant == nullptr && holds_twins(map))
            look.violated_invariant = "one element seen from the left, and an equal one from the right";
    }

    /// Whether the two sides show equal elements that are not the same ones.
    bool holds_twins(Map& map) {
        if constexpr (requires(const L& l, const R& r) { l.serial(), r.serial(); } &&
                      Direct::template can_walk<Side::left>() && Direct::template can_walk<Side::right>()) {
            const auto serials_from = [&]<Side side>() {
                std::vector<std::pair<std::uint64_t, std::uint64_t>> serials;
                direct(map).template for_each_pair<side>(
                    [&](const L& l, const R& r) { serials.emplace_back(l.serial(), r.serial()); });
                std::sort(serials.begin(), serials.end());
                return serials;
            };
            return serials_from.template operator()<Side::left>() !=
                   serials_from.template operator()<Side::right>();
        } else {
            return false;
        }
    }

    static Offer offer() {
        Offer offer;
        for_each_call([&]<Verb verb, Side side>() {
            if constexpr (Direct::template offers<verb, side>() || offers_whole<verb, side>())
                offer.add(verb, side, false);
            if constexpr (has_inverse && may_invert(verb))
                if constexpr (Inverse::template offers<verb, side>()) offer.add(verb, side, true);
        });
        return offer;
    }

  private:
    /// Calls f<verb, side>() for every verb and side that the vocabulary has.
    template <class F>
    static void for_each_call(F&& f) {
        [&]<std::size_t... verb>(std::index_sequence<verb...>) {
            (for_each_side<static_cast<Verb>(verb)>(f), ...);
        }(std::make_index_sequence<verb_count>{});
    }
    template <Verb verb, class F>
    static void for_each_side(F& f) {
        f.template operator()<verb, Side::left>();
        if constexpr (shape_of(verb).sided) f.template operator()<verb, Side::right>();
    }

    /// Whether there is a verb that takes or makes whole maps.
    template <Verb verb, Side side>
    static constexpr bool offers_whole() {
        if constexpr (verb == Verb::empty)
            return true;
        else if constexpr (verb == Verb::copy)
            return elements_copy && std::copy_constructible<Map>;
        else if constexpr (verb == Verb::move)
            return std::move_constructible<Map>;
        else if constexpr (verb == Verb::filter)
            return requires(Adapter& a, const Map& m) {
                a.filter(m, [](const L&, const R&) { return true; });
            };
        else if constexpr (verb == Verb::copy_assign)
            return elements_copy && std::is_copy_assignable_v<Map>;
        else if constexpr (verb == Verb::move_assign)
            return std::is_move_assignable_v<Map>;
        else if constexpr (verb == Verb::swap)
            return std::swappable<Map>;
        else if constexpr (verb == Verb::insert_all)
            return requires(Adapter& a, Map& m, const Map& from) { a.insert_all(m, from); };
        else if constexpr (verb == Verb::force_all)
            return requires(Adapter& a, Map& m, const Map& from, typename Direct::Sink sink) {
                a.force_all(m, from, sink);
            };
        else if constexpr (verb == Verb::merge)
            return requires(Adapter& a, Map& m) { a.merge(m, m); };
        else if constexpr (verb == Verb::take)
            return has_take<side, Adapter, Map&, Map&, const Key<side>&>();
        else if constexpr (verb == Verb::equals)
            return requires(Adapter& a, const Map& m) { a.equal(m, m); };
        else
            return false;
    }

    Map make() {
        if constexpr (requires { adapter_.make(); })
            return adapter_.make();
        else
            return Map();
    }

    Direct direct(Map& map) { return {adapter_, map, lefts_, rights_}; }
    Inverse inverse(InverseFace& face)
        requires has_inverse
    {
        return {adapter_, face, rights_, lefts_};
    }

    Map& map_in(Register which) { return places_[where_[index_of(which)]].map(); }

    void revive(Register which) {
        auto& place = places_[where_[index_of(which)]];
        if (!place.alive()) listened([&] { place.construct([&] { return make(); }); });
    }

    void reset_all() {
        for (auto& place : places_) place.destroy();
    }

    void call(const Operation& operation, Answer& answer) {
        for_each_call([&]<Verb verb, Side side>() {
            if (operation.verb != verb || operation.side != side) return;
            if constexpr (offers_whole<verb, side>())
                call_whole<verb, side>(operation, answer);
            else if (!operation.inverse)
                call_direct<verb, side>(operation, answer);
            else
                call_inverse<verb, side>(operation, answer);
        });
    }

    template <Verb verb, Side side>
    void call_direct(const Operation& operation, Answer& answer) {
        if constexpr (Direct::template offers<verb, side>())
            direct(map_in(operation.target)).template call<verb, side>(operation, answer);
    }

    template <Verb verb, Side side>
    void call_inverse(const Operation& operation, Answer& answer) {
        if constexpr (has_inverse && may_invert(verb))
            if constexpr (Inverse::template offers<verb, side>()) {
                auto face = listened([&] { return inverse_of(adapter_, map_in(operation.target)); });
                inverse(face).template call<verb, side>(operation, answer);
            }
    }

    template <Verb verb, Side side>
    void call_whole(const Operation& operation, Answer& answer) {
        Map& source = map_in(operation.source);
        if constexpr (verb == Verb::empty)
            construct(operation, [&] { return make(); });
        else if constexpr (verb == Verb::copy)
            construct(operation, [&]() -> const Map& { return source; });
        else if constexpr (verb == Verb::move)
            construct(operation, [&]() -> Map&& { return std::move(source); });
        else if constexpr (verb == Verb::filter)
            construct(operation, [&] {
                return adapter_.filter(std::as_const(source), Direct::template predicate<side>(operation));
            });
        else if constexpr (verb == Verb::copy_assign)
            tested(operation, [&](Map& target) { target = std::as_const(source); });
        else if constexpr (verb == Verb::move_assign)
            tested(operation, [&](Map& target) { target = std::move(source); });
        else if constexpr (verb == Verb::swap)
            tested(operation, [&](Map& target) { std::ranges::swap(target, source); });
        else if constexpr (verb == Verb::insert_all)
            tested(operation, [&](Map& target) { adapter_.insert_all(target, std::as_const(source)); });
        else if constexpr (verb == Verb::force_all)
            tested(operation, [&, sink = Direct::sink_of(answer)](Map& target) {
                adapter_.force_all(target, std::as_const(source), sink);
            });
        else if constexpr (verb == Verb::merge)
            tested(operation,
                   [&](Map& target) { Direct::read_value(adapter_.merge(target, source), answer); });
        else if constexpr (verb == Verb::take)
            take_key<side>(operation, source, answer);
        else if constexpr (verb == Verb::equals)
            tested(operation, [&](const Map& target) {
                answer.value = adapter_.equal(target, std::as_const(source)) ? 1 : 0;
            });
    }

    template <class Code>
    decltype(auto) tested(const Operation& operation, Code&& code) {
        Map& target = map_in(operation.target);
        const Ledger::Listening on{ledger};
        ledger.arm(operation.fault);
        return code(target);
    }

    template <Side side>
    void take_key(const Operation& operation, Map& source, Answer& answer) {
        const Key<side>& key = keys<side>()[operation.numbers[0]];
        const auto result = Direct::value_of([&] {
            return tested(operation, [&](Map& target) { return take<side>(adapter_, target, source, key); });
        });
        direct(map_in(operation.target)).template read_insertion<side>(result, answer);
    }

    template <Side side>
    const auto& keys() const {
        if constexpr (side == Side::left)
            return lefts_;
        else
            return rights_;
    }

    /// Constructs in the spare place, which then becomes the register's; the old map is destroyed last.
    template <class Maker>
    void construct(const Operation& operation, Maker&& make) {
        auto& where = where_[index_of(operation.target)];
        {
            const Ledger::Listening on{ledger};
            ledger.arm(operation.fault);
            places_[spare_].construct(std::forward<Maker>(make));
        }
        ledger.disarm();
        std::swap(where, spare_);
        places_[spare_].destroy();
    }

    static void read_exception(const std::exception& error, Answer& answer) {
        answer.what = error.what();
        if (is_injected(error))
            answer.ending = Answer::Ending::faulted;
        else if (dynamic_cast<const std::out_of_range*>(&error) != nullptr)
            answer.ending = Answer::Ending::absent;
        else
            answer.ending = Answer::Ending::threw;
    }

    Adapter adapter_;
    const std::vector<L> lefts_ = every_element<L>();
    const std::vector<R> rights_ = every_element<R>();
    std::array<Place<Map>, register_count + 1> places_;
    std::array<std::size_t, register_count> where_{0, 1, 2};
    std::size_t spare_ = register_count;
};

/// What an adapter has to have, and what it has under a known name but not as it is called.
template <class Adapter>
class Demands {
    using Map = typename Adapter::Map;
    using L = LeftOf<Adapter>;
    using R = RightOf<Adapter>;
    using Direct = Caller<Adapter, Map, L, R>;
    using Visitor = decltype([](const auto&, const auto&) {});
    using Matches = decltype([](const L&, const R&) { return true; });

    template <Verb verb, Side side = Side::left>
    static constexpr bool offers = Direct::template offers<verb, side>();

    static_assert(
        std::is_default_constructible_v<Map> || requires(Adapter& a) { a.make(); },
        "the adapter's Map has no default constructor: write `static Map make()`");
    static_assert(
        !names_insert<Adapter> || offers<Verb::insert>,
        "insert of the adapter cannot be called as insert(map, left, right), with Map&, const Left&, "
        "const Right&");
    static_assert(!names_force<Adapter> || offers<Verb::force>,
                  "force of the adapter cannot be called as force(map, left, right), with Map&, const Left&, "
                  "const Right&");
    static_assert(offers<Verb::insert> || offers<Verb::force> || offers<Verb::emplace> ||
                      offers<Verb::assign> || offers<Verb::assign, Side::right> ||
                      offers<Verb::try_emplace> || offers<Verb::try_emplace, Side::right>,
                  "the adapter has nothing that adds a pair: write insert(map, left, right) if a taken key "
                  "refuses it, force(map, left, right) if it replaces, or assign_left, assign_right");
    static_assert(
        !names_find_left<Adapter> || offers<Verb::find>,
        "find_left of the adapter cannot be called as find_left(map, left), with Map&, const Left&");
    static_assert(
        !names_find_right<Adapter> || offers<Verb::find, Side::right>,
        "find_right of the adapter cannot be called as find_right(map, right), with Map&, const Right&");
    static_assert(offers<Verb::find> || offers<Verb::find, Side::right>,
                  "the adapter has nothing that looks a key up: write find_left(map, left) or "
                  "find_right(map, right)");
    static_assert(
        !names_erase_left<Adapter> || offers<Verb::erase>,
        "erase_left of the adapter cannot be called as erase_left(map, left), with Map&, const Left&");
    static_assert(!names_erase_right<Adapter> || offers<Verb::erase, Side::right>,
                  "erase_right of the adapter cannot be called as erase_right(map, right), with Map&, "
                  "const Right&");

    template <class... Arguments>
    static void note(std::vector<std::string>& misfits, bool named, bool callable, const char* call) {
        if (named && !callable) misfits.emplace_back(call);
    }

  public:
    static std::vector<std::string> misfits() {
        std::vector<std::string> all;
#define BIMAP_PROPERTIES_MISFIT(name, call, ...) note(all, names_##name<Adapter>, __VA_ARGS__, call);
#define BIMAP_PROPERTIES_MISFITS(name, left_call, right_call, verb)                   \
    BIMAP_PROPERTIES_MISFIT(name##_left, left_call, (offers<Verb::verb, Side::left>)) \
    BIMAP_PROPERTIES_MISFIT(name##_right, right_call, (offers<Verb::verb, Side::right>))
        BIMAP_PROPERTIES_MISFIT(emplace, "emplace(map, left, right)", offers<Verb::emplace>)
        BIMAP_PROPERTIES_MISFIT(clear, "clear(map)", offers<Verb::clear>)
        BIMAP_PROPERTIES_MISFIT(reserve, "reserve(map, n)", offers<Verb::reserve>)
        BIMAP_PROPERTIES_MISFIT(shrink_to_fit, "shrink_to_fit(map)", offers<Verb::shrink_to_fit>)
        BIMAP_PROPERTIES_MISFIT(erase_if, "erase_if(map, f(left, right))", offers<Verb::erase_if>)
        BIMAP_PROPERTIES_MISFIT(retain, "retain(map, f(left, right))", offers<Verb::retain>)
        BIMAP_PROPERTIES_MISFIT(size, "size(map)", requires(Adapter& a, Map& m) { a.size(m); })
        BIMAP_PROPERTIES_MISFIT(empty, "empty(map)", requires(Adapter& a, Map& m) { a.empty(m); })
        BIMAP_PROPERTIES_MISFIT(
            equal, "equal(map, map)", requires(Adapter& a, const Map& m) { a.equal(m, m); })
        BIMAP_PROPERTIES_MISFIT(merge, "merge(map, source)", requires(Adapter& a, Map& m) { a.merge(m, m); })
        BIMAP_PROPERTIES_MISFIT(
            insert_all, "insert_all(map, source)",
            requires(Adapter& a, Map& m, const Map& from) { a.insert_all(m, from); })
        BIMAP_PROPERTIES_MISFIT(
            filter, "filter(map, f(left, right)) -> Map",
            requires(Adapter& a, const Map& m, Matches f) { a.filter(m, f); })
        BIMAP_PROPERTIES_MISFIT(
            promises, "promises() -> Promises", requires(Adapter& a) { Promises{a.promises()}; })
        BIMAP_PROPERTIES_MISFITS(assign, "assign_left(map, left, right)", "assign_right(map, left, right)",
                                 assign)
        BIMAP_PROPERTIES_MISFITS(try_emplace, "try_emplace_left(map, left, right)",
                                 "try_emplace_right(map, right, left)", try_emplace)
        BIMAP_PROPERTIES_MISFITS(replace, "replace_left(map, left, new_left)",
                                 "replace_right(map, right, new_right)", replace)
        BIMAP_PROPERTIES_MISFITS(extract, "extract_left(map, left)", "extract_right(map, right)", extract)
        BIMAP_PROPERTIES_MISFITS(erase_at, "erase_at_left(map, iterator)", "erase_at_right(map, iterator)",
                                 erase_at)
        BIMAP_PROPERTIES_MISFITS(erase_range, "erase_range_left(map, first, last)",
                                 "erase_range_right(map, first, last)", erase_range)
        BIMAP_PROPERTIES_MISFITS(at, "at_left(map, left)", "at_right(map, right)", at)
        BIMAP_PROPERTIES_MISFITS(contains, "contains_left(map, left)", "contains_right(map, right)", contains)
        BIMAP_PROPERTIES_MISFITS(count, "count_left(map, left)", "count_right(map, right)", count)
        BIMAP_PROPERTIES_MISFITS(lower_bound, "lower_bound_left(map, left)", "lower_bound_right(map, right)",
                                 lower_bound)
        BIMAP_PROPERTIES_MISFITS(upper_bound, "upper_bound_left(map, left)", "upper_bound_right(map, right)",
                                 upper_bound)
        BIMAP_PROPERTIES_MISFIT(for_each_left, "for_each_left(map, f(left, right))",
                                has_for_each<Side::left, Adapter, Map&, Visitor&>())
        BIMAP_PROPERTIES_MISFIT(for_each_right, "for_each_right(map, f(right, left))",
                                has_for_each<Side::right, Adapter, Map&, Visitor&>())
        BIMAP_PROPERTIES_MISFIT(begin_left, "begin_left(map)", has_begin<Side::left, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(begin_right, "begin_right(map)", has_begin<Side::right, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(end_left, "end_left(map)", has_end<Side::left, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(end_right, "end_right(map)", has_end<Side::right, Adapter, Map&>())
#undef BIMAP_PROPERTIES_MISFITS
#undef BIMAP_PROPERTIES_MISFIT
        return all;
    }
};

}  // namespace driving

/// The faults that elements of this type can meet.
template <class T>
constexpr unsigned faults_of() {
    constexpr auto bit = [](Fault::Kind kind) { return 1U << static_cast<unsigned>(kind); };
    if constexpr (driving::is_counted<T>)
        return bit(Fault::Kind::hash) | bit(Fault::Kind::compare) |
               (T::copyable ? bit(Fault::Kind::copy) : 0U) | (T::nothrow_move ? 0U : bit(Fault::Kind::move));
    else
        return 0;
}

/// Makes a Subject of an adapter. Its elements may be of any type that Element can make and read.
template <class Adapter>
Subject make_subject(const std::string& name, const std::string& story, Adapter adapter = {}) {
    using Driven = driving::DrivenSession<Adapter>;
    using Left = driving::LeftOf<Adapter>;
    using Right = driving::RightOf<Adapter>;
    Subject subject{.name = name, .story = story, .offer = Driven::offer(), .promises = {}, .open = {}};
    Promises& promises = subject.promises;
    if constexpr (requires { adapter.promises(); }) promises = adapter.promises();
    if constexpr (requires { Adapter::elements_per_pair; })
        promises.elements_per_pair = Adapter::elements_per_pair;
    promises.elements_counted = driving::is_counted<Left> && driving::is_counted<Right>;
    promises.faults &=
        (1U << static_cast<unsigned>(Fault::Kind::alloc)) | faults_of<Left>() | faults_of<Right>();
    if (promises.exceptions == Guarantee::none) promises.faults.reset();
    subject.misfits = driving::Demands<Adapter>::misfits();
    subject.open = [adapter = std::move(adapter)] { return std::make_unique<Driven>(adapter); };
    return subject;
}

}  // namespace bimap::properties
