// SPDX-License-Identifier: BSL-1.0
// bimap-check: the suite on the command line.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fuzz/defect_reports.hpp"
#include "fuzz/interruption.hpp"
#include "fuzz/meter.hpp"
#include "fuzz/number_between.hpp"
#include "properties/bytes.hpp"
#include "properties/child_process.hpp"
#include "properties/convention.hpp"
#include "properties/corpus.hpp"
#include "properties/exhaust.hpp"
#include "properties/hunt.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"
#include "properties/watch.hpp"

namespace {

using namespace bimap::properties;
namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

constexpr int nothing_found = 0;
constexpr int something_found = 1;
constexpr int bad_input = 2;
constexpr int interrupted = 130;
constexpr const char* exit_statuses =
    "Exit status: 0 nothing found, 1 something found, 2 bad usage, bad input or no room for the output, "
    "130 interrupted, with what was found until then.";

int unless_interrupted(int status) { return interruption::seen ? interrupted : status; }

/// What the command line says.
struct Arguments {
    std::string subject;
    std::vector<fs::path> files;
    fs::path to;
    bool all = false;
    fs::path junit;
    fs::path sarif;
    double seconds = 10;
    double patience = 2;
    HuntOptions hunt;
    WatchOptions watch;
    std::size_t length = 3;
    Number values = 2;
    std::size_t registers = 2;
    std::size_t faults = 0;
    bool references = false;
    std::vector<Number> counts;
    bool states = false;
};

/// Bad input, as opposed to a bug found.
class BadInput : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

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

/// The Subject of this name, or those of one bimap that is tried with several kinds of element.
std::vector<const Subject*> subjects_named(const std::string& name) {
    const auto named = find_subjects(name);
    if (named.empty())
        throw BadInput{"no subject is called \"" + printable(name, 80) + '"' + subjects_with(name) +
                       "; `bimap-check list` names them all"};
    for (const Subject* const subject : named)
        if (!subject->obstacle.empty())
            throw BadInput{subject->name + " does not compile: " + subject->obstacle};
    return named;
}

const Subject& subject_named(const std::string& name) {
    const auto named = subjects_named(name);
    if (named.size() == 1) return *named.front();
    throw BadInput{"\"" + name + "\" stands for several subjects; name one of them, such as " +
                   named.front()->name};
}

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Seconds{seconds});
}

/// What the adapter has, and not as it is called.
void print_misfits(const Subject& subject) {
    for (const std::string& misfit : subject.misfits)
        std::printf("left out, for the adapter's function cannot be called as %s\n", misfit.c_str());
}

/// What a Subject does not have is not asked of it; so it has to be said.
void print_left_out(const Subject& subject) {
    const std::string left_out = calls(subject, false);
    if (!left_out.empty())
        std::printf("not tested, for the adapter does not have it: %s\n", left_out.c_str());
    print_misfits(subject);
}

int list(const Arguments& arguments) {
    if (arguments.subject.empty()) {
        for (const Subject& subject : subjects())
            std::printf("%-28s %s%s%s\n", subject.name.c_str(), subject.story.c_str(),
                        subject.obstacle.empty() ? "" : ": ", subject.obstacle.c_str());
        return nothing_found;
    }
    for (const Subject* const subject : subjects_named(arguments.subject)) {
        std::printf("%s: %s\noffered: %s\n", subject->name.c_str(), subject->story.c_str(),
                    calls(*subject, true).c_str());
        print_left_out(*subject);
    }
    return nothing_found;
}

Isolated isolated(const Subject& subject, const Arguments& arguments, Questions questions = {}) {
    return Isolated{subject, questions, milliseconds(arguments.patience), &interruption::seen};
}

using Ask = std::function<Verdict(const Program&)>;

/// Asks about each Program in a process of its own.
Ask one_by_one(const Subject& subject, const Arguments& arguments, Questions questions) {
    return [&subject, &arguments, questions](const Program& program) {
        return isolated(subject, arguments, questions)(program);
    };
}

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

/// Whether the Program fails where no other was carried out before; if so, its Verdict is what a replay says.
bool fails_alone(const Subject& subject, const Program& program, Verdict& verdict,
                 const Arguments& arguments) {
    Verdict alone = replayed(subject, program, verdict, arguments);
    if (alone.holds()) return false;
    verdict = std::move(alone);
    return true;
}

/// The convention by which the minimal Program would hold, if there is one.
std::string excuse_for(const Subject& subject, const Reproducer& minimum, const Arguments& arguments) {
    if (interruption::seen) return {};
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

/// Says what was found, then makes it small, then says everything about it.
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
            minimum = minimized(subject, program, before, one_by_one(subject, arguments, patient_questions),
                                arguments);
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

void print_progress(const HuntProgress& progress, const char* found) {
    std::fprintf(stderr, "%llu s: %llu programs, %llu operations, %s\n",
                 static_cast<unsigned long long>(progress.elapsed.count() / 1000),
                 static_cast<unsigned long long>(progress.programs),
                 static_cast<unsigned long long>(progress.operations), found);
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
    if (!found) {
        std::printf("%snothing found in %llu programs, %llu operations\n",
                    interruption::seen ? "interrupted; " : "",
                    static_cast<unsigned long long>(progress.programs),
                    static_cast<unsigned long long>(progress.operations));
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
    std::printf("%s%zu %s in %llu programs, %llu operations\n\n", interruption::seen ? "interrupted; " : "",
                defects.size(), defects.size() == 1 ? "defect" : "defects",
                static_cast<unsigned long long>(progress.programs),
                static_cast<unsigned long long>(progress.operations));
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

int hunt(const Arguments& arguments) {
    for (const fs::path& file : {arguments.to, arguments.junit, arguments.sarif})
        if (!file.empty()) expect_folder_of(file);
    const auto hunted = subjects_named(arguments.subject);
    if (arguments.all) return hunt_all(hunted, arguments);
    for (const Subject* const subject : hunted)
        if (const int status = hunt_for_the_first(*subject, options_for(arguments, hunted.size()), arguments))
            return status;
    return nothing_found;
}

/// A file's Program, as far as the Subject offers it. What a text asks for has to be offered; bytes are a
/// fuzzer's.
Program program_for(const Subject& subject, const Entry& entry) {
    Program program = offered(subject, entry.program);
    if (program.empty() && entry.file.extension() != ".txt")
        throw BadInput{entry.file.string() + ": " + subject.name + " offers nothing of it"};
    if (program.size() == entry.program.size() || entry.file.extension() != ".txt") return program;
    for (const Operation& operation : entry.program)
        if (!subject.offer.contains(operation))
            throw BadInput{entry.file.string() + ": " + subject.name + " does not offer `" +
                           print(operation) + '`'};
    return program;
}

std::string of(std::size_t done, std::size_t all) {
    return std::to_string(done) + " of " + std::to_string(all);
}

int replay(const Arguments& arguments) {
    const Subject& subject = subject_named(arguments.subject);
    Meter meter;
    std::size_t done = 0;
    int status = nothing_found;
    for (const fs::path& file : arguments.files) {
        const Program program = program_for(subject, read_entry(file));
        // In a process of its own, whatever the others do.
        const Verdict verdict = isolated(subject, arguments, patient_questions)(program);
        std::printf("%s: %s %s\n", printable(file.string()).c_str(), subject.name.c_str(),
                    describe(verdict, program).c_str());
        if (!verdict.holds()) status = something_found;
        ++done;
        meter([&] { return of(done, arguments.files.size()) + " files"; });
    }
    return status;
}

int minimize(const Arguments& arguments) {
    if (!arguments.to.empty()) expect_folder_of(arguments.to);
    const Subject& subject = subject_named(arguments.subject);
    Isolated ask = isolated(subject, arguments, patient_questions);
    const Reproducer failing =
        repeated_until_it_fails(program_for(subject, read_entry(arguments.files.front())), std::ref(ask));
    ask.turn_to(questions_about(failing.verdict, failing.program));
    if (!failing.verdict.holds())
        return minimize_and_report(subject, failing.program, failing.verdict, std::ref(ask), arguments);
    std::printf("%s: %s holds; there is nothing to minimize\n",
                printable(arguments.files.front().string()).c_str(), subject.name.c_str());
    return nothing_found;
}

int show(const Arguments& arguments) {
    for (const fs::path& file : arguments.files) std::printf("%s", print(read_entry(file).program).c_str());
    return nothing_found;
}

int encode(const Arguments& arguments) {
    if (!fs::is_directory(arguments.to))
        throw BadInput{arguments.to.string() + ": is no folder; make it first, or name another with --to"};
    std::set<fs::path> written;
    for (const fs::path& file : arguments.files) {
        const auto bytes = bimap::properties::encode(read_entry(file).program);
        const fs::path name = file.extension() == ".txt" ? file.stem() : file.filename();
        if (!written.insert(name).second)
            throw BadInput{file.string() + ": another file was written to " + (arguments.to / name).string() +
                           " already; encode the two into two folders"};
        std::error_code missing;
        for (const fs::path& input : arguments.files)
            if (fs::equivalent(arguments.to / name, input, missing))
                throw BadInput{input.string() + ": would be overwritten; encode into another folder"};
        write_file(arguments.to / name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
    return nothing_found;
}

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

int exhaust(const Arguments& arguments) {
    for (const Subject* const subject : subjects_named(arguments.subject))
        if (const int status = Enumeration{*subject, arguments}.run()) return status;
    return nothing_found;
}

void complain(const std::string& what) { std::cerr << "bimap-check: " << printable(what) << '\n'; }

/// Whether all that was said has gone out; a full disk is heard of only here. Complains where it has not, but
/// for a listener who has gone: that one has heard enough.
bool is_told() {
    errno = 0;
    std::cout.flush();
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return true;
    const int why = errno;
    if (why != EPIPE)
        complain("standard output cannot be written" +
                 (why == 0 ? "" : std::string{": "} + std::strerror(why)) +
                 "; what was to be told is lost, so " +
                 (why == ENOSPC ? "free some space" : "send it elsewhere") + " and ask again");
    return false;
}

constexpr Number fewest_watched = 10;

void print_round(const Round& round) {
    std::printf("%5zu %9u %10zu %9zu %12zu %10.1f %7lld\n", round.number, round.items, round.balance.elements,
                round.balance.blocks, round.balance.bytes,
                static_cast<double>(round.balance.bytes) / static_cast<double>(round.items),
                static_cast<long long>(round.elapsed.count()));
    std::fflush(stdout);
}

int judge_watch(const Watched& watched, const std::vector<std::string>& steps) {
    if (interruption::seen)
        std::printf("interrupted in round %zu; too early to say whether memory rises\n",
                    watched.rounds.size() + 1);
    if (!watched.difference.empty())
        std::printf("diverges after round %zu: %s\n", watched.rounds.size(), watched.difference.c_str());
    if (watched.rising) {
        std::printf(
            "rising: content constant, and %.0f bytes more in every round (%.0f blocks, %.0f elements)\n",
            watched.bytes_per_round, watched.blocks_per_round, watched.elements_per_round);
        std::printf("made by: %s; left behind by: %s\n", watched.made_by.c_str(), watched.left_by.c_str());
    }
    for (const Remains& remains : watched.remains)
        std::printf("%s: %s (%s) outlived the map, made by: %s\n", std::string{name_of(remains.kind)}.c_str(),
                    amount(remains.blocks, "block").c_str(), amount(remains.bytes, "byte").c_str(),
                    steps[remains.maker].c_str());
    if (!watched.passages.empty()) {
        std::printf("rising: a few pairs in it at any time, and more memory the more new ones have passed:");
        for (const Passage& passage : watched.passages)
            std::printf("%s %zu bytes after %u", &passage == watched.passages.data() ? "" : ",",
                        passage.bytes, passage.passed);
        std::printf("\n");
    }
    if (!watched.clean()) return unless_interrupted(something_found);
    if (!interruption::seen) std::printf("clean\n");
    return unless_interrupted(nothing_found);
}

int watch_here(const Subject& subject, const std::vector<std::string>& steps, WatchOptions options) {
    std::printf("each round:");
    for (const std::string& step : steps) std::printf(" %s,", step.c_str());
    std::printf(" %s\n%5s %9s %10s %9s %12s %10s %7s\n", steps.front().c_str(), "round", "items", "elements",
                "blocks", "bytes", "bytes/item", "ms");
    std::fflush(stdout);
    options.go_on = [] { return !interruption::seen; };
    const auto watched = bimap::properties::watch(subject, options, print_round);
    return judge_watch(watched, steps);
}

/// Watches in a child process, for the map may die of it. An interruption is handed on once, whoever it was
/// sent to.
int watch_apart(const Subject& subject, const Arguments& arguments) {
    const auto steps = steps_of(subject);
    WatchOptions options = arguments.watch;
    while (options.items >= fewest_watched && !has_elements_for(subject, options.items)) options.items /= 2;
    if (options.items < fewest_watched)
        throw BadInput{subject.name + ": its elements have too few values for so many items"};
    std::printf("watching %s\n", subject.name.c_str());
    if (options.items < arguments.watch.items)
        std::printf("%u items, for its elements have too few values for more\n", options.items);
    std::fflush(stdout);
    const pid_t child = fork_child();
    if (child == 0) {
        setpgid(0, 0);
        const int status = watch_here(subject, steps, options);
        std::exit(is_told() ? status : bad_input);  // the other subjects are the parent's
    }
    std::optional<int> status;
    for (bool handed_on = false; !(status = end_of(child));) {
        if (interruption::seen && !std::exchange(handed_on, true)) kill(child, interruption::by);
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    if (WIFEXITED(*status)) return WEXITSTATUS(*status);
    std::printf("crashes: SIG%s, after the last round above\n", sigabbrev_np(WTERMSIG(*status)));
    return something_found;
}

int watch(const Arguments& arguments) {
    for (const Subject* const subject : subjects_named(arguments.subject))
        if (const int status = watch_apart(*subject, arguments)) return status;
    return nothing_found;
}

/// Adds a command that runs `run` and leaves its exit status in `status`.
CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& purpose, int& status,
                      std::function<int()> run) {
    CLI::App* const command = app.add_subcommand(name, purpose);
    command->callback([&status, run = std::move(run)] { status = run(); });
    return command;
}

void add_subject(CLI::App* command, Arguments& arguments, const std::string& option) {
    command->add_option(option, arguments.subject, "the subject, as `list` names it")->required();
}

void add_patience(CLI::App* command, Arguments& arguments) {
    command->add_option("--patience", arguments.patience, "seconds after which a program is said to hang")
        ->check(number_between(0.01, 86'400))
        ->capture_default_str();
}

void add_seconds(CLI::App* command, Arguments& arguments, const std::string& purpose) {
    command->add_option("--seconds", arguments.seconds, purpose)
        ->check(number_between(0.001, 31'536'000))
        ->capture_default_str();
}

void add_files(CLI::App* command, Arguments& arguments, bool several) {
    auto* const files =
        command->add_option("FILE", arguments.files, "a text (*.txt), or a fuzzer's artifact");
    files->required()->expected(1, several ? 1'000'000 : 1);
}

void add_hunt(CLI::App& app, Arguments& arguments, int& status) {
    CLI::App* const command =
        add_command(app, "hunt", "look for a failure", status, [&] { return hunt(arguments); });
    add_subject(command, arguments, "SUBJECT");
    add_patience(command, arguments);
    add_seconds(command, arguments, "how long to look, and then how long to minimize");
    auto* const all =
        command->add_flag("--all", arguments.all, "go on after the first, and tell the defects apart");
    command->add_option("--junit", arguments.junit, "write the defects to this file, as JUnit XML")
        ->needs(all);
    command->add_option("--sarif", arguments.sarif, "write the defects to this file, as SARIF")->needs(all);
    command->add_option("--seed", arguments.hunt.seed, "the seed of the programs")
        ->check(number_between(0, 1e18))
        ->capture_default_str();
    command->add_option("--programs", arguments.hunt.programs, "stop after so many programs")
        ->check(number_between(1, 1e18));
    command
        ->add_option("--length", arguments.hunt.longest,
                     "operations of a program, at most; some begin with up to 127 insertions besides")
        ->check(number_between(1, 1000))
        ->capture_default_str();
    command->add_option("--to", arguments.to, "write the reproducer to this file, too")->excludes(all);
}

void add_commands(CLI::App& app, Arguments& arguments, int& status) {
    auto* command = add_command(app, "list", "name the subjects, or say what one of them offers and what not",
                                status, [&] { return list(arguments); });
    command->add_option("SUBJECT", arguments.subject, "the subject");

    add_hunt(app, arguments, status);

    command = add_command(app, "exhaust", "try every program, the shortest first", status,
                          [&] { return exhaust(arguments); });
    add_subject(command, arguments, "SUBJECT");
    add_patience(command, arguments);
    command->add_option("--length", arguments.length, "operations of a program, at most")
        ->check(number_between(1, 10))
        ->capture_default_str();
    command->add_option("--values", arguments.values, "keys on each side")
        ->check(number_between(1, 8))
        ->capture_default_str();
    command->add_option("--registers", arguments.registers, "how many maps")
        ->check(number_between(1, 3))
        ->capture_default_str();
    command
        ->add_option("--faults", arguments.faults,
                     "let one call of a program fail, at each of its first so many allocations, copies, …")
        ->check(number_between(0, fault_limit - 1))
        ->capture_default_str();
    command->add_flag("--references", arguments.references, "pass arguments in every way");
    command
        ->add_option("--counts", arguments.counts,
                     "lengths of ranges and of reservations, besides the numbers, such as 4,5")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(number_between(1, number_limit - 1));
    command->add_flag("--states", arguments.states,
                      "go on only from programs that end as no simpler one does: farther, but blind to what "
                      "a map hides");

    command =
        add_command(app, "replay", "check programs from files", status, [&] { return replay(arguments); });
    add_files(command, arguments, true);
    add_subject(command, arguments, "--subject");
    add_patience(command, arguments);

    command = add_command(app, "minimize", "make a failing program as simple as it gets", status,
                          [&] { return minimize(arguments); });
    add_files(command, arguments, false);
    add_subject(command, arguments, "--subject");
    add_patience(command, arguments);
    add_seconds(command, arguments, "how long to minimize, at most");
    command->add_option("--to", arguments.to, "write the reproducer to this file, too");

    command = add_command(app, "show", "print programs as text", status, [&] { return show(arguments); });
    add_files(command, arguments, true);

    command = add_command(app, "encode", "write programs as a fuzzer's bytes", status,
                          [&] { return encode(arguments); });
    add_files(command, arguments, true);
    command
        ->add_option("--to", arguments.to, "the folder for the bytes; each file keeps its name, without .txt")
        ->required();

    command = add_command(app, "watch", "work on large groups and watch the memory", status,
                          [&] { return watch(arguments); });
    add_subject(command, arguments, "SUBJECT");
    command->add_option("--items", arguments.watch.items, "the size of the groups")
        ->check(number_between(fewest_watched, 1'000'000))
        ->capture_default_str();
    command->add_option("--rounds", arguments.watch.rounds, "how many rounds")
        ->check(number_between(3, 10'000))
        ->capture_default_str();
}

/// What the command line asks for. Returns: the exit status.
int run(int argc, char** argv) {
    CLI::App app{"Hunts leaks and inconsistencies in bidirectional maps."};
    app.footer(exit_statuses);
    app.require_subcommand(1);
    Arguments arguments;
    int status = nothing_found;
    add_commands(app, arguments, status);
    try {
        app.parse(argc, argv);
        return status;
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        const bool is_misspelt = app.get_subcommands().empty() && app.remaining_size() > 0;
        complain((is_misspelt ? "there is no command " + app.remaining().front() : error.what()) +
                 "; --help tells more");
    } catch (const CalledOff&) {
        complain("interrupted");
        return interrupted;
    } catch (const std::exception& error) {  // malformed text, unreadable files, unknown subjects
        complain(error.what());
    }
    return bad_input;
}

}  // namespace

int main(int argc, char** argv) {
    interruption::listen();
    const int status = run(argc, argv);
    return is_told() ? status : bad_input;
}
