// SPDX-License-Identifier: BSL-1.0
// Spelling out Operations, one member after the other.
#include "properties/alphabet.hpp"

#include <algorithm>

namespace bimap::properties {

namespace {

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

std::vector<Fault> first_faults(const Subject& subject, std::size_t count) {
    std::vector<Fault> faults;
    for (std::size_t kind = 1; kind < fault_kind_count; ++kind)
        for (std::uint16_t nth = 1; nth <= count && subject.promises.faults[kind]; ++nth)
            faults.push_back({static_cast<Fault::Kind>(kind), nth});
    return faults;
}

std::vector<Operation> operations_over(const Alphabet& alphabet, const Subject& subject) {
    std::vector<Operation> all{Operation{}};
    for_each_choice(all, first<Verb>(verb_count), [](Operation& o, Verb verb) { o.verb = verb; });
    for_each_choice(all, first<Side>(2), [](Operation& o, Side side) { o.side = side; });
    for_each_choice(all, first<bool>(2), [](Operation& o, bool inverse) { o.inverse = inverse; });
    std::erase_if(all, [&](const Operation& operation) {
        return !subject.offer.contains(operation) || inserts_a_chain(operation.verb);
    });
    if (!alphabet.inverse) std::erase_if(all, [](const Operation& operation) { return operation.inverse; });
    const auto registers = first<Register>(alphabet.registers);
    for_each_choice(all, registers, [](Operation& o, Register target) { o.target = target; });
    for_each_choice(all, registers, [](Operation& o, Register source) { o.source = source; });
    auto numbers = first<Number>(alphabet.values);
    numbers.insert(numbers.end(), alphabet.counts.begin(), alphabet.counts.end());
    for (std::size_t i = 0; i < 2; ++i) {
        for_each_choice(all, numbers, [i](Operation& o, Number n) { o.numbers[i] = n; });
        std::erase_if(all, [&](const Operation& o) {
            return holds_element(shape_of(o.verb).slots[i]) && o.numbers[i] >= alphabet.values;
        });
        if (alphabet.references)
            for_each_choice(all, first<Passing>(3),
                            [i](Operation& o, Passing passing) { o.passing[i] = passing; });
    }
    auto faults = alphabet.faults;
    faults.insert(faults.begin(), Fault{});
    for_each_choice(all, faults, [](Operation& o, Fault fault) { o.fault = fault; });
    return all;
}

}  // namespace bimap::properties
