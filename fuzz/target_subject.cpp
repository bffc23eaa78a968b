// SPDX-License-Identifier: BSL-1.0
// What tells one fuzz target from another: BIMAP_SUBJECT is the Subject that it is built for,
// BIMAP_FIND_SUBJECT the function that finds it: find_mutant, where planted bugs are linked in.
#include "fuzz/target_subject.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

#ifndef BIMAP_FIND_SUBJECT
#define BIMAP_FIND_SUBJECT find_subject
#endif
namespace bimap::properties {
const Subject* BIMAP_FIND_SUBJECT(std::string_view name);
}

using bimap::properties::Subject;

const Subject& target_subject() {
    static const Subject& subject = []() -> const Subject& {
        const char* const named = std::getenv("BIMAP_SUBJECT");
        const char* const name = named == nullptr ? BIMAP_SUBJECT : named;
        if (const auto* const found = bimap::properties::BIMAP_FIND_SUBJECT(name)) return *found;
        std::fprintf(stderr, "no subject is called \"%s\"; `bimap-check list` names them all\n", name);
        std::exit(2);
    }();
    return subject;
}
