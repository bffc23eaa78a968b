// SPDX-License-Identifier: BSL-1.0
// Two std::map.
#include <cstdint>
#include <map>
#include <string>

#include "bimap/benchmarks/peer.hpp"
#include "bimap/benchmarks/two_maps.hpp"

namespace bimap::benchmarks {

namespace {

template <class Left>
using Adapter = TwoMaps<std::map<Left, std::uint64_t>, std::map<std::uint64_t, Left>>;

[[maybe_unused]] const bool added = add_peer<Adapter<std::uint64_t>, Adapter<std::string>>("two_std_map");

}  // namespace

}  // namespace bimap::benchmarks
