// SPDX-License-Identifier: BSL-1.0
// What is told on standard output and standard error.
#pragma once

#include <string>

namespace bimap::tool {

/// Says what went wrong, on standard error.
void complain(const std::string& what);

/// Whether all that was said has gone out; a full disk is heard of only here. Complains where it has not, but
/// for a listener who has gone: that one has heard enough.
bool is_told();

}  // namespace bimap::tool
