// SPDX-License-Identifier: BSL-1.0
// A planted fault: a frozen bimap in which a left occurs twice, which no compiler must accept.
#include <string_view>

#include "bimap/frozen.hpp"

constexpr auto numbers =
    bimap::make_frozen<std::string_view, int>({{"one", 1}, {"two", 2}, {"three", 3}, {"one", 4}});
