// SPDX-License-Identifier: BSL-1.0
// Holds a user's hasher, equality or comparator, and exchanges it even where it cannot be assigned.
#pragma once

#include <type_traits>
#include <utility>

#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

template <class F>
class FunctionBox {
    /// What moves without throwing is built anew rather than exchanged by a swap that may throw.
    static constexpr bool swaps = std::is_swappable_v<F> && (std::is_nothrow_swappable_v<F> ||
                                                             !std::is_nothrow_move_constructible_v<F>);

  public:
    /// What `exchange` promises: only exchanging a function object that may throw when moved can throw.
    static constexpr bool exchanges_safely =
        std::is_empty_v<F> ||
        (swaps ? std::is_nothrow_swappable_v<F> : std::is_nothrow_move_constructible_v<F>);

    FunctionBox() noexcept(std::is_nothrow_default_constructible_v<F>)
        requires std::is_default_constructible_v<F>
        : f_() {}
    explicit FunctionBox(const F& f) noexcept(std::is_nothrow_copy_constructible_v<F>) : f_(f) {}

    const F& operator*() const noexcept { return f_; }

    /// A lambda with captures cannot be assigned, so it is built anew in its place.
    void exchange(FunctionBox& other) noexcept(exchanges_safely) {
        if constexpr (std::is_empty_v<F>) {
            // Without state, one is as good as the other.
        } else if constexpr (swaps) {
            using std::swap;
            swap(f_, other.f_);
        } else {
            static_assert(std::is_nothrow_move_constructible_v<F>,
                          "a function object that cannot be swapped must at least move without throwing");
            F mine(std::move(f_));
            rebuild(std::move(other.f_));
            other.rebuild(std::move(mine));
        }
    }

  private:
    void rebuild(F&& f) noexcept {
        std::destroy_at(std::addressof(f_));
        std::construct_at(std::addressof(f_), std::move(f));
    }

    F f_;
};

}  // namespace bimap::detail
