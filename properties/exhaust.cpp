// SPDX-License-Identifier: BSL-1.0
// Enumeration in shortlex order, with one representative for each class of Programs that come to the same.
#include "properties/exhaust.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "properties/answer.hpp"

namespace bimap::properties {

namespace {

using Show = std::function<std::vector<Fingerprint>(std::span<const Program>)>;

constexpr std::size_t row_length = 256;  ///< Programs that are shown at a time

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
    if (!inserts_a_range(operation.verb)) return true;
    each_pair_of_range(operation, [&](const Pair& pair) {
        const Pair named = operation.inverse ? mirrored(pair) : pair;
        prefix.values[0] = std::max(prefix.values[0], named.left + 1);
        prefix.values[1] = std::max(prefix.values[1], named.right + 1);
    });
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
        for (std::size_t length = 1; length <= longest && !stopped_; ++length)
            extend(length, {}, [&](const Prefix&) {
                ++visited_;
                return visit(program_);
            });
        return visited_;
    }

    std::uint64_t explore(std::size_t longest, const Show& show) {
        std::vector<End> ends{{}};
        for (std::size_t length = 1; length <= longest && !stopped_; ++length) ends = continued(ends, show);
        return visited_;
    }

  private:
    struct End {
        Program program;
        Prefix prefix;
    };

    /// The Programs that are longer by an Operation than these, and end in a new way.
    std::vector<End> continued(const std::vector<End>& ends, const Show& show) {
        std::vector<End> fresh;
        std::vector<Program> row;
        std::vector<Prefix> prefixes;
        const auto show_row = [&] {
            const auto fingerprints = show(row);
            visited_ += std::min(row.size(), fingerprints.size() + 1);
            for (std::size_t i = 0; i < fingerprints.size(); ++i)
                if (is_new(fingerprints[i], prefixes[i])) fresh.push_back({std::move(row[i]), prefixes[i]});
            const bool goes_on = fingerprints.size() == row.size();
            row.clear();
            prefixes.clear();
            return goes_on;
        };
        for (const End& end : ends) {
            program_ = end.program;
            extend(1, end.prefix, [&](const Prefix& longer) {
                row.push_back(program_);
                prefixes.push_back(longer);
                return row.size() < row_length || show_row();
            });
            if (stopped_) return fresh;
        }
        if (!row.empty()) stopped_ = !show_row();
        return fresh;
    }

    /// Whether no simpler Program ended so, from which at least as much can follow.
    bool is_new(Fingerprint fingerprint, const Prefix& prefix) {
        if (without_fault_.contains(fingerprint)) return false;
        return (prefix.faulted ? after_fault_ : without_fault_).insert(fingerprint).second;
    }

    /// Whether the Operation may follow; the prefix is then longer by it.
    bool fits(Prefix& prefix, const Operation& operation) const {
        const bool faulted = is_faulted(operation);
        if (faulted && prefix.faulted) return false;
        if (alphabet_.only_up_to_order && prefix.last && operation < *prefix.last &&
            commute(*prefix.last, operation))
            return false;
        if (alphabet_.only_up_to_renaming && !name_in_order(prefix, operation, order_)) return false;
        prefix.faulted = prefix.faulted || faulted;
        prefix.last = operation;
        return true;
    }

    /// Calls `visit` with the prefix that program_ is then, until it returns false.
    void extend(std::size_t missing, const Prefix& prefix, const std::function<bool(const Prefix&)>& visit) {
        for (const Operation& operation : operations_) {
            Prefix longer = prefix;
            if (!fits(longer, operation)) continue;
            program_.push_back(operation);
            if (missing == 1)
                stopped_ = !visit(longer);
            else
                extend(missing - 1, longer, visit);
            program_.pop_back();
            if (stopped_) return;
        }
    }

    const Alphabet& alphabet_;
    Orders order_;
    std::vector<Operation> operations_;
    Program program_;
    std::unordered_set<Fingerprint> without_fault_;  ///< of the Programs that were gone on from
    std::unordered_set<Fingerprint> after_fault_;
    std::uint64_t visited_ = 0;
    bool stopped_ = false;
};

}  // namespace

std::uint64_t exhaust(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<bool(const Program&)>& visit) {
    return Enumeration{alphabet, subject}.exhaust(longest, visit);
}

std::uint64_t explore(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<std::vector<Fingerprint>(std::span<const Program>)>& visit) {
    return Enumeration{alphabet, subject}.explore(longest, visit);
}

}  // namespace bimap::properties
