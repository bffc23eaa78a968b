// SPDX-License-Identifier: BSL-1.0
// BiMap with ordered sides, and with one.
#include "properties/subjects/bimap_subject.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    using Kind = Fault::Kind;
    list.push_back(make_bimap_subject<TrackedMap<Nature::sturdy, ordered<>, ordered<>>>(
        "ordered", "both sides ordered", {Order::sorted, Order::sorted},
        {Kind::alloc, Kind::copy, Kind::compare}));
    list.push_back(make_bimap_subject<TrackedMap<Nature::sturdy, hashed<>, ordered<>>>(
        "mixed", "left hashed, right ordered", {Order::any, Order::sorted},
        {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
}};

}  // namespace

}  // namespace bimap::properties
