// SPDX-License-Identifier: BSL-1.0
// What can be inserted at once: ranges of pairs, or of what becomes one.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "bimap/detail/standard_library.hpp"
#include "bimap/policy.hpp"

namespace bimap::detail {

/// What has a first and a second of which the two sides are made.
template <class Element, class Left, class Right>
concept HasSides = requires(Element&& element) {
    requires std::constructible_from<Left, decltype((std::forward<Element>(element).first))>;
    requires std::constructible_from<Right, decltype((std::forward<Element>(element).second))>;
};

/// What a bulk insertion takes: the two sides, or what converts to a pair of them.
template <class Element, class Left, class Right>
concept Pairlike = HasSides<Element, Left, Right> || std::constructible_from<std::pair<Left, Right>, Element>;

template <class Range, class Left, class Right>
concept RangeOfPairs =
    std::ranges::input_range<Range> && Pairlike<std::ranges::range_reference_t<Range>, Left, Right>;

/// Whether two arguments are the ends of a range of pairs and not the two sides of one, which they might be
/// too: a pointer converts to bool, and anything to std::any. Where they have the very types of the sides,
/// they are the sides.
template <class It, class End, class Left, class Right>
concept EndsOfPairs = !(std::same_as<It, Left> && std::same_as<End, Right>) && std::input_iterator<It> &&
                      std::sentinel_for<End, It> && Pairlike<std::iter_reference_t<It>, Left, Right>;

/// Whether two arguments are the two sides of a pair, and neither the ends of a range nor a policy and a
/// pair.
template <class L, class R, class Left, class Right>
concept SidesOfOnePair = std::convertible_to<L, Left> && std::convertible_to<R, Right> &&
                         !EndsOfPairs<std::remove_cvref_t<L>, std::remove_cvref_t<R>, Left, Right> &&
                         (!std::same_as<std::remove_cvref_t<L>, Policy> || std::same_as<Left, Policy>);

}  // namespace bimap::detail
