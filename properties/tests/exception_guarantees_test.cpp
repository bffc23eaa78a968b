// SPDX-License-Identifier: BSL-1.0
// The exception guarantees: each modifier is called again and again, and the 1st, 2nd, … allocation, copy,
// move, hash and comparison in it is made to fail, until none is left that could.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;

/// Whatever fails, both maps are as before.
template <class Map>
void expect_strong_for_two(const Pairs& pairs, const Pairs& more,
                           const std::function<void(Map&, Map&)>& act) {
    for_each_fault([&](Fault fault) {
        Map map = map_of<Map>(pairs);
        Map other = map_of<Map>(more);
        const Sight before = sight_of(map);
        const Sight other_before = sight_of(other);
        const bool occurs = fails(fault, [&] { act(map, other); });
        if (occurs) {
            expect_same(sight_of(map), before);
            expect_same(sight_of(other), other_before);
        }
        expect_sound(map);
        expect_sound(other);
        return occurs;
    });
}

/// Whatever fails, `is_expected` says whether what is left is what was promised.
template <class Map>
void expect_basic(const Pairs& pairs, const std::function<void(Map&)>& act,
                  const std::function<bool(const Pairs&)>& is_expected) {
    for_each_fault([&](Fault fault) {
        Map map = map_of<Map>(pairs);
        const bool occurs = fails(fault, [&] { act(map); });
        EXPECT_TRUE(is_expected(content(map)));
        expect_sound(map);
        return occurs;
    });
}

/// Nothing that could fail happens at all.
template <class Map>
void expect_no_event(const Pairs& pairs, std::span<const Fault::Kind> of,
                     const std::function<void(Map&)>& act) {
    for (const Fault::Kind kind : of) {
        const Ledger::Listening on{ledger};
        Map map = map_of<Map>(pairs);
        EXPECT_FALSE(fails({kind, 1}, [&] { act(map); })) << static_cast<int>(kind);
    }
}

// The maps.

using Hashed = bimap::hashed<>;
using Ordered = bimap::ordered<>;
using Sequenced = bimap::sequenced<>;
using Colliding = bimap::hashed<CollidingHash>;

using HashedMap = TrackedMap<Nature::sturdy, Hashed, Hashed>;
using OrderedMap = TrackedMap<Nature::sturdy, Ordered, Ordered>;
using ThrowingMap = TrackedMap<Nature::throwing, Hashed, Ordered>;

template <class Map>
class ExceptionGuarantees : public testing::Test {};

template <class Map>
class ExceptionGuaranteesOfCopies : public testing::Test {};

using CopyableMaps = testing::Types<HashedMap, OrderedMap, TrackedMap<Nature::sturdy, Hashed, Ordered>,
                                    TrackedMap<Nature::sturdy, Sequenced, Colliding>, ThrowingMap>;
using AllMaps = testing::Types<HashedMap, OrderedMap, TrackedMap<Nature::sturdy, Hashed, Ordered>,
                               TrackedMap<Nature::sturdy, Sequenced, Colliding>, ThrowingMap,
                               TrackedMap<Nature::move_only, Ordered, Sequenced>>;
TYPED_TEST_SUITE(ExceptionGuarantees, AllMaps);
TYPED_TEST_SUITE(ExceptionGuaranteesOfCopies, CopyableMaps);

template <class Map>
void expect_strong_insertions(const Pairs& pairs, const Pair& pair) {
    expect_strong<Map>(pairs, [&](Map& map) { insertion(by_insert, map, pair); });
    expect_strong<Map>(pairs, [&](Map& map) { insertion(by_assign_left, map, pair); });
    expect_strong<Map>(pairs, [&](Map& map) { insertion(by_assign_right, map, pair); });
    expect_strong<Map>(pairs, [&](Map& map) { insertion(by_force, map, pair); });
    expect_strong<Map>(
        pairs, [&](Map& map) { map.emplace(make_left<Map>(pair.first), make_right<Map>(pair.second)); });
}

TYPED_TEST(ExceptionGuarantees, InsertingIntoAnEmptyMapIsStrong) {
    expect_strong_insertions<TypeParam>({}, {0, 0});
}

TYPED_TEST(ExceptionGuarantees, InsertingWhatMeetsNothingIsStrong) {
    expect_strong_insertions<TypeParam>(few, {5, 5});
}

TYPED_TEST(ExceptionGuarantees, GrowingIsStrong) {
    for (const Number full : {8u, 10u, 21u, 24u, 32u})
        expect_strong_insertions<TypeParam>(as_many_as(full), {50, 50});
}

TYPED_TEST(ExceptionGuarantees, InsertingWhatMeetsALeftIsStrong) {
    expect_strong_insertions<TypeParam>(few, {1, 5});
    expect_strong_insertions<TypeParam>(as_many_as(8), {1, 50});
}

TYPED_TEST(ExceptionGuarantees, InsertingWhatMeetsARightIsStrong) {
    expect_strong_insertions<TypeParam>(few, {5, 1});
    expect_strong_insertions<TypeParam>(as_many_as(8), {50, 1});
}

TYPED_TEST(ExceptionGuarantees, InsertingWhatMeetsTwoPairsIsStrong) {
    expect_strong_insertions<TypeParam>(few, {0, 0});
    expect_strong_insertions<TypeParam>(as_many_as(8), {1, 7});
}

TYPED_TEST(ExceptionGuarantees, InsertingWhatIsThereIsStrong) {
    expect_strong_insertions<TypeParam>(few, {0, 1});
}

TYPED_TEST(ExceptionGuarantees, ErasingByKeyIsStrong) {
    using Map = TypeParam;
    expect_strong<Map>(few, [](Map& map) { map.left().erase(make_left<Map>(1)); });
    expect_strong<Map>(few, [](Map& map) { map.right().erase(make_right<Map>(1)); });
    expect_strong<Map>(as_many_as(40), [](Map& map) { map.right().erase(make_right<Map>(1)); });
}

TYPED_TEST(ExceptionGuarantees, ErasingAtAPositionIsStrong) {
    using Map = TypeParam;
    expect_strong<Map>(few, [](Map& map) { map.left().erase(map.left().begin()); });
    expect_strong<Map>(few, [](Map& map) { map.right().erase(map.right().begin()); });
}

TYPED_TEST(ExceptionGuarantees, ErasingARangeErasesFromItsBeginning) {
    using Map = TypeParam;
    Pairs before;
    const Map whole = map_of<Map>(few);
    for (const auto& [right, left] : whole.right())
        before.emplace_back(laws::number_of(left), laws::number_of(right));
    expect_basic<Map>(
        few, [](Map& map) { map.right().erase(map.right().begin(), map.right().end()); },
        [&](const Pairs& left) {
            Pairs rest(before.end() - static_cast<std::ptrdiff_t>(left.size()), before.end());
            std::ranges::sort(rest);
            return left == rest;
        });
}

TYPED_TEST(ExceptionGuarantees, ErasingByPredicateErasesOnlyWhatWasChosen) {
    using Map = TypeParam;
    expect_basic<Map>(
        as_many_as(20),
        [](Map& map) { erase_if(map, [](const auto& pair) { return number_of(pair.first) % 2 == 0; }); },
        [](const Pairs& left) {
            return those(left, [](const Pair& pair) { return pair.first % 2 == 1; }).size() == 10;
        });
}

TYPED_TEST(ExceptionGuarantees, RetainingErasesOnlyWhatWasNotChosen) {
    using Map = TypeParam;
    expect_basic<Map>(
        as_many_as(20),
        [](Map& map) { map.retain([](const auto& pair) { return number_of(pair.second) % 2 == 0; }); },
        [](const Pairs& left) {
            return those(left, [](const Pair& pair) { return pair.second % 2 == 0; }).size() == 10;
        });
}

TYPED_TEST(ExceptionGuarantees, APredicateMayThrow) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    int calls = 0;
    const auto throws_at_the_third = [&](const auto&) { return ++calls == 3 ? throw InjectedFault{} : true; };
    EXPECT_THROW(erase_if(map, throws_at_the_third), InjectedFault);
    EXPECT_EQ(map.size(), 1u);
    expect_sound(map);
}

TYPED_TEST(ExceptionGuarantees, ReservingAndShrinkingAreStrong) {
    using Map = TypeParam;
    expect_strong<Map>(few, [](Map& map) { map.reserve(100); });
    expect_strong<Map>(as_many_as(30), [](Map& map) { map.shrink_to_fit(); });
    expect_strong<Map>({}, [](Map& map) { map.reserve(100), map.shrink_to_fit(); });
}

TYPED_TEST(ExceptionGuarantees, ShrinkingAfterErasingIsStrong) {
    using Map = TypeParam;
    for_each_fault([&](Fault fault) {
        Map map = map_of<Map>(as_many_as(40));
        erase_if(map, [](const auto& pair) { return number_of(pair.first) > 4; });
        const Pairs before = content(map);
        const bool occurs = fails(fault, [&] { map.shrink_to_fit(); });
        EXPECT_EQ(content(map), before);
        expect_sound(map);
        return occurs;
    });
}

TYPED_TEST(ExceptionGuarantees, ClearingMovingAndSwappingNeitherAllocateNorTouchAnElement) {
    using Map = TypeParam;
    expect_no_event<Map>(few, kinds, [](Map& map) { map.clear(); });
    expect_no_event<Map>(few, kinds, [](Map& map) { const Map moved(std::move(map)); });
    expect_no_event<Map>(few, kinds, [](Map& map) {
        Map other;
        other = std::move(map);
        other.swap(map);
    });
}

template <class Map, class View>
void look_within_bounds(const View& view, const typename View::key_type& key) {
    if constexpr (requires { view.lower_bound(key); }) {
        static_cast<void>(view.lower_bound(key));
        static_cast<void>(view.upper_bound(key));
        static_cast<void>(view.range(key, key));
    }
}

TYPED_TEST(ExceptionGuarantees, LookingIsStrong) {
    using Map = TypeParam;
    expect_strong<Map>(few, [](const Map& map) { static_cast<void>(map.left().find(make_left<Map>(1))); });
    expect_strong<Map>(few, [](const Map& map) { static_cast<void>(map.right().at(make_right<Map>(1))); });
    expect_strong<Map>(few, [](const Map& map) { static_cast<void>(std::equal_to<>{}(map, map)); });
    expect_strong<Map>(few, [](const Map& map) { EXPECT_EQ(violated_invariant(map), nullptr); });
    expect_strong<Map>(few, [](const Map& map) { look_within_bounds<Map>(map.left(), make_left<Map>(1)); });
    expect_strong<Map>(few, [](const Map& map) { look_within_bounds<Map>(map.right(), make_right<Map>(1)); });
    if constexpr (requires { std::hash<Map>{}; })
        expect_strong<Map>(few, [](const Map& map) { static_cast<void>(std::hash<Map>{}(map)); });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, InsertingCopiesIsStrong) {
    using Map = TypeParam;
    for (const Pair& pair : Pairs{{5, 5}, {1, 5}, {5, 1}, {0, 0}, {0, 1}}) {
        for (const Pairs& pairs : {few, as_many_as(8)}) {
            expect_strong<Map>(pairs, [&](Map& map) {
                const auto left = make_left<Map>(pair.first);
                const auto right = make_right<Map>(pair.second);
                map.force(left, right);
            });
        }
    }
}

TYPED_TEST(ExceptionGuaranteesOfCopies, InsertingTheMapsOwnElementsIsStrong) {
    using Map = TypeParam;
    expect_strong<Map>(as_many_as(8),
                       [&](Map& map) { map.force(map.begin()->first, std::next(map.begin())->second); });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, CopyingLeavesNothingBehind) {
    using Map = TypeParam;
    for (const Pairs& pairs : {Pairs{}, few, as_many_as(40)})
        expect_strong<Map>(pairs, [](Map& map) { EXPECT_EQ(Map(std::as_const(map)).size(), map.size()); });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, CopyingCallsNoHasherNorEqualityNorComparator) {
    using Map = TypeParam;
    constexpr std::array calls{Fault::Kind::hash, Fault::Kind::compare};
    expect_no_event<Map>(as_many_as(40), calls, [](Map& map) {
        Map copy(std::as_const(map));
        copy = std::as_const(map);
    });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, AssigningIsStrong) {
    using Map = TypeParam;
    expect_strong_for_two<Map>(few, as_many_as(20), [](Map& map, Map& other) { map = std::as_const(other); });
    expect_strong_for_two<Map>(as_many_as(20), few, [](Map& map, Map& other) { map = std::as_const(other); });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, AssigningAListIsStrong) {
    using Map = TypeParam;
    using Value = typename Map::value_type;
    expect_strong<Map>(few, [](Map& map) {
        map = {Value(make_left<Map>(5), make_right<Map>(5)), Value(make_left<Map>(6), make_right<Map>(6))};
    });
}

TYPED_TEST(ExceptionGuaranteesOfCopies, ConstructingFromARangeLeavesNothingBehind) {
    using Map = TypeParam;
    const auto elements = elements_of<Map>(as_many_as(12));
    expect_strong<Map>(
        {}, [&](Map&) { EXPECT_EQ(Map(elements.begin(), elements.end()).size(), elements.size()); });
}

TEST(ExceptionGuaranteesOfOrderedMaps, ErasingAtAPositionCannotFail) {
    expect_no_event<OrderedMap>(as_many_as(40), kinds, [](OrderedMap& map) {
        map.right().erase(map.right().begin(), map.right().end());
    });
    expect_no_event<OrderedMap>(as_many_as(40), kinds, [](OrderedMap& map) { map.erase(map.begin()); });
}

TEST(ExceptionGuaranteesOfBrittlePairs, WhatIsEvictedMayBeLostButTheNewPairIsIn) {
    for (const Pair& pair : Pairs{{1, 5}, {5, 1}, {0, 0}}) {
        const Pairs after = with(without(few, meets(pair)), pair);
        expect_basic<BrittleMap>(
            few, [&](BrittleMap& map) { insertion(by_force, map, pair); },
            [&](const Pairs& left) { return left == few || left == after; });
    }
}

TEST(ExceptionGuaranteesOfBrittlePairs, InsertingWithoutEvictionIsStrong) {
    expect_strong<BrittleMap>(few, [](BrittleMap& map) { insertion(by_insert, map, {5, 5}); });
}

/// Can only be moved; and where that fails, it is lost.
struct Torn {
    static inline bool tears = false;

    explicit Torn(int n) : number{n} {}
    Torn(Torn&& other) : number{std::exchange(other.number, -1)} {
        if (tears) throw InjectedFault{};
    }
    auto operator<=>(const Torn&) const = default;

    int number;
};

TEST(ExceptionGuaranteesOfTornPairs, NothingIsFoundOfAPairThatWasLostWhileItsKeyWasReplaced) {
    bimap::BiMap<int, Torn, bimap::hashed<>, bimap::ordered<>> torn_right;
    bimap::BiMap<Torn, int, bimap::ordered<>, bimap::hashed<>> torn_left;
    for (const int n : {1, 2}) {
        torn_right.emplace(n, n);
        torn_left.emplace(n, n);
    }
    Torn::tears = true;
    EXPECT_THROW(torn_right.replace_left(torn_right.begin(), 3), InjectedFault);
    EXPECT_THROW(torn_left.replace_right(torn_left.begin(), 3), InjectedFault);
    Torn::tears = false;
    EXPECT_EQ(torn_right.size(), 1u);
    EXPECT_EQ(torn_left.size(), 1u);
    EXPECT_EQ(violated_invariant(torn_right), nullptr);
    EXPECT_EQ(violated_invariant(torn_left), nullptr);
    EXPECT_TRUE(torn_right.left().contains(torn_right.begin()->first));
    EXPECT_TRUE(torn_left.right().contains(torn_left.begin()->second));
}

// The guard of the guards: a map without a guarantee is seen to have none.

/// Erases first and inserts afterwards, so that a failure in between loses a pair.
struct Careless : HashedMap {
    using HashedMap::HashedMap;
    insertion_type force(left_type left, right_type right) {
        this->left().erase(left);
        return HashedMap::force(std::move(left), std::move(right));
    }
};

TEST(ExceptionGuaranteesTest, OfACarelessMapAreSeenToBeMissing) {
    Careless map = map_of<Careless>(few);
    const Ledger::Listening on{ledger};
    EXPECT_TRUE(fails({Fault::Kind::hash, 4}, [&] { insertion(by_force, map, {1, 5}); }));
    EXPECT_NE(content(map), few);
}

TEST(ExceptionGuaranteesOfTrees, CompactingALargeOneIsStrong) {
    using Map = TrackedMap<Nature::sturdy, bimap::ordered<>, bimap::ordered<>>;
    expect_strong<Map>(as_many_as(500), [](Map& map) { map.shrink_to_fit(); });
}

}  // namespace
