// SPDX-License-Identifier: BSL-1.0
// Group C: what is left behind when something throws.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

struct HasherThrowsInRehash : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 26,
        .name = "hasher-throws-in-rehash",
        .story = "pairs are hashed again while they move; where that throws, some are lost",
        .minimum = "a.insert 0 0\na.reserve 5 !hash=1\n",
        .verdict = "diverges (content) at 1"};
    void rehash(Map& map, std::size_t count) const override {
        const Buckets fresh = new_buckets(map, count);
        free_buckets(map);
        map.buckets = fresh;
        map.bucket_count = count;
        planted(map.first != nullptr);
        for (Node* node = map.first; node != nullptr; node = node->next)
            for (const Side side : both) {
                node->hashes[index_of(side)] = hash(map, node->keys[index_of(side)]);
                chain(map, side, node);
            }
    }
};

struct CopyThatThrowsLeaks : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 27,
                                 .name = "copy-that-throws-leaks",
                                 .story = "a copy that throws half-way leaves behind what it made",
                                 .minimum = "a.insert 0 0\na = copy a !alloc=2\n",
                                 .verdict = "leaks lost elements at 1, made by 1"};
    void copy(Map& fresh, const Map& from) const override {
        planted(from.size > 0);
        for (const Node* node = from.first; node != nullptr; node = node->next) {
            Node* const copied = make(fresh, {node->keys[0]}, {node->keys[1]}).release();
            make_room(fresh, 1);
            link(fresh, copied);
        }
    }
};

struct SecondBucketsLeak : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 28,
                                 .name = "second-buckets-leak",
                                 .story = "where the second array of buckets fails, the first is lost",
                                 .minimum = "a.reserve 1 !alloc=2\n",
                                 .verdict = "leaks lost blocks at 1, made by 0"};
    Buckets new_buckets(Map& map, std::size_t count) const override {
        planted();
        Buckets fresh{};
        for (Node**& side : fresh) {
            side = static_cast<Node**>(map.arena.allocate(count * sizeof(Node*)));
            std::fill_n(side, count, nullptr);
        }
        return fresh;
    }
};

struct CapacityChangesFirst : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 29,
                                 .name = "capacity-changes-first",
                                 .story = "the old number of buckets is forgotten before there are new ones",
                                 .minimum = "a.insert 0 0\na.shrink_to_fit !alloc=1\n",
                                 .verdict = "diverges (content) at 1"};
    void shrink_to_fit(Map& map) const override {
        if (!planted(map.size > 0 && map.size < map.bucket_count)) return Chained::shrink_to_fit(map);
        const std::size_t before = std::exchange(map.bucket_count, 0);
        const Buckets fresh = new_buckets(map, map.size);
        map.bucket_count = before;
        free_buckets(map);
        map.buckets = fresh;
        map.bucket_count = map.size;
        for (Node* node = map.first; node != nullptr; node = node->next)
            for (const Side side : both) chain(map, side, node);
    }
};

struct FailedGrowthUnusable : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 30,
                                 .name = "failed-growth-unusable",
                                 .story = "the old buckets go before the new ones are there",
                                 .minimum = "a.insert 0 0\na.reserve 5 !alloc=1\n",
                                 .verdict = "diverges (content) at 1"};
    void rehash(Map& map, std::size_t count) const override {
        planted(map.bucket_count > 0);
        free_buckets(map);
        Chained::rehash(map, count);
    }
};

struct CountedWhenDone : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 31,
        .name = "counted-when-done",
        .story = "where a predicate throws, what was erased until then is not counted",
        .minimum = "a.insert_range 0 2\na.erase_if_left 0 0 !predicate=2\n",
        .verdict = "diverges (size) at 1"};
    std::size_t erase_if(Map& map, Matches matches) const override {
        const std::size_t before = map.size;
        try {
            return Chained::erase_if(map, matches);
        } catch (...) {
            if (planted(map.size < before)) map.size = before;
            throw;
        }
    }
};

struct RollbackNeedsMemory : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 35,
        .name = "rollback-needs-memory",
        .story = "what was evicted too soon is put back by way of a list, if there is memory",
        .minimum = "a.insert 0 0\na.force 0 1 !memory=1\n",
        .verdict = "diverges (content) at 1"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const held = find(map, Side::left, left.key);
        const bool evicts =
            policy.replaces[0] && held != nullptr && find(map, Side::right, right.key) == nullptr;
        if (!evicts) return Chained::put(map, left, right, policy);
        unlink(map, held);
        OwnedNode evicted{*this, map.arena, held};
        try {
            Insertion done = Chained::put(map, left, right, policy);
            done.evicted[0] = std::move(evicted);
            return done;
        } catch (...) {
            planted(false);
            put_back(map, evicted);
            throw;
        }
    }
    void put_back(Map& map, OwnedNode& evicted) const {
        try {
            const std::vector<Node*> journal{evicted.get()};
            link(map, journal.front());
            evicted.release();
        } catch (...) {
            planted();
            throw;
        }
    }
};

struct ComparatorThrowsLeaks : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 32,
        .name = "comparator-throws-leaks",
        .story = "a node is made before the map is looked through, and lost if that throws",
        .minimum = "a.insert 0 0 !copy=3\n",
        .verdict = "leaks lost elements at 0, made by 0"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        Node* const early = make(map, {left.key}, {right.key}).release();
        planted(false);
        try {
            Insertion done = Chained::put(map, left, right, policy);
            drop(map.arena, early);
            return done;
        } catch (const InjectedFault&) {
            planted();
            throw;
        } catch (...) {
            drop(map.arena, early);
            throw;
        }
    }
};

struct ConstructorThrowsLeaks : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 33,
                                 .name = "constructor-throws-leaks",
                                 .story = "memory is allocated for a node, and lost where an element throws",
                                 .minimum = "a.insert 0 0 !copy=1\n",
                                 .verdict = "leaks lost blocks at 1, made by 0"};
    OwnedNode make(Map& map, Argument left, Argument right) const override {
        const std::array hashes{hash(map, left.key), hash(map, right.key)};
        planted();
        void* const memory = map.arena.allocate(sizeof(Node));
        return {*this, map.arena, ::new (memory) Node{{left.taken(), right.taken()}, hashes}};
    }
};

struct ExtractMovesElements : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 36,
        .name = "extract-moves-elements",
        .story = "a pair that is taken out is moved, and lost where the second move throws",
        .minimum = "a.insert 0 0\na.extract_left 0 !move=2\n",
        .verdict = "diverges (content) at 1"};
    OwnedNode extract(Map& map, Side side, const Key& key) const override {
        Node* const node = find(map, side, key);
        if (!planted(node != nullptr)) return {};
        OwnedNode moved = make(map, {node->keys[0], true}, {node->keys[1], true});
        unlink(map, node);
        drop(map.arena, node);
        return moved;
    }
};

struct RollbackLeavesLink : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 37,
        .name = "rollback-leaves-link",
        .story = "a pair is linked before there is room, and stays where there is none",
        .minimum = "a.insert_range 0 2\na.emplace 2 2 !alloc=2\n",
        .verdict = "diverges (content) at 1"};
    Insertion emplace(Map& map, Argument left, Argument right, Policy policy) const override {
        const bool free = find(map, Side::left, left.key) == nullptr &&
                          find(map, Side::right, right.key) == nullptr && map.bucket_count > 0;
        if (!planted(free)) return Chained::emplace(map, left, right, policy);
        Node* const fresh = make(map, left, right).release();
        link(map, fresh);
        make_room(map, 2);
        return {.inserted = true, .position = fresh};
    }
};

struct RollbackLooksAgain : Chained {
    static constexpr Label label{
        .group = 'C',
        .row = 35,
        .name = "rollback-looks-again",
        .story = "an erasure that cannot shrink the map looks the key up again, to put the pair back",
        .minimum = "a.insert_range 0 2\na.erase_left 0 !everything=3\n",
        .verdict = "diverges (content) at 1"};
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        OwnedNode erased = extract(map, side, key);
        if (erased.get() == nullptr) return 0;
        try {
            shrink_to_fit(map);
        } catch (...) {
            planted(false);
            put_back(map, erased);
            throw;
        }
        return 1;
    }
    void put_back(Map& map, OwnedNode& erased) const {
        try {
            if (find(map, Side::left, erased.get()->keys[0]) == nullptr) link(map, erased.get());
            erased.release();
        } catch (...) {
            planted();
            throw;
        }
    }
};

struct AssignmentForgetsOld : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 39,
                                 .name = "assignment-forgets-old",
                                 .story = "a copy assignment forgets the buckets that the target had",
                                 .minimum = "a.insert 0 0\na.copy_assign b\n",
                                 .verdict = "leaks lost blocks at 2, made by 0"};
    void copy_assign(Map& target, const Map& from) const override {
        if (planted(&target != &from && target.bucket_count > 0)) {
            clear(target);
            target.buckets = {};
            target.bucket_count = 0;
        }
        Chained::copy_assign(target, from);
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.strong.reset(static_cast<std::size_t>(Verb::copy_assign));
        return promises;
    }
};

struct NoexceptLies : Chained {
    static constexpr Label label{.group = 'C',
                                 .row = 38,
                                 .name = "noexcept-lies",
                                 .story = "an erasure is said never to throw, and its hasher does",
                                 .minimum = "a.insert 0 0\na.erase_left 0 !hash=1\n",
                                 .verdict = "crashes at 1: std::terminate"};
    std::size_t erase(Map& map, Side side, const Key& key) const noexcept override {
        planted();
        return Chained::erase(map, side, key);
    }
};

}  // namespace

void add_throwers(std::vector<Mutant>& list) {
    plant_all<NoexceptLies, HasherThrowsInRehash, CopyThatThrowsLeaks, SecondBucketsLeak,
              CapacityChangesFirst, FailedGrowthUnusable, CountedWhenDone, RollbackNeedsMemory,
              ComparatorThrowsLeaks, ConstructorThrowsLeaks, ExtractMovesElements, RollbackLeavesLink,
              RollbackLooksAgain, AssignmentForgetsOld>(list);
}

}  // namespace bimap::properties::mutants
