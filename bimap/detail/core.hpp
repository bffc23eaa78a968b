// SPDX-License-Identifier: BSL-1.0
// One store of pairs and an index for each side, and every change to the three: first decided, then done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "bimap/copyable.hpp"
#include "bimap/detail/as.hpp"
#include "bimap/detail/hash_index.hpp"
#include "bimap/detail/iterator.hpp"
#include "bimap/detail/pairlike.hpp"
#include "bimap/detail/precondition.hpp"
#include "bimap/detail/scope_exit.hpp"
#include "bimap/detail/sequenced_index.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/store.hpp"
#include "bimap/detail/transaction.hpp"
#include "bimap/detail/tree_index.hpp"
#include "bimap/index.hpp"
#include "bimap/insertion.hpp"
#include "bimap/limits.hpp"
#include "bimap/node.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

template <class Key, class Specifier, class Allocator>
struct IndexFor {
    static_assert(!std::is_same_v<Specifier, Specifier>,
                  "a side of a BiMap is bimap::hashed<...>, bimap::sequenced<...> or bimap::ordered<...>");
};

template <class Key, class Hash, class Equal, class Allocator>
struct IndexFor<Key, hashed<Hash, Equal>, Allocator> {
    using type = HashIndex<Key, Hash, Equal, Allocator>;
};

template <class Key, class Hash, class Equal, class Allocator>
struct IndexFor<Key, sequenced<Hash, Equal>, Allocator> {
    using type = SequencedIndex<Key, Hash, Equal, Allocator>;
};

template <class Key, class Compare, class Allocator>
struct IndexFor<Key, ordered<Compare>, Allocator> {
    using type = TreeIndex<Key, Compare, Allocator>;
};

/// The allocator that another one passes on to what it makes: itself, or its inner one.
template <class Allocator>
struct PassedOn {
    using type = Allocator;
};
template <class Allocator>
    requires requires { typename Allocator::inner_allocator_type; }
struct PassedOn<Allocator> {
    using type = typename Allocator::inner_allocator_type;
};

/// Whether an allocator is passed on when it makes such an element, or a part of it.
template <class T, class Allocator>
inline constexpr bool takes_allocator = std::uses_allocator_v<T, typename PassedOn<Allocator>::type>;

template <class First, class Second, class Allocator>
inline constexpr bool takes_allocator<std::pair<First, Second>, Allocator> =
    takes_allocator<First, Allocator> || takes_allocator<Second, Allocator>;

/// Whether arguments may be one object, of which the left would take what the right is made of.
template <class... Args>
inline constexpr bool may_be_one = false;
template <class L, class R>
    requires std::same_as<std::remove_cvref_t<L>, std::remove_cvref_t<R>>
inline constexpr bool may_be_one<L, R> =
    !std::conjunction_v<std::is_lvalue_reference<L>, std::is_lvalue_reference<R>> &&
    !std::is_trivially_copyable_v<std::remove_cvref_t<L>> && is_copyable<std::remove_cvref_t<L>>;

template <class T>
bool are_one(const T& left, const T& right) noexcept {
    return std::addressof(left) == std::addressof(right);
}

template <class Left, class Right, class LeftSpecifier, class RightSpecifier, class Allocator>
class Core {
    static_assert(
        std::is_same_v<Left, std::remove_cvref_t<Left>> && std::is_same_v<Right, std::remove_cvref_t<Right>>,
        "the sides of a BiMap are neither const nor references: a pair in it cannot be changed anyway");

  public:
    template <Side S>
    using Key = OnSide<S, Left, Right>;
    template <Side S>
    using Index = typename IndexFor<Key<S>, OnSide<S, LeftSpecifier, RightSpecifier>, Allocator>::type;
    template <Side S>
    using Value = std::pair<Key<S>, Key<opposite(S)>>;
    template <Side S>
    using Answer = Insertion<Iterator<Core, S>, Value<S>>;

    using AllocatorType = Allocator;

  private:
    using LeftIndex = Index<Side::left>;
    using RightIndex = Index<Side::right>;
    using PairStore = Store<Left, Right, Allocator>;
    using Pair = std::pair<Left, Right>;
    using Traits = std::allocator_traits<Allocator>;

    static constexpr bool moves_safely =
        std::is_nothrow_move_constructible_v<Left> && std::is_nothrow_move_constructible_v<Right>;
    static constexpr bool copies = is_copyable<Left> && is_copyable<Right>;

    /// Whether a pair moves into this map from anywhere without a failure: an element that takes the
    /// allocator copies itself, if what it is moved from has another one.
    static constexpr bool moves_in_safely =
        moves_safely && (Traits::is_always_equal::value ||
                         !(takes_allocator<Left, Allocator> || takes_allocator<Right, Allocator>));

    friend class Transaction<Core>;

    template <class, class, class, class, class>
    friend class Core;

  public:
    /// As std::move_if_noexcept: a pair is copied, out of a map or into it, where moving it could fail
    /// half-way.
    static constexpr bool copies_out = !moves_safely && copies;
    static constexpr bool copies_in = !moves_in_safely && copies;

    static constexpr bool functions_are_made_without_arguments =
        std::is_default_constructible_v<LeftIndex> && std::is_default_constructible_v<RightIndex>;
    static constexpr bool functions_make_safely = std::is_nothrow_default_constructible_v<LeftIndex> &&
                                                  std::is_nothrow_default_constructible_v<RightIndex>;
    static constexpr bool functions_exchange_safely =
        LeftIndex::functions_exchange_safely && RightIndex::functions_exchange_safely;
    static constexpr bool functions_copy_safely =
        std::is_nothrow_constructible_v<LeftIndex, const LeftIndex*> &&
        std::is_nothrow_constructible_v<RightIndex, const RightIndex*>;
    static constexpr bool moves_by_assignment_safely =
        functions_exchange_safely &&
        (Traits::propagate_on_container_move_assignment::value || Traits::is_always_equal::value);

    // Life.

    explicit Core(const Allocator& allocator) noexcept(functions_make_safely) : allocator_(allocator) {}
    Core(const LeftSpecifier& left, const RightSpecifier& right, const Allocator& allocator)
        : allocator_(allocator), left_(left), right_(right) {}

    Core(const Core& other, const Allocator& allocator) : Core(std::addressof(other), allocator) {
        assign(other, [](const Pair& pair) -> const Pair& { return pair; });
    }

    Core(Core&& other) noexcept(functions_copy_safely) : Core(std::addressof(other), other.allocator_) {
        swap_content(other);
    }

    Core(Core&& other, const Allocator& allocator) : Core(std::addressof(other), allocator) {
        if (allocator_ == other.allocator_) {
            swap_content(other);
        } else {
            move_pairs_from(other);
        }
    }

    Core& operator=(const Core& other) {
        constexpr bool propagates = Traits::propagate_on_container_copy_assignment::value;
        if (this == std::addressof(other)) return *this;
        Core copy(other, propagates ? other.allocator_ : allocator_);
        become<propagates>(copy);
        return *this;
    }

    Core& operator=(Core&& other) noexcept(moves_by_assignment_safely) {
        constexpr bool propagates = Traits::propagate_on_container_move_assignment::value;
        if (this == std::addressof(other)) return *this;
        if constexpr (propagates || Traits::is_always_equal::value) {
            become<propagates>(other);
        } else if (allocator_ == other.allocator_) {
            become<false>(other);
        } else {
            Core moved(std::move(other), allocator_);
            become<false>(moved);
        }
        return *this;
    }

    ~Core() { release(); }

    void swap(Core& other) noexcept(functions_exchange_safely) {
        if (this == std::addressof(other)) return;
        exchange_functions(other);
        if constexpr (Traits::propagate_on_container_swap::value) {
            using std::swap;
            swap(allocator_, other.allocator_);
        } else {
            BIMAP_PRECONDITION(allocator_ == other.allocator_);
        }
        swap_content(other);
    }

    /// An empty map with the same function objects and allocator.
    Core without_content() const { return Core(this, allocator_); }

    /// Exchanges the content, and nothing else, with that of a map with an equal allocator.
    void swap_content(Core& other) noexcept {
        store_.swap(other.store_);
        left_.swap_content(other.left_);
        right_.swap_content(other.right_);
    }

    // Looking.

    const Allocator& allocator() const noexcept { return allocator_; }
    std::uint32_t size() const noexcept { return store_.size(); }

    template <Side S>
    const Index<S>& index() const noexcept {
        return one_of<S>(left_, right_);
    }

    /// Whether side S is insertion-ordered.
    template <Side S>
    static constexpr bool is_sequenced = Index<S>::keeps_order && !Index<S>::is_sorted;

    template <Side S>
    std::pair<const Key<S>&, const Key<opposite(S)>&> entry(std::uint32_t pair) const noexcept {
        return {on_side<S>(store_[pair]), on_side<opposite(S)>(store_[pair])};
    }

    template <Side S>
    Iterator<Core, S> at(std::uint32_t pair) const noexcept {
        return Iterator<Core, S>(this, pair);
    }

    template <Side S>
    static std::uint32_t number(const Iterator<Core, S>& position) noexcept {
        return position.pair_;
    }

    /// Whether a position is that of a pair of this map.
    template <Side S>
    bool has_a_pair_at(const Iterator<Core, S>& position) const noexcept {
        return position.core_ == this && store_.is_live(position.pair_);
    }

    /// The number of the pair at a position. Preconditions: there is one.
    template <Side S>
    std::uint32_t pair_at(const Iterator<Core, S>& position) const noexcept {
        BIMAP_PRECONDITION(has_a_pair_at(position));
        return position.pair_;
    }

    template <Side S, class K>
    std::uint32_t find(const K& key) const {
        return index<S>().find(keys<S>(), key).pair;
    }

    template <Side S, class K>
    std::uint32_t lower_bound(const K& key) const {
        return index<S>().lower_bound(keys<S>(), key);
    }

    template <Side S, class K>
    std::uint32_t upper_bound(const K& key) const {
        return index<S>().upper_bound(keys<S>(), key);
    }

    /// Whether a key is above that of a pair, or below it, in the order of side S.
    template <Side S, class K>
    bool is_above(const K& key, std::uint32_t pair) const {
        return index<S>().is_above(keys<S>(), key, pair);
    }
    template <Side S, class K>
    bool is_below(const K& key, std::uint32_t pair) const {
        return index<S>().is_below(keys<S>(), key, pair);
    }

    template <Side S>
    std::uint32_t first() const noexcept {
        if constexpr (Index<S>::keeps_order) {
            return index<S>().first();
        } else {
            return store_.next(0);
        }
    }

    /// The pair behind this one; `hint` is kept for the next call by whoever goes on from there.
    template <Side S>
    std::uint32_t next(std::uint32_t pair, std::uint32_t& hint) const noexcept {
        if constexpr (Index<S>::is_sorted) {
            return index<S>().next(keys<S>(), pair, hint);
        } else {
            return next<S>(pair);
        }
    }

    template <Side S>
    std::uint32_t next(std::uint32_t pair) const noexcept {
        if constexpr (Index<S>::is_sorted) {
            std::uint32_t hint = 0;
            return next<S>(pair, hint);
        } else if constexpr (Index<S>::keeps_order) {
            return index<S>().next(pair);
        } else {
            return store_.next(pair + 1);
        }
    }

    template <Side S>
    std::uint32_t previous(std::uint32_t pair) const noexcept {
        return pair == none ? index<S>().last() : index<S>().previous(pair);
    }

    /// Whether each pair of `other` is here: the same two sides, paired with each other.
    template <Side S, Side T, class Other>
    bool contains_all_of(const Other& other) const {
        for (std::uint32_t i = other.store_.next(0); i != none; i = other.store_.next(i + 1)) {
            const std::uint32_t here = find<S>(other.template keys<T>()[i]);
            if (here == none || here != find<opposite(S)>(other.template keys<opposite(T)>()[i]))
                return false;
        }
        return true;
    }

    // Inserting.

    /// Looks first: a refused argument is not touched.
    template <Side S, class L, class R>
    Answer<S> put(Policy policy, L&& left, R&& right) {
        const Meeting meeting = meet(left, right);
        if (meeting.count() == 0) [[likely]]
            return {at<S>(admit(meeting, std::forward<L>(left), std::forward<R>(right))), true};
        if (const std::uint32_t obstacle = refusal<S>(meeting, policy); obstacle != none)
            return {at<S>(obstacle)};
        NewPair pair(*this);
        const Departure departure = decide(meeting);
        pair.construct(std::forward<L>(left), std::forward<R>(right));
        return exchange<S>(meeting, departure, pair);
    }

    /// The same with the policy and the sides as side S sees them, its own one first.
    template <Side S, class K, class P>
    Answer<S> put_as_seen(Policy policy, K&& key, P&& partner) {
        const auto put_here = [&](auto&& left, auto&& right) {
            return put<S>(turned<S>(policy), std::forward<decltype(left)>(left),
                          std::forward<decltype(right)>(right));
        };
        return left_first<S>(std::forward<K>(key), std::forward<P>(partner), put_here);
    }

    /// The same for the pair of a node, which keeps it if it is refused.
    template <Side S>
    Answer<S> put_node(Policy policy, Node<Key<S>, Key<opposite(S)>>& node) {
        return node.empty() ? Answer<S>{at<S>(none)} : put_pair_of<S>(policy, node);
    }

    /// As `put_as_seen` where both sides refuse: for users who only insert, it is much less to compile.
    template <Side S, class K, class P>
    Answer<S> put_what_meets_nothing(K&& key, P&& partner) {
        const auto put_here = [&](auto&& left, auto&& right) -> Answer<S> {
            const Meeting meeting = meet(left, right);
            if (meeting.count() != 0) return {at<S>(refusal<S>(meeting, policy::insert))};
            return {at<S>(admit(meeting, std::forward<decltype(left)>(left),
                                std::forward<decltype(right)>(right))),
                    true};
        };
        return left_first<S>(std::forward<K>(key), std::forward<P>(partner), put_here);
    }

    /// Makes the pair first, for its sides are known only then. The policy and the arguments are as side S
    /// sees them.
    template <Side S, class... K, class... P>
    Answer<S> emplace(Policy policy, std::tuple<K...> key, std::tuple<P...> partner) {
        NewPair pair(*this);
        construct_as_seen<S>(pair, std::move(key), std::move(partner));
        const Meeting meeting = meet(store_[pair.number()].first, store_[pair.number()].second);
        if (const std::uint32_t obstacle = refusal<S>(meeting, turned<S>(policy)); obstacle != none)
            return {at<S>(obstacle)};
        return exchange<S>(meeting, decide(meeting), pair);
    }

    /// Looks for the key, which is known, and makes its partner only if the key does not refuse.
    template <Side S, class K, class... Args>
    Answer<S> try_emplace(Policy policy, K&& key, Args&&... args) {
        Meeting meeting;
        spot<S>(meeting) = index<S>().find(keys<S>(), key);
        const std::uint32_t there = spot<S>(meeting).pair;
        if (there != none && on_conflict<S>(policy) == OnConflict::refuse) return {at<S>(there)};
        NewPair pair(*this);
        construct_as_seen<S>(pair, std::forward_as_tuple(std::forward<K>(key)),
                             std::forward_as_tuple(std::forward<Args>(args)...));
        const auto& partner = on_side<opposite(S)>(store_[pair.number()]);
        spot<opposite(S)>(meeting) = index<opposite(S)>().find(keys<opposite(S)>(), partner);
        if (const std::uint32_t obstacle = refusal<S>(meeting, policy); obstacle != none)
            return {at<S>(obstacle)};
        return exchange<S>(meeting, decide(meeting), pair);
    }

    /// As `put_all`, of a range that may tell how many there are where its iterators do not.
    template <Side S, class Range, class Sink>
    BulkInsertion put_range(Policy policy, Range& range, Sink sink) {
        using It = std::ranges::iterator_t<Range>;
        using End = std::ranges::sentinel_t<Range>;
        if constexpr (std::ranges::sized_range<Range> && !std::sized_sentinel_for<End, It>) {
            if (size() == 0) expect(static_cast<std::size_t>(std::ranges::size(range)));
        }
        return put_all<S>(policy, std::ranges::begin(range), std::ranges::end(range), std::move(sink));
    }

    /// Every pair of a range, or none; the policy and the elements are as side S sees them. `sink` takes each
    /// evicted pair at the end, when nothing else can fail any more.
    template <Side S, class It, class End, class Sink>
    BulkInsertion put_all(Policy policy, It first, End last, Sink sink) {
        if constexpr (std::sized_sentinel_for<End, It>) {
            if (size() == 0) expect(static_cast<std::size_t>(last - first));
        }
        Transaction<Core> transaction(*this, !std::is_same_v<Sink, NoSink>);
        if constexpr (can_look_ahead<S, It>) {
            while (first != last) put_batch<S>(transaction, policy, first, last);
        } else {
            for (; first != last; ++first) put_element<S>(transaction, policy, *first);
        }
        return transaction.template commit<S>(sink);
    }

    /// Moves each pair that is not refused out of another map, one after the other: in the order of
    /// insertion, if one of its sides keeps it, and of side S if both do.
    template <Side S, class OtherLeft, class OtherRight>
    BulkInsertion merge(Policy policy, Core<Left, Right, OtherLeft, OtherRight, Allocator>& source) {
        using Source = Core<Left, Right, OtherLeft, OtherRight, Allocator>;
        BulkInsertion done;
        // A key that is unequal to itself would not be met.
        if (is_same(source)) {
            done.refused = size();
            return done;
        }
        constexpr bool other_side_leads =
            Source::template is_sequenced<opposite(S)> && !Source::template is_sequenced<S>;
        constexpr Side leading = other_side_leads ? opposite(S) : S;
        std::uint32_t successor = none;
        for (std::uint32_t i = source.template first<leading>(); i != none; i = successor) {
            successor = source.template next<leading>(i);
            const Pair& theirs = source.store_[i];
            const Meeting meeting = meet(theirs.first, theirs.second);
            if (refusal<Side::left>(meeting, policy) != none) {
                ++done.refused;
                continue;
            }
            take_over(meeting, source, i);
            ++done.inserted;
            done.evicted += meeting.count();
        }
        return done;
    }

    /// Gives a pair another key on side S, unless that key is paired already. The pair gets a new number.
    template <Side S, class K>
    Answer<S> replace(std::uint32_t old, K&& key) {
        Meeting meeting;
        spot<S>(meeting) = index<S>().find(keys<S>(), key);
        if (spot<S>(meeting).pair != none) return {at<S>(spot<S>(meeting).pair)};
        spot<opposite(S)>(meeting) = index<opposite(S)>().locate(keys<opposite(S)>(), old);
        NewPair pair(*this);
        const Departure departure = decide(meeting);
        Key<S> made(std::forward<K>(key));
        if constexpr (moves_in_safely || copies) {
            construct_beside<S>(pair, std::move(made), store_[old]);
        } else {
            ScopeExit failing([&] { drop_met<S>(meeting, departure); });
            construct_beside<S>(pair, std::move(made), store_[old]);
            failing.release();
        }
        enter(meeting, pair);
        if constexpr (is_sequenced<S>) own_index<S>().move_behind(old, pair.number());
        leave(departure);
        const Replaced retired(*this, meeting);
        return {at<S>(pair.number()), true};
    }

    /// Moves a pair behind another one on an insertion-ordered side; in front of all others if that is none.
    template <Side S>
    void move_behind(std::uint32_t place, std::uint32_t pair) noexcept {
        own_index<S>().move_behind(place, pair);
    }

    // Erasing.

    template <Side S, class K>
    std::size_t erase_key(const K& key) {
        const Meeting found = find_key<S>(key);
        if (found.count() == 0) return 0;
        drop(found.left, found.right);
        return 1;
    }

    void erase(std::uint32_t pair) {
        const auto left = left_.locate(keys<Side::left>(), pair);
        const auto right = right_.locate(keys<Side::right>(), pair);
        drop(left, right);
    }

    /// Returns the successor on side S.
    template <Side S>
    std::uint32_t erase_and_go_on(std::uint32_t pair) {
        const std::uint32_t successor = next<S>(pair);
        erase(pair);
        return successor;
    }

    template <Side S>
    Node<Key<S>, Key<opposite(S)>> extract(std::uint32_t pair) {
        const auto left = left_.locate(keys<Side::left>(), pair);
        const auto right = right_.locate(keys<Side::right>(), pair);
        return take_out<S>(left, right);
    }

    template <Side S, class K>
    Node<Key<S>, Key<opposite(S)>> extract_key(const K& key) {
        const Meeting found = find_key<S>(key);
        if (found.count() == 0) return {};
        return take_out<S>(found.left, found.right);
    }

    template <Side S, class Predicate>
    std::size_t erase_if(Predicate& predicate) {
        const std::size_t before = size();
        std::uint32_t successor = none;
        for (std::uint32_t i = first<S>(); i != none; i = successor) {
            successor = next<S>(i);
            const auto pair = entry<S>(i);
            if (predicate(pair)) erase(i);
        }
        return before - size();
    }

    void clear() noexcept {
        left_.clear();
        right_.clear();
        store_.clear(allocator_);
    }

    // Memory.

    std::size_t max_size() const noexcept { return PairStore::limit(allocator_); }

    std::size_t capacity() const noexcept {
        std::uint32_t pairs = store_.room(allocator_);
        if constexpr (!LeftIndex::is_sorted) pairs = std::min(pairs, left_.capacity());
        if constexpr (!RightIndex::is_sorted) pairs = std::min(pairs, right_.capacity());
        return pairs;
    }

    void reserve(std::size_t n) {
        store_.reserve(allocator_, n);
        left_.reserve(allocator_, keys<Side::left>(), store_, static_cast<std::uint32_t>(n));
        right_.reserve(allocator_, keys<Side::right>(), store_, static_cast<std::uint32_t>(n));
    }

    /// Room for n pairs in an empty map, where it costs no more than they need.
    void expect(std::size_t n) {
        n = std::min<std::size_t>(n, max_size());
        if (store_.capacity() < n) store_.reserve(allocator_, n);
        if constexpr (!LeftIndex::is_sorted) {
            left_.reserve(allocator_, keys<Side::left>(), store_, static_cast<std::uint32_t>(n));
        }
        if constexpr (!RightIndex::is_sorted) {
            right_.reserve(allocator_, keys<Side::right>(), store_, static_cast<std::uint32_t>(n));
        }
    }

    void shrink_to_fit() {
        store_.trim(allocator_);
        left_.shrink(allocator_, keys<Side::left>(), store_);
        right_.shrink(allocator_, keys<Side::right>(), store_);
    }

    const char* violated_invariant() const {
        if (const char* wrong = store_.violated_invariant()) return wrong;
        if (const char* wrong = left_.violated_invariant(keys<Side::left>(), store_)) return wrong;
        return right_.violated_invariant(keys<Side::right>(), store_);
    }

  private:
    template <Side S>
    Index<S>& own_index() noexcept {
        return one_of<S>(left_, right_);
    }

    /// How an index reads the keys of its side.
    template <Side S>
    class Keys {
      public:
        explicit Keys(const PairStore& store) noexcept : store_(store) {}
        const Key<S>& operator[](std::uint32_t pair) const noexcept { return on_side<S>(store_[pair]); }

      private:
        const PairStore& store_;
    };

    template <Side S>
    Keys<S> keys() const noexcept {
        return Keys<S>(store_);
    }

    /// What a new pair meets on each side.
    struct Meeting {
        typename LeftIndex::Spot left;
        typename RightIndex::Spot right;

        std::size_t count() const noexcept {
            return static_cast<std::size_t>(left.pair != none) + static_cast<std::size_t>(right.pair != none);
        }
    };

    /// The other ends of the pairs that it evicts: where the one with the same left lies on the right, and
    /// the one with the same right on the left.
    struct Departure {
        typename RightIndex::Spot right_of_left;
        typename LeftIndex::Spot left_of_right;
    };

    template <Side S>
    static auto& spot(Meeting& meeting) noexcept {
        return one_of<S>(meeting.left, meeting.right);
    }

    /// The pair with this key, on both sides; or nothing.
    template <Side S, class K>
    Meeting find_key(const K& key) const {
        Meeting found;
        spot<S>(found) = index<S>().find(keys<S>(), key);
        const std::uint32_t pair = spot<S>(found).pair;
        if (pair != none) spot<opposite(S)>(found) = index<opposite(S)>().locate(keys<opposite(S)>(), pair);
        return found;
    }

    template <Side S>
    static OnConflict on_conflict(Policy policy) noexcept {
        return one_of<S>(policy.left, policy.right);
    }

    /// A pair in the making. Its slot is given back unless the pair is taken into the map.
    class NewPair {
      public:
        explicit NewPair(Core& core) : core_(core), number_(core.store_.take(core.allocator_)) {}
        NewPair(const NewPair&) = delete;
        NewPair& operator=(const NewPair&) = delete;

        ~NewPair() {
            if (is_kept_) return;
            if (is_constructed_) core_.store_.destroy(core_.allocator_, number_);
            core_.store_.give_back(number_);
        }

        /// What is one object for both sides is copied to both.
        template <class... Args>
        void construct(Args&&... args) {
            if constexpr (may_be_one<Args...>) {
                if (are_one(args...)) return construct(std::as_const(args)...);
            }
            core_.store_.construct(core_.allocator_, number_, std::forward<Args>(args)...);
            is_constructed_ = true;
        }

        std::uint32_t number() const noexcept { return number_; }

        void keep() noexcept {
            core_.store_.enlist(number_);
            is_kept_ = true;
        }

      private:
        Core& core_;
        std::uint32_t number_;
        bool is_constructed_ = false;
        bool is_kept_ = false;
    };

    /// A pair that is no longer in the map, if there is one. It is destroyed last, because arguments may
    /// refer into it and because its destructor may look at the map.
    class Retired {
      public:
        Retired(Core& core, std::uint32_t pair) noexcept : core_(core), pair_(pair) {
            if (pair_ != none) core_.store_.retire(pair_);
        }
        Retired(const Retired&) = delete;
        Retired& operator=(const Retired&) = delete;

        ~Retired() {
            if (pair_ != none) core_.store_.reclaim(core_.allocator_, pair_);
        }

      private:
        Core& core_;
        std::uint32_t pair_;
    };

    /// The pairs whose places a new one took.
    struct Replaced {
        Replaced(Core& core, const Meeting& meeting) noexcept
            : left(core, meeting.left.pair), right(core, meeting.right.pair) {}

        Retired left;
        Retired right;
    };

    /// An empty map with the function objects of another.
    Core(const Core* other, const Allocator& allocator) noexcept(functions_copy_safely)
        : allocator_(allocator), left_(std::addressof(other->left_)), right_(std::addressof(other->right_)) {}

    /// The pairs come last: once they move, nothing else may fail.
    template <class From, class Transfer>
    void assign(From& other, Transfer transfer) {
        if (other.size() == 0) return;
        left_.assign(allocator_, other.left_);
        right_.assign(allocator_, other.right_);
        store_.assign(allocator_, other.store_, transfer);
    }

    void release() noexcept {
        left_.release(allocator_);
        right_.release(allocator_);
        store_.clear(allocator_);
        store_.release(allocator_);
    }

    /// A function object that cannot be exchanged leaves two empty maps, rather than two with each other's
    /// hashes.
    void exchange_functions(Core& other) noexcept(functions_exchange_safely) {
        if constexpr (functions_exchange_safely) {
            left_.exchange_functions(other.left_);
            right_.exchange_functions(other.right_);
        } else {
            ScopeExit failing([&] {
                clear();
                other.clear();
            });
            left_.exchange_functions(other.left_);
            right_.exchange_functions(other.right_);
            failing.release();
        }
    }

    /// What a map had before it takes over another. Its pairs go last, for the other may be part of one.
    class FormerContent {
      public:
        explicit FormerContent(Core& core) noexcept : allocator_(core.allocator_) {
            core.left_.release(allocator_);
            core.right_.release(allocator_);
            store_.swap(core.store_);
        }
        FormerContent(const FormerContent&) = delete;
        FormerContent& operator=(const FormerContent&) = delete;

        ~FormerContent() {
            store_.clear(allocator_);
            store_.release(allocator_);
        }

      private:
        Allocator allocator_;
        PairStore store_;
    };

    template <bool propagates>
    void become(Core& other) noexcept(functions_exchange_safely) {
        const FormerContent former_content(*this);
        exchange_functions(other);
        if constexpr (propagates) take_allocator_of(other);
        swap_content(other);
    }

    /// Copies it where that can be done: one that owns something is not to leave the other without.
    void take_allocator_of(Core& other) noexcept {
        if constexpr (std::is_copy_assignable_v<Allocator>) {
            allocator_ = other.allocator_;
        } else {
            allocator_ = std::move(other.allocator_);
        }
    }

    /// The first halves of two searches, which wait for nothing.
    struct Approach {
        typename LeftIndex::Approach left;
        typename RightIndex::Approach right;
    };

    template <class L, class R>
    Approach approach(const L& left, const R& right) const {
        return {left_.approach(left), right_.approach(right)};
    }

    template <class L, class R>
    Meeting meet(const L& left, const R& right, const Approach& approach) const {
        return {left_.find(keys<Side::left>(), left, approach.left),
                right_.find(keys<Side::right>(), right, approach.right)};
    }
    template <class L, class R>
    Meeting meet(const L& left, const R& right) const {
        return meet(left, right, approach(left, right));
    }

    /// Whether an element can be looked at before its turn, for nobody moves it away until then, and has the
    /// very keys that are sought.
    template <Side S, class It>
    static constexpr bool can_look_ahead =
        std::forward_iterator<It> && std::is_lvalue_reference_v<std::iter_reference_t<It>> &&
        requires(std::iter_reference_t<It> element) {
            requires std::is_same_v<std::remove_cvref_t<decltype(element.first)>, Key<S>>;
            requires std::is_same_v<std::remove_cvref_t<decltype(element.second)>, Key<opposite(S)>>;
        };

    /// Begins a few searches, and then ends them and inserts, one after the other.
    template <Side S, class It, class End>
    void put_batch(Transaction<Core>& transaction, Policy policy, It& first, const End& last) {
        constexpr std::size_t most = 8;
        Approach begun[most];
        std::add_pointer_t<std::iter_reference_t<It>> element[most];
        std::size_t count = 0;
        for (; first != last && count != most; ++first, static_cast<void>(++count)) {
            element[count] = std::addressof(*first);
            begun[count] =
                left_first<S>(std::as_const(element[count]->first), std::as_const(element[count]->second),
                              [&](const auto& left, const auto& right) { return approach(left, right); });
        }
        for (std::size_t i = 0; i != count; ++i) put_element<S>(transaction, policy, *element[i], begun[i]);
    }

    /// Inserts an element of a range, the key of side S first.
    template <Side S, class Element, class... Begun>
    static void put_element(Transaction<Core>& transaction, Policy policy, Element&& element,
                            const Begun&... begun) {
        using K = Key<S>;
        using P = Key<opposite(S)>;
        if constexpr (HasSides<Element, K, P>) {
            put_seen<S>(transaction, policy, detail::as<K>(std::forward<Element>(element).first),
                        detail::as<P>(std::forward<Element>(element).second), begun...);
        } else {
            auto pair = static_cast<Value<S>>(std::forward<Element>(element));
            put_seen<S>(transaction, policy, std::move(pair.first), std::move(pair.second));
        }
    }

    template <Side S, class K, class P, class... Begun>
    static void put_seen(Transaction<Core>& transaction, Policy policy, K&& key, P&& partner,
                         const Begun&... begun) {
        left_first<S>(std::forward<K>(key), std::forward<P>(partner), [&](auto&& left, auto&& right) {
            transaction.put(turned<S>(policy), std::forward<decltype(left)>(left),
                            std::forward<decltype(right)>(right), begun...);
        });
    }

    /// The pair because of which nothing is inserted, if any; that of side S if both sides refuse.
    template <Side S>
    static std::uint32_t refusal(const Meeting& meeting, Policy policy) noexcept {
        const std::uint32_t left = meeting.left.pair;
        const std::uint32_t right = meeting.right.pair;
        if (left == right) return left;
        const bool left_refuses = left != none && policy.left == OnConflict::refuse;
        const bool right_refuses = right != none && policy.right == OnConflict::refuse;
        if (left_refuses && right_refuses) return one_of<S>(left, right);
        return left_refuses ? left : right_refuses ? right : none;
    }

    /// Makes room for a pair in both indices.
    void prepare(const Meeting& meeting) {
        left_.prepare(allocator_, keys<Side::left>(), store_, meeting.left);
        right_.prepare(allocator_, keys<Side::right>(), store_, meeting.right);
    }

    /// Everything that may fail, but for making the pair itself.
    Departure decide(const Meeting& meeting) {
        prepare(meeting);
        Departure departure;
        if (meeting.left.pair != none) {
            departure.right_of_left = right_.locate(keys<Side::right>(), meeting.left.pair);
        }
        if (meeting.right.pair != none) {
            departure.left_of_right = left_.locate(keys<Side::left>(), meeting.right.pair);
        }
        return departure;
    }

    /// Puts the new pair in the place of those that it meets. Evicted pairs are copied out before that, or
    /// moved out after it.
    template <Side S>
    Answer<S> exchange(const Meeting& meeting, const Departure& departure, NewPair& pair) {
        Answer<S> answer;
        if constexpr (copies_out) hand_out<S>(meeting, answer);
        enter(meeting, pair);
        leave(departure);
        const Replaced retired(*this, meeting);
        if constexpr (!copies_out) hand_out<S>(meeting, answer);
        answer.position = at<S>(pair.number());
        answer.inserted = true;
        return answer;
    }

    /// Makes a pair that meets none, and lets it in.
    template <class L, class R>
    std::uint32_t admit(const Meeting& meeting, L&& left, R&& right) {
        NewPair pair(*this);
        prepare(meeting);
        pair.construct(std::forward<L>(left), std::forward<R>(right));
        left_.link(keys<Side::left>(), meeting.left, pair.number());
        right_.link(keys<Side::right>(), meeting.right, pair.number());
        pair.keep();
        return pair.number();
    }

    /// Lets the pair in; on a side where it meets one with an equal key, it takes that one's place.
    void enter(const Meeting& meeting, NewPair& pair) noexcept {
        enter(left_, keys<Side::left>(), meeting.left, pair.number());
        enter(right_, keys<Side::right>(), meeting.right, pair.number());
        pair.keep();
    }

    template <class AnyIndex, class AnyKeys>
    static void enter(AnyIndex& index, const AnyKeys& keys, const typename AnyIndex::Spot& spot,
                      std::uint32_t pair) noexcept {
        if (spot.pair == none) {
            index.link(keys, spot, pair);
        } else {
            index.replace(keys, spot, pair);
        }
    }

    void leave(const Departure& departure) noexcept {
        if (departure.right_of_left.pair != none) right_.unlink(departure.right_of_left);
        if (departure.left_of_right.pair != none) left_.unlink(departure.left_of_right);
    }

    template <Side S>
    void hand_out(const Meeting& meeting, Answer<S>& answer) {
        auto& left = one_of<S>(answer.evicted_left, answer.evicted_right);
        auto& right = one_of<S>(answer.evicted_right, answer.evicted_left);
        if (meeting.left.pair != none) hand_out<S>(meeting.left.pair, left);
        if (meeting.right.pair != none) hand_out<S>(meeting.right.pair, right);
    }

    template <Side S>
    void hand_out(std::uint32_t number, std::optional<Value<S>>& to) {
        Pair& pair = store_[number];
        to.emplace(passed<S>(pair), passed<opposite(S)>(pair));
    }

    /// A function of its own, so that compilers make the answer where it is returned: no move can fail after
    /// the insertion.
    template <Side S>
    Answer<S> put_pair_of(Policy policy, Node<Key<S>, Key<opposite(S)>>& node) {
        Answer<S> done = put_pair<S>(policy, node.pair());
        if (done.inserted) node.reset();
        return done;
    }

    template <Side S>
    Answer<S> put_pair(Policy policy, Value<S>& pair) {
        if constexpr (copies_in) {
            return put_as_seen<S>(policy, std::as_const(pair).first, std::as_const(pair).second);
        } else {
            return put_as_seen<S>(policy, std::move(pair.first), std::move(pair.second));
        }
    }

    /// A side of a pair, to be moved from unless that could fail half-way.
    template <Side S>
    static decltype(auto) passed(Pair& pair) noexcept {
        if constexpr (copies_out) {
            return std::as_const(on_side<S>(pair));
        } else {
            return std::move(on_side<S>(pair));
        }
    }

    template <Side S>
    Value<S> value(std::uint32_t number) {
        Pair& pair = store_[number];
        return Value<S>(passed<S>(pair), passed<opposite(S)>(pair));
    }

    /// A pair of two tuples of arguments, that for side S first.
    template <Side S, class... K, class... P>
    static void construct_as_seen(NewPair& pair, std::tuple<K...>&& key, std::tuple<P...>&& partner) {
        left_first<S>(std::move(key), std::move(partner), [&](auto&& left, auto&& right) {
            pair.construct(std::piecewise_construct, std::forward<decltype(left)>(left),
                           std::forward<decltype(right)>(right));
        });
    }

    /// A pair of this key and of the partner that another pair has, which is moved unless that could fail
    /// half-way.
    template <Side S>
    static void construct_beside(NewPair& pair, Key<S>&& key, Pair& other) {
        using Partner = Key<opposite(S)>;
        using Passed = std::conditional_t<copies_in, const Partner&, Partner&&>;
        Passed partner = static_cast<Passed>(on_side<opposite(S)>(other));
        left_first<S>(std::move(key), std::forward<Passed>(partner), [&](auto&& left, auto&& right) {
            pair.construct(std::forward<decltype(left)>(left), std::forward<decltype(right)>(right));
        });
    }

    /// Erases a pair that is met on one side only, the opposite of S.
    template <Side S>
    void drop_met(const Meeting& meeting, const Departure& departure) noexcept {
        const auto& here = one_of<S>(departure.left_of_right, departure.right_of_left);
        const auto& there = one_of<S>(meeting.right, meeting.left);
        left_first<S>(here, there, [&](const auto& left, const auto& right) { drop(left, right); });
    }

    template <class Other>
    bool is_same(const Other& other) const noexcept {
        return static_cast<const void*>(this) == static_cast<const void*>(std::addressof(other));
    }

    /// Moves a pair of another map into the place of those that it meets. It is in neither map while it is
    /// moved: should that fail, no index names what is left of it.
    template <class Source>
    void take_over(const Meeting& meeting, Source& source, std::uint32_t number) {
        const auto left = source.left_.locate(source.template keys<Side::left>(), number);
        const auto right = source.right_.locate(source.template keys<Side::right>(), number);
        const bool is_copied = copies_out || (copies_in && !(allocator_ == source.allocator_));
        NewPair pair(*this);
        const Departure departure = decide(meeting);
        if constexpr (copies_in) {
            if (is_copied) pair.construct(std::as_const(source.store_[number]));
        }
        source.left_.unlink(left);
        source.right_.unlink(right);
        const typename Source::Retired moved(source, number);
        if constexpr (!copies_out) {
            if (!is_copied) pair.construct(std::move(source.store_[number]));
        }
        enter(meeting, pair);
        leave(departure);
        const Replaced evicted(*this, meeting);
    }

    /// Moves the pairs of a map with an unequal allocator here. If they can only be moved, and one fails to,
    /// none is left: no index could find those that were moved from.
    void move_pairs_from(Core& other) {
        using Passed = std::conditional_t<copies_in, const Pair&, Pair&&>;
        bool is_spent = false;
        const ScopeExit emptying([&] {
            if (is_spent) other.clear();
        });
        assign(other, [&](Pair& pair) -> Passed {
            is_spent = !copies_in;
            return static_cast<Passed>(pair);
        });
        is_spent = true;
    }

    template <Side S>
    Node<Key<S>, Key<opposite(S)>> take_out(const typename LeftIndex::Spot& left,
                                            const typename RightIndex::Spot& right) {
        if constexpr (copies_out) {
            return copied_out<S>(left, right);
        } else {
            left_.unlink(left);
            right_.unlink(right);
            const Retired retired(*this, left.pair);
            return Node<Key<S>, Key<opposite(S)>>(value<S>(left.pair));
        }
    }

    /// A function of its own, so that compilers make the node where it is returned: no move can fail after
    /// the drop.
    template <Side S>
    Node<Key<S>, Key<opposite(S)>> copied_out(const typename LeftIndex::Spot& left,
                                              const typename RightIndex::Spot& right) {
        Node<Key<S>, Key<opposite(S)>> node(value<S>(left.pair));
        drop(left, right);
        return node;
    }

    void drop(const typename LeftIndex::Spot& left, const typename RightIndex::Spot& right) noexcept {
        const std::uint32_t pair = left.pair;
        left_.unlink(left);
        right_.unlink(right);
        const Retired retired(*this, pair);
    }

    Allocator allocator_;
    PairStore store_;
    LeftIndex left_;
    RightIndex right_;
};

}  // namespace bimap::detail
