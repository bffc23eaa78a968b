// SPDX-License-Identifier: BSL-1.0
// The judge, asked in a child process: a sanitizer's abort, a signal, an endless loop are Verdicts like any
// other.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <span>
#include <vector>

#include "properties/check.hpp"
#include "properties/child_process.hpp"

namespace bimap::properties {

/// Comes out of a check that was called off before there was an answer.
struct CalledOff : std::exception {
    const char* what() const noexcept override { return "called off"; }
};

/// What came of Programs that were checked one after the other, until one failed.
struct Outcome {
    std::size_t held = 0;           ///< so many of them, from the first
    std::vector<Fingerprint> ends;  ///< how those ended, where that was asked for and the process lives
    Verdict verdict;                ///< on the next one, which failed; that it holds, if all did
};

/// Checks Programs on one Subject in a child process, which is forked when it is first needed and again after
/// it died, and which ends with the thread that asked then. What a Program does to its process stays there.
class Isolated {
  public:
    /// Whoever sets `called_off`, where there is one, ends the check that is under way, and every later one.
    explicit Isolated(const Subject& subject, Questions questions = {},
                      std::chrono::milliseconds patience = std::chrono::seconds{10},
                      const std::atomic<bool>* called_off = nullptr);
    ~Isolated();
    Isolated(const Isolated&) = delete;
    Isolated& operator=(const Isolated&) = delete;

    /// Asks other questions from now on, in a new child process.
    void turn_to(Questions questions);

    /// Returns: what check() says; or *crashes* with the signal or the sanitizer's word for it; or *hangs* if
    /// the child worked and slept for as long as the patience lasts at one Operation, or five times as long
    /// at the Program, its repetitions included. Time in which others had the processor does not count. Once
    /// something hung, the patience shrinks to what is many times what any other Program took. `at` is the
    /// Operation that was under way. Exceptions: CalledOff; std::system_error if no child can be started, or
    /// it is not known how it ended.
    Verdict operator()(const Program& program);

    /// The same for several, in one exchange of messages, which costs as much as the check of a short
    /// Program. `with_ends`: tells how each ended, too.
    Outcome operator()(std::span<const Program> programs, bool with_ends = false);

  private:
    struct Notes;

    void start();
    void stop();
    void heed_calling_off() const;
    [[noreturn]] void serve(int channel) const noexcept;
    Verdict autopsy(bool hung);
    bool await_answer();

    const Subject* subject_;
    Questions questions_;
    std::chrono::milliseconds patience_;
    const std::atomic<bool>* called_off_;
    SharedWithChildren<Notes> notes_;
    pid_t child_ = -1;
    std::optional<ChildClock> clock_;
    bool met_a_hang_ = false;
    std::chrono::nanoseconds longest_{};  ///< that a Program with an answer took
    int channel_ = -1;                    ///< to the child
};

}  // namespace bimap::properties
