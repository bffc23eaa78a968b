// SPDX-License-Identifier: BSL-1.0
// A large group of pairs in one map of a Subject: the calls that are made on it, and what should be in the
// map after them. It is to watch() what the Model is to the check, for many more pairs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

/// A call that adds a pair.
struct Adding {
    Verb verb;
    Side side;
};

/// The first of those that the Subject offers; an adapter has one at least.
Adding adding_call(const Subject& subject);

/// A large group of pairs: left i, and a right from another order, so that no side's order tells the other's.
/// It knows which of them are in the map, and makes no call that the Subject does not permit.
class Group {
  public:
    Group(const Subject& subject, Number count);

    [[nodiscard]] Number count() const { return static_cast<Number>(right_of_.size()); }
    [[nodiscard]] Number part(Number tenths) const { return count() / 10 * tenths; }
    [[nodiscard]] Number first_right(Number left) const {
        return static_cast<Number>(std::uint64_t{left} * stride_ % count());
    }
    [[nodiscard]] Number second_right(Number left) const { return count() + first_right(left); }

    /// How many are in the map.
    [[nodiscard]] Number size() const { return size_; }

    void add(Number left, Number right);
    void force(Number left, Number right);
    void erase_by_left(Number left);
    void erase_by_right_of(Number left);
    /// Gives the pair of this left another right.
    void replace_right_of(Number left);
    void extract(Number left);
    /// Erases the pairs of these lefts, by predicate or in a loop.
    void erase(Verb verb, Number first, Number last);
    /// Erases so many pairs from this left on.
    void erase_range(Number left, Number count);
    void move_to_front(Number left);
    void move_to_back_by_right(Number left);
    void clear();

    /// Makes another map of the pairs of these lefts, looks at it, and destroys it.
    void derive(Verb verb, Number first, Number last);
    /// Moves everything to another map, looks at it, and moves it back.
    void move_away_and_back();
    void swap_away_and_back();

    /// What is otherwise than it should be, in the map, in one that was made of it, or in an answer; nothing,
    /// if all is well.
    std::string difference();

    /// Destroys the maps.
    void reset() { session_->reset(); }

  private:
    static constexpr Number nothing = ~Number{0};

    /// `does`: whether a pair comes, or goes, where the answer has to say so.
    Answer apply(Verb verb, Number first = 0, Number second = 0, Side side = Side::left,
                 std::optional<bool> does = {});
    Answer apply_to(Register target, Verb verb, Register source, Number first = 0, Number last = 0);
    Answer carry_out(const Operation& operation, std::optional<bool> does = {});
    void note_difference(std::string found);

    /// What should be in a map that is looked at.
    struct Expected {
        Number first;  ///< of the lefts
        Number last;
        std::array<Order, 2> order;
    };
    [[nodiscard]] Expected everything() const { return {0, count() - 1, promises_.order}; }
    void look_at_derived(Register which, Verb verb, const Expected& expected);
    std::string difference_in(Register which, const Expected& expected);
    [[nodiscard]] std::string difference_along(Side side, Pairs shown, const Expected& expected,
                                               Number size) const;

    void put(Number left, Number right);
    void link(Number left, Number right);
    void unlink(Number left);

    Promises promises_;
    Adding adding_;
    std::unique_ptr<Session> session_;
    Number stride_ = 7919;
    std::vector<Number> right_of_;
    std::vector<Number> left_of_;
    std::array<std::vector<std::int64_t>, 2> place_;  ///< by side and key: in the order of insertion
    std::int64_t first_place_ = 0;
    std::int64_t last_place_ = 0;
    Number size_ = 0;
    std::string first_difference_;  ///< in an answer, or in a map that was made of this one
    Look look_;
};

}  // namespace bimap::properties
