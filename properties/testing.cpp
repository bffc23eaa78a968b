// SPDX-License-Identifier: BSL-1.0
// The GoogleTest glue for Programs as text.
#include "properties/testing.hpp"

#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

testing::AssertionResult holds(std::string_view subject_name, std::string_view text) {
    const Subject* const subject = find_subject(subject_name);
    if (subject == nullptr) return testing::AssertionFailure() << "no subject is called " << subject_name;
    try {
        const Program program = parse(text);
        if (offered(*subject, program) != program)
            return testing::AssertionFailure() << subject_name << " does not offer all of\n" << text;
        const Verdict verdict = Isolated{*subject}(program);
        if (verdict.holds()) return testing::AssertionSuccess();
        return testing::AssertionFailure() << subject_name << ' ' << describe(verdict, program) << '\n'
                                           << print(program);
    } catch (const std::exception& error) {
        return testing::AssertionFailure() << error.what();
    }
}

}  // namespace bimap::properties
