// SPDX-License-Identifier: BSL-1.0
// An empty map owns nothing, and what needs no memory takes none.
#include <gtest/gtest.h>

#include <utility>

#include "properties/laws.hpp"
#include "properties/ledger.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

template <class Map>
class EmptyMap : public testing::Test {
  protected:
    EmptyMap() { ledger.open(0); }

    /// How many blocks act allocates, those included that it gives back.
    static std::size_t allocations(auto act) {
        const Ledger::Listening on{ledger};
        for (std::uint8_t count = 0;; ++count) {
            ledger.arm({Fault::Kind::alloc, static_cast<std::uint8_t>(count + 1)});
            try {
                act();
            } catch (const FailedAllocation&) {
                continue;
            }
            ledger.disarm();
            return count;
        }
    }

    static std::size_t blocks() { return ledger.balance().blocks; }
};

using Maps =
    testing::Types<bimap::BiMap<int, int>, bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>,
                   bimap::BiMap<std::string, int, bimap::hashed<>, bimap::ordered<>>>;
TYPED_TEST_SUITE(EmptyMap, Maps);

TYPED_TEST(EmptyMap, IsAsLargeAsItIsSaidToBe) {
    EXPECT_GE(sizeof(TypeParam), 376u);
    EXPECT_LE(sizeof(TypeParam), 440u);
}

TYPED_TEST(EmptyMap, AllocatesNothing) {
    EXPECT_EQ(this->allocations([] { const TypeParam map; }), 0u);
}

TYPED_TEST(EmptyMap, AllocatesNothingWhenItIsLookedThrough) {
    const auto left = make_left<TypeParam>(1);
    const auto right = make_right<TypeParam>(1);
    EXPECT_EQ(this->allocations([&] {
        TypeParam map;
        EXPECT_TRUE(map.left().find(left) == map.left().end() &&
                    map.right().find(right) == map.right().end());
        EXPECT_TRUE(map.begin() == map.end() && map.right().begin() == map.right().end());
        if constexpr (Ordered<typename TypeParam::right_view>) {
            EXPECT_TRUE(map.right().lower_bound(right) == map.right().end() &&
                        map.right().upper_bound(right) == map.right().end());
        }
        EXPECT_TRUE(map.left().equal_range(left).first == map.end() && !map.inverse().left().contains(right));
        EXPECT_EQ(map.left().erase(left) + map.right().erase(right), 0u);
        EXPECT_EQ(erase_if(map, [](const auto&) { return true; }), 0u);
    }),
              0u);
}

TYPED_TEST(EmptyMap, AllocatesNothingWhenItIsCopiedMovedSwappedComparedAndCleared) {
    EXPECT_EQ(this->allocations([] {
        TypeParam map;
        TypeParam copy(map);
        TypeParam moved(std::move(copy));
        map = moved;
        moved = std::move(map);
        moved.swap(copy);
        moved.clear();
        moved.reserve(0);
        moved.shrink_to_fit();
        EXPECT_TRUE(moved == copy);
    }),
              0u);
}

TYPED_TEST(EmptyMap, AllocatesNothingWhenItIsCopiedThoughItHadPairs) {
    TypeParam map = map_of<TypeParam>({{1, 2}, {3, 4}});
    map.clear();
    EXPECT_EQ(this->allocations([&] {
        const TypeParam copy(map);
        EXPECT_EQ(copy.capacity(), 0u);
    }),
              0u);
}

TYPED_TEST(EmptyMap, MovingAllocatesNothing) {
    TypeParam map = map_of<TypeParam>({{1, 2}, {3, 4}});
    EXPECT_EQ(this->allocations([&] {
        TypeParam moved(std::move(map));
        map = std::move(moved);
        map.swap(moved);
        swap(map, moved);
    }),
              0u);
    EXPECT_EQ(map.size(), 2u);
}

TYPED_TEST(EmptyMap, OwnsNothingOnceItIsShrunk) {
    const Ledger::Listening on{ledger};
    TypeParam map;
    for (Number i = 0; i < 200; ++i) map.insert(make_left<TypeParam>(i), make_right<TypeParam>(i));
    EXPECT_GT(this->blocks(), 0u);
    map.clear();
    EXPECT_GT(this->blocks(), 0u) << "clear keeps the memory";
    map.shrink_to_fit();
    EXPECT_EQ(this->blocks(), 0u);
    EXPECT_EQ(map.capacity(), 0u);
    map.insert(make_left<TypeParam>(1), make_right<TypeParam>(1));
    EXPECT_EQ(map.size(), 1u);
}

TYPED_TEST(EmptyMap, OwnsNothingOnceItIsMovedFrom) {
    const Ledger::Listening on{ledger};
    {
        TypeParam map = map_of<TypeParam>({{1, 2}, {3, 4}});
        {
            const TypeParam moved(std::move(map));
        }
        EXPECT_EQ(this->blocks(), 0u);
    }
}

TYPED_TEST(EmptyMap, KeepsItsCapacityWhenItIsCleared) {
    TypeParam map;
    const auto fill = [&] {
        for (Number i = 0; i < 100; ++i) map.emplace(make_left<TypeParam>(i), make_right<TypeParam>(i));
    };
    fill();
    const std::size_t capacity = map.capacity();
    map.clear();
    EXPECT_EQ(map.capacity(), capacity);
    fill();
    EXPECT_EQ(map.capacity(), capacity);
}

}  // namespace
