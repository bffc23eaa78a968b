// SPDX-License-Identifier: BSL-1.0
// Drawing a swarm, and Programs from it.
#include "properties/generate.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>
#include <span>

namespace bimap::properties {

namespace {

using Kinds = std::bitset<fault_kind_count>;

/// The kinds that any call can meet: few ask a predicate.
Kinds faults_of_any_call(const Subject& subject) {
    Kinds kinds = subject.promises.faults;
    kinds.reset(static_cast<std::size_t>(Fault::Kind::none));
    return kinds.reset(static_cast<std::size_t>(Fault::Kind::predicate));
}

std::optional<Fault::Kind> draw_kind(Random& random, const Kinds& kinds) {
    if (kinds.none()) return std::nullopt;
    auto nth = random.below(kinds.count());
    std::size_t kind = 0;
    for (; !kinds[kind] || nth > 0; ++kind) nth -= kinds[kind] ? 1 : 0;
    return static_cast<Fault::Kind>(kind);
}

struct Choice {
    Operation operation;  ///< verb, side and face
    std::uint64_t weight;
};

/// What one Program is drawn from.
class Swarm {
  public:
    Swarm(Random& random, const Subject& subject) : subject_{subject} {
        if (random.one_in(3)) insertion_weight_ = 1;
        for (std::size_t verb = 0; verb < verb_count; ++verb) enlist(random, static_cast<Verb>(verb));
        alphabet_ = 2 + static_cast<Number>(random.below(random.one_in(8) ? 30 : 6));
        if (random.one_in(6)) stride_ = Number{2} << random.below(4);
        if (random.one_in(2)) first_ = stride_ - 1;
        registers_ = 1 + random.below(register_count);
        fault_every_ = random.one_in(2) ? 0 : 2 + random.below(8);
        if (random.one_in(2)) fault_kind_ = draw_kind(random, faults_of_any_call(subject));
        reference_every_ = random.one_in(2) ? 0 : 2 + random.below(6);
    }

    /// Draws the calls that a Program begins with: many now and then, for what goes wrong when a map grows
    /// far. A call in bulk does it, too, but meets a fault only once.
    [[nodiscard]] Program draw_first_pairs(Random& random) const {
        if (is_offered(Verb::erase) && random.one_in(32)) return draw_passing_pairs(random);
        if (random.one_in(64)) return draw_second_growth(random);
        if (registers_ > 1 && random.one_in(10)) return draw_rivals(random);
        Program program;
        const bool grows_in_bulk = is_offered(Verb::insert_range) || is_offered(Verb::force_range);
        if (alphabet_ < many_keys || (grows_in_bulk && !random.one_in(4))) return program;
        Fault often{};  // so that the map meets it where it grows
        if (fault_every_ != 0 && random.one_in(2)) often = draw_fault(random);
        std::uint64_t count = random.below(often == Fault{} ? number_limit : 2 * number_limit);
        if (count == 0) count = number_limit;  // all that there are: the likeliest bound
        for (Number nth = 0; nth < count; ++nth)
            program.push_back(
                draw_insertion(random, nth_of_range(0, nth), random.one_in(2) ? often : Fault{}));
        return program;
    }

    /// Draws the Operation that comes after those that there are so far.
    Operation draw(Random& random, std::span<const Operation> so_far) const {
        Operation operation = choose(random);
        operation.target = static_cast<Register>(random.below(registers_));
        operation.source = static_cast<Register>(random.below(registers_));
        for (std::size_t i = 0; i < 2; ++i) {
            operation.numbers[i] = draw_number(random, operation, i, so_far);
            if (reference_every_ != 0 && random.one_in(reference_every_))
                operation.passing[i] = random.one_in(3) ? Passing::moved : Passing::own;
        }
        if (is_range(operation) && operation.numbers[0] > operation.numbers[1] && !random.one_in(4))
            std::swap(operation.numbers[0], operation.numbers[1]);
        const bool takes_all = shape_of(operation.verb).takes_register;
        if (fault_every_ != 0 && random.one_in(takes_all ? 2 : fault_every_)) {
            operation.fault = draw_fault(random);
            const std::size_t pairs = takes_all ? so_far.size() / registers_ : operation.numbers[1];
            if (is_faulted(operation) && (takes_all || inserts_a_range(operation.verb)) && random.one_in(2))
                operation.fault.nth = draw_late_event(random, pairs);
            if (!can_fail_by(operation.fault.kind, operation.verb)) operation.fault.kind = Fault::Kind::alloc;
            if (takes_predicate(operation.verb) && can_happen(Fault::Kind::predicate) && random.one_in(3))
                operation.fault.kind = Fault::Kind::predicate;
        }
        return normalized(operation);
    }

  private:
    /// Draws a crowd that passes through a map, in which there are never more than a few at once.
    [[nodiscard]] Program draw_passing_pairs(Random& random) const {
        Program program;
        const Number few = 1 + static_cast<Number>(random.below(4));
        const Number count = few + static_cast<Number>(random.below(number_limit - few));
        for (Number nth = 0; nth < count; ++nth) {
            program.push_back(draw_insertion(random, nth_of_range(0, nth)));
            if (nth >= few) program.push_back(draw_erasure(random, nth_of_range(0, nth - few)));
        }
        return program;
    }

    /// Draws a map that grows, is emptied or takes another's place, and grows further than before.
    [[nodiscard]] Program draw_second_growth(Random& random) const {
        Program program;
        const auto grow_to = [&](Number count) {
            for (Number nth = 0; nth < count; ++nth)
                program.push_back(draw_insertion(random, nth_of_range(0, nth)));
        };
        const Number few = 1 + static_cast<Number>(random.below(number_limit / 2));
        grow_to(few);
        Operation parting;
        for (int attempt = 0; attempt < 20 && !may_empty(parting.verb); ++attempt) parting = choose(random);
        parting.source = Register::b;
        parting.numbers = {0, number_limit - 1};
        if (random.one_in(2)) std::swap(parting.target, parting.source);
        program.push_back(normalized(parting));
        grow_to(few + static_cast<Number>(random.below(number_limit - few)) + 1);
        return program;
    }

    /// Draws two maps, and a call that takes both and often fails on its way. Each pair of the one meets two
    /// of the other; or none does, and then one map is larger; or they are alike but for one side of a pair.
    [[nodiscard]] Program draw_rivals(Random& random) const {
        Program program;
        const Number count = 2 + static_cast<Number>(random.below(5));
        enum class Kinship : std::uint8_t { meeting, strange, alike };
        const auto kinship = static_cast<Kinship>(random.below(3));
        const Number others =
            kinship == Kinship::strange ? 1 + static_cast<Number>(random.below(count)) : count;
        const auto unlike = static_cast<Number>(random.below(count));
        const Number free = count + 1;
        for (Number nth = 0; nth < count; ++nth) {
            const Pair pair = nth_of_range(0, nth);
            program.push_back(draw_insertion(random, pair));
            if (nth >= others) continue;
            Pair other = pair;
            if (kinship == Kinship::meeting)
                ++other.right;
            else if (kinship == Kinship::strange)
                other = nth_of_range(count, nth);
            else if (nth == unlike)
                (random.one_in(2) ? other.left : other.right) = free;
            program.push_back(draw_insertion(random, other));
            program.back().target = Register::b;
        }
        Operation call;
        const Verb verb = kinship == Kinship::alike ? Verb::equals : draw_insertion_of_all(random);
        if (random.one_in(2) && is_offered(verb)) call.verb = verb;
        for (int attempt = 0; attempt < 20 && !shape_of(call.verb).takes_register; ++attempt)
            call = draw(random, program);
        if (!shape_of(call.verb).takes_register) return program;
        call.target = Register::a;
        call.source = Register::b;
        if (random.one_in(2)) std::swap(call.target, call.source);
        if (random.one_in(2)) {
            call.fault = draw_fault(random);
            if (is_faulted(call)) call.fault.nth = draw_late_event(random, count);
        }
        program.push_back(normalized(call));
        return program;
    }

    /// One of those that are offered; or any of them, where none is.
    [[nodiscard]] Verb draw_insertion_of_all(Random& random) const {
        constexpr std::array all{Verb::insert_all, Verb::force_all, Verb::merge};
        Verb drawn = all[random.below(all.size())];
        for (const Verb verb : all)
            if (!is_offered(drawn)) drawn = verb;
        return drawn;
    }

    [[nodiscard]] Operation draw_erasure(Random& random, const Pair& pair) const {
        const auto is_erased_by = [&](Side side) {
            return subject_.offer.contains(Verb::erase, side, false);
        };
        Operation operation;
        operation.verb = Verb::erase;
        operation.side = is_erased_by(Side::right) && (!is_erased_by(Side::left) || random.one_in(2))
                             ? Side::right
                             : Side::left;
        operation.numbers[0] = operation.side == Side::left ? pair.left : pair.right;
        return operation;
    }

    [[nodiscard]] Operation draw_insertion(Random& random, const Pair& pair, Fault fault = {}) const {
        Operation operation;
        do operation = choose(random);
        while (!is_insertion(operation.verb));
        operation.numbers = {pair.left, pair.right};
        operation.fault = fault;
        return normalized(operation);
    }

    /// One of the events, some for each pair, of a long call.
    static std::uint16_t draw_late_event(Random& random, std::size_t pairs) {
        const auto events_of_each = 1 + random.below(4);
        const auto latest = std::min<std::size_t>(events_of_each * pairs + 1, fault_limit - 1);
        return static_cast<std::uint16_t>(1 + random.below(latest));
    }

    [[nodiscard]] Fault draw_fault(Random& random) const {
        Fault fault = properties::draw_fault(random, subject_);
        if (fault_kind_ && fault != Fault{}) fault.kind = *fault_kind_;
        return fault;
    }

    void add(const Operation& operation, std::uint64_t weight) {
        choices_.push_back({operation, weight});
        total_ += weight;
    }

    /// An element: one that was used before, or any; with a stride, those that meet in a table whose size is
    /// a power of two, in its first place or in its last, where a chain has to go on from the beginning. A
    /// count: of any magnitude.
    Number draw_number(Random& random, const Operation& operation, std::size_t argument,
                       std::span<const Operation> so_far) const {
        const Slot slot = shape_of(operation.verb).slots[argument];
        if (slot == Slot::count)
            return static_cast<Number>(random.below(std::uint64_t{2} << random.below(6)));
        if (holds_element(slot) && !so_far.empty() && random.one_in(4)) {
            const Operation& before = so_far[random.below(so_far.size())];
            for (std::size_t i = 0; i < 2; ++i)
                if (holds_element(shape_of(before.verb).slots[i]) &&
                    map_side_of(before, i) == map_side_of(operation, argument))
                    return before.numbers[i];
        }
        return (first_ + static_cast<Number>(random.below(alphabet_)) * stride_) % number_limit;
    }

    /// What makes room neither makes elements nor compares them, where they stay in their places.
    [[nodiscard]] bool can_fail_by(Fault::Kind kind, Verb verb) const {
        const bool makes_room = verb == Verb::reserve || verb == Verb::shrink_to_fit;
        return !makes_room || !can_happen(Fault::Kind::alloc) || !subject_.promises.references_stay ||
               kind == Fault::Kind::none || kind == Fault::Kind::alloc || kind == Fault::Kind::hash ||
               lasts(kind);
    }
    [[nodiscard]] bool can_happen(Fault::Kind kind) const {
        return subject_.promises.faults[static_cast<std::size_t>(kind)];
    }

    /// True of the verbs after which a map may hold nothing, and its memory be where it was, or another's.
    static bool may_empty(Verb verb) {
        return verb == Verb::clear || verb == Verb::clear_view || verb == Verb::erase_if ||
               verb == Verb::erase_loop || verb == Verb::move || verb == Verb::move_assign ||
               verb == Verb::copy_assign || verb == Verb::swap || verb == Verb::merge;
    }

    /// True of the verbs whose two numbers are the ends of a range.
    static bool is_range(const Operation& operation) {
        const auto& slots = shape_of(operation.verb).slots;
        return slots[0] == Slot::key && slots[1] == Slot::key && operation.verb != Verb::replace;
    }

    /// Takes a verb in, or leaves it out, on each face and side that has it.
    void enlist(Random& random, Verb verb) {
        const bool inserts = is_insertion(verb);
        if (!is_offered(verb) || (!inserts && random.one_in(2))) return;
        for (const bool inverse : {false, true})
            for (const Side side : {Side::left, Side::right}) {
                if (!subject_.offer.contains(verb, side, inverse)) continue;
                if (inverse && !random.one_in(4)) continue;
                Operation operation;
                operation.verb = verb;
                operation.side = side;
                operation.inverse = inverse;
                add(operation, (inserts ? insertion_weight_ : 1U) << random.below(4));
            }
    }

    /// What is not offered costs no draw, so that a word more in the vocabulary changes nothing for others.
    [[nodiscard]] bool is_offered(Verb verb) const {
        for (const bool inverse : {false, true})
            for (const Side side : {Side::left, Side::right})
                if (subject_.offer.contains(verb, side, inverse)) return true;
        return false;
    }

    const Operation& choose(Random& random) const {
        std::uint64_t ticket = random.below(total_);
        const auto chosen = std::find_if(choices_.begin(), choices_.end(), [&](const Choice& choice) {
            if (ticket < choice.weight) return true;
            ticket -= choice.weight;
            return false;
        });
        return chosen->operation;
    }

    static constexpr Number many_keys = 20;

    const Subject& subject_;
    std::vector<Choice> choices_;
    std::uint64_t total_ = 0;
    std::uint64_t insertion_weight_ = 8;  ///< beside the others'; where it is as theirs, more meets little
    Number alphabet_ = 2;
    Number stride_ = 1;
    Number first_ = 0;
    std::uint64_t registers_ = 1;
    std::uint64_t fault_every_ = 0;          ///< 0: never
    std::optional<Fault::Kind> fault_kind_;  ///< the only kind that is drawn, if there is one
    std::uint64_t reference_every_ = 0;      ///< 0: never
};

}  // namespace

Fault draw_fault(Random& random, const Subject& subject) {
    const Kinds all = faults_of_any_call(subject);
    const auto can_be = [&](Fault::Kind kind) { return all[static_cast<std::size_t>(kind)]; };
    Kinds single = all;
    for (std::size_t kind = 0; kind < fault_kind_count; ++kind)
        if (lasts(static_cast<Fault::Kind>(kind))) single.reset(kind);
    auto kind = draw_kind(random, single);
    if (!kind) return {};
    if (kind == Fault::Kind::alloc && can_be(Fault::Kind::memory) && random.one_in(3))
        kind = Fault::Kind::memory;
    else if (can_be(Fault::Kind::everything) && random.one_in(3))
        kind = Fault::Kind::everything;
    const std::uint64_t latest = random.one_in(16) ? fault_limit - 1 : random.one_in(4) ? 12 : 4;
    const auto nth = 1 + random.below(latest);
    return {*kind, static_cast<std::uint16_t>(nth)};
}

Program generate(Random& random, const Subject& subject, std::size_t longest) {
    const Swarm swarm{random, subject};
    // Short ones, too: where there are several bugs, a long Program meets the commonest one.
    const std::size_t length =
        1 + random.below(random.one_in(4) ? std::min<std::size_t>(longest, 4) : longest);
    Program program = swarm.draw_first_pairs(random);
    for (std::size_t i = 0; i < length; ++i) program.push_back(swarm.draw(random, program));
    return program;
}

}  // namespace bimap::properties
