// SPDX-License-Identifier: BSL-1.0
// What a side with a hash says about how full its table is.
#include <gtest/gtest.h>

#include <cstddef>

#include "bimap/bimap.hpp"

namespace {

using Map = bimap::BiMap<int, int, bimap::hashed<>, bimap::sequenced<>>;

TEST(LoadFactor, OfAMapWithoutATableIsZero) {
    const Map map;
    EXPECT_EQ(map.left().bucket_count(), 0u);
    EXPECT_EQ(map.left().load_factor(), 0.0F);
    EXPECT_EQ(map.right().load_factor(), 0.0F);
    Map cleared{{1, 2}};
    cleared.clear();
    EXPECT_EQ(cleared.left().load_factor(), 0.0F);
    EXPECT_GT(cleared.left().bucket_count(), 0u);
    cleared.shrink_to_fit();
    EXPECT_EQ(cleared.left().bucket_count(), 0u);
}

static_assert(bimap::detail::share(16'777'251, 22'369'668) == 0.75F, "more than a float can count");

template <class View>
void expect_load(View view) {
    ASSERT_GE(view.bucket_count(), view.size());
    ASSERT_EQ(view.load_factor(), static_cast<float>(view.size()) / static_cast<float>(view.bucket_count()));
    ASSERT_LE(view.load_factor(), view.max_load_factor());
}

TEST(LoadFactor, IsThePairsForEachPlace) {
    Map map;
    for (int i = 0; i != 1000; ++i) {
        map.insert(i, -i);
        ASSERT_NO_FATAL_FAILURE(expect_load(map.left()));
        ASSERT_NO_FATAL_FAILURE(expect_load(map.right()));
    }
    const std::size_t places = map.left().bucket_count();
    erase_if(map, [](const auto& pair) { return pair.first % 2 != 0; });
    EXPECT_EQ(map.left().bucket_count(), places);
    EXPECT_EQ(map.left().load_factor(), 500.0F / static_cast<float>(places));
}

TEST(LoadFactor, ReachesItsMostBeforeTheTableGrows) {
    Map map;
    map.insert(0, 0);
    for (int i = 1; i != 1000; ++i) {
        const std::size_t before = map.left().bucket_count();
        map.insert(i, -i);
        if (map.left().bucket_count() == before) continue;
        const auto wanted = static_cast<float>(map.size()) / static_cast<float>(before);
        EXPECT_GT(wanted, map.left().max_load_factor()) << "at a size of " << map.size();
    }
    EXPECT_GT(map.left().bucket_count(), 1000u);
}

template <class View>
constexpr bool says_how_full_it_is = requires(const View& view) {
    view.bucket_count();
    view.load_factor();
    View::max_load_factor();
};
using HalfOrdered = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>>;
static_assert(says_how_full_it_is<HalfOrdered::left_view> && says_how_full_it_is<Map::right_view>);
static_assert(!says_how_full_it_is<HalfOrdered::right_view>, "a tree is not full or empty");

}  // namespace
