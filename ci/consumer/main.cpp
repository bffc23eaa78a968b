// SPDX-License-Identifier: BSL-1.0
// The smallest user of the installed library.
#include <bimap/bimap.hpp>

int main() {
    const bimap::BiMap<int, char> letters{{1, 'a'}, {2, 'b'}};
    return letters.right().at('b') == 2 ? 0 : 1;
}
