// SPDX-License-Identifier: BSL-1.0
// Work in a child process that may die of it or never end, and how far it came.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>

namespace bimap::score {

/// How far the child came; it lies in memory that parent and child share.
struct Progress {
    std::atomic<std::uint64_t> executions{0};
    std::atomic<std::uint64_t> operations{0};
    std::atomic<bool> detected{false};
};

/// Runs `work` in a child until it returns, dies, makes no progress for as long as the patience lasts, or the
/// time is up. Death and standing still are detections. Returns: the progress, which lives until the next
/// call.
const Progress& run_in_child(const std::function<void(Progress&)>& work, std::chrono::duration<double> time,
                             std::chrono::duration<double> patience);

}  // namespace bimap::score
