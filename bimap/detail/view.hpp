// SPDX-License-Identifier: BSL-1.0
// A map from one side of a BiMap to the other. It owns nothing: copying it is copying a pointer.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

#include "bimap/detail/as.hpp"
#include "bimap/detail/iterator.hpp"
#include "bimap/detail/pairlike.hpp"
#include "bimap/detail/printing.hpp"
#include "bimap/detail/raise.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/stretch.hpp"
#include "bimap/insertion.hpp"
#include "bimap/limits.hpp"
#include "bimap/node.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

/// The names by which the standard's containers call what an index does its work with.
template <class Index>
struct FunctionTypes {
    using hasher = typename Index::hasher;
    using key_equal = typename Index::key_equal;
};

template <class Index>
    requires Index::is_sorted
struct FunctionTypes<Index> {
    using key_compare = typename Index::key_compare;
};

/// Constness is that of the map: `Core` is const in a view of a const map, and then there is no `erase`.
/// Every member function is const, as with std::span.
template <class Core, Side S>
class View : public FunctionTypes<typename Core::template Index<S>> {
    using Index = typename Core::template Index<S>;

    static constexpr bool keeps_order = Index::keeps_order;
    static constexpr bool is_sorted = Index::is_sorted;
    static constexpr bool is_hashed = requires { typename Index::hasher; };
    static constexpr bool is_sequenced = Core::template is_sequenced<S>;
    static constexpr bool is_mutable = !std::is_const_v<Core>;

    /// Whether a K is looked up as it is: it is no key and no position, and the function objects take it.
    template <class K>
    static constexpr bool accepts =
        !std::is_same_v<K, typename Core::template Key<S>> &&
        !std::is_convertible_v<const K&, Iterator<std::remove_const_t<Core>, S>> &&
        Index::template accepts<K>;

    /// Whether a K is looked up without making a key.
    template <class K>
    static constexpr bool takes = accepts<K> || std::is_same_v<K, typename Core::template Key<S>>;

    /// Whether a key is made of a K: implicitly, or by name where a K is looked up as it is.
    template <class K>
    static constexpr bool becomes_key =
        std::is_convertible_v<K, typename Core::template Key<S>> ||
        (accepts<std::remove_cvref_t<K>> && std::is_constructible_v<typename Core::template Key<S>, K>);

  public:
    using key_type = typename Core::template Key<S>;
    using mapped_type = typename Core::template Key<opposite(S)>;
    using value_type = std::pair<key_type, mapped_type>;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using iterator = Iterator<std::remove_const_t<Core>, S>;
    using const_iterator = iterator;
    using reference = typename iterator::reference;
    using const_reference = reference;
    using insertion_type = Insertion<iterator, value_type>;
    using node_type = Node<key_type, mapped_type>;
    using range_type = Stretch<iterator>;

    explicit View(Core& core) noexcept : core_(std::addressof(core)) {}

    /// A view of a map is a view of a const map.
    operator View<const Core, S>() const noexcept
        requires is_mutable
    {
        return View<const Core, S>(*core_);
    }

    /// The pairs: on an ordered side in ascending order, on an insertion-ordered one as they came, and in no
    /// particular order on a hashed side. Complexity: constant, but for a word for each 262,144 slots that
    /// may be looked at on a hashed side; on an ordered side logarithmic in the size. Exceptions: none.
    iterator begin() const noexcept { return core_->template at<S>(core_->template first<S>()); }
    iterator end() const noexcept { return core_->template at<S>(none); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }

    /// The pairs from the last to the first. Complexity: as `begin`. Exceptions: none.
    auto rbegin() const noexcept
        requires keeps_order
    {
        return std::reverse_iterator<iterator>(end());
    }
    auto rend() const noexcept
        requires keeps_order
    {
        return std::reverse_iterator<iterator>(begin());
    }
    auto crbegin() const noexcept
        requires keeps_order
    {
        return rbegin();
    }
    auto crend() const noexcept
        requires keeps_order
    {
        return rend();
    }

    /// The first and the last pair. Preconditions: not empty. Complexity: as `begin`. Exceptions: none.
    reference front() const noexcept
        requires keeps_order
    {
        return *begin();
    }
    reference back() const noexcept
        requires keeps_order
    {
        return *std::prev(end());
    }

    size_type size() const noexcept { return core_->size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

    /// As BiMap::max_size.
    size_type max_size() const noexcept { return core_->max_size(); }

    /// The position of the same pair in this view, given its position in either one; end() for end().
    /// Complexity: constant. Exceptions: none.
    template <Side Other>
    iterator project(const Iterator<std::remove_const_t<Core>, Other>& position) const noexcept {
        return core_->template at<S>(core_->number(position));
    }

    // Lookup. A key of another type is looked up as it is, where the side's hasher and equality, or its
    // comparator, are transparent: as those are that come with ordered sides and with hashed strings.
    // Elsewhere it is converted first, as an argument of a std::unordered_map is.
    //
    // Each has a twin for what is converted: at the call, where compilers warn if that changes its value.

    /// Finds the pair with this key.
    /// Returns: its position, or end(). Complexity: constant on average, linear at worst; on an ordered side
    /// logarithmic. Exceptions: those of the side's hasher and equality, or comparator.
    iterator find(const key_type& key) const { return find<key_type>(key); }
    template <class K>
        requires(takes<K>)
    iterator find(const K& key) const {
        return core_->template at<S>(core_->template find<S>(key));
    }

    /// As `find`.
    bool contains(const key_type& key) const { return contains<key_type>(key); }
    template <class K>
        requires(takes<K>)
    bool contains(const K& key) const {
        return find(key) != end();
    }

    /// As `find`. Returns: 1 or 0.
    size_type count(const key_type& key) const { return count<key_type>(key); }
    template <class K>
        requires(takes<K>)
    size_type count(const K& key) const {
        return contains(key) ? 1 : 0;
    }

    /// What this key is paired with.
    /// Complexity: as `find`. Exceptions: std::out_of_range if it is not paired; and as `find`.
    const mapped_type& at(const key_type& key) const { return at<key_type>(key); }
    template <class K>
        requires(takes<K>)
    const mapped_type& at(const K& key) const {
        const auto pair = core_->template find<S>(key);
        if (pair == none) raise<std::out_of_range>("bimap: no such key");
        return core_->template entry<S>(pair).second;
    }

    /// The pairs with this key: one or none.
    /// Preconditions: a comparator that takes a key of another type calls it equal to one of the keys at
    /// most, and puts it in the same order as them. Complexity and exceptions: as `find`.
    std::pair<iterator, iterator> equal_range(const key_type& key) const {
        return equal_range<key_type>(key);
    }
    template <class K>
        requires(takes<K>)
    std::pair<iterator, iterator> equal_range(const K& key) const {
        if constexpr (is_sorted) {
            const iterator first = lower_bound(key);
            const bool is_there = first != end() && !core_->template is_below<S>(key, core_->number(first));
            return {first, is_there ? std::next(first) : first};
        } else {
            const iterator first = find(key);
            return {first, first == end() ? first : std::next(first)};
        }
    }

    /// The first pair whose key is not below this one, or end().
    /// Preconditions: as `equal_range`. Complexity: logarithmic. Exceptions: those of the comparator.
    iterator lower_bound(const key_type& key) const
        requires is_sorted
    {
        return lower_bound<key_type>(key);
    }
    template <class K>
        requires(takes<K> && is_sorted)
    iterator lower_bound(const K& key) const {
        return core_->template at<S>(core_->template lower_bound<S>(key));
    }

    /// The first pair whose key is above this one, or end().
    /// Preconditions: as `equal_range`. Complexity: logarithmic. Exceptions: those of the comparator.
    iterator upper_bound(const key_type& key) const
        requires is_sorted
    {
        return upper_bound<key_type>(key);
    }
    template <class K>
        requires(takes<K> && is_sorted)
    iterator upper_bound(const K& key) const {
        return core_->template at<S>(core_->template upper_bound<S>(key));
    }

    /// The pairs whose keys are not below `from`, and below `to`: none if `to` is not above `from`.
    /// Preconditions: as `equal_range`. Complexity: logarithmic. Exceptions: those of the comparator.
    range_type range(const key_type& from, const key_type& to) const
        requires is_sorted
    {
        return range<key_type, key_type>(from, to);
    }
    template <class From, class To>
        requires(takes<From> && takes<To> && is_sorted)
    range_type range(const From& from, const To& to) const {
        const iterator first = lower_bound(from);
        const bool is_empty = first == end() || !core_->template is_above<S>(to, core_->number(first));
        return {first, is_empty ? first : lower_bound(to)};
    }

    // Change.

    /// Inserts a pair, its key first. As BiMap::insert; `position` is one of this view. The left of a policy,
    /// and of an answer, is the side of the key: on a map's right that is the map's right.
    template <class K = key_type, class M = mapped_type>
        requires is_mutable && std::convertible_to<K, key_type> && std::convertible_to<M, mapped_type>
    insertion_type insert(Policy policy, K&& key, M&& mapped) const {
        return core_->template put_as_seen<S>(policy, detail::as<key_type>(std::forward<K>(key)),
                                              detail::as<mapped_type>(std::forward<M>(mapped)));
    }
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, const value_type& pair) const {
        return insert(policy, pair.first, pair.second);
    }
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, value_type&& pair) const {
        return insert(policy, std::move(pair.first), std::move(pair.second));
    }

    /// Inserts a pair, its key first, unless either side is already paired. As BiMap::insert.
    template <class K = key_type, class M = mapped_type>
        requires is_mutable && SidesOfOnePair<K, M, key_type, mapped_type>
    insertion_type insert(K&& key, M&& mapped) const {
        return core_->template put_what_meets_nothing<S>(detail::as<key_type>(std::forward<K>(key)),
                                                         detail::as<mapped_type>(std::forward<M>(mapped)));
    }
    insertion_type insert(const value_type& pair) const
        requires is_mutable
    {
        return core_->template put_what_meets_nothing<S>(pair.first, pair.second);
    }
    insertion_type insert(value_type&& pair) const
        requires is_mutable
    {
        return core_->template put_what_meets_nothing<S>(std::move(pair.first), std::move(pair.second));
    }

    /// The same for those who insert at a position, which is not used. As BiMap::insert.
    template <std::same_as<const_iterator> It>
        requires is_mutable
    iterator insert(It, const value_type& pair) const {
        return insert(pair).position;
    }
    template <std::same_as<const_iterator> It>
        requires is_mutable
    iterator insert(It, value_type&& pair) const {
        return insert(std::move(pair)).position;
    }

    /// Inserts the pair whose key and whose other side are made from one argument each, or from a tuple of
    /// arguments each. As BiMap::emplace.
    template <class K, class M>
        requires is_mutable && std::constructible_from<key_type, K> && std::constructible_from<mapped_type, M>
    insertion_type emplace(Policy policy, K&& key, M&& mapped) const {
        return core_->template emplace<S>(policy, std::forward_as_tuple(std::forward<K>(key)),
                                          std::forward_as_tuple(std::forward<M>(mapped)));
    }
    template <class... K, class... M>
        requires is_mutable
    insertion_type emplace(Policy policy, std::piecewise_construct_t, std::tuple<K...> key,
                           std::tuple<M...> mapped) const {
        return core_->template emplace<S>(policy, std::move(key), std::move(mapped));
    }
    template <class K, class M>
        requires is_mutable && std::constructible_from<key_type, K> && std::constructible_from<mapped_type, M>
    insertion_type emplace(K&& key, M&& mapped) const {
        return emplace(policy::insert, std::forward<K>(key), std::forward<M>(mapped));
    }
    template <class... K, class... M>
        requires is_mutable
    insertion_type emplace(std::piecewise_construct_t, std::tuple<K...> key, std::tuple<M...> mapped) const {
        return emplace(policy::insert, std::piecewise_construct, std::move(key), std::move(mapped));
    }

    /// Inserts each pair of a range in turn, its key first. As BiMap::insert_range and its like.
    template <class Range, class Sink = NoSink>
        requires is_mutable && RangeOfPairs<Range, key_type, mapped_type> && std::invocable<Sink&, value_type>
    BulkInsertion insert_range(Policy policy, Range&& range, Sink sink = {}) const {
        return core_->template put_range<S>(policy, range, std::move(sink));
    }
    template <class Range>
        requires is_mutable && RangeOfPairs<Range, key_type, mapped_type>
    BulkInsertion insert_range(Range&& range) const {
        return insert_range(policy::insert, std::forward<Range>(range));
    }
    template <class It, class End>
        requires is_mutable && EndsOfPairs<It, End, key_type, mapped_type>
    BulkInsertion insert(It first, End last) const {
        return core_->template put_all<S>(policy::insert, std::move(first), std::move(last), NoSink());
    }
    BulkInsertion insert(std::initializer_list<value_type> pairs) const
        requires is_mutable
    {
        return core_->template put_all<S>(policy::insert, pairs.begin(), pairs.end(), NoSink());
    }

    /// Inserts the pair of a node of this view. As the map's `insert` of a node.
    template <std::same_as<Policy> P>
        requires is_mutable
    insertion_type insert(P policy, node_type&& node) const {
        return core_->template put_node<S>(policy, node);
    }
    insertion_type insert(node_type&& node) const
        requires is_mutable
    {
        return insert(policy::insert, std::move(node));
    }

    /// Finds the pair with this key, or else inserts one whose other side is made from the arguments.
    /// Effects: if the key is there and its side refuses, the arguments are not touched, and what is looked
    /// up as it is does not become a key; otherwise as BiMap::emplace under the policy. Returns: as
    /// BiMap::insert; `position` is one of this view, of the pair in the way if it is refused: one with
    /// another key, where that has what would have been made. Complexity, exceptions and invalidation: as
    /// BiMap::insert; a key of another type is looked for once more when it has become a key.
    template <std::same_as<Policy> P, class K = key_type, class... Args>
        requires(is_mutable && becomes_key<K>) && std::constructible_from<mapped_type, Args...>
    insertion_type try_emplace(P policy, K&& key, Args&&... args) const {
        if constexpr (accepts<std::remove_cvref_t<K>>) {
            if (policy.left == OnConflict::refuse) {
                if (const iterator there = find(key); there != end()) return {there};
            }
        }
        return core_->template try_emplace<S>(turned<S>(policy), detail::as<key_type>(std::forward<K>(key)),
                                              std::forward<Args>(args)...);
    }
    template <class K = key_type, class... Args>
        requires(is_mutable && becomes_key<K>) && std::constructible_from<mapped_type, Args...>
    insertion_type try_emplace(K&& key, Args&&... args) const {
        return try_emplace(policy::insert, std::forward<K>(key), std::forward<Args>(args)...);
    }

    /// Erases the pair with this key, which may be a reference into the map.
    /// Returns: how many pairs were erased. Complexity: as `find`, on both sides. Exceptions: strong; those
    /// of the hashers, equalities and comparators, and none if both sides are ordered but for this side's
    /// comparator. Invalidates: iterators and references to the erased pair.
    size_type erase(const key_type& key) const
        requires is_mutable
    {
        return erase<key_type>(key);
    }
    template <class K>
        requires(takes<K> && is_mutable)
    size_type erase(const K& key) const {
        return core_->template erase_key<S>(key);
    }

    /// Erases the pair at a position.
    /// Preconditions: position can be dereferenced. Returns: the position behind it. Complexity: constant on
    /// average. Exceptions: strong; those of the hashers, and none if both sides are ordered.
    /// Invalidates: iterators and references to the erased pair.
    iterator erase(const_iterator position) const
        requires is_mutable
    {
        return core_->template at<S>(core_->template erase_and_go_on<S>(core_->pair_at(position)));
    }

    /// Erases the pairs in [first, last).
    /// Returns: last. Complexity: linear in their number. Exceptions: basic; if a hasher throws, the pairs
    /// before that one are erased. Invalidates: iterators and references to the erased pairs.
    iterator erase(const_iterator first, const_iterator last) const
        requires is_mutable
    {
        while (first != last) first = erase(first);
        return first;
    }

    /// Takes the pair at a position, or the one with this key, out of the map. As BiMap::extract; for a key
    /// that is not there the node owns nothing. Its left is this view's key: so it returns through a view of
    /// this side, or through an inverse, and not through `insert` of a map that has the key on its right.
    node_type extract(const_iterator position) const
        requires is_mutable
    {
        return core_->template extract<S>(core_->pair_at(position));
    }
    node_type extract(const key_type& key) const
        requires is_mutable
    {
        return extract<key_type>(key);
    }
    template <class K>
        requires(takes<K> && is_mutable)
    node_type extract(const K& key) const {
        return core_->template extract_key<S>(key);
    }

    /// Puts a pair in front of all others, or behind them, in the order of this side alone.
    /// Preconditions: position can be dereferenced. Complexity: constant. Exceptions: none. Invalidates:
    /// nothing.
    void move_to_front(const_iterator position) const noexcept
        requires(is_mutable && is_sequenced)
    {
        core_->template move_behind<S>(none, core_->pair_at(position));
    }
    void move_to_back(const_iterator position) const noexcept
        requires(is_mutable && is_sequenced)
    {
        core_->template move_behind<S>(core_->template index<S>().last(), core_->pair_at(position));
    }

    /// As erase_if of a map; the predicate is called with the key first.
    template <class Predicate>
        requires is_mutable
    friend size_type erase_if(const View& view, Predicate predicate) {
        return view.core_->template erase_if<S>(predicate);
    }

    /// As BiMap::clear.
    void clear() const noexcept
        requires is_mutable
    {
        core_->clear();
    }

    /// The places for a pair in the side's table, full or empty.
    size_type bucket_count() const noexcept
        requires is_hashed
    {
        return core_->template index<S>().places();
    }

    /// How full the side's table is: size() / bucket_count(), and 0 where there is no table.
    float load_factor() const noexcept
        requires is_hashed
    {
        return empty() ? 0 : share(size(), bucket_count());
    }

    /// How full the side's table can be: an insertion that would make it fuller lets it grow. It cannot be
    /// set.
    static constexpr float max_load_factor() noexcept
        requires is_hashed
    {
        return Index::max_load_factor();
    }

    /// Shows the pairs where GoogleTest prints a view.
    friend void PrintTo(const View& view, std::ostream* out) { detail::print(view, *out); }

    /// Copies of the side's function objects.
    auto hash_function() const
        requires is_hashed
    {
        return core_->template index<S>().hash_function();
    }
    auto key_eq() const
        requires is_hashed
    {
        return core_->template index<S>().key_eq();
    }
    auto key_comp() const
        requires is_sorted
    {
        return core_->template index<S>().key_comp();
    }

  private:
    Core* core_;
};

}  // namespace bimap::detail

/// In the words of std::ranges, too, it is a view, and its iterators may outlive it.
template <class Core, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_view<bimap::detail::View<Core, S>> = true;

template <class Core, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_borrowed_range<bimap::detail::View<Core, S>> = true;
