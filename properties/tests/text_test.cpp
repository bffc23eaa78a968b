// SPDX-License-Identifier: BSL-1.0
// The text of Programs: it comes back as it went, and what is malformed is refused with its place and what
// was expected.
#include "properties/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/exhaust.hpp"
#include "properties/tests/drawn_program.hpp"

namespace bimap::properties {
namespace {

RC_GTEST_PROP(Text, ComesBackAsItWent, ()) {
    const auto& subject = *rc::gen::elementOf(
        std::vector<const Subject*>{find_subject("bimap/hashed"), find_subject("bimap/ordered"),
                                    find_subject("bimap/sequenced"), find_subject("tricky-leaks/boss")});
    const Program program = *drawn_program(*subject);
    RC_ASSERT(parse(print(program)) == program);
}

TEST(Text, OfEveryOperationComesBack) {
    const Alphabet alphabet{
        .values = 2, .registers = 3, .references = true, .faults = {{Fault::Kind::hash, 63}}};
    for (const char* const subject : {"bimap/ordered", "bimap/sequenced"})
        for (const Operation& operation : operations_over(alphabet, *find_subject(subject)))
            ASSERT_EQ(parse(print(operation)), Program{operation}) << print(operation);
}

TEST(Text, OfEveryNumberAndFaultComesBack) {
    for (Number number = 0; number < number_limit; ++number)
        for (std::size_t kind = 1; kind < fault_kind_count; ++kind)
            for (std::uint16_t nth = 1; nth < fault_limit; ++nth) {
                Operation operation;
                operation.verb = Verb::erase_if;  // any fault can come to it
                operation.numbers = {number, number_limit - 1 - number};
                operation.fault = {static_cast<Fault::Kind>(kind), nth};
                ASSERT_EQ(parse(print(operation)), Program{operation}) << print(operation);
            }
}

struct Reading {
    const char* text;
    const char* canonical;
};

TEST(Text, IsReadLeniently) {
    const Reading readings[]{
        {"", ""},
        {"\n\n   \n\t\n", ""},
        {"# only a comment", ""},
        {"  # a comment that is indented\n", ""},
        {"a.insert 1 2", "a.insert 1 2\n"},
        {"insert 1 2", "a.insert 1 2\n"},
        {"  b.insert   1\t2   # why\r\n", "b.insert 1 2\n"},
        {"a.insert 1 2\r\n\r\nclear\r\n", "a.insert 1 2\na.clear\n"},
        {"a.insert 1 2#close", "a.insert 1 2\n"},
        {"inverse.erase_left 3", "a.inverse.erase_left 3\n"},
        {"c.inverse.clear_right", "c.inverse.clear_right\n"},
        {"b=copy a", "b = copy a\n"},
        {"b  =  filter_right   c 1 2", "b = filter_right c 1 2\n"},
        {"a.insert &1 &&2 !alloc=3", "a.insert &1 &&2 !alloc=3\n"},
        {"a.insert 01 002", "a.insert 1 2\n"},
        {"a = empty", "a = empty\n"},
        {"a.insert 1 2 !compare=63", "a.insert 1 2 !compare=63\n"},
    };
    for (const auto& [text, canonical] : readings) EXPECT_EQ(print(parse(text)), canonical) << text;
}

TEST(Text, IsRefusedWithItsPlaceAndWhatWasExpected) {
    const Reading complaints[]{
        {"a.insort 1 2", "f.txt:1:3: expected an operation, found \"insort\""},
        {"a.insert 1 2\n\n  b.nothing", "f.txt:3:5: expected an operation, found \"nothing\""},
        {"x.insert 1 2", "f.txt:1:1: expected an operation, found \"x.insert\""},
        {"a", "f.txt:1:2: expected \".\" or \"=\" after a register, found the end of the line"},
        {"a insert 1 2", "f.txt:1:3: expected \".\" or \"=\" after a register, found \"insert\""},
        {"a.", "f.txt:1:3: expected an operation, found the end of the line"},
        {"a.insert", "f.txt:1:9: expected a left number from 0 to 63, found the end of the line"},
        {"a.insert 1", "f.txt:1:11: expected a right number from 0 to 63, found the end of the line"},
        {"a.insert x 2", "f.txt:1:10: expected a left number from 0 to 63, found \"x\""},
        {"a.insert 64 2", "f.txt:1:10: expected a left number from 0 to 63, found \"64\""},
        {"a.insert 1 99999999999999999999",
         "f.txt:1:12: expected a right number from 0 to 63, found \"99999999999999999999\""},
        {"a.insert -1 2", "f.txt:1:10: expected a left number from 0 to 63, found \"-1\""},
        {"a.insert 1x 2", "f.txt:1:10: expected a left number from 0 to 63, found \"1x\""},
        {"a.reserve 64", "f.txt:1:11: expected a count from 0 to 63, found \"64\""},
        {"a.erase_left 64", "f.txt:1:14: expected a number from 0 to 63, found \"64\""},
        {"a.insert 1 2 3", "f.txt:1:14: expected a fault, a comment or the end of the line, found \"3\""},
        {"a.clear now", "f.txt:1:9: expected a fault, a comment or the end of the line, found \"now\""},
        {"a.clear !alloc=1 !copy=1",
         "f.txt:1:18: expected a fault, a comment or the end of the line, found \"!copy=1\""},
        {"a.erase 1", "f.txt:1:3: expected erase_left or erase_right, found \"erase\""},
        {"a.insert_left 1 2", "f.txt:1:3: expected insert, found \"insert_left\""},
        {"a.copy b",
         "f.txt:1:3: expected an operation on a map (a map is made by: a = copy), found \"copy\""},
        {"a = insert 1 2",
         "f.txt:1:5: expected empty, copy, move, filter_left or filter_right, found \"insert\""},
        {"a = copy", "f.txt:1:9: expected a register: a, b or c, found the end of the line"},
        {"a = copy d", "f.txt:1:10: expected a register: a, b or c, found \"d\""},
        {"a.swap 1", "f.txt:1:8: expected a register: a, b or c, found \"1\""},
        {"a.inverse.swap b", "f.txt:1:11: expected an operation that an inverse has, found \"swap\""},
        {"a.insert 1 2 !",
         "f.txt:1:15: expected alloc, copy, move, hash, compare, memory, predicate or everything, found the "
         "end of the "
         "line"},
        {"a.insert 1 2 !frob=1",
         "f.txt:1:15: expected alloc, copy, move, hash, compare, memory, predicate or everything, found "
         "\"frob=1\""},
        {"a.insert 1 2 !none=1",
         "f.txt:1:15: expected alloc, copy, move, hash, compare, memory, predicate or everything, found "
         "\"none=1\""},
        {"a.insert 1 2 !alloc", "f.txt:1:20: expected \"=\" and which one fails, found the end of the line"},
        {"a.insert 1 2 !alloc=", "f.txt:1:21: expected a number from 1 to 63, found the end of the line"},
        {"a.insert 1 2 !alloc=0", "f.txt:1:21: expected a number from 1 to 63, found \"0\""},
        {"a.insert 1 2 !alloc=64", "f.txt:1:21: expected a number from 1 to 63, found \"64\""},
        {"a.insert 1 2 !predicate=1",
         "f.txt:1:15: expected a fault that insert can meet (it asks no predicate), found \"predicate=1\""},
        {"a.find_left &1",
         "f.txt:1:13: expected a plain number (find_left takes no such reference), found \"&1\""},
        {"a.erase_left &&1",
         "f.txt:1:14: expected a plain number (erase_left takes no such reference), found \"&&1\""},
        {"a.emplace 1 &&1",
         "f.txt:1:13: expected a plain number (emplace takes no such reference), found \"&&1\""},
    };
    for (const auto& [text, complaint] : complaints) {
        try {
            const Program program = parse(text, "f.txt");
            ADD_FAILURE() << text << " was read as\n" << print(program);
        } catch (const MalformedText& error) {
            EXPECT_STREQ(error.what(), complaint) << text;
        }
    }
}

TEST(Text, NamesItselfWhereNoFileIsNamed) {
    EXPECT_THROW(
        {
            try {
                parse("oops");
            } catch (const MalformedText& error) {
                EXPECT_EQ(std::string{error.what()}.substr(0, 8), "text:1:1");
                throw;
            }
        },
        MalformedText);
}

TEST(Text, OfAnyCharactersIsAProgramOrMalformed) {
    Random random{1};
    constexpr std::string_view characters = "abc. =!&#0129_\r\n\tinsertforce_leftinverse";
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto length = random.below(30); length > 0; --length)
            text += characters[random.below(characters.size())];
        try {
            const Program program = parse(text);
            ASSERT_EQ(parse(print(program)), program) << text;
        } catch (const MalformedText&) {
        }
    }
}

TEST(Printable, LeavesNothingThatATerminalObeys) {
    EXPECT_EQ(printable("a.clear \\ ~"), "a.clear \\ ~");
    EXPECT_EQ(printable(std::string_view{"\x1b[2J\0\n\xff", 7}), R"(\x1b[2J\x00\x0a\xff)");
    EXPECT_EQ(printable("0123456789", 4), "0123...");
    EXPECT_EQ(printable("0123", 4), "0123");
}
}  // namespace
}  // namespace bimap::properties
