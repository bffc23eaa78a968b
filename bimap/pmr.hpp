// SPDX-License-Identifier: BSL-1.0
// pmr::BiMap: a BiMap whose memory comes from a std::pmr::memory_resource that is chosen at run time.
#pragma once

#include <memory_resource>
#include <utility>

#include "bimap/bimap.hpp"
#include "bimap/index.hpp"

namespace bimap::pmr {

/// A BiMap with a polymorphic allocator: `bimap::pmr::BiMap<int, int> map(&arena)`.
///
/// Elements that take such an allocator, std::pmr::string for one, are given it too. As with the standard's
/// containers, a copy takes its memory from the default resource unless another one is named; an assignment
/// or a swap never changes where a map takes it from. A resource must outlive the maps that use it, and the
/// nodes and evicted pairs that come out of them, whose elements keep it.
template <class Left, class Right, class LeftIndex = hashed<>, class RightIndex = hashed<>>
using BiMap =
    bimap::BiMap<Left, Right, LeftIndex, RightIndex, std::pmr::polymorphic_allocator<std::pair<Left, Right>>>;

}  // namespace bimap::pmr
