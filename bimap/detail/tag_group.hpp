// SPDX-License-Identifier: BSL-1.0
// One cache line of a hashed side: twelve tags, the twelve pairs they stand for, and how many had to go on.
#pragma once

#include <bit>
#include <cstdint>

#if defined(__SSE2__) && !defined(BIMAP_PORTABLE)
#include <emmintrin.h>
#define BIMAP_DETAIL_SSE2
#endif

namespace bimap::detail {

/// Positions in a group, as the bits of a word; iterated by taking the lowest away.
class Matches {
  public:
    explicit Matches(std::uint32_t bits) noexcept : bits_(bits) {}
    explicit operator bool() const noexcept { return bits_ != 0; }
    std::uint32_t first() const noexcept { return static_cast<std::uint32_t>(std::countr_zero(bits_)); }
    void drop_first() noexcept { bits_ &= bits_ - 1; }

  private:
    std::uint32_t bits_;
};

/// An entry's tag also says how it goes on from a full group: there are eight tracks, which go by steps of 1,
/// 2, 4 ... 128 groups. For each track, `overflow` counts the entries that had to go on from here, so that a
/// search stops at the first group from which none on its track did, and erasing needs no tombstone.
struct alignas(64) TagGroup {
    static constexpr std::uint32_t width = 12;
    static constexpr std::uint32_t tracks = 8;
    static constexpr std::uint8_t empty = 0;

    std::uint8_t tag[width];
    std::uint32_t overflow;  // four bits for each track
    std::uint32_t pair[width];

    /// The positions whose tag is `wanted`, exactly.
    Matches match(std::uint8_t wanted) const noexcept;
    Matches match_empty() const noexcept { return match(empty); }

    static std::uint32_t track_of(std::uint8_t tag) noexcept { return tag / 4 % tracks; }
    static std::uint8_t tag_on(std::uint32_t track) noexcept { return static_cast<std::uint8_t>(track * 4); }
    static std::uint32_t step_of(std::uint8_t tag) noexcept { return 1u << track_of(tag); }

    std::uint32_t passed(std::uint8_t by) const noexcept { return overflow >> shift_of(by) & most; }
    bool was_passed(std::uint8_t by) const noexcept { return (overflow & most << shift_of(by)) != 0; }

    /// A count that reaches its limit, as only a hash of few values makes it, stays there: it is no longer
    /// known.
    bool is_uncounted(std::uint8_t by) const noexcept { return passed(by) == most; }
    void count_passing(std::uint8_t by) noexcept {
        if (!is_uncounted(by)) overflow += 1u << shift_of(by);
    }
    void forget_passing(std::uint8_t by) noexcept {
        if (!is_uncounted(by)) overflow -= 1u << shift_of(by);
    }

  private:
    static constexpr std::uint32_t most = 15;

    static std::uint32_t shift_of(std::uint8_t tag) noexcept { return track_of(tag) * 4; }
};

static_assert(sizeof(TagGroup) == 64);

/// Tags are 1 to 255; they take the bits of the hash that choosing the group uses least.
inline std::uint8_t tag_of(std::uint64_t hash) noexcept {
    const auto low = static_cast<std::uint8_t>(hash);
    return static_cast<std::uint8_t>(low + (low == TagGroup::empty));
}

/// The first n tags, up to eight, in a word, the first in its lowest byte whatever the machine's byte order.
inline std::uint64_t load_tags(const std::uint8_t* tag, std::uint32_t n) noexcept {
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i != n; ++i) word |= std::uint64_t{tag[i]} << (8 * i);
    return word;
}

/// One bit for each byte of x that is zero. The sum cannot carry from one byte into the next, so this is
/// exact.
inline std::uint32_t zero_bytes(std::uint64_t x) noexcept {
    constexpr std::uint64_t low_seven = 0x7F7F'7F7F'7F7F'7F7F;
    const std::uint64_t zero = ~(((x & low_seven) + low_seven) | x | low_seven);
    return static_cast<std::uint32_t>(((zero >> 7) * 0x0102'0408'1020'4080) >> 56);
}

/// How any machine matches tags.
inline Matches match_portably(const TagGroup& group, std::uint8_t wanted) noexcept {
    const std::uint64_t spread = std::uint64_t{0x0101'0101'0101'0101} * wanted;
    const std::uint32_t low = zero_bytes(load_tags(group.tag, 8) ^ spread);
    const std::uint32_t high = zero_bytes(load_tags(group.tag + 8, 4) ^ spread) & 0xF;
    return Matches(low | high << 8);
}

inline Matches TagGroup::match(std::uint8_t wanted) const noexcept {
#if defined(BIMAP_DETAIL_SSE2)
    // The load takes the overflow counts along with the twelve tags; the mask drops what it matched there.
    const __m128i tags = _mm_load_si128(reinterpret_cast<const __m128i*>(this));
    const __m128i equal = _mm_cmpeq_epi8(tags, _mm_set1_epi8(static_cast<char>(wanted)));
    return Matches(static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & 0xFFF);
#else
    return match_portably(*this, wanted);
#endif
}

}  // namespace bimap::detail
