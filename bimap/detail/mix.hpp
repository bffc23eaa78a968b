// SPDX-License-Identifier: BSL-1.0
// Spreads a user's hash over 64 bits, because std::hash of an integer is often the integer itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace bimap::detail {

/// A hasher that says that it spreads its results over 64 bits by itself, as other libraries ask it to.
template <class Hash>
concept Avalanching = sizeof(std::size_t) == 8 && requires { typename Hash::is_avalanching; } &&
                      (std::is_void_v<typename Hash::is_avalanching> || Hash::is_avalanching::value);

/// Both halves of a 64 x 64 bit product, folded into one: every bit of the input reaches every bit of the
/// result.
inline std::uint64_t mix(std::size_t hash) noexcept {
    constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;
#if defined(__SIZEOF_INT128__)
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(hash) * odd;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
    std::uint64_t x = static_cast<std::uint64_t>(hash) * odd;
    x = (x ^ (x >> 32)) * 0xD6E8'FEB8'6659'FD93;
    return x ^ (x >> 32);
#endif
}

}  // namespace bimap::detail
