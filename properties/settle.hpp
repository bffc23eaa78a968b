// SPDX-License-Identifier: BSL-1.0
// The last step of minimizing: where the passes have come to rest, a small search for a simpler Program that
// they cannot reach, because it says something else altogether.
#pragma once

#include <functional>
#include <optional>

#include "properties/alphabet.hpp"

namespace bimap::properties {

/// Of a Program no longer than this the passes have tried to cut every run themselves.
inline constexpr std::size_t short_enough_for_every_run = 5;

/// Tries, in this order: without any run of Operations; a few pairs, their keys in any order, and a call like
/// the last one; two insertions, a key of the second any; with one Operation less and another one exchanged
/// for any; with one exchanged for any; and, where two Operations or fewer may do, every Program of so many.
/// "Any" is any Operation over the values, registers, counts and faults of the Program itself and a few more.
/// Of the simplest calls, a range of pairs among them, two are believed to be minimal, and three that all
/// insert; for another three, only every two are tried. Where the last Operation is the one that fails, that
/// one stays of its kind. Returns: the first simpler Program that fails, if there is one.
std::optional<Program> find_simpler(const Subject& subject, const Program& program,
                                    const std::function<bool(const Program&)>& fails, bool last_fails);

}  // namespace bimap::properties
