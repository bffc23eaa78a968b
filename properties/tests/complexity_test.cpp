// SPDX-License-Identifier: BSL-1.0
// What each member costs, counted in calls of the user's function objects and of the allocator, whatever the
// machine.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <type_traits>
#include <utility>

#include "bimap/bimap.hpp"
#include "bimap/frozen.hpp"

namespace {

struct Calls {
    std::size_t hashes = 0;
    std::size_t equals = 0;
    std::size_t compares = 0;
    std::size_t allocations = 0;

    std::size_t of_functions() const { return hashes + equals + compares; }
};
Calls calls;

struct Hash {
    std::size_t operator()(int n) const {
        ++calls.hashes;
        return static_cast<std::size_t>(n);
    }
};
struct Equal {
    bool operator()(int a, int b) const {
        ++calls.equals;
        return a == b;
    }
};
struct Less {
    bool operator()(int a, int b) const {
        ++calls.compares;
        return a < b;
    }
};

template <class T>
struct Allocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = Allocator<U>;
    };
    Allocator() = default;
    template <class U>
    Allocator(const Allocator<U>&) noexcept {}
    T* allocate(std::size_t n) {
        ++calls.allocations;
        return std::allocator<T>::allocate(n);
    }
};

using Hashed = bimap::hashed<Hash, Equal>;
using Sequenced = bimap::sequenced<Hash, Equal>;
using Ordered = bimap::ordered<Less>;

/// A map whose sides are of one kind, which is what is counted for.
template <class Index>
class Complexity : public testing::Test {
  protected:
    using Map = bimap::BiMap<int, int, Index, Index, Allocator<std::pair<int, int>>>;
    static constexpr bool is_ordered = std::is_same_v<Index, Ordered>;
    static constexpr int count = 1 << 12;

    Complexity() {
        for (int i = 0; i != count; ++i) map_.insert(left(i), right(i));
        calls = {};
    }

    /// Neither side is in the order of the other, nor of insertion.
    static int left(int i) { return i * 1217 % count; }
    static int right(int i) { return i * 2609 % count; }

    /// What `searches` searches may cost: on a hashed side one hash each and, on average, few comparisons; on
    /// an ordered one a multiple of the logarithm, for the search within a node may go beyond a bisection.
    static void expect_searches(std::size_t searches, std::size_t pairs = count) {
        EXPECT_LE(calls.hashes, searches);
        EXPECT_LE(calls.equals, searches + searches / 2 + 4);
        EXPECT_LE(calls.compares, searches * 3 * (static_cast<std::size_t>(std::bit_width(pairs)) + 1));
        EXPECT_GT(calls.of_functions(), 0u);
        calls = {};
    }
    static void expect_no_call() {
        EXPECT_EQ(calls.of_functions() + std::exchange(calls, {}).allocations, 0u);
    }

    Map map_;
};
using Indexes = testing::Types<Hashed, Sequenced, Ordered>;
TYPED_TEST_SUITE(Complexity, Indexes);

TYPED_TEST(Complexity, OfALookupIsOneSearch) {
    const auto view = this->map_.left();
    for (int i = 0; i != this->count; ++i) EXPECT_EQ(view.find(i)->first, i);
    this->expect_searches(this->count);
    for (int i = 0; i != this->count; ++i) EXPECT_FALSE(view.contains(i + this->count));
    EXPECT_LE(calls.equals, this->count / 4u) << "a search for what is not there compares hardly anything";
    calls.equals = 0;
    this->expect_searches(this->count);
    for (int i = 0; i != this->count; ++i) EXPECT_EQ(this->map_.right().count(view.at(i)), 1u);
    this->expect_searches(2 * this->count);
    for (int i = 0; i != this->count; ++i) EXPECT_NE(view.equal_range(i).first, view.equal_range(i).second);
    this->expect_searches(2 * (this->count + this->count / 4));
    EXPECT_EQ(calls.allocations, 0u);
}

TYPED_TEST(Complexity, OfABoundIsOneSearchAndOfARangeTwo) {
    if constexpr (TestFixture::is_ordered) {
        const auto view = this->map_.right();
        for (int i = 0; i != this->count; ++i) EXPECT_EQ(view.lower_bound(i)->first, i);
        this->expect_searches(this->count);
        for (int i = 0; i + 1 != this->count; ++i) EXPECT_EQ(view.upper_bound(i)->first, i + 1);
        this->expect_searches(this->count);
        for (int i = 0; i != this->count; ++i) EXPECT_FALSE(view.range(i, i + 5).empty());
        this->expect_searches(2 * this->count + this->count / 4);
    }
}

TYPED_TEST(Complexity, OfLookingAroundIsNoCallAtAll) {
    int sum = 0;
    for (const auto& [left, right] : this->map_) sum += left - right;
    for (const auto& [right, left] : this->map_.right()) sum += left - right;
    EXPECT_EQ(sum, 0);
    const auto first = this->map_.left().begin();
    EXPECT_EQ(this->map_.left().project(this->map_.right().project(first)), first);
    EXPECT_EQ(this->map_.inverse().inverse().size(), this->map_.size());
    if constexpr (requires { this->map_.left().back(); }) {
        EXPECT_NE(this->map_.left().front().first, this->map_.left().back().first);
        EXPECT_NE(this->map_.left().rbegin(), this->map_.left().rend());
    }
    if constexpr (requires { this->map_.left().move_to_back(first); }) {
        this->map_.left().move_to_back(first);
        this->map_.left().move_to_front(first);
    }
    this->expect_no_call();
}

TYPED_TEST(Complexity, OfAnInsertionIsASearchOnEachSide) {
    for (int i = 0; i != this->count; ++i) this->map_.insert(i, i);  // refused
    this->expect_searches(2 * this->count);
    for (int i = 0; i != this->count; ++i) this->map_.force(i, this->count + i);
    this->expect_searches(3 * this->count);  // the evicted pair's other side is located, too
    for (int i = 0; i != this->count; ++i) this->map_.left().try_emplace(i, i);  // found
    this->expect_searches(this->count);
}

TYPED_TEST(Complexity, OfGrowingIsAConstantNumberOfHashesForEachPair) {
    typename TestFixture::Map map;
    for (int i = 0; i != this->count; ++i) map.insert(i, this->count - i);
    EXPECT_LE(calls.hashes, 2u * this->count * 4);
    EXPECT_LE(calls.allocations, 2u * this->count / 8 + 100);
    calls.hashes = 0;
    if constexpr (TestFixture::is_ordered) this->expect_searches(2 * this->count);
}

TYPED_TEST(Complexity, OfErasingAndExtractingByKeyIsASearchAndALocationOfTheOtherSide) {
    for (int i = 0; i != this->count / 4; ++i) EXPECT_EQ(this->map_.right().erase(i), 1u);
    for (int i = this->count / 4; i != this->count / 2; ++i)
        EXPECT_FALSE(this->map_.right().extract(i).empty());
    if constexpr (TestFixture::is_ordered) {
        this->expect_searches(this->count / 2);
    } else {
        EXPECT_EQ(calls.hashes, 2u * (this->count / 2));
        EXPECT_LE(calls.equals, this->count);
    }
    EXPECT_EQ(calls.allocations, 0u);
}

TYPED_TEST(Complexity, OfErasingAndExtractingAtAPositionIsOneHashForEachHashedSide) {
    const std::size_t hashes = TestFixture::is_ordered ? 0 : 2;
    this->map_.left().erase(this->map_.left().begin());
    EXPECT_EQ(calls.of_functions(), hashes);
    this->map_.extract(this->map_.begin());
    EXPECT_EQ(calls.of_functions(), 2 * hashes);
    const auto last = std::next(this->map_.begin(), 100);
    EXPECT_EQ(this->map_.erase(this->map_.begin(), last), last);
    EXPECT_EQ(calls.of_functions(), 102 * hashes) << "of a range: linear in its length";
    EXPECT_EQ(calls.allocations, 0u);
}

TYPED_TEST(Complexity, OfErasingByPredicateIsOneCallOfItForEachPair) {
    int asked = 0;
    const auto is_even = [&](const auto& pair) { return ++asked, pair.first % 2 == 0; };
    EXPECT_EQ(erase_if(this->map_, is_even), this->count / 2u);
    EXPECT_EQ(std::exchange(asked, 0), this->count);
    EXPECT_EQ(calls.of_functions(), TestFixture::is_ordered ? 0u : this->count);
    this->map_.retain(is_even);
    EXPECT_EQ(asked, this->count / 2);
    EXPECT_TRUE(this->map_.empty());
}

TYPED_TEST(Complexity, OfReplacingASideIsASearchAndALocationOfEachSide) {
    const auto half = static_cast<std::size_t>(this->count / 2);
    for (int i = 0; i != this->count / 2; ++i) {
        const auto position = this->map_.left().find(i);
        EXPECT_TRUE(this->map_.replace_left(position, this->count + i).inserted);
    }
    this->expect_searches(4 * half);
}

TYPED_TEST(Complexity, OfMergingIsThatOfInsertingAndErasing) {
    typename TestFixture::Map other;
    other.merge(this->map_);
    EXPECT_EQ(other.size(), static_cast<std::size_t>(this->count));
    EXPECT_LE(calls.hashes, 2u * this->count * 5);
    EXPECT_LE(calls.equals, this->count);
    calls.hashes = 0;
    if constexpr (TestFixture::is_ordered) this->expect_searches(2 * this->count);
}

TYPED_TEST(Complexity, OfReservingAndShrinkingIsAtMostAHashOfEachSide) {
    this->map_.reserve(3 * this->count);
    EXPECT_LE(calls.hashes, 2u * this->count);
    EXPECT_EQ(calls.equals + calls.compares, 0u);
    this->map_.shrink_to_fit();
    EXPECT_LE(calls.hashes, 4u * this->count);
    EXPECT_EQ(calls.equals + calls.compares, 0u);
}

TYPED_TEST(Complexity, OfMovingSwappingAndClearingIsNoCallAtAll) {
    typename TestFixture::Map moved(std::move(this->map_));
    this->map_ = std::move(moved);
    swap(this->map_, moved);
    moved.clear();
    EXPECT_TRUE(moved.empty() && this->map_.empty());
    this->expect_no_call();
}

TYPED_TEST(Complexity, OfCopyingIsNoCallOfAFunctionObject) {
    typename TestFixture::Map copy(this->map_);
    copy = std::as_const(this->map_);
    EXPECT_EQ(calls.of_functions(), 0u);
    EXPECT_LE(calls.allocations, 100u);
}

TYPED_TEST(Complexity, OfComparingIsASearchForEachSideOfEachPair) {
    const auto copy = this->map_;
    EXPECT_TRUE(copy == this->map_);
    this->expect_searches(2 * this->count);
}

TYPED_TEST(Complexity, OfCheckingTheInvariantsIsLinear) {
    EXPECT_EQ(violated_invariant(this->map_), nullptr);
    EXPECT_LE(calls.of_functions(), 8u * this->count);
    EXPECT_EQ(calls.allocations, 0u);
}

class ComplexityOfAFrozenMap : public testing::Test {
  protected:
    static constexpr std::size_t count = 256;
    using Map = bimap::FrozenBiMap<int, int, count, Less, Less>;

    static Map made() {
        std::array<std::pair<int, int>, count> pairs;
        for (int i = 0; i != count; ++i) pairs[static_cast<std::size_t>(i)] = {i * 77 % 256, i * 181 % 256};
        return Map(pairs);
    }
};

TEST_F(ComplexityOfAFrozenMap, IsThatOfSortingWhenItIsMade) {
    calls = {};
    static_cast<void>(made());
    EXPECT_LE(calls.compares, 3 * count * 8) << "two sides, n log n each, and a look at the neighbours";
}

TEST_F(ComplexityOfAFrozenMap, IsLogarithmicForALookup) {
    const Map map = made();
    calls = {};
    for (int i = 0; i != count; ++i) EXPECT_TRUE(map.left().contains(i) && map.right().contains(i));
    EXPECT_LE(calls.compares, 2 * count * (8 + 2));
    calls = {};
    for (int i = 0; i != count; ++i) EXPECT_EQ(map.right().at(map.left().at(i)), i);
    EXPECT_LE(calls.compares, 2 * count * (8 + 2));
    calls = {};
    for (int i = 0; i != count; ++i) EXPECT_EQ(map.left().lower_bound(i), map.left().equal_range(i).first);
    EXPECT_LE(calls.compares, 3 * count * (8 + 2));
    calls = {};
    EXPECT_EQ(std::ranges::distance(map.left().range(10, 20)), 10);
    EXPECT_EQ(map.right().project(map.begin())->second, map.begin()->first);
    EXPECT_LE(calls.compares, 3 * (8 + 2));
}

TEST_F(ComplexityOfAFrozenMap, OfLookingAroundIsNoCallAtAll) {
    const Map map = made();
    calls = {};
    EXPECT_EQ(std::ranges::distance(map), map.end() - map.begin());
    EXPECT_LT(map.left().front().first, map.left().back().first);
    EXPECT_EQ(map.inverse().right().size(), map.size());
    EXPECT_EQ(std::addressof(map.inverse().inverse()), std::addressof(map));
    EXPECT_EQ(calls.of_functions(), 0u);
}

TEST_F(ComplexityOfAFrozenMap, IsALookupOfEachPairForComparing) {
    const Map map = made();
    const Map other = made();
    calls = {};
    EXPECT_TRUE(map == other);
    EXPECT_LE(calls.compares, 3 * count * (8 + 2));
}

/// Says that it spreads its results over 64 bits, or that it does not; it does not.
template <bool says_so>
struct Plain : Hash {
    using is_avalanching = std::bool_constant<says_so>;
};

template <bool says_so>
std::size_t comparisons_of_a_find_with_a_stride() {
    bimap::BiMap<int, int, bimap::hashed<Plain<says_so>, Equal>> map;
    for (int i = 0; i != 2000; ++i) map.insert(i << 16, i);
    calls = {};
    for (int i = 0; i != 2000; ++i) EXPECT_TRUE(map.left().contains(i << 16));
    return calls.equals / 2000;
}

TEST(ComplexityOfAStride, IsAFewStepsWhereAHasherSaysThatItDoesNotSpread) {
    EXPECT_LE(comparisons_of_a_find_with_a_stride<false>(), 2u);
    EXPECT_GT(comparisons_of_a_find_with_a_stride<true>(), 2u) << "then the map relies on it";
}

TEST(ComplexityOfTheHash, IsAHashForEachSideOfEachPair) {
    using Map = bimap::BiMap<int, int, Hashed, Sequenced>;
    const Map map{{1, 2}, {3, 4}, {5, 6}};
    calls = {};
    static_cast<void>(std::hash<Map>()(map));
    EXPECT_EQ(calls.hashes, 6u);
    EXPECT_EQ(calls.of_functions(), 6u);
}

TYPED_TEST(Complexity, OfFillingAnEmptyMapFromAnyRangeThatKnowsItsSizeIsOneHashOfEachSide) {
    std::list<std::pair<int, int>> pairs;
    for (int i = 0; i != this->count; ++i) pairs.emplace_back(this->left(i), this->right(i));
    typename TestFixture::Map map;
    map.insert_range(pairs);
    EXPECT_LE(calls.hashes, 2u * this->count);
    EXPECT_EQ(map.size(), pairs.size());
}

TYPED_TEST(Complexity, OfReservingForOneMoreEachTimeIsLinearInAll) {
    typename TestFixture::Map map;
    for (int i = 0; i != this->count; ++i) {
        map.reserve(map.size() + 1);
        map.insert(this->left(i), this->right(i));
    }
    EXPECT_LE(calls.hashes, 6u * this->count);
    EXPECT_LE(calls.allocations, 200u);
}

}  // namespace
