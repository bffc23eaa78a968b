// SPDX-License-Identifier: BSL-1.0
// The baseline for libFuzzer: a plain target over FuzzedDataProvider. BIMAP_SUBJECT names the mutant.
#include <fuzzer/FuzzedDataProvider.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "fuzz/score/plain_machine.hpp"
#include "fuzz/target_subject.hpp"

namespace {

std::uint64_t operations = 0;
void tell_operations() { std::fprintf(stderr, "operations: %" PRIu64 "\n", operations); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace bimap::score;
    static PlainMachine machine{target_subject()};
    [[maybe_unused]] static const int at_exit = std::atexit(tell_operations);
    machine.reset();
    for (FuzzedDataProvider data{bytes, size}; data.remaining_bytes() > 0; ++operations) {
        const int call = data.ConsumeIntegralInRange(0, PlainMachine::calls - 1);
        const auto left = data.ConsumeIntegralInRange<Number>(0, 63);
        const auto right = data.ConsumeIntegralInRange<Number>(0, 63);
        if (machine.call(call, left, right)) continue;
        tell_operations();
        std::abort();
    }
    machine.reset();
    return 0;
}
