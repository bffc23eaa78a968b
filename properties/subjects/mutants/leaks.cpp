// SPDX-License-Identifier: BSL-1.0
// Group A: leaks on the ordinary path.
#include <algorithm>

#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

struct StaleListEntry : Chained {
    static constexpr Label label{.group = 'A',
                                 .row = 2,
                                 .name = "stale-list-entry",
                                 .story = "what is erased leaves the buckets, and stays in the list",
                                 .minimum = "a.insert 0 0\na.erase_left 0\n",
                                 .verdict = "diverges (content) at 1"};
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        Node* const node = find(map, side, key);
        if (!planted(node != nullptr)) return 0;
        for (const Side each : both) unchain(map, each, node);
        --map.size;
        return 1;
    }
};

/// Makes nodes for some pairs of a group that nobody frees.
struct LosesFromGroups : Chained {
    virtual bool loses(const Map& map, Pairs begin, Pairs pair) const = 0;
    std::size_t insert_range(Map& map, Pairs begin, Pairs end) const override {
        for (Pairs pair = begin; pair != end; ++pair)
            if (planted(loses(map, begin, pair))) make(map, {pair->first}, {pair->second}).release();
        return Chained::insert_range(map, begin, end);
    }
};

struct GroupWithDuplicateLeaks : LosesFromGroups {
    static constexpr Label label{.group = 'A',
                                 .row = 3,
                                 .name = "group-with-duplicate-leaks",
                                 .story = "a node is made for a pair of a group that is refused, and lost",
                                 .minimum = "a.insert 0 0\na.insert_range 0 1\n",
                                 .verdict = "leaks lost elements at 1, made by 1"};
    bool loses(const Map& map, Pairs, Pairs pair) const override {
        return contains(map, Side::left, pair->first);
    }
};

struct GroupMeetsItself : LosesFromGroups {
    static constexpr Label label{
        .group = 'A',
        .row = 3,
        .name = "group-meets-itself",
        .story = "a node is made for a pair of a group that meets one of its own, and lost",
        .minimum = "a.insert_chain 0 2\n",
        .verdict = "leaks lost elements at 0, made by 0"};
    bool loses(const Map&, Pairs begin, Pairs pair) const override {
        return std::any_of(begin, pair, [&](const auto& before) { return before.first == pair->first; });
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = LosesFromGroups::promises();
        promises.steps_per_pair = 0;  // looking for it takes many, which is no part of the bug
        return promises;
    }
};

struct FirstOfTwoBlocksIsLost : Chained {
    static constexpr Label label{
        .group = 'A',
        .row = 5,
        .name = "first-of-two-blocks-is-lost",
        .story = "two blocks are allocated, and where the second fails the first is lost",
        .minimum = "a.reserve 1 !alloc=2\n",
        .verdict = "leaks lost blocks at 1, made by 0"};
    void make_room(Map& map, std::size_t more) const override {
        void* const block = map.arena.allocate(16);
        planted(false);
        try {
            Chained::make_room(map, more);
        } catch (...) {
            planted();
            throw;
        }
        map.arena.deallocate(block, 16);
    }
};

struct CollisionLosesKey : Chained {
    static constexpr Label label{.group = 'A',
                                 .row = 7,
                                 .name = "collision-loses-key",
                                 .story = "a key that meets another one in its bucket pushes it out",
                                 .minimum = "a.insert 0 0\na.insert 4 1\n",
                                 .verdict = "diverges (content) at 1"};
    void chain(Map& map, Side side, Node* node) const override {
        if (planted(side == Side::left && map.bucket(side, node->hashes[0]) != nullptr))
            map.bucket(side, node->hashes[0]) = nullptr;
        Chained::chain(map, side, node);
    }
};

struct InverseOwnsMap : Chained {
    static constexpr Label label{
        .group = 'A',
        .row = 9,
        .name = "inverse-owns-map",
        .story = "an inverse and its map hold each other, and nobody else holds them",
        .minimum = "a.inverse.erase_left 0\n",
        .verdict = "leaks cyclic blocks at 1, made by 0"};
    struct Handle {
        Handle* volatile other = nullptr;  // else the store might be left out
    };
    std::size_t erase_in_inverse(Map& map, Side side, const Key& key) const override {
        planted();
        auto* const one = ::new (::operator new(sizeof(Handle))) Handle{};
        auto* const two = ::new (::operator new(sizeof(Handle))) Handle{};
        one->other = two;
        two->other = one;
        return Chained::erase_in_inverse(map, side, key);
    }
};

struct ClearForgetsBuckets : Chained {
    static constexpr Label label{.group = 'G',
                                 .row = 68,
                                 .name = "clear-forgets-buckets",
                                 .story = "clear begins with new buckets, and forgets the old ones",
                                 .minimum = "a.insert 0 0\na.clear_left\n",
                                 .verdict = "leaks lost blocks at 2, made by 0"};
    void clear_view(Map& map, Side side) const override {
        Chained::clear_view(map, side);
        if (!planted(map.bucket_count != 0)) return;
        map.buckets = {};
        map.bucket_count = 0;
    }
};

struct DuplicateLeaks : Chained {
    static constexpr Label label{.group = 'A',
                                 .row = 1,
                                 .name = "duplicate-leaks",
                                 .story = "a node is made before the duplicate is seen, and then forgotten",
                                 .minimum = "a.insert 0 0\na.emplace 0 0\n",
                                 .verdict = "leaks lost elements at 1, made by 1"};
    Insertion emplace(Map& map, Argument left, Argument right, Policy policy) const override {
        if (planted(find(map, Side::left, left.key) != nullptr)) make(map, {left.key}, {right.key}).release();
        return Chained::emplace(map, left, right, policy);
    }
};

struct OverwrittenLeaks : Chained {
    static constexpr Label label{.group = 'A',
                                 .row = 4,
                                 .name = "overwritten-leaks",
                                 .story = "what an overwrite takes out is copied, and the copy is lost",
                                 .minimum = "a.insert 0 0\na.force 0 1\n",
                                 .verdict = "leaks lost elements at 1, made by 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Insertion done = Chained::put(map, left, right, policy);
        if (const Node* const old = done.evicted[0].get(); planted(old != nullptr))
            make(map, {old->keys[0]}, {old->keys[1]}).release();
        return done;
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.strong.reset();
        return promises;
    }
};

}  // namespace

void add_leaks(std::vector<Mutant>& list) {
    plant_all<DuplicateLeaks, OverwrittenLeaks, StaleListEntry, GroupWithDuplicateLeaks, GroupMeetsItself,
              FirstOfTwoBlocksIsLost, CollisionLosesKey, InverseOwnsMap, ClearForgetsBuckets>(list);
}

}  // namespace bimap::properties::mutants
