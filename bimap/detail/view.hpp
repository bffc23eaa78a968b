// SPDX-License-Identifier: BSL-1.0
// A map from one side of a BiMap to the other. It owns nothing: copying it is copying a pointer.
#pragma once

#include <cstddef>
#include <iterator>
#include <ranges>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "bimap/detail/iterator.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// The names by which the standard's containers call what an index does its work with.
template <class Index>
struct FunctionTypes {
    using hasher = typename Index::hasher;
    using key_equal = typename Index::key_equal;
};

template <class Index>
    requires Index::is_ordered
struct FunctionTypes<Index> {
    using key_compare = typename Index::key_compare;
};

/// Constness is that of the map: `Core` is const in a view of a const map, and then there is no `erase`.
/// Every member function is const, as with std::span.
template <class Core, Side S>
class View : public FunctionTypes<typename Core::template Index<S>> {
    static constexpr bool is_ordered = Core::template Index<S>::is_ordered;
    static constexpr bool is_mutable = !std::is_const_v<Core>;

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

    explicit View(Core& core) noexcept : core_(&core) {}

    /// A view of a map is a view of a const map.
    operator View<const Core, S>() const noexcept
        requires is_mutable
    {
        return View<const Core, S>(*core_);
    }

    /// The pairs, in ascending order on an ordered side and in no particular one on a hashed side.
    /// Complexity: constant; on an ordered side logarithmic in the size. Exceptions: none.
    iterator begin() const noexcept { return core_->template at<S>(core_->template first<S>()); }
    iterator end() const noexcept { return core_->template at<S>(none); }
    const_iterator cbegin() const noexcept { return begin(); }
    const_iterator cend() const noexcept { return end(); }

    /// The pairs in descending order. Complexity: logarithmic. Exceptions: none.
    auto rbegin() const noexcept
        requires is_ordered
    {
        return std::reverse_iterator<iterator>(end());
    }
    auto rend() const noexcept
        requires is_ordered
    {
        return std::reverse_iterator<iterator>(begin());
    }

    size_type size() const noexcept { return core_->size(); }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

    /// Finds the pair with this key.
    /// Returns: its position, or end(). Complexity: constant on average, linear at worst; on an ordered side
    /// logarithmic. Exceptions: those of the side's hasher and equality, or comparator.
    iterator find(const key_type& key) const { return core_->template at<S>(core_->template find<S>(key)); }

    /// As `find`.
    bool contains(const key_type& key) const { return core_->template find<S>(key) != none; }

    /// As `find`. Returns: 1 or 0.
    size_type count(const key_type& key) const { return contains(key) ? 1 : 0; }

    /// What this key is paired with.
    /// Complexity: as `find`. Exceptions: std::out_of_range if it is not paired; and as `find`.
    const mapped_type& at(const key_type& key) const {
        const auto pair = core_->template find<S>(key);
        if (pair == none) throw std::out_of_range("bimap: no such key");
        return core_->template entry<S>(pair).second;
    }

    /// The pairs with this key: one or none.
    /// Complexity and exceptions: as `find`.
    std::pair<iterator, iterator> equal_range(const key_type& key) const {
        if constexpr (is_ordered) {
            const iterator first = lower_bound(key);
            return {first, contains_at(first, key) ? std::next(first) : first};
        } else {
            const iterator first = find(key);
            return {first, first == end() ? first : std::next(first)};
        }
    }

    /// The first pair whose key is not below this one, or end().
    /// Complexity: logarithmic. Exceptions: those of the comparator.
    iterator lower_bound(const key_type& key) const
        requires is_ordered
    {
        return core_->template at<S>(core_->template lower_bound<S>(key));
    }

    /// The first pair whose key is above this one, or end().
    /// Complexity: logarithmic. Exceptions: those of the comparator.
    iterator upper_bound(const key_type& key) const
        requires is_ordered
    {
        return core_->template at<S>(core_->template upper_bound<S>(key));
    }

    /// Erases the pair with this key, which may be a reference into the map.
    /// Returns: how many pairs were erased. Complexity: as `find`, on both sides. Exceptions: strong; those
    /// of the hashers, equalities and comparators, and none if both sides are ordered but for this side's
    /// comparator. Invalidates: iterators and references to the erased pair.
    size_type erase(const key_type& key) const
        requires is_mutable
    {
        return core_->template erase_key<S>(key);
    }

    /// Erases the pair at a position.
    /// Preconditions: position can be dereferenced. Returns: the position behind it. Complexity: constant on
    /// average. Exceptions: strong; those of the hashers, and none if both sides are ordered.
    /// Invalidates: iterators and references to the erased pair.
    iterator erase(const_iterator position) const
        requires is_mutable
    {
        return core_->template at<S>(core_->template erase<S>(core_->number(position)));
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

    /// As BiMap::clear.
    void clear() const noexcept
        requires is_mutable
    {
        core_->clear();
    }

    /// Copies of the side's function objects.
    auto hash_function() const
        requires(!is_ordered)
    {
        return core_->template index<S>().hash_function();
    }
    auto key_eq() const
        requires(!is_ordered)
    {
        return core_->template index<S>().key_eq();
    }
    auto key_comp() const
        requires is_ordered
    {
        return core_->template index<S>().key_comp();
    }

  private:
    bool contains_at(const iterator& position, const key_type& key) const
        requires is_ordered
    {
        return position != end() && !core_->template index<S>().key_comp()(key, position->first);
    }

    Core* core_;
};

}  // namespace bimap::detail

/// In the words of std::ranges, too, it is a view, and its iterators may outlive it.
template <class Core, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_view<bimap::detail::View<Core, S>> = true;

template <class Core, bimap::detail::Side S>
inline constexpr bool std::ranges::enable_borrowed_range<bimap::detail::View<Core, S>> = true;
