// SPDX-License-Identifier: BSL-1.0
// The judge judged: a planted bug for each thing that a Verdict can say, the Program that shows it, and what
// the check has to say of it. And the sound maps that the mutants are made from, of which it has to say
// nothing.
#include "properties/check.hpp"

#include <gtest/gtest.h>

#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/subjects/mutants.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BIMAP_UNDER_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BIMAP_UNDER_ADDRESS_SANITIZER
#endif

#ifdef BIMAP_UNDER_ADDRESS_SANITIZER
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// A Verdict in the few words that the table below compares.
std::string summary(const Verdict& verdict) {
    const std::string at = " at " + std::to_string(verdict.at);
    const std::string kind{name_of(verdict.kind)};
    switch (verdict.kind) {
        case Verdict::Kind::diverges:
            return kind + " (" + std::string{name_of(verdict.aspect)} + ')' + at;
        case Verdict::Kind::leaks: {
            constexpr std::array signs{"nothing", "elements", "blocks", "growth"};
            return kind + ' ' + std::string{name_of(verdict.leak)} + ' ' +
                   signs[static_cast<std::size_t>(verdict.sign)] + at + ", made by " +
                   std::to_string(verdict.maker);
        }
        case Verdict::Kind::crashes:
            return kind + at + ": " + verdict.what;
        default:
            return kind + at;
    }
}

/// A mutant, the Program that shows its bug, and the Verdict.
struct Planted {
    const char* name;
    Subject (*subject)();
    const char* program;
    const char* verdict;
    const char* under_sanitizer =
        nullptr;  ///< where AddressSanitizer is there first: the start of what is said then
};

void PrintTo(const Planted& planted, std::ostream* out) { *out << planted.name; }

template <class Mutant>
Subject subject_of() {
    return make_subject<Mutant>("mutant", "one planted bug");
}

#define BIMAP_MUTANT(name) #name, subject_of<mutants::name>

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
    {BIMAP_MUTANT(SharingCopies), "b = copy a\na.insert 0 0", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfAssignmentClears), "a.insert 0 0\na.copy_assign a", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfMoveEmpties), "a.insert 0 0\na.move_assign a", "diverges (content) at 1"},
    {BIMAP_MUTANT(SelfSwapEmpties), "a.insert 0 0\na.swap a", "diverges (content) at 1"},
    {BIMAP_MUTANT(MoveCopies), "a.insert 0 0\nb = move a", "diverges (content) at 1"},
    {BIMAP_MUTANT(ReadsEvicted), "a.insert 0 0\na.force &0 1", "diverges (content) at 1", "crashes at 1"},
    {BIMAP_MUTANT(LosesElements), "a.insert 0 0", "diverges (elements) at 0"},
    {BIMAP_MUTANT(HalfWritten), "a.insert 0 0 !alloc=2", "diverges (content) at 0"},
    {BIMAP_MUTANT(PromisesTooMuch), "a.insert 0 0\na.force 0 1 !alloc=1", "diverges (content) at 1"},
    {BIMAP_MUTANT(AssignsMemberByMember), "b.insert 0 0\na.copy_assign b !alloc=2",
     "diverges (content) at 1"},
    {BIMAP_MUTANT(SwallowsFailure), "a.insert 0 0 !alloc=1", "diverges (answer) at 0"},
};

const Planted leaking[]{
    {BIMAP_MUTANT(DuplicateLeaks), "a.insert 0 0\na.insert 0 0", "leaks lost elements at 1, made by 1"},
    {BIMAP_MUTANT(OverwrittenLeaks), "a.insert 0 0\na.force 0 1", "leaks lost elements at 1, made by 1"},
    {BIMAP_MUTANT(Ring), "a.insert 0 0", "leaks cyclic elements at 0, made by 0"},
    {BIMAP_MUTANT(ClearKeeps), "a.insert 0 0\na.insert 1 1\na.clear",
     "leaks retained elements at 2, made by 0"},
    {BIMAP_MUTANT(KeepsHistory), "a.insert 0 0\na.force 0 1", "leaks retained elements at 1, made by 1"},
    {BIMAP_MUTANT(CopyLeaks), "a.insert 0 0\nb = copy a", "leaks lost blocks at 2, made by 1"},
    {BIMAP_MUTANT(StaysRegistered), "a.insert 0 0\na.clear", "leaks retained blocks at 2, made by 1"},
    {BIMAP_MUTANT(Tombstones), "a.insert 0 0\na.erase_left 0", "leaks retained growth at 2, made by 1"},
};

const Planted dying[]{
    {BIMAP_MUTANT(UsesErasedKey), "a.insert 0 0\na.erase_left &0",
     "crashes at 1: a destroyed element was used", "crashes at 1: heap-use-after-free"},
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

class EachMutant : public testing::TestWithParam<Planted> {};

TEST_P(EachMutant, IsCaughtAndNamedForWhatItDoes) {
    const Subject subject = GetParam().subject();
    const Program program = parse(GetParam().program);
    ASSERT_EQ(print(offered(subject, program)), print(program));
    // A sanitizer takes its time to write its report; only what is expected to hang is given up soon.
    const bool hangs = std::string_view{GetParam().verdict}.starts_with("hangs");
    const Verdict verdict = Isolated{subject, {}, std::chrono::milliseconds{hangs ? 300 : 20'000}}(program);
    const bool otherwise = sanitized && GetParam().under_sanitizer != nullptr;
    const std::string expected = otherwise ? GetParam().under_sanitizer : GetParam().verdict;
    EXPECT_EQ(summary(verdict).substr(0, otherwise ? expected.size() : std::string::npos), expected)
        << describe(verdict, program);
}

TEST_P(EachMutant, HoldsUntilItsBugIsMet) {
    const Subject subject = GetParam().subject();
    Isolated check{subject, {.pump = false}};
    Program program = parse(GetParam().program);
    program.pop_back();
    const Verdict verdict = check(program);
    EXPECT_TRUE(verdict.holds()) << describe(verdict, program);
}

std::string test_name(const testing::TestParamInfo<Planted>& info) {
    return info.param.name + std::string{"_"} + std::to_string(info.index);
}
INSTANTIATE_TEST_SUITE_P(Diverging, EachMutant, testing::ValuesIn(diverging), test_name);
INSTANTIATE_TEST_SUITE_P(Leaking, EachMutant, testing::ValuesIn(leaking), test_name);
INSTANTIATE_TEST_SUITE_P(Dying, EachMutant, testing::ValuesIn(dying), test_name);

template <class Adapter>
void expect_sound() {
    const Subject subject = make_subject<Adapter>("sound", "nothing planted");
    Checker check{subject};
    Random random{1};
    for (int i = 0; i < 300; ++i) {
        const Program program = generate(random, subject, 30);
        const Verdict verdict = check(program);
        ASSERT_TRUE(verdict.holds()) << describe(verdict, program) << '\n' << print(program);
    }
}

TEST(Check, HoldsForTheMapThatTheMutantsAreMadeFrom) { expect_sound<mutants::Sound>(); }
TEST(Check, HoldsForItsViews) { expect_sound<mutants::Viewed>(); }
TEST(Check, HoldsForItsInverse) { expect_sound<mutants::Inverted>(); }

TEST(Check, HoldsForTheEmptyProgram) {
    for (const Subject& subject : subjects()) EXPECT_TRUE(Isolated{subject}({}).holds()) << subject.name;
}

TEST(Check, SaysWhatWasExpectedAndWhatWasSeen) {
    const Subject subject = subject_of<mutants::StaleInverse>();
    const Verdict verdict = check(subject, parse("a.insert 0 0\na.force 0 1"));
    EXPECT_EQ(verdict.expected, "(0, 1) from the right");
    EXPECT_EQ(verdict.seen, "(0, 0) (0, 1)");
}

TEST(Check, SaysThatItWasTheInverse) {
    const Subject subject = subject_of<mutants::InverseStaysBehind>();
    const Verdict verdict = Isolated{subject}(parse("a.insert 0 0\nb = move a"));
    EXPECT_EQ(verdict.expected, "(0, 0) from the left, through the inverse");
}

TEST(Check, CountsWhatLeaks) {
    const Subject subject = subject_of<mutants::Ring>();
    const Verdict verdict = Isolated{subject}(parse("a.insert 0 0"));
    EXPECT_EQ(verdict.elements, 2U);
    EXPECT_EQ(verdict.blocks, 2U);
    EXPECT_GE(verdict.bytes, 2 * sizeof(mutants::Ring::Node));
}

TEST(Check, LeavesLeaksToOthersWhereTheLedgerIsNotAsked) {
    const Subject subject = subject_of<mutants::DuplicateLeaks>();
    const Questions none{.ledger = false, .pump = false};
    EXPECT_TRUE(Isolated(subject, none)(parse("a.insert 0 0\na.insert 0 0")).holds());
}

TEST(Check, LeavesGrowthUnseenWhereThePumpIsNotAsked) {
    const Subject subject = subject_of<mutants::Tombstones>();
    EXPECT_TRUE(Isolated(subject, {.pump = false})(parse("a.insert 0 0\na.erase_left 0")).holds());
}

TEST(Check, CountsTheOperationsThatItCarriedOut) {
    const Subject subject = subject_of<mutants::Sound>();
    Checker check{subject};
    check(parse("a.insert 0 0\na.clear"));
    check(parse("a.insert 0 0"));
    EXPECT_EQ(check.operations(), 3U);
}

TEST(Check, GoesOnAfterAFinding) {
    const Subject subject = subject_of<mutants::StaleInverse>();
    Checker check{subject};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(summary(check(parse("a.insert 0 0\na.force 0 1"))), "diverges (content) at 1");
        EXPECT_TRUE(check(parse("a.insert 0 0\na.force 1 1")).holds());
    }
}

}  // namespace
}  // namespace bimap::properties
