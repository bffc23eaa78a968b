// SPDX-License-Identifier: BSL-1.0
// The members that a BiMap and its inverse have in common, written once for both and mirrored by the
// compiler.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>

#include "bimap/detail/as.hpp"
#include "bimap/detail/iterator.hpp"
#include "bimap/detail/pairlike.hpp"
#include "bimap/detail/printing.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/view.hpp"
#include "bimap/insertion.hpp"
#include "bimap/node.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

/// `Derived::core()` gives the core; S is the core's side that is called left here. Where `Core` is const,
/// there are no modifiers.
template <class Derived, class Core, Side S>
class Interface {
    static constexpr bool is_mutable = !std::is_const_v<Core>;
    static constexpr bool left_keeps_order = Core::template Index<S>::keeps_order;

    template <class, class, Side>
    friend class Interface;

    /// The core of a map that calls left what is left here.
    template <class OtherDerived, class OtherCore>
    static OtherCore& core_of(Interface<OtherDerived, OtherCore, S>& map) noexcept {
        return map.core();
    }

    template <class Source>
    static constexpr bool merges_from =
        requires(Core& core, Source& source) { core.template merge<S>(Policy{}, core_of(source)); };

  public:
    using left_type = typename Core::template Key<S>;
    using right_type = typename Core::template Key<opposite(S)>;
    using value_type = std::pair<left_type, right_type>;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using allocator_type = typename Core::AllocatorType;

    using left_view = View<Core, S>;
    using right_view = View<Core, opposite(S)>;
    using const_left_view = View<const Core, S>;
    using const_right_view = View<const Core, opposite(S)>;

    using iterator = typename left_view::iterator;
    using const_iterator = iterator;
    using reference = typename iterator::reference;
    using const_reference = reference;

    using insertion_type = Insertion<const_iterator, value_type>;
    using node_type = Node<left_type, right_type>;

    // Views.

    /// The map from left to right, and the map from right to left. Both see this map: nothing is copied.
    /// Complexity: constant. Exceptions: none. Invalidates: nothing; a view lives as long as the map stays
    /// where it is.
    left_view left() noexcept { return left_view(core()); }
    const_left_view left() const noexcept { return const_left_view(core()); }
    right_view right() noexcept { return right_view(core()); }
    const_right_view right() const noexcept { return const_right_view(core()); }

    /// As left().begin() and left().end().
    iterator begin() const noexcept { return left().begin(); }
    iterator end() const noexcept { return left().end(); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }

    /// As left().rbegin() and left().rend(), where the left keeps an order.
    auto rbegin() const noexcept
        requires left_keeps_order
    {
        return left().rbegin();
    }
    auto rend() const noexcept
        requires left_keeps_order
    {
        return left().rend();
    }
    auto crbegin() const noexcept
        requires left_keeps_order
    {
        return rbegin();
    }
    auto crend() const noexcept
        requires left_keeps_order
    {
        return rend();
    }

    // Capacity.

    /// The number of pairs.
    size_type size() const noexcept { return core().size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

    /// The most pairs there can be, by the width of an index and by what the allocator gives at once: past it
    /// an insertion throws std::length_error.
    size_type max_size() const noexcept { return core().max_size(); }

    /// How many pairs fit before a hashed side or the store must grow. As long as there are fewer, the store
    /// has room besides for a pair that takes the place of another, or is made to be refused.
    size_type capacity() const noexcept { return core().capacity(); }

    allocator_type get_allocator() const noexcept { return core().allocator(); }

    /// Makes room for n pairs.
    /// Effects: until there are more than n, insertion into a map from which nothing was erased since
    /// allocates nothing, but for what the pairs themselves allocate, what a side takes for one key more
    /// while a pair is being replaced, and what an insertion of many pairs notes until its end. Complexity:
    /// linear in n; of many calls that each ask for a little more, together linear in the last n.
    /// Exceptions: std::length_error if n > max_size(), or if a side needs more at once than the allocator
    /// ever gives; the allocator's and the hashers'; the content stays as it was. Invalidates: nothing.
    void reserve(size_type n)
        requires is_mutable
    {
        core().reserve(n);
    }

    /// Returns memory that the content does not need: all of it if the map is empty.
    /// Effects: pairs stay where they are, so that a pair in a high slot keeps its block.
    /// Complexity: linear in the capacity. Exceptions: the allocator's and the hashers'; the content stays as
    /// it was. Invalidates: nothing.
    void shrink_to_fit()
        requires is_mutable
    {
        core().shrink_to_fit();
    }

    /// Erases every pair and keeps the memory; shrink_to_fit() returns it.
    /// Complexity: linear in the capacity. Exceptions: none. Invalidates: all iterators and references.
    void clear() noexcept
        requires is_mutable
    {
        core().clear();
    }

    // Insertion. The policy says what happens where a side is already paired: the new pair gives way
    // (refuse), or the old one does (replace). `insert`, `assign_left`, `assign_right` and `force` name the
    // four of them.

    /// Inserts a pair under a policy. Takes any arguments that convert to the two sides.
    /// Effects: if exactly this pair is there, or it is refused, nothing changes, and an argument that
    /// already has the type of its side is not touched. Arguments may refer into the map. Returns: whether it
    /// was inserted, the position of the pair or of the one in the way (of the left one if both sides
    /// refuse), and the pairs that were evicted, moved out of the map. Complexity: constant on average for a
    /// hashed side, logarithmic for an ordered one. Exceptions: strong, whatever throws: allocator, hasher,
    /// equality, comparator, making the pair; but where a pair can only be moved, and moving it may throw,
    /// basic: if moving an evicted pair out throws, the new one is in the map and the evicted one is lost.
    /// (Memory may have grown.) std::length_error if there are max_size() pairs. Invalidates: iterators and
    /// references to the evicted pairs.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type insert(Policy policy, L&& left, R&& right) {
        return put(policy, std::forward<L>(left), std::forward<R>(right));
    }
    /// The same for a pair. (A template, so that `{}` is no policy.)
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, const value_type& pair) {
        return put(policy, pair.first, pair.second);
    }
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, value_type&& pair) {
        return put(policy, std::move(pair.first), std::move(pair.second));
    }

    /// Inserts a pair unless either side is already paired. As `insert` under policy::insert, which evicts
    /// nothing.
    template <class L = left_type, class R = right_type>
        requires is_mutable && SidesOfOnePair<L, R, left_type, right_type>
    insertion_type insert(L&& left, R&& right) {
        return core().template put_what_meets_nothing<S>(detail::as<left_type>(std::forward<L>(left)),
                                                         detail::as<right_type>(std::forward<R>(right)));
    }
    insertion_type insert(const value_type& pair)
        requires is_mutable
    {
        return core().template put_what_meets_nothing<S>(pair.first, pair.second);
    }
    insertion_type insert(value_type&& pair)
        requires is_mutable
    {
        return core().template put_what_meets_nothing<S>(std::move(pair.first), std::move(pair.second));
    }

    /// The same for those who insert at a position, as std::inserter does; it is not used. Returns: the
    /// position of the pair, or of the one in the way.
    template <std::same_as<const_iterator> It>
        requires is_mutable
    iterator insert(It, const value_type& pair) {
        return insert(pair).position;
    }
    template <std::same_as<const_iterator> It>
        requires is_mutable
    iterator insert(It, value_type&& pair) {
        return insert(std::move(pair)).position;
    }

    /// Inserts a pair in the place of the one with this left, unless its right is already paired.
    /// As `insert` under policy::assign_left.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type assign_left(L&& left, R&& right) {
        return put(policy::assign_left, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts a pair in the place of the one with this right, unless its left is already paired.
    /// As `insert` under policy::assign_right.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type assign_right(L&& left, R&& right) {
        return put(policy::assign_right, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts a pair in the place of those with this left and with this right.
    /// As `insert` under policy::force; in the cross case, where these are two pairs, both are evicted. Never
    /// refuses: if nothing is inserted, the pair was already there.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type force(L&& left, R&& right) {
        return put(policy::force, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts the pair whose sides are made from one argument each, or from a tuple of arguments each.
    /// As `insert`; but the pair is made before it is looked up, so that arguments are used up even if it is
    /// refused.
    template <class L, class R>
        requires is_mutable && std::constructible_from<left_type, L> && std::constructible_from<right_type, R>
    insertion_type emplace(Policy policy, L&& left, R&& right) {
        return core().template emplace<S>(policy, std::forward_as_tuple(std::forward<L>(left)),
                                          std::forward_as_tuple(std::forward<R>(right)));
    }
    template <class... L, class... R>
        requires is_mutable
    insertion_type emplace(Policy policy, std::piecewise_construct_t, std::tuple<L...> left,
                           std::tuple<R...> right) {
        return core().template emplace<S>(policy, std::move(left), std::move(right));
    }
    template <class L, class R>
        requires is_mutable && std::constructible_from<left_type, L> && std::constructible_from<right_type, R>
    insertion_type emplace(L&& left, R&& right) {
        return emplace(policy::insert, std::forward<L>(left), std::forward<R>(right));
    }
    template <class... L, class... R>
        requires is_mutable
    insertion_type emplace(std::piecewise_construct_t, std::tuple<L...> left, std::tuple<R...> right) {
        return emplace(policy::insert, std::piecewise_construct, std::move(left), std::move(right));
    }

    // Insertion of many pairs.

    /// Inserts each pair of a range in turn under a policy, or, if anything throws, none of them. An element
    /// is anything with a first and a second that convert to the two sides, or that converts to a pair; an
    /// explicit conversion will do.
    /// Preconditions: the range does not look into this map. Effects: as those of `insert`, one after the
    /// other. Evicted pairs go to the sink, as rvalues, when all are inserted; until then they keep their
    /// memory, and each insertion is noted, but for those into an empty map without a sink. An empty map
    /// first makes room for as many pairs as there are elements, if the range tells how many, even if
    /// most are refused then. Returns: how many were inserted, refused and evicted. Complexity: that of as
    /// many calls of `insert`. Exceptions: strong, in content and order, whatever throws; but if the sink
    /// throws, the insertions stand. (Memory may have grown.) Invalidates: iterators and references to the
    /// evicted pairs.
    template <class Range, class Sink = NoSink>
        requires is_mutable && RangeOfPairs<Range, left_type, right_type> && std::invocable<Sink&, value_type>
    BulkInsertion insert_range(Policy policy, Range&& range, Sink sink = {}) {
        return core().template put_range<S>(policy, range, std::move(sink));
    }
    template <class Range>
        requires is_mutable && RangeOfPairs<Range, left_type, right_type>
    BulkInsertion insert_range(Range&& range) {
        return insert_range(policy::insert, std::forward<Range>(range));
    }

    /// As `insert_range` under policy::insert. Two iterators whose elements are pairs are the ends of a
    /// range, even where they convert to the two sides, but not where they have the sides' very types.
    template <class It, class End>
        requires is_mutable && EndsOfPairs<It, End, left_type, right_type>
    BulkInsertion insert(It first, End last) {
        return core().template put_all<S>(policy::insert, std::move(first), std::move(last), NoSink());
    }
    BulkInsertion insert(std::initializer_list<value_type> pairs)
        requires is_mutable
    {
        return core().template put_all<S>(policy::insert, pairs.begin(), pairs.end(), NoSink());
    }

    /// Moves here each pair of another map that the policy does not refuse; the others stay there. The other
    /// has the same pairs and allocator; its sides may be of other kinds.
    /// Preconditions: the other is not part of a pair of this one. Effects: none if it is this map. Where a
    /// side of the other keeps the order of insertion, the pairs come in that order: if both do, in the left
    /// one's. Returns: as insert_range. Complexity: that of as many calls of `insert` and `erase`.
    /// Exceptions: basic; each pair is in one of the two maps, and those before the failure have moved; but
    /// where a pair can only be moved, and moving it may throw, the pair that moves may be lost. Invalidates:
    /// iterators and references to the pairs that move, and to the evicted.
    template <class Source>
        requires(is_mutable && merges_from<Source>)
    BulkInsertion merge(Policy policy, Source&& source) {
        return core().template merge<S>(turned<S>(policy), core_of(source));
    }
    template <class Source>
        requires(is_mutable && merges_from<Source>)
    BulkInsertion merge(Source&& source) {
        return merge(policy::insert, source);
    }

    // Pairs that leave, return and change.

    /// Takes the pair at a position out of the map.
    /// Preconditions: the position can be dereferenced. Returns: a node that owns the pair. Complexity:
    /// constant on average. Exceptions: strong; but where a pair can only be moved, and moving it may throw,
    /// basic: the pair may be lost. Invalidates: iterators and references to the pair.
    node_type extract(const_iterator position)
        requires is_mutable
    {
        return core().template extract<S>(core().pair_at(position));
    }

    /// Inserts the pair of a node. As `insert`; a refused node keeps its pair, and one that owns nothing is
    /// refused, with end() for a position.
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, node_type&& node) {
        return core().template put_node<S>(policy, node);
    }
    insertion_type insert(node_type&& node)
        requires is_mutable
    {
        return insert(policy::insert, std::move(node));
    }

    /// Gives the pair at a position another left, or another right, unless that is already paired. On every
    /// side the pair stays where it was in the order of insertion.
    /// Preconditions: the position can be dereferenced. Returns: the pair's new position, or that of the one
    /// in the way, which is the pair itself if it has this left already. Complexity: as `insert`.
    /// Exceptions: strong; but where a pair can only be moved, and moving it may throw, basic: the pair may
    /// be lost. Invalidates: iterators and references to the pair.
    template <class L = left_type>
        requires is_mutable && std::convertible_to<L, left_type>
    insertion_type replace_left(const_iterator position, L&& left) {
        return core().template replace<S>(core().pair_at(position),
                                          detail::as<left_type>(std::forward<L>(left)));
    }
    template <class R = right_type>
        requires is_mutable && std::convertible_to<R, right_type>
    insertion_type replace_right(const_iterator position, R&& right) {
        const auto done = core().template replace<opposite(S)>(
            core().pair_at(position), detail::as<right_type>(std::forward<R>(right)));
        return {left().project(done.position), done.inserted};
    }

    /// Erases the pair at a position, or the pairs in [first, last). As those of left().
    iterator erase(const_iterator position)
        requires is_mutable
    {
        return left().erase(position);
    }
    iterator erase(const_iterator first, const_iterator last)
        requires is_mutable
    {
        return left().erase(first, last);
    }

    /// Erases the pairs for which the predicate holds, in one pass from begin() to end(). It is called with a
    /// pair of references, left first, and must not change the map; take it as `const auto&`, for a `const
    /// value_type&` is made by copying both sides. Returns: how many were erased. Complexity: linear in the
    /// capacity. Exceptions: basic; if the predicate or a hasher throws, the pairs chosen before are erased.
    /// Invalidates: iterators and references to the erased pairs.
    template <class Predicate>
    friend size_type erase_if(Derived& map, Predicate predicate)
        requires is_mutable
    {
        return static_cast<Interface&>(map).core().template erase_if<S>(predicate);
    }

    /// Keeps the pairs for which the predicate holds, and erases the others. As erase_if.
    template <class Predicate>
    size_type retain(Predicate predicate)
        requires is_mutable
    {
        auto is_unwanted = [&](const auto& pair) { return !predicate(pair); };
        return core().template erase_if<S>(is_unwanted);
    }

    /// Whether both maps have the same pairs, in whatever order: each pair of the other is here, with its two
    /// sides paired with each other. The other may be an inverse, or a map of other sides or another
    /// allocator. Preconditions: both maps' function objects do the same. Complexity: linear on average; on
    /// an ordered side times the logarithm. Exceptions: those of the function objects.
    template <class OtherDerived, class OtherCore, Side T>
        requires std::same_as<typename Interface<OtherDerived, OtherCore, T>::value_type, value_type>
    bool operator==(const Interface<OtherDerived, OtherCore, T>& other) const {
        return has_the_pairs_of(other);
    }
    /// The same for two maps of one type, so that no template of a user's for any two things, or any two of a
    /// type, is preferred: this one is constrained.
    template <std::same_as<Derived> Map>
    friend bool operator==(const Map& one, const Map& other) {
        return static_cast<const Interface&>(one).has_the_pairs_of(other);
    }

    /// Shows the pairs where GoogleTest prints a map.
    friend void PrintTo(const Derived& map, std::ostream* out) { detail::print(map, *out); }

  protected:
    Interface() = default;
    ~Interface() = default;
    Interface(const Interface&) = default;
    Interface& operator=(const Interface&) = default;

  private:
    auto& core() noexcept { return static_cast<Derived&>(*this).core(); }
    auto& core() const noexcept { return static_cast<const Derived&>(*this).core(); }

    template <class OtherDerived, class OtherCore, Side T>
    bool has_the_pairs_of(const Interface<OtherDerived, OtherCore, T>& other) const {
        return size() == other.size() && core().template contains_all_of<S, T>(other.core());
    }

    template <class L, class R>
    insertion_type put(Policy policy, L&& left, R&& right) {
        return core().template put_as_seen<S>(policy, detail::as<left_type>(std::forward<L>(left)),
                                              detail::as<right_type>(std::forward<R>(right)));
    }
};

}  // namespace bimap::detail
