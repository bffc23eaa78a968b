// SPDX-License-Identifier: BSL-1.0
// The command `exhaust`: every Program, the shortest first.
#include "properties/exhaust.hpp"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/meter.hpp"
#include "fuzz/tool/commands.hpp"
#include "fuzz/tool/findings.hpp"
#include "fuzz/tool/naming.hpp"
#include "properties/report.hpp"

namespace bimap::tool {

using namespace bimap::properties;

namespace {

/// Shows every Program to a judge, some at a time, and what fails to the caller.
class Enumeration {
  public:
    Enumeration(const Subject& subject, const Arguments& arguments)
        : subject_{subject},
          arguments_{arguments},
          alphabet_{.values = arguments.values,
                    .registers = arguments.registers,
                    .references = arguments.references,
                    .faults = first_faults(subject, arguments.faults),
                    .counts = arguments.counts},
          ask_{isolated(subject, arguments)} {}

    int run() {
        try {
            if (arguments_.states)
                explore();
            else
                exhaust();
        } catch (const CalledOff&) {  // what it has come to is told below
        }
        std::printf("%llu programs tried, the shortest first\n", static_cast<unsigned long long>(tried_));
        if (first_) {
            const bool is_alone = fails_alone(subject_, first_->program, first_->verdict, arguments_);
            std::printf("%s", report(subject_, first_->program, first_->verdict).c_str());
            if (!is_alone) print_needs_others_note();
            return unless_interrupted(something_found);
        }
        std::printf("%s\n", interruption::seen ? "interrupted; none of them fails" : "none of them fails");
        return unless_interrupted(nothing_found);
    }

  private:
    void exhaust() {
        std::vector<Program> row;
        bimap::properties::exhaust(alphabet_, subject_, arguments_.length, [&](const Program& program) {
            row.push_back(program);
            if (row.size() == row_length) judge(std::exchange(row, {}));
            return !first_;
        });
        if (!first_ && !row.empty()) judge(row);
    }

    void explore() {
        bimap::properties::explore(alphabet_, subject_, arguments_.length,
                                   [&](std::span<const Program> programs) { return judge(programs).ends; });
    }

    Outcome judge(std::span<const Program> programs) {
        Outcome outcome = ask_(programs, arguments_.states);
        tried_ += outcome.held;
        if (!outcome.verdict.holds()) {
            ++tried_;
            first_ = Catch{programs[outcome.held], outcome.verdict};
            return outcome;
        }
        meter_([&] {
            return std::to_string(tried_) + " programs, now of " + std::to_string(programs.back().size()) +
                   " operations, none fails yet";
        });
        return outcome;
    }

    static constexpr std::size_t row_length = 64;

    const Subject& subject_;
    const Arguments& arguments_;
    Alphabet alphabet_;
    Isolated ask_;
    Meter meter_;
    std::uint64_t tried_ = 0;
    std::optional<Catch> first_;
};

}  // namespace

int exhaust(const Arguments& arguments) {
    for (const Subject* const subject : subjects_named(arguments.subject))
        if (const int status = Enumeration{*subject, arguments}.run()) return status;
    return nothing_found;
}

}  // namespace bimap::tool
