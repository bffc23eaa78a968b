// SPDX-License-Identifier: BSL-1.0
// A bimap whose sides are both in the order of insertion, as simple as it can be, and mutants of it with
// exactly one planted bug each.
#pragma once

#include <algorithm>
#include <array>
#include <list>

#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties::mutants {

/// Each pair, in the order of the lefts and in that of the rights; nothing is looked up but by walking.
struct Lists {
    using Pairs = std::list<std::pair<L, R>>;
    std::array<Pairs, 2> by_side;

    Lists() = default;
    Lists(const Lists&) = default;
    Lists(Lists&&) = default;
    ~Lists() = default;
    Lists& operator=(Lists&&) = default;
    // List by list, the first would be another one already when the copy of the second throws.
    Lists& operator=(const Lists& other) { return *this = Lists{other}; }
};

template <Side side>
const auto& side_of(const std::pair<L, R>& pair) {
    if constexpr (side == Side::left)
        return pair.first;
    else
        return pair.second;
}

/// The pair with this key, or the end.
template <Side side>
auto position(auto& pairs, const auto& key) {
    return std::find_if(pairs.begin(), pairs.end(),
                        [&](const auto& pair) { return side_of<side>(pair) == key; });
}

/// The sound map over two lists. What is done to it is done to a copy first.
struct Sequenced {
    using Left = L;
    using Right = R;
    using Map = Lists;
    using Pairs = Lists::Pairs;

    static Map make() { return {}; }
    static Promises promises() {
        Promises promises{.order = {Order::sequenced, Order::sequenced},
                          .elements_per_pair = 4,
                          .moved_from = MovedFrom::empty,
                          .same_pair_is_refused = true,
                          .shows_conflict = true,
                          .keeps_refused = true,
                          .absent_is_out_of_range = true,
                          .strong = {},
                          .lossless = {},
                          .faults = 0b100110};
        for (const Verb verb :
             {Verb::insert, Verb::force, Verb::replace, Verb::insert_all, Verb::force_range})
            promises.strong.set(static_cast<std::size_t>(verb));
        promises.lossless.set(static_cast<std::size_t>(Verb::merge));
        return promises;
    }

    static bool insert(Map& map, const L& left, const R& right) {
        if (find_left(map, left) != nullptr || find_right(map, right) != nullptr) return false;
        return force(map, left, right);
    }
    static bool force(Map& map, const L& left, const R& right) {
        if (const R* const there = find_left(map, left); there != nullptr && *there == right) return false;
        Map changed{map};
        put<Side::left>(changed.by_side[0], left, right);
        put<Side::right>(changed.by_side[1], left, right);
        map.by_side.swap(changed.by_side);
        return true;
    }
    static std::size_t erase_left(Map& map, const L& left) { return erase<Side::left>(map, left); }
    static std::size_t erase_right(Map& map, const R& right) { return erase<Side::right>(map, right); }

    static bool replace_left(Map& map, const L& left, const L& fresh) {
        if (find_left(map, left) == nullptr || find_left(map, fresh) != nullptr) return false;
        Map changed{map};
        for (Pairs& pairs : changed.by_side) position<Side::left>(pairs, left)->first = fresh;
        map.by_side.swap(changed.by_side);
        return true;
    }

    static bool move_to_front_left(Map& map, const L& left) {
        Pairs& pairs = map.by_side[0];
        const auto entry = position<Side::left>(pairs, left);
        if (entry == pairs.end()) return false;
        pairs.splice(pairs.begin(), pairs, entry);
        return true;
    }
    static bool move_to_back_left(Map& map, const L& left) {
        Pairs& pairs = map.by_side[0];
        const auto entry = position<Side::left>(pairs, left);
        if (entry == pairs.end()) return false;
        pairs.splice(pairs.end(), pairs, entry);
        return true;
    }

    static void insert_all(Map& map, const Map& from) {
        Map changed{map};
        for (const auto& [left, right] : from.by_side[0]) insert(changed, left, right);
        map.by_side.swap(changed.by_side);
    }
    static void force_range(Map& map, const auto* first, const auto* last, auto sink) {
        Map changed{map};
        Pairs evicted;
        for (; first != last; ++first) {
            const auto& [left, right] = *first;
            for (const auto& [other_left, other_right] : changed.by_side[0])
                if ((other_left == left) != (other_right == right))
                    evicted.emplace_back(other_left, other_right);
            force(changed, left, right);
        }
        map.by_side.swap(changed.by_side);
        for (const auto& pair : evicted) sink(pair);
    }
    static std::size_t merge(Map& map, Map& from) {
        std::size_t moved = 0;
        const Pairs all{from.by_side[0]};
        for (const auto& [left, right] : all) {
            const auto in_left = position<Side::left>(from.by_side[0], left);
            const auto in_right = position<Side::left>(from.by_side[1], left);
            if (!insert(map, left, right)) continue;
            from.by_side[0].erase(in_left);
            from.by_side[1].erase(in_right);
            ++moved;
        }
        return moved;
    }

    static const R* find_left(const Map& map, const L& left) {
        const auto entry = position<Side::left>(map.by_side[0], left);
        return entry == map.by_side[0].end() ? nullptr : &entry->second;
    }
    static const L* find_right(const Map& map, const R& right) {
        const auto entry = position<Side::right>(map.by_side[1], right);
        return entry == map.by_side[1].end() ? nullptr : &entry->first;
    }
    static void for_each_left(const Map& map, auto f) {
        for (const auto& [left, right] : map.by_side[0]) f(left, right);
    }
    static void for_each_right(const Map& map, auto f) {
        for (const auto& [left, right] : map.by_side[1]) f(right, left);
    }
    static std::size_t size(const Map& map) { return map.by_side[0].size(); }

  protected:
    /// In the place of the pair with this key, or at the end.
    template <Side side>
    static void put(Pairs& pairs, const L& left, const R& right) {
        const std::pair<L, R> fresh{left, right};
        const auto same = position<side>(pairs, side_of<side>(fresh));
        const auto place = pairs.insert(same, fresh);
        pairs.remove_if([&](const auto& pair) {
            return &pair != &*place && (pair.first == left || pair.second == right);
        });
    }

    template <Side side>
    static std::size_t erase(Map& map, const auto& key) {
        const auto in_left = position<side>(map.by_side[0], key);
        const auto in_right = position<side>(map.by_side[1], key);
        if (in_left == map.by_side[0].end()) return 0;
        map.by_side[0].erase(in_left);
        map.by_side[1].erase(in_right);
        return 1;
    }
};

/// A pair that takes another one's place goes to the end.
struct OverwriteLosesPlace : Sequenced {
    static bool force(Map& map, const L& left, const R& right) {
        if (!Sequenced::force(map, left, right)) return false;
        move_to_back_left(map, L{left});
        return true;
    }
};

/// A pair with another key goes to the end.
struct ReplaceLosesPlace : Sequenced {
    static bool replace_left(Map& map, const L& left, const L& fresh) {
        if (!Sequenced::replace_left(map, left, fresh)) return false;
        move_to_back_left(map, fresh);
        return true;
    }
};

/// A copy is in another order.
struct CopyLosesOrder : Sequenced {
    struct Map : Lists {
        Map() = default;
        Map(const Map& other) : Lists{other} {
            for (Pairs& pairs : by_side) pairs.reverse();
        }
        Map(Map&&) = default;
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

/// A pair goes to the front, and those that were in front of it go.
struct FrontBreaksChain : Sequenced {
    static bool move_to_front_left(Map& map, const L& left) {
        Pairs& pairs = map.by_side[0];
        const auto entry = position<Side::left>(pairs, left);
        if (entry == pairs.end()) return false;
        pairs.erase(pairs.begin(), entry);
        return true;
    }
};

/// The pairs of another map come in another order.
struct MergeLosesOrder : Sequenced {
    static std::size_t merge(Map& map, Map& from) {
        if (&map != &from) from.by_side[0].reverse();
        return Sequenced::merge(map, from);
    }
};

/// Where a group fails, the pair that it evicted comes back at the end.
struct RollbackLosesPlace : Sequenced {
    static void force_range(Map& map, const auto* first, const auto* last, auto sink) {
        try {
            Sequenced::force_range(map, first, last, sink);
        } catch (...) {
            for (; first != last; ++first) move_to_back_left(map, first->first);
            throw;
        }
    }
};

}  // namespace bimap::properties::mutants
