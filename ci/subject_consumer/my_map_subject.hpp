// SPDX-License-Identifier: BSL-1.0
// Its adapter: the least that there may be.
#pragma once

#include "my_map.hpp"
#include "properties/driver.hpp"

template <class Left, class Right>
struct MyMapSubject {
    using Map = MyMap<Left, Right>;
    static bool insert(Map& map, const Left& l, const Right& r) { return map.add(l, r); }
    static const Right* find_left(const Map& map, const Left& l) { return map.get(l); }
    static bool erase_left(Map& map, const Left& l) { return map.drop(l); }
};
