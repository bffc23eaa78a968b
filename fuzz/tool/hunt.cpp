// SPDX-License-Identifier: BSL-1.0
// The command `hunt`: for the first failure, or for all defects.
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "fuzz/tool/commands.hpp"
#include "fuzz/tool/defect_reports.hpp"
#include "fuzz/tool/findings.hpp"
#include "fuzz/tool/naming.hpp"
#include "properties/corpus.hpp"
#include "properties/hunt_all.hpp"
#include "properties/report.hpp"

namespace bimap::tool {

using namespace bimap::properties;

namespace {

/// How far a hunt has come.
std::string extent(const HuntProgress& progress) {
    return amount(progress.programs, "program") + ", " + amount(progress.operations, "operation");
}

void print_progress(const HuntProgress& progress, const char* found) {
    std::fprintf(stderr, "%llu s: %s, %s\n", static_cast<unsigned long long>(progress.elapsed.count() / 1000),
                 extent(progress).c_str(), found);
}

void print_header(const Subject& subject, const HuntOptions& options) {
    std::printf("hunting in %s, seed %llu\n", subject.name.c_str(),
                static_cast<unsigned long long>(options.seed));
    print_left_out(subject);
    std::fflush(stdout);
}

/// What a hunt may spend on one of several Subjects.
HuntOptions options_for(const Arguments& arguments, std::size_t subjects) {
    HuntOptions options = arguments.hunt;
    options.time = milliseconds(arguments.seconds / static_cast<double>(subjects));
    return options;
}

int hunt_for_the_first(const Subject& subject, HuntOptions options, const Arguments& arguments) {
    Isolated ask = isolated(subject, arguments, hunting_questions);
    print_header(subject, options);
    HuntProgress progress;
    const auto hunt = [&](const Ask& ask_about) -> std::optional<Catch> {
        const auto on_second = [](const HuntProgress& so_far) { print_progress(so_far, "nothing yet"); };
        try {
            return bimap::properties::hunt(subject, options, ask_about, on_second, progress);
        } catch (const CalledOff&) {  // what it has come to is told below
            return std::nullopt;
        }
    };
    const auto found = hunt(std::ref(ask));
    const char* const nothing = interruption::seen ? "interrupted; nothing found" : "nothing found";
    std::printf("%s in %s\n", found ? "found" : nothing, extent(progress).c_str());
    if (!found) {
        print_misfits(subject);  // once more, for they are why nothing may have been found
        return unless_interrupted(nothing_found);
    }
    try {
        Isolated ask_closely = isolated(subject, arguments, patient_questions);
        const Verdict closely = ask_closely(found->program);  // what died of it was not judged closely
        ask_closely.turn_to(questions_about(closely, found->program));
        if (!closely.holds())
            return minimize_and_report(subject, found->program, closely, std::ref(ask_closely), arguments);
        std::printf(
            "a program failed only after others in the same process; going on with each in one of its own\n");
        options.time -= progress.elapsed;
        if (const auto alone = hunt(one_by_one(subject, arguments, hunting_questions)))
            return minimize_and_report(
                subject, alone->program, alone->verdict,
                one_by_one(subject, arguments, questions_about(alone->verdict, alone->program)), arguments);
    } catch (const CalledOff&) {  // then it is told as it was found
    }
    return minimize_and_report(subject, found->program, found->verdict, std::ref(ask), arguments);
}

std::vector<Defect> hunt_for_all(const Subject& subject, const HuntOptions& options,
                                 const Arguments& arguments) {
    Isolated ask = isolated(subject, arguments);
    print_header(subject, options);
    const auto on_defect = [&](const Defect& defect) {
        std::printf("found: %s\n", describe(defect.minimum.verdict, defect.minimum.program).c_str());
        std::fflush(stdout);
    };
    const auto on_second = [](const HuntProgress& progress) { print_progress(progress, "and on"); };
    HuntProgress progress;
    auto defects =
        bimap::properties::hunt_all(subject, options, std::ref(ask), on_defect, on_second, progress);
    for (Defect& defect : defects) {
        defect.needs_others =
            !fails_alone(subject, defect.minimum.program, defect.minimum.verdict, arguments);
        defect.excuse = excuse_for(subject, defect.minimum, arguments);
    }
    std::printf("%s%s in %s\n\n", interruption::seen ? "interrupted; " : "",
                amount(defects.size(), "defect").c_str(), extent(progress).c_str());
    return defects;
}

int hunt_all(const std::vector<const Subject*>& hunted, const Arguments& arguments) {
    std::vector<ShownDefect> findings;
    for (const Subject* const subject : hunted)
        if (!interruption::seen)
            add_findings(findings, subject->name,
                         hunt_for_all(*subject, options_for(arguments, hunted.size()), arguments));
    std::printf("%s", as_text(arguments.subject, findings).c_str());
    if (!arguments.junit.empty()) write_file(arguments.junit, as_junit(arguments.subject, findings));
    if (!arguments.sarif.empty()) write_file(arguments.sarif, as_sarif(arguments.subject, findings));
    return unless_interrupted(findings.empty() ? nothing_found : something_found);
}

}  // namespace

int hunt(const Arguments& arguments) {
    for (const std::filesystem::path& file : {arguments.to, arguments.junit, arguments.sarif})
        if (!file.empty()) expect_folder_of(file);
    const auto hunted = subjects_named(arguments.subject);
    if (arguments.all) return hunt_all(hunted, arguments);
    for (const Subject* const subject : hunted)
        if (const int status = hunt_for_the_first(*subject, options_for(arguments, hunted.size()), arguments))
            return status;
    return nothing_found;
}

}  // namespace bimap::tool
