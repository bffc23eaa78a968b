// SPDX-License-Identifier: BSL-1.0
// Bimaps in styles of their own: whatever their functions return, it is understood, a lie in it is seen, and
// what they ask of their callers is kept to.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "properties/convention.hpp"
#include "properties/elements.hpp"
#include "properties/generate.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/report.hpp"
#include "properties/subjects/two_maps.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

/// What is left of the first failure among some random programs; or nothing.
std::string first_failure(const Subject& subject, int programs = 300, Questions questions = {}) {
    Isolated check{subject, questions};
    Random random{1};
    for (; programs > 0; --programs) {
        const Program program = generate(random, subject, 24);
        const Verdict verdict = check(program);
        if (verdict.holds()) continue;
        const Reproducer minimum = minimize_failure(subject, program, verdict, std::ref(check));
        return describe(minimum.verdict, minimum.program) + '\n' + print(minimum.program);
    }
    return "";
}

using Maps = TwoMaps<int, int>;
using Sound = TwoMapsSubject<int, int>;
using Counted = TwoMapsSubject<Tracked<Side::left>, Tracked<Side::right>>;

bool is_taken(const auto& pairs, int l, int r) {
    return std::ranges::any_of(pairs, [&](const auto& pair) { return pair.first == l || pair.second == r; });
}

/// What the styles have in common: two std::maps, and whether their functions lie.
struct Style {
    using Left = int;
    using Right = int;
    using Map = Maps;
    bool lies = false;
};

/// The least that there may be.
struct Least : Style {
    static bool insert(Map& map, int l, int r) { return Sound::insert(map, l, r); }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
};

struct Iterators : Style {
    auto insert(Map& map, int l, int r) const {
        return Sound::insert(map, l, r) != lies ? map.forward.find(l) : map.forward.end();
    }
    static auto find_left(Map& map, int l) { return map.forward.find(l); }
    static auto find_right(Map& map, int r) { return map.inverse.find(r); }
    static auto erase_left(Map& map, int l) {
        const auto found = map.forward.find(l);
        if (found == map.forward.end()) return found;
        map.inverse.erase(found->second);
        return map.forward.erase(found);
    }
    static auto begin_left(Map& map) { return map.forward.begin(); }
    static auto end_left(Map& map) { return map.forward.end(); }
    static auto begin_right(Map& map) { return map.inverse.begin(); }
    static auto end_right(Map& map) { return map.inverse.end(); }
};

struct PairsWithBool : Style {
    auto insert(Map& map, int l, int r) const {
        const bool inserted = Sound::insert(map, l, r);
        return std::pair{map.forward.find(l), inserted || lies};
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static std::size_t erase_left(Map& map, int l) { return Sound::erase_left(map, l); }
    static const auto& left(const Map& map) { return map.forward; }
    static const auto& right(const Map& map) { return map.inverse; }
};

/// A view that says on its own how much is in it.
template <class Pairs>
struct CountedView {
    const Pairs& pairs;
    std::size_t too_many;  ///< so many more than there are
    bool is_empty;         ///< whatever there is
    auto begin() const { return pairs.begin(); }
    auto end() const { return pairs.end(); }
    auto find(int key) const { return pairs.find(key); }
    auto size() const { return pairs.size() + too_many; }
    bool empty() const { return pairs.empty() || is_empty; }
};

template <std::size_t too_many, bool is_empty>
struct CountedViews : Style {
    static bool insert(Map& map, int l, int r) { return Sound::insert(map, l, r); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
    [[nodiscard]] auto left(const Map& map) const {
        return CountedView<decltype(map.forward)>{map.forward, 0, false};
    }
    [[nodiscard]] auto right(const Map& map) const {
        return CountedView<decltype(map.inverse)>{map.inverse, lies ? too_many : 0, lies && is_empty};
    }
};

struct Optionals : Style {
    static std::optional<int> force(Map& map, int l, int r) {  // the right that was there
        const auto old = find_left(map, l);
        Sound::force(map, l, r);
        return old;
    }
    static std::optional<int> find_left(const Map& map, int l) {
        const int* const found = Sound::find_left(map, l);
        return found == nullptr ? std::nullopt : std::optional{*found};
    }
    static std::optional<std::reference_wrapper<const int>> find_right(const Map& map, int r) {
        const int* const found = Sound::find_right(map, r);
        return found == nullptr ? std::nullopt : std::optional{std::cref(*found)};
    }
    std::optional<int> erase_left(Map& map, int l) const {
        auto old = find_left(map, l);
        Sound::erase_left(map, l);
        if (old && lies) ++*old;
        return old;
    }
};

struct Throws : Style {
    static Promises promises() { return {.refuses_by_throwing = true}; }
    void insert(Map& map, int l, int r) const {
        if (!Sound::insert(map, l, r) && !lies) throw std::invalid_argument{"taken"};
    }
    static const int& find_left(const Map& map, int l) { return map.forward.at(l); }
    static int find_right(const Map& map, int r) { return map.inverse.at(r); }
    static void erase_left(Map& map, int l) {
        if (Sound::erase_left(map, l) == 0) throw std::invalid_argument{"absent"};
    }
};

/// Iterators that show one side's element, and flip.
template <bool from_left>
struct Flipping {
    const Maps* map;
    std::map<int, int>::const_iterator it;
    const int& operator*() const { return it->first; }
    Flipping& operator++() { return ++it, *this; }
    auto flip() const {
        if constexpr (from_left)
            return Flipping<false>{map, map->inverse.find(it->second)};
        else
            return Flipping<true>{map, map->forward.find(it->second)};
    }
    bool operator!=(const Flipping& other) const { return it != other.it; }
    bool operator==(const Flipping& other) const { return it == other.it; }
};

struct Flips : Style {
    auto insert(Map& map, int l, int r) const {
        const bool inserted = Sound::insert(map, l, r);
        return inserted != lies ? Flipping<true>{&map, map.forward.find(l)} : end_left(map);
    }
    static Flipping<true> find_left(const Map& map, int l) { return {&map, map.forward.find(l)}; }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
    static Flipping<true> begin_left(const Map& map) { return {&map, map.forward.begin()}; }
    static Flipping<true> end_left(const Map& map) { return {&map, map.forward.end()}; }
    static Flipping<false> begin_right(const Map& map) { return {&map, map.inverse.begin()}; }
    static Flipping<false> end_right(const Map& map) { return {&map, map.inverse.end()}; }
};

/// An iterator that has names for what it shows, and no operator*.
struct Naming {
    const int* own;
    const int* partner;
    [[nodiscard]] const int& key() const { return *own; }
    [[nodiscard]] const int& value() const { return *partner; }
    bool operator==(const Naming&) const = default;
};

struct Names : Style {
    static bool insert(Map& map, int l, int r) { return Sound::insert(map, l, r); }
    [[nodiscard]] Naming find_left(const Map& map, int l) const {
        const auto found = map.forward.find(l);
        if (found == map.forward.end()) return end_left(map);
        return lies ? Naming{&found->second, &found->first} : Naming{&found->first, &found->second};
    }
    static Naming end_left(const Map&) { return {nullptr, nullptr}; }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
};

template <class Adapter>
void expect_understood(const std::string& lie) {
    EXPECT_EQ(first_failure(make_subject<Adapter>("honest", "")), "");
    EXPECT_EQ(first_failure(make_subject<Adapter>("lying", "", Adapter{{.lies = true}})), lie);
}

TEST(WildMaps, AnInsertionThatReturnsTheEndRefuses) {
    expect_understood<Iterators>(
        "diverges (answer) after operation 1 (a.insert 0 0): expected the answer 1, saw 0\na.insert 0 0\n");
}
TEST(WildMaps, AnIteratorWithNamesIsUnderstood) {
    expect_understood<Names>(
        "diverges (content) after operation 1 (a.insert 0 1): expected 1 for left 0, saw 0\na.insert 0 1\n");
}
TEST(WildMaps, APairOfAnIteratorAndABoolIsUnderstood) {
    expect_understood<PairsWithBool>(
        "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0, saw 1\n"
        "a.insert 0 0\na.insert 0 0\n");
}
TEST(WildMaps, WhatAViewSaysOfItsSizeIsUnderstood) {
    expect_understood<CountedViews<1, false>>(
        "diverges (size) after operation 1 (a.insert 0 0): expected size 1 in the right view, saw 2\n"
        "a.insert 0 0\n");
    expect_understood<CountedViews<0, true>>(
        "diverges (size) after operation 1 (a.insert 0 0): expected not empty in the right view, saw empty\n"
        "a.insert 0 0\n");
}
TEST(WildMaps, AnOptionalIsUnderstood) {
    expect_understood<Optionals>(
        "diverges (answer) after operation 2 (a.erase_left 0): expected the pairs (0, 0), saw (0, 1)\n"
        "a.force 0 0\na.erase_left 0\n");
}
TEST(WildMaps, ARefusalThatThrowsIsUnderstoodWhereItIsDeclared) {
    expect_understood<Throws>(
        "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0, saw 1\n"
        "a.insert 0 0\na.insert 0 0\n");
}
TEST(WildMaps, IteratorsThatFlipAreUnderstood) {
    expect_understood<Flips>(
        "diverges (answer) after operation 1 (a.insert 0 0): expected the answer 1, saw 0\na.insert 0 0\n");
}

/// A map with demands on its callers.
struct Demanding : Style {
    Promises declared;
    [[nodiscard]] Promises promises() const { return declared; }
    static void insert(Map& map, int l, int r) {
        if (!Sound::insert(map, l, r)) std::abort();
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static void insert_range(Map& map, const auto* first, const auto* last) {
        for (; first != last; ++first) insert(map, first->first, first->second);
    }
    static void insert_all(Map& map, const Map& from) {
        for (const auto& [l, r] : Map{from}.forward) insert(map, l, r);
    }
    static void merge(Map& map, Map& from) {
        insert_all(map, from);
        from = Map{};
    }
    static void replace_left(Map& map, int l, int fresh) {
        const int r = map.forward.at(l);
        erase_left(map, l);
        insert(map, fresh, r);
    }
    static void erase_left(Map& map, int l) {
        if (Sound::erase_left(map, l) == 0) std::abort();
    }
};

TEST(WildMaps, WhatCallersHaveToSeeToIsSeenToWhereItIsDeclared) {
    const auto failure = [](const Preconditions& needs) {
        return first_failure(make_subject("demanding", "", Demanding{{}, {.needs = needs}}));
    };
    EXPECT_EQ(failure({.fresh_keys = true, .present_keys = true}), "");
    EXPECT_EQ(failure({.fresh_keys = true}),
              "diverges (ending) after operation 1 (a.replace_left 0 0): expected a return, saw "
              "std::out_of_range\na.replace_left 0 0\n");
    const Program absent = parse("a.erase_left 0");
    const Subject careless = make_subject("demanding", "", Demanding{{}, {.needs = {.fresh_keys = true}}});
    EXPECT_EQ(describe(Isolated{careless}(absent), absent),
              "crashes in operation 1 (a.erase_left 0): SIGABRT");
    EXPECT_EQ(failure({.present_keys = true}),
              "crashes in a repetition of the program: SIGABRT\na.insert 0 0\n");
}

TEST(Promises, StandInTheDocumentationInTheOrderInWhichTheyAreWritten) {
    constexpr Promises in_order{.order = {},
                                .moved_from = {},
                                .self_move_keeps = {},
                                .erases_next = {},
                                .refuses_by_throwing = {},
                                .same_pair_is_refused = {},
                                .same_pair_is_accepted = {},
                                .keeps_removed = {},
                                .pools_memory = {},
                                .shows_conflict = {},
                                .keeps_refused = {},
                                .absent_is_out_of_range = {},
                                .stores_what_is_given = {},
                                .references_stay = {},
                                .references_follow = {},
                                .iterators_stay = {},
                                .steps_per_pair = {},
                                .needs = {},
                                .exceptions = {},
                                .strong = {},
                                .lossless = {},
                                .faults = {}};
    static_cast<void>(in_order);
    const std::vector<std::string> expected{"order",
                                            "moved_from",
                                            "self_move_keeps",
                                            "erases_next",
                                            "refuses_by_throwing",
                                            "same_pair_is_refused",
                                            "same_pair_is_accepted",
                                            "keeps_removed",
                                            "pools_memory",
                                            "shows_conflict",
                                            "keeps_refused",
                                            "absent_is_out_of_range",
                                            "stores_what_is_given",
                                            "references_stay",
                                            "references_follow",
                                            "iterators_stay",
                                            "steps_per_pair",
                                            "needs",
                                            "exceptions",
                                            "strong",
                                            "lossless",
                                            "faults"};
    std::ifstream documentation{BIMAP_SOURCE_DIR "/docs/your-bimap.md"};
    std::vector<std::string> seen;
    for (std::string line; std::getline(documentation, line);) {
        if (!line.starts_with("| `.")) continue;
        const std::string name = line.substr(4, line.find_first_of(" `", 4) - 4);
        if (seen.empty() || seen.back() != name) seen.push_back(name);
    }
    EXPECT_EQ(seen, expected);
}

/// A map that is a pointer, and nothing once it was moved from.
struct Hollow {
    std::unique_ptr<Maps> maps = std::make_unique<Maps>();
};
struct HollowSubject {
    using Left = int;
    using Right = int;
    using Map = Hollow;
    MovedFrom moved_from;
    [[nodiscard]] Promises promises() const { return {.moved_from = moved_from, .references_stay = true}; }
    static bool insert(Map& map, int l, int r) { return Sound::insert(*map.maps, l, r); }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(*map.maps, l); }
    static std::size_t erase_left(Map& map, int l) { return Sound::erase_left(*map.maps, l); }
};

/// Where two maps have pairs, the first one loses its own.
struct SpoiltHollow : HollowSubject {
    static bool insert(Map& map, int l, int r) {
        static Maps* first = nullptr;
        if (l == Element<int>::make(0)) first = map.maps.get();
        if (l == Element<int>::make(1)) *std::exchange(first, nullptr) = Maps{};
        return Sound::insert(*map.maps, l, r);
    }
};

TEST(WildMaps, AMapThatIsNothingAfterAMoveIsLeftAloneWhereItIsDeclared) {
    const Subject unusable = make_subject("hollow", "", HollowSubject{MovedFrom::unusable});
    EXPECT_EQ(first_failure(unusable), "");
    EXPECT_TRUE(check(unusable, parse("a.insert 0 0\nb = move a\na.insert 0 0")).holds());
    // Nor is it asked to move to itself, and then it is as it was.
    const Subject spoilt = make_subject("hollow", "", SpoiltHollow{{MovedFrom::unusable}});
    EXPECT_FALSE(
        check(spoilt, parse("a.insert 0 0\nb.insert 1 1\na.move_assign a"), hunting_questions).holds());
    EXPECT_NE(first_failure(make_subject("hollow", "", HollowSubject{MovedFrom::usable})), "");
}

/// Swaps by a member alone, which does nothing.
struct StubbornSubject : Least {
    struct Map : Maps {
        void swap(Map&) {}
    };
    static Map make() { return {}; }
};

TEST(WildMaps, AMemberThatSwapsIsCalled) {
    EXPECT_EQ(first_failure(make_subject<StubbornSubject>("stubborn", "")),
              "diverges (content) after operation 2 (a.swap b): expected nothing for left 0, saw 0\n"
              "a.insert 0 0\na.swap b\n");
}

/// Believes that keys with the same hash are the same.
template <class L, class R>
struct ByHash : TwoMapsSubject<L, R> {
    using Map = typename TwoMapsSubject<L, R>::Map;
    static const R* find_left(const Map& map, const L& left) {
        for (const auto& [there, right] : map.forward)
            if (std::hash<L>{}(there) == std::hash<L>{}(left)) return &right;
        return nullptr;
    }
};
template <class Kind>
using ByHashOf = ByHash<typename Kind::Left, typename Kind::Right>;

TEST(WildMaps, KeysThatCollideTellAHashFromAKey) {
    EXPECT_EQ(first_failure(make_subject<ByHashOf<elements::Tracking>>("by-hash", "")), "");
    EXPECT_THAT(first_failure(make_subject<ByHashOf<elements::Colliding>>("by-hash", "")),
                testing::StartsWith("diverges (content)"));
}

TEST(WildMaps, HowManyElementsAPairIsMadeOfIsLearnt) {
    for (const char* const name : {"wild/set-get-remove/tracked", "wild/intrusive-tree/twins"}) {
        const Subject& subject = *find_subject(name);
        EXPECT_EQ(subject.promises.elements_per_pair, 0U);
        EXPECT_EQ(first_failure(subject), "") << name;
    }
}

/// Has functions of known names that take something else.
struct Misfit : Least {
    static void clear();
    static bool contains_right(const Map& map);
    static void insert_range(Map& map, const Map& other);
    static void force_all(Map& map, const Map& source);
    static bool take_left(Map& map, int l);
    static bool move_to_back_right(int r);
    static void erase_if(Map& map, int l);
    static int inverse(Map* map);
    static const char* violated_invariant(Map& map, int l);
};
struct Final final : Least {};

TEST(WildMaps, WhatHasAKnownNameAndCannotBeCalledIsNamed) {
    EXPECT_THAT(make_subject<Misfit>("misfit", "").misfits,
                testing::UnorderedElementsAre(
                    "clear(map)", "erase_if(map, f(left, right))", "contains_right(map, right)",
                    "insert_range(map, first, last)", "force_all(map, source, sink(pair))",
                    "take_left(map, source, left)", "move_to_back_right(map, right)", "inverse(map)",
                    "violated_invariant(map)"));
    EXPECT_THAT(make_subject<Final>("final", "").misfits, testing::IsEmpty());
    EXPECT_THAT(make_subject<Iterators>("fits", "").misfits, testing::IsEmpty());
    for (const Subject& subject : subjects())
        EXPECT_THAT(subject.misfits, testing::IsEmpty()) << subject.name;
}

TEST(WildMaps, TheirAdaptersFitIntoFortyLines) {
    for (const std::string name : {"intrusive_tree_subject.hpp", "set_get_remove_subject.hpp"}) {
        std::ifstream file{std::string{BIMAP_SOURCE_DIR} + "/properties/subjects/wild/" + name};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        ASSERT_FALSE(text.empty());
        EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 40) << name;
    }
}

/// A list that moves what it finds to its front, so that looking a key up writes.
struct SelfAdjusting {
    std::list<std::pair<int, int>> pairs;

    int* find(int l) {
        const auto found = std::ranges::find(pairs, l, &std::pair<int, int>::first);
        if (found == pairs.end()) return nullptr;
        pairs.splice(pairs.begin(), pairs, found);
        return &pairs.front().second;
    }
};
struct SelfAdjustingSubject {
    using Left = int;
    using Right = int;
    using Map = SelfAdjusting;
    bool forgets = false;  // the pair that has to make room at the front
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (is_taken(map.pairs, l, r)) return false;
        map.pairs.emplace_front(l, r);
        return true;
    }
    int* find_left(Map& map, int l) const {
        int* const found = map.find(l);
        if (forgets && found != nullptr && map.pairs.size() > 1) map.pairs.pop_back();
        return found;
    }
    static bool erase_left(Map& map, int l) {
        if (map.find(l) == nullptr) return false;
        map.pairs.pop_front();
        return true;
    }
    static std::size_t size(const Map& map) { return map.pairs.size(); }
    static void for_each_left(const Map& map, auto f) {
        for (const auto& [l, r] : map.pairs) f(l, r);
    }
};

TEST(WildMaps, ALookupThatWritesIsUnderstood) {
    EXPECT_EQ(first_failure(make_subject<SelfAdjustingSubject>("list", "")), "");
    EXPECT_EQ(first_failure(make_subject("forgetful", "", SelfAdjustingSubject{.forgets = true})),
              "diverges (content) after operation 2 (a.insert 1 1): expected 1 for left 1, saw nothing\n"
              "a.insert 0 0\na.insert 1 1\n");
}

/// Pairs in a vector, and iterators that are places in it; what is erased is replaced by the last one.
struct Shelf {
    using Left = int;
    using Right = int;
    using Map = std::vector<std::pair<int, int>>;
    struct Place {
        const Map* map;
        std::size_t at;
        const std::pair<int, int>& operator*() const { return (*map)[at]; }
        Place& operator++() { return ++at, *this; }
        bool operator==(const Place& other) const { return at == other.at; }
    };
    bool claims = false;  // that iterators stay
    [[nodiscard]] Promises promises() const { return {.iterators_stay = claims}; }
    static bool insert(Map& map, int l, int r) {
        if (is_taken(map, l, r)) return false;
        map.emplace_back(l, r);
        return true;
    }
    static Place find_left(const Map& map, int l) {
        const auto found = std::ranges::find(map, l, &std::pair<int, int>::first);
        return {&map, static_cast<std::size_t>(found - map.begin())};
    }
    static bool erase_left(Map& map, int l) {
        const Place found = find_left(map, l);
        if (found == end_left(map)) return false;
        map[found.at] = map.back();
        map.pop_back();
        return true;
    }
    static Place begin_left(const Map& map) { return {&map, 0}; }
    static Place end_left(const Map& map) { return {&map, map.size()}; }
};

TEST(WildMaps, IteratorsStayWhereItIsDeclared) {
    EXPECT_EQ(first_failure(make_subject<Shelf>("shelf", "")), "");
    EXPECT_EQ(first_failure(make_subject("claiming", "", Shelf{.claims = true})),
              "diverges (reference) after operation 3 (a.erase_left 0): expected an iterator to (1, 1) where "
              "it was, "
              "saw one to the end\n"
              "a.insert 0 0\na.insert 1 1\na.erase_left 0\n");
}

/// Iterators that go both ways and stay, and a visit; each may be wrong in its own way.
struct TwoWays : Least {
    using Table = std::map<int, int>;
    enum class Mistake {
        none,
        stumbles_back,
        stays_the_last,
        ends_too_soon,
        leaves_the_next,
        points_at_the_first
    };
    struct Place {
        const Table* table;
        Table::const_iterator at;
        Mistake mistake;
        bool is_last;
        const std::pair<const int, int>& operator*() const { return *at; }
        const std::pair<const int, int>* operator->() const {
            return mistake == Mistake::points_at_the_first ? &*table->begin() : &*at;
        }
        Place& operator++() {
            ++at;
            if (is_last && mistake == Mistake::stays_the_last) at = table->end();
            return *this;
        }
        Place operator++(int) {
            Place before = *this;
            ++*this;
            return mistake == Mistake::leaves_the_next && at != table->end() ? *this : before;
        }
        Place& operator--() {
            const bool was_end = at == table->end();
            --at;
            if (was_end && at != table->begin() && mistake == Mistake::stumbles_back) --at;
            return *this;
        }
        bool operator==(const Place& other) const { return at == other.at; }
    };
    Mistake mistake = Mistake::none;
    static Promises promises() { return {.iterators_stay = true, .exceptions = Guarantee::none}; }
    [[nodiscard]] Place begin_left(const Map& map) const {
        const Table& table = map.forward;
        return {&table, table.begin(), mistake, table.size() == 1};
    }
    [[nodiscard]] Place end_left(const Map& map) const {
        const bool too_soon = mistake == Mistake::ends_too_soon && map.forward.size() > 1;
        return {&map.forward, std::prev(map.forward.end(), too_soon ? 1 : 0), mistake, false};
    }
    static void for_each_left(const Map& map, auto visit) {
        for (const auto& [l, r] : map.forward) visit(l, r);
    }
};
TwoWays mistaken(TwoWays::Mistake mistake) {
    TwoWays two_ways;
    two_ways.mistake = mistake;
    return two_ways;
}

TEST(WildMaps, EveryWayToWalkAlongIsWalked) {
    using enum TwoWays::Mistake;
    const auto failure = [](TwoWays::Mistake mistake) {
        return first_failure(make_subject("two-ways", "", mistaken(mistake)));
    };
    EXPECT_EQ(failure(none), "");
    EXPECT_EQ(failure(stumbles_back),
              "diverges (invariant) after operation 2 (a.insert 1 1): expected every invariant, saw walking "
              "backward shows other pairs, or in another order\n"
              "a.insert 0 0\na.insert 1 1\n");
    EXPECT_EQ(
        failure(leaves_the_next),
        "diverges (invariant) after operation 2 (a.insert 1 1): expected every invariant, saw it++ shows "
        "other pairs than ++it, or in another order\n"
        "a.insert 0 0\na.insert 1 1\n");
    EXPECT_EQ(
        failure(points_at_the_first),
        "diverges (invariant) after operation 2 (a.insert 1 1): expected every invariant, saw it-> shows "
        "another pair than *it\n"
        "a.insert 0 0\na.insert 1 1\n");
    EXPECT_EQ(failure(stays_the_last),
              "diverges (reference) after operation 2 (a.insert 1 1): expected (1, 1) next to an iterator "
              "that was kept to (0, 0), saw the end\n"
              "a.insert 0 0\na.insert 1 1\n");
    EXPECT_EQ(failure(ends_too_soon),
              "diverges (invariant) after operation 2 (a.insert 1 1): expected every invariant, saw for_each "
              "and the iterators show other pairs, or in another order\n"
              "a.insert 0 0\na.insert 1 1\n");
}

/// What its calls return leads astray: the next is the end, and what is erased there is the first.
struct Returning : TwoWays {
    enum class Call { none, find, lower_bound, upper_bound, insert, erase_found };
    Call lying = Call::none;

    [[nodiscard]] Place place(const Map& map, Table::const_iterator at, Call call) const {
        const bool astray = call == lying && at != map.forward.end();
        return {&map.forward, at, astray ? Mistake::stays_the_last : Mistake::none, astray};
    }
    [[nodiscard]] std::pair<Place, bool> insert(Map& map, int l, int r) const {
        const bool inserted = Sound::insert(map, l, r);
        return {place(map, map.forward.find(l), Call::insert), inserted};
    }
    [[nodiscard]] Place find_left(const Map& map, int l) const {
        return place(map, map.forward.find(l), Call::find);
    }
    [[nodiscard]] Place lower_bound_left(const Map& map, int l) const {
        return place(map, map.forward.lower_bound(l), Call::lower_bound);
    }
    [[nodiscard]] Place upper_bound_left(const Map& map, int l) const {
        return place(map, map.forward.upper_bound(l), Call::upper_bound);
    }
    void erase_at_left(Map& map, Place at) const {
        Sound::erase_left(map, at.is_last ? map.forward.begin()->first : at.at->first);
    }
};

TEST(WildMaps, WhatIsReturnedLeadsOnLikeWhatWalkedThere) {
    using enum Returning::Call;
    const auto failure = [](Returning::Call lying, TwoWays::Mistake mistake = TwoWays::Mistake::none) {
        Returning returning;
        returning.mistake = mistake;
        returning.lying = lying;
        return first_failure(make_subject("returning", "", returning), 1000);
    };
    EXPECT_EQ(failure(none), "");
    const std::string otherwise =
        " leads on otherwise than one that walked there\na.insert 0 0\na.insert 1 1\n";
    EXPECT_THAT(failure(find), testing::EndsWith("saw an iterator that was found" + otherwise));
    EXPECT_THAT(failure(lower_bound), testing::EndsWith("saw an iterator from lower_bound" + otherwise));
    EXPECT_THAT(failure(insert), testing::EndsWith("the iterator that was returned" + otherwise));
    EXPECT_THAT(failure(upper_bound),
                testing::EndsWith("saw an iterator from upper_bound leads on otherwise than one that walked "
                                  "there\na.insert 0 0\na.insert 1 1\na.insert 2 2\n"));
}

/// What was found last comes first.
struct Recent : Style {
    struct Map {
        mutable std::list<std::pair<int, int>> pairs;
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) {
        if (is_taken(map.pairs, l, r)) return false;
        map.pairs.emplace_back(l, r);
        return true;
    }
    static auto find_left(const Map& map, int l) {
        const auto found = std::ranges::find(map.pairs, l, &std::pair<int, int>::first);
        if (found != map.pairs.end()) map.pairs.splice(map.pairs.begin(), map.pairs, found);
        return found;
    }
    static bool erase_left(Map& map, int l) {
        return std::erase_if(map.pairs, [&](const auto& pair) { return pair.first == l; }) != 0;
    }
    static auto begin_left(const Map& map) { return map.pairs.begin(); }
    static auto end_left(const Map& map) { return map.pairs.end(); }
};

TEST(WildMaps, WhatIsFoundMayComeFirst) {
    EXPECT_EQ(first_failure(make_subject<Recent>("recent", ""), 1000), "");
}

/// Its iterators are the same, but for what erasing the one that was found does.
struct FoundOtherwise : Least {
    struct Place {
        std::map<int, int>::const_iterator at;
        bool found = false;
        const std::pair<const int, int>& operator*() const { return *at; }
        Place& operator++() { return ++at, *this; }
        bool operator==(const Place& other) const { return at == other.at; }
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static Place begin_left(const Map& map) { return {map.forward.begin()}; }
    static Place end_left(const Map& map) { return {map.forward.end()}; }
    static Place find_left(const Map& map, int l) { return {map.forward.find(l), true}; }
    static void erase_at_left(Map& map, Place at) {
        Sound::erase_left(map, at.found ? map.forward.begin()->first : at.at->first);
    }
};

TEST(WildMaps, WhatIsFoundIsErased) {
    EXPECT_THAT(first_failure(make_subject<FoundOtherwise>("found-otherwise", ""), 1000),
                testing::EndsWith("\na.insert 0 0\na.insert 1 1\na.erase_at_left 1\n"));
}

/// Takes from another map what it does not refuse, and says no to itself; or takes it out first.
struct Taking : Style {
    struct Map {
        std::list<std::pair<int, int>> pairs;
    };
    enum class Way { asks_first, takes_out_first, loses };
    Way way = Way::asks_first;
    static Promises promises() {
        return {.order = {Order::sequenced, Order::sequenced}, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, int l, int r) {
        if (is_taken(map.pairs, l, r)) return false;
        map.pairs.emplace_back(l, r);
        return true;
    }
    static const int* find_left(const Map& map, int l) {
        const auto found = std::ranges::find(map.pairs, l, &std::pair<int, int>::first);
        return found == map.pairs.end() ? nullptr : &found->second;
    }
    static bool erase_left(Map& map, int l) {
        return std::erase_if(map.pairs, [&](const auto& pair) { return pair.first == l; }) != 0;
    }
    [[nodiscard]] bool take_left(Map& map, Map& from, int l) const {
        const int* const found = find_left(from, l);
        if (found == nullptr) return false;
        const int r = *found;
        if (way == Way::asks_first && is_taken(map.pairs, l, r)) return false;
        erase_left(from, l);
        if (insert(map, l, r)) return true;
        if (way == Way::takes_out_first) insert(from, l, r);
        return false;
    }
    static void for_each_left(const Map& map, auto visit) {
        for (const auto& [l, r] : map.pairs) visit(l, r);
    }
    static void for_each_right(const Map& map, auto visit) {
        for (const auto& [l, r] : map.pairs) visit(r, l);
    }
};

TEST(WildMaps, APairThatIsNotTakenMayStandLast) {
    const auto failure = [](Taking::Way way) {
        return first_failure(make_subject("taking", "", Taking{{}, way}), 2000);
    };
    EXPECT_EQ(failure(Taking::Way::asks_first), "");
    EXPECT_EQ(failure(Taking::Way::takes_out_first), "");
    EXPECT_THAT(failure(Taking::Way::loses),
                testing::EndsWith("\na.insert 0 0\nb.insert 0 0\na.take_left b 0\n"));
}

/// Erases by what is compared first: each call for itself does it or has no effect.
struct Comparing : Counted {
    static Promises promises() {
        Promises promises = Counted::promises();
        for (const Verb verb : {Verb::erase_at, Verb::erase_loop})
            promises.strong.set(static_cast<std::size_t>(verb));
        return promises;
    }
    static auto begin_left(Map& map) { return map.forward.begin(); }
    static auto end_left(Map& map) { return map.forward.end(); }
    static auto erase_at_left(Map& map, std::map<Left, Right>::iterator at) {
        const auto opposite = map.inverse.find(at->second);  // may throw
        map.inverse.erase(opposite);
        return map.forward.erase(at);
    }
};

TEST(WildMaps, ALoopThatErasesIsManyCalls) {
    EXPECT_EQ(first_failure(make_subject<Comparing>("comparing", ""), 2000), "");
}

/// Notes each insertion in a log that has a bound. Maps that are moved change places.
struct Logging : Least {
    struct Map {
        Maps maps;
        std::vector<char> log;
        Map() = default;
        Map(const Map&) = default;
        Map& operator=(const Map&) = default;
        Map(Map&& other) noexcept { swap(other); }
        Map& operator=(Map&& other) noexcept { return swap(other), *this; }
        ~Map() = default;
        void swap(Map& other) noexcept {
            std::swap(maps, other.maps);
            log.swap(other.log);
        }
    };
    std::size_t most = 0;
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (map.log.size() == most) map.log.clear();
        map.log.push_back('i');
        return Sound::insert(map.maps, l, r);
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map.maps, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map.maps, l) != 0; }
};

TEST(WildMaps, ALogThatHasABoundIsNoLeak) {
    for (const std::size_t most : {64U, 192U, 256U})
        EXPECT_EQ(first_failure(make_subject("logging", "", Logging{{}, most}), 1000), "") << most;
    EXPECT_THAT(first_failure(make_subject("logging", "", Logging{{}, 1U << 20U})),
                testing::EndsWith("from the 32nd to the 128th repetition of the program\na.insert 0 0\n"));
}

/// Maps that mark a gap with a key that may come.
struct Gapped : Least {
    static bool insert(Map& map, int l, int r) { return l != -1 && Sound::insert(map, l, r); }
};
using Texts = TwoMapsSubject<std::string, std::string>;
struct GappedTexts : Texts {
    static bool insert(Map& map, const std::string& l, const std::string& r) {
        return !r.empty() && Texts::insert(map, l, r);
    }
};

TEST(WildMaps, WhatMarksAGapIsTriedAsAKey) {
    const std::string failure = "(a.insert 0 0): expected the answer 1, saw 0\na.insert 0 0\n";
    EXPECT_THAT(first_failure(make_subject<Gapped>("gapped", "")), testing::EndsWith(failure));
    EXPECT_THAT(first_failure(make_subject<GappedTexts>("gapped", "")), testing::EndsWith(failure));
    EXPECT_EQ(first_failure(make_subject<Texts>("texts", "")), "");
}

/// Maps that share their pairs until one of them is changed.
struct Sharing {
    using Left = Counted::Left;
    using Right = Counted::Right;
    using Shared = std::shared_ptr<const Counted::Map>;
    struct Map {
        Shared content = std::make_shared<const Counted::Map>();
    };
    bool forgets = false;  // that others look at what it changes
    static Promises promises() { return {.moved_from = MovedFrom::unusable, .exceptions = Guarantee::none}; }
    Counted::Map& own(Map& map) const {
        if (map.content.use_count() > 1 && !forgets)
            map.content = std::make_shared<const Counted::Map>(*map.content);
        return const_cast<Counted::Map&>(*map.content);
    }
    bool insert(Map& map, const Left& l, const Right& r) const { return Counted::insert(own(map), l, r); }
    static const Right* find_left(const Map& map, const Left& l) {
        return Counted::find_left(*map.content, l);
    }
    bool erase_left(Map& map, const Left& l) const { return Counted::erase_left(own(map), l) != 0; }
};

TEST(WildMaps, MapsMayShareTheirPairs) {
    EXPECT_EQ(first_failure(make_subject<Sharing>("sharing", "")), "");
    EXPECT_EQ(first_failure(make_subject("forgetful", "", Sharing{.forgets = true})),
              "diverges (content) after operation 2 (a.insert 0 0): expected nothing for left 0, saw 0\n"
              "a = copy b\na.insert 0 0\n");
}

TEST(WildMaps, EndAsTheyMayBeTreated) {  // a map that was moved from is not used
    const std::vector<Program> row{parse("a.insert 0 0\nb = move a"),
                                   parse("a.insert 0 0\nb = move a\na.insert 0 0")};
    const Outcome outcome = Isolated{make_subject<Sharing>("sharing", "")}(row, true);
    EXPECT_TRUE(outcome.verdict.holds());
    EXPECT_EQ(outcome.ends.size(), 2U);
}

/// Says of each pair that it is there, whether it came now or not.
struct Assigning : Style {
    Promises declared{};
    [[nodiscard]] Promises promises() const { return declared; }
    static bool assign_left(Map& map, int l, int r) {
        if (const auto held = map.inverse.find(r); held != map.inverse.end()) return held->second == l;
        Sound::erase_left(map, l);
        return Sound::insert(map, l, r);
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
};

TEST(WildMaps, WhatIsSaidOfAPairThatIsThereIsOpenUnlessItIsDeclared) {
    EXPECT_EQ(first_failure(make_subject("open", "", Assigning{{}, {.exceptions = Guarantee::none}})), "");
    EXPECT_EQ(
        first_failure(make_subject(
            "declared", "", Assigning{{}, {.same_pair_is_refused = true, .exceptions = Guarantee::none}})),
        "diverges (answer) after operation 2 (a.assign_left 0 0): expected the answer 0, saw 1\n"
        "a.assign_left 0 0\na.assign_left 0 0\n");
}

/// Is swapped by a member, and by a function that forgets the inverse.
struct SwapsHalf : Least {
    struct Map : Maps {
        void swap(Map& other) noexcept { std::swap(static_cast<Maps&>(*this), static_cast<Maps&>(other)); }
        friend void swap(Map& one, Map& other) noexcept { one.forward.swap(other.forward); }
    };
};

TEST(WildMaps, AreSwappedByTheFunctionToo) {
    EXPECT_THAT(first_failure(make_subject<SwapsHalf>("swaps-half", "")),
                testing::EndsWith("a.insert 0 0\nb.swap a\na.insert 0 0\n"));
}

/// Takes a pair that is there for one that came.
struct Accepting : Style {
    Promises declared{};
    [[nodiscard]] Promises promises() const { return declared; }
    static bool insert(Map& map, int l, int r) {
        const int* const held = Sound::find_left(map, l);
        return (held != nullptr && *held == r) || Sound::insert(map, l, r);
    }
    static bool replace_left(Map& map, int l, int fresh) {
        const int* const held = Sound::find_left(map, l);
        if (held == nullptr || (fresh != l && Sound::find_left(map, fresh) != nullptr)) return false;
        const int r = *held;
        return Sound::erase_left(map, l) != 0 && Sound::insert(map, fresh, r);
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map, l) != 0; }
};

TEST(WildMaps, APairThatIsThereMayBeAcceptedWhereThatIsDeclared) {
    EXPECT_EQ(
        first_failure(make_subject(
            "declared", "", Accepting{{}, {.same_pair_is_accepted = true, .exceptions = Guarantee::none}})),
        "");
    EXPECT_EQ(first_failure(make_subject("undeclared", "", Accepting{{}, {.exceptions = Guarantee::none}})),
              "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0, saw 1\n"
              "a.insert 0 0\na.insert 0 0\n");
}

/// Frees what was removed sixteen at a time, but for the first of them.
struct SweepsAllButOne : Least {
    struct Map : Maps {
        Map() = default;
        Map(Map&&) = default;  // and no copy, whatever the vector says
        Map& operator=(Map&&) = default;
        ~Map() = default;
        std::vector<std::unique_ptr<int>> removed;
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool erase_left(Map& map, int l) {
        if (Sound::erase_left(map, l) == 0) return false;
        map.removed.push_back(std::make_unique<int>(l));
        if (map.removed.size() < 16) return true;
        static_cast<void>(map.removed.front().release());
        map.removed.clear();
        return true;
    }
};

TEST(WildMaps, WhatIsLostNowAndThenIsShownByFewCalls) {
    const std::string failure = first_failure(make_subject<SweepsAllButOne>("sweeps-all-but-one", ""));
    EXPECT_THAT(failure, testing::StartsWith("leaks: "));
    EXPECT_THAT(failure, testing::HasSubstr("lost, made by operation 2 (a.erase_left 0)"));
    EXPECT_THAT(failure, testing::EndsWith("\na.insert 0 0\na.erase_left 0\n"));
}

/// Throws where it refuses, and does not say so.
struct Refusing : Least {
    static void insert(Map& map, int l, int r) {
        if (!Sound::insert(map, l, r)) throw std::invalid_argument{"taken"};
    }
};

/// Gives back the erased iterator's own place in what is left.
struct ErasesPrevious : Least {
    static auto begin_left(const Map& map) { return map.forward.begin(); }
    static auto end_left(const Map& map) { return map.forward.end(); }
    static auto erase_at_left(Map& map, std::map<int, int>::const_iterator it) {
        map.inverse.erase(it->second);
        map.forward.erase(it);
        return map.forward.cbegin();
    }
};

std::string excuse_for(const Subject& subject, std::string_view text) {
    const auto judge = [](const Subject& declaring, const Program& program) {
        return Isolated{declaring}(program);
    };
    const Program program = parse(text);
    const Verdict failure = judge(subject, program);
    EXPECT_FALSE(failure.holds()) << text;
    return excusing_convention(subject, program, failure, judge);
}

TEST(Conventions, AreNamedThatWouldExcuseAFinding) {
    EXPECT_EQ(excuse_for(make_subject<Accepting>("accepting", ""), "a.insert 0 0\na.insert 0 0"),
              ".same_pair_is_accepted = true");
    EXPECT_EQ(excuse_for(make_subject<Refusing>("refusing", ""), "a.insert 0 0\na.insert 0 1"),
              ".refuses_by_throwing = true");
    EXPECT_EQ(excuse_for(make_subject<ErasesPrevious>("erases-previous", ""),
                         "a.insert 0 0\na.insert 1 1\na.insert 2 2\na.erase_at_left 1"),
              ".erases_next = false");
    EXPECT_EQ(excuse_for(make_subject("hollow", "", HollowSubject{.moved_from = MovedFrom::usable}),
                         "a.insert 0 0\nb = move a\na.insert 0 0"),
              ".moved_from = MovedFrom::unusable");
    const Subject demanding = make_subject<Demanding>("demanding", "");
    EXPECT_EQ(excuse_for(demanding, "a.insert 0 0\na.insert 0 1"), ".needs = {.fresh_keys = true}");
    EXPECT_EQ(excuse_for(demanding, "a.erase_left 0"), ".needs = {.present_keys = true}");
}

TEST(Conventions, ExcuseNothingElse) {
    EXPECT_EQ(excuse_for(make_subject<SwapsHalf>("swaps-half", ""), "a.insert 0 0\nb.swap a\na.insert 0 0"),
              "");
    EXPECT_EQ(excuse_for(make_subject("forgetful", "", Sharing{.forgets = true}), "a = copy b\na.insert 0 0"),
              "");
}

/// Keeps the last pairs that were removed, for an undo.
struct Undoing {
    using Left = Counted::Left;
    using Right = Counted::Right;
    struct Map {
        Counted::Map maps;
        std::list<std::pair<Left, Right>> removed;
    };
    std::size_t keeps = 1;
    std::size_t declares = 0;
    [[nodiscard]] Promises promises() const {
        return {.keeps_removed = declares, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, const Left& l, const Right& r) { return Counted::insert(map.maps, l, r); }
    static const Right* find_left(const Map& map, const Left& l) { return Counted::find_left(map.maps, l); }
    [[nodiscard]] bool erase_left(Map& map, const Left& l) const {
        const auto found = map.maps.forward.find(l);
        if (found == map.maps.forward.end()) return false;
        map.removed.emplace_back(found->first, found->second);
        if (map.removed.size() > keeps) map.removed.pop_front();
        return Counted::erase_left(map.maps, Left{map.removed.back().first}) != 0;
    }
};

TEST(WildMaps, AnUndoMayKeepAsManyPairsAsItDeclares) {
    EXPECT_EQ(first_failure(make_subject("declared", "", Undoing{.declares = 2})), "");
    const std::string undeclared = first_failure(make_subject("undeclared", "", Undoing{}));
    EXPECT_NE(undeclared.find("leaks: "), std::string::npos) << undeclared;
    const std::string unbounded =
        first_failure(make_subject("unbounded", "", Undoing{.keeps = 1000, .declares = 2}), 30000);
    EXPECT_NE(unbounded.find("leaks: "), std::string::npos) << unbounded;
}

/// Remembers which key was last asked for in vain.
struct Recalling {
    using Left = Counted::Left;
    using Right = Counted::Right;
    struct Map {
        Counted::Map maps;
        std::optional<Left> missed;
    };
    std::size_t declares = 0;
    [[nodiscard]] Promises promises() const {
        return {.keeps_removed = declares, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, const Left& l, const Right& r) { return Counted::insert(map.maps, l, r); }
    static const Right* find_left(const Map& map, const Left& l) { return Counted::find_left(map.maps, l); }
    static bool erase_left(Map& map, const Left& l) {
        if (Counted::erase_left(map.maps, l) != 0) return true;
        map.missed.emplace(l);
        return false;
    }
};

TEST(WildMaps, WhatIsKeptOfARemovalMayBeKeptInAnEmptyMap) {
    EXPECT_EQ(first_failure(make_subject("declared", "", Recalling{.declares = 2})), "");
    EXPECT_THAT(first_failure(make_subject("undeclared", "", Recalling{})),
                testing::StartsWith("leaks: 1 element"));
}

/// Keeps a block more for other maps with each one that is filled, up to so many.
template <std::size_t most>
struct Pooling : Least {
    bool declares = false;
    [[nodiscard]] Promises promises() const {
        return {.pools_memory = declares, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, int l, int r) {
        if (!Sound::insert(map, l, r)) return false;
        if (map.forward.size() == 1 && pool.size() < most) pool.push_back(std::make_unique<int>());
        return true;
    }
    static inline std::list<std::unique_ptr<int>> pool;
};

TEST(WildMaps, MemoryMayOutliveTheMapWhereItIsDeclared) {
    EXPECT_EQ(first_failure(make_subject("declared", "", Pooling<3>{{}, true})), "");
    const Program program = parse("a.insert 0 0");
    const Subject undeclared = make_subject("undeclared", "", Pooling<3>{});
    EXPECT_EQ(describe(Isolated{undeclared}(program), program),
              "leaks: 2 blocks (28 bytes) retained, made by operation 1 (a.insert 0 0), seen after the end");
}

TEST(WildMaps, WhatIsMadeForTheFirstCallOfAllIsNoLeak) {
    EXPECT_EQ(first_failure(make_subject("made-once", "", Pooling<1>{})), "");
}

/// Keeps each number that it ever saw in one place for all maps.
struct Interning : Least {
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) {
        numbers.insert({l, r});
        return Sound::insert(map, l, r);
    }
    static inline std::set<int> numbers;
};

TEST(WildMaps, WhatIsMadeOnceForAllMapsIsNoLeakWhereverItLies) {
    EXPECT_EQ(first_failure(make_subject("interning", "", Interning{})), "");
}

/// Notes what was erased, and sweeps the notes away when there are many.
struct Sweeping : Least {
    using Note = std::array<int, 12>;
    struct Map {
        Maps maps;
        std::vector<Note> notes;
    };
    std::size_t most = 0;
    bool frees = false;  ///< the memory of the notes, too
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) { return Sound::insert(map.maps, l, r); }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map.maps, l); }
    [[nodiscard]] bool erase_left(Map& map, int l) const {
        if (Sound::erase_left(map.maps, l) == 0) return false;
        if (map.notes.size() == most) map.notes.clear();
        if (frees && map.notes.empty()) map.notes.shrink_to_fit();
        map.notes.reserve(map.notes.size() + 1);
        map.notes.push_back({l});
        return true;
    }
};

TEST(WildMaps, WhatHasABoundIsNoLeakHoweverLateItIsReached) {
    for (const std::size_t most : {20U, 40U, 70U, 100U, 120U})
        EXPECT_EQ(first_failure(make_subject("sweeping", "", Sweeping{{}, most}), 1000), "") << most;
    for (const std::size_t most : {94U, 123U, 200U, 300U})
        EXPECT_EQ(first_failure(make_subject("sweeping-all", "", Sweeping{{}, most, true}), 1000,
                                patient_questions),
                  "")
            << most;
    EXPECT_THAT(first_failure(make_subject("hoarding", "", Sweeping{{}, 1U << 20U}), 1000),
                testing::StartsWith("leaks: 4608 bytes more retained, made by operation 2 (a.erase_left 0)"));
}

struct Slab {
    Maps maps;
    std::list<std::vector<int>> slabs;
    std::size_t left = 0;
};
/// One that stays where it is, so that each call reaches the same.
struct FixedSlab : Slab {
    FixedSlab() = default;
    FixedSlab(const FixedSlab&) = delete;
    FixedSlab& operator=(const FixedSlab&) = delete;
};

/// Takes memory for many insertions at once, and of that which is erased takes nothing up again.
template <class Slab>
struct Slabs : Least {
    using Map = Slab;
    std::size_t most = 0;  ///< of the slabs; then it starts anew
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (!Sound::insert(map.maps, l, r)) return false;
        if (map.left-- > 0) return true;
        if (map.slabs.size() == most) map.slabs.clear();
        map.slabs.emplace_back(map.left = 64);
        return true;
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map.maps, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map.maps, l) != 0; }
};

TEST(WildMaps, MemoryThatIsTakenInLargePiecesIsFoundToGrow) {
    const Subject hoarding = make_subject("hoarding", "", Slabs<Slab>{{}, 1U << 20U});
    EXPECT_EQ(
        first_failure(hoarding, 1000, patient_questions),
        "leaks: 2 blocks (296 bytes) more retained, made by operation 1 (a.insert 0 0), from the 32nd to "
        "the 128th repetition of the program\na.insert 0 0\na.erase_left 0\n");
    EXPECT_THAT(first_failure(hoarding, 4000, hunting_questions), testing::StartsWith("leaks: "));
    const auto failure_of_bounded = [](auto slabs) {
        return first_failure(make_subject("bounded", "", slabs), 300, patient_questions);
    };
    for (std::size_t most = 1; most < 30; ++most)
        EXPECT_EQ(failure_of_bounded(Slabs<FixedSlab>{{}, most}), "") << most;
    for (std::size_t most = 1; most < 10; ++most)
        EXPECT_EQ(failure_of_bounded(Slabs<Slab>{{}, most}), "") << most;
}

/// Never takes up again the places of those that it erased, and goes round for ever once it has no other.
struct Tombs : Least {
    struct Map {
        Maps maps;
        std::set<int> used;
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) {
        if (map.used.size() == 24 && map.maps.forward.size() < 6) std::abort();
        if (!Sound::insert(map.maps, l, r)) return false;
        map.used.insert(l);
        if (map.maps.forward.size() == 6) map.used.clear();
        return true;
    }
    static const int* find_left(const Map& map, int l) { return Sound::find_left(map.maps, l); }
    static bool erase_left(Map& map, int l) { return Sound::erase_left(map.maps, l) != 0; }
};

TEST(WildMaps, ManyPairsPassThroughASmallMap) {
    EXPECT_THAT(first_failure(make_subject<Tombs>("tombs", ""), 2000), testing::StartsWith("crashes in"));
}

/// Loses a pair when it grows far.
struct Outgrown : Least {
    std::size_t most = 0;
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (!Sound::insert(map, l, r)) return false;
        if (map.forward.size() == most) Sound::erase_left(map, map.forward.begin()->first);
        return true;
    }
};

TEST(WildMaps, AMapThatGrowsFarIsMetWithoutInsertionsInBulk) {
    for (const std::size_t most : {17U, 33U, 49U, 64U}) {
        const Subject outgrown = make_subject("outgrown", "", Outgrown{{}, most});
        ASSERT_FALSE(outgrown.offer.contains(Verb::insert_range, Side::left, false));
        const std::string failure = first_failure(outgrown, 4000);
        EXPECT_EQ(std::count(failure.begin(), failure.end(), '\n'), 1 + static_cast<int>(most)) << failure;
    }
}

/// Loses a pair where a table of sixteen places has two for its last one, and one of them goes.
struct EndsItsChains : Counted {
    static bool in_the_last_place(const std::pair<const Left, Right>& pair) {
        return pair.first.number() % 16 == 15;
    }
    static std::size_t erase_left(Map& map, const Left& l) {
        const bool from_there = l.number() % 16 == 15 && Counted::erase_left(map, l) != 0;
        if (!from_there) return Counted::erase_left(map, l);
        const auto next = std::find_if(map.forward.begin(), map.forward.end(), in_the_last_place);
        if (next != map.forward.end()) Counted::erase_left(map, Left{next->first});
        return 1;
    }
};

TEST(WildMaps, KeysMeetInTheLastPlaceOfATable) {
    const std::string failure = first_failure(make_subject<EndsItsChains>("ends-its-chains", ""), 3000);
    EXPECT_EQ(std::count(failure.begin(), failure.end(), '\n'), 4) << failure;
}

/// Where three keys have one hash and the second goes, the third goes, too.
struct CutsItsChains : TwoMapsSubject<Collider<Side::left>, Collider<Side::right>> {
    using Sound = TwoMapsSubject<Collider<Side::left>, Collider<Side::right>>;
    static std::size_t erase_left(Map& map, const Left& l) {
        const std::hash<Left> hash;
        std::vector<Left> alike;
        for (const auto& [left, right] : map.forward)
            if (hash(left) == hash(l)) alike.push_back(left);
        if (alike.size() > 2 && alike[1] == l) Sound::erase_left(map, alike[2]);
        return Sound::erase_left(map, l);
    }
};

TEST(WildMaps, ThreeKeysHaveTheirHashInCommon) {
    const std::string failure = first_failure(make_subject<CutsItsChains>("cuts-its-chains", ""), 1000);
    EXPECT_EQ(std::count(failure.begin(), failure.end(), '\n'), 5) << failure;
}

/// Undoes no more than so many pairs of a range.
struct ShortOfUndo : Counted {
    static constexpr std::size_t most_undone = 16;
    static void insert_range(Map& map, auto first, auto last) {
        std::vector<Left> undo;
        undo.reserve(most_undone);
        try {
            for (; first != last; ++first)
                if (insert(map, first->first, first->second) && undo.size() < most_undone)
                    undo.push_back(first->first);
        } catch (...) {
            for (const Left& left : undo) erase_left(map, left);
            throw;
        }
    }
    static Promises promises() {
        Promises promises = Counted::promises();
        promises.strong.set(static_cast<std::size_t>(Verb::insert_range));
        return promises;
    }
};

/// Asks for memory at a certain size, and leaves half a pair if there is none.
struct GrowsAtACost : Least {
    std::size_t most = 0;
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (map.forward.size() == most) {
            auto first = map.forward.extract(map.forward.begin());
            std::vector<int>{}.reserve(most);
            map.forward.insert(std::move(first));
        }
        return Sound::insert(map, l, r);
    }
    static const int* find_right(const Map& map, int r) { return Sound::find_right(map, r); }
};

TEST(WildMaps, AFaultComesLateInALongCallAndWhereAMapGrows) {
    EXPECT_NE(first_failure(make_subject<ShortOfUndo>("short-of-undo", ""), 5000), "");
    EXPECT_NE(first_failure(make_subject("grows-at-a-cost", "", GrowsAtACost{{}, 32}), 5000), "");
}

/// Compares as it was told when it was made; there is none that was told nothing.
struct Direction {
    explicit Direction(bool descends) : descending{descends} {}
    bool operator()(int one, int other) const { return descending ? other < one : one < other; }
    bool descending;
};
struct Directed {
    using Left = int;
    using Right = int;
    using Table = std::map<int, int, Direction>;
    struct Map {
        Table forward;
        Table inverse;
    };
    bool lies = false;
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static Map make() { return {Table{Direction{true}}, Table{Direction{false}}}; }
    [[nodiscard]] bool insert(Map& map, int l, int r) const {
        if (map.forward.contains(l) || map.inverse.contains(r)) return lies;
        map.forward.emplace(l, r);
        map.inverse.emplace(r, l);
        return true;
    }
    static bool erase_left(Map& map, int l) {
        const auto found = map.forward.find(l);
        if (found == map.forward.end()) return false;
        map.inverse.erase(found->second);
        map.forward.erase(found);
        return true;
    }
    static const auto& left(const Map& map) { return map.forward; }
    static const auto& right(const Map& map) { return map.inverse; }
};

TEST(WildMaps, AComparatorWithAStateNeedsNoDefaultConstructor) {
    static_assert(!std::is_default_constructible_v<Direction>);
    EXPECT_EQ(first_failure(make_subject<Directed>("honest", "")), "");
    EXPECT_EQ(first_failure(make_subject("lying", "", Directed{.lies = true})),
              "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0, saw 1\n"
              "a.insert 0 0\na.insert 0 0\n");
}

/// The element that the left side shows and the one that the right side shows are equal, and not the same.
struct KeepsBoth : TwoMapsSubject<Twin<Side::left>, Twin<Side::right>> {
    static bool force(Map& map, const Left& l, const Right& r) {
        const Left held{l};
        if (const auto other = map.inverse.find(r); other != map.inverse.end() && other->second != l)
            return false;
        if (const auto other = map.forward.find(l); other != map.forward.end() && other->second != r)
            return false;
        map.forward.insert_or_assign(held, r);
        map.inverse.insert_or_assign(r, held);
        return false;
    }
};

TEST(WildMaps, TwinsTellWhichElementIsKept) {
    const Verdict verdict =
        check(make_subject<KeepsBoth>("keeps-both", ""), parse("a.insert 0 0\na.force 0 0"));
    EXPECT_EQ(verdict.aspect, Verdict::Aspect::invariant);
    EXPECT_EQ(verdict.seen, "one element seen from the left, and an equal one from the right");
    EXPECT_TRUE(check(make_subject<TwoMapsSubject<Twin<Side::left>, Twin<Side::right>>>("sound", ""),
                      parse("a.insert 0 0\na.force 0 0\na.force 0 1"))
                    .holds());
}

/// A map that keeps a note, from malloc, of every pair, and forgets to free it.
struct Notes : Least {
    static bool insert(Map& map, int l, int r) {
        if (!Sound::insert(map, l, r)) return false;
        note = std::malloc(16);
        return true;
    }
    static std::size_t erase_left(Map& map, int l) {
        std::free(std::exchange(note, nullptr));
        return Sound::erase_left(map, l);
    }
    static inline void* note = nullptr;
};

TEST(WildMaps, WhatMallocGaveIsCountedToo) {
    const Subject notes = make_subject<Notes>("notes", "");
    EXPECT_TRUE(check(notes, parse("a.insert 0 0\na.erase_left 0")).holds());
    const Verdict verdict = Isolated{notes}(parse("a.insert 0 0\na.insert 1 1"));
    EXPECT_EQ(verdict.kind, Verdict::Kind::leaks);
    EXPECT_EQ(verdict.blocks, 1U);
    EXPECT_EQ(verdict.bytes, 16U);
}

TEST(WildMaps, ElementsOfSixtyFourBitsStandInOrderToo) {
    const Subject wide = make_subject<TwoMapsSubject<std::int64_t, std::int64_t>>("wide", "");
    EXPECT_EQ(first_failure(wide), "");
}

/// Pairs in a vector; what is replaced is assigned to.
struct InPlace {
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    using Map = std::vector<std::pair<Left, Right>>;
    bool keeps_key = false;
    static Promises promises() { return {.stores_what_is_given = true, .exceptions = Guarantee::none}; }
    bool force(Map& map, Left l, Right r) const {  // copies, for they may be the map's own
        std::erase_if(map, [&](const auto& pair) { return pair.first != l && pair.second == r; });
        for (auto& pair : map) {
            if (pair.first != l) continue;
            if (!keeps_key) pair.first = std::move(l);
            pair.second = std::move(r);
            return true;
        }
        map.emplace_back(std::move(l), std::move(r));
        return true;
    }
    static const Right* find_left(const Map& map, const Left& l) {
        for (const auto& [left, right] : map)
            if (left == l) return &right;
        return nullptr;
    }
    static const Left* find_right(const Map& map, const Right& r) {
        for (const auto& [left, right] : map)
            if (right == r) return &left;
        return nullptr;
    }
    static bool erase_left(Map& map, const Left& l) {
        return std::erase_if(map, [&](const auto& pair) { return pair.first == l; }) != 0;
    }
};

TEST(WildMaps, WhatIsAssignedToStandsForWhatWasGiven) {
    EXPECT_EQ(first_failure(make_subject<InPlace>("in-place", "")), "");
    EXPECT_EQ(
        first_failure(make_subject("keeps", "", InPlace{.keeps_key = true})),
        "diverges (identity) after operation 2 (a.force 0 0): expected the elements that were given, saw "
        "equal ones that were there before\na.force 0 0\na.force 0 0\n");
}

/// Leaves a pair behind whose elements were moved out.
struct Emptied : InPlace {
    static bool erase_left(Map& map, const Left& l) {
        for (auto& pair : map)
            if (pair.first == l) return static_cast<void>(std::pair{std::move(pair)}), true;
        return false;
    }
    template <class F>
    static void for_each_left(const Map& map, F f) {
        for (const auto& [left, right] : map) f(left, right);
    }
};

TEST(WildMaps, APairWhoseElementsWereMovedOutIsNotTheEnd) {
    const std::string seen = first_failure(make_subject<Emptied>("emptied", ""));
    EXPECT_THAT(seen,
                testing::HasSubstr("saw (an element that was moved from, an element that was moved from)"));
}

/// Keeps a block for every pair, by the C library's ways to align it.
struct AlignedNotes : Least {
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) {
        if (!Sound::insert(map, l, r)) return false;
        note = l == 0 ? std::aligned_alloc(64, 64) : nullptr;
        if (l != 0 && posix_memalign(&note, 64, 64) != 0) throw std::bad_alloc{};
        return true;
    }
    static inline void* note = nullptr;
};

TEST(WildMaps, AlignedBlocksOfTheCLibraryAreCountedToo) {
    const Subject notes = make_subject<AlignedNotes>("notes", "");
    for (const char* const text : {"a.insert 0 0\na.insert 0 0", "a.insert 1 1\na.insert 1 1"}) {
        const Verdict verdict = Isolated{notes}(parse(text));
        EXPECT_EQ(verdict.kind, Verdict::Kind::leaks) << text;
        EXPECT_EQ(verdict.bytes, 64U) << text;
    }
    std::free(std::exchange(AlignedNotes::note, nullptr));
}

/// Ends an element twice when it has inserted often.
struct Worn : Counted {
    static Promises promises() { return {.elements_per_pair = 4, .exceptions = Guarantee::none}; }
    static bool insert(Map& map, const Left& l, const Right& r) {
        if (++inserted % 40 == 0) {
            alignas(Left) std::byte room[sizeof(Left)];
            auto* const element = ::new (static_cast<void*>(room)) Left{l};
            std::destroy_at(element);
            std::destroy_at(element);
        }
        return Counted::insert(map, l, r);
    }
    static inline int inserted = 0;
};

TEST(WildMaps, MisuseThatNeedsManyRepetitionsIsSeen) {
    const Program program = parse("a.insert 0 0\na.insert 1 1\na.clear");
    Worn::inserted = 20;
    EXPECT_EQ(describe(check(make_subject<Worn>("worn", ""), program, patient_questions), program),
              "crashes in a repetition of the program: an element was destroyed twice");
}

/// Stands in the order of a counter of eight bits.
struct Ticking : Style {
    struct Entry {
        int left;
        int right;
        std::uint8_t tick;
    };
    struct Map {
        std::vector<Entry> entries;
        std::uint8_t next = 0;
    };
    static Promises promises() {
        return {.order = {Order::sequenced, Order::any}, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, int l, int r) {
        if (std::ranges::any_of(map.entries, [&](auto& e) { return e.left == l || e.right == r; }))
            return false;
        map.entries.push_back({l, r, map.next++});
        std::ranges::sort(map.entries, {}, &Entry::tick);
        return true;
    }
    static bool erase_left(Map& map, int l) {
        return std::erase_if(map.entries, [&](auto& e) { return e.left == l; }) != 0;
    }
    static std::optional<int> find_left(const Map& map, int l) {
        const auto found = std::ranges::find(map.entries, l, &Entry::left);
        return found == map.entries.end() ? std::nullopt : std::optional{found->right};
    }
    static void for_each_left(const Map& map, auto visit) {
        for (const Entry& entry : map.entries) visit(entry.left, entry.right);
    }
};

TEST(WildMaps, ACounterThatWrapsIsSeenInARepetition) {
    EXPECT_THAT(
        first_failure(make_subject<Ticking>("ticking", ""), 300, patient_questions),
        testing::StartsWith("diverges (order) after a repetition of the program: expected (1, 1) (0, 0) "
                            "from the left, as they came, saw (0, 0) (1, 1)\n"));
}

/// Clears itself by going on to the next epoch, of eight bits.
struct Epochs : Style {
    struct Entry {
        std::optional<int> right;
        std::uint8_t epoch = 0;
    };
    struct Map {
        std::map<int, Entry> entries;
        std::uint8_t epoch = 0;
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool is_there(const Map& map, const Entry& entry) {
        return entry.right && entry.epoch == map.epoch;
    }
    static bool insert(Map& map, int l, int r) {
        for (const auto& [left, entry] : map.entries)
            if (is_there(map, entry) && (left == l || *entry.right == r)) return false;
        map.entries[l] = {r, map.epoch};
        return true;
    }
    static const int* find_left(const Map& map, int l) {
        const auto found = map.entries.find(l);
        return found != map.entries.end() && is_there(map, found->second) ? &*found->second.right : nullptr;
    }
    static bool erase_left(Map& map, int l) {
        return find_left(map, l) != nullptr && (map.entries[l].right.reset(), true);
    }
    static void clear(Map& map) { ++map.epoch; }
};

TEST(WildMaps, WhatAddsUpCallByCallIsSeenThoughTheProgramBeginsAnew) {
    EXPECT_THAT(first_failure(make_subject<Epochs>("epochs", ""), 300, patient_questions),
                testing::AllOf(testing::StartsWith("diverges (content) after a repetition of the program"),
                               testing::EndsWith("\na.insert 0 0\na.clear\n")));
}

/// Keeps what it removes, as an undo does, and lets nobody erase what is not there.
struct Archive {
    using Left = Counted::Left;
    using Right = Counted::Right;
    struct Map {
        TwoMaps<Left, Right> maps;
        std::list<std::pair<Left, Right>> removed;
    };
    static Promises promises() {
        return {.keeps_removed = 2, .needs = {.present_keys = true}, .exceptions = Guarantee::none};
    }
    static bool insert(Map& map, const Left& l, const Right& r) { return Counted::insert(map.maps, l, r); }
    static const Right* find_left(const Map& map, const Left& l) { return Counted::find_left(map.maps, l); }
    static void erase_left(Map& map, const Left& l) {
        const Right* const r = find_left(map, l);
        if (r == nullptr) std::abort();
        map.removed.emplace_back(l, *r);
        Counted::erase_left(map.maps, l);
    }
};

TEST(WildMaps, WhatCallersHaveToSeeToIsSeenToInRepetitions) {
    const Program program = parse("a.erase_left 1\na.insert 0 0\na.insert 1 1\na.erase_left 0");
    const Verdict verdict = Isolated{make_subject<Archive>("archive", "")}(program);
    EXPECT_NE(verdict.kind, Verdict::Kind::crashes) << describe(verdict, program);
}

/// Searches on for ever where every place is taken, but for this: it gives up, and says what it met last.
struct Full : Least {
    static constexpr std::size_t places = 3;
    static bool insert(Map& map, int l, int r) {
        return map.forward.size() < places && Sound::insert(map, l, r);
    }
    static const int* find_left(const Map& map, int l) {
        if (const int* const found = Sound::find_left(map, l)) return found;
        return map.forward.size() == places ? &map.forward.begin()->second : nullptr;
    }
};

TEST(WildMaps, AKeyThatIsNowhereIsLookedForInAFullMap) {
    const Program program = parse("a.insert 0 0\na.insert 1 1\na.insert 2 2");
    EXPECT_EQ(describe(check(make_subject<Full>("full", ""), program), program),
              "diverges (content) after operation 3 (a.insert 2 2): expected nothing for left 3, saw 0");
}

/// Makes an element where none of its alignment may be.
struct Askew : TwoMapsSubject<Aligned<Side::left>, Aligned<Side::right>> {
    static bool insert(Map& map, const Left& l, const Right& r) {
        alignas(64) std::byte room[2 * sizeof(Left)];
        void* const askew = room + 32;
        std::destroy_at(::new (askew) Left{l});
        return TwoMapsSubject::insert(map, l, r);
    }
};
TEST(WildMaps, AMisalignedElementIsSeen) {
    const Subject askew = make_subject<Askew>("askew", "");
    EXPECT_EQ(Isolated{askew}(parse("a.insert 0 0")).kind, Verdict::Kind::crashes);
}

}  // namespace
}  // namespace bimap::properties
