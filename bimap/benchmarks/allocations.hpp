// SPDX-License-Identifier: BSL-1.0
// Counts what this process takes from the heap, while it is told to.
#pragma once

#include <cstddef>

namespace bimap::benchmarks {

/// Counts from its construction to its destruction; one at a time. Blocks that were taken before must not be
/// freed meanwhile.
class AllocationCount {
  public:
    AllocationCount() noexcept;
    AllocationCount(const AllocationCount&) = delete;
    AllocationCount& operator=(const AllocationCount&) = delete;
    ~AllocationCount();

    std::size_t allocations() const noexcept;

    /// What malloc says is usable of the blocks that are alive; its own 8 bytes for each are not in it.
    std::size_t bytes_alive() const noexcept;
};

}  // namespace bimap::benchmarks
