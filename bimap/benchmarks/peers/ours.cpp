// SPDX-License-Identifier: BSL-1.0
// Ours, with both sides hashed and with both sides ordered.
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/peer.hpp"
#include "bimap/bimap.hpp"

namespace bimap::benchmarks {

namespace {

template <class LeftKey, class LeftIndex, class RightIndex>
class Ours {
  public:
    using Left = LeftKey;
    using Right = std::uint64_t;

    Ours() = default;
    explicit Ours(const std::vector<std::pair<Left, Right>>& pairs) : map_(pairs.begin(), pairs.end()) {}

    bool insert(const Left& left, Right right) { return map_.insert(left, right).inserted; }
    void force(const Left& left, Right right) { map_.force(left, right); }

    const Right* find_left(const Left& left) const { return find_in(map_.left(), left); }
    const Left* find_right(Right right) const { return find_in(map_.right(), right); }

    bool erase_left(const Left& left) { return map_.left().erase(left) != 0; }
    bool erase_right(Right right) { return map_.right().erase(right) != 0; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& [left, right] : map_) visit(left, right);
    }

    template <class Visit>
    void for_range(const Left& from, std::size_t count, Visit visit) const
        requires requires(const BiMap<Left, Right, LeftIndex, RightIndex>& map) {
            map.left().lower_bound(from);
        }
    {
        const auto view = map_.left();
        for (auto i = view.lower_bound(from); i != view.end() && count != 0; ++i, --count) {
            const auto [left, right] = *i;
            visit(left, right);
        }
    }

    void reserve(std::size_t n) { map_.reserve(n); }
    std::size_t size() const { return map_.size(); }
    void clear() { map_.clear(); }

  private:
    template <class View, class Key>
    static auto find_in(const View& view, const Key& key) -> const typename View::mapped_type* {
        const auto there = view.find(key);
        return there == view.end() ? nullptr : &(*there).second;
    }

    BiMap<Left, Right, LeftIndex, RightIndex> map_;
};

template <class Left>
using OursHashed = Ours<Left, hashed<KeyHash<Left>>, hashed<KeyHash<std::uint64_t>>>;
template <class Left>
using OursOrdered = Ours<Left, ordered<>, ordered<>>;

[[maybe_unused]] const bool added =
    add_peer<OursHashed<std::uint64_t>, OursHashed<std::string>>("ours_hashed") &&
    add_peer<OursOrdered<std::uint64_t>, OursOrdered<std::string>>("ours_ordered");

}  // namespace

}  // namespace bimap::benchmarks
