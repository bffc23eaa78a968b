// SPDX-License-Identifier: BSL-1.0
// The judge judged: mutants that do not keep the order of insertion.
#include "properties/tests/sequence_mutants.hpp"

#include "properties/tests/planted_bugs.hpp"

namespace bimap::properties {
namespace {

const Planted out_of_order[]{
    {BIMAP_MUTANT(OverwriteLosesPlace), "a.insert 0 0\na.insert 1 1\na.force 0 2", "diverges (order) at 2"},
    {BIMAP_MUTANT(ReplaceLosesPlace), "a.force_range 0 2\na.replace_left 0 2", "diverges (order) at 1"},
    {BIMAP_MUTANT(CopyLosesOrder), "a.force_range 0 2\na = copy a", "diverges (order) at 1"},
    {BIMAP_MUTANT(FrontBreaksChain), "a.force_range 0 2\na.move_to_front_left 1", "diverges (content) at 1"},
    {BIMAP_MUTANT(MergeLosesOrder), "a.force_range 0 2\nb.merge a", "diverges (order) at 1"},
    {BIMAP_MUTANT(RollbackLosesPlace), "a.force_range 0 2\na.force_range 0 1 !alloc=1",
     "diverges (order) at 1"},
};

BIMAP_EACH_MUTANT(EachSequenceMutant, out_of_order);
TEST_P(EachSequenceMutant, ItsProgramIsMinimal) { expect_minimal(GetParam()); }

TEST(Check, HoldsForTheMapInTheOrderOfInsertion) { expect_sound_map<mutants::Sequenced>(); }

TEST(Check, SaysInWhichOrderThePairsCame) {
    const Subject subject = subject_of<mutants::OverwriteLosesPlace>();
    const Verdict verdict = check(subject, parse("a.insert 0 0\na.insert 1 1\na.force 0 2"));
    EXPECT_EQ(verdict.expected, "(0, 2) (1, 1) from the left, as they came");
    EXPECT_EQ(verdict.seen, "(1, 1) (0, 2)");
}

}  // namespace
}  // namespace bimap::properties
