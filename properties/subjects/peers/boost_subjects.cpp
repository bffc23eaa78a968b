// SPDX-License-Identifier: BSL-1.0
// Boost.Bimap, ordered and hashed, and a Boost.MultiIndex container of pairs.
#include <boost/bimap.hpp>
#include <boost/bimap/unordered_set_of.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/ordered_index.hpp>
#include <boost/multi_index_container.hpp>

#include "properties/add_subject.hpp"

namespace bimap::properties::peers {

namespace {

/// Both Boost.Bimaps are maps from either side, seen through `left` and `right`.
template <class LeftSet, class RightSet, Order order>
struct BoostBimapSubject {
    using Map = boost::bimap<LeftSet, RightSet>;
    using Left = typename Map::left_key_type;
    using Right = typename Map::right_key_type;
    static Promises promises() { return {.order = {order, order}, .absent_is_out_of_range = true}; }

    static bool insert(Map& map, const Left& l, const Right& r) {
        return map.insert(typename Map::value_type{l, r}).second;
    }
    static auto& left(Map& map) { return map.left; }
    static auto& right(Map& map) { return map.right; }
    /// Says nothing: Boost has a key replaced by itself, which is refused here.
    static void replace_left(Map& map, const Left& l, const Left& fresh) {
        const auto found = map.left.find(l);
        if (found != map.left.end()) map.left.replace_key(found, fresh);
    }
    static void clear(Map& map) { map.clear(); }
    static std::size_t size(const Map& map) { return map.size(); }
    static bool empty(const Map& map) { return map.empty(); }
};

using L = Tracked<Side::left>;
using R = Tracked<Side::right>;
template <class T>
using Hashed = boost::bimaps::unordered_set_of<T, std::hash<T>, std::equal_to<T>>;

using OrderedBoost = BoostBimapSubject<boost::bimaps::set_of<L>, boost::bimaps::set_of<R>, Order::sorted>;
using HashedBoost = BoostBimapSubject<Hashed<L>, Hashed<R>, Order::any>;

struct MultiIndexSubject {
    using Left = L;
    using Right = R;
    struct Entry {
        L left;
        R right;
    };
    template <class T, T Entry::* part>
    using By = boost::multi_index::ordered_unique<boost::multi_index::member<Entry, T, part>>;
    using Map = boost::multi_index_container<
        Entry, boost::multi_index::indexed_by<By<L, &Entry::left>, By<R, &Entry::right>>>;
    static Promises promises() { return {.order = {Order::sorted, Order::sorted}}; }

    static bool insert(Map& map, const L& l, const R& r) { return map.insert(Entry{l, r}).second; }
    static std::size_t erase_left(Map& map, const L& l) { return map.get<0>().erase(l); }
    static std::size_t erase_right(Map& map, const R& r) { return map.get<1>().erase(r); }
    static auto erase_at_left(Map& map, auto it) { return map.get<0>().erase(it); }
    static auto erase_at_right(Map& map, auto it) { return map.get<1>().erase(it); }
    static auto erase_range_left(Map& map, auto first, auto last) { return map.get<0>().erase(first, last); }
    static auto find_left(const Map& map, const L& l) { return map.get<0>().find(l); }
    static auto find_right(const Map& map, const R& r) { return map.get<1>().find(r); }
    static auto lower_bound_left(const Map& map, const L& l) { return map.get<0>().lower_bound(l); }
    static auto upper_bound_right(const Map& map, const R& r) { return map.get<1>().upper_bound(r); }
    static auto begin_left(const Map& map) { return map.get<0>().begin(); }
    static auto end_left(const Map& map) { return map.get<0>().end(); }
    static auto begin_right(const Map& map) { return map.get<1>().begin(); }
    static auto end_right(const Map& map) { return map.get<1>().end(); }
    static void clear(Map& map) { map.clear(); }
    static std::size_t size(const Map& map) { return map.size(); }
};

const Registration added{[](std::vector<Subject>& list) {
    list.push_back(make_subject<OrderedBoost>("peers/boost-bimap-ordered", "Boost.Bimap of two set_of"));
    list.push_back(
        make_subject<HashedBoost>("peers/boost-bimap-hashed", "Boost.Bimap of two unordered_set_of"));
    list.push_back(
        make_subject<MultiIndexSubject>("peers/boost-multi-index", "Boost.MultiIndex, two ordered indexes"));
}};

}  // namespace

}  // namespace bimap::properties::peers
