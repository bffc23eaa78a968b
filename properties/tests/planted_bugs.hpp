// SPDX-License-Identifier: BSL-1.0
// The tables of planted bugs: a mutant, the Program that shows its bug, and what the check has to say of it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "properties/check.hpp"
#include "properties/driver.hpp"
#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/tests/address_sanitizer.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

#ifdef BIMAP_UNDER_ADDRESS_SANITIZER
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

/// A Verdict in the few words that the table below compares.
inline std::string summary(const Verdict& verdict) {
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
    /// Where AddressSanitizer is there first: the start of what is said then.
    const char* under_sanitizer = nullptr;
};

inline void PrintTo(const Planted& planted, std::ostream* out) { *out << planted.name; }

template <class Mutant>
Subject subject_of() {
    return make_subject<Mutant>("mutant", "one planted bug");
}

#define BIMAP_MUTANT(name) #name, subject_of<mutants::name>

inline void expect_caught(const Subject& subject, const char* text, const char* verdict_expected,
                          const char* under_sanitizer) {
    const Program program = parse(text);
    ASSERT_EQ(print(offered(subject, program)), print(program));
    // A sanitizer takes its time to write its report; only what is expected to hang is given up soon.
    const bool hangs = std::string_view{verdict_expected}.starts_with("hangs");
    const Verdict verdict = Isolated{subject, {}, std::chrono::milliseconds{hangs ? 300 : 20'000}}(program);
    const bool otherwise = sanitized && under_sanitizer != nullptr;
    const std::string expected = otherwise ? under_sanitizer : verdict_expected;
    EXPECT_EQ(summary(verdict).substr(0, expected.size()), expected) << describe(verdict, program);
}

inline void expect_nothing_before_the_bug(const Subject& subject, const char* text) {
    Isolated check{subject, {.pump = false}};
    Program program = parse(text);
    program.pop_back();
    const Verdict verdict = check(program);
    EXPECT_TRUE(verdict.holds()) << describe(verdict, program);
}

inline void expect_caught(const Planted& planted) {
    expect_caught(planted.subject(), planted.program, planted.verdict, planted.under_sanitizer);
}

inline void expect_nothing_before_the_bug(const Planted& planted) {
    expect_nothing_before_the_bug(planted.subject(), planted.program);
}

inline void expect_minimal(const Planted& planted) {
    const Subject subject = planted.subject();
    Isolated check{subject};
    const Program program = parse(planted.program);
    const Reproducer minimal = minimize_failure(subject, program, check(program), std::ref(check));
    EXPECT_EQ(print(minimal.program), print(program));
}

inline std::string test_name(const testing::TestParamInfo<Planted>& info) {
    return info.param.name + std::string{"_"} + std::to_string(info.index);
}

/// What every table of planted bugs has to show.
// NOLINTBEGIN(bugprone-macro-parentheses): a class's name cannot stand in parentheses.
#define BIMAP_EACH_MUTANT(table, planted)                                               \
    class table : public testing::TestWithParam<Planted> {};                            \
    TEST_P(table, IsCaughtAndNamedForWhatItDoes) { expect_caught(GetParam()); }         \
    TEST_P(table, HoldsUntilItsBugIsMet) { expect_nothing_before_the_bug(GetParam()); } \
    INSTANTIATE_TEST_SUITE_P(Mutants, table, testing::ValuesIn(planted), test_name)
// NOLINTEND(bugprone-macro-parentheses)

inline void expect_sound(const Subject& subject) {
    Isolated check{subject};
    Random random{1};
    for (int i = 0; i < 300; ++i) {
        const Program program = generate(random, subject, 30);
        const Verdict verdict = check(program);
        ASSERT_TRUE(verdict.holds()) << subject.name << ' ' << describe(verdict, program) << '\n'
                                     << print(program);
    }
}

template <class Adapter>
void expect_sound_map() {
    expect_sound(make_subject<Adapter>("sound", "nothing planted"));
}

}  // namespace bimap::properties
