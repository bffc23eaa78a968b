// SPDX-License-Identifier: BSL-1.0
// The set of live slots finds the next member as a std::set does, however far away it is.
#include "bimap/detail/live_bits.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <set>

#include "properties/generate.hpp"

namespace {

using bimap::properties::Random;

/// Three levels of 64 cover 262,144 numbers; what lies beyond is in another word of the topmost.
constexpr std::uint32_t room = 1'000'000;

/// Whoever reads behind a block finds members there.
template <class T>
struct Walled {
    using value_type = T;
    static constexpr std::size_t wall = 64;

    Walled() = default;
    template <class U>
    Walled(const Walled<U>&) noexcept {}
    static T* allocate(std::size_t n) {
        T* const block = std::allocator<T>().allocate(n + wall);
        std::memset(static_cast<void*>(block), 0xFF, (n + wall) * sizeof(T));
        return block;
    }
    static void deallocate(T* block, std::size_t n) { std::allocator<T>().deallocate(block, n + wall); }
    friend bool operator==(Walled, Walled) noexcept { return true; }
};

class LiveBits : public testing::Test {
  protected:
    LiveBits() { bits_.resize(allocator_, room); }
    ~LiveBits() override { bits_.release(allocator_); }

    void set(std::uint32_t i) {
        bits_.set(i);
        model_.insert(i);
    }
    void reset(std::uint32_t i) {
        bits_.reset(i);
        model_.erase(i);
    }
    void expect_same_from(std::uint32_t from) {
        const auto there = model_.lower_bound(from);
        ASSERT_EQ(bits_.next(from), there == model_.end() ? bimap::detail::none : *there) << "from " << from;
    }
    void expect_same_last() {
        ASSERT_EQ(bits_.last(), model_.empty() ? bimap::detail::none : *model_.rbegin());
    }

    Walled<int> allocator_;
    bimap::detail::LiveBits<Walled<int>> bits_;
    std::set<std::uint32_t> model_;
};

TEST_F(LiveBits, FindTheNextOfFewAndFarBetween) {
    for (const std::uint32_t member :
         {0u, 1u, 63u, 64u, 4095u, 4096u, 262'143u, 262'144u, 600'000u, room - 1}) {
        set(member);
        ASSERT_NO_FATAL_FAILURE(expect_same_last());
        for (const std::uint32_t from : {0u, 63u, 64u, 4000u, 4096u, 262'143u, 262'144u, 262'145u, 700'000u})
            ASSERT_NO_FATAL_FAILURE(expect_same_from(from));
    }
    EXPECT_TRUE(bits_.summaries_agree());
    for (const std::uint32_t member :
         {0u, 262'144u, 4096u, 64u, 600'000u, 1u, 63u, 4095u, 262'143u, room - 1}) {
        reset(member);
        ASSERT_NO_FATAL_FAILURE(expect_same_last());
        for (const std::uint32_t from : {0u, 63u, 64u, 4000u, 4096u, 262'143u, 262'144u, 262'145u, 700'000u})
            ASSERT_NO_FATAL_FAILURE(expect_same_from(from));
    }
    EXPECT_TRUE(bits_.summaries_agree());
}

TEST_F(LiveBits, FindTheNextWhereSomeComeAndOthersGo) {
    Random random{1};
    for (int step = 0; step != 20'000; ++step) {
        const auto member = static_cast<std::uint32_t>(random.below(random.one_in(2) ? 300 : room));
        if (random.one_in(2)) {
            set(member);
        } else if (const auto there = model_.lower_bound(member); there != model_.end()) {
            reset(*there);
        }
        if (step % 50 == 0) {
            ASSERT_NO_FATAL_FAILURE(expect_same_last());
        }
        ASSERT_NO_FATAL_FAILURE(expect_same_from(static_cast<std::uint32_t>(random.below(room))));
    }
    EXPECT_TRUE(bits_.summaries_agree());
    bits_.clear();
    EXPECT_EQ(bits_.next(0), bimap::detail::none);
}

TEST_F(LiveBits, StayWhenTheirRoomChanges) {
    for (std::uint32_t i = 0; i < 5000; i += 7) set(i);
    for (const std::uint32_t n : {room / 2, 5000u, 300'000u}) {
        bits_.resize(allocator_, n);
        for (std::uint32_t from = 0; from < 5000; ++from) ASSERT_NO_FATAL_FAILURE(expect_same_from(from));
        ASSERT_NO_FATAL_FAILURE(expect_same_last());
        EXPECT_TRUE(bits_.summaries_agree());
    }
}

}  // namespace
