// SPDX-License-Identifier: BSL-1.0
// The content of a frozen bimap, its views and their iterators; all of it works at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "bimap/detail/iterator.hpp"
#include "bimap/detail/printing.hpp"
#include "bimap/detail/raise.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/stretch.hpp"
#include "bimap/detail/transparent.hpp"

namespace bimap::detail {

/// Where two lefts, or two rights, are equal. Not constexpr, so that in a constant expression the call is an
/// error, and the compiler names the function.
[[noreturn]] inline void a_left_occurs_twice() {
    raise<std::invalid_argument>("bimap: a left occurs twice in a frozen bimap");
}
[[noreturn]] inline void a_right_occurs_twice() {
    raise<std::invalid_argument>("bimap: a right occurs twice in a frozen bimap");
}

/// What is looked up on a side: a key of it, what its comparator takes as it is, or what converts to a key.
template <class K, class Key, class Compare>
concept LookupKey = ComparesUnconverted<Compare, Key, K> || std::convertible_to<const K&, const Key&>;

/// The pairs in the order of the lefts, and the order of the rights as positions among them.
template <class Left, class Right, std::size_t N, class LeftCompare, class RightCompare>
class FrozenTable {
  public:
    using Pair = std::pair<Left, Right>;
    template <Side S>
    using Key = OnSide<S, Left, Right>;
    template <Side S>
    using Compare = OnSide<S, LeftCompare, RightCompare>;

    static constexpr std::size_t size = N;

    constexpr FrozenTable(std::array<Pair, N>&& pairs, const LeftCompare& left, const RightCompare& right)
        : FrozenTable(std::move(pairs), left, right, sorted<Side::left>(pairs, left),
                      std::make_index_sequence<N>()) {}

    template <Side S>
    constexpr const Compare<S>& compare() const noexcept {
        return one_of<S>(left_compare_, right_compare_);
    }

    /// The pair at a position in the order of side S.
    template <Side S>
    constexpr const Pair& pair(std::size_t position) const noexcept {
        if constexpr (S == Side::left) {
            return pairs_[position];
        } else {
            return pairs_[by_right_[position]];
        }
    }

    template <Side S>
    constexpr const Key<S>& key(std::size_t position) const noexcept {
        return on_side<S>(pair<S>(position));
    }

    /// The first position whose key is not below this one.
    template <Side S, class K>
    constexpr std::size_t lower_bound(const K& sought) const {
        return partition_point(
            [&](std::size_t position) -> bool { return compare<S>()(key<S>(position), sought); });
    }

    /// The first position whose key is above this one.
    template <Side S, class K>
    constexpr std::size_t upper_bound(const K& sought) const {
        return partition_point(
            [&](std::size_t position) -> bool { return !compare<S>()(sought, key<S>(position)); });
    }

    /// The position of this key, or N.
    template <Side S, class K>
    constexpr std::size_t find(const K& sought) const {
        const std::size_t position = lower_bound<S>(sought);
        return position != N && !compare<S>()(sought, key<S>(position)) ? position : N;
    }

  private:
    using Position = std::conditional_t<(N <= 0x100), std::uint8_t,
                                        std::conditional_t<(N <= 0x1'0000), std::uint16_t, std::uint32_t>>;
    using Order = std::array<Position, N>;

    template <std::size_t... I>
    constexpr FrozenTable(std::array<Pair, N>&& pairs, const LeftCompare& left, const RightCompare& right,
                          const Order& by_left, std::index_sequence<I...>)
        : left_compare_(left),
          right_compare_(right),
          pairs_{{std::move(pairs[by_left[I]])...}},
          by_right_(sorted<Side::right>(pairs_, right)) {
        static_cast<void>(pairs);
        static_cast<void>(by_left);
    }

    template <Side S>
    static constexpr Order sorted(const std::array<Pair, N>& pairs, const Compare<S>& compare) {
        const auto below = [&](Position a, Position b) -> bool {
            return compare(on_side<S>(pairs[a]), on_side<S>(pairs[b]));
        };
        Order order{};
        for (std::size_t i = 0; i != N; ++i) order[i] = static_cast<Position>(i);
        merge_sort(order, below);
        for (std::size_t i = 1; i < N; ++i) {
            if (below(order[i - 1], order[i])) continue;
            if constexpr (S == Side::left) {
                a_left_occurs_twice();
            } else {
                a_right_occurs_twice();
            }
        }
        return order;
    }

    /// From the bottom up. Few sorts compare less, and compilers count their steps.
    template <class Below>
    static constexpr void merge_sort(Order& order, Below below) {
        Order merged{};
        for (std::size_t run = 1; run < N; run *= 2) {
            for (std::size_t first = 0; first < N; first += 2 * run) {
                const std::size_t middle = first + run < N ? first + run : N;
                const std::size_t last = middle + run < N ? middle + run : N;
                std::size_t a = first;
                std::size_t b = middle;
                for (std::size_t to = first; to != last; ++to) {
                    const bool take_b = a == middle || (b != last && below(order[b], order[a]));
                    merged[to] = take_b ? order[b++] : order[a++];
                }
            }
            order = merged;
        }
    }

    /// The first position for which the predicate, which holds up to some position, does not hold.
    template <class Predicate>
    static constexpr std::size_t partition_point(Predicate holds) {
        std::size_t first = 0;
        for (std::size_t count = N; count != 0;) {
            const std::size_t half = count / 2;
            if (holds(first + half)) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        return first;
    }

    [[no_unique_address]] LeftCompare left_compare_;
    [[no_unique_address]] RightCompare right_compare_;
    std::array<Pair, N> pairs_;
    Order by_right_;
};

/// A position in the order of side S, and the table in which it is.
template <class Table, Side S>
class FrozenIterator {
    using Key = typename Table::template Key<S>;
    using Mapped = typename Table::template Key<opposite(S)>;

  public:
    using value_type = EntryFor<Key, Mapped>;
    using reference = std::pair<const Key&, const Mapped&>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::random_access_iterator_tag;

    /// More than the old requirements allow where `*` returns a value, as with the iterators of a BiMap.
    using iterator_category = iterator_concept;

    using pointer = Arrow<reference>;

    constexpr FrozenIterator() = default;
    constexpr FrozenIterator(const Table& table, std::size_t position) noexcept
        : table_(std::addressof(table)), position_(position) {}

    constexpr reference operator*() const noexcept {
        const auto& pair = table_->template pair<S>(position_);
        return {on_side<S>(pair), on_side<opposite(S)>(pair)};
    }
    constexpr pointer operator->() const noexcept { return pointer(**this); }
    constexpr reference operator[](difference_type n) const noexcept { return *(*this + n); }

    constexpr FrozenIterator& operator+=(difference_type n) noexcept {
        position_ += static_cast<std::size_t>(n);
        return *this;
    }
    constexpr FrozenIterator& operator-=(difference_type n) noexcept { return *this += -n; }
    constexpr FrozenIterator& operator++() noexcept { return *this += 1; }
    constexpr FrozenIterator& operator--() noexcept { return *this += -1; }

    constexpr FrozenIterator operator++(int) noexcept {
        const FrozenIterator before = *this;
        ++*this;
        return before;
    }
    constexpr FrozenIterator operator--(int) noexcept {
        const FrozenIterator before = *this;
        --*this;
        return before;
    }

    friend constexpr FrozenIterator operator+(FrozenIterator i, difference_type n) noexcept { return i += n; }
    friend constexpr FrozenIterator operator+(difference_type n, FrozenIterator i) noexcept { return i += n; }
    friend constexpr FrozenIterator operator-(FrozenIterator i, difference_type n) noexcept { return i -= n; }
    friend constexpr difference_type operator-(const FrozenIterator& a, const FrozenIterator& b) noexcept {
        return static_cast<difference_type>(a.position_) - static_cast<difference_type>(b.position_);
    }
    friend constexpr bool operator==(const FrozenIterator& a, const FrozenIterator& b) noexcept {
        return a.position_ == b.position_;
    }
    friend constexpr std::strong_ordering operator<=>(const FrozenIterator& a,
                                                      const FrozenIterator& b) noexcept {
        return a.position_ <=> b.position_;
    }

  private:
    const Table* table_ = nullptr;
    std::size_t position_ = 0;
};

/// A map from one side of a frozen bimap to the other. It owns nothing and is copied like a pointer.
///
/// A key is looked up as it is if the side's comparator is transparent and takes it, as std::less<> takes a
/// std::string_view where the keys are strings; otherwise it is converted to a key first.
template <class Table, Side S>
class FrozenView {
  public:
    using key_type = typename Table::template Key<S>;
    using mapped_type = typename Table::template Key<opposite(S)>;
    using value_type = std::pair<key_type, mapped_type>;
    using key_compare = typename Table::template Compare<S>;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using iterator = FrozenIterator<Table, S>;
    using const_iterator = iterator;
    using reference = typename iterator::reference;
    using const_reference = reference;

    constexpr explicit FrozenView(const Table& table) noexcept : table_(std::addressof(table)) {}

    /// The pairs, key first, in the order of this side's keys. Complexity: constant. Exceptions: none.
    constexpr iterator begin() const noexcept { return at_position(0); }
    constexpr iterator end() const noexcept { return at_position(size()); }
    constexpr const_iterator cbegin() const noexcept { return begin(); }
    constexpr const_iterator cend() const noexcept { return end(); }
    constexpr auto rbegin() const noexcept { return std::reverse_iterator<iterator>(end()); }
    constexpr auto rend() const noexcept { return std::reverse_iterator<iterator>(begin()); }
    constexpr auto crbegin() const noexcept { return rbegin(); }
    constexpr auto crend() const noexcept { return rend(); }

    /// The first and the last pair. Complexity: constant. Exceptions: none.
    constexpr reference front() const noexcept
        requires(Table::size != 0)
    {
        return *begin();
    }
    constexpr reference back() const noexcept
        requires(Table::size != 0)
    {
        return *(end() - 1);
    }

    /// The number of pairs. Complexity: constant. Exceptions: none.
    static constexpr size_type size() noexcept { return Table::size; }
    [[nodiscard]] static constexpr bool empty() noexcept { return size() == 0; }

    /// Finds the pair with this key.
    /// Returns: its position, or end(). Complexity: logarithmic. Exceptions: those of the comparator, and of
    /// converting the key where it must be converted.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr iterator find(const K& key) const {
        return at_position(table_->template find<S>(as_key(key)));
    }

    /// As `find`.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr bool contains(const K& key) const {
        return find(key) != end();
    }

    /// As `find`. Returns: 1 or 0.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr size_type count(const K& key) const {
        return contains(key) ? 1 : 0;
    }

    /// What this key is paired with.
    /// Complexity: logarithmic. Exceptions: std::out_of_range if it is not paired; and as `find`.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr const mapped_type& at(const K& key) const {
        const iterator found = find(key);
        if (found == end()) raise<std::out_of_range>("bimap: no such key");
        return (*found).second;
    }

    /// The first pair whose key is not below this one, or end(). Complexity and exceptions: as `find`.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr iterator lower_bound(const K& key) const {
        return at_position(table_->template lower_bound<S>(as_key(key)));
    }

    /// The first pair whose key is above this one, or end(). Complexity and exceptions: as `find`.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr iterator upper_bound(const K& key) const {
        return at_position(table_->template upper_bound<S>(as_key(key)));
    }

    /// The pairs whose keys are equivalent to this one: one or none, unless the comparator compares only a
    /// part of a key with it. Complexity and exceptions: as `find`.
    template <class K = key_type>
        requires LookupKey<K, key_type, key_compare>
    constexpr std::pair<iterator, iterator> equal_range(const K& key) const {
        return {lower_bound(key), upper_bound(key)};
    }

    /// The pairs whose keys are not below `from`, and below `to`: none if `to` is not above `from`.
    /// Complexity and exceptions: as `find`.
    template <class From = key_type, class To = key_type>
        requires LookupKey<From, key_type, key_compare> && LookupKey<To, key_type, key_compare>
    constexpr Stretch<iterator> range(const From& from, const To& to) const {
        const iterator first = lower_bound(from);
        return {first, std::max(first, lower_bound(to))};
    }

    /// The position of the same pair in this view, given its position in either one; end() for end().
    /// Preconditions: the position is one of this map. Complexity: logarithmic. Exceptions: those of the
    /// comparator.
    template <Side Other>
    constexpr iterator project(const FrozenIterator<Table, Other>& position) const {
        if constexpr (Other == S) {
            return position;
        } else {
            const FrozenView<Table, Other> other(*table_);
            return position == other.end() ? end() : find(position->second);
        }
    }

    /// A copy of the side's comparator.
    constexpr key_compare key_comp() const { return table_->template compare<S>(); }

    /// Shows the pairs where GoogleTest prints a view.
    friend void PrintTo(const FrozenView& view, std::ostream* out) { detail::print(view, *out); }

  private:
    constexpr iterator at_position(std::size_t position) const noexcept {
        return iterator(*table_, position);
    }

    /// Hands a key through if the comparator takes it, and makes one of the side's type otherwise.
    template <class K>
    static constexpr decltype(auto) as_key(const K& key) {
        if constexpr (std::same_as<K, key_type> || ComparesUnconverted<key_compare, key_type, K>) {
            return static_cast<AskedAbout<key_compare, key_type, K>>(key);
        } else {
            return static_cast<key_type>(key);
        }
    }

    const Table* table_;
};

/// The members that a frozen bimap and its inverse have in common. `Derived::table()` gives the table; S is
/// the table's side that is called left here.
template <class Derived, class Table, Side S>
class FrozenInterface {
  public:
    using left_type = typename Table::template Key<S>;
    using right_type = typename Table::template Key<opposite(S)>;
    using value_type = std::pair<left_type, right_type>;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;

    using left_view = FrozenView<Table, S>;
    using right_view = FrozenView<Table, opposite(S)>;
    using iterator = typename left_view::iterator;
    using const_iterator = iterator;
    using reference = typename iterator::reference;
    using const_reference = reference;

    /// The map from left to right, and the map from right to left. Both see this map: nothing is copied.
    /// Complexity: constant. Exceptions: none. A view lives as long as the map stays where it is.
    constexpr left_view left() const noexcept { return left_view(table()); }
    constexpr right_view right() const noexcept { return right_view(table()); }

    /// As left().begin() and left().end().
    constexpr iterator begin() const noexcept { return left().begin(); }
    constexpr iterator end() const noexcept { return left().end(); }
    constexpr const_iterator cbegin() const noexcept { return begin(); }
    constexpr const_iterator cend() const noexcept { return end(); }
    constexpr auto rbegin() const noexcept { return left().rbegin(); }
    constexpr auto rend() const noexcept { return left().rend(); }
    constexpr auto crbegin() const noexcept { return rbegin(); }
    constexpr auto crend() const noexcept { return rend(); }

    /// The number of pairs. Complexity: constant. Exceptions: none.
    static constexpr size_type size() noexcept { return Table::size; }
    static constexpr size_type max_size() noexcept { return Table::size; }
    [[nodiscard]] static constexpr bool empty() noexcept { return size() == 0; }

    /// Whether both have the same pairs: each of the other is here, with its two sides paired with each
    /// other. Preconditions: the comparators of both do the same. Complexity: n log n. Exceptions: those of
    /// the comparators.
    template <class OtherDerived, class OtherTable, Side T>
        requires std::same_as<typename FrozenInterface<OtherDerived, OtherTable, T>::value_type, value_type>
    constexpr bool operator==(const FrozenInterface<OtherDerived, OtherTable, T>& other) const {
        return has_the_pairs_of(other);
    }
    /// The same for two maps of one type, so that no template of a user's for any two things, or any two of a
    /// type, is preferred: this one is constrained.
    template <std::same_as<Derived> Map>
    friend constexpr bool operator==(const Map& one, const Map& other) {
        return static_cast<const FrozenInterface&>(one).has_the_pairs_of(other);
    }

    /// Shows the pairs where GoogleTest prints a map.
    friend void PrintTo(const Derived& map, std::ostream* out) { detail::print(map, *out); }

  protected:
    constexpr FrozenInterface() = default;
    constexpr ~FrozenInterface() = default;
    constexpr FrozenInterface(const FrozenInterface&) = default;
    constexpr FrozenInterface& operator=(const FrozenInterface&) = default;

  private:
    constexpr const Table& table() const noexcept { return static_cast<const Derived&>(*this).table(); }

    template <class OtherDerived, class OtherTable, Side T>
    constexpr bool has_the_pairs_of(const FrozenInterface<OtherDerived, OtherTable, T>& other) const {
        if (size() != other.size()) return false;
        for (const auto& [their_left, their_right] : other) {
            const auto by_left = left().find(their_left);
            const auto by_right = right().find(their_right);
            if (by_left == left().end() || by_right == right().end()) return false;
            if (std::addressof((*by_left).first) != std::addressof((*by_right).second)) return false;
        }
        return true;
    }
};

}  // namespace bimap::detail

/// In the words of std::ranges, too, it is a view, and its iterators may outlive it.
template <class Table, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_view<bimap::detail::FrozenView<Table, S>> = true;

template <class Table, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_borrowed_range<bimap::detail::FrozenView<Table, S>> = true;
