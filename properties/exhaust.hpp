// SPDX-License-Identifier: BSL-1.0
// Every Program, the simplest first: it proves how short a reproducer can be. (Small scope: Jackson and Damon
// 1996.)
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

/// What the enumerated Programs are made of.
struct Alphabet {
    Number values = 2;                ///< element numbers below this one
    std::size_t registers = 2;        ///< registers, from `a`
    bool references = false;          ///< whether arguments are passed in every way
    std::vector<Fault> faults;        ///< tried on every Operation, besides none
    bool only_up_to_renaming = true;  ///< values and registers appear in the order of their first use
};

/// Every Operation over the alphabet that the Subject offers, the simplest first.
std::vector<Operation> operations_over(const Alphabet& alphabet, const Subject& subject);

/// Calls `visit` for every Program of 1 to `longest` Operations in shortlex order, until it returns false.
/// With `only_up_to_renaming`, one Program stands for all that differ in the names of their values (each
/// side's own) or registers; on an ordered side the names carry meaning, and there all are visited. Returns:
/// how many were visited.
std::uint64_t exhaust(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<bool(const Program&)>& visit);

}  // namespace bimap::properties
