// SPDX-License-Identifier: BSL-1.0
// What an insertion answers: where, whether, and which pairs had to go.
#pragma once

#include <cstddef>
#include <optional>

namespace bimap {

/// What an insertion answers.
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
};

/// What the insertion of many pairs answers: how many went in, how many did not, and how many had to go.
struct BulkInsertion {
    std::size_t inserted = 0;
    std::size_t refused = 0;  ///< those that were already there are among them
    std::size_t evicted = 0;

    friend bool operator==(const BulkInsertion&, const BulkInsertion&) = default;
};

}  // namespace bimap

namespace bimap::detail {

/// Lets evicted pairs go.
struct NoSink {
    template <class Value>
    void operator()(Value&&) const noexcept {}
};

}  // namespace bimap::detail
