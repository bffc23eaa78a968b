# SPDX-License-Identifier: BSL-1.0
# How our own executables are compiled: the language, the warnings, the sanitizers. Nothing of it is exported.
add_library(bimap_own_code INTERFACE)
target_compile_features(bimap_own_code INTERFACE cxx_std_20)

set(bimap_warnings -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(bimap_own_code INTERFACE ${bimap_warnings})
endif()

# Debug is made for running tests: assertions, line numbers in the sanitizers' reports, and some speed.
target_compile_options(bimap_own_code INTERFACE $<$<CONFIG:Debug>:-O1;-g1>)

if(BIMAP_SANITIZERS)
    set(bimap_sanitize -fsanitize=${BIMAP_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(bimap_own_code INTERFACE ${bimap_sanitize})
    target_link_options(bimap_own_code INTERFACE ${bimap_sanitize})
endif()
