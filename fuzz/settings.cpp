// SPDX-License-Identifier: BSL-1.0
// What every fuzz target brings along as its settings, whoever runs it.
#include <vector>

/// AddressSanitizer's settings: where exceptions are thrown all the time, keeping fewer dead stack frames and
/// shorter traces of allocations halves its cost; keeping 16 MB of freed memory aside instead of 256 saves a
/// tenth more. ASAN_OPTIONS in the environment prevails.
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" const char* __asan_default_options() {
    return "max_uar_stack_size_log=16:malloc_context_size=12:quarantine_size_mb=16";
}

// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" __attribute__((weak)) void __libfuzzer_is_present();

/// libFuzzer's settings for these targets; what is said on the command line prevails. 576 bytes are 96
/// Operations, from the first execution on. Symbolizing each new function costs more than it tells, and so do
/// guessing from comparisons and weighing inputs by how rare their features are.
extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    if (__libfuzzer_is_present == nullptr) return 0;  // the driver is another one's
    static char settings[][16] = {"-max_len=576", "-len_control=0", "-print_funcs=0", "-use_cmp=0",
                                  "-entropic=0"};
    static std::vector<char*> arguments{*argv, *argv + 1};
    for (char* const setting : settings) arguments.push_back(setting);
    arguments.insert(arguments.end(), *argv + 1, *argv + *argc);
    *argc = static_cast<int>(arguments.size());
    arguments.push_back(nullptr);
    *argv = arguments.data();
    return 0;
}
