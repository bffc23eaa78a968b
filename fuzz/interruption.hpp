// SPDX-License-Identifier: BSL-1.0
// Ctrl-C, once: long work stops and tells what it has found so far. The second one ends the process.
#pragma once

#include <signal.h>

#include <atomic>

namespace interruption {

inline std::atomic<bool> seen{false};
inline std::atomic<int> by{0};  ///< which signal it was

/// From now on SIGINT and SIGTERM are seen; but not what this process was told to ignore.
inline void listen() {
    struct sigaction action{};
    action.sa_handler = [](int number) {
        by = number;
        if (!seen.exchange(true)) return;
        signal(number, SIG_DFL);
        raise(number);
    };
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGINT, SIGTERM}) {
        struct sigaction inherited{};
        sigaction(number, nullptr, &inherited);
        if (inherited.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
    }
}

}  // namespace interruption
