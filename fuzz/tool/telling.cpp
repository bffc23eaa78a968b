// SPDX-License-Identifier: BSL-1.0
// Telling, and whether it was heard.
#include "fuzz/tool/telling.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "properties/text.hpp"

namespace bimap::tool {

using properties::printable;

void complain(const std::string& what) { std::cerr << "bimap-check: " << printable(what) << '\n'; }

bool is_told() {
    errno = 0;
    std::cout.flush();
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return true;
    const int why = errno;
    if (why != EPIPE)
        complain("standard output cannot be written" +
                 (why == 0 ? "" : std::string{": "} + std::strerror(why)) +
                 "; what was to be told is lost, so " +
                 (why == ENOSPC ? "free some space" : "send it elsewhere") + " and ask again");
    return false;
}

}  // namespace bimap::tool
