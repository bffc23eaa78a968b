// SPDX-License-Identifier: BSL-1.0
// What the tests of bimaps in styles of their own begin with.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/subjects/two_maps.hpp"
#include "properties/text.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties {

/// What is left of the first failure among some random programs; or nothing.
inline std::string first_failure(const Subject& subject, int programs = 300, Questions questions = {}) {
    Isolated check{subject, questions};
    Random random{1};
    for (; programs > 0; --programs) {
        const Program program = generate(random, subject, 24);
        const Verdict verdict = check(program);
        if (verdict.holds()) continue;
        const Reproducer minimum = minimize_failure(subject, program, verdict, std::ref(check));
        return describe(minimum.verdict, minimum.program) + '\n' + print(minimum.program);
    }
    return "";
}

using Maps = TwoMaps<int, int>;
using Sound = TwoMapsSubject<int, int>;
using Counted = TwoMapsSubject<Tracked<Side::left>, Tracked<Side::right>>;

inline bool is_taken(const auto& pairs, int l, int r) {
    return std::ranges::any_of(pairs, [&](const auto& pair) { return pair.first == l || pair.second == r; });
}

/// What the styles have in common: two std::maps, and whether their functions lie.
struct Style {
    using Left = int;
    using Right = int;
    using Map = Maps;
    bool lies = false;
};

/// The least that there may be.
struct Least : Style {
    static bool insert(Map& map, int l, int r) { return Sound::insert(map, l, r); }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
};

template <class Adapter>
void expect_understood(const std::string& lie) {
    EXPECT_EQ(first_failure(make_subject<Adapter>("honest", "")), "");
    EXPECT_EQ(first_failure(make_subject<Adapter>("lying", "", Adapter{{.lies = true}})), lie);
}

}  // namespace bimap::properties
