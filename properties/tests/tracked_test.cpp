// SPDX-License-Identifier: BSL-1.0
// The counted elements: they know their makers, notice misuse, and throw when the Ledger says so.
#include "properties/tracked.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>

namespace bimap::properties {
namespace {

using Sturdy = Tracked<Side::left>;
using Throwing = Tracked<Side::left, Nature::throwing>;
using MoveOnly = Tracked<Side::left, Nature::move_only>;

/// The books of three Operations, with the Ledger listening.
class TrackedElements : public testing::Test {
  protected:
    TrackedElements() { ledger.open(3); }
    ~TrackedElements() override { ledger.disarm(); }

    static std::size_t alive() { return ledger.balance().elements; }

    /// Whether this call throws the fault that was armed for it.
    template <class Call>
    static bool fails(Fault fault, Call&& call) {
        ledger.arm(fault);
        try {
            call();
        } catch (const InjectedFault&) {
            return true;
        }
        ledger.disarm();
        return false;
    }

    Ledger::Listening on_{ledger};
};

TEST_F(TrackedElements, AreCountedFromBirthToDeath) {
    {
        const Sturdy one{1};
        const Sturdy copy{one};
        EXPECT_EQ(alive(), 2U);
    }
    EXPECT_EQ(alive(), 0U);
}

TEST_F(TrackedElements, AreCountedWhereTheyWereMovedFrom) {
    Sturdy one{1};
    const Sturdy other{std::move(one)};
    EXPECT_EQ(alive(), 2U);
}

TEST_F(TrackedElements, RememberTheirMaker) {
    const Sturdy first{1};
    ledger.turn_to(2);
    const Sturdy second{first};
    EXPECT_EQ(first.maker(), 0U);
    EXPECT_EQ(second.maker(), 2U);
    EXPECT_EQ(ledger.elements_made_by(0), 1U);
    EXPECT_EQ(ledger.elements_made_by(1), 0U);
    EXPECT_EQ(ledger.elements_made_by(2), 1U);
}

TEST_F(TrackedElements, DieInTheBooksOfTheirMaker) {
    auto first = std::make_unique<Sturdy>(Number{1});
    ledger.turn_to(1);
    first.reset();
    EXPECT_EQ(ledger.elements_made_by(0), 0U);
    EXPECT_EQ(ledger.elements_made_by(1), 0U);
}

TEST_F(TrackedElements, AreNotCountedWhileNobodyListens) {
    const Ledger::Listening off{ledger, false};
    const Sturdy one{1};
    EXPECT_EQ(alive(), 0U);
}

TEST_F(TrackedElements, OfAnEarlierProgramDieUnnoticed) {
    auto old = std::make_unique<Sturdy>(Number{1});
    ledger.open(3);
    const Sturdy fresh{2};
    old.reset();
    EXPECT_EQ(alive(), 1U);
}

TEST_F(TrackedElements, ThatWereMovedFromAreNoNumberOfAProgram) {
    Sturdy one{1};
    const Sturdy other{std::move(one)};
    EXPECT_EQ(other.number(), 1U);
    EXPECT_GE(one.number(), number_limit);
    EXPECT_EQ(ledger.misuse(), nullptr);
}

TEST_F(TrackedElements, MovedToThemselvesAreAsTheyWere) {
    Sturdy one{1};
    Sturdy& same = one;
    one = std::move(same);
    EXPECT_EQ(one.number(), 1U);
}

/// An element in memory that outlives it.
class Grave {
  public:
    Sturdy* element() { return std::launder(reinterpret_cast<Sturdy*>(memory_)); }
    Sturdy* bury() {
        ::new (static_cast<void*>(memory_)) Sturdy{1};
        element()->~Sturdy();
        return element();
    }

  private:
    alignas(Sturdy) std::byte memory_[sizeof(Sturdy)];
};

TEST_F(TrackedElements, NoticeThatTheyAreDestroyedTwice) {
    Grave grave;
    grave.bury()->~Sturdy();
    EXPECT_STREQ(ledger.misuse(), "an element was destroyed twice");
    EXPECT_EQ(alive(), 0U);
}

TEST_F(TrackedElements, NoticeThatTheyAreReadAfterTheirDeath) {
    Grave grave;
    static_cast<void>(grave.bury()->number());
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was used");
}

TEST_F(TrackedElements, NoticeThatTheyAreAssignedToAfterTheirDeath) {
    Sturdy fresh{2};
    Grave grave;
    *grave.bury() = fresh;
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was assigned to");
    ledger.open(1);
    *grave.element() = std::move(fresh);
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was assigned to");
}

TEST_F(TrackedElements, NoticeThatTheyAreCopiedAfterTheirDeath) {
    Grave grave;
    const Sturdy copy{*grave.bury()};
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was used");
}

TEST_F(TrackedElements, NoticeThatTheyAreMovedAfterTheirDeath) {
    Grave grave;
    const Sturdy other{std::move(*grave.bury())};
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was moved");
}

TEST_F(TrackedElements, NoticeThatTheyAreComparedAfterTheirDeath) {
    Grave grave;
    const Sturdy other{1};
    static_cast<void>(*grave.bury() == other);
    EXPECT_STREQ(ledger.misuse(), "a destroyed element was used");
}

TEST_F(TrackedElements, FailToCopyWhenTheyAreTold) {
    const Sturdy one{1};
    Sturdy other{2};
    EXPECT_TRUE(fails({Fault::Kind::copy, 1}, [&] { const Sturdy copy{one}; }));
    EXPECT_TRUE(fails({Fault::Kind::copy, 1}, [&] { other = one; }));
    EXPECT_EQ(other.number(), 2U);
    EXPECT_EQ(alive(), 2U);
}

TEST_F(TrackedElements, FailToMoveOnlyWhereTheirNatureIsToThrow) {
    Throwing one{1};
    Sturdy two{2};
    EXPECT_TRUE(fails({Fault::Kind::move, 1}, [&] { const Throwing other{std::move(one)}; }));
    EXPECT_EQ(one.number(), 1U);
    EXPECT_FALSE(fails({Fault::Kind::move, 1}, [&] { const Sturdy other{std::move(two)}; }));
}

TEST_F(TrackedElements, FailToHashAndToCompareWhenTheyAreTold) {
    const Sturdy one{1};
    EXPECT_TRUE(fails({Fault::Kind::hash, 1}, [&] { static_cast<void>(std::hash<Sturdy>{}(one)); }));
    EXPECT_TRUE(fails({Fault::Kind::hash, 1}, [&] { static_cast<void>(CollidingHash{}(one)); }));
    EXPECT_TRUE(fails({Fault::Kind::compare, 1}, [&] { static_cast<void>(one == one); }));
    EXPECT_TRUE(fails({Fault::Kind::compare, 1}, [&] { static_cast<void>(one < one); }));
}

TEST_F(TrackedElements, AreOfTheNatureThatTheyClaim) {
    static_assert(std::is_nothrow_move_constructible_v<Sturdy> && std::is_copy_constructible_v<Sturdy>);
    static_assert(!std::is_nothrow_move_constructible_v<Throwing> && std::is_copy_constructible_v<Throwing>);
    static_assert(std::is_nothrow_move_constructible_v<MoveOnly> && !std::is_copy_constructible_v<MoveOnly>);
    static_assert(!std::is_copy_assignable_v<MoveOnly> && std::is_nothrow_move_assignable_v<MoveOnly>);
    static_assert(!std::is_convertible_v<Tracked<Side::left>, Tracked<Side::right>>);
}

TEST(Element, OfEveryTypeComesBackAsItsNumber) {
    for (Number number = 0; number < number_limit; ++number) {
        EXPECT_EQ(Element<int>::number(Element<int>::make(number)), number);
        EXPECT_EQ(Element<std::string>::number(Element<std::string>::make(number)), number);
        EXPECT_EQ(Element<Sturdy>::number(Element<Sturdy>::make(number)), number);
    }
}

TEST(Element, OfAnOrderedTypeIsOrderedAsItsNumber) {
    for (Number number = 1; number < number_limit; ++number) {
        EXPECT_LT(Element<int>::make(number - 1), Element<int>::make(number));
        EXPECT_LT(Element<std::string>::make(number - 1), Element<std::string>::make(number));
    }
}

TEST(Element, IsWhatGapsAreMarkedWithToo) {
    EXPECT_EQ(Element<int>::make(0), -1);
    EXPECT_EQ(Element<int>::make(1), 0);
    EXPECT_EQ(Element<unsigned>::make(0), 0U);
    EXPECT_EQ(Element<std::string>::make(0), "");
}

TEST(Element, IsAStringInTheObjectOrOnTheHeap) {
    const std::size_t within = std::string{}.capacity();
    EXPECT_LT(Element<std::string>::make(2).size(), within);
    EXPECT_GT(Element<std::string>::make(3).size(), within);
}

TEST(Element, IsAStringThatHasToBeReadToItsEndAndWithoutASign) {
    const auto five = Element<std::string>::make(5);
    EXPECT_STREQ(five.c_str(), Element<std::string>::make(4).c_str());
    EXPECT_EQ(literal(five), "\"00000001\\0000000000000000000000000000000001\"s");
    EXPECT_LT(static_cast<signed char>(Element<std::string>::make(7)[8]),
              static_cast<signed char>(Element<std::string>::make(6)[8]));
    EXPECT_EQ(literal(std::string{"\"\\\xFF"
                                  "7"}),
              R"("\"\\\3777")");
}

TEST(Element, OfOneByteReachesTheLargest) {
    for (Number number = 0; number < number_limit; ++number) {
        EXPECT_EQ(Element<std::int8_t>::number(Element<std::int8_t>::make(number)), number);
        EXPECT_EQ(Element<std::uint8_t>::number(Element<std::uint8_t>::make(number)), number);
    }
    EXPECT_EQ(Element<std::int8_t>::make(0), -1);
    EXPECT_EQ(Element<std::int8_t>::make(number_limit - 1), 127);
    EXPECT_EQ(Element<std::uint8_t>::make(number_limit - 1), 255);
    EXPECT_GE(Element<std::uint8_t>::number(33), number_limit);
    EXPECT_EQ(Element<bool>::number(true), 1U);
}

TEST(Element, OfAnIntegerThatStandsForNoneIsNoNumber) {
    EXPECT_EQ(Element<std::int64_t>::number((std::int64_t{1} << 32) + 4), no_number);
    EXPECT_EQ(Element<std::int64_t>::number(-5 - (std::int64_t{1} << 32)), no_number);
}

TEST(Element, OfAStringThatStandsForNoneIsNoNumberOfAProgram) {
    for (const char* const text :
         {"0", "0000000", "00000000", "00000001xy", "xxxxxxxx", "0000000x", "-0000001"})
        EXPECT_GE(Element<std::string>::number(text), number_limit) << text;
    for (const Number number : {5U, 6U, 7U}) {
        std::string spoilt = Element<std::string>::make(number);
        spoilt.back() = 'x';
        EXPECT_GE(Element<std::string>::number(spoilt), number_limit) << number;
    }
}

}  // namespace
}  // namespace bimap::properties
