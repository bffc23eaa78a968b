// SPDX-License-Identifier: BSL-1.0
// The generator: the same seed is the same Program everywhere, no operation starves, and collisions are the
// rule.
#include "properties/generate.hpp"

#include <gtest/gtest.h>

#include <set>

#include "properties/model.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

const Subject& ordered() { return *find_subject("bimap/ordered"); }

TEST(Random, GivesTheSameNumbersEverywhere) {
    Random random{0};
    EXPECT_EQ(random.next(), 0xE220A8397B1DCDAFU);
    EXPECT_EQ(random.next(), 0x6E789E6AA1B965F4U);
}

TEST(Generate, GivesTheGoldenProgramOfSeedThree) {
    Random random{3};
    EXPECT_EQ(print(generate(random, *find_subject("two-maps"), 12)),
              "c.erase_left 0\nb.swap b\nb.force &48 0\nc.erase_left 48\nc.insert 16 32 !compare=3\n"
              "c.erase_left 16\na.erase_left 0\nb.insert 48 16 !alloc=3\nb.erase_left 0\nc.erase_left &32\n");
}

TEST(Generate, GivesTheSameProgramForTheSameSeed) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Random one{seed};
        Random other{seed};
        EXPECT_EQ(generate(one, ordered(), 30), generate(other, ordered(), 30));
    }
}

TEST(Generate, GivesManyPrograms) {
    Random random{1};
    std::set<Program> programs;
    for (int i = 0; i < 1000; ++i) programs.insert(generate(random, ordered(), 30));
    EXPECT_GT(programs.size(), 950U);
}

TEST(Generate, GivesOnlyWhatIsOfferedAndNormalized) {
    Random random{1};
    for (const Subject& subject : subjects())
        for (int i = 0; i < 200; ++i) {
            const Program program = generate(random, subject, 30);
            ASSERT_FALSE(program.empty());
            ASSERT_LE(program.size(), 30U + 2 * number_limit);  // of which the first ones may be many pairs
            ASSERT_EQ(offered(subject, program), program) << subject.name;
            for (const Operation& operation : program) ASSERT_EQ(normalized(operation), operation);
        }
}

TEST(Generate, StarvesNoOperation) {
    Random random{1};
    for (const Subject& subject : subjects()) {
        Offer drawn;
        for (int i = 0; i < 1000; ++i)
            for (const Operation& operation : generate(random, subject, 30))
                drawn.add(operation.verb, operation.side, operation.inverse);
        for (std::size_t verb = 0; verb < verb_count; ++verb)
            for (const Side side : {Side::left, Side::right})
                for (const bool inverse : {false, true})
                    EXPECT_EQ(drawn.contains(static_cast<Verb>(verb), side, inverse),
                              subject.offer.contains(static_cast<Verb>(verb), side, inverse))
                        << subject.name << ' ' << name_of(static_cast<Verb>(verb), side);
    }
}

TEST(Generate, DrawsEveryFaultThatCanHappenAndNoOther) {
    Random random{1};
    for (const Subject& subject : subjects()) {
        std::bitset<fault_kind_count> drawn;
        for (int i = 0; i < 1000; ++i)
            for (const Operation& operation : generate(random, subject, 30))
                if (operation.fault != Fault{}) drawn.set(static_cast<std::size_t>(operation.fault.kind));
        EXPECT_EQ(drawn, subject.promises.faults) << subject.name;
    }
}

/// Whether the Operation meets a pair that is in its way, on the left and on the right.
std::array<bool, 2> conflicts(const Model& model, const Operation& operation) {
    const auto [first, second] = operation.numbers;
    const Number left = operation.inverse ? second : first;
    const Number right = operation.inverse ? first : second;
    return {model.partner(Side::left, left).has_value(), model.partner(Side::right, right).has_value()};
}

TEST(Generate, MakesCollisionsTheRule) {
    Random random{1};
    std::size_t insertions = 0;
    std::size_t conflicting = 0;
    std::size_t crossing = 0;
    for (int i = 0; i < 1000; ++i) {
        Models models;
        for (const Operation& operation : generate(random, ordered(), 30)) {
            Model& model = models[index_of(operation.target)];
            if (operation.verb == Verb::insert || operation.verb == Verb::force) {
                const auto [left, right] = conflicts(model, operation);
                ++insertions;
                conflicting += left || right ? 1 : 0;
                crossing += left && right ? 1 : 0;
            }
            expect(models, operation, {}, {Order::sorted, Order::sorted});
        }
    }
    EXPECT_GT(conflicting * 3, insertions);
    EXPECT_GT(crossing * 10, insertions);
}

TEST(Generate, LetsMapsMeetThatCrossAndFailsLateInTheirMeeting) {
    Random random{1};
    std::size_t crossing = 0;
    std::size_t failing_late = 0;
    for (int i = 0; i < 20'000; ++i) {
        Models models;
        for (const Operation& operation : generate(random, ordered(), 30)) {
            const Model& target = models[index_of(operation.target)];
            const Model& source = models[index_of(operation.source)];
            if (operation.verb == Verb::force_all || operation.verb == Verb::insert_all ||
                operation.verb == Verb::merge) {
                const auto theirs = source.in_order(Side::left, Order::any);
                crossing +=
                    std::ranges::count_if(theirs, [&](const Pair& pair) {
                        const auto partner = target.partner(Side::left, pair.left);
                        return partner && *partner != pair.right && target.partner(Side::right, pair.right);
                    }) > 2;
                failing_late += operation.fault.nth > 12 ? 1 : 0;
            }
            expect(models, operation, {}, {Order::sorted, Order::sorted});
        }
    }
    EXPECT_GT(crossing, 15U);
    EXPECT_GT(failing_late, 60U);
}

TEST(Generate, LetsAMapGrowFurtherWhenItHasBeenEmptied) {
    Random random{1};
    std::array<std::size_t, 3> grown_again{};  // by the magnitude of what was there first: below 5, 20, 64
    for (int i = 0; i < 20'000; ++i) {
        Models models;
        std::size_t most = 0;
        std::size_t before = 0;  // the map was last emptied
        for (const Operation& operation : generate(random, ordered(), 30)) {
            expect(models, operation, {}, {Order::sorted, Order::sorted});
            const std::size_t size = models[0].size();
            most = std::max(most, size);
            if (size == 0) before = std::exchange(most, 0);
            if (before == 0 || size <= before) continue;
            ++grown_again[before < 5 ? 0 : before < 20 ? 1 : 2];
            before = 0;
        }
    }
    EXPECT_GT(grown_again[0], 200U);
    EXPECT_GT(grown_again[1], 40U);
    EXPECT_GT(grown_again[2], 20U);
}

TEST(Generate, ComparesMapsThatAreAlikeButForOnePair) {
    Random random{1};
    std::size_t compared = 0;
    for (int i = 0; i < 20'000; ++i) {
        Models models;
        for (const Operation& operation : generate(random, *find_subject("bimap/hashed"), 30)) {
            if (operation.verb == Verb::equals) {
                const auto one = models[index_of(operation.target)].in_order(Side::left, Order::any);
                const auto other = models[index_of(operation.source)].in_order(Side::left, Order::any);
                const auto has = [&](const Pair& pair) {
                    return std::ranges::find(other, pair) != other.end();
                };
                compared += one.size() == other.size() && one.size() > 2 &&
                            std::ranges::count_if(one, has) + 1 == std::ranges::ssize(one);
            }
            expect(models, operation, {}, {Order::any, Order::any});
        }
    }
    EXPECT_GT(compared, 25U);
}

TEST(Generate, LetsWhatMakesRoomFailAsItCan) {
    Random random{1};
    std::size_t failing = 0;
    for (int i = 0; i < 10'000; ++i)
        for (const Operation& operation : generate(random, *find_subject("bimap/hashed"), 40)) {
            const bool makes_room = operation.verb == Verb::reserve || operation.verb == Verb::shrink_to_fit;
            if (!makes_room || operation.fault == Fault{}) continue;
            ++failing;
            EXPECT_TRUE(operation.fault.kind == Fault::Kind::alloc || lasts(operation.fault.kind) ||
                        operation.fault.kind == Fault::Kind::hash)
                << print(operation);
        }
    EXPECT_GT(failing, 100U);
}

}  // namespace
}  // namespace bimap::properties
