// SPDX-License-Identifier: BSL-1.0
// The planted bugs, by name: what each one is, which row of the catalogue of bugs that real containers had it
// stands for, and the simplest Program that shows it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

/// What is written on a mutant.
struct Label {
    char group;           ///< of the catalogue: A to H
    int row;              ///< of the catalogue
    const char* name;     ///< the Subject's is "mutant/" and this
    const char* story;    ///< what is wrong, in a sentence
    const char* minimum;  ///< the simplest Program that shows the bug, as text
    const char* verdict;  ///< how what the check says of it begins, as summary() puts it
    /// Where AddressSanitizer is there first: the start of what is said then.
    const char* under_sanitizer = nullptr;
};

struct Mutant {
    Label label;
    Subject subject;
};

/// Every mutant, in the order of their names.
std::span<const Mutant> every_mutant();

/// The bodies that they are made of, with nothing planted.
std::span<const Subject> every_control();

/// The Subject of this name among mutants and controls, or nullptr.
const Subject* find_mutant(std::string_view name);

namespace mutants {

// One function for each file that makes some.
void add_leaks(std::vector<Mutant>& list);
void add_disagreements(std::vector<Mutant>& list);
void add_throwers(std::vector<Mutant>& list);
void add_assignments(std::vector<Mutant>& list);
void add_positions(std::vector<Mutant>& list);
void add_structures(std::vector<Mutant>& list);
void add_growths(std::vector<Mutant>& list);

}  // namespace mutants
}  // namespace bimap::properties
