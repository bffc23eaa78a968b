// SPDX-License-Identifier: BSL-1.0
// The properties over whole Programs: whatever is done to a sound map, the check holds. And one on a mutant,
// which has to fail.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <iostream>
#include <map>

#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/tests/drawn_program.hpp"
#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties {
namespace {

/// The child process in which a Subject's Programs are checked.
Isolated& child_of(const Subject& subject) {
    static std::map<std::string, Isolated> children;
    return children.try_emplace(subject.name, subject).first->second;
}

/// Draws a Program and checks it. A failure is shown as it was drawn, then made minimal, then reported.
void expect_any_program_holds(const Subject& subject) {
    Isolated& check = child_of(subject);
    const Program program = *drawn_program(subject);
    const Verdict verdict = check(program);
    if (verdict.holds()) return;
    std::cerr << subject.name << ' ' << describe(verdict, program) << "\nas it was drawn:\n"
              << print(program) << std::flush;
    const Reproducer minimal = minimize_failure(subject, program, verdict, std::ref(check));
    RC_FAIL(report(subject, minimal.program, minimal.verdict));
}

void expect_any_program_holds(std::string_view name) {
    const Subject* const subject = find_subject(name);
    if (subject == nullptr) RC_FAIL("no such subject: " + std::string{name});
    expect_any_program_holds(*subject);
}

RC_GTEST_PROP(Programs, BiMapHashedHolds, ()) { expect_any_program_holds("bimap/hashed"); }
RC_GTEST_PROP(Programs, BiMapOrderedHolds, ()) { expect_any_program_holds("bimap/ordered"); }
RC_GTEST_PROP(Programs, BiMapSequencedHolds, ()) { expect_any_program_holds("bimap/sequenced"); }
RC_GTEST_PROP(Programs, BiMapMixedHolds, ()) { expect_any_program_holds("bimap/mixed"); }
RC_GTEST_PROP(Programs, BiMapStringsHolds, ()) { expect_any_program_holds("bimap/strings"); }
RC_GTEST_PROP(Programs, BiMapMoveOnlyHolds, ()) { expect_any_program_holds("bimap/move-only"); }
RC_GTEST_PROP(Programs, BiMapThrowingHolds, ()) { expect_any_program_holds("bimap/throwing"); }
RC_GTEST_PROP(Programs, BiMapCollidingHolds, ()) { expect_any_program_holds("bimap/colliding"); }
RC_GTEST_PROP(Programs, BiMapAlikeHolds, ()) { expect_any_program_holds("bimap/alike"); }
RC_GTEST_PROP(Programs, BiMapAlikeOrderedHolds, ()) { expect_any_program_holds("bimap/alike-ordered"); }
RC_GTEST_PROP(Programs, BiMapTextsHolds, ()) { expect_any_program_holds("bimap/texts"); }
RC_GTEST_PROP(Programs, TwoMapsHolds, ()) { expect_any_program_holds("two-maps"); }
RC_GTEST_PROP(Programs, TrickyLeaksPluggedHolds, ()) { expect_any_program_holds("tricky-leaks/plugged"); }
RC_GTEST_PROP(Programs, TrickyLeaksNoneHolds, ()) { expect_any_program_holds("tricky-leaks/none"); }

TEST(Programs, AMutantIsCaughtAndItsReproducerIsMinimal) {
    static const Subject mutant = make_subject<mutants::StaleInverse>("mutant/stale-inverse", "row 10");
    testing::internal::CaptureStderr();
    const rc::detail::TestResult result =
        rc::detail::checkTestable([] { expect_any_program_holds(mutant); }, rc::detail::TestMetadata{},
                                  rc::detail::TestParams{.seed = 7});
    EXPECT_NE(testing::internal::GetCapturedStderr().find("as it was drawn:\n"), std::string::npos);
    rc::detail::FailureResult failure;
    ASSERT_TRUE(result.match(failure));
    EXPECT_NE(failure.description.find("as text:\n\na.insert 0 0\na.force 0 1\n\nas bytes:"),
              std::string::npos)
        << failure.description;
}

}  // namespace
}  // namespace bimap::properties
