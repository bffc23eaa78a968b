// SPDX-License-Identifier: BSL-1.0
// BiMap under the suite's vocabulary, whatever its elements and indexes.
#pragma once

#include <iterator>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "properties/driver.hpp"

namespace bimap::properties {

/// What BiMap promises, in the suite's terms.
inline Promises bimap_promises(std::array<bool, 2> ordered, std::initializer_list<Fault::Kind> faults) {
    Promises promises{.ordered = ordered, .self_move_keeps = true, .strong = {}, .faults = {}};
    for (const Verb verb :
         {Verb::insert,      Verb::erase,       Verb::force,       Verb::assign,   Verb::emplace,
          Verb::clear,       Verb::copy_assign, Verb::move_assign, Verb::swap,     Verb::erase_at,
          Verb::clear_view,  Verb::find,        Verb::at,          Verb::contains, Verb::count,
          Verb::lower_bound, Verb::upper_bound, Verb::equals,      Verb::reserve,  Verb::shrink_to_fit})
        promises.strong.set(static_cast<std::size_t>(verb));
    for (const Fault::Kind kind : faults) promises.faults.set(static_cast<std::size_t>(kind));
    return promises;
}

/// Calls erase_if as its users do: unqualified, found with the map's own namespace.
std::size_t erase_matching(auto& map, auto matches) { return erase_if(map, std::move(matches)); }

template <class TheMap>
struct BiMapSubject {
    using Map = TheMap;
    using Left = typename Map::left_type;
    using Right = typename Map::right_type;

    Promises declared;

    [[nodiscard]] Promises promises() const { return declared; }
    static Map make() { return Map(); }

    // Each of these takes the map or its inverse.
    static auto insert(auto& map, auto&& l, auto&& r)
        -> decltype(map.insert(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.insert(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto force(auto& map, auto&& l, auto&& r)
        -> decltype(map.force(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.force(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto assign_left(auto& map, auto&& l, auto&& r)
        -> decltype(map.assign_left(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.assign_left(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto assign_right(auto& map, auto&& l, auto&& r)
        -> decltype(map.assign_right(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.assign_right(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto emplace(auto& map, auto&& l, auto&& r)
        -> decltype(map.emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }

    static auto left(auto& map) { return map.left(); }
    static auto right(auto& map) { return map.right(); }

    static void insert_range(auto& map, auto* first, auto* last) {
        map.insert(std::make_move_iterator(first), std::make_move_iterator(last));
    }
    static std::size_t erase_if(auto& map, auto matches) {
        return erase_matching(map, [&](const auto& pair) { return matches(pair.first, pair.second); });
    }
    static void clear(auto& map) { map.clear(); }
    static std::size_t size(const auto& map) { return map.size(); }
    static bool empty(const auto& map) { return map.empty(); }
    static void reserve(auto& map, std::size_t n) { map.reserve(n); }
    static void shrink_to_fit(auto& map) { map.shrink_to_fit(); }

    // Whole maps.
    static auto inverse(Map& map) { return map.inverse(); }
    static bool equal(const Map& one, const Map& other) { return one == other; }
    static const char* violated_invariant(const Map& map) { return bimap::violated_invariant(map); }

    static void insert_all(Map& map, const Map& from)
        requires std::copy_constructible<Left> && std::copy_constructible<Right>
    {
        map.insert(from.begin(), from.end());
    }
    static Map filter(const Map& map, auto keeps)
        requires std::copy_constructible<Left> && std::copy_constructible<Right>
    {
        std::vector<typename Map::value_type> kept;
        for (const auto& [l, r] : map)
            if (keeps(l, r)) kept.emplace_back(l, r);
        return Map(kept.begin(), kept.end());
    }
};

}  // namespace bimap::properties
