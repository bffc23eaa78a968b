// SPDX-License-Identifier: BSL-1.0
// BiMap with the same type on both sides: whatever takes one for the other compiles here, and has to show.
// Where there are function objects, only their state tells them apart.
#include "properties/subjects/bimap_subject.hpp"

namespace bimap::properties {

namespace {

using Sturdy = Tracked<Side::left>;
using Throwing = Tracked<Side::left, Nature::throwing>;

/// What a map with function objects of its own adds: they are given wherever a map is made.
template <class Map, const auto& left_index, const auto& right_index>
struct GivenFunctionsSubject : BiMapSubject<Map> {
    static Map make() { return Map(left_index, right_index); }
    static Map filter(const Map& map, auto keeps) {
        const auto kept = BiMapSubject<Map>::those_that(map, keeps);
        return Map(kept.begin(), kept.end(), left_index, right_index);
    }
};

template <class Map, const auto& left_index, const auto& right_index>
Subject make_alike_subject(const std::string& name, const std::string& story, const Orders& order,
                           std::initializer_list<Fault::Kind> faults) {
    using Adapter = GivenFunctionsSubject<Map, left_index, right_index>;
    return make_bimap_subject(name, story, Adapter{{bimap_promises(order, faults)}});
}

/// A hash that depends on a salt. The one that nobody gave has none, which is a mistake.
struct SaltedHash {
    std::size_t salt = 0;
    std::size_t operator()(const Sturdy& element) const {
        if (salt == 0) ledger.note_misuse("a hasher was used that nobody gave to the map");
        return std::hash<Sturdy>{}(element) + salt;
    }
};
using Salted = sequenced<SaltedHash>;
constexpr Salted left_salted{{0x1234'5678'9ABC'DEF1}};
constexpr Salted right_salted{{0xFEDC'BA98'7654'3217}};

/// An order that goes up or down.
struct Direction {
    enum : std::int8_t { none, up, down } way = none;
    bool operator()(const Throwing& one, const Throwing& other) const {
        if (way == none) ledger.note_misuse("a comparator was used that nobody gave to the map");
        return way == down ? other < one : one < other;
    }
};
using Directed = ordered<Direction>;
constexpr Directed ascending{{Direction::up}};
constexpr Directed descending{{Direction::down}};

const Registration added{[](std::vector<Subject>& list) {
    using Kind = Fault::Kind;
    list.push_back(make_alike_subject<BiMap<Sturdy, Sturdy, Salted, Salted>, left_salted, right_salted>(
        "alike", "both sides of the same type, in the order of insertion, hashed with different salts",
        {Order::sequenced, Order::sequenced}, {Kind::alloc, Kind::copy, Kind::hash, Kind::compare}));
    list.push_back(make_alike_subject<BiMap<Throwing, Throwing, Directed, Directed>, ascending, descending>(
        "alike-ordered",
        "both sides of the same type, which may throw when moved; left ascends, right descends",
        {Order::sorted, Order::any}, {Kind::alloc, Kind::copy, Kind::move, Kind::compare}));
    list.push_back(make_bimap_subject<BiMap<std::string, std::string, ordered<>, ordered<>>>(
        "texts", "strings on both sides, ordered", {Order::sorted, Order::sorted}, {Kind::alloc}));
}};

}  // namespace

}  // namespace bimap::properties
