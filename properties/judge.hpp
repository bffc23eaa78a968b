// SPDX-License-Identifier: BSL-1.0
// The judge of one call at a time: it compares what a subject answers, what it shows and what the Ledger
// counts with the Model; and at the end, what is left.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "properties/fingerprint.hpp"
#include "properties/growth.hpp"
#include "properties/model.hpp"
#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// When the maps are looked at.
enum class Looks : std::uint8_t { after_each, at_the_end };

/// Judges the calls of Programs on one Subject, one Program after the other: the Session and the room for
/// looks are kept.
class Judge {
  public:
    /// Whether the Ledger is asked: about misuse, elements and blocks.
    Judge(const Subject& subject, bool asks_the_ledger);

    /// Nothing is left of a Program, so that leak detection has nothing to ask about.
    void forget();
    /// Precondition: the maps are as forget() leaves them.
    void begin(const Program& program, Looks looks);
    /// Carries an Operation out, if the Subject permits it, and judges what comes of it. `closely`: in every
    /// map, from both sides, through the inverse, and with its invariants.
    Finding step(const Operation& operation, bool closely);
    /// Destroys the maps and judges what is left.
    Finding end();

    /// Whether the Operation keeps to what the Subject asks of its callers.
    [[nodiscard]] bool permitted(const Operation& operation) const;
    /// Carries an Operation out and judges nothing.
    Answer carry_out(const Operation& operation);

    [[nodiscard]] Finding misuse() const;
    /// The finding that names what the earliest Operation left of what remains; lost before cyclic before
    /// retained.
    [[nodiscard]] static Finding remains(Verdict::Sign sign);
    /// What the maps use now.
    [[nodiscard]] Usage usage();
    /// Of all maps, as they are now.
    [[nodiscard]] Fingerprint fingerprint();

    /// How many Operations were carried out in step(), but for those while an Uncounted lived.
    [[nodiscard]] std::uint64_t operations() const { return operations_; }
    class Uncounted {
      public:
        explicit Uncounted(Judge& judge) : operations_{judge.operations_}, before_{judge.operations_} {}
        Uncounted(const Uncounted&) = delete;
        Uncounted& operator=(const Uncounted&) = delete;
        ~Uncounted() { operations_ = before_; }

      private:
        std::uint64_t& operations_;
        const std::uint64_t before_;
    };

  private:
    [[nodiscard]] bool would_refuse(const Operation& operation) const;
    [[nodiscard]] Answer as_meant(const Operation& operation, Answer seen) const;
    [[nodiscard]] bool answers_as_it_likes(const Operation& operation) const;
    [[nodiscard]] bool hands_references_on(const Operation& operation) const;
    void hand_on(const Operation& operation);
    [[nodiscard]] Finding judge_steps(const Operation& operation, std::uint64_t steps,
                                      std::size_t pairs_before) const;
    [[nodiscard]] Finding judge_iterators(Register which, bool closely) const;
    [[nodiscard]] bool leaves_open(const Operation& operation, Answer::Ending ending, Register which) const;
    [[nodiscard]] bool may_stand_last(const Operation& operation, Answer::Ending ending,
                                      Register which) const;
    void follow_to_the_end(const Operation& operation);
    Finding look_around(const Operation& operation, Answer::Ending ending, bool closely);
    Finding look_at(Register which, const Operation& operation, Answer::Ending ending, bool closely);
    /// Of the keys that are looked for closely, one is in no map, so that a search ends where nothing is.
    [[nodiscard]] Number alphabet_with_a_stranger() const { return std::min(alphabet_ + 1, number_limit); }
    Finding look_closely(Register which);
    [[nodiscard]] Pairs pairs_of_both(const Operation& operation) const;
    Finding judge_books();
    std::size_t elements_of(std::size_t pairs);
    Finding judge_surplus(std::size_t expected);
    [[nodiscard]] Pairs uncounted_content();

    const Subject* subject_;
    bool asks_the_ledger_;
    std::unique_ptr<Session> session_;
    Models models_;
    Look look_;
    std::array<std::optional<Look::Face>, register_count> last_look_;  ///< where references have to stay
    Number alphabet_ = 0;
    std::size_t elements_per_pair_ = 0;  ///< 0: not known yet
    std::uint64_t operations_ = 0;
    bool looks_once_ = false;
};

}  // namespace bimap::properties
