// SPDX-License-Identifier: BSL-1.0
// Program × predicate → the simplest Program that still fails in the same way.
//
// Simpler is shorter, then lexicographically smaller (program.hpp). Every step replaces the Program by a
// simpler one for which the predicate holds, so the search ends; it ends in a normal form, because a pass
// that made no progress makes none when it is run again. The passes, after delta debugging (Zeller and
// Hildebrandt 2002) and Hypothesis' normalising shrinker (MacIver and Donaldson 2020):
//
//     cut          delete runs of Operations, long ones first
//     rename       number the values, and the registers, in the order of their first use, everywhere at once
//     lower        change one member of one Operation to a simpler value: drop the fault, the inverse, the
//                  reference; take a simpler register, verb, side, number
//     merge        make two values, or two registers, one, everywhere at once
//     condense     delete one Operation, and let another do more: an insertion becomes a `force`, or a fault
//                  moves; or all but two go at once
//     spell out    write a group of pairs that meet each other as insertions one by one
//     gather       make one `insert_range` of the pairs that several insertions offer
//     reorder      let two neighbours change places
//
// Where the passes rest, a search looks for what they cannot reach (settle.hpp), and they go on from there.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// How far a minimization has come.
struct MinimizeProgress {
    std::size_t evaluations = 0;
    std::size_t operations = 0;  ///< of the best Program so far
};

struct Budget {
    std::size_t evaluations = 100'000;
    std::chrono::milliseconds time = std::chrono::seconds{60};
    std::function<bool(const MinimizeProgress&)>
        go_on{};  ///< asked before each evaluation, where there is one
};

struct Minimum {
    Program program;
    std::size_t evaluations = 0;  ///< how often the predicate was asked
    bool finished = true;         ///< false if the budget ran out first
};

/// A predicate that is called off ends the search, as an exhausted budget does.
using Predicate = std::function<bool(const Program&)>;

/// Precondition: the predicate holds for `program`, and is a pure function.
/// Complexity: about n evaluations for n Operations of which few matter; n² at most in each round of passes.
Minimum minimize(Program program, const Predicate& fails, const Budget& budget = {});

/// A failing Program made minimal, with the Verdict on what it became.
struct Reproducer {
    Program program;
    Verdict verdict;
    std::size_t evaluations = 0;
    bool finished = true;
};

/// A Program that leaks only when it is repeated holds as it is, for the check leaves that to longer ones;
/// what a fuzzer's leak detector stopped at may be such a Program. Returns: the Program, repeated as often as
/// it takes to fail, up to four times, and the Verdict on it; or else as it is, and that it holds.
Reproducer repeated_until_it_fails(const Program& program,
                                   const std::function<Verdict(const Program&)>& check);

/// Keeps the failure's identity; but a Program that ends the process only when it is repeated is written out
/// first, up to four times, and what that shows is kept. Truncates behind the failing Operation first, and
/// tries only what the Subject offers. What fails in a repetition is tried in other orders in the end: as
/// short a Program that fails at once is plainer.
Reproducer minimize_failure(const Subject& subject, const Program& program, const Verdict& verdict,
                            const std::function<Verdict(const Program&)>& check, const Budget& budget = {});

}  // namespace bimap::properties
