// SPDX-License-Identifier: BSL-1.0
// The two maps of the Tricky Leaks exercise under the suite's vocabulary, and the list of what is planted in
// the boss's. One adapter drives both.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "properties/ledger.hpp"
#include "properties/subject.hpp"
#include "properties/subjects/tricky_leaks/boss_map.hpp"
#include "properties/subjects/tricky_leaks/plugged_map.hpp"

namespace bimap::tricky_leaks {

/// A leak that can be planted alone; its subject is called "tricky-leaks/" and its name.
struct PlantedLeak {
    Leak leak;
    std::string_view name;
    properties::LeakKind kind;
    std::string_view story;
};

inline constexpr auto planted_leaks = [] {
    using enum properties::LeakKind;
    return std::array{
        PlantedLeak{Leak::grudges, "grudges", retained, "a refused pair leaves a note in the history"},
        PlantedLeak{Leak::understudies, "understudies", lost, "a pair whose right is taken leaves its node"},
        PlantedLeak{Leak::regrets, "regrets", retained,
                    "an addition that throws leaves a note in the history"},
        PlantedLeak{Leak::half_built, "half-built", lost,
                    "a right that cannot be copied leaves node and left"},
        PlantedLeak{Leak::half_grown, "half-grown", lost,
                    "a second array that cannot be had leaves the first"},
        PlantedLeak{Leak::hung_up, "hung-up", cyclic,
                    "memory that ends after the listeners leaves them a ring"},
        PlantedLeak{Leak::overwritten, "overwritten", lost, "an overwritten left leaves its pair"},
        PlantedLeak{Leak::cold_shortcuts, "cold-shortcuts", retained,
                    "an overwritten right leaves a shortcut"},
        PlantedLeak{Leak::rivals, "rivals", cyclic, "the cross case leaves both pairs, holding each other"},
        PlantedLeak{Leak::trash, "trash", retained, "remove_left never empties the trash"},
        PlantedLeak{Leak::listeners, "listeners", cyclic, "remove_right leaves two listeners, a ring"},
        PlantedLeak{Leak::flags, "flags", lost, "remove_if that finds nothing leaves its marks"},
        PlantedLeak{Leak::family, "family", cyclic, "a filtered map and its origin hold each other"},
        PlantedLeak{Leak::dead_views, "dead-views", retained,
                    "an origin remembers filtered maps that are gone"},
        PlantedLeak{Leak::ancestors, "ancestors", retained, "a filtered map remembers origins that are gone"},
        PlantedLeak{Leak::stickers, "stickers", lost, "a copy leaves its label"},
        PlantedLeak{Leak::old_walls, "old-walls", lost, "copy assignment leaves the old bucket arrays"},
        PlantedLeak{Leak::graveyard, "graveyard", retained, "move assignment keeps the old pairs for ever"},
        PlantedLeak{Leak::backup, "backup", retained, "clear keeps the pairs until the next clear"},
        PlantedLeak{Leak::right_wall, "right-wall", lost, "the destructor leaves the right bucket array"},
        PlantedLeak{Leak::registry, "registry", retained, "a destroyed map stays on the static register"},
    };
}();

/// The adapter. Every call has the strong guarantee; those of moving, swapping and clearing never throw.
template <class TheMap>
struct TrickyLeaksSubject;

template <template <class, class> class TheMap, class L, class R>
struct TrickyLeaksSubject<TheMap<L, R>> {
    using Map = TheMap<L, R>;
    using Left = L;
    using Right = R;
    static constexpr std::size_t elements_per_pair = 2;

    Leaks planted = every_leak;  ///< the plugged map has no use for it

    Map make() const {
        if constexpr (std::is_constructible_v<Map, Leaks>)
            return Map{planted};
        else
            return Map{};
    }

    static properties::Promises promises() {
        properties::Promises promises;
        promises.moved_from = properties::MovedFrom::empty;
        promises.self_move_keeps = true;
        promises.same_pair_is_refused = true;
        promises.shows_conflict = true;
        promises.keeps_refused = true;
        promises.exceptions = properties::Guarantee::strong;
        promises.faults.reset();
        for (const auto kind : {properties::Fault::Kind::alloc, properties::Fault::Kind::copy,
                                properties::Fault::Kind::hash, properties::Fault::Kind::compare})
            promises.faults.set(static_cast<std::size_t>(kind));
        return promises;
    }

    static bool insert(Map& map, const L& left, const R& right) { return map.add(left, right); }
    static bool assign_left(Map& map, const L& left, const R& right) { return map.put_left(left, right); }
    static bool assign_right(Map& map, const L& left, const R& right) { return map.put_right(left, right); }
    static bool force(Map& map, const L& left, const R& right) { return map.overwrite(left, right); }

    static bool erase_left(Map& map, const L& left) { return map.remove_left(left); }
    static bool erase_right(Map& map, const R& right) { return map.remove_right(right); }

    template <class Predicate>
    static std::size_t erase_if(Map& map, Predicate unwanted) {
        return map.remove_if(unwanted);
    }
    template <class Predicate>
    static Map filter(const Map& map, Predicate wanted) {
        return map.filter(wanted);
    }
    static void clear(Map& map) { map.clear(); }

    static const R* find_left(const Map& map, const L& left) { return map.get_left(left); }
    static const L* find_right(const Map& map, const R& right) { return map.get_right(right); }
    static bool contains_left(const Map& map, const L& left) { return map.has_left(left); }
    static bool contains_right(const Map& map, const R& right) { return map.has_right(right); }

    template <class F>
    static void for_each_left(const Map& map, F visit) {
        map.each(visit);
    }
    template <class F>
    static void for_each_right(const Map& map, F visit) {
        map.each_right(visit);
    }
    static std::size_t size(const Map& map) { return map.size(); }
    static bool empty(const Map& map) { return map.empty(); }
};

}  // namespace bimap::tricky_leaks
