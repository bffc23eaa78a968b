// SPDX-License-Identifier: BSL-1.0
// A frozen bimap is made, searched and compared at compile time, and does the same at run time; from either
// side.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "bimap/frozen.hpp"
#include "properties/ledger.hpp"

namespace {

using std::literals::string_view_literals::operator""sv;
using bimap::FrozenBiMap;
using bimap::make_frozen;

// What can be written, and of what type it is.

constexpr FrozenBiMap from_array{
    std::to_array<std::pair<std::string_view, int>>({{"red", 3}, {"green", 1}, {"blue", 2}})};
static_assert(std::same_as<decltype(from_array), const FrozenBiMap<std::string_view, int, 3>>);

constexpr auto colours = make_frozen<std::string_view, int>({{"red", 3}, {"green", 1}, {"blue", 2}});
static_assert(std::same_as<decltype(colours), decltype(from_array)>);

constexpr FrozenBiMap<std::string_view, int, 3> from_list{{{"blue", 2}, {"green", 1}, {"red", 3}}};
static_assert(from_array == colours && from_list == colours);

constexpr FrozenBiMap descending{{std::pair{1, 'a'}, {2, 'b'}}, std::greater<>()};
static_assert(std::same_as<decltype(descending), const FrozenBiMap<int, char, 2, std::greater<>>>);
static_assert(descending.begin()->first == 2 && descending.right().begin()->first == 'a');
static_assert(make_frozen({std::pair{1, 'a'}, {2, 'b'}}) == FrozenBiMap{{std::pair{1, 'a'}, {2, 'b'}}});
static_assert(make_frozen<int, char>({{1, 'a'}}).left().at(1) == 'a');

// Looking.

static_assert(colours.left().at("red") == 3 && colours.right().at(1) == "green");
static_assert(colours.left().contains("blue") && !colours.left().contains("black"));
static_assert(colours.right().count(2) == 1 && colours.right().count(4) == 0);
static_assert(colours.left().find("blue")->second == 2);
static_assert(colours.left().find("black") == colours.left().end());
static_assert(colours.left().lower_bound("c")->first == "green" &&
              colours.right().lower_bound(2)->first == 2);
static_assert(colours.left().upper_bound("green")->first == "red" &&
              colours.right().upper_bound(2)->first == 3);
static_assert(colours.left().upper_bound("red") == colours.left().end());
static_assert(colours.right().equal_range(2).second - colours.right().equal_range(2).first == 1);
static_assert(colours.right().equal_range(0).second == colours.right().begin());
static_assert(colours.size() == 3 && !colours.empty() && colours.left().size() == 3);
static_assert(colours.left().find({}) == colours.left().end(), "a key may be a list in braces");

// Iterating, in the order of the side.

template <class View>
constexpr bool ascends(const View& view) {
    for (auto i = view.begin(); i + 1 != view.end(); ++i) {
        if (!(i->first < (i + 1)->first)) return false;
    }
    return view.rbegin()->first == (view.end() - 1)->first;
}
static_assert(ascends(colours.left()) && ascends(colours.right()) && ascends(colours.inverse().left()));

template <class View>
constexpr bool arrow_and_star_agree(const View& view) {
    for (auto i = view.begin(); i != view.end(); ++i) {
        const auto [key, mapped] = *i;
        if (std::addressof(key) != std::addressof(i->first)) return false;
        if (std::addressof(mapped) != std::addressof(i->second)) return false;
        if (std::addressof(mapped) != std::addressof(view.at(key))) return false;
    }
    return true;
}
static_assert(arrow_and_star_agree(colours.left()) && arrow_and_star_agree(colours.right()));

// The sides are mirror images.

constexpr auto numbers = make_frozen<int, std::string_view>({{3, "red"}, {1, "green"}, {2, "blue"}});
static_assert(numbers == colours.inverse() && colours.inverse() == numbers);
static_assert(std::addressof(colours.inverse().inverse()) == std::addressof(colours), "nothing is copied");
static_assert(colours.inverse().left().at(2) == "blue" && colours.inverse().right().at("blue") == 2);
static_assert(colours.inverse().begin()->second == "green");

// Two maps that differ in one pair, in how they pair, or in size.

static_assert(colours != make_frozen<std::string_view, int>({{"red", 3}, {"green", 1}, {"blue", 4}}));
static_assert(colours != make_frozen<std::string_view, int>({{"red", 3}, {"green", 1}, {"black", 2}}));
static_assert(colours != make_frozen<std::string_view, int>({{"red", 1}, {"green", 3}, {"blue", 2}}));
static_assert(colours != make_frozen<std::string_view, int>({{"red", 3}, {"green", 1}}));

// No pairs at all.

constexpr FrozenBiMap<std::string_view, int, 0> nothing;
static_assert(nothing.empty() && nothing.size() == 0 && nothing.begin() == nothing.end());
static_assert(!nothing.left().contains("red") && nothing.right().find(1) == nothing.right().end());
static_assert(nothing == make_frozen<std::string_view, int>() && nothing != colours);
static_assert(nothing == FrozenBiMap(std::array<std::pair<std::string_view, int>, 0>()));

// What generic code asks of a range and of a view.

using Left = decltype(colours)::left_view;
using Right = decltype(colours)::right_view;
static_assert(std::ranges::random_access_range<Left> && std::ranges::random_access_range<Right>);
static_assert(std::ranges::sized_range<Left> && std::ranges::common_range<Right>);
static_assert(std::ranges::view<Left> && std::ranges::borrowed_range<Right>);
static_assert(std::ranges::random_access_range<decltype(colours)> && !std::ranges::view<decltype(colours)>);
static_assert(
    std::same_as<std::iter_reference_t<Right::iterator>, std::pair<const int&, const std::string_view&>>);
static_assert(std::same_as<Right::key_type, int> && std::same_as<Right::mapped_type, std::string_view>);

// Small: positions among up to 256 pairs are bytes, and function objects without state take no room.

template <std::size_t pairs, std::size_t bytes_of_a_position>
constexpr bool has_positions_of =
    sizeof(FrozenBiMap<char, char, pairs>) >= pairs * (2 + bytes_of_a_position) &&
    sizeof(FrozenBiMap<char, char, pairs>) < pairs * (2 + bytes_of_a_position) + 8;
static_assert(sizeof(FrozenBiMap<int, int, 8>) == 8 * sizeof(std::pair<int, int>) + 8);
static_assert(has_positions_of<0x100, 1> && has_positions_of<0x101, 2>);
static_assert(has_positions_of<0x1'0000, 2> && has_positions_of<0x1'0001, 4>);
static_assert(std::is_trivially_copyable_v<decltype(colours)::left_view>);
static_assert(std::is_trivially_destructible_v<FrozenBiMap<int, int, 8>>);

// What is looked up: what the comparator takes, or what converts to a key.

struct Wrapped {
    int value = 0;
    constexpr Wrapped() = default;
    constexpr Wrapped(int v) : value(v) {}  // NOLINT(google-explicit-constructor): it is there to convert
};
struct ByValue {
    constexpr bool operator()(const Wrapped& a, const Wrapped& b) const { return a.value < b.value; }
};
constexpr FrozenBiMap<Wrapped, char, 2, ByValue> wrapped{{{1, 'a'}, {2, 'b'}}};
static_assert(wrapped.left().at(2) == 'b' && wrapped.left().contains(Wrapped(1)));

template <class View, class Key>
concept Finds = requires(const View& view, const Key& key) { view.find(key); };
static_assert(Finds<Left, std::string> && Finds<Left, char[4]> && !Finds<Left, int> && !Finds<Right, Left>);

// Many pairs, at compile time: more than positions of one byte can count.

constexpr auto make_many() {
    std::array<std::pair<int, int>, 300> pairs{};
    for (int i = 0; i != 300; ++i) pairs[static_cast<std::size_t>(i)] = {i * 7 % 300, -i};
    return FrozenBiMap(pairs);
}
constexpr auto many = make_many();
static_assert(ascends(many.left()) && ascends(many.right()));
static_assert(many.right().at(-299) == 299 * 7 % 300 && many.left().at(7) == -1);

TEST(FrozenBiMap, RejectsALeftThatOccursTwice) {
    try {
        const FrozenBiMap<std::string, int, 2> map{{{"one", 1}, {"one", 2}}};
        FAIL();
    } catch (const std::invalid_argument& e) {
        EXPECT_EQ(e.what(), "bimap: a left occurs twice in a frozen bimap"sv);
    }
}

TEST(FrozenBiMap, RejectsARightThatOccursTwice) {
    try {
        const FrozenBiMap<std::string, int, 3> map{{{"one", 1}, {"two", 2}, {"three", 1}}};
        FAIL();
    } catch (const std::invalid_argument& e) {
        EXPECT_EQ(e.what(), "bimap: a right occurs twice in a frozen bimap"sv);
    }
}

TEST(FrozenBiMap, SaysWhichKeyIsNotThere) {
    EXPECT_THROW(static_cast<void>(colours.left().at("black")), std::out_of_range);
    EXPECT_THROW(static_cast<void>(colours.right().at(4)), std::out_of_range);
}

TEST(FrozenBiMap, WorksAtRunTimeWithElementsThatAreNotLiteral) {
    const auto map = make_frozen<std::string, std::vector<int>>(
        {{"a longer string than fits inside", {1, 2}}, {"b", {0}}});
    EXPECT_EQ(map.left().at("b"sv), std::vector{0});
    EXPECT_EQ(map.right().at({1, 2}), "a longer string than fits inside");
    const auto copy = map;
    EXPECT_TRUE(copy == map);
    EXPECT_NE(std::addressof(copy.begin()->first), std::addressof(map.begin()->first));
}

TEST(FrozenBiMap, IsShownAsItsPairs) {
    EXPECT_EQ(testing::PrintToString(make_frozen<int, char>({{1, 'a'}, {2, 'b'}})),
              "{(1, 'a' (97, 0x61)), (2, 'b' (98, 0x62))}");
    EXPECT_EQ(testing::PrintToString(colours.inverse()), testing::PrintToString(colours.right()));
}

TEST(FrozenBiMap, TakesElementsThatCanOnlyBeMoved) {
    struct ByTarget {
        bool operator()(const std::unique_ptr<int>& a, const std::unique_ptr<int>& b) const {
            return *a < *b;
        }
    };
    std::array<std::pair<std::unique_ptr<int>, int>, 2> pairs{
        {{std::make_unique<int>(2), 20}, {std::make_unique<int>(1), 10}}};
    const FrozenBiMap map(std::move(pairs), ByTarget());
    EXPECT_EQ(*map.right().at(20), 2);
    EXPECT_EQ(map.left().begin()->second, 10);
}

TEST(FrozenBiMap, WorksWithAlgorithms) {
    EXPECT_EQ(std::ranges::count_if(colours, [](const auto& pair) { return pair.second > 1; }), 2);
    EXPECT_TRUE(std::ranges::is_sorted(colours.right(), {}, [](const auto& pair) { return pair.first; }));
    const auto key = [](const auto& pair) { return pair.first; };
    EXPECT_EQ(std::ranges::lower_bound(colours.right(), 3, {}, key)->second, "red");
    const std::vector<std::pair<std::string_view, int>> pairs(colours.begin(), colours.end());
    EXPECT_EQ(pairs, (std::vector<std::pair<std::string_view, int>>{{"blue", 2}, {"green", 1}, {"red", 3}}));
}

TEST(FrozenBiMap, ItsIteratorsJump) {
    const auto view = many.right();
    const auto middle = view.begin() + 150;
    EXPECT_EQ(middle[3].first, (*(view.end() - 147)).first);
    EXPECT_EQ(middle - view.begin(), 150);
    EXPECT_LT(view.begin(), middle);
    EXPECT_EQ((3 + view.begin())->first, std::next(view.begin(), 3)->first);
    auto i = middle;
    EXPECT_EQ(i++, middle);
    EXPECT_EQ(i--, middle + 1);
    EXPECT_EQ(i, middle);
}

TEST(FrozenBiMap, KeepsComparatorsWithState) {
    struct Modulo {
        int base;
        bool operator()(int a, int b) const { return a % base < b % base; }
    };
    const FrozenBiMap map{{std::pair{12, 1}, {23, 2}}, Modulo{10}};
    EXPECT_EQ(map.left().at(2), 1);
    EXPECT_EQ(map.left().key_comp().base, 10);
    const auto again = [] { return FrozenBiMap{{std::pair{12, 1}, {22, 2}}, Modulo{10}}; };
    EXPECT_THROW(again(), std::invalid_argument);
}

TEST(FrozenBiMap, PromisesNotToThrowWhereItCannot) {
    const auto& map = colours;
    EXPECT_TRUE(noexcept(map.left()) && noexcept(map.right()) && noexcept(map.inverse()) &&
                noexcept(map.inverse().inverse()));
    EXPECT_TRUE(noexcept(map.begin()) && noexcept(map.end()) && noexcept(map.size()) &&
                noexcept(map.empty()));
    EXPECT_TRUE(noexcept(map.left().begin()) && noexcept(map.left().front()) && noexcept(map.left().back()) &&
                noexcept(map.right().end()) && noexcept(map.right().size()));
    EXPECT_TRUE(noexcept(*map.begin()) && noexcept(map.begin() + 1) && noexcept(map.end() - map.begin()));
    EXPECT_FALSE(noexcept(map.left().find("red")) || noexcept(map.left().at("red")));
}

/// Throws where it is told to.
struct Moody {
    const bool* throws;
    bool operator()(int a, int b) const {
        if (*throws) throw std::runtime_error("moody");
        return a < b;
    }
};

/// Says that it converts to a key.
struct NoKey {
    operator int() const { throw std::runtime_error("no key"); }
};

TEST(FrozenBiMap, PassesOnWhatAComparatorAndAConversionThrow) {
    bool throws = false;
    const auto made = [&] {
        return FrozenBiMap{{std::pair{1, 10}, {2, 20}}, Moody{&throws}, Moody{&throws}};
    };
    const auto map = made();
    EXPECT_THROW(static_cast<void>(map.left().find(NoKey())), std::runtime_error);
    EXPECT_THROW(static_cast<void>(map.left().at(NoKey())), std::runtime_error);
    throws = true;
    EXPECT_THROW(static_cast<void>(made()), std::runtime_error);
    EXPECT_THROW(static_cast<void>(map.left().find(1)), std::runtime_error);
    EXPECT_THROW(static_cast<void>(map.left().at(1)), std::runtime_error);
    EXPECT_THROW(static_cast<void>(map.right().project(map.left().begin())), std::runtime_error);
    EXPECT_THROW(static_cast<void>(map == map), std::runtime_error);
    throws = false;
    EXPECT_EQ(map.left().at(1), 10);
}

/// Sorts up or down.
struct Direction {
    int sign = 1;
    constexpr bool operator()(int a, int b) const { return sign * a < sign * b; }
};

TEST(FrozenBiMap, SortsAndFindsOnEachSideByItsOwnComparator) {
    const auto map =
        make_frozen<int, int, Direction, Direction>({{1, 10}, {2, 20}, {3, 30}}, Direction{-1}, Direction{1});
    EXPECT_EQ(map.left().begin()->first, 3);
    EXPECT_EQ(map.right().begin()->first, 10);
    const FrozenBiMap of_an_array(std::to_array<std::pair<int, int>>({{1, 10}, {2, 20}}), Direction{-1},
                                  Direction{1});
    EXPECT_EQ(of_an_array.left().begin()->first, 2);
    EXPECT_EQ(of_an_array.right().begin()->first, 10);
    EXPECT_EQ(map.left().upper_bound(3)->first, 2);
    EXPECT_EQ(map.left().lower_bound(2)->first, 2);
    EXPECT_EQ(map.right().count(20), 1U);
    EXPECT_EQ(map.right().count(25), 0U);
}

TEST(FrozenBiMap, EqualsWhatHasTheSamePairs) {
    const auto map = make_frozen<int, int>({{1, 10}, {2, 20}});
    EXPECT_TRUE((map == make_frozen<int, int>({{2, 20}, {1, 10}})));
    EXPECT_FALSE((map == make_frozen<int, int>({{1, 20}, {2, 10}})));
    EXPECT_FALSE((map == make_frozen<int, int>({{1, 10}, {3, 20}})));
    EXPECT_FALSE((map == make_frozen<int, int>({{1, 10}, {2, 30}})));
}

TEST(FrozenBiMap, IsInvertedReversedAndEmptyAtRunTime) {
    const auto map = make_frozen<int, char>({{1, 'b'}, {2, 'a'}});
    EXPECT_EQ(map.inverse().left().at('a'), 2);
    EXPECT_EQ(std::addressof(map.inverse().inverse()), std::addressof(map));
    EXPECT_EQ(map.left().rbegin()->first, 2);
    EXPECT_EQ(map.right().rbegin()->first, 'b');
    EXPECT_TRUE(map.rbegin()->first == 2 && std::prev(map.rend())->first == 1);
    EXPECT_TRUE(map.crbegin() == map.left().crbegin() && map.crend() == map.left().crend());
    EXPECT_EQ(map.left().front().first, 1);
    EXPECT_EQ(map.left().back().first, 2);
    EXPECT_EQ(map.right().back().first, 'b');
    EXPECT_FALSE(map.empty() || map.left().empty() || map.right().empty());
    const auto empty = make_frozen<int, char>();
    EXPECT_TRUE(empty.empty() && empty.left().empty() && empty.right().empty());
    EXPECT_FALSE(map == empty);
}

TEST(FrozenBiMap, DiffersAtRunTimeInOneSideOrInThePairing) {
    const auto map = make_frozen<int, char>({{1, 'a'}, {2, 'b'}, {3, 'c'}});
    EXPECT_TRUE((map == make_frozen<int, char>({{3, 'c'}, {1, 'a'}, {2, 'b'}})));
    EXPECT_FALSE((map == make_frozen<int, char>({{1, 'a'}, {2, 'b'}, {4, 'c'}})));
    EXPECT_FALSE((map == make_frozen<int, char>({{1, 'a'}, {2, 'b'}, {3, 'd'}})));
    EXPECT_FALSE((map == make_frozen<int, char>({{1, 'b'}, {2, 'a'}, {3, 'c'}})));
    EXPECT_FALSE((make_frozen<int, int>({{1, 2}, {2, 3}}) == make_frozen<int, int>({{1, 3}, {2, 2}})));
}

TEST(FrozenBiMap, FindsAFloatingKeyAsItWasGiven) {
    static constexpr FrozenBiMap<float, int, 2> map{{{0.1F, 1}, {0.2F, 2}}};
    EXPECT_TRUE(map.left().contains(0.1) && !map.left().contains(0.3));
    EXPECT_EQ(map.left().lower_bound(0.2)->second, 2);
}

TEST(FrozenBiMap, FindsNothingBehindTheLastKey) {
    EXPECT_TRUE(colours.left().find("white") == colours.left().end());
    EXPECT_TRUE(colours.right().find(4) == colours.right().end());
    EXPECT_EQ(colours.left().end() - colours.left().find("green"), 2);
    EXPECT_EQ(colours.right().find(3) - colours.right().find(2), 1);
}

TEST(FrozenBiMap, HasWhatAnOrderedViewHas) {
    constexpr auto map = bimap::make_frozen<int, int>({{1, 30}, {2, 20}, {3, 10}, {5, 40}});
    static_assert(map.left().front().second == 30 && map.right().back().second == 5);
    const auto lefts = [](const auto& range) {
        std::vector<int> found;
        for (const auto& [left, right] : range) found.push_back(left);
        return found;
    };
    EXPECT_EQ(lefts(map.left().range(2, 5)), (std::vector{2, 3}));
    EXPECT_EQ(lefts(map.left().range(0, 9)), (std::vector{1, 2, 3, 5}));
    EXPECT_EQ(lefts(map.right().range(10u, 30u)), (std::vector{10, 20}));
    EXPECT_TRUE(map.left().range(3, 3).empty() && map.left().range(5, 1).empty());
    for (auto left = map.left().begin(); left != map.left().end(); ++left) {
        const auto right = map.right().project(left);
        EXPECT_EQ(right, map.right().find(left->second));
        EXPECT_EQ(map.left().project(right), left);
        EXPECT_EQ(map.left().project(left), left);
    }
    EXPECT_EQ(map.right().project(map.left().end()), map.right().end());
    static constexpr auto constant = map;
    static_assert(constant.right().project(constant.left().end()) == constant.right().end());
    static_assert(constant.left().project(constant.right().end()) == constant.left().end());
}

TEST(FrozenBiMap, FindsIntegersWhateverTheirSign) {
    constexpr auto map = bimap::make_frozen<int, unsigned>({{-5, 1u}, {5, 2u}});
    static_assert(map.left().contains(5u) && map.left().at(5u) == 2u && map.right().contains(2));
    static_assert(!map.left().contains((std::size_t{1} << 32) + 5) && !map.right().contains(-1));
    EXPECT_EQ(map.left().lower_bound(5u), map.left().find(5));
}

TEST(FrozenBiMap, TakesNoMemoryFromTheHeap) {
    using bimap::properties::Fault;
    using bimap::properties::ledger;
    using bimap::properties::Ledger;
    std::array<std::pair<int, int>, 64> pairs;
    for (int i = 0; i != 64; ++i) pairs[static_cast<std::size_t>(i)] = {i * 37 % 64, i * 11 % 64};
    ledger.open(0);
    int sum = 0;
    {
        const Ledger::Listening on{ledger};
        ledger.arm({Fault::Kind::alloc, 1});
        const FrozenBiMap map(pairs);
        sum = map.left().at(37) + map.right().at(11);
    }
    EXPECT_FALSE(ledger.fired());
    ledger.disarm();
    EXPECT_EQ(sum, 11 + 37);
}

}  // namespace
