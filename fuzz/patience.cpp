// SPDX-License-Identifier: BSL-1.0
// A timer that counts a process's own work.
#include "fuzz/patience.hpp"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace bimap::properties {

namespace {

void give_up(int) {
    static constexpr std::string_view reason = "hangs: the program did not end within BIMAP_PATIENCE\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, reason.data(), reason.size());
    std::abort();
}

/// Zero where nothing is asked for.
itimerval patience_in_environment() {
    const char* const setting = std::getenv("BIMAP_PATIENCE");
    if (setting == nullptr) return {};
    char* end = nullptr;
    const double seconds = std::strtod(setting, &end);
    if (end == setting || *end != '\0' || !std::isfinite(seconds) || seconds < 0.001 || seconds > 1e6) {
        std::fprintf(stderr, "BIMAP_PATIENCE is '%s'; it has to be seconds, from 0.001 to 1000000\n",
                     setting);
        std::_Exit(2);
    }
    signal(SIGPROF, give_up);
    const double whole = std::floor(seconds);
    return {.it_interval = {},
            .it_value = {.tv_sec = static_cast<time_t>(whole),
                         .tv_usec = static_cast<suseconds_t>((seconds - whole) * 1e6)}};
}

const itimerval& patience() {
    static const itimerval patience = patience_in_environment();
    return patience;
}

bool is_asked_for() { return patience().it_value.tv_sec != 0 || patience().it_value.tv_usec != 0; }

}  // namespace

Patience::Patience() {
    if (is_asked_for()) setitimer(ITIMER_PROF, &patience(), nullptr);
}

Patience::~Patience() {
    static constexpr itimerval none{};
    if (is_asked_for()) setitimer(ITIMER_PROF, &none, nullptr);
}

}  // namespace bimap::properties
