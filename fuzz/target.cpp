// SPDX-License-Identifier: BSL-1.0
// A libFuzzer target: any bytes are a Program; a Verdict that does not hold aborts, and the fuzzer keeps the
// bytes. BIMAP_LEDGER=off in the environment leaves leaks to LeakSanitizer alone.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fuzz/patience.hpp"
#include "fuzz/target_subject.hpp"
#include "properties/bytes.hpp"
#include "properties/check.hpp"
#include "properties/report.hpp"

using namespace bimap::properties;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Subject& subject = target_subject();
    static const char* const setting = std::getenv("BIMAP_LEDGER");
    static const bool is_off = setting != nullptr && std::string{setting} == "off";
    static Checker checker{subject, is_off ? Questions{.ledger = false, .pump = false} : hunting_questions};
    [[maybe_unused]] static const int at_exit = std::atexit(
        [] { std::fprintf(stderr, "operations: %s\n", std::to_string(checker.operations()).c_str()); });
    // Broken records are the empty Program, so that no artifact is one that looks cut short.
    const Program program = size % record_size == 0 ? offered(subject, decode({data, size})) : Program{};
    const Verdict verdict = patiently([&] { return checker(program); });
    if (verdict.holds()) return 0;
    std::fprintf(stderr, "operations: %s\n", std::to_string(checker.operations()).c_str());
    std::fputs(report(subject, program, verdict).c_str(), stderr);
    std::abort();
}
