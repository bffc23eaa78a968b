// SPDX-License-Identifier: BSL-1.0
// Trying each convention, one at a time.
#include "properties/convention.hpp"

#include <array>
#include <string_view>

namespace bimap::properties {

namespace {

struct Convention {
    std::string_view as_declared;
    void (*declare)(Promises& promises);
    bool asks_callers = false;
    bool (*is_denied)(const Promises& promises) = [](const Promises&) { return false; };
};

constexpr std::array<Convention, 7> conventions{{
    {".same_pair_is_accepted = true", [](Promises& promises) { promises.same_pair_is_accepted = true; }},
    {".refuses_by_throwing = true", [](Promises& promises) { promises.refuses_by_throwing = true; }},
    {".erases_next = false", [](Promises& promises) { promises.erases_next = false; }},
    {".moved_from = MovedFrom::unusable",
     [](Promises& promises) { promises.moved_from = MovedFrom::unusable; }, false,
     [](const Promises& promises) { return promises.moved_from == MovedFrom::empty; }},
    {".needs = {.fresh_keys = true}", [](Promises& promises) { promises.needs.fresh_keys = true; }, true},
    {".needs = {.present_keys = true}", [](Promises& promises) { promises.needs.present_keys = true; }, true},
    {".needs = {.foreign_arguments = true}",
     [](Promises& promises) { promises.needs.foreign_arguments = true; }, true},
}};

bool ends_badly(const Verdict& failure) {
    return failure.kind == Verdict::Kind::crashes || failure.aspect == Verdict::Aspect::ending;
}

}  // namespace

std::string excusing_convention(const Subject& subject, const Program& program, const Verdict& failure,
                                const std::function<Verdict(const Subject&, const Program&)>& check) {
    if (failure.kind == Verdict::Kind::leaks || failure.kind == Verdict::Kind::hangs) return {};
    for (const Convention& convention : conventions) {
        if (convention.is_denied(subject.promises)) continue;
        if (convention.asks_callers && !ends_badly(failure)) continue;
        Subject declaring = subject;
        convention.declare(declaring.promises);
        if (check(declaring, program).holds()) return std::string{convention.as_declared};
    }
    return {};
}

}  // namespace bimap::properties
