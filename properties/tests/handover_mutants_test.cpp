// SPDX-License-Identifier: BSL-1.0
// The judge judged: mutants where pairs leave a map, change their key, or come in groups.
#include "properties/tests/handover_mutants.hpp"

#include "properties/tests/planted_bugs.hpp"

namespace bimap::properties {
namespace {

const Planted handing_over[]{
    {BIMAP_MUTANT(TryEmplaceOverwrites), "a.insert 0 0\na.try_emplace_left 0 1", "diverges (answer) at 1"},
    {BIMAP_MUTANT(ExtractUsesErasedKey), "a.insert 0 0\na.extract_left &0",
     "crashes at 1: a destroyed element was used", "crashes at 1: heap-use-after-free"},
    {BIMAP_MUTANT(ReplaceUsesErasedKey), "a.insert 0 0\na.replace_left &0 1",
     "crashes at 1: a destroyed element was used", "crashes at 1: heap-use-after-free"},
    {BIMAP_MUTANT(ExtractLeaks), "a.insert 0 0\na.extract_left 0", "leaks lost elements at 1, made by 1"},
    {BIMAP_MUTANT(ExtractLeavesInverse), "a.insert 0 0\na.extract_left 0", "diverges (content) at 1"},
    {BIMAP_MUTANT(RefusedNodeIsLost), "a.insert 0 0\nb.insert 0 0\na.take_left b 0",
     "diverges (content) at 2"},
    {BIMAP_MUTANT(ThrowingNodeIsLost), "a.insert 0 0\na.take_left a 0 !alloc=1", "diverges (content) at 1"},
    {BIMAP_MUTANT(ReplacedKeyStays), "a.insert 0 0\na.replace_left 0 1", "diverges (content) at 1"},
    {BIMAP_MUTANT(RetainsTheOthers), "a.insert 0 0\na.retain_left 0 0", "diverges (answer) at 1"},
    {BIMAP_MUTANT(MergeCopies), "a.insert 0 0\nb.merge a", "diverges (content) at 1"},
    {BIMAP_MUTANT(MergeLosesRefused), "a.insert 0 0\nb.insert 0 0\na.merge b", "diverges (content) at 2"},
    {BIMAP_MUTANT(MergeLosesThrowing), "a.insert 0 0\nb.merge a !alloc=3", "diverges (content) at 1"},
    {BIMAP_MUTANT(GroupStaysHalf), "a.insert_range 0 2 !alloc=3", "diverges (content) at 0"},
    {BIMAP_MUTANT(OtherMapStaysHalf), "a.insert_range 0 2\nb.insert_all a !alloc=3",
     "diverges (content) at 1"},
    {BIMAP_MUTANT(RollbackLosesEvicted), "a.insert 0 0\na.force_range 0 1 !alloc=1",
     "diverges (content) at 1"},
    {BIMAP_MUTANT(EvictsInSilence), "a.insert 0 0\nb.insert 0 1\na.force_all b", "diverges (answer) at 2"},
};

BIMAP_EACH_MUTANT(EachHandoverMutant, handing_over);
TEST_P(EachHandoverMutant, ItsProgramIsMinimal) { expect_minimal(GetParam()); }

TEST(Check, HoldsForTheMapThatHandsPairsOver) { expect_sound_map<mutants::Handing>(); }

}  // namespace
}  // namespace bimap::properties
