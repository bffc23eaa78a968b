// SPDX-License-Identifier: BSL-1.0
// The members that a BiMap and its inverse have in common, written once for both and mirrored by the
// compiler.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>

#include "bimap/detail/iterator.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/view.hpp"
#include "bimap/insertion.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

/// `Derived::core()` gives the core; S is the core's side that is called left here. Where `Core` is const,
/// there are no modifiers.
template <class Derived, class Core, Side S>
class Interface {
    static constexpr bool is_mutable = !std::is_const_v<Core>;

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

    // Capacity.

    /// The number of pairs.
    size_type size() const noexcept { return core().size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

    /// The most pairs there can be: past it an insertion throws std::length_error.
    size_type max_size() const noexcept { return core().max_size(); }

    /// How many pairs fit before a hashed side or the store must grow.
    size_type capacity() const noexcept { return core().capacity(); }

    allocator_type get_allocator() const noexcept { return core().allocator(); }

    /// Makes room for n pairs.
    /// Effects: until there are more than n, insertion into a map from which nothing was erased since
    /// allocates nothing, but for what the pairs themselves allocate and one slot while a pair is being
    /// replaced. Complexity: linear in n. Exceptions: std::length_error if n > max_size(); the allocator's
    /// and the hashers'; the content stays as it was. Invalidates: nothing.
    void reserve(size_type n)
        requires is_mutable
    {
        core().reserve(n);
    }

    /// Returns memory that the content does not need: all of it if the map is empty.
    /// Effects: pairs stay where they are, so that a pair in a high slot keeps its segment.
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

    // Insertion. All four of these take any arguments that convert to the two sides, and differ in one thing:
    // on which sides the new pair gives way (refuse), and on which the old one does (replace).

    /// Inserts a pair unless either side is already paired.
    /// Effects: if exactly this pair is there, or it is refused, nothing changes, and an argument that
    /// already has the type of its side is not touched. Arguments may refer into the map. Returns: whether it
    /// was inserted, the position of the pair or of the one in the way (of the left one if both sides
    /// refuse), and the pairs that were evicted, moved out of the map. Complexity: constant on average for a
    /// hashed side, logarithmic for an ordered one. Exceptions: strong, whatever throws: allocator, hasher,
    /// equality, comparator, making the pair. (Memory may have grown.) std::length_error if there are
    /// max_size() pairs. Invalidates: nothing.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type insert(L&& left, R&& right) {
        return put(policy::insert, std::forward<L>(left), std::forward<R>(right));
    }
    insertion_type insert(const value_type& pair)
        requires is_mutable
    {
        return put(policy::insert, pair.first, pair.second);
    }
    insertion_type insert(value_type&& pair)
        requires is_mutable
    {
        return put(policy::insert, std::move(pair.first), std::move(pair.second));
    }

    /// Inserts a pair in the place of the one with this left, unless its right is already paired.
    /// As `insert`, with these differences.
    /// Exceptions: strong; but where a pair can only be moved, and moving it may throw, basic: if moving the
    /// evicted pair out throws, the new one is in the map and the evicted one is lost. Invalidates: iterators
    /// and references to the evicted pair.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type assign_left(L&& left, R&& right) {
        return put(policy::assign_left, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts a pair in the place of the one with this right, unless its left is already paired.
    /// As `assign_left`, mirrored.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type assign_right(L&& left, R&& right) {
        return put(policy::assign_right, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts a pair in the place of those with this left and with this right.
    /// As `assign_left`; in the cross case, where these are two pairs, both are evicted. Never refuses: if
    /// nothing is inserted, the pair was already there.
    template <class L = left_type, class R = right_type>
        requires is_mutable && std::convertible_to<L, left_type> && std::convertible_to<R, right_type>
    insertion_type force(L&& left, R&& right) {
        return put(policy::force, std::forward<L>(left), std::forward<R>(right));
    }

    /// Inserts, under the policy of `insert`, the pair whose sides are made from one argument each.
    /// As `insert`; but the pair is made before it is looked up, so that arguments are used up even if it is
    /// refused.
    template <class L, class R>
        requires is_mutable && std::constructible_from<left_type, L> && std::constructible_from<right_type, R>
    insertion_type emplace(L&& left, R&& right) {
        return emplace(std::piecewise_construct, std::forward_as_tuple(std::forward<L>(left)),
                       std::forward_as_tuple(std::forward<R>(right)));
    }
    template <class... L, class... R>
        requires is_mutable
    insertion_type emplace(std::piecewise_construct_t, std::tuple<L...> left, std::tuple<R...> right) {
        if constexpr (S == Side::left) {
            return core().template emplace<S>(policy::insert, std::piecewise_construct, std::move(left),
                                              std::move(right));
        } else {
            return core().template emplace<S>(policy::insert, std::piecewise_construct, std::move(right),
                                              std::move(left));
        }
    }

    /// Inserts each pair of a range in turn, and skips those that are refused.
    /// Complexity: that of as many calls of `insert`. Exceptions: basic; the pairs before the one that failed
    /// are inserted. Invalidates: nothing.
    template <std::input_iterator It, std::sentinel_for<It> End>
        requires is_mutable && (!(std::convertible_to<It, left_type> && std::convertible_to<End, right_type>))
    void insert(It first, End last) {
        for (; first != last; ++first) insert_element(*first);
    }
    void insert(std::initializer_list<value_type> pairs)
        requires is_mutable
    {
        insert(pairs.begin(), pairs.end());
    }

    /// Erases the pairs for which the predicate holds, in one pass. It is called with a pair of references,
    /// left first, and must not change the map. Returns: how many were erased. Complexity: linear in the
    /// capacity. Exceptions: basic; if the predicate or a hasher throws, the pairs chosen before are erased.
    /// Invalidates: iterators and references to the erased pairs.
    template <class Predicate>
    friend size_type erase_if(Derived& map, Predicate predicate)
        requires is_mutable
    {
        return static_cast<Interface&>(map).core().template erase_if<S>(predicate);
    }

  protected:
    Interface() = default;
    ~Interface() = default;
    Interface(const Interface&) = default;
    Interface& operator=(const Interface&) = default;

  private:
    auto& core() noexcept { return static_cast<Derived&>(*this).core(); }
    auto& core() const noexcept { return static_cast<const Derived&>(*this).core(); }

    template <class L, class R>
    insertion_type put(Policy policy, L&& left, R&& right) {
        return put_converted(policy, as<left_type>(std::forward<L>(left)),
                             as<right_type>(std::forward<R>(right)));
    }

    /// Hands an argument through if it has the wanted type, and makes a value of that type otherwise.
    template <class T, class U>
    static decltype(auto) as(U&& u) {
        if constexpr (std::is_same_v<std::remove_cvref_t<U>, T>) {
            return std::forward<U>(u);
        } else {
            return static_cast<T>(std::forward<U>(u));
        }
    }

    template <class L, class R>
    insertion_type put_converted(Policy policy, L&& left, R&& right) {
        if constexpr (S == Side::left) {
            return core().template put<S>(policy, std::forward<L>(left), std::forward<R>(right));
        } else {
            return core().template put<S>(policy.mirrored(), std::forward<R>(right), std::forward<L>(left));
        }
    }

    template <class Element>
    void insert_element(Element&& element) {
        if constexpr (requires { element.first, element.second; }) {
            insert(std::forward<Element>(element).first, std::forward<Element>(element).second);
        } else {
            insert(static_cast<value_type>(std::forward<Element>(element)));
        }
    }
};

}  // namespace bimap::detail
