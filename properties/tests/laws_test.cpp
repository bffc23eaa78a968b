// SPDX-License-Identifier: BSL-1.0
// The laws on hashed maps: the plain hash, strings, and all hashes equal.
#include "properties/tests/law_binding.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

const std::size_t registered =
    register_laws_of<TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::hashed<>>>("Hashed") +
    register_laws_of<bimap::BiMap<std::string, int>>("Strings") +
    register_laws_of<TrackedMap<Nature::sturdy, bimap::hashed<CollidingHash>, bimap::hashed<CollidingHash>>>(
        "Colliding");

TEST(LawsOnHashedMaps, AreBound) { EXPECT_GE(registered, 3u * 41u); }

}  // namespace
