// SPDX-License-Identifier: BSL-1.0
// A map whose content stays the same size stays the same size itself, however long it is used.
#include <gtest/gtest.h>

#include "properties/laws.hpp"
#include "properties/ledger.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

template <class Map>
class MemoryPlateau : public testing::Test {
  protected:
    static constexpr Number size = 300;
    static constexpr Number rounds = 40;

    MemoryPlateau() { ledger.open(0); }

    /// Plays rounds, and expects that the second half of them needs no more bytes than the first.
    static void expect_plateau(auto round) {
        const Ledger::Listening on{ledger};
        std::size_t first_half = 0;
        std::size_t second_half = 0;
        {
            Map map;
            for (Number i = 0; i < size; ++i) map.insert(make_left<Map>(i), make_right<Map>(i));
            for (Number r = 1; r <= rounds; ++r) {
                round(map, r);
                ASSERT_EQ(map.size(), size);
                std::size_t& most = r <= rounds / 2 ? first_half : second_half;
                most = std::max(most, ledger.balance().bytes);
            }
        }
        EXPECT_LE(second_half, first_half);
        EXPECT_EQ(ledger.balance(), Balance{});
    }
};

using Maps =
    testing::Types<bimap::BiMap<int, int>, bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>,
                   bimap::BiMap<Tracked<Side::left>, Tracked<Side::right>, bimap::hashed<>, bimap::ordered<>>,
                   bimap::BiMap<int, Tracked<Side::right>, bimap::ordered<>, bimap::hashed<CollidingHash>>>;
TYPED_TEST_SUITE(MemoryPlateau, Maps);

TYPED_TEST(MemoryPlateau, IsReachedWhenPairsAreReplacedFromTheLeft) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        for (Number i = 0; i < this->size; ++i)
            map.assign_left(make_left<Map>(i), make_right<Map>(round * this->size + i));
    });
}

TYPED_TEST(MemoryPlateau, IsReachedWhenPairsAreReplacedFromTheRight) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        for (Number i = 0; i < this->size; ++i)
            map.assign_right(make_left<Map>(round * this->size + i), make_right<Map>(i));
    });
}

TYPED_TEST(MemoryPlateau, IsReachedWhenTheWholeContentIsExchanged) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        const Number first = round * this->size;
        erase_if(map, [](const auto& pair) { return number_of(pair.first) % 2 == 0; });
        while (!map.empty()) map.right().erase(map.right().begin());
        for (Number i = 0; i < this->size; ++i)
            map.insert(make_left<Map>(first + i), make_right<Map>(first + this->size - i));
    });
}

TYPED_TEST(MemoryPlateau, IsReachedWhenPairsAreFilteredAndRefilled) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        erase_if(map, [&](const auto& pair) { return number_of(pair.first) % 7 == round % 7; });
        for (Number i = 0; i < this->size; ++i) map.insert(make_left<Map>(i), make_right<Map>(i));
    });
}

TYPED_TEST(MemoryPlateau, IsReachedWhenTheMapIsClearedAndRefilled) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        map.clear();
        for (Number i = 0; i < this->size; ++i) map.insert(make_left<Map>(i + round), make_right<Map>(i));
    });
}

TYPED_TEST(MemoryPlateau, IsReachedWhenAWindowMovesOnward) {
    using Map = TypeParam;
    this->expect_plateau([&](Map& map, Number round) {
        for (Number i = 0; i < this->size; ++i) {
            const Number next = round * this->size + i;
            map.left().erase(make_left<Map>(next - this->size));
            map.insert(make_left<Map>(next), make_right<Map>(next));
        }
    });
}

}  // namespace
