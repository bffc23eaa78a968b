// SPDX-License-Identifier: BSL-1.0
// A libFuzzer target: any bytes are a Program; a Verdict that does not hold aborts, and the fuzzer keeps the
// bytes. BIMAP_LEDGER=off in the environment leaves leaks to LeakSanitizer alone. BIMAP_PATIENCE=0.5 there has a
// Program abort that took half a second of processor time: libFuzzer's own `-timeout` counts in whole seconds,
// and others' work, too.
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "fuzz/target_subject.hpp"
#include "properties/bytes.hpp"
#include "properties/check.hpp"
#include "properties/report.hpp"

using namespace bimap::properties;

namespace {

void give_up(int) {
    static constexpr std::string_view reason = "hangs: the program did not end within BIMAP_PATIENCE\n";
    [[maybe_unused]] const auto written = write(STDERR_FILENO, reason.data(), reason.size());
    std::abort();
}

/// A process's patience with a Program: none is asked for where it is zero.
itimerval patience_in_environment() {
    const char* const setting = std::getenv("BIMAP_PATIENCE");
    if (setting == nullptr) return {};
    char* end = nullptr;
    const double seconds = std::strtod(setting, &end);
    if (end == setting || *end != '\0' || !(seconds >= 0.001 && seconds <= 1e6)) {
        std::fprintf(stderr, "BIMAP_PATIENCE is '%s'; it has to be seconds, 0.001 or more\n", setting);
        std::exit(2);
    }
    signal(SIGPROF, give_up);
    const double whole = std::floor(seconds);
    return {.it_interval = {},
            .it_value = {.tv_sec = static_cast<time_t>(whole),
                         .tv_usec = static_cast<suseconds_t>((seconds - whole) * 1e6)}};
}

/// The Verdict, unless the patience ends first.
Verdict checked(Checker& checker, const Program& program) {
    static const itimerval patience = patience_in_environment();
    setitimer(ITIMER_PROF, &patience, nullptr);
    Verdict verdict = checker(program);
    static constexpr itimerval none{};
    setitimer(ITIMER_PROF, &none, nullptr);
    return verdict;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Subject& subject = target_subject();
    static const char* const setting = std::getenv("BIMAP_LEDGER");
    static const bool is_off = setting != nullptr && std::string_view{setting} == "off";
    static Checker checker{subject, is_off ? Questions{.ledger = false, .pump = false} : hunting_questions};
    static const int at_exit =
        std::atexit([] { std::fprintf(stderr, "operations: %" PRIu64 "\n", checker.operations()); });
    // Broken records are the empty Program, so that no artifact is one that looks cut short.
    const Program program = size % record_size == 0 ? offered(subject, decode({data, size})) : Program{};
    const Verdict verdict = checked(checker, program);
    if (verdict.holds()) return at_exit;
    std::fprintf(stderr, "operations: %" PRIu64 "\n", checker.operations());
    std::fputs(report(subject.name, program, verdict).c_str(), stderr);
    std::abort();
}
