// SPDX-License-Identifier: BSL-1.0
// Which keys of other types an order takes as they are.
#pragma once

#include <concepts>
#include <type_traits>

namespace bimap::detail {

/// True of two integers of which one loses its sign where they are compared: -3 is above 2u then, and an
/// order of keys is none of both.
template <class A, class B>
inline constexpr bool lose_a_sign = false;
template <std::integral A, std::integral B>
inline constexpr bool lose_a_sign<A, B> =
    std::is_signed_v<A> != std::is_signed_v<B> && std::is_unsigned_v<decltype(A() + B())>;

/// Whether a comparator takes a K beside the keys, unconverted.
template <class Compare, class Key, class K>
concept ComparesUnconverted =
    !lose_a_sign<Key, K> && requires(const Compare& compare, const Key& key, const K& k) {
        typename Compare::is_transparent;
        { compare(key, k) } -> std::convertible_to<bool>;
        { compare(k, key) } -> std::convertible_to<bool>;
    };

}  // namespace bimap::detail
