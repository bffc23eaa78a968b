// SPDX-License-Identifier: BSL-1.0
// The Subjects of the Tricky Leaks exercise: the boss's map with all leaks, with none and with each alone,
// and the plugged map.
#include <string>

#include "properties/driver.hpp"
#include "properties/subjects/tricky_leaks/tricky_leaks_subject.hpp"

namespace bimap::properties {

namespace {

const Registration added{[](std::vector<Subject>& list) {
    using namespace tricky_leaks;
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    using Boss = TrickyLeaksSubject<BossMap<Left, Right>>;
    using Plugged = TrickyLeaksSubject<PluggedMap<Left, Right>>;

    list.push_back(make_subject("tricky-leaks/boss", "the boss's map with every leak", Boss{every_leak}));
    list.push_back(make_subject("tricky-leaks/none", "the boss's map with no leak planted", Boss{no_leaks}));
    list.push_back(make_subject("tricky-leaks/plugged", "the boss's map with every leak plugged", Plugged{}));
    for (const PlantedLeak& planted : planted_leaks)
        list.push_back(make_subject("tricky-leaks/" + std::string{planted.name}, std::string{planted.story},
                                    Boss{static_cast<Leaks>(planted.leak)}));
}};

}  // namespace

}  // namespace bimap::properties
