// SPDX-License-Identifier: BSL-1.0
// The reference, against tables written by hand: the four conflict policies, also in the cross case and
// through the inverse, and every other verb.
#include "properties/model.hpp"

#include <gtest/gtest.h>

#include <span>

#include "properties/text.hpp"

namespace bimap::properties {
namespace {

constexpr Orders hashed{Order::any, Order::any};
constexpr Orders ordered{Order::sorted, Order::sorted};
constexpr Orders sequenced{Order::sequenced, Order::sequenced};

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

/// The order of insertion, on each side.
std::string show_sequences(const Model& model) {
    return show(model.in_order(Side::left, Order::sequenced)) + " | " +
           show(model.in_order(Side::right, Order::sequenced));
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
Answer after(Models& models, const char* text, const Orders& order = ordered, const Answer& seen = {}) {
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

    {"", "a.try_emplace_left 0 0", "1 [] @0-0", "0-0"},
    {"a.insert 0 0", "a.try_emplace_right 0 0", "0 [] @0-0", "0-0"},
    {"a.insert 0 1", "a.try_emplace_left 0 0", "0 [] @0-1", "0-1"},
    {"a.insert 0 1", "a.try_emplace_right 0 0", "0 [] @0-1", "0-1"},
    {"a.insert 1 0", "a.try_emplace_left 0 0", "0 [] @1-0", "1-0"},
    {"a.insert 0 1\na.insert 1 0", "a.try_emplace_left 0 0", "0 [] @0-1", "0-1 1-0"},
    {"a.insert 0 1\na.insert 1 0", "a.try_emplace_right 0 0", "0 [] @1-0", "0-1 1-0"},

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
    {"a.insert 0 1", "a.inverse.erase_left 1", "1 [1-0]", ""},
    {"a.insert 0 1", "a.inverse.erase_right 0", "1 [1-0]", ""},
    {"a.insert 0 1", "a.inverse.find_left 1", "@1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.at_right 0", "@1-0", "0-1"},
    {"a.insert 0 1", "a.inverse.lower_bound_right 0", "@1-0", "0-1"},
    {"a.insert 0 1\na.insert 2 3", "a.inverse.erase_at_left 1", "1 [1-0] @3-2", "2-3"},
    {"a.insert 0 1\na.insert 2 3", "a.inverse.erase_if_left 0 1", "1", "2-3"},
    {"", "a.inverse.insert_range 0 3", "3", "0-1 1-0 3-2"},
    {"a.insert 0 1\na.insert 1 0", "a.inverse.try_emplace_left 0 0", "0 [] @0-1", "0-1 1-0"},
    {"a.insert 0 1\na.insert 1 0", "a.inverse.try_emplace_right 0 0", "0 [] @1-0", "0-1 1-0"},
    {"a.insert 0 1", "a.inverse.replace_left 1 2", "1 @2-0", "0-2"},
    {"a.insert 0 1", "a.inverse.extract_right 0", "1 [1-0]", ""},
    {"a.insert 0 1\na.insert 1 0", "a.inverse.retain_left 0 0", "1", "1-0"},
    {"a.insert 1 3", "a.inverse.force_range 0 3", "[3-1]", "0-1 1-0 3-2"},
    {"a.insert 0 1", "a.inverse.clear", "", ""},
    {"a.insert 0 1", "a.inverse.clear_left", "", ""},
};

constexpr Step others[]{
    {"a.insert 0 1", "a.erase_left 0", "1 [0-1]", ""},
    {"a.insert 0 1", "a.erase_left 1", "0 []", "0-1"},
    {"a.insert 0 1", "a.erase_right 1", "1 [0-1]", ""},
    {"a.insert 0 1", "a.erase_right 0", "0 []", "0-1"},
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
    {"a.insert 0 0\nb.insert 0 1\nb.insert 1 0\nb.insert 2 2", "a.insert_all b", "1", "0-0 2-2"},
    {"a.insert 0 0", "a.insert_all a", "0", "0-0"},
    {"", "a.insert_range 0 3", "3", "0-1 1-0 2-3"},
    {"a.insert 1 1", "a.insert_range 0 3", "1", "1-1 2-3"},
    {"", "a.insert_range 63 2", "2", "0-1 63-62"},
    {"", "a.insert_chain 0 4", "2", "0-0 1-1"},
    {"", "a.insert_chain 63 3", "2", "0-0 63-63"},
    {"", "a.force_chain 0 4", "[0-0 0-1 1-1]", "1-2"},
    {"a.insert 0 0\nb.insert 0 1\nb.insert 1 0\nb.insert 2 2", "a.force_all b", "[0-0]", "0-1 1-0 2-2"},
    {"a.insert 0 0\na.insert 1 1\nb.insert 0 1", "a.force_all b", "[0-0 1-1]", "0-1"},
    {"a.insert 0 0", "a.force_all a", "[]", "0-0"},
    {"a.insert 1 1", "a.force_range 0 2", "[1-1]", "0-1 1-0"},
    {"a.insert 0 3\na.insert 9 1", "a.force_range 0 2", "[0-3 9-1]", "0-1 1-0"},
    {"a.insert 0 0\nb.insert 0 1\nb.insert 1 0\nb.insert 2 2", "a.merge b", "1", "0-0 2-2"},
    {"a.insert 0 0", "a.merge a", "0", "0-0"},
    {"b.insert 0 1", "a.take_left b 0", "1 [] @0-1", "0-1"},
    {"b.insert 0 1", "a.take_right b 1", "1 [] @0-1", "0-1"},
    {"b.insert 0 1", "a.take_left b 1", "0 [] @end", ""},
    {"a.insert 0 0\na.insert 1 1\nb.insert 0 1", "a.take_left b 0", "0 [] @0-0", "0-0 1-1"},
    {"a.insert 0 0\na.insert 1 1\nb.insert 0 1", "a.take_right b 1", "0 [] @1-1", "0-0 1-1"},
    {"a.insert 0 1", "a.take_left a 0", "", "0-1"},
    {"a.insert 0 1", "a.replace_left 0 2", "1 @2-1", "2-1"},
    {"a.insert 0 1", "a.replace_right 1 2", "1 @0-2", "0-2"},
    {"a.insert 0 1", "a.replace_left 0 0", "0 @0-1", "0-1"},
    {"a.insert 0 1\na.insert 2 3", "a.replace_left 0 2", "0 @2-3", "0-1 2-3"},
    {"a.insert 0 1", "a.replace_left 1 2", "0 @end", "0-1"},
    {"a.insert 0 1", "a.extract_left 0", "1 [0-1]", ""},
    {"a.insert 0 1", "a.extract_right 1", "1 [0-1]", ""},
    {"a.insert 0 1", "a.extract_left 1", "0 []", "0-1"},
    {"a.insert 0 1", "a.move_to_front_left 0", "1", "0-1"},
    {"a.insert 0 1", "a.move_to_back_left 1", "0", "0-1"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.retain_left 1 2", "1", "1-2 2-1"},
    {"a.insert 0 3\na.insert 1 2\na.insert 2 1", "a.retain_right 3 9", "2", "0-3"},
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

/// Where a pair is in the order of insertion, on the left and on the right.
TEST(Model, KeepsTheOrderOfInsertion) {
    const std::pair<const char*, const char*> sequences[]{
        {"a.insert 1 0\na.insert 0 1", "1-0 0-1 | 1-0 0-1"},
        {"a.force 1 2", "1-2 0-1 | 0-1 1-2"},
        {"a.force 0 0", "0-0 | 0-0"},
        {"a.insert 1 2\na.force 2 0", "0-1 2-0 | 2-0 0-1"},
        {"a.insert 2 2\na.insert 3 3\na.force 2 1", "1-0 2-1 3-3 | 1-0 2-1 3-3"},
        {"a.assign_left 1 9", "1-9 0-1 | 0-1 1-9"},
        {"a.assign_right 9 0", "0-1 9-0 | 9-0 0-1"},
        {"a.insert 1 0", "1-0 0-1 | 1-0 0-1"},
        {"a.erase_left 1\na.insert 1 0", "0-1 1-0 | 0-1 1-0"},
        {"a.replace_left 1 7", "7-0 0-1 | 7-0 0-1"},
        {"a.replace_right 0 7", "1-7 0-1 | 1-7 0-1"},
        {"a.extract_left 1\na.insert 1 0", "0-1 1-0 | 0-1 1-0"},
        {"a.take_left a 1", "1-0 0-1 | 1-0 0-1"},
        {"a.move_to_front_left 0", "0-1 1-0 | 1-0 0-1"},
        {"a.move_to_back_right 0", "1-0 0-1 | 0-1 1-0"},
        {"a.inverse.move_to_back_left 0", "1-0 0-1 | 0-1 1-0"},
        {"b.insert 3 3\na.insert_all b\na.merge b", "1-0 0-1 3-3 | 1-0 0-1 3-3"},
        {"b.insert 5 5\nb.insert 4 4\na.merge b", "1-0 0-1 5-5 4-4 | 1-0 0-1 5-5 4-4"},
        {"b.insert 5 5\nb.insert 1 4\na.force_all b", "1-4 0-1 5-5 | 0-1 5-5 1-4"},
        {"b = move a\na = copy b", "1-0 0-1 | 1-0 0-1"},
        {"a.move_to_front_left 0\nb = filter_left a 0 9\na.swap b", "0-1 1-0 | 0-1 1-0"},
        {"b.insert 0 0\na.equals b\na.copy_assign b", "0-0 | 0-0"},
    };
    for (const auto& [change, expected] : sequences) {
        Models models;
        after(models, "a.insert 1 0\na.insert 0 1", sequenced);
        after(models, change, sequenced);
        EXPECT_EQ(show_sequences(models[0]), expected) << change;
    }
}

TEST(Model, ErasesInTheOrderOfInsertion) {
    Models models;
    after(models, "a.insert 2 2\na.insert 1 1\na.insert 0 0", sequenced);
    EXPECT_EQ(show(after(models, "a.erase_range_left 2 2", sequenced)), "2 [1-1 2-2] @0-0");
}

TEST(Model, MergesInTheOrderOfInsertionOfTheSideThatKeepsIt) {
    const Orders right_only{Order::sorted, Order::sequenced};
    Models models;
    after(models, "b.insert 2 2\nb.insert 1 1\na.merge b", right_only);
    EXPECT_EQ(show(models[0].in_order(Side::right, Order::sequenced)), "2-2 1-1");
}

/// What is expected of a bound where the map shows `position`.
Pair expected_bound(const std::string& text, Order order, Pair position) {
    Models models;
    after(models, "a.insert 1 1\na.insert 3 0");
    const Operation bound = parse(text).front();
    return *expect(models, bound, {.position = position}, {order, order}).position;
}

TEST(Model, PutsTheBoundsOfAnUndeclaredOrderEitherWay) {
    struct Bounds {
        const char* text;
        Pair ascending;
        Pair descending;
    };
    for (const auto& [text, ascending, descending] : {
             Bounds{"a.lower_bound_left 0", {1, 1}, end_position},
             Bounds{"a.lower_bound_left 1", {1, 1}, {1, 1}},
             Bounds{"a.lower_bound_left 2", {3, 0}, {1, 1}},
             Bounds{"a.lower_bound_left 4", end_position, {3, 0}},
             Bounds{"a.upper_bound_left 0", {1, 1}, end_position},
             Bounds{"a.upper_bound_left 1", {3, 0}, end_position},
             Bounds{"a.upper_bound_left 3", end_position, {1, 1}},
             Bounds{"a.upper_bound_right 1", end_position, {3, 0}},
             Bounds{"a.inverse.lower_bound_left 2", end_position, {1, 1}},
         }) {
        const Pair neither{7, 7};
        EXPECT_EQ(expected_bound(text, Order::any, ascending), ascending) << text;
        EXPECT_EQ(expected_bound(text, Order::any, descending), descending) << text;
        EXPECT_EQ(expected_bound(text, Order::any, neither), ascending) << text;
        EXPECT_EQ(expected_bound(text, Order::sorted, descending), ascending) << text;
    }
}

TEST(Model, IsEqualWhateverTheOrder) {
    Models models;
    after(models, "a.insert 0 0\na.insert 1 1\nb.insert 1 1\nb.insert 0 0");
    EXPECT_EQ(models[0], models[1]);
}

TEST(Model, EmptiesTheSourceOfAMove) {
    Models models;
    after(models, "a.insert 0 0\nb = move a");
    EXPECT_EQ(show(models[0]), "");
    EXPECT_EQ(show(models[1]), "0-0");
}

TEST(Model, LeavesWhatIsRefusedWhereItWas) {
    Models models;
    after(models, "a.insert 0 0\nb.insert 0 1\nb.insert 2 2\na.merge b");
    EXPECT_EQ(show(models[0]), "0-0 2-2");
    EXPECT_EQ(show(models[1]), "0-1");
    after(models, "a.take_right b 1");
    EXPECT_EQ(show(models[1]), "0-1");
    after(models, "c.take_right b 1");
    EXPECT_EQ(show(models[1]), "");
    EXPECT_EQ(show(models[2]), "0-1");
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
    model.adopt({Pairs{{1, 0}, {0, 1}}, Pairs{{0, 1}, {1, 0}}});
    EXPECT_EQ(show(model), "0-1 1-0");
    EXPECT_EQ(show_sequences(model), "1-0 0-1 | 0-1 1-0");
}

TEST(Model, AdoptsNoElementInTwoPairs) {
    Model model;
    model.adopt({Pairs{{0, 1}, {1, 1}}, Pairs{{0, 1}}});
    EXPECT_EQ(show(model), "0-1");
}

}  // namespace
}  // namespace bimap::properties
