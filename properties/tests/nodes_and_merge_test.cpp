// SPDX-License-Identifier: BSL-1.0
// Pairs leave a map as nodes and return from them, and move from one map to another.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;
using bimap::BulkInsertion;
using bimap::Policy;
namespace policy = bimap::policy;

using OrderedOnBothSides = TrackedMap<Nature::sturdy, bimap::ordered<>, bimap::ordered<>>;

/// The same type on both sides: whatever takes one for the other compiles.
using Alike = Tracked<Side::left, Nature::throwing>;

template <class Map>
class Nodes : public testing::Test {};
template <class Map>
class Merging : public testing::Test {};
using Maps = testing::Types<TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::ordered<>>,
                            TrackedMap<Nature::move_only, bimap::ordered<>, bimap::sequenced<>>,
                            TrackedMap<Nature::throwing, bimap::sequenced<>, bimap::hashed<CollidingHash>>,
                            bimap::BiMap<Alike, Alike>>;
TYPED_TEST_SUITE(Nodes, Maps);
TYPED_TEST_SUITE(Merging, Maps);

template <class Node>
Pair numbers_in(const Node& node) {
    return numbers(node.pair());
}

// Taking out.

TYPED_TEST(Nodes, OwnThePairThatWasTakenOut) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    const auto by_position = map.extract(map.left().find(make_left<Map>(1)));
    EXPECT_TRUE(by_position);
    EXPECT_FALSE(by_position.empty());
    EXPECT_EQ(numbers_in(by_position), Pair(1, 0));
    EXPECT_EQ(content(map), (Pairs{{0, 1}, {2, 3}}));
    EXPECT_EQ(numbers_in(map.left().extract(make_left<Map>(0))), Pair(0, 1));
    EXPECT_EQ(numbers_in(map.right().extract(make_right<Map>(3))), Pair(3, 2));
    EXPECT_TRUE(map.empty());
    expect_sound(map);
}

TYPED_TEST(Nodes, AreAssignedFromOthersAndFromThemselves) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    auto node = map.left().extract(make_left<Map>(0));
    auto& itself = node;
    node = std::move(itself);
    ASSERT_FALSE(node.empty());
    EXPECT_EQ(numbers_in(node), Pair(0, 1));
    node = map.left().extract(make_left<Map>(2));
    EXPECT_EQ(numbers_in(node), Pair(2, 3));
    node = typename Map::node_type();
    EXPECT_TRUE(node.empty());
}

TYPED_TEST(Nodes, AreTakenOutFromEitherSideByPosition) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    EXPECT_EQ(numbers_in(map.left().extract(map.left().find(make_left<Map>(2)))), Pair(2, 3));
    EXPECT_EQ(numbers_in(map.right().extract(map.right().find(make_right<Map>(1)))), Pair(1, 0));
    EXPECT_EQ(numbers_in(map.inverse().extract(map.inverse().begin())), Pair(0, 1));
    EXPECT_TRUE(map.empty());
}

TYPED_TEST(Nodes, OwnNothingIfThereIsNoSuchKey) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    EXPECT_TRUE(map.left().extract(make_left<Map>(9)).empty());
    EXPECT_FALSE(map.right().extract(make_right<Map>(9)));
    EXPECT_EQ(content(map), few);
}

TYPED_TEST(Nodes, ExtractingIsStrong) {
    using Map = TypeParam;
    expect_strong<Map>(few, [](Map& map) { map.extract(map.begin()); });
    expect_strong<Map>(few, [](Map& map) { map.left().extract(make_left<Map>(1)); });
    expect_strong<Map>(few, [](Map& map) { map.right().extract(make_right<Map>(1)); });
    expect_strong<Map>(as_many_as(21), [](Map& map) { map.inverse().extract(map.inverse().begin()); });
}

TYPED_TEST(Nodes, ExtractingInvalidatesOnlyThePairItself) {
    using Map = TypeParam;
    Map map = map_of<Map>(as_many_as(20));
    Sight before = sight_of(map);
    map.left().extract(make_left<Map>(7));
    before.places.erase(before.places.begin() + 7);
    EXPECT_EQ(sight_of(map).places, before.places);
}

TEST(NodesOfOrderedMaps, AreTakenOutWithoutAComparisonOrAnAllocation) {
    for (const Fault::Kind kind : {Fault::Kind::compare, Fault::Kind::alloc}) {
        const auto act = [](OrderedOnBothSides& map) { map.extract(map.begin()); };
        EXPECT_EQ(events_in<OrderedOnBothSides>(kind, as_many_as(50), act), 0);
    }
}

TEST(NodesOfHashedMaps, AreTakenOutAtAPositionByHashingEachSideOnce) {
    using Map = TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::sequenced<>>;
    const auto act = [](Map& map) { map.extract(map.begin()); };
    EXPECT_EQ(events_in<Map>(Fault::Kind::hash, as_many_as(50), act), 2);
    EXPECT_EQ(events_in<Map>(Fault::Kind::compare, as_many_as(50), act), 0);
}

// Putting back.

TYPED_TEST(Nodes, ReturnWithBothSidesChanged) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    auto node = map.left().extract(make_left<Map>(1));
    node.left() = make_left<Map>(7);
    node.right() = make_right<Map>(8);
    const auto done = map.insert(std::move(node));
    EXPECT_TRUE(done.inserted);
    EXPECT_EQ(numbers(*done.position), Pair(7, 8));
    EXPECT_TRUE(node.empty()) << "the node has given its pair away";
    EXPECT_EQ(content(map), (Pairs{{0, 1}, {2, 3}, {7, 8}}));
    expect_sound(map);
}

TYPED_TEST(Nodes, GoToAnotherMapAndThroughItsInverse) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    Map other;
    EXPECT_TRUE(other.insert(map.left().extract(make_left<Map>(1))).inserted);
    EXPECT_TRUE(other.inverse().insert(map.right().extract(make_right<Map>(1))).inserted);
    EXPECT_EQ(content(other), (Pairs{{0, 1}, {1, 0}}));
    EXPECT_EQ(content(map), (Pairs{{2, 3}}));
}

TYPED_TEST(Nodes, ReturnThroughTheViewThatTheyLeftBy) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    auto node = map.right().extract(make_right<Map>(1));
    const auto done = map.right().insert(std::move(node));
    EXPECT_TRUE(done.inserted && node.empty());
    EXPECT_EQ(done.position, map.right().find(make_right<Map>(1)));
    EXPECT_TRUE(map.left().insert(policy::insert, map.left().extract(make_left<Map>(2))).inserted);
    EXPECT_EQ(content(map), few);
    EXPECT_FALSE(map.right().insert(std::move(node)).inserted);
}

TYPED_TEST(Nodes, AreRefusedByAViewWhereNoPolicyIsNamed) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    Map other = map_of<Map>({{0, 8}, {9, 1}});
    auto node = other.left().extract(make_left<Map>(0));
    EXPECT_FALSE(map.left().insert(std::move(node)).inserted);
    EXPECT_EQ(number_of(node.right()), 8u);
    auto mirrored = other.right().extract(make_right<Map>(1));
    EXPECT_FALSE(map.right().insert(std::move(mirrored)).inserted);
    EXPECT_FALSE(mirrored.empty());
    EXPECT_EQ(content(map), few);
}

/// Braces are the two sides of a pair, and not a policy and a node of nothing.
TEST(NodesAndBraces, AreTwoThings) {
    bimap::BiMap<std::string, std::string> map;
    EXPECT_TRUE(map.insert({}, {}).inserted);
    map.clear();
    EXPECT_TRUE(map.right().insert({}, {}).inserted);
    EXPECT_TRUE(map.left().contains(""));
}

TYPED_TEST(Nodes, KeepTheirPairIfTheyAreRefused) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    typename Map::node_type node({make_left<Map>(1), make_right<Map>(3)});
    for (const Policy policy : {policy::insert, policy::assign_left, policy::assign_right}) {
        const auto done = map.insert(policy, std::move(node));
        EXPECT_FALSE(done.inserted);
        EXPECT_EQ(numbers_in(node), Pair(1, 3));
        EXPECT_TRUE(meets(Pair(1, 3))(numbers(*done.position)));
    }
    EXPECT_EQ(content(map), few);
    const auto done = map.insert(policy::force, std::move(node));
    EXPECT_TRUE(done.inserted && node.empty());
    EXPECT_EQ(numbers(*done.evicted_left), Pair(1, 0));
    EXPECT_EQ(numbers(*done.evicted_right), Pair(2, 3));
}

TYPED_TEST(Nodes, ThatOwnNothingAreRefused) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    for (const Policy policy : policies) {
        const auto done = map.insert(policy, typename Map::node_type());
        EXPECT_FALSE(done.inserted);
        EXPECT_EQ(done.position, map.end());
        EXPECT_EQ(done.evicted_count(), 0u);
    }
    EXPECT_EQ(map.insert(typename Map::node_type()).position, map.end());
    EXPECT_EQ(content(map), few);
}

TYPED_TEST(Nodes, InsertingIsStrongAndTheNodeKeepsItsPair) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pair& pair : Pairs{{5, 5}, {1, 5}, {5, 1}, {0, 0}, {0, 1}}) {
            for (const Pairs& pairs : {Pairs{}, few, as_many_as(8)}) {
                for_each_fault([&](Fault fault) {
                    Map map = map_of<Map>(pairs);
                    const Sight before = sight_of(map);
                    typename Map::node_type node({make_left<Map>(pair.first), make_right<Map>(pair.second)});
                    const bool occurs = fails(fault, [&] { map.insert(policy, std::move(node)); });
                    if (occurs) {
                        expect_same(sight_of(map), before);
                        EXPECT_EQ(numbers_in(node), pair);
                    }
                    expect_sound(map);
                    return occurs;
                });
            }
        }
    }
}

/// A chain of nodes, each with the next one in it.
struct Link {
    bimap::Node<int, std::shared_ptr<Link>> next;
};

TEST(NodeTest, MayBeAssignedWhatItOwnsItself) {
    using Node = bimap::Node<int, std::shared_ptr<Link>>;
    Node first({1, std::make_shared<Link>(Link{Node({2, std::make_shared<Link>()})})});
    const std::weak_ptr gone = first.right();
    first = std::move(first.right()->next);
    EXPECT_EQ(first.left(), 2);
    EXPECT_TRUE(gone.expired());
}

TEST(NodeTest, OwnsNothingAfterItWasMovedFromOrReset) {
    using Node = bimap::Node<std::string, int>;
    static_assert(std::is_nothrow_default_constructible_v<Node> &&
                  std::is_nothrow_move_constructible_v<Node>);
    EXPECT_TRUE(Node().empty());
    Node node({"one", 1});
    EXPECT_EQ(node.left(), "one");
    EXPECT_EQ(std::as_const(node).right(), 1);
    Node moved(std::move(node));
    EXPECT_TRUE(moved);
    EXPECT_TRUE(node.empty()) << "two nodes own one pair";
    node = std::move(moved);
    EXPECT_TRUE(node);
    EXPECT_TRUE(moved.empty()) << "two nodes own one pair";
    node.reset();
    EXPECT_TRUE(node.empty());
}

// Replacing a side in place.

TYPED_TEST(Nodes, ReplacingASideIsStrong) {
    using Map = TypeParam;
    for (const Pairs& pairs : {few, as_many_as(8), as_many_as(21)}) {
        expect_strong<Map>(pairs, [](Map& map) { map.replace_left(map.begin(), make_left<Map>(50)); });
        expect_strong<Map>(pairs, [](Map& map) { map.replace_right(map.begin(), make_right<Map>(50)); });
        expect_strong<Map>(pairs, [](Map& map) { map.replace_left(map.begin(), make_left<Map>(1)); });
        expect_strong<Map>(
            pairs, [](Map& map) { map.inverse().replace_left(map.inverse().begin(), make_right<Map>(50)); });
    }
}

TYPED_TEST(Nodes, ReplacingASideTakesItsKeyWhenAllElseHasGoneWell) {
    using Map = TypeParam;
    const auto expect_kept = [](auto key, auto replace) {
        for_each_fault([&](Fault fault) {
            Map map = map_of<Map>(as_many_as(8));
            auto given = key();
            const bool failed = fails(fault, [&] { replace(map, std::move(given)); });
            const bool comes_before = fault.kind == Fault::Kind::alloc || fault.kind == Fault::Kind::memory ||
                                      fault.kind == Fault::Kind::hash || fault.kind == Fault::Kind::compare;
            if (failed && comes_before) {
                EXPECT_EQ(laws::number_of(given), 50u);
            }
            return failed;
        });
    };
    expect_kept([] { return make_left<Map>(50); },
                [](Map& map, auto&& left) { map.replace_left(map.begin(), std::move(left)); });
    expect_kept([] { return make_right<Map>(50); },
                [](Map& map, auto&& right) { map.replace_right(map.begin(), std::move(right)); });
}

// Merging.

/// Meets nothing, a left, a right, two pairs, and is there.
const Pairs source_pairs{{5, 5}, {1, 6}, {7, 3}, {0, 1}, {9, 9}};

TYPED_TEST(Merging, MovesEachPairThatIsNotRefusedAndLeavesTheOthers) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        Map map = map_of<Map>(few);
        Map source = map_of<Map>(source_pairs);
        Map expected = map_of<Map>(few);
        BulkInsertion counts;
        Pairs stay;
        for (const Pair& pair : source_pairs) {
            const auto done =
                expected.insert(policy, make_left<Map>(pair.first), make_right<Map>(pair.second));
            ++(done.inserted ? counts.inserted : counts.refused);
            counts.evicted += done.evicted_count();
            if (!done.inserted) stay.push_back(pair);
        }
        EXPECT_EQ(map.merge(policy, source), counts);
        EXPECT_EQ(in_order(map.left()), in_order(expected.left()));
        EXPECT_EQ(in_order(map.right()), in_order(expected.right()));
        std::ranges::sort(stay);
        EXPECT_EQ(content(source), stay);
        expect_sound(map);
        expect_sound(source);
    }
}

TYPED_TEST(Merging, RefusesWhereNoPolicyIsNamedAndIsMirroredThroughTheInverse) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    EXPECT_EQ(map.merge(map_of<Map>({{5, 5}, {1, 6}})), (BulkInsertion{1, 1, 0}));
    Map source = map_of<Map>({{1, 8}, {8, 3}});
    EXPECT_EQ(map.inverse().merge(policy::assign_right, source.inverse()), (BulkInsertion{1, 1, 1}));
    EXPECT_EQ(content(map), (Pairs{{0, 1}, {1, 8}, {2, 3}, {5, 5}}));
    EXPECT_EQ(content(source), (Pairs{{8, 3}}));
}

TYPED_TEST(Merging, AMapWithItselfChangesNothing) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        Map map = map_of<Map>(few);
        const Sight before = sight_of(map);
        EXPECT_EQ(map.merge(policy, map), (BulkInsertion{0, few.size(), 0}));
        expect_same(sight_of(map), before);
    }
}

TYPED_TEST(Merging, InvalidatesNeitherWhatStaysNorWhatWasHere) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    Map source = map_of<Map>(source_pairs);
    const Sight before = sight_of(map);
    const auto stays = source.left().find(make_left<Map>(1));
    const void* const place = std::addressof(stays->first);
    map.merge(source);
    EXPECT_EQ(std::addressof(source.left().find(make_left<Map>(1))->first), place);
    EXPECT_EQ(stays, source.left().find(make_left<Map>(1)));
    for (const auto& [number, where] : before.places)
        EXPECT_EQ(std::addressof(map.left().find(make_left<Map>(number))->first), where);
}

TYPED_TEST(Merging, ThatFailsHasEachPairInOneOfTheTwoMapsAndMovedThoseBefore) {
    using Map = TypeParam;
    for (const Pairs& pairs : {Pairs{}, few, as_many_as(8)}) {
        Pairs more;
        for (Number i = 0; i != 12; ++i) more.emplace_back(20 + i, 40 - i);
        for_each_fault([&](Fault fault) {
            Map map = map_of<Map>(pairs);
            Map source = map_of<Map>(more);
            const bool occurs = fails(fault, [&] { map.merge(source); });
            Pairs all = content(map);
            const Pairs moved = without(all, is_one_of(content(map_of<Map>(pairs))));
            EXPECT_EQ(moved, Pairs(more.begin(), more.begin() + static_cast<int>(moved.size())));
            for (const Pair& pair : content(source)) all.push_back(pair);
            std::ranges::sort(all);
            Pairs expected = pairs;
            expected.insert(expected.end(), more.begin(), more.end());
            std::ranges::sort(expected);
            EXPECT_EQ(all, expected);
            expect_sound(map);
            expect_sound(source);
            return occurs;
        });
    }
}

TYPED_TEST(Merging, ThatEvictsAndFailsLeavesBothMapsSound) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for_each_fault([&](Fault fault) {
            Map map = map_of<Map>(as_many_as(8));
            Map source = map_of<Map>(source_pairs);
            const bool occurs = fails(fault, [&] { map.merge(policy, source); });
            for (const Pair& pair : source_pairs)
                EXPECT_TRUE(any(content(map), meets(pair)) || any(content(source), meets(pair)));
            expect_sound(map);
            expect_sound(source);
            return occurs;
        });
    }
}

// Maps whose sides are of other kinds.

using SequencedMap = TrackedMap<Nature::sturdy, bimap::sequenced<>, bimap::hashed<CollidingHash>>;

TEST(MergingMapsOfOtherKinds, MovesThePairsInTheOrderInWhichTheyCame) {
    SequencedMap source = map_of<SequencedMap>({{7, 9}, {1, 6}, {5, 8}});
    TrackedMap<Nature::sturdy, bimap::ordered<>, bimap::sequenced<>> map = map_of<decltype(map)>(few);
    EXPECT_EQ(map.merge(source), (BulkInsertion{2, 1, 0}));
    EXPECT_EQ(in_order(map.right()), (Pairs{{1, 0}, {0, 1}, {3, 2}, {9, 7}, {8, 5}}));
    EXPECT_EQ(content(source), (Pairs{{1, 6}}));
    source.inverse().merge(policy::force, map.inverse());
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(content(source), (Pairs{{0, 1}, {1, 0}, {2, 3}, {5, 8}, {7, 9}}));
}

TEST(MergingMapsOfOtherKinds, HasEachPairInOneOfTheTwoMapsWhateverFails) {
    for_each_fault([&](Fault fault) {
        OrderedOnBothSides map = map_of<OrderedOnBothSides>(few);
        SequencedMap source = map_of<SequencedMap>({{7, 9}, {5, 8}});
        const bool occurs = fails(fault, [&] { map.merge(source); });
        EXPECT_EQ(map.size() + source.size(), few.size() + 2);
        expect_sound(map);
        expect_sound(source);
        return occurs;
    });
}

template <class Map, class Other>
concept MergesFrom = requires(Map& map, Other& other) { map.merge(other); };
static_assert(MergesFrom<bimap::BiMap<int, char>, bimap::BiMap<int, char, bimap::ordered<>>>);
static_assert(!MergesFrom<bimap::BiMap<int, char>, const bimap::BiMap<int, char>>);
static_assert(!MergesFrom<bimap::BiMap<int, char>, bimap::BiMap<char, int>>);
static_assert(!MergesFrom<bimap::BiMap<int, char>, bimap::BiMap<int, int>>);

// Pairs that can only be moved, and whose moves may throw.

TEST(NodesOfBrittlePairs, MayLoseThePairThatIsTakenOut) {
    for_each_fault([&](Fault fault) {
        BrittleMap map = map_of<BrittleMap>(few);
        const bool occurs = fails(fault, [&] { map.left().extract(make_left<BrittleMap>(1)); });
        EXPECT_TRUE(content(map) == few || content(map) == (Pairs{{0, 1}, {2, 3}}));
        expect_sound(map);
        return occurs;
    });
}

TEST(NodesOfBrittlePairs, PassOnWhatMovingThePairThrowsAndThenOwnNothingNew) {
    using Node = BrittleMap::node_type;
    for_each_fault([&](Fault fault) {
        Node source({make_left<BrittleMap>(1), make_right<BrittleMap>(2)});
        Node target({make_left<BrittleMap>(3), make_right<BrittleMap>(4)});
        const bool occurs = fails(fault, [&] { target = std::move(source); });
        EXPECT_TRUE(!occurs || target.empty() || numbers_in(target) == Pair(3, 4));
        EXPECT_TRUE(!occurs || target.empty() == source.empty())
            << "both own a pair, or none, after a failure";
        EXPECT_TRUE(occurs || (source.empty() && numbers_in(target) == Pair(1, 2)));
        return occurs;
    });
    for_each_fault([&](Fault fault) {
        Node source({make_left<BrittleMap>(1), make_right<BrittleMap>(2)});
        return fails(fault, [&] {
            const Node target(std::move(source));
            EXPECT_EQ(target.empty() ? Pair() : numbers_in(target), Pair(1, 2));
        });
    });
}

TEST(MergingBrittlePairs, MayLoseThePairThatMoves) {
    const Pairs more{{5, 5}, {6, 6}};
    for_each_fault([&](Fault fault) {
        BrittleMap map = map_of<BrittleMap>(few);
        BrittleMap source = map_of<BrittleMap>(more);
        const bool occurs = fails(fault, [&] { map.merge(source); });
        EXPECT_GE(map.size() + source.size(), occurs ? few.size() + 1 : few.size() + 2);
        expect_sound(map);
        expect_sound(source);
        return occurs;
    });
}

template <class Map>
void expect_to_lose_at_most_the_pair() {
    const auto replaced = [](const Pairs& after) {
        return after == few || after == Pairs{{0, 1}, {2, 3}} || after == Pairs{{0, 1}, {2, 3}, {7, 0}} ||
               after == Pairs{{0, 1}, {1, 7}, {2, 3}};
    };
    for_each_fault([&](Fault fault) {
        Map map = map_of<Map>(few);
        Map other = map_of<Map>(few);
        const auto one = map.left().find(make_left<Map>(1));
        const auto other_one = other.left().find(make_left<Map>(1));
        const bool occurs = fails(fault, [&] {
            map.replace_left(one, make_left<Map>(7));
            other.replace_right(other_one, make_right<Map>(7));
        });
        EXPECT_TRUE(replaced(content(map)) && replaced(content(other)));
        expect_sound(map);
        expect_sound(other);
        return occurs;
    });
}

TEST(ReplacingASideOfBrittlePairs, MayLoseThePair) {
    using Index = bimap::hashed<BrittleHash<Side::left>>;
    expect_to_lose_at_most_the_pair<BrittleMap>();
    expect_to_lose_at_most_the_pair<bimap::BiMap<Brittle<Side::left>, Brittle<Side::left>, Index, Index>>();
}

}  // namespace
