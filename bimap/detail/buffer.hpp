// SPDX-License-Identifier: BSL-1.0
// A block of trivially copyable values that knows its length but not its allocator: the map keeps that once.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "bimap/detail/raise.hpp"
#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

inline constexpr const char* too_many = "bimap: more pairs than indices, or than the allocator has room for";

/// Exceptions: std::length_error if the allocator never gives so many values at once, and its own.
template <class Allocator>
typename std::allocator_traits<Allocator>::pointer allocate_at_once(Allocator& allocator, std::uint32_t n) {
    using Traits = std::allocator_traits<Allocator>;
    if (std::uint64_t{n} > std::uint64_t{Traits::max_size(allocator)}) raise<std::length_error>(too_many);
    return Traits::allocate(allocator, static_cast<typename Traits::size_type>(n));
}

template <class Allocator>
void deallocate_at_once(Allocator& allocator, typename std::allocator_traits<Allocator>::pointer memory,
                        std::uint32_t n) noexcept {
    using Traits = std::allocator_traits<Allocator>;
    Traits::deallocate(allocator, memory, static_cast<typename Traits::size_type>(n));
}

/// Owns its block, but only `release` returns it: whoever holds the allocator calls that.
template <class T, class Allocator>
class Buffer {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

    using Rebound = typename std::allocator_traits<Allocator>::template rebind_alloc<T>;
    using Traits = std::allocator_traits<Rebound>;

  public:
    Buffer() = default;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    T& operator[](std::uint32_t i) noexcept { return data_[i]; }
    const T& operator[](std::uint32_t i) const noexcept { return data_[i]; }
    std::uint32_t size() const noexcept { return size_; }

    /// This number, or as many as the allocator gives at once, if that is fewer.
    static std::uint32_t at_most(const Allocator& allocator, std::uint32_t n) noexcept {
        return static_cast<std::uint32_t>(
            std::min<std::uint64_t>(n, std::uint64_t{Traits::max_size(Rebound(allocator))}));
    }

    /// Where value i is, if there is one.
    const void* address(std::uint32_t i) const noexcept {
        if constexpr (std::is_pointer_v<typename Traits::pointer>) {
            return data_ + i;
        } else {
            return i < size_ ? std::addressof(data_[i]) : nullptr;
        }
    }

    /// Takes a block of n zeroed values. Precondition: holds none.
    void allocate(const Allocator& allocator, std::uint32_t n) {
        Rebound rebound(allocator);
        data_ = allocate_at_once(rebound, n);
        size_ = n;
        T* const values = std::to_address(data_);
        for (std::uint32_t i = 0; i != n; ++i) ::new (static_cast<void*>(values + i)) T();
    }

    void release(const Allocator& allocator) noexcept {
        if (size_ == 0) return;
        Rebound rebound(allocator);
        deallocate_at_once(rebound, std::exchange(data_, nullptr), std::exchange(size_, 0));
    }

    /// Makes the block n values long and keeps the first `kept` of them. Strong.
    void resize(const Allocator& allocator, std::uint32_t n, std::uint32_t kept) {
        Buffer larger;
        larger.allocate(allocator, n);
        for (std::uint32_t i = 0; i != kept; ++i) larger[i] = (*this)[i];
        swap(larger);
        larger.release(allocator);
    }

    /// Makes every value zero.
    void clear() noexcept {
        if (size_ != 0) std::memset(static_cast<void*>(std::to_address(data_)), 0, size_ * sizeof(T));
    }

    void swap(Buffer& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
    }

  private:
    typename Traits::pointer data_ = nullptr;
    std::uint32_t size_ = 0;
};

/// A buffer that is returned when its scope ends; what has taken the place of an old one is returned with it.
template <class T, class Allocator>
class ScopedBuffer : public Buffer<T, Allocator> {
  public:
    explicit ScopedBuffer(const Allocator& allocator) noexcept : allocator_(allocator) {}
    ~ScopedBuffer() { this->release(allocator_); }

  private:
    const Allocator& allocator_;
};

}  // namespace bimap::detail
