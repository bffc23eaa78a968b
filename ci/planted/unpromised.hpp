// SPDX-License-Identifier: BSL-1.0
// Planted faults: promises that no test is named for, which ci/check-promises must report.
#pragma once

namespace bimap {

/// Does nothing, and nobody checks it. Complexity: constant. Exceptions: none.
void idle() noexcept;

/// Its members have the names and the first sentences of others.
class Namesake {
  public:
    /// The number of pairs. Complexity: linear. Exceptions: none.
    int size() const noexcept;

    /// The number of pairs. Complexity: quadratic.
    int size(int) const;
};

}  // namespace bimap
