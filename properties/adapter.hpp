// SPDX-License-Identifier: BSL-1.0
// An adapter's element types, and its functions by name and by side. docs/your-bimap.md says what
// an adapter is.
#pragma once

#include <type_traits>
#include <utility>

#include "properties/operation.hpp"

namespace bimap::properties::driving {

/// Whether elements of this type know the Operation that made them.
template <class T>
inline constexpr bool is_counted = requires(const T& element) { element.maker(); };

/// The element types of an adapter: those it names, or, of a template over the two, its arguments.
template <class Adapter>
struct ArgumentsOf {
    static_assert(
        requires { typename Adapter::Left; },
        "the adapter says no element types: write `using Left = …; using Right = …;`, or make it a "
        "template of the two");
};
template <template <class, class> class Adapter, class L, class R>
struct ArgumentsOf<Adapter<L, R>> {
    using Left = L;
    using Right = R;
};
template <class Adapter>
auto elements_of() {
    if constexpr (requires {
                      typename Adapter::Left;
                      typename Adapter::Right;
                  })
        return std::type_identity<Adapter>{};
    else
        return std::type_identity<ArgumentsOf<Adapter>>{};
}
template <class Adapter>
using LeftOf = typename decltype(elements_of<Adapter>())::type::Left;
template <class Adapter>
using RightOf = typename decltype(elements_of<Adapter>())::type::Right;

/// Calls by the name that carries a side, written once: has_find<side>() and call_find<side>(adapter, …).
#define BIMAP_PROPERTIES_SIDED(name)                                      \
    template <Side side, class Adapter, class... Arguments>               \
    constexpr bool has_##name() {                                         \
        if constexpr (side == Side::left)                                 \
            return requires(Adapter& a, Arguments&&... all) {             \
                a.name##_left(std::forward<Arguments>(all)...);           \
            };                                                            \
        else                                                              \
            return requires(Adapter& a, Arguments&&... all) {             \
                a.name##_right(std::forward<Arguments>(all)...);          \
            };                                                            \
    }                                                                     \
    template <Side side, class Adapter, class... Arguments>               \
    decltype(auto) call_##name(Adapter& adapter, Arguments&&... all) {    \
        if constexpr (side == Side::left)                                 \
            return adapter.name##_left(std::forward<Arguments>(all)...);  \
        else                                                              \
            return adapter.name##_right(std::forward<Arguments>(all)...); \
    }
BIMAP_PROPERTIES_SIDED(assign)
BIMAP_PROPERTIES_SIDED(try_emplace)
BIMAP_PROPERTIES_SIDED(replace)
BIMAP_PROPERTIES_SIDED(extract)
BIMAP_PROPERTIES_SIDED(take)
BIMAP_PROPERTIES_SIDED(move_to_front)
BIMAP_PROPERTIES_SIDED(move_to_back)
BIMAP_PROPERTIES_SIDED(find)
BIMAP_PROPERTIES_SIDED(erase)
BIMAP_PROPERTIES_SIDED(for_each)
BIMAP_PROPERTIES_SIDED(at)
BIMAP_PROPERTIES_SIDED(contains)
BIMAP_PROPERTIES_SIDED(count)
BIMAP_PROPERTIES_SIDED(begin)
BIMAP_PROPERTIES_SIDED(end)
BIMAP_PROPERTIES_SIDED(erase_at)
BIMAP_PROPERTIES_SIDED(erase_range)
BIMAP_PROPERTIES_SIDED(lower_bound)
BIMAP_PROPERTIES_SIDED(upper_bound)
#undef BIMAP_PROPERTIES_SIDED

}  // namespace bimap::properties::driving
