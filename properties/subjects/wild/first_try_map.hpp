// SPDX-License-Identifier: BSL-1.0
// The bimap that most people write first: two hash maps, written to side by side. Its defects are known.
#pragma once

#include <unordered_map>

namespace bimap::properties::wild {

template <class Key, class Value>
struct FirstTryMap {
    std::unordered_map<Key, Value> values;
    std::unordered_map<Value, Key> keys;

    void put(const Key& key, const Value& value) {
        values.insert_or_assign(key, value);
        keys.insert_or_assign(value, key);
    }
    void erase(const Key& key) {
        const auto found = values.find(key);
        if (found == values.end()) return;
        keys.erase(found->second);
        values.erase(found);
    }
};

}  // namespace bimap::properties::wild
