// SPDX-License-Identifier: BSL-1.0
// Where the canary lives.
#include "properties/subjects/mutants/canary.hpp"

#include <sys/mman.h>

#include <new>

namespace bimap::properties::mutants {

Canary& canary() {
    static Canary& shared = []() -> Canary& {
        void* const memory =
            mmap(nullptr, sizeof(Canary), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        static Canary own;  // where there is nothing to share, a child's canary is not heard
        return memory == MAP_FAILED ? own : *::new (memory) Canary;
    }();
    return shared;
}

}  // namespace bimap::properties::mutants
