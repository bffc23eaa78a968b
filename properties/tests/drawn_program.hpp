// SPDX-License-Identifier: BSL-1.0
// Programs as RapidCheck draws and shows them. It does not shrink them: the suite's own minimizer does.
#pragma once

#include <rapidcheck.h>

#include <ostream>

#include "properties/generate.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

inline void showValue(const Program& program, std::ostream& out) { out << '\n' << print(program); }

/// Programs that the Subject offers, drawn by generate(); RapidCheck chooses the seed and the greatest
/// length.
inline rc::Gen<Program> drawn_program(const Subject& subject) {
    const auto draw = [&subject](const rc::Random& random, int size) {
        Random source{rc::Random{random}.next()};
        return rc::shrinkable::just(generate(source, subject, static_cast<std::size_t>(size) + 8));
    };
    return rc::gen::noShrink(rc::Gen<Program>{draw});
}

}  // namespace bimap::properties
