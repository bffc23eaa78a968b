// SPDX-License-Identifier: BSL-1.0
// The enumeration: the simplest first, nothing twice under another name, and nothing left out.
#include "properties/exhaust.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "properties/check.hpp"
#include "properties/subjects/mutants/mutant.hpp"
#include "properties/tests/fingerprinter.hpp"
#include "properties/tests/looking_away.hpp"
#include "properties/tests/two_map_mutants.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

/// Offers little, so that everything over it can be written out: insert, erase_left, and what whole maps
/// always have. Its sides are hashed, or ordered.
struct Little {
    using Left = mutants::L;
    using Right = mutants::R;
    struct Map {
        Map() = default;
        Map(const Map&) = delete;
        Map& operator=(const Map&) = delete;
    };
    Orders order;

    static Map make() { return {}; }
    [[nodiscard]] Promises promises() const {
        return {.order = order, .strong = {}, .lossless = {}, .faults = {}};
    }
    static bool insert(Map&, const Left&, const Right&) { return true; }
    static bool erase_left(Map&, const Left&) { return true; }
    static const Right* find_left(Map&, const Left&) { return nullptr; }
    static const Left* find_right(Map&, const Right&) { return nullptr; }
    static void for_each_left(Map&, auto) {}
    static void for_each_right(Map&, auto) {}
};

constexpr Orders hashed{Order::any, Order::any};

Subject little(const Orders& order) { return make_subject("little", "little", Little{order}); }

std::vector<Program> everything(const Alphabet& alphabet, const Subject& subject, std::size_t longest) {
    std::vector<Program> all;
    const auto visited = exhaust(alphabet, subject, longest, [&](const Program& program) {
        all.push_back(program);
        return true;
    });
    EXPECT_EQ(visited, all.size());
    return all;
}

/// Whether two Operations of a Program that offers no faults may change places.
bool independent(const Operation& one, const Operation& other) {
    const auto registers = [](const Operation& operation) {
        std::set<Register> all{operation.target};
        if (shape_of(operation.verb).takes_register) all.insert(operation.source);
        return all;
    };
    const auto mine = registers(one);
    const auto theirs = registers(other);
    return std::none_of(mine.begin(), mine.end(), [&](Register which) { return theirs.contains(which); });
}

/// The simplest Program that this one becomes when neighbours that are independent change places.
Program in_simplest_order(Program rest) {
    Program ordered;
    while (!rest.empty()) {
        auto next = rest.begin();
        for (auto candidate = rest.begin(); candidate != rest.end(); ++candidate)
            if (*candidate < *next &&
                std::all_of(
                    rest.begin(), candidate,
                    [&](const Operation& earlier) { return independent(earlier, *candidate); }))
                next = candidate;
        ordered.push_back(*next);
        rest.erase(next);
    }
    return ordered;
}

/// The simplest Program that this one becomes when the values of each hashed side, and the registers, change
/// names, and independent neighbours their places.
Program canonical(const Program& program, const Alphabet& alphabet, const Orders& order) {
    std::array<std::vector<Number>, 2> names;
    for (auto& side : names)
        for (Number value = 0; value < alphabet.values; ++value) side.push_back(value);
    std::vector<std::size_t> registers;
    for (std::size_t i = 0; i < alphabet.registers; ++i) registers.push_back(i);
    Program best = alphabet.only_up_to_order ? in_simplest_order(program) : program;
    do {
        do {
            do {
                Program renamed = program;
                for (Operation& operation : renamed) {
                    operation.target = static_cast<Register>(registers[index_of(operation.target)]);
                    if (shape_of(operation.verb).takes_register)
                        operation.source = static_cast<Register>(registers[index_of(operation.source)]);
                    for (std::size_t i = 0; i < 2; ++i)
                        if (holds_element(shape_of(operation.verb).slots[i]))
                            operation.numbers[i] = names[static_cast<std::size_t>(map_side_of(operation, i))]
                                                        [operation.numbers[i]];
                }
                best = std::min(best, alphabet.only_up_to_order ? in_simplest_order(renamed) : renamed);
            } while (std::next_permutation(registers.begin(), registers.end()));
        } while (order[1] != Order::sorted && std::next_permutation(names[1].begin(), names[1].end()));
    } while (order[0] != Order::sorted && std::next_permutation(names[0].begin(), names[0].end()));
    return best;
}

TEST(Exhaust, GoesFromTheSimplestToTheLessSimple) {
    for (const char* const name : {"bimap/hashed", "tricky-leaks/none", "two-maps"}) {
        const auto all = everything({.registers = 1, .faults = {}}, *find_subject(name), 2);
        for (std::size_t i = 1; i < all.size(); ++i)
            ASSERT_TRUE(simpler(all[i - 1], all[i])) << print(all[i]);
    }
}

TEST(Exhaust, ShowsNoProgramUnderTwoNames) {
    const Alphabet alphabet{.values = 3, .registers = 2, .only_up_to_order = false};
    const Subject subject = little(hashed);
    std::set<Program> seen;
    for (const Program& program : everything(alphabet, subject, 3))
        ASSERT_TRUE(seen.insert(canonical(program, alphabet, hashed)).second) << print(program);
}

void expect_nothing_left_out(const Orders& order, const Alphabet& alphabet, std::size_t longest) {
    const Subject subject = little(order);
    Alphabet with_all_names = alphabet;
    with_all_names.only_up_to_renaming = false;
    with_all_names.only_up_to_order = false;
    std::set<Program> expected;
    for (const Program& program : everything(with_all_names, subject, longest))
        expected.insert(canonical(program, alphabet, order));
    const auto all = everything(alphabet, subject, longest);
    const std::set<Program> visited(all.begin(), all.end());
    EXPECT_TRUE(std::includes(visited.begin(), visited.end(), expected.begin(), expected.end()));
    if (!alphabet.only_up_to_order) {
        EXPECT_EQ(visited, expected);
    }
}

TEST(Exhaust, LeavesNothingOutOnHashedSides) {
    expect_nothing_left_out(hashed, {.values = 3, .registers = 2, .only_up_to_order = false}, 3);
    expect_nothing_left_out(hashed, {.values = 2, .registers = 2}, 3);
}

TEST(Exhaust, LeavesNothingOutWhereOneSideIsOrdered) {
    expect_nothing_left_out({Order::sorted, Order::any}, {.values = 2, .registers = 2, .faults = {}}, 3);
}

TEST(Exhaust, LeavesNothingOutWithFaultsAndReferences) {
    expect_nothing_left_out(
        hashed, {.values = 2, .registers = 1, .references = true, .faults = {{Fault::Kind::alloc, 1}}}, 2);
}

TEST(Exhaust, ShowsEveryProgramWhereNamesAreKept) {
    const Subject subject = little(hashed);
    const Alphabet alphabet{
        .values = 2, .registers = 2, .faults = {}, .only_up_to_renaming = false, .only_up_to_order = false};
    const std::size_t operations = operations_over(alphabet, subject).size();
    EXPECT_EQ(everything(alphabet, subject, 3).size(),
              operations + operations * operations + operations * operations * operations);
}

TEST(Exhaust, ShowsOneFaultAtMost) {
    const Alphabet alphabet{.values = 1, .registers = 1, .faults = {{Fault::Kind::alloc, 1}}};
    std::size_t with_a_fault = 0;
    for (const Program& program : everything(alphabet, little(hashed), 2)) {
        const auto faulted = std::count_if(program.begin(), program.end(),
                                           [](const Operation& o) { return o.fault != Fault{}; });
        EXPECT_LE(faulted, 1) << print(program);
        with_a_fault += faulted == 1 ? 1 : 0;
    }
    EXPECT_GT(with_a_fault, 0U);
}

/// Explores, and asks about one Program after the other.
std::uint64_t explore_singly(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                             const std::function<std::optional<Fingerprint>(const Program&)>& visit) {
    return explore(alphabet, subject, longest, [&](std::span<const Program> programs) {
        std::vector<Fingerprint> ends;
        for (const Program& program : programs) {
            const auto end = visit(program);
            if (!end) break;
            ends.push_back(*end);
        }
        return ends;
    });
}

/// A map that can only be searched.
struct Searched {
    using Left = int;
    using Right = int;
    using Map = TwoMaps<int, int>;
    static bool insert(Map& map, int l, int r) { return TwoMapsSubject<int, int>::insert(map, l, r); }
    static auto find_left(const Map& map, int l) { return TwoMapsSubject<int, int>::find_left(map, l); }
};

TEST(Fingerprint, IsOfWhatIsFoundWhereNothingElseShows) {
    const Subject subject = make_subject<Searched>("searched", "");
    Fingerprinter fingerprint{subject};
    const auto of = [&](const char* program) { return fingerprint(parse(program)); };
    EXPECT_NE(of("a.insert 0 0\nb.insert 0 0"), of("a.insert 0 0\nb.insert 1 1"));
    EXPECT_EQ(of("a.insert 0 0\nb.insert 1 1"), of("b.insert 1 1\na.insert 0 0"));
}

/// Every state that Programs of so many Operations lead to.
std::set<Fingerprint> states(const Alphabet& alphabet, std::size_t longest, bool all,
                             std::uint64_t& visited) {
    const Subject& subject = *find_subject("two-maps");
    Fingerprinter fingerprint{subject};
    std::set<Fingerprint> seen;
    const auto note = [&](const Program& program) { return *seen.insert(fingerprint(program)).first; };
    visited =
        all ? exhaust(alphabet, subject, longest, [&](const Program& program) { return note(program), true; })
            : explore_singly(alphabet, subject, longest, note);
    return seen;
}

void expect_every_state(const Alphabet& alphabet, std::size_t longest) {
    std::uint64_t all = 0;
    std::uint64_t some = 0;
    EXPECT_EQ(states(alphabet, longest, true, all), states(alphabet, longest, false, some));
    EXPECT_LT(some * 5, all);
}

TEST(Explore, ReachesEveryStateThatTheFullEnumerationReaches) { expect_every_state({.registers = 1}, 3); }

TEST(Explore, ReachesEveryStateWithTwoMaps) { expect_every_state({.registers = 2}, 3); }

bool has_fault(const Program& program) {
    return std::any_of(program.begin(), program.end(), [](const Operation& o) { return o.fault != Fault{}; });
}

TEST(Explore, GoesOnWithAFaultFromWhatOnlyAFaultLedToBefore) {
    const Alphabet alphabet{.registers = 1, .faults = {{Fault::Kind::alloc, 1}}};
    bool went_on = false;
    explore_singly(alphabet, little(hashed), 3, [&](const Program& program) {
        went_on = went_on || (program.size() == 3 && program.back().fault != Fault{});
        return std::optional<Fingerprint>{program.size() + (has_fault(program) ? 1 : 0)};
    });
    EXPECT_TRUE(went_on);
}

TEST(Explore, ShowsEveryProgramOfTheFirstLength) {
    const Subject& subject = *find_subject("two-maps");
    const Alphabet alphabet{.registers = 1, .faults = first_faults(subject, 15)};
    std::vector<Program> all;
    const auto shown = explore_singly(alphabet, subject, 1, [&](const Program& program) {
        all.push_back(program);
        return std::optional<Fingerprint>{0};
    });
    EXPECT_GT(shown, 256U);  // more than are shown at a time
    EXPECT_EQ(all, everything(alphabet, subject, 1));
}

/// The first Program that fails.
Program first_failure(const Subject& subject, bool all) {
    const LookingAway while_it_leaks;
    const Alphabet alphabet{.registers = 1};
    Checker check{subject};
    Fingerprinter fingerprint{subject};
    Program failure;
    const auto fails = [&](const Program& program) {
        if (!check(program).holds()) failure = program;
        return !failure.empty();
    };
    if (all)
        exhaust(alphabet, subject, 3, [&](const Program& program) { return !fails(program); });
    else
        explore_singly(alphabet, subject, 3, [&](const Program& program) {
            return fails(program) ? std::nullopt : std::optional{fingerprint(program)};
        });
    return failure;
}

TEST(Explore, FindsTheMinimumThatTheFullEnumerationFinds) {
    for (const char* const name :
         {"two-maps", "tricky-leaks/overwritten", "tricky-leaks/rivals", "tricky-leaks/trash"}) {
        const Subject& subject = *find_subject(name);
        EXPECT_EQ(print(first_failure(subject, true)), print(first_failure(subject, false))) << name;
    }
}

/// Tries every fault at every point of every call, after whatever up to two calls lead to: of each kind the
/// first, the second, … event fails, until there is none. Returns: the first Program that fails, or nothing.
Program first_failure_by_fault(const Subject& subject) {
    const LookingAway while_it_leaks;
    const Alphabet alphabet{.registers = 1, .faults = first_faults(subject, 15)};
    Checker check{subject};
    Fingerprinter fingerprint{subject};
    std::set<Program> without_such_events;
    Program failure;
    explore_singly(alphabet, subject, 3, [&](const Program& program) -> std::optional<Fingerprint> {
        Program any_event = program;
        any_event.back().fault.nth = 0;
        if (without_such_events.contains(any_event)) return Fingerprint{};
        if (!check(program).holds()) {
            failure = program;
            return std::nullopt;
        }
        const Fingerprint end = fingerprint(program);  // runs it once, so that the Ledger knows what fired
        if (program.back().fault != Fault{} && !ledger.fired()) without_such_events.insert(any_event);
        return end;
    });
    return failure;
}

class EveryFaultPoint : public testing::TestWithParam<const char*> {};

TEST_P(EveryFaultPoint, OfEveryProgramOfThreeCallsDoesNoHarm) {
    EXPECT_EQ(print(first_failure_by_fault(*find_subject(GetParam()))), "");
}

INSTANTIATE_TEST_SUITE_P(Subjects, EveryFaultPoint,
                         testing::Values("bimap/hashed", "bimap/ordered", "bimap/sequenced", "bimap/mixed",
                                         "bimap/strings", "bimap/move-only", "bimap/throwing",
                                         "bimap/colliding"));

TEST(FaultPoints, AreTriedWhereAPlantedBugWaits) {
    for (const char* const name : {"mutant/rollback-leaves-link", "mutant/constructor-throws-leaks"})
        EXPECT_NE(print(first_failure_by_fault(*find_mutant(name))), "") << name;
}

TEST(Exhaust, StopsWhenItIsTold) {
    std::size_t seen = 0;
    const auto visited =
        exhaust({}, *find_subject("two-maps"), 5, [&](const Program&) { return ++seen < 100; });
    EXPECT_EQ(seen, 100U);
    EXPECT_EQ(visited, 100U);
}

TEST(Exhaust, BeginsWithAnInsertion) {
    exhaust({}, *find_subject("two-maps"), 1, [](const Program& program) {
        EXPECT_EQ(print(program), "a.insert 0 0\n");
        return false;
    });
}

TEST(OperationsOver, AreThoseThatAreWrittenOutByHand) {
    const std::string plain[]{"a.insert 0 0",   "a.insert 0 1",   "a.insert 1 0",  "a.insert 1 1",
                              "a.erase_left 0", "a.erase_left 1", "a = empty",     "a.find_left 0",
                              "a.find_left 1",  "a.find_right 0", "a.find_right 1"};
    std::string expected;
    for (const auto& line : plain) expected += line + '\n';
    for (const auto& line : plain) expected += line + " !copy=2\n";
    std::string text;
    for (const Operation& operation :
         operations_over({.values = 2, .registers = 1, .faults = {{Fault::Kind::copy, 2}}}, little(hashed)))
        text += print(operation) + '\n';
    EXPECT_EQ(text, expected);
}

TEST(OperationsOver, AreOfferedNormalizedAndInOrder) {
    for (const Subject& subject : subjects()) {
        const auto all = operations_over({.references = true, .faults = {{Fault::Kind::alloc, 1}}}, subject);
        EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
        EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
        for (const Operation& operation : all) {
            ASSERT_TRUE(subject.offer.contains(operation)) << subject.name << ' ' << print(operation);
            ASSERT_EQ(normalized(operation), operation);
        }
    }
}

}  // namespace
}  // namespace bimap::properties
