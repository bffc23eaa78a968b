// SPDX-License-Identifier: BSL-1.0
// operator new and delete of the whole process, over malloc: they tell the Ledger, and fail when it says so.
// Under AddressSanitizer malloc is the sanitizer's, which goes on guarding every block.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "properties/ledger.hpp"

namespace {

using bimap::properties::FailedAllocation;
using bimap::properties::ledger;

void* allocate(std::size_t size, std::size_t alignment, bool array) {
    if (ledger.allocation_fails()) throw FailedAllocation{};
    void* const address = alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
                              ? std::malloc(std::max<std::size_t>(size, 1))
                              : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
    if (address == nullptr) throw std::bad_alloc{};
    if (ledger.writes_down()) {
        // A fixed filling: what is read before it was written is the same in every run, and is no pointer.
        std::memset(address, 0xCB, size);
        ledger.block_born(address, size, array);
    }
    return address;
}

void* allocate_or_null(std::size_t size, std::size_t alignment, bool array) noexcept {
    try {
        return allocate(size, alignment, array);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void release(void* address, std::size_t size, bool array) noexcept {
    if (address == nullptr) return;
    ledger.block_died(address, size, array);
    std::free(address);
}

constexpr std::size_t plain = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
std::size_t in_bytes(std::align_val_t alignment) { return static_cast<std::size_t>(alignment); }

}  // namespace

void* operator new(std::size_t size) { return allocate(size, plain, false); }
void* operator new[](std::size_t size) { return allocate(size, plain, true); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocate(size, in_bytes(alignment), false);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocate(size, in_bytes(alignment), true);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, plain, false);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, plain, true);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, in_bytes(alignment), false);
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, in_bytes(alignment), true);
}

void operator delete(void* address) noexcept { release(address, 0, false); }
void operator delete[](void* address) noexcept { release(address, 0, true); }
void operator delete(void* address, std::size_t size) noexcept { release(address, size, false); }
void operator delete[](void* address, std::size_t size) noexcept { release(address, size, true); }
void operator delete(void* address, std::align_val_t) noexcept { release(address, 0, false); }
void operator delete[](void* address, std::align_val_t) noexcept { release(address, 0, true); }
void operator delete(void* address, std::size_t size, std::align_val_t) noexcept {
    release(address, size, false);
}
void operator delete[](void* address, std::size_t size, std::align_val_t) noexcept {
    release(address, size, true);
}
void operator delete(void* address, const std::nothrow_t&) noexcept { release(address, 0, false); }
void operator delete[](void* address, const std::nothrow_t&) noexcept { release(address, 0, true); }
void operator delete(void* address, std::align_val_t, const std::nothrow_t&) noexcept {
    release(address, 0, false);
}
void operator delete[](void* address, std::align_val_t, const std::nothrow_t&) noexcept {
    release(address, 0, true);
}
