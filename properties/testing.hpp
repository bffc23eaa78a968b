// SPDX-License-Identifier: BSL-1.0
// Programs in GoogleTest: EXPECT_TRUE(holds("subject", "text of a Program")).
#pragma once

#include <gtest/gtest.h>

#include "properties/replay.hpp"

namespace bimap::properties {

/// Checks a Program, in a child process. A failure says what came of it and shows the Program.
/// An unknown subject, a malformed text and an Operation that the Subject does not offer are failures too.
inline testing::AssertionResult holds(std::string_view subject, std::string_view text) {
    const std::string objection = objection_to(subject, text);
    return objection.empty() ? testing::AssertionSuccess() : testing::AssertionFailure() << objection;
}

}  // namespace bimap::properties
