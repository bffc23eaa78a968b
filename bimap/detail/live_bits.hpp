// SPDX-License-Identifier: BSL-1.0
// A set of slot numbers as a bitmap with two summaries above it, so that the next member is never far away.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// A bit of a summary says that the word below it is not zero: `next` skips 262144 empty slots per word.
template <class Allocator>
class LiveBits {
    using Word = std::uint64_t;
    static constexpr std::size_t levels = 3;

  public:
    bool test(std::uint32_t i) const noexcept { return (word(0, i / 64) >> (i % 64) & 1) != 0; }

    void set(std::uint32_t i) noexcept { add(0, i / 64, Word{1} << (i % 64)); }

    void reset(std::uint32_t i) noexcept {
        for (std::size_t level = 0; level != levels; ++level, i /= 64) {
            Word& here = word(level, i / 64);
            here &= ~(Word{1} << (i % 64));
            if (here != 0) [[likely]]
                return;
        }
    }

    /// The first member that is not below `from`, or `none`.
    std::uint32_t next(std::uint32_t from) const noexcept {
        if (from / 64 < words(0)) {
            const Word rest = word(0, from / 64) >> (from % 64);
            // In a dense map this is the answer, and to guess it right is faster than to count zeros.
            if ((rest & 1) != 0) [[likely]]
                return from;
            if (rest != 0) return from + static_cast<std::uint32_t>(std::countr_zero(rest));
        }
        return search(0, from);
    }

    /// The last member, or `none`.
    std::uint32_t last() const noexcept {
        for (std::uint32_t w = words(0); w-- != 0;) {
            if (word(0, w) != 0)
                return w * 64 + 63 - static_cast<std::uint32_t>(std::countl_zero(word(0, w)));
        }
        return none;
    }

    /// Whether each summary bit says whether the word below it is zero.
    bool summaries_agree() const noexcept {
        for (std::size_t level = 0; level + 1 < levels; ++level) {
            for (std::uint32_t w = 0; w != words(level); ++w) {
                const bool summary = (word(level + 1, w / 64) >> (w % 64) & 1) != 0;
                if (summary != (word(level, w) != 0)) return false;
            }
        }
        return true;
    }

    /// Makes room for the numbers below n. Precondition: no member is n or more. Strong.
    void resize(const Allocator& allocator, std::uint32_t n) {
        LiveBits resized;
        resized.measure(n);
        resized.buffer_.allocate(allocator, resized.first_[levels]);
        for (std::uint32_t w = 0; w != std::min(words(0), resized.words(0)); ++w) {
            if (word(0, w) != 0) resized.add(0, w, word(0, w));
        }
        swap(resized);
        resized.buffer_.release(allocator);
    }

    void release(const Allocator& allocator) noexcept {
        buffer_.release(allocator);
        measure(0);
    }

    void clear() noexcept { buffer_.clear(); }

    void swap(LiveBits& other) noexcept {
        buffer_.swap(other.buffer_);
        std::swap(first_, other.first_);
    }

  private:
    /// Where a level begins in the buffer. (That the first one begins at 0 is for the compiler to know.)
    std::uint32_t begin(std::size_t level) const noexcept { return level == 0 ? 0 : first_[level]; }
    std::uint32_t words(std::size_t level) const noexcept { return first_[level + 1] - begin(level); }
    Word& word(std::size_t level, std::uint32_t i) noexcept { return buffer_[begin(level) + i]; }
    const Word& word(std::size_t level, std::uint32_t i) const noexcept { return buffer_[begin(level) + i]; }

    void add(std::size_t level, std::uint32_t w, Word bits) noexcept {
        Word& here = word(level, w);
        const bool was_empty = here == 0;
        here |= bits;
        if (was_empty && level + 1 != levels) [[unlikely]]
            add(level + 1, w / 64, Word{1} << (w % 64));
    }

    void measure(std::uint32_t n) noexcept {
        for (std::size_t level = 0; level != levels; ++level) {
            n = n / 64 + (n % 64 != 0);
            first_[level + 1] = begin(level) + n;
        }
    }

    std::uint32_t search(std::size_t level, std::uint32_t from) const noexcept {
        std::uint32_t w = from / 64;
        if (w >= words(level)) return none;
        Word bits = word(level, w) & (~Word{0} << (from % 64));
        if (bits == 0) {
            w = level + 1 == levels ? scan(w + 1) : search(level + 1, w + 1);
            if (w == none) return none;
            bits = word(level, w);
        }
        return w * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
    }

    /// The first word of the topmost summary, from w on, that is not zero.
    std::uint32_t scan(std::uint32_t w) const noexcept {
        constexpr std::size_t top = levels - 1;
        for (; w < words(top); ++w) {
            if (word(top, w) != 0) return w;
        }
        return none;
    }

    Buffer<Word, Allocator> buffer_;
    std::array<std::uint32_t, levels + 1>
        first_{};  // of each level in the buffer, and where the last one ends
};

}  // namespace bimap::detail
