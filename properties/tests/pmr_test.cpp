// SPDX-License-Identifier: BSL-1.0
// pmr::BiMap takes all its memory from its resource, its elements' included, and keeps it as the standard
// says.
#include "bimap/pmr.hpp"

#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory_resource>
#include <string>
#include <utility>

namespace {

template <class Right>
using Book = bimap::pmr::BiMap<std::pmr::string, Right>;
using Ordered = bimap::pmr::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>;

static_assert(std::same_as<bimap::pmr::BiMap<int, char>::allocator_type,
                           std::pmr::polymorphic_allocator<std::pair<int, char>>>);
static_assert(std::same_as<Ordered::left_view::key_compare, std::less<>>);

constexpr const char* long_text = "a text that is too long to be kept inside of a string";

/// Counts what it hands out and takes back.
class CountingResource : public std::pmr::memory_resource {
  public:
    std::size_t blocks = 0;
    std::size_t handed_out = 0;

  private:
    void* do_allocate(std::size_t size, std::size_t alignment) override {
        void* const block = std::pmr::new_delete_resource()->allocate(size, alignment);
        ++blocks;
        ++handed_out;
        return block;
    }
    void do_deallocate(void* block, std::size_t size, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(block, size, alignment);
        --blocks;
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

/// While it lives, whoever asks the default resource for memory gets std::bad_alloc.
class NoDefaultResource {
  public:
    NoDefaultResource() : before_(std::pmr::set_default_resource(std::pmr::null_memory_resource())) {}
    ~NoDefaultResource() { std::pmr::set_default_resource(before_); }
    NoDefaultResource(const NoDefaultResource&) = delete;
    NoDefaultResource& operator=(const NoDefaultResource&) = delete;

  private:
    std::pmr::memory_resource* before_;
};

TEST(PmrBiMap, TakesAllItsMemoryFromItsResource) {
    CountingResource resource;
    {
        const NoDefaultResource nothing_else;
        Book<int> map(&resource);
        EXPECT_EQ(resource.handed_out, 0u) << "an empty map needs none";
        for (int i = 0; i != 100; ++i)
            map.emplace(std::pmr::string(long_text, &resource) += char('!' + i), i);
        EXPECT_EQ(map.size(), 100u);
        EXPECT_EQ(map.get_allocator().resource(), &resource);
    }
    EXPECT_GT(resource.handed_out, 0u);
    EXPECT_EQ(resource.blocks, 0u);
}

TEST(PmrBiMap, GivesItsResourceToItsElements) {
    CountingResource resource;
    Book<int> map(&resource);
    map.emplace(long_text, 1);
    EXPECT_EQ(map.right().at(1).get_allocator().resource(), &resource);
    EXPECT_EQ(map.right().at(1), long_text);
}

TEST(PmrBiMap, LivesInABufferOnTheStack) {
    alignas(std::max_align_t) std::array<std::byte, 1 << 16> buffer;
    std::pmr::monotonic_buffer_resource arena(buffer.data(), buffer.size(), std::pmr::null_memory_resource());
    const NoDefaultResource nothing_else;
    Ordered map(&arena);
    for (int i = 0; i != 500; ++i) map.insert(i, -i);
    EXPECT_EQ(map.left().at(499), -499);
    EXPECT_EQ(map.right().begin()->first, -499);
}

TEST(PmrBiMap, ACopyTakesTheDefaultResourceUnlessOneIsNamed) {
    CountingResource resource;
    Ordered map({{1, 2}, {3, 4}}, &resource);
    const Ordered copy = map;
    EXPECT_EQ(copy.get_allocator().resource(), std::pmr::get_default_resource());
    const Ordered beside(map, &resource);
    EXPECT_EQ(beside.get_allocator().resource(), &resource);
    EXPECT_TRUE(copy == map && beside == map);
}

TEST(PmrBiMap, AnAssignmentKeepsTheResource) {
    CountingResource here;
    CountingResource there;
    Ordered map({{1, 2}}, &here);
    Ordered other({{3, 4}, {5, 6}}, &there);
    map = other;
    EXPECT_EQ(map.get_allocator().resource(), &here);
    EXPECT_TRUE(map == other);
    other.insert(7, 8);
    map = std::move(other);
    EXPECT_EQ(map.get_allocator().resource(), &here);
    EXPECT_EQ(map.right().at(8), 7);
}

}  // namespace
