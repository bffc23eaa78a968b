// SPDX-License-Identifier: BSL-1.0
// Where a test leaks on purpose: LeakSanitizer looks away for as long as there is a LookingAway.
#pragma once

#include "properties/tests/address_sanitizer.hpp"

#ifdef BIMAP_UNDER_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>
#endif

namespace bimap::properties {

struct LookingAway {
#ifdef BIMAP_UNDER_ADDRESS_SANITIZER
    LookingAway() { __lsan_disable(); }
    ~LookingAway() { __lsan_enable(); }
#else
    LookingAway() {}
#endif
    LookingAway(const LookingAway&) = delete;
    LookingAway& operator=(const LookingAway&) = delete;
};

}  // namespace bimap::properties
