// SPDX-License-Identifier: BSL-1.0
// What most people write to test a bimap: one map, a handful of calls, two std::maps as the model, and after
// every call a comparison of the whole content. It is what the suite is measured against; it asks neither the
// suite's Ledger nor its check.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "properties/subject.hpp"

namespace bimap::score {

using properties::Number;
using properties::Side;
using properties::Verb;

class PlainMachine {
  public:
    static constexpr int calls = 7;

    explicit PlainMachine(const properties::Subject& subject) : subject_{subject}, session_{subject.open()} {}

    /// Starts with an empty map.
    void reset() {
        session_->reset();
        forward_.clear();
        backward_.clear();
    }

    /// Makes one of the calls on the map and on the model. Returns: whether they agree.
    bool call(int which, Number left, Number right) {
        switch (which) {
            case 0:
                return agrees(Verb::insert, Side::left, left, right, insert(left, right));
            case 1:
                return agrees(Verb::force, Side::left, left, right, force(left, right));
            case 2:
                return agrees(Verb::erase, Side::left, left, 0, erase_left(left));
            case 3:
                return agrees(Verb::erase, Side::right, right, 0, erase_right(right));
            case 4:
                return agrees(Verb::contains, Side::left, left, 0, forward_.contains(left));
            case 5:
                return agrees(Verb::contains, Side::right, right, 0, backward_.contains(right));
            default:
                forward_.clear();
                backward_.clear();
                return agrees(Verb::clear, Side::left, 0, 0, std::nullopt);
        }
    }

    [[nodiscard]] std::size_t size() const { return forward_.size(); }

  private:
    bool insert(Number left, Number right) {
        if (forward_.contains(left) || backward_.contains(right)) return false;
        forward_[left] = right;
        backward_[right] = left;
        return true;
    }
    bool force(Number left, Number right) {
        if (forward_.contains(left) && forward_[left] == right) return false;
        erase_left(left);
        erase_right(right);
        return insert(left, right);
    }
    bool erase_left(Number left) {
        const auto found = forward_.find(left);
        if (found == forward_.end()) return false;
        backward_.erase(found->second);
        forward_.erase(found);
        return true;
    }
    bool erase_right(Number right) {
        const auto found = backward_.find(right);
        return found != backward_.end() && erase_left(found->second);
    }

    bool agrees(Verb verb, Side side, Number first, Number second, std::optional<bool> expected) {
        properties::Operation operation;
        operation.verb = verb;
        operation.side = side;
        operation.numbers = {first, second};
        if (!subject_.offer.contains(operation)) return true;
        const auto answer = session_->apply(operation);
        if (answer.ending != properties::Answer::Ending::returned) return false;
        if (expected && answer.value && (*answer.value != 0) != *expected) return false;
        session_->look(properties::Register::a, properties::number_limit, look_);
        return shows(Side::left, forward_) && shows(Side::right, backward_) &&
               look_.direct.size.value_or(size()) == size();
    }

    /// Whether a side shows and finds exactly what the model has.
    [[nodiscard]] bool shows(Side side, const std::map<Number, Number>& model) const {
        const auto i = static_cast<std::size_t>(side);
        std::map<Number, Number> seen;
        for (const auto& pair : look_.direct.order[i])
            seen.emplace(key_of(pair, side), key_of(pair, opposite(side)));
        if (seen != model || look_.direct.order[i].size() != model.size()) return false;
        for (Number key = 0; key < properties::number_limit; ++key) {
            const auto found = model.find(key);
            const auto expected = found == model.end() ? std::nullopt : std::optional{found->second};
            if (look_.direct.found[i][key] != expected) return false;
        }
        return true;
    }

    const properties::Subject& subject_;
    std::unique_ptr<properties::Session> session_;
    properties::Look look_;
    std::map<Number, Number> forward_;
    std::map<Number, Number> backward_;
};

}  // namespace bimap::score
