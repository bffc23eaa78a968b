// SPDX-License-Identifier: BSL-1.0
// Telling defects apart.
#include "properties/hunt_all.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

using Clock = std::chrono::steady_clock;

/// The index of the Operation that a Verdict is about. Precondition: the Program is not empty.
std::size_t culprit_of(const Verdict& verdict, const Program& program) {
    const bool at_the_end = verdict.at >= program.size();
    const std::size_t index = verdict.kind == Verdict::Kind::leaks && at_the_end ? verdict.maker : verdict.at;
    return std::min(index, program.size() - 1);
}

void erase_culprit(const Verdict& verdict, Program& program) {
    program.erase(program.begin() + static_cast<std::ptrdiff_t>(culprit_of(verdict, program)));
}

bool same_calls(const Program& one, const Program& other) {
    return std::equal(
        one.begin(), one.end(), other.begin(), other.end(),
        [](const Operation& a, const Operation& b) { return a.verb == b.verb && a.side == b.side; });
}

/// Whether two minimal Programs with the same symptom show the same defect. Which fault it was, and which
/// word a sanitizer has for a crash, differ from Program to Program with one and the same mistake.
bool same_defect(const Symptom& symptom, const Program& one, const Program& other) {
    if (symptom.faulted) return true;
    const bool dies = symptom.kind == Verdict::Kind::crashes || symptom.kind == Verdict::Kind::hangs;
    return dies ? same_calls(one, other) : one == other;
}

/// The same with every group of fresh pairs given one by one. What a fault strikes stays as it is.
Program spelt_out(const Program& program) {
    Program spelt;
    for (const Operation& operation : program) {
        if (!inserts_a_range(operation.verb) || is_faulted(operation)) {
            spelt.push_back(operation);
            continue;
        }
        each_single_of_range(operation, [&](const Operation& single) { spelt.push_back(single); });
    }
    return spelt;
}

class Harvest {
  public:
    Harvest(const Subject& subject, const HuntOptions& options,
            const std::function<Verdict(const Program&)>& check,
            const std::function<void(const Defect&)>& on_defect)
        : subject_{subject}, check_{check}, on_defect_{on_defect}, deadline_{Clock::now() + options.time} {}

    /// Checks a Program, and what is left of it without the calls that fail.
    void explore(Program program) {
        ++explored_;
        leave_out_what_hangs(program);
        while (!program.empty() && Clock::now() < deadline_) {
            const Verdict verdict = check_(program);
            if (verdict.holds()) return;
            note(program, verdict);
            erase_culprit(verdict, program);
        }
    }

    std::vector<Defect> take() {
        std::vector<Defect> defects;
        defects.reserve(found_.size());
        for (Found& found : found_) defects.push_back(std::move(found.defect));
        return defects;
    }

  private:
    struct Found {
        Symptom symptom;
        Defect defect;
        std::vector<Defect> spellings;  ///< what it came down to, with groups of pairs and without
        std::uint64_t met_last_in;      ///< the number of the explored Program
    };
    using Known = std::vector<Found>::iterator;

    void note(const Program& program, const Verdict& verdict) {
        const Symptom symptom = symptom_of(verdict, program);
        const std::uint64_t times = ++met_[symptom];
        if (times <= patience_ || std::has_single_bit(times))
            note_minimal(program, verdict);
        else if (const auto known = last_with(symptom); known != found_.rend())
            meet(*known);
    }

    /// A Program may run into a defect with several of its calls.
    void meet(Found& found) const {
        if (std::exchange(found.met_last_in, explored_) != explored_) ++found.defect.met;
    }

    void note_minimal(const Program& program, const Verdict& verdict) {
        const Defect defect{minimized(program, verdict)};
        Known known = shown_by(defect);
        if (known == found_.end()) {
            const std::vector<Defect> spellings = spellings_of(defect);
            known = shown_by(spellings.back());
            if (known == found_.end() && !defect.minimum.finished)
                known = looking_like(defect.minimum.verdict);
            if (known == found_.end()) {
                found_.push_back({symptom_of(defect.minimum.verdict, defect.minimum.program), defect,
                                  spellings, explored_});
                on_defect_(found_.back().defect);
                return;
            }
            known->spellings.insert(known->spellings.end(), spellings.begin(), spellings.end());
        }
        meet(*known);
        if (simpler(defect.minimum.program, known->defect.minimum.program))
            known->defect.minimum = defect.minimum;
    }

    Reproducer minimized(const Program& program, const Verdict& verdict) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
        const Budget budget{.time = std::max(left, std::chrono::milliseconds{1000})};
        return minimize_failure(subject_, program, verdict, check_, budget);
    }

    /// The defect as it is, and, where its groups spelt out fail in the same way, as that comes down to.
    std::vector<Defect> spellings_of(const Defect& defect) {
        const Reproducer& minimum = defect.minimum;
        const Program spelt = spelt_out(minimum.program);
        if (spelt == minimum.program || !offers_all(subject_, spelt)) return {defect};
        try {
            const Verdict verdict = check_(spelt);
            if (verdict.kind != minimum.verdict.kind) return {defect};
            return {defect, Defect{minimized(spelt, verdict)}};
        } catch (const CalledOff&) {
            return {defect};
        }
    }

    Known shown_by(const Defect& defect) {
        return std::find_if(found_.begin(), found_.end(), [&](const Found& found) {
            return std::any_of(found.spellings.begin(), found.spellings.end(),
                               [&](const Defect& spelling) { return same_defect(spelling, defect); });
        });
    }

    /// What has the same to show, as far as one can tell without a minimal Program.
    Known looking_like(const Verdict& verdict) {
        return std::find_if(found_.begin(), found_.end(), [&](const Found& found) {
            return identity_of(found.defect.minimum.verdict) == identity_of(verdict);
        });
    }

    std::vector<Found>::reverse_iterator last_with(const Symptom& symptom) {
        return std::find_if(found_.rbegin(), found_.rend(),
                            [&](const Found& found) { return found.symptom == symptom; });
    }

    /// A hang costs the patience of the one who waits for it; once is enough.
    void leave_out_what_hangs(Program& program) const {
        for (const Found& found : found_)
            if (found.symptom.kind == Verdict::Kind::hangs)
                std::erase_if(program, [&](const Operation& operation) {
                    return operation.verb == found.symptom.verb;
                });
    }

    /// How many Programs with the same symptom are made small, before only each power of two is.
    static constexpr std::uint64_t patience_ = 24;

    const Subject& subject_;
    const std::function<Verdict(const Program&)>& check_;
    const std::function<void(const Defect&)>& on_defect_;
    Clock::time_point deadline_;
    std::uint64_t explored_ = 0;
    std::map<Symptom, std::uint64_t> met_;
    std::vector<Found> found_;
};

}  // namespace

Symptom symptom_of(const Verdict& verdict, const Program& program) {
    Symptom symptom{verdict.kind, verdict.aspect, verdict.sign, verdict.leak,
                    Verb::insert, Side::left,     false};
    if (program.empty()) return symptom;
    const Operation& culprit = program[culprit_of(verdict, program)];
    symptom.verb = culprit.verb;
    symptom.side = culprit.inverse ? opposite(culprit.side) : culprit.side;
    symptom.faulted = std::any_of(program.begin(), program.end(), is_faulted);
    return symptom;
}

bool same_defect(const Defect& one, const Defect& other) {
    const Symptom symptom = symptom_of(one.minimum.verdict, one.minimum.program);
    return symptom == symptom_of(other.minimum.verdict, other.minimum.program) &&
           same_defect(symptom, one.minimum.program, other.minimum.program);
}

std::string name_of(const Defect& defect) {
    const Symptom symptom = symptom_of(defect.minimum.verdict, defect.minimum.program);
    std::string name{name_of(symptom.kind)};
    if (symptom.kind == Verdict::Kind::diverges) name += '-' + std::string{name_of(symptom.aspect)};
    if (symptom.kind == Verdict::Kind::leaks) name += '-' + std::string{name_of(symptom.leak)};
    name += '-' + name_of(symptom.verb, symptom.side);
    if (!symptom.faulted) return name;
    const Program& program = defect.minimum.program;
    const bool throws = is_faulted(program[culprit_of(defect.minimum.verdict, program)]);
    return name + (throws ? "-when-it-throws" : "-after-a-throw");
}

std::vector<Defect> hunt_all(const Subject& subject, const HuntOptions& options,
                             const std::function<Verdict(const Program&)>& check,
                             const std::function<void(const Defect&)>& on_defect,
                             const std::function<void(const HuntProgress&)>& on_second,
                             HuntProgress& progress) {
    Harvest harvest{subject, options, check, on_defect};
    const auto explore = [&](Program&& program) {
        harvest.explore(std::move(program));
        return true;
    };
    try {
        draw(subject, options, explore, on_second, progress);
    } catch (const CalledOff&) {  // what was found so far is returned
    }
    return harvest.take();
}

}  // namespace bimap::properties
