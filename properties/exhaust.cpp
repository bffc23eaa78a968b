// SPDX-License-Identifier: BSL-1.0
// Enumeration in shortlex order, with one representative for each class of renamed Programs.
#include "properties/exhaust.hpp"

#include <algorithm>

namespace bimap::properties {

namespace {

/// How many values of each side, and how many registers, a prefix has named.
struct Named {
    std::array<Number, 2> values{};
    std::size_t registers = 0;
};

/// Names what an Operation names, if each new name is the next one; else says no.
bool name_in_order(Named& named, const Operation& operation, const Orders& order) {
    const auto name_register = [&](Register which) {
        if (index_of(which) > named.registers) return false;
        named.registers = std::max(named.registers, index_of(which) + 1);
        return true;
    };
    const Shape& shape = shape_of(operation.verb);
    if (!name_register(operation.target)) return false;
    if (shape.takes_register && !name_register(operation.source)) return false;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!holds_element(shape.slots[i])) continue;
        const auto side = static_cast<std::size_t>(map_side_of(operation, i));
        Number& count = named.values[side];
        if (operation.numbers[i] > count && order[side] != Order::sorted) return false;
        count = std::max(count, operation.numbers[i] + 1);
    }
    return true;
}

class Enumeration {
  public:
    Enumeration(const Alphabet& alphabet, const Subject& subject,
                const std::function<bool(const Program&)>& visit)
        : alphabet_{alphabet},
          order_{subject.promises.order},
          operations_{operations_over(alphabet, subject)},
          visit_{visit} {}

    std::uint64_t run(std::size_t longest) {
        for (std::size_t length = 1; length <= longest && !stopped_; ++length) extend(length, {});
        return visited_;
    }

  private:
    void extend(std::size_t missing, Named named) {
        for (const Operation& operation : operations_) {
            Named extended = named;
            if (alphabet_.only_up_to_renaming && !name_in_order(extended, operation, order_)) continue;
            program_.push_back(operation);
            if (missing == 1) {
                ++visited_;
                stopped_ = !visit_(program_);
            } else {
                extend(missing - 1, extended);
            }
            program_.pop_back();
            if (stopped_) return;
        }
    }

    const Alphabet& alphabet_;
    Orders order_;
    std::vector<Operation> operations_;
    const std::function<bool(const Program&)>& visit_;
    Program program_;
    std::uint64_t visited_ = 0;
    bool stopped_ = false;
};

/// Calls f for every value of one member, over what was chosen for the others.
template <class Values, class F>
void for_each_choice(std::vector<Operation>& operations, const Values& values, F set) {
    std::vector<Operation> all;
    for (const Operation& operation : operations)
        for (const auto& value : values) {
            Operation chosen = operation;
            set(chosen, value);
            all.push_back(normalized(chosen));
        }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    operations = std::move(all);
}

template <class T>
std::vector<T> first(std::size_t count) {
    std::vector<T> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<T>(i);
    return all;
}

}  // namespace

std::vector<Operation> operations_over(const Alphabet& alphabet, const Subject& subject) {
    std::vector<Operation> all{Operation{}};
    for_each_choice(all, first<Verb>(verb_count), [](Operation& o, Verb verb) { o.verb = verb; });
    for_each_choice(all, first<Side>(2), [](Operation& o, Side side) { o.side = side; });
    for_each_choice(all, first<bool>(2), [](Operation& o, bool inverse) { o.inverse = inverse; });
    std::erase_if(all, [&](const Operation& operation) { return !subject.offer.contains(operation); });
    const auto registers = first<Register>(alphabet.registers);
    for_each_choice(all, registers, [](Operation& o, Register target) { o.target = target; });
    for_each_choice(all, registers, [](Operation& o, Register source) { o.source = source; });
    for (std::size_t i = 0; i < 2; ++i) {
        for_each_choice(all, first<Number>(alphabet.values),
                        [i](Operation& o, Number n) { o.numbers[i] = n; });
        if (alphabet.references)
            for_each_choice(all, first<Passing>(3),
                            [i](Operation& o, Passing passing) { o.passing[i] = passing; });
    }
    auto faults = alphabet.faults;
    faults.insert(faults.begin(), Fault{});
    for_each_choice(all, faults, [](Operation& o, Fault fault) { o.fault = fault; });
    return all;
}

std::uint64_t exhaust(const Alphabet& alphabet, const Subject& subject, std::size_t longest,
                      const std::function<bool(const Program&)>& visit) {
    return Enumeration{alphabet, subject, visit}.run(longest);
}

}  // namespace bimap::properties
