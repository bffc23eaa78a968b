// SPDX-License-Identifier: BSL-1.0
// Which Subject a fuzz target hunts in: the one it was built for, or the one that BIMAP_SUBJECT in the
// environment names. BIMAP_FIND_SUBJECT is the function that finds it: find_mutant, where planted bugs are
// linked in.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "properties/subject.hpp"

#ifndef BIMAP_FIND_SUBJECT
#define BIMAP_FIND_SUBJECT find_subject
#endif
namespace bimap::properties {
const Subject* BIMAP_FIND_SUBJECT(std::string_view name);
}

inline const bimap::properties::Subject& target_subject(const char* built_for) {
    static const bimap::properties::Subject& subject = [built_for]() -> const bimap::properties::Subject& {
        const char* const named = std::getenv("BIMAP_SUBJECT");
        const char* const name = named == nullptr ? built_for : named;
        if (const auto* const found = bimap::properties::BIMAP_FIND_SUBJECT(name)) return *found;
        std::fprintf(stderr, "no subject is called \"%s\"; `bimap-check list` names them all\n", name);
        std::exit(2);
    }();
    return subject;
}
