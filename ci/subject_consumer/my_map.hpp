// SPDX-License-Identifier: BSL-1.0
// A bimap in a vector of pairs. It copies its elements. A vector that fails half-way through an assignment
// has some pairs of either map, among which a key may be twice; so what is assigned is copied first.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

template <class Key, class Value>
class MyMap {
  public:
    MyMap() = default;
    MyMap(const MyMap&) = default;
    MyMap(MyMap&&) = default;
    MyMap& operator=(MyMap other) noexcept {
        pairs_.swap(other.pairs_);
        return *this;
    }

    bool add(const Key& key, const Value& value) {
        for (const auto& pair : pairs_)
            if (pair.first == key || pair.second == value) return false;
        pairs_.emplace_back(key, value);
        return true;
    }
    const Value* get(const Key& key) const {
        for (const auto& pair : pairs_)
            if (pair.first == key) return &pair.second;
        return nullptr;
    }
    bool drop(const Key& key) {
        for (auto& pair : pairs_) {
            if (!(pair.first == key)) continue;
            std::swap(pair, pairs_.back());
            pairs_.pop_back();
            return true;
        }
        return false;
    }

  private:
    std::vector<std::pair<Key, Value>> pairs_;
};
