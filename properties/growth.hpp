// SPDX-License-Identifier: BSL-1.0
// Whether what a Program uses grows as it is repeated: memory, and work. It sees what the Ledger counts, and
// calls no map.
#pragma once

#include <cstddef>
#include <vector>

#include "properties/answer.hpp"
#include "properties/ledger.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// What is in use after some repetitions, and what is in the maps then.
struct Usage {
    Balance balance;
    Pairs content;  ///< where the Ledger cannot count it
    [[nodiscard]] bool has_content_of(const Usage& other) const {
        return balance.elements == other.balance.elements && content == other.content;
    }
};

/// Where so many bytes were allocated, freed ones included, growth is judged earlier: what copies all that it
/// retains would take for ever.
inline constexpr std::uint64_t enough_is_allocated = std::uint64_t{32} << 20;

/// Where all hashes are equal, pairs go on changing places for a while: for so many rounds.
inline constexpr int work_settles_by = 128;

/// Whether a round takes more and more steps, from window to window. Work that grows with the number of
/// rounds rises twice as much from one to the next; 1.4 times is asked for, as the first ones are short.
class Pace {
  public:
    Pace(double first, double second) : last_{second}, slows_{second > first} {}

    /// Another window: so many steps in a round.
    void look(double steps, bool content_stays);
    [[nodiscard]] bool slows() const { return slows_; }

  private:
    double last_;
    double rise_ = 0;
    bool slows_;
};

/// Whether more and more memory is in use while the content stays as it is.
///
/// What is in use after 2 rounds as after 1 is left alone; what grows from 2 to 4 is watched on to 8, 32, 128
/// and 512; what grew each time is retained. A table that settles at its high-water mark does not, and
/// neither does one that grows twice. What has a bound, such as entries that are swept away when they are too
/// many, may reach it late: what goes on growing grows four times as much from 32 to 128 as from 8 to 32,
/// less where a table grows by half; 1.5 times is asked for, on to 512 or until enough is allocated. What is
/// made at random grows and shrinks by a little; so a byte for each round is asked for. With patience,
/// nothing has to have grown while it may rest, but all that does on to 2048.
class Growth {
  public:
    /// What was in use after one round and after two, of so many Operations each.
    Growth(const Balance& once, const Usage& twice, std::size_t operations, bool is_patient);

    /// What is in use after 4, 8, 16, … rounds.
    void look(const Usage& now, int rounds);
    /// Whether it grew at each look so far.
    [[nodiscard]] bool goes_on() const { return goes_on_; }
    /// Whether it does so with so much memory that no more looks are needed.
    [[nodiscard]] bool is_fast() const { return is_fast_; }
    /// Whether more rounds than so many are needed to tell.
    [[nodiscard]] bool is_open_after(int rounds) const {
        return goes_on_ && !is_fast_ && rounds < last_look_;
    }
    /// The leak of the Operation whose blocks grew most.
    [[nodiscard]] const Verdict& verdict() const { return verdict_; }

  private:
    [[nodiscard]] bool may_rest_still(int rounds) const;
    void blame(int rounds);

    std::size_t operations_;
    bool is_patient_;
    int last_look_;
    std::uint64_t allocated_before_;
    bool goes_on_;
    bool is_fast_ = false;
    Usage then_;           ///< when it was looked at last
    Balance before_then_;  ///< and the time before
    std::vector<Balance> made_by_then_;
    Verdict verdict_;
};

/// Whether more is in use `now` than `then`.
inline bool grows(const Balance& then, const Balance& now) {
    return now.bytes > then.bytes || now.blocks > then.blocks;
}

}  // namespace bimap::properties
