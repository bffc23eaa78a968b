// SPDX-License-Identifier: BSL-1.0
// Group F: the structure that holds the pairs; and group H: its sizes.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

/// How many pairs stand before this one in its bucket.
std::size_t depth_of(const ChainedMap& map, Side side, const Node& node) {
    std::size_t depth = 0;
    const std::size_t i = index_of(side);
    for (const Node* other = map.bucket(side, node.hashes[i]); other != nullptr && other != &node;
         other = other->chained[i])
        ++depth;
    return depth;
}

[[noreturn]] void spin() {
    for (volatile bool forever = true; forever;) {
    }
    __builtin_unreachable();
}

struct MiddleBreaksList : Chained {
    static constexpr Label label{
        .group = 'F',
        .row = 57,
        .name = "middle-breaks-list",
        .story = "where an iterator erases in the middle, the next pair believes to be the first",
        .minimum = "a.insert_range 0 3\na.erase_loop_left 1 2\n",
        .verdict = "diverges (content) at 1"};
    Node* erase_at(Map& map, Side side, Node& node) const override {
        Node* const next = node.next;
        Node* const after = Chained::erase_at(map, side, node);
        if (planted(next != nullptr && next->previous != nullptr)) next->previous = nullptr;
        return after;
    }
};

struct ExtractLeavesBucket : Chained {
    static constexpr Label label{.group = 'F',
                                 .row = 59,
                                 .name = "extract-leaves-bucket",
                                 .story = "a pair that is taken out stays in its bucket on the other side",
                                 .minimum = "a.insert 0 0\na.extract_left 0\n",
                                 .verdict = "crashes at 1: SIG",
                                 .under_sanitizer = "crashes at 1: heap-use-after-free"};
    OwnedNode extract(Map& map, Side side, const Key& key) const override {
        OwnedNode node = Chained::extract(map, side, key);
        if (planted(node.get() != nullptr)) chain(map, opposite(side), node.get());
        return node;
    }
};

struct NotFoundAfterGrowth : Chained {
    static constexpr Label label{.group = 'F',
                                 .row = 60,
                                 .name = "not-found-after-growth",
                                 .story = "a rehash forgets to put the last pair into its bucket",
                                 .minimum = "a.insert_range 0 5\n",
                                 .verdict = "diverges (content) at 0"};
    void rehash(Map& map, std::size_t count) const override {
        Chained::rehash(map, count);
        if (planted(map.last != nullptr)) unchain(map, Side::right, map.last);
    }
};

struct ContainsHashesOtherwise : Chained {
    static constexpr Label label{.group = 'F',
                                 .row = 61,
                                 .name = "contains-hashes-otherwise",
                                 .story = "`contains` looks into another bucket than the insertion did",
                                 .minimum = "a.insert 0 0\na.contains_right 0\n",
                                 .verdict = "diverges (answer) at 1"};
    bool contains(const Map& map, Side side, const Key& key) const override {
        if (!planted(side == Side::right && map.bucket_count > 0)) return Chained::contains(map, side, key);
        const std::size_t hashed = hash(map, key) + 1;
        const Node* const node = map.bucket(side, hashed);
        return node != nullptr && node->keys[1] == key;
    }
};

struct GrowsWithoutEnd : Chained {
    static constexpr Label label{
        .group = 'F',
        .row = 62,
        .name = "grows-without-end",
        .story = "where three lefts meet in a bucket, it grows until they do not, for ever",
        .minimum = "a.insert 0 0\na.insert 4 1\na.insert 8 2\n",
        .verdict = "hangs at 2"};
    void link(Map& map, Node* node) const override {
        Chained::link(map, node);
        const Node* const second = node->chained[0];
        if (planted(second != nullptr && second->chained[0] != nullptr)) spin();
    }
};

struct IterationDropsColliding : Chained {
    static constexpr Label label{.group = 'F',
                                 .row = 63,
                                 .name = "iteration-drops-colliding",
                                 .story = "iteration by the right shows one pair of a bucket only",
                                 .minimum = "a.insert 0 0\na.insert 1 4\n",
                                 .verdict = "diverges (content) at 1"};
    Node* first(const Map& map, Side side) const override { return shown(map, side, map.first); }
    Node* after(const Map& map, Side side, const Node& node) const override {
        return shown(map, side, node.next);
    }
    static Node* shown(const Map& map, Side side, Node* node) {
        while (node != nullptr && planted(side == Side::right && depth_of(map, side, *node) > 0))
            node = node->next;
        return node;
    }
};

struct ReserveLosesBuckets : Chained {
    static constexpr Label label{.group = 'H',
                                 .row = 71,
                                 .name = "reserve-loses-buckets",
                                 .story = "the number of buckets overflows to one, and one only is cleared",
                                 .minimum = "a.insert 0 0\na.reserve 32\n",
                                 .verdict = "diverges (content) at 1"};
    void reserve(Map& map, std::size_t count) const override {
        Chained::reserve(map, count);
        if (planted(count >= 32 && map.first != nullptr)) unchain(map, Side::left, map.first);
    }
};

struct SizeWraps : Chained {
    static constexpr Label label{.group = 'H',
                                 .row = 73,
                                 .name = "size-wraps",
                                 .story = "the size is counted in four bits",
                                 .minimum = "a.insert_range 0 16\n",
                                 .verdict = "diverges (size) at 0"};
    std::size_t size(const Map& map) const override {
        return planted(map.size >= 16) ? map.size % 16 : map.size;
    }
};

struct IndexOverflows : Chained {
    static constexpr Label label{.group = 'H',
                                 .row = 73,
                                 .name = "index-overflows",
                                 .story = "the 33rd pair takes the first one's place",
                                 .minimum = "a.insert_range 0 33\n",
                                 .verdict = "diverges (content) at 0"};
    void link(Map& map, Node* node) const override {
        if (planted(map.size >= 32)) erase_at(map, Side::left, *map.first);
        Chained::link(map, node);
    }
};

struct ShrinkOfEmptyCrashes : Chained {
    static constexpr Label label{.group = 'H',
                                 .row = 74,
                                 .name = "shrink-of-empty-crashes",
                                 .story = "shrinking an empty map that has buckets looks at its first pair",
                                 .minimum = "a.reserve 1\na.shrink_to_fit\n",
                                 .verdict = "crashes at 1: SIG",
                                 .under_sanitizer = "crashes at 1: "};
    void shrink_to_fit(Map& map) const override {
        if (planted(map.size == 0 && map.bucket_count > 0)) {
            const Node* const volatile none = map.first;
            map.seed = none->hashes[0];
        }
        Chained::shrink_to_fit(map);
    }
};

struct ReserveOfNothingSpins : Chained {
    static constexpr Label label{
        .group = 'G',
        .row = 66,
        .name = "reserve-of-nothing-spins",
        .story = "reserve(0) leaves a full table, in which the next search never ends",
        .minimum = "a.insert 0 0\na.reserve 0\n",
        .verdict = "hangs at 1"};
    void reserve(Map& map, std::size_t count) const override {
        if (planted(count == 0 && map.size > 0)) spin();
        Chained::reserve(map, count);
    }
};

struct TombstonesFillTable : Chained {
    static constexpr Label label{
        .group = 'G',
        .row = 65,
        .name = "tombstones-fill-table",
        .story = "a search for what is absent ends at a free place, and tombstones are none",
        .minimum = "a.force 0 0\na.force 0 1\n",
        .verdict = "hangs at 3"};
    void unchain(Map& map, Side side, Node* node) const override {
        Chained::unchain(map, side, node);
        ++map.count;
    }
    void rehash(Map& map, std::size_t count) const override {
        Chained::rehash(map, count);
        map.count = 0;
    }
    Node* find(const Map& map, Side side, const Key& key) const override {
        Node* const found = Chained::find(map, side, key);
        if (planted(found == nullptr && map.bucket_count > 0 && map.count >= 2 * map.bucket_count)) spin();
        return found;
    }
};

}  // namespace

void add_structures(std::vector<Mutant>& list) {
    plant_all<MiddleBreaksList, ExtractLeavesBucket, NotFoundAfterGrowth, ContainsHashesOtherwise,
              GrowsWithoutEnd, IterationDropsColliding, ReserveLosesBuckets, SizeWraps, IndexOverflows,
              ShrinkOfEmptyCrashes, ReserveOfNothingSpins, TombstonesFillTable>(list);
}

}  // namespace bimap::properties::mutants
