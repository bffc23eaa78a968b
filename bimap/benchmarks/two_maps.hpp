// SPDX-License-Identifier: BSL-1.0
// The bimap that one writes in a hurry: a map forward and a map backward, kept consistent.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace bimap::benchmarks {

/// Each operation looks as seldom as it can: what is inserted is also how it is looked up.
template <class Forward, class Backward>
class TwoMaps {
  public:
    using Left = typename Forward::key_type;
    using Right = typename Backward::key_type;

    TwoMaps() = default;
    explicit TwoMaps(const std::vector<std::pair<Left, Right>>& pairs) {
        reserve(pairs.size());
        for (const auto& [left, right] : pairs) insert(left, right);
    }

    bool insert(const Left& left, const Right& right) {
        const auto [there, is_new] = forward_.try_emplace(left, right);
        if (!is_new) return false;
        if (backward_.try_emplace(right, left).second) return true;
        forward_.erase(there);
        return false;
    }

    void force(const Left& left, const Right& right) {
        if (const auto [there, is_new] = forward_.try_emplace(left, right); !is_new) {
            if (there->second == right) return;
            backward_.erase(there->second);
            there->second = right;
        }
        if (const auto [back, is_new] = backward_.try_emplace(right, left); !is_new) {
            forward_.erase(back->second);
            back->second = left;
        }
    }

    const Right* find_left(const Left& left) const { return find_in(forward_, left); }
    const Left* find_right(const Right& right) const { return find_in(backward_, right); }

    bool erase_left(const Left& left) { return erase_in(forward_, backward_, left); }
    bool erase_right(const Right& right) { return erase_in(backward_, forward_, right); }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& [left, right] : forward_) visit(left, right);
    }

    template <class Visit>
    void for_range(const Left& from, std::size_t count, Visit visit) const
        requires requires(const Forward& map) { map.lower_bound(from); }
    {
        for (auto i = forward_.lower_bound(from); i != forward_.end() && count != 0; ++i, --count)
            visit(i->first, i->second);
    }

    void reserve(std::size_t n) {
        if constexpr (requires { forward_.reserve(n); }) {
            forward_.reserve(n);
            backward_.reserve(n);
        }
    }

    std::size_t size() const { return forward_.size(); }

    void clear() {
        forward_.clear();
        backward_.clear();
    }

  protected:
    Forward forward_;
    Backward backward_;

  private:
    template <class Map>
    static const typename Map::mapped_type* find_in(const Map& map, const typename Map::key_type& key) {
        const auto there = map.find(key);
        return there == map.end() ? nullptr : &there->second;
    }

    template <class Here, class There>
    static bool erase_in(Here& here, There& there, const typename Here::key_type& key) {
        const auto found = here.find(key);
        if (found == here.end()) return false;
        there.erase(found->second);
        here.erase(found);
        return true;
    }
};

}  // namespace bimap::benchmarks
