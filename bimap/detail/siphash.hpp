// SPDX-License-Identifier: BSL-1.0
// SipHash, the keyed hash of Jean-Philippe Aumasson and Daniel J. Bernstein, with any number of rounds.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bimap::detail {

/// SipHash-c-d, as "SipHash: a fast short-input PRF" (INDOCRYPT 2012) defines it: c rounds for each word of
/// the message, d rounds at its end.
template <int c, int d>
class SipHash {
  public:
    constexpr SipHash(std::uint64_t k0, std::uint64_t k1) noexcept
        : v0_(k0 ^ 0x736f'6d65'7073'6575),
          v1_(k1 ^ 0x646f'7261'6e64'6f6d),
          v2_(k0 ^ 0x6c79'6765'6e65'7261),
          v3_(k1 ^ 0x7465'6462'7974'6573) {}

    /// The hash of a message of eight bytes, which this word is in little-endian order.
    constexpr std::uint64_t operator()(std::uint64_t word) && noexcept {
        absorb(word);
        return finish(std::uint64_t{8} << 56);
    }

    /// The hash of a message of `size` bytes.
    std::uint64_t operator()(const void* message, std::size_t size) && noexcept {
        const auto* bytes = static_cast<const unsigned char*>(message);
        const std::size_t rest = size % 8;
        for (const unsigned char* const end = bytes + (size - rest); bytes != end; bytes += 8)
            absorb(word_at(bytes));
        std::uint64_t last = static_cast<std::uint64_t>(size) << 56;
        for (std::size_t i = 0; i != rest; ++i) last |= std::uint64_t{bytes[i]} << (8 * i);
        return finish(last);
    }

  private:
    static std::uint64_t word_at(const unsigned char* bytes) noexcept {
        std::uint64_t word = 0;
        if constexpr (std::endian::native == std::endian::little) {
            std::memcpy(&word, bytes, 8);
        } else {
            for (int i = 0; i != 8; ++i) word |= std::uint64_t{bytes[i]} << (8 * i);
        }
        return word;
    }

    constexpr void absorb(std::uint64_t word) noexcept {
        v3_ ^= word;
        for (int i = 0; i != c; ++i) round();
        v0_ ^= word;
    }

    constexpr std::uint64_t finish(std::uint64_t last) noexcept {
        absorb(last);
        v2_ ^= 0xff;
        for (int i = 0; i != d; ++i) round();
        return v0_ ^ v1_ ^ v2_ ^ v3_;
    }

    constexpr void round() noexcept {
        v0_ += v1_;
        v2_ += v3_;
        v1_ = std::rotl(v1_, 13) ^ v0_;
        v3_ = std::rotl(v3_, 16) ^ v2_;
        v0_ = std::rotl(v0_, 32);
        v2_ += v1_;
        v0_ += v3_;
        v1_ = std::rotl(v1_, 17) ^ v2_;
        v3_ = std::rotl(v3_, 21) ^ v0_;
        v2_ = std::rotl(v2_, 32);
    }

    std::uint64_t v0_;
    std::uint64_t v1_;
    std::uint64_t v2_;
    std::uint64_t v3_;
};

}  // namespace bimap::detail
