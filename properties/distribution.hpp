// SPDX-License-Identifier: BSL-1.0
// What an engine's Programs are made of: how often each call is made, and what the pairs that it offers meet.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

/// What a pair meets where it is offered.
enum class Meeting : std::uint8_t {
    fresh,        ///< neither side is there
    left_taken,   //
    right_taken,  //
    same_pair,    ///< both are there, paired with each other
    cross,        ///< both are there, in two pairs
};
inline constexpr std::size_t meeting_count = 5;

/// How often the calls of one kind were made, and with what.
struct CallCount {
    Operation call;  ///< verb, side and face; the rest is unset
    std::uint64_t calls = 0;
    std::uint64_t faulted = 0;                            ///< with a fault armed
    std::uint64_t referring = 0;                          ///< with an argument that refers into the map
    std::array<std::uint64_t, meeting_count> meetings{};  ///< of insertions: how often each
};

/// One entry for each call that the Subject offers.
using Distribution = std::vector<CallCount>;

/// Draws Programs and follows them on the Model alone.
Distribution distribution_of(const Subject& subject, std::uint64_t programs,
                             const std::function<Program()>& draw);

/// What is made less often than `least_share` of all calls, and the meetings that an insertion has in less
/// than `least_meeting` of its calls, one line each.
std::vector<std::string> starved(const Distribution& distribution, double least_share, double least_meeting);

/// A table of it.
std::string print(const Distribution& distribution);

}  // namespace bimap::properties
