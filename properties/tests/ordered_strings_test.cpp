// SPDX-License-Identifier: BSL-1.0
// An ordered side of strings is in the order of std::string, whatever bytes they are made of and however they
// begin.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "bimap/bimap.hpp"
#include "properties/generate.hpp"

namespace {

using bimap::properties::Number;
using bimap::properties::Random;

/// Up to twelve bytes; many texts begin like others, or are others and a few bytes more.
std::string draw_text(Random& random) {
    constexpr std::string_view bytes{"\0\1a\x7F\x80\xFF", 6};
    std::string text(random.below(13), 'a');
    for (char& byte : text)
        if (random.one_in(3)) byte = bytes[random.below(bytes.size())];
    return text;
}

/// Expects that a view is, and finds, what a std::map does.
void expect_same(const auto& view, const std::map<std::string, int>& model, std::string_view text) {
    const std::string key{text};
    const auto key_of = [](const auto& range, auto position) {
        return position == range.end() ? "the end" : position->first;
    };
    ASSERT_EQ(key_of(view, view.find(text)), key_of(model, model.find(key)));
    ASSERT_EQ(key_of(view, view.lower_bound(text)), key_of(model, model.lower_bound(key)));
    ASSERT_EQ(key_of(view, view.upper_bound(text)), key_of(model, model.upper_bound(key)));
    ASSERT_EQ(view.count(text), model.count(key));
    ASSERT_TRUE(std::equal(view.begin(), view.end(), model.begin(), model.end(),
                           [](const auto& one, const auto& other) { return one.first == other.first; }));
}

TEST(OrderedStrings, AreWhereTheStandardMapHasThem) {
    using Ordered = bimap::ordered<>;
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        Random random{seed};
        bimap::BiMap<std::string, std::string, Ordered, Ordered> map;
        std::map<std::string, int> left;
        std::map<std::string, int> right;
        for (int step = 0; step != 700; ++step) {
            const std::string one = draw_text(random);
            const std::string other = draw_text(random);
            if (random.one_in(4)) {
                if (const auto at = map.left().find(one); at != map.left().end()) right.erase(at->second);
                left.erase(one);
                map.left().erase(one);
            } else if (map.insert(one, other).inserted) {
                left[one] = right[other] = step;
            }
            ASSERT_NO_FATAL_FAILURE(expect_same(map.left(), left, draw_text(random)));
            ASSERT_NO_FATAL_FAILURE(expect_same(map.right(), right, draw_text(random)));
        }
        EXPECT_EQ(violated_invariant(map), nullptr);
        EXPECT_GT(map.size(), 64u) << "so that the tree has nodes above its leaves";
    }
}

TEST(OrderedStrings, MayDescend) {
    bimap::BiMap<std::string, int, bimap::ordered<std::greater<>>> map;
    for (int i = 0; i != 100; ++i) map.insert(std::to_string(i * 37 % 100), i);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_TRUE(std::is_sorted(map.left().begin(), map.left().end(),
                               [](const auto& one, const auto& other) { return one.first > other.first; }));
}

TEST(OrderedStrings, AreNotWhatAPointerStandsFor) {
    constexpr char texts[3][2]{{'z'}, {'a'}, {'z'}};
    bimap::BiMap<const char*, int, bimap::ordered<>> map;
    for (int i = 0; i != 3; ++i) map.insert(texts[i], i);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_EQ(map.size(), 3u);
    EXPECT_EQ(map.left().front().second, 0);
}

}  // namespace
