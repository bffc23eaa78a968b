// SPDX-License-Identifier: BSL-1.0
// The reference, against tables written by hand: the four conflict policies, also in the cross case and
// through the inverse, and every other verb.
#include "properties/model.hpp"

#include <gtest/gtest.h>

#include <span>

#include "properties/text.hpp"

namespace bimap::properties {
namespace {

constexpr std::array<bool, 2> hashed{false, false};
constexpr std::array<bool, 2> ordered{true, true};

std::string show(const Pair& pair) {
    return pair == end_position ? "end" : std::to_string(pair.left) + '-' + std::to_string(pair.right);
}

std::string show(const Pairs& pairs) {
    std::string text;
    for (const Pair& pair : pairs) text += (text.empty() ? "" : " ") + show(pair);
    return text;
}

std::string show(const Model& model) {
    std::string text;
    for (const auto& [left, right] : model.by(Side::left)) {
        EXPECT_EQ(model.partner(Side::right, right), left);
        text += (text.empty() ? "" : " ") + show(Pair{left, right});
    }
    EXPECT_EQ(model.by(Side::right).size(), model.size());
    return text;
}

/// An answer in a few words: what it claims, in the order of its members.
std::string show(const Answer& answer) {
    constexpr std::array endings{"", "absent ", "faulted ", "threw "};
    std::string text = endings[static_cast<std::size_t>(answer.ending)];
    if (answer.value) text += std::to_string(*answer.value) + ' ';
    if (answer.pairs) text += '[' + show(*answer.pairs) + "] ";
    if (answer.position) text += '@' + show(*answer.position) + ' ';
    if (answer.visited) text += "of " + std::to_string(*answer.visited) + ' ';
    if (!text.empty()) text.pop_back();
    return text;
}

/// Carries a Program out. Returns: the last answer.
Answer after(Models& models, const char* text, std::array<bool, 2> order = ordered, const Answer& seen = {}) {
    Answer answer;
    for (const Operation& operation : parse(text)) answer = expect(models, operation, seen, order);
    return answer;
}

struct Step {
    const char* before;
    const char* call;
    const char* answer;
    const char* content;
};

/// Every policy in every situation: nothing taken, the pair there, left taken, right taken, both, and both
/// crosswise.
constexpr Step policies[]{
    {"", "a.insert 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 0", "a.insert 0 0", "0 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.insert 0 0", "0 [] @0-1", "0-1"},
    {"a.insert 1 0", "a.insert 0 0", "0 [] @1-0", "1-0"},
    {"a.insert 0 1\na.insert 1 0", "a.insert 0 0", "0 [] @0-1", "0-1 1-0"},

    {"", "a.emplace 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.emplace 0 0", "0 [] @0-1", "0-1"},
    {"a.insert 1 0", "a.emplace 0 0", "0 [] @1-0", "1-0"},

    {"", "a.assign_left 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 0", "a.assign_left 0 0", "0 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.assign_left 0 0", "1 [0-1] @0-0", "0-0"},
    {"a.insert 1 0", "a.assign_left 0 0", "0 [] @1-0", "1-0"},
    {"a.insert 0 1\na.insert 1 0", "a.assign_left 0 0", "0 [] @1-0", "0-1 1-0"},

    {"", "a.assign_right 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 0", "a.assign_right 0 0", "0 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.assign_right 0 0", "0 [] @0-1", "0-1"},
    {"a.insert 1 0", "a.assign_right 0 0", "1 [1-0] @0-0", "0-0"},
    {"a.insert 0 1\na.insert 1 0", "a.assign_right 0 0", "0 [] @0-1", "0-1 1-0"},

    {"", "a.force 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 0", "a.force 0 0", "0 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.force 0 0", "1 [0-1] @0-0", "0-0"},
    {"a.insert 1 0", "a.force 0 0", "1 [1-0] @0-0", "0-0"},
    {"a.insert 0 1\na.insert 1 0", "a.force 0 0", "1 [0-1 1-0] @0-0", "0-0"},
};

/// The same through the inverse: what is called, and what is answered, has its sides changed.
constexpr Step through_the_inverse[]{
    {"", "a.inverse.insert 2 3", "1 [] @2-3", "3-2"},
    {"a.insert 0 1\na.insert 1 0", "a.inverse.insert 0 0", "0 [] @0-1", "0-1 1-0"},
    {"a.insert 0 1", "a.inverse.insert 0 0", "0 [] @1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.assign_left 1 2", "1 [1-0] @1-2", "2-1"},
    {"a.insert 0 1", "a.inverse.assign_left 2 0", "0 [] @1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.assign_right 2 0", "1 [1-0] @2-0", "0-2"},
    {"a.insert 0 1", "a.inverse.assign_right 1 2", "0 [] @1-0", "0-1"},
    {"a.insert 0 1\na.insert 2 0", "a.inverse.force 0 0", "1 [0-2 1-0] @0-0", "0-0"},
    {"a.insert 0 1", "a.inverse.erase_left 1", "1", ""},
    {"a.insert 0 1", "a.inverse.erase_right 0", "1", ""},
    {"a.insert 0 1", "a.inverse.find_left 1", "@1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.at_right 0", "@1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.lower_bound_right 0", "@1-0", "0-1"},
    {"a.insert 0 1\na.insert 2 3", "a.inverse.erase_at_left 1", "1 [1-0] @3-2", "2-3"},
    {"a.insert 0 1\na.insert 2 3", "a.inverse.erase_if_left 0 1", "1", "2-3"},
    {"", "a.inverse.insert_range 0 2", "", "5-0 16-1"},
    {"a.insert 0 1", "a.inverse.clear", "", ""},
    {"a.insert 0 1", "a.inverse.clear_left", "", ""},
};

constexpr Step others[]{
    {"a.insert 0 1", "a.erase_left 0", "1", ""},
    {"a.insert 0 1", "a.erase_left 1", "0", "0-1"},
    {"a.insert 0 1", "a.erase_right 1", "1", ""},
    {"a.insert 0 1", "a.erase_right 0", "0", "0-1"},
    {"a.insert 0 1", "a.clear", "", ""},
    {"a.insert 0 1", "a.clear_right", "", ""},
    {"a.insert 0 1", "a = empty", "", ""},
    {"b.insert 0 1\na.insert 2 2", "a = copy b", "", "0-1"},
    {"b.insert 0 1\na.insert 2 2", "a.copy_assign b", "", "0-1"},
    {"a.insert 0 1", "a.copy_assign a", "", "0-1"},
    {"b.insert 0 1\na.insert 2 2", "a = move b", "", "0-1"},
    {"b.insert 0 1\na.insert 2 2", "b.move_assign a", "", ""},
    {"a.insert 0 1", "a.move_assign a", "", "0-1"},
    {"b.insert 0 1\na.insert 2 2", "a.swap b", "", "0-1"},
    {"a.insert 0 1", "a.swap a", "", "0-1"},
    {"b.insert 0 3\nb.insert 1 2\nb.insert 2 1", "a = filter_left b 1 2", "", "1-2 2-1"},
    {"b.insert 0 3\nb.insert 1 2\nb.insert 2 1", "a = filter_right b 3 3", "", "0-3"},
    {"b.insert 0 3", "a = filter_right b 3 2", "", ""},
    {"a.insert 0 0\nb.insert 0 1\nb.insert 1 0\nb.insert 2 2", "a.insert_all b", "", "0-0 2-2"},
    {"a.insert 0 0", "a.insert_all a", "", "0-0"},
    {"", "a.insert_range 0 3", "", "0-5 1-16 2-27"},
    {"a.insert 1 5", "a.insert_range 0 3", "", "1-5 2-27"},
    {"", "a.insert_range 63 2", "", "0-5 63-58"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.erase_if_left 1 2", "2", "0-3"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.erase_if_right 3 9", "1", "1-2 2-1"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.erase_loop_left 1 2", "2 of 3", "0-3"},
    {"a.insert 0 3\na.insert 1 2", "a.erase_at_left 0", "1 [0-3] @1-2", "1-2"},
    {"a.insert 0 3\na.insert 1 2", "a.erase_at_left 1", "1 [1-2] @end", "0-3"},
    {"a.insert 0 3\na.insert 1 2", "a.erase_at_right 2", "1 [1-2] @0-3", "0-3"},
    {"a.insert 0 3", "a.erase_at_left 2", "0 []", "0-3"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.erase_range_left 0 2", "2 [0-3 1-2] @2-1", "2-1"},
    {"a.insert 0 3\na.insert 1 2", "a.erase_range_left 1 5", "1 [1-2] @end", "0-3"},
    {"a.insert 0 3", "a.erase_range_left 0 0", "0 []", "0-3"},
    {"a.insert 0 3", "a.erase_range_right 9 1", "0 []", "0-3"},
    {"a.insert 0 1", "a.find_left 0", "@0-1", "0-1"},
    {"a.insert 0 1", "a.find_right 0", "@end", "0-1"},
    {"a.insert 0 1", "a.at_right 1", "@0-1", "0-1"},
    {"a.insert 0 1", "a.at_right 0", "absent", "0-1"},
    {"a.insert 0 1", "a.contains_left 0", "1", "0-1"},
    {"a.insert 0 1", "a.count_right 0", "0", "0-1"},
    {"a.insert 1 1\na.insert 3 0", "a.lower_bound_left 1", "@1-1", "1-1 3-0"},
    {"a.insert 1 1\na.insert 3 0", "a.upper_bound_left 1", "@3-0", "1-1 3-0"},
    {"a.insert 1 1\na.insert 3 0", "a.lower_bound_right 0", "@3-0", "1-1 3-0"},
    {"a.insert 1 1", "a.upper_bound_left 1", "@end", "1-1"},
    {"a.insert 1 1\nb.insert 1 1", "a.equals b", "1", "1-1"},
    {"a.insert 1 1\nb.insert 1 0", "a.equals b", "0", "1-1"},
    {"a.insert 1 1", "a.equals a", "1", "1-1"},
    {"a.insert 1 1", "a.reserve 9", "", "1-1"},
    {"a.insert 1 1", "a.shrink_to_fit", "", "1-1"},
};

void expect_steps(std::span<const Step> steps) {
    for (const auto& [before, call, answer, content] : steps) {
        Models models;
        after(models, before);
        EXPECT_EQ(show(after(models, call)), answer) << before << "\nthen " << call;
        EXPECT_EQ(show(models[0]), content) << before << "\nthen " << call;
    }
}

TEST(Model, KeepsTheFourPoliciesInEverySituation) { expect_steps(policies); }
TEST(Model, ChangesTheSidesThroughTheInverse) { expect_steps(through_the_inverse); }
TEST(Model, KnowsEveryOtherVerb) { expect_steps(others); }

TEST(Model, HasEveryVerbInItsTables) {
    std::array<bool, verb_count> shown{};
    for (const auto steps : {std::span<const Step>{policies}, std::span<const Step>{others}})
        for (const Step& step : steps)
            for (const Operation& operation : parse(step.call))
                shown[static_cast<std::size_t>(operation.verb)] = true;
    for (std::size_t verb = 0; verb < verb_count; ++verb)
        EXPECT_TRUE(shown[verb]) << name_of(static_cast<Verb>(verb), Side::left);
}

TEST(Model, EmptiesTheSourceOfAMove) {
    Models models;
    after(models, "a.insert 0 0\nb = move a");
    EXPECT_EQ(show(models[0]), "");
    EXPECT_EQ(show(models[1]), "0-0");
}

TEST(Model, SwapsBothRegisters) {
    Models models;
    after(models, "a.insert 0 0\na.swap c");
    EXPECT_EQ(show(models[0]), "");
    EXPECT_EQ(show(models[2]), "0-0");
}

TEST(Model, FollowsAChoiceThatAnUnorderedSideMayMake) {
    Models models;
    after(models, "a.insert 0 0\na.insert 1 1\na.insert 2 2");
    const Answer seen{.pairs = Pairs{{0, 0}, {2, 2}}};
    EXPECT_EQ(show(after(models, "a.erase_range_left 0 2", hashed, seen)), "2 [0-0 2-2]");
    EXPECT_EQ(show(models[0]), "1-1");
}

TEST(Model, RefusesAChoiceThatLeavesOutTheKeyOrInventsPairs) {
    Models models;
    after(models, "a.insert 0 0\na.insert 1 1\na.insert 2 2");
    const Answer seen{.pairs = Pairs{{1, 1}, {7, 7}}};
    EXPECT_NE(after(models, "a.erase_range_left 0 2", hashed, seen).pairs, seen.pairs);
    EXPECT_FALSE(models[0].contains({0, 0}));
}

TEST(Model, LeavesNoChoiceOnAnOrderedSide) {
    Models models;
    after(models, "a.insert 0 0\na.insert 1 1\na.insert 2 2");
    const Answer seen{.pairs = Pairs{{0, 0}, {2, 2}}};
    EXPECT_EQ(show(after(models, "a.erase_range_left 0 2", ordered, seen)), "2 [0-0 1-1] @2-2");
}

TEST(Model, AdoptsWhatItIsShown) {
    Model model;
    model.link({9, 9});
    model.adopt({{0, 1}, {1, 0}});
    EXPECT_EQ(show(model), "0-1 1-0");
}

}  // namespace
}  // namespace bimap::properties
