// SPDX-License-Identifier: BSL-1.0
// A map for the time of one request, in a buffer on the stack: no call of malloc, and nothing to give back.

#include <array>
#include <bimap/pmr.hpp>
#include <cstddef>
#include <cstdio>
#include <memory_resource>
#include <string>

namespace {

using Headers = bimap::pmr::BiMap<std::pmr::string, int>;

/// Gives each header a number; the names are in the arena, too.
int number_headers(std::pmr::memory_resource& arena) {
    Headers headers(&arena);
    headers.reserve(100);
    for (int i = 0; i != 100; ++i) {
        std::pmr::string name("x-a-header-with-a-name-that-fits-into-no-string-", &arena);
        name += std::to_string(i).c_str();
        headers.insert(name, i);
    }
    const std::pmr::string& last = headers.right().at(99);
    if (last.get_allocator().resource() != &arena) return -1;
    return headers.left().at(last);
}

}  // namespace

int main() {
    alignas(std::max_align_t) std::array<std::byte, 1 << 16> buffer;

    // What does not fit, and what asks another resource for memory, throws std::bad_alloc.
    std::pmr::set_default_resource(std::pmr::null_memory_resource());
    for (int request = 0; request != 3; ++request) {
        std::pmr::monotonic_buffer_resource arena(buffer.data(), buffer.size(),
                                                  std::pmr::null_memory_resource());
        if (number_headers(arena) != 99) {
            std::fprintf(stderr, "arena: the headers are not numbered from 0 to 99 in the arena\n");
            return 1;
        }
    }
}
