// SPDX-License-Identifier: BSL-1.0
// An allocator with a name, whose blocks remember it: memory that goes back to another one, or with another
// size, is a misuse that the Ledger notes.
#pragma once

#include <cstddef>

#include "properties/checked_resource.hpp"

namespace bimap::properties::mutants {

struct Arena {
    int name = 0;

    void* allocate(std::size_t size) const {
        return LabelledMemory<int>::allocate(name, size, alignof(std::max_align_t));
    }
    void deallocate(void* block, std::size_t size) const noexcept {
        LabelledMemory<int>::deallocate(name, block, size, alignof(std::max_align_t));
    }
    bool operator==(const Arena&) const = default;
};

/// Whether an allocator goes along on copy assignment, on move assignment and on swap.
struct Propagation {
    bool on_copy = true;
    bool on_move = true;
    bool on_swap = true;
};

}  // namespace bimap::properties::mutants
