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

/// Of two, the one that belongs to side S.
template <Side S, class L, class R>
constexpr auto& one_of(L& left, R& right) noexcept {
    if constexpr (S == Side::left) {
        return left;
    } else {
        return right;
    }
}

/// The member of a pair that belongs to side S.
template <Side S, class Pair>
constexpr auto& on_side(Pair& pair) noexcept {
    return one_of<S>(pair.first, pair.second);
}

/// Calls f with the left before the right, of two of which the one that belongs to side S is given first.
template <Side S, class K, class P, class F>
constexpr decltype(auto) left_first(K&& key, P&& partner, F&& f) {
    if constexpr (S == Side::left) {
        return f(std::forward<K>(key), std::forward<P>(partner));
    } else {
        return f(std::forward<P>(partner), std::forward<K>(key));
    }
}

/// What side S sees with its own side first, with the left first; and the other way around.
template <Side S, class Seen>
constexpr Seen turned(const Seen& seen) noexcept {
    if constexpr (S == Side::left) {
        return seen;
    } else {
        return seen.mirrored();
    }
}

}  // namespace bimap::detail
