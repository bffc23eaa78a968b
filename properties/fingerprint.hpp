// SPDX-License-Identifier: BSL-1.0
// What a Subject is like after a Program, as far as it shows: its content in its order, and its memory. An
// enumeration need not go on from two Programs that end alike.
#pragma once

#include <cstdint>

#include "properties/subject.hpp"

namespace bimap::properties {

using Fingerprint = std::uint64_t;

/// What a session and the Ledger show. Fingerprints are equal where everything is that shows: which registers
/// live, the pairs of each in the order of both sides, or as they are found where no side can be walked
/// along, and how many elements, blocks and bytes are alive.
/// What a Subject hides from all of these, such as a counter, is not in it.
Fingerprint fingerprint_of(Session& session, Look& look);

}  // namespace bimap::properties
