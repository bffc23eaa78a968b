// SPDX-License-Identifier: BSL-1.0
// Each leak of the boss's map, planted alone, is found by every engine, and every engine ends with the
// identical reproducer, which is as short as the exhaustive engine proves possible. All checks are asked in
// child processes, because the leaks are real ones.
#include <gtest/gtest.h>

#include <algorithm>

#include "properties/bytes.hpp"
#include "properties/corpus.hpp"
#include "properties/exhaust.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/subjects/tricky_leaks/tricky_leaks_subject.hpp"
#include "properties/tests/drawn_program.hpp"

namespace bimap::properties {
namespace {

using tricky_leaks::planted_leaks;
using tricky_leaks::PlantedLeak;

/// A leak and its shortest reproducer.
struct Known {
    std::string_view name;
    std::string_view text;
};
void PrintTo(const Known& known, std::ostream* out) { *out << known.name; }

constexpr std::array reproducers{
    Known{"grudges", "a.insert 0 0\n"},
    Known{"understudies", "a.insert 0 0\na.insert 1 0\n"},
    Known{"regrets", "a.insert 0 0 !alloc=2\n"},
    Known{"half-built", "a.insert 0 0 !copy=2\n"},
    Known{"half-grown", "a.insert 0 0 !alloc=4\n"},
    Known{"hung-up", "a.insert 0 0 !alloc=8\n"},
    Known{"overwritten", "a.insert 0 0\na.force 0 1\n"},
    Known{"cold-shortcuts", "a.force 0 0\na.force 1 0\n"},
    Known{"rivals", "a.insert 0 0\na.insert 1 1\na.force 0 1\n"},
    Known{"trash", "a.insert 0 0\na.erase_left 0\n"},
    Known{"listeners", "a.insert 0 0\na.erase_right 0\n"},
    Known{"flags", "a.insert 0 0\na.erase_if_left 1 0\n"},
    Known{"family", "a = filter_left a 0 0\n"},
    Known{"dead-views", "a = filter_left b 0 0\n"},
    Known{"ancestors", "a = filter_left a 0 0\n"},
    Known{"stickers", "a = copy a\n"},
    Known{"old-walls", "a.insert 0 0\na.copy_assign b\n"},
    Known{"graveyard", "a.insert 0 0\na.move_assign b\n"},
    Known{"backup", "a.insert 0 0\na.clear\n"},
    Known{"right-wall", "a.insert 0 0\n"},
    Known{"registry", "a.insert 0 0\n"},
};

/// The space that the proof covers: two values, two registers and the first faults; fewer faults where it
/// takes three operations.
Alphabet alphabet_for(const Known& known) {
    const bool long_one = std::count(known.text.begin(), known.text.end(), '\n') > 2;
    Alphabet alphabet;
    const std::uint16_t last = long_one ? 2 : 8;
    for (std::uint16_t nth = 1; nth <= last; ++nth) alphabet.faults.push_back({Fault::Kind::alloc, nth});
    if (long_one) return alphabet;
    for (const auto kind : {Fault::Kind::copy, Fault::Kind::hash, Fault::Kind::compare})
        for (std::uint16_t nth = 1; nth <= 2; ++nth) alphabet.faults.push_back({kind, nth});
    return alphabet;
}

/// One planted leak, as each engine meets it.
class EachTrickyLeak : public testing::TestWithParam<Known> {
  protected:
    [[nodiscard]] std::string expected() const { return std::string{GetParam().text}; }

    /// Checks a Program of any engine. Returns: the minimal text if it fails, else nothing.
    std::optional<std::string> minimal_text(const Program& program) {
        const Program part = offered(subject_, program);
        const Verdict verdict = check_(part);
        if (verdict.holds()) return std::nullopt;
        const Reproducer minimal = minimize_failure(subject_, part, verdict, std::ref(check_));
        EXPECT_TRUE(minimal.finished);
        return print(minimal.program);
    }

    const Subject& subject_ = *find_subject("tricky-leaks/" + std::string{GetParam().name});
    Isolated check_{subject_};
};

TEST_P(EachTrickyLeak, IsOfTheKindThatItsTableSays) {
    const auto planted = std::find_if(planted_leaks.begin(), planted_leaks.end(),
                                      [](const PlantedLeak& leak) { return leak.name == GetParam().name; });
    ASSERT_NE(planted, planted_leaks.end());
    const Verdict verdict = check_(parse(expected()));
    EXPECT_EQ(verdict.kind, Verdict::Kind::leaks);
    EXPECT_EQ(name_of(verdict.leak), name_of(planted->kind)) << describe(verdict, parse(expected()));
}

TEST_P(EachTrickyLeak, IsProvedToNeedItsReproducer) {
    Program first;
    exhaust(alphabet_for(GetParam()), subject_, 3, [&](const Program& program) {
        if (!check_(program).holds()) first = program;
        return first.empty();
    });
    EXPECT_EQ(print(first), expected());
}

TEST_P(EachTrickyLeak, IsFoundByTheGenerator) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Random random{seed};
        std::optional<std::string> text;
        for (int attempt = 0; attempt < 5000 && !text; ++attempt)
            text = minimal_text(generate(random, subject_, 30));
        EXPECT_EQ(text, expected()) << "seed " << seed;
    }
}

TEST_P(EachTrickyLeak, IsFoundByRapidCheck) {
    std::optional<std::string> text;
    const auto result = rc::detail::checkTestable(
        [&] {
            text = minimal_text(*drawn_program(subject_));
            RC_ASSERT(!text);
        },
        rc::detail::TestMetadata{},
        rc::detail::TestParams{.seed = 1, .maxSuccess = 5000, .disableShrinking = true});
    EXPECT_TRUE(result.is<rc::detail::FailureResult>());
    EXPECT_EQ(text, expected());
}

TEST_P(EachTrickyLeak, IsFoundInRandomBytes) {
    Random random{1};
    std::optional<std::string> text;
    for (int attempt = 0; attempt < 5000 && !text; ++attempt) {
        std::vector<std::uint8_t> bytes(random.below(200 * record_size));
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
        text = minimal_text(decode(bytes));
    }
    EXPECT_EQ(text, expected());
}

TEST_P(EachTrickyLeak, IsFoundByTheCorpus) {
    std::size_t found = 0;
    for (const auto& entry : read_corpus(std::filesystem::path{BIMAP_SOURCE_DIR} / "corpus" / "seeds")) {
        const auto text = minimal_text(entry.program);
        if (!text) continue;
        ++found;
        EXPECT_EQ(text, expected()) << entry.file;
    }
    EXPECT_GT(found, 0U);
}

std::string test_name(const testing::TestParamInfo<Known>& info) {
    std::string name{info.param.name};
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(TrickyLeaks, EachTrickyLeak, testing::ValuesIn(reproducers), test_name);

TEST(TrickyLeaks, AreAllInTheTable) {
    ASSERT_EQ(reproducers.size(), planted_leaks.size());
    for (std::size_t i = 0; i < reproducers.size(); ++i)
        EXPECT_EQ(reproducers[i].name, planted_leaks[i].name);
}

TEST(TrickyLeaks, AreOfAllThreeKinds) {
    for (const LeakKind kind : {LeakKind::lost, LeakKind::cyclic, LeakKind::retained})
        EXPECT_GE(std::count_if(planted_leaks.begin(), planted_leaks.end(),
                                [&](const PlantedLeak& planted) { return planted.kind == kind; }),
                  3)
            << name_of(kind);
}

}  // namespace
}  // namespace bimap::properties
