// SPDX-License-Identifier: BSL-1.0
// The list of peers, to which each adds itself, under a name, with all that can be asked of it.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <typeindex>
#include <vector>

#include "bimap/benchmarks/agreement.hpp"
#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/operations.hpp"
#include "bimap/benchmarks/walk.hpp"

namespace bimap::benchmarks {

/// How much is measured: the sizes of the maps, and how many operations one measurement takes at least.
struct Extent {
    std::vector<std::size_t> sizes;
    std::size_t operations;
};

struct Peer {
    std::string name;
    std::string pair;
    std::type_index type;

    /// Makes its benchmarks known, as operation/pair/peer/size.
    void (*register_all)(const Peer&, const Extent&);
    /// What it does otherwise than a bimap must, or an empty text.
    std::string (*difference)(unsigned operations);
    /// Fills it, and then only looks up; for callgrind.
    void (*walk)(std::size_t size, std::size_t finds, bool hits);
};

inline std::vector<Peer>& peers() {
    static std::vector<Peer> list;
    return list;
}

template <class Adapter>
void register_all(const Peer& peer, const Extent& extent) {
    Operations<Adapter>::each([&](const std::string& operation, auto measure) {
        for (const std::size_t size : extent.sizes) {
            const std::string name =
                operation + "/" + peer.pair + "/" + peer.name + "/" + std::to_string(size);
            const auto run = [measure, size](benchmark::State& state) {
                measure(state, sample_of<typename Adapter::Left>(size));
            };
            const std::size_t times = std::max<std::size_t>(1, extent.operations / size);
            benchmark::RegisterBenchmark(name.c_str(), run)
                ->UseManualTime()
                ->Iterations(static_cast<benchmark::IterationCount>(times));
        }
    });
}

template <class Adapter>
std::string difference_of(unsigned operations) {
    return Agreement<Adapter>().first_difference(operations);
}

template <class Adapter>
Peer make_peer(const std::string& name, const std::string& pair) {
    return {name, pair, typeid(Adapter), &register_all<Adapter>, &difference_of<Adapter>, &walk<Adapter>};
}

/// Adds a peer with its adapters for the two types of pairs. (They are named one by one: g++ 12 takes an
/// alias template in one source's unnamed namespace for that of another.)
template <class ForNumbers, class ForStrings>
bool add_peer(const std::string& name) {
    static_assert(std::is_same_v<typename ForNumbers::Left, std::uint64_t>);
    static_assert(std::is_same_v<typename ForStrings::Left, std::string>);
    peers().push_back(make_peer<ForNumbers>(name, "u64"));
    peers().push_back(make_peer<ForStrings>(name, "string"));
    return true;
}

}  // namespace bimap::benchmarks
