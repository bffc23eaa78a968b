// SPDX-License-Identifier: BSL-1.0
// What a bimap says: the answer of one call, and the look at its whole content. Plain data, in Numbers; the
// Model and a Subject both speak it, so that they can be compared.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "properties/operation.hpp"

namespace bimap::properties {

struct Pair {
    Number left = 0;
    Number right = 0;
    auto operator<=>(const Pair&) const = default;
};
using Pairs = std::vector<Pair>;

/// More pairs than any sound map of a Program shows.
inline constexpr std::size_t most_pairs = std::size_t{2} * number_limit;

/// Adds a pair, where there is room already: it allocates nothing. What comes beyond it is wrong anyway.
inline void note(Pairs& pairs, Pair pair) {
    if (pairs.size() < pairs.capacity()) pairs.push_back(pair);
}

constexpr Pair mirrored(Pair pair) { return {pair.right, pair.left}; }
constexpr Number key_of(const Pair& pair, Side side) { return side == Side::left ? pair.left : pair.right; }
constexpr Pair pair_of(Side side, Number key, Number partner) {
    return side == Side::left ? Pair{key, partner} : Pair{partner, key};
}
/// The pair that an insertion offers, in the map's own eyes.
constexpr Pair offered_pair(const Operation& operation) {
    const Pair seen{operation.numbers[0], operation.numbers[1]};
    return operation.inverse ? mirrored(seen) : seen;
}

/// In which order a side's iteration shows the pairs.
enum class Order : std::uint8_t {
    any,        //
    sorted,     ///< in the order of the elements
    sequenced,  ///< as they came
};
using Orders = std::array<Order, 2>;  ///< by side

/// Pairs of an insert_range or a force_range: consecutive lefts, and rights in another order (0-1, 1-0, 2-3,
/// …).
constexpr Pair nth_of_range(Number first, Number nth) {
    const Number left = (first + nth) % number_limit;
    return {left, left ^ 1U};
}

/// Pairs of an insert_chain or a force_chain: each has its left or, in turns, its right from the one before
/// (0-0, 0-1, 1-1, 1-2, …).
constexpr Pair nth_of_chain(Number first, Number nth) {
    return {(first + nth / 2) % number_limit, (first + (nth + 1) / 2) % number_limit};
}

/// Calls f for each pair that an insertion of a group offers, as they are written down.
constexpr void each_pair_of_range(const Operation& operation, auto&& f) {
    const auto nth_pair = inserts_a_chain(operation.verb) ? nth_of_chain : nth_of_range;
    for (Number nth = 0; nth < operation.numbers[1]; ++nth) f(nth_pair(operation.numbers[0], nth));
}

/// Calls f for each of the insertions that come to the same as that of a group.
constexpr void each_single_of_range(const Operation& group, auto&& f) {
    Operation single = group;
    single.verb = verb_of_each(group.verb);
    each_pair_of_range(group, [&](const Pair& pair) {
        single.numbers = {pair.left, pair.right};
        f(single);
    });
}

/// True where a key lies in the range of an erase_if, retain, erase_loop or filter; both ends belong to it.
constexpr bool in_range(const Operation& operation, Number key) {
    return operation.numbers[0] <= key && key <= operation.numbers[1];
}

/// The answer of one call. What is absent is not claimed, and then not compared.
struct Answer {
    enum class Ending : std::uint8_t {
        returned,
        absent,   ///< std::out_of_range
        faulted,  ///< the injected fault came out
        threw,    ///< something else came out
    };
    Ending ending = Ending::returned;
    std::string what{};               ///< with `threw`: what was thrown
    std::optional<Number> value{};    ///< inserted or not, how many, equal or not
    std::optional<Pairs> pairs{};     ///< evicted, erased or extracted, sorted
    std::optional<Pair> position{};   ///< where the returned iterator points; `end_position` at the end
    std::optional<Pair> next{};       ///< the pair that followed what was erased, just before
    std::optional<Number> visited{};  ///< how many pairs an erase-while-iterating loop met
    bool kept_arguments = true;       ///< a refused expiring argument is as it was
    bool kept_lvalues = true;         ///< what did not expire is as it was
    bool stored_given = true;         ///< what was inserted was made by this call
};
/// What no pair is, not even one whose elements were moved away.
inline constexpr Pair end_position{no_number - 1, no_number - 1};

/// A look at one register's whole content, by every path.
struct Look {
    /// What one face of the map (the map itself, or its inverse) shows; pairs are left-right in the map's own
    /// eyes.
    struct Face {
        std::array<Pairs, 2> order;  ///< by side: what that view's iteration visits
        std::array<std::vector<std::optional<Number>>, 2>
            found;                     ///< by side: the partner of each key below the alphabet
        std::array<bool, 2> walked;    ///< by side: whether there is a way to iterate
        std::array<bool, 2> searched;  ///< by side: whether there is a way to look keys up
        std::array<std::vector<const void*>, 2> places;  ///< by side: where that partner is
        std::optional<std::size_t> size;
        std::optional<bool> empty;
        std::array<std::optional<std::size_t>, 2> view_size;  ///< by side: what that view says it is
        std::array<std::optional<bool>, 2> view_empty;        //
    };
    bool turned = false;  ///< from the right to the left, and each end before its beginning
    Face direct;
    std::optional<Face> inverse;
    const char* violated_invariant = nullptr;  ///< of the map's own, the first that does not hold
    const char* contradiction = nullptr;       ///< the first two paths that do not show the same
    std::optional<Side> contradicted_on;       ///< the side of both, if they are of one
};

}  // namespace bimap::properties
