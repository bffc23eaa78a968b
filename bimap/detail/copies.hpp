// SPDX-License-Identifier: BSL-1.0
// Copies of pairs on their way out of a map: made one by one, destroyed together. It is what is used of a
// vector, for a fraction of what including one costs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

template <class Value, class Allocator>
class Copies {
    struct alignas(Value) Place {
        std::byte bytes[sizeof(Value)];
    };

  public:
    /// Room for n of them.
    Copies(const Allocator& allocator, std::uint32_t n) : places_(allocator) {
        if (n != 0) places_.allocate(allocator, n);
    }
    Copies(const Copies&) = delete;
    Copies& operator=(const Copies&) = delete;
    ~Copies() {
        while (size_ != 0) std::destroy_at(std::addressof((*this)[--size_]));
    }

    /// Precondition: there is room. Strong.
    template <class First, class Second>
    void add(const First& first, const Second& second) {
        ::new (static_cast<void*>(places_[size_].bytes)) Value(first, second);
        ++size_;
    }

    std::uint32_t size() const noexcept { return size_; }
    Value& operator[](std::uint32_t i) noexcept {
        return *std::launder(reinterpret_cast<Value*>(places_[i].bytes));
    }

  private:
    ScopedBuffer<Place, Allocator> places_;
    std::uint32_t size_ = 0;
};

}  // namespace bimap::detail
