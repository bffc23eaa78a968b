// SPDX-License-Identifier: BSL-1.0
// With BIMAP_ASSERTIONS the program ends where a caller breaks a precondition, and says which.
#ifndef BIMAP_ASSERTIONS
#define BIMAP_ASSERTIONS
#endif
#include <gtest/gtest.h>

#include <iterator>
#include <memory_resource>
#include <utility>

#include "bimap/bimap.hpp"
#include "bimap/pmr.hpp"

namespace {

/// A key that nobody else has, so that these maps are compiled here alone, with their assertions.
struct Key {
    int number = 0;
    auto operator<=>(const Key&) const = default;
};

using Map = bimap::BiMap<Key, int, bimap::ordered<>, bimap::sequenced<>>;

class PreconditionsDeathTest : public testing::Test {
  protected:
    Map map_{{{1}, 10}, {{2}, 20}};
    Map other_{{{1}, 10}};
    Map none_;
};

TEST_F(PreconditionsDeathTest, ThereIsAPairWhereAnIteratorIsFollowed) {
    EXPECT_DEATH(*map_.left().end(), "is_at_a_pair");
    EXPECT_DEATH(map_.right().end().operator->(), "is_at_a_pair");
    EXPECT_DEATH(*Map::iterator(), "is_at_a_pair");
    EXPECT_DEATH(none_.right().front(), "is_at_a_pair");
    EXPECT_DEATH(none_.left().back(), "is_behind_a_pair");
    const auto gone = map_.left().find({1});
    map_.left().erase(gone);
    EXPECT_DEATH(*gone, "is_at_a_pair");
}

TEST_F(PreconditionsDeathTest, AnIteratorStaysBetweenTheEnds) {
    EXPECT_DEATH(++map_.left().end(), "is_at_a_pair");
    EXPECT_DEATH(--map_.left().begin(), "is_behind_a_pair");
    EXPECT_DEATH(--none_.right().end(), "is_behind_a_pair");
    EXPECT_DEATH(--Map::iterator(), "is_behind_a_pair");
    auto gone = map_.left().find({2});
    auto gone_on_the_right = map_.right().find(20);
    map_.erase(gone);
    EXPECT_DEATH(--gone, "is_behind_a_pair");
    EXPECT_DEATH(--gone_on_the_right, "is_behind_a_pair");
}

TEST_F(PreconditionsDeathTest, APairIsErasedWhereThereIsOne) {
    EXPECT_DEATH(map_.erase(map_.end()), "has_a_pair_at");
    EXPECT_DEATH(map_.right().erase(map_.right().end()), "has_a_pair_at");
    EXPECT_DEATH(map_.left().erase(other_.left().begin()), "has_a_pair_at") << "of another map";
}

TEST_F(PreconditionsDeathTest, APairIsTakenOutWhereThereIsOne) {
    EXPECT_DEATH(map_.extract(map_.end()), "has_a_pair_at");
    EXPECT_DEATH(map_.right().extract(map_.right().end()), "has_a_pair_at");
}

TEST_F(PreconditionsDeathTest, ASideIsReplacedWhereThereIsAPair) {
    EXPECT_DEATH(map_.replace_left(map_.end(), {3}), "has_a_pair_at");
    EXPECT_DEATH(map_.replace_right(map_.end(), 30), "has_a_pair_at");
}

TEST_F(PreconditionsDeathTest, APairIsMovedToAnEndWhereThereIsOne) {
    EXPECT_DEATH(map_.right().move_to_front(map_.right().end()), "has_a_pair_at");
    EXPECT_DEATH(map_.right().move_to_back(map_.right().end()), "has_a_pair_at");
}

TEST_F(PreconditionsDeathTest, PositionsOfAMapThatWasMovedFromAreNoLongerFollowed) {
    const auto first = map_.begin();
    Map moved(std::move(map_));
    EXPECT_DEATH(*first, "is_at_a_pair");
    EXPECT_EQ(moved.begin()->second, 10);
}

TEST_F(PreconditionsDeathTest, MapsChangePlacesWhereTheirAllocatorsAreEqualOrPropagate) {
    std::pmr::monotonic_buffer_resource memory;
    bimap::pmr::BiMap<Key, int, bimap::ordered<>> here{{{1}, 10}};
    bimap::pmr::BiMap<Key, int, bimap::ordered<>> there(&memory);
    EXPECT_DEATH(here.swap(there), "allocator_ == other.allocator_");
    bimap::pmr::BiMap<Key, int, bimap::ordered<>> beside;
    here.swap(beside);
    EXPECT_EQ(beside.size(), 1u);
}

/// Says something else about a key after the salt has changed.
struct SaltedHash {
    inline static std::size_t salt = 0;
    std::size_t operator()(Key key) const { return static_cast<std::size_t>(key.number) + salt; }
};

TEST(HashedPreconditionsDeathTest, AKeyKeepsItsHash) {
    bimap::BiMap<Key, int, bimap::hashed<SaltedHash>> map;
    map.reserve(1000);
    const auto count = static_cast<int>(map.capacity());
    for (int i = 0; i != count; ++i) map.insert({i * i}, i);  // some not in their home group
    SaltedHash::salt = 1'000'000;
    EXPECT_DEATH(map.right().erase(7), "keeps_its_hash");
    EXPECT_DEATH(map.extract(map.begin()), "keeps_its_hash");
    SaltedHash::salt = 0;
    for (int i = 0; i != count; ++i) EXPECT_EQ(map.right().erase(i), 1u);
}

TEST(Preconditions, AskNothingOfWhoKeepsThem) {
    Map map;
    for (int i = 0; i < 100; ++i) map.insert({i}, i);
    for (auto it = map.begin(); it != map.end();) it = it->second % 2 == 0 ? map.erase(it) : std::next(it);
    for (auto it = map.right().end(); it != map.right().begin();) --it;
    map.right().move_to_front(map.right().project(map.left().find({99})));
    EXPECT_EQ(map.right().front().second, Key{99});
    EXPECT_EQ(map.extract(map.left().find({1})).right(), 1);
    EXPECT_EQ(map.right().project(map.end()), map.right().end());
    EXPECT_EQ(map.size(), 49u);
}

}  // namespace
