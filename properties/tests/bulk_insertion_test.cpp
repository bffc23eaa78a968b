// SPDX-License-Identifier: BSL-1.0
// Many pairs are inserted as they would be one after the other; or, whatever throws, none of them.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <memory>
#include <new>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;
using bimap::BulkInsertion;
using bimap::Policy;
namespace policy = bimap::policy;

using Hashed = TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::hashed<>>;
using OrderedOnBothSides = TrackedMap<Nature::sturdy, bimap::ordered<>, bimap::ordered<>>;
using Sequenced = TrackedMap<Nature::sturdy, bimap::sequenced<>, bimap::sequenced<CollidingHash>>;
using MoveOnly = TrackedMap<Nature::move_only, bimap::sequenced<>, bimap::ordered<>>;
using Throwing = TrackedMap<Nature::throwing, bimap::ordered<>, bimap::sequenced<>>;

template <class Map>
class BulkInsertionTest : public testing::Test {};
using Maps = testing::Types<Hashed, OrderedOnBothSides, Sequenced, MoveOnly, Throwing>;
TYPED_TEST_SUITE(BulkInsertionTest, Maps);

/// Meets nothing, a pair that is there, a left, a right, two pairs, and pairs of its own.
const Pairs batch{{5, 5}, {0, 1}, {1, 6}, {7, 3}, {5, 6}, {9, 9}, {10, 5}, {0, 9}};

std::vector<Pairs> starts() { return {{}, few, as_many_as(8), as_many_as(21)}; }

struct Outcome {
    BulkInsertion counts;
    Pairs evicted;
};

template <class Map>
Outcome insert_all(Map& map, Policy policy, const Pairs& pairs) {
    auto elements = elements_of<Map>(pairs);
    Outcome outcome;
    outcome.counts = map.insert_range(policy, moving(elements), [&](typename Map::value_type&& pair) {
        outcome.evicted.push_back(numbers(pair));
    });
    return outcome;
}

template <class Map>
Outcome insert_one_by_one(Map& map, Policy policy, const Pairs& pairs) {
    Outcome outcome;
    for (const auto& [left, right] : pairs) {
        const auto done = map.insert(policy, make_left<Map>(left), make_right<Map>(right));
        ++(done.inserted ? outcome.counts.inserted : outcome.counts.refused);
        outcome.counts.evicted += done.evicted_count();
        if (done.evicted_left) outcome.evicted.push_back(numbers(*done.evicted_left));
        if (done.evicted_right) outcome.evicted.push_back(numbers(*done.evicted_right));
    }
    return outcome;
}

TYPED_TEST(BulkInsertionTest, DoesAnswersAndHandsOutWhatInsertionsOneAfterTheOtherDo) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pairs& pairs : starts()) {
            Map map = map_of<Map>(pairs);
            Map expected = map_of<Map>(pairs);
            const Outcome one_by_one = insert_one_by_one(expected, policy, batch);
            const Outcome outcome = insert_all(map, policy, batch);
            EXPECT_EQ(outcome.counts, one_by_one.counts);
            EXPECT_EQ(outcome.evicted, one_by_one.evicted);
            EXPECT_EQ(in_order(map.left()), in_order(expected.left()));
            EXPECT_EQ(in_order(map.right()), in_order(expected.right()));
            expect_sound(map);
        }
    }
}

TYPED_TEST(BulkInsertionTest, CountsTheInsertedTheRefusedAndTheEvicted) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    const Pairs pairs{{0, 1}, {5, 5}, {0, 0}, {0, 0}};
    EXPECT_EQ(insert_all(map, policy::force, pairs).counts, (BulkInsertion{2, 2, 2}));
    EXPECT_EQ(insert_all(map, policy::insert, pairs).counts, (BulkInsertion{0, 4, 0}));
    EXPECT_FALSE((BulkInsertion{2, 2, 2} == BulkInsertion{2, 2, 1}));
}

TYPED_TEST(BulkInsertionTest, InvalidatesNoReferenceButThoseToEvictedPairs) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    const Sight before = sight_of(map);
    const auto stays = map.left().find(make_left<Map>(2));
    insert_all(map, policy::force, {{0, 0}, {30, 30}, {31, 31}, {32, 32}, {33, 33}, {34, 34}, {35, 35}});
    EXPECT_EQ(std::addressof(stays->first), before.places.at(2).second);
    EXPECT_EQ(stays, map.left().find(make_left<Map>(2)));
}

TYPED_TEST(BulkInsertionTest, IsStrongWhateverThrows) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pairs& pairs : starts()) {
            expect_strong<Map>(pairs, [&](Map& map) {
                auto elements = elements_of<Map>(batch);
                map.insert_range(policy, moving(elements));
            });
        }
    }
}

TYPED_TEST(BulkInsertionTest, IsStrongWhateverThrowsWhenEvictedPairsAreHandedOut) {
    using Map = TypeParam;
    for (const Policy policy : policies) {
        for (const Pairs& pairs : starts()) {
            expect_strong<Map>(pairs, [&](Map& map) {
                auto elements = elements_of<Map>(batch);
                map.insert_range(policy, moving(elements), [](typename Map::value_type&&) {});
            });
        }
    }
}

TYPED_TEST(BulkInsertionTest, ThroughTheInverseIsMirroredAndAsStrong) {
    using Map = TypeParam;
    const auto insert_mirrored = [](Map& map) {
        std::vector<typename Map::inverse_type::value_type> elements;
        for (const auto& [left, right] : batch)
            elements.emplace_back(make_right<Map>(right), make_left<Map>(left));
        map.inverse().insert_range(policy::assign_right, moving(elements));
    };
    Map expected = map_of<Map>(few);
    insert_all(expected, policy::assign_left, batch);
    Map map = map_of<Map>(few);
    insert_mirrored(map);
    EXPECT_EQ(in_order(map.left()), in_order(expected.left()));
    EXPECT_EQ(in_order(map.right()), in_order(expected.right()));
    expect_strong<Map>(few, insert_mirrored);
}

TYPED_TEST(BulkInsertionTest, CallsNoFunctionObjectMoreOftenThanInsertionsOneAfterTheOtherDo) {
    using Map = TypeParam;
    const auto in_bulk = [](Map& map) { insert_all(map, policy::force, batch); };
    const auto one_by_one = [](Map& map) { insert_one_by_one(map, policy::force, batch); };
    for (const Fault::Kind kind : {Fault::Kind::hash, Fault::Kind::compare}) {
        EXPECT_LE(events_in<Map>(kind, few, in_bulk), events_in<Map>(kind, few, one_by_one));
        EXPECT_LE(events_in<Map>(kind, {}, in_bulk), events_in<Map>(kind, {}, one_by_one));
    }
}

/// Iterates over elements, and throws at one of them.
template <class Element>
class Thrower {
  public:
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;
    Thrower() = default;
    Thrower(Element* at, const Element* bad) : at_(at), bad_(bad) {}
    Element&& operator*() const {
        return at_ == bad_ ? throw std::runtime_error("a bad element") : std::move(*at_);
    }
    Thrower& operator++() {
        ++at_;
        return *this;
    }
    void operator++(int) { ++at_; }
    friend bool operator==(const Thrower& iterator, const Element* end) { return iterator.at_ == end; }

  private:
    Element* at_ = nullptr;
    const Element* bad_ = nullptr;
};

TYPED_TEST(BulkInsertionTest, IsStrongWhenTheRangeItselfThrows) {
    using Map = TypeParam;
    using Element = typename Map::value_type;
    for (std::size_t bad = 0; bad != batch.size(); ++bad) {
        for (const Pairs& pairs : starts()) {
            Map map = map_of<Map>(pairs);
            auto elements = elements_of<Map>(batch);
            const Sight before = sight_of(map);
            const Thrower<Element> first(elements.data(), elements.data() + bad);
            EXPECT_THROW(map.insert(first, static_cast<const Element*>(elements.data()) + batch.size()),
                         std::runtime_error);
            expect_same(sight_of(map), before);
            expect_sound(map);
        }
    }
}

TYPED_TEST(BulkInsertionTest, IfTheSinkThrowsTheInsertionsStand) {
    using Map = TypeParam;
    for (int calls_before = 0; calls_before != 3; ++calls_before) {
        ledger.open(0);
        {
            const Ledger::Listening on{ledger};
            Map map = map_of<Map>(few);
            Map expected = map_of<Map>(few);
            const Outcome whole = insert_all(expected, policy::force, batch);
            auto elements = elements_of<Map>(batch);
            int calls = 0;
            Pairs evicted;
            const auto sink = [&](typename Map::value_type&& pair) {
                if (calls++ == calls_before) throw InjectedFault{};
                evicted.push_back(numbers(pair));
            };
            EXPECT_THROW(map.insert_range(policy::force, moving(elements), sink), InjectedFault);
            EXPECT_EQ(evicted, Pairs(whole.evicted.begin(), whole.evicted.begin() + calls_before));
            EXPECT_EQ(in_order(map.left()), in_order(expected.left()));
            EXPECT_EQ(in_order(map.right()), in_order(expected.right()));
            expect_sound(map);
        }
        EXPECT_EQ(ledger.balance(), Balance{}) << "an evicted pair that was not handed out is destroyed";
    }
}

TYPED_TEST(BulkInsertionTest, EvictedPairsAreHandedOutWhenAllAreInserted) {
    using Map = TypeParam;
    Map map = map_of<Map>(few);
    auto elements = elements_of<Map>({{0, 5}, {30, 30}});
    map.insert_range(policy::force, moving(elements), [&](typename Map::value_type&& pair) {
        EXPECT_EQ(numbers(pair), Pair(0, 1));
        EXPECT_EQ(content(map), (Pairs{{0, 5}, {1, 0}, {2, 3}, {30, 30}}));
    });
}

// Constructing.

TYPED_TEST(BulkInsertionTest, ConstructingLeavesNothingBehindWhateverThrows) {
    using Map = TypeParam;
    expect_strong<Map>({}, [&](Map&) {
        auto elements = elements_of<Map>(batch);
        const auto range = moving(elements);
        const Map map(range.begin(), range.end());
        EXPECT_EQ(content(map), (Pairs{{0, 1}, {1, 6}, {5, 5}, {7, 3}, {9, 9}}));
    });
}

// What a range may be.

using Names = bimap::BiMap<std::string, int>;

struct ConvertsToAPair {
    int number;
    explicit operator std::pair<std::string, int>() const { return {std::to_string(number), number}; }
};

TEST(RangesOfPairs, MayBeOfAnythingThatConverts) {
    Names names;
    EXPECT_EQ(names.insert_range(std::map<const char*, short>{{"one", short{1}}}).inserted, 1u);
    EXPECT_EQ(names.insert_range(std::vector<ConvertsToAPair>{{2}, {3}}).inserted, 2u);
    EXPECT_EQ(names.insert(std::initializer_list<Names::value_type>{{"four", 4}, {"five", 4}}).refused, 1u);
    EXPECT_EQ(names, (Names{{"one", 1}, {"2", 2}, {"3", 3}, {"four", 4}}));
    Names others;
    EXPECT_EQ(others.insert_range(names).inserted, 4u);
    EXPECT_EQ(others.inverse().insert_range(names.right()).refused, 4u);
    EXPECT_EQ(others, names);
}

TEST(RangesOfPairs, MayBeListsInBraces) {
    Names names;
    EXPECT_EQ(names.insert({{"one", 1}, {"two", 2}, {"zwei", 2}}).inserted, 2u);
    bimap::BiMap<std::string, std::string> words;
    EXPECT_EQ(words.insert({{"one", "eins"}, {"two", "zwei"}}).inserted, 2u);
}

TEST(RangesOfPairs, AreMovedFromExactlyIfTheyAreOfRvalues) {
    const std::string text(50, 'x');
    std::vector<std::pair<std::string, int>> pairs{{text, 1}, {text, 2}};
    Names names;
    names.insert_range(pairs);
    EXPECT_EQ(pairs[0].first, text);
    names.clear();
    names.insert_range(moving(pairs));
    EXPECT_EQ(names.left().at(text), 1);
    EXPECT_TRUE(pairs[0].first.empty());
    EXPECT_EQ(pairs[1].first, text) << "what is refused is not touched";
}

template <class Map, class Range>
concept InsertsRange = requires(Map map, Range range) { map.insert_range(range); } ||
                       requires(Map map, Range range) { map.insert_range(policy::force, range); } ||
                       std::is_constructible_v<Map, bimap::from_range_t, Range&>;

TEST(RangesOfPairs, AreAskedForByWhatTakesRanges) {
    using Map = bimap::BiMap<int, int>;
    static_assert(InsertsRange<Map, std::vector<std::pair<short, int>>> && InsertsRange<Map, Map>);
    static_assert(!InsertsRange<Map, int> && !InsertsRange<Map, std::vector<int>>);
    static_assert(std::is_constructible_v<Map, std::pair<int, int>*, std::pair<int, int>*>);
    static_assert(!std::is_constructible_v<Map, int*, int*>);
}

TEST(RangesOfPairs, AreNotTakenForAPairOfSides) {
    using Flags = bimap::BiMap<bool, bool>;
    const Flags flags{{true, false}, {false, true}};
    EXPECT_EQ(flags.size(), 2u) << "a list of two pairs was taken for one pair of pointers";
    EXPECT_FALSE(flags.left().contains(true) && flags.left().at(true));

    using Addresses = bimap::BiMap<const void*, const void*>;
    int one = 1;
    int two = 2;
    const std::vector<Addresses::value_type> pairs{{&one, &two}, {&two, &one}};
    const Addresses addresses(pairs.data(), pairs.data() + pairs.size());
    EXPECT_EQ(addresses.size(), 2u) << "a range was taken for a pair";
    Addresses assigned;
    assigned = {{&one, &two}, {&two, &one}};
    EXPECT_EQ(assigned, addresses);
    Addresses inserted;
    EXPECT_EQ(inserted.insert(pairs.data(), pairs.data() + pairs.size()).inserted, 2u);
    EXPECT_EQ(inserted, addresses);
    Flags more;
    EXPECT_EQ(more.insert(flags.begin(), flags.end()).inserted, 2u);
    const Flags::value_type both[]{{true, true}, {false, false}};
    EXPECT_EQ(more.insert(both + 0, both + 2).refused, 2u) << "pointers were taken for two flags";
}

// A view takes what the map takes, and takes it for the same.

TEST(RangesOfPairs, GoThroughViewsKeyFirst) {
    Names names;
    const std::vector<std::pair<int, std::string>> mirrored{{1, "one"}, {2, "two"}, {1, "eins"}};
    EXPECT_EQ(names.right().insert_range(mirrored), (BulkInsertion{2, 1, 0}));
    EXPECT_EQ(names.right().insert(mirrored.begin(), mirrored.end()).refused, 3u);
    std::vector<std::string> evicted;
    const auto note = [&](auto&& pair) { evicted.push_back(std::forward<decltype(pair)>(pair).second); };
    const auto done = names.right().insert_range(policy::assign_left, std::array{mirrored[2]}, note);
    EXPECT_EQ(done, (BulkInsertion{1, 0, 1})) << "the left of a policy is the side of the key";
    EXPECT_EQ(evicted, std::vector<std::string>{"one"});
    EXPECT_EQ(names.left().insert({{"three", 3}, {"four", 3}}), (BulkInsertion{1, 1, 0}));
    EXPECT_EQ(names, (Names{{"eins", 1}, {"two", 2}, {"three", 3}}));
}

TEST(RangesOfPairs, AreNotTakenForAPairOfSidesByViewsEither) {
    bimap::BiMap<std::string, std::string> words;
    EXPECT_EQ(words.left().insert({{"one", "eins"}, {"two", "zwei"}}).inserted, 2u);
    EXPECT_EQ(words.right().at("zwei"), "two");
    bimap::BiMap<bool, bool> flags;
    const std::pair<bool, bool> both[]{{true, false}, {false, true}};
    EXPECT_EQ(flags.right().insert(both + 0, both + 2).inserted, 2u) << "pointers were taken for two flags";
    EXPECT_FALSE(flags.left().at(true));
}

TEST(RangesOfPairs, AreAPairOfSidesWhereTheyHaveTheirVeryTypes) {
    using Element = std::pair<bool, bool>;
    bimap::BiMap<const Element*, const Element*> addresses;
    const Element elements[]{{true, false}, {false, true}};
    EXPECT_TRUE(addresses.insert(elements + 0, elements + 2).inserted);
    EXPECT_EQ(addresses.left().at(elements), elements + 2);
    int one = 1;
    bimap::BiMap<const void*, const void*> numbers;
    EXPECT_TRUE(numbers.insert(&one, &one).inserted) << "an int is no pair";
}

TEST(RangesOfPairs, ThatDoNotSayHowManyTheyAreGoToAnEmptyMapToo) {
    std::istringstream numbers("1 2 3 2");
    bimap::BiMap<int, int, bimap::sequenced<>> map;
    struct Twice {
        std::istream_iterator<int> at;
        using value_type = std::pair<int, int>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;
        value_type operator*() const { return {*at, *at * 2}; }
        Twice& operator++() {
            ++at;
            return *this;
        }
        void operator++(int) { ++at; }
        bool operator==(std::default_sentinel_t) const { return at == std::istream_iterator<int>(); }
    };
    const BulkInsertion done = map.insert(Twice{std::istream_iterator<int>(numbers)}, std::default_sentinel);
    EXPECT_EQ(done, (BulkInsertion{3, 1, 0}));
    EXPECT_EQ(map.left().back().second, 6);
}

// Copies, where moving out could fail half-way.

/// Shows each pair where it showed the one before, as what reads a stream does.
class Reader {
  public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = std::pair<int, int>;
    using difference_type = std::ptrdiff_t;
    explicit Reader(int count) : count_{count} {}
    const value_type& operator*() const { return shown_; }
    Reader& operator++() {
        shown_ = {shown_.first + 1, shown_.second - 1};
        return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return shown_.first == count_; }

  private:
    int count_;
    value_type shown_{0, 0};
};

TEST(RangesOfPairs, OfOnePassAreReadOneByOne) {
    bimap::BiMap<int, int> map;
    EXPECT_EQ(map.insert(Reader{20}, std::default_sentinel).inserted, 20u);
    for (int i = 0; i != 20; ++i) EXPECT_EQ(map.left().at(i), -i);
}

TEST(RangesOfPairs, ThatAreCopiedAreInsertedOrNot) {
    for (const bool into_empty : {false, true}) {
        const auto elements = elements_of<Throwing>(batch);
        expect_strong<Throwing>(into_empty ? Pairs{} : few,
                                [&](Throwing& map) { map.insert_range(policy::force, elements); });
        expect_strong<Sequenced>(into_empty ? Pairs{} : few, [&](Sequenced& map) {
            map.insert({elements_of<Sequenced>(batch)[0], elements_of<Sequenced>(batch)[3]});
        });
    }
}

/// A range whose elements are one and the same, to be moved from.
TEST(BulkInsertionOfExpiringElements, LooksAtNoneBeforeItsTurn) {
    std::pair<std::string, int> only{"a string that is too long to lie in its object", 1};
    const std::array twice{0, 1};
    const auto moved_from = [&](int) -> std::pair<std::string, int>&& { return std::move(only); };
    bimap::BiMap<std::string, int> map;
    EXPECT_EQ(map.insert_range(policy::force, twice | std::views::transform(moved_from)).inserted, 2U);
    EXPECT_EQ(violated_invariant(map), nullptr);
    EXPECT_EQ(map.left().at(""), 1);
}

struct Shape {};
struct Circle : Shape {};
enum class Colour : std::uint8_t { red };
template <class Map, class Element>
concept Takes = requires(Map& map, std::vector<Element> elements) { map.insert_range(elements); };
static_assert(Takes<bimap::BiMap<Shape*, long>, std::pair<Circle*, int>>);
static_assert(!Takes<bimap::BiMap<Circle*, int>, std::pair<Shape*, int>>);
static_assert(!Takes<bimap::BiMap<Circle*, int>, std::pair<void*, int>>);
static_assert(!Takes<bimap::BiMap<Colour, int>, std::pair<int, int>>);

/// A number that cannot be read if it is negative.
struct Reading {
    int number;
    operator int() const { return number < 0 ? throw std::runtime_error("unreadable") : number; }
};

TEST(BulkInsertionOfWhatConverts, LeavesAMapOfOnePairAsItWas) {
    bimap::BiMap<int, int> map{{1, 1}};
    const std::vector<std::pair<Reading, int>> pairs{{{2}, 2}, {{-1}, 3}};
    EXPECT_THROW(map.insert_range(pairs), std::runtime_error);
    EXPECT_EQ(map, (bimap::BiMap<int, int>{{1, 1}}));
}

/// Hashes keys, and other numbers by what they are.
struct HashOfAnyNumber {
    using is_transparent = void;
    std::size_t operator()(int number) const { return std::hash<int>()(number); }
    std::size_t operator()(double number) const { return std::hash<double>()(number); }
};

TEST(BulkInsertionOfWhatConverts, HashesTheKeyThatItBecomes) {
    bimap::BiMap<int, int, bimap::hashed<HashOfAnyNumber>> map;
    map.insert_range(std::vector<std::pair<double, int>>{{1.5, 1}, {2.5, 2}});
    EXPECT_TRUE(map.left().contains(1) && map.left().contains(2));
    EXPECT_EQ(violated_invariant(map), nullptr);
}

TEST(BulkInsertionOfWhatConverts, LeavesAloneWhatPairsOfReferencesReferTo) {
    const std::string left = "a left that is too long for a small string";
    std::string there = left;
    int right = 1;
    bimap::BiMap<std::string, int> map;
    map.insert_range(std::views::iota(0, 1) |
                     std::views::transform([&](int) { return std::pair<std::string&, int&>(there, right); }));
    EXPECT_EQ(there, left);
    EXPECT_TRUE(map.left().contains(left));
}

TEST(BulkInsertionOfWhatIsCounted, LooksAtEachElementOnce) {
    const std::vector<std::pair<int, int>> pairs{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5},
                                                 {6, 6}, {7, 7}, {8, 8}, {9, 9}, {1, 2}, {10, 10}};
    std::size_t asked = 0;
    std::size_t shown = 0;
    const auto is_even = [&](const auto& pair) { return ++asked, pair.first % 2 == 0; };
    const auto itself = [&](const auto& pair) -> const auto& { return ++shown, pair; };
    bimap::BiMap<int, int> map;
    map.insert_range(pairs | std::views::filter(is_even));
    map.insert_range(bimap::policy::force, pairs | std::views::transform(itself));
    EXPECT_EQ(asked, pairs.size());
    EXPECT_EQ(shown, pairs.size());
    EXPECT_EQ(map.size(), 10u);
}

/// An element of 32 bytes' alignment that notices where it lies, and is copied rather than moved.
struct alignas(32) Beam {
    int number;
    Beam(int n) : number(n) { look(); }
    Beam(const Beam& other) : number(other.number) { look(); }
    Beam(Beam&& other) noexcept(false) : number(other.number) { look(); }
    bool operator==(const Beam& other) const { return number == other.number; }
    void look() const {
        const volatile auto place = reinterpret_cast<std::uintptr_t>(this);  // the compiler may know better
        if (place % alignof(Beam) != 0) ++misplaced;
    }
    static inline int misplaced = 0;
};
struct BeamHash {
    std::size_t operator()(const Beam& beam) const { return static_cast<std::size_t>(beam.number); }
};

/// Aligns what it gives as the type asks, and never better.
template <class T>
struct ExactlyAligning {
    using value_type = T;
    ExactlyAligning() = default;
    template <class U>
    ExactlyAligning(const ExactlyAligning<U>&) {}
    static constexpr std::align_val_t twice{2 * alignof(T)};
    T* allocate(std::size_t n) {
        auto* const memory = static_cast<std::byte*>(::operator new((n + 1) * sizeof(T) + alignof(T), twice));
        return reinterpret_cast<T*>(memory + alignof(T));
    }
    void deallocate(T* p, std::size_t) {
        ::operator delete(reinterpret_cast<std::byte*>(p) - alignof(T), twice);
    }
    bool operator==(const ExactlyAligning&) const { return true; }
};

TEST(BulkInsertionOfWhatIsCounted, KeepsEvictedPairsWhereTheyMayLie) {
    bimap::BiMap<Beam, int, bimap::hashed<BeamHash>, bimap::hashed<>, ExactlyAligning<std::pair<Beam, int>>>
        map;
    for (int i = 0; i != 9; ++i) map.insert(Beam(i), i);
    const std::vector<std::pair<int, int>> pairs{{0, 20}, {1, 21}, {2, 22}};
    const auto done = map.insert_range(policy::force, pairs, [](auto&&) {});
    EXPECT_EQ(done.evicted, 3u);
    EXPECT_EQ(Beam::misplaced, 0);
}

}  // namespace
