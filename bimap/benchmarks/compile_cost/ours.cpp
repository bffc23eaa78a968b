// SPDX-License-Identifier: BSL-1.0
// What compiling ours costs: the header, and one map that is used.
#include <string>

#include "bimap/bimap.hpp"

int main() {
    bimap::BiMap<std::string, int> map;
    map.insert("one", 1);
    map.insert("two", 2);
    map.left().erase("one");
    return map.right().find(2)->second == "two" ? 0 : 1;
}
