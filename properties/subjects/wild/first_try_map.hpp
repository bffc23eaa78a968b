// SPDX-License-Identifier: BSL-1.0
// The bimap that most people write first: two maps, written to side by side. Its defects are known.
#pragma once

namespace bimap::properties::wild {

/// `Table` is std::unordered_map or std::map.
template <template <class...> class Table, class Key, class Value>
struct FirstTryMap {
    Table<Key, Value> values;
    Table<Value, Key> keys;

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
