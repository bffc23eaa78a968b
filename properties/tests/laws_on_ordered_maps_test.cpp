// SPDX-License-Identifier: BSL-1.0
// The laws on ordered maps: both sides, one side, and trees with the smallest nodes.
#include <memory>

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

}  // namespace
