// SPDX-License-Identifier: BSL-1.0
// Past max_size() an insertion throws std::length_error and the map is as it was. The limit is lowered, to be
// met.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <utility>

#include "bimap/bimap.hpp"
#include "properties/ledger.hpp"

namespace {

/// An allocator of its own type, so that its maps have their own limits.
template <class T>
struct ShortAllocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = ShortAllocator<U>;
    };
    ShortAllocator() = default;
    template <class U>
    ShortAllocator(const ShortAllocator<U>&) noexcept {}
};

}  // namespace

template <class T>
struct bimap::Limits<ShortAllocator<T>> : bimap::Limits<void> {
    static constexpr std::uint32_t max_pairs = 9;  // a block of eight, and one of a single slot
};

namespace {

using namespace bimap::properties;

template <class Map>
class LengthLimit : public testing::Test {
  protected:
    LengthLimit() {
        for (int n = 0; n < 9; ++n) map_.insert(n, n);
    }

    void expect_full_and_sound() {
        EXPECT_EQ(map_.size(), 9u);
        EXPECT_EQ(violated_invariant(map_), nullptr);
    }

    Map map_;
};

using ShortPairs = ShortAllocator<std::pair<int, int>>;
using Maps = testing::Types<bimap::BiMap<int, int, bimap::hashed<>, bimap::hashed<>, ShortPairs>,
                            bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>, ShortPairs>,
                            bimap::BiMap<int, int, bimap::ordered<>, bimap::hashed<>, ShortPairs>>;
TYPED_TEST_SUITE(LengthLimit, Maps);

TYPED_TEST(LengthLimit, IsMaxSize) {
    EXPECT_EQ(this->map_.max_size(), 9u);
    EXPECT_EQ(this->map_.capacity(), 9u);
    EXPECT_EQ(this->map_.inverse().max_size(), 9u);
    EXPECT_EQ(this->map_.right().max_size(), 9u);
    this->expect_full_and_sound();
}

TYPED_TEST(LengthLimit, RefusesOnePairMore) {
    EXPECT_THROW(this->map_.insert(10, 10), std::length_error);
    EXPECT_THROW(this->map_.emplace(10, 10), std::length_error);
    EXPECT_THROW(this->map_.inverse().force(10, 10), std::length_error);
    this->expect_full_and_sound();
}

TYPED_TEST(LengthLimit, DoesNotMatterToWhatIsRefusedAnyway) {
    EXPECT_FALSE(this->map_.insert(1, 1).inserted);
    EXPECT_FALSE(this->map_.insert(1, 2).inserted);
    EXPECT_FALSE(this->map_.force(1, 1).inserted);
}

TYPED_TEST(LengthLimit, GoesForReserve) {
    TypeParam map;
    map.reserve(3);
    EXPECT_EQ(map.capacity(), 7u);  // eight slots, of which one is kept
    map.reserve(9);
    EXPECT_EQ(map.capacity(), 9u);
    this->map_.reserve(9);
    EXPECT_THROW(this->map_.reserve(10), std::length_error);
    this->expect_full_and_sound();
}

TYPED_TEST(LengthLimit, IsLeftByErasing) {
    this->map_.left().erase(3);
    EXPECT_TRUE(this->map_.insert(10, 10).inserted);
    this->expect_full_and_sound();
}

TYPED_TEST(LengthLimit, HoldsForCopies) {
    TypeParam copy(this->map_);
    EXPECT_EQ(copy, this->map_);
    EXPECT_THROW(copy.insert(10, 10), std::length_error);
    copy.shrink_to_fit();
    EXPECT_EQ(copy, this->map_);
}

TYPED_TEST(LengthLimit, LeavesNoBlockBehind) {
    ledger.open(0);
    {
        const Ledger::Listening on{ledger};
        TypeParam map;
        for (int n = 0; n < 9; ++n) map.insert(n, n);
        map.left().erase(8);
        map.shrink_to_fit();
        EXPECT_EQ(map.capacity(), 8u);
        map.insert(8, 8);
        EXPECT_EQ(map, this->map_);
    }
    EXPECT_EQ(ledger.balance().blocks, 0u);
    EXPECT_EQ(ledger.misuse(), nullptr);
}

TYPED_TEST(LengthLimit, IsNotReachedByAReplacementThatHasRoom) {
    this->map_.left().erase(8);
    EXPECT_TRUE(this->map_.force(0, 1).inserted);
    EXPECT_EQ(this->map_.size(), 7u);
}

/// Gives so many values at once, and counts them in as many bits.
template <class T, std::uint16_t most>
struct Sparing : std::allocator<T> {
    using size_type = std::uint16_t;
    template <class U>
    struct rebind {
        using other = Sparing<U, most>;
    };
    Sparing() = default;
    template <class U>
    Sparing(const Sparing<U, most>&) noexcept {}
    T* allocate(size_type n) {
        if (n > most) throw std::logic_error{"more than it ever gives at once"};
        return std::allocator<T>::allocate(n);
    }
    void deallocate(T* block, size_type n) noexcept { std::allocator<T>::deallocate(block, n); }
    [[nodiscard]] size_type max_size() const noexcept { return most; }
};

template <class Map>
class LengthLimitOfTheAllocator : public testing::Test {};

template <std::uint16_t most>
using SparingPairs = Sparing<std::pair<int, int>, most>;
using SparingMaps =
    testing::Types<bimap::BiMap<int, int, bimap::hashed<>, bimap::hashed<>, SparingPairs<100>>,
                   bimap::BiMap<int, int, bimap::sequenced<>, bimap::ordered<>, SparingPairs<100>>,
                   bimap::BiMap<int, int, bimap::ordered<>, bimap::hashed<>, SparingPairs<0xFFFF>>>;
TYPED_TEST_SUITE(LengthLimitOfTheAllocator, SparingMaps);

TYPED_TEST(LengthLimitOfTheAllocator, IsKept) {
    TypeParam map;
    const std::size_t most = map.max_size();
    EXPECT_EQ(most, map.get_allocator().max_size() - 1u);
    EXPECT_THROW(map.reserve(most + 1), std::length_error);
    int n = 0;
    const auto insert_past_the_limit = [&] {
        for (; map.size() <= most; ++n) map.insert(n, n);
    };
    EXPECT_THROW(insert_past_the_limit(), std::length_error);
    EXPECT_EQ(map.size(), static_cast<std::size_t>(n));
    EXPECT_GE(map.size(), most / 2);
    EXPECT_EQ(violated_invariant(map), nullptr);
    const TypeParam copy(map);
    EXPECT_EQ(copy, map);
}

/// Gives so many bytes at once: of what takes more room, fewer.
template <class T>
struct SparingBytes : std::allocator<T> {
    static constexpr std::size_t most = 1024;
    template <class U>
    struct rebind {
        using other = SparingBytes<U>;
    };
    SparingBytes() = default;
    template <class U>
    SparingBytes(const SparingBytes<U>&) noexcept {}
    T* allocate(std::size_t n) {
        if (n > max_size()) throw std::logic_error{"more than it ever gives at once"};
        return std::allocator<T>::allocate(n);
    }
    [[nodiscard]] std::size_t max_size() const noexcept { return most / sizeof(T); }
};

template <class Map>
class LengthLimitInBytes : public testing::Test {};

using SparingPairOfBytes = SparingBytes<std::pair<std::uint8_t, std::uint8_t>>;
using MapsOfBytes = testing::Types<
    bimap::BiMap<std::uint8_t, std::uint8_t, bimap::hashed<>, bimap::hashed<>, SparingPairOfBytes>,
    bimap::BiMap<std::uint8_t, std::uint8_t, bimap::ordered<>, bimap::ordered<>, SparingPairOfBytes>,
    bimap::BiMap<std::uint8_t, std::uint8_t, bimap::sequenced<>, bimap::ordered<>, SparingPairOfBytes>>;
TYPED_TEST_SUITE(LengthLimitInBytes, MapsOfBytes);

/// A block of an ordered index is larger than the slots of its pairs: it is the index that cannot grow, where
/// pairs come in falling order and half of each node stays free.
TYPED_TEST(LengthLimitInBytes, IsKept) {
    TypeParam map;
    constexpr bool has_nodes = requires(const TypeParam& any) { any.right().key_comp(); };
    const auto insert_all = [&] {
        for (int n = 255; n >= 0; --n) map.insert(static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n));
    };
    EXPECT_THROW(insert_all(), std::length_error);
    EXPECT_EQ(map.size(), has_nodes ? 80u : map.max_size()) << "of a tree, five nodes; doubling ends at four";
    EXPECT_EQ(violated_invariant(map), nullptr);
    const TypeParam copy(map);
    EXPECT_EQ(copy, map);
}

TEST(LengthLimitOfHashedSides, IsMadeRoomForFromWhereverTheyAre) {
    using Pair = std::pair<std::uint16_t, std::uint16_t>;
    using Map =
        bimap::BiMap<std::uint16_t, std::uint16_t, bimap::hashed<>, bimap::hashed<>, SparingBytes<Pair>>;
    const std::size_t most = Map().max_size();
    for (std::size_t n = 1; n != most; ++n) {
        Map map;
        map.reserve(n);
        EXPECT_NO_THROW(map.reserve(most)) << "after " << n;
        EXPECT_EQ(map.capacity(), most);
    }
}

TEST(LengthLimitOfAnyMap, IsNearTheEndOfFourByteNumbers) {
    EXPECT_EQ((bimap::BiMap<int, int>().max_size()), std::size_t{1} << 31);
    EXPECT_THROW((bimap::BiMap<int, int>().reserve(0xFFFF'FFF1u)), std::length_error);
}

}  // namespace
