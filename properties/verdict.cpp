// SPDX-License-Identifier: BSL-1.0
// What the parts of a Verdict are called, in the order in which they are declared.
#include "properties/verdict.hpp"

#include <array>

namespace bimap::properties {

std::string_view name_of(Verdict::Kind kind) {
    constexpr std::array<std::string_view, 5> names{"holds", "diverges", "leaks", "crashes", "hangs"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Verdict::Aspect aspect) {
    constexpr std::array<std::string_view, 13> names{
        "none",     "ending", "answer",    "arguments", "content",   "order", "size",
        "elements", "paths",  "invariant", "identity",  "reference", "steps"};
    return names[static_cast<std::size_t>(aspect)];
}

std::string_view name_of(LeakKind kind) {
    constexpr std::array<std::string_view, leak_kind_count> names{"lost", "cyclic", "retained"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace bimap::properties
