// SPDX-License-Identifier: BSL-1.0
// The passes of the minimizer.
#include "properties/minimize.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "properties/isolate.hpp"
#include "properties/settle.hpp"

namespace bimap::properties {

namespace {

using Clock = std::chrono::steady_clock;

/// Calls f for every number that stands for an element of this side.
template <class F>
void each_value(Program& program, Side side, F&& f) {
    for (Operation& operation : program)
        for (std::size_t i = 0; i < 2; ++i)
            if (holds_element(shape_of(operation.verb).slots[i]) && map_side_of(operation, i) == side)
                f(operation.numbers[i]);
}

/// Numbers the values of a side in the order of their first use.
Program renumbered(Program program, Side side) {
    std::map<Number, Number> names;
    each_value(program, side, [&](Number& number) {
        number = names.try_emplace(number, static_cast<Number>(names.size())).first->second;
    });
    return program;
}

/// Numbers the values of both sides alike, in the order of their first use.
Program renumbered_jointly(Program program) {
    std::map<Number, Number> names;
    for (Operation& operation : program)
        for (std::size_t i = 0; i < 2; ++i)
            if (holds_element(shape_of(operation.verb).slots[i]))
                operation.numbers[i] =
                    names.try_emplace(operation.numbers[i], static_cast<Number>(names.size())).first->second;
    return program;
}

Program with_registers_renamed(Program program) {
    std::map<Register, Register> names;
    const auto rename = [&](Register& which) {
        which = names.try_emplace(which, static_cast<Register>(names.size())).first->second;
    };
    for (Operation& operation : program) {
        rename(operation.target);
        if (shape_of(operation.verb).takes_register) rename(operation.source);
    }
    return program;
}

Program with_register_replaced(Program program, Register from, Register to) {
    for (Operation& operation : program) {
        if (operation.target == from) operation.target = to;
        if (shape_of(operation.verb).takes_register && operation.source == from) operation.source = to;
    }
    return program;
}

std::set<Number> values_of(Program program, Side side) {
    std::set<Number> values;
    each_value(program, side, [&](Number& number) { values.insert(number); });
    return values;
}

Program with_value_replaced(Program program, Side side, Number from, Number to) {
    each_value(program, side, [&](Number& number) {
        if (number == from) number = to;
    });
    return program;
}

/// Two values of a side, each in the place of the other.
Program with_values_exchanged(Program program, Side side, Number one, Number other) {
    each_value(program, side, [&](Number& number) {
        if (number == one || number == other) number = number == one ? other : one;
    });
    return program;
}

/// Every value of a side, less so much: what matters may be how far they are apart.
Program with_values_shifted(Program program, Side side, Number by) {
    each_value(program, side, [&](Number& number) { number -= by; });
    return program;
}

bool only_inserts(const Operation& operation) {
    return (is_insertion(operation.verb) || inserts_a_range(operation.verb)) && !operation.inverse &&
           operation.target == Register::a && !is_faulted(operation) && passes_plainly(operation);
}

/// The pairs that an insertion, of one pair or of a range, offers to the map.
std::vector<Pair> pairs_of(const Operation& insertion) {
    if (!inserts_a_range(insertion.verb)) return {{insertion.numbers[0], insertion.numbers[1]}};
    std::vector<Pair> pairs;
    each_pair_of_range(insertion, [&](const Pair& pair) { pairs.push_back(pair); });
    return pairs;
}

/// Gives a free name to each value without one that is called as another value is to be called.
void make_way(std::map<Number, Number>& names, const std::set<Number>& values) {
    std::set<Number> given;
    for (const auto& [value, name] : names) given.insert(name);
    std::set<Number> taken = given;
    for (const Number value : values)
        if (!names.contains(value)) taken.insert(value);
    Number free = 0;
    for (const Number value : values) {
        if (names.contains(value) || !given.contains(value)) continue;
        while (taken.contains(free)) ++free;
        taken.insert(free);
        names.emplace(value, free);
    }
}

/// With the pairs of the first so many insertions inserted in their order by one call instead; every value is
/// then named as such a call names it.
Program gathered(Program program, std::size_t count) {
    std::array<std::map<Number, Number>, 2> names;
    Number joined = 0;
    const auto joins = [&](const Operation& operation) {
        if (count == 0 || !only_inserts(operation)) return false;
        const auto pairs = pairs_of(operation);
        if (joined + pairs.size() >= number_limit) return false;
        --count;
        for (const Pair& pair : pairs) {
            const Pair named = nth_of_range(0, joined++);
            names[0].try_emplace(pair.left, named.left);
            names[1].try_emplace(pair.right, named.right);
        }
        return true;
    };
    std::erase_if(program, joins);
    for (const Side side : {Side::left, Side::right}) {
        auto& renamed = names[index_of(side)];
        make_way(renamed, values_of(program, side));
        each_value(program, side, [&](Number& number) {
            const auto name = renamed.find(number);
            if (name != renamed.end()) number = name->second;
        });
    }
    Operation group;
    group.verb = Verb::insert_range;
    group.numbers = {0, joined};
    program.insert(program.begin(), group);
    return program;
}

/// No fault, and every fault of a kind up to this one, the simplest first: of one of the first few events, or
/// of one that comes no later.
std::vector<Fault> faults_up_to(Fault last) {
    const auto latest = std::max(std::uint16_t{15}, last.nth);
    std::vector<Fault> all{Fault{}};
    for (std::size_t kind = 1; kind <= static_cast<std::size_t>(last.kind); ++kind)
        for (std::uint16_t nth = 1; nth <= latest; ++nth)
            all.push_back({static_cast<Fault::Kind>(kind), nth});
    return all;
}

/// What a fault may become where the call around it changes: the event that fails comes sooner or later then.
std::vector<Fault> faults_like(Fault fault) {
    auto all = faults_up_to(fault);
    std::erase_if(all, [&](const Fault& other) { return other.kind != fault.kind; });
    return all;
}

/// Every Operation that is simpler than this one in one member, and in what goes with it; or inserts one pair
/// of the range that this one inserts. The simplest first.
std::vector<Operation> simpler_variants(const Operation& operation) {
    std::vector<Operation> variants;
    const auto add = [&](auto change) {
        Operation variant = operation;
        change(variant);
        variant = normalized(variant);
        if (variant < operation) variants.push_back(variant);
    };
    for (const Fault fault : faults_up_to(operation.fault)) add([&](Operation& o) { o.fault = fault; });
    add([](Operation& o) { o.passing = {}; });
    for (std::size_t i = 0; i < 2; ++i)
        for (const Passing passing : {Passing::value, Passing::own})
            add([&](Operation& o) { o.passing[i] = passing; });
    add([](Operation& o) { o.inverse = false; });
    add([](Operation& o) {  // what is called through the inverse, called directly
        o.inverse = false;
        o.side = opposite(o.side);
        if (shape_of(o.verb).slots != std::array{Slot::left, Slot::right}) return;
        std::swap(o.numbers[0], o.numbers[1]);
        std::swap(o.passing[0], o.passing[1]);
    });
    for (std::size_t i = 0; i < index_of(operation.target); ++i)
        add([&](Operation& o) { o.target = static_cast<Register>(i); });
    add([](Operation& o) { std::swap(o.target, o.source); });
    for (std::size_t verb = 0; verb <= static_cast<std::size_t>(operation.verb); ++verb)
        for (const Side side : {Side::left, Side::right})
            for (const Fault fault : faults_like(operation.fault))
                add([&](Operation& o) {
                    o.fault = fault;
                    o.verb = static_cast<Verb>(verb);
                    o.side = side;
                });
    for (std::size_t i = 0; i < index_of(operation.source); ++i)
        add([&](Operation& o) { o.source = static_cast<Register>(i); });
    for (std::size_t i = 0; i < 2; ++i)
        for (Number number = 0; number < operation.numbers[i]; ++number)
            add([&](Operation& o) { o.numbers[i] = number; });
    for (Number by = 1; by <= std::min(operation.numbers[0], operation.numbers[1]); ++by)
        add([&](Operation& o) {
            for (Number& number : o.numbers) number -= by;
        });
    if (operation.side == Side::right)  // the same pair, by its left
        for (Number number = 0; number <= operation.numbers[0] + 1; ++number)
            add([&](Operation& o) {
                o.side = Side::left;
                o.numbers[0] = number;
            });
    if (inserts_a_range(operation.verb))
        each_single_of_range(operation,
                             [&](const Operation& single) { add([&](Operation& o) { o = single; }); });
    std::sort(variants.begin(), variants.end());
    variants.erase(std::unique(variants.begin(), variants.end()), variants.end());
    return variants;
}

class Minimizer {
  public:
    Minimizer(Program program, const Predicate& fails, const Budget& budget)
        : best_{std::move(program)}, fails_{fails}, budget_{budget}, deadline_{Clock::now() + budget.time} {}

    Minimum run() {
        try {
            Program before;
            do {
                before = best_;
                run_passes();
            } while (best_ != before);
            return {best_, evaluations_, true};
        } catch (const Exhausted&) {
        } catch (const CalledOff&) {
        }
        return {best_, evaluations_, false};
    }

  private:
    /// The budget has run out: whatever pass is under way ends.
    struct Exhausted {};

    void run_passes() {
        cut();
        rename();
        lower();
        spell_out();
        merge();
        condense();
        gather();
        reorder();
    }

    /// Takes the candidate if it is simpler than the best so far and fails.
    bool take(const Program& candidate) {
        if (!simpler(candidate, best_)) return false;
        if (!asked_.insert(candidate).second) return false;  // what was refused once is refused again
        if (is_exhausted()) throw Exhausted{};
        ++evaluations_;
        if (!fails_(candidate)) return false;
        best_ = candidate;
        return true;
    }

    [[nodiscard]] bool is_exhausted() const {
        return evaluations_ >= budget_.evaluations || Clock::now() >= deadline_ ||
               (budget_.go_on && !budget_.go_on({evaluations_, best_.size()}));
    }

    /// Deletes runs; from the back, so that what a later Operation needed goes after it. A long Program is
    /// cut at the borders of its halves, quarters, …; of a short one every run is tried.
    void cut() {
        const auto is_short = [&] { return best_.size() <= short_enough_for_every_run; };
        for (std::size_t run = std::max<std::size_t>(best_.size() / 2, 1); run > 1 && !is_short(); run /= 2)
            cut_runs(run, run);
        for (std::size_t run = is_short() ? best_.size() : 1; run > 0; --run) cut_runs(run, 1);
    }

    void cut_runs(std::size_t run, std::size_t step) {
        for (std::size_t end = best_.size(); end > 0; end -= std::min(step, end)) {
            if (end > best_.size()) continue;
            take(without(best_, end > run ? end - run : 0, std::min(run, end)));
        }
    }

    void rename() {
        take(with_registers_renamed(renumbered(renumbered(best_, Side::left), Side::right)));
        take(with_registers_renamed(best_));
        for (const Side side : {Side::left, Side::right}) take(renumbered(best_, side));
        take(renumbered_jointly(best_));
        for (const Side side : {Side::left, Side::right})
            for (const Number from : values_of(best_, side))
                for (Number to = 0; to < from; ++to)
                    if (!values_of(best_, side).contains(to) &&
                        take(with_value_replaced(best_, side, from, to)))
                        break;
        for (const Side side : {Side::left, Side::right}) rearrange(side);
    }

    /// For values that are no mere names: keys that meet in a bucket, say.
    void rearrange(Side side) {
        const auto values = values_of(best_, side);
        if (values.empty()) return;
        take(with_values_shifted(best_, side, *values.begin()));
        for (const Number one : values_of(best_, side))
            for (const Number other : values_of(best_, side))
                if (one < other) take(with_values_exchanged(best_, side, one, other));
        if (values_of(best_, side).size() <= 4) rename_at_will(side);
    }

    /// Gives the values of a side all names below their number, whether one is given twice or not.
    void rename_at_will(Side side) {
        const auto values = values_of(best_, side);
        const std::vector<Number> old(values.begin(), values.end());
        std::vector<Number> names(old.size(), 0);
        const Program given = best_;
        const auto renamed = [&] {
            Program program = given;
            each_value(program, side, [&](Number& number) {
                number = names[static_cast<std::size_t>(std::ranges::find(old, number) - old.begin())];
            });
            return program;
        };
        const auto next = [&] {  // counts, in digits from 0 on
            const auto digit =
                std::ranges::find_if(names, [&](Number name) { return name + 1 < names.size(); });
            std::fill(names.begin(), digit, 0);
            if (digit != names.end()) ++*digit;
            return digit != names.end();
        };
        do take(renamed());
        while (next());
    }

    void lower() {
        for (std::size_t i = 0; i < best_.size(); ++i)
            while (lower_one(i)) {
            }
    }

    bool lower_one(std::size_t i) {
        for (const Operation& variant : simpler_variants(best_[i])) {
            Program candidate = best_;
            candidate[i] = variant;
            if (take(candidate)) return true;
        }
        return false;
    }

    /// Writes chains as their pairs, one by one.
    void spell_out() {
        for (std::size_t i = 0; i < best_.size(); ++i) {
            const Operation chain = best_[i];
            if (!inserts_a_chain(chain.verb) || is_faulted(chain)) continue;
            Program candidate(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(i));
            each_single_of_range(chain, [&](const Operation& single) { candidate.push_back(single); });
            candidate.insert(candidate.end(), best_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                             best_.end());
            take(candidate);
        }
    }

    void merge() {
        for (std::size_t from = 1; from < register_count; ++from)
            for (std::size_t to = 0; to < from; ++to)
                take(with_register_replaced(best_, static_cast<Register>(from), static_cast<Register>(to)));
        for (const Side side : {Side::left, Side::right}) {
            const auto values = values_of(best_, side);
            for (const Number from : values)
                for (const Number to : values)
                    if (to < from) take(with_value_replaced(best_, side, from, to));
        }
    }

    /// `erase` and then `insert` is often one `force`, and without the call before it a fault comes sooner or
    /// later. Such a Program is shorter, but neither half of the change leads there alone.
    void condense() {
        for (std::size_t gone = 0; gone < best_.size(); ++gone)
            for (std::size_t i = 0; i < best_.size(); ++i)
                if (i != gone && condense(gone, i)) break;
        if (best_.size() <= 8) condense_to_two();
    }

    /// Where detours led to a failure, two of the Operations alone often show it, if they do all they can.
    void condense_to_two() {
        const Program all = best_;
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = i + 1; j < all.size(); ++j)
                if (take({strongest(all[i]), strongest(all[j])})) return;
    }

    bool condense(std::size_t gone, std::size_t changed) {
        for (const Operation& variant : stronger_variants(best_[changed], best_[gone].fault)) {
            Program candidate = best_;
            candidate[changed] = variant;
            candidate.erase(candidate.begin() + static_cast<std::ptrdiff_t>(gone));
            if (take(candidate)) return true;
        }
        return false;
    }

    static Operation strongest(Operation operation) {
        const bool gives_way = operation.verb == Verb::insert || operation.verb == Verb::assign ||
                               operation.verb == Verb::try_emplace;
        if (gives_way) operation.verb = Verb::force;
        return normalized(operation);
    }

    static std::vector<Operation> stronger_variants(Operation operation, Fault inherited) {
        std::vector<Operation> variants;
        if (const Operation variant = strongest(operation); variant != operation) variants.push_back(variant);
        const Fault kind = is_faulted(operation) ? operation.fault : inherited;
        if (kind == Fault{}) return variants;
        for (const Fault fault : faults_like(kind)) {
            operation.fault = fault;
            variants.push_back(normalized(operation));
        }
        return variants;
    }

    void gather() {
        for (std::size_t count = best_.size(); count > 1; --count) take(gathered(best_, count));
    }

    void reorder() {
        for (std::size_t i = 0; i + 1 < best_.size(); ++i) {
            Program candidate = best_;
            std::swap(candidate[i], candidate[i + 1]);
            if (!take(candidate))
                take(with_registers_renamed(renumbered(renumbered(candidate, Side::left), Side::right)));
        }
    }

    Program best_;
    const Predicate& fails_;
    Budget budget_;
    Clock::time_point deadline_;
    std::size_t evaluations_ = 0;
    std::set<Program> asked_;
};

}  // namespace

Minimum minimize(Program program, const Predicate& fails, const Budget& budget) {
    return Minimizer{std::move(program), fails, budget}.run();
}

namespace {

/// Which of two signals a stray pointer brings depends on where it points to, and whether what is lost owns
/// itself on how much of it there is; it is one failure.
Identity identity_for_minimizing(const Verdict& verdict) {
    Identity identity = identity_of(verdict);
    if (identity.what == "SIGBUS") identity.what = "SIGSEGV";
    if (identity.leak == LeakKind::cyclic) identity.leak = LeakKind::lost;
    return identity;
}

/// The Program, repeated as often as it takes to get a Verdict that is accepted, up to four times; or else as
/// it is, and that it holds.
template <class Accepts>
Reproducer repeated_until(const Program& program, const std::function<Verdict(const Program&)>& check,
                          const Accepts& accepts) {
    constexpr std::size_t most = 4;
    Program longer;
    for (std::size_t times = 1; times <= most; ++times) {
        longer.insert(longer.end(), program.begin(), program.end());
        Verdict verdict = check(longer);
        if (accepts(longer, verdict)) return {longer, std::move(verdict), times};
    }
    return {program, {}, most};
}

/// A wrong answer or a death that takes a repetition; growth always does.
bool shows_in_a_repetition(const Program& program, const Verdict& verdict) {
    return verdict.kind != Verdict::Kind::leaks && verdict.at > program.size();
}

bool ends_in_a_repetition(const Program& program, const Verdict& verdict) {
    return shows_in_a_repetition(program, verdict) && verdict.kind != Verdict::Kind::diverges;
}

/// Asks about the same Operations in other orders: in all of them where they are few, and else in those that
/// a repetition goes through.
bool any_order(Program program, const Predicate& fails) {
    constexpr std::size_t few = 4;
    if (program.size() <= few) {
        std::sort(program.begin(), program.end());
        do {
            if (fails(program)) return true;
        } while (std::next_permutation(program.begin(), program.end()));
        return false;
    }
    for (std::size_t i = 1; i < program.size(); ++i) {
        std::rotate(program.begin(), program.begin() + 1, program.end());
        if (fails(program)) return true;
    }
    return false;
}

/// Whether a crash says what went wrong, as the Ledger and the sanitizers do, and not only how it ended.
bool says_what(const Verdict& verdict) {
    const std::string_view what = verdict.what;
    return verdict.kind == Verdict::Kind::crashes && !what.starts_with("SIG") &&
           !what.starts_with("exit status") && what != "std::terminate";
}

/// A Program that ends the process only when it is repeated, and nobody looks any more, written out: then
/// what goes wrong shows where it does. Returns: the Program as it is, if that does not show it, or shows
/// less.
Reproducer written_out(const Program& program, const Verdict& verdict,
                       const std::function<Verdict(const Program&)>& check) {
    Reproducer given{program, verdict};
    if (!ends_in_a_repetition(program, verdict)) return given;
    try {
        Reproducer found = repeated_until(program, check, [&](const Program& longer, const Verdict& seen) {
            if (seen.holds() || ends_in_a_repetition(longer, seen)) return false;
            return !says_what(verdict) || identity_for_minimizing(seen) == identity_for_minimizing(verdict);
        });
        return found.verdict.holds() ? given : found;
    } catch (const CalledOff&) {
        return given;  // whoever called it off calls off the minimizing, too
    }
}

}  // namespace

Reproducer repeated_until_it_fails(const Program& program,
                                   const std::function<Verdict(const Program&)>& check) {
    return repeated_until(program, check,
                          [](const Program&, const Verdict& verdict) { return !verdict.holds(); });
}

Reproducer minimize_failure(const Subject& subject, const Program& program, const Verdict& verdict,
                            const std::function<Verdict(const Program&)>& check, const Budget& budget) {
    Reproducer best = written_out(program, verdict, check);
    const Program given = best.program;
    const Identity identity = identity_for_minimizing(best.verdict);
    std::size_t evaluations = best.evaluations;
    bool is_to_be_plain = false;
    const Predicate fails_alike = [&](const Program& candidate) {
        if (!offers_all(subject, candidate)) return false;
        ++evaluations;
        Verdict found = check(candidate);
        if (identity_for_minimizing(found) != identity) return false;
        if (is_to_be_plain && shows_in_a_repetition(candidate, found)) return false;
        best.program = candidate;
        best.verdict = std::move(found);
        return true;
    };
    const auto fails_unless_called_off = [&](const Program& candidate) {
        try {
            return fails_alike(candidate);
        } catch (const CalledOff&) {
            return false;
        }
    };
    Program start = given;
    start.resize(std::min(given.size(), best.verdict.at + 1));
    if (start.size() != given.size() && !fails_unless_called_off(start)) start = given;
    const auto deadline = Clock::now() + budget.time;
    const Predicate fails_in_time = [&](const Program& candidate) {
        best.finished = best.finished && evaluations < budget.evaluations && Clock::now() < deadline;
        return best.finished && fails_alike(candidate);
    };
    std::optional<Program> next{start};
    while (next) {
        const Minimum minimum = minimize(*next, fails_in_time, budget);
        best.finished = best.finished && minimum.finished;
        if (!best.finished) break;
        try {
            next = find_simpler(subject, minimum.program, fails_in_time,
                                best.verdict.at + 1 == best.program.size());
        } catch (const CalledOff&) {
            next.reset();
            best.finished = false;
        }
    }
    if (shows_in_a_repetition(best.program, best.verdict)) {
        is_to_be_plain = true;
        const Predicate fails_soon = [&, latest = deadline + budget.time / 4](const Program& candidate) {
            return Clock::now() < latest && fails_unless_called_off(candidate);
        };
        if (any_order(best.program, fails_soon))
            best.finished = minimize(Program{best.program}, fails_in_time, budget).finished && best.finished;
    }
    best.evaluations = evaluations;
    return best;
}

}  // namespace bimap::properties
