// SPDX-License-Identifier: BSL-1.0
// The sizes that the representation is built on, as values that a test may lower for its own allocator type.
#pragma once

#include <cstdint>

namespace bimap {

/// Sizes of a map whose allocator is `Allocator`. Specialise it for an allocator of your own to see a limit
/// met early: no two maps with different limits then share a type.
template <class Allocator>
struct Limits {
    /// The most pairs that one map holds; past it an insertion throws std::length_error. At most 2^31.
    static constexpr std::uint32_t max_pairs = std::uint32_t{1} << 31;

    /// Entries in one node of an ordered side's tree; an even number from 4 to 254.
    static constexpr std::uint32_t node_capacity = 32;

    /// How many times as many nodes there is room for when there was too little; with 1 for as many as are
    /// needed.
    static constexpr std::uint32_t node_growth = 2;
};

}  // namespace bimap

namespace bimap::detail {

/// The index that names no pair, no node and no position.
inline constexpr std::uint32_t none = 0xFFFF'FFFF;

}  // namespace bimap::detail
