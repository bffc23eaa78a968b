// SPDX-License-Identifier: BSL-1.0
// After reserve(n), insertion allocates nothing until there are more than n pairs, whatever the map went
// through before.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/generate.hpp"
#include "properties/laws.hpp"
#include "properties/ledger.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

template <class Map>
class ReservedRoom : public testing::Test {
  protected:
    using Numbers = std::vector<Number>;

    static Numbers ascending(Number from, Number to) {
        Numbers numbers;
        for (Number i = from; i < to; ++i) numbers.push_back(i);
        return numbers;
    }
    static Numbers descending(Number from, Number to) {
        Numbers numbers = ascending(from, to);
        std::reverse(numbers.begin(), numbers.end());
        return numbers;
    }
    static Numbers shuffled(Number from, Number to) {
        Numbers numbers = ascending(from, to);
        Random random{1};
        for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[random.below(i)]);
        return numbers;
    }

    static void insert(Map& map, const Numbers& numbers) {
        for (const Number n : numbers) map.insert(static_cast<int>(n), -static_cast<int>(n));
    }

    /// Inserts these, and expects that no memory is asked for.
    static void expect_room_for(Map& map, const Numbers& numbers) {
        const Ledger::Listening on{ledger};
        ledger.arm({Fault::Kind::alloc, 1});
        EXPECT_NO_THROW(insert(map, numbers)) << "at a size of " << map.size();
        ledger.disarm();
        EXPECT_EQ(violated_invariant(map), nullptr);
    }
};

using Maps =
    testing::Types<bimap::BiMap<int, int>, bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>,
                   bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>>,
                   bimap::BiMap<int, int, bimap::ordered<>, bimap::sequenced<>>>;
TYPED_TEST_SUITE(ReservedRoom, Maps);

TYPED_TEST(ReservedRoom, IsMadeForAllThatAreInsertedAtOnceIntoAnEmptyMap) {
    TypeParam map{{1, 1}};
    map.clear();
    map.insert_range(std::vector<typename TypeParam::value_type>(1000, {7, 7}));
    EXPECT_EQ(map.size(), 1u);
    EXPECT_GE(map.capacity(), 1000u) << "though most were refused";
}

TYPED_TEST(ReservedRoom, OfManyIsReturnedWhereAMapIsShrunkToFew) {
    ledger.open(0);
    const Ledger::Listening on{ledger};
    TypeParam map;
    this->insert(map, this->ascending(0, 3000));
    erase_if(map, [](const auto& pair) { return pair.first >= 5; });
    map.shrink_to_fit();
    const std::size_t shrunk = ledger.balance().bytes;
    TypeParam fresh;
    this->insert(fresh, this->ascending(0, 5));
    EXPECT_LE(shrunk, 2 * (ledger.balance().bytes - shrunk));
    EXPECT_EQ(violated_invariant(map), nullptr);
}

TYPED_TEST(ReservedRoom, IsThereInAnEmptyMap) {
    for (const auto& numbers :
         {this->ascending(0, 3000), this->descending(0, 3000), this->shuffled(0, 3000)}) {
        TypeParam map;
        map.reserve(numbers.size());
        EXPECT_GE(map.capacity(), numbers.size());
        this->expect_room_for(map, numbers);
    }
}

TYPED_TEST(ReservedRoom, IsWhatTheCapacitySays) {
    for (const std::size_t pairs : {5u, 100u, 1000u}) {
        TypeParam map;
        map.reserve(pairs);
        const auto capacity = static_cast<Number>(map.capacity());
        this->insert(map, this->ascending(0, capacity));
        EXPECT_EQ(map.capacity(), capacity);
        this->insert(map, {capacity});
        EXPECT_GT(map.capacity(), capacity);
    }
}

TYPED_TEST(ReservedRoom, IsThereForOverwritingInAFullMap) {
    for (const Number pairs : {8u, 16u, 64u, 1024u}) {
        TypeParam map;
        map.reserve(pairs);
        this->insert(map, this->ascending(0, pairs));
        const Ledger::Listening on{ledger};
        ledger.arm({Fault::Kind::alloc, 1});
        EXPECT_NO_THROW(map.force(5, -5000)) << "among " << pairs;
        EXPECT_NO_THROW(map.force(2, -7)) << "among " << pairs;
        ledger.disarm();
        EXPECT_EQ(violated_invariant(map), nullptr);
    }
}

TYPED_TEST(ReservedRoom, IsThereForAPairThatIsMadeAndThenRefusedByAFullMap) {
    for (const Number pairs : {8u, 16u, 64u, 1024u}) {
        TypeParam map;
        this->insert(map, {0});
        map.reserve(pairs);
        this->insert(map, this->ascending(1, pairs));
        const Ledger::Listening on{ledger};
        ledger.arm({Fault::Kind::alloc, 1});
        EXPECT_NO_THROW(EXPECT_FALSE(map.emplace(5, -5000))) << "among " << pairs;
        EXPECT_NO_THROW(EXPECT_TRUE(map.force(5, -5000))) << "among " << pairs;
        ledger.disarm();
        EXPECT_EQ(violated_invariant(map), nullptr);
    }
}

TYPED_TEST(ReservedRoom, IsNotMoreForAskingAgain) {
    for (const Number pairs : {1u, 8u, 9u, 1000u}) {
        TypeParam map;
        this->insert(map, this->ascending(0, pairs));
        map.reserve(map.capacity());
        const auto capacity = map.capacity();
        for (int again = 0; again != 3; ++again) map.reserve(map.capacity());
        EXPECT_EQ(map.capacity(), capacity) << "among " << pairs;
    }
}

template <class Map>
class Capacity : public testing::Test {};
using UnsortedMaps =
    testing::Types<bimap::BiMap<int, int>, bimap::BiMap<int, int, bimap::hashed<>, bimap::sequenced<>>,
                   bimap::BiMap<int, int, bimap::sequenced<>, bimap::hashed<>>>;
TYPED_TEST_SUITE(Capacity, UnsortedMaps);

TYPED_TEST(Capacity, IsThatOfTheSideThatHasNotGrown) {
    for (const auto& [left, right] : {std::pair{5, -5000}, std::pair{-5000, -5}}) {
        TypeParam map;
        map.reserve(9);
        for (int n = 0; n != 9; ++n) map.insert(n, -n);
        map.force(left, right);
        EXPECT_EQ(map.size(), 9u);
        EXPECT_EQ(map.capacity(), 9u) << "the other side is full";
    }
}

TYPED_TEST(Capacity, IsHowManyPairsNeedNoMemory) {
    const Ledger::Listening on{ledger};
    TypeParam map;
    for (int n = 0; n != 3000; ++n) {
        if (map.size() < map.capacity()) ledger.arm({Fault::Kind::alloc, 1});
        ASSERT_NO_THROW(map.insert(n, -n)) << "at a size of " << map.size();
        ledger.disarm();
    }
}

TEST(CapacityOfAMixedMap, IsThatOfItsHashedSide) {
    bimap::BiMap<int, int> hashed;
    bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>> on_the_left;
    bimap::BiMap<int, int, bimap::ordered<>, bimap::hashed<>> on_the_right;
    for (int n = 0; n != 3000; ++n) {
        hashed.insert(n, -n);
        on_the_left.insert(n, -n);
        on_the_right.insert(n, -n);
        ASSERT_EQ(on_the_left.capacity(), hashed.capacity()) << "at a size of " << n + 1;
        ASSERT_EQ(on_the_right.capacity(), hashed.capacity()) << "at a size of " << n + 1;
    }
}

TEST(CapacityOfAHashedSide, IsThreeQuartersOfItsPlaces) {
    bimap::BiMap<int, int> map;
    map.reserve(9);
    EXPECT_EQ(map.capacity(), 9u);
    for (int n = 0; n != 9; ++n) map.insert(n, -n);
    const Ledger::Listening on{ledger};
    ledger.arm({Fault::Kind::alloc, 1});
    EXPECT_NO_THROW(map.force(2, -7)) << "both keys are there, and need no room";
    EXPECT_NO_THROW(map.insert(2000, -2000));
    EXPECT_THROW(map.insert(3000, -3000), std::bad_alloc);
    ledger.disarm();
}

TYPED_TEST(ReservedRoom, IsThereAfterReservingTwice) {
    TypeParam map;
    map.reserve(1000);
    map.reserve(2000);
    this->expect_room_for(map, this->descending(0, 2000));
}

TYPED_TEST(ReservedRoom, IsThereInAMapThatHasPairs) {
    TypeParam map;
    this->insert(map, this->shuffled(0, 1000));
    map.reserve(2500);
    this->expect_room_for(map, this->shuffled(1000, 2500));
}

// The nodes of an ordered side's first half become as thin as they may be, and those of the second half stay
// full, so that each of the few new pairs may need a node of its own.
TYPED_TEST(ReservedRoom, IsThereInAMapThatWasThinnedOut) {
    constexpr Number node = 32;
    for (Number nodes = 20; nodes < 140; ++nodes) {
        TypeParam map;
        typename ReservedRoom<TypeParam>::Numbers between;
        for (Number i = 0; i < nodes * node; ++i)
            map.insert(static_cast<int>(2 * i), -static_cast<int>(2 * i));
        for (Number i = nodes / 2; i < nodes; ++i) between.push_back(2 * (i * node + node / 2) + 1);
        erase_if(map, [&](const auto& pair) {
            return pair.first < static_cast<int>(nodes * node) && pair.first % 8 != 0;
        });
        map.reserve(map.size() + between.size());
        this->expect_room_for(map, between);
    }
}

TYPED_TEST(ReservedRoom, IsThereAfterClearing) {
    TypeParam map;
    this->insert(map, this->ascending(0, 500));
    map.clear();
    map.reserve(1500);
    this->expect_room_for(map, this->shuffled(0, 1500));
}

TYPED_TEST(ReservedRoom, IsThereAfterShrinking) {
    TypeParam map;
    this->insert(map, this->shuffled(0, 500));
    map.shrink_to_fit();
    map.reserve(1500);
    this->expect_room_for(map, this->descending(500, 1500));
}

TYPED_TEST(ReservedRoom, OfWhichAPartIsGivenBackIsFilledAgain) {
    for (const std::size_t reserved : {600u, 70'000u}) {
        TypeParam map;
        map.reserve(reserved);
        this->insert(map, this->ascending(0, 5));
        map.shrink_to_fit();
        const auto more = static_cast<Number>(reserved + 100);
        this->insert(map, this->ascending(5, more));
        EXPECT_EQ(map.size(), more);
        EXPECT_EQ(violated_invariant(map), nullptr);
        EXPECT_EQ(std::distance(map.begin(), map.end()), static_cast<std::ptrdiff_t>(more));
    }
}

/// How many bytes such a map has.
template <class Map>
std::size_t bytes_of(auto make) {
    ledger.open(0);
    const Ledger::Listening on{ledger};
    const Map map = make();
    return ledger.balance().bytes;
}

TYPED_TEST(ReservedRoom, IsGivenBackByShrinking) {
    const auto first_pairs = [&] {
        TypeParam map;
        this->insert(map, this->ascending(0, 100));
        return map;
    };
    const std::size_t of_few = bytes_of<TypeParam>([&] {
        auto map = first_pairs();
        map.shrink_to_fit();
        return map;
    });
    EXPECT_EQ(bytes_of<TypeParam>([&] {
                  auto map = first_pairs();
                  this->insert(map, this->ascending(100, 70'000));
                  erase_if(map, [](const auto& pair) { return pair.first >= 100; });
                  map.shrink_to_fit();
                  return map;
              }),
              of_few);
}

TYPED_TEST(ReservedRoom, IsGivenBackWhollyWhereNothingIsLeft) {
    EXPECT_EQ(bytes_of<TypeParam>([&] {
                  TypeParam map;
                  this->insert(map, this->ascending(0, 100));
                  map.clear();
                  map.shrink_to_fit();
                  return map;
              }),
              0u);
}

TEST(ReservedMemory, IsNoMoreForManyAtOnceThanForThemReserved) {
    using Map = bimap::BiMap<int, int>;
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i != 3000; ++i) pairs.emplace_back(i, -i);
    EXPECT_EQ(bytes_of<Map>([&] { return Map(pairs.begin(), pairs.end()); }), bytes_of<Map>([&] {
                  Map map;
                  map.reserve(pairs.size());
                  map.insert(pairs.begin(), pairs.end());
                  return map;
              }));
}

TEST(ReservedMemory, IsAtMost32BytesForAPairOfTwoNumbers) {
    using Map = bimap::BiMap<std::uint64_t, std::uint64_t>;
    for (const std::size_t pairs : {500u, 1025u, 70'000u}) {
        ledger.open(0);
        const Ledger::Listening on{ledger};
        Map map;
        map.reserve(pairs);
        for (std::uint64_t i = 0; i < pairs; ++i) map.insert(i, ~i);
        EXPECT_LE(ledger.balance().bytes, 32 * pairs) << pairs << " pairs";
        const std::size_t before = ledger.balance().bytes;
        const Map copy = map;
        EXPECT_LE(ledger.balance().bytes - before, 32 * pairs) << "a copy of " << pairs << " pairs";
    }
}

/// A group of 64 bytes is for nine pairs; and twice as many groups as are full are 14.2 bytes for each pair.
TEST(RoomForOneMore, IsMadeForTwiceAsManyAtMost) {
    constexpr std::size_t enough_to_count = 500;
    ledger.open(0);
    const Ledger::Listening on{ledger};
    bimap::BiMap<int, int> map;
    std::size_t bytes = 0;
    for (int i = 0; i != 12'000; ++i) {
        map.insert(i, -i);
        if (ledger.balance().bytes == bytes || map.size() < enough_to_count) continue;
        bytes = ledger.balance().bytes;
        for (const Block& block : ledger.blocks()) ASSERT_LE(block.size, 15 * map.size()) << "at " << i;
    }
}

}  // namespace
