// SPDX-License-Identifier: BSL-1.0
// Large groups of pairs, taken out of a map in one pass or by a range of keys, and copied where they are
// wanted.

#include <algorithm>
#include <bimap/bimap.hpp>
#include <cstdio>
#include <iterator>
#include <vector>

namespace {

/// Who sits where: guests are hashed, seats are in order.
using Seating = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>>;

int failures = 0;

void expect(bool holds, const char* sentence) {
    if (holds) return;
    std::fprintf(stderr, "filter: it is not so that %s\n", sentence);
    ++failures;
}

}  // namespace

int main() {
    Seating seating;
    for (int guest = 0; guest != 100'000; ++guest) seating.insert(guest, 2 * guest);

    // By a predicate on the pairs, in one pass.
    const auto is_odd = [](const auto& pair) { return pair.first % 2 != 0; };
    expect(erase_if(seating, is_odd) == 50'000, "half of the guests leave");

    // By a range of keys: the front row, seats 0 to 99.
    const auto seats = seating.right();
    const auto second_row = seats.lower_bound(100);
    expect(std::distance(seats.begin(), second_row) == 25, "every fourth seat of the front row is taken");
    seats.erase(seats.begin(), second_row);
    expect(seats.begin()->first == 100 && !seating.left().contains(0),
           "the front row is empty, from both sides");

    // By keys from elsewhere; those that are not there do not matter.
    std::size_t gone = 0;
    for (const int guest : {50, 51, 52}) gone += seating.left().erase(guest);
    expect(gone == 2, "guest 51 had left before");

    // A part of a map, as a map of its own; and as a plain vector, from the other side.
    Seating balcony;
    balcony.insert(seats.lower_bound(150'000)->second, 150'000);
    for (auto i = seats.upper_bound(150'000); i != seats.end(); ++i) balcony.insert(i->second, i->first);
    expect(balcony.size() == 12'500, "a quarter of the house is the balcony");
    std::vector<int> taken;
    std::ranges::transform(balcony.right(), std::back_inserter(taken),
                           [](const auto& pair) { return pair.first; });
    expect(std::ranges::is_sorted(taken) && taken.front() == 150'000, "its seats come in order");
    return failures;
}
