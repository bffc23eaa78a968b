// SPDX-License-Identifier: BSL-1.0
// The views can be used by code that was written for the standard's maps, ranges and algorithms.
#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"

namespace {

using Map = bimap::BiMap<std::string, int, bimap::hashed<>, bimap::ordered<>>;
using Hashed = Map::left_view;
using Ordered = Map::right_view;

// What the standard demands of a range.

static_assert(std::ranges::forward_range<Map> && std::ranges::sized_range<Map> &&
              std::ranges::common_range<Map>);
static_assert(std::ranges::forward_range<Hashed> && std::ranges::sized_range<Hashed>);
static_assert(std::ranges::bidirectional_range<Ordered> && std::ranges::sized_range<Ordered>);
static_assert(!std::ranges::bidirectional_range<Hashed>);
template <class Range>
concept IsWalkedBackwards = requires(const Range& range) { range.rbegin() != range.crend(); };
static_assert(IsWalkedBackwards<Map::inverse_type> && !IsWalkedBackwards<Map>);
static_assert(std::ranges::forward_range<const Map> && std::ranges::forward_range<const Hashed>);
static_assert(std::ranges::forward_range<Map::inverse_type> &&
              std::ranges::borrowed_range<Map::inverse_type>);

// A view is one in the words of std::ranges, too, and its iterators may outlive it.
static_assert(std::ranges::view<Hashed> && std::ranges::view<Map::const_right_view>);
static_assert(std::ranges::borrowed_range<Hashed> && std::ranges::borrowed_range<Map::const_right_view>);
static_assert(!std::ranges::view<Map> && !std::ranges::borrowed_range<Map>);

template <class Iterator>
constexpr bool is_of_use_to_both_worlds =
    std::forward_iterator<Iterator> && std::sentinel_for<Iterator, Iterator> && std::regular<Iterator> &&
    std::derived_from<typename std::iterator_traits<Iterator>::iterator_category, std::forward_iterator_tag>;
static_assert(is_of_use_to_both_worlds<Hashed::iterator> && is_of_use_to_both_worlds<Ordered::iterator>);
static_assert(std::bidirectional_iterator<Ordered::iterator> &&
              !std::bidirectional_iterator<Hashed::iterator>);
static_assert(std::bidirectional_iterator<std::reverse_iterator<Ordered::iterator>>);

// Where nothing can be changed, nothing can be inserted.
template <class View, class... Args>
constexpr bool takes = requires(View view, Args... args) { view.insert(std::move(args)...); };
template <class View, bool wanted>
constexpr bool takes_each_of_them =
    takes<View, typename View::value_type> == wanted && takes<View, typename View::node_type> == wanted &&
    takes<View, typename View::key_type, typename View::mapped_type> == wanted &&
    takes<View, typename View::const_iterator, typename View::value_type> == wanted &&
    takes<View, bimap::Policy, typename View::value_type> == wanted &&
    takes<View, bimap::Policy, typename View::node_type> == wanted &&
    takes<View, bimap::Policy, typename View::key_type, typename View::mapped_type> == wanted;
static_assert(takes_each_of_them<Hashed, true> && takes_each_of_them<Ordered, true>);
static_assert(takes_each_of_them<Map::const_left_view, false> &&
              takes_each_of_them<Map::const_right_view, false>);

// What a map names.

static_assert(std::same_as<Hashed::key_type, std::string> && std::same_as<Hashed::mapped_type, int>);
static_assert(std::same_as<Ordered::key_type, int> && std::same_as<Ordered::mapped_type, std::string>);
static_assert(std::same_as<Ordered::value_type, std::pair<int, std::string>>);
static_assert(std::is_invocable_r_v<std::size_t, const Hashed::hasher&, std::string_view>);
static_assert(std::same_as<Hashed::key_equal, std::equal_to<>> &&
              std::same_as<Ordered::key_compare, std::less<>>);
static_assert(std::same_as<Map::left_type, std::string> && std::same_as<Map::right_type, int>);
static_assert(std::same_as<Map::value_type, std::pair<std::string, int>>);
static_assert(std::same_as<Map::inverse_type::left_view, Ordered>);

// Nothing can be changed through an iterator, nor through a view or an inverse of a const map.

static_assert(
    std::same_as<std::iter_reference_t<Hashed::iterator>, std::pair<const std::string&, const int&>>);
template <class View>
concept Erases = requires(View view, const typename View::key_type& key) { view.erase(key); };
static_assert(Erases<Hashed> && Erases<Ordered>);
static_assert(!Erases<Map::const_left_view> && !Erases<Map::const_right_view>);
template <class M>
concept Inserts = requires(M map) { map.insert("", 1); };
static_assert(Inserts<Map&> && !Inserts<const Map&> && !Inserts<Map::const_inverse_type>);
template <class M>
concept Filters = requires(M&& map) { erase_if(std::forward<M>(map), [](const auto&) { return true; }); };
static_assert(Filters<Map&> && Filters<Map::inverse_type> && Filters<Map::inverse_type&>);
static_assert(!Filters<const Map&> && !Filters<Map::const_inverse_type> &&
              !Filters<Map::const_inverse_type&>);

// An iterator does not convert into one of the other side, nor a bound exist where there is no order.

static_assert(!std::convertible_to<Hashed::iterator, Ordered::iterator>);
template <class View>
concept HasBounds = requires(View view, const typename View::key_type& key) {
    view.lower_bound(key);
    view.rbegin();
};
static_assert(HasBounds<Ordered> && !HasBounds<Hashed>);

// Code that knows no BiMap.

template <class AnyMap>
typename AnyMap::mapped_type value_or(const AnyMap& map, const typename AnyMap::key_type& key,
                                      typename AnyMap::mapped_type otherwise) {
    const typename AnyMap::const_iterator found = map.find(key);
    return found == map.end() ? otherwise : found->second;
}

template <class AnyMap>
std::vector<typename AnyMap::key_type> keys_of(const AnyMap& map) {
    std::vector<typename AnyMap::key_type> keys;
    for (const auto& [key, mapped] : map) keys.push_back(key);
    return keys;
}

template <class AnyMap>
std::size_t erase_while_iterating(AnyMap& map, auto unwanted) {
    const std::size_t before = map.size();
    for (auto i = map.begin(); i != map.end();) i = unwanted(i->first) ? map.erase(i) : std::next(i);
    return before - map.size();
}

// An inverse that is not kept cannot be assigned to: it would look as if the map were.
template <class AnyMap>
concept AssignsToItsInverse = requires(AnyMap& map) { map.inverse() = map.inverse(); };
static_assert(!AssignsToItsInverse<Map> && std::is_copy_assignable_v<Map::inverse_type>);
static_assert(std::is_convertible_v<Map::inverse_type, Map::const_inverse_type>);
static_assert(!std::is_constructible_v<Map::inverse_type, Map::const_inverse_type>);

class GenericViews : public testing::Test {
  protected:
    Map map_{{"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}};
};

TEST_F(GenericViews, WorkLikeMapsInGenericCode) {
    EXPECT_EQ(value_or(map_.left(), "two", 0), 2);
    EXPECT_EQ(value_or(map_.left(), "ten", 0), 0);
    EXPECT_EQ(value_or(map_.right(), 3, "none"), "three");
    EXPECT_EQ(value_or(std::as_const(map_).right(), 5, "none"), "none");
    EXPECT_EQ(keys_of(map_.right()), (std::vector{1, 2, 3, 4}));
}

TEST_F(GenericViews, ArrowAndStarAgree) {
    for (auto i = map_.right().begin(); i != map_.right().end(); ++i) {
        const auto [right, left] = *i;
        EXPECT_EQ(std::addressof(i->first), std::addressof((*i).first));
        EXPECT_EQ(std::addressof(i->second), std::addressof((*i).second));
        EXPECT_EQ(map_.left().at(left), right);
    }
}

TEST_F(GenericViews, GoOnAndBackByEitherIncrementAndDecrement) {
    const Map map{{"one", 1}, {"two", 2}, {"three", 3}};
    auto i = map.right().begin();
    EXPECT_EQ((i++)->first, 1);
    EXPECT_EQ(i->first, 2);
    EXPECT_EQ((++i)->first, 3);
    EXPECT_EQ(i, --map.right().end());
    EXPECT_EQ((i--)->first, 3);
    EXPECT_EQ(i->first, 2);
    EXPECT_EQ((--i)->first, 1);
}

TEST_F(GenericViews, CanBeErasedFromWhileIterating) {
    auto by_number = map_.right();
    EXPECT_EQ(erase_while_iterating(by_number, [](int n) { return n % 2 == 0; }), 2u);
    EXPECT_EQ(keys_of(map_.right()), (std::vector{1, 3}));
    auto by_name = map_.left();
    EXPECT_EQ(erase_while_iterating(by_name, [](const std::string& name) { return name == "one"; }), 1u);
    EXPECT_EQ(keys_of(map_.left()), std::vector<std::string>{"three"});
}

TEST_F(GenericViews, AreErasedFromByPredicate) {
    EXPECT_EQ(erase_if(map_.right(), [](const auto& pair) { return pair.first > 3; }), 1u);
    EXPECT_EQ(erase_if(map_.left(), [](const auto& pair) { return pair.first == "one"; }), 1u);
    EXPECT_EQ(keys_of(map_.right()), (std::vector{2, 3}));
}

TEST_F(GenericViews, AndTheMapItselfAreErasedFromAtPositions) {
    const std::string second = std::next(map_.begin())->first;
    EXPECT_EQ(map_.erase(map_.begin())->first, second);
    EXPECT_EQ(map_.size(), 3u);
    auto inverse = map_.inverse();
    EXPECT_EQ(inverse.erase(inverse.begin(), std::next(inverse.begin(), 2)), std::prev(inverse.end()));
    EXPECT_EQ(map_.erase(map_.begin(), map_.end()), map_.end());
    EXPECT_TRUE(map_.empty() && map_.left().empty() && map_.right().empty());
}

TEST_F(GenericViews, ProjectAPositionToTheOtherSide) {
    const auto by_name = map_.left().find("three");
    const auto by_number = map_.right().project(by_name);
    EXPECT_EQ(std::addressof(by_number->second), std::addressof(by_name->first));
    EXPECT_EQ(std::prev(by_number)->second, "two");
    EXPECT_EQ(map_.left().project(by_number), by_name);
    EXPECT_EQ(map_.left().project(by_name), by_name);
    EXPECT_EQ(map_.right().project(map_.left().end()), map_.right().end());
}

TEST_F(GenericViews, ShowARangeOfKeysAsAView) {
    using Range = Ordered::range_type;
    static_assert(std::ranges::view<Range> && std::ranges::borrowed_range<Range> &&
                  std::ranges::bidirectional_range<Range> && std::ranges::common_range<Range>);
    int sum = 0;
    for (const auto& [number, name] : map_.right().range(2, 4)) sum += number;
    EXPECT_EQ(sum, 5);
    EXPECT_TRUE(map_.right().range(3, 3).empty());
    EXPECT_TRUE(map_.right().range(4, 2).empty()) << "the ends are the wrong way round";
    EXPECT_FALSE(map_.right().range(4, 9).empty());
}

TEST_F(GenericViews, AreOfInversesThatAreEqualWhereTheirMapsAre) {
    Map other = map_;
    EXPECT_TRUE(other.inverse() == map_.inverse());
    EXPECT_TRUE(std::as_const(other).inverse() == std::as_const(map_).inverse());
    other.erase(other.begin());
    EXPECT_FALSE(other.inverse() == map_.inverse());
}

TEST_F(GenericViews, AreOfInversesThatAreEqualToMapsWithTheirPairs) {
    bimap::BiMap<int, int> map{{1, 2}, {2, 3}};
    const bimap::BiMap<int, int, bimap::ordered<>, bimap::sequenced<>> mirrored{{3, 2}, {2, 1}};
    EXPECT_TRUE(map == mirrored.inverse() && mirrored.inverse() == map);
    EXPECT_TRUE(map.inverse() == mirrored && map.inverse() == std::as_const(map).inverse());
    EXPECT_TRUE(map != map.inverse() && mirrored.inverse() != mirrored);
    const bimap::BiMap<int, int> otherwise_paired{{1, 3}, {2, 2}};
    EXPECT_TRUE(map != otherwise_paired && otherwise_paired.inverse() != map.inverse());
    map.insert(5, 5);
    EXPECT_FALSE(map == mirrored.inverse() || mirrored.inverse() == map);
}

TEST_F(GenericViews, FillTheStandardsContainers) {
    const auto by_number = map_.right();
    const std::map<int, std::string> sorted(by_number.begin(), by_number.end());
    EXPECT_EQ(sorted, (std::map<int, std::string>{{1, "one"}, {2, "two"}, {3, "three"}, {4, "four"}}));
    const std::unordered_map<std::string, int> hashed(map_.begin(), map_.end());
    EXPECT_EQ(hashed.at("four"), 4);
    const std::vector<Map::value_type> pairs(map_.begin(), map_.end());
    EXPECT_EQ(Map(pairs.begin(), pairs.end()), map_);
}

TEST_F(GenericViews, AreFilledFromTheStandardsContainers) {
    const std::map<std::string, int> source{{"one", 1}, {"two", 2}, {"uno", 1}};
    const Map map(source.begin(), source.end());
    EXPECT_EQ(map, (Map{{"one", 1}, {"two", 2}})) << "the pair that came first stays";
    Map inverse;
    const std::map<int, std::string> turned{{1, "one"}, {2, "two"}};
    inverse.inverse().insert(turned.begin(), turned.end());
    EXPECT_EQ(inverse, map);
}

TEST_F(GenericViews, WorkWithAlgorithms) {
    EXPECT_EQ(std::accumulate(map_.begin(), map_.end(), 0,
                              [](int sum, const auto& pair) { return sum + pair.second; }),
              10);
    EXPECT_EQ(std::ranges::count_if(map_, [](const auto& pair) { return pair.second > 2; }), 2);
    EXPECT_EQ(std::ranges::max_element(map_.right(), {}, [](const auto& pair) { return pair.first; })->second,
              "four");
    EXPECT_TRUE(std::ranges::is_sorted(map_.right(), {}, [](const auto& pair) { return pair.first; }));
    EXPECT_EQ(std::distance(map_.left().begin(), map_.left().end()), 4);
    EXPECT_EQ(std::prev(map_.right().end())->second, "four");
    EXPECT_EQ(map_.right().rbegin()->first, 4);
    EXPECT_EQ(std::accumulate(map_.right().crbegin(), map_.right().crend(), 0,
                              [](int seen, const auto& pair) { return 10 * seen + pair.first; }),
              4321);
}

TEST_F(GenericViews, AreWalkedBackwardsWhereTheMapsLeftKeepsAnOrder) {
    const auto inverse = std::as_const(map_).inverse();
    EXPECT_TRUE(inverse.rbegin()->first == 4 && std::prev(inverse.rend())->first == 1);
    EXPECT_TRUE(inverse.crbegin() == map_.right().crbegin() && inverse.crend() == map_.right().crend());
}

// Clang 14 does not understand the adaptors of libstdc++ 12, whatever they are given.
#if !defined(__clang__) || __clang_major__ > 15
TEST_F(GenericViews, WorkWithRangeAdaptors) {
    std::vector<int> even;
    for (const auto& [number, name] :
         map_.right() | std::views::filter([](const auto& pair) { return pair.first % 2 == 0; }))
        even.push_back(number);
    EXPECT_EQ(even, (std::vector{2, 4}));
    std::vector<int> backwards;
    for (const auto& [number, name] : std::views::reverse(map_.right())) backwards.push_back(number);
    EXPECT_EQ(backwards, (std::vector{4, 3, 2, 1}));
    EXPECT_TRUE(std::ranges::equal(std::views::keys(map_.right()), std::vector{1, 2, 3, 4}));
    EXPECT_TRUE(std::ranges::equal(std::views::values(map_.left()), std::views::values(map_)));
}
#endif

TEST_F(GenericViews, TakeKeysThatConvert) {
    EXPECT_EQ(map_.left().at("one"), 1);
    EXPECT_TRUE(map_.insert("six", 6u));
    EXPECT_TRUE(map_.force(std::string_view("seven").data(), short{7}));
    EXPECT_TRUE(map_.insert({"eight", 8}));
    EXPECT_TRUE(map_.emplace("nine", 9));
    EXPECT_TRUE(map_.emplace(std::piecewise_construct, std::tuple(3, 'x'), std::tuple(10)));
    EXPECT_EQ(map_.right().at(10), "xxx");
}

TEST_F(GenericViews, TakeWhatAnAlgorithmInserts) {
    const std::vector<std::pair<std::string, int>> pairs{{"one", 1}, {"two", 2}, {"one", 3}};
    Map map;
    std::ranges::copy(pairs, std::inserter(map, map.end()));
    EXPECT_EQ(map.size(), 2U);
    const std::map<int, std::string> mirrored{{2, "zwei"}, {4, "four"}};
    Ordered right = map.right();
    std::ranges::copy(mirrored, std::inserter(right, right.begin()));
    EXPECT_EQ(map.right().at(2), "two");
    EXPECT_EQ(map.left().at("four"), 4);
    EXPECT_EQ(map.insert(map.begin(), {"five", 2})->first, "two");
    EXPECT_EQ(right.insert(right.end(), {5, "five"})->second, "five");
}

TEST_F(GenericViews, ArePassedFromTheBeginningToTheEndWhereTheyAreFiltered) {
    using Sequenced = bimap::BiMap<int, int, bimap::ordered<>, bimap::sequenced<>>;
    Sequenced map{{50, 0}, {10, 1}, {40, 2}};
    map.left().erase(50);
    map.insert(20, 3);  // in the place that 50 left
    std::vector<int> seen;
    const auto note = [&](const auto& pair) { return seen.push_back(pair.first), false; };
    erase_if(map, note);
    erase_if(map.right(), note);
    map.inverse().retain([&](const auto& pair) { return !note(pair); });
    EXPECT_EQ(seen, (std::vector{10, 20, 40, 1, 2, 3, 1, 2, 3}));
}

TEST_F(GenericViews, ShowThePairsThemselvesWhereTheyAreFiltered) {
    const auto* const first = std::addressof(map_.begin()->first);
    bool is_shown = false;
    erase_if(map_, [&](const auto& pair) { return is_shown |= std::addressof(pair.first) == first, false; });
    EXPECT_TRUE(is_shown);
}

}  // namespace
