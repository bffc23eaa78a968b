// SPDX-License-Identifier: BSL-1.0
// bimap-trials: lets one engine look for planted bugs and says, in one line of JSON for each trial, how it
// went. What ci/score is made of.
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "fuzz/score/child.hpp"
#include "fuzz/score/plain_machine.hpp"
#include "properties/corpus.hpp"
#include "properties/exhaust.hpp"
#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/subjects/mutants/canary.hpp"
#include "properties/subjects/mutants/mutant.hpp"
#include "properties/text.hpp"

// Where LeakSanitizer is linked in; the name is its own.
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" __attribute__((weak)) int __lsan_do_recoverable_leak_check();

namespace {

using namespace bimap::properties;
using namespace bimap::score;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Arguments {
    std::string engine;
    std::vector<std::string> mutants;
    std::uint64_t seed = 1;
    std::uint64_t trials = 1;
    double seconds = 10;
    double patience = 0.5;
    std::uint64_t executions = 1'000'000'000;
    std::size_t length = 4;
    std::vector<fs::path> files;
};

/// One look of one engine for one planted bug.
struct Trial {
    const Subject& subject;
    const Arguments& arguments;
    std::uint64_t seed;
    Clock::time_point start = Clock::now();
    std::uint64_t executions = 0;
    std::uint64_t operations = 0;
    double elapsed_s = 0;
    bool detected = false;
    std::optional<Program> found{};

    [[nodiscard]] double elapsed() const { return Seconds(Clock::now() - start).count(); }
    [[nodiscard]] bool is_over() const {
        return detected || executions >= arguments.executions || elapsed() >= arguments.seconds;
    }
};

std::chrono::milliseconds patience_of(const Trial& trial) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Seconds{trial.arguments.patience});
}

/// Asks about a Program and notes what came of it.
void ask(Isolated& judge, const Program& program, Trial& trial) {
    ++trial.executions;
    trial.operations += program.size();
    if (judge(program).holds()) return;
    trial.detected = true;
    trial.found = program;
}

/// RapidCheck, as a property runs it: 100 Programs, the shorter ones first; and again, until one fails.
void try_rapidcheck(Trial& trial) {
    Isolated judge{trial.subject, {}, patience_of(trial)};
    const rc::Gen<Program> programs{[&](const rc::Random& drawn, int size) {
        Random random{rc::Random{drawn}.next()};
        return rc::shrinkable::just(generate(random, trial.subject, static_cast<std::size_t>(size) + 8));
    }};
    for (rc::Random seeds{trial.seed}; !trial.is_over();)
        rc::detail::checkTestable(
            [&] {
                const Program program = *rc::gen::noShrink(programs);
                if (!trial.is_over()) ask(judge, program, trial);
            },
            rc::detail::TestMetadata{}, rc::detail::TestParams{.seed = seeds.next()});
}

/// Takes over what a child has come to.
void read(const Progress& progress, Trial& trial) {
    trial.executions = progress.executions;
    trial.operations = progress.operations;
    trial.detected = progress.detected;
}

/// What the exhaustive engine spells its Programs with: everything that there is, in small numbers.
Alphabet small_alphabet(const Subject& subject) {
    return {.references = true, .faults = first_faults(subject, 4), .counts = {2, 3, 5, 16, 17, 32, 33}};
}

/// Every Program, the simplest first, from every state that shows.
void try_exhaustive(Trial& trial) {
    Isolated judge{trial.subject, {}, patience_of(trial)};
    explore(small_alphabet(trial.subject), trial.subject, trial.arguments.length,
            [&](std::span<const Program> programs) -> std::vector<Fingerprint> {
                if (trial.is_over()) return {};
                const Outcome outcome = judge(programs, true);
                trial.detected = !outcome.verdict.holds();
                trial.found = programs[std::min(outcome.held, programs.size() - 1)];
                for (const Program& program : programs.first(outcome.held + (trial.detected ? 1 : 0))) {
                    ++trial.executions;
                    trial.operations += program.size();
                }
                return outcome.ends;
            });
}

/// The committed corpus, and nothing else.
void try_corpus(Trial& trial) {
    Isolated judge{trial.subject, {}, patience_of(trial)};
    for (const fs::path& file : trial.arguments.files)
        if (!trial.detected) ask(judge, offered(trial.subject, read_entry(file).program), trial);
}

/// The shortest way from a fuzzer's artifact to its reproducer.
void try_artifact(Trial& trial) {
    Isolated judge{trial.subject, {}, patience_of(trial)};
    for (const fs::path& file : trial.arguments.files) {
        const Program program = offered(trial.subject, read_entry(file).program);
        if (!trial.detected) ask(judge, repeated_until_it_fails(program, std::ref(judge)).program, trial);
    }
}

/// One call of the plain state machine.
struct PlainCall : rc::state::Command<int, PlainMachine> {
    int which = *rc::gen::inRange(0, PlainMachine::calls);
    Number left = *rc::gen::inRange<Number>(0, number_limit);
    Number right = *rc::gen::inRange<Number>(0, number_limit);

    void run(const int&, PlainMachine& machine) const override {
        RC_ASSERT(machine.call(which, left, right));
    }
    void show(std::ostream& out) const override { out << which << ' ' << left << ' ' << right; }
};

/// A plain property: 100 sequences of calls. Leaks are left to LeakSanitizer, which is asked at its end.
bool plain_property_fails(PlainMachine& machine, std::uint64_t seed, Progress& progress) {
    const auto result = rc::detail::checkTestable(
        [&] {
            ++progress.executions;
            machine.reset();
            rc::state::check(0, machine, rc::state::gen::execOneOfWithArgs<PlainCall>());
        },
        rc::detail::TestMetadata{}, rc::detail::TestParams{.seed = seed, .disableShrinking = true});
    rc::detail::SuccessResult success;
    if (!result.match(success)) return true;
    machine.reset();
    return __lsan_do_recoverable_leak_check != nullptr && __lsan_do_recoverable_leak_check() != 0;
}

void try_plain(Trial& trial) {
    const auto work = [&](Progress& progress) {
        PlainMachine machine{trial.subject};
        rc::Random seeds{trial.seed};
        while (!progress.detected && progress.executions < trial.arguments.executions)
            progress.detected = plain_property_fails(machine, seeds.next(), progress);
    };
    read(run_in_child(work, Seconds{trial.arguments.seconds}, Seconds{trial.arguments.patience}), trial);
}

const std::map<std::string, void (*)(Trial&)> engines{{"rapidcheck", try_rapidcheck},
                                                      {"exhaustive", try_exhaustive},
                                                      {"corpus", try_corpus},
                                                      {"artifact", try_artifact},
                                                      {"plain-rapidcheck", try_plain}};

using Json = nlohmann::ordered_json;

/// What the Program that was found comes to. The exhaustive engine's is the simplest as it is; where it found
/// nothing, it is how far it came.
void add_reproducer(Json& line, const Trial& trial) {
    if (trial.arguments.engine == "exhaustive") {
        line[trial.detected ? "reproducer" : "reached_program"] = print(*trial.found);
        line["length"] = length_of(*trial.found);
        return;
    }
    Isolated judge{trial.subject, patient_questions, patience_of(trial)};
    const Verdict verdict = judge(*trial.found);
    judge.turn_to(questions_about(verdict, *trial.found));
    const Reproducer minimum = minimize_failure(trial.subject, *trial.found, verdict, std::ref(judge),
                                                {.time = std::chrono::seconds{30}});
    line["length"] = length_of(minimum.program);
    line["evaluations"] = minimum.evaluations;
    line["finished"] = minimum.finished;
    line["reproducer"] = print(minimum.program);
    line["verdict"] = describe(minimum.verdict, minimum.program);
}

Json labelled(const Label& label) {
    return {{"mutant", label.name},
            {"group", std::string{label.group}},
            {"row", label.row},
            {"minimum", label.minimum},
            {"minimum_length", length_of(parse(label.minimum))}};
}

void print_line(const Json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

void run_trial(const Mutant& mutant, const Arguments& arguments, std::uint64_t seed) {
    mutants::Canary& canary = mutants::canary();
    canary.reached = canary.triggered = 0;
    Trial trial{mutant.subject, arguments, seed};
    engines.at(arguments.engine)(trial);
    trial.elapsed_s = trial.elapsed();
    Json line = labelled(mutant.label);
    line["engine"] = arguments.engine;
    line["seed"] = seed;
    line["detected"] = trial.detected;
    line["executions"] = trial.executions;
    line["operations"] = trial.operations;
    line["seconds"] = trial.elapsed_s;
    line["reached"] = canary.reached.load();
    line["triggered"] = canary.triggered.load();
    if (trial.found) add_reproducer(line, trial);
    print_line(line);
}

bool is_wanted(const Mutant& mutant, const Arguments& arguments) {
    const auto& names = arguments.mutants;
    return names.empty() || std::find(names.begin(), names.end(), mutant.label.name) != names.end();
}

void run_trials(const Arguments& arguments) {
    for (const Mutant& mutant : every_mutant())
        for (std::uint64_t i = 0; i < arguments.trials && is_wanted(mutant, arguments); ++i)
            run_trial(mutant, arguments, arguments.seed + i);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Lets an engine look for planted bugs; one line of JSON for each trial."};
    Arguments arguments;
    bool list = false;
    app.add_flag("--list", list, "name the mutants");
    app.add_option("--engine", arguments.engine, "who looks")->check(CLI::IsMember(engines));
    std::vector<std::string> names;
    for (const Mutant& mutant : every_mutant()) names.emplace_back(mutant.label.name);
    app.add_option("--mutant", arguments.mutants, "only this one; may be repeated")
        ->check(CLI::IsMember(names))
        ->allow_extra_args(false);  // what follows is a FILE
    app.add_option("--seed", arguments.seed, "of the first trial")->capture_default_str();
    app.add_option("--trials", arguments.trials, "with one seed after the other")->capture_default_str();
    app.add_option("--seconds", arguments.seconds, "for each trial")->capture_default_str();
    app.add_option("--executions", arguments.executions, "at most, for each trial");
    app.add_option("--patience", arguments.patience, "seconds after which a program hangs")
        ->capture_default_str();
    app.add_option("--length", arguments.length, "of the exhaustive engine's programs")
        ->capture_default_str();
    app.add_option("FILE", arguments.files, "the corpus, or an artifact");
    CLI11_PARSE(app, argc, argv);
    if (!list && arguments.engine.empty()) return app.exit(CLI::RequiredError{"--engine"});
    if (list)
        for (const Mutant& mutant : every_mutant()) print_line(labelled(mutant.label));
    else
        run_trials(arguments);
    return 0;
}
