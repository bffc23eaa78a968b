// SPDX-License-Identifier: BSL-1.0
// One face of a map, called through an adapter: which Operations it offers, and how each is carried out and
// answered. It knows no Operation that takes a whole map.
#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/adapter.hpp"
#include "properties/answer.hpp"
#include "properties/flank.hpp"
#include "properties/listening.hpp"
#include "properties/results.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties::driving {

/// Hands an argument over as its Passing says: what does not expire as an lvalue that could be changed, which
/// is what most callers have. A type that cannot be copied is always handed over as expiring.
template <class T, class Receiver>
void hand_over(Passing passing, T& fresh, const T* own, Receiver&& receive) {
    if constexpr (std::copy_constructible<T>) {
        if (passing == Passing::moved)
            receive(std::move(fresh));
        else
            receive(passing == Passing::own && own != nullptr ? const_cast<T&>(*own) : fresh);
    } else {
        receive(std::move(fresh));
    }
}

template <class T>
bool expires(Passing passing) {
    return passing == Passing::moved || !std::copy_constructible<T>;
}

/// An element that the caller owns: one of those at hand, or made for the purpose if its number is a great
/// one.
template <class T>
class Chosen {
  public:
    Chosen(const std::vector<T>& at_hand, Number number) {
        if (number < at_hand.size())
            element_ = &at_hand[number];
        else
            element_ = &made_.emplace(Element<T>::make(number));
    }
    Chosen(const Chosen&) = delete;
    Chosen& operator=(const Chosen&) = delete;
    const T& element() const { return *element_; }

  private:
    std::optional<T> made_;
    const T* element_ = nullptr;
};

/// A face is the map itself or its inverse. `L` and `R` are the element types as this face sees them.
template <class Adapter, class Face, class L, class R>
class Caller {
    template <Side side>
    using Key = std::conditional_t<side == Side::left, L, R>;
    template <Side side>
    using Partner = Key<opposite(side)>;

  public:
    template <Side side>
    using FlankOn = Flank<Adapter, Face, side, Key<side>, Partner<side>>;

    Caller(Adapter& adapter, Face& face, const std::vector<L>& lefts, const std::vector<R>& rights)
        : adapter_{adapter}, face_{face}, lefts_{lefts}, rights_{rights} {}

    template <Verb verb, Side side>
    static constexpr bool offers() {
        using K = Key<side>;
        using Along = FlankOn<side>;
        if constexpr (offered_as(verb) != verb)
            return offers<offered_as(verb), side>();
        else if constexpr (verb == Verb::insert)
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
            return Along::offers_erase();
        else if constexpr (verb == Verb::clear)
            return requires(Adapter& a, Face& f) { a.clear(f); };
        else if constexpr (verb == Verb::insert_range)
            return requires(Adapter& a, Face& f, std::pair<L, R>* p) { a.insert_range(f, p, p); };
        else if constexpr (verb == Verb::force_range)
            return requires(Adapter& a, Face& f, std::pair<L, R>* p, const Sink<L, R>& sink) {
                a.force_range(f, p, p, sink);
            };
        else if constexpr (verb == Verb::erase_if)
            return requires(Adapter& a, Face& f) { a.erase_if(f, [](const L&, const R&) { return true; }); };
        else if constexpr (verb == Verb::retain)
            return requires(Adapter& a, Face& f) { a.retain(f, [](const L&, const R&) { return true; }); };
        else if constexpr (verb == Verb::find)
            return Along::offers_find();
        else if constexpr (verb == Verb::at)
            return Along::offers_at();
        else if constexpr (verb == Verb::contains)
            return Along::offers_contains();
        else if constexpr (verb == Verb::count)
            return Along::offers_count();
        else if constexpr (verb == Verb::lower_bound)
            return Along::offers_lower_bound();
        else if constexpr (verb == Verb::upper_bound)
            return Along::offers_upper_bound();
        else if constexpr (verb == Verb::erase_loop)
            return Along::offers_erase_loop();
        else if constexpr (verb == Verb::erase_at)
            return Along::offers_erase_at();
        else if constexpr (verb == Verb::erase_range)
            return Along::offers_erase_range();
        else if constexpr (verb == Verb::clear_view)
            return Along::offers_clear();
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
            change<offered_as(verb), side>(operation, answer);
        else
            look_up<verb, side>(operation, answer);
    }

    /// Whether a pair's key on this side lies in the range that the Operation names; it throws on cue.
    template <Side side>
    static auto predicate(const Operation& operation) {
        return [&operation](const L& l, const R& r) {
            ledger.predicate_asked();
            if constexpr (side == Side::left)
                return in_range(operation, Element<L>::number(l));
            else
                return in_range(operation, Element<R>::number(r));
        };
    }

    /// Looks along every path that this face has. `mirror` shows the pairs as the map itself would; `turned`
    /// is as Look has it.
    void look(Number alphabet, bool mirror, bool turned, Look::Face& seen) {
        const auto look_on = [&]<Side side>() {
            using First = typename FlankOn<side>::First;
            flank<side>().look(keys<side>(), alphabet, mirror, turned ? First::end : First::beginning, seen);
        };
        if (turned) look_on.template operator()<Side::right>();
        look_on.template operator()<Side::left>();
        if (!turned) look_on.template operator()<Side::right>();
        if constexpr (requires { adapter_.size(face_); })
            seen.size = listened([&] { return static_cast<std::size_t>(adapter_.size(face_)); });
        if constexpr (requires { adapter_.empty(face_); })
            seen.empty = listened([&] { return static_cast<bool>(adapter_.empty(face_)); });
    }

    template <Side side>
    FlankOn<side> flank() {
        return {adapter_, face_};
    }

    template <Side side>
    const auto& keys() const {
        if constexpr (side == Side::left)
            return lefts_;
        else
            return rights_;
    }

    /// A key that is looked for, as its Passing says: the caller's, or the map's own that equals it.
    template <Side side>
    const Key<side>& as_passed(Passing passing, const Key<side>& given) {
        const Key<side>* const own = own_if<side>(passing, given);
        return own == nullptr ? given : *own;
    }

  private:
    template <class T>
    using Passed = std::conditional_t<std::copy_constructible<T>, const T&, T&&>;
    template <class T>
    static Passed<T> pass(T& element) {
        return static_cast<Passed<T>>(element);
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
                return call_assign<side>(adapter_, face_, std::forward<decltype(l)>(l),
                                         std::forward<decltype(r)>(r));
            });
        else if constexpr (verb == Verb::emplace)
            emplace(operation, answer);
        else if constexpr (verb == Verb::try_emplace)
            put<side>(operation, answer, [&](auto&& l, auto&& r) {
                if constexpr (side == Side::left)
                    return call_try_emplace<side>(adapter_, face_, std::forward<decltype(l)>(l),
                                                  std::forward<decltype(r)>(r));
                else
                    return call_try_emplace<side>(adapter_, face_, std::forward<decltype(r)>(r),
                                                  std::forward<decltype(l)>(l));
            });
    }

    template <Verb verb, Side side>
    void look_up(const Operation& operation, Answer& answer) {
        const Chosen<Key<side>> chosen{keys<side>(), operation.numbers[0]};
        const Key<side>& key = chosen.element();
        auto along = flank<side>();
        if constexpr (verb == Verb::find)
            answer.position = along.position_of(operation.numbers[0],
                                                tested(operation, [&] { return along.partner(key); }));
        else if constexpr (verb == Verb::at)
            answer.position = along.position_of(operation.numbers[0],
                                                tested(operation, [&] { return along.partner_at(key); }));
        else if constexpr (verb == Verb::contains)
            read_value(tested(operation, [&] { return static_cast<bool>(along.contains(key)); }), answer);
        else if constexpr (verb == Verb::count)
            read_value(tested(operation, [&] { return static_cast<std::size_t>(along.count(key)); }), answer);
        else if constexpr (verb == Verb::lower_bound)
            read_position(along, tested(operation, [&] { return along.lower_bound(key); }), answer);
        else if constexpr (verb == Verb::upper_bound)
            read_position(along, tested(operation, [&] { return along.upper_bound(key); }), answer);
    }

    template <Verb verb, Side side>
    void change(const Operation& operation, [[maybe_unused]] Answer& answer) {
        [[maybe_unused]] const Chosen<Key<side>> chosen{keys<side>(), operation.numbers[0]};
        [[maybe_unused]] const Key<side>& key = chosen.element();
        if constexpr (verb == Verb::replace)
            replace_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::extract)
            extract_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::move_to_front)
            read_value(tested(operation, [&] { return call_move_to_front<side>(adapter_, face_, key); }),
                       answer);
        else if constexpr (verb == Verb::move_to_back)
            read_value(tested(operation, [&] { return call_move_to_back<side>(adapter_, face_, key); }),
                       answer);
        else if constexpr (verb == Verb::erase)
            erase_key<side>(operation, key, answer);
        else if constexpr (verb == Verb::clear)
            tested(operation, [&] { adapter_.clear(face_); });
        else if constexpr (verb == Verb::insert_range)
            insert_range(operation, answer);
        else if constexpr (verb == Verb::force_range)
            force_range(operation, answer);
        else if constexpr (verb == Verb::erase_if)
            read_value(
                tested(operation, [&] { return adapter_.erase_if(face_, predicate<side>(operation)); }),
                answer);
        else if constexpr (verb == Verb::retain)
            read_value(tested(operation, [&] { return adapter_.retain(face_, predicate<side>(operation)); }),
                       answer);
        else if constexpr (verb == Verb::erase_loop)
            erase_loop<side>(operation, answer);
        else if constexpr (verb == Verb::erase_at)
            erase_at<side>(operation, answer);
        else if constexpr (verb == Verb::erase_range)
            erase_range<side>(operation, answer);
        else if constexpr (verb == Verb::clear_view)
            tested(operation, [&] { flank<side>().clear(); });
        else if constexpr (verb == Verb::reserve)
            tested(operation, [&] { adapter_.reserve(face_, std::size_t{operation.numbers[0]}); });
        else if constexpr (verb == Verb::shrink_to_fit)
            tested(operation, [&] { adapter_.shrink_to_fit(face_); });
    }

    /// The map's own element that equals this one: of this side, or else of the other, where it is of the
    /// same type.
    template <Side side>
    const Key<side>* own_if(Passing passing, const Key<side>& element) {
        if (passing != Passing::own) return nullptr;
        const Key<side>* own = flank<side>().own(element);
        if constexpr (std::same_as<L, R>)
            if (own == nullptr) own = flank<opposite(side)>().own(element);
        return own;
    }

    template <Side side = Side::left, class Call>
    void put(const Operation& operation, Answer& answer, Call&& call) {
        auto l = Element<L>::make(operation.numbers[0]);
        auto r = Element<R>::make(operation.numbers[1]);
        const L* const own_left = own_if<Side::left>(operation.passing[0], l);
        const R* const own_right = own_if<Side::right>(operation.passing[1], r);
        hand_over(operation.passing[0], l, own_left, [&](auto&& left) {
            hand_over(operation.passing[1], r, own_right, [&](auto&& right) {
                const auto result = tested(operation, [&] {
                    return call(std::forward<decltype(left)>(left), std::forward<decltype(right)>(right));
                });
                read_insertion(flank<side>(), result, answer);
            });
        });
        answer.stored_given = answer.value != 1U || was_made_now(operation);
        const bool kept_left = Element<L>::number(l) == operation.numbers[0];
        const bool kept_right = Element<R>::number(r) == operation.numbers[1];
        answer.kept_lvalues = (kept_left || expires<L>(operation.passing[0])) &&
                              (kept_right || expires<R>(operation.passing[1]));
        if (answer.value == 0U && is_looked_up_first<side>(operation, answer))
            answer.kept_arguments = kept_left && kept_right;
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
        const auto result =
            tested(operation, [&] { return adapter_.emplace(face_, std::move(l), std::move(r)); });
        read_insertion(flank<Side::left>(), result, answer);
        answer.stored_given = answer.value != 1U || was_made_now(operation);
    }

    /// Whether it is promised who made what is stored. Only then is an insertion followed by a look.
    bool promises_a_maker() const {
        if constexpr (requires { adapter_.promises(); })
            return adapter_.promises().stores_what_is_given;
        else
            return false;
    }

    /// Whether the Operation under way made the pair that it says it inserted. What is not there is not
    /// judged here.
    bool was_made_now([[maybe_unused]] const Operation& operation) {
        if constexpr (is_counted<L> && is_counted<R> && FlankOn<Side::left>::offers_find() &&
                      FlankOn<Side::right>::offers_find()) {
            if (!promises_a_maker()) return true;
            const Chosen<L> left{lefts_, operation.numbers[0]};
            bool made_now = true;
            listened([&] {
                flank<Side::left>().search(left.element(), [&](const R& stored_right) {
                    made_now = stored_right.maker() == ledger.maker();
                    flank<Side::right>().search(stored_right, [&](const L& stored_left) {
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
    void replace_key(const Operation& operation, const Key<side>& given, Answer& answer) {
        auto fresh = Element<Key<side>>::make(operation.numbers[1]);
        const Key<side>* const own_fresh = own_if<side>(operation.passing[1], fresh);
        const Key<side>& key = as_passed<side>(operation.passing[0], given);
        hand_over(operation.passing[1], fresh, own_fresh, [&](auto&& argument) {
            const auto result = tested(operation, [&] {
                return call_replace<side>(adapter_, face_, key, std::forward<decltype(argument)>(argument));
            });
            read_insertion(flank<Side::left>(), result, answer);
        });
        const bool kept = Element<Key<side>>::number(fresh) == operation.numbers[1];
        answer.kept_lvalues = kept || expires<Key<side>>(operation.passing[1]);
        if (answer.value == 0U) answer.kept_arguments = kept;
    }

    template <Side side>
    void extract_key(const Operation& operation, const Key<side>& given, Answer& answer) {
        const Key<side>& key = as_passed<side>(operation.passing[0], given);
        const auto node = tested(operation, [&] { return call_extract<side>(adapter_, face_, key); });
        answer.value = node ? 1 : 0;
        answer.pairs.emplace();
        if (node) answer.pairs->push_back(flank<side>().pair_of(node.left(), node.right()));
    }

    template <Side side>
    void erase_key(const Operation& operation, const Key<side>& given, Answer& answer) {
        const Key<side>& key = as_passed<side>(operation.passing[0], given);
        auto along = flank<side>();
        const auto result = tested(operation, [&] { return along.erase(key); });
        read_erased(along, operation.numbers[0], result, answer);
    }

    static std::vector<std::pair<L, R>> fresh_group(const Operation& operation) {
        std::vector<std::pair<L, R>> group;
        group.reserve(operation.numbers[1]);
        each_pair_of_range(operation, [&](const Pair& pair) {
            group.emplace_back(Element<L>::make(pair.left), Element<R>::make(pair.right));
        });
        return group;
    }

    void insert_range(const Operation& operation, Answer& answer) {
        auto group = fresh_group(operation);
        read_count(
            tested(operation,
                   [&] { return adapter_.insert_range(face_, group.data(), group.data() + group.size()); }),
            answer);
    }

    void force_range(const Operation& operation, Answer& answer) {
        auto group = fresh_group(operation);
        const Sink<L, R> sink{answer};
        tested(operation,
               [&] { adapter_.force_range(face_, group.data(), group.data() + group.size(), sink); });
    }

    template <Side side>
    void erase_loop(const Operation& operation, Answer& answer) {
        Number erased = 0;
        Number visited = 0;
        auto along = flank<side>();
        tested(operation, [&] {
            for (auto it = along.range().begin(); !(it == along.range().end()); ++visited) {
                if (in_range(operation, key_of(along.position(it), side))) {
                    it = along.erase_at(it);
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
        auto along = flank<side>();
        const auto it = along.iterator_to(operation.numbers[0]);
        if (along.position(it) == end_position) return void(answer.value = 0);
        answer.pairs->push_back(along.position(it));
        answer.next = along.position(along.next(it));
        const auto after = tested(operation, [&] { return along.erase_at(it); });
        read_position(along, after, answer);
        answer.value = 1;
    }

    template <Side side>
    void erase_range(const Operation& operation, Answer& answer) {
        answer.pairs.emplace();
        auto along = flank<side>();
        const auto first = along.iterator_to(operation.numbers[0]);
        auto last = first;
        for (Number i = 0; i < operation.numbers[1] && along.position(last) != end_position; ++i) {
            answer.pairs->push_back(along.position(last));
            listened([&] { ++last; });
        }
        answer.value = static_cast<Number>(answer.pairs->size());
        answer.next = along.position(last);
        const auto after = tested(operation, [&] { return along.erase_range(first, last); });
        read_position(along, after, answer);
    }

    Adapter& adapter_;
    Face& face_;
    const std::vector<L>& lefts_;
    const std::vector<R>& rights_;
};

}  // namespace bimap::properties::driving
