// SPDX-License-Identifier: BSL-1.0
// Everything that the suite knows about BiMap in one executable, asked about one mutant of it after the
// other.
//
// It reads questions, one a line, with tabs in it: a mutant's number, and the examinations that it must pass,
// each with the milliseconds of processor time that it may take before it counts as hanging. Each question is
// answered from a child process, by a line: what became of the mutant (passes, fails, dies, hangs), in which
// examination, after how many milliseconds of processor time, and the numbers of the complaints that the
// library's own checks made; for mutant 0, which is none, also those of the mutants whose places were come
// by. An examination is "corpus SUBJECT", "hunt SUBJECT" or "test SUITE.NAME"; with the argument "list" it
// names them all. With "distribution" it tells what a hunt's programs are made of.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "ci/mutation/switch.hpp"
#include "properties/check.hpp"
#include "properties/child_process.hpp"
#include "properties/corpus.hpp"
#include "properties/distribution.hpp"
#include "properties/generate.hpp"
#include "properties/hunt.hpp"

namespace bimap::properties {
namespace {

constexpr rlim_t most_memory = rlim_t{2} << 30;
constexpr std::uint64_t hunted_programs = 1500;

/// What a child tells, even if it dies.
struct Notes {
    std::array<char, 240> at{};
    unsigned char seen[mutation::most]{};
};

Notes& notes() {
    static void* const shared =
        mmap(nullptr, sizeof(Notes), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        throw std::system_error{errno, std::generic_category(), "no memory to share with a child process"};
    return *static_cast<Notes*>(shared);
}

/// How long each examination may take.
std::map<std::string, long>& limits_ms() {
    static std::map<std::string, long> limits;
    return limits;
}

/// The clock that ends an examination, and each process that it makes: a death test waits for its own.
itimerval clock_of_examination;

void set_clock() { setitimer(ITIMER_VIRTUAL, &clock_of_examination, nullptr); }

/// Notes an examination as it begins, and sets the clock.
void begin(const std::string& examination) {
    notes().at = {};
    std::memcpy(notes().at.data(), examination.data(), std::min(examination.size(), notes().at.size() - 1));
    const long limit = limits_ms()[examination];
    clock_of_examination = {.it_interval = {}, .it_value = {limit / 1000, limit % 1000 * 1000}};
    set_clock();
}

// The examinations.

bool passes_corpus(const Subject& subject) {
    static const std::vector<Entry> corpus = read_corpus(BIMAP_SOURCE_DIR "/corpus");
    Checker check{subject};
    for (const Entry& entry : corpus) {
        const Program program = offered(subject, entry.program);
        if (!program.empty() && !check(program).holds()) return false;
    }
    return true;
}

bool passes_hunt(const Subject& subject) {
    Checker check{subject};
    HuntProgress progress;
    const HuntOptions options{.seed = 1, .time = std::chrono::hours{1}, .programs = hunted_programs};
    return !hunt(subject, options, std::ref(check), [](const HuntProgress&) { return true; }, progress);
}

/// Tells of each test as it begins, so that a death has an address.
class Reporter : public testing::EmptyTestEventListener {
    /// Those that are skipped once one has failed are started, too.
    void OnTestStart(const testing::TestInfo& test) override {
        if (testing::UnitTest::GetInstance()->Failed()) return;
        begin(std::string("test ") + test.test_suite_name() + '.' + test.name());
    }
};

bool passes_tests(const std::string& names) {
    testing::GTEST_FLAG(filter) = names;
    return RUN_ALL_TESTS() == 0;
}

bool passes(const std::vector<std::string>& examinations) {
    std::string tests;
    for (const std::string& examination : examinations) {
        const std::string kind = examination.substr(0, examination.find(' '));
        const std::string name = examination.substr(kind.size() + 1);
        if (kind == "test") {
            tests += (tests.empty() ? "" : ":") + name;
            continue;
        }
        begin(examination);
        const Subject* const subject = find_subject(name);
        if (subject == nullptr) return false;
        if (!(kind == "corpus" ? passes_corpus(*subject) : passes_hunt(*subject))) return false;
    }
    return tests.empty() || passes_tests(tests);
}

void list() {
    for (const char* const kind : {"corpus ", "hunt "})
        for (const Subject& subject : subjects())
            if (subject.name.starts_with("bimap/")) std::cout << kind << subject.name << '\n';
    const testing::UnitTest& unit = *testing::UnitTest::GetInstance();
    for (int i = 0; i != unit.total_test_suite_count(); ++i) {
        const testing::TestSuite& suite = *unit.GetTestSuite(i);
        for (int j = 0; j != suite.total_test_count(); ++j)
            std::cout << "test " << suite.name() << '.' << suite.GetTestInfo(j)->name() << '\n';
    }
}

void tell_distribution() {
    Random random{1};
    const Subject& subject = *find_subject("bimap/mixed");
    const auto draw = [&] { return generate(random, subject, HuntOptions{}.longest); };
    std::cout << "what a hunt in " << subject.name << " does\n"
              << print(distribution_of(subject, hunted_programs, draw));
}

// The child process.

struct Question {
    unsigned mutant = 0;
    std::vector<std::string> examinations;
};

// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming): the compiler's
extern "C" [[gnu::weak]] int __llvm_profile_write_file();

[[noreturn]] void be(const Question& question) {
    setpgid(0, 0);
    const rlimit memory{.rlim_cur = most_memory, .rlim_max = most_memory};
    const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &no_core);
    const int nowhere = open("/dev/null", O_WRONLY);
    for (const int output : {STDOUT_FILENO, STDERR_FILENO})
        if (nowhere == -1 || dup2(nowhere, output) == -1) std::_Exit(2);
    mutation::current = {.active = question.mutant, .seen = notes().seen};
    const bool has_passed = passes(question.examinations);
    if (__llvm_profile_write_file != nullptr) __llvm_profile_write_file();
    std::_Exit(has_passed ? 0 : 1);
}

struct Fate {
    const char* name;
    long elapsed_ms;  ///< of processor time
};

/// Waits for a child; then nothing of it is left.
Fate fate_of(pid_t child) {
    rusage used{};
    const int status = await_end(child, &used);
    kill(-child, SIGKILL);
    const auto ms = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
    const long elapsed_ms = ms(used.ru_utime) + ms(used.ru_stime);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGVTALRM) return {"hangs", elapsed_ms};
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {"passes", elapsed_ms};
    return {WIFEXITED(status) && WEXITSTATUS(status) == 1 ? "fails" : "dies", elapsed_ms};
}

void answer(const Question& question) {
    std::memset(&notes(), 0, sizeof(Notes));
    const pid_t child = fork_child();
    if (child == 0) be(question);
    const Fate fate = fate_of(child);
    std::cout << fate.name << '\t' << notes().at.data() << '\t' << fate.elapsed_ms;
    for (unsigned i = question.mutant == 0 ? 0 : mutation::first_complaint; i != mutation::most; ++i)
        if (notes().seen[i] != 0) std::cout << '\t' << i;
    std::cout << '\n' << std::flush;
}

/// A line such as "17\t2000 corpus bimap/mixed\t2400 test Suite.Name".
Question read_question(const std::string& line) {
    std::istringstream in(line);
    Question question;
    in >> question.mutant;
    in.ignore();
    for (std::string field; std::getline(in, field, '\t');) {
        const std::size_t space = field.find(' ');
        question.examinations.push_back(field.substr(space + 1));
        limits_ms()[question.examinations.back()] = std::stol(field);
    }
    return question;
}

}  // namespace
}  // namespace bimap::properties

int main(int argc, char** argv) {
    using namespace bimap::properties;
    setenv("RC_PARAMS", "seed=1", 1);
    testing::InitGoogleTest(&argc, argv);
    testing::GTEST_FLAG(fail_fast) = true;
    testing::GTEST_FLAG(death_test_style) = "fast";
    testing::UnitTest::GetInstance()->listeners().Append(new Reporter);
    pthread_atfork(nullptr, nullptr, set_clock);
    if (argc > 1 && std::string_view(argv[1]) == "list") {
        list();
        return 0;
    }
    if (argc > 1 && std::string_view(argv[1]) == "distribution") {
        tell_distribution();
        return 0;
    }
    try {
        for (std::string line; std::getline(std::cin, line);) answer(read_question(line));
    } catch (const std::system_error& error) {
        std::cerr << "oracle: " << error.what() << '\n';
        return 2;
    }
}
