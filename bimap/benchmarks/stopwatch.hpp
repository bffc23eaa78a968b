// SPDX-License-Identifier: BSL-1.0
// Times a part of an iteration, by the thread's own clock, which stands still while other jobs run.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <ctime>
#include <string>

namespace bimap::benchmarks {

inline double thread_seconds() noexcept {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
void timed(benchmark::State& state, Work work) {
    benchmark::ClobberMemory();
    const double began = thread_seconds();
    work();
    benchmark::ClobberMemory();
    state.SetIterationTime(thread_seconds() - began);
}

/// A part of a key that cannot be known without loading it; of a string, one that lies outside of the object.
inline std::uint64_t part_of(std::uint64_t key) noexcept { return key; }
inline std::uint64_t part_of(const std::string& key) noexcept { return static_cast<unsigned char>(key[7]); }

/// Lets nothing begin before all that was loaded is there.
inline void wait_for_loads() noexcept {
#if defined(__x86_64__)
    __builtin_ia32_lfence();
#endif
}

}  // namespace bimap::benchmarks
