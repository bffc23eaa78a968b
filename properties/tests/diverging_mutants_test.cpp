// SPDX-License-Identifier: BSL-1.0
// The judge judged: mutants whose answers or content are wrong.
#include "properties/tests/planted_bugs.hpp"
#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties {
namespace {

const Planted diverging[]{
    {BIMAP_MUTANT(StaleInverse), "a.insert 0 0\na.force 0 1", "diverges (content) at 1"},
    {BIMAP_MUTANT(CrossCaseEvictsOne), "a.insert 0 0\na.insert 1 1\na.force 0 1", "diverges (content) at 2"},
    {BIMAP_MUTANT(ReportsTwice), "a.insert 0 0\na.insert 0 0", "diverges (answer) at 1"},
    {BIMAP_MUTANT(RefusalWritesForward), "a.insert 0 0\na.insert 1 0", "diverges (content) at 1"},
    {BIMAP_MUTANT(RefusalThrows), "a.insert 0 0\na.insert 1 0", "diverges (ending) at 1"},
    {BIMAP_MUTANT(EqualBySize), "a.insert 0 0\nb.insert 0 1\na.equals b", "diverges (answer) at 2"},
    {BIMAP_MUTANT(ReversedOrder), "a.insert 0 0\na.insert 1 1", "diverges (order) at 1"},
    {BIMAP_MUTANT(AtInvents), "a.at_left 0", "diverges (ending) at 0"},
    {BIMAP_MUTANT(BreaksInvariant), "a.insert 0 0\na.insert 1 1", "diverges (invariant) at 1"},
    {BIMAP_MUTANT(RefusalTakesArguments), "a.insert 0 0\na.insert &&0 1", "diverges (arguments) at 1"},
    {BIMAP_MUTANT(SizeDrift), "a.insert 0 0\na.erase_right 0", "diverges (size) at 1"},
    {BIMAP_MUTANT(LookupMisses), "a.insert 1 0", "diverges (content) at 0"},
    {BIMAP_MUTANT(SkipsSuccessor), "a.insert 0 0\na.insert 1 1\na.erase_at_left 0", "diverges (answer) at 2"},
    {BIMAP_MUTANT(SkipsSuccessor), "a.insert 0 0\na.insert 1 1\na.erase_loop_left 0 0",
     "diverges (answer) at 2"},
    {BIMAP_MUTANT(ClearsOneSide), "a.insert 0 0\na.clear_right", "diverges (content) at 1"},
    {BIMAP_MUTANT(InverseErasesOneSide), "a.insert 0 0\na.inverse.erase_left 0", "diverges (content) at 1"},
    {BIMAP_MUTANT(InverseStaysBehind), "a.insert 0 0\nb = move a", "diverges (content) at 1"},
    {BIMAP_MUTANT(InverseIsAsLongAsBefore), "a.insert 0 0\na.find_right 0\na.erase_left 0\na.insert 0 1",
     "diverges (content) at 3"},
    {BIMAP_MUTANT(SharingCopies), "b = copy a\na.insert 0 0", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfAssignmentClears), "a.insert 0 0\na.copy_assign a", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfMoveEmpties), "a.insert 0 0\na.move_assign a", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfSwapEmpties), "a.insert 0 0\na.swap a", "diverges (content) at 1"},
    {BIMAP_MUTANT(MoveCopies), "a.insert 0 0\nb = move a", "diverges (content) at 1"},
    {BIMAP_MUTANT(MoveLosesPairs), "a.insert 0 0\nb = move a", "diverges (content) at 1"},
    {BIMAP_MUTANT(MoveAssignmentLosesPairs), "a.insert 0 0\nb.move_assign a", "diverges (content) at 1"},
    {BIMAP_MUTANT(FailedLookupEmpties), "a.insert 0 0\na.find_left 0 !compare=1", "diverges (content) at 1"},
    {BIMAP_MUTANT(FailedCopyEmptiesSource), "a.insert 0 0\nb.copy_assign a !alloc=1",
     "diverges (content) at 1"},
    {BIMAP_MUTANT(LosesElements), "a.insert 0 0", "diverges (elements) at 0"},
    {BIMAP_MUTANT(HalfWritten), "a.insert 0 0 !alloc=2", "diverges (content) at 0"},
    {BIMAP_MUTANT(PromisesTooMuch), "a.insert 0 0\na.force 0 1 !alloc=1", "diverges (content) at 1"},
    {BIMAP_MUTANT(AssignsMemberByMember), "b.insert 0 0\na.copy_assign b !alloc=2",
     "diverges (content) at 1"},
    {BIMAP_MUTANT(SwallowsFailure), "a.insert 0 0 !alloc=1", "diverges (answer) at 0"},
};

BIMAP_EACH_MUTANT(EachDivergingMutant, diverging);

}  // namespace
}  // namespace bimap::properties
