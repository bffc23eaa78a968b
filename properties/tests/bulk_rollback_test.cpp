// SPDX-License-Identifier: BSL-1.0
// A bulk insertion that fails somewhere among hundreds of pairs leaves each side as it was, be its tree ever
// so deep.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "properties/tests/fault_points.hpp"

namespace {

/// What burns down with each allocation, hash and comparison, and with each element that is read; at zero it
/// throws. A negative one does not burn. It counts in either case.
struct Fuse {
    int left = -1;
    int burns = 0;
    void burn() {
        ++burns;
        if (left < 0) return;
        if (left-- == 0) throw std::runtime_error("the fuse");
    }
};
Fuse fuse;

/// Its maps have small nodes, none to spare, and few pairs.
template <class T, std::uint32_t capacity>
struct SmallNodes : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = SmallNodes<U, capacity>;
    };
    SmallNodes() = default;
    template <class U>
    SmallNodes(const SmallNodes<U, capacity>&) noexcept {}
    T* allocate(std::size_t n) {
        fuse.burn();
        return std::allocator<T>::allocate(n);
    }
};

}  // namespace

template <class T, std::uint32_t capacity>
struct bimap::Limits<SmallNodes<T, capacity>> : bimap::Limits<void> {
    static constexpr std::uint32_t node_capacity = capacity;
    static constexpr std::uint32_t node_growth = 1;
    static constexpr std::uint32_t max_pairs = 5000;
};

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;
using bimap::Policy;
namespace policy = bimap::policy;

struct Less {
    bool operator()(int a, int b) const {
        fuse.burn();
        return a < b;
    }
};
struct Hash {
    std::size_t operator()(int n) const {
        fuse.burn();
        return static_cast<std::size_t>(n) / 4;
    }
};

struct Element {
    int left;
    int right;
    bool is_bad = false;
    explicit operator std::pair<int, int>() const {
        if (is_bad) throw std::runtime_error("a bad element");
        fuse.burn();
        return {left, right};
    }
};
using Elements = std::vector<Element>;

using Ordered = bimap::ordered<Less>;
using Hashed = bimap::hashed<Hash>;
using Sequenced = bimap::sequenced<Hash>;

template <class LeftIndex, class RightIndex, std::uint32_t capacity>
using Map = bimap::BiMap<int, int, LeftIndex, RightIndex, SmallNodes<std::pair<int, int>, capacity>>;

template <class M>
class BulkRollback : public testing::Test {
  protected:
    ~BulkRollback() override { fuse.left = -1; }

    int draw(int below) { return std::uniform_int_distribution(0, below - 1)(random_); }

    Elements drawn(int count, int below) {
        Elements elements;
        for (int i = 0; i != count; ++i) elements.push_back({draw(below), draw(below)});
        return elements;
    }

    /// Where pairs come in ascending order, all nodes are full.
    static Elements ascending(int count) {
        Elements elements;
        for (int i = 0; i != count; ++i) elements.push_back({i * 3, i * 3});
        return elements;
    }

    /// How often the fuse burns in an insertion that nothing stops.
    static int burns_in(M copy, Policy policy, const Elements& elements) {
        fuse.burns = 0;
        copy.insert_range(policy, elements);
        return fuse.burns;
    }

    /// Returns: whether it failed.
    bool inserts_all_or_nothing(M& map, Policy policy, const Elements& elements, int fuse_length,
                                bool has_sink) {
        const Sight before = sight_of(map);
        bool has_failed = false;
        fuse.left = fuse_length;
        try {
            if (has_sink) {
                map.insert_range(policy, elements, [](std::pair<int, int>&&) {});
            } else {
                map.insert_range(policy, elements);
            }
        } catch (const std::exception&) {
            has_failed = true;
        }
        fuse.left = -1;
        if (has_failed) expect_same(sight_of(map), before);
        const char* const violated = violated_invariant(map);
        EXPECT_EQ(violated, nullptr) << violated;
        return has_failed;
    }

    std::mt19937 random_{20251123};
};

using Maps = testing::Types<Map<Hashed, Ordered, 4>, Map<Ordered, Ordered, 6>, Map<Sequenced, Ordered, 4>,
                            Map<Ordered, Sequenced, 10>, Map<Sequenced, Hashed, 4>>;
TYPED_TEST_SUITE(BulkRollback, Maps);

TYPED_TEST(BulkRollback, LeavesEachSideAsItWasAfterAFailureAnywhere) {
    int failures = 0;
    for (int round = 0; round != 60 && !this->HasFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        TypeParam map;
        if (this->draw(2) == 0) map.insert_range(this->ascending(this->draw(300)));
        map.insert_range(this->drawn(this->draw(300), 1000));
        for (int turn = 0; turn != 6; ++turn) {
            const Policy policy = policies[static_cast<std::size_t>(this->draw(4))];
            const Elements batch = this->drawn(this->draw(400), this->draw(2) == 0 ? 300 : 3000);
            const int length = this->draw(this->burns_in(map, policy, batch) + 1);
            failures += this->inserts_all_or_nothing(map, policy, batch, length, this->draw(2) == 0);
        }
    }
    EXPECT_GT(failures, 300) << "hardly anything was rolled back";
}

/// Eviction empties a leaf between full ones; the insertions that follow split other leaves, and undoing them
/// sets no node free.
TYPED_TEST(BulkRollback, FindsTheRoomThatItNeedsHoweverManyInsertionsFollowAnEviction) {
    const auto expect_room = [this](int evicted, int followers) {
        SCOPED_TRACE(std::to_string(followers) + " followers of " + std::to_string(evicted));
        TypeParam map;
        map.insert_range(this->ascending(1000));
        map.shrink_to_fit();
        Elements batch;
        for (int i = 380; i != 380 + evicted; ++i) batch.push_back({i * 3, 100'000 + i});
        for (int i = 0; i != followers; ++i) {
            const int place = i % 1000;
            if (place < 300 || place > 600) batch.push_back({5000 + i, place * 3 + 1 + i / 1000});
        }
        batch.push_back({0, 0, true});
        EXPECT_TRUE(this->inserts_all_or_nothing(map, policy::force, batch, -1, false));
    };
    for (int followers = 200; followers < 1500 && !this->HasFailure(); followers += 7)
        expect_room(30, followers);
    for (int followers = 200; followers < 1500 && !this->HasFailure(); followers += 35)
        expect_room(1, followers);
}

TYPED_TEST(BulkRollback, HappensWhereThereWouldBeMorePairsThanMaxSize) {
    TypeParam map;
    map.insert_range(this->ascending(4000));
    const Elements batch = this->drawn(3000, 1'000'000);
    EXPECT_TRUE(this->inserts_all_or_nothing(map, policy::force, batch, -1, false));
    EXPECT_EQ(map.size(), 4000u);
}

TYPED_TEST(BulkRollback, IsNotNeededWhereMoreThanMaxSizeAreTheSame) {
    const Elements same(2 * TypeParam().max_size(), {1, 1});
    TypeParam map;
    EXPECT_FALSE(this->inserts_all_or_nothing(map, policy::insert, same, -1, false));
    EXPECT_EQ(map.size(), 1u);
}

}  // namespace
