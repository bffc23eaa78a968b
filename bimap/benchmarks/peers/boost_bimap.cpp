// SPDX-License-Identifier: BSL-1.0
// Boost.Bimap, with both sides hashed and with both sides ordered.
#include <boost/bimap/bimap.hpp>
#include <boost/bimap/set_of.hpp>
#include <boost/bimap/unordered_set_of.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/peer.hpp"

namespace bimap::benchmarks {

namespace {

template <class LeftKey, class LeftSet, class RightSet>
class BoostBimap {
    using Map = boost::bimaps::bimap<LeftSet, RightSet>;
    using Value = typename Map::value_type;

  public:
    using Left = LeftKey;
    using Right = std::uint64_t;

    BoostBimap() = default;
    explicit BoostBimap(const std::vector<std::pair<Left, Right>>& pairs) {
        reserve(pairs.size());
        for (const auto& [left, right] : pairs) insert(left, right);
    }

    bool insert(const Left& left, Right right) { return map_.insert(Value(left, right)).second; }

    /// It has no such operation. Where the left is there, its pair is changed in place.
    void force(const Left& left, Right right) {
        const auto there = map_.left.find(left);
        if (there == map_.left.end()) {
            map_.right.erase(right);
            map_.insert(Value(left, right));
        } else if (there->second != right) {
            map_.right.erase(right);
            map_.left.replace_data(there, right);
        }
    }

    const Right* find_left(const Left& left) const { return find_in(map_.left, left); }
    const Left* find_right(Right right) const { return find_in(map_.right, right); }

    bool erase_left(const Left& left) { return map_.left.erase(left) != 0; }
    bool erase_right(Right right) { return map_.right.erase(right) != 0; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& pair : map_.left) visit(pair.first, pair.second);
    }

    template <class Visit>
    void for_range(const Left& from, std::size_t count, Visit visit) const
        requires requires(const Map& map) { map.left.lower_bound(from); }
    {
        for (auto i = map_.left.lower_bound(from); i != map_.left.end() && count != 0; ++i, --count)
            visit(i->first, i->second);
    }

    void reserve(std::size_t n) {
        if constexpr (requires { map_.left.rehash(n); }) {
            map_.left.rehash(n);
            map_.right.rehash(n);
        }
    }

    std::size_t size() const { return map_.size(); }
    void clear() { map_.clear(); }

  private:
    template <class View, class Key>
    static auto find_in(const View& view, const Key& key) {
        const auto there = view.find(key);
        return there == view.end() ? nullptr : &there->second;
    }

    Map map_;
};

template <class Key>
using HashedSet = boost::bimaps::unordered_set_of<Key, KeyHash<Key>>;

template <class Left>
using Hashed = BoostBimap<Left, HashedSet<Left>, HashedSet<std::uint64_t>>;
template <class Left>
using Ordered = BoostBimap<Left, boost::bimaps::set_of<Left>, boost::bimaps::set_of<std::uint64_t>>;

[[maybe_unused]] const bool added =
    add_peer<Hashed<std::uint64_t>, Hashed<std::string>>("boost_bimap_hashed") &&
    add_peer<Ordered<std::uint64_t>, Ordered<std::string>>("boost_bimap_ordered");

}  // namespace

}  // namespace bimap::benchmarks
