// SPDX-License-Identifier: BSL-1.0
// A node of an ordered side's tree.
#pragma once

#include <cstdint>

#include "bimap/limits.hpp"

namespace bimap::detail {

/// Entries [0, count) in ascending order. In a leaf, `child` holds pairs; above, it holds nodes, and the
/// label of a child is that of the first pair below it.
template <class Label, std::uint32_t Capacity>
struct TreeNode {
    std::uint32_t parent;
    std::uint32_t previous;  // on the same level
    std::uint32_t next;      // on the same level; in a free node, the next free one
    std::uint16_t count;
    std::uint16_t level;  // 0 in a leaf
    std::uint32_t child[Capacity];
    Label label[Capacity];

    bool is_full() const noexcept { return count == Capacity; }

    /// The position of a child that is here.
    std::uint32_t position_of(std::uint32_t wanted) const noexcept {
        std::uint32_t position = 0;
        while (child[position] != wanted) ++position;
        return position;
    }
};

}  // namespace bimap::detail
