// SPDX-License-Identifier: BSL-1.0
// Finds a pair by the hash of one of its sides, and keeps the pairs in the order in which they came.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/hash_index.hpp"
#include "bimap/index.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// A HashIndex and, by pair number, the links of a chain. A new pair goes to the end of the chain, unless it
/// takes another one's place.
template <class Key, class Hash, class Equal, class Allocator>
class SequencedIndex : public HashIndex<Key, Hash, Equal, Allocator> {
    using Base = HashIndex<Key, Hash, Equal, Allocator>;

    struct Link {
        std::uint32_t previous;
        std::uint32_t next;
    };

  public:
    static constexpr bool keeps_order = true;

    using typename Base::Spot;

    struct FormerPlace {
        Spot spot;
        std::uint32_t previous = none;
    };

    SequencedIndex() = default;
    explicit SequencedIndex(const sequenced<Hash, Equal>& from)
        : Base(hashed<Hash, Equal>{from.hash, from.equal}) {}
    explicit SequencedIndex(const SequencedIndex* other) noexcept(
        std::is_nothrow_constructible_v<Base, const Base*>)
        : Base(static_cast<const Base*>(other)) {}

    std::uint32_t first() const noexcept { return first_; }
    std::uint32_t last() const noexcept { return last_; }
    std::uint32_t next(std::uint32_t pair) const noexcept { return links_[pair].next; }
    std::uint32_t previous(std::uint32_t pair) const noexcept { return links_[pair].previous; }

    template <class Keys, class Pairs>
    void prepare(const Allocator& allocator, const Keys& keys, const Pairs& pairs, const Spot& spot) {
        grow(allocator, pairs);
        Base::prepare(allocator, keys, pairs, spot);
    }

    template <class Keys, class Pairs>
    void reserve(const Allocator& allocator, const Keys& keys, const Pairs& pairs, std::uint32_t n) {
        grow(allocator, pairs);
        Base::reserve(allocator, keys, pairs, n);
    }

    template <class Keys, class Pairs>
    void shrink(const Allocator& allocator, const Keys& keys, const Pairs& pairs) {
        Base::shrink(allocator, keys, pairs);
        if (pairs.bound() == 0) {
            links_.release(allocator);
        } else if (pairs.bound() < links_.size()) {
            links_.resize(allocator, pairs.bound(), pairs.bound());
        }
    }

    template <class Keys>
    void link(const Keys& keys, const Spot& spot, std::uint32_t pair) noexcept {
        Base::link(keys, spot, pair);
        chain_in(last_, pair);
    }

    void unlink(const Spot& spot) noexcept {
        Base::unlink(spot);
        chain_out(spot.pair);
    }

    template <class Keys>
    void replace(const Keys& keys, const Spot& spot, std::uint32_t pair) noexcept {
        Base::replace(keys, spot, pair);
        take_place(spot.pair, pair);
    }

    FormerPlace former_place(const Spot& spot) const noexcept { return {spot, links_[spot.pair].previous}; }

    template <class Keys>
    void restore(const Keys& keys, const FormerPlace& former) noexcept {
        Base::restore(keys, former.spot);
        chain_in(former.previous, former.spot.pair);
    }

    /// Puts `pair` behind `place`, or in front of all others if that is `none`.
    void move_behind(std::uint32_t place, std::uint32_t pair) noexcept {
        if (place == pair) return;
        chain_out(pair);
        chain_in(place, pair);
    }

    void clear() noexcept {
        Base::clear();
        first_ = last_ = none;
    }

    void release(const Allocator& allocator) noexcept {
        Base::release(allocator);
        links_.release(allocator);
        first_ = last_ = none;
    }

    /// What was made stays, if the allocator throws: the owner's destructor takes it away.
    void assign(const Allocator& allocator, const SequencedIndex& other) {
        Base::assign(allocator, other);
        links_.allocate(allocator, other.links_.size());
        for (std::uint32_t i = 0; i != links_.size(); ++i) links_[i] = other.links_[i];
        first_ = other.first_;
        last_ = other.last_;
    }

    void swap_content(SequencedIndex& other) noexcept {
        Base::swap_content(other);
        links_.swap(other.links_);
        std::swap(first_, other.first_);
        std::swap(last_, other.last_);
    }

    void exchange_functions(SequencedIndex& other) noexcept(Base::functions_exchange_safely) {
        Base::exchange_functions(other);
    }

    template <class Keys, class Pairs>
    const char* violated_invariant(const Keys& keys, const Pairs& pairs) const {
        if (const char* wrong = Base::violated_invariant(keys, pairs)) return wrong;
        std::uint32_t length = 0;
        std::uint32_t before = none;
        for (std::uint32_t i = first_; i != none; before = i, i = links_[i].next, ++length) {
            if (length == pairs.size() || !pairs.is_live(i) || links_[i].previous != before)
                return "I12: the chain of an insertion-ordered index is broken";
        }
        return length == pairs.size() && before == last_ ? nullptr
                                                         : "I12: the chain does not go through every pair";
    }

  private:
    template <class Pairs>
    void grow(const Allocator& allocator, const Pairs& pairs) {
        if (links_.size() < pairs.bound()) links_.resize(allocator, pairs.bound(), links_.size());
    }

    void chain_in(std::uint32_t place, std::uint32_t pair) noexcept {
        const std::uint32_t next = place == none ? first_ : links_[place].next;
        links_[pair] = {place, next};
        (place == none ? first_ : links_[place].next) = pair;
        (next == none ? last_ : links_[next].previous) = pair;
    }

    void chain_out(std::uint32_t pair) noexcept {
        const Link link = links_[pair];
        (link.previous == none ? first_ : links_[link.previous].next) = link.next;
        (link.next == none ? last_ : links_[link.next].previous) = link.previous;
    }

    void take_place(std::uint32_t old, std::uint32_t pair) noexcept {
        const std::uint32_t place = links_[old].previous;
        chain_out(old);
        chain_in(place, pair);
    }

    Buffer<Link, Allocator> links_;
    std::uint32_t first_ = none;
    std::uint32_t last_ = none;
};

}  // namespace bimap::detail
