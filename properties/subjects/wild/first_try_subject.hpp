// SPDX-License-Identifier: BSL-1.0
// The adapter of the first try.
#pragma once

#include "properties/driver.hpp"
#include "properties/subjects/wild/first_try_map.hpp"

namespace bimap::properties::wild {

template <class Left, class Right>
struct FirstTrySubject {
    using Map = FirstTryMap<Left, Right>;

    static void force(Map& map, const Left& l, const Right& r) { map.put(l, r); }
    static void erase_left(Map& map, const Left& l) { map.erase(l); }
    static const auto& left(const Map& map) { return map.values; }
    static const auto& right(const Map& map) { return map.keys; }
    static std::size_t size(const Map& map) { return map.values.size(); }
};

}  // namespace bimap::properties::wild
