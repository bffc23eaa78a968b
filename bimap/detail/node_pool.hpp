// SPDX-License-Identifier: BSL-1.0
// Keeps the nodes of an ordered side's tree under 4-byte numbers; freed nodes are used again first.
#pragma once

#include <cstdint>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

template <class Node, class Allocator>
class NodePool {
  public:
    Node& operator[](std::uint32_t i) noexcept { return nodes_[i]; }
    const Node& operator[](std::uint32_t i) const noexcept { return nodes_[i]; }

    /// How many nodes are handed out.
    std::uint32_t size() const noexcept { return size_; }

    /// All numbers that were handed out are below this one.
    std::uint32_t high() const noexcept { return high_; }

    /// Lets `take` succeed n times. Strong.
    void prepare(const Allocator& allocator, std::uint32_t n) {
        if (nodes_.size() - size_ >= n) return;
        const std::uint32_t grown = nodes_.size() * Limits<Allocator>::node_growth;
        nodes_.resize(allocator, std::max(size_ + n, nodes_.at_most(allocator, grown)), high_);
    }

    /// Precondition: `prepare` made room.
    std::uint32_t take() noexcept {
        ++size_;
        if (free_ == none) return high_++;
        return std::exchange(free_, nodes_[free_].next);
    }

    void give_back(std::uint32_t i) noexcept {
        nodes_[i].next = std::exchange(free_, i);
        --size_;
    }

    void clear() noexcept {
        high_ = 0;
        size_ = 0;
        free_ = none;
    }

    void release(const Allocator& allocator) noexcept {
        nodes_.release(allocator);
        clear();
    }

    /// Becomes like `other`, number by number. Preconditions: holds nothing, and the other does. Strong.
    void assign(const Allocator& allocator, const NodePool& other) {
        nodes_.allocate(allocator, other.high_);
        for (std::uint32_t i = 0; i != other.high_; ++i) nodes_[i] = other.nodes_[i];
        high_ = other.high_;
        size_ = other.size_;
        free_ = other.free_;
    }

    void swap(NodePool& other) noexcept {
        nodes_.swap(other.nodes_);
        std::swap(high_, other.high_);
        std::swap(size_, other.size_);
        std::swap(free_, other.free_);
    }

    /// Whether every node that was ever handed out is either in use or on the free list.
    bool is_accounted_for() const noexcept {
        std::uint32_t free = 0;
        for (std::uint32_t i = free_; i != none && free <= high_; i = nodes_[i].next) ++free;
        return free + size_ == high_ && high_ <= nodes_.size();
    }

  private:
    Buffer<Node, Allocator> nodes_;
    std::uint32_t high_ = 0;
    std::uint32_t size_ = 0;
    std::uint32_t free_ = none;
};

}  // namespace bimap::detail
