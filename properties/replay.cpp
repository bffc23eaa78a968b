// SPDX-License-Identifier: BSL-1.0
// Programs as text, checked.
#include "properties/replay.hpp"

#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

std::string objection_to(std::string_view subject_name, std::string_view text) {
    const std::string name{subject_name};
    const Subject* const subject = find_subject(subject_name);
    if (subject == nullptr) return "no subject is called " + name;
    if (!subject->obstacle.empty()) return name + ' ' + subject->obstacle;
    try {
        const Program program = parse(text);
        if (!offers_all(*subject, program)) return name + " does not offer all of\n" + std::string{text};
        const Verdict verdict = Isolated{*subject, patient_questions}(program);
        return verdict.holds() ? "" : name + ' ' + describe(verdict, program) + '\n' + print(program);
    } catch (const std::exception& error) {
        return error.what();
    }
}

}  // namespace bimap::properties
