// SPDX-License-Identifier: BSL-1.0
// Finds and nothing else, in one function that callgrind is told to watch.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "bimap/benchmarks/keys.hpp"

namespace bimap::benchmarks {

/// Its keys come out of registers, so that every miss that is counted is the map's. Half of the finds are by
/// left and half by right. ci/bench knows this function's name.
template <class Adapter>
[[gnu::noinline]] std::uint64_t walk_finds(const Adapter& peer, std::size_t size, std::size_t finds,
                                           bool hits) {
    std::uint64_t found = 0;
    std::uint64_t number = 0;
    const std::uint64_t first = hits ? 0 : size;
    for (std::size_t i = 0; i != finds; ++i) {
        number = (number + 0x9E37'79B9) % size;
        if ((i & 1) == 0) {
            if (const auto* right = peer.find_left(key_of<std::uint64_t>(first + number)))
                found += *right | 1;
        } else {
            if (const auto* left = peer.find_right(key_of<std::uint64_t>(~(first + number))))
                found += *left | 1;
        }
    }
    return found;
}

template <class Adapter>
void walk(std::size_t size, std::size_t finds, bool hits) {
    if constexpr (std::is_same_v<typename Adapter::Left, std::uint64_t>) {
        const Sample<std::uint64_t>& sample = sample_of<std::uint64_t>(size);
        Adapter peer;
        for (const auto& [left, right] : sample.pairs) peer.insert(left, right);
        benchmark::DoNotOptimize(walk_finds(peer, size, finds, hits));
    }
}

}  // namespace bimap::benchmarks
