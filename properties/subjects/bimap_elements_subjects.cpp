// SPDX-License-Identifier: BSL-1.0
// BiMap with other elements: strings, move-only ones, and ones that throw when moved.
#include "properties/subjects/bimap_subject.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    using Kind = Fault::Kind;
    list.push_back(make_bimap_subject<BiMap<std::string, int>>("strings", "strings and integers, hashed",
                                                               {Order::any, Order::any}, {Kind::alloc}));
    list.push_back(make_bimap_subject<TrackedMap<Nature::move_only, ordered<>, hashed<>>>(
        "move-only", "elements that only move; left ordered, right hashed", {Order::sorted, Order::any},
        {Kind::alloc, Kind::hash, Kind::compare}));
    list.push_back(make_bimap_subject<TrackedMap<Nature::throwing, hashed<>, ordered<>>>(
        "throwing", "elements that may throw when moved; left hashed, right ordered",
        {Order::any, Order::sorted}, {Kind::alloc, Kind::copy, Kind::move, Kind::hash, Kind::compare}));
}};

}  // namespace

}  // namespace bimap::properties
