// SPDX-License-Identifier: BSL-1.0
// Types that are legal and awkward: their namespaces have names that the library uses, their iterators take
// the comma for themselves, nothing can derive from their hash, they ask for alignment, and their functions
// and allocators are not made without arguments.
#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"

namespace hostile {

struct Key {
    int number = 0;
    Key() = default;
    explicit Key(int n) : number{n} {}
    auto operator<=>(const Key&) const = default;
};

// What the library calls its own functions must mean those.
template <class T, class U>
T as(U&&) = delete;
template <class... All>
void move(All&&...) = delete;
template <class... All>
void forward(All&&...) = delete;
template <class... All>
void prefetch(All&&...) = delete;
template <class One, class Other>
void print(const One&, Other&) = delete;
template <class One, class Other>
void operator,(const One&, const Other&) = delete;

/// Walks along an array.
struct Iterator {
    using value_type = std::pair<Key, Key>;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using reference = const value_type&;
    using pointer = const value_type*;

    pointer at = nullptr;

    reference operator*() const { return *at; }
    Iterator& operator++() {
        ++at;
        return *this;
    }
    Iterator operator++(int) { return {at++}; }
    bool operator==(const Iterator&) const = default;
};

/// It is no pair, and yet has two sides.
struct Two {
    Key first;
    Key second;
};

}  // namespace hostile

/// Nothing can derive from it.
template <>
struct std::hash<hostile::Key> final {
    std::size_t operator()(const hostile::Key& key) const { return static_cast<std::size_t>(key.number); }
};

namespace {

using hostile::Key;

template <class Map>
class HostileTypes : public testing::Test {};
using Maps =
    testing::Types<bimap::BiMap<Key, Key>, bimap::BiMap<Key, Key, bimap::ordered<>, bimap::ordered<>>,
                   bimap::BiMap<Key, Key, bimap::sequenced<>, bimap::ordered<>>>;
TYPED_TEST_SUITE(HostileTypes, Maps);

TYPED_TEST(HostileTypes, HaveNoWordInAnyOfItsCalls) {
    const std::pair<Key, Key> pairs[]{{Key{1}, Key{1}}, {Key{2}, Key{2}}, {Key{3}, Key{3}}};
    TypeParam map(hostile::Iterator{pairs}, hostile::Iterator{pairs + 3});
    map.insert_range(bimap::policy::force, std::vector(pairs, pairs + 3));
    map.insert(hostile::Iterator{pairs}, hostile::Iterator{pairs + 3});
    map.left().insert(hostile::Iterator{pairs}, hostile::Iterator{pairs + 3});
    map.insert_range(std::vector{hostile::Two{Key{4}, Key{4}}});
    map.insert(Key{4}, Key{4});
    map.force(Key{4}, Key{5});
    map.assign_left(Key{4}, Key{6});
    map.emplace(7, 7);
    map.left().try_emplace(Key{8}, 8);
    map.right().insert(Key{9}, Key{9});
    map.replace_left(map.begin(), Key{30});
    map.replace_right(map.begin(), Key{30});
    TypeParam other;
    other.insert(map.extract(map.begin()));
    other.merge(map);
    EXPECT_EQ(other.left().erase(Key{8}) + other.right().erase(Key{9}), 2U);
    EXPECT_EQ(erase_if(other, [](const auto& pair) { return pair.first == Key{7}; }), 1U);
    EXPECT_EQ(other.size(), 4U);
    EXPECT_EQ(other.right().count(Key{30}), 1U);
    swap(map, other);
    EXPECT_TRUE(other.empty());
    EXPECT_EQ(violated_invariant(map), nullptr);
}

struct alignas(32) Wide {
    std::int64_t number;
    explicit Wide(std::int64_t n) : number{n} {}
    auto operator<=>(const Wide&) const = default;
};

template <class T>
void expect_aligned() {
    bimap::BiMap<std::int8_t, T, bimap::hashed<>, bimap::ordered<>> map;
    for (std::int8_t i = 0; i < 40; ++i) map.insert(i, static_cast<T>(i));
    for (const auto& [left, right] : map)
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(std::addressof(right)) % alignof(T), 0U);
    EXPECT_EQ(map.size(), 40U);
}

TEST(AlignedTypes, LieAsTheyAskFor) {
    expect_aligned<long double>();
    expect_aligned<Wide>();
}

/// Has nothing to begin with.
struct Bounded {
    explicit Bounded(int limit) : bound{limit} {}
    bool operator()(int a, int b) const { return a % bound < b % bound; }
    int bound;
};
template <class T>
struct Placed : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = Placed<U>;
    };
    explicit Placed(int) {}
    template <class U>
    Placed(const Placed<U>&) noexcept {}
};
using Pair = std::pair<int, int>;
using BoundedMap = bimap::BiMap<int, int, bimap::ordered<Bounded>>;
using PlacedMap = bimap::BiMap<int, int, bimap::hashed<>, bimap::hashed<>, Placed<Pair>>;
static_assert(!std::default_initializable<BoundedMap> &&
              !std::constructible_from<BoundedMap, std::allocator<Pair>>);
using List = std::initializer_list<Pair>;
static_assert(!std::constructible_from<BoundedMap, List> &&
              !std::constructible_from<BoundedMap, List, std::allocator<Pair>> &&
              !std::constructible_from<BoundedMap, Pair*, Pair*> &&
              !std::constructible_from<BoundedMap, bimap::from_range_t, std::vector<Pair>&>);
static_assert(std::constructible_from<BoundedMap, List, bimap::ordered<Bounded>, bimap::hashed<>> &&
              std::is_assignable_v<BoundedMap&, List>);
static_assert(!std::default_initializable<PlacedMap> && std::constructible_from<PlacedMap, Placed<Pair>>);
static_assert(std::is_nothrow_default_constructible_v<bimap::BiMap<int, int>>);

TEST(MapsThatAreNotMadeWithoutArguments, CanBeHeldByOthers) {
    std::map<int, BoundedMap> bounded;
    bounded.emplace(1, BoundedMap({Bounded{10}}, {}));
    EXPECT_TRUE(bounded.at(1).insert(3, 1).inserted);
    EXPECT_FALSE(bounded.at(1).insert(13, 2).inserted);
    std::pair<int, PlacedMap> placed{1, PlacedMap(Placed<Pair>{1})};
    EXPECT_TRUE(placed.second.insert(1, 1).inserted);
}

}  // namespace
