// SPDX-License-Identifier: BSL-1.0
// The conventions in which sound maps differ: which of them a map would have to declare, for a Program to
// hold on it.
#pragma once

#include <functional>
#include <string>

#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// What would have to stand among a Subject's promises, for a Program to hold that has failed so. `check`
/// judges a Program on a Subject. A leak is nobody's convention; and that callers have to see to something is
/// one only where a call that should not be made ends badly.
/// Returns: the first that is enough, as C++ has it; nothing, if none is.
std::string excusing_convention(const Subject& subject, const Program& program, const Verdict& failure,
                                const std::function<Verdict(const Subject&, const Program&)>& check);

}  // namespace bimap::properties
