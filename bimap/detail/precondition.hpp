// SPDX-License-Identifier: BSL-1.0
// BIMAP_PRECONDITION(condition): says so, and ends the program, where a caller breaks a precondition. It is
// asked where BIMAP_ASSERTIONS or _GLIBCXX_ASSERTIONS is defined, and else costs nothing.
#pragma once

#if defined(BIMAP_ASSERTIONS) || defined(_GLIBCXX_ASSERTIONS)

#include <cstdio>
#include <cstdlib>

namespace bimap::detail {

[[noreturn]] inline void end_for(const char* broken) noexcept {
    std::fprintf(stderr, "bimap: a precondition does not hold: %s\n", broken);
    std::abort();
}

}  // namespace bimap::detail

#define BIMAP_PRECONDITION(condition) ((condition) ? void() : ::bimap::detail::end_for(#condition))

#else

#define BIMAP_PRECONDITION(condition) void()

#endif
