// SPDX-License-Identifier: BSL-1.0
// The hasher of a side that names none: std::hash, and for strings one that takes every kind of string.
#pragma once

#include <cstddef>
#include <type_traits>

#include "bimap/detail/standard_library.hpp"

namespace bimap::detail {

template <class Key, bool is_final = std::is_final_v<std::hash<Key>>>
struct DefaultHash : std::hash<Key> {
    static_assert(
        std::is_default_constructible_v<std::hash<Key>>,
        "std::hash has none for this key: give the side one, as in bimap::hashed<MyHash>, or an order");
};

/// A user's specialization of std::hash that nothing can derive from.
template <class Key>
struct DefaultHash<Key, true> {
    std::size_t operator()(const Key& key) const { return std::hash<Key>()(key); }
};

/// The standard promises that a string and a view of it have the same hash.
template <class Char>
struct StringHash {
    using is_transparent = void;

    std::size_t operator()(std::basic_string_view<Char> text) const noexcept {
        return std::hash<std::basic_string_view<Char>>()(text);
    }
};

template <class Char, class Allocator>
struct DefaultHash<std::basic_string<Char, std::char_traits<Char>, Allocator>, false> : StringHash<Char> {};

template <class Char>
struct DefaultHash<std::basic_string_view<Char>, false> : StringHash<Char> {};

}  // namespace bimap::detail
