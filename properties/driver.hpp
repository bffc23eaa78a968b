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

#include "properties/subject.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties {

namespace driving {

template <class T>
inline constexpr bool is_counted = requires(const T& element) { element.maker(); };

/// Runs the subject's code: the Ledger listens.
template <class Code>
decltype(auto) listened(Code&& code) {
    const Ledger::Listening on{ledger};
    return std::forward<Code>(code)();
}

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
            return has_erase<side, Adapter, Face&, const K&>() || has_view<side>();
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
            return has_find<side, Adapter, Face&, const K&>() || has_view<side>();
        else if constexpr (verb == Verb::at)
            return has_at<side, Adapter, Face&, const K&>() || has_view<side>();
        else if constexpr (verb == Verb::contains)
            return has_contains<side, Adapter, Face&, const K&>() || has_view<side>();
        else if constexpr (verb == Verb::count)
            return has_count<side, Adapter, Face&, const K&>() || has_view<side>();
        else if constexpr (verb == Verb::lower_bound || verb == Verb::upper_bound)
            return has_bounds<side>();
        else if constexpr (verb == Verb::erase_loop || verb == Verb::erase_at || verb == Verb::erase_range ||
                           verb == Verb::clear_view)
            return has_view<side>();
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
            auto&& all = view<side>();
            for (auto it = all.begin(); it != all.end(); ++it) in_order(it->first, it->second);
        }
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
        const auto note = [&](const auto& pair) {
            answer.pairs->push_back(pair_of<side>(pair.first, pair.second));
        };
        if constexpr (requires { result.inserted; })
            answer.value = result.inserted ? 1 : 0;
        else
            read_value(result, answer);
        if constexpr (requires { result.evicted_left; }) {
            answer.pairs.emplace();
            if (result.evicted_left) note(*result.evicted_left);
            if (result.evicted_right) note(*result.evicted_right);
        } else if constexpr (requires { result.evicted; }) {
            answer.pairs.emplace();
            for (const auto& pair : result.evicted) note(pair);
        }
        if constexpr (requires { result.position; }) answer.position = position<side>(result.position);
    }

    template <class Result>
    static void read_value(const Result& result, Answer& answer) {
        if constexpr (std::convertible_to<Result, std::size_t>)
            answer.value = static_cast<Number>(static_cast<std::size_t>(result));
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

    template <Side side>
    static constexpr bool has_bounds() {
        if constexpr (has_view<side>())
            return requires(Caller& c, const Key<side>& k) { c.template view<side>().lower_bound(k); };
        else
            return false;
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
    Pair found_position(const Key<side>& key, const Partner<side>* partner) {
        return partner == nullptr ? end_position : pair_of<side>(key, *partner);
    }

    template <Side side, class Iterator>
    Pair position(Iterator it) {
        return listened(
            [&] { return it == view<side>().end() ? end_position : pair_of<side>(it->first, it->second); });
    }

    template <Side side>
    const Partner<side>* partner(const Key<side>& key) {
        if constexpr (has_find<side, Adapter, Face&, const Key<side>&>()) {
            return find<side>(adapter_, face_, key);
        } else {
            const auto it = view<side>().find(key);
            return it == view<side>().end() ? nullptr : std::addressof(it->second);
        }
    }

    template <Side side>
    const Partner<side>& at_key(const Key<side>& key) {
        if constexpr (has_at<side, Adapter, Face&, const Key<side>&>())
            return at<side>(adapter_, face_, key);
        else
            return view<side>().at(key);
    }

    template <Side side>
    bool contains_key(const Key<side>& key) {
        if constexpr (has_contains<side, Adapter, Face&, const Key<side>&>())
            return contains<side>(adapter_, face_, key);
        else
            return view<side>().contains(key);
    }

    template <Side side>
    std::size_t count_key(const Key<side>& key) {
        if constexpr (has_count<side, Adapter, Face&, const Key<side>&>())
            return count<side>(adapter_, face_, key);
        else
            return view<side>().count(key);
    }

    /// The map's own element that equals this one, or nullptr.
    template <Side side>
    const Key<side>* own(const Key<side>& element) {
        return listened([&]() -> const Key<side>* {
            const Partner<side>* const other = partner<side>(element);
            return other == nullptr ? nullptr : partner<opposite(side)>(*other);
        });
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
        if constexpr (verb == Verb::find)
            answer.position =
                found_position<side>(key, tested(operation, [&] { return partner<side>(key); }));
        else if constexpr (verb == Verb::at)
            answer.position =
                found_position<side>(key, tested(operation, [&] { return &at_key<side>(key); }));
        else if constexpr (verb == Verb::contains)
            read_value(tested(operation, [&] { return contains_key<side>(key); }), answer);
        else if constexpr (verb == Verb::count)
            read_value(tested(operation, [&] { return count_key<side>(key); }), answer);
        else if constexpr (verb == Verb::lower_bound)
            answer.position =
                position<side>(tested(operation, [&] { return view<side>().lower_bound(key); }));
        else if constexpr (verb == Verb::upper_bound)
            answer.position =
                position<side>(tested(operation, [&] { return view<side>().upper_bound(key); }));
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
                    return erase<side>(adapter_, face_, key);
                else
                    return view<side>().erase(key);
            });
        });
        read_value(result, answer);
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
            auto&& all = view<side>();
            for (auto it = all.begin(); it != all.end(); ++visited) {
                if (in_range(operation, Element<Key<side>>::number(it->first))) {
                    it = all.erase(it);
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
        auto it = listened([&] { return view<side>().find(keys<side>()[operation.numbers[0]]); });
        if (position<side>(it) == end_position) return void(answer.value = 0);
        answer.pairs->push_back(position<side>(it));
        answer.next = position<side>(std::next(it));
        it = tested(operation, [&] { return view<side>().erase(it); });
        answer.position = position<side>(it);
        answer.value = 1;
    }

    template <Side side>
    void erase_range(const Operation& operation, Answer& answer) {
        answer.pairs.emplace();
        const auto first = listened([&] { return view<side>().find(keys<side>()[operation.numbers[0]]); });
        auto last = first;
        for (Number i = 0; i < operation.numbers[1] && position<side>(last) != end_position; ++i) {
            answer.pairs->push_back(position<side>(last));
            listened([&] { ++last; });
        }
        answer.value = static_cast<Number>(answer.pairs->size());
        answer.next = position<side>(last);
        const auto after = tested(operation, [&] { return view<side>().erase(first, last); });
        answer.position = position<side>(after);
    }

    template <Side side>
    void look_along(Number alphabet, bool mirror, Look::Face& seen) {
        const Side shown = mirror ? opposite(side) : side;
        Pairs& order = seen.order[static_cast<std::size_t>(shown)];
        auto& found = seen.found[static_cast<std::size_t>(shown)];
        order.clear();
        order.reserve(std::size_t{2} *
                      number_limit);  // before listening; what comes beyond it is wrong anyway
        found.assign(alphabet, std::nullopt);
        listened([&] {
            for_each_pair<side>([&](const L& l, const R& r) {
                const Pair pair{Element<L>::number(l), Element<R>::number(r)};
                if (order.size() < order.capacity()) order.push_back(mirror ? mirrored(pair) : pair);
            });
            for (Number number = 0; number < alphabet; ++number)
                if (const auto* const other = partner<side>(keys<side>()[number]))
                    found[number] = Element<Partner<side>>::number(*other);
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
    using L = typename Adapter::Left;
    using R = typename Adapter::Right;
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

    void count_seen(std::vector<std::size_t>& by_maker) override {
        if constexpr (is_counted<L> && is_counted<R>)
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
        if constexpr (requires { adapter_.violated_invariant(map); })
            look.violated_invariant = listened([&] { return adapter_.violated_invariant(map); });
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

    Direct direct(Map& map) { return {adapter_, map, lefts_, rights_}; }
    Inverse inverse(InverseFace& face)
        requires has_inverse
    {
        return {adapter_, face, rights_, lefts_};
    }

    Map& map_in(Register which) { return places_[where_[index_of(which)]].map(); }

    void revive(Register which) {
        auto& place = places_[where_[index_of(which)]];
        if (!place.alive()) listened([&] { place.construct([&] { return adapter_.make(); }); });
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
            construct(operation, [&] { return adapter_.make(); });
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
        const bool injected = ledger.fired() && (dynamic_cast<const InjectedFault*>(&error) != nullptr ||
                                                 dynamic_cast<const FailedAllocation*>(&error) != nullptr);
        if (injected) {
            answer.ending = Answer::Ending::faulted;
        } else if (dynamic_cast<const std::out_of_range*>(&error) != nullptr) {
            answer.ending = Answer::Ending::absent;
        } else {
            answer.ending = Answer::Ending::threw;
            answer.what = error.what();
        }
    }

    Adapter adapter_;
    const std::vector<L> lefts_ = every_element<L>();
    const std::vector<R> rights_ = every_element<R>();
    std::array<Place<Map>, register_count + 1> places_;
    std::array<std::size_t, register_count> where_{0, 1, 2};
    std::size_t spare_ = register_count;
};

}  // namespace driving

/// Makes a Subject of an adapter. Its elements may be of any type that Element can make and read.
template <class Adapter>
Subject make_subject(const std::string& name, const std::string& story, Adapter adapter = {}) {
    using Driven = driving::DrivenSession<Adapter>;
    Subject subject{.name = name, .story = story, .offer = Driven::offer(), .promises = {}, .open = {}};
    if constexpr (requires { adapter.promises(); }) subject.promises = adapter.promises();
    if constexpr (requires { Adapter::elements_per_pair; })
        subject.promises.elements_per_pair = Adapter::elements_per_pair;
    subject.promises.elements_counted =
        driving::is_counted<typename Adapter::Left> && driving::is_counted<typename Adapter::Right>;
    subject.open = [adapter = std::move(adapter)] { return std::make_unique<Driven>(adapter); };
    return subject;
}

}  // namespace bimap::properties
