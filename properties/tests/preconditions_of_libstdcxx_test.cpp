// SPDX-License-Identifier: BSL-1.0
// Whoever asks for libstdc++'s own assertions has the preconditions of a map asked, too.
#undef BIMAP_ASSERTIONS
#ifndef _GLIBCXX_ASSERTIONS
#define _GLIBCXX_ASSERTIONS  // NOLINT(bugprone-reserved-identifier): it is theirs
#endif
#include <gtest/gtest.h>

#include "bimap/bimap.hpp"

namespace {

/// A key that nobody else has, so that this map is compiled here alone, with its assertions.
struct Key {
    int number = 0;
    auto operator<=>(const Key&) const = default;
};

TEST(AssertionsOfLibstdcxxDeathTest, AskThePreconditionsOfAMap) {
    const bimap::BiMap<Key, int, bimap::ordered<>> map{{{1}, 10}};
    EXPECT_EQ(map.begin()->second, 10);
    EXPECT_DEATH(*map.end(), "is_at_a_pair");
}

}  // namespace
