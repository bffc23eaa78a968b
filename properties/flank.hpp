// SPDX-License-Identifier: BSL-1.0
// One side of one face of a map, as it is looked at through an adapter: what can be walked along, found and
// erased there, by functions of the adapter or by the side's view. It knows no Operation.
#pragma once

#include <algorithm>
#include <concepts>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/adapter.hpp"
#include "properties/answer.hpp"
#include "properties/listening.hpp"
#include "properties/reading.hpp"
#include "properties/subject.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties::driving {

/// Said where what a lookup of an adapter returned cannot be read.
#define BIMAP_PROPERTIES_UNREADABLE                                                             \
    "this function of the adapter returns something that cannot be read. A lookup returns an "  \
    "iterator (with end_left(map) and end_right(map) to compare it with), a pointer, a "        \
    "std::optional or the partner itself; an iterator shows a pair, or its own side's element " \
    "and flip(), or key() and value()"

/// A face is the map itself or its inverse, and pairs are left-right in its own eyes. Cheap to copy: it
/// refers to the adapter and the face.
template <class Adapter, class Face, Side side, class K, class P>
class Flank {
    using Opposite = Flank<Adapter, Face, opposite(side), P, K>;

  public:
    using Key = K;
    using Partner = P;

    Flank(Adapter& adapter, Face& face) : adapter_{adapter}, face_{face} {}

    // What can be done by a key, by a function of the adapter or by the view: offers_find() and find(key).
#define BIMAP_PROPERTIES_BY_KEY(name)                                                  \
    static constexpr bool offers_##name() {                                            \
        if constexpr (has_##name<side, Adapter, Face&, const Key&>())                  \
            return true;                                                               \
        else if constexpr (has_view())                                                 \
            return requires(Flank& flank, const Key& key) { flank.view().name(key); }; \
        else                                                                           \
            return false;                                                              \
    }                                                                                  \
    decltype(auto) name(const Key& key) {                                              \
        if constexpr (has_##name<side, Adapter, Face&, const Key&>())                  \
            return call_##name<side>(adapter_, face_, key);                            \
        else                                                                           \
            return view().name(key);                                                   \
    }
    BIMAP_PROPERTIES_BY_KEY(erase)
    BIMAP_PROPERTIES_BY_KEY(find)
    BIMAP_PROPERTIES_BY_KEY(at)
    BIMAP_PROPERTIES_BY_KEY(contains)
    BIMAP_PROPERTIES_BY_KEY(count)
    BIMAP_PROPERTIES_BY_KEY(lower_bound)
    BIMAP_PROPERTIES_BY_KEY(upper_bound)
#undef BIMAP_PROPERTIES_BY_KEY

    // Walking along.

    static constexpr bool offers_for_each() {
        using Visitor = decltype([](const auto&, const auto&) {});
        return has_for_each<side, Adapter, Face&, Visitor&>();
    }
    static constexpr bool offers_walk() { return offers_for_each() || has_range(); }

    /// Which end of a range is asked for first.
    enum class First : std::uint8_t { beginning, end };

    /// Calls f(key, partner) for every pair, in the order of this side.
    template <class F>
    void walk(F f, First first = First::beginning) {
        if constexpr (has_for_each<side, Adapter, Face&, F&>()) {
            Visitor<F> visitor{f};
            call_for_each<side>(adapter_, face_, visitor);
        } else {
            const auto read_on = [&](const auto& it) {
                reading::read_iterator<side, Key, Partner>(it, f);
                return false;
            };
            first_that(read_on, first);
        }
    }

    /// An iterator range over the side: from begin_left(map) to end_left(map), or the view.
    decltype(auto) range() {
        if constexpr (has_ends())
            return Ends{*this};
        else
            return view();
    }

    // Positions.

    /// Whether a T is an iterator of this side: it can be compared with the end, and read.
    template <class T>
    static constexpr bool is_iterator() {
        if constexpr (has_end<side, Adapter, Face&>() || has_view())
            return requires(Flank& flank, const std::remove_cvref_t<T>& it) {
                { it == flank.end() } -> std::convertible_to<bool>;
                requires reading::ReadableIterator<std::remove_cvref_t<T>, side, Key, Partner>;
            };
        else
            return false;
    }

    template <class Iterator>
    Pair position(Iterator it)
        requires(is_iterator<Iterator>())
    {
        return listened([&] {
            Pair pair = end_position;
            if (!(it == end()))
                reading::read_iterator<side, Key, Partner>(
                    it, [&](const Key& key, const Partner& partner) { pair = pair_of(key, partner); });
            return pair;
        });
    }

    static auto next(auto it) {
        listened([&] { ++it; });
        return it;
    }

    static Pair pair_of(const Key& key, const Partner& partner) {
        return position_of(Element<Key>::number(key), Element<Partner>::number(partner));
    }
    static Pair position_of(Number key, std::optional<Number> partner) {
        if (!partner) return end_position;
        return properties::pair_of(side, key, *partner);
    }

    /// The iterator to a key, found by walking: whatever finds it in the map may be under test.
    auto locate(Number key) {
        const auto has_key = [&](const auto& it) {
            bool has = false;
            read(it, [&](const Key& own, const Partner&) { has = Element<Key>::number(own) == key; });
            return has;
        };
        return listened([&] { return first_that(has_key); });
    }

    /// The same, but to an odd key the one that `find` returns, if it does.
    auto iterator_to(Number key) {
        auto walked = locate(key);
        if constexpr (offers_find())
            if constexpr (std::is_same_v<std::remove_cvref_t<Found<>>, decltype(walked)>)
                listened([&] {
                    if (key % 2 == 0 || walked == end()) return;
                    auto found = walked;
                    read(walked, [&](const Key& own, const Partner&) { found = find(own); });
                    if (position(found) == position(walked)) walked = found;
                });
        return walked;
    }

    /// Whether a T that a call returned is an iterator with which to go on along this side.
    template <class T>
    static constexpr bool goes_on() {
        if constexpr (has_range() && is_iterator<T>())
            return requires(std::remove_cvref_t<T> it) { ++it; };
        else
            return false;
    }

    /// Whether an iterator that a call returned leads on otherwise than one that walked there.
    template <class Returned>
    bool strays(const Returned& returned)
        requires(goes_on<Returned>())
    {
        const Pair shown = position(returned);
        return shown != end_position && strays(returned, locate(key_of(shown, side)));
    }

    // Iterators that are kept.

    static constexpr bool offers_iterators() { return has_range(); }

    /// Keeps an iterator to each pair. Returns a function that looks for one that has gone astray by then,
    /// among those to pairs that have stayed; or, looked at closely, one that leads astray.
    auto keep_iterators() {
        return [flank = *this, kept = iterators()](const auto& stayed,
                                                   bool closely) mutable -> std::optional<Stray> {
            const auto now = closely ? flank.iterators() : decltype(flank.iterators()){};
            for (const auto& [it, pair] : kept) {
                if (!stayed(pair)) continue;
                if (const Pair shown = flank.position(it); shown != pair)
                    return Stray{Stray::How::moved, pair, pair, shown};
                if (!closely) continue;
                const auto walked =
                    std::ranges::find(now, pair, [](const auto& entry) { return entry.second; });
                if (walked == now.end()) continue;  // something else is wrong
                if (!flank.are_equal(it, walked->first)) return Stray{Stray::How::unequal, pair};
                const Pair next = walked + 1 == now.end() ? end_position : walked[1].second;
                if (const Pair shown = flank.position(flank.next(it)); shown != next)
                    return Stray{Stray::How::leads, pair, next, shown};
            }
            return std::nullopt;
        };
    }

    /// What is wrong if the ways to walk along disagree: nullptr, or the promise that is broken.
    const char* contradiction() {
        if constexpr (has_range()) {
            Pairs on = pairs_on();
            if constexpr (offers_for_each()) {
                const Pairs visited = noted([&](Pairs& pairs) {
                    walk([&](const Key& key, const Partner& partner) { note(pairs, pair_of(key, partner)); });
                });
                if (visited != on) return "for_each and the iterators show other pairs, or in another order";
            }
            if constexpr (steps_behind())
                if (pairs_behind() != on) return "it++ shows other pairs than ++it, or in another order";
            if constexpr (points())
                if (!points_as_shown()) return "it-> shows another pair than *it";
            if constexpr (walks_back()) {
                std::ranges::reverse(on);
                if (pairs_back() != on) return "walking backward shows other pairs, or in another order";
                if constexpr (steps_behind_back())
                    if (pairs_behind_back() != on)
                        return "it-- shows other pairs than --it, or in another order";
            }
            // Last, for a lookup may change what is shown.
            if constexpr (offers_find())
                if (leads_astray(0, [&](const Key& key) { return find(key); }))
                    return "an iterator that was found leads on otherwise than one that walked there";
            if constexpr (offers_lower_bound())
                if (leads_astray(0, [&](const Key& key) { return lower_bound(key); }))
                    return "an iterator from lower_bound leads on otherwise than one that walked there";
            if constexpr (offers_upper_bound())
                if (leads_astray(1, [&](const Key& key) { return upper_bound(key); }))
                    return "an iterator from upper_bound leads on otherwise than one that walked there";
        }
        return nullptr;
    }

    // Erasing by iterator, and everything by the view.

    static constexpr bool offers_erase_at() {
        if constexpr (!has_range())
            return false;
        else if constexpr (has_erase_at<side, Adapter, Face&, Iterator<>>())
            return true;
        else
            return view_erases<Iterator<>>();
    }
    decltype(auto) erase_at(auto it) {
        if constexpr (has_erase_at<side, Adapter, Face&, decltype(it)>())
            return call_erase_at<side>(adapter_, face_, it);
        else
            return view().erase(it);
    }

    /// Whether erasing by iterator returns another one to go on with.
    static constexpr bool offers_erase_loop() {
        if constexpr (offers_erase_at())
            return std::convertible_to<decltype(std::declval<Flank&>().erase_at(std::declval<Iterator<>>())),
                                       Iterator<>>;
        else
            return false;
    }

    static constexpr bool offers_erase_range() {
        if constexpr (!has_range())
            return false;
        else if constexpr (has_erase_range<side, Adapter, Face&, Iterator<>, Iterator<>>())
            return true;
        else
            return view_erases<Iterator<>, Iterator<>>();
    }
    decltype(auto) erase_range(auto first, auto last) {
        if constexpr (has_erase_range<side, Adapter, Face&, decltype(first), decltype(last)>())
            return call_erase_range<side>(adapter_, face_, first, last);
        else
            return view().erase(first, last);
    }

    static constexpr bool offers_clear() {
        if constexpr (has_view())
            return requires(Flank& flank) { flank.view().clear(); };
        else
            return false;
    }
    void clear() { view().clear(); }

    // Finding.

    /// Calls f(partner) if the key is found.
    template <class F>
    void search(const Key& key, F&& f) {
        if constexpr (finds_without_throwing()) {
            read_found(find(key), f);
        } else {
            try {
                read_found(find(key), f);
            } catch (const std::exception& error) {
                if (is_injected(error)) throw;
            }
        }
    }

    std::optional<Number> partner(const Key& key) {
        std::optional<Number> found;
        search(key, [&](const Partner& seen) { found = Element<Partner>::number(seen); });
        return found;
    }

    Number partner_at(const Key& key) {
        Number found = 0;
        read_found(at(key), [&](const Partner& seen) { found = Element<Partner>::number(seen); });
        return found;
    }

    /// The map's own element that equals this one, as the other side shows it, or else an iterator, or
    /// nullptr.
    const Key* own(const Key& element) {
        const Key* found = nullptr;
        if constexpr (finds_own_elements() && Opposite::finds_own_elements())
            listened([&] {
                search(element, [&](const Partner& partner) {
                    Opposite{adapter_, face_}.search(partner,
                                                     [&](const Key& seen) { found = std::addressof(seen); });
                });
            });
        else if constexpr (walks_along_own_elements())
            found = own_on_the_way(Element<Key>::number(element));
        return found;
    }

    /// Two iterators show it in one place, unless they show what lies within themselves.
    const Key* own_on_the_way(Number key) {
        const auto one = locate(key);
        const auto other = locate(key);
        if (position(one) == end_position) return nullptr;
        return listened([&] {
            const Key* found = nullptr;
            read(one, [&](const Key& own, const Partner&) {
                read(other, [&](const Key& seen, const Partner&) {
                    if (std::addressof(own) == std::addressof(seen)) found = std::addressof(own);
                });
            });
            return found;
        });
    }

    static constexpr bool walks_along_own_elements() {
        if constexpr (has_range())
            return reading::shows_own_elements<side, Key, Partner, Iterator<>>();
        else
            return false;
    }

    /// Whether a lookup shows the map's own element, and not a copy that goes away.
    static constexpr bool finds_own_elements() {
        if constexpr (!offers_find())
            return false;
        else if constexpr (is_iterator<Found<>>())
            return reading::shows_own_elements<side, Key, Partner, std::remove_cvref_t<Found<>>>();
        else if constexpr (reading::Holder<Found<>>)
            return std::is_pointer_v<std::remove_cvref_t<Found<>>> ||
                   requires(Found<> found) { found->get(); };
        else
            return std::is_lvalue_reference_v<Found<>>;
    }

    /// Looks along this side, and for each of the keys below the alphabet. `mirror` shows the pairs as the
    /// map itself would.
    void look(const std::vector<Key>& keys, Number alphabet, bool mirror, First first, Look::Face& seen) {
        const auto shown = index_of(mirror ? opposite(side) : side);
        Pairs& order = seen.order[shown];
        auto& found = seen.found[shown];
        auto& places = seen.places[shown];
        order.clear();
        order.reserve(std::max(most_pairs, std::size_t{2} * alphabet));  // before listening
        std::vector<Key> not_at_hand;
        for (auto number = static_cast<Number>(keys.size()); number < alphabet; ++number)
            not_at_hand.push_back(Element<Key>::make(number));
        found.assign(alphabet, std::nullopt);
        places.assign(alphabet, nullptr);
        seen.walked[shown] = offers_walk();
        seen.searched[shown] = offers_find();
        listened([&] {
            if constexpr (offers_walk())
                walk(
                    [&](const Key& key, const Partner& partner) {
                        const Pair pair = pair_of(key, partner);
                        note(order, mirror ? mirrored(pair) : pair);
                    },
                    first);
            if constexpr (offers_find())
                for (Number number = 0; number < alphabet; ++number)
                    search(number < keys.size() ? keys[number] : not_at_hand[number - keys.size()],
                           [&](const Partner& other) {
                               found[number] = Element<Partner>::number(other);
                               places[number] = std::addressof(other);
                           });
            if constexpr (has_view()) {
                if constexpr (requires(Flank& flank) { static_cast<std::size_t>(flank.view().size()); })
                    seen.view_size[shown] = static_cast<std::size_t>(view().size());
                if constexpr (requires(Flank& flank) { static_cast<bool>(flank.view().empty()); })
                    seen.view_empty[shown] = static_cast<bool>(view().empty());
            }
        });
    }

  private:
    /// What for_each has to call.
    template <class F>
    struct Visitor {
        F& visit;
        void operator()(const Key& key, const Partner& partner) const { visit(key, partner); }
        template <class First, class Second>
            requires(!std::same_as<Key, Partner> && std::same_as<First, Partner> && std::same_as<Second, Key>)
        void operator()(const First&, const Second&) const {
            static_assert(!std::same_as<First, Partner>,
                          "for_each_right has to call f(right, left), and for_each_left f(left, right)");
        }
    };

    void read(const auto& it, auto&& f) {
        reading::read_iterator<side, Key, Partner>(it, std::forward<decltype(f)>(f));
    }

    /// From begin_left(map) to end_left(map).
    struct Ends {
        const Flank& flank;
        auto begin() const { return call_begin<side>(flank.adapter_, flank.face_); }
        auto end() const { return call_end<side>(flank.adapter_, flank.face_); }
    };

    // Templates, so that they are asked for only where there is a range, or a lookup.
    template <class Self = Flank>
    using Iterator = std::remove_cvref_t<decltype(std::declval<Self&>().range().begin())>;
    template <class Self = Flank>
    using Found = decltype(std::declval<Self&>().find(std::declval<const Key&>()));

    /// Goes along the side. Returns: the first iterator of which stops(it) is true, or the one at the end.
    auto first_that(auto&& stops, First first = First::beginning) {
        auto&& all = range();
        const auto pass = [&](auto it, auto end) {
            while (it != end && !stops(it)) ++it;
            return it;
        };
        if (first == First::end) {
            auto end = all.end();
            return pass(all.begin(), end);
        }
        auto beginning = all.begin();
        return pass(beginning, all.end());
    }

    /// The iterators, from the first to the last, and what they show.
    auto iterators() {
        std::vector<std::pair<Iterator<>, Pair>> all;
        all.reserve(most_pairs);  // before listening
        listened([&] {
            first_that([&](const auto& it) {
                all.emplace_back(it, position(it));
                return all.size() == all.capacity();
            });
        });
        return all;
    }

    /// Where they can be compared; and if so, by the map's own code.
    bool are_equal(const auto& one, const auto& other) {
        if constexpr (requires {
                          { one == other } -> std::convertible_to<bool>;
                      })
            return listened([&] { return static_cast<bool>(one == other); });
        else
            return true;
    }

    /// The pairs that a walk notes.
    static Pairs noted(auto&& walk) {
        Pairs pairs;
        pairs.reserve(most_pairs);  // before listening
        listened([&] { walk(pairs); });
        return pairs;
    }
    static bool has_room(const Pairs& pairs) { return pairs.size() < pairs.capacity(); }

    /// The pairs that the iterators show, from the first to the last.
    Pairs pairs_on() {
        return noted([&](Pairs& pairs) {
            first_that([&](const auto& it) {
                note(pairs, position(it));
                return !has_room(pairs);
            });
        });
    }

    static constexpr bool steps_behind() {
        return requires(Iterator<>& it) {
            { it++ } -> std::same_as<Iterator<>>;
        };
    }

    /// Whether it is another one than that which walked there, or leads elsewhere. If they show different
    /// pairs, something else is wrong.
    bool strays(const auto& returned, const auto& walked) {
        const Pair shown = position(walked);
        if (shown == end_position || position(returned) != shown) return false;
        return !are_equal(returned, walked) || position(next(returned)) != position(next(walked));
    }

    /// Whether an iterator does that `search` returns for a key: to its pair, or so many places behind.
    /// Nothing is searched while it walks, for the pairs of some maps change places then.
    template <class Search>
    bool leads_astray(int places, Search search) {
        using Returned = std::invoke_result_t<Search&, const Key&>;
        if constexpr (goes_on<Returned>()) {
            return listened([&, walked = iterators()] {
                return std::ranges::any_of(walked, [&](const auto& entry) {
                    const auto& it = entry.first;
                    bool astray = false;
                    read(it, [&](const Key& key, const Partner&) {
                        astray = strays(search(key), places == 0 ? it : next(it));
                    });
                    return astray;
                });
            });
        } else {
            return false;
        }
    }

    /// The same, by the iterators that are left behind.
    Pairs pairs_behind() {
        return noted([&](Pairs& pairs) {
            auto&& all = range();
            for (auto it = all.begin(); it != all.end() && has_room(pairs);) note(pairs, position(it++));
        });
    }

    /// Whether `it->` shows a pair, with this side's key first.
    static constexpr bool points() {
        if constexpr (requires(const Iterator<>& it) {
                          { it->first } -> reading::Shows<Key>;
                          { it->second } -> reading::Shows<Partner>;
                          *it;
                      })
            return reading::standing_of<side, Key, Partner, decltype(*std::declval<const Iterator<>&>())>() ==
                   reading::Standing::own_first;
        else
            return false;
    }
    bool points_as_shown() {
        return listened([&] {
            const auto another = [&](const auto& it) {
                return pair_of(static_cast<const Key&>(it->first), static_cast<const Partner&>(it->second)) !=
                       position(it);
            };
            return first_that(another) == end();
        });
    }

    static constexpr bool walks_back() {
        return requires(Flank& flank, Iterator<>& it) {
            { --it } -> std::same_as<Iterator<>&>;
            { flank.end() } -> std::same_as<Iterator<>>;
        };
    }

    /// The same from the last to the first.
    Pairs pairs_back() {
        return noted([&](Pairs& pairs) {
            auto&& all = range();
            const Iterator<> first = all.begin();
            for (Iterator<> it = all.end(); !(it == first) && has_room(pairs);) note(pairs, position(--it));
        });
    }

    static constexpr bool steps_behind_back() {
        return requires(Iterator<>& it) {
            { it-- } -> std::same_as<Iterator<>>;
        };
    }

    /// The same, by the iterators that are left behind.
    Pairs pairs_behind_back() {
        return noted([&](Pairs& pairs) {
            auto&& all = range();
            const Iterator<> first = all.begin();
            Iterator<> it = all.end();
            if (it == first) return;
            for (it--; !(it == first) && has_room(pairs);) note(pairs, position(it--));
            note(pairs, position(it));
        });
    }

    static constexpr bool has_view() {
        if constexpr (side == Side::left)
            return requires(Adapter& a, Face& f) { a.left(f); };
        else
            return requires(Adapter& a, Face& f) { a.right(f); };
    }
    decltype(auto) view() {
        if constexpr (side == Side::left)
            return adapter_.left(face_);
        else
            return adapter_.right(face_);
    }

    template <class... Iterators>
    static constexpr bool view_erases() {
        if constexpr (has_view())
            return requires(Flank& flank, Iterators... which) { flank.view().erase(which...); };
        else
            return false;
    }

    static constexpr bool has_ends() {
        return has_begin<side, Adapter, Face&>() && has_end<side, Adapter, Face&>();
    }
    static constexpr bool has_range() { return has_ends() || has_view(); }
    auto end() {
        if constexpr (has_end<side, Adapter, Face&>())
            return call_end<side>(adapter_, face_);
        else
            return view().end();
    }

    /// Whether a lookup's result says by itself that nothing was found; else an exception says it.
    static constexpr bool finds_without_throwing() {
        return is_iterator<Found<>>() || reading::Holder<Found<>>;
    }

    /// What a lookup returned, whatever its style: calls f(partner) if it found one.
    template <class Result, class F>
    void read_found(Result&& result, F&& f) {
        const auto second = [&](const Key&, const Partner& partner) { f(partner); };
        if constexpr (is_iterator<Result>()) {
            if (!(result == end()))
                reading::read_iterator<side, Key, Partner>(std::forward<Result>(result), second);
        } else if constexpr (reading::Holder<Result>) {
            using Held = decltype(*result);
            if (!static_cast<bool>(result)) return;
            if constexpr (reading::Shows<Held, Partner>)
                f(static_cast<const Partner&>(*result));
            else if constexpr (requires {
                                   { result->get() } -> reading::Shows<Partner>;
                               })
                f(static_cast<const Partner&>(result->get()));
            else if constexpr (reading::ShowsPair<Held, side, Key, Partner>)
                reading::read_pair<side, Key, Partner>(*result, second);
            else
                static_assert(reading::Shows<Held, Partner>, BIMAP_PROPERTIES_UNREADABLE);
        } else {
            static_assert(reading::Shows<Result, Partner>, BIMAP_PROPERTIES_UNREADABLE);
            f(static_cast<const Partner&>(result));
        }
    }

    Adapter& adapter_;
    Face& face_;
};
#undef BIMAP_PROPERTIES_UNREADABLE

/// What a call returned that is an iterator of this flank.
template <class T, class OfFlank>
concept IteratorOf = OfFlank::template is_iterator<T>();

}  // namespace bimap::properties::driving
