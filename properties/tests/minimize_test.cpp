// SPDX-License-Identifier: BSL-1.0
// The taste of the minimizer, as a table: text in, predicate, text out. And what it promises whatever the
// taste: a normal form, a budget, and that a failure stays the failure that it was.
#include "properties/minimize.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <set>

#include "properties/bytes.hpp"
#include "properties/check.hpp"
#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/model.hpp"
#include "properties/settle.hpp"
#include "properties/tests/two_map_mutants.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

std::ptrdiff_t count_of(const Program& program, Verb verb) {
    return std::count_if(program.begin(), program.end(),
                         [verb](const Operation& o) { return o.verb == verb; });
}

bool any_of(const Program& program, auto matches) {
    return std::any_of(program.begin(), program.end(), matches);
}

/// Whether some pair of Operations, the first before the second, matches.
bool in_order(const Program& program, auto matches) {
    for (std::size_t i = 0; i < program.size(); ++i)
        for (std::size_t j = i + 1; j < program.size(); ++j)
            if (matches(program[i], program[j])) return true;
    return false;
}

/// How many pairs a Program of insertions offers.
std::size_t pairs_offered_by(const Program& program) {
    std::size_t pairs = 0;
    for (const Operation& o : program) pairs += inserts_a_range(o.verb) ? o.numbers[1] : 1;
    return pairs;
}

/// What `a` holds before the last Operation, as the model has it.
Model before_last(const Program& program) {
    Models models;
    for (std::size_t i = 0; i + 1 < program.size(); ++i) expect(models, program[i], {}, {});
    return models[0];
}

/// Whether the last Operation inserts by force what two pairs are in the way of.
bool meets_two_pairs(const Program& program) {
    if (program.empty() || program.back().verb != Verb::force) return false;
    const auto [left, right] = program.back().numbers;
    const Model model = before_last(program);
    const auto in_the_way = model.partner(Side::left, left);
    return in_the_way && in_the_way != right && model.partner(Side::right, right);
}

/// Whether memory ends in the last Operation, an insertion of what none of at least three pairs has.
bool meets_none_of_three(const Program& program) {
    if (program.empty() || program.back().verb != Verb::insert) return false;
    if (program.back().fault.kind != Fault::Kind::alloc) return false;
    const auto [left, right] = program.back().numbers;
    const Model model = before_last(program);
    return model.size() >= 3 && !model.partner(Side::left, left) && !model.partner(Side::right, right);
}

struct Taste {
    const char* name;
    const char* before;
    Predicate fails;
    const char* after;
};

void PrintTo(const Taste& taste, std::ostream* out) { *out << taste.name; }

const Taste tastes[]{
    {"NothingIsLeftWhereNothingMatters", "a.insert 1 2\na.clear\n", [](const Program&) { return true; }, ""},
    {"WhatDoesNotMatterGoes", "a.insert 3 4\na.force 2 1\na.clear\nb.insert 5 5\na.erase_left 9\n",
     [](const Program& p) { return count_of(p, Verb::clear) > 0; }, "a.clear\n"},
    {"AnEraseOfWhatWasInsertedBefore",
     "a.insert 3 4\na.insert 7 9 !alloc=2\nb.insert 1 1\na.clear\na.erase_left 7\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::erase && two.side == Side::left &&
                    one.target == two.target && one.numbers[0] == two.numbers[0];
         });
     },
     "a.insert 0 0\na.erase_left 0\n"},
    {"ValuesThatHaveToDifferAreNumberedInTheOrderOfTheirUse", "a.insert 9 4\na.insert 7 9\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::insert && one.numbers[0] != two.numbers[0];
         });
     },
     "a.insert 0 0\na.insert 1 0\n"},
    {"ValuesThatHaveToBeOneStayOne", "a.insert 5 6\na.insert 8 6\na.insert 5 8\n",
     [](const Program& p) {
         return p.size() == 3 && p[0].numbers[1] == p[1].numbers[1] && p[0].numbers[0] == p[2].numbers[0] &&
                p[0].numbers[0] != p[1].numbers[0] && p[0].numbers[1] != p[2].numbers[1] &&
                std::all_of(p.begin(), p.end(), [](const Operation& o) { return o.verb == Verb::insert; });
     },
     "a.insert 0 0\na.insert 1 0\na.insert 0 1\n"},
    {"TheFaultGoesWhereItIsNotNeeded", "a.insert 0 0 !alloc=7\na.clear\n",
     [](const Program& p) { return count_of(p, Verb::insert) > 0; }, "a.insert 0 0\n"},
    {"TheFaultComesAsSoonAsItCan", "a.insert 0 0 !copy=9\n",
     [](const Program& p) {
         return any_of(
             p, [](const Operation& o) { return o.fault.kind == Fault::Kind::copy && o.fault.nth >= 3; });
     },
     "a.insert 0 0 !copy=3\n"},
    {"TheInverseGoesWithItsSide", "a.inverse.erase_right 3\n",
     [](const Program& p) {
         return any_of(p, [](const Operation& o) {
             return o.verb == Verb::erase && (o.side == Side::left) != o.inverse;
         });
     },
     "a.erase_left 0\n"},
    {"TheInverseGoesWithItsArgumentsInTheirPlaces", "a.inverse.insert 0 1\n",
     [](const Program& p) {
         return any_of(p, [](const Operation& o) {
             return o.verb == Verb::insert && o.numbers[o.inverse ? 1 : 0] > o.numbers[o.inverse ? 0 : 1];
         });
     },
     "a.insert 1 0\n"},
    {"ReferencesGo", "a.insert &3 &&4\n", [](const Program& p) { return count_of(p, Verb::insert) > 0; },
     "a.insert 0 0\n"},
    {"AReferenceThatIsNeededStays", "a.insert &3 &&4\n",
     [](const Program& p) {
         return any_of(p, [](const Operation& o) { return o.passing[0] == Passing::own; });
     },
     "a.insert &0 0\n"},
    {"RegistersAreNamedInTheOrderOfTheirUse", "c.insert 0 0\nb.copy_assign c\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::copy_assign && two.source == one.target &&
                    two.target != one.target;
         });
     },
     "a.insert 0 0\nb.copy_assign a\n"},
    {"OneRegisterIsEnoughWhereItIs", "c.insert 0 0\nb.copy_assign c\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::copy_assign && two.source == one.target;
         });
     },
     "a.insert 0 0\na.copy_assign a\n"},
    {"ASimplerVerbIsTaken", "a.emplace 0 0\na.clear_right\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return shape_of(one.verb).slots[1] == Slot::right &&
                    (two.verb == Verb::clear || two.verb == Verb::clear_view);
         });
     },
     "a.insert 0 0\na.clear\n"},
    {"TheSimplerSideIsTaken", "a.erase_right 0\n",
     [](const Program& p) { return count_of(p, Verb::erase) > 0; }, "a.erase_left 0\n"},
    {"AnEraseAndAnInsertionBecomeOneForce", "a.insert 0 0\na.erase_left 0\na.insert 0 1\n",
     [](const Program& p) {
         return in_order(p, [&](const Operation& one, const Operation& two) {
             const bool again = one.verb == Verb::insert && one.numbers[0] == two.numbers[0] &&
                                one.numbers[1] != two.numbers[1];
             return again &&
                    (two.verb == Verb::force || (two.verb == Verb::insert && count_of(p, Verb::erase) > 0));
         });
     },
     "a.insert 0 0\na.force 0 1\n"},
    {"ALongRunGoesAtOnce",
     "a.insert 0 0\na.insert 1 1\na.insert 2 2\na.insert 3 3\na.insert 4 4\na.insert 5 5\na.clear\na.insert "
     "6 6\n",
     [](const Program& p) { return count_of(p, Verb::clear) > 0 && count_of(p, Verb::insert) > 0; },
     "a.insert 0 0\na.clear\n"},
    {"WhatMattersIsHowFarApartValuesAre", "a.insert 3 1\na.insert 7 2\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::insert &&
                    (one.numbers[0] % 4 == two.numbers[0] % 4) && one.numbers[0] != two.numbers[0];
         });
     },
     "a.insert 0 0\na.insert 4 0\n"},
    {"RegistersChangeRoles", "a.insert 0 0\nb.swap a\n",
     [](const Program& p) {
         return in_order(p, [](const Operation& one, const Operation& two) {
             return one.verb == Verb::insert && two.verb == Verb::swap && two.target != two.source &&
                    (one.target == two.target || one.target == two.source);
         });
     },
     "a.insert 0 0\na.swap b\n"},
    {"PairsThatAreInsertedOneByOneBecomeARange", "a.insert 4 4\na.insert 2 3\na.force 4 3\n", meets_two_pairs,
     "a.insert_range 0 2\na.force 0 0\n"},
    {"OnlySoManyPairsAsMatterBecomeARange",
     "a.insert 0 0\na.insert 1 1\na.insert 2 2\na.insert 3 3\na.insert 4 4\na.insert 0 0 !alloc=1\n",
     [](const Program& p) { return !p.empty() && p.back().fault != Fault{} && before_last(p).size() > 3; },
     "a.insert_range 0 4\na.insert 0 0 !alloc=1\n"},
    {"RangesBecomeOne", "a.insert 0 1\na.insert_range 1 15\n",
     [](const Program& p) { return pairs_offered_by(p) >= 16; }, "a.insert_range 0 16\n"},
    {"WhatARangeNamesAnewGivesWay", "a.insert 2 2\na.insert 4 4\na.insert 6 6\na.insert 1 1 !alloc=1\n",
     meets_none_of_three, "a.insert_range 0 3\na.insert 3 2 !alloc=1\n"},
    {"BothNumbersBecomeLess", "a.insert_range 0 2\na.force 1 1\n", meets_two_pairs,
     "a.insert_range 0 2\na.force 0 0\n"},
    {"APairIsNamedByItsLeft", "a.insert_range 0 2\na.erase_right 1\n",
     [](const Program& p) {
         if (p.size() != 2 || p[0] != parse("a.insert_range 0 2").front()) return false;
         return p[1].verb == Verb::erase && p[1].numbers[0] == (p[1].side == Side::left ? 0U : 1U);
     },
     "a.insert_range 0 2\na.erase_left 0\n"},
    {"OfARangeOnePairIsKept", "a.insert 0 0\na.insert_range 0 2\n",
     [](const Program& p) {
         if (p.size() != 2 || p[0] != parse("a.insert 0 0").front()) return false;
         return p[1].verb == Verb::insert_range || p[1] == parse("a.insert 1 0").front();
     },
     "a.insert 0 0\na.insert 1 0\n"},
    {"NeighboursChangePlaces", "a.clear\na.insert 0 0\n",
     [](const Program& p) { return count_of(p, Verb::clear) > 0 && count_of(p, Verb::insert) > 0; },
     "a.insert 0 0\na.clear\n"},
};

/// The numbers of one argument, over the Program.
std::vector<Number> numbers_of(const Program& program, std::size_t argument) {
    std::vector<Number> numbers;
    for (const Operation& operation : program) numbers.push_back(operation.numbers[argument]);
    return numbers;
}

/// What a step of the passes does not reach, and a look around does.
const Taste far_tastes[]{
    {"ARunOfAnyLength",
     "a.insert 0 0\na.insert 1 1\na.insert 2 2\na.insert 3 3\na.insert 4 4\na.insert 5 5\na.insert 6 6\n"
     "a.insert 7 7\na.insert 8 8\na.insert 9 9\na.insert 10 10\na.insert 11 11\n",
     [](const Program& p) {
         return (p.size() == 5 || p.size() == 12) &&
                std::ranges::all_of(p, [](const Operation& o) { return o.verb == Verb::insert; });
     },
     "a.insert 0 0\na.insert 0 0\na.insert 0 0\na.insert 0 0\na.insert 0 0\n"},
    {"KeysInAnotherOrder",
     "a.insert 0 0\na.insert 1 1\na.insert 2 2\na.insert 3 3\na.insert 4 4\na.erase_left 4\n",
     [](const Program& p) {
         const auto lefts = numbers_of(p, 0);
         if (count_of(p, Verb::erase) != 1 || p.back().verb != Verb::erase) return false;
         return lefts == std::vector<Number>{0, 1, 2, 3, 4, 4} || lefts == std::vector<Number>{0, 2, 1, 2};
     },
     "a.insert 0 0\na.insert 2 0\na.insert 1 0\na.erase_left 2\n"},
    {"TwoKeysThatMeet", "a.insert 0 0\na.insert 5 1\na.insert 9 2\na.insert 16 4\n",
     [](const Program& p) {
         const auto lefts = numbers_of(p, 0);
         return lefts == std::vector<Number>{0, 5, 9, 16} || lefts == std::vector<Number>{0, 32};
     },
     "a.insert 0 0\na.insert 32 0\n"},
    {"SeveralNamesAtOnce", "a.insert 0 0\na.insert 3 1\nb.insert 1 1\nb.insert 2 0\na.equals b\n",
     [](const Program& p) {
         const auto lefts = numbers_of(p, 0);
         return p.size() == 5 && p[2].target == Register::b && p[3].target == Register::b &&
                p[4].verb == Verb::equals && p[4].source == Register::b &&
                numbers_of(p, 1) == std::vector<Number>{0, 1, 1, 0, 0} &&
                (lefts == std::vector<Number>{0, 3, 1, 2, 0} || lefts == std::vector<Number>{0, 1, 0, 1, 0});
     },
     "a.insert 0 0\na.insert 1 1\nb.insert 0 1\nb.insert 1 0\na.equals b\n"},
};

class EachFarTaste : public testing::TestWithParam<Taste> {};

TEST_P(EachFarTaste, IsMet) {
    const Subject& subject = *find_subject("two-maps");
    std::optional<Program> next = parse(GetParam().before);
    ASSERT_TRUE(GetParam().fails(*next));
    Program best;
    while (next) {
        best = minimize(*next, GetParam().fails).program;
        next = find_simpler(subject, best, GetParam().fails, true);
    }
    EXPECT_EQ(print(best), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(Minimize, EachFarTaste, testing::ValuesIn(far_tastes),
                         [](const auto& taste) { return std::string{taste.param.name}; });

class EachTaste : public testing::TestWithParam<Taste> {};

TEST_P(EachTaste, IsMet) {
    const Program before = parse(GetParam().before);
    ASSERT_TRUE(GetParam().fails(before));
    const Minimum minimum = minimize(before, GetParam().fails);
    EXPECT_EQ(print(minimum.program), GetParam().after);
    EXPECT_TRUE(minimum.finished);
}

TEST_P(EachTaste, IsANormalForm) {
    const Program after = parse(GetParam().after);
    EXPECT_EQ(print(minimize(after, GetParam().fails).program), GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(Minimize, EachTaste, testing::ValuesIn(tastes),
                         [](const auto& taste) { return std::string{taste.param.name}; });

TEST(Minimize, AsksOnlyAboutSimplerPrograms) {
    const Program start = parse(tastes[2].before);
    minimize(start, [&](const Program& candidate) {
        EXPECT_TRUE(simpler(candidate, start)) << print(candidate);
        return tastes[2].fails(candidate);
    });
}

TEST(Minimize, AsksNothingTwice) {
    std::set<Program> asked;
    minimize(parse(tastes[2].before), [&](const Program& candidate) {
        EXPECT_TRUE(asked.insert(candidate).second) << print(candidate);
        return tastes[2].fails(candidate);
    });
}

TEST(Minimize, CountsWhatItAsks) {
    std::size_t asked = 0;
    const Minimum minimum = minimize(parse(tastes[2].before), [&](const Program& candidate) {
        ++asked;
        return tastes[2].fails(candidate);
    });
    EXPECT_EQ(minimum.evaluations, asked);
}

TEST(Minimize, SaysThatItsBudgetOfEvaluationsRanOut) {
    const Minimum minimum = minimize(parse(tastes[2].before), tastes[2].fails, {.evaluations = 3});
    EXPECT_FALSE(minimum.finished);
    EXPECT_EQ(minimum.evaluations, 3U);
    EXPECT_TRUE(tastes[2].fails(minimum.program));
}

TEST(Minimize, SaysThatItsTimeRanOut) {
    const Minimum minimum =
        minimize(parse(tastes[2].before), tastes[2].fails, {.time = std::chrono::milliseconds{0}});
    EXPECT_FALSE(minimum.finished);
    EXPECT_EQ(print(minimum.program), tastes[2].before);
}

TEST(Minimize, EndsWhenItIsToldTo) {
    std::size_t told = 0;
    const auto go_on = [&](const MinimizeProgress& progress) {
        EXPECT_EQ(progress.evaluations, told);
        return ++told < 4;
    };
    const Minimum minimum = minimize(parse(tastes[2].before), tastes[2].fails, {.go_on = go_on});
    EXPECT_FALSE(minimum.finished);
    EXPECT_EQ(minimum.evaluations, 3U);
    EXPECT_TRUE(tastes[2].fails(minimum.program));
}

TEST(Minimize, GathersNoMoreThanARangeCanHave) {
    Program program;
    for (Number i = 0; i < 70; ++i)
        program.push_back(parse("a.insert " + std::to_string(i % number_limit) + " 0").front());
    const Minimum minimum = minimize(program, [](const Program& candidate) {
        EXPECT_EQ(decode(encode(candidate)), candidate);
        return pairs_offered_by(candidate) > number_limit;
    });
    EXPECT_EQ(minimum.program.size(), 2U) << print(minimum.program);
}

TEST(Minimize, OfALongProgramEndsWithItsBudget) {  // once it went on making candidates, for hours
    const Program program(20'000, parse("c.inverse.assign_right 7 8 !hash=3").front());
    const Minimum minimum = minimize(program, [](const Program&) { return false; }, {.evaluations = 10});
    EXPECT_EQ(minimum.program, program);
    EXPECT_EQ(minimum.evaluations, 10U);
}

// --- Failures of subjects
// ----------------------------------------------------------------------------------------

/// One planted bug, met again and again.
class MinimizeFailure : public testing::Test {
  protected:
    Reproducer minimized(const Program& program) {
        const Verdict verdict = check_(program);
        return minimize_failure(mutant_, program, verdict, std::ref(check_));
    }

    /// The failing Program of a seed, of 20 Operations.
    Program failing(std::uint64_t seed) {
        Random random{seed};
        while (true) {
            const Program program = generate(random, mutant_, 39);
            if (program.size() == 20 && !check_(program).holds()) return program;
        }
    }

    const Subject mutant_ =
        make_subject<mutants::CrossCaseEvictsOne>("mutant/cross-case-evicts-one", "row 11");
    Checker check_{mutant_};
};

TEST_F(MinimizeFailure, EndsInOneTextWhateverTheSeedWithinAHundredEvaluations) {
    std::set<std::string> texts;
    std::size_t evaluations = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        const Reproducer reproducer = minimized(failing(seed));
        texts.insert(print(reproducer.program));
        evaluations += reproducer.evaluations;
    }
    EXPECT_EQ(texts, std::set<std::string>{"a.insert 0 0\na.insert 1 1\na.force 0 1\n"});
    EXPECT_LE(evaluations / 100, 100U);
    RecordProperty("evaluations_on_average", std::to_string(evaluations / 100));
}

TEST_F(MinimizeFailure, CutsOffWhatComesAfterTheFailureFirst) {
    const Program program = parse(
        "a.insert 0 0\na.insert 1 1\na.force 0 1\na.clear\na.clear\na.clear\na.clear\na.clear\na.clear\n");
    std::vector<std::size_t> sizes;
    minimize_failure(mutant_, program, check_(program), [&](const Program& candidate) {
        sizes.push_back(candidate.size());
        return check_(candidate);
    });
    ASSERT_FALSE(sizes.empty());
    EXPECT_EQ(sizes.front(), 3U);
    EXPECT_EQ(*std::max_element(sizes.begin(), sizes.end()), 3U);
}

TEST(RepeatedUntilItFails, IsTheProgramAsOftenAsItTakes) {
    const Subject subject = make_subject<mutants::DuplicateLeaks>("mutant/duplicate-leaks", "row 1");
    Checker check{subject};
    const auto repeated = [&](const char* text) {
        const Reproducer found = repeated_until_it_fails(parse(text), std::ref(check));
        EXPECT_EQ(found.verdict, check(found.program));
        return print(found.program);
    };
    ASSERT_TRUE(check(parse("a.insert 0 0")).holds());
    EXPECT_EQ(repeated("a.insert 0 0"), "a.insert 0 0\na.insert 0 0\n");
    EXPECT_EQ(repeated("a.insert 0 0\na.insert 0 0"), "a.insert 0 0\na.insert 0 0\n");
    EXPECT_EQ(repeated("a.erase_left 0"), "a.erase_left 0\n");
}

TEST_F(MinimizeFailure, TriesOnlyWhatTheSubjectOffers) {
    const Program program = failing(1);
    minimize_failure(mutant_, program, check_(program), [&](const Program& candidate) {
        EXPECT_EQ(offered(mutant_, candidate), candidate);
        return check_(candidate);
    });
}

TEST_F(MinimizeFailure, ChangesNothingInWhatIsMinimal) {
    const Program minimal = parse("a.insert 0 0\na.insert 1 1\na.force 0 1\n");
    EXPECT_EQ(minimized(minimal).program, minimal);
}

TEST_F(MinimizeFailure, HandsOutTheVerdictOnWhatTheProgramBecame) {
    const Reproducer reproducer = minimized(failing(3));
    EXPECT_EQ(reproducer.verdict, check_(reproducer.program));
    EXPECT_TRUE(reproducer.finished);
}

/// Two bugs at once: a stale inverse, and a size that drifts.
struct TwoBugs : mutants::SizeDrift {
    static bool force(Map& map, const mutants::L& left, const mutants::R& right) {
        return mutants::StaleInverse::force(map, left, right);
    }
};

/// A map that dies of some pairs: about every second Program has one.
struct Brittle : mutants::Sound {
    static bool insert(Map& map, const mutants::L& left, const mutants::R& right) {
        if (left.number() % 4 == 1) std::raise(SIGSEGV);
        return mutants::Sound::insert(map, left, right);
    }
};

TEST(MinimizeCrash, OfASubjectThatDiesOnEverySecondProgramTakesLessThanTenSeconds) {
    const Subject brittle = make_subject<Brittle>("brittle", "dies often");
    Isolated check{brittle};
    Random random{2};
    int died = 0;
    constexpr int programs = 40;
    for (int i = 0; i < programs; ++i) {
        const Program program = generate(random, brittle, 39);
        const Verdict verdict = check(program);
        if (verdict.holds()) continue;
        ++died;
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(print(minimize_failure(brittle, program, verdict, std::ref(check)).program),
                  "a.insert 1 0\n");
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{10});
    }
    EXPECT_GE(died, programs / 3);
    EXPECT_LE(died, programs * 2 / 3);
}

/// Clears nothing the second time, and dies the third time.
struct ClearsOnce : mutants::Sound {
    struct Map : mutants::Sound::Map {
        int clears = 0;
    };
    static Map make() { return {}; }
    static void clear(Map& map) {
        if (++map.clears == 3) std::raise(SIGABRT);
        if (map.clears != 2) mutants::Sound::clear(map);
    }
};

TEST(MinimizeRepeated, IsWrittenOutWhatEndsTheProcessWhenNobodyLooksAnyMore) {
    const Subject subject = make_subject<ClearsOnce>("clears-once", "");
    Isolated check{subject};
    const Program program = parse("a.insert 1 2\na.clear\n");
    const Verdict verdict = check(program);
    ASSERT_EQ(verdict.kind, Verdict::Kind::crashes);
    ASSERT_EQ(verdict.at, program.size() + 1);
    const Reproducer minimal = minimize_failure(subject, program, verdict, std::ref(check));
    EXPECT_EQ(print(minimal.program), "a.clear\na.insert 0 0\na.clear\n");
    EXPECT_EQ(minimal.verdict.kind, Verdict::Kind::diverges);
}

TEST(MinimizeRepeated, IsNotExchangedForLessWhatSaysWhatWentWrong) {
    const Subject subject = make_subject<mutants::Sound>("sound", "");
    const Program given = parse("a.insert 0 0\na.clear\n");
    const auto check = [&](const Program& program) -> Verdict {
        if (program.empty()) return {};
        if (program.size() > given.size())
            return {.kind = Verdict::Kind::diverges, .aspect = Verdict::Aspect::content};
        return {.kind = Verdict::Kind::crashes, .at = program.size() + 1, .what = "written behind a block"};
    };
    EXPECT_EQ(minimize_failure(subject, given, check(given), check).verdict.what, "written behind a block");
}

TEST(MinimizeLeaks, TakesWhatIsLostForOneWhetherItOwnsItselfOrNot) {
    const Subject subject = make_subject<mutants::Sound>("sound", "");
    const auto check = [](const Program& program) -> Verdict {
        if (program.empty()) return {};
        return {.kind = Verdict::Kind::leaks,
                .sign = Verdict::Sign::blocks,
                .leak = program.size() == 1 ? LeakKind::lost : LeakKind::cyclic};
    };
    const Program given = parse("a.insert 0 0\na.insert 1 1\na.clear\n");
    EXPECT_EQ(print(minimize_failure(subject, given, check(given), check).program), "a.insert 0 0\n");
}

TEST(MinimizeTwoBugs, EachFailureStaysTheOneThatItWas) {
    const Subject subject = make_subject<TwoBugs>("mutant/two-bugs", "rows 10 and 26");
    Checker check{subject};
    const auto minimal = [&](const char* text) {
        const Program program = parse(text);
        return print(minimize_failure(subject, program, check(program), std::ref(check)).program);
    };
    const char* const size_first = "a.insert 3 3\na.insert 1 2\na.erase_right 2\na.force 3 1\na.clear\n";
    const char* const content_first = "a.insert 3 3\na.insert 1 2\na.force 3 1\na.erase_right 2\na.clear\n";
    EXPECT_EQ(minimal(size_first), "a.insert 0 0\na.erase_right 0\n");
    EXPECT_EQ(minimal(content_first), "a.insert 0 0\na.force 0 1\n");
}

/// Four bugs at once: a stale inverse, a size that drifts, duplicates that leak, and a wrong equality.
struct FourBugs : TwoBugs {
    static bool insert(Map& map, const mutants::L& left, const mutants::R& right) {
        return mutants::DuplicateLeaks::insert(map, left, right);
    }
    static bool equal(const Map& one, const Map& other) { return mutants::EqualBySize::equal(one, other); }
    static Promises promises() {  // without faults, which would show more than these four
        Promises promises = TwoBugs::promises();
        promises.faults.reset();
        return promises;
    }
};

TEST(MinimizeFourBugs, EachFailureStaysTheOneThatItWasWhateverTheSeed) {
    const Subject subject = make_subject<FourBugs>("mutant/four-bugs", "rows 1, 10, 18 and 26");
    Isolated check{subject};
    Random random{1};
    std::map<Identity, std::set<std::string>> minima;
    for (int found = 0; found < 500;) {
        const Program program = generate(random, subject, 30);
        const Verdict verdict = check(program);
        if (verdict.holds()) continue;
        ++found;
        const Reproducer minimal = minimize_failure(subject, program, verdict, std::ref(check));
        ASSERT_EQ(identity_of(minimal.verdict), identity_of(verdict)) << print(program);
        minima[identity_of(verdict)].insert(print(minimal.program));
    }
    std::set<std::string> texts;
    for (const auto& [identity, programs] : minima) {
        EXPECT_EQ(programs.size(), 1U) << testing::PrintToString(programs);
        texts.insert(programs.begin(), programs.end());
    }
    const std::set<std::string> expected{"a.insert 0 0\na.erase_right 0\n", "a.insert 0 0\na.force 0 1\n",
                                         "a.insert 0 0\na.insert 0 0\n",
                                         "a.insert 0 0\nb.insert 0 1\na.equals b\n"};
    EXPECT_EQ(texts, expected);
}

// --- What the passes cannot reach
// ----------------------------------------------------------------------------------

struct Reach {
    const char* name;
    const char* before;
    std::function<bool(const Program&)> fails;
    const char* after;
};

const Reach reaches[]{
    {"AnotherCallDoesItToo", "a.insert 0 0\na.shrink_to_fit\n",
     [](const Program& p) {
         return before_last(p).size() > 0 && (p.back().verb == Verb::shrink_to_fit ||
                                              (p.back().verb == Verb::reserve && p.back().numbers[0] > 4));
     },
     "a.insert 0 0\na.reserve 5\n"},
    {"AFaultOfASimplerKindDoesItToo", "a.emplace 0 0 !move=1\n",
     [](const Program& p) {
         return p.size() == 1 &&
                p[0].fault.kind == (p[0].verb == Verb::emplace ? Fault::Kind::move : Fault::Kind::copy);
     },
     "a.insert 0 0 !copy=1\n"},
    {"TwoCallsDoWhatThreePlainOnesDo", "a.insert 0 0\na.erase_left 0\na.erase_left 0\n",
     [](const Program& p) {
         return (p.size() == 3 && count_of(p, Verb::erase) == 2) ||
                (p.size() == 2 && p.back().verb == Verb::retain);
     },
     "a.insert 0 0\na.retain_left 0 0\n"},
};

TEST(FindSimpler, ReachesWhatThePassesCannot) {
    const Subject& subject = *find_subject("bimap/hashed");
    for (const Reach& reach : reaches) {
        const auto as_verdict = [&](const Program& program) {
            return reach.fails(program) ? Verdict{.kind = Verdict::Kind::crashes} : Verdict{};
        };
        const Program before = parse(reach.before);
        ASSERT_TRUE(reach.fails(before)) << reach.name;
        const Verdict verdict{.kind = Verdict::Kind::crashes, .at = before.size()};
        EXPECT_EQ(print(minimize_failure(subject, before, verdict, as_verdict).program), reach.after)
            << reach.name;
        EXPECT_EQ(print(minimize(before, reach.fails).program), reach.before) << reach.name;
    }
}

}  // namespace
}  // namespace bimap::properties
