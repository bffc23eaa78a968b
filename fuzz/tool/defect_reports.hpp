// SPDX-License-Identifier: BSL-1.0
// What a hunt for all defects found, for people, and, as JUnit XML and SARIF, for machines.
#pragma once

#include <string>
#include <vector>

#include "properties/hunt_all.hpp"

namespace bimap::tool {

/// A defect, and the Subjects that showed it: one bimap with several kinds of element.
struct ShownDefect {
    properties::Defect defect;
    std::vector<std::string> subjects;
};

/// Takes a Subject's defects in; what is there already is not counted twice.
void add_findings(std::vector<ShownDefect>& findings, const std::string& subject,
                  std::vector<properties::Defect> defects);

std::string as_text(const std::string& hunted, const std::vector<ShownDefect>& findings);
std::string as_junit(const std::string& hunted, const std::vector<ShownDefect>& findings);
std::string as_sarif(const std::string& hunted, const std::vector<ShownDefect>& findings);

}  // namespace bimap::tool
