// SPDX-License-Identifier: BSL-1.0
// The README's example of a bimap of one's own: the map, its adapter, and what the suite finds in it. What
// stands between the two marks has to stand in the README, too.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "properties/exhaust.hpp"
#include "properties/text.hpp"

// [README
#include <map>

#include "properties/check.hpp"
#include "properties/driver.hpp"
#include "properties/generate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"

template <class Name, class Number>
struct PhoneBook {  // two maps; set() forgets that the name had another number before
    std::map<Name, Number> numbers;
    std::map<Number, Name> names;

    void set(const Name& name, const Number& number) {
        if (const auto held = names.find(number); held != names.end()) numbers.erase(held->second);
        numbers.insert_or_assign(name, number);
        names.insert_or_assign(number, name);
    }
};

using namespace bimap::properties;

struct PhoneBookSubject {  // which of the vocabulary's operations there are, and what they are called here
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    using Map = PhoneBook<Left, Right>;
    static constexpr std::size_t elements_per_pair = 4;  // each element is stored twice

    static auto find(const auto& map, const auto& key) {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : &found->second;
    }

    static Map make() { return {}; }
    static void force(Map& map, const Left& name, const Right& number) { map.set(name, number); }
    static const Right* find_left(const Map& map, const Left& name) { return find(map.numbers, name); }
    static const Left* find_right(const Map& map, const Right& number) { return find(map.names, number); }
    static void for_each_left(const Map& map, auto f) {
        for (const auto& [l, r] : map.numbers) f(l, r);
    }
    static void for_each_right(const Map& map, auto f) {
        for (const auto& [r, l] : map.names) f(r, l);
    }
};

std::string first_bug_of(const Subject& subject) {
    Checker check{subject};
    for (Random random{1};;) {
        const Program program = generate(random, subject, 32);
        const Verdict verdict = check(program);
        if (verdict.holds()) continue;
        const auto minimum = minimize_failure(subject, program, verdict, std::ref(check));
        return describe(minimum.verdict, minimum.program) + '\n' + print(minimum.program);
    }
}

const Subject phone_book = make_subject<PhoneBookSubject>("phone-book", "names and numbers");
// first_bug_of(phone_book) is
//
// diverges (content) after operation 2 (a.force 0 1): expected (0, 1) from the right, saw (0, 0) (0, 1)
// a.force 0 0
// a.force 0 1
// README]

namespace {

std::string text_of(const std::string& name) {
    std::ifstream file{std::string{BIMAP_SOURCE_DIR} + '/' + name};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string marked_part(const std::string& text) {
    const std::string first = "// [README\n";
    const auto begin = text.find(first) + first.size();
    return text.substr(begin, text.find("// README]", begin) - begin);
}

TEST(OwnBimap, TheForgottenEntryIsFoundAndShrunk) {
    EXPECT_EQ(first_bug_of(phone_book),
              "diverges (content) after operation 2 (a.force 0 1): expected (0, 1) from the right, "
              "saw (0, 0) (0, 1)\na.force 0 0\na.force 0 1\n");
}

TEST(OwnBimap, NoProgramIsSimpler) {
    Checker check{phone_book};
    Program first;
    exhaust({.faults = {}}, phone_book, 2, [&](const Program& program) {
        if (check(program).holds()) return true;
        first = program;
        return false;
    });
    EXPECT_EQ(print(first), "a.force 0 0\na.force 0 1\n");
}

TEST(OwnBimap, TheReadmeShowsThisExample) {
    const std::string example = marked_part(text_of("properties/tests/own_bimap_test.cpp"));
    ASSERT_FALSE(example.empty());
    EXPECT_NE(text_of("README.md").find("```cpp\n" + example + "```"), std::string::npos);
}

}  // namespace
