// SPDX-License-Identifier: BSL-1.0
// Which keys of other types an order takes as they are, and how it is asked about them.
#pragma once

#include <concepts>
#include <type_traits>

#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

/// Whether a comparator takes a K beside the keys, unconverted.
template <class Compare, class Key, class K>
concept ComparesUnconverted = requires(const Compare& compare, const Key& key, const K& k) {
    typename Compare::is_transparent;
    { compare(key, k) } -> std::convertible_to<bool>;
    { compare(k, key) } -> std::convertible_to<bool>;
};

/// An integer that is compared by its value with one of the other sign, of which < would take the sign away:
/// -3 is not above 2u.
template <std::integral Value>
class ByValue {
  public:
    constexpr explicit ByValue(Value value) noexcept : value_(value) {}

    friend constexpr bool operator<(const ByValue& a, std::integral auto b) noexcept {
        return is_below(a.value_, b);
    }
    friend constexpr bool operator<(std::integral auto a, const ByValue& b) noexcept {
        return is_below(a, b.value_);
    }
    friend constexpr bool operator>(const ByValue& a, std::integral auto b) noexcept { return b < a; }
    friend constexpr bool operator>(std::integral auto a, const ByValue& b) noexcept { return b < a; }

  private:
    /// Precondition: one of the two types has a sign, and the other has not.
    template <class A, class B>
    static constexpr bool is_below(A a, B b) noexcept {
        if constexpr (std::is_signed_v<A>) {
            return a < 0 || static_cast<std::make_unsigned_t<A>>(a) < b;
        } else {
            return b > 0 && a < static_cast<std::make_unsigned_t<B>>(b);
        }
    }

    Value value_;
};

template <class A, class B>
inline constexpr bool lose_a_sign = false;
template <std::integral A, std::integral B>
inline constexpr bool lose_a_sign<A, B> =
    std::disjunction_v<std::is_signed<A>, std::is_signed<B>> && std::is_unsigned_v<decltype(A() + B())>;

template <class Compare>
inline constexpr bool is_built_in =
    std::is_same_v<Compare, std::less<>> || std::is_same_v<Compare, std::greater<>>;

/// Whether a number becomes another one where it is inserted: 0.1 among keys that are float.
template <class Key, class K>
inline constexpr bool is_rounded = std::is_floating_point_v<Key> && std::is_arithmetic_v<K>;

template <class Compare, class Key, class K>
struct Asked {
    using type = const K&;
};
template <class Compare, class Key, class K>
    requires(is_built_in<Compare> && lose_a_sign<Key, K>)
struct Asked<Compare, Key, K> {
    using type = ByValue<K>;
};
template <class Compare, class Key, class K>
    requires(is_built_in<Compare> && is_rounded<Key, K>)
struct Asked<Compare, Key, K> {
    using type = Key;
};

/// As what a comparator is asked about a K.
template <class Compare, class Key, class K>
using AskedAbout = typename Asked<Compare, Key, K>::type;

}  // namespace bimap::detail
