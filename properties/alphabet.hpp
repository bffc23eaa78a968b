// SPDX-License-Identifier: BSL-1.0
// What Programs can be spelt with: every Operation over a few values, registers, counts and faults. It is
// what the enumeration and the minimizer try one after the other.
#pragma once

#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

struct Alphabet {
    Number values = 2;                ///< element numbers below this one
    std::size_t registers = 2;        ///< registers, from `a`
    bool references = false;          ///< whether arguments are passed in every way
    std::vector<Fault> faults{};      ///< tried on an Operation, besides none
    bool only_up_to_renaming = true;  ///< values and registers appear in the order of their first use
    bool only_up_to_order = true;     ///< neighbours that have no register in common stand in one order
    bool inverse = true;              ///< whether calls go through the inverse, too
    std::vector<Number> counts{};  ///< for what is no element but counts; besides the numbers below `values`
};

/// The first so many faults of each kind that can happen to the Subject.
std::vector<Fault> first_faults(const Subject& subject, std::size_t count);

/// Every Operation over the alphabet that the Subject offers, the simplest first; but no chain, which counts
/// as several.
std::vector<Operation> operations_over(const Alphabet& alphabet, const Subject& subject);

}  // namespace bimap::properties
