// SPDX-License-Identifier: BSL-1.0
// A CheckedResource gives memory as it is asked for, and notes what does not come back as it was given.
#include "properties/checked_resource.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory_resource>
#include <utility>

namespace {

using namespace bimap::properties;

class CheckedResources : public testing::Test {
  protected:
    CheckedResources() { ledger.open(0); }
    CheckedResource here_;
    CheckedResource there_;
};

TEST_F(CheckedResources, GiveWhatIsAskedForAndTakeItBack) {
    const Ledger::Listening on{ledger};
    for (std::size_t alignment = 1; alignment <= 256; alignment *= 2) {
        const std::size_t size = 3 * alignment;
        void* const block = here_.allocate(size, alignment);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
        std::memset(block, 1, size);
        EXPECT_EQ(ledger.balance().blocks, 1u);
        here_.deallocate(block, size, alignment);
    }
    EXPECT_EQ(ledger.misuse(), nullptr);
    EXPECT_EQ(ledger.balance().blocks, 0u);
}

TEST_F(CheckedResources, NoteWhatGoesBackToAnother) {
    void* const block = here_.allocate(8);
    there_.deallocate(block, 8);
    EXPECT_STREQ(ledger.misuse(), "memory went back to another allocator");
    here_.deallocate(block, 8);
}

TEST_F(CheckedResources, NoteWhatGoesBackWithAnotherSize) {
    here_.deallocate(here_.allocate(8), 16);
    EXPECT_STREQ(ledger.misuse(), "memory went back with another size");
}

TEST_F(CheckedResources, NoteWhatGoesBackWithAnotherAlignment) {
    here_.deallocate(here_.allocate(64, 64), 64, 32);
    EXPECT_STREQ(ledger.misuse(), "memory went back with another alignment");
}

TEST_F(CheckedResources, AreEqualToThemselvesAlone) {
    EXPECT_TRUE(here_.is_equal(here_));
    EXPECT_FALSE(here_.is_equal(there_));
    std::pmr::map<int, int> one(&here_);
    std::pmr::map<int, int> other(&there_);
    one.emplace(1, 1);
    other = std::move(one);  // pair by pair
    EXPECT_EQ(other.size(), 1u);
    other.clear();
    EXPECT_EQ(ledger.misuse(), nullptr);
}

}  // namespace
