// SPDX-License-Identifier: BSL-1.0
// Bimaps whose iterators, walks and lookups have styles of their own.
#include <gmock/gmock.h>

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "properties/tests/wild_maps.hpp"

namespace bimap::properties {
namespace {

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

TEST(WildMaps, IteratorsThatFlipAreUnderstood) {
    expect_understood<Flips>(
        "diverges (answer) after operation 1 (a.insert 0 0): expected the answer 1 (inserted), saw 0 (not "
        "inserted)\na.insert 0 0\n");
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

/// A list whose iterators know how many insertions there were before them, and compare that, too.
struct Dated : Style {
    struct Map {
        std::list<std::pair<int, int>> pairs;
        int insertions = 0;
    };
    struct Place {
        std::list<std::pair<int, int>>::const_iterator it;
        int at;
        const std::pair<int, int>& operator*() const { return *it; }
        Place& operator++() { return ++it, *this; }
        bool operator==(const Place& other) const { return it == other.it && at == other.at; }
    };
    static Promises promises() { return {.iterators_stay = true}; }
    static bool insert(Map& map, int l, int r) {
        if (is_taken(map.pairs, l, r)) return false;
        ++map.insertions;
        map.pairs.emplace_back(l, r);
        return true;
    }
    [[nodiscard]] Place place(const Map& map, std::list<std::pair<int, int>>::const_iterator it) const {
        return {it, lies ? map.insertions : 0};
    }
    [[nodiscard]] Place find_left(const Map& map, int l) const {
        return place(map, std::ranges::find(map.pairs, l, &std::pair<int, int>::first));
    }
    [[nodiscard]] Place begin_left(const Map& map) const { return place(map, map.pairs.begin()); }
    [[nodiscard]] Place end_left(const Map& map) const { return place(map, map.pairs.end()); }
};

TEST(WildMaps, AnIteratorThatIsKeptEqualsOneThatWalksThere) {
    expect_understood<Dated>(
        "diverges (reference) after operation 2 (a.insert 1 1): expected an iterator that was kept to (0, 0) "
        "equal to one that walked there, saw another\na.insert 0 0\na.insert 1 1\n");
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
        leaves_the_one_before,
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
        Place operator--(int) {
            const Place behind = *this;
            --*this;
            return mistake == Mistake::leaves_the_one_before ? *this : behind;
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
    const auto contradiction = [](const std::string& seen) {
        return "diverges (paths) after operation 2 (a.insert 1 1): expected the same along every path on the "
               "left, saw " +
               seen + "\na.insert 0 0\na.insert 1 1\n";
    };
    EXPECT_EQ(failure(none), "");
    EXPECT_EQ(failure(stumbles_back),
              contradiction("walking backward shows other pairs, or in another order"));
    EXPECT_EQ(failure(leaves_the_next),
              contradiction("it++ shows other pairs than ++it, or in another order"));
    EXPECT_EQ(failure(leaves_the_one_before),
              contradiction("it-- shows other pairs than --it, or in another order"));
    EXPECT_EQ(failure(points_at_the_first), contradiction("it-> shows another pair than *it"));
    EXPECT_EQ(failure(stays_the_last),
              "diverges (reference) after operation 2 (a.insert 1 1): expected (1, 1) next to an iterator "
              "that was kept to (0, 0), saw the end\n"
              "a.insert 0 0\na.insert 1 1\n");
    EXPECT_EQ(failure(ends_too_soon),
              contradiction("for_each and the iterators show other pairs, or in another order"));
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
    EXPECT_THAT(failure(insert),
                testing::EndsWith("the iterator that was returned leads on otherwise than one that walked "
                                  "there\na.insert 1 0\na.insert 0 1\n"));
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

/// What it shows is brought up to date when somebody asks for the beginning, or for the end, too.
template <bool end_is_late>
struct Late {
    using Left = int;
    using Right = int;
    using Pair = std::pair<int, int>;
    struct Map {
        std::vector<Pair> pairs;
        mutable std::vector<Pair> shown;
    };
    struct Place {
        const std::vector<Pair>* shown;
        std::size_t index;
        const Pair& operator*() const { return shown->at(index); }
        Place& operator++() { return ++index, *this; }
        bool operator==(const Place& other) const { return index == other.index; }
    };
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    static bool insert(Map& map, int l, int r) {
        if (is_taken(map.pairs, l, r)) return false;
        map.pairs.emplace_back(l, r);
        return true;
    }
    static const int* find_left(const Map& map, int l) {
        const auto found = std::ranges::find(map.pairs, l, &Pair::first);
        return found == map.pairs.end() ? nullptr : &found->second;
    }
    static bool erase_left(Map& map, int l) {
        return std::erase_if(map.pairs, [&](const Pair& pair) { return pair.first == l; }) != 0;
    }
    static Place begin_left(const Map& map) {
        map.shown = map.pairs;
        return {&map.shown, 0};
    }
    static Place end_left(const Map& map) {
        if (!end_is_late) map.shown = map.pairs;
        return {&map.shown, map.shown.size()};
    }
};

TEST(WildMaps, TheEndsAreAskedForInEitherOrder) {
    EXPECT_EQ(first_failure(make_subject<Late<false>>("punctual", "")), "");
    EXPECT_THAT(first_failure(make_subject<Late<true>>("late", "")),
                testing::EndsWith("\na.insert 0 0\na.insert 0 0\n"));
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

/// Lookups that hand out copies: the map's own elements are seen only on the way along it.
struct CopiesOut : Counted {
    using L = Tracked<Side::left>;
    using R = Tracked<Side::right>;
    bool uses_erased_key = false;
    static std::optional<R> find_left(const Map& map, const L& l) {
        return copy_of(Counted::find_left(map, l));
    }
    static std::optional<L> find_right(const Map& map, const R& r) {
        return copy_of(Counted::find_right(map, r));
    }
    static auto begin_left(const Map& map) { return map.forward.begin(); }
    static auto end_left(const Map& map) { return map.forward.end(); }
    [[nodiscard]] std::size_t erase_left(Map& map, const L& l) const {
        const auto found = map.forward.find(l);
        if (found == map.forward.end()) return 0;
        map.inverse.erase(found->second);
        map.forward.erase(found);
        return uses_erased_key ? 1 + map.forward.count(l) : 1;
    }

  private:
    template <class T>
    static std::optional<T> copy_of(const T* found) {
        return found == nullptr ? std::nullopt : std::optional{*found};
    }
};

/// Iterators that show a copy of theirs.
struct CopiesOutOnTheWay : CopiesOut {
    class Iterator {
      public:
        using At = std::map<L, R>::const_iterator;
        Iterator(At at, At end) : at_{at}, end_{end} { refresh(); }
        const std::pair<L, R>& operator*() const { return *shown_; }
        Iterator& operator++() {
            ++at_;
            refresh();
            return *this;
        }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

      private:
        void refresh() {
            shown_.reset();
            if (at_ != end_) shown_.emplace(*at_);
        }
        At at_;
        At end_;
        std::optional<std::pair<L, R>> shown_;
    };
    static Iterator begin_left(const Map& map) { return {map.forward.begin(), map.forward.end()}; }
    static Iterator end_left(const Map& map) { return {map.forward.end(), map.forward.end()}; }
};

TEST(WildMaps, WhereLookupsCopyTheMapsOwnElementsAreTakenFromItsIterators) {
    EXPECT_EQ(first_failure(make_subject("copies", "", CopiesOut{})), "");
    EXPECT_EQ(first_failure(make_subject("reads-late", "", CopiesOut{{}, true})),
              "crashes in operation 3 (a.erase_left &0): a destroyed element was used\n"
              "a.insert 0 0\na.insert 1 1\na.erase_left &0\n");
    EXPECT_EQ(first_failure(make_subject("copies-all", "", CopiesOutOnTheWay{})), "");
}

}  // namespace
}  // namespace bimap::properties
