// SPDX-License-Identifier: BSL-1.0
// A planted fault: a function that promises what no test is named for, which ci/check-promises must report.
#pragma once

namespace bimap {

/// Does nothing, and nobody checks it. Complexity: constant. Exceptions: none.
void idle() noexcept;

}  // namespace bimap
