// SPDX-License-Identifier: BSL-1.0
// How GoogleTest shows a map: as its pairs. It includes neither GoogleTest nor a stream.
#pragma once

#include <iosfwd>

#include "bimap/detail/standard_library.hpp"

namespace testing {

/// As GoogleTest declares it: whoever has a map shown has included it.
template <class T>
// NOLINTNEXTLINE(readability-redundant-declaration): only where GoogleTest was included before
std::string PrintToString(const T& value);

}  // namespace testing

namespace bimap::detail {

/// Writes `{(one, 1), (two, 2)}`.
template <class Pairs, class Stream>
void print(const Pairs& pairs, Stream& out) {
    const char* separator = "";
    out << '{';
    for (const auto& [first, second] : pairs) {
        out << separator << '(' << testing::PrintToString(first) << ", " << testing::PrintToString(second)
            << ')';
        separator = ", ";
    }
    out << '}';
}

}  // namespace bimap::detail
