// SPDX-License-Identifier: BSL-1.0
// All that is to be written where there is no CMake: which adapter is tried with which elements.
#include "properties/add_subject.hpp"
#include "properties/examples/phone_book_subject.hpp"

BIMAP_ADD_SUBJECT("phone_book", PhoneBookSubject, Tracking)
BIMAP_ADD_SUBJECT("phone_book", PhoneBookSubject, Strings)
