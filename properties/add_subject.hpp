// SPDX-License-Identifier: BSL-1.0
// From an adapter to a place in the list of Subjects: BIMAP_ADD_SUBJECT(name, Adapter, Elements).
#pragma once

#include "properties/driver.hpp"
#include "properties/elements.hpp"

namespace bimap::properties {

/// Said to the build, which then leaves this kind of element out and says nothing of it.
#define BIMAP_PROPERTIES_NOT_APPLICABLE "bimap kit: not applicable"

/// An adapter that is a template over its element types, tried with these.
template <template <class, class> class Adapter, class Elements>
void add_subject(std::vector<Subject>& list, const std::string& name) {
    static_assert(requires { typename Elements::Left; }, BIMAP_PROPERTIES_NOT_APPLICABLE);
    using Tried = Adapter<typename Elements::Left, typename Elements::Right>;
    list.push_back(
        make_subject<Tried>(Elements::is_default ? name : name + '/' + Elements::name, Elements::story));
}

/// An adapter that says what its elements are.
template <class Adapter, class Elements>
void add_subject(std::vector<Subject>& list, const std::string& name) {
    static_assert(
        Elements::is_default || !requires { typename Elements::Left; }, BIMAP_PROPERTIES_NOT_APPLICABLE);
    list.push_back(make_subject<Adapter>(name, elements::Own::story));
}

}  // namespace bimap::properties

/// Stands in a source file, outside of functions. `name` is a string, `adapter` a class, or a template over
/// two element types, and `kind` one of those in elements.hpp.
#define BIMAP_ADD_SUBJECT(name, adapter, kind)                                                  \
    static const bimap::properties::Registration BIMAP_ADDED_AT(                                \
        kind, __COUNTER__){[](std::vector<bimap::properties::Subject>& list) {                  \
        bimap::properties::add_subject<adapter, bimap::properties::elements::kind>(list, name); \
    }};
#define BIMAP_ADDED_AT(kind, number) BIMAP_ADDED_AS(kind, number)
#define BIMAP_ADDED_AS(kind, number) bimap_added_##kind##_##number
