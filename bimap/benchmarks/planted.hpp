// SPDX-License-Identifier: BSL-1.0
// Bimaps with one planted fault each, so that it is known that the check of the peers can fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "bimap/benchmarks/peer.hpp"
#include "bimap/benchmarks/two_maps.hpp"

namespace bimap::benchmarks {

using Sound = TwoMaps<std::map<std::uint64_t, std::uint64_t>, std::map<std::uint64_t, std::uint64_t>>;

/// Leaves the right behind when it erases by left.
struct Forgetful : Sound {
    using Sound::Sound;
    bool erase_left(std::uint64_t left) { return forward_.erase(left) != 0; }
};

/// Leaves the old right behind when it overwrites.
struct Stale : Sound {
    using Sound::Sound;
    void force(std::uint64_t left, std::uint64_t right) {
        erase_right(right);
        forward_.insert_or_assign(left, right);
        backward_.insert_or_assign(right, left);
    }
};

/// Inserts although the right is taken.
struct Hasty : Sound {
    using Sound::Sound;
    bool insert(std::uint64_t left, std::uint64_t right) {
        return forward_.try_emplace(left, right).second && (backward_.insert_or_assign(right, left), true);
    }
};

/// Leaves out the first pair when it is walked through from a key on.
struct Late : Sound {
    using Sound::Sound;
    template <class Visit>
    void for_range(std::uint64_t from, std::size_t count, Visit visit) const {
        Sound::for_range(from + 1, count, visit);
    }
};

inline std::vector<Peer> planted_faults() {
    return {make_peer<Forgetful>("forgetful", "u64"), make_peer<Stale>("stale", "u64"),
            make_peer<Hasty>("hasty", "u64"), make_peer<Late>("late", "u64")};
}

}  // namespace bimap::benchmarks
