// SPDX-License-Identifier: BSL-1.0
// Group D: copies, moves, assignments, swaps, and what they carry along.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

struct FreesTwice : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 42,
                                 .name = "frees-twice",
                                 .story = "a copy assignment from an empty map frees a block twice",
                                 .minimum = "a.copy_assign b\n",
                                 .verdict = "crashes at 0: memory went back to another allocator",
                                 .under_sanitizer = "crashes at 0: heap-use-after-free"};
    void copy_assign(Map& target, const Map& from) const override {
        Chained::copy_assign(target, from);
        if (!planted(&target != &from && from.size == 0)) return;
        void* const block = target.arena.allocate(16);
        for (int times = 0; times < 2; ++times) target.arena.deallocate(block, 16);
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.strong.reset(static_cast<std::size_t>(Verb::copy_assign));
        return promises;
    }
};

struct MovedFromUnusable : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 44,
                                 .name = "moved-from-unusable",
                                 .story = "a map that was moved from never gets buckets again",
                                 .minimum = "a = move b\nb.insert 0 0\n",
                                 .verdict = "crashes at 1: SIGFPE",
                                 .under_sanitizer = "crashes at 1: "};
    void move(Map& fresh, Map& from) const override {
        Chained::move(fresh, from);
        from.count = 1;
    }
    void make_room(Map& map, std::size_t more) const override {
        if (!planted(map.count == 1 && map.bucket_count == 0)) Chained::make_room(map, more);
    }
};

struct MovedFromClaimsSize : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 44,
                                 .name = "moved-from-claims-size",
                                 .story = "a map that was assigned from by moving still claims its size",
                                 .minimum = "a.insert 0 0\nb.move_assign a\n",
                                 .verdict = "diverges (size) at 1"};
    void move_assign(Map& target, Map& from) const override {
        const std::size_t size = from.size;
        Chained::move_assign(target, from);
        if (planted(&target != &from && size > 0)) from.count = size;
    }
    std::size_t size(const Map& map) const override { return map.size + map.count; }
};

struct MoveAssignStealsUnequal : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 45,
        .name = "move-assign-steals-unequal",
        .story = "a move assignment takes blocks over from an allocator that stays behind",
        .minimum = "a.insert 0 0\nb.move_assign a\n",
        .verdict = "crashes at 2: memory went back to another allocator"};
    [[nodiscard]] Propagation propagation() const override { return {.on_move = false}; }
    void move_assign(Map& target, Map& from) const override {
        if (&target == &from) return;
        planted(target.arena != from.arena && from.bucket_count > 0);
        destroy(target);
        target.steal(from);
    }
};

struct CopyAssignForgetsAllocator : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 46,
        .name = "copy-assign-forgets-allocator",
        .story = "the allocator does not go along on copy assignment, though it should",
        .minimum = "a.copy_assign b\n",
        .verdict = "diverges (invariant) at 0"};
    void copy_assign(Map& target, const Map& from) const override {
        if (&target == &from) return;
        planted(target.arena != from.arena);
        Map changed = beside(from);
        changed.arena = target.arena;
        fill(changed, from);
        target.exchange(changed);
    }
};

struct CopyAssignTakesAllocator : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 46,
                                 .name = "copy-assign-takes-allocator",
                                 .story = "the allocator goes along on copy assignment, though it should not",
                                 .minimum = "a.copy_assign b\n",
                                 .verdict = "diverges (invariant) at 0"};
    [[nodiscard]] Propagation propagation() const override { return {.on_copy = false}; }
    void copy_assign(Map& target, const Map& from) const override {
        if (&target == &from) return;
        planted(target.arena != from.arena);
        Map changed = beside(from);
        fill(changed, from);
        target.exchange(changed);
        std::swap(target.arena, changed.arena);
    }
};

struct MoveAssignForgetsAllocator : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 46,
        .name = "move-assign-forgets-allocator",
        .story = "the allocator stays behind on move assignment, though it should not",
        .minimum = "a.move_assign b\n",
        .verdict = "diverges (invariant) at 0"};
    void move_assign(Map& target, Map& from) const override {
        if (&target == &from) return;
        planted(target.arena != from.arena);
        Map changed = beside(from);
        changed.arena = target.arena;
        fill(changed, from);
        target.exchange(changed);
        clear(from);
    }
};

struct SwapForgetsAllocator : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 46,
        .name = "swap-forgets-allocator",
        .story = "a swap exchanges the blocks, and not the allocators that they came from",
        .minimum = "a.swap b\n",
        .verdict = "diverges (invariant) at 0"};
    void swap(Map& one, Map& other) const override {
        planted(one.arena != other.arena);
        one.exchange(other);
    }
};

struct SwapForgetsSeed : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 48,
                                 .name = "swap-forgets-seed",
                                 .story = "a swap leaves the hashers behind",
                                 .minimum = "a.insert 0 0\na.swap b\n",
                                 .verdict = "diverges (content) at 1"};
    void swap(Map& one, Map& other) const override {
        Chained::swap(one, other);
        if (planted(one.seed != other.seed)) std::swap(one.seed, other.seed);
    }
};

struct CopyForgetsSeed : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 48,
                                 .name = "copy-forgets-seed",
                                 .story = "a copy assignment does not take the hasher along",
                                 .minimum = "a.insert 0 0\nb.copy_assign a\n",
                                 .verdict = "diverges (content) at 1"};
    void copy_assign(Map& target, const Map& from) const override {
        const std::size_t seed = target.seed;
        Chained::copy_assign(target, from);
        if (planted(seed != from.seed)) target.seed = seed;
    }
};

struct InverseStaysBehind : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 49,
                                 .name = "inverse-stays-behind",
                                 .story = "after a move, the inverse shows the map that was moved from",
                                 .minimum = "a.insert 0 0\na = move a\n",
                                 .verdict = "diverges (content) at 1"};
    void move(Map& fresh, Map& from) const override {
        Chained::move(fresh, from);
        planted();
        fresh.bound = from.bound;
    }
};

struct SelfAssignmentClears : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 40,
        .name = "self-assignment-clears",
        .story = "an assignment begins by clearing the target, which may be the source",
        .minimum = "a.insert 0 0\na.copy_assign a\n",
        .verdict = "diverges (content) at 1"};
    void copy_assign(Map& target, const Map& from) const override {
        if (planted(&target == &from)) clear(target);
        Chained::copy_assign(target, from);
    }
};

struct SelfMoveEmpties : Chained {
    static constexpr Label label{
        .group = 'D',
        .row = 41,
        .name = "self-move-empties",
        .story = "a map that is moved to itself is empty then, though it promises otherwise",
        .minimum = "a.insert 0 0\na.move_assign a\n",
        .verdict = "diverges (content) at 1"};
    void move_assign(Map& target, Map& from) const override {
        if (planted(&target == &from)) clear(target);
        Chained::move_assign(target, from);
    }
};

struct SelfSwapEmpties : Chained {
    static constexpr Label label{.group = 'D',
                                 .row = 41,
                                 .name = "self-swap-empties",
                                 .story = "a swap by exclusive or empties what is swapped with itself",
                                 .minimum = "a.insert 0 0\na.swap a\n",
                                 .verdict = "diverges (content) at 1"};
    void swap(Map& one, Map& other) const override {
        if (planted(&one == &other)) clear(one);
        Chained::swap(one, other);
    }
};

}  // namespace

void add_assignments(std::vector<Mutant>& list) {
    plant_all<SelfAssignmentClears, SelfMoveEmpties, SelfSwapEmpties, FreesTwice, MovedFromUnusable,
              MovedFromClaimsSize, MoveAssignStealsUnequal, CopyAssignForgetsAllocator,
              CopyAssignTakesAllocator, MoveAssignForgetsAllocator, SwapForgetsAllocator, SwapForgetsSeed,
              CopyForgetsSeed, InverseStaysBehind>(list);
}

}  // namespace bimap::properties::mutants
