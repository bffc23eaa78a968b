// SPDX-License-Identifier: BSL-1.0
// Says on standard error, once a second, how far long work has come.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

class Meter {
  public:
    /// Says what `how_far` makes, if it is time to.
    template <class HowFar>
    void operator()(HowFar&& how_far) {
        const auto now = Clock::now();
        if (now < next_) return;
        next_ = now + period;
        const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(now - start_);
        std::fprintf(stderr, "%lld s: %s\n", static_cast<long long>(elapsed.count()),
                     std::string{how_far()}.c_str());
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds period{1};
    const Clock::time_point start_ = Clock::now();
    Clock::time_point next_ = start_ + period;
};
