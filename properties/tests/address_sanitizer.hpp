// SPDX-License-Identifier: BSL-1.0
// Whether this is compiled for AddressSanitizer, LeakSanitizer included: BIMAP_UNDER_ADDRESS_SANITIZER, then.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BIMAP_UNDER_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BIMAP_UNDER_ADDRESS_SANITIZER
#endif
