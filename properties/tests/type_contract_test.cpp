// SPDX-License-Identifier: BSL-1.0
// What the types alone promise: what is the default, what converts by itself, and which calls there are.
#include <gtest/gtest.h>

#include <compare>
#include <concepts>
#include <memory>
#include <memory_resource>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/frozen.hpp"
#include "bimap/pmr.hpp"
#include "bimap/seeded.hpp"

namespace {

using Map = bimap::BiMap<std::string, int, bimap::ordered<>, bimap::sequenced<>>;
using Hashed = bimap::BiMap<std::string, int>;

TEST(TypeContract, SidesAreHashedUnlessTheySayOtherwise) {
    using Half = bimap::BiMap<int, int, bimap::ordered<>>;
    static_assert(std::same_as<Half, bimap::BiMap<int, int, bimap::ordered<>, bimap::hashed<>>>);
    static_assert(std::same_as<bimap::pmr::BiMap<int, int, bimap::ordered<>>,
                               bimap::pmr::BiMap<int, int, bimap::ordered<>, bimap::hashed<>>>);
}

TEST(TypeContract, WhatIsExplicitDoesNotConvert) {
    static_assert(!std::convertible_to<Map::allocator_type, Map>);
    static_assert(!std::convertible_to<Map::insertion_type, int> &&
                  !std::convertible_to<Map::insertion_type, bool>);
    static_assert(!std::convertible_to<Map::value_type, Map::node_type>);
    static_assert(!std::convertible_to<std::uint64_t, bimap::SeededHash<int>> &&
                  !std::convertible_to<bimap::HashSeed, bimap::SeededHash<int>>);
}

template <class M>
concept Reserves = requires(M map) { map.reserve(1); };
template <class M>
concept ReplacesLeft = requires(M map) { map.replace_left(map.begin(), std::string()); };
template <class M>
concept ReplacesRight = requires(M map) { map.replace_right(map.begin(), std::string()); };
template <class V>
concept Clears = requires(V view) { view.clear(); };
template <class V>
concept ErasesRanges = requires(V view) { view.erase(view.begin(), view.end()); };
template <class V>
concept HasEnds = requires(V view) {
    view.front();
    view.back();
};
template <class V>
concept HasAnEnd = requires(V view) { view.front(); } || requires(V view) { view.back(); };

TEST(TypeContract, WhatIsConstHasNoModifiers) {
    using Twin = bimap::BiMap<std::string, std::string>;
    static_assert(Reserves<Map::inverse_type> && !Reserves<Map::const_inverse_type>);
    static_assert(ReplacesLeft<Twin::inverse_type> && !ReplacesLeft<Twin::const_inverse_type>);
    static_assert(ReplacesRight<Twin::inverse_type> && !ReplacesRight<Twin::const_inverse_type>);
    static_assert(Clears<Map::left_view> && !Clears<Map::const_left_view> && !Clears<Map::const_right_view>);
    static_assert(ErasesRanges<Map::left_view> && !ErasesRanges<Map::const_left_view>);
    static_assert(std::same_as<decltype(std::declval<Map::const_inverse_type>().inverse()), const Map&>);
    static_assert(std::same_as<decltype(std::declval<const Map::inverse_type&>().inverse()), const Map&>);
    static_assert(std::same_as<decltype(std::declval<Map::inverse_type>().inverse()), Map&>);
}

TEST(TypeContract, OnlySidesInAnOrderHaveEnds) {
    static_assert(HasEnds<Map::left_view> && HasEnds<Map::const_right_view>);
    static_assert(!HasAnEnd<Hashed::left_view> && !HasAnEnd<Hashed::const_right_view>);
}

TEST(TypeContract, FunctionObjectsAreGivenAsCopies) {
    static_assert(std::is_object_v<decltype(std::declval<Map::left_view>().key_comp())> &&
                  std::is_object_v<decltype(std::declval<Hashed::left_view>().hash_function())> &&
                  std::is_object_v<decltype(std::declval<Hashed::left_view>().key_eq())>);
}

template <class M, class Left>
concept Takes = requires(M map, Left left) { map.force(left, 1); } ||
                requires(M map, Left left) { map.assign_left(left, 1); } ||
                requires(M map, Left left) { map.replace_left(map.begin(), left); } ||
                requires(M map, Left left) { map.left().try_emplace(left, 1); };

TEST(TypeContract, ArgumentsConvertToTheSidesByThemselvesOrNotAtAll) {
    using Lists = bimap::BiMap<std::vector<int>, int, bimap::ordered<>>;
    static_assert(Takes<Lists, std::vector<int>> && !Takes<Lists, int>);
}

template <class A, class B>
concept Comparable = requires(A a, B b) { a == b; };

TEST(TypeContract, OfFrozenMapsIsAsOfTheOthers) {
    using Frozen = bimap::FrozenBiMap<int, int, 2>;
    using Empty = bimap::FrozenBiMap<int, int, 0>;
    using View = decltype(std::declval<const Frozen&>().left());
    using EmptyView = decltype(std::declval<const Empty&>().left());
    static_assert(HasEnds<View> && !HasAnEnd<EmptyView>);
    static_assert(Comparable<Frozen, Frozen> && !Comparable<Frozen, bimap::FrozenBiMap<long, int, 2>>);
    using It = decltype(std::declval<View>().begin());
    static_assert(std::same_as<decltype(std::declval<It>() <=> std::declval<It>()), std::strong_ordering>);
}

TEST(TypeContract, APairBecomesAnElementOfAMapSeenAsARange) {
    using Element = Map::iterator::value_type;
    static_assert(std::convertible_to<Map::value_type, Element> &&
                  std::convertible_to<Map::value_type&, Element>);
    static_assert(std::convertible_to<Element, Map::value_type>);
    using MoveOnly = bimap::BiMap<std::unique_ptr<int>, int, bimap::ordered<>>::iterator::value_type;
    static_assert(!std::copy_constructible<MoveOnly> && std::move_constructible<MoveOnly>);
}

TEST(TypeContract, WhatCanOnlyMoveIsEmptiedByEmptyBraces) {
    bimap::BiMap<std::unique_ptr<int>, int> map;
    map.insert(std::make_unique<int>(1), 1);
    map = {};
    EXPECT_TRUE(map.empty());
}

}  // namespace
