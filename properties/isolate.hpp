// SPDX-License-Identifier: BSL-1.0
// The judge, asked in a child process: a sanitizer's abort, a signal, an endless loop are Verdicts like any
// other.
#pragma once

#include <sys/types.h>

#include <chrono>

#include "properties/check.hpp"

namespace bimap::properties {

/// Checks Programs on one Subject in a child process, which is forked when it is first needed and again after
/// it died. What a Program does to its process stays there.
class Isolated {
  public:
    explicit Isolated(const Subject& subject, Questions questions = {},
                      std::chrono::milliseconds patience = std::chrono::seconds{10});
    ~Isolated();
    Isolated(const Isolated&) = delete;
    Isolated& operator=(const Isolated&) = delete;

    /// Returns: what check() says; or *crashes* with the signal or the sanitizer's word for it; or *hangs* if
    /// no answer came for as long as the patience lasts. `at` is the Operation that was under way.
    /// Exceptions: std::system_error if no child can be started.
    Verdict operator()(const Program& program);

  private:
    void start();
    void stop();
    [[noreturn]] void serve(int requests, int answers) const;
    Verdict autopsy(bool hung);

    const Subject* subject_;
    Questions questions_;
    std::chrono::milliseconds patience_;
    Trace* trace_;  ///< in memory shared with the child
    pid_t child_ = -1;
    int requests_ = -1;
    int answers_ = -1;
};

}  // namespace bimap::properties
