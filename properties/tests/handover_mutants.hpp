// SPDX-License-Identifier: BSL-1.0
// Bimaps with exactly one planted bug each, where pairs leave a map, change their key, or come in groups.
// Every mutant is the sound map over two std::maps, which has these functions here, but for those that it
// writes anew.
#pragma once

#include <optional>

#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties::mutants {

/// A pair that was taken out, key first.
template <class Key, class Partner>
struct Extracted {
    std::optional<std::pair<Key, Partner>> pair;

    explicit operator bool() const { return pair.has_value(); }
    [[nodiscard]] const Key& left() const { return pair->first; }
    [[nodiscard]] const Partner& right() const { return pair->second; }
};

/// The sound map, which hands pairs over. What is done to it is done to a copy first.
struct Handing : Sound {
    static Promises promises() {
        Promises promises = Sound::promises();
        for (const Verb verb : {Verb::insert, Verb::try_emplace, Verb::replace, Verb::extract,
                                Verb::insert_all, Verb::insert_range, Verb::force_all, Verb::force_range})
            promises.strong.set(static_cast<std::size_t>(verb));
        for (const Verb verb : {Verb::merge, Verb::take})
            promises.lossless.set(static_cast<std::size_t>(verb));
        return promises;
    }

    static bool try_emplace_left(Map& map, const L& left, const R& right) { return insert(map, left, right); }
    static bool try_emplace_right(Map& map, const R& right, const L& left) {
        return insert(map, left, right);
    }

    static bool replace_left(Map& map, const L& left, const L& fresh) {
        const R* const right = find_left(map, left);
        if (right == nullptr || map.forward.contains(fresh)) return false;
        Map changed{map};
        erase_left(changed, left);
        insert(changed, fresh, *right);
        map = std::move(changed);
        return true;
    }

    static Extracted<L, R> extract_left(Map& map, const L& left) {
        const R* const right = find_left(map, left);
        if (right == nullptr) return {};
        Extracted<L, R> node{std::pair{left, *right}};
        erase_left(map, left);
        return node;
    }

    static bool take_left(Map& map, Map& from, const L& left) {
        const auto entry = from.forward.find(left);
        if (entry == from.forward.end()) return false;
        const auto mirror = from.inverse.find(entry->second);
        if (!insert(map, entry->first, entry->second)) return false;
        from.forward.erase(entry);
        from.inverse.erase(mirror);
        return true;
    }

    static std::size_t retain(Map& map, auto keeps) {
        return erase_if(map, [&](const L& left, const R& right) { return !keeps(left, right); });
    }

    static void insert_all(Map& map, const Map& from) {
        Map changed{map};
        for (const auto& [left, right] : from.forward) insert(changed, left, right);
        map = std::move(changed);
    }
    static void insert_range(Map& map, const auto* first, const auto* last) {
        Map changed{map};
        for (; first != last; ++first) insert(changed, first->first, first->second);
        map = std::move(changed);
    }
    static void force_all(Map& map, const Map& from, auto sink) {
        const std::vector<std::pair<L, R>> pairs(from.forward.begin(), from.forward.end());
        force_range(map, pairs.data(), pairs.data() + pairs.size(), sink);
    }
    static void force_range(Map& map, const auto* first, const auto* last, auto sink) {
        Map changed{map};
        std::vector<std::pair<L, R>> evicted;
        for (; first != last; ++first) {
            note_conflicts(changed, first->first, first->second, evicted);
            force(changed, first->first, first->second);
        }
        map = std::move(changed);
        for (const auto& pair : evicted) sink(pair);
    }

    static std::size_t merge(Map& map, Map& from) {
        std::size_t moved = 0;
        for (auto entry = from.forward.begin(); entry != from.forward.end();) {
            const auto mirror = from.inverse.find(entry->second);
            if (!insert(map, entry->first, entry->second)) {
                ++entry;
                continue;
            }
            from.inverse.erase(mirror);
            entry = from.forward.erase(entry);
            ++moved;
        }
        return moved;
    }

  protected:
    static void note_conflicts(const Map& map, const L& left, const R& right,
                               std::vector<std::pair<L, R>>& evicted) {
        if (pairs_them(map, left, right)) return;
        if (const R* const other = find_left(map, left)) evicted.emplace_back(left, *other);
        if (const L* const other = find_right(map, right)) evicted.emplace_back(*other, right);
    }
};

// One pair.

/// What is to be done only where the key is new is done where it is there, too.
struct TryEmplaceOverwrites : Handing {
    static bool try_emplace_left(Map& map, const L& left, const R& right) { return force(map, left, right); }
};

/// Row 53: the key is used once more after its pair went, though it may have been the map's own.
struct ExtractUsesErasedKey : Handing {
    static Extracted<L, R> extract_left(Map& map, const L& left) {
        auto node = Handing::extract_left(map, L{left});
        static_cast<void>(left.number());
        return node;
    }
};
struct ReplaceUsesErasedKey : Handing {
    static bool replace_left(Map& map, const L& left, const L& fresh) {
        const bool replaced = Handing::replace_left(map, L{left}, L{fresh});
        static_cast<void>(left.number());
        return replaced;
    }
};

/// The pair that is taken out is never let go of.
struct ExtractLeaks : Handing {
    static Extracted<L, R> extract_left(Map& map, const L& left) {
        auto node = Handing::extract_left(map, left);
        if (node) static_cast<void>(std::make_unique<std::pair<L, R>>(*node.pair).release());
        return node;
    }
};

/// The pair that is taken out stays where it is looked up from the other side.
struct ExtractLeavesInverse : Handing {
    static Extracted<L, R> extract_left(Map& map, const L& left) {
        const R* const right = find_left(map, left);
        if (right == nullptr) return {};
        Extracted<L, R> node{std::pair{left, *right}};
        map.forward.erase(left);
        return node;
    }
};

/// A node whose pair is refused has lost it.
struct RefusedNodeIsLost : Handing {
    static bool take_left(Map& map, Map& from, const L& left) {
        const auto node = extract_left(from, left);
        return node && insert(map, node.left(), node.right());
    }
};

/// A node is lost where its insertion throws.
struct ThrowingNodeIsLost : Handing {
    static bool take_left(Map& map, Map& from, const L& left) {
        const auto node = extract_left(from, left);
        if (!node) return false;
        if (insert(map, node.left(), node.right())) return true;
        insert(from, node.left(), node.right());
        return false;
    }
};

/// A replaced key is still looked up.
struct ReplacedKeyStays : Handing {
    static bool replace_left(Map& map, const L& left, const L& fresh) {
        const R* const right = find_left(map, left);
        if (right == nullptr || map.forward.contains(fresh)) return false;
        map.inverse.at(*right) = fresh;
        map.forward.emplace(fresh, *right);
        return true;
    }
};

// Many pairs.

/// What is to be kept is erased, and what is to be erased is kept.
struct RetainsTheOthers : Handing {
    static std::size_t retain(Map& map, auto keeps) { return erase_if(map, keeps); }
};

/// A pair that has moved is still where it was.
struct MergeCopies : Handing {
    static std::size_t merge(Map& map, Map& from) {
        std::size_t moved = 0;
        for (const auto& [left, right] : from.forward) moved += insert(map, left, right) ? 1 : 0;
        return moved;
    }
};

/// A pair that is refused is nowhere any more.
struct MergeLosesRefused : Handing {
    static std::size_t merge(Map& map, Map& from) {
        const std::size_t moved = Handing::merge(map, from);
        if (&map != &from) clear(from);
        return moved;
    }
};

/// A pair that could not be inserted is nowhere any more.
struct MergeLosesThrowing : Handing {
    static std::size_t merge(Map& map, Map& from) {
        std::size_t moved = 0;
        const Map all{from};
        for (const auto& [left, right] : all.forward) {
            if (&map == &from || map.forward.contains(left) || map.inverse.contains(right)) continue;
            erase_left(from, left);
            insert(map, left, right);
            ++moved;
        }
        return moved;
    }
};

/// Where the second pair of a group fails, the first one stays.
struct GroupStaysHalf : Handing {
    static void insert_range(Map& map, const auto* first, const auto* last) {
        for (; first != last; ++first) insert(map, first->first, first->second);
    }
};

/// The same, of the pairs of another map.
struct OtherMapStaysHalf : Handing {
    static void insert_all(Map& map, const Map& from) {
        if (&map == &from) return;
        for (const auto& [left, right] : from.forward) insert(map, left, right);
    }
};

/// What a group put in is taken back where it fails, and what it evicted does not come back.
struct RollbackLosesEvicted : Handing {
    static void force_range(Map& map, const auto* first, const auto* last, auto sink) {
        try {
            Handing::force_range(map, first, last, sink);
        } catch (...) {
            for (; first != last; ++first) {
                erase_left(map, first->first);
                erase_right(map, first->second);
            }
            throw;
        }
    }
};

/// An evicted pair is never handed out.
struct EvictsInSilence : Handing {
    static void force_all(Map& map, const Map& from, auto) {
        Handing::force_all(map, from, [](const auto&) {});
    }
};

}  // namespace bimap::properties::mutants
