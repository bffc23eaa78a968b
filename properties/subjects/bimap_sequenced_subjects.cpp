// SPDX-License-Identifier: BSL-1.0
// BiMap with sides that keep the order of insertion.
#include "properties/subjects/bimap_subject.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    using Kind = Fault::Kind;
    list.push_back(make_bimap_subject<TrackedMap<Nature::sturdy, sequenced<>, sequenced<>>>(
        "sequenced", "both sides in the order of insertion", {Order::sequenced, Order::sequenced},
        {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
}};

}  // namespace

}  // namespace bimap::properties
