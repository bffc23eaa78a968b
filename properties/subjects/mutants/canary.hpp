// SPDX-License-Identifier: BSL-1.0
// The canary of a planted bug: it tells apart that the planted code ran (reached), that it did what the sound
// code would not have done (triggered), and that the suite noticed (detected, which is the Verdict's to say).
#pragma once

#include <atomic>
#include <cstdint>

namespace bimap::properties::mutants {

struct Canary {
    std::atomic<std::uint64_t> reached{0};
    std::atomic<std::uint64_t> triggered{0};
};

/// The process's canary. It lies in memory that is shared with the child processes in which checks run.
Canary& canary();

/// Called in planted code. Returns: `strikes`, whether the bug does its work this time.
inline bool planted(bool strikes = true) {
    canary().reached.fetch_add(1, std::memory_order_relaxed);
    if (strikes) canary().triggered.fetch_add(1, std::memory_order_relaxed);
    return strikes;
}

}  // namespace bimap::properties::mutants
