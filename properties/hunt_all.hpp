// SPDX-License-Identifier: BSL-1.0
// The engine of `bimap-check hunt --all`: goes on after the first failure, and tells the defects apart.
//
// A Program that fails is made small, and what is left tells which defect it was. Then the call that failed
// is taken out of it, and the rest is tried again: so a defect that is met in every Program hides no other.
#pragma once

#include "properties/hunt.hpp"
#include "properties/minimize.hpp"

namespace bimap::properties {

/// One defect, told apart from the others by its kind, by what differed, by the call that failed, and by its
/// minimal Program.
struct Defect {
    Reproducer minimum;
    std::uint64_t met = 1;      ///< how many of the drawn Programs ran into it
    bool needs_others = false;  ///< whether the minimal Program holds in a process of its own
    std::string excuse{};       ///< the convention by which it would hold, if it were declared
};

/// The part of the identity that every Program which runs into the same defect shares, however long it is.
struct Symptom {
    Verdict::Kind kind;
    Verdict::Aspect aspect;
    Verdict::Sign sign;
    LeakKind leak;
    Verb verb;     ///< of the call that failed; of the one that made it, where a leak shows at the end
    Side side;     ///< as the map itself has it
    bool faulted;  ///< whether a fault was asked for
    auto operator<=>(const Symptom&) const = default;
};
Symptom symptom_of(const Verdict& verdict, const Program& program);

/// A stable name of a defect, for reports that are compared from day to day: `diverges-content-force`.
std::string name_of(const Defect& defect);

/// Whether two minimal Programs show one and the same defect.
bool same_defect(const Defect& one, const Defect& other);

/// Hunts until the time is over. Calls `on_defect` for each one when it is first found, with its minimal
/// Program, and `on_second` about once a second. A check that is called off ends it.
/// Returns: the defects, in the order in which they were found.
std::vector<Defect> hunt_all(const Subject& subject, const HuntOptions& options,
                             const std::function<Verdict(const Program&)>& check,
                             const std::function<void(const Defect&)>& on_defect,
                             const std::function<void(const HuntProgress&)>& on_second,
                             HuntProgress& progress);

}  // namespace bimap::properties
