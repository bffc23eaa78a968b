// SPDX-License-Identifier: BSL-1.0
// A child process that dies with its parent, what it has in common with it, how long it is at something, and
// the wait for its end. What it is for is no concern here.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <type_traits>

namespace bimap::properties {

/// Forks. Where SIGCHLD is ignored, it no longer is: who ignores it is not told how a child ended. Returns: 0
/// in the child, which is killed when its parent dies, or the thread of it that forked; its number in the
/// parent. Exceptions: std::system_error.
pid_t fork_child();

/// Waits for the child's end. Returns: its status, in the form of waitpid(); in `used`, where there is one,
/// what it used. Exceptions: std::system_error if that is not known.
int await_end(pid_t child, rusage* used = nullptr);

/// Does not wait. Returns: the same status, or nothing while the child runs. Exceptions: as above.
std::optional<int> end_of(pid_t child);

/// Kills the child, and waits until nothing of it is left.
void put_down(pid_t child) noexcept;

/// What a child died of, in words: `SIGSEGV`, or `exit status 7`. Precondition: `status` is that of an end.
std::string cause_of_death(int status);

/// How long a child has been at something: what it worked, and what it slept, as it does where it waits for a
/// lock. While it waits for a processor it does neither.
class ChildClock {
  public:
    /// It begins now. Exceptions: std::system_error if the child is gone.
    explicit ChildClock(pid_t child);
    void begin_anew();
    /// Takes note of sleep. Call it in short intervals: the child is taken to have slept in all of one, but
    /// for its work, if it sleeps at the end.
    void tick();
    [[nodiscard]] std::chrono::nanoseconds worked() const;
    [[nodiscard]] std::chrono::nanoseconds spent() const { return worked() + slept_; }

  private:
    [[nodiscard]] std::chrono::nanoseconds worked_in_all() const;
    [[nodiscard]] bool sleeps() const;

    pid_t child_;
    clockid_t clock_{};
    std::chrono::nanoseconds worked_before_{};
    std::chrono::nanoseconds slept_{};
    std::chrono::nanoseconds worked_at_tick_{};
    std::chrono::steady_clock::time_point tick_;
};

/// Memory of this process and of the children that it forks from now on. Exceptions: std::system_error.
void* map_shared(std::size_t size);
void unmap_shared(void* memory, std::size_t size) noexcept;

/// A T in such memory.
template <class T>
class SharedWithChildren {
  public:
    SharedWithChildren() : whole_{::new(map_shared(sizeof(T))) T} {
        static_assert(std::is_trivially_destructible_v<T>);
    }
    ~SharedWithChildren() { unmap_shared(whole_, sizeof(T)); }
    SharedWithChildren(const SharedWithChildren&) = delete;
    SharedWithChildren& operator=(const SharedWithChildren&) = delete;

    T& operator*() const { return *whole_; }
    T* operator->() const { return whole_; }

  private:
    T* whole_;
};

}  // namespace bimap::properties
