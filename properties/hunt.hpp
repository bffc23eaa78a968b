// SPDX-License-Identifier: BSL-1.0
// The engine of `bimap-check hunt`: draws Programs, asks about each in a child process, and stops at the
// first that fails.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

struct HuntOptions {
    std::uint64_t seed = 1;
    std::chrono::milliseconds time = std::chrono::seconds{10};
    std::uint64_t programs = std::numeric_limits<std::uint64_t>::max();
    std::size_t longest = 32;  ///< Operations of a Program, at most, beside those that fill a map first
};

struct HuntProgress {
    std::uint64_t programs = 0;
    std::uint64_t operations = 0;
    std::chrono::milliseconds elapsed{};
};

struct Catch {
    Program program;
    Verdict verdict;
};

/// Draws Programs for as long as the options say and `use` returns true; calls `on_second` about once a
/// second. How far it came is left in `progress`.
void draw(const Subject& subject, const HuntOptions& options, const std::function<bool(Program&&)>& use,
          const std::function<void(const HuntProgress&)>& on_second, HuntProgress& progress);

/// Calls `on_second` about once a second.
/// Returns: the first failure, if there was one in the budget; how far it came is left in `progress`.
std::optional<Catch> hunt(const Subject& subject, const HuntOptions& options,
                          const std::function<Verdict(const Program&)>& check,
                          const std::function<void(const HuntProgress&)>& on_second, HuntProgress& progress);

}  // namespace bimap::properties
