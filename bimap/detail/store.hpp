// SPDX-License-Identifier: BSL-1.0
// Keeps the pairs, each once and never moved, under 4-byte numbers; it knows nothing of hashing or order.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/live_bits.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// Slot i lies in segment bit_width(i + 8) - 4; segment k has 8 << k slots, so a new segment doubles the
/// store and no pair ever moves. A slot below `high` is live, or on the free list, or on its way from one to
/// the other (taken and not yet enlisted, retired and not yet reclaimed). From `high` on, slots are
/// untouched.
template <class Left, class Right, class Allocator>
class Store {
  public:
    using Pair = std::pair<Left, Right>;

    Pair& operator[](std::uint32_t i) noexcept { return slot(i).pair; }
    const Pair& operator[](std::uint32_t i) const noexcept { return slot(i).pair; }

    std::uint32_t size() const noexcept { return size_; }
    std::uint32_t high() const noexcept { return high_; }
    std::uint32_t capacity() const noexcept { return std::min(below(segments_in_use_), limit); }
    std::uint32_t next(std::uint32_t from) const noexcept { return live_.next(from); }

    /// A slot that is neither live nor free, for `construct`; it ends as `enlist`ed or `give_back`. Strong.
    std::uint32_t take(const Allocator& allocator) {
        if (free_ != none) return std::exchange(free_, slot(free_).next);
        if (high_ == capacity()) add_segment(allocator);
        return fresh();
    }

    void give_back(std::uint32_t i) noexcept {
        slot(i).next = free_;
        free_ = i;
    }

    template <class... Args>
    void construct(Allocator& allocator, std::uint32_t i, Args&&... args) {
        std::allocator_traits<Allocator>::construct(allocator, std::addressof(slot(i).pair),
                                                    std::forward<Args>(args)...);
    }

    void destroy(Allocator& allocator, std::uint32_t i) noexcept {
        std::allocator_traits<Allocator>::destroy(allocator, std::addressof(slot(i).pair));
    }

    void enlist(std::uint32_t i) noexcept {
        live_.set(i);
        ++size_;
    }

    void retire(std::uint32_t i) noexcept {
        live_.reset(i);
        --size_;
    }

    /// Destroys a retired pair. Its destructor may use the map: the slot becomes free only afterwards.
    void reclaim(Allocator& allocator, std::uint32_t i) noexcept {
        destroy(allocator, i);
        give_back(i);
    }

    /// Room for n pairs. Strong.
    void reserve(const Allocator& allocator, std::size_t n) {
        if (n > limit) throw std::length_error("bimap: more pairs than indices");
        while (capacity() < n) add_segment(allocator);
    }

    /// Fills an empty store with the pairs of `other`, at the same slots. Each is passed through `transfer`.
    /// What was made stays, if one throws: the owner's destructor takes it away.
    template <class From, class Transfer>
    void assign(Allocator& allocator, From& other, Transfer transfer) {
        reserve(allocator, other.high_);
        for (std::uint32_t i = other.next(0); i != none; i = other.next(i + 1)) {
            while (high_ < i) give_back(fresh());
            construct(allocator, fresh(), transfer(other[i]));
            enlist(i);
        }
    }

    /// Destroys every pair; keeps the segments.
    void clear(Allocator& allocator) noexcept {
        if constexpr (destroys_nothing) {
            live_.clear();
            size_ = 0;
        }
        for (std::uint32_t i = next(0); i != none; i = next(i + 1)) {
            retire(i);
            destroy(allocator, i);
        }
        high_ = 0;
        free_ = none;
    }

    /// Returns the segments that hold nothing. No pair moves.
    void trim(const Allocator& allocator) {
        const std::uint32_t last = live_.last();
        const std::uint32_t kept = last == none ? 0 : last + 1;
        unsigned needed = 0;
        while (below(needed) < kept) ++needed;
        if (needed < segments_in_use_ && needed != 0) live_.resize(allocator, below(needed));
        cut(allocator, needed);
        high_ = kept;
        relink_free_slots();
    }

    /// Returns all memory. Precondition: holds no pair.
    void release(const Allocator& allocator) noexcept { cut(allocator, 0); }

    void swap(Store& other) noexcept {
        std::swap(segments_, other.segments_);
        std::swap(segments_in_use_, other.segments_in_use_);
        std::swap(high_, other.high_);
        std::swap(free_, other.free_);
        std::swap(size_, other.size_);
        live_.swap(other.live_);
    }

    bool is_live(std::uint32_t i) const noexcept { return i < high_ && live_.test(i); }

    const char* violated_invariant() const noexcept {
        if (high_ > capacity() || size_ > high_)
            return "I1: the store has used more slots than it has, or has more pairs than used slots";
        if (capacity() != 0 && !live_.summaries_agree()) return "I2: a summary of the live bits is wrong";
        std::uint32_t live = 0;
        for (std::uint32_t i = next(0); i != none; i = next(i + 1)) {
            if (i >= high_) return "I2: a slot that was never used is marked live";
            ++live;
        }
        if (live != size_) return "I2: the number of live bits is not the size";
        std::uint32_t free = 0;
        for (std::uint32_t i = free_; i != none; i = slot(i).next) {
            if (i >= high_ || live_.test(i)) return "I3: the free list names a slot that is not free";
            if (++free > high_ - size_) return "I3: the free list is longer than there are free slots";
        }
        return free == high_ - size_ ? nullptr : "I3: a free slot is missing from the free list";
    }

  private:
    template <class, class, class>
    friend class Store;

    /// Whether destroying a pair has no effect that anybody could see.
    static constexpr bool destroys_nothing =
        std::is_trivially_destructible_v<Pair> && !requires(Allocator& a, Pair* p) { a.destroy(p); };

    union Slot {
        Slot() noexcept {}
        ~Slot() {}
        Pair pair;
        std::uint32_t next;  // of a free slot
    };

    using SlotAllocator = typename std::allocator_traits<Allocator>::template rebind_alloc<Slot>;
    using SlotTraits = std::allocator_traits<SlotAllocator>;
    using Segment = typename SlotTraits::pointer;

    static constexpr std::uint32_t limit = Limits<Allocator>::max_pairs;
    static_assert(limit <= 0xFFFF'FFF0);

    static constexpr std::uint32_t first_segment = 8;
    static constexpr unsigned segment_limit = 29;

    static constexpr std::uint32_t length(unsigned segment) noexcept { return first_segment << segment; }

    /// The number of slots in the first n segments.
    static constexpr std::uint32_t below(unsigned n) noexcept {
        return n == segment_limit ? 0u - first_segment : (first_segment << n) - first_segment;
    }

    Slot& slot(std::uint32_t i) const noexcept {
        const std::uint32_t shifted = i + first_segment;
        // Setting the lowest bit leaves the width as it is, and spares the compiler the case of zero.
        const auto width = static_cast<unsigned>(std::bit_width(shifted | 1));
        return segments_[width - 4][static_cast<std::ptrdiff_t>(shifted ^ (std::uint32_t{1} << (width - 1)))];
    }

    std::uint32_t fresh() noexcept {
        ::new (static_cast<void*>(std::addressof(slot(high_)))) Slot;
        return high_++;
    }

    void add_segment(const Allocator& allocator) {
        if (capacity() == limit) throw std::length_error("bimap: more pairs than indices");
        SlotAllocator slots(allocator);
        const unsigned k = segments_in_use_;
        const Segment segment = SlotTraits::allocate(slots, length(k));
        try {
            live_.resize(allocator, below(k + 1));
        } catch (...) {
            SlotTraits::deallocate(slots, segment, length(k));
            throw;
        }
        segments_[k] = segment;
        ++segments_in_use_;
    }

    /// Returns the segments from number n on.
    void cut(const Allocator& allocator, unsigned n) noexcept {
        SlotAllocator slots(allocator);
        while (segments_in_use_ > n) {
            const unsigned k = --segments_in_use_;
            SlotTraits::deallocate(slots, std::exchange(segments_[k], nullptr), length(k));
        }
        if (n != 0) return;
        live_.release(allocator);
        high_ = 0;
        free_ = none;
    }

    void relink_free_slots() noexcept {
        free_ = none;
        for (std::uint32_t i = high_; i-- != 0;) {
            if (!live_.test(i)) give_back(i);
        }
    }

    std::array<Segment, segment_limit> segments_{};
    unsigned segments_in_use_ = 0;
    std::uint32_t high_ = 0;
    std::uint32_t free_ = none;
    std::uint32_t size_ = 0;
    LiveBits<Allocator> live_;
};

}  // namespace bimap::detail
