// SPDX-License-Identifier: BSL-1.0
// The commands about Programs in files: `replay`, `minimize`, `show` and `encode`.
#include <cstdio>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>

#include "fuzz/meter.hpp"
#include "fuzz/tool/commands.hpp"
#include "fuzz/tool/findings.hpp"
#include "fuzz/tool/naming.hpp"
#include "properties/bytes.hpp"
#include "properties/corpus.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace fs = std::filesystem;

namespace bimap::tool {

using namespace bimap::properties;

namespace {

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

}  // namespace

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

}  // namespace bimap::tool
