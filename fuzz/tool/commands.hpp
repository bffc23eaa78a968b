// SPDX-License-Identifier: BSL-1.0
// The commands of bimap-check: what the command line says to them, and what they answer.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "fuzz/interruption.hpp"
#include "properties/hunt.hpp"
#include "properties/operation.hpp"
#include "properties/watch.hpp"

namespace bimap::tool {

// Exit statuses.
inline constexpr int nothing_found = 0;
inline constexpr int something_found = 1;
inline constexpr int bad_input = 2;
inline constexpr int interrupted = 130;

inline int unless_interrupted(int status) { return interruption::seen ? interrupted : status; }

/// What the command line says.
struct Arguments {
    std::string subject;
    std::vector<std::filesystem::path> files;
    std::filesystem::path to;
    bool all = false;
    std::filesystem::path junit;
    std::filesystem::path sarif;
    double seconds = 10;
    double patience = 2;
    double step_patience = 600;
    properties::HuntOptions hunt;
    properties::WatchOptions watch;
    std::size_t length = 3;
    properties::Number values = 2;
    std::size_t registers = 2;
    std::size_t faults = 0;
    bool references = false;
    std::vector<properties::Number> counts;
    bool states = false;
};

/// Bad input, as opposed to a bug found.
class BadInput : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The fewest items that are watched.
inline constexpr properties::Number fewest_watched = 10;

// Each returns the exit status.
int list(const Arguments& arguments);
int hunt(const Arguments& arguments);
int exhaust(const Arguments& arguments);
int replay(const Arguments& arguments);
int minimize(const Arguments& arguments);
int show(const Arguments& arguments);
int encode(const Arguments& arguments);
int watch(const Arguments& arguments);

}  // namespace bimap::tool
