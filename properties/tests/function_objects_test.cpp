// SPDX-License-Identifier: BSL-1.0
// The hasher, equality and comparator of a map are its own: given at construction, copied, moved and swapped
// with it.
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <memory>
#include <memory_resource>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/pmr.hpp"

namespace {

// A comparator with a state: ascending or descending.

struct Direction {
    int sign = 1;
    bool operator()(int a, int b) const { return sign * a < sign * b; }
};
using Directed = bimap::BiMap<int, int, bimap::ordered<Direction>, bimap::ordered<Direction>>;
const bimap::ordered<Direction> up{{1}};
const bimap::ordered<Direction> down{{-1}};
const std::vector<Directed::value_type> pairs{{1, 10}, {3, 30}, {2, 20}};

std::vector<int> lefts_of(const auto& map) {
    std::vector<int> lefts;
    for (const auto& [left, right] : map) lefts.push_back(left);
    return lefts;
}
const std::vector<int> ascending{1, 2, 3};
const std::vector<int> descending{3, 2, 1};

TEST(FunctionObjects, AreGivenAtConstruction) {
    const Directed map(pairs.begin(), pairs.end(), down, up);
    EXPECT_EQ(lefts_of(map), descending);
    EXPECT_EQ(map.left().key_comp().sign, -1);
    EXPECT_EQ(map.right().key_comp().sign, 1);
    EXPECT_EQ(map.right().begin()->first, 10);
    EXPECT_EQ(map.inverse().right().key_comp().sign, -1);
}

/// Takes numbers that leave the same remainder for one.
struct Remainder {
    int divisor = 1;
    std::size_t operator()(int number) const { return static_cast<std::size_t>(number % divisor); }
    bool operator()(int one, int other) const { return one % divisor == other % divisor; }
};

TEST(FunctionObjects, AreHandedOutByTheirSide) {
    using Side = bimap::hashed<Remainder, Remainder>;
    const bimap::BiMap<int, int, Side, Side> map(Side{Remainder{3}, Remainder{5}},
                                                 Side{Remainder{7}, Remainder{11}});
    EXPECT_EQ(map.left().hash_function().divisor, 3);
    EXPECT_EQ(map.left().key_eq().divisor, 5);
    EXPECT_EQ(map.right().hash_function().divisor, 7);
    EXPECT_EQ(map.right().key_eq().divisor, 11);
    EXPECT_EQ(map.inverse().left().key_eq().divisor, 11);
}

TEST(FunctionObjects, StayOnTheSideForWhichTheyAreGiven) {
    const auto expect_left_down_right_up = [](const Directed& map) {
        EXPECT_EQ(map.left().key_comp().sign, -1);
        EXPECT_EQ(map.right().key_comp().sign, 1);
    };
    expect_left_down_right_up(Directed(down, up));
    expect_left_down_right_up(Directed({{1, 10}, {3, 30}}, down, up));
    expect_left_down_right_up(Directed(bimap::from_range, pairs, down, up));
    expect_left_down_right_up(Directed(Directed(down, up), std::allocator<Directed::value_type>()));
}

TEST(FunctionObjects, AreCopiedAndMovedWithTheMap) {
    Directed map(pairs.begin(), pairs.end(), down, up);
    Directed copy(map);
    copy.insert(0, 0);
    EXPECT_EQ(lefts_of(copy), (std::vector{3, 2, 1, 0}));
    Directed moved(std::move(map));
    EXPECT_EQ(lefts_of(moved), descending);
    map.insert(1, 1);
    map.insert(2, 2);
    EXPECT_EQ(lefts_of(map), (std::vector{2, 1})) << "a map that was moved from keeps its own";
}

TEST(FunctionObjects, AreAssignedWithTheMap) {
    const Directed source(pairs.begin(), pairs.end(), down, up);
    Directed map(pairs.begin(), pairs.end(), up, up);
    map = source;
    EXPECT_EQ(lefts_of(map), descending);
    Directed other(up, up);
    other = std::move(map);
    EXPECT_EQ(lefts_of(other), descending);
}

TEST(FunctionObjects, AreKeptWhenAListIsAssigned) {
    Directed map(down, up);
    map = {{1, 10}, {3, 30}, {2, 20}};
    EXPECT_EQ(lefts_of(map), descending);
}

TEST(FunctionObjects, AreSwappedWithTheMap) {
    Directed one(pairs.begin(), pairs.end(), down, up);
    Directed other(pairs.begin(), pairs.end(), up, down);
    swap(one, other);
    EXPECT_EQ(lefts_of(one), ascending);
    EXPECT_EQ(lefts_of(other), descending);
    EXPECT_EQ(one.left().key_comp().sign, 1);
    EXPECT_EQ(one.right().key_comp().sign, -1);
    EXPECT_EQ(other.right().key_comp().sign, 1);
}

/// What is constant is copied where the lambda moves, so that the old one still holds it.
auto below_by_what_is_held(const std::shared_ptr<int>& held) {
    const std::shared_ptr<int> constant = held;
    return [constant](int a, int b) { return a < b + *constant; };
}

TEST(FunctionObjects, ThatAreLambdasGiveBackWhatTheyHold) {
    const auto held = std::make_shared<int>(0);
    using Holding = bimap::ordered<decltype(below_by_what_is_held(held))>;
    {
        bimap::BiMap<int, int, Holding> one(Holding{below_by_what_is_held(held)}, bimap::hashed<>{});
        auto other = one;
        other.swap(one);
    }
    EXPECT_EQ(held.use_count(), 1);
}

/// Cannot be copied any more once `refuses`, but exchanged.
struct CopiedOnlyAtFirst {
    static inline bool refuses = false;
    CopiedOnlyAtFirst() = default;
    CopiedOnlyAtFirst(const CopiedOnlyAtFirst&) {
        if (refuses) throw std::runtime_error("copied");
    }
    CopiedOnlyAtFirst& operator=(const CopiedOnlyAtFirst&) = delete;
    bool operator()(int a, int b) const { return a < b; }
};

TEST(FunctionObjects, AreNotCopiedWhereAMapIsAssignedByMoving) {
    std::pmr::monotonic_buffer_resource memory;
    bimap::pmr::BiMap<int, int, bimap::ordered<CopiedOnlyAtFirst>> map(&memory);
    bimap::pmr::BiMap<int, int, bimap::ordered<CopiedOnlyAtFirst>> other({{1, 10}, {2, 20}}, &memory);
    CopiedOnlyAtFirst::refuses = true;
    EXPECT_NO_THROW(map = std::move(other));
    CopiedOnlyAtFirst::refuses = false;
    EXPECT_EQ(map.size(), 2u);
}

TEST(FunctionObjects, AreNotCopiedWhereAMapIsShrunk) {
    bimap::BiMap<int, int, bimap::ordered<CopiedOnlyAtFirst>> map;
    for (int i = 0; i != 200; ++i) map.insert(i, i);
    erase_if(map, [](const auto& pair) { return pair.first % 7 != 0; });
    CopiedOnlyAtFirst::refuses = true;
    EXPECT_NO_THROW(map.shrink_to_fit());
    CopiedOnlyAtFirst::refuses = false;
    EXPECT_EQ(map.size(), 29u);
    EXPECT_EQ(violated_invariant(map), nullptr);
}

TEST(FunctionObjects, AreExchangedWhereAMapIsAssignedByMoving) {
    Directed one(pairs.begin(), pairs.end(), up, down);
    Directed other(pairs.begin(), pairs.end(), down, up);
    one = std::move(other);
    EXPECT_EQ(other.left().key_comp().sign, 1);
    EXPECT_EQ(other.right().key_comp().sign, -1);
    EXPECT_TRUE(other.insert(1, 2).inserted);
    EXPECT_EQ(lefts_of(one), descending);
}

/// Tells numbers apart by what is left over of a division.
struct Residue {
    int modulus = 1;
    std::size_t operator()(int a) const { return static_cast<std::size_t>(a % modulus); }
    bool operator()(int a, int b) const { return a % modulus == b % modulus; }
};

template <class Residues>
void expect_to_be_swapped() {
    bimap::BiMap<int, int, Residues> one(Residues{{10}, {10}}, bimap::hashed<>{});
    bimap::BiMap<int, int, Residues> other(Residues{{100}, {100}}, bimap::hashed<>{});
    one.insert(3, 3);
    other.insert(3, 3);
    swap(one, other);
    EXPECT_TRUE(other.left().contains(13));
    EXPECT_TRUE(one.left().contains(103));
    EXPECT_FALSE(one.left().contains(13));
}

TEST(FunctionObjects, AreSwappedTogetherWhereASideIsHashed) {
    expect_to_be_swapped<bimap::hashed<Residue, Residue>>();
    expect_to_be_swapped<bimap::sequenced<Residue, Residue>>();
}

TEST(FunctionObjects, AreBothTakenBySpecifier) {
    const auto tens_are_one = []<class Index>(Index index) {
        bimap::BiMap<int, int, Index> map(index, bimap::hashed<>{});
        map.insert(1, 1);
        EXPECT_TRUE(map.left().contains(11));
        EXPECT_FALSE(map.left().contains(2));
    };
    tens_are_one(bimap::hashed<Residue, Residue>{{1}, {10}});
    tens_are_one(bimap::sequenced<Residue, Residue>{{1}, {10}});
}

TEST(FunctionObjects, GoAlongToAnotherResource) {
    std::pmr::monotonic_buffer_resource here;
    std::pmr::monotonic_buffer_resource there;
    using Map = bimap::pmr::BiMap<int, int, bimap::ordered<Direction>>;
    Map map(up, {}, &here);
    Map other(pairs.begin(), pairs.end(), down, {}, &there);
    map = std::move(other);
    EXPECT_EQ(lefts_of(map), descending);
    EXPECT_EQ(violated_invariant(map), nullptr);
}

auto below_by(int sign) {
    return [sign](int a, int b) { return sign * a < sign * b; };
}
using Lambda = decltype(below_by(1));
static_assert(!std::is_copy_assignable_v<Lambda>);

TEST(FunctionObjects, MayBeLambdasThatCannotBeAssigned) {
    using Map = bimap::BiMap<int, int, bimap::ordered<Lambda>>;
    Map map(pairs.begin(), pairs.end(), bimap::ordered<Lambda>{below_by(-1)}, bimap::hashed<>{});
    Map other(map);
    other.clear();
    other = map;
    other.swap(map);
    map = std::move(other);
    EXPECT_EQ(lefts_of(map), descending);
}

TEST(FunctionObjects, ThatAreLambdasAreSwappedWithTheMap) {
    using Map = bimap::BiMap<int, int, bimap::ordered<Lambda>>;
    Map one(pairs.begin(), pairs.end(), bimap::ordered<Lambda>{below_by(-1)}, bimap::hashed<>{});
    Map other(bimap::ordered<Lambda>{below_by(1)}, bimap::hashed<>{});
    one.swap(other);
    one.insert_range(pairs);
    other.insert(0, 0);
    EXPECT_EQ(lefts_of(one), ascending);
    EXPECT_EQ(lefts_of(other), (std::vector{3, 2, 1, 0}));
}

// Keys that are equivalent without being equal.

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
std::string lower(std::string text) {
    for (char& c : text) c = lower(c);
    return text;
}
struct HashAnyCase {
    std::size_t operator()(const std::string& text) const { return std::hash<std::string>()(lower(text)); }
};
struct EqualAnyCase {
    bool operator()(const std::string& a, const std::string& b) const { return lower(a) == lower(b); }
};
struct LessAnyCase {
    bool operator()(const std::string& a, const std::string& b) const { return lower(a) < lower(b); }
};

template <class Map>
class EquivalentKeys : public testing::Test {
  protected:
    Map map_{{"one", 1}, {"two", 2}};
};
using Maps = testing::Types<bimap::BiMap<std::string, int, bimap::hashed<HashAnyCase, EqualAnyCase>>,
                            bimap::BiMap<std::string, int, bimap::ordered<LessAnyCase>, bimap::ordered<>>>;
TYPED_TEST_SUITE(EquivalentKeys, Maps);

TYPED_TEST(EquivalentKeys, AreFound) {
    EXPECT_EQ(this->map_.left().at("ONE"), 1);
    EXPECT_EQ(this->map_.left().equal_range("Two").first->first, "two");
    EXPECT_EQ(this->map_.left().erase("oNe"), 1u);
}

TYPED_TEST(EquivalentKeys, OfAPairThatIsThereChangeNothing) {
    EXPECT_FALSE(this->map_.force("ONE", 1).inserted);
    EXPECT_EQ(this->map_.right().at(1), "one");
}

TYPED_TEST(EquivalentKeys, TakeThePlaceOfTheOldOnesWithTheirPair) {
    const auto done = this->map_.assign_left("ONE", 3);
    EXPECT_EQ(done.evicted_left->first, "one");
    EXPECT_EQ(this->map_.right().at(3), "ONE");
    EXPECT_FALSE(this->map_.right().contains(1));
    EXPECT_EQ(violated_invariant(this->map_), nullptr);
}

TYPED_TEST(EquivalentKeys, MakeEqualMaps) {
    EXPECT_EQ(this->map_, (TypeParam{{"TWO", 2}, {"ONE", 1}}));
    EXPECT_FALSE(this->map_ == (TypeParam{{"TWO", 1}, {"ONE", 2}}));
}

// Keys that are not equal to themselves.

template <class Index>
class KeysUnequalToThemselves : public testing::Test {
  protected:
    using Map = bimap::BiMap<double, int, Index>;

    /// Two pairs whose lefts are NaN, and one whose left is a number.
    KeysUnequalToThemselves() : map_{{nan_, 1}, {nan_, 2}, {0.5, 3}} {}

    const double nan_ = std::numeric_limits<double>::quiet_NaN();
    Map map_;
};
using HashedIndexes = testing::Types<bimap::hashed<>, bimap::sequenced<>>;
TYPED_TEST_SUITE(KeysUnequalToThemselves, HashedIndexes);

TYPED_TEST(KeysUnequalToThemselves, ComeInAgainAndAgainAndAreNeverFound) {
    EXPECT_EQ(this->map_.size(), 3u);
    EXPECT_FALSE(this->map_.left().contains(this->nan_));
    EXPECT_EQ(this->map_.left().erase(this->nan_), 0u);
    EXPECT_TRUE(std::isnan(this->map_.right().at(2)));
}

TYPED_TEST(KeysUnequalToThemselves, GoFromTheOtherSideAtTheirPositionOrByForce) {
    EXPECT_EQ(this->map_.right().erase(1), 1u);
    this->map_.erase(this->map_.left().project(this->map_.right().find(2)));
    EXPECT_EQ(this->map_, (typename TestFixture::Map{{0.5, 3}}));
    this->map_.force(this->nan_, 3);
    EXPECT_EQ(this->map_.force(0.25, 3).evicted_count(), 1u);
    EXPECT_EQ(violated_invariant(this->map_), nullptr);
}

TYPED_TEST(KeysUnequalToThemselves, AreGrownCopiedAndClearedLikeAnyOthers) {
    for (int i = 4; i != 100; ++i) this->map_.insert(this->nan_, i);
    auto copy = this->map_;
    EXPECT_EQ(copy.size(), 99u);
    EXPECT_EQ(violated_invariant(copy), nullptr);
    EXPECT_FALSE(copy == this->map_) << "a NaN is equal to none of the other map";
    copy.retain([](const auto& pair) { return !std::isnan(pair.first); });
    EXPECT_EQ(copy.size(), 1u);
}

TYPED_TEST(KeysUnequalToThemselves, StayWhereTheirMapIsMergedWithItself) {
    for (const bimap::Policy policy :
         {bimap::policy::insert, bimap::policy::force, bimap::policy::assign_right}) {
        EXPECT_EQ(this->map_.merge(policy, this->map_), (bimap::BulkInsertion{0, 3, 0}));
        EXPECT_EQ(this->map_.size(), 3u);
        EXPECT_EQ(violated_invariant(this->map_), nullptr);
    }
}

// A function object that throws when it is exchanged leaves empty maps, and nothing else.

struct Stubborn {
    int sign = 1;
    inline static bool refuses = false;
    Stubborn() = default;
    explicit Stubborn(int s) : sign{s} {}
    Stubborn(const Stubborn& other) noexcept(false) : sign{other.sign} {
        if (refuses) throw std::runtime_error("stubborn");
    }
    Stubborn& operator=(const Stubborn& other) noexcept(false) {
        if (refuses) throw std::runtime_error("stubborn");
        sign = other.sign;
        return *this;
    }
    bool operator()(int a, int b) const { return sign * a < sign * b; }
};

/// Throws when it is assigned, but not when it moves.
struct Restless : Stubborn {
    using Stubborn::Stubborn;
    Restless() = default;
    Restless(const Restless&) = default;
    Restless(Restless&& other) noexcept { sign = other.sign; }
    Restless& operator=(const Restless&) = default;
    ~Restless() = default;
};

TEST(FunctionObjects, AreMadeAnewWhereTheirAssignmentThrowsAndTheirMoveDoesNot) {
    using Map = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<Restless>>;
    static_assert(std::is_nothrow_swappable_v<Map> && std::is_nothrow_move_assignable_v<Map>);
    Map map{{1, 10}, {2, 20}};
    Map other{{{3, 30}}, {}, bimap::ordered<Restless>{Restless{-1}}};
    Stubborn::refuses = true;
    swap(map, other);
    Stubborn::refuses = false;
    EXPECT_EQ(map.right().key_comp().sign, -1);
    EXPECT_EQ(map.size(), 1u);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_EQ(violated_invariant(other), nullptr);
}

class FunctionObjectsThatThrow : public testing::Test {
  protected:
    using Map = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<Stubborn>>;

    void TearDown() override { Stubborn::refuses = false; }

    void expect_empty_and_usable(Map& map) {
        Stubborn::refuses = false;
        EXPECT_TRUE(map.empty());
        EXPECT_EQ(violated_invariant(map), nullptr);
        map.insert(1, 1);
        EXPECT_EQ(map.size(), 1u);
    }

    Map map_{{1, 10}, {2, 20}};
    Map other_{{3, 30}};
};

TEST_F(FunctionObjectsThatThrow, AreExchangedOnBothSidesUnlessTheyDo) {
    using Index = bimap::ordered<Stubborn>;
    bimap::BiMap<int, int, Index, Index> one(pairs.begin(), pairs.end(), Index{Stubborn{-1}}, Index{});
    decltype(one) other(pairs.begin(), pairs.end(), Index{}, Index{Stubborn{-1}});
    one.swap(other);
    EXPECT_EQ(one.left().key_comp().sign, 1);
    EXPECT_EQ(one.right().key_comp().sign, -1);
    EXPECT_EQ(other.left().key_comp().sign, -1);
    EXPECT_EQ(other.right().key_comp().sign, 1);
    EXPECT_EQ(violated_invariant(one), nullptr);
    EXPECT_EQ(violated_invariant(other), nullptr);
}

TEST_F(FunctionObjectsThatThrow, AreLeftAloneWhereAMapIsSwappedWithItself) {
    Stubborn::refuses = true;
    EXPECT_NO_THROW(map_.swap(map_));
    EXPECT_EQ(map_.size(), 2u);
}

TEST_F(FunctionObjectsThatThrow, LeaveTwoEmptyMapsWhenSwapped) {
    Stubborn::refuses = true;
    EXPECT_THROW(map_.swap(other_), std::runtime_error);
    expect_empty_and_usable(map_);
    expect_empty_and_usable(other_);
}

TEST_F(FunctionObjectsThatThrow, LeaveTwoEmptyMapsWhenMoveAssigned) {
    Stubborn::refuses = true;
    EXPECT_THROW(map_ = std::move(other_), std::runtime_error);
    expect_empty_and_usable(map_);
    expect_empty_and_usable(other_);
}

TEST_F(FunctionObjectsThatThrow, LeaveEverythingAsItWasWhenMoveConstructed) {
    Stubborn::refuses = true;
    EXPECT_THROW(const Map moved(std::move(map_)), std::runtime_error);
    Stubborn::refuses = false;
    EXPECT_EQ(map_, (Map{{1, 10}, {2, 20}}));
}

TEST_F(FunctionObjectsThatThrow, LeaveEverythingAsItWasWhenCopied) {
    Stubborn::refuses = true;
    EXPECT_THROW(const Map copy(map_), std::runtime_error);
    EXPECT_THROW(map_ = other_, std::runtime_error);
    Stubborn::refuses = false;
    EXPECT_EQ(map_, (Map{{1, 10}, {2, 20}}));
    EXPECT_EQ(other_, (Map{{3, 30}}));
}

/// A hasher with a state that cannot be assigned to, once that is said.
struct Immovable {
    Immovable() = default;
    Immovable(const Immovable&) noexcept(false) {}  // so that it is assigned
    Immovable& operator=(const Immovable&) {
        if (is_set) throw std::runtime_error("no");
        return *this;
    }
    std::size_t operator()(int number) const { return std::hash<int>()(number); }
    static inline bool is_set = false;
    int state = 0;
};

TEST(FunctionObjects, AreNotExchangedWhereAListIsAssigned) {
    bimap::BiMap<int, int, bimap::hashed<Immovable>> map{{1, 1}, {2, 2}};
    Immovable::is_set = true;
    map = {{3, 3}};
    Immovable::is_set = false;
    EXPECT_TRUE(map.left().contains(3));
    EXPECT_EQ(map.size(), 1u);
}

}  // namespace
