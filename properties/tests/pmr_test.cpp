// SPDX-License-Identifier: BSL-1.0
// pmr::BiMap takes all its memory from its resource, its elements' included, and keeps it as the standard
// says.
#include "bimap/pmr.hpp"

#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory_resource>
#include <new>
#include <string>
#include <utility>

namespace {

template <class Right>
using Book = bimap::pmr::BiMap<std::pmr::string, Right>;
using Ordered = bimap::pmr::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>;

static_assert(
    !std::uses_allocator_v<bimap::pmr::BiMap<int, char>::inverse_type, std::pmr::polymorphic_allocator<>>,
    "a container of handles makes them as they are");
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

TEST(PmrBiMap, WhatLeavesItKeepsItsResource) {
    CountingResource resource;
    Book<int> map(&resource);
    map.emplace(long_text, 1);
    const auto done = map.force(map.right().at(1), 2);
    EXPECT_EQ(done.evicted_left->first.get_allocator().resource(), &resource);
    EXPECT_EQ(map.extract(map.begin()).left().get_allocator().resource(), &resource);
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

// Texts that the arena's strings must copy when they are moved to another arena: the first fits inside of a
// string, so that moving it empties it; and after some, the arena has no more room.

using Texts = bimap::pmr::BiMap<std::pmr::string, std::pmr::string, bimap::hashed<>, bimap::ordered<>>;

/// Hands out so many blocks, then fails.
class FailingResource : public std::pmr::memory_resource {
  public:
    int blocks_left = -1;

  private:
    void* do_allocate(std::size_t size, std::size_t alignment) override {
        if (blocks_left == 0) throw std::bad_alloc();
        --blocks_left;
        return std::pmr::new_delete_resource()->allocate(size, alignment);
    }
    void do_deallocate(void* block, std::size_t size, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(block, size, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

const std::initializer_list<std::pair<const char*, const char*>> some_texts{
    {"short", long_text}, {long_text, "brief"}, {"tiny", "small"}};

/// Calls `act` with a map of these pairs here and an empty one there, with ever more memory there, until it
/// succeeds. Whenever it fails, both maps are as they were.
template <class Map, class Pair>
void expect_strong_between_resources(std::initializer_list<Pair> pairs, auto act) {
    bool has_failed = true;
    for (int blocks = 0; has_failed; ++blocks) {
        SCOPED_TRACE(std::to_string(blocks) + " blocks");
        FailingResource there;
        Map from;
        from.insert_range(pairs);
        const Map before = from;
        Map to(&there);
        there.blocks_left = blocks;
        has_failed = false;
        try {
            act(from, to);
        } catch (const std::bad_alloc&) {
            has_failed = true;
        }
        there.blocks_left = -1;
        EXPECT_EQ(violated_invariant(from), nullptr) << violated_invariant(from);
        EXPECT_EQ(violated_invariant(to), nullptr) << violated_invariant(to);
        EXPECT_TRUE(!has_failed || from.size() + to.size() == before.size());
        for (const auto& [left, right] : from) EXPECT_EQ(before.left().at(left), right);
        for (const auto& [left, right] : to) EXPECT_EQ(before.left().at(left), right);
    }
}

TEST(PmrBiMap, MovingToAnotherResourceIsStrong) {
    expect_strong_between_resources<Texts>(some_texts, [](Texts& from, Texts& to) { to = std::move(from); });
    expect_strong_between_resources<Texts>(some_texts, [](Texts& from, Texts& to) {
        const Texts moved(std::move(from), to.get_allocator());
        EXPECT_TRUE(from.empty());
        from.insert_range(some_texts);
    });
}

TEST(PmrBiMap, MovingToAnotherResourceIsStrongWhereASideOrAPartOfItTakesTheResource) {
    const auto move = [](auto& from, auto& to) { to = std::move(from); };
    const std::initializer_list<std::pair<const char*, int>> numbered{
        {"short", 1}, {long_text, 2}, {"tiny", 3}};
    using Text = std::pmr::string;
    expect_strong_between_resources<bimap::pmr::BiMap<Text, int>>(numbered, move);
    using Labelled = std::pair<int, Text>;
    const std::initializer_list<std::pair<int, Labelled>> labelled{
        {1, {1, "short"}}, {2, {2, long_text}}, {3, {3, "tiny"}}};
    expect_strong_between_resources<bimap::pmr::BiMap<int, Labelled, bimap::hashed<>, bimap::ordered<>>>(
        labelled, move);
}

TEST(PmrBiMap, MergingFromAnotherResourceHasEachPairInOneOfTheTwoMaps) {
    expect_strong_between_resources<Texts>(some_texts, [](Texts& from, Texts& to) { to.merge(from); });
}

TEST(PmrBiMap, MergingFromTheSameResourceMovesTheElements) {
    CountingResource resource;
    Texts from(some_texts.begin(), some_texts.end(), &resource);
    Texts to(&resource);
    const char* const text = from.left().at("short").data();
    to.merge(from);
    EXPECT_TRUE(from.empty());
    EXPECT_EQ(to.size(), some_texts.size());
    EXPECT_EQ(to.left().at("short").data(), text) << "long texts are handed over, not copied";
}

TEST(PmrBiMap, ANodeOfAnotherResourceKeepsItsPairIfItCannotBeInserted) {
    for (const auto& [left, right] : some_texts) {
        Texts from;
        from.insert(left, right);
        FailingResource there;
        Texts to(&there);
        auto node = from.extract(from.begin());
        bool has_failed = true;
        for (int blocks = 0; has_failed; ++blocks) {
            there.blocks_left = blocks;
            try {
                has_failed = !to.insert(std::move(node)).inserted;
            } catch (const std::bad_alloc&) {
                EXPECT_EQ(node.left(), left);
                EXPECT_EQ(node.right(), right);
            }
        }
        there.blocks_left = -1;
        EXPECT_EQ(to.left().at(left), right);
    }
}

TEST(PmrBiMap, ReplacingASideIsStrong) {
    for (const bool on_the_left : {true, false}) {
        bool has_failed = true;
        for (int blocks = 0; has_failed; ++blocks) {
            FailingResource here;
            Texts map(&here);
            map.insert_range(some_texts);
            const Texts before = map;
            here.blocks_left = blocks;
            has_failed = false;
            try {
                const auto position = map.left().find("tiny");
                const std::string fresh(60, 'x');
                if (on_the_left) map.replace_left(position, fresh.c_str());
                if (!on_the_left) map.replace_right(position, fresh.c_str());
            } catch (const std::bad_alloc&) {
                has_failed = true;
            }
            here.blocks_left = -1;
            EXPECT_EQ(map == before, has_failed);
            EXPECT_EQ(violated_invariant(map), nullptr) << violated_invariant(map);
        }
    }
}

TEST(Pmr, AMoveToAResourceThatHasNothingLeavesTheOtherAsItWas) {
    bimap::pmr::BiMap<int, int> map{{1, 1}, {2, 2}};
    EXPECT_THROW((bimap::pmr::BiMap<int, int>(std::move(map), std::pmr::null_memory_resource())),
                 std::bad_alloc);
    EXPECT_EQ(map, (bimap::pmr::BiMap<int, int>{{1, 1}, {2, 2}}));
}

}  // namespace
