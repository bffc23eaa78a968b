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

}  // namespace
