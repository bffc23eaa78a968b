// SPDX-License-Identifier: BSL-1.0
// The reference: a bimap as two std::maps, forward and inverse. Stupid on purpose, never optimised.
#pragma once

#include <array>
#include <map>
#include <optional>

#include "properties/answer.hpp"

namespace bimap::properties {

class Model {
  public:
    [[nodiscard]] std::size_t size() const { return by_[0].size(); }
    [[nodiscard]] bool contains(Pair pair) const { return partner(Side::left, pair.left) == pair.right; }
    [[nodiscard]] std::optional<Number> partner(Side side, Number key) const;
    [[nodiscard]] const std::map<Number, Number>& by(Side side) const { return by_[index(side)]; }
    [[nodiscard]] Pair pair_of(Side side, Number key, Number partner) const {
        return side == Side::left ? Pair{key, partner} : Pair{partner, key};
    }

    /// One of the four conflict policies: on each side, a taken key refuses or is replaced. Where both
    /// refuse, the answer's position is the pair that is in the way on the side `asked_first`.
    Answer put(Pair pair, bool replace_left, bool replace_right, Side asked_first = Side::left);

    std::size_t erase(Side side, Number key);
    void clear() { by_ = {}; }
    void adopt(const Pairs& pairs);
    void link(Pair pair);

    bool operator==(const Model&) const = default;

  private:
    static std::size_t index(Side side) { return static_cast<std::size_t>(side); }

    std::array<std::map<Number, Number>, 2> by_;  ///< from each side's key to its partner
};

/// One Model for each register.
using Models = std::array<Model, register_count>;

/// Carries out an Operation on the Models and says what a bimap has to answer. Where a bimap may choose
/// (which pairs follow one another on an unordered side) the Model follows what was `seen`, if that was a
/// possible choice.
Answer expect(Models& models, const Operation& operation, const Answer& seen, std::array<bool, 2> ordered);

}  // namespace bimap::properties
