// SPDX-License-Identifier: BSL-1.0
// The adapters of the first try, over hash maps and over trees.
#pragma once

#include <map>
#include <unordered_map>

#include "properties/driver.hpp"
#include "properties/subjects/wild/first_try_map.hpp"

namespace bimap::properties::wild {

template <template <class...> class Table, class Left, class Right>
struct FirstTryOver {
    using Map = FirstTryMap<Table, Left, Right>;

    static void force(Map& map, const Left& l, const Right& r) { map.put(l, r); }
    static void erase_left(Map& map, const Left& l) { map.erase(l); }
    static const auto& left(const Map& map) { return map.values; }
    static const auto& right(const Map& map) { return map.keys; }
    static std::size_t size(const Map& map) { return map.values.size(); }
};

template <class L, class R>
struct FirstTrySubject : FirstTryOver<std::unordered_map, L, R> {
    using Left = L;
    using Right = R;
};
template <class L, class R>
struct FirstTryOrderedSubject : FirstTryOver<std::map, L, R> {
    using Left = L;
    using Right = R;
    static Promises promises() { return {.order = {Order::sorted, Order::sorted}}; }
};

}  // namespace bimap::properties::wild
