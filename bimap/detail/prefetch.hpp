// SPDX-License-Identifier: BSL-1.0
// Asks the processor for a cache line before it is needed, where the compiler knows how.
#pragma once

namespace bimap::detail {

inline void prefetch([[maybe_unused]] const void* address) noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(address);
#endif
}

}  // namespace bimap::detail
