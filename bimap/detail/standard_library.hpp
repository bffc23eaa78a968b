// SPDX-License-Identifier: BSL-1.0
// What the library takes from <memory>, <functional>, <algorithm>, <iterator> and <ranges>, for less.
#pragma once

#if __cplusplus < 202002L && !defined(_MSC_VER)
#error "BiMap needs C++20: compile with -std=c++20 or later"
#endif

#include <string>

// In libstdc++, <string> already brings allocator traits, hashes, comparisons, iterators and the points at
// which views are customised; those headers would double the time in which the library is compiled.
#if !defined(__GLIBCXX__)
#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <ranges>
#endif
