// SPDX-License-Identifier: BSL-1.0
// References to a pair stay valid until that pair is erased, whatever else happens to the map.
#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

template <class Map>
class ReferenceStability : public testing::Test {
  protected:
    using L = typename Map::left_type;
    using R = typename Map::right_type;

    ReferenceStability() {
        map_.insert(make_left<Map>(7), make_right<Map>(8));
        left_ = std::addressof(map_.left().begin()->first);
        right_ = std::addressof(map_.right().begin()->first);
    }

    /// Whether the pair is where it was, as it was, and whether all ways lead there.
    void expect_in_place(const Map& map) {
        EXPECT_EQ(number_of(*left_), 7u);
        EXPECT_EQ(number_of(*right_), 8u);
        EXPECT_EQ(std::addressof(map.left().at(make_left<Map>(7))), right_);
        EXPECT_EQ(std::addressof(map.right().at(make_right<Map>(8))), left_);
    }

    static Pairs many() {
        Pairs pairs;
        for (Number i = 10; i < 2000; ++i) pairs.emplace_back(i, i * 7 % 5000);
        return pairs;
    }

    Map map_;
    const L* left_;
    const R* right_;
};

using Maps = testing::Types<
    bimap::BiMap<std::string, int>,
    bimap::BiMap<std::string, std::string, bimap::ordered<>, bimap::ordered<>>,
    bimap::BiMap<Tracked<Side::left, Nature::move_only>, Tracked<Side::right, Nature::move_only>,
                 bimap::sequenced<>, bimap::ordered<>>>;
TYPED_TEST_SUITE(ReferenceStability, Maps);

TYPED_TEST(ReferenceStability, ThroughGrowth) {
    insert_each(this->map_, this->many());
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughReserve) {
    this->map_.reserve(5000);
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughErasingOthersAndShrinking) {
    insert_each(this->map_, this->many());
    erase_if(this->map_, [](const auto& pair) { return number_of(pair.first) != 7; });
    this->map_.shrink_to_fit();
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughEvictionOfOthers) {
    insert_each(this->map_, {{1, 2}, {3, 4}});
    insertion(by_force, this->map_, {1, 4});
    insertion(by_assign_left, this->map_, {1, 5});
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughRefusal) {
    insertion(by_force, this->map_, {7, 8});
    insertion(by_insert, this->map_, {7, 9});
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughMoveConstruction) {
    const TypeParam moved(std::move(this->map_));
    this->expect_in_place(moved);
}

TYPED_TEST(ReferenceStability, ThroughMoveAssignment) {
    TypeParam other = map_of<TypeParam>({{1, 2}});
    other = std::move(this->map_);
    this->expect_in_place(other);
}

TYPED_TEST(ReferenceStability, ThroughCopyingOverItself) {
    if constexpr (Copyable<TypeParam>) {
        const TypeParam& same = this->map_;
        this->map_ = same;
    }
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, ThroughSwap) {
    TypeParam other = map_of<TypeParam>({{1, 2}});
    swap(other, this->map_);
    this->expect_in_place(other);
}

TYPED_TEST(ReferenceStability, IteratorsSurviveInsertionAndTheErasureOfOthers) {
    const auto left = this->map_.left().begin();
    const auto right = this->map_.right().begin();
    insert_each(this->map_, this->many());
    erase_if(this->map_, [](const auto& pair) { return number_of(pair.first) % 3 == 0; });
    EXPECT_EQ(std::addressof(left->first), this->left_);
    EXPECT_EQ(std::addressof(right->first), this->right_);
    EXPECT_EQ(left, this->map_.left().find(make_left<TypeParam>(7)));
    EXPECT_EQ(right, this->map_.right().find(make_right<TypeParam>(8)));
}

TYPED_TEST(ReferenceStability, IteratorsSurviveReservingAndShrinking) {
    const auto left = this->map_.left().begin();
    const auto right = this->map_.right().begin();
    this->map_.reserve(3000);
    this->map_.shrink_to_fit();
    EXPECT_EQ(std::addressof(left->first), this->left_);
    EXPECT_EQ(std::addressof(right->first), this->right_);
    EXPECT_EQ(std::next(left), this->map_.left().end());
}

TYPED_TEST(ReferenceStability, IteratorsGoOnWhereTheMapShrank) {
    insert_each(this->map_, this->many());
    const auto view = this->map_.left();
    auto position = view.begin();
    for (auto ahead = std::next(position, 2); ahead != view.end(); ++ahead) ++position;
    const Number last_but_one = number_of(position->first);
    const Number last = number_of(std::next(position)->first);
    erase_if(this->map_, [&](const auto& pair) {
        return number_of(pair.first) != last_but_one && number_of(pair.first) != last;
    });
    this->map_.shrink_to_fit();
    ++position;
    EXPECT_EQ(number_of(position->first), last);
    EXPECT_EQ(std::next(position), view.end());
}

TYPED_TEST(ReferenceStability, IteratorsGoOnThoughTheOneBeforeThemIsErased) {
    for (std::ptrdiff_t place = 1; place != 150; ++place) {
        TypeParam map;
        for (Number i = 0; i < 152; ++i) map.insert(make_left<TypeParam>(i), make_right<TypeParam>(i));
        const auto view = map.left();
        auto position = view.begin();
        for (std::ptrdiff_t i = 0; i != place; ++i) ++position;
        const Number expected = number_of(std::next(position)->first);
        map.erase(std::next(view.begin(), place - 1));
        ++position;
        ASSERT_EQ(number_of(position->first), expected) << "at " << place;
    }
}

TYPED_TEST(ReferenceStability, IteratorsSurviveWhatHappensToOtherPairs) {
    const auto left = this->map_.left().begin();
    const auto right = this->map_.right().begin();
    insert_each(this->map_, {{1, 2}, {3, 4}, {5, 6}});
    auto& map = this->map_;
    map.replace_left(map.left().find(make_left<TypeParam>(1)), make_left<TypeParam>(9));
    map.replace_right(map.left().find(make_left<TypeParam>(9)), make_right<TypeParam>(9));
    map.left().extract(make_left<TypeParam>(3));
    TypeParam other = map_of<TypeParam>({{11, 12}, {7, 13}});
    map.merge(other);
    auto elements = elements_of<TypeParam>({{5, 9}, {20, 21}});
    map.insert_range(bimap::policy::force, fault_points::moving(elements));
    EXPECT_EQ(std::addressof(left->first), this->left_);
    EXPECT_EQ(std::addressof(right->first), this->right_);
    this->expect_in_place(map);
}

TYPED_TEST(ReferenceStability, IteratorsSurviveMovingPairsToTheEnds) {
    const auto left = this->map_.left().begin();
    insert_each(this->map_, {{1, 2}, {3, 4}});
    if constexpr (Sequenced<typename TypeParam::left_view>) {
        this->map_.left().move_to_back(left);
        EXPECT_EQ(std::next(left), this->map_.left().end());
        this->map_.left().move_to_front(left);
        EXPECT_EQ(left, this->map_.left().begin());
    }
    this->expect_in_place(this->map_);
}

TYPED_TEST(ReferenceStability, TheReferencesOutliveTheIterator) {
    const auto& [left, right] = *this->map_.left().begin();
    EXPECT_EQ(std::addressof(left), this->left_);
    EXPECT_EQ(std::addressof(right), this->right_);
}

TYPED_TEST(ReferenceStability, BothViewsShowTheSameObjects) {
    const auto from_right = *this->map_.right().begin();
    EXPECT_EQ(std::addressof(from_right.first), this->right_);
    EXPECT_EQ(std::addressof(from_right.second), this->left_);
    EXPECT_EQ(std::addressof(this->map_.inverse().begin()->second), this->left_);
}

}  // namespace
