// SPDX-License-Identifier: BSL-1.0
// The reference: a bimap as two std::maps, forward and inverse, and two lists of keys in the order in which
// they came. Stupid on purpose, never optimised.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "properties/answer.hpp"

namespace bimap::properties {

class Model {
  public:
    [[nodiscard]] std::size_t size() const { return by_[0].size(); }
    [[nodiscard]] bool contains(Pair pair) const { return partner(Side::left, pair.left) == pair.right; }
    [[nodiscard]] std::optional<Number> partner(Side side, Number key) const;
    [[nodiscard]] const std::map<Number, Number>& by(Side side) const { return by_[index_of(side)]; }
    /// The keys of a side as they came. A new one goes to the end.
    [[nodiscard]] const std::vector<Number>& sequence(Side side) const { return sequences_[index_of(side)]; }
    /// Every pair as this side's iteration shows it; where it may follow any order, by key.
    [[nodiscard]] Pairs in_order(Side side, Order order) const;

    /// One of the four conflict policies: on each side, a taken key refuses or is replaced. Where both
    /// refuse, the answer's position is the pair that is in the way on the side `asked_first`.
    Answer put(Pair pair, bool replace_left, bool replace_right, Side asked_first = Side::left);

    /// Gives the pair with the key `old` the key `fresh`, in its place, unless that is taken.
    Answer replace(Side side, Number old, Number fresh);

    std::size_t erase(Side side, Number key);
    void clear() { *this = {}; }
    void link(Pair pair);

    /// Takes over what a look along both sides showed.
    void adopt(const std::array<Pairs, 2>& shown);

    void move_to_front(Side side, Number key);
    void move_to_back(Side side, Number key);

    /// Equal pairs, in whatever order.
    bool operator==(const Model& other) const { return by_ == other.by_; }

  private:
    void leave_sequence(Side side, Number key);

    std::array<std::map<Number, Number>, 2> by_;  ///< from each side's key to its partner
    std::array<std::vector<Number>, 2> sequences_;
};

/// One Model for each register.
using Models = std::array<Model, register_count>;

/// Carries out an Operation on the Models and says what a bimap has to answer. Where a bimap may choose
/// (which pairs follow one another on a side of any order) the Model follows what was `seen`, if that was a
/// possible choice.
Answer expect(Models& models, const Operation& operation, const Answer& seen, const Orders& order);

}  // namespace bimap::properties
