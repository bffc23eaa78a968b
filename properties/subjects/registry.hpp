// SPDX-License-Identifier: BSL-1.0
// Where the Subjects that come with the suite are listed: one function for each file that makes some.
#pragma once

#include <vector>

#include "properties/subject.hpp"

namespace bimap::properties {

void add_bimap_elements_subjects(std::vector<Subject>& list);
void add_bimap_hashed_subjects(std::vector<Subject>& list);
void add_bimap_ordered_subjects(std::vector<Subject>& list);
void add_bimap_sequenced_subjects(std::vector<Subject>& list);
void add_tricky_leaks_subjects(std::vector<Subject>& list);
void add_two_maps_subjects(std::vector<Subject>& list);

}  // namespace bimap::properties
