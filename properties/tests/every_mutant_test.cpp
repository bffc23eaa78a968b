// SPDX-License-Identifier: BSL-1.0
// The guards guarded: every mutant is caught, and named for what it does; nothing is said of the bodies that
// they are made of.
#include <filesystem>
#include <set>

#include "properties/check.hpp"
#include "properties/corpus.hpp"
#include "properties/exhaust.hpp"
#include "properties/hunt.hpp"
#include "properties/subjects/mutants/mutant.hpp"
#include "properties/tests/planted_bugs.hpp"

namespace bimap::properties {

void PrintTo(const Mutant& mutant, std::ostream* out) { *out << mutant.subject.name; }

namespace {

class EveryMutant : public testing::TestWithParam<Mutant> {};

TEST_P(EveryMutant, IsCaughtAndNamedForWhatItDoes) {
    const auto& [label, subject] = GetParam();
    expect_caught(subject, label.minimum, label.verdict, label.under_sanitizer);
}

TEST_P(EveryMutant, IsSeenByAHuntAsByAReplay) {
    const Mutant& mutant = GetParam();
    Program program = parse(mutant.label.minimum);
    program.push_back(parse("c.insert 0 0").front());  // so that the bug is not where it looks closely anyway
    const auto verdict_on = [&](const Questions& questions) {
        return describe(Isolated{mutant.subject, questions, std::chrono::seconds{1}}(program), program);
    };
    Questions hunting = hunting_questions;
    hunting.pump_takes_one_in = 1;
    EXPECT_EQ(verdict_on(hunting), verdict_on({}));
}

TEST_P(EveryMutant, HoldsUntilItsBugIsMet) {
    expect_nothing_before_the_bug(GetParam().subject, GetParam().label.minimum);
}

/// What could show a bug in fewer Operations than its label has: every call in every way, with every fault,
/// where it is alone; and pairs of plain calls on one map.
Alphabet alphabet_for(const Subject& subject, std::size_t length) {
    Alphabet alphabet{.values = 3, .registers = 1, .counts = {4, 5, 8, 9, 16, 17, 32, 33}};
    if (length > 1) return alphabet;
    alphabet.registers = 2;
    alphabet.references = true;
    alphabet.faults = first_faults(subject, 15);
    return alphabet;
}

TEST_P(EveryMutant, IsShownByNothingShorterThanItsLabel) {
    const auto& [label, subject] = GetParam();
    Isolated ask{subject};
    const std::size_t shorter = parse(label.minimum).size() - 1;
    explore(alphabet_for(subject, shorter), subject, shorter, [&](std::span<const Program> programs) {
        const Outcome outcome = ask(programs, true);
        if (!outcome.verdict.holds())
            ADD_FAILURE() << describe(outcome.verdict, programs[outcome.held]) << '\n'
                          << print(programs[outcome.held]);
        return outcome.ends;
    });
}

/// The score in small: one engine, one seed.
TEST_P(EveryMutant, IsFoundAtRandomAndFitsOnThreeLines) {
    const auto& [label, subject] = GetParam();
    const bool hangs = std::string_view{label.verdict}.starts_with("hangs");
    Isolated ask{subject, {}, std::chrono::milliseconds{hangs ? 1'000 : 20'000}};
    HuntProgress progress;
    const auto found = hunt(
        subject, {.time = std::chrono::minutes{2}, .programs = 20'000}, std::ref(ask),
        [](const HuntProgress&) {}, progress);
    ASSERT_TRUE(found) << "a survivor: not found in " << progress.programs << " programs";
    RecordProperty("programs", std::to_string(progress.programs));
    if (hangs) return;  // each program that fails costs as much patience
    const Reproducer minimum = minimize_failure(subject, found->program, found->verdict, std::ref(ask));
    EXPECT_LE(minimum.program.size(), 3U)
        << describe(minimum.verdict, minimum.program) << print(minimum.program);
    RecordProperty("as_on_its_label", print(minimum.program) == label.minimum ? "yes" : "no");
}

std::string name_of_test(const testing::TestParamInfo<Mutant>& info) {
    std::string name = info.param.label.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Guards, EveryMutant, testing::ValuesIn(every_mutant()), name_of_test);

TEST(Guards, NothingIsSaidOfTheSoundBodies) {
    for (const Subject& subject : every_control()) expect_sound(subject);
}

TEST(Guards, WhatGrowsIsSeenThoughMapsChangePlaces) {
    const Subject& mutant = *find_mutant("mutant/swap-keeps-history");
    const auto places = std::filesystem::path{BIMAP_SOURCE_DIR} / "corpus" / "regressions" /
                        "006-maps-that-changed-places-passed-for-growth.txt";
    EXPECT_EQ(check(mutant, read_entry(places).program).sign, Verdict::Sign::growth);
}

TEST(Guards, WhatARepetitionMisusesIsJudgedByWhatWentWrongBeforeIt) {
    const Subject& mutant = *find_mutant("mutant/capacity-changes-first");
    const Program program = parse("a.shrink_to_fit !alloc=1\na.insert 0 0\n");
    EXPECT_EQ(describe(check(mutant, program), program),
              "diverges (content) after operation 1 (a.shrink_to_fit !alloc=1), in the 2nd repetition of the "
              "program: expected 0 for left 0, saw nothing");
}

TEST(Guards, MutantsOfEveryGroupHaveTheirOwnNames) {
    std::set<char> groups;
    std::set<std::string> names;
    for (const Mutant& mutant : every_mutant()) {
        groups.insert(mutant.label.group);
        EXPECT_TRUE(names.insert(mutant.subject.name).second) << mutant.subject.name;
        EXPECT_EQ(find_mutant(mutant.subject.name), &mutant.subject);
    }
    EXPECT_EQ(std::string(groups.begin(), groups.end()), "ABCDEFGH");
}

}  // namespace
}  // namespace bimap::properties
