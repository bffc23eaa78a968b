// SPDX-License-Identifier: BSL-1.0
// Bimaps in styles of their own: whatever their functions return, it is understood, a lie in it is seen, and
// what they ask of their callers is kept to.
#include "properties/tests/wild_maps.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "properties/convention.hpp"
#include "properties/elements.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"

namespace bimap::properties {
namespace {

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

TEST(WildMaps, AnInsertionThatReturnsTheEndRefuses) {
    expect_understood<Iterators>(
        "diverges (answer) after operation 1 (a.insert 0 0): expected the answer 1 (inserted), saw 0 (not "
        "inserted)\na.insert 0 0\n");
}

TEST(WildMaps, AnIteratorWithNamesIsUnderstood) {
    expect_understood<Names>(
        "diverges (content) after operation 1 (a.insert 0 1): expected 1 for left 0, saw 0\na.insert 0 1\n");
}

TEST(WildMaps, APairOfAnIteratorAndABoolIsUnderstood) {
    expect_understood<PairsWithBool>(
        "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0 (not inserted), saw 1 "
        "(inserted)\n"
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
        "diverges (answer) after operation 2 (a.erase_left 0): expected the pairs: (0, 0), saw (0, 1)\n"
        "a.force 0 0\na.erase_left 0\n");
}

TEST(WildMaps, ARefusalThatThrowsIsUnderstoodWhereItIsDeclared) {
    expect_understood<Throws>(
        "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0 (not inserted), saw 1 "
        "(inserted)\n"
        "a.insert 0 0\na.insert 0 0\n");
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
              "crashes in operation 1 (a.erase_left 0): SIGABRT\na.erase_left 0\n");
    const Program absent = parse("a.replace_left 0 0");
    const Subject careless = make_subject("demanding", "", Demanding{{}, {.needs = {.fresh_keys = true}}});
    EXPECT_EQ(describe(Isolated{careless}(absent), absent),
              "diverges (ending) after operation 1 (a.replace_left 0 0): expected a return, saw "
              "std::out_of_range");
    EXPECT_EQ(
        failure({.present_keys = true}),
        "crashes in operation 1 (a.insert 0 0), in the 2nd repetition of the program: SIGABRT\na.insert 0 "
        "0\n");
}

TEST(Promises, StandInTheDocumentationInTheOrderInWhichTheyAreWritten) {
    constexpr Promises in_order{.order = {},
                                .elements_per_pair = {},
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
                                            "elements_per_pair",
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

TEST(Subjects, OfOneNameAreNotTried) {
    std::vector<Subject> list{make_subject<Least>("one", ""), make_subject<Least>("two", ""),
                              make_subject<Final>("one", "")};
    sort_by_name(list);
    EXPECT_EQ(list[0].obstacle, "is the name of two: give each its own");
    EXPECT_EQ(list[1].obstacle, list[0].obstacle);
    EXPECT_EQ(list[2].obstacle, "");
}

TEST(WildMaps, TheirAdaptersFitIntoFortyLines) {
    for (const std::string name : {"intrusive_tree_subject.hpp", "set_get_remove_subject.hpp"}) {
        std::ifstream file{std::string{BIMAP_SOURCE_DIR} + "/properties/subjects/wild/" + name};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        ASSERT_FALSE(text.empty());
        EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 40) << name;
    }
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

/// Takes the left of what it is given, whether that expires or not, where it ought to forward it.
struct Grabbing : Counted {
    bool grabs;
    [[nodiscard]] bool insert(Map& map, auto&& l, auto&& r) const {
        if (!grabs || std::is_const_v<std::remove_reference_t<decltype(l)>>)
            return Counted::insert(map, l, r);
        return Counted::insert(map, Left{std::move(l)}, r);  // NOLINT(bugprone-move-forwarding-reference)
    }
};

TEST(WildMaps, WhatDoesNotExpireIsLeftAsItIs) {
    EXPECT_EQ(first_failure(make_subject("forwards", "", Grabbing{{}, false})), "");
    EXPECT_EQ(
        first_failure(make_subject("grabs", "", Grabbing{{}, true})),
        "diverges (arguments) after operation 1 (a.insert 0 0): expected arguments that do not expire as "
        "they were, saw changed ones\na.insert 0 0\n");
}

/// Inserts all or nothing, but for a map that is larger than its source: that keeps what came until it fails.
struct Hurried : Counted {
    bool hurries;
    [[nodiscard]] static Promises promises() {
        Promises promises = Counted::promises();
        promises.strong.set(static_cast<std::size_t>(Verb::insert_all));
        return promises;
    }
    static std::size_t insert_each(Map& map, const Map& source) {
        std::size_t inserted = 0;
        for (const auto& [left, right] : source.forward)
            inserted += Counted::insert(map, left, right) ? 1 : 0;
        return inserted;
    }
    [[nodiscard]] std::size_t insert_all(Map& map, const Map& source) const {
        if (hurries && map.forward.size() > source.forward.size()) return insert_each(map, source);
        Map all = map;
        const std::size_t inserted = insert_each(all, source);
        map = std::move(all);
        return inserted;
    }
};

TEST(WildMaps, AFaultComesWhileAMapIsInsertedIntoALargerOne) {
    EXPECT_EQ(first_failure(make_subject("careful", "", Hurried{{}, false}), 6000), "");
    const std::string failure = first_failure(make_subject("hurried", "", Hurried{{}, true}), 6000);
    EXPECT_EQ(std::count(failure.begin(), failure.end(), '\n'), 1 + 6) << failure;
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
    EXPECT_EQ(
        first_failure(make_subject("forgetful", "", Sharing{.forgets = true})),
        "diverges (content) after operation 2 (a.insert 0 0): expected nothing for left 0, in b, saw 0\n"
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
        "diverges (answer) after operation 2 (a.assign_left 0 0): expected the answer 0 (not inserted), saw "
        "1 (inserted)\n"
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
              "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0 (not inserted), saw "
              "1 (inserted)\n"
              "a.insert 0 0\na.insert 0 0\n");
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
    EXPECT_EQ(excuse_for(make_subject("hollow", "", HollowSubject{.moved_from = MovedFrom::empty}),
                         "a.insert 0 0\nb = move a\na.insert 0 0"),
              "")
        << "where the opposite is declared";
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

}  // namespace
}  // namespace bimap::properties
