// SPDX-License-Identifier: BSL-1.0
// A libFuzzer target: any bytes are a Program; a Verdict that does not hold aborts, and the fuzzer keeps the
// bytes. BIMAP_LEDGER=off in the environment leaves leaks to LeakSanitizer alone.
#include <cinttypes>
#include <string_view>

#include "fuzz/target_subject.hpp"
#include "properties/bytes.hpp"
#include "properties/check.hpp"
#include "properties/report.hpp"

using namespace bimap::properties;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Subject& subject = target_subject(BIMAP_SUBJECT);
    static const char* const setting = std::getenv("BIMAP_LEDGER");
    static const bool ledger_asked = setting == nullptr || std::string_view{setting} != "off";
    static Checker checker{subject,
                           ledger_asked ? hunting_questions : Questions{.ledger = false, .pump = false}};
    static const int at_exit =
        std::atexit([] { std::fprintf(stderr, "operations: %" PRIu64 "\n", checker.operations()); });
    // Broken records are the empty Program, so that no artifact is one that looks cut short.
    const bool whole = size % record_size == 0;
    const Program program = whole ? offered(subject, decode({data, size})) : Program{};
    const Verdict verdict = checker(program);
    if (verdict.holds()) return at_exit;
    std::fprintf(stderr, "operations: %" PRIu64 "\n", checker.operations());
    std::fputs(report(subject.name, program, verdict).c_str(), stderr);
    std::abort();
}
