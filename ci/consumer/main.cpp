// SPDX-License-Identifier: BSL-1.0
// The smallest user of the library, however it came.
#include <bimap/bimap.hpp>
#include <bimap/frozen.hpp>
#include <bimap/pmr.hpp>
#include <bimap/seeded.hpp>

constexpr auto digits = bimap::make_frozen<int, char>({{1, '1'}, {2, '2'}});

int main() {
    const bimap::BiMap<int, char, bimap::hashed<bimap::SeededHash<int>>> letters{{1, 'a'}, {2, 'b'}};
    const bimap::pmr::BiMap<int, char> same(letters.begin(), letters.end());
    return letters.right().at('b') == 2 && same.left().at(1) == 'a' && digits.right().at('2') == 2 ? 0 : 1;
}
