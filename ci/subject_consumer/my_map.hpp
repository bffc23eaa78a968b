// SPDX-License-Identifier: BSL-1.0
// A bimap in a vector of pairs. It copies its elements.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

template <class Key, class Value>
class MyMap {
  public:
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
