// SPDX-License-Identifier: BSL-1.0
// A planted fault: a header that needs another one, and does not include it.
#pragma once

inline std::string nothing() { return {}; }
