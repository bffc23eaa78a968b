// SPDX-License-Identifier: BSL-1.0
// Random Programs. One generator for every engine that draws: RapidCheck, hunt, and the fuzzer's mutator.
//
// Each Program is drawn from a swarm of its own (Groce and others 2012): a random part of the calls, with
// uneven weights, over a random, small alphabet, so that collisions are the rule; left and right are drawn
// independently.
#pragma once

#include <cstdint>

#include "properties/subject.hpp"

namespace bimap::properties {

/// A small, fast generator whose numbers are the same everywhere (SplitMix64; Steele, Lea and Flood 2014).
class Random {
  public:
    explicit constexpr Random(std::uint64_t seed) : state_{seed} {}

    constexpr std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// Returns: a number below `limit`. Precondition: limit > 0.
    constexpr std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    constexpr bool one_in(std::uint64_t n) { return below(n) == 0; }

  private:
    std::uint64_t state_;
};

/// Draws a fault that can happen to the Subject; sooner ones are likelier. Or none.
Fault draw_fault(Random& random, const Subject& subject);

/// Draws a Program of at most `longest` Operations that the Subject offers; now and then it begins with more,
/// which fill a map.
Program generate(Random& random, const Subject& subject, std::size_t longest);

}  // namespace bimap::properties
