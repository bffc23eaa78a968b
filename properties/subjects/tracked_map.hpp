// SPDX-License-Identifier: BSL-1.0
// The map of tracked elements that most of the suite's own Subjects and tests are about.
#pragma once

#include "bimap/bimap.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties {

template <Nature nature, class LeftIndex, class RightIndex>
using TrackedMap = BiMap<Tracked<Side::left, nature>, Tracked<Side::right, nature>, LeftIndex, RightIndex>;

}  // namespace bimap::properties
