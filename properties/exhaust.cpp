// SPDX-License-Identifier: BSL-1.0
// Enumeration in shortlex order, with one representative for each class of Programs that come to the same.
#include "properties/exhaust.hpp"

#include <algorithm>
#include <unordered_set>

namespace bimap::properties {

namespace {

/// How many values of each side, and how many registers, a prefix has named; and its last Operation.
struct Prefix {
    std::array<Number, 2> values{};
    std::size_t registers = 0;
    bool faulted = false;
    std::optional<Operation> last{};
};

/// Names what an Operation names, if each new name is the next one; else says no.
bool name_in_order(Prefix& prefix, const Operation& operation, const Orders& order) {
    const auto name_register = [&](Register which) {
        if (index_of(which) > prefix.registers) return false;
        prefix.registers = std::max(prefix.registers, index_of(which) + 1);
        return true;
    };
    const Shape& shape = shape_of(operation.verb);
    if (!name_register(operation.target)) return false;
    if (shape.takes_register && !name_register(operation.source)) return false;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!holds_element(shape.slots[i])) continue;
        const auto side = static_cast<std::size_t>(map_side_of(operation, i));
        Number& count = prefix.values[side];
        if (operation.numbers[i] > count && order[side] != Order::sorted) return false;
        count = std::max(count, operation.numbers[i] + 1);
    }
    return true;
}

bool touches(const Operation& operation, Register which) {
    return operation.target == which ||
           (shape_of(operation.verb).takes_register && operation.source == which);
}

/// Whether two neighbours may change places.
bool commute(const Operation& one, const Operation& other) {
    return !touches(other, one.target) && !(shape_of(one.verb).takes_register && touches(other, one.source));
}

class Enumeration {
  public:
    Enumeration(const Alphabet& alphabet, const Subject& subject)
        : alphabet_{alphabet},
          order_{subject.promises.order},
          operations_{operations_over(alphabet, subject)} {}

    std::uint64_t exhaust(std::size_t longest, const std::function<bool(const Program&)>& visit) {
        for (std::size_t length = 1; length <= longest && !stopped_; ++length) extend(length, {}, visit);
        return visited_;
    }

    std::uint64_t explore(std::size_t longest,
                          const std::function<std::optional<Fingerprint>(const Program&)>& visit) {
        std::vector<std::pair<Program, Prefix>> ends{{}};
        std::unordered_set<Fingerprint> known;
        for (std::size_t length = 1; length <= longest && !stopped_; ++length) {
            std::vector<std::pair<Program, Prefix>> fresh;
            for (const auto& [program, prefix] : ends) {
                program_ = program;
                extend(1, prefix, [&, before = prefix](const Program& longer) {
                    const auto fingerprint = visit(longer);
                    if (!fingerprint) return false;
                    if (!known.insert(*fingerprint).second) return true;
                    Prefix after = before;
                    fits(after, longer.back());
                    fresh.emplace_back(longer, after);
                    return true;
                });
                if (stopped_) break;
            }
            ends = std::move(fresh);
        }
        return visited_;
    }

  private:
    /// Whether the Operation may follow; the prefix is then longer by it.
    bool fits(Prefix& prefix, const Operation& operation) const {
        const bool faulted = operation.fault != Fault{};
        if (faulted && prefix.faulted) return false;
        if (alphabet_.only_up_to_order && prefix.last && operation < *prefix.last &&
            commute(*prefix.last, operation))
            return false;
        if (alphabet_.only_up_to_renaming && !name_in_order(prefix, operation, order_)) return false;
        prefix.faulted = prefix.faulted || faulted;
        prefix.last = operation;
        return true;
    }

    void extend(std::size_t missing, const Prefix& prefix, const std::function<bool(const Program&)>& visit) {
        for (const Operation& operation : operations_) {
            Prefix longer = prefix;
            if (!fits(longer, operation)) continue;
            program_.push_back(operation);
            if (missing == 1) {
                ++visited_;
                stopped_ = !visit(program_);
            } else {
                extend(missing - 1, longer, visit);
            }
            program_.pop_back();
            if (stopped_) return;
        }
    }

    const Alphabet& alphabet_;
    Orders order_;
    std::vector<Operation> operations_;
    Program program_;
    std::uint64_t visited_ = 0;
    bool stopped_ = false;
};

}  // namespace

std::uint64_t exhaust(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<bool(const Program&)>& visit) {
    return Enumeration{alphabet, subject}.exhaust(longest, visit);
}

std::uint64_t explore(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<std::optional<Fingerprint>(const Program&)>& visit) {
    return Enumeration{alphabet, subject}.explore(longest, visit);
}

}  // namespace bimap::properties
