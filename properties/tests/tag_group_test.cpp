// SPDX-License-Identifier: BSL-1.0
// A group of tags matches exactly, on machines with vector instructions and on all others, and counts who
// passed it.
#include "bimap/detail/tag_group.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "properties/generate.hpp"

namespace {

using bimap::detail::Matches;
using bimap::detail::TagGroup;
using bimap::properties::Random;

std::vector<std::uint32_t> positions(Matches matches) {
    std::vector<std::uint32_t> all;
    for (; matches; matches.drop_first()) all.push_back(matches.first());
    return all;
}

/// Tags of few values, high ones among them, and counts that look like tags.
TagGroup drawn_group(Random& random) {
    TagGroup group{};
    for (std::uint8_t& tag : group.tag) tag = static_cast<std::uint8_t>(random.below(4) * 85);
    group.overflow = 0x5555'5555;
    return group;
}

TEST(TagGroup, MatchesExactlyTheTagsThatAreWanted) {
    Random random{1};
    for (int round = 0; round != 200; ++round) {
        const TagGroup group = drawn_group(random);
        for (std::uint32_t wanted = 0; wanted != 256; ++wanted) {
            std::vector<std::uint32_t> expected;
            for (std::uint32_t i = 0; i != TagGroup::width; ++i)
                if (group.tag[i] == wanted) expected.push_back(i);
            const auto tag = static_cast<std::uint8_t>(wanted);
            EXPECT_EQ(positions(group.match(tag)), expected);
            EXPECT_EQ(positions(match_portably(group, tag)), expected);
        }
    }
}

TEST(TagGroup, CountsThePassingOfEachTrackByItself) {
    TagGroup group{};
    const std::uint8_t one = TagGroup::tag_on(1);
    const std::uint8_t last = TagGroup::tag_on(TagGroup::tracks - 1);
    for (int i = 0; i != 3; ++i) group.count_passing(last);
    group.count_passing(one);
    EXPECT_EQ(group.passed(one), 1u);
    EXPECT_EQ(group.passed(last), 3u);
    EXPECT_FALSE(group.was_passed(TagGroup::tag_on(0)));
    group.forget_passing(one);
    EXPECT_FALSE(group.was_passed(one));
    EXPECT_TRUE(group.was_passed(last));
}

TEST(TagGroup, KeepsACountThatReachedItsLimit) {
    TagGroup group{};
    const std::uint8_t tag = TagGroup::tag_on(2);
    for (int i = 0; i != 20; ++i) group.count_passing(tag);
    EXPECT_TRUE(group.is_uncounted(tag));
    for (int i = 0; i != 20; ++i) group.forget_passing(tag);
    EXPECT_TRUE(group.was_passed(tag));
    EXPECT_FALSE(group.was_passed(TagGroup::tag_on(1)));
    EXPECT_FALSE(group.was_passed(TagGroup::tag_on(3)));
}

}  // namespace
