// SPDX-License-Identifier: BSL-1.0
// bimap-check: the suite on the command line.
#include <CLI/CLI.hpp>
#include <string>

#include "fuzz/interruption.hpp"
#include "fuzz/number_between.hpp"
#include "fuzz/tool/commands.hpp"
#include "fuzz/tool/telling.hpp"
#include "properties/isolate.hpp"
#include "properties/operation.hpp"

namespace bimap::tool {

namespace {

using namespace bimap::properties;

constexpr const char* exit_statuses =
    "Exit status: 0 nothing found, 1 something found, 2 bad usage, bad input or no room for the output, "
    "130 interrupted, with what was found until then.";

/// The command line as it is read: what it says, and what comes of the command that it names.
struct CommandLine {
    CLI::App app{"Hunts leaks and inconsistencies in bidirectional maps."};
    Arguments arguments;
    int status = nothing_found;
};

CLI::App* add_command(CommandLine& line, const std::string& name, const std::string& purpose,
                      int (*run)(const Arguments&)) {
    CLI::App* const command = line.app.add_subcommand(name, purpose);
    command->callback([&line, run] { line.status = run(line.arguments); });
    return command;
}

void add_subject(CLI::App* command, Arguments& arguments, const std::string& option) {
    command->add_option(option, arguments.subject, "the subject, as `list` names it")->required();
}

void add_patience(CLI::App* command, Arguments& arguments) {
    command
        ->add_option("--patience", arguments.patience,
                     "seconds of one call after which a program is said to hang")
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

void add_hunt(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "hunt", "look for a failure", hunt);
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

void add_list(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command =
        add_command(line, "list", "name the subjects, or say what one of them offers and what not", list);
    command->add_option("SUBJECT", arguments.subject, "the subject");
}

void add_exhaust(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "exhaust", "try every program, the shortest first", exhaust);
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
}

void add_replay(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "replay", "check programs from files", replay);
    add_files(command, arguments, true);
    add_subject(command, arguments, "--subject");
    add_patience(command, arguments);
}

void add_minimize(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command =
        add_command(line, "minimize", "make a failing program as simple as it gets", minimize);
    add_files(command, arguments, false);
    add_subject(command, arguments, "--subject");
    add_patience(command, arguments);
    add_seconds(command, arguments, "how long to minimize, at most");
    command->add_option("--to", arguments.to, "write the reproducer to this file, too");
}

void add_show(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "show", "print programs as text", show);
    add_files(command, arguments, true);
}

void add_encode(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "encode", "write programs as a fuzzer's bytes", encode);
    add_files(command, arguments, true);
    command
        ->add_option("--to", arguments.to, "the folder for the bytes; each file keeps its name, without .txt")
        ->required();
}

void add_watch(CommandLine& line) {
    Arguments& arguments = line.arguments;
    CLI::App* const command = add_command(line, "watch", "work on large groups and watch the memory", watch);
    add_subject(command, arguments, "SUBJECT");
    command->add_option("--items", arguments.watch.items, "the size of the groups")
        ->check(number_between(fewest_watched, 1'000'000))
        ->capture_default_str();
    command->add_option("--rounds", arguments.watch.rounds, "how many rounds")
        ->check(number_between(3, 10'000))
        ->capture_default_str();
    command
        ->add_option("--patience", arguments.step_patience,
                     "seconds of work after which a step is said to hang")
        ->check(number_between(0.01, 86'400))
        ->capture_default_str();
}

/// What the command line asks for. Returns: the exit status.
int run(int argc, char** argv) {
    CommandLine line;
    CLI::App& app = line.app;
    app.footer(exit_statuses);
    app.require_subcommand(1);
    for (const auto add :
         {add_list, add_hunt, add_exhaust, add_replay, add_minimize, add_show, add_encode, add_watch})
        add(line);
    try {
        app.parse(argc, argv);
        return line.status;
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

}  // namespace bimap::tool

int main(int argc, char** argv) {
    interruption::listen();
    const int status = bimap::tool::run(argc, argv);
    return bimap::tool::is_told() ? status : bimap::tool::bad_input;
}
