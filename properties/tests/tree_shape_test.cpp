// SPDX-License-Identifier: BSL-1.0
// In whatever order pairs come and go, the tree of an ordered side keeps its shape.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/pmr.hpp"

namespace {

/// Pairs enough for three levels.
constexpr int pairs = 3000;

std::vector<int> ascending() {
    std::vector<int> numbers(pairs);
    for (int i = 0; i != pairs; ++i) numbers[static_cast<std::size_t>(i)] = i;
    return numbers;
}
std::vector<int> descending() {
    auto numbers = ascending();
    std::ranges::reverse(numbers);
    return numbers;
}
std::vector<int> shuffled() {
    auto numbers = ascending();
    std::ranges::shuffle(numbers, std::mt19937{1});
    return numbers;
}
/// From the middle outwards, to either side in turn.
std::vector<int> outwards() {
    std::vector<int> numbers;
    for (int i = 0; i != pairs; ++i) numbers.push_back(pairs / 2 + (i % 2 == 0 ? i / 2 : -1 - i / 2));
    return numbers;
}

struct Order {
    const char* name;
    std::vector<int> (*numbers)();
    friend void PrintTo(const Order& order, std::ostream* out) { *out << order.name; }
};

class TreeShape : public testing::TestWithParam<Order> {};

using Map = bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>;

TEST_P(TreeShape, IsKeptWhilePairsCome) {
    Map map;
    for (const int i : GetParam().numbers()) {
        map.insert(i, -i);
        const bool is_tall = map.size() > 600;
        if (is_tall && map.size() % 8 != 0) continue;
        ASSERT_EQ(violated_invariant(map), nullptr) << "with " << map.size();
    }
}

TEST_P(TreeShape, IsKeptWhilePairsGo) {
    for (const auto& come : {ascending(), descending(), shuffled()}) {
        Map map;
        for (const int i : come) map.insert(i, -i);
        int gone = 0;
        for (const int i : GetParam().numbers()) {
            ASSERT_EQ(map.left().erase(i), 1u);
            if (++gone % 8 != 0) continue;
            ASSERT_EQ(violated_invariant(map), nullptr) << "after " << gone << " of " << pairs;
        }
        EXPECT_TRUE(map.empty());
    }
}

/// A long double does not fill its object, and a copy of it leaves the rest as it was in the memory.
TEST(TreeShapeOfPaddedKeys, IsThatOfTheirValues) {
    std::array<std::byte, 8192> zeros{};
    std::array<std::byte, 8192> ones{};
    ones.fill(std::byte{0xFF});
    std::pmr::monotonic_buffer_resource in_zeros(zeros.data(), zeros.size());
    std::pmr::monotonic_buffer_resource in_ones(ones.data(), ones.size());
    using PaddedMap = bimap::pmr::BiMap<long double, int, bimap::ordered<>>;
    PaddedMap map(&in_zeros);
    for (int i = 0; i != 40; ++i) map.insert(i, i);
    const PaddedMap copy(map, &in_ones);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_EQ(violated_invariant(copy), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Orders, TreeShape,
                         testing::Values(Order{"ascending", ascending}, Order{"descending", descending},
                                         Order{"shuffled", shuffled}, Order{"outwards", outwards}),
                         [](const auto& order) { return std::string(order.param.name); });

}  // namespace
