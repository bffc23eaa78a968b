// SPDX-License-Identifier: BSL-1.0
// The process's operator new and delete, which count; where nobody asks, that costs a branch.
#include "bimap/benchmarks/allocations.hpp"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace bimap::benchmarks {

namespace {

bool counting = false;
std::size_t allocations_seen = 0;
std::size_t bytes_seen = 0;

void* taken(void* block) {
    if (block == nullptr) throw std::bad_alloc();
    if (counting) [[unlikely]] {
        ++allocations_seen;
        bytes_seen += malloc_usable_size(block);
    }
    return block;
}

void give_back(void* block) noexcept {
    if (counting) [[unlikely]]
        bytes_seen -= malloc_usable_size(block);
    std::free(block);
}

}  // namespace

AllocationCount::AllocationCount() noexcept {
    allocations_seen = 0;
    bytes_seen = 0;
    counting = true;
}

AllocationCount::~AllocationCount() { counting = false; }

std::size_t AllocationCount::allocations() const noexcept { return allocations_seen; }
std::size_t AllocationCount::bytes_alive() const noexcept { return bytes_seen; }

}  // namespace bimap::benchmarks

using bimap::benchmarks::give_back;
using bimap::benchmarks::taken;

void* operator new(std::size_t size) { return taken(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto unit = static_cast<std::size_t>(alignment);
    return taken(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
