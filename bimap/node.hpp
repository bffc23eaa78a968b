// SPDX-License-Identifier: BSL-1.0
// A pair that was taken out of a map, on its way into another one.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "bimap/detail/standard_library.hpp"

namespace bimap {

/// Owns a pair, or nothing. The pair was moved out of the map (or copied, where moving it might throw), so
/// that references into the map do not survive; both sides may be changed while it is here.
template <class Left, class Right>
class Node {
  public:
    using left_type = Left;
    using right_type = Right;
    using value_type = std::pair<Left, Right>;

    /// Owns nothing.
    Node() = default;
    explicit Node(value_type pair) : pair_(std::move(pair)) {}

    /// Takes over the pair of another node, which then owns nothing. Exceptions: those of moving the pair.
    Node(Node&& other) noexcept(std::is_nothrow_move_constructible_v<value_type>)
        : pair_(std::move(other.pair_)) {
        other.reset();
    }
    /// As the constructor; what this node owned is destroyed, and the other node may be part of it.
    /// Exceptions: those of moving the pair, which may then be lost; this node owns nothing, or what it did.
    Node& operator=(Node&& other) noexcept(std::is_nothrow_move_constructible_v<value_type>) {
        if (this == std::addressof(other)) return *this;
        Node taken(std::move(other));
        reset();
        if (taken.pair_.has_value()) pair_.emplace(std::move(*taken.pair_));
        return *this;
    }

    [[nodiscard]] bool empty() const noexcept { return !pair_.has_value(); }
    explicit operator bool() const noexcept { return !empty(); }

    /// The sides of the pair, and the pair itself. Preconditions: owns one. Exceptions: none.
    Left& left() noexcept { return pair_->first; }
    const Left& left() const noexcept { return pair_->first; }
    Right& right() noexcept { return pair_->second; }
    const Right& right() const noexcept { return pair_->second; }
    value_type& pair() noexcept { return *pair_; }
    const value_type& pair() const noexcept { return *pair_; }

    /// Destroys the pair, if there is one.
    void reset() noexcept { pair_.reset(); }

  private:
    std::optional<value_type> pair_;
};

}  // namespace bimap
