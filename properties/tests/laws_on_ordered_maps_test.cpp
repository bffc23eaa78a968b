// SPDX-License-Identifier: BSL-1.0
// The laws on ordered maps: both sides, one side, and trees with the smallest nodes.
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "properties/tests/law_binding.hpp"

namespace {

/// An allocator of its own type, so that its maps have their own limits.
template <class T>
struct NarrowAllocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = NarrowAllocator<U>;
    };
    NarrowAllocator() = default;
    template <class U>
    NarrowAllocator(const NarrowAllocator<U>&) noexcept {}
};

}  // namespace

/// Eight pairs make a tree of several levels.
template <class T>
struct bimap::Limits<NarrowAllocator<T>> : bimap::Limits<void> {
    static constexpr std::uint32_t node_capacity = 4;
};

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

using NarrowPair = std::pair<Tracked<Side::left>, Tracked<Side::right>>;
using NarrowMap = bimap::BiMap<NarrowPair::first_type, NarrowPair::second_type, bimap::ordered<>,
                               bimap::ordered<>, NarrowAllocator<NarrowPair>>;

const std::size_t registered =
    register_laws_of<TrackedMap<Nature::sturdy, bimap::ordered<>, bimap::ordered<>>>("Ordered") +
    register_laws_of<TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::ordered<>>>("Mixed") +
    register_laws_of<NarrowMap>("Narrow");

TEST(LawsOnOrderedMaps, AreBound) { EXPECT_GE(registered, 3u * 44u); }

/// The leaf that an iterator remembers may have become an inner node by now, which counts with numbers, too.
TEST(NarrowOrderedMap, ItsIteratorsGoOnWhateverBecameOfTheirLeaves) {
    using Map =
        bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>, NarrowAllocator<std::pair<int, int>>>;
    std::minstd_rand random;
    Map map;
    auto insert_some = [&, fresh = 0]() mutable {
        for (auto i = random() % 100; i > 0; --i, ++fresh) map.insert(fresh, fresh);
    };
    for (int round = 0; round != 1000; ++round) {
        insert_some();
        std::vector<Map::left_view::iterator> places;
        for (auto place = map.left().begin(); place != map.left().end(); ++place)
            if (place->first % 8 == 0) places.push_back(place);
        erase_if(map, [](const auto& pair) { return pair.first % 8 != 0; });
        insert_some();
        for (const auto place : places)
            ASSERT_EQ(std::next(place), map.left().upper_bound(place->first)) << place->first;
        erase_if(map, [&](const auto&) { return random() % 2 == 0; });
    }
}

}  // namespace
