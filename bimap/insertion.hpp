// SPDX-License-Identifier: BSL-1.0
// What an insertion answers: where, whether, and which pairs had to go.
#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace bimap {

/// What an insertion answers. `auto [position, inserted] = …` takes the first two apart.
template <class Iterator, class Value>
struct Insertion {
    /// The new pair or, if it was refused, the pair in the way.
    Iterator position{};
    bool inserted = false;

    /// The pair that had the same left, and the one that had the same right, moved out of the map.
    std::optional<Value> evicted_left{};
    std::optional<Value> evicted_right{};

    explicit operator bool() const noexcept { return inserted; }

    std::size_t evicted_count() const noexcept {
        return static_cast<std::size_t>(evicted_left.has_value()) +
               static_cast<std::size_t>(evicted_right.has_value());
    }

    template <std::size_t I>
        requires(I < 2)
    friend constexpr auto get(const Insertion& insertion) noexcept {
        if constexpr (I == 0) {
            return insertion.position;
        } else {
            return insertion.inserted;
        }
    }
};

/// What the insertion of many pairs answers: how many went in, how many did not, and how many had to go.
struct BulkInsertion {
    std::size_t inserted = 0;
    std::size_t refused = 0;  ///< those that were already there are among them
    std::size_t evicted = 0;

    friend bool operator==(const BulkInsertion&, const BulkInsertion&) = default;
};

}  // namespace bimap

template <class Iterator, class Value>
struct std::tuple_size<bimap::Insertion<Iterator, Value>> : std::integral_constant<std::size_t, 2> {};
template <class Iterator, class Value>
struct std::tuple_element<0, bimap::Insertion<Iterator, Value>> : std::type_identity<Iterator> {};
template <class Iterator, class Value>
struct std::tuple_element<1, bimap::Insertion<Iterator, Value>> : std::type_identity<bool> {};

namespace bimap::detail {

/// Lets evicted pairs go.
struct NoSink {
    template <class Value>
    void operator()(Value&&) const noexcept {}
};

}  // namespace bimap::detail
