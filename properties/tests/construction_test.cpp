// SPDX-License-Identifier: BSL-1.0
// How a map is made of pairs, what type it then has, how it is shown, and what its hash is.
#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"

namespace {

using bimap::BiMap;
using bimap::from_range;
using bimap::hashed;
using bimap::ordered;
using bimap::sequenced;

using Pair = std::pair<std::string, int>;
using Names = BiMap<std::string, int>;
const std::vector<Pair> pairs{{"one", 1}, {"two", 2}, {"uno", 1}};

// What is deduced.

template <class T>
struct Counting : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = Counting<U>;
    };
    Counting() = default;
    template <class U>
    Counting(const Counting<U>&) noexcept {}
};
using Own = Counting<Pair>;

template <class Map, class LeftIndex, class RightIndex, class Allocator = std::allocator<Pair>>
constexpr bool is_of = std::same_as<Map, BiMap<std::string, int, LeftIndex, RightIndex, Allocator>>;

const auto first = pairs.begin();
const auto last = pairs.end();
static_assert(is_of<decltype(BiMap(first, last)), hashed<>, hashed<>>);
static_assert(is_of<decltype(BiMap(first, last, Own())), hashed<>, hashed<>, Own>);
static_assert(is_of<decltype(BiMap(first, last, ordered<>(), sequenced<>())), ordered<>, sequenced<>>);
static_assert(is_of<decltype(BiMap(first, last, ordered<>(), hashed<>(), Own())), ordered<>, hashed<>, Own>);
static_assert(is_of<decltype(BiMap(from_range, pairs)), hashed<>, hashed<>>);
static_assert(is_of<decltype(BiMap(from_range, pairs, Own())), hashed<>, hashed<>, Own>);
static_assert(is_of<decltype(BiMap(from_range, pairs, sequenced<>(), ordered<>())), sequenced<>, ordered<>>);
static_assert(is_of<decltype(BiMap({Pair("one", 1)})), hashed<>, hashed<>>);
static_assert(is_of<decltype(BiMap({Pair("one", 1)}, Own())), hashed<>, hashed<>, Own>);
static_assert(is_of<decltype(BiMap({Pair("one", 1)}, ordered<>(), hashed<>())), ordered<>, hashed<>>);
static_assert(is_of<decltype(BiMap(from_range, std::map<std::string, int>())), hashed<>, hashed<>>);
static_assert(is_of<decltype(BiMap(std::declval<Names&>())), hashed<>, hashed<>>);
static_assert(
    is_of<decltype(BiMap(from_range, std::declval<BiMap<int, std::string>>().right())), hashed<>, hashed<>>);

TEST(Construction, SkipsAPairThatMeetsAnEarlierOne) {
    const Names expected{{"one", 1}, {"two", 2}};
    EXPECT_EQ(Names(first, last), expected);
    EXPECT_EQ(Names(from_range, pairs), expected);
    EXPECT_EQ((Names{{"one", 1}, {"two", 2}, {"uno", 1}}), expected);
    EXPECT_EQ(BiMap(from_range, pairs), expected);
    EXPECT_EQ(Names(first, last, {}, {}), expected);
    EXPECT_EQ(Names(from_range, pairs, {}, {}), expected);
    EXPECT_EQ((Names{{{"one", 1}, {"two", 2}, {"uno", 1}}, {}, {}}), expected);
}

TEST(Construction, KeepsTheGivenFunctionObjects) {
    struct Backwards {
        int sign = 1;
        bool operator()(int a, int b) const { return sign * a < sign * b; }
    };
    const BiMap map(from_range, pairs, sequenced<>(), ordered<Backwards>{{-1}});
    EXPECT_EQ(map.left().front().first, "one");
    EXPECT_EQ(map.right().front().first, 2);
    using Map = std::remove_const_t<decltype(map)>;
    EXPECT_EQ(Map(first, last, {}, {{-1}}).right().front().first, 2);
    EXPECT_EQ(Map({{"one", 1}, {"two", 2}}, {}, {{-1}}).right().front().first, 2);
}

TEST(Construction, MovesFromARangeOfRvalues) {
    std::vector<std::pair<std::unique_ptr<int>, int>> source;
    source.emplace_back(std::make_unique<int>(1), 1);
    const BiMap<std::unique_ptr<int>, int> map(std::make_move_iterator(source.begin()),
                                               std::make_move_iterator(source.end()));
    EXPECT_EQ(*map.right().at(1), 1);
    EXPECT_EQ(source[0].first, nullptr);
}

// How GoogleTest shows it.

TEST(Construction, CopiesTheOrderOfInsertion) {
    using Sequenced = BiMap<int, int, sequenced<>, sequenced<>>;
    Sequenced map{{3, 30}, {1, 10}, {2, 20}};
    map.right().move_to_front(map.right().find(20));
    const Sequenced copy(map);
    Sequenced assigned;
    assigned = map;
    const auto expect_in_order = [&](const Sequenced& other) {
        EXPECT_TRUE(std::ranges::equal(other.left(), map.left()));
        EXPECT_TRUE(std::ranges::equal(other.right(), map.right()));
        EXPECT_EQ(other.left().front().first, 3);
        EXPECT_EQ(other.right().front().first, 20);
    };
    expect_in_order(copy);
    expect_in_order(assigned);
}

TEST(Printing, ShowsThePairs) {
    const BiMap map(from_range, pairs, ordered<>(), ordered<>());
    EXPECT_EQ(testing::PrintToString(map), "{(\"one\", 1), (\"two\", 2)}");
    EXPECT_EQ(testing::PrintToString(map.left()), testing::PrintToString(map));
    EXPECT_EQ(testing::PrintToString(map.right()), "{(1, \"one\"), (2, \"two\")}");
    EXPECT_EQ(testing::PrintToString(map.inverse()), "{(1, \"one\"), (2, \"two\")}");
    EXPECT_EQ(testing::PrintToString(Names()), "{}");
}

// Its hash.

template <class Map>
concept Hashes = requires(const Map& map) { std::hash<Map>()(map); };
static_assert(Hashes<Names> && Hashes<BiMap<int, int, sequenced<>, hashed<>>>);
static_assert(!Hashes<BiMap<int, int, ordered<>, hashed<>>> && !Hashes<BiMap<int, int, hashed<>, ordered<>>>);
static_assert(!Hashes<BiMap<int, int, hashed<std::function<std::size_t(int)>>>>,
              "two maps whose hashers have states may be equal and have different hashes");

TEST(HashOfAMap, IsTheSameForEqualMaps) {
    const std::hash<Names> hash;
    const Names map(first, last);
    const Names backwards{{"two", 2}, {"one", 1}};
    ASSERT_EQ(map, backwards);
    EXPECT_EQ(hash(map), hash(backwards));
}

TEST(HashOfAMap, SeesThePairing) {
    const std::hash<BiMap<int, int>> hash;
    EXPECT_NE(hash({{1, 2}, {3, 4}}), hash({{1, 4}, {3, 2}}));
    EXPECT_NE(hash({{1, 2}}), hash({{2, 1}}));
    EXPECT_NE(hash({}), hash({{0, 0}}));
}

TEST(HashOfAMap, MakesItAKey) {
    std::unordered_set<Names> set{Names(first, last)};
    EXPECT_FALSE(set.insert({{"two", 2}, {"one", 1}}).second);
    EXPECT_TRUE(set.insert({{"two", 1}, {"one", 2}}).second);
}

}  // namespace
