// SPDX-License-Identifier: BSL-1.0
// The labels by which a search tells the entries of a tree's node apart: keys, or as much of them as helps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/transparent.hpp"

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

    /// Where a key has bytes that it does not use, they say nothing: the order does.
    template <class Keys, class Compare>
    bool names(const Keys& keys, std::uint32_t pair, const Compare& compare) const {
        if constexpr (std::has_unique_object_representations_v<Key>) {
            return std::memcmp(bytes_, std::addressof(keys[pair]), sizeof(Key)) == 0;
        } else {
            return !compare(key(keys), keys[pair]) && !compare(keys[pair], key(keys));
        }
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

    template <class Keys, class Compare>
    bool names(const Keys&, std::uint32_t pair, const Compare&) const noexcept {
        return pair_ == pair;
    }

  private:
    std::uint32_t pair_;
};

/// A string is read in its pair, too, but only where its first eight characters, which are kept in the node,
/// do not decide.
template <class Key>
class PrefixLabel : public PairLabel<Key> {
  public:
    template <class Keys>
    void name(const Keys& keys, std::uint32_t pair) noexcept {
        PairLabel<Key>::name(keys, pair);
        const std::uint64_t prefix = prefix_of(keys[pair]);
        std::memcpy(prefix_, &prefix, sizeof(prefix));
    }

    template <class Keys, class Compare>
    bool names(const Keys& keys, std::uint32_t pair, const Compare& compare) const noexcept {
        return PairLabel<Key>::names(keys, pair, compare) && prefix() == prefix_of(keys[pair]);
    }

    std::uint64_t prefix() const noexcept {
        std::uint64_t prefix = 0;
        std::memcpy(&prefix, prefix_, sizeof(prefix));
        return prefix;
    }

    /// Prefixes that differ compare as the strings do: the first character comes highest, and what is missing
    /// is zero.
    static std::uint64_t prefix_of(std::string_view text) noexcept {
        std::uint64_t prefix = 0;
        for (std::size_t i = 0; i != sizeof(prefix); ++i) {
            const auto character = i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
            prefix = prefix << 8 | character;
        }
        return prefix;
    }

  private:
    std::uint32_t prefix_[2];
};

/// Types whose order is that of their characters as unsigned numbers.
template <class T>
inline constexpr bool is_text =
    std::is_same_v<T, std::string_view> || std::is_same_v<T, char*> || std::is_same_v<T, const char*>;
template <std::size_t size>
inline constexpr bool is_text<char[size]> = true;
template <class Allocator>
inline constexpr bool is_text<std::basic_string<char, std::char_traits<char>, Allocator>> = true;

template <class Key, class Compare>
inline constexpr bool is_ordered_as_text =
    is_text<Key> && !std::is_pointer_v<Key> &&
    (std::is_same_v<Compare, std::less<>> || std::is_same_v<Compare, std::less<Key>>);

template <class Key, class Compare>
using LabelFor = std::conditional_t<is_ordered_as_text<Key, Compare>, PrefixLabel<Key>,
                                    std::conditional_t<std::is_trivially_copyable_v<Key> && sizeof(Key) <= 16,
                                                       KeyLabel<Key>, PairLabel<Key>>>;

/// Compares labels, and the keys of pairs, with one key that is sought.
template <class Label, class Keys, class Compare, class K>
class Sought {
    static constexpr bool has_prefix = is_text<K> && requires(const Label& label) { label.prefix(); };

  public:
    Sought(const Keys& keys, const Compare& compare, const K& key) noexcept
        : keys_(keys), compare_(compare), key_(static_cast<AskedAbout<Compare, Key, K>>(key)) {
        if constexpr (has_prefix) prefix_ = Label::prefix_of(key);
    }

    bool is_above(const Label& label) const {
        if constexpr (has_prefix) {
            if (const std::uint64_t other = label.prefix(); other != prefix_) return other < prefix_;
        }
        return compare_(label.key(keys_), key_);
    }

    bool is_below(const Label& label) const {
        if constexpr (has_prefix) {
            if (const std::uint64_t other = label.prefix(); other != prefix_) return prefix_ < other;
        }
        return compare_(key_, label.key(keys_));
    }

    bool is_above_pair(std::uint32_t pair) const { return compare_(keys_[pair], key_); }
    bool is_below_pair(std::uint32_t pair) const { return compare_(key_, keys_[pair]); }

  private:
    using Key = std::remove_cvref_t<decltype(std::declval<const Label&>().key(std::declval<const Keys&>()))>;

    const Keys& keys_;
    const Compare& compare_;
    AskedAbout<Compare, Key, K> key_;
    std::uint64_t prefix_ = 0;
};

}  // namespace bimap::detail
