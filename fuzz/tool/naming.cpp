// SPDX-License-Identifier: BSL-1.0
// Finding Subjects by their names, and the command `list`.
#include "fuzz/tool/naming.hpp"

#include <algorithm>
#include <cstdio>

#include "fuzz/tool/commands.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::tool {

using namespace bimap::properties;

namespace {

/// The first few Subjects that have this text in their names, to choose from; or nothing.
std::string subjects_with(const std::string& text) {
    constexpr std::size_t few = 5;
    std::vector<std::string> names;
    for (const Subject& subject : subjects())
        if (subject.name.find(text) != std::string::npos) names.push_back(subject.name);
    std::string list;
    for (std::size_t i = 0; i < std::min(few, names.size()); ++i)
        list += (i == 0 ? "; did you mean " : ", ") + names[i];
    return list + (names.size() > few ? ", ..." : "");
}

}  // namespace

std::vector<const Subject*> subjects_named(const std::string& name) {
    const auto named = find_subjects(name);
    if (named.empty())
        throw BadInput{"no subject is called \"" + printable(name, 80) + '"' + subjects_with(name) +
                       "; `bimap-check list` names them all"};
    for (const Subject* const subject : named)
        if (!subject->obstacle.empty()) throw BadInput{subject->name + ' ' + subject->obstacle};
    return named;
}

const Subject& subject_named(const std::string& name) {
    const auto named = subjects_named(name);
    if (named.size() == 1) return *named.front();
    throw BadInput{"\"" + name + "\" stands for several subjects; name one of them, such as " +
                   named.front()->name};
}

void print_misfits(const Subject& subject) {
    for (const std::string& misfit : subject.misfits)
        std::printf("left out, for the adapter's function cannot be called as %s\n", misfit.c_str());
}

void print_left_out(const Subject& subject) {
    const std::string left_out = calls(subject, false);
    if (!left_out.empty())
        std::printf("not tested, for the adapter does not have it: %s\n", left_out.c_str());
    print_misfits(subject);
}

int list(const Arguments& arguments) {
    if (arguments.subject.empty()) {
        for (const Subject& subject : subjects())
            std::printf("%-28s %s\n", subject.name.c_str(),
                        (subject.obstacle.empty() ? subject.story : subject.obstacle).c_str());
        return nothing_found;
    }
    for (const Subject* const subject : subjects_named(arguments.subject)) {
        std::printf("%s: %s\noffered: %s\n", subject->name.c_str(), subject->story.c_str(),
                    calls(*subject, true).c_str());
        print_left_out(*subject);
    }
    return nothing_found;
}

}  // namespace bimap::tool
