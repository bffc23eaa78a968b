// SPDX-License-Identifier: BSL-1.0
// A Program as text against a Subject by its name: what a regression test asks. It knows no test framework.
#pragma once

#include <string>
#include <string_view>

namespace bimap::properties {

/// Checks a Program, in a child process. Returns: nothing if it holds; else what came of it, with the
/// Program. An unknown subject, a malformed text and an Operation that the Subject does not offer are
/// objections too.
std::string objection_to(std::string_view subject, std::string_view text);

}  // namespace bimap::properties
