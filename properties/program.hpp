// SPDX-License-Identifier: BSL-1.0
// A sequence of Operations over a few registers: the test case that every engine makes and every function
// takes.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <vector>

#include "properties/operation.hpp"

namespace bimap::properties {

using Program = std::vector<Operation>;

/// How many calls it is. A chain counts as its pairs one by one: as a call of its own it would be a riddle
/// shorter than its solution.
inline std::size_t length_of(const Program& program) {
    std::size_t length = program.size();
    for (const Operation& operation : program)
        if (inserts_a_chain(operation.verb)) length += std::max<Number>(operation.numbers[1], 1) - 1;
    return length;
}

/// The order of simplicity (shortlex): shorter first, then lexicographically smaller.
inline std::strong_ordering simplicity(const Program& one, const Program& other) {
    if (const auto order = length_of(one) <=> length_of(other); order != 0) return order;
    return one <=> other;
}

inline bool simpler(const Program& one, const Program& other) { return simplicity(one, other) < 0; }

/// The Program without so many Operations from an index on. Precondition: there are so many.
inline Program without(Program program, std::size_t first, std::size_t count) {
    const auto begin = program.begin() + static_cast<std::ptrdiff_t>(first);
    program.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    return program;
}

/// One more than the greatest number that stands for an element: the alphabet that a look has to cover.
inline Number alphabet_of(const Program& program) {
    Number alphabet = 0;
    for (const Operation& operation : program)
        for (std::size_t i = 0; i < 2; ++i)
            if (holds_element(shape_of(operation.verb).slots[i]))
                alphabet = std::max(alphabet, operation.numbers[i] + 1);
    return alphabet;
}

}  // namespace bimap::properties
