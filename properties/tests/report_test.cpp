// SPDX-License-Identifier: BSL-1.0
// The words: a golden report, a line for each kind of Verdict, and forms that lead back to the Program.
#include "properties/report.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <charconv>
#include <set>
#include <stdexcept>

#include "properties/bytes.hpp"
#include "properties/check.hpp"
#include "properties/subjects/two_maps.hpp"
#include "properties/tests/drawn_program.hpp"

namespace bimap::properties {
namespace {

const Program program = parse("a.insert 0 0\na.force 0 1 !alloc=2\n");

Verdict leak(LeakKind kind, Verdict::Sign sign) {
    return {.kind = Verdict::Kind::leaks,
            .at = 1,
            .sign = sign,
            .leak = kind,
            .maker = 0,
            .elements = 1,
            .blocks = 2,
            .bytes = 48,
            .rounds = 128};
}

TEST(Describe, SaysEachVerdictInOneLine) {
    EXPECT_EQ(describe({}, program), "holds");
    EXPECT_EQ(describe({.kind = Verdict::Kind::diverges,
                        .at = 1,
                        .aspect = Verdict::Aspect::content,
                        .expected = "(0, 1) from the left",
                        .seen = "nothing"},
                       program),
              "diverges (content) after operation 2 (a.force 0 1 !alloc=2): expected (0, 1) from the left, "
              "saw nothing");
    EXPECT_EQ(describe({.kind = Verdict::Kind::crashes, .at = 0, .what = "SIGSEGV"}, program),
              "crashes in operation 1 (a.insert 0 0): SIGSEGV");
    EXPECT_EQ(describe({.kind = Verdict::Kind::hangs, .at = 2}, program), "hangs in the end");
}

TEST(Describe, SaysHowMuchLeaksAndWhoMadeIt) {
    EXPECT_EQ(
        describe(leak(LeakKind::lost, Verdict::Sign::elements), program),
        "leaks: 1 element lost, made by operation 1 (a.insert 0 0), seen after operation 2 (a.force 0 1 "
        "!alloc=2)");
    EXPECT_EQ(describe(leak(LeakKind::cyclic, Verdict::Sign::blocks), program),
              "leaks: 2 blocks (48 bytes) cyclic, made by operation 1 (a.insert 0 0), seen after operation 2 "
              "(a.force "
              "0 1 !alloc=2)");
    EXPECT_EQ(describe(leak(LeakKind::retained, Verdict::Sign::growth), program),
              "leaks: 2 blocks (48 bytes) more retained, made by operation 1 (a.insert 0 0), from the 32nd "
              "to the 128th "
              "repetition of the program");
    Verdict late = leak(LeakKind::retained, Verdict::Sign::growth);
    late.rounds = 2048;
    EXPECT_THAT(describe(late, program),
                testing::EndsWith("from the 512th to the 2048th repetition of the program"));
    Verdict in_one_block = leak(LeakKind::retained, Verdict::Sign::growth);
    in_one_block.blocks = 0;
    EXPECT_TRUE(describe(in_one_block, program).starts_with("leaks: 48 bytes more retained, made by"));
}

TEST(Legend, SaysWhatNumbersStandForWhereTheyDoNotStandForThemselves) {
    struct Mixed : TwoMapsSubject<int, std::string> {};
    const Subject mixed = make_subject<Mixed>("mixed", "");
    const Program mirrored_too = parse("a.insert 1 0\na.force 0 1\na.erase_right 0\na.insert_range 0 5");
    EXPECT_EQ(legend(mixed, mirrored_too),
              "left 0 is -1, left 1 is 0, right 0 is \"\", right 1 is "
              "\"00000000\\0000000000000000000000000000000001\"s");
    EXPECT_THAT(report(mixed, mirrored_too, {}), testing::HasSubstr("\n\nwhere left 0 is -1, left 1 is 0,"));
    const Program through_the_inverse = parse("a.inverse.erase_left 0");
    EXPECT_EQ(legend(mixed, through_the_inverse), "right 0 is \"\"");
    EXPECT_EQ(legend(*find_subject("tricky-leaks/none"), mirrored_too), "");
}

TEST(Describe, NeverEndsTheLine) {
    for (const auto kind : {Verdict::Kind::holds, Verdict::Kind::diverges, Verdict::Kind::leaks,
                            Verdict::Kind::crashes, Verdict::Kind::hangs})
        EXPECT_EQ(describe({.kind = kind}, {}).find('\n'), std::string::npos);
}

/// What a map says for itself comes from anywhere.
TEST(Describe, ShowsWhatAMapSaysAsPrintableText) {
    struct Chatty : TwoMapsSubject<int, int> {
        static bool insert(Map& map, int l, int r) {
            if (l == Element<int>::make(1)) throw std::runtime_error{"two\nlines \xFF\x1B"};
            return TwoMapsSubject::insert(map, l, r);
        }
        static const char* violated_invariant(const Map& map) {
            return map.forward.empty() ? nullptr : "\nnone";
        }
    };
    const Subject subject = make_subject<Chatty>("chatty", "");
    EXPECT_EQ(check(subject, parse("a.insert 1 0")).seen, "an exception: two\\x0alines \\xff\\x1b");
    EXPECT_EQ(check(subject, parse("a.insert 0 0")).seen, "\\x0anone");
}

TEST(BrokenPromise, IsAnotherOneForEachAspect) {
    using Aspect = Verdict::Aspect;
    std::set<std::string> promises;
    for (auto aspect = Aspect::ending; aspect <= Aspect::steps;
         aspect = static_cast<Aspect>(static_cast<int>(aspect) + 1))
        promises.insert(broken_promise({.kind = Verdict::Kind::diverges, .aspect = aspect}, {}));
    EXPECT_EQ(promises.size(), static_cast<std::size_t>(Aspect::steps));
}

TEST(Report, IsGolden) {
    const Verdict crash{.kind = Verdict::Kind::crashes, .at = 1, .what = "SIGSEGV"};
    EXPECT_EQ(report(*find_subject("tricky-leaks/half-grown"), program, crash),
              R"GOLDEN(tricky-leaks/half-grown crashes in operation 2 (a.force 0 1 !alloc=2): SIGSEGV
(built with -fsanitize=address, it would say where it goes astray)

as text:

a.insert 0 0
a.force 0 1 !alloc=2

as bytes:

printf '\000\000\000\000\000\000\002\000\000\001\300\002'

as a GoogleTest case:

#include "properties/testing.hpp"

TEST(Regression, TrickyLeaksHalfGrown) {
    EXPECT_TRUE(bimap::properties::holds("tricky-leaks/half-grown", R"(
a.insert 0 0
a.force 0 1 !alloc=2
)"));
}

replay it, from the text in a file:

bimap-check replay --subject tricky-leaks/half-grown FILE.txt
)GOLDEN");
}

TEST(Report, HasACorpusTextThatIsItsProgramAgain) {
    const std::string text = corpus_text("two-maps", program, leak(LeakKind::lost, Verdict::Sign::blocks));
    EXPECT_TRUE(text.starts_with("# two-maps leaks: 2 blocks (48 bytes) lost"));
    EXPECT_EQ(parse(text), program);
}

/// What printf(1) makes of it.
std::vector<std::uint8_t> unescaped(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    for (; text.starts_with('\\'); text.remove_prefix(4)) {
        std::uint8_t byte = 0;
        std::from_chars(text.data() + 1, text.data() + 4, byte, 8);
        bytes.push_back(byte);
    }
    EXPECT_TRUE(text.empty());
    return bytes;
}

RC_GTEST_PROP(Report, HasBytesThatAreItsProgramAgain, ()) {
    const Program drawn = *drawn_program(*find_subject("bimap/ordered"));
    RC_ASSERT(decode(unescaped(escaped_bytes(drawn))) == drawn);
}

/// The text between the delimiters of the case's raw string.
std::string raw_string_of(const std::string& test) {
    const std::size_t first = test.find("R\"");
    const std::size_t open = test.find('(', first);
    const std::string delimiter = test.substr(first + 2, open - first - 2);
    return test.substr(open + 1, test.find(')' + delimiter + '"', open) - open - 1);
}

RC_GTEST_PROP(Report, HasATestCaseThatHoldsItsProgram, ()) {
    const Program drawn = *drawn_program(*find_subject("bimap/ordered"));
    RC_ASSERT(parse(raw_string_of(test_case("bimap/ordered", drawn))) == drawn);
}

}  // namespace
}  // namespace bimap::properties
