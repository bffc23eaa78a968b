// SPDX-License-Identifier: BSL-1.0
// Which Subject a fuzz target hunts in.
#pragma once

#include "properties/subject.hpp"

/// The one that the target was built for, or the one that BIMAP_SUBJECT in the environment names.
const bimap::properties::Subject& target_subject();
