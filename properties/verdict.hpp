// SPDX-License-Identifier: BSL-1.0
// What came of a Program: a value, whatever happened.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "properties/ledger.hpp"

namespace bimap::properties {

struct Verdict {
    enum class Kind : std::uint8_t { holds, diverges, leaks, crashes, hangs };

    /// What differed, of a bimap that diverges.
    enum class Aspect : std::uint8_t {
        none,
        ending,     ///< returned, or threw
        answer,     ///< what the call returned
        arguments,  ///< an argument was not left as it was
        content,    ///< which pairs are there, along some path
        order,      ///< in which order an ordered side shows them
        size,       //
        elements,   ///< fewer elements alive than there are in the map
        paths,      ///< two ways to go through the map show different things
        invariant,  ///< the subject's own
        identity,   ///< an equal element in the place of the one that was given
        reference,  ///< an element of a pair that stayed is somewhere else
        steps,      ///< more work than promised, or more with each repetition
    };

    /// How a leak showed.
    enum class Sign : std::uint8_t {
        none,
        elements,  ///< more elements alive than the map contains
        blocks,    ///< blocks that outlived every map
        growth,    ///< memory that grows as the program is repeated
    };

    /// Where it showed as the Program, or the end of it, was repeated.
    struct Repetition {
        int nth = 0;            ///< from 1; 0: it is not known in which
        std::size_t first = 0;  ///< the index of the first Operation that was repeated
        std::size_t at = 0;     ///< the index of the Operation after which it showed
        bool operator==(const Repetition&) const = default;
    };

    Kind kind = Kind::holds;
    /// The index of the Operation after which it showed; the Program's size: at its end; one more: when it
    /// was repeated.
    std::size_t at = 0;
    Repetition repetition{};

    Aspect aspect = Aspect::none;
    std::string expected{};
    std::string seen{};

    Sign sign = Sign::none;
    LeakKind leak = LeakKind::lost;
    Maker maker = 0;  ///< the index of the Operation that made what leaked
    std::size_t elements = 0;
    std::size_t blocks = 0;
    std::size_t bytes = 0;
    int rounds = 0;  ///< of growth: it is so much from a quarter of so many repetitions to all of them

    std::string what{};  ///< of a crash: the signal, or the sanitizer's word for it

    [[nodiscard]] bool holds() const { return kind == Kind::holds; }
    bool operator==(const Verdict&) const = default;
};

/// What is wrong, if anything is.
using Finding = std::optional<Verdict>;

/// What has to stay the same while a failing Program is made smaller.
struct Identity {
    Verdict::Kind kind;
    Verdict::Aspect aspect;
    Verdict::Sign sign;
    LeakKind leak;
    std::string what;
    auto operator<=>(const Identity&) const = default;
};

inline Identity identity_of(const Verdict& verdict) {
    return {verdict.kind, verdict.aspect, verdict.sign, verdict.leak, verdict.what};
}

std::string_view name_of(Verdict::Kind kind);
std::string_view name_of(Verdict::Aspect aspect);
std::string_view name_of(LeakKind kind);

}  // namespace bimap::properties
