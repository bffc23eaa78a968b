// SPDX-License-Identifier: BSL-1.0
// From what was found to its simplest Program.
#include "fuzz/tool/findings.hpp"

#include <cstdio>
#include <utility>

#include "fuzz/meter.hpp"
#include "properties/convention.hpp"
#include "properties/corpus.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::tool {

using namespace bimap::properties;

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>{seconds});
}

Isolated isolated(const Subject& subject, const Arguments& arguments, Questions questions) {
    return Isolated{subject, questions, milliseconds(arguments.patience), &interruption::seen};
}

Ask one_by_one(const Subject& subject, const Arguments& arguments, Questions questions) {
    return [&subject, &arguments, questions](const Program& program) {
        return isolated(subject, arguments, questions)(program);
    };
}

namespace {

/// The simplest Program that fails so; after Ctrl-C, the simplest so far.
Reproducer minimized(const Subject& subject, const Program& program, const Verdict& verdict, const Ask& ask,
                     const Arguments& arguments) {
    Meter meter;
    const auto go_on = [&](const MinimizeProgress& progress) {
        meter([&] {
            return std::to_string(progress.evaluations) + " evaluations, " +
                   std::to_string(progress.operations) + " operations left";
        });
        return true;
    };
    return minimize_failure(subject, program, verdict, ask,
                            {.time = milliseconds(arguments.seconds), .go_on = go_on});
}

/// What a replay says of a Program that failed so: what comes of it where no other was carried out before. (A
/// hang may be one by a patience that has shrunk, and stays one.)
Verdict replayed(const Subject& subject, const Program& program, const Verdict& verdict,
                 const Arguments& arguments) {
    if (interruption::seen || verdict.kind == Verdict::Kind::hangs) return verdict;
    try {
        return one_by_one(subject, arguments, patient_questions)(program);
    } catch (const CalledOff&) {
        return verdict;
    }
}

}  // namespace

bool fails_alone(const Subject& subject, const Program& program, Verdict& verdict,
                 const Arguments& arguments) {
    Verdict alone = replayed(subject, program, verdict, arguments);
    if (alone.holds()) return false;
    verdict = std::move(alone);
    return true;
}

std::string excuse_for(const Subject& subject, const Reproducer& minimum, const Arguments& arguments) {
    if (interruption::seen || !minimum.finished) return {};  // what is not minimal has more than one cause
    try {
        return excusing_convention(subject, minimum.program, minimum.verdict,
                                   [&](const Subject& declaring, const Program& program) {
                                       return isolated(declaring, arguments, patient_questions)(program);
                                   });
    } catch (const CalledOff&) {
        return {};
    }
}

void print_needs_others_note() { std::printf("\nThis program %s\n", needs_others_note); }

int minimize_and_report(const Subject& subject, const Program& program, const Verdict& verdict,
                        const Ask& ask, const Arguments& arguments) {
    std::printf("%s %s\n\nfound in this program of %zu operations:\n\n%s\n", subject.name.c_str(),
                describe(verdict, program).c_str(), program.size(), print(program).c_str());
    std::fflush(stdout);
    Reproducer minimum = minimized(subject, program, verdict, ask, arguments);
    Verdict alone = replayed(subject, minimum.program, minimum.verdict, arguments);
    if (alone.kind != minimum.verdict.kind || alone.at != minimum.verdict.at) {
        const Verdict before = replayed(subject, program, verdict, arguments);
        if (!before.holds()) {
            const std::size_t evaluations = minimum.evaluations;
            minimum = minimized(subject, program, before, one_by_one(subject, arguments, patient_questions),
                                arguments);
            minimum.evaluations += evaluations;
            alone = minimum.verdict;
        }
    }
    const bool fails_alone = !alone.holds();
    if (fails_alone) minimum.verdict = std::move(alone);
    std::printf("minimized in %zu evaluations%s:\n\n%s", minimum.evaluations,
                minimum.finished     ? ""
                : interruption::seen ? " (interrupted; a simpler one may exist)"
                                     : " (the budget ran out; --seconds gives it more)",
                report(subject, minimum.program, minimum.verdict).c_str());
    if (!arguments.to.empty())
        write_file(arguments.to, corpus_text(subject.name, minimum.program, minimum.verdict));
    if (!fails_alone) print_needs_others_note();
    const std::string excuse = excuse_for(subject, minimum, arguments);
    if (!excuse.empty()) std::printf("\n%s\n", excuse_note(excuse).c_str());
    return unless_interrupted(something_found);
}

}  // namespace bimap::tool
