// SPDX-License-Identifier: BSL-1.0
// A map, a part of which lies in a compiled library; and its adapter.
#pragma once

#include "my_map_subject.hpp"

#ifndef NDEBUG
#error "the flags of the build type are missing"
#endif

/// Defined in the library.
bool is_welcome(int left);

template <class Left, class Right>
struct MyCompiledMapSubject : MyMapSubject<Left, Right> {
    using Map = MyMap<Left, Right>;
    static bool insert(Map& map, const Left& l, const Right& r) { return is_welcome(1) && map.add(l, r); }
};
