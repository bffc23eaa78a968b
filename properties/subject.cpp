// SPDX-License-Identifier: BSL-1.0
// The list of Subjects that are linked in.
#include "properties/subject.hpp"

#include <algorithm>

#include "properties/subjects/registry.hpp"

namespace bimap::properties {

Program offered(const Subject& subject, const Program& program) {
    Program part;
    std::copy_if(program.begin(), program.end(), std::back_inserter(part),
                 [&](const Operation& operation) { return subject.offer.contains(operation); });
    return part;
}

std::span<const Subject> subjects() {
    static const std::vector<Subject> all = [] {
        std::vector<Subject> list;
        for (const auto& add :
             {add_bimap_elements_subjects, add_bimap_hashed_subjects, add_bimap_ordered_subjects,
              add_bimap_sequenced_subjects, add_tricky_leaks_subjects, add_two_maps_subjects})
            add(list);
        std::sort(list.begin(), list.end(),
                  [](const Subject& one, const Subject& other) { return one.name < other.name; });
        return list;
    }();
    return all;
}

const Subject* find_subject(std::string_view name) {
    const auto found = std::find_if(subjects().begin(), subjects().end(),
                                    [&](const Subject& subject) { return subject.name == name; });
    return found == subjects().end() ? nullptr : &*found;
}

}  // namespace bimap::properties
