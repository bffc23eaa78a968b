// SPDX-License-Identifier: BSL-1.0
// Two boost::unordered_flat_map.
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>

#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/peer.hpp"
#include "bimap/benchmarks/two_maps.hpp"

namespace bimap::benchmarks {

namespace {

template <class Key, class Mapped>
using Map = boost::unordered_flat_map<Key, Mapped, KeyHash<Key>>;

template <class Left>
using Adapter = TwoMaps<Map<Left, std::uint64_t>, Map<std::uint64_t, Left>>;

[[maybe_unused]] const bool added =
    add_peer<Adapter<std::uint64_t>, Adapter<std::string>>("two_boost_unordered_flat_map");

}  // namespace

}  // namespace bimap::benchmarks
