// SPDX-License-Identifier: BSL-1.0
// The two sides of a pair, so that everything that has a mirror image is written once.
#pragma once

#include <type_traits>
#include <utility>

namespace bimap::detail {

enum class Side : bool { left, right };

inline constexpr Side opposite(Side side) noexcept { return side == Side::left ? Side::right : Side::left; }

/// `Left` seen from the left side, `Right` seen from the right side.
template <Side S, class Left, class Right>
using OnSide = std::conditional_t<S == Side::left, Left, Right>;

/// The member of a pair that belongs to side S.
template <Side S, class Pair>
constexpr auto& on_side(Pair& pair) noexcept {
    if constexpr (S == Side::left) {
        return pair.first;
    } else {
        return pair.second;
    }
}

}  // namespace bimap::detail
