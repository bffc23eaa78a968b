// SPDX-License-Identifier: BSL-1.0
// What a check costs: operations per second of the whole judge, with the Ledger and without, on the same
// Programs.
#include <benchmark/benchmark.h>

#include "properties/check.hpp"
#include "properties/generate.hpp"

namespace {

using namespace bimap::properties;

std::vector<Program> programs_for(const Subject& subject) {
    Random random{1};
    std::vector<Program> programs(2000);
    for (Program& program : programs) program = generate(random, subject, 32);
    return programs;
}

void check_programs(benchmark::State& state, const char* name, Questions questions) {
    const Subject& subject = *find_subject(name);
    const auto programs = programs_for(subject);
    Checker checker{subject, questions};
    for (auto _ : state)
        for (const Program& program : programs) benchmark::DoNotOptimize(checker(program).kind);
    state.SetItemsProcessed(static_cast<std::int64_t>(checker.operations()));
}

constexpr Questions model_alone{.ledger = false, .pump = false};
constexpr Questions with_ledger{.ledger = true, .pump = false};
constexpr Questions with_some_pump{.pump_takes_one_in = hunting_questions.pump_takes_one_in};
constexpr Questions with_pump = patient_questions;

BENCHMARK_CAPTURE(check_programs, hashed / model_alone, "bimap/hashed", model_alone);
BENCHMARK_CAPTURE(check_programs, hashed / with_ledger, "bimap/hashed", with_ledger);
BENCHMARK_CAPTURE(check_programs, hashed / with_some_pump, "bimap/hashed", with_some_pump);
BENCHMARK_CAPTURE(check_programs, hashed / hunting, "bimap/hashed", hunting_questions);
BENCHMARK_CAPTURE(check_programs, hashed / with_pump, "bimap/hashed", with_pump);
BENCHMARK_CAPTURE(check_programs, plugged / model_alone, "tricky-leaks/plugged", model_alone);
BENCHMARK_CAPTURE(check_programs, plugged / with_ledger, "tricky-leaks/plugged", with_ledger);
BENCHMARK_CAPTURE(check_programs, plugged / with_some_pump, "tricky-leaks/plugged", with_some_pump);
BENCHMARK_CAPTURE(check_programs, plugged / hunting, "tricky-leaks/plugged", hunting_questions);
BENCHMARK_CAPTURE(check_programs, plugged / with_pump, "tricky-leaks/plugged", with_pump);

}  // namespace
