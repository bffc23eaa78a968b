// SPDX-License-Identifier: BSL-1.0
// A Program, judged: each step, its end, and what comes of it when it is repeated.
#include "properties/check.hpp"

#include <algorithm>
#include <utility>

#include "properties/compare.hpp"
#include "properties/ledger.hpp"

namespace bimap::properties {

namespace {

Trace own_trace;

using Aspect = Verdict::Aspect;

}  // namespace

Trace* trace = &own_trace;

namespace {

/// From now on it is this Operation that makes elements and blocks, and that may hang.
void turn_to(std::size_t operation) {
    ++trace->begun;
    ledger.turn_to(static_cast<Maker>(operation));
}

}  // namespace

Checker::Checker(const Subject& subject, Questions questions)
    : subject_{&subject}, questions_{questions}, judge_{subject, questions.ledger} {}

Verdict Checker::operator()(const Program& program) {
    auto finding = judge(program);
    if (finding && !looks_closely_at(program)) {
        const Questions asked = questions_;
        questions_.looks_closely_at_one_in = 1;
        questions_.pump_takes_one_in = 1;
        questions_.pump_is_patient_with_one_in = 1;
        if (auto seen_closely = judge(program)) finding = std::move(seen_closely);
        questions_ = asked;
    }
    return std::move(finding).value_or(Verdict{});
}

Finding Checker::judge(const Program& program) {
    auto finding = judge_what_comes_of(program, Looks::after_each);
    if (finding && was_made_once(program, *finding)) finding.reset();
    if (!finding && program.size() > 1 && pumps(program)) finding = judge_by_one_look(program);
    return finding;
}

/// What lies in static memory may have been made for the first call of all, as a function's static variable
/// is: then nothing is left behind the second time.
bool Checker::was_made_once(const Program& program, const Verdict& verdict) {
    if (verdict.sign != Verdict::Sign::blocks && verdict.sign != Verdict::Sign::elements) return false;
    const Judge::Uncounted again{judge_};
    return !judge_what_comes_of(program, Looks::after_each);
}

/// An exception that comes out of a call is part of its answer. Out of a look none should.
Finding Checker::judge_what_comes_of(const Program& program, Looks looks) {
    Finding finding;
    const auto blame_the_look = [&](const std::string& what) {
        finding = diverges(Aspect::ending, "a look that returns", in_words(Answer::Ending::threw, what));
        finding->at = trace->at;
    };
    try {
        finding = judge_each_step(program, looks);
    } catch (const std::exception& error) {
        blame_the_look(error.what());
    } catch (...) {
        blame_the_look("something that is no std::exception");
    }
    judge_.forget();
    return finding;
}

/// A map may put work off until somebody looks. So what holds is carried out once more, with no look before
/// the end but those that an Operation needs.
Finding Checker::judge_by_one_look(const Program& program) {
    const Judge::Uncounted again{judge_};
    return judge_what_comes_of(program, Looks::at_the_end);
}

Finding Checker::judge_each_step(const Program& program, Looks looks) {
    trace->repetition = {};
    judge_.begin(program, looks);
    const bool looks_closely = looks == Looks::after_each && looks_closely_at(program);
    for (std::size_t i = 0; i < program.size(); ++i) {
        trace->at = static_cast<std::uint32_t>(i);
        turn_to(i);
        const bool is_last = i + 1 == program.size();
        if (auto finding = judge_.step(program[i], is_last || looks_closely)) {
            finding->at = i;
            return finding;
        }
    }
    trace->at = static_cast<std::uint32_t>(program.size());
    if (notes_ends_ && looks == Looks::after_each) end_ = judge_.fingerprint();
    auto finding = judge_.end();
    if (!finding && looks == Looks::after_each && pumps(program)) finding = judge_as_it_is_repeated(program);
    if (finding) finding->at = std::max(finding->at, program.size());
    return finding;
}

namespace {

/// A number of a Program's verbs, numbers and targets. The same with other faults has the same.
std::uint32_t mixed(const Program& program) {
    std::uint32_t all = 0;
    for (const Operation& operation : program)
        for (const std::uint32_t part : {static_cast<std::uint32_t>(operation.verb), operation.numbers[0],
                                         operation.numbers[1], static_cast<std::uint32_t>(operation.target)})
            all = (all ^ part) * 0x01000193;
    return all >> 16;
}

}  // namespace

bool Checker::pumps(const Program& program) const {
    if (!questions_.pump || !questions_.ledger || program.empty()) return false;
    return mixed(program) % questions_.pump_takes_one_in == 0;
}

bool Checker::looks_closely_at(const Program& program) const {
    return mixed(program) / questions_.pump_takes_one_in % questions_.looks_closely_at_one_in == 0;
}

bool Checker::pumps_patiently(const Program& program) const {
    const auto one_in = questions_.pump_is_patient_with_one_in;
    return one_in != 0 &&
           mixed(program) / questions_.pump_takes_one_in / questions_.looks_closely_at_one_in % one_in == 0;
}

void Checker::begin_to_repeat(const Program& program, std::size_t first) {
    judge_.forget();
    trace->at = static_cast<std::uint32_t>(program.size() + 1);
    trace->repetition = {.nth = 0, .first = first, .at = 0};
}

std::optional<double> Checker::repeat(const Program& program, int rounds) {
    const std::uint64_t before = ledger.steps();
    const Preconditions& needs = subject_->promises.needs;
    const bool asks_its_callers = needs.fresh_keys || needs.present_keys;
    for (int round = 0; round < rounds; ++round) {
        ++trace->repetition.nth;
        for (std::size_t i = 0; i < program.size(); ++i) {
            trace->repetition.at = i;
            turn_to(i);
            // To tell what is permitted, the Models have to follow; they can where nothing is wrong.
            if (asks_its_callers && judge_.step(program[i], false)) return std::nullopt;
            if (!asks_its_callers && judge_.permitted(program[i])) judge_.carry_out(program[i]);
            if (judge_.misuse()) return std::nullopt;
        }
    }
    return static_cast<double>(ledger.steps() - before) / rounds;
}

/// Whether what is in use after so many rounds stays, and grows, as the Program is repeated as often again
/// and more. What is swept away from time to time falls back; so that its times are met, whatever they are,
/// each interval is longer than the one before.
bool Checker::keeps_growing(const Program& program, int rounds_so_far) {
    constexpr int as_permutations_go = 6;
    constexpr int first_operations = 66;  // or so, in the first interval
    constexpr std::size_t enough_operations = 4096;
    const Balance before = ledger.balance();
    const std::uint64_t allocated_before = ledger.bytes_allocated();
    const int size = static_cast<int>(program.size());
    const int most_rounds = std::max(rounds_so_far, static_cast<int>(enough_operations) / size + 1);
    int in_all = 0;
    int rounds = std::max(first_operations / size / as_permutations_go, 1) * as_permutations_go;
    for (; in_all < most_rounds; rounds += as_permutations_go) {
        if (!repeat(program, rounds) || ledger.balance().bytes < before.bytes) return false;
        in_all += rounds;
        const bool enough =
            in_all >= most_rounds || ledger.bytes_allocated() - allocated_before >= enough_is_allocated;
        if (enough && grows(before, ledger.balance())) return true;
    }
    return false;
}

/// The pump. It looks for what no single run can show: memory that is in use while the content stays as it
/// is, and that goes when the map goes; and work that grows in the same way (see Growth and Pace). Blocks
/// that outlive the maps are found here only if they are lost now and then: what a few repetitions lose, the
/// run of a longer Program shows, and says when. So it does with whatever else goes wrong in a repetition;
/// but misuse, which may need many, is told.
Finding Checker::judge_growth(const Program& program, bool is_patient) {
    const Judge::Uncounted again{judge_};
    begin_to_repeat(program, 0);
    const Finding growth = growth_over_repetitions(program, is_patient);
    if (!judge_.misuse()) trace->repetition.at = program.size();  // where the maps end
    judge_.forget();
    if (auto misuse = judge_.misuse()) {
        misuse->at = program.size() + 1;
        misuse->repetition = trace->repetition;
        return misuse;
    }
    const bool goes_with_the_maps = ledger.balance().blocks == 0 || subject_->promises.pools_memory;
    return goes_with_the_maps ? growth : judge_loss(program);
}

/// What has outlived the maps, if so many repetitions are needed for it as make a Program long.
Finding Checker::judge_loss(const Program& program) {
    constexpr int a_few = 8;
    auto loss = Judge::remains(Verdict::Sign::blocks);
    begin_to_repeat(program, 0);
    judge_.begin(program, Looks::after_each);
    const auto pace = repeat(program, a_few);
    judge_.forget();
    if (!pace || ledger.balance().blocks != 0) return std::nullopt;
    if (loss) loss->at = program.size() + 1;
    return loss;
}

Finding Checker::growth_over_repetitions(const Program& program, bool is_patient) {
    const auto first_pace = repeat(program, 1);
    const Balance once = ledger.balance();
    const auto second_pace = repeat(program, 1);
    if (!first_pace || !second_pace) return std::nullopt;
    Usage before = judge_.usage();
    Pace pace{*first_pace, *second_pace};
    Growth growth{once, before, program.size(), is_patient};
    const auto may_slow = [&](int rounds) {
        return pace.slows() && rounds < work_settles_by && !growth.is_fast();
    };
    int rounds = 2;
    for (; growth.is_open_after(rounds) || may_slow(rounds); rounds *= 2) {
        const auto steps = repeat(program, rounds);
        if (!steps) return std::nullopt;
        Usage now = judge_.usage();
        if (2 * rounds <= work_settles_by) pace.look(*steps, now.has_content_of(before));
        growth.look(now, 2 * rounds);
        before = std::move(now);
    }
    if (growth.goes_on() && keeps_growing(program, rounds)) return growth.verdict();
    if (rounds >= work_settles_by && pace.slows())
        return diverges(Aspect::steps, "as much work in each round", "more and more");
    return std::nullopt;
}

Finding Checker::judge_as_it_is_repeated(const Program& program) {
    const bool is_patient = pumps_patiently(program);
    auto growth = judge_growth(program, false);
    if (!growth && is_patient) growth = judge_growth(program, true);
    if (growth && growth->kind == Verdict::Kind::diverges) return growth;
    // What grows or is misused may be the trace of what goes wrong otherwise, though not in the first run.
    constexpr std::size_t a_few = 16;
    constexpr std::size_t counters_wrap_by = 1024;
    const std::size_t rounds = growth ? a_few : is_patient ? counters_wrap_by / program.size() + 1 : 0;
    if (auto wrong = judge_repetitions(program, 0, rounds)) return wrong;
    if (growth || !is_patient) return growth;
    // What adds up call by call may begin anew with the Program.
    constexpr std::size_t bytes_wrap_by = 264;
    for (std::size_t calls = 1; calls <= 2 && calls < program.size(); ++calls)
        if (auto wrong = judge_repetitions(program, program.size() - calls, bytes_wrap_by)) return wrong;
    return std::nullopt;
}

/// Judges so many repetitions of what comes from the `first` Operation on, each like the first run.
Finding Checker::judge_repetitions(const Program& program, std::size_t first, std::size_t rounds) {
    const Judge::Uncounted again{judge_};
    begin_to_repeat(program, first);
    ledger.open(program.size(), questions_.ledger);  // forgets what was misused before
    for (std::size_t round = 0; round < rounds; ++round) {
        ++trace->repetition.nth;
        for (std::size_t i = round == 0 ? 0 : first; i < program.size(); ++i) {
            trace->repetition.at = i;
            turn_to(i);
            Finding finding = judge_.step(program[i], false);
            if (!finding) continue;
            finding->at = program.size() + 1;
            finding->repetition = trace->repetition;
            return finding;
        }
    }
    return std::nullopt;
}

Verdict check(const Subject& subject, const Program& program, Questions questions) {
    return Checker{subject, questions}(program);
}

}  // namespace bimap::properties
