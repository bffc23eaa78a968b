// SPDX-License-Identifier: BSL-1.0
// A child process is waited for until it has ended, and a wait that tells nothing is an error.
#include "properties/child_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>

namespace bimap::properties {
namespace {

using std::chrono::milliseconds;

/// A child that waits to be killed.
pid_t fork_sleeper() {
    const pid_t child = fork_child();
    if (child == 0)
        for (;;) pause();
    return child;
}

pid_t fork_and_exit(int status) {
    const pid_t child = fork_child();
    if (child == 0) _exit(status);
    return child;
}

TEST(ChildProcess, IsAskedForItsStatus) {
    const int status = await_end(fork_and_exit(7));
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(ChildProcess, HasNoStatusWhileItRuns) {
    const pid_t child = fork_sleeper();
    EXPECT_EQ(end_of(child), std::nullopt);
    put_down(child);
}

TEST(ChildProcess, HasAStatusWhereItsEndWasIgnored) {
    const auto before = signal(SIGCHLD, SIG_IGN);
    EXPECT_EQ(WEXITSTATUS(await_end(fork_and_exit(7))), 7);
    signal(SIGCHLD, before);
}

TEST(ChildProcess, LeavesNothingThatCouldBeWaitedFor) {
    const pid_t child = fork_sleeper();
    put_down(child);
    EXPECT_THROW(await_end(child), std::system_error);
    EXPECT_THROW(end_of(child), std::system_error);
}

TEST(ChildProcess, IsWaitedForPastAnInterruption) {
    const pid_t child = fork_child();
    if (child == 0) {
        usleep(200'000);
        _exit(7);
    }
    struct sigaction wake{};
    struct sigaction before{};
    wake.sa_handler = [](int) {};  // and no SA_RESTART
    sigaction(SIGALRM, &wake, &before);
    const itimerval soon{.it_interval = {}, .it_value = {0, 20'000}};
    setitimer(ITIMER_REAL, &soon, nullptr);
    EXPECT_EQ(WEXITSTATUS(await_end(child)), 7);
    sigaction(SIGALRM, &before, nullptr);
}

TEST(ChildProcess, DiesOfASignalOrEndsWithAStatus) {
    const auto cause = [](int signal) {
        const pid_t child = fork_sleeper();
        kill(child, signal);
        return cause_of_death(await_end(child));
    };
    EXPECT_EQ(cause(SIGTERM), "SIGTERM");
    EXPECT_EQ(cause(SIGRTMIN), "signal " + std::to_string(SIGRTMIN));
    EXPECT_EQ(cause_of_death(await_end(fork_and_exit(7))), "exit status 7");
}

/// What a clock says of a child in a tenth of a second.
milliseconds spent_by(pid_t child) {
    ChildClock clock{child};
    for (int i = 0; i < 10; ++i) {
        std::this_thread::sleep_for(milliseconds{10});
        clock.tick();
    }
    return std::chrono::duration_cast<milliseconds>(clock.spent());
}

TEST(ChildProcess, SpendsTheTimeInWhichItSleepsAndNoneInWhichItIsStopped) {
    const pid_t child = fork_sleeper();
    while (spent_by(child) < milliseconds{50}) {
    }
    kill(child, SIGSTOP);
    siginfo_t stopped{};
    ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &stopped, WSTOPPED), 0);
    EXPECT_LT(spent_by(child), milliseconds{5});
    put_down(child);
}

TEST(ChildProcess, SharesWhatItWrites) {
    const SharedWithChildren<std::atomic<int>> number;
    const pid_t child = fork_child();
    if (child == 0) {
        *number = 7;
        _exit(0);
    }
    await_end(child);
    EXPECT_EQ(*number, 7);
}

TEST(ChildProcess, DiesWithItsParent) {
    int held_open[2];
    ASSERT_EQ(pipe(held_open), 0);
    const pid_t child = fork_child();
    if (child == 0) {
        fork_sleeper();
        _exit(0);
    }
    EXPECT_EQ(await_end(child), 0);
    close(held_open[1]);
    char nothing = 0;
    EXPECT_EQ(read(held_open[0], &nothing, 1), 0);  // by nobody any more
    close(held_open[0]);
}

}  // namespace
}  // namespace bimap::properties
