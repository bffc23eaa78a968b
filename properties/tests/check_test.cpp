// SPDX-License-Identifier: BSL-1.0
// The judge: what it says of a sound map, which is nothing, and how it says what it says. That it says
// something of every planted bug is tested next to the mutants.
#include "properties/check.hpp"

#include <cstring>

#include "properties/compare.hpp"
#include "properties/ledger.hpp"
#include "properties/tests/planted_bugs.hpp"
#include "properties/tests/two_map_mutants.hpp"

namespace bimap::properties {
namespace {

TEST(Check, HoldsForTheMapThatTheMutantsAreMadeFrom) { expect_sound_map<mutants::Sound>(); }
TEST(Check, HoldsForItWhereNothingIsPromisedOfAMovedFromMap) { expect_sound_map<mutants::Moving>(); }
TEST(Check, HoldsForItWhereAMoveMayEndHalfWay) { expect_sound_map<mutants::MovingPairByPair>(); }
TEST(Check, HoldsForItsViews) { expect_sound_map<mutants::Viewed>(); }
TEST(Check, HoldsForItsInverse) { expect_sound_map<mutants::Inverted>(); }

TEST(Check, HoldsForTheEmptyProgram) {
    for (const Subject& subject : subjects())
        EXPECT_TRUE(Isolated{subject}(Program{}).holds()) << subject.name;
}

TEST(Check, SaysWhatWasExpectedAndWhatWasSeen) {
    const Subject subject = subject_of<mutants::StaleInverse>();
    const Verdict verdict = check(subject, parse("a.insert 0 0\na.force 0 1"));
    EXPECT_EQ(verdict.expected, "(0, 1) from the right");
    EXPECT_EQ(verdict.seen, "(0, 0) (0, 1)");
}

TEST(Check, ShowsOfManyPairsThoseThatDiffer) {
    const Subject subject = subject_of<mutants::StaleInverse>();
    std::string text;
    for (int i = 0; i < 10; ++i) text += "a.insert " + std::to_string(i) + ' ' + std::to_string(i) + '\n';
    const Verdict verdict = check(subject, parse(text + "a.force 3 20"));
    EXPECT_EQ(verdict.expected, "nothing beside 10 others from the right");
    EXPECT_EQ(verdict.seen, "(3, 3) beside 10 others");
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

/// Who made an element is known to the Ledger alone.
TEST(Check, SaysNothingOfASoundMapWhereTheLedgerIsNotAsked) {
    for (const char* const name : {"bimap/hashed", "bimap/ordered", "bimap/sequenced", "two-maps"}) {
        Checker check{*find_subject(name), {.ledger = false, .pump = false}};
        Random random{1};
        for (int i = 0; i < 200; ++i) {
            const Program program = generate(random, *find_subject(name), 30);
            const Verdict verdict = check(program);
            ASSERT_TRUE(verdict.holds()) << name << ' ' << describe(verdict, program) << '\n'
                                         << print(program);
        }
    }
}

TEST(Check, LeavesGrowthUnseenWhereThePumpIsNotAsked) {
    const Subject subject = subject_of<mutants::Tombstones>();
    EXPECT_TRUE(Isolated(subject, {.pump = false})(parse("a.insert 0 0\na.erase_left 0")).holds());
}

struct TombstonesWithoutRoom : mutants::Tombstones {
    static std::size_t erase_left(Map& map, const mutants::L& left) {
        map.tombstones.shrink_to_fit();
        return Tombstones::erase_left(map, left);
    }
};

/// Repeated as often as a short one, the Program would allocate four gigabytes.
TEST(Check, SeesGrowthInTimeWhereEachCallCopiesWhatHasGrown) {
    const Subject subject = make_subject<TombstonesWithoutRoom>("tombstones", "");
    const Program program(40, parse("a.erase_left 0").front());
    const std::uint64_t before = ledger.bytes_allocated();
    EXPECT_EQ(summary(check(subject, program)), "leaks retained growth at 40, made by 39");
    EXPECT_LE(ledger.bytes_allocated() - before, std::uint64_t{256} << 20);
}

TEST(Check, SeesAtTheEndOfAHuntWhatItLookedPastBefore) {
    const Subject subject = subject_of<mutants::InverseStaysBehind>();
    const Program program = parse("a.insert 0 0\nb = move a\nc.insert 1 1");
    const Verdict verdict = Isolated{subject, hunting_questions}(program);
    EXPECT_FALSE(verdict.holds());
    EXPECT_EQ(describe(verdict, program), describe(Isolated{subject}(program), program));
}

/// Shows its inverse by way of a copy, which insertions alone forget. Nothing can be called through it.
struct RemembersItsInverse : mutants::Sound {
    struct Map : mutants::Sound::Map {
        std::map<Number, Number> shown;
        bool is_shown = false;
    };
    struct Face {
        Map* map;
    };
    static Map make() { return {}; }
    static bool insert(Map& map, const mutants::L& left, const mutants::R& right) {
        map.is_shown = false;
        return mutants::Sound::insert(map, left, right);
    }
    static Face inverse(Map& map) { return {&map}; }
    template <class F>
    static void for_each_left(const Face& face, F f) {
        if (!std::exchange(face.map->is_shown, true)) {
            face.map->shown.clear();
            for (const auto& [right, left] : face.map->inverse)
                face.map->shown.emplace(right.number(), left.number());
        }
        for (const auto& [right, left] : face.map->shown) f(mutants::R{right}, mutants::L{left});
    }
    template <class F>
    static void for_each_left(const Map& map, F f) {
        mutants::Sound::for_each_left(map, f);
    }
};

TEST(Check, LooksCloselyAtSomeOfTheProgramsOfAHunt) {
    const Subject subject = make_subject<RemembersItsInverse>("remembers", "");
    EXPECT_EQ(summary(check(subject, parse("a.insert 0 0\na.erase_if_left 0 0"))), "diverges (content) at 1");
    Checker hunting{subject, hunting_questions};
    Random random{1};
    int found = 0;
    for (int i = 0; i < 1000; ++i) found += hunting(generate(random, subject, 20)).holds() ? 0 : 1;
    EXPECT_GE(found, 10);
}

TEST(Check, CountsTheOperationsThatItCarriedOut) {
    const Subject subject = subject_of<mutants::Sound>();
    Checker check{subject};
    check(parse("a.insert 0 0\na.clear"));
    check(parse("a.insert 0 0"));
    EXPECT_EQ(check.operations(), 3U);
}

/// Out of a call an exception is an answer; out of a look it is not to be expected.
struct FindThrows : mutants::Sound {
    static const mutants::R* find_left(const Map& map, const mutants::L& left) {
        if (map.forward.size() == 2) throw std::logic_error{"two"};
        return mutants::Sound::find_left(map, left);
    }
};

TEST(Check, SaysThatALookThrew) {
    const Subject subject = make_subject<FindThrows>("throws", "");
    const Program program = parse("a.insert 0 0\na.insert 1 1\na.clear");
    for (const Verdict& verdict : {check(subject, program), Isolated{subject}(program)}) {
        EXPECT_EQ(summary(verdict), "diverges (ending) at 1");
        EXPECT_EQ(verdict.seen, "an exception: two");
    }
    EXPECT_TRUE(check(subject, parse("a.insert 0 0\na.clear")).holds());
}

TEST(Check, NamesWhatWasReadFromReleasedMemory) {
    Number read = 0;
    std::memset(&read, released_byte, sizeof read);
    const Pair pair{read, 1};
    EXPECT_EQ(in_words(pair), "(released memory, 1)");
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
