// SPDX-License-Identifier: BSL-1.0
// Memory that remembers whose it is: what goes back to another owner, or with another size or alignment, is a
// misuse that the Ledger notes. And a memory resource that gives such memory, for a map that takes one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <new>

#include "properties/ledger.hpp"

namespace bimap::properties {

template <class Owner>
class LabelledMemory {
  public:
    static void* allocate(Owner owner, std::size_t size, std::size_t alignment) {
        auto* const memory =
            static_cast<std::byte*>(::operator new(offset(alignment) + size, alignment_of_both(alignment)));
        std::byte* const block = memory + offset(alignment);
        ::new (block - sizeof(Label)) Label{owner, size, alignment};
        return block;
    }

    static void deallocate(Owner owner, void* address, std::size_t size, std::size_t alignment) noexcept {
        auto* const block = static_cast<std::byte*>(address);
        const Label label = *reinterpret_cast<const Label*>(block - sizeof(Label));
        if (label.owner != owner) return ledger.note_misuse("memory went back to another allocator");
        if (label.size != size) ledger.note_misuse("memory went back with another size");
        if (label.alignment != alignment) ledger.note_misuse("memory went back with another alignment");
        ::operator delete(block - offset(label.alignment), alignment_of_both(label.alignment));
    }

  private:
    /// What lies in front of each block.
    struct Label {
        Owner owner;
        std::size_t size;
        std::size_t alignment;
    };

    static std::align_val_t alignment_of_both(std::size_t alignment) {
        return std::align_val_t{std::max(alignment, alignof(Label))};
    }
    /// Where the block begins, behind its Label and whatever its alignment leaves free.
    static std::size_t offset(std::size_t alignment) {
        const auto both = static_cast<std::size_t>(alignment_of_both(alignment));
        return (sizeof(Label) + both - 1) / both * both;
    }
};

class CheckedResource : public std::pmr::memory_resource {
    using Memory = LabelledMemory<const CheckedResource*>;

    void* do_allocate(std::size_t size, std::size_t alignment) override {
        return Memory::allocate(this, size, alignment);
    }
    void do_deallocate(void* address, std::size_t size, std::size_t alignment) override {
        Memory::deallocate(this, address, size, alignment);
    }
    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override {
        return this == &other;
    }
};

}  // namespace bimap::properties
