// SPDX-License-Identifier: BSL-1.0
// A node of an ordered side's tree, and the labels by which a search tells its entries apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// A key that is small and trivially copyable is kept in the node itself, so that a search reads no pair.
template <class Key>
class KeyLabel {
  public:
    template <class Keys>
    void name(const Keys& keys, std::uint32_t pair) noexcept {
        std::memcpy(bytes_, std::addressof(keys[pair]), sizeof(Key));
    }

    template <class Keys>
    const Key& key(const Keys&) const noexcept {
        return *std::launder(reinterpret_cast<const Key*>(bytes_));
    }

    template <class Keys>
    bool names(const Keys& keys, std::uint32_t pair) const noexcept {
        return std::memcmp(bytes_, std::addressof(keys[pair]), sizeof(Key)) == 0;
    }

  private:
    alignas(Key) std::byte bytes_[sizeof(Key)];
};

/// Any other key is read in the pair that has it.
template <class Key>
class PairLabel {
  public:
    template <class Keys>
    void name(const Keys&, std::uint32_t pair) noexcept {
        pair_ = pair;
    }

    template <class Keys>
    const Key& key(const Keys& keys) const noexcept {
        return keys[pair_];
    }

    template <class Keys>
    bool names(const Keys&, std::uint32_t pair) const noexcept {
        return pair_ == pair;
    }

  private:
    std::uint32_t pair_;
};

template <class Key>
using Label =
    std::conditional_t<std::is_trivially_copyable_v<Key> && sizeof(Key) <= 16, KeyLabel<Key>, PairLabel<Key>>;

/// Entries [0, count) in ascending order. In a leaf, `child` holds pairs; above, it holds nodes, and the
/// label of a child is that of the first pair below it.
template <class Key, std::uint32_t Capacity>
struct TreeNode {
    std::uint32_t parent;
    std::uint32_t previous;  // on the same level
    std::uint32_t next;      // on the same level; in a free node, the next free one
    std::uint16_t count;
    std::uint16_t level;  // 0 in a leaf
    std::uint32_t child[Capacity];
    Label<Key> label[Capacity];

    bool is_full() const noexcept { return count == Capacity; }

    /// The position of a child that is here.
    std::uint32_t position_of(std::uint32_t wanted) const noexcept {
        std::uint32_t position = 0;
        while (child[position] != wanted) ++position;
        return position;
    }
};

}  // namespace bimap::detail
