// SPDX-License-Identifier: BSL-1.0
// An argument as the type that is wanted.
#pragma once

#include <type_traits>
#include <utility>

namespace bimap::detail {

/// Hands an argument through if it has the wanted type, and makes a value of that type otherwise.
template <class T, class U>
decltype(auto) as(U&& u) {
    if constexpr (std::is_same_v<std::remove_cvref_t<U>, T>) {
        return std::forward<U>(u);
    } else {
        return static_cast<T>(std::forward<U>(u));
    }
}

}  // namespace bimap::detail
