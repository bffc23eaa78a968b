// SPDX-License-Identifier: BSL-1.0
// A hunt for all defects: it finds those that stand behind others, tells them apart, and gives each the name
// and the program that it always has. And the defects that are known stay known.
#include "properties/hunt_all.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "properties/add_subject.hpp"
#include "properties/corpus.hpp"
#include "properties/examples/phone_book_subject.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/subjects/mutants/mutant.hpp"
#include "properties/subjects/two_maps.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

using testing::UnorderedElementsAre;

std::vector<Defect> defects_of(const Subject& subject, std::uint64_t programs, std::uint64_t seed = 1) {
    Isolated check{subject, {}, std::chrono::seconds{1}};
    HuntProgress progress;
    return hunt_all(
        subject, {.seed = seed, .time = std::chrono::minutes{5}, .programs = programs}, std::ref(check),
        [](const Defect&) {}, [](const HuntProgress&) {}, progress);
}

std::vector<std::string> told(const std::vector<Defect>& defects) {
    std::vector<std::string> lines;
    for (const Defect& defect : defects)
        lines.push_back(name_of(defect) + ": " + print(defect.minimum.program));
    return lines;
}

using Book = PhoneBookSubject<Tracked<Side::left>, Tracked<Side::right>>;

TEST(HuntAll, FindsTheThreeMistakesOfThePhoneBook) {
    for (const std::uint64_t seed : {1U, 2U, 3U})
        EXPECT_THAT(told(defects_of(make_subject<Book>("phone_book", ""), 400, seed)),
                    UnorderedElementsAre("diverges-content-force: a.force 0 0\na.force 0 1\n",
                                         "diverges-content-copy_assign: a.force 0 0\na.copy_assign a\n",
                                         "leaks-retained-erase_left: a.force 0 0\na.erase_left 0\n"));
}

TEST(HuntAll, FindsNothingInASoundMap) {
    EXPECT_THAT(defects_of(*find_subject("two-maps"), 300), testing::IsEmpty());
}

/// One mistake, met through single insertions, and through groups of which a shorter program is made.
TEST(HuntAll, CountsAMistakeOnceThoughGroupsShowItToo) {
    for (const char* const name : {"mutant/erase-moves-last", "mutant/reports-one-of-two-evicted"})
        EXPECT_THAT(defects_of(*find_mutant(name), 600), testing::SizeIs(1)) << name;
}

/// Of a program that cannot be made small in time, nothing says that it shows another mistake.
TEST(HuntAll, CountsAMistakeOnceThoughTimeIsOver) {
    const Subject& subject = *find_mutant("mutant/erase-moves-last");
    Isolated check{subject};
    bool slow = false;
    const auto check_slowly = [&](const Program& program) {
        if (slow) std::this_thread::sleep_for(std::chrono::milliseconds{200});
        return check(program);
    };
    HuntProgress progress;
    const auto defects = hunt_all(
        subject, {.time = std::chrono::seconds{2}}, check_slowly, [&](const Defect&) { slow = true; },
        [](const HuntProgress&) {}, progress);
    EXPECT_THAT(defects, testing::SizeIs(1));
}

struct GroupingBook : Book {
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    static void force_range(Map& book, const auto* first, const auto* last, const auto&) {
        for (; first != last; ++first) Book::force(book, first->first, first->second);
    }
};

TEST(HuntAll, CountsAProgramThatRunsIntoADefectSeveralTimesOnce) {
    const auto defects = defects_of(make_subject<Book>("book", ""), 20);
    ASSERT_THAT(defects, testing::Not(testing::IsEmpty()));
    for (const Defect& defect : defects) EXPECT_LE(defect.met, 20U) << name_of(defect);
}

/// Whenever it is called off, what failed until then is a defect.
TEST(HuntAll, KeepsADefectThoughItIsCalledOffAtOnce) {
    const Subject subject = make_subject<GroupingBook>("grouping", "");
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Isolated check{subject};
        std::uint64_t failures = 0;
        const auto check_for_a_while = [&](const Program& program) {
            if (failures == 1 + seed % 4) throw CalledOff{};
            Verdict verdict = check(program);
            failures += verdict.holds() ? 0U : 1U;
            return verdict;
        };
        HuntProgress progress;
        const auto defects = hunt_all(
            subject, {.seed = seed, .time = std::chrono::minutes{5}, .programs = 100}, check_for_a_while,
            [](const Defect&) {}, [](const HuntProgress&) {}, progress);
        EXPECT_THAT(defects, testing::Not(testing::IsEmpty())) << "seed " << seed;
    }
}

/// A map that dies, and hangs, and lies: the first of them in every second program.
struct Manifold : TwoMapsSubject<int, int> {
    static bool insert(Map& map, int l, int r) {
        if (map.forward.size() == 1) std::abort();
        return TwoMapsSubject::insert(map, l, r);
    }
    static std::size_t erase_left(Map& map, int l) {
        if (l == 1)
            for (volatile bool on = true; on;) {
            }
        return TwoMapsSubject::erase_left(map, l);
    }
    static std::size_t erase_right(Map& map, int r) { return TwoMapsSubject::erase_right(map, r) + 1; }
    static std::size_t size(const Map& map) { return TwoMapsSubject::size(map); }
};

TEST(HuntAll, LooksBehindWhatDiesAndHangs) {
    const auto start = std::chrono::steady_clock::now();
    std::vector<std::string> names;
    for (const Defect& defect : defects_of(make_subject<Manifold>("manifold", ""), 100))
        names.push_back(name_of(defect));
    EXPECT_THAT(names,
                testing::IsSupersetOf({"crashes-insert", "hangs-erase_left", "diverges-answer-erase_right"}));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes{2});
}

TEST(HuntAll, NamesADefectThatNeedsAFault) {
    const Verdict after{.kind = Verdict::Kind::diverges, .at = 1, .aspect = Verdict::Aspect::content};
    EXPECT_EQ(name_of(Defect{{parse("a.insert 0 0 !alloc=2\na.insert 0 0"), after}}),
              "diverges-content-insert-after-a-throw");
    const Program program = parse("a.insert 0 0 !alloc=2");
    const Verdict verdict{.kind = Verdict::Kind::leaks, .at = 1, .sign = Verdict::Sign::blocks};
    EXPECT_EQ(name_of(Defect{{program, verdict}}), "leaks-lost-insert-when-it-throws");
    EXPECT_EQ(broken_promise(verdict, program),
              "what is made for a pair is destroyed and freed, when something throws, too");
}

/// A line of a file, without the mark of a comment.
std::string comment_of(const std::filesystem::path& file, int number) {
    std::ifstream stream{file};
    std::string line;
    for (; number > 0; --number) std::getline(stream, line);
    return line.substr(2);
}

/// Each file of corpus/known-defects says on its first line in which subjects, and on its second what.
TEST(KnownDefects, AreStillThere) {
    for (const Entry& entry :
         read_corpus(std::filesystem::path{BIMAP_SOURCE_DIR} / "corpus" / "known-defects")) {
        const std::string story = comment_of(entry.file, 1);
        std::istringstream names{story.substr(0, story.find(':'))};
        ASSERT_FALSE(names.str().empty()) << entry.file;
        for (std::string name; names >> name;) {
            const Subject* const subject = find_subject(name);
            ASSERT_NE(subject, nullptr) << entry.file;
            const Verdict verdict = Isolated{*subject}(entry.program);
            ASSERT_FALSE(verdict.holds()) << entry.file;
            EXPECT_EQ(name_of(Defect{{entry.program, verdict}}), comment_of(entry.file, 2)) << entry.file;
        }
    }
}

}  // namespace
}  // namespace bimap::properties
