// SPDX-License-Identifier: BSL-1.0
// fork() and wait4(), with nothing that they say left unheard.
#include "properties/child_process.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace bimap::properties {

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

void hear_of_ends() {
    struct sigaction inherited{};
    sigaction(SIGCHLD, nullptr, &inherited);
    if (inherited.sa_handler == SIG_IGN) signal(SIGCHLD, SIG_DFL);
}

/// Returns: what wait4() says, unless a signal came in between.
pid_t wait_uninterrupted(pid_t child, int& status, int options, rusage* used) noexcept {
    pid_t ended = 0;
    do ended = wait4(child, &status, options, used);
    while (ended < 0 && errno == EINTR);
    return ended;
}

}  // namespace

pid_t fork_child() {
    hear_of_ends();
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0) fail("no child process");
    if (child > 0) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0);  // it died before that was asked for
    return 0;
}

int await_end(pid_t child, rusage* used) {
    int status = 0;
    if (wait_uninterrupted(child, status, 0, used) < 0) fail("how a child process ended is unknown");
    return status;
}

std::optional<int> end_of(pid_t child) {
    int status = 0;
    const pid_t ended = wait_uninterrupted(child, status, WNOHANG, nullptr);
    if (ended < 0) fail("how a child process ended is unknown");
    return ended == 0 ? std::nullopt : std::optional{status};
}

void put_down(pid_t child) noexcept {
    kill(child, SIGKILL);
    int status = 0;
    wait_uninterrupted(child, status, 0, nullptr);
}

}  // namespace bimap::properties
