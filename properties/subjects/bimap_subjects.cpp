// SPDX-License-Identifier: BSL-1.0
// The configurations of BiMap that the suite watches: hashed and ordered sides, and elements that are
// tracked, long strings, move-only, throwing when moved, or all of one hash.
#include "properties/subjects/bimap_subject.hpp"
#include "properties/subjects/registry.hpp"

namespace bimap::properties {

namespace {

using Kind = Fault::Kind;

template <Nature nature, class LeftIndex, class RightIndex>
using TrackedMap = BiMap<Tracked<Side::left, nature>, Tracked<Side::right, nature>, LeftIndex, RightIndex>;

template <class Map>
Subject make(std::string name, std::string story, std::array<bool, 2> ordered,
             std::initializer_list<Fault::Kind> faults) {
    return make_subject("bimap/" + std::move(name), std::move(story),
                        BiMapSubject<Map>{bimap_promises(ordered, faults)});
}

}  // namespace

void add_bimap_subjects(std::vector<Subject>& list) {
    using Hashed = hashed<>;
    using Ordered = ordered<>;
    using Colliding = hashed<CollidingHash>;
    list.push_back(make<TrackedMap<Nature::sturdy, Hashed, Hashed>>(
        "hashed", "both sides hashed", {false, false}, {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
    list.push_back(make<TrackedMap<Nature::sturdy, Ordered, Ordered>>(
        "ordered", "both sides ordered", {true, true}, {Kind::alloc, Kind::copy, Kind::compare}));
    list.push_back(make<TrackedMap<Nature::sturdy, Hashed, Ordered>>(
        "mixed", "left hashed, right ordered", {false, true},
        {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
    list.push_back(make<BiMap<std::string, int>>("strings", "long strings and integers, hashed",
                                                 {false, false}, {Kind::alloc}));
    list.push_back(make<TrackedMap<Nature::move_only, Ordered, Hashed>>(
        "move-only", "elements that only move; left ordered, right hashed", {true, false},
        {Kind::alloc, Kind::hash, Kind::compare}));
    list.push_back(make<TrackedMap<Nature::throwing, Hashed, Ordered>>(
        "throwing", "elements that may throw when moved; left hashed, right ordered", {false, true},
        {Kind::alloc, Kind::copy, Kind::move, Kind::hash, Kind::compare}));
    list.push_back(make<TrackedMap<Nature::sturdy, Colliding, Colliding>>(
        "colliding", "both sides hashed, and all hashes equal", {false, false},
        {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
}

}  // namespace bimap::properties
