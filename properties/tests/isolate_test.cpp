// SPDX-License-Identifier: BSL-1.0
// The judge in a child process: it says what it says in this one, and what kills a process is a Verdict,
// after which it goes on.
#include "properties/isolate.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <thread>

#include "properties/generate.hpp"
#include "properties/report.hpp"
#include "properties/tests/fingerprinter.hpp"
#include "properties/tests/two_map_mutants.hpp"
#include "properties/text.hpp"

// What UndefinedBehaviorSanitizer's runtime calls; the name is its.
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" void __ubsan_on_report();

namespace bimap::properties {
namespace {

using std::chrono::milliseconds;

void expect_the_same_verdicts(const Subject& subject) {
    Isolated isolated{subject};
    Checker here{subject};
    Random random{1};
    for (int i = 0; i < 500; ++i) {
        const Program program = generate(random, subject, 30);
        ASSERT_EQ(isolated(program), here(program)) << print(program);
    }
}

TEST(Isolated, SaysOfASoundMapWhatTheCheckSaysHere) {
    expect_the_same_verdicts(*find_subject("bimap/ordered"));
}

TEST(Isolated, SaysOfAMutantWhatTheCheckSaysHere) {
    expect_the_same_verdicts(make_subject<mutants::CrossCaseEvictsOne>("mutant", "row 11"));
}

/// Some Programs, as drawn.
std::vector<Program> drawn(const Subject& subject, std::size_t count) {
    Random random{1};
    std::vector<Program> programs(count);
    for (Program& program : programs) program = generate(random, subject, 30);
    return programs;
}

TEST(Isolated, SaysOfARowHowEachEnds) {
    const Subject& subject = *find_subject("bimap/ordered");
    const auto row = drawn(subject, 300);
    Isolated check{subject};
    const Outcome outcome = check(row, true);
    EXPECT_TRUE(outcome.verdict.holds());
    EXPECT_EQ(outcome.held, row.size());
    ASSERT_EQ(outcome.ends.size(), row.size());
    Fingerprinter fingerprint{subject};
    for (std::size_t i = 0; i < row.size(); ++i) EXPECT_EQ(outcome.ends[i], fingerprint(row[i])) << i;
    EXPECT_TRUE(check(row).ends.empty());
    EXPECT_EQ(check(std::span<const Program>{}).held, 0U);
}

TEST(Isolated, SaysWhichOfARowFailsFirst) {
    const Subject subject = make_subject<mutants::CrossCaseEvictsOne>("mutant", "row 11");
    const auto row = drawn(subject, 300);
    Checker check{subject};
    std::size_t first = 0;
    while (first < row.size() && check(row[first]).holds()) ++first;
    ASSERT_LT(first, row.size());
    const Outcome outcome = Isolated{subject}(row);
    EXPECT_EQ(outcome.held, first);
    EXPECT_EQ(outcome.verdict, check(row[first]));
}

TEST(Isolated, SaysEveryMemberOfALeak) {
    const Subject& subject = *find_subject("tricky-leaks/rivals");
    const Verdict verdict = Isolated{subject}(parse("a.insert 0 0\na.insert 1 1\na.force 0 1"));
    EXPECT_EQ(describe(verdict, parse("a.insert 0 0\na.insert 1 1\na.force 0 1")).substr(0, 40),
              "leaks: 4 elements cyclic, made by operat");
    EXPECT_EQ(verdict.at, 2U);
    EXPECT_GT(verdict.blocks, 0U);
    EXPECT_GT(verdict.bytes, 0U);
}

/// A map that dies in its own way for each left that is inserted.
struct Dies : mutants::Sound {
    static bool insert(Map& map, const mutants::L& left, const mutants::R& right) {
        switch (left.number()) {
            case 1:
                std::abort();
            case 2:
                std::terminate();
            case 3:
                _exit(7);
            case 4:
                raise(SIGKILL);
                [[fallthrough]];
            case 5:
                raise(SIGFPE);
                [[fallthrough]];
            case 6:
                for (volatile bool on = true; on;) {
                }
                [[fallthrough]];
            case 8:
                for (volatile bool on = true; on;) usleep(1000);
                [[fallthrough]];
            case 9:
                raise(SIGRTMIN);
                [[fallthrough]];
            case 10:
                __ubsan_on_report();
                _exit(1);
            case 7:  // no death, but a tenth of a second's work
                for (const auto end = std::clock() + CLOCKS_PER_SEC / 10; std::clock() < end;) {
                }
                [[fallthrough]];
            default:
                return mutants::Sound::insert(map, left, right);
        }
    }
};

class IsolatedDeath : public testing::Test {
  protected:
    /// Asks the same child process, or the one that took its place, in between.
    Verdict verdict_on(const char* program) {
        EXPECT_TRUE(check_(parse("a.insert 0 0")).holds());
        const Verdict verdict = check_(parse(program));
        EXPECT_TRUE(check_(parse("a.insert 0 0\na.clear")).holds());
        return verdict;
    }

    const Subject subject_ = make_subject<Dies>("dies", "in its own way for each left");
    Isolated check_{subject_, {}, milliseconds{20'000}};  // a sanitizer takes its time to write its report
};

void expect_crash(const Verdict& verdict, std::size_t at, const std::string& what) {
    EXPECT_EQ(verdict.kind, Verdict::Kind::crashes);
    EXPECT_EQ(verdict.at, at);
    EXPECT_EQ(verdict.what, what);
}

TEST_F(IsolatedDeath, ByAbortIsACrash) {
    expect_crash(verdict_on("a.insert 0 0\na.insert 1 1"), 1, "SIGABRT");
}
TEST_F(IsolatedDeath, ByTerminateIsACrash) { expect_crash(verdict_on("a.insert 2 0"), 0, "std::terminate"); }
TEST_F(IsolatedDeath, ByExitIsACrash) {
    expect_crash(verdict_on("a.clear\na.clear\na.insert 3 0"), 2, "exit status 7");
}
TEST_F(IsolatedDeath, ByKillIsACrash) { expect_crash(verdict_on("a.insert 4 0"), 0, "SIGKILL"); }

TEST_F(IsolatedDeath, IsToldToAProcessThatIgnoresIt) {
    const auto before = signal(SIGCHLD, SIG_IGN);
    expect_crash(verdict_on("a.insert 1 0"), 0, "SIGABRT");
    expect_crash(verdict_on("a.insert 3 0"), 0, "exit status 7");
    signal(SIGCHLD, before);
}

TEST_F(IsolatedDeath, ByADeadlySignalIsACrash) {
    const Verdict verdict = verdict_on("a.insert 5 0");
    EXPECT_EQ(verdict.kind, Verdict::Kind::crashes);
    EXPECT_FALSE(verdict.what.empty());
}

TEST_F(IsolatedDeath, ByASignalWithoutANameIsACrash) {
    expect_crash(verdict_on("a.insert 9 0"), 0, "signal " + std::to_string(SIGRTMIN));
}

TEST_F(IsolatedDeath, ByUndefinedBehaviourIsToldThoughNobodyIsCalledAtIt) {
    expect_crash(verdict_on("a.insert 10 0"), 0, "undefined behaviour");
}

TEST_F(IsolatedDeath, OfPatienceIsAHangThatSleepsAndWakes) {
    Isolated impatient{subject_, {}, milliseconds{500}};
    EXPECT_EQ(impatient(parse("a.insert 8 0")).kind, Verdict::Kind::hangs);
}

TEST_F(IsolatedDeath, OfPatienceIsAHang) {
    Isolated impatient{subject_, {}, milliseconds{500}};
    const Verdict verdict = impatient(parse("a.clear\na.insert 6 0"));
    EXPECT_EQ(verdict.kind, Verdict::Kind::hangs);
    EXPECT_EQ(verdict.at, 1U);
    expect_crash(impatient(parse("a.insert 3 0")), 0, "exit status 7");
}

TEST_F(IsolatedDeath, OfPatienceLeavesItToWhoComesNext) {
    Isolated impatient{subject_, {.pump = false}, milliseconds{2000}};
    EXPECT_EQ(impatient(parse("a.insert 6 0")).kind, Verdict::Kind::hangs);
    EXPECT_TRUE(impatient(parse("a.insert 7 0\na.insert 7 1\na.insert 7 2")).holds());
}

TEST_F(IsolatedDeath, InARowIsThatOfTheProgramThatDies) {
    const std::vector<Program> row{parse("a.insert 0 0"), parse("a.clear"), parse("a.clear\na.insert 1 1"),
                                   parse("a.insert 2 0")};
    const Outcome outcome = check_(row);
    EXPECT_EQ(outcome.held, 2U);
    expect_crash(outcome.verdict, 1, "SIGABRT");
    const Outcome rest = check_(std::span{row}.subspan(3));
    EXPECT_EQ(rest.held, 0U);
    expect_crash(rest.verdict, 0, "std::terminate");
}

TEST_F(IsolatedDeath, OfPatienceIsNotThatOfALongRow) {
    Isolated impatient{subject_, {.pump = false}, milliseconds{500}};
    std::vector<Program> row(12, parse("a.insert 7 0"));
    EXPECT_TRUE(impatient(row).verdict.holds());
    row.insert(row.begin() + 7, parse("a.insert 6 0"));
    const Outcome outcome = impatient(row);
    EXPECT_EQ(outcome.held, 7U);
    EXPECT_EQ(outcome.verdict.kind, Verdict::Kind::hangs);
}

TEST_F(IsolatedDeath, OfPatienceIsNotThatOfALongProgramThatGetsOn) {
    Isolated impatient{subject_, {.pump = false}, milliseconds{500}};
    Program program(12, parse("a.insert 7 0").front());
    EXPECT_TRUE(impatient(program).holds());
    program.resize(200, program.front());
    EXPECT_EQ(impatient(program).kind, Verdict::Kind::hangs) << "it does not get on for ever";
}

TEST_F(IsolatedDeath, CanBeCalledOff) {
    std::atomic<bool> called_off{false};
    Isolated patient{subject_, {}, std::chrono::hours{1}, &called_off};
    EXPECT_TRUE(patient(parse("a.insert 0 0")).holds());
    std::thread caller{[&] {
        std::this_thread::sleep_for(milliseconds{50});
        called_off = true;
    }};
    EXPECT_THROW(patient(parse("a.insert 6 0")), CalledOff);
    caller.join();
    EXPECT_THROW(patient(parse("a.insert 0 0")), CalledOff);
}

TEST_F(IsolatedDeath, LeavesNothingOfItsWordsForTheNext) {
    verdict_on("a.insert 2 0");
    expect_crash(verdict_on("a.insert 1 0"), 0, "SIGABRT");
    expect_crash(verdict_on("a.insert 3 0"), 0, "exit status 7");
}

TEST_F(IsolatedDeath, ComesManyTimes) {
    for (int i = 0; i < 30; ++i) expect_crash(check_(parse("a.insert 1 0")), 0, "SIGABRT");
}

TEST(Isolated, LeavesTheBooksOfThisProcessAlone) {
    const Subject& subject = *find_subject("tricky-leaks/boss");
    ledger.open(1);
    Isolated{subject}(parse("a.insert 0 0\na.clear"));
    EXPECT_EQ(ledger.balance(), Balance{});
}

TEST(Isolated, WorksSideBySideWithAnother) {
    const Subject dies = make_subject<Dies>("dies", "in its own way for each left");
    Isolated one{dies};
    Isolated other{*find_subject("two-maps")};
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(other(parse("a.insert 1 1")).holds());
        expect_crash(one(parse("a.insert 1 1")), 0, "SIGABRT");
    }
}

TEST(Isolated, TakesAProgramOfAThousandOperations) {
    Operation operation;
    Program program(1000, operation);
    EXPECT_TRUE(Isolated{*find_subject("two-maps")}(program).holds());
}

}  // namespace
}  // namespace bimap::properties
