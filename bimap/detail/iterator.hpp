// SPDX-License-Identifier: BSL-1.0
// The iterator of a view: a pair's number and the map in which it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "bimap/detail/precondition.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// A pair of keys that the language may be told what it has in common with a pair of references.
template <class Key, class Mapped>
struct Entry : std::pair<Key, Mapped> {
    using Pair = std::pair<Key, Mapped>;
    using Pair::Pair;

    constexpr Entry(const Pair& pair)
        requires std::copy_constructible<Pair>
        : Pair(pair) {}
    constexpr Entry(Pair&& pair) : Pair(std::move(pair)) {}
};

/// What an iterator's `*` looks at, as a value of its own: a pair, where the standard library knows what that
/// has in common with a pair of references, as one of C++23 does.
template <class Key, class Mapped>
using EntryFor = std::conditional_t<requires {
    typename std::common_reference_t<std::pair<const Key&, const Mapped&>&&, std::pair<Key, Mapped>&>;
}, std::pair<Key, Mapped>, Entry<Key, Mapped>>;

/// What an iterator's `->` returns, where `*` returns a value.
template <class Reference>
class Arrow {
  public:
    constexpr explicit Arrow(const Reference& target) noexcept : target_(target) {}
    constexpr const Reference* operator->() const noexcept { return std::addressof(target_); }

  private:
    Reference target_;
};

template <class Core, Side S>
class Iterator {
    using Key = typename Core::template Key<S>;
    using Mapped = typename Core::template Key<opposite(S)>;
    static constexpr bool keeps_order = Core::template Index<S>::keeps_order;

  public:
    using value_type = EntryFor<Key, Mapped>;
    using reference = std::pair<const Key&, const Mapped&>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept =
        std::conditional_t<keeps_order, std::bidirectional_iterator_tag, std::forward_iterator_tag>;

    /// More than the old requirements allow where `*` returns a value, and what std::prev and
    /// std::reverse_iterator need; nobody can be hurt, for the two references outlive the iterator.
    using iterator_category = iterator_concept;

    using pointer = Arrow<reference>;

    Iterator() = default;

    reference operator*() const noexcept {
        BIMAP_PRECONDITION(is_at_a_pair());
        return core_->template entry<S>(pair_);
    }
    pointer operator->() const noexcept { return pointer(**this); }

    Iterator& operator++() noexcept {
        BIMAP_PRECONDITION(is_at_a_pair());
        pair_ = core_->template next<S>(pair_, hint_);
        return *this;
    }

    Iterator operator++(int) noexcept {
        Iterator before = *this;
        ++*this;
        return before;
    }

    Iterator& operator--() noexcept
        requires keeps_order
    {
        BIMAP_PRECONDITION(is_behind_a_pair());
        pair_ = core_->template previous<S>(pair_);
        return *this;
    }

    Iterator operator--(int) noexcept
        requires keeps_order
    {
        Iterator before = *this;
        --*this;
        return before;
    }

    friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.pair_ == b.pair_; }

  private:
    friend Core;

    Iterator(const Core* core, std::uint32_t pair) noexcept : core_(core), pair_(pair) {}

    bool is_at_a_pair() const noexcept { return core_ != nullptr && core_->has_a_pair_at(*this); }
    bool is_behind_a_pair() const noexcept {
        if (core_ == nullptr || pair_ == core_->template first<S>()) return false;
        return pair_ == none || is_at_a_pair();
    }

    const Core* core_ = nullptr;
    std::uint32_t pair_ = none;
    std::uint32_t hint_ = 0;  // the index's own; it may be out of date
};

}  // namespace bimap::detail

/// An entry is a pair to those who take pairs apart, such as std::views::keys.
template <class Key, class Mapped>
struct std::tuple_size<bimap::detail::Entry<Key, Mapped>> : std::tuple_size<std::pair<Key, Mapped>> {};

template <std::size_t i, class Key, class Mapped>
struct std::tuple_element<i, bimap::detail::Entry<Key, Mapped>>
    : std::tuple_element<i, std::pair<Key, Mapped>> {};

/// An entry and what `*` returns have the pair of references in common.
template <class K, class V, template <class> class Q, template <class> class R>
struct std::basic_common_reference<bimap::detail::Entry<K, V>, std::pair<const K&, const V&>, Q, R> {
    using type = std::pair<const K&, const V&>;
};

template <class K, class V, template <class> class Q, template <class> class R>
struct std::basic_common_reference<std::pair<const K&, const V&>, bimap::detail::Entry<K, V>, Q, R> {
    using type = std::pair<const K&, const V&>;
};
