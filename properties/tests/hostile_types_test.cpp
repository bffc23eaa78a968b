// SPDX-License-Identifier: BSL-1.0
// Types that are legal and awkward: their namespaces have names that the library uses, their iterators take
// the comma for themselves, nothing can derive from their hash, they ask for alignment, and their functions
// and allocators are not made without arguments.
#include <gtest/gtest.h>

#include <any>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <memory>
#include <memory_resource>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/frozen.hpp"
#include "bimap/pmr.hpp"

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

/// Says that it can be copied, and may throw when it moves.
struct Session {
    int number = 0;
    std::vector<std::unique_ptr<int>> parts{};
    Session() = default;
    explicit Session(int n) : number{n} {}
    Session(const Session&) = default;
    Session(Session&& other) noexcept(false) : number{other.number}, parts{std::move(other.parts)} {}
    Session& operator=(const Session&) = default;
    Session& operator=(Session&&) = default;
    ~Session() = default;
    friend auto operator<=>(const Session& one, const Session& other) { return one.number <=> other.number; }
};

}  // namespace hostile

template <>
inline constexpr bool bimap::is_copyable<hostile::Session> = false;

/// A namespace in which anything is compared with anything.
namespace greedy {
struct Key {
    int number = 0;
    friend bool operator<(const Key& one, const Key& other) { return one.number < other.number; }
};
template <class T, class U>
bool operator==(const T& one, const U& other) {
    return one.no_member == other.no_member;
}
}  // namespace greedy

/// A namespace in which any two of a kind are equal.
namespace levelling {
struct Key {
    int number = 0;
    friend constexpr bool operator<(const Key& one, const Key& other) { return one.number < other.number; }
};
template <class T>
constexpr bool operator==(const T&, const T&) {
    return true;
}
}  // namespace levelling

/// It takes every address, negation and comma for its own.
namespace grasping {
struct Key {
    int number;
    friend bool operator<(const Key& a, const Key& b) { return a.number < b.number; }
};
template <class T>
void operator&(T&) = delete;
template <class T>
void operator!(const T&) = delete;
template <class A, class B>
void operator,(A&&, B&&) = delete;
}  // namespace grasping

/// Nothing can derive from it.
template <>
struct std::hash<hostile::Key> final {
    std::size_t operator()(const hostile::Key& key) const { return static_cast<std::size_t>(key.number); }
};

namespace {

using hostile::Key;
using hostile::Session;

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

struct LessBySize {
    bool operator()(const auto& one, const auto& other) const { return one.size() < other.size(); }
};

template <class Map>
void expect_moves(auto make) {
    Map map;
    map.insert(1, make(1));
    map.force(1, make(2));
    map.assign_left(1, make(3));
    map.emplace(2, make(4));
    map.left().try_emplace(3, make(5));
    map.insert(map.extract(map.begin()));
    map.replace_left(map.begin(), 9);
    Map target;
    target.merge(map);
    EXPECT_EQ(target.size(), 3u);
    Map moved(std::move(target), target.get_allocator());
    target = std::move(moved);
    EXPECT_EQ(target.size(), 3u);
}

TEST(TypesThatSayTheyAreCopyable, AreMovedWhereTheyCannotBeCopied) {
    using Ordered = bimap::ordered<>;
    expect_moves<bimap::BiMap<int, Session, Ordered, Ordered>>([](int n) { return Session(n); });
    using Parts = std::pmr::vector<std::unique_ptr<int>>;
    expect_moves<bimap::pmr::BiMap<int, Parts, bimap::hashed<>, bimap::ordered<LessBySize>>>(
        [](int n) { return Parts(static_cast<std::size_t>(n)); });
}

struct Tree : std::map<int, Tree> {};

/// A container of somebody's own that is moved and never copied, whatever is in it.
template <class T>
struct Bag {
    using value_type = T;
    using allocator_type = std::allocator<T>;
    Bag(Bag&&) = default;
};

TEST(TypesThatSayTheyAreCopyable, AreBelievedUnlessTheyAreContainersOfOthers) {
    using bimap::is_copyable;
    using Unique = std::unique_ptr<int>;
    static_assert(is_copyable<int> && is_copyable<std::string> && is_copyable<std::vector<Key>>);
    static_assert(is_copyable<Tree> && is_copyable<std::pair<Tree, std::tuple<int, Key>>>);
    static_assert(!is_copyable<Unique> && !is_copyable<std::vector<std::vector<Unique>>>);
    static_assert(is_copyable<std::array<Key, 2>> && !is_copyable<std::array<std::vector<Unique>, 2>>);
    static_assert(!is_copyable<std::map<int, std::vector<Unique>>>);
    static_assert(!is_copyable<std::map<std::vector<Unique>, int>>);
    static_assert(!is_copyable<std::pair<int, std::tuple<Key, std::vector<Unique>>>>);
    using Map = bimap::BiMap<int, std::vector<Unique>, bimap::hashed<>, bimap::ordered<LessBySize>>;
    static_assert(!is_copyable<Map>);
    static_assert(!is_copyable<Bag<int>>);
}

/// What a list of links has for a left, and for a pair.
struct Link {
    const Link* first;
    bool second;
};

TEST(TwoPointers, AreTheEndsOfARangeThoughOneIsALeft) {
    const Link links[]{{&links[1], true}, {&links[0], false}};
    bimap::BiMap<const Link*, bool> map;
    map.insert(std::begin(links), std::end(links));  // and not this left, and whether the other is null
    EXPECT_EQ(map.size(), 2u);
    EXPECT_EQ(map.right().at(false), &links[0]);
}

struct LessByLeft {
    bool operator()(bimap::Policy one, bimap::Policy other) const { return one.left < other.left; }
};

/// Takes anything for one of its kind.
struct Anything {
    int number = 0;
    Anything() = default;
    explicit Anything(int n) : number{n} {}
    template <class T>
    Anything(const T&) {}
    auto operator<=>(const Anything&) const = default;
};

TEST(APolicy, IsNeverTakenForALeft) {
    bimap::BiMap<Anything, Anything, bimap::ordered<>, bimap::ordered<>> map;
    const std::pair<Anything, Anything> pair{Anything(1), Anything(2)};
    map.insert(bimap::policy::force, pair);
    map.right().insert(bimap::policy::force, std::pair{Anything(3), Anything(4)});
    std::vector<int> lefts;
    for (const auto& [left, right] : map.left()) lefts.push_back(left.number);
    EXPECT_EQ(lefts, (std::vector{1, 4}));
    bimap::BiMap<bimap::Policy, int, bimap::ordered<LessByLeft>> by_policy;
    by_policy.insert(bimap::policy::force, 1);
    EXPECT_EQ(by_policy.size(), 1u);
}

TEST(KeysWithGraspingOperators, AreLetAlone) {
    using Map = bimap::BiMap<grasping::Key, int, bimap::ordered<>>;
    Map map{{grasping::Key{1}, 1}, {grasping::Key{2}, 2}};
    Map copy(map);
    Map moved(std::move(copy));
    auto node = moved.extract(moved.begin());
    EXPECT_FALSE(node.empty());
    auto other = std::move(node);
    node = std::move(other);
    moved.insert(std::move(node));
    moved.replace_left(moved.begin(), grasping::Key{3});
    EXPECT_EQ(std::next(moved.left().begin())->first.number, 3);
    EXPECT_EQ(std::prev(moved.left().end())->first.number, 3);
    EXPECT_EQ(map.inverse().left().at(2).number, 2);
    EXPECT_EQ(violated_invariant(moved), nullptr);
}

TEST(GreedyComparisons, AreNotAskedForMaps) {
    using Map = bimap::BiMap<greedy::Key, int, bimap::ordered<>>;
    const Map map{{greedy::Key{1}, 1}};
    EXPECT_TRUE(map == Map(map));
    EXPECT_TRUE(map != (Map{{greedy::Key{2}, 1}}));
    static_assert(std::equality_comparable<Map>);
}

TEST(LevellingComparisons, AreNotAskedForMaps) {
    using Map = bimap::BiMap<levelling::Key, int, bimap::ordered<>>;
    const Map map{{levelling::Key{1}, 1}};
    const Map other{{levelling::Key{2}, 1}};
    EXPECT_TRUE(map == Map(map) && map != other);
    EXPECT_TRUE(map.inverse() != other.inverse());
    constexpr bimap::FrozenBiMap<levelling::Key, int, 1> frozen{{{{1}, 1}}};
    constexpr bimap::FrozenBiMap<levelling::Key, int, 1> other_frozen{{{{2}, 1}}};
    EXPECT_TRUE(frozen == frozen && frozen != other_frozen);
    EXPECT_TRUE(frozen.inverse() != other_frozen.inverse());
}

TEST(MapsThatAreNotMadeWithoutArguments, CanBeHeldByOthers) {
    std::map<int, BoundedMap> bounded;
    bounded.emplace(1, BoundedMap({Bounded{10}}, {}));
    EXPECT_TRUE(bounded.at(1).insert(3, 1).inserted);
    EXPECT_FALSE(bounded.at(1).insert(13, 2).inserted);
    std::pair<int, PlacedMap> placed{1, PlacedMap(Placed<Pair>{1})};
    EXPECT_TRUE(placed.second.insert(1, 1).inserted);
}

/// Knows where it was made, so that a copy of its bytes is found out.
struct Rooted {
    int number;
    const Rooted* self;
    explicit Rooted(int n) : number(n), self(this) {}
    Rooted(const Rooted& other) : number(other.number), self(this) {}
    Rooted(Rooted&& other) noexcept : number(other.number), self(this) {}
    ~Rooted() {}
};
struct BelowRooted {
    bool operator()(const Rooted& a, const Rooted& b) const {
        strangers += (a.self != &a) + (b.self != &b);
        return a.number < b.number;
    }
    static inline int strangers = 0;
};

TEST(KeysThatReferToThemselves, AreNeverCopiedByTheirBytes) {
    bimap::BiMap<Rooted, int, bimap::ordered<BelowRooted>> map;
    for (int i = 0; i != 200; ++i) map.insert(Rooted(i * 37 % 200), i);
    EXPECT_EQ(map.left().lower_bound(Rooted(100))->first.number, 100);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_EQ(BelowRooted::strangers, 0);
}

struct HashOfAny {
    std::size_t operator()(const std::any&) const { return 1; }
};
struct SameType {
    bool operator()(const std::any& a, const std::any& b) const { return a.type() == b.type(); }
};

TEST(KeysThatAreAnything, AreNoPolicyAndPair) {
    using Map = bimap::BiMap<std::any, std::any, bimap::hashed<HashOfAny, SameType>,
                             bimap::hashed<HashOfAny, SameType>>;
    Map map;
    Map::value_type pair(1, 2.0);
    map.insert(bimap::policy::force, pair);
    EXPECT_TRUE(map.begin()->first.type() == typeid(int));
}

}  // namespace
