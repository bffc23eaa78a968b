// SPDX-License-Identifier: BSL-1.0
// The list of mutants, and of the sound bodies that they are made of.
#include <algorithm>

#include "properties/subjects/mutants/chained.hpp"
#include "properties/subjects/mutants/mutant.hpp"

namespace bimap::properties {

namespace {

/// A sound map whose allocator goes along in one of the eight ways.
struct Propagating : mutants::Chained {
    mutants::Propagation how;
    explicit Propagating(mutants::Propagation propagation) : how{propagation} {}
    [[nodiscard]] mutants::Propagation propagation() const override { return how; }
};

std::vector<Subject> make_controls() {
    std::vector<Subject> list;
    for (unsigned bits = 0; bits < 8; ++bits) {
        const mutants::Propagation how{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
        std::string name = "control/allocator-goes-along-on";
        if (how.on_copy) name += "-copy";
        if (how.on_move) name += "-move";
        if (how.on_swap) name += "-swap";
        if (bits == 0) name += "-nothing";
        list.push_back(
            mutants::make_chained_subject(name, "nothing planted", std::make_shared<Propagating>(how)));
    }
    return list;
}

const Subject* find_in(std::span<const Subject> list, std::string_view name) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [name](const Subject& subject) { return subject.name == name; });
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Mutant> every_mutant() {
    static const std::vector<Mutant> all = [] {
        std::vector<Mutant> list;
        for (const auto& add :
             {mutants::add_leaks, mutants::add_disagreements, mutants::add_throwers, mutants::add_assignments,
              mutants::add_positions, mutants::add_structures, mutants::add_growths})
            add(list);
        std::sort(list.begin(), list.end(), [](const Mutant& one, const Mutant& other) {
            return one.subject.name < other.subject.name;
        });
        return list;
    }();
    return all;
}

std::span<const Subject> every_control() {
    static const std::vector<Subject> all = make_controls();
    return all;
}

const Subject* find_mutant(std::string_view name) {
    for (const Mutant& mutant : every_mutant())
        if (mutant.subject.name == name) return &mutant.subject;
    return find_in(every_control(), name);
}

}  // namespace bimap::properties
