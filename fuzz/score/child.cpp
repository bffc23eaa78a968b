// SPDX-License-Identifier: BSL-1.0
// A forked child, watched.
#include "fuzz/score/child.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <thread>
#include <utility>

#include "properties/child_process.hpp"

namespace bimap::score {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void serve(const std::function<void(Progress&)>& work, Progress& progress) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) _exit(1);
    dup2(nowhere, STDERR_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    work(progress);
    _exit(0);
}

}  // namespace

const Progress& run_in_child(const std::function<void(Progress&)>& work, std::chrono::duration<double> time,
                             std::chrono::duration<double> patience) {
    static std::optional<properties::SharedWithChildren<Progress>> shared;
    Progress& progress = *shared.emplace();
    const auto start = Clock::now();
    const pid_t child = properties::fork_child();
    if (child == 0) serve(work, progress);
    auto moved_at = start;
    std::uint64_t last = 0;
    std::optional<int> status;
    while (!(status = properties::end_of(child))) {
        const auto now = Clock::now();
        const std::uint64_t executions = progress.executions;
        if (executions != std::exchange(last, executions)) moved_at = now;
        const bool stands_still = now - moved_at > patience;
        if (stands_still || now - start > time) {
            properties::put_down(child);
            progress.detected = progress.detected || stands_still;
            return progress;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0) progress.detected = true;
    return progress;
}

}  // namespace bimap::score
