// SPDX-License-Identifier: BSL-1.0
// Bimaps to which some elements mean more than others: those whose hashes meet, that mark a gap, that are
// equal and distinct, that were assigned to; and those that come when a map is large.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "properties/elements.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/tests/wild_maps.hpp"

namespace bimap::properties {
namespace {

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
    const std::string failure =
        "(a.insert 0 0): expected the answer 1 (inserted), saw 0 (not inserted)\na.insert 0 0\n";
    EXPECT_THAT(first_failure(make_subject<Gapped>("gapped", "")), testing::EndsWith(failure));
    EXPECT_THAT(first_failure(make_subject<GappedTexts>("gapped", "")), testing::EndsWith(failure));
    EXPECT_EQ(first_failure(make_subject<Texts>("texts", "")), "");
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
              "diverges (answer) after operation 2 (a.insert 0 0): expected the answer 0 (not inserted), saw "
              "1 (inserted)\n"
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
    EXPECT_EQ(verdict.aspect, Verdict::Aspect::paths);
    EXPECT_EQ(verdict.seen, "one element seen from the left, and an equal one from the right");
    EXPECT_TRUE(check(make_subject<TwoMapsSubject<Twin<Side::left>, Twin<Side::right>>>("sound", ""),
                      parse("a.insert 0 0\na.force 0 0\na.force 0 1"))
                    .holds());
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

/// A list that moves a pair out of its source before it copies it, or copies it first.
struct Hasty {
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    struct Map {
        std::list<std::pair<Left, Right>> pairs;

        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) = default;
        Map& operator=(Map other) noexcept { return pairs.swap(other.pairs), *this; }
        ~Map() = default;
    };
    bool moves_first = false;
    static Promises promises() { return {.faults = 0b110}; }
    static auto position(auto& map, const Left& l) {
        return std::ranges::find(map.pairs, l, &std::pair<Left, Right>::first);
    }
    static bool insert(Map& map, const Left& l, const Right& r) {
        if (std::ranges::any_of(map.pairs, [&](const auto& p) { return p.first == l || p.second == r; }))
            return false;
        map.pairs.emplace_back(l, r);
        return true;
    }
    static const Right* find_left(const Map& map, const Left& l) {
        const auto found = position(map, l);
        return found == map.pairs.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool take_left(Map& map, Map& from, const Left& l) const {
        const auto found = position(from, l);
        if (found == from.pairs.end() || &map == &from) return false;
        std::optional<std::pair<Left, Right>> moved;
        if (moves_first) moved.emplace(std::move(*found));
        const auto& pair = moved ? *moved : *found;
        const bool inserted = insert(map, pair.first, pair.second);
        if (inserted)
            from.pairs.erase(found);
        else if (moved)
            *found = *std::move(moved);
        return inserted;
    }
    static void for_each_left(const Map& map, auto visit) {
        for (const auto& [l, r] : map.pairs) visit(l, r);
    }
};

TEST(WildMaps, APairWhoseElementsWereMovedOutIsNone) {
    EXPECT_EQ(first_failure(make_subject<Hasty>("copies-first", "")), "");
    EXPECT_EQ(first_failure(make_subject("moves-first", "", Hasty{true}), 3000),
              "diverges (content) after operation 2 (b.take_left a 0 !alloc=1): expected pairs of elements, "
              "in a, saw (an element that was moved from, an element that was moved from)\n"
              "a.insert 0 0\nb.take_left a 0 !alloc=1\n");
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

/// Makes room before it reads its arguments, or copies them first.
struct Spacious {
    using Left = std::string;
    using Right = std::string;
    using Map = std::vector<std::pair<std::string, std::string>>;
    bool reads_late = false;
    static Promises promises() { return {.exceptions = Guarantee::none}; }
    [[nodiscard]] bool insert(Map& map, const Left& l, const Right& r) const {
        for (const auto& pair : map)
            if (pair.first == l || pair.second == r) return false;
        const std::pair<Left, Right> copied{l, r};
        Map fresh;
        fresh.reserve(map.size() + 1);
        for (auto& pair : map) fresh.push_back(std::move(pair));
        fresh.emplace_back(reads_late ? l : copied.first, reads_late ? r : copied.second);
        map.swap(fresh);
        return true;
    }
    static const Right* find_left(const Map& map, const Left& l) {
        const auto found = std::ranges::find(map, l, &std::pair<Left, Right>::first);
        return found == map.end() ? nullptr : &found->second;
    }
    static const Left* find_right(const Map& map, const Right& r) {
        const auto found = std::ranges::find(map, r, &std::pair<Left, Right>::second);
        return found == map.end() ? nullptr : &found->first;
    }
};

TEST(WildMaps, AnArgumentOfOneSideMayBeAnElementOfTheOther) {
    EXPECT_EQ(first_failure(make_subject("copies", "", Spacious{}), 2000), "");
    EXPECT_THAT(first_failure(make_subject("reads-late", "", Spacious{true}), 2000),
                testing::EndsWith("\na.insert 0 1\na.insert &1 0\n"));
}

}  // namespace
}  // namespace bimap::properties
