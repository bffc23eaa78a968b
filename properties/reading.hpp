// SPDX-License-Identifier: BSL-1.0
// How what a bimap shows is read, in whatever style it shows it: the pair behind an iterator, the partner
// that a lookup found, whether an insertion inserted. It knows no adapter, and what it cannot read it says.
//
// A pair is anything with `left` and `right` (members or functions), with `first` and `second`, or like a
// std::tuple. `first` is the key of the side that is looked at, unless the types say that it is the other
// one.
//
// An iterator shows a pair, or it shows its own side's element and has `flip()` to the other side's iterator,
// or it has `key()` and `value()`.
#pragma once

#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

#include "properties/operation.hpp"

namespace bimap::properties::reading {

template <class Value, class As>
concept Shows = std::convertible_to<Value, const As&>;

template <class Value>
concept HasLeftRight = requires(Value&& v) {
    v.left;
    v.right;
};
template <class Value>
concept HasLeftRightCalls = requires(Value&& v) {
    v.left();
    v.right();
};
template <class Value>
concept HasFirstSecond = requires(Value&& v) {
    v.first;
    v.second;
};
template <class Value>
concept IsTuple = requires { requires std::tuple_size<std::remove_cvref_t<Value>>::value == 2; };

/// Calls f(one, other) with the two parts of whatever is like a pair, `left` or `first` first.
template <class Value, class F>
void split(Value&& value, F&& f) {
    if constexpr (HasLeftRightCalls<Value>)
        f(value.left(), value.right());
    else if constexpr (HasLeftRight<Value>)
        f(value.left, value.right);
    else if constexpr (HasFirstSecond<Value>)
        f(value.first, value.second);
    else
        f(std::get<0>(value), std::get<1>(value));
}

template <class Value>
concept Splits = HasLeftRightCalls<Value> || HasLeftRight<Value> || HasFirstSecond<Value> || IsTuple<Value>;

/// The type of a part of what splits.
template <class Value, bool second>
auto part_type() {
    if constexpr (HasLeftRightCalls<Value>) {
        if constexpr (second)
            return std::type_identity<decltype(std::declval<Value>().right())>{};
        else
            return std::type_identity<decltype(std::declval<Value>().left())>{};
    } else if constexpr (HasLeftRight<Value>) {
        if constexpr (second)
            return std::type_identity<decltype((std::declval<Value>().right))>{};
        else
            return std::type_identity<decltype((std::declval<Value>().left))>{};
    } else if constexpr (HasFirstSecond<Value>) {
        if constexpr (second)
            return std::type_identity<decltype((std::declval<Value>().second))>{};
        else
            return std::type_identity<decltype((std::declval<Value>().first))>{};
    } else {
        return std::type_identity<decltype(std::get<second ? 1 : 0>(std::declval<Value>()))>{};
    }
}
template <class Value, bool second>
using Part = typename decltype(part_type<Value, second>())::type;

/// Whether the parts of a pair stand as the side that is looked at has them, or the other way round.
enum class Standing : std::uint8_t { unreadable, own_first, own_second };

template <Side side, class Key, class Partner, class Value>
constexpr Standing standing_of() {
    if constexpr (!Splits<Value>) {
        return Standing::unreadable;
    } else {
        constexpr bool straight = Shows<Part<Value, false>, Key> && Shows<Part<Value, true>, Partner>;
        constexpr bool turned = Shows<Part<Value, false>, Partner> && Shows<Part<Value, true>, Key>;
        constexpr bool absolute = HasLeftRight<Value> || HasLeftRightCalls<Value>;
        if constexpr (turned && (!straight || (absolute && side == Side::right)))
            return Standing::own_second;
        else
            return straight ? Standing::own_first : Standing::unreadable;
    }
}

template <class Value, Side side, class Key, class Partner>
concept ShowsPair = standing_of<side, Key, Partner, Value>() != Standing::unreadable;

/// Calls f(key, partner), as the side sees the pair.
template <Side side, class Key, class Partner, class Value, class F>
void read_pair(Value&& value, F&& f) {
    split(value, [&](const auto& one, const auto& other) {
        if constexpr (standing_of<side, Key, Partner, Value>() == Standing::own_first)
            f(static_cast<const Key&>(one), static_cast<const Partner&>(other));
        else
            f(static_cast<const Key&>(other), static_cast<const Partner&>(one));
    });
}

template <class Iterator, Side side, class Key, class Partner>
concept PointsAtPair = requires(Iterator& it) {
    { *it } -> ShowsPair<side, Key, Partner>;
};
template <class Iterator, class Key, class Partner>
concept Flips = requires(Iterator& it) {
    { *it } -> Shows<Key>;
    { *it.flip() } -> Shows<Partner>;
};
template <class Iterator, class Key, class Partner>
concept HasKeyAndValue = requires(Iterator& it) {
    { it.key() } -> Shows<Key>;
    { it.value() } -> Shows<Partner>;
};

template <class Iterator, Side side, class Key, class Partner>
concept ReadableIterator = PointsAtPair<Iterator, side, Key, Partner> || Flips<Iterator, Key, Partner> ||
                           HasKeyAndValue<Iterator, Key, Partner>;

/// Calls f(key, partner) with what the iterator shows. Precondition: it is not the end.
template <Side side, class Key, class Partner, class Iterator, class F>
void read_iterator(Iterator it, F&& f) {
    if constexpr (PointsAtPair<Iterator, side, Key, Partner>) {
        read_pair<side, Key, Partner>(*it, f);
    } else if constexpr (Flips<Iterator, Key, Partner>) {
        auto other = it.flip();
        f(static_cast<const Key&>(*it), static_cast<const Partner&>(*other));
    } else {
        f(static_cast<const Key&>(it.key()), static_cast<const Partner&>(it.value()));
    }
}

/// Whether what an iterator shows are the map's own elements, and not copies that go away.
template <Side side, class Key, class Partner, class Iterator>
constexpr bool shows_own_elements() {
    if constexpr (PointsAtPair<Iterator, side, Key, Partner>) {
        using Shown = decltype(*std::declval<Iterator&>());
        return std::is_lvalue_reference_v<Part<Shown, false>> &&
               std::is_lvalue_reference_v<Part<Shown, true>>;
    } else if constexpr (Flips<Iterator, Key, Partner>) {
        return std::is_lvalue_reference_v<decltype(*std::declval<Iterator&>())> &&
               std::is_lvalue_reference_v<decltype(*std::declval<Iterator&>().flip())>;
    } else {
        return std::is_lvalue_reference_v<decltype(std::declval<Iterator&>().key())> &&
               std::is_lvalue_reference_v<decltype(std::declval<Iterator&>().value())>;
    }
}

/// A pointer, smart pointer or optional: true where it holds something.
template <class T>
concept Holder = !std::integral<std::remove_cvref_t<T>> && requires(T&& t) {
    static_cast<bool>(t);
    *t;
};
/// std::pair<iterator, bool>, and what is like it.
template <class T>
concept SaysInsertedSecond = requires(const T& t) {
    t.first;
    requires std::same_as<std::remove_cvref_t<decltype(t.second)>, bool>;
};

}  // namespace bimap::properties::reading
