// SPDX-License-Identifier: BSL-1.0
// How a Program ends, without a check of it: what the ends that a Checker notes are compared with.
#pragma once

#include <memory>

#include "properties/fingerprint.hpp"
#include "properties/ledger.hpp"

namespace bimap::properties {

class Fingerprinter {
  public:
    explicit Fingerprinter(const Subject& subject) : session_{subject.open()} {}

    /// Precondition: the Subject offers and permits every Operation of the Program, and comes through it
    /// alive.
    Fingerprint operator()(const Program& program) {
        session_->reset();
        ledger.open(program.size());
        for (std::size_t i = 0; i < program.size(); ++i) {
            ledger.turn_to(static_cast<Maker>(i));
            session_->apply(program[i]);
        }
        const Fingerprint end = fingerprint_of(*session_, look_);
        session_->reset();
        return end;
    }

  private:
    std::unique_ptr<Session> session_;
    Look look_;
};

}  // namespace bimap::properties
