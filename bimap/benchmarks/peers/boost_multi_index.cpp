// SPDX-License-Identifier: BSL-1.0
// Boost.MultiIndex, with a hashed index for each side.
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index_container.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/peer.hpp"

namespace bimap::benchmarks {

namespace {

template <class LeftKey>
class MultiIndex {
  public:
    using Left = LeftKey;
    using Right = std::uint64_t;

    MultiIndex() = default;
    explicit MultiIndex(const std::vector<std::pair<Left, Right>>& pairs) {
        reserve(pairs.size());
        for (const auto& [left, right] : pairs) insert(left, right);
    }

    bool insert(const Left& left, Right right) { return map_.emplace(left, right).second; }

    /// Where the left is there, its pair is changed in place.
    void force(const Left& left, Right right) {
        auto& rights = map_.template get<1>();
        const auto there = map_.find(left);
        if (there == map_.end()) {
            rights.erase(right);
            map_.emplace(left, right);
        } else if (there->second != right) {
            rights.erase(right);
            map_.modify(there, [&](Pair& pair) { pair.second = right; });
        }
    }

    const Right* find_left(const Left& left) const {
        const auto there = map_.find(left);
        return there == map_.end() ? nullptr : &there->second;
    }

    const Left* find_right(Right right) const {
        const auto& rights = map_.template get<1>();
        const auto there = rights.find(right);
        return there == rights.end() ? nullptr : &there->first;
    }

    bool erase_left(const Left& left) { return map_.erase(left) != 0; }
    bool erase_right(Right right) { return map_.template get<1>().erase(right) != 0; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& [left, right] : map_) visit(left, right);
    }

    void reserve(std::size_t n) {
        map_.reserve(n);
        map_.template get<1>().reserve(n);
    }

    std::size_t size() const { return map_.size(); }
    void clear() { map_.clear(); }

  private:
    using Pair = std::pair<Left, Right>;
    template <class Member, class Key>
    using Side = boost::multi_index::hashed_unique<Member, KeyHash<Key>>;
    using Sides =
        boost::multi_index::indexed_by<Side<boost::multi_index::member<Pair, Left, &Pair::first>, Left>,
                                       Side<boost::multi_index::member<Pair, Right, &Pair::second>, Right>>;

    boost::multi_index_container<Pair, Sides> map_;
};

[[maybe_unused]] const bool added =
    add_peer<MultiIndex<std::uint64_t>, MultiIndex<std::string>>("boost_multi_index_hashed");

}  // namespace

}  // namespace bimap::benchmarks
