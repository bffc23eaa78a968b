// SPDX-License-Identifier: BSL-1.0
// Two std::maps kept in step by hand, and done right: the bimap that everybody writes first, as a Subject.
// Each element is stored twice. Updates have the basic guarantee only.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "properties/driver.hpp"

namespace bimap::properties {

template <class L, class R>
struct TwoMaps {
    std::map<L, R> forward;
    std::map<R, L> inverse;

    TwoMaps() = default;
    TwoMaps(const TwoMaps&) = default;
    TwoMaps(TwoMaps&&) = default;
    ~TwoMaps() = default;
    TwoMaps& operator=(TwoMaps&&) = default;
    // Member by member, the first map would be another one already when the copy of the second throws.
    TwoMaps& operator=(const TwoMaps& other) { return *this = TwoMaps{other}; }

    bool operator==(const TwoMaps&) const = default;
};

template <class L, class R>
struct TwoMapsSubject {
    using Left = L;
    using Right = R;
    using Map = TwoMaps<L, R>;

    static Map make() { return {}; }
    static Promises promises() {
        return {.order = {Order::sorted, Order::sorted},
                .elements_per_pair = 4,
                .moved_from = MovedFrom::empty,
                .same_pair_is_refused = true,
                .shows_conflict = true,
                .keeps_refused = true,
                .absent_is_out_of_range = true,
                .strong = {},
                .lossless = {},
                .faults = 0b11100110};
    }

    static bool insert(Map& map, const L& left, const R& right) {
        if (map.forward.contains(left) || map.inverse.contains(right)) return false;
        const auto entry = map.forward.emplace(left, right).first;
        try {
            map.inverse.emplace(right, left);
        } catch (...) {
            map.forward.erase(entry);
            throw;
        }
        return true;
    }

    static bool force(Map& map, const L& left, const R& right) {
        const auto same_left = map.forward.find(left);
        if (same_left != map.forward.end() && same_left->second == right) return false;
        const L new_left{left};
        const R new_right{right};
        erase_left(map, new_left);
        erase_right(map, new_right);
        return insert(map, new_left, new_right);
    }

    static std::size_t erase_left(Map& map, const L& left) { return erase(map.forward, map.inverse, left); }
    static std::size_t erase_right(Map& map, const R& right) {
        return erase(map.inverse, map.forward, right);
    }

    template <class Predicate>
    static std::size_t erase_if(Map& map, Predicate predicate) {
        std::size_t erased = 0;
        for (auto entry = map.forward.begin(); entry != map.forward.end();) {
            if (!predicate(entry->first, entry->second)) {
                ++entry;
                continue;
            }
            map.inverse.erase(entry->second);
            entry = map.forward.erase(entry);
            ++erased;
        }
        return erased;
    }

    static const R* find_left(const Map& map, const L& left) { return find(map.forward, left); }
    static const L* find_right(const Map& map, const R& right) { return find(map.inverse, right); }

    template <class F>
    static void for_each_left(const Map& map, F f) {
        for (const auto& [left, right] : map.forward) f(left, right);
    }
    template <class F>
    static void for_each_right(const Map& map, F f) {
        for (const auto& [right, left] : map.inverse) f(right, left);
    }

    static void clear(Map& map) {
        map.forward.clear();
        map.inverse.clear();
    }
    static std::size_t size(const Map& map) { return map.forward.size(); }
    static bool equal(const Map& one, const Map& other) { return one == other; }

  private:
    template <class Map1, class Key>
    static auto find(const Map1& map, const Key& key) -> const typename Map1::mapped_type* {
        const auto entry = map.find(key);
        return entry == map.end() ? nullptr : &entry->second;
    }

    template <class One, class Other, class Key>
    static std::size_t erase(One& one, Other& other, const Key& key) {
        const auto entry = one.find(key);
        if (entry == one.end()) return 0;
        const auto opposite = other.find(entry->second);
        one.erase(entry);
        other.erase(opposite);
        return 1;
    }
};

}  // namespace bimap::properties
