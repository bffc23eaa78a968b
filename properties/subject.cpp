// SPDX-License-Identifier: BSL-1.0
// The list of Subjects that are linked in.
#include "properties/subject.hpp"

#include <algorithm>

namespace bimap::properties {

Program offered(const Subject& subject, const Program& program) {
    Program part;
    std::copy_if(program.begin(), program.end(), std::back_inserter(part),
                 [&](const Operation& operation) { return subject.offer.contains(operation); });
    return part;
}

bool offers_all(const Subject& subject, const Program& program) {
    return std::all_of(program.begin(), program.end(),
                       [&](const Operation& operation) { return subject.offer.contains(operation); });
}

constinit Registration* Registration::first = nullptr;

void Registration::add_all(std::vector<Subject>& list) {
    for (const Registration* each = first; each != nullptr; each = each->next_) each->add_(list);
}

void add_obstacle(std::vector<Subject>& list, const std::string& name, const std::string& what) {
    Subject subject{.name = name, .story = {}, .offer = {}, .promises = {}, .open = {}};
    subject.obstacle = "does not compile: " + what;
    list.push_back(std::move(subject));
}

void sort_by_name(std::vector<Subject>& list) {
    std::sort(list.begin(), list.end(),
              [](const Subject& one, const Subject& other) { return one.name < other.name; });
    for (std::size_t i = 1; i < list.size(); ++i)
        if (list[i].name == list[i - 1].name)
            list[i].obstacle = list[i - 1].obstacle = "is the name of two: give each its own";
}

std::span<const Subject> subjects() {
    static const std::vector<Subject> all = [] {
        std::vector<Subject> list;
        Registration::add_all(list);
        sort_by_name(list);
        return list;
    }();
    return all;
}

const Subject* find_subject(std::string_view name) {
    const auto found = std::find_if(subjects().begin(), subjects().end(),
                                    [&](const Subject& subject) { return subject.name == name; });
    return found == subjects().end() ? nullptr : &*found;
}

std::vector<const Subject*> find_subjects(std::string_view name) {
    if (const Subject* const exact = find_subject(name)) return {exact};
    std::vector<const Subject*> all;
    // Counted elements first. Two walks, as std::stable_partition does not compile without a warning with
    // Clang 19.
    for (const bool counted : {true, false})
        for (const Subject& subject : subjects())
            if (subject.name.starts_with(std::string{name} + '/') && subject.obstacle.empty() &&
                subject.promises.elements_counted == counted)
                all.push_back(&subject);
    return all;
}

}  // namespace bimap::properties
