// SPDX-License-Identifier: BSL-1.0
// fork() and wait4(), with nothing that they say left unheard, and a child's clocks.
#include "properties/child_process.hpp"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

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

std::string cause_of_death(int status) {
    if (!WIFSIGNALED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
    const int number = WTERMSIG(status);
    const char* const name = sigabbrev_np(number);  // a real-time signal has none
    return name != nullptr ? std::string{"SIG"} + name : "signal " + std::to_string(number);
}

ChildClock::ChildClock(pid_t child) : child_{child} {
    errno = clock_getcpuclockid(child, &clock_);
    if (errno != 0) fail("no clock of a child process");
    begin_anew();
}

void ChildClock::begin_anew() {
    worked_before_ = worked_in_all();
    slept_ = {};
    worked_at_tick_ = worked_before_;
    tick_ = std::chrono::steady_clock::now();
}

void ChildClock::tick() {
    const auto now = std::chrono::steady_clock::now();
    const auto passed = now - std::exchange(tick_, now);
    const auto work = worked_in_all();
    const auto worked = work - std::exchange(worked_at_tick_, work);
    if (worked < passed && sleeps()) slept_ += passed - worked;
}

std::chrono::nanoseconds ChildClock::worked() const { return worked_in_all() - worked_before_; }

std::chrono::nanoseconds ChildClock::worked_in_all() const {
    timespec time{};
    clock_gettime(clock_, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

bool ChildClock::sleeps() const {
    std::ifstream file{"/proc/" + std::to_string(child_) + "/stat"};
    const std::string status{std::istreambuf_iterator<char>{file}, {}};
    const auto name_end = status.rfind(')');
    return name_end != std::string::npos && status.substr(name_end + 2, 1) == "S";
}

void* map_shared(std::size_t size) {
    void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fail("no memory to share with a child process");
    return memory;
}

void unmap_shared(void* memory, std::size_t size) noexcept { munmap(memory, size); }

}  // namespace bimap::properties
