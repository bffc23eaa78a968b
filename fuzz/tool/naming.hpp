// SPDX-License-Identifier: BSL-1.0
// The Subjects that the command line names.
#pragma once

#include <string>
#include <vector>

#include "properties/subject.hpp"

namespace bimap::tool {

/// The Subjects of this name, or those of one bimap that is tried with several kinds of element. Throws:
/// BadInput where there is none, or where one cannot be tried.
std::vector<const properties::Subject*> subjects_named(const std::string& name);

/// The one Subject of this name. Throws: BadInput where there is none, or where there are several.
const properties::Subject& subject_named(const std::string& name);

/// Says which functions the adapter has that cannot be called as the suite calls them.
void print_misfits(const properties::Subject& subject);

/// Says what is not asked of a Subject, for it does not have it.
void print_left_out(const properties::Subject& subject);

}  // namespace bimap::tool
