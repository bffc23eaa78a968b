// SPDX-License-Identifier: BSL-1.0
// A planted fault: std::less, which the <string> of libstdc++ brings along, and that of libc++ does not.
#include <string>

bool is_less(int a, int b) { return std::less<int>()(a, b); }
