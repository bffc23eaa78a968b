// SPDX-License-Identifier: BSL-1.0
// The index specifiers: how one side of a BiMap is looked up. They are values and carry function objects.
#pragma once

#include "bimap/detail/standard_library.hpp"

namespace bimap {

/// Stands for std::hash<Key>, whatever the side's key is; for strings it takes std::string_view and literals,
/// too.
struct default_ {};

/// A side that is looked up by hash. `Hash` maps keys that `Equal` calls equal to the same number. It need
/// not spread them: keys at common strides under std::hash, which often is the number itself, are found in a
/// few steps. A hasher that has a member type is_avalanching, void or true, promises that each of its 64 bits
/// depends on the whole key, and its numbers are taken as they are. Where somebody else chooses the keys,
/// take SeededHash. Keys of type `const char*` are compared by address; take std::string_view.
///
/// Keys that are equal need not be the same: a pair is found by any key that is equal to its own, and has the
/// one with which it came; an insertion that replaces it brings its own. A key that is not equal to itself,
/// as NaN is not, is never found: it comes in again and again, and goes at its position.
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

/// A side that is kept in the order of `Compare`, a strict weak ordering of all its keys: NaN is none of
/// them. Two keys are equal if neither is below the other. A transparent comparator puts what it is asked
/// about in the same order as the keys, and calls it equal to one of them at most; std::less<> and
/// std::greater<> do so with integers of the other sign, too, which are compared by their values here. Where
/// the keys are floating-point numbers, these two are asked about a number as the key that it becomes: so
/// 0.1 is found where 0.1 was inserted, though the keys are float.
template <class Compare = std::less<>>
struct ordered {
    Compare compare{};
};

template <class Hash>
hashed(Hash) -> hashed<Hash>;
template <class Hash, class Equal>
hashed(Hash, Equal) -> hashed<Hash, Equal>;
template <class Hash>
sequenced(Hash) -> sequenced<Hash>;
template <class Hash, class Equal>
sequenced(Hash, Equal) -> sequenced<Hash, Equal>;
template <class Compare>
ordered(Compare) -> ordered<Compare>;

}  // namespace bimap
