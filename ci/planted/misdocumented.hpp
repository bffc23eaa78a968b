// SPDX-License-Identifier: BSL-1.0
// A planted fault: a comment on a parameter that there is not, of which Doxygen must warn.
#pragma once

namespace bimap {

/// Twice a number.
/// @param nonesuch  the number
constexpr int twice(int number) { return 2 * number; }

}  // namespace bimap
