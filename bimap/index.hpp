// SPDX-License-Identifier: BSL-1.0
// The index specifiers: how one side of a BiMap is looked up. They are values and carry function objects.
#pragma once

#include "bimap/detail/standard_library.hpp"

namespace bimap {

/// Stands for std::hash<Key>, whatever the side's key is; for strings it takes std::string_view and literals,
/// too.
struct default_ {};

/// A side that is looked up by hash. `Hash` maps keys that `Equal` calls equal to the same number. One that
/// has a member type is_avalanching, void or true, promises that each of its 64 bits depends on the whole
/// key, and its numbers are taken as they are; others are spread.
template <class Hash = default_, class Equal = std::equal_to<>>
struct hashed {
    Hash hash{};
    Equal equal{};
};

/// A side that is looked up by hash and iterated in the order of insertion. A pair that takes the place of
/// one with an equal key stays where that one was.
template <class Hash = default_, class Equal = std::equal_to<>>
struct sequenced {
    Hash hash{};
    Equal equal{};
};

/// A side that is kept in the order of `Compare`, a strict weak ordering.
template <class Compare = std::less<>>
struct ordered {
    Compare compare{};
};

}  // namespace bimap
