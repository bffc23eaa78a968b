// SPDX-License-Identifier: BSL-1.0
// Ctrl-C, once: long work stops and tells what it has found so far. The second one ends the process.
#pragma once

#include <signal.h>

#include <atomic>

namespace interruption {

inline std::atomic<bool> seen{false};

/// From now on SIGINT and SIGTERM are seen.
inline void listen() {
    struct sigaction action{};
    action.sa_handler = [](int) { seen = true; };
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
}

}  // namespace interruption
