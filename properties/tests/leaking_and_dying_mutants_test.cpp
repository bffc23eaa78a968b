// SPDX-License-Identifier: BSL-1.0
// The judge judged: mutants that leak, crash or hang.
#include "properties/tests/planted_bugs.hpp"
#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties {
namespace {

const Planted leaking[]{
    {BIMAP_MUTANT(DuplicateLeaks), "a.insert 0 0\na.insert 0 0", "leaks lost elements at 1, made by 1"},
    {BIMAP_MUTANT(OverwrittenLeaks), "a.insert 0 0\na.force 0 1", "leaks lost elements at 1, made by 1"},
    {BIMAP_MUTANT(Ring), "a.insert 0 0", "leaks cyclic elements at 0, made by 0"},
    {BIMAP_MUTANT(ClearKeeps), "a.insert 0 0\na.insert 1 1\na.clear",
     "leaks retained elements at 2, made by 0"},
    {BIMAP_MUTANT(KeepsHistory), "a.insert 0 0\na.force 0 1", "leaks retained elements at 1, made by 1"},
    {BIMAP_MUTANT(CopyLeaks), "a.insert 0 0\nb = copy a", "leaks lost blocks at 2, made by 1"},
    {BIMAP_MUTANT(DestructorStopsShort), "a.insert 0 0\na.insert 1 1", "leaks lost elements at 2, made by 1"},
    {BIMAP_MUTANT(StaysRegistered), "a.insert 0 0\na.clear", "leaks retained blocks at 2, made by 1"},
    {BIMAP_MUTANT(Tombstones), "a.insert 0 0\na.erase_left 0", "leaks retained growth at 2, made by 1"},
};

const Planted dying[]{
    {BIMAP_MUTANT(UsesErasedKey), "a.insert 0 0\na.erase_left &0",
     "crashes at 1: a destroyed element was used", "crashes at 1: heap-use-after-free"},
    {BIMAP_MUTANT(ReadsEvicted), "a.insert 0 0\na.force &0 1", "crashes at 1: a destroyed element was used",
     "crashes at 1"},
    {BIMAP_MUTANT(DestroysTwice), "a.insert 0 0\na.clear", "crashes at 1: an element was destroyed twice"},
    {BIMAP_MUTANT(UsesDestroyed), "a.insert 0 0\na.clear", "crashes at 1: a destroyed element was used"},
    {BIMAP_MUTANT(DeletesOtherwise), "a.clear", "crashes at 0: new[] met delete"},
    {BIMAP_MUTANT(DeletesAnotherSize), "a.clear", "crashes at 0: sized delete with another size"},
    {BIMAP_MUTANT(NoexceptLies), "a.insert 0 0\na.insert 1 1 !alloc=1", "crashes at 1: std::terminate"},
    {BIMAP_MUTANT(Segfaults), "a.insert 0 0\na.erase_left 1", "crashes at 1: SIGSEGV", "crashes at 1: "},
    {BIMAP_MUTANT(Recurses), "a.insert 0 0\na.clear", "crashes at 1: SIGSEGV",
     "crashes at 1: stack-overflow"},
    {BIMAP_MUTANT(Aborts), "a.insert 0 0\na.erase_left 1", "crashes at 1: SIGABRT"},
    {BIMAP_MUTANT(Spins), "a.insert 0 0\na.erase_left 1", "hangs at 1"},
};

BIMAP_EACH_MUTANT(EachLeakingMutant, leaking);
BIMAP_EACH_MUTANT(EachDyingMutant, dying);

}  // namespace
}  // namespace bimap::properties
