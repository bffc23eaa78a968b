// SPDX-License-Identifier: BSL-1.0
// A tour of BiMap, and a test of itself: it ends with 0 if every line does what its comment says.

#include <bimap/bimap.hpp>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

namespace {

void expect(bool holds, const char* sentence) {
    if (holds) return;
    std::fprintf(stderr, "tour: it is not so that %s\n", sentence);
    std::exit(1);
}

}  // namespace

int main() {
    bimap::BiMap<std::string, int> m{{"one", 1}, {"two", 2}};
    expect(m.left().at("one") == 1, "the left view maps \"one\" to 1");
    expect(m.right().at(2) == "two", "the right view maps 2 to \"two\"");

    const auto refused = m.insert("one", 3);
    expect(!refused, "insert refuses a left that is paired");
    expect(refused.position->second == 1, "a refusal says which pair is in the way");

    const auto done = m.force("one", 2);  // the cross case: both sides are paired, with others
    expect(done.inserted && m.size() == 1, "force inserts all the same");
    expect(done.evicted_left->second == 1, "the pair (\"one\", 1) is handed out");
    expect(done.evicted_right->first == "two", "the pair (\"two\", 2) is handed out");

    for (auto [right, left] : m.right()) {
        expect(right == 2 && left == "one", "the right view is a map from right to left");
    }

    expect(m.inverse().left().at(2) == "one", "the inverse has the sides exchanged");
    m.inverse().insert(3, "three");
    expect(m.left().contains("three"), "the inverse is the same map");
    expect(erase_if(m, [](const auto& pair) { return pair.second > 2; }) == 1, "erase_if filters");

    bimap::BiMap<std::string, int, bimap::hashed<>, bimap::ordered<>> by_number{{"c", 3}, {"a", 1}, {"b", 2}};
    std::string letters;
    for (auto [number, letter] : by_number.right()) letters += letter;
    expect(letters == "abc", "an ordered side is in order");
    expect(by_number.right().lower_bound(2)->second == "b", "an ordered side has bounds");

    const bimap::BiMap descending(bimap::from_range, by_number, bimap::hashed{},
                                  bimap::ordered{std::greater{}});
    expect(descending.right().begin()->second == "c", "an index specifier takes its function objects along");
}
