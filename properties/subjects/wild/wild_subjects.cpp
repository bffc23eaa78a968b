// SPDX-License-Identifier: BSL-1.0
// Bimaps as they are found in the wild: two that are right, and the one that most people write first, whose
// defects are in corpus/known-defects, over hash maps and over trees.
#include "properties/add_subject.hpp"
#include "properties/subjects/wild/first_try_subject.hpp"
#include "properties/subjects/wild/intrusive_tree_subject.hpp"
#include "properties/subjects/wild/set_get_remove_subject.hpp"

namespace bimap::properties::wild {

BIMAP_ADD_SUBJECT("wild/intrusive-tree", IntrusiveTreeSubject, Twins)
BIMAP_ADD_SUBJECT("wild/first-try", FirstTrySubject, Tracking)
BIMAP_ADD_SUBJECT("wild/first-try-ordered", FirstTryOrderedSubject, Tracking)
BIMAP_ADD_SUBJECT("wild/set-get-remove", SetGetRemoveSubject, Tracking)

}  // namespace bimap::properties::wild
