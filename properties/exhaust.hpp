// SPDX-License-Identifier: BSL-1.0
// Every Program, the simplest first: it proves how short a reproducer can be. (Small scope: Jackson and Damon
// 1996.)
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "properties/alphabet.hpp"
#include "properties/fingerprint.hpp"

namespace bimap::properties {

/// Calls `visit` for every Program of 1 to `longest` Operations in shortlex order, until it returns false.
/// One Operation of a Program has a fault at most. With `only_up_to_renaming`, one Program stands for all
/// that differ in the names of their values (each side's own) or registers; on an ordered side the names
/// carry meaning, and there all are visited. With `only_up_to_order`, a Program is left out where two
/// neighbours that have no register in common would be simpler the other way round. The simplest of those
/// that come to the same is never left out, but for one case: a range of pairs gives its numbers a meaning,
/// too, and yet what comes before it is named in the order of its use. Returns: how many were visited.
std::uint64_t exhaust(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<bool(const Program&)>& visit);

/// The same, but goes on only from Programs that end in a new way: what can be reached from the others can be
/// reached from simpler ones, unless the Subject hides a part of its state. `visit` is shown some Programs at
/// a time and returns the fingerprint of each; if it returns fewer, the search ends.
std::uint64_t explore(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<std::vector<Fingerprint>(std::span<const Program>)>& visit);

}  // namespace bimap::properties
