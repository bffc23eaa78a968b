// SPDX-License-Identifier: BSL-1.0
// The adapter of the map behind set, get and remove.
#pragma once

#include "properties/driver.hpp"
#include "properties/subjects/wild/set_get_remove_map.hpp"

namespace bimap::properties::wild {

template <class Left, class Right>
struct SetGetRemoveSubject {
    using Map = SetGetRemoveMap<Left, Right>;

    static void force(Map& map, const Left& l, const Right& r) { map.set(l, r); }
    static auto find_left(const Map& map, const Left& l) { return map.get(l); }
    static auto find_right(const Map& map, const Right& r) { return map.get_key(r); }
    static auto erase_left(Map& map, const Left& l) { return map.remove(l); }
    static std::size_t size(const Map& map) { return map.size(); }
};

}  // namespace bimap::properties::wild
