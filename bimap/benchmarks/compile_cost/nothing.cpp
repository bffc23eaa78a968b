// SPDX-License-Identifier: BSL-1.0
// What the two others cost without a bimap: <string>.
#include <string>

int main() { return std::string("one").size() == 3 ? 0 : 1; }
