// SPDX-License-Identifier: BSL-1.0
// A map that is still reached when the process ends is no leak, whatever way a leak checker looks for
// pointers. Run under LeakSanitizer, as a program of its own; with an argument it drops a map, which then is
// one.
#include <bimap/bimap.hpp>

using Hashed = bimap::BiMap<int, int>;
using Mixed = bimap::BiMap<int, int, bimap::ordered<>, bimap::sequenced<>>;

// Visible to others, so that no compiler spares itself the pointers.
Hashed* hashed = nullptr;
Mixed* mixed = nullptr;

namespace {

template <class Map>
Map* with_many_pairs() {
    auto* const map = new Map;
    for (int i = 0; i < 1000; ++i) map->insert(i, -i);
    return map;
}

}  // namespace

int main(int argc, char**) {
    hashed = with_many_pairs<Hashed>();
    mixed = with_many_pairs<Mixed>();
    if (argc > 1)
        hashed = with_many_pairs<Hashed>();  // the first one is dropped, and so is what is left of it
    return mixed->size() == 1000 ? 0 : 1;
}
