// SPDX-License-Identifier: BSL-1.0
// Subjects over two std::maps.
#include "properties/subjects/two_maps.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    list.push_back(make_subject<TwoMapsSubject<Tracked<Side::left>, Tracked<Side::right>>>(
        "two-maps", "two std::maps kept in step by hand"));
}};

}  // namespace

}  // namespace bimap::properties
