// SPDX-License-Identifier: BSL-1.0
// The adapter of the intrusive tree map.
#pragma once

#include "properties/driver.hpp"
#include "properties/subjects/wild/intrusive_tree_map.hpp"

namespace bimap::properties::wild {

template <class Left, class Right>
struct IntrusiveTreeSubject {
    using Map = IntrusiveTreeMap<Left, Right>;
    static Promises promises() { return {.order = {Order::sorted, Order::sorted}}; }

    static auto insert(Map& map, const auto& l, const auto& r) { return map.insert(l, r); }
    static auto erase_left(Map& map, const Left& l) { return map.erase_left(l); }
    static auto erase_right(Map& map, const Right& r) { return map.erase_right(r); }
    static auto erase_at_left(Map& map, auto it) { return map.erase_left(it); }
    static auto erase_at_right(Map& map, auto it) { return map.erase_right(it); }
    static auto erase_range_left(Map& map, auto first, auto last) { return map.erase_left(first, last); }
    static auto find_left(const Map& map, const Left& l) { return map.find_left(l); }
    static auto find_right(const Map& map, const Right& r) { return map.find_right(r); }
    static auto& at_left(const Map& map, const Left& l) { return map.at_left(l); }
    static auto& at_right(const Map& map, const Right& r) { return map.at_right(r); }
    static auto lower_bound_left(const Map& map, const Left& l) { return map.lower_bound_left(l); }
    static auto lower_bound_right(const Map& map, const Right& r) { return map.lower_bound_right(r); }
    static auto begin_left(const Map& map) { return map.begin_left(); }
    static auto end_left(const Map& map) { return map.end_left(); }
    static auto begin_right(const Map& map) { return map.begin_right(); }
    static auto end_right(const Map& map) { return map.end_right(); }
    static std::size_t size(const Map& map) { return map.size(); }
    static bool empty(const Map& map) { return map.empty(); }
};

}  // namespace bimap::properties::wild
