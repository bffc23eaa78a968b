// SPDX-License-Identifier: BSL-1.0
// Large groups added, overwritten, removed and filtered, in rounds that begin and end with the same content,
// and the Ledger's counts after each. Memory that rises all the same has been left behind by somebody. And
// what is in the map, so many more pairs than a Program puts into one, is looked at after each round, and in
// the first one after each step. Then as many pairs pass through a map that has few of them at a time, none
// of which it has seen before: a table of sessions, to which every visitor is new. Ahead of all this, pairs
// are added and erased one by one, and what that costs is counted: who makes the whole table anew for each of
// them would never get through a round.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "properties/ledger.hpp"
#include "properties/subject.hpp"

namespace bimap::properties {

struct WatchOptions {
    Number items = 100'000;
    std::size_t rounds = 20;
    std::function<bool()> go_on{};  ///< asked, where there is one, before all and before each step
};

/// The state of things when a round has ended: the same items are in the map as before it.
struct Round {
    std::size_t number = 0;
    Number items = 0;
    Balance balance;
    std::chrono::milliseconds elapsed{};
};

/// What is in use when so many pairs have passed through a map.
struct Passage {
    Number passed = 0;
    std::size_t bytes = 0;
};

/// What the watch has come to. Units: bytes are those in use, as the map asked for them.
struct Watched {
    std::vector<Round> rounds;
    std::string difference;  ///< what the last round left otherwise than it should be, if anything
    bool rising = false;
    double bytes_per_round = 0;     ///< how much more on average, over the second half
    double blocks_per_round = 0;    //
    double elements_per_round = 0;  //
    std::string made_by;            ///< if rising: the step that made most of it
    std::string left_by;            ///< if rising: the step after which it should have been gone
    std::vector<Remains> remains;   ///< if not rising: what outlived the map; `maker` counts the steps
    std::vector<Passage> passages;  ///< where more is in use the more pairs have passed: each state
    std::string rebuilding;         ///< what costs as the square of the number of pairs; no round is run then
    [[nodiscard]] bool clean() const {
        return difference.empty() && !rising && remains.empty() && passages.empty() && rebuilding.empty();
    }
};

/// The names of the steps of a round that the Subject offers, in their order; makers are indexes into it.
std::vector<std::string> steps_of(const Subject& subject);

/// Whether the Subject's elements are enough for so many items, of which each has two rights in turn.
bool has_elements_for(const Subject& subject, Number items);

/// Calls `on_round` after each round. Rising is what rises in every round of the
/// second half: blocks, elements, or, where there are 13 rounds or more, bytes alone. Complexity: linear in
/// items × rounds. Precondition: there are elements for the items.
Watched watch(const Subject& subject, const WatchOptions& options,
              const std::function<void(const Round&)>& on_round);

}  // namespace bimap::properties
