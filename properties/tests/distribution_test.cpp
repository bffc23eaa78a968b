// SPDX-License-Identifier: BSL-1.0
// Whether the generator starves a call, or an insertion of one of its meetings.
#include "properties/distribution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/generate.hpp"

namespace bimap::properties {
namespace {

constexpr std::uint64_t programs = 4000;
constexpr double least_share = 0.0005;
constexpr double least_meeting = 0.05;

const Subject& subject(const char* name) {
    const Subject* const found = find_subject(name);
    if (found == nullptr) throw std::invalid_argument(name);
    return *found;
}

using Draw = std::function<Program(Random&, const Subject&)>;

std::vector<std::string> starved_in(const char* name, const Draw& draw) {
    Random random{1};
    const Subject& drawn_from = subject(name);
    return starved(distribution_of(drawn_from, programs, [&] { return draw(random, drawn_from); }),
                   least_share, least_meeting);
}

Program as_hunted(Random& random, const Subject& drawn_from) { return generate(random, drawn_from, 32); }

TEST(Distribution, StarvesNothingOnASortedSide) {
    EXPECT_THAT(starved_in("bimap/mixed", as_hunted), testing::IsEmpty());
}

TEST(Distribution, StarvesNothingOnASequencedSide) {
    EXPECT_THAT(starved_in("bimap/sequenced", as_hunted), testing::IsEmpty());
}

TEST(Distribution, ACallThatIsNeverDrawnIsNamed) {
    const auto lines = starved_in("bimap/mixed", [](Random& random, const Subject& drawn_from) {
        Program program = as_hunted(random, drawn_from);
        std::erase_if(program, [](const Operation& operation) { return operation.verb == Verb::merge; });
        return program;
    });
    EXPECT_THAT(lines, testing::ElementsAre("merge is 0.00 % of all calls"));
}

/// As a generator does that offers nothing but new pairs.
TEST(Distribution, AMeetingThatNeverHappensIsNamed) {
    const auto lines = starved_in("bimap/mixed", [](Random& random, const Subject& drawn_from) {
        Program program = as_hunted(random, drawn_from);
        Number fresh = 0;
        for (Operation& operation : program)
            if (is_insertion(operation.verb)) operation.numbers = {fresh, fresh + 1}, fresh += 2;
        return program;
    });
    EXPECT_THAT(lines, testing::Contains(testing::StartsWith("force meets 'cross' in ")));
}

}  // namespace
}  // namespace bimap::properties
