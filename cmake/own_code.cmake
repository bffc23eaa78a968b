# SPDX-License-Identifier: BSL-1.0
# How our own executables are compiled: the language, the warnings, the sanitizers. Nothing of it is exported.
add_library(bimap_own_code INTERFACE)
target_compile_features(bimap_own_code INTERFACE cxx_std_20)

set(bimap_warnings -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(bimap_own_code INTERFACE ${bimap_warnings})
endif()

# Debug is made for running tests: assertions, line numbers in the sanitizers' reports, and some speed.
# With BIMAP_RUNS_ONCE a target compiles sooner, where the compiler has a level between none and some (Clang's -Og is
# its -O1).
set(runs_once $<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:BIMAP_RUNS_ONCE>>>)
target_compile_options(bimap_own_code INTERFACE $<$<CONFIG:Debug>:$<IF:${runs_once},-Og,-O1>;-g1>)
target_compile_definitions(bimap_own_code INTERFACE $<$<CONFIG:Debug>:BIMAP_ASSERTIONS>)

# Allocations are what the suite counts: even one that nobody uses has to happen.
target_compile_options(bimap_own_code INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-allocation-dce>)

if(BIMAP_SANITIZERS)
    set(bimap_sanitize -fsanitize=${BIMAP_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(bimap_own_code INTERFACE ${bimap_sanitize})
    target_link_options(bimap_own_code INTERFACE ${bimap_sanitize})
endif()

# The headers of others that tests include, parsed once for a whole executable of them.
function(bimap_precompile_foreign_headers target)
    target_precompile_headers(
        ${target}
        PRIVATE
        <algorithm>
        <functional>
        <map>
        <memory_resource>
        <ranges>
        <string>
        <unordered_map>
        <vector>
        <gmock/gmock.h>
        <gtest/gtest.h>
        <rapidcheck.h>
        <rapidcheck/gtest.h>)
endfunction()
