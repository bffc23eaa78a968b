// SPDX-License-Identifier: BSL-1.0
// Group B: the two directions disagree, or the map and what it says.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

/// Writes a key anew in the node that there is, instead of making another one.
struct ChangesInPlace : Chained {
    Insertion put_in_place(Map& map, Node& node, Side side, Argument fresh) const {
        const std::size_t i = index_of(side);
        OwnedNode old = make(map, {node.keys[0]}, {node.keys[1]});
        const std::size_t hashed = hash(map, fresh.key);
        node.keys[i] = fresh.taken();
        unchain(map, side, &node);
        node.hashes[i] = hashed;
        chain(map, side, &node);
        Insertion done{.inserted = true, .position = &node};
        done.evicted[index_of(opposite(side))] = std::move(old);
        return done;
    }
};

struct ForceKeepsOldKey : ChangesInPlace {
    static constexpr Label label{.group = 'B',
                                 .row = 12,
                                 .name = "force-keeps-old-key",
                                 .story = "an overwrite keeps the old left, which is equal to the new one",
                                 .minimum = "a.insert 0 0\na.force 0 1\n",
                                 .verdict = "diverges (identity) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const held = find(map, Side::left, left.key);
        const bool alone = held != nullptr && find(map, Side::right, right.key) == nullptr;
        if (!planted(alone && policy.replaces[0] && policy.replaces[1]))
            return Chained::put(map, left, right, policy);
        return put_in_place(map, *held, Side::right, right);
    }
};

struct AssignKeepsOldKey : ChangesInPlace {
    static constexpr Label label{
        .group = 'B',
        .row = 16,
        .name = "assign-keeps-old-key",
        .story = "an assignment by the right keeps the old right, equal to the new one",
        .minimum = "a.insert 0 0\na.assign_right 1 0\n",
        .verdict = "diverges (identity) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const held = find(map, Side::right, right.key);
        const bool alone = held != nullptr && find(map, Side::left, left.key) == nullptr;
        if (!planted(alone && policy.replaces[1] && !policy.replaces[0]))
            return Chained::put(map, left, right, policy);
        return put_in_place(map, *held, Side::left, left);
    }
};

struct ReportsOneOfTwoEvicted : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 20,
                                 .name = "reports-one-of-two-evicted",
                                 .story = "where two pairs are evicted, only one is handed out",
                                 .minimum = "a.insert_range 0 2\na.force 0 0\n",
                                 .verdict = "diverges (answer) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Insertion done = Chained::put(map, left, right, policy);
        if (planted(done.evicted[0].get() != nullptr && done.evicted[1].get() != nullptr))
            done.evicted[1] = OwnedNode{};
        return done;
    }
};

struct AllocatorIgnored : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 21,
                                 .name = "allocator-ignored",
                                 .story = "one of the two bucket arrays comes from a default-made allocator",
                                 .minimum = "a.insert 0 0\n",
                                 .verdict = "crashes at 1: memory went back to another allocator"};
    Buckets new_buckets(Map& map, std::size_t count) const override {
        Buckets fresh = Chained::new_buckets(map, count);
        planted();
        map.arena.deallocate(fresh[1], count * sizeof(Node*));
        fresh[1] = static_cast<Node**>(Arena{}.allocate(count * sizeof(Node*)));
        std::fill_n(fresh[1], count, nullptr);
        return fresh;
    }
};

struct LooksOnTheWrongSide : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 22,
                                 .name = "looks-on-the-wrong-side",
                                 .story = "the inverse looks keys up among the other side's",
                                 .minimum = "a.insert 0 1\n",
                                 .verdict = "diverges (content) at 0"};
    Node* find_in_inverse(const Map& map, Side side, const Key& key) const override {
        planted();
        return find(map, opposite(side), key);
    }
};

struct ReplaceKeepsIndex : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 23,
                                 .name = "replace-keeps-index",
                                 .story = "a key is rewritten in its place, and looked up in its old bucket",
                                 .minimum = "a.insert 0 0\na.replace_left 0 1\n",
                                 .verdict = "diverges (content) at 1"};
    Insertion replace(Map& map, Side side, const Key& old, Argument fresh) const override {
        Node* const node = find(map, side, old);
        if (node == nullptr || find(map, side, fresh.key) != nullptr)
            return Chained::replace(map, side, old, fresh);
        planted();
        node->keys[index_of(side)] = fresh.taken();
        return {.inserted = true, .position = node};
    }
};

struct StaleInverse : Chained {
    static constexpr Label label{
        .group = 'B',
        .row = 10,
        .name = "stale-inverse",
        .story = "an overwrite leaves the old pair where it is looked up by its right",
        .minimum = "a.insert 0 0\na.force 0 1\n",
        .verdict = "diverges (content) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const held = find(map, Side::left, left.key);
        const bool alone = held != nullptr && find(map, Side::right, right.key) == nullptr;
        Insertion done = Chained::put(map, left, right, policy);
        if (planted(alone && done.inserted)) {
            chain(map, Side::right, held);  // it is lost in this bucket, and handed out, too
            OwnedNode copy = make(map, {held->keys[0]}, {held->keys[1]});
            done.evicted[0].release();
            done.evicted[0] = std::move(copy);
        }
        return done;
    }
};

struct CrossCaseEvictsOne : Chained {
    static constexpr Label label{
        .group = 'B',
        .row = 11,
        .name = "cross-case-evicts-one",
        .story = "where left and right are taken by different pairs, only one of them goes",
        .minimum = "a.insert_range 0 2\na.force 0 0\n",
        .verdict = "diverges (content) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const other = find(map, Side::right, right.key);
        const bool crosses = find(map, Side::left, left.key) != nullptr && other != nullptr &&
                             find(map, Side::left, left.key) != other;
        if (!planted(crosses && policy.replaces[0] && policy.replaces[1]))
            return Chained::put(map, left, right, policy);
        OwnedNode copy = make(map, {other->keys[0]}, {other->keys[1]});
        unchain(map, Side::right, other);
        Insertion done = Chained::put(map, left, right, policy);
        done.evicted[1] = std::move(copy);
        return done;
    }
};

struct ReportsTwice : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 13,
                                 .name = "reports-twice",
                                 .story = "a pair that was there already is reported as inserted",
                                 .minimum = "a.insert 0 0\na.insert 0 0\n",
                                 .verdict = "diverges (answer) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Insertion done = Chained::put(map, left, right, policy);
        const bool same =
            !done.inserted && done.position->keys[0] == left.key && done.position->keys[1] == right.key;
        if (planted(same)) done.inserted = true;
        return done;
    }
};

struct RefusalWritesForward : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 14,
                                 .name = "refusal-writes-forward",
                                 .story = "a pair that is refused on the right is written on the left",
                                 .minimum = "a.insert 0 0\na.insert 1 0\n",
                                 .verdict = "diverges (content) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const refusing = find(map, Side::right, right.key);
        const bool only_on_the_right = refusing != nullptr && find(map, Side::left, left.key) == nullptr;
        if (!planted(only_on_the_right && !policy.replaces[1])) return Chained::put(map, left, right, policy);
        OwnedNode half = make(map, {left.key}, {right.key});
        link(map, half.get());
        unchain(map, Side::right, half.get());
        half.release();
        return {.position = refusing};
    }
};

struct RefusalTakesArguments : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 24,
                                 .name = "refusal-takes-arguments",
                                 .story = "an argument is moved from before it is refused",
                                 .minimum = "a.insert 0 0\na.insert &&0 0\n",
                                 .verdict = "diverges (arguments) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        const Key taken = left.taken();
        planted(left.expiring && find(map, Side::left, taken) != nullptr);
        return Chained::put(map, {taken}, right, policy);
    }
};

struct CountsRefusedPairs : Chained {
    static constexpr Label label{.group = 'B',
                                 .row = 13,
                                 .name = "counts-refused-pairs",
                                 .story = "what is told to have come of a group are all of its pairs",
                                 .minimum = "a.insert 0 0\na.insert_range 0 1\n",
                                 .verdict = "diverges (answer) at 1"};
    std::size_t insert_range(Map& map, Pairs begin, Pairs end) const override {
        const auto offered = static_cast<std::size_t>(end - begin);
        planted(Chained::insert_range(map, begin, end) != offered);
        return offered;
    }
};

}  // namespace

void add_disagreements(std::vector<Mutant>& list) {
    plant_all<StaleInverse, CrossCaseEvictsOne, ReportsTwice, RefusalWritesForward, RefusalTakesArguments,
              ForceKeepsOldKey, AssignKeepsOldKey, ReportsOneOfTwoEvicted, AllocatorIgnored,
              LooksOnTheWrongSide, ReplaceKeepsIndex, CountsRefusedPairs>(list);
}

}  // namespace bimap::properties::mutants
