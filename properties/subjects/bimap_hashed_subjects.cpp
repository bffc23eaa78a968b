// SPDX-License-Identifier: BSL-1.0
// BiMap with hashed sides, and with hashes that are all equal.
#include "properties/subjects/bimap_subject.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    using Kind = Fault::Kind;
    list.push_back(make_bimap_subject<TrackedMap<Nature::sturdy, hashed<>, hashed<>>>(
        "hashed", "both sides hashed", {Order::any, Order::any},
        {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
    list.push_back(
        make_bimap_subject<TrackedMap<Nature::sturdy, hashed<CollidingHash>, hashed<CollidingHash>>>(
            "colliding", "both sides hashed, and all hashes equal", {Order::any, Order::any},
            {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
}};

}  // namespace

}  // namespace bimap::properties
