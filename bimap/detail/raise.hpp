// SPDX-License-Identifier: BSL-1.0
// raise<Exception>(what): throws; where exceptions are disabled, it says what and ends the program. They are
// so in all sources of a program or in none: the linker keeps one of the two.
#pragma once

#if !defined(__cpp_exceptions)
#include <cstdio>
#include <cstdlib>
#endif

namespace bimap::detail {

template <class Exception>
[[noreturn]] void raise(const char* what) {
#if defined(__cpp_exceptions)
    throw Exception(what);
#else
    std::fprintf(stderr, "%s\n", what);
    std::abort();
#endif
}

}  // namespace bimap::detail
