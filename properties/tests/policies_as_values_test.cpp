// SPDX-License-Identifier: BSL-1.0
// A Policy is a value: insert, emplace and try_emplace under it do what the four named insertions do.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;
using bimap::OnConflict;
using bimap::Policy;
namespace policy = bimap::policy;

template <class Map>
class PoliciesAsValues : public testing::Test {};
using Maps = testing::Types<TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::ordered<>>,
                            TrackedMap<Nature::move_only, bimap::ordered<>, bimap::sequenced<>>,
                            TrackedMap<Nature::throwing, bimap::sequenced<>, bimap::hashed<CollidingHash>>>;
TYPED_TEST_SUITE(PoliciesAsValues, Maps);

/// A pair for each way of meeting those in `few`: none, a left, a right, two pairs, the pair itself.
const Pairs meetings{{5, 5}, {1, 5}, {5, 1}, {0, 0}, {0, 1}};

template <class Map>
auto insert_by_name(Map& map, Policy policy, const Pair& pair) {
    if (policy == policy::insert) return insertion(by_insert, map, pair);
    if (policy == policy::assign_left) return insertion(by_assign_left, map, pair);
    if (policy == policy::assign_right) return insertion(by_assign_right, map, pair);
    return insertion(by_force, map, pair);
}

/// The same answer and the same map, orders included.
template <class Map>
void expect_same_effect(Map& map, const auto& done, Map& expected, const auto& wanted) {
    EXPECT_EQ(done.inserted, wanted.inserted);
    EXPECT_EQ(numbers(*done.position), numbers(*wanted.position));
    EXPECT_EQ(done.evicted_left.has_value(), wanted.evicted_left.has_value());
    EXPECT_EQ(done.evicted_right.has_value(), wanted.evicted_right.has_value());
    if (done.evicted_left) {
        EXPECT_EQ(numbers(*done.evicted_left), numbers(*wanted.evicted_left));
    }
    if (done.evicted_right) {
        EXPECT_EQ(numbers(*done.evicted_right), numbers(*wanted.evicted_right));
    }
    EXPECT_EQ(in_order(map.left()), in_order(expected.left()));
    EXPECT_EQ(in_order(map.right()), in_order(expected.right()));
    EXPECT_EQ(violated_invariant(map), nullptr);
}

/// Calls act(map, policy, pair), which answers as an insertion, and compares it with the one that has a name.
template <class Map>
void expect_as_by_name(auto act) {
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            Map map = map_of<Map>(few);
            Map expected = map_of<Map>(few);
            const auto wanted = insert_by_name(expected, policy, pair);
            expect_same_effect(map, act(map, policy, pair), expected, wanted);
        }
    }
}

TYPED_TEST(PoliciesAsValues, InsertDoesWhatTheInsertionWithANameDoes) {
    expect_as_by_name<TypeParam>([](auto& map, Policy policy, const Pair& pair) {
        return map.insert(policy, make_left<TypeParam>(pair.first), make_right<TypeParam>(pair.second));
    });
}

TYPED_TEST(PoliciesAsValues, EmplaceDoesWhatTheInsertionWithANameDoes) {
    using Map = TypeParam;
    expect_as_by_name<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.emplace(policy, make_left<Map>(pair.first), make_right<Map>(pair.second));
    });
    expect_as_by_name<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.emplace(policy, std::piecewise_construct, std::tuple(pair.first), std::tuple(pair.second));
    });
}

TYPED_TEST(PoliciesAsValues, ThroughTheInverseAreMirrored) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            Map map = map_of<Map>(few);
            Map other = map_of<Map>(few);
            Map expected = map_of<Map>(few);
            const bool inserted = insert_by_name(expected, policy, pair).inserted;
            auto inverse = map.inverse();
            EXPECT_EQ(
                inverse.insert(policy.mirrored(), make_right<Map>(pair.second), make_left<Map>(pair.first))
                    .inserted,
                inserted);
            EXPECT_EQ(
                other.inverse()
                    .emplace(policy.mirrored(), make_right<Map>(pair.second), make_left<Map>(pair.first))
                    .inserted,
                inserted);
            EXPECT_EQ(map, expected);
            EXPECT_EQ(other, expected);
        }
    }
}

TYPED_TEST(PoliciesAsValues, InsertOnTheLeftDoesWhatTheInsertionWithANameDoes) {
    expect_as_by_name<TypeParam>([](auto& map, Policy policy, const Pair& pair) {
        return map.left().insert(policy, make_left<TypeParam>(pair.first),
                                 make_right<TypeParam>(pair.second));
    });
}

/// Calls act(map, policy, pair), which inserts into the right view, and compares it with the inverse.
template <class Map>
void expect_as_through_the_inverse(auto act) {
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            Map map = map_of<Map>(few);
            Map expected = map_of<Map>(few);
            const auto wanted =
                expected.inverse().insert(policy, make_right<Map>(pair.second), make_left<Map>(pair.first));
            const auto done = act(map, policy, pair);
            expect_same_effect(map, done, expected, wanted);
            EXPECT_EQ(done.position, map.right().find(done.position->first)) << "not of this view";
        }
    }
}

TYPED_TEST(PoliciesAsValues, InsertOnTheRightIsMirrored) {
    expect_as_through_the_inverse<TypeParam>([](auto& map, Policy policy, const Pair& pair) {
        return map.right().insert(policy, make_right<TypeParam>(pair.second),
                                  make_left<TypeParam>(pair.first));
    });
}

TYPED_TEST(PoliciesAsValues, EmplaceOnTheLeftDoesWhatTheInsertionWithANameDoes) {
    using Map = TypeParam;
    expect_as_by_name<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.left().emplace(policy, make_left<Map>(pair.first), make_right<Map>(pair.second));
    });
    expect_as_by_name<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.left().emplace(policy, std::piecewise_construct, std::tuple(pair.first),
                                  std::tuple(pair.second));
    });
}

TYPED_TEST(PoliciesAsValues, EmplaceOnTheRightIsMirrored) {
    using Map = TypeParam;
    expect_as_through_the_inverse<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.right().emplace(policy, make_right<Map>(pair.second), make_left<Map>(pair.first));
    });
    expect_as_through_the_inverse<Map>([](Map& map, Policy policy, const Pair& pair) {
        return map.right().emplace(policy, std::piecewise_construct, std::tuple(pair.second),
                                   std::tuple(pair.first));
    });
}

TYPED_TEST(PoliciesAsValues, EmplaceIntoAViewRefusesWhereNoPolicyIsNamed) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    EXPECT_FALSE(map.right().emplace(make_right<Map>(1), make_left<Map>(5)).inserted);
    EXPECT_FALSE(map.left().emplace(make_left<Map>(1), make_right<Map>(5)).inserted);
    EXPECT_FALSE(map.right().emplace(std::piecewise_construct, std::tuple(1u), std::tuple(5u)).inserted);
    EXPECT_EQ(content(map), few);
    EXPECT_TRUE(map.right().emplace(make_right<Map>(6), make_left<Map>(5)).inserted);
    EXPECT_TRUE(map.right().emplace(std::piecewise_construct, std::tuple(8u), std::tuple(7u)).inserted);
    EXPECT_EQ(number_of(map.left().at(make_left<Map>(5))), 6u);
    EXPECT_EQ(number_of(map.left().at(make_left<Map>(7))), 8u);
}

TYPED_TEST(PoliciesAsValues, InsertIntoAViewRefusesWhereNoPolicyIsNamed) {
    using Map = TypeParam;
    using FromRight = typename Map::right_view::value_type;
    Map map = map_of<Map>(few);
    EXPECT_FALSE(map.right().insert(make_right<Map>(1), make_left<Map>(5)).inserted);
    EXPECT_FALSE(map.right().insert(FromRight(make_right<Map>(1), make_left<Map>(5))).inserted);
    EXPECT_EQ(content(map), few);
    EXPECT_TRUE(map.right().insert(FromRight(make_right<Map>(6), make_left<Map>(5))).inserted);
    EXPECT_EQ(number_of(map.left().at(make_left<Map>(5))), 6u);
    if constexpr (std::copy_constructible<FromRight>) {
        const FromRight pair(make_right<Map>(8), make_left<Map>(7));
        EXPECT_TRUE(map.right().insert(pair).inserted);
        EXPECT_FALSE(map.right().insert(pair).inserted);
    }
}

TYPED_TEST(PoliciesAsValues, ARefusedArgumentOfInsertIsNotTouched) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            Map map = map_of<Map>(few);
            auto left = make_left<Map>(pair.first);
            auto right = make_right<Map>(pair.second);
            if (map.insert(policy, std::move(left), std::move(right))) continue;
            EXPECT_EQ(Pair(number_of(left), number_of(right)), pair);
        }
    }
}

TYPED_TEST(PoliciesAsValues, EmplaceIsStrong) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            for (const Pairs& pairs : {few, as_many_as(8)}) {
                expect_strong<Map>(pairs, [&](Map& map) {
                    map.emplace(policy, make_left<Map>(pair.first), make_right<Map>(pair.second));
                });
            }
        }
    }
}

// try_emplace: the partner is made from arguments, if it is needed.

TYPED_TEST(PoliciesAsValues, TryEmplaceDoesWhatTheInsertionWithANameDoes) {
    using Map = TypeParam;
    expect_as_by_name<Map>([](Map& map, Policy policy, const Pair& pair) {
        // Where the key and its partner refuse, the key's pair is shown: on the left as by insert.
        return map.left().try_emplace(policy, make_left<Map>(pair.first), pair.second);
    });
}

TYPED_TEST(PoliciesAsValues, TryEmplaceOnTheRightIsMirrored) {
    expect_as_through_the_inverse<TypeParam>([](auto& map, Policy policy, const Pair& pair) {
        return map.right().try_emplace(policy, make_right<TypeParam>(pair.second), pair.first);
    });
}

TEST(TryEmplaceOfAKeyThatIsLookedUpAsItIs, FollowsThePolicyInTheViewsEyes) {
    for (const bool replaces : {false, true}) {
        bimap::BiMap<int, std::string> map{{1, "one"}};
        const Policy policy = replaces ? bimap::policy::assign_left : bimap::policy::assign_right;
        EXPECT_EQ(map.right().try_emplace(policy, std::string_view("one"), 2).inserted, replaces);
        EXPECT_EQ(map.right().at("one"), replaces ? 2 : 1);
        EXPECT_EQ(map.inverse().left().try_emplace(policy, std::string_view("one"), 3).inserted, replaces);
        EXPECT_EQ(map.right().at("one"), replaces ? 3 : 1);
    }
}

TYPED_TEST(PoliciesAsValues, TryEmplaceRefusesWhereNoPolicyIsNamed) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    EXPECT_FALSE(map.left().try_emplace(make_left<Map>(1), 5u).inserted);
    EXPECT_FALSE(map.right().try_emplace(make_right<Map>(1), 5u).inserted);
    EXPECT_EQ(content(map), few);
    EXPECT_TRUE(map.left().try_emplace(make_left<Map>(5), 5u).inserted);
}

TYPED_TEST(PoliciesAsValues, TryEmplaceTouchesAndMakesNothingIfTheKeyRefuses) {
    using Map = TypeParam;
    ledger.open(0);
    const Ledger::Listening on{ledger};
    Map map = map_of<Map>(few);
    auto left = make_left<Map>(1);
    auto right = make_right<Map>(9);
    const Balance before = ledger.balance();
    for (const Policy policy : {policy::insert, policy::assign_right}) {
        for (const Fault::Kind kind : {Fault::Kind::alloc, Fault::Kind::copy, Fault::Kind::move}) {
            EXPECT_FALSE(fails({kind, 1}, [&] {
                EXPECT_FALSE(map.left().try_emplace(policy, std::move(left), std::move(right)).inserted);
            }));
        }
    }
    EXPECT_EQ(ledger.balance(), before);
    EXPECT_EQ(Pair(number_of(left), number_of(right)), Pair(1, 9));
}

TYPED_TEST(PoliciesAsValues, TryEmplaceIsStrong) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pair& pair : meetings) {
            for (const Pairs& pairs : {Pairs{}, few, as_many_as(8), as_many_as(21)}) {
                expect_strong<Map>(pairs, [&](Map& map) {
                    map.left().try_emplace(policy, make_left<Map>(pair.first), pair.second);
                });
                expect_strong<Map>(pairs, [&](Map& map) {
                    map.right().try_emplace(policy, make_right<Map>(pair.second), pair.first);
                });
            }
        }
    }
}

TYPED_TEST(PoliciesAsValues, TryEmplaceInvalidatesOnlyEvictedPairs) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    const Sight before = sight_of(map);
    map.left().try_emplace(policy::force, make_left<Map>(0), 0u);
    EXPECT_EQ(content(map), (Pairs{{0, 0}, {2, 3}}));
    EXPECT_EQ(std::addressof(map.left().find(make_left<Map>(2))->first), before.places.at(2).second);
}

// Arguments that refer into the map.

using Names = bimap::BiMap<std::string, std::string, bimap::hashed<>, bimap::ordered<>>;

std::string long_name(int n) { return "a name that is too long to lie in its string " + std::to_string(n); }

TEST(ArgumentsOutOfTheMap, MayBeGivenToTryEmplaceUnderAnyPolicy) {
    for (const Policy policy : policies) {
        for (const int number_of_pairs : {1, 8}) {
            Names names;
            for (int i = 0; i != number_of_pairs; ++i) names.insert(long_name(i), long_name(100 + i));
            const std::string left = names.begin()->first;
            const bool inserted =
                names.left().try_emplace(policy, names.begin()->first, long_name(200)).inserted;
            EXPECT_EQ(inserted, policy.left == OnConflict::replace);
            EXPECT_EQ(names.left().at(left) == long_name(200), inserted);

            const std::string right = names.right().begin()->first;
            EXPECT_TRUE(
                names.left()
                    .try_emplace(policy::force, names.right().begin()->first, names.right().begin()->first)
                    .inserted);
            EXPECT_EQ(names.left().at(right), right);
            EXPECT_EQ(violated_invariant(names), nullptr);
        }
    }
}

TEST(TryEmplace, TakesEmptyBracesForAKeyAndNotForAPolicy) {
    Names names;
    names.left().try_emplace({}, "a right");
    names.right().try_emplace({}, "a left");
    EXPECT_EQ(names.left().at(""), "a right");
    EXPECT_EQ(names.right().at(""), "a left");
}

TEST(OneObjectForBothSides, IsCopiedToBoth) {
    for (const Policy policy : policies) {
        Names names{{long_name(1), long_name(2)}};
        std::string both = long_name(1);
        names.insert(policy, std::move(both), both);
        both = long_name(3);
        names.insert(policy, both, std::move(both));
        both = long_name(4);
        names.insert(std::move(both), std::move(both));
        both = long_name(5);
        names.right().insert(policy, std::move(both), both);
        EXPECT_EQ(names.left().at(long_name(1)), long_name(policy.left == OnConflict::replace ? 1 : 2));
        for (const int n : {3, 4, 5}) EXPECT_EQ(names.left().at(long_name(n)), long_name(n));
        EXPECT_EQ(violated_invariant(names), nullptr);
    }
}

TEST(ArgumentsOutOfTheMap, MayBeGivenToInsertAndEmplaceUnderAnyPolicy) {
    for (const Policy policy : policies) {
        Names names{{long_name(1), long_name(2)}, {long_name(3), long_name(4)}};
        const auto& [left, right] = *names.begin();
        const std::string was_right = right;
        EXPECT_TRUE(names.insert(policy, right, left).inserted);
        EXPECT_TRUE(names.left().contains(was_right));
        const bool replaces = policy == policy::force;
        EXPECT_EQ(names.emplace(policy, names.begin()->first, std::next(names.begin())->second).inserted,
                  replaces);
        EXPECT_EQ(violated_invariant(names), nullptr);
    }
}

TEST(ArgumentsOutOfTheMap, MayBeErasedOrExtractedBy) {
    Names names{{long_name(1), long_name(2)}, {long_name(3), long_name(4)}, {long_name(5), long_name(6)}};
    EXPECT_EQ(names.left().erase(names.begin()->first), 1u);
    EXPECT_EQ(names.right().erase(names.right().begin()->first), 1u);
    const std::string last = names.begin()->first;
    EXPECT_EQ(names.left().extract(names.begin()->first).left(), last);
    EXPECT_TRUE(names.empty());
    EXPECT_EQ(violated_invariant(names), nullptr);
}

/// A folder of folders.
struct Folder {
    bimap::BiMap<std::string, std::shared_ptr<Folder>> inside;
};

TEST(ArgumentsOutOfTheMap, MayBeMapsThatAreAssignedToIt) {
    for (const bool moves : {false, true}) {
        Folder root;
        root.inside.insert("child", std::make_shared<Folder>());
        const std::weak_ptr gone = root.inside.left().at("child");
        auto& source = root.inside.left().at("child")->inside;
        source.insert("grandchild", nullptr);
        moves ? root.inside = std::move(source) : root.inside = std::as_const(source);
        EXPECT_TRUE(root.inside.size() == 1 && root.inside.left().contains("grandchild"));
        EXPECT_TRUE(gone.expired());
        EXPECT_EQ(violated_invariant(root.inside), nullptr);
    }
}

TEST(TryEmplace, MakesThePartnerFromAnyNumberOfArguments) {
    Names names;
    EXPECT_TRUE(names.left().try_emplace("none"));
    EXPECT_TRUE(names.left().try_emplace("three", 3u, 'x'));
    EXPECT_TRUE(names.left().try_emplace(policy::force, "three", "and more", 3u));
    EXPECT_EQ(names, (Names{{"none", ""}, {"three", "and"}}));
    EXPECT_FALSE(names.right().try_emplace("and", "four").inserted);
    EXPECT_EQ(names.right().try_emplace("or", "four").position->second, "four");
}

TEST(Emplace, MakesEachSideFromItsOwnArguments) {
    bimap::BiMap<int, int> map;
    EXPECT_TRUE(map.emplace(std::piecewise_construct, std::tuple(1), std::tuple(2)));
    EXPECT_TRUE(map.emplace(policy::force, std::piecewise_construct, std::tuple(1), std::tuple(3)));
    EXPECT_TRUE(map.inverse().emplace(std::piecewise_construct, std::tuple(5), std::tuple(4)));
    EXPECT_EQ(map, (bimap::BiMap<int, int>{{1, 3}, {4, 5}}));
}

TEST(Insert, TakesAPairUnderAnyPolicy) {
    for (const Policy policy : policies) {
        Names names{{long_name(1), long_name(2)}};
        Names::value_type pair{long_name(1), long_name(3)};
        EXPECT_EQ(names.insert(policy, pair).inserted, policy.left == OnConflict::replace);
        EXPECT_EQ(pair.second, long_name(3));
        EXPECT_TRUE(names.insert(policy, {"five", "six"}));
        names.insert(policy, std::move(pair));
        EXPECT_EQ(pair.second, long_name(3)) << "what was not inserted was taken";
        pair = {long_name(7), long_name(8)};
        names.insert(policy, std::move(pair));
        EXPECT_TRUE(pair.first.empty() && pair.second.empty());
        EXPECT_EQ(names.left().at(long_name(7)), long_name(8));
    }
}

struct Text {
    std::string all;
    Text(const std::string& first, const std::string& second) : all(first + second) {}
    Text(const char* text) : all(text) {}  // NOLINT(google-explicit-constructor): as users have them
    auto operator<=>(const Text&) const = default;
};

TEST(Insert, TakesNoPolicyForWhatIsNone) {
    bimap::BiMap<std::string, Text, bimap::hashed<>, bimap::ordered<>> map;
    EXPECT_TRUE(map.insert({}, {"a", "b"}));
    EXPECT_EQ(map.left().at("").all, "ab");
}

TEST(Insert, AnswersWithWhatIsTakenApart) {
    Names names;
    const auto [position, inserted] = names.insert("one", "two");
    EXPECT_TRUE(inserted);
    EXPECT_EQ(position->second, "two");
    const auto [in_the_way, again] = names.insert("one", "three");
    EXPECT_FALSE(again);
    EXPECT_EQ(in_the_way, position);
}

TEST(PolicyTest, IsAValue) {
    static_assert(policy::assign_left.mirrored() == policy::assign_right);
    static_assert(policy::force.mirrored() == policy::force && policy::insert.mirrored() == policy::insert);
    static_assert(Policy{OnConflict::replace, OnConflict::refuse} == policy::assign_left);
    static_assert(noexcept(policy::force.mirrored()));
    EXPECT_TRUE(policy::force == policy::force);
    EXPECT_FALSE(policy::force == policy::assign_left);
    EXPECT_FALSE(policy::force == policy::assign_right);
}

TEST(PoliciesAsValuesOfStrings, APairThatIsRefusedIsLeftAsItWas) {
    using Map = bimap::BiMap<std::string, int>;
    Map map{{"one", 1}};
    const std::string left = "another left, and a long one";
    std::pair<std::string, int> pair(left, 1);
    EXPECT_FALSE(map.insert(std::move(pair)));
    EXPECT_FALSE(map.insert(policy::insert, std::move(pair)));
    EXPECT_FALSE(map.left().insert(std::move(pair)));
    EXPECT_FALSE(map.left().insert(policy::assign_left, std::move(pair)));
    EXPECT_EQ(pair.first, left);
    std::pair<int, std::string> turned(1, left);
    EXPECT_FALSE(map.right().insert(policy::insert, std::move(turned)));
    EXPECT_FALSE(map.inverse().insert(policy::insert, std::move(turned)));
    EXPECT_EQ(turned.second, left);
}

}  // namespace
