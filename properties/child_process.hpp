// SPDX-License-Identifier: BSL-1.0
// A child process that dies with its parent, and the wait for its end. What it is for is no concern here.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <optional>

namespace bimap::properties {

/// Forks. Where SIGCHLD is ignored, it no longer is: who ignores it is not told how a child ended. Returns: 0
/// in the child, which is killed when its parent dies; its number in the parent.
/// Exceptions: std::system_error.
pid_t fork_child();

/// Waits for the child's end. Returns: its status, in the form of waitpid(); in `used`, where there is one,
/// what it used. Exceptions: std::system_error if that is not known.
int await_end(pid_t child, rusage* used = nullptr);

/// Does not wait. Returns: the same status, or nothing while the child runs. Exceptions: as above.
std::optional<int> end_of(pid_t child);

/// Kills the child, and waits until nothing of it is left.
void put_down(pid_t child) noexcept;

}  // namespace bimap::properties
