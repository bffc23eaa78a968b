// SPDX-License-Identifier: BSL-1.0
// What a side's function objects take is looked up as it is, everywhere, and no key is made of it.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

#include "bimap/bimap.hpp"

namespace {

/// A key that is looked up by its number, and that counts how many were made of one.
struct Ticket {
    explicit Ticket(int n) : number(n) { ++made; }
    int number;
    static inline int made = 0;

    friend bool operator==(const Ticket& a, const Ticket& b) { return a.number == b.number; }
    friend bool operator==(const Ticket& a, int b) { return a.number == b; }
    friend auto operator<=>(const Ticket& a, const Ticket& b) { return a.number <=> b.number; }
    friend auto operator<=>(const Ticket& a, int b) { return a.number <=> b; }
};

struct TicketHash {
    using is_transparent = void;
    std::size_t operator()(const Ticket& ticket) const { return (*this)(ticket.number); }
    std::size_t operator()(int number) const { return std::hash<int>()(number); }
};

template <class Index>
class HeterogeneousLookup : public testing::Test {
  protected:
    using Map = bimap::BiMap<Ticket, std::string, Index, bimap::ordered<>>;

    HeterogeneousLookup() {
        for (const int number : {1, 2, 3}) map_.insert(Ticket(number), std::string(30, char('a' + number)));
        Ticket::made = 0;
    }
    ~HeterogeneousLookup() override { EXPECT_EQ(Ticket::made, 0) << "a key was made"; }

    static std::string text(int number) { return std::string(30, char('a' + number)); }

    Map map_;
};

using Indexes = testing::Types<bimap::hashed<TicketHash>, bimap::sequenced<TicketHash>, bimap::ordered<>>;
TYPED_TEST_SUITE(HeterogeneousLookup, Indexes);

TYPED_TEST(HeterogeneousLookup, IsThatOfFindContainsCountAndAt) {
    const auto view = std::as_const(this->map_).left();
    EXPECT_EQ(view.find(2)->second, this->text(2));
    EXPECT_EQ(view.find(4), view.end());
    EXPECT_TRUE(view.contains(1) && !view.contains(4));
    EXPECT_EQ(view.count(1), 1u);
    EXPECT_EQ(view.count(4), 0u);
    EXPECT_EQ(view.at(3), this->text(3));
    EXPECT_THROW(view.at(4), std::out_of_range);
}

TYPED_TEST(HeterogeneousLookup, IsThatOfEqualRange) {
    const auto view = this->map_.left();
    const auto [first, last] = view.equal_range(2);
    EXPECT_EQ(first->first.number, 2);
    EXPECT_EQ(std::next(first), last);
    const auto [none, end] = view.equal_range(4);
    EXPECT_EQ(none, end);
}

TYPED_TEST(HeterogeneousLookup, IsThatOfEraseAndExtract) {
    const auto view = this->map_.left();
    EXPECT_EQ(view.erase(2), 1u);
    EXPECT_EQ(view.erase(2), 0u);
    EXPECT_EQ(view.extract(3).right(), this->text(3));
    EXPECT_TRUE(view.extract(3).empty());
    EXPECT_EQ(this->map_.size(), 1u);
}

TYPED_TEST(HeterogeneousLookup, IsThatOfTheInverse) {
    EXPECT_EQ(this->map_.inverse().right().at(2), this->text(2));
    EXPECT_EQ(this->map_.inverse().right().erase(2), 1u);
}

TYPED_TEST(HeterogeneousLookup, IsThatOfTryEmplaceIfTheKeyIsThere) {
    const auto done = this->map_.left().try_emplace(2, "another");
    EXPECT_FALSE(done.inserted);
    EXPECT_EQ(done.position->second, this->text(2));
    EXPECT_EQ(Ticket::made, 0);
    EXPECT_TRUE(this->map_.left().try_emplace(4, "new").inserted);
    EXPECT_EQ(this->map_.left().at(4), "new");
    EXPECT_EQ(std::exchange(Ticket::made, 0), 1);
}

TEST(HeterogeneousBounds, TakeWhatTheComparatorTakes) {
    bimap::BiMap<Ticket, int, bimap::ordered<>> map;
    for (const int number : {1, 3, 5}) map.insert(Ticket(number), -number);
    Ticket::made = 0;
    const auto view = map.left();
    EXPECT_EQ(view.lower_bound(2)->first.number, 3);
    EXPECT_EQ(view.upper_bound(3)->first.number, 5);
    EXPECT_EQ(view.range(1, 5).begin()->first.number, 1);
    EXPECT_EQ(std::ranges::distance(view.range(2, 6)), 2);
    EXPECT_EQ(std::ranges::distance(view.range(2, Ticket(6))), 2);
    EXPECT_EQ(std::exchange(Ticket::made, 0), 1);
}

// Strings, out of the box.

/// Of its maps it is known whether they asked for memory.
template <class Left, class Index>
using InResource =
    bimap::BiMap<Left, int, Index, bimap::hashed<>, std::pmr::polymorphic_allocator<std::pair<Left, int>>>;

template <class Index>
class LookupOfStrings : public testing::Test {};
using StringIndexes = testing::Types<bimap::hashed<>, bimap::sequenced<>, bimap::ordered<>>;
TYPED_TEST_SUITE(LookupOfStrings, StringIndexes);

/// While it lives, new pmr strings that need memory do not get it.
class NoMemory {
  public:
    NoMemory() : before_(std::pmr::set_default_resource(std::pmr::null_memory_resource())) {}
    ~NoMemory() { std::pmr::set_default_resource(before_); }
    NoMemory(const NoMemory&) = delete;
    NoMemory& operator=(const NoMemory&) = delete;

  private:
    std::pmr::memory_resource* before_;
};

TYPED_TEST(LookupOfStrings, TakesViewsAndLiteralsWithoutACopy) {
    constexpr const char* text = "a text that is too long to be kept inside of a string";
    std::pmr::monotonic_buffer_resource resource;
    InResource<std::pmr::string, TypeParam> map(&resource);
    map.insert(text, 1);
    map.insert("b", 2);
    const NoMemory none;
    const auto view = map.left();
    EXPECT_EQ(view.at(text), 1);
    EXPECT_EQ(view.find("another text that is too long to be kept inside of a string"), view.end());
    EXPECT_FALSE(view.try_emplace(text, 3));
    EXPECT_TRUE(view.contains(std::string_view(text)));
    EXPECT_EQ(view.erase(text), 1u);
}

TYPED_TEST(LookupOfStrings, TryEmplaceGivesWayWhereThePolicyOfTheKeySaysSo) {
    InResource<std::pmr::string, TypeParam> map;
    map.insert("a", 1);
    EXPECT_FALSE(map.left().try_emplace(bimap::policy::assign_right, "a", 2));
    EXPECT_EQ(map.left().at("a"), 1);
    EXPECT_TRUE(map.left().try_emplace(bimap::policy::assign_left, "a", 2));
    EXPECT_EQ(map.left().at("a"), 2);
}

TYPED_TEST(LookupOfStrings, ReadsNothingBehindTheEndOfAView) {
    InResource<std::pmr::string, TypeParam> map;
    map.insert("ab", 1);
    const std::string_view text = "abc";
    EXPECT_TRUE(map.left().contains(text.substr(0, 2)));
    EXPECT_FALSE(map.left().contains(text));
}

TEST(LookupOfStringViews, TakesStringsAndLiterals) {
    const bimap::BiMap<std::string_view, int, bimap::hashed<>, bimap::ordered<>> map{{"one", 1}};
    EXPECT_TRUE(map.left().contains(std::string("one")) && map.left().contains("one"));
}

// An integer that would lose its sign beside a key, or the key beside it, would be looked for in another
// order; so it is compared by its value.

template <class Compare>
class LookupOfIntegers : public testing::Test {};
using Orders = testing::Types<std::less<>, std::greater<>>;
TYPED_TEST_SUITE(LookupOfIntegers, Orders);

TYPED_TEST(LookupOfIntegers, FindsThemWhateverTheirSign) {
    using Order = bimap::ordered<TypeParam>;
    bimap::BiMap<int, unsigned, Order, Order> map{{-3, 0u}, {-2, 1u}, {2, 2u}, {7, 3u}};
    EXPECT_TRUE(map.left().contains(2u) && map.left().contains(std::size_t{7}) && map.right().contains(3));
    EXPECT_EQ(map.left().lower_bound(2u), map.left().find(2));
    const bool ascends = TypeParam()(2, 8);
    const auto range = map.left().range(ascends ? 2u : 7u, ascends ? 8u : 1u);
    EXPECT_EQ(std::ranges::distance(range), 2);
    EXPECT_EQ(map.left().try_emplace(2u, 9u).position, map.left().find(2));
    EXPECT_FALSE(map.left().contains((std::size_t{1} << 32) + 2) || map.left().contains(~0u - 2));
    EXPECT_FALSE(map.right().contains(-1) || map.right().contains(-4294967296 + 2));
    EXPECT_EQ(map.left().lower_bound(ascends ? 4'000'000'000u : 0u) == map.left().end(), ascends);
    EXPECT_EQ(map.right().lower_bound(-1) == map.right().end(), !ascends);
    EXPECT_TRUE(map.left().contains(2.0) && !map.left().contains(2.5)) << "they keep their sign";
    EXPECT_EQ(map.left().erase(7u), 1u);
    EXPECT_EQ(map.right().erase(2), 1u);
}

TYPED_TEST(LookupOfIntegers, BoundsThemByTheirValues) {
    using Order = bimap::ordered<TypeParam>;
    const bimap::BiMap<int, unsigned, Order, Order> map{{-1, 0u}, {0, 1u}, {1, 2u}, {2, 3u}};
    const auto keys_in_front = [](const auto& view, std::int64_t bound, bool or_equal) {
        std::ptrdiff_t count = 0;
        for (const auto& [key, partner] : view) {
            const auto number = static_cast<std::int64_t>(key);
            count += TypeParam()(number, bound) || (or_equal && number == bound) ? 1 : 0;
        }
        return count;
    };
    for (int n = -2; n != 5; ++n) {
        const auto beside = [&](const auto& view, auto key) {
            const auto first = view.begin();
            EXPECT_EQ(std::ranges::distance(first, view.lower_bound(key)), keys_in_front(view, n, false))
                << n;
            EXPECT_EQ(std::ranges::distance(first, view.upper_bound(key)), keys_in_front(view, n, true)) << n;
        };
        if (n >= 0) beside(map.left(), static_cast<unsigned>(n));
        beside(map.right(), n);
    }
}

// A number becomes a key before it is looked for where keys are floating: it is found as it was inserted.

template <class Side>
class FloatingKeys : public testing::Test {};
using FloatingSides = testing::Types<bimap::ordered<>, bimap::ordered<std::greater<>>>;
TYPED_TEST_SUITE(FloatingKeys, FloatingSides);

TYPED_TEST(FloatingKeys, AreFoundAsTheyWereInserted) {
    bimap::BiMap<float, int, TypeParam> map;
    map.insert(0.1, 1);
    map.insert(16'777'217, 2);
    EXPECT_TRUE(map.left().contains(0.1) && map.left().contains(0.1F) && map.left().contains(16'777'217));
    EXPECT_FALSE(map.left().contains(0.2) || map.left().contains(16'777'219));
    EXPECT_EQ(map.left().at(0.1), 1);
    EXPECT_EQ(map.left().lower_bound(0.1)->second, 1);
    EXPECT_TRUE(map.left().range(0.1, 0.1).empty());
    EXPECT_EQ(map.left().erase(0.1), 1u);
    EXPECT_EQ(map.size(), 1u);
}

// Ranges end where the bounds are, and not where the comparator alone would have them.

TEST(RangesOfIntegers, AreEmptyForAKeyThatIsBelowAll) {
    const bimap::BiMap<unsigned, int, bimap::ordered<>> map{{1u, 10}, {2u, 20}};
    const auto [first, last] = map.left().equal_range(-3);
    EXPECT_TRUE(first == map.left().begin() && last == first);
    EXPECT_EQ(std::ranges::distance(map.left().range(-3, 2)), 1);
}

TEST(RangesOfIntegers, EndAtAKeyOfTheOtherSign) {
    const bimap::BiMap<int, int, bimap::ordered<>> map{{-5, 1}, {-3, 2}, {1, 3}, {4, 4}};
    EXPECT_EQ(std::ranges::distance(map.left().range(-10, 3u)), 3);
    EXPECT_EQ(std::ranges::distance(map.left().range(-3, 1u)), 1);
    EXPECT_EQ(map.left().equal_range(1u).first, map.left().find(1));
    EXPECT_EQ(map.left().equal_range(1u).second, map.left().find(4));
}

TEST(RangesOfIntegers, HaveNothingBetweenAKeyAndOneOfTheOtherSignBelowIt) {
    const bimap::BiMap<unsigned, int, bimap::ordered<>> map{{1u, 10}, {2u, 20}};
    EXPECT_TRUE(map.left().range(2, -3).empty() && map.left().range(2u, -1).empty());
}

TEST(RangesOfIntegers, AreThoseOfADescendingOrderToo) {
    const bimap::BiMap<unsigned, int, bimap::ordered<std::greater<>>> map{{1u, 10}, {2u, 20}};
    EXPECT_EQ(std::ranges::distance(map.left().range(5, -3)), 2);
    EXPECT_TRUE(map.left().range(-3, 2u).empty());
    EXPECT_TRUE(map.left().equal_range(-3).first == map.left().end());
}

// Where the function objects are not transparent, a key is made.

TEST(LookupWithoutTransparentFunctionObjects, ConvertsTheKeyOnce) {
    struct Hash {
        std::size_t operator()(const std::string& text) const { return text.size(); }
    };
    const bimap::BiMap<std::string, int, bimap::hashed<Hash>, bimap::ordered<std::less<int>>> map{{"one", 1}};
    EXPECT_TRUE(map.left().contains("one") && map.right().contains('\1'));
    EXPECT_EQ(map.left().at("one"), 1);
}

/// Equality that would take a number, and does not say so.
struct TicketEqual {
    bool operator()(const Ticket& a, const Ticket& b) const { return a == b; }
    bool operator()(const Ticket& a, int b) const { return a == b; }
};
/// A hasher that would take one.
struct OpaqueTicketHash {
    std::size_t operator()(const Ticket& ticket) const { return (*this)(ticket.number); }
    std::size_t operator()(int number) const { return std::hash<int>()(number); }
};
template <class Index>
concept LooksUpNumbers =
    requires(const bimap::BiMap<Ticket, int, Index>& map, int number) { map.left().contains(number); };

// Which half of it looks a key up as it is depends on both function objects.
static_assert(LooksUpNumbers<bimap::hashed<TicketHash>>);
static_assert(!LooksUpNumbers<bimap::hashed<TicketHash, TicketEqual>>);
static_assert(!LooksUpNumbers<bimap::hashed<OpaqueTicketHash, std::equal_to<>>>);
static_assert(!LooksUpNumbers<bimap::sequenced<TicketHash, TicketEqual>>);

/// A cursor of somebody's own around a position.
template <class Position>
struct Cursor {
    Position position;
    operator Position() const { return position; }  // NOLINT(google-explicit-constructor)
};

/// Compares whatever it is given, by its number or as if it were none.
struct TakesAnything {
    using is_transparent = void;
    static int number(int n) { return n; }
    static int number(const auto&) { return -1; }
    bool operator()(const auto& a, const auto& b) const { return number(a) < number(b); }
};

TEST(LookupWithAKeyThatIsAPosition, TakesItForThePosition) {
    bimap::BiMap<int, int, bimap::ordered<TakesAnything>> map{{1, 10}, {2, 20}};
    const Cursor<decltype(map)::left_view::iterator> cursor{map.left().find(2)};
    map.left().erase(cursor);
    EXPECT_TRUE(map.left().contains(1) && !map.left().contains(2));
}

/// Converts to a key, and counts how often.
struct Counting {
    int number;
    operator int() const {
        ++conversions;
        return number;
    }
    static inline int conversions = 0;
};

TEST(HeterogeneousLookup, ConvertsOnceWhereTheComparatorIsNotTransparent) {
    bimap::BiMap<int, int, bimap::ordered<std::less<int>>> map;
    for (int i = 0; i != 1000; ++i) map.insert(i, i);
    EXPECT_TRUE(map.left().contains(Counting{500}));
    EXPECT_EQ(std::exchange(Counting::conversions, 0), 1);
    EXPECT_EQ(map.left().lower_bound(Counting{500})->first, 500);
    EXPECT_EQ(Counting::conversions, 1);
}

}  // namespace
