// SPDX-License-Identifier: BSL-1.0
// Insertions that all happen or all do not: each step is noted, and undone without asking anything of the
// user.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/copies.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/insertion.hpp"
#include "bimap/limits.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

/// A list that grows and is returned when its scope ends.
template <class T, class Allocator>
class Log {
  public:
    explicit Log(const Allocator& allocator) noexcept : allocator_(allocator), entries_(allocator) {}

    std::uint32_t size() const noexcept { return size_; }
    const T& operator[](std::uint32_t i) const noexcept { return entries_[i]; }
    const T& last() const noexcept { return entries_[size_ - 1]; }

    /// Lets `add` succeed once. Strong.
    void prepare() {
        constexpr std::uint32_t most = 0xFFFF'FFFF;
        if (size_ < entries_.size()) return;
        const std::uint32_t doubled = size_ > most / 2 ? most : size_ * 2;
        entries_.resize(allocator_, std::max<std::uint32_t>(8, doubled), size_);
    }

    void add(const T& entry) noexcept { entries_[size_++] = entry; }
    void drop_last() noexcept { --size_; }

  private:
    const Allocator& allocator_;
    ScopedBuffer<T, Allocator> entries_;
    std::uint32_t size_ = 0;
};

/// Rolled back when its scope ends, unless it was committed. An evicted pair keeps its slot until then. Where
/// the map was empty and nobody asks for evicted pairs, nothing is noted: to clear is to roll back.
template <class Core>
class Transaction {
    using LeftIndex = typename Core::template Index<Side::left>;
    using RightIndex = typename Core::template Index<Side::right>;
    using Meeting = typename Core::Meeting;
    using Departure = typename Core::Departure;
    using Allocator = typename Core::AllocatorType;

    /// A pair that was inserted.
    struct Entered {
        typename LeftIndex::Spot left;
        typename RightIndex::Spot right;
    };

    /// The pairs that the newest one of so many evicted.
    struct Evicted {
        std::uint32_t by;
        std::uint32_t left;
        std::uint32_t right;
        typename RightIndex::FormerPlace right_of_left;
        typename LeftIndex::FormerPlace left_of_right;
    };

  public:
    Transaction(Core& core, bool hands_out)
        : core_(core),
          is_noted_(core.size() != 0 || hands_out),
          entered_(core.allocator_),
          evicted_(core.allocator_) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    ~Transaction() {
        if (is_committed_) {
            while (reclaimed_ != evicted_.size()) reclaim_next();
        } else if (is_noted_) {
            while (entered_.size() != 0) undo_last();
        } else {
            core_.clear();
        }
    }

    /// `approach` is how far the search for the two has come, if somebody has begun it.
    template <class L, class R, class... Approach>
    void put(Policy policy, L&& left, R&& right, const Approach&... approach) {
        const Meeting meeting = core_.meet(left, right, approach...);
        if (meeting.count() == 0 && !is_noted_) {
            core_.admit(meeting, std::forward<L>(left), std::forward<R>(right));
            ++done_.inserted;
            return;
        }
        if (core_.template refusal<Side::left>(meeting, policy) != none) {
            ++done_.refused;
            return;
        }
        typename Core::NewPair pair(core_);
        if (is_noted_) prepare_note(meeting);
        const Departure departure = core_.decide(meeting);
        pair.construct(std::forward<L>(left), std::forward<R>(right));
        core_.enter(meeting, pair);
        ++done_.inserted;
        done_.evicted += meeting.count();
        if (is_noted_) {
            note(meeting, departure, pair.number());
            core_.leave(departure);
            retire(meeting.left.pair);
            retire(meeting.right.pair);
        } else {
            core_.leave(departure);
            const typename Core::Replaced replaced(core_, meeting);
        }
    }

    /// Hands the evicted pairs out, in the order in which they went: side S first. If the sink throws, the
    /// insertions stand and the other evicted pairs are destroyed.
    template <Side S, class Sink>
    BulkInsertion commit(Sink& sink) {
        if constexpr (std::is_same_v<Sink, NoSink>) {
            is_committed_ = true;
        } else if constexpr (Core::copies_out) {
            Copies<typename Core::template Value<S>, Allocator> copies(core_.allocator_, evicted_pairs());
            copy_evicted_to<S>(copies);
            is_committed_ = true;
            for (std::uint32_t i = 0; i != copies.size(); ++i) sink(std::move(copies[i]));
        } else {
            is_committed_ = true;
            while (reclaimed_ != evicted_.size()) {
                for_each_of<S>(evicted_[reclaimed_],
                               [&](std::uint32_t pair) { sink(core_.template value<S>(pair)); });
                reclaim_next();
            }
        }
        return done_;
    }

  private:
    template <Side S, class F>
    static void for_each_of(const Evicted& evicted, F f) {
        const std::uint32_t first = one_of<S>(evicted.left, evicted.right);
        const std::uint32_t second = one_of<S>(evicted.right, evicted.left);
        if (first != none) f(first);
        if (second != none) f(second);
    }

    /// Fewer than there are numbers for pairs: those that were evicted still have theirs.
    std::uint32_t evicted_pairs() const noexcept { return static_cast<std::uint32_t>(done_.evicted); }

    /// Copying may fail, and so it is done while everything can still be undone.
    template <Side S, class AnyCopies>
    void copy_evicted_to(AnyCopies& copies) {
        for (std::uint32_t i = 0; i != evicted_.size(); ++i) {
            for_each_of<S>(evicted_[i], [&](std::uint32_t pair) {
                const auto& both = std::as_const(core_.store_)[pair];
                copies.add(on_side<S>(both), on_side<opposite(S)>(both));
            });
        }
    }

    /// What comes after an eviction uses up the room that was kept to undo it; so room is kept each time.
    void prepare_note(const Meeting& meeting) {
        entered_.prepare();
        if (meeting.count() != 0) evicted_.prepare();
        if (meeting.count() == 0 && evicted_.size() == 0) return;
        core_.left_.prepare_restoring(core_.allocator_, core_.size(), evicted_.size() + 1);
        core_.right_.prepare_restoring(core_.allocator_, core_.size(), evicted_.size() + 1);
    }

    void note(const Meeting& meeting, const Departure& departure, std::uint32_t pair) noexcept {
        Entered entered = {meeting.left, meeting.right};
        entered.left.pair = entered.right.pair = pair;
        entered_.add(entered);
        if (meeting.count() == 0) return;
        Evicted evicted = {entered_.size(), meeting.left.pair, meeting.right.pair, {}, {}};
        if (evicted.left != none) evicted.right_of_left = core_.right_.former_place(departure.right_of_left);
        if (evicted.right != none) evicted.left_of_right = core_.left_.former_place(departure.left_of_right);
        evicted_.add(evicted);
    }

    void retire(std::uint32_t pair) noexcept {
        if (pair != none) core_.store_.retire(pair);
    }

    void undo_last() noexcept {
        const auto left_keys = core_.template keys<Side::left>();
        const auto right_keys = core_.template keys<Side::right>();
        std::uint32_t left = none;
        std::uint32_t right = none;
        if (evicted_.size() != 0 && evicted_.last().by == entered_.size()) {
            const Evicted& evicted = evicted_.last();
            left = evicted.left;
            right = evicted.right;
            if (left != none) core_.right_.restore(right_keys, evicted.right_of_left);
            if (right != none) core_.left_.restore(left_keys, evicted.left_of_right);
            evicted_.drop_last();
        }
        const Entered& entered = entered_.last();
        undo_entering(core_.left_, left_keys, entered.left, left);
        undo_entering(core_.right_, right_keys, entered.right, right);
        if (left != none) core_.store_.enlist(left);
        if (right != none) core_.store_.enlist(right);
        core_.store_.retire(entered.left.pair);
        core_.store_.reclaim(core_.allocator_, entered.left.pair);
        entered_.drop_last();
    }

    template <class Index, class Keys>
    static void undo_entering(Index& index, const Keys& keys, const typename Index::Spot& spot,
                              std::uint32_t replaced) noexcept {
        if (replaced == none) {
            index.unlink(spot);
        } else {
            index.replace(keys, spot, replaced);
        }
    }

    void reclaim_next() noexcept {
        const Evicted& evicted = evicted_[reclaimed_++];
        if (evicted.left != none) core_.store_.reclaim(core_.allocator_, evicted.left);
        if (evicted.right != none) core_.store_.reclaim(core_.allocator_, evicted.right);
    }

    Core& core_;
    bool is_noted_;
    bool is_committed_ = false;
    BulkInsertion done_;
    Log<Entered, Allocator> entered_;
    Log<Evicted, Allocator> evicted_;
    std::uint32_t reclaimed_ = 0;
};

}  // namespace bimap::detail
