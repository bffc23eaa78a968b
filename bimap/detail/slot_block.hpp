// SPDX-License-Identifier: BSL-1.0
// A block of slots that is asked for them by their numbers in the store, wherever in it the block begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

/// Does not own the slots: the store does. `Pointer` is the store's way to point at one.
template <class Slot, class Pointer>
class SlotBlock {
  public:
    SlotBlock() = default;
    SlotBlock(Pointer slots, std::uint32_t first) noexcept : slots_(std::move(slots)), first_(first) {}

    Slot& operator[](std::uint32_t number) const noexcept {
        return slots_[static_cast<std::ptrdiff_t>(number - first_)];
    }

  private:
    Pointer slots_{};
    std::uint32_t first_ = 0;
};

/// Where pointers are plain, a block is the address at which slot 0 would be if there were room for it: every
/// find then has one addition less to wait for. No leak checker takes that for a pointer to the block.
template <class Slot>
class SlotBlock<Slot, Slot*> {
  public:
    SlotBlock() = default;
    SlotBlock(Slot* slots, std::uint32_t first) noexcept
        : origin_(reinterpret_cast<std::uintptr_t>(slots) - first * sizeof(Slot)) {}

    Slot& operator[](std::uint32_t number) const noexcept {
        return *reinterpret_cast<Slot*>(origin_ + number * sizeof(Slot));
    }

  private:
    std::uintptr_t origin_ = 0;
};

}  // namespace bimap::detail
