// SPDX-License-Identifier: BSL-1.0
// A complete search of the neighbourhood of a Program.
#include "properties/settle.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <utility>

namespace bimap::properties {

namespace {

// Beyond that, the search would cost more than it finds.
constexpr std::size_t longest = 8;
constexpr std::size_t longest_with_runs = 64;

bool is_plain(const Operation& operation) {
    return !is_faulted(operation) && passes_plainly(operation) && !operation.inverse &&
           (operation.verb < Verb::replace || operation.verb == Verb::insert_range);
}

/// Few and plain calls: no single exchange will simplify them.
bool is_simple(const Program& program) {
    return program.size() <= 3 && std::all_of(program.begin(), program.end(), is_plain);
}

bool is_believed_minimal(const Program& program) {
    const auto inserts = [](const Operation& o) { return is_insertion(o.verb) || inserts_a_range(o.verb); };
    return is_simple(program) &&
           (program.size() <= 2 || std::all_of(program.begin(), program.end(), inserts));
}

/// The faults that may come as soon as this one, or sooner; and the first few of the simpler kinds.
void add_faults(Alphabet& alphabet, Fault fault) {
    for (std::size_t kind = 1; kind <= static_cast<std::size_t>(fault.kind); ++kind) {
        const bool same = static_cast<Fault::Kind>(kind) == fault.kind;
        const auto last = static_cast<std::uint16_t>(same ? std::min(fault.nth + 1, fault_limit - 1) : 4);
        for (std::uint16_t nth = 1; nth <= last; ++nth)
            alphabet.faults.push_back({static_cast<Fault::Kind>(kind), nth});
    }
}

/// What a Program is spelt with, and a little more.
Alphabet alphabet_around(const Program& program) {
    Alphabet alphabet{.values = 3, .registers = 1, .inverse = false};
    alphabet.counts = {2, 3, 4, 5, 8, 9, 16, 17};  // tables grow at such sizes
    for (const Operation& operation : program) {
        const Shape& shape = shape_of(operation.verb);
        alphabet.registers = std::max(alphabet.registers, index_of(operation.target) + 1);
        if (shape.takes_register)
            alphabet.registers = std::max(alphabet.registers, index_of(operation.source) + 1);
        alphabet.inverse = alphabet.inverse || operation.inverse;
        alphabet.references = alphabet.references || !passes_plainly(operation);
        for (std::size_t i = 0; i < 2; ++i)
            if (shape.slots[i] == Slot::count) alphabet.counts.push_back(operation.numbers[i]);
        if (is_faulted(operation)) add_faults(alphabet, operation.fault);
    }
    // As many pairs as are inserted one by one.
    alphabet.counts.push_back(static_cast<Number>(std::min<std::size_t>(program.size(), number_limit - 1)));
    return alphabet;
}

/// What a verb is about. Where the last Operation is the one that fails, it stays of its kind: what another
/// kind of call does may be another bug, though the Verdict looks the same.
enum class Kind : std::uint8_t { adds_or_makes_room, erases, hands_over, looks };

Kind kind_of(Verb verb) {
    switch (verb) {
        case Verb::erase:
        case Verb::extract:
        case Verb::erase_if:
        case Verb::retain:
        case Verb::erase_loop:
        case Verb::erase_at:
        case Verb::erase_range:
        case Verb::clear:
        case Verb::clear_view:
            return Kind::erases;
        case Verb::empty:
        case Verb::copy:
        case Verb::move:
        case Verb::filter:
        case Verb::copy_assign:
        case Verb::move_assign:
        case Verb::swap:
            return Kind::hands_over;
        default:
            return shape_of(verb).modifies ? Kind::adds_or_makes_room : Kind::looks;
    }
}

class Search {
  public:
    Search(const Subject& subject, const Program& program, const std::function<bool(const Program&)>& fails,
           bool last_fails)
        : program_{program}, fails_{fails}, last_fails_{last_fails} {
        for (const Operation& operation : operations_over(alphabet_around(program), subject))
            (is_faulted(operation) ? faulted_ : plain_).push_back(operation);
        const auto kind =
            std::max_element(program.begin(), program.end(), [](const auto& one, const auto& other) {
                return one.fault.kind < other.fault.kind;
            })->fault.kind;
        std::copy_if(faulted_.begin(), faulted_.end(), std::back_inserter(faulted_alike_),
                     [kind](const Operation& operation) { return operation.fault.kind == kind; });
    }

    std::optional<Program> run() {
        cut_any_run();
        if (!found_) try_few_pairs();
        if (!found_) try_two_insertions();
        if (found_) return found_;
        if (program_.size() <= longest && !is_simple(program_)) {
            for (std::size_t gone = program_.size(); gone-- > 0 && !found_;)
                exchange_one(without(program_, gone, 1), gone);
            if (!found_) exchange_one(program_, program_.size());
        }
        if (!found_ && length_of(program_) > 1) try_all_of_one();
        if (!found_ && length_of(program_) > 1) try_all_of_two();
        return found_;
    }

  private:
    bool take(const Program& candidate) {
        if (last_fails_ && kind_of(candidate.back().verb) != kind_of(program_.back().verb)) return false;
        if (!simpler(candidate, program_) || !fails_(candidate)) return false;
        found_ = candidate;
        return true;
    }

    void cut_any_run() {
        if (program_.size() <= short_enough_for_every_run || program_.size() > longest_with_runs) return;
        for (std::size_t run = program_.size() - 1; run > 1 && !found_; --run)
            for (std::size_t first = 0; first + run <= program_.size() && !found_; ++first)
                take(without(program_, first, run));
    }

    /// A few pairs, the keys of a side in any order, and then a call like the last one: trees and lists are
    /// wrong about orders.
    void try_few_pairs() {
        constexpr std::size_t most = 4;
        for (std::size_t count = 2; count <= most && count + 1 < program_.size(); ++count) {
            const auto calls = variants_of_last(count);
            std::vector<Number> keys(count);
            std::iota(keys.begin(), keys.end(), Number{0});
            do {
                for (const Side side : {Side::left, Side::right}) {
                    Program candidate;
                    for (Number i = 0; i < count; ++i)
                        candidate.push_back(side == Side::left ? inserted(keys[i], i) : inserted(i, keys[i]));
                    candidate.emplace_back();
                    exchange(candidate, count, calls);
                    if (found_) return;
                }
            } while (std::next_permutation(keys.begin(), keys.end()));
        }
    }

    /// Two keys that meet, in a table whatever its size.
    void try_two_insertions() {
        if (program_.size() <= 2 || !is_insertion(program_.back().verb)) return;
        for (Number key = 1; key < number_limit && !found_; ++key) {
            take({inserted(0, 0), inserted(key, 1)});
            if (!found_) take({inserted(0, 0), inserted(1, key)});
        }
    }

    /// As the Program's first insertion is, if it has one.
    [[nodiscard]] Operation inserted(Number left, Number right) const {
        const auto first = std::ranges::find_if(program_, is_insertion, &Operation::verb);
        Operation insertion = first == program_.end() ? Operation{} : *first;
        insertion.target = Register::a;
        insertion.numbers = {left, right};
        return normalized(insertion);
    }

    /// The last Operation, with any of the first so many values.
    [[nodiscard]] std::vector<Operation> variants_of_last(std::size_t values) const {
        std::vector<Operation> variants{program_.back()};
        for (std::size_t i = 0; i < 2; ++i) {
            if (!holds_element(shape_of(program_.back().verb).slots[i])) continue;
            const auto so_far = std::exchange(variants, {});
            for (Operation variant : so_far)
                for (Number value = 0; value < values; ++value) {
                    variant.numbers[i] = value;
                    variants.push_back(variant);
                }
        }
        return variants;
    }

    /// `gone`: which one is left out already, or none. A fault that goes with it may come back anywhere.
    void exchange_one(const Program& rest, std::size_t gone) {
        const bool lost_fault = gone < program_.size() && is_faulted(program_[gone]);
        for (std::size_t i = 0; i < rest.size() && !found_; ++i) {
            exchange(rest, i, plain_);
            if (lost_fault || is_faulted(rest[i])) exchange(rest, i, faulted_);
        }
    }

    void exchange(Program candidate, std::size_t i, const std::vector<Operation>& operations) {
        for (const Operation& operation : operations) {
            candidate[i] = operation;
            if (take(candidate)) return;
        }
    }

    void try_all_of_one() {
        exchange(Program(1), 0, plain_);
        if (!found_) exchange(Program(1), 0, faulted_);
    }

    void try_all_of_two() {
        for (const Operation& first : plain_) {
            if (index_of(first.target) != 0 || first.numbers[0] > 0) continue;  // it has another name, too
            exchange({first, {}}, 1, plain_);
            if (!found_) exchange({first, {}}, 1, faulted_alike_);
            if (found_) return;
        }
    }

    const Program& program_;
    const std::function<bool(const Program&)>& fails_;
    bool last_fails_;
    std::vector<Operation> plain_;
    std::vector<Operation> faulted_;
    std::vector<Operation> faulted_alike_;  ///< by the same kind of fault
    std::optional<Program> found_;
};

}  // namespace

std::optional<Program> find_simpler(const Subject& subject, const Program& program,
                                    const std::function<bool(const Program&)>& fails, bool last_fails) {
    if (program.empty() || is_believed_minimal(program)) return std::nullopt;
    return Search{subject, program, fails, last_fails}.run();
}

}  // namespace bimap::properties
