// SPDX-License-Identifier: BSL-1.0
// Program → Verdict. Each Operation comes before the Judge; at the end, what is left; then the Program is
// repeated, to see whether memory or work grows (the pump), and what holds is carried out with one look at
// the end. It knows no engine, and no concrete map.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "properties/fingerprint.hpp"
#include "properties/growth.hpp"
#include "properties/judge.hpp"
#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// What is asked. Everything, unless one wants to see what another oracle sees alone.
struct Questions {
    bool ledger = true;  ///< what the Ledger knows: misuse, elements, blocks
    /// Whether memory grows with repetition (asks the Ledger); and whether what holds does so where nobody
    /// looks before the end.
    bool pump = true;
    /// Of so many Programs the pump takes one, chosen by its content, so that a Verdict stays a function of
    /// the Program. Repetition costs more than all other questions; who goes through thousands of Programs
    /// can do without most of it.
    std::uint32_t pump_takes_one_in = 1;
    /// Of so many Programs one is looked at closely, chosen in the same way: after each call at every map,
    /// from both sides, through the inverse, and for its invariants. At the others, but for the last call and
    /// those through the inverse, only at the maps that the call named, and only from their sides. What stays
    /// wrong is seen in the end; and what fails, unless it is the process that dies, is judged once more,
    /// closely, so that its Verdict is a replay's.
    std::uint32_t looks_closely_at_one_in = 1;
    /// Of so many Programs that the pump takes, it is patient with one: memory may rest for some hundred
    /// Operations, and yet be found to grow, as what is taken in large pieces does; and a thousand are judged
    /// as they are repeated. 0: with none.
    std::uint32_t pump_is_patient_with_one_in = 0;
};
inline constexpr Questions hunting_questions{
    .pump_takes_one_in = 4, .looks_closely_at_one_in = 8, .pump_is_patient_with_one_in = 32};
/// For a Program that is checked for its own sake.
inline constexpr Questions patient_questions{.pump_is_patient_with_one_in = 1};
/// For what a Program that fails so becomes while it is minimized: patient, where that tells.
inline Questions questions_about(const Verdict& verdict, const Program& program) {
    const bool shows_late = verdict.at > program.size() && verdict.kind != Verdict::Kind::hangs;
    return shows_late || verdict.sign == Verdict::Sign::growth ? patient_questions : Questions{};
}

/// How far a check has come; it survives a crash where it lies in shared memory.
struct Trace {
    std::atomic<std::uint32_t> at{0};
    std::atomic<std::uint64_t> begun{0};  ///< Operations, repeated ones, too: who hangs begins no other
    Verdict::Repetition repetition{};     ///< which one is under way, if `at` says that one is
    std::array<char, 120> what{};         ///< written by a sanitizer's death callback
};

/// Where checks write their progress; never null.
extern Trace* trace;

/// Checks Programs on one Subject, one after the other. Reusable: the Session and the room for looks are
/// kept.
class Checker {
  public:
    explicit Checker(const Subject& subject, Questions questions = {});

    /// Precondition: the Subject offers every Operation of the Program.
    Verdict operator()(const Program& program);

    /// Whether it notes how each Program ends; for the enumeration.
    void note_ends(bool on) { notes_ends_ = on; }
    /// How the last Program ended, if that was noted.
    [[nodiscard]] Fingerprint end() const { return end_; }

    /// How many Operations were carried out in all, the pump's left out.
    [[nodiscard]] std::uint64_t operations() const { return judge_.operations(); }

  private:
    Finding judge(const Program& program);
    Finding judge_what_comes_of(const Program& program, Looks looks);
    bool was_made_once(const Program& program, const Verdict& verdict);
    Finding judge_by_one_look(const Program& program);
    Finding judge_each_step(const Program& program, Looks looks);
    [[nodiscard]] bool pumps(const Program& program) const;
    [[nodiscard]] bool looks_closely_at(const Program& program) const;
    [[nodiscard]] bool pumps_patiently(const Program& program) const;
    Finding judge_as_it_is_repeated(const Program& program);
    Finding judge_growth(const Program& program, bool is_patient);
    Finding judge_loss(const Program& program);
    Finding growth_over_repetitions(const Program& program, bool is_patient);
    Finding judge_repetitions(const Program& program, std::size_t first, std::size_t rounds);
    bool keeps_growing(const Program& program, int rounds_so_far);
    /// Destroys every map, and what comes now are repetitions from the `first` Operation on.
    void begin_to_repeat(const Program& program, std::size_t first);
    /// Returns: steps in a round, on average; nothing, if it went wrong.
    std::optional<double> repeat(const Program& program, int rounds);

    const Subject* subject_;
    Questions questions_;
    Judge judge_;
    bool notes_ends_ = false;
    Fingerprint end_ = 0;
};

/// Checks one Program.
Verdict check(const Subject& subject, const Program& program, Questions questions = {});

}  // namespace bimap::properties
