// SPDX-License-Identifier: BSL-1.0
// What an insertion does when a side is already paired, as a value: each side either refuses or replaces.
#pragma once

namespace bimap {

/// What an insertion does on a side whose key is already paired.
enum class OnConflict : bool { refuse, replace };

/// What an insertion does on each side.
struct Policy {
    OnConflict left;
    OnConflict right;

    /// The same policy with the sides swapped.
    constexpr Policy mirrored() const noexcept { return {right, left}; }

    friend constexpr bool operator==(const Policy&, const Policy&) = default;
};

namespace policy {

inline constexpr Policy insert{OnConflict::refuse, OnConflict::refuse};
inline constexpr Policy assign_left{OnConflict::replace, OnConflict::refuse};
inline constexpr Policy assign_right{OnConflict::refuse, OnConflict::replace};
inline constexpr Policy force{OnConflict::replace, OnConflict::replace};

}  // namespace policy

}  // namespace bimap
