// SPDX-License-Identifier: BSL-1.0
// SeededHash: a hasher for keys that somebody else chooses, whose collisions cannot be computed from outside.
#pragma once

#include <atomic>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>

#include "bimap/detail/siphash.hpp"

namespace bimap {

/// The key of a SeededHash: 128 bits.
struct HashSeed {
    std::uint64_t first = 0;
    std::uint64_t second = 0;

    /// A seed that was not there before: SipHash-1-3 of a counter under a secret that each process draws once
    /// from std::random_device. Safe to call from several threads. Exceptions: those of std::random_device,
    /// at the first call only.
    static HashSeed random() {
        static const HashSeed secret = drawn();
        static constinit std::atomic<std::uint64_t> counter = 0;
        const std::uint64_t n = counter.fetch_add(2, std::memory_order_relaxed);
        return {secret.hash(n), secret.hash(n + 1)};
    }

    friend constexpr bool operator==(const HashSeed&, const HashSeed&) = default;

  private:
    static HashSeed drawn() {
        std::random_device device;
        const auto word = [&device] { return std::uint64_t{device()} << 32 | std::uint64_t{device()}; };
        return {word(), word()};
    }

    constexpr std::uint64_t hash(std::uint64_t word) const noexcept {
        return detail::SipHash<1, 3>(first, second)(word);
    }
};

namespace detail {

inline std::string_view as_text(std::string_view text) noexcept { return text; }
inline std::wstring_view as_text(std::wstring_view text) noexcept { return text; }
inline std::u8string_view as_text(std::u8string_view text) noexcept { return text; }
inline std::u16string_view as_text(std::u16string_view text) noexcept { return text; }
inline std::u32string_view as_text(std::u32string_view text) noexcept { return text; }

template <class K>
concept Text = requires(const K& key) { detail::as_text(key); };

/// Numbers and addresses: what has a value of at most eight bytes, and no others for it.
template <class K>
concept Word = (std::is_integral_v<K> || std::is_enum_v<K> || std::is_pointer_v<K>) && sizeof(K) <= 8;

template <class K>
concept Floating = std::same_as<K, float> || std::same_as<K, double>;

/// Contiguous ranges of integers, bytes or enumerators: equal ones have equal bytes. A string with traits of
/// its own may be equal to one with other bytes, so it is none.
template <class K>
concept ByteRange = !Text<K> && !requires { typename K::traits_type; } && requires(const K& key) {
    requires Word<std::remove_cvref_t<decltype(*std::data(key))>>;
    requires std::is_pointer_v<decltype(std::data(key))>;
    { std::size(key) } -> std::convertible_to<std::size_t>;
};

template <class K>
concept SeededKey = Text<K> || Word<K> || Floating<K> || ByteRange<K>;

/// What the forms of SeededHash have in common: the seed, and the hash of everything that it knows.
class Seeded {
  public:
    using is_avalanching = void;

    /// A hasher with a seed of its own, HashSeed::random().
    Seeded() : seed_(HashSeed::random()) {}

    /// A hasher with this seed, for runs that can be repeated. Whoever can guess it can make keys collide.
    explicit Seeded(const HashSeed& seed) noexcept : seed_(seed) {}
    explicit Seeded(std::uint64_t seed) noexcept : seed_{seed, 0} {}

    /// The seed, with which another hasher will give the same hashes.
    const HashSeed& seed() const noexcept { return seed_; }

    friend bool operator==(const Seeded&, const Seeded&) = default;

  protected:
    template <class K>
    std::size_t word(const K& key) const noexcept {
        if constexpr (std::is_pointer_v<K>) {
            return hash(reinterpret_cast<std::uintptr_t>(key));
        } else {
            return hash(static_cast<std::uint64_t>(key));
        }
    }

    template <class Char>
    std::size_t text(std::basic_string_view<Char> key) const noexcept {
        return hash(key.data(), key.size() * sizeof(Char));
    }

    template <SeededKey K>
    std::size_t any(const K& key) const {
        if constexpr (Text<K>) {
            return text(as_text(key));
        } else if constexpr (Word<K>) {
            return word(key);
        } else if constexpr (Floating<K>) {
            return word(std::bit_cast<std::uint64_t>(key == 0 ? 0.0 : static_cast<double>(key)));
        } else {
            return hash(std::data(key), std::size(key) * sizeof(*std::data(key)));
        }
    }

  private:
    template <class... Message>
    std::size_t hash(Message... message) const noexcept {
        return static_cast<std::size_t>(SipHash<1, 3>(seed_.first, seed_.second)(message...));
    }

    HashSeed seed_;
};

/// Every kind of string with these characters is hashed alike, unconverted.
template <class Char>
class SeededText : public Seeded {
  public:
    using is_transparent = void;
    using Seeded::Seeded;

    std::size_t operator()(std::basic_string_view<Char> key) const noexcept { return this->text(key); }
};

}  // namespace detail

/// A hasher for keys that come from outside:
///
///     bimap::BiMap<std::string, int, bimap::hashed<bimap::SeededHash<std::string>>> names;
///
/// What it resists: an attacker who chooses the keys, knows this code, and wants so many of them to collide
/// that each operation becomes linear in the size ("hash flooding"). The hash is SipHash-1-3, a keyed
/// function by Aumasson and Bernstein, under a secret seed of 128 bits; integers, enumerations and pointers
/// are hashed as a message of eight bytes. It does not help where the attacker sees the hashes, or their
/// order, nor where an explicit seed is known.
///
/// What it costs: five rounds of SipHash for an integer and one more for each eight bytes of a string,
/// against next to nothing for std::hash of an integer. A hasher is 16 bytes, and trivially copyable.
///
/// Each default-constructed hasher, and so each default-constructed map, has a seed of its own; a copy has
/// that of the original. With an explicit seed, the hashes are the same in every run and on every platform of
/// the same word size and byte order.
///
/// Strings of every kind, std::string, std::string_view, const char* and literals, are hashed alike, and
/// is_transparent says so; only where the key itself is a pointer to characters its address is hashed, as
/// std::equal_to compares it. Other keys are integers, enumerations, pointers (by their address), float,
/// double, and contiguous ranges of integers, as are std::vector<std::byte> and std::array<int, 4>. For a key
/// of your own, write a hasher that holds a SeededHash<> and gives it such a range, or a number.
template <class Key = void>
class SeededHash : public detail::Seeded {
    static_assert(detail::SeededKey<Key>,
                  "SeededHash takes strings, integers, enumerations, pointers, float, double, and contiguous "
                  "ranges of integers");

  public:
    using detail::Seeded::Seeded;

    std::size_t operator()(const Key& key) const noexcept(std::is_scalar_v<Key>) {
        if constexpr (detail::Word<Key>) {
            return this->word(key);
        } else {
            return this->any(key);
        }
    }
};

template <class Char, class Allocator>
class SeededHash<std::basic_string<Char, std::char_traits<Char>, Allocator>>
    : public detail::SeededText<Char> {
  public:
    using detail::SeededText<Char>::SeededText;
};

template <class Char>
class SeededHash<std::basic_string_view<Char>> : public detail::SeededText<Char> {
  public:
    using detail::SeededText<Char>::SeededText;
};

/// For keys of every kind that SeededHash takes. Two keys of different types that are equal are hashed alike
/// if both are strings, both integers of the same signedness, or both floating.
template <>
class SeededHash<void> : public detail::Seeded {
  public:
    using is_transparent = void;
    using detail::Seeded::Seeded;

    template <detail::SeededKey Key>
    std::size_t operator()(const Key& key) const {
        return this->any(key);
    }
};

}  // namespace bimap
