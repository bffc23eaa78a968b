// SPDX-License-Identifier: BSL-1.0
// Drawing a swarm, and Programs from it.
#include "properties/generate.hpp"

#include <algorithm>

namespace bimap::properties {

namespace {

struct Choice {
    Operation operation;  ///< verb, side and face
    std::uint64_t weight;
};

/// What one Program is drawn from.
class Swarm {
  public:
    Swarm(Random& random, const Subject& subject) : subject_{subject} {
        for (std::size_t verb = 0; verb < verb_count; ++verb) enlist(random, static_cast<Verb>(verb));
        alphabet_ = 2 + static_cast<Number>(random.below(random.one_in(8) ? 30 : 6));
        registers_ = 1 + random.below(register_count);
        fault_every_ = random.one_in(2) ? 0 : 4 + random.below(12);
        reference_every_ = random.one_in(2) ? 0 : 2 + random.below(6);
    }

    Operation draw(Random& random) const {
        Operation operation = choose(random);
        operation.target = static_cast<Register>(random.below(registers_));
        operation.source = static_cast<Register>(random.below(registers_));
        for (std::size_t i = 0; i < 2; ++i) {
            operation.numbers[i] = static_cast<Number>(random.below(alphabet_));
            if (reference_every_ != 0 && random.one_in(reference_every_))
                operation.passing[i] = random.one_in(3) ? Passing::moved : Passing::own;
        }
        if (fault_every_ != 0 && random.one_in(fault_every_)) operation.fault = draw_fault(random, subject_);
        return normalized(operation);
    }

  private:
    void add(const Operation& operation, std::uint64_t weight) {
        choices_.push_back({operation, weight});
        total_ += weight;
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
                add(operation, (inserts ? 8U : 1U) << random.below(4));
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

    const Subject& subject_;
    std::vector<Choice> choices_;
    std::uint64_t total_ = 0;
    Number alphabet_ = 2;
    std::uint64_t registers_ = 1;
    std::uint64_t fault_every_ = 0;      ///< 0: never
    std::uint64_t reference_every_ = 0;  ///< 0: never
};

}  // namespace

Fault draw_fault(Random& random, const Subject& subject) {
    const auto kind = 1 + random.below(fault_kind_count - 1);
    if (!subject.promises.faults[kind]) return {};
    const auto nth = 1 + random.below(random.one_in(4) ? 12 : 4);
    return {static_cast<Fault::Kind>(kind), static_cast<std::uint8_t>(nth)};
}

Program generate(Random& random, const Subject& subject, std::size_t longest) {
    const Swarm swarm{random, subject};
    Program program(1 + random.below(longest));
    for (Operation& operation : program) operation = swarm.draw(random);
    return program;
}

}  // namespace bimap::properties
