// SPDX-License-Identifier: BSL-1.0
// The pairs between two positions, as a range.
#pragma once

#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

/// Owns nothing: its iterators may outlive it.
template <class Iterator>
class Stretch {
  public:
    using iterator = Iterator;
    using const_iterator = Iterator;

    Stretch() = default;
    constexpr Stretch(Iterator first, Iterator last) noexcept : first_(first), last_(last) {}

    constexpr Iterator begin() const noexcept { return first_; }
    constexpr Iterator end() const noexcept { return last_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return first_ == last_; }

  private:
    Iterator first_{};
    Iterator last_{};
};

}  // namespace bimap::detail

template <class Iterator>
inline constexpr bool std::ranges::enable_view<bimap::detail::Stretch<Iterator>> = true;

template <class Iterator>
inline constexpr bool std::ranges::enable_borrowed_range<bimap::detail::Stretch<Iterator>> = true;
