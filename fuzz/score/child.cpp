// SPDX-License-Identifier: BSL-1.0
// A forked child, watched.
#include "fuzz/score/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace bimap::score {

namespace {

using Clock = std::chrono::steady_clock;

Progress& shared_progress() {
    static void* const memory =
        mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::system_error{errno, std::generic_category(), "no memory to share"};
    return *::new (memory) Progress;
}

[[noreturn]] void serve(const std::function<void(Progress&)>& work, Progress& progress) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
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
    Progress& progress = shared_progress();
    const auto start = Clock::now();
    const pid_t child = fork();
    if (child < 0) throw std::system_error{errno, std::generic_category(), "no child process"};
    if (child == 0) serve(work, progress);
    auto moved_at = start;
    std::uint64_t last = 0;
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        const auto now = Clock::now();
        const std::uint64_t executions = progress.executions;
        if (executions != std::exchange(last, executions)) moved_at = now;
        const bool stands_still = now - moved_at > patience;
        if (stands_still || now - start > time) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            progress.detected = progress.detected || stands_still;
            return progress;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) progress.detected = true;
    return progress;
}

}  // namespace bimap::score
