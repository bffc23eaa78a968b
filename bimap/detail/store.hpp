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
#include "bimap/detail/raise.hpp"
#include "bimap/detail/scope_exit.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/slot_block.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// Block k begins with slot 4 << k, and the first one with slot 0: a slot's block is the width of its number,
/// each new block doubles the store, and no pair ever moves. A store that knows how many pairs will come
/// makes its first block just as long; the numbers from there to the next power of two then have no slot.
///
/// A slot below `high` is live, or on the free list, or on its way from one to the other (taken and not yet
/// enlisted, retired and not yet reclaimed). From `high` on, slots are untouched.
template <class Left, class Right, class Allocator>
class Store {
  public:
    using Pair = std::pair<Left, Right>;

    Pair& operator[](std::uint32_t i) noexcept { return slot(i).pair; }
    const Pair& operator[](std::uint32_t i) const noexcept { return slot(i).pair; }

    std::uint32_t size() const noexcept { return size_; }
    std::uint32_t high() const noexcept { return high_; }
    std::uint32_t capacity() const noexcept { return end_ - gap_; }

    /// The most slots there can be: a block of all of them is one allocation.
    static std::uint32_t limit(const Allocator& allocator) noexcept {
        const std::uint64_t at_once = SlotTraits::max_size(SlotAllocator(allocator));
        const std::uint64_t slots = std::max<std::uint64_t>(at_once, link_length) - link_length;
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(slots, Limits<Allocator>::max_pairs));
    }

    /// For how many pairs there is room, where a slot besides is kept for one that is to take the place of
    /// another, or is made to be refused.
    std::uint32_t room(const Allocator& allocator) const noexcept {
        return capacity() == size_ || capacity() == limit(allocator) ? capacity() : capacity() - 1;
    }

    /// The numbers of all slots are below this one.
    std::uint32_t bound() const noexcept { return end_ == first_length_ + gap_ ? first_length_ : end_; }

    std::uint32_t next(std::uint32_t from) const noexcept { return live_.next(from); }

    /// A slot that is neither live nor free, for `construct`; it ends as `enlist`ed or `give_back`. Strong.
    std::uint32_t take(const Allocator& allocator) {
        if (free_ != none) return std::exchange(free_, slot(free_).next);
        if (high_ == end_) add_block(allocator);
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

    /// Room for n pairs, and for one that is to take the place of another, or is made to be refused. Strong.
    void reserve(const Allocator& allocator, std::size_t n) {
        const std::uint32_t most = limit(allocator);
        if (n > most) raise<std::length_error>(too_many);
        if (n == 0) return;
        if (end_ == 0) {
            add_first_block(allocator,
                            std::min(std::max(static_cast<std::uint32_t>(n) + 1, first_block), most));
        }
        while (capacity() < std::min<std::size_t>(n + 1, most)) add_block(allocator);
    }

    /// Fills an empty store with the pairs of `other`, of which there are some, at the same slots. Each is
    /// passed through `transfer`. What was made stays, if one throws: the owner's destructor takes it away.
    template <class From, class Transfer>
    void assign(Allocator& allocator, From& other, Transfer transfer) {
        add_first_block(allocator, std::min(other.high_, other.first_length_));
        while (end_ < other.high_) add_block(allocator);
        for (std::uint32_t i = other.next(0); i != none; i = other.next(i + 1)) {
            while (high_ < i) give_back(fresh());
            construct(allocator, fresh(), transfer(other[i]));
            enlist(i);
        }
    }

    /// Destroys every pair; keeps the blocks. To the pairs' destructors the store is empty already.
    void clear(Allocator& allocator) noexcept {
        size_ = 0;
        if constexpr (destroys_nothing) {
            live_.clear();
        } else {
            LiveBits<Allocator> going;
            going.swap(live_);
            for (std::uint32_t i = going.next(0); i != none; i = going.next(i + 1)) {
                going.reset(i);
                destroy(allocator, i);
            }
            going.swap(live_);
        }
        high_ = 0;
        free_ = none;
    }

    /// Returns the blocks that hold nothing. No pair moves.
    void trim(const Allocator& allocator) {
        const std::uint32_t last = live_.last();
        const std::uint64_t kept =
            last == none ? 0 : std::max<std::uint64_t>(end_of_block(block_of(last)), first_length_ + gap_);
        static_assert(end_of_block(block_limit - 1) == std::uint64_t{1} << 32, "the numbers end there, too");
        if (kept < end_) {
            if (kept != 0) live_.resize(allocator, static_cast<std::uint32_t>(kept));
            cut(allocator, static_cast<std::uint32_t>(kept));
        }
        high_ = last == none ? 0 : behind(last);
        relink_free_slots();
    }

    /// Returns all memory. Precondition: holds no pair.
    void release(const Allocator& allocator) noexcept { cut(allocator, 0); }

    void swap(Store& other) noexcept {
        std::swap(last_, other.last_);
        std::swap(blocks_, other.blocks_);
        std::swap(first_length_, other.first_length_);
        std::swap(gap_, other.gap_);
        std::swap(end_, other.end_);
        std::swap(high_, other.high_);
        std::swap(free_, other.free_);
        std::swap(size_, other.size_);
        live_.swap(other.live_);
    }

    bool is_live(std::uint32_t i) const noexcept { return i < high_ && live_.test(i); }

    const char* violated_invariant() const noexcept {
        const std::uint32_t used = high_ > first_length_ ? high_ - gap_ : high_;
        if (high_ > end_ || size_ > used)
            return "I1: the store has used more slots than it has, or has more pairs than used slots";
        if (capacity() != 0 && !live_.summaries_agree()) return "I2: a summary of the live bits is wrong";
        std::uint32_t live = 0;
        for (std::uint32_t i = next(0); i != none; i = next(i + 1)) {
            if (i >= high_ || !has_slot(i)) return "I2: a slot that was never used is marked live";
            ++live;
        }
        if (live != size_) return "I2: the number of live bits is not the size";
        std::uint32_t free = 0;
        for (std::uint32_t i = free_; i != none; i = slot(i).next) {
            if (i >= high_ || !has_slot(i) || live_.test(i))
                return "I3: the free list names a slot that is not free";
            if (++free > used - size_) return "I3: the free list is longer than there are free slots";
        }
        return free == used - size_ ? nullptr : "I3: a free slot is missing from the free list";
    }

  private:
    template <class, class, class>
    friend class Store;

    /// Whether destroying a pair has no effect that anybody could see.
    static constexpr bool destroys_nothing =
        std::is_trivially_destructible_v<Pair> && !requires(Allocator& a, Pair* p) { a.destroy(p); };

    union alignas(std::max(alignof(typename std::allocator_traits<Allocator>::pointer), alignof(Pair))) Slot {
        Slot() noexcept {}
        ~Slot() {}
        Pair pair;
        std::uint32_t next;  // of a free slot
    };

    using SlotAllocator = typename std::allocator_traits<Allocator>::template rebind_alloc<Slot>;
    using SlotTraits = std::allocator_traits<SlotAllocator>;
    using Pointer = typename SlotTraits::pointer;
    using Block = SlotBlock<Slot, Pointer>;

    /// What each block begins with. So all blocks can be reached from the last one, as leak checkers want it.
    struct Link {
        Pointer before;
    };
    static_assert(std::is_trivially_destructible_v<Link>,
                  "the allocator's pointers need a destructor that does nothing");
    static_assert(alignof(Link) <= alignof(Slot));

    static constexpr std::uint32_t link_length = (sizeof(Link) + sizeof(Slot) - 1) / sizeof(Slot);

    static_assert(Limits<Allocator>::max_pairs <= std::uint32_t{1} << 31,
                  "numbers without a slot must not be missed");

    static constexpr std::uint32_t first_block = 8;
    static constexpr std::size_t block_limit = 30;

    static constexpr std::size_t block_of(std::uint32_t i) noexcept {
        // The width of i, less three; written so that compilers see that it needs no case for zero.
        return (std::size_t{31} ^ static_cast<std::size_t>(std::countl_zero(i | 7))) - 2;
    }

    /// Where the numbers of block k end, whether they have slots or not.
    static constexpr std::uint64_t end_of_block(std::size_t k) noexcept {
        return std::uint64_t{first_block} << k;
    }

    Slot& slot(std::uint32_t i) const noexcept { return blocks_[block_of(i)][i]; }

    bool has_slot(std::uint32_t i) const noexcept { return i < first_length_ || i >= first_length_ + gap_; }

    /// The number of the slot behind slot i.
    std::uint32_t behind(std::uint32_t i) const noexcept {
        return i + 1 == first_length_ ? first_length_ + gap_ : i + 1;
    }

    std::uint32_t fresh() noexcept {
        ::new (static_cast<void*>(std::addressof(slot(high_)))) Slot;
        return std::exchange(high_, behind(high_));
    }

    void add_first_block(const Allocator& allocator, std::uint32_t length) {
        allocate_block(allocator, 0, length);
        first_length_ = length;
        end_ = std::max(first_block, std::bit_ceil(length));
        gap_ = end_ - length;
    }

    void add_block(const Allocator& allocator) {
        const std::uint32_t most = limit(allocator);
        if (capacity() >= most) raise<std::length_error>(too_many);
        if (end_ == 0) return add_first_block(allocator, std::min(first_block, most));
        const std::uint32_t length = std::min(end_, most - capacity());
        allocate_block(allocator, end_, length);
        end_ += length;
    }

    void allocate_block(const Allocator& allocator, std::uint32_t first, std::uint32_t length) {
        SlotAllocator rebound(allocator);
        const Pointer memory = allocate_at_once(rebound, link_length + length);
        ScopeExit failing([&] { deallocate_at_once(rebound, memory, link_length + length); });
        live_.resize(allocator, first + length);
        failing.release();
        ::new (static_cast<void*>(std::to_address(memory))) Link{std::exchange(last_, memory)};
        const Pointer slots = memory + static_cast<std::ptrdiff_t>(link_length);
        for (std::size_t k = block_of(first); k <= block_of(first + length - 1); ++k) {
            blocks_[k] = Block(slots, first);
        }
    }

    /// Returns the last block.
    void deallocate_block(const Allocator& allocator, std::uint32_t length) noexcept {
        SlotAllocator rebound(allocator);
        void* const memory = std::to_address(last_);
        const Pointer before = std::launder(static_cast<Link*>(memory))->before;
        deallocate_at_once(rebound, std::exchange(last_, before), link_length + length);
    }

    /// Returns the blocks that begin with slot n or behind it.
    void cut(const Allocator& allocator, std::uint32_t n) noexcept {
        while (end_ > std::max(n, first_length_ + gap_)) {
            const auto first = static_cast<std::uint32_t>(end_of_block(block_of(end_ - 1) - 1));
            deallocate_block(allocator, std::exchange(end_, first) - first);
        }
        if (n != 0 || end_ == 0) return;
        deallocate_block(allocator, first_length_);
        live_.release(allocator);
        first_length_ = gap_ = end_ = 0;
    }

    void relink_free_slots() noexcept {
        free_ = none;
        for (std::uint32_t i = high_; i-- != 0;) {
            if (has_slot(i) && !live_.test(i)) give_back(i);
        }
    }

    Pointer last_{};
    std::array<Block, block_limit> blocks_{};  // the first one again for each width that it reaches
    std::uint32_t first_length_ = 0;
    std::uint32_t gap_ = 0;  // how many numbers behind the first block have no slot
    std::uint32_t end_ = 0;  // of the numbers of all blocks
    std::uint32_t high_ = 0;
    std::uint32_t free_ = none;
    std::uint32_t size_ = 0;
    LiveBits<Allocator> live_;
};

}  // namespace bimap::detail
