// SPDX-License-Identifier: BSL-1.0
// An allocator with a name, whose blocks remember it: memory that goes back to another one, or with another
// size, is a misuse that the Ledger notes.
#pragma once

#include <cstddef>
#include <new>

#include "properties/ledger.hpp"

namespace bimap::properties::mutants {

struct Arena {
    int name = 0;

    void* allocate(std::size_t size) const {
        auto* const label = static_cast<Label*>(::operator new(sizeof(Label) + size));
        *label = {size, name};
        return label + 1;
    }
    void deallocate(void* block, std::size_t size) const noexcept {
        auto* const label = static_cast<Label*>(block) - 1;
        if (label->name != name) return ledger.note_misuse("memory went back to another allocator");
        if (label->size != size) ledger.note_misuse("memory went back with another size");
        ::operator delete(label);
    }
    bool operator==(const Arena&) const = default;

  private:
    struct alignas(std::max_align_t) Label {
        std::size_t size;
        int name;
    };
};

/// Whether an allocator goes along on copy assignment, on move assignment and on swap.
struct Propagation {
    bool on_copy = true;
    bool on_move = true;
    bool on_swap = true;
};

}  // namespace bimap::properties::mutants
