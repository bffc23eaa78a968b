// SPDX-License-Identifier: BSL-1.0
// A bimap as applications write it: two hash maps behind set, get and remove. Right, but for what it says
// nothing of: a failure half-way leaves neither direction ahead of the other.
#pragma once

#include <optional>
#include <unordered_map>

namespace bimap::properties::wild {

template <class Key, class Value>
class SetGetRemoveMap {
  public:
    void set(const Key& key, const Value& value) {
        SetGetRemoveMap changed{*this};
        if (const auto old = changed.values_.find(key); old != changed.values_.end())
            changed.keys_.erase(old->second);
        if (const auto holder = changed.keys_.find(value); holder != changed.keys_.end())
            changed.values_.erase(holder->second);
        changed.values_.insert_or_assign(key, value);
        changed.keys_.insert_or_assign(value, key);
        swap(changed);
    }
    std::optional<Value> get(const Key& key) const { return look_up(values_, key); }
    std::optional<Key> get_key(const Value& value) const { return look_up(keys_, value); }
    std::optional<Value> remove(const Key& key) {
        auto old = get(key);
        if (!old) return old;
        SetGetRemoveMap changed{*this};
        changed.values_.erase(key);
        changed.keys_.erase(*old);
        swap(changed);
        return old;
    }
    [[nodiscard]] std::size_t size() const { return values_.size(); }
    void swap(SetGetRemoveMap& other) noexcept {
        values_.swap(other.values_);
        keys_.swap(other.keys_);
    }

    SetGetRemoveMap() = default;
    SetGetRemoveMap(const SetGetRemoveMap&) = default;
    SetGetRemoveMap(SetGetRemoveMap&&) = default;
    ~SetGetRemoveMap() = default;
    SetGetRemoveMap& operator=(SetGetRemoveMap other) noexcept {
        swap(other);
        return *this;
    }

  private:
    template <class K, class V>
    static std::optional<V> look_up(const std::unordered_map<K, V>& map, const K& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }

    std::unordered_map<Key, Value> values_;
    std::unordered_map<Value, Key> keys_;
};

}  // namespace bimap::properties::wild
