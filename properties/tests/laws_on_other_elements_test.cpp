// SPDX-License-Identifier: BSL-1.0
// The laws on elements that only move, and on those that may throw when moved; in order of insertion, too.
#include "properties/tests/law_binding.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

const std::size_t registered =
    register_laws_of<TrackedMap<Nature::move_only, bimap::ordered<>, bimap::sequenced<>>>("MoveOnly") +
    register_laws_of<TrackedMap<Nature::throwing, bimap::sequenced<>, bimap::hashed<>>>("Throwing");

TEST(LawsOnOtherElements, AreBound) { EXPECT_GE(registered, 41u + 42u); }

}  // namespace
