// SPDX-License-Identifier: BSL-1.0
// The watch over large groups: what rises is seen, and whose it is; and a map is asked for no more than it
// offers and permits.
#include "properties/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <list>
#include <memory>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "properties/subjects/bimap_subject.hpp"
#include "properties/subjects/two_maps.hpp"

namespace bimap::properties {
namespace {

using L = Tracked<Side::left>;
using R = Tracked<Side::right>;
using Sound = TwoMapsSubject<L, R>;

template <class Adapter>
Watched watched(std::size_t rounds = 8) {
    return watch(make_subject<Adapter>("watched", ""), {.items = 1000, .rounds = rounds},
                 [](const Round&) {});
}

template <class Adapter>
void expect_clean() {
    const Watched found = watched<Adapter>();
    EXPECT_TRUE(found.clean());
    ASSERT_EQ(found.rounds.size(), 8U);
    EXPECT_EQ(found.rounds.back().items, 1000U);
    EXPECT_EQ(found.rounds.back().balance.elements, 4000U);
}

TEST(Watch, SaysNothingOfASoundMap) { expect_clean<Sound>(); }

/// Keeps what was removed in one block, which seldom grows.
template <class Left>
struct Remembering : TwoMapsSubject<Left, R> {
    using Base = TwoMapsSubject<Left, R>;
    struct Map : Base::Map {
        std::vector<Left> removed;
    };
    static Map make() { return {}; }
    static std::size_t erase_left(Map& map, const Left& l) {
        const std::size_t erased = Base::erase_left(map, l);
        if (erased != 0) map.removed.push_back(l);
        return erased;
    }
};

TEST(Watch, SeesElementsThatRiseThoughBytesRestForAWhile) {
    const Watched found = watched<Remembering<L>>(20);
    EXPECT_TRUE(found.rising);
    EXPECT_EQ(found.left_by, "remove by left");
    EXPECT_EQ(found.elements_per_round, 300);
}

/// Leaves a small block behind at each clear, beside memory that comes and goes.
struct Breathing : Sound {
    struct Map : Sound::Map {
        std::list<int> notes;
        std::vector<char> breath;
    };
    static Map make() { return {}; }
    static void clear(Map& map) {
        Sound::clear(map);
        map.notes.push_back(0);
        map.breath = std::vector<char>(map.breath.size() > 1 ? 1 : 1'000'000);
    }
};

TEST(Watch, SeesBlocksThatRiseThoughBytesFallNowAndThen) {
    const Watched found = watched<Breathing>(20);
    EXPECT_TRUE(found.rising);
    EXPECT_EQ(found.made_by, "clear");
    EXPECT_EQ(found.blocks_per_round, 1);
}

/// Has one block that is a little larger after each clear.
struct Swelling : Sound {
    struct Map : Sound::Map {
        std::vector<char> block = std::vector<char>(1);
    };
    static Map make() { return {}; }
    static void clear(Map& map) {
        Sound::clear(map);
        map.block = std::vector<char>(map.block.size() + 72);
    }
};

TEST(Watch, BelievesNoBytesAloneWhereAFewRoundsMayRiseByChance) {
    EXPECT_FALSE(watched<Swelling>(12).rising);
    EXPECT_TRUE(watched<Swelling>(13).rising);
}

/// Keeps the last pairs that were removed, as it declares, and memory for the next map.
struct Undoing : Sound {
    struct Map : Sound::Map {
        std::deque<L> removed;
    };
    static Map make() { return {}; }
    static Promises promises() {
        Promises promises = Sound::promises();
        promises.keeps_removed = 500;
        promises.pools_memory = true;
        return promises;
    }
    static std::size_t erase_left(Map& map, const L& l) {
        static const auto* const pool = new Number{0};
        const std::size_t erased = Sound::erase_left(map, l);
        if (erased != 0 && map.removed.size() < 500 && l.number() % 100 == *pool) map.removed.push_back(l);
        return erased;
    }
};

TEST(Watch, LetsAMapKeepWhatItDeclares) {
    const Watched found = watched<Undoing>();
    EXPECT_EQ(found.difference, "");
    EXPECT_FALSE(found.rising);
    EXPECT_TRUE(found.remains.empty());
}

struct LookThrows : Sound {
    static const L* find_right(const Map& map, const R& r) {
        if (map.forward.size() == 1000) throw std::logic_error{"full"};
        return Sound::find_right(map, r);
    }
};

TEST(Watch, SaysThatALookThrew) {
    const Watched found = watched<LookThrows>();
    EXPECT_EQ(found.difference, "after add, expected a look that returns, saw an exception: full");
}

/// Shows the first pair in the place of each.
struct WalksInPlace : Sound {
    static void for_each_right(const Map& map, auto f) {
        for (std::size_t i = 0; i < map.inverse.size(); ++i)
            f(map.inverse.begin()->first, map.inverse.begin()->second);
    }
};

TEST(Watch, ComparesThePairsOnTheWay) {
    EXPECT_EQ(watched<WalksInPlace>().difference,
              "after add, expected each pair once on the way along the right, saw others");
}

/// Without `force`, so that nothing has another right when it is removed by the right.
struct Keeping {
    using Left = L;
    using Right = R;
    using Map = Sound::Map;
    static Promises promises() { return Sound::promises(); }
    static bool emplace(Map& map, const L& l, const R& r) { return Sound::insert(map, l, r); }
    static const R* find_left(const Map& map, const L& l) { return Sound::find_left(map, l); }
    static std::size_t erase_left(Map& map, const L& l) { return Sound::erase_left(map, l); }
    static std::size_t erase_right(Map& map, const R& r) { return Sound::erase_right(map, r); }
};

TEST(Watch, AddsByWhateverCallThereIs) {
    expect_clean<Keeping>();
    EXPECT_EQ(steps_of(make_subject<Keeping>("keeping", "")),
              (std::vector<std::string>{"add", "add again", "remove by left", "remove by right", "copy",
                                        "move", "swap", "pass through"}));
}

/// Adds by replacing on one side alone.
template <Side side>
struct Assigning {
    using Left = L;
    using Right = R;
    using Map = Sound::Map;
    static Promises promises() { return Sound::promises(); }
    static bool assign_left(Map& map, const L& l, const R& r)
        requires(side == Side::left)
    {
        if (map.inverse.contains(r)) return false;
        Sound::erase_left(map, l);
        return Sound::insert(map, l, r);
    }
    static bool assign_right(Map& map, const L& l, const R& r)
        requires(side == Side::right)
    {
        if (map.forward.contains(l)) return false;
        Sound::erase_right(map, r);
        return Sound::insert(map, l, r);
    }
    static const R* find_left(const Map& map, const L& l) { return Sound::find_left(map, l); }
    static std::size_t erase_left(Map& map, const L& l) { return Sound::erase_left(map, l); }
};

TEST(Watch, AddsByReplacingOnOneSide) {
    expect_clean<Assigning<Side::left>>();
    expect_clean<Assigning<Side::right>>();
}

/// What is retained by one step, and by no other.
struct RemovalByRightLeaks : Keeping {
    static std::size_t erase_right(Map& map, const R& r) {
        static_cast<void>(std::make_unique<R>(r).release());
        return Keeping::erase_right(map, r);
    }
};

TEST(Watch, BlamesTheStepThatLeavesElementsBehind) {
    const Watched found = watched<RemovalByRightLeaks>();
    EXPECT_TRUE(found.rising);
    EXPECT_EQ(found.made_by, "remove by right");
    EXPECT_EQ(found.left_by, "remove by right");
}

struct Demanding : Keeping {
    static Promises promises() {
        Promises promises = Keeping::promises();
        promises.needs = {.fresh_keys = true, .present_keys = true};
        return promises;
    }
    static bool emplace(Map& map, const L& l, const R& r) {
        if (!Keeping::emplace(map, l, r)) std::abort();
        return true;
    }
    static std::size_t erase_left(Map& map, const L& l) {
        if (Keeping::erase_left(map, l) == 0) std::abort();
        return 1;
    }
};

TEST(Watch, KeepsToWhatAMapAsksOfItsCallers) { expect_clean<Demanding>(); }

/// What goes wrong only where there are more pairs than any program puts into a map.
struct LosesTheHundredth : Keeping {
    static const L* find_right(const Map& map, const R& r) { return Sound::find_right(map, r); }
    static bool emplace(Map& map, const L& l, const R& r) {
        const bool added = Keeping::emplace(map, l, r);
        if (map.forward.size() == 100) map.inverse.erase(map.inverse.begin());
        return added;
    }
};

TEST(Watch, SeesWhatALargeMapLoses) {
    const Watched found = watched<LosesTheHundredth>();
    EXPECT_FALSE(found.clean());
    EXPECT_EQ(found.rounds.size(), 1U);
    EXPECT_EQ(found.difference, "after add, expected 0 for right 0, saw nothing");
}

/// Copies as many pairs as fit into a byte.
struct CopiesFew : Sound {
    struct Map : Sound::Map {
        Map() = default;
        Map(const Map& other) : Sound::Map{other} {
            while (forward.size() > other.forward.size() % 256)
                Sound::erase_left(*this, L{forward.begin()->first});
        }
        Map(Map&&) = default;
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return {}; }
};

TEST(Watch, ComparesWhatIsMadeOfALargeMap) {
    EXPECT_EQ(watched<CopiesFew>().difference,
              "after copy, in what copy made, expected 1919 for left 0, saw nothing");
}

/// Goes wrong in removing, which the clearing at the end of a round heals.
struct RemovesTheWrongOne : Sound {
    static std::size_t erase_right(Map& map, const R& r) {
        if (map.forward.size() == 700) return Sound::erase_left(map, L{map.forward.begin()->first});
        return Sound::erase_right(map, r);
    }
};

TEST(Watch, ComparesAfterEachStepBeforeAnotherHealsIt) {
    EXPECT_THAT(watched<RemovesTheWrongOne>().difference, testing::StartsWith("after remove by right, "));
}

/// Keeps a removed element, and reads it again, where only a large map comes.
struct ReadsTheDead : Sound {
    static std::size_t erase_left(Map& map, const L& l) {
        if (map.forward.size() == 900) {
            alignas(L) std::byte memory[sizeof(L)];
            auto* const dead = ::new (static_cast<void*>(memory)) L{l};
            std::destroy_at(dead);
            static_cast<void>(dead->number());
        }
        return Sound::erase_left(map, l);
    }
};

TEST(Watch, AsksTheLedgerWhatWasMisused) {
    EXPECT_EQ(watched<ReadsTheDead>().difference, "after remove by left, a destroyed element was used");
}

/// Offers all that a step can ask for.
struct Whole : BiMapSubject<TrackedMap<Nature::sturdy, sequenced<>, sequenced<>>> {
    [[nodiscard]] static Promises promises() {
        return bimap_promises({Order::sequenced, Order::sequenced}, {});
    }
    static bool is_large(const auto& map) { return map.size() > 64; }
};

TEST(Watch, TakesEveryStepWithAMapThatHasAll) {
    EXPECT_EQ(steps_of(make_subject<Whole>("whole", "")), (std::vector<std::string>{"add",
                                                                                    "add again",
                                                                                    "overwrite",
                                                                                    "overwrite across",
                                                                                    "replace",
                                                                                    "move to the front",
                                                                                    "move to the back",
                                                                                    "remove by left",
                                                                                    "remove by right",
                                                                                    "filter",
                                                                                    "copy",
                                                                                    "insert all",
                                                                                    "move",
                                                                                    "swap",
                                                                                    "remove by predicate",
                                                                                    "remove in a loop",
                                                                                    "remove a range",
                                                                                    "extract",
                                                                                    "clear",
                                                                                    "pass through"}));
    const Watched found = watched<Whole>();
    EXPECT_EQ(found.difference, "");
    EXPECT_TRUE(found.clean());
    EXPECT_EQ(found.rounds.back().balance.elements, 2000U);
}

struct ForgetsToReplace : Whole {
    static auto replace_right(auto& map, const auto& r, const auto& fresh) {
        const bool forgets = is_large(map) && r.number() == 1500;
        return Whole::replace_right(map, forgets ? fresh : r, fresh);
    }
};
struct LeavesFirstInPlace : Whole {
    static bool move_to_front_left(auto& map, const auto& l) {
        return is_large(map) || Whole::move_to_front_left(map, l);
    }
};
struct LeavesLastInPlace : Whole {
    static bool move_to_back_right(auto& map, const auto& r) {
        return is_large(map) || Whole::move_to_back_right(map, r);
    }
};
struct LoopSkipsOne : Whole {
    static auto erase_at_left(auto& map, auto it) {
        const auto next = map.left().erase(it);
        return map.size() % 64 == 0 && next != map.left().end() ? std::next(next) : next;
    }
};
struct RangeEndsEarly : Whole {
    static auto erase_range_left(auto& map, auto first, auto last) {
        return map.left().erase(first, is_large(map) ? std::prev(last) : last);
    }
};
struct ExtractsOneMore : Whole {
    static auto extract_left(auto& map, const auto& l) {
        if (map.size() % 64 == 0) map.left().erase(std::prev(map.left().end()));
        return map.left().extract(l);
    }
};
struct InsertsAllButOne : Whole {
    static auto insert_all(Map& map, const Map& from) {
        return map.insert(is_large(from) ? std::next(from.begin()) : from.begin(), from.end());
    }
};
struct LosesOneOnTheWay : Whole {
    struct Map : Whole::Map {
        Map() = default;
        explicit Map(Whole::Map&& filtered) : Whole::Map{std::move(filtered)} {}
        Map(const Map&) = default;
        Map(Map&& other) : Whole::Map{std::move(other)} {
            if (is_large(*this)) left().erase(left().begin());
        }
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return {}; }
};

TEST(Watch, SeesWhatEachStepDoesToALargeMap) {
    EXPECT_THAT(watched<ForgetsToReplace>().difference, testing::StartsWith("after replace, expected "));
    EXPECT_EQ(watched<LeavesFirstInPlace>().difference,
              "after move to the front, expected the left as they came, saw another order");
    EXPECT_EQ(watched<LeavesLastInPlace>().difference,
              "after move to the back, expected the right as they came, saw another order");
    EXPECT_THAT(watched<LoopSkipsOne>().difference, testing::StartsWith("after remove in a loop, "));
    EXPECT_THAT(watched<RangeEndsEarly>().difference, testing::StartsWith("after remove a range, "));
    EXPECT_THAT(watched<ExtractsOneMore>().difference, testing::StartsWith("after extract, "));
    EXPECT_THAT(watched<InsertsAllButOne>().difference,
                testing::StartsWith("after insert all, in what insert_all made, "));
    EXPECT_THAT(watched<LosesOneOnTheWay>().difference, testing::StartsWith("after move, "));
}

/// Shows the first pair last, where there are many.
struct ShowsTheFirstLast : Sound {
    static void for_each_left(const Map& map, auto f) {
        const auto first = map.forward.begin();
        const bool is_large = map.forward.size() > 64;
        for (auto it = first; it != map.forward.end(); ++it)
            if (!is_large || it != first) f(it->first, it->second);
        if (is_large) f(first->first, first->second);
    }
};

TEST(Watch, SeesTheOrderOfALargeMap) {
    EXPECT_EQ(watched<ShowsTheFirstLast>().difference,
              "after add, expected the left in order, saw another order");
}

/// What is erased leaves a mark, which goes when its left comes back; and all of them, when they are too
/// many.
template <std::size_t most>
struct LeavesMarks : Sound {
    struct Map : Sound::Map {
        std::set<Number> marks;
    };
    static Map make() { return {}; }
    static bool insert(Map& map, const L& l, const R& r) {
        map.marks.erase(l.number());
        return Sound::insert(map, l, r);
    }
    static std::size_t erase_left(Map& map, const L& l) {
        if (map.marks.size() >= most) map.marks.clear();
        map.marks.insert(l.number());
        return Sound::erase_left(map, l);
    }
};

TEST(Watch, LetsNewPairsPassThroughASmallMap) {
    const Watched found = watched<LeavesMarks<100'000>>();
    EXPECT_FALSE(found.rising);
    ASSERT_EQ(found.passages.size(), 4U);
    EXPECT_EQ(found.passages[0].passed, 15U);
    EXPECT_EQ(found.passages[3].passed, 1000U);
    EXPECT_GT(found.passages[3].bytes, 4 * found.passages[1].bytes);
    EXPECT_FALSE(found.clean());
}

TEST(Watch, LetsASmallMapGrowToABound) {
    EXPECT_TRUE(watched<LeavesMarks<10>>().clean());
    EXPECT_TRUE(watched<LeavesMarks<100>>().clean());
}

/// Loses what is added when so many others have been.
struct LosesTheNewest : Sound {
    struct Map : Sound::Map {
        std::set<Number> seen;
    };
    static Map make() { return {}; }
    static bool insert(Map& map, const L& l, const R& r) {
        map.seen.insert(l.number());
        if (map.seen.size() == 1000 && map.forward.size() < 9) return true;
        return Sound::insert(map, l, r);
    }
    static void clear(Map& map) {
        map.seen.clear();
        Sound::clear(map);
    }
};

TEST(Watch, ComparesWhatIsThereWhenNewPairsHavePassed) {
    EXPECT_THAT(watched<LosesTheNewest>().difference,
                testing::StartsWith("after new pairs had passed through it, expected "));
}

/// Has a table beside its pairs, and makes it anew where `Policy` says so: of that many slots.
template <class Policy>
struct Rebuilding : Sound {
    using Slot = std::array<char, 1024>;  // beside which two trees are small
    struct Map : Sound::Map {
        std::vector<Slot> table;
    };
    static Map make() { return {}; }
    static void make_room(Map& map, std::size_t slots) {
        if (slots != map.table.size()) map.table = std::vector<Slot>(slots);
        if constexpr (Policy::hashes)
            for (const auto& [l, r] : map.forward) std::hash<L>{}(l);
    }
    static bool insert(Map& map, const L& l, const R& r) {
        make_room(map, Policy::room_before_inserting(map.forward.size(), map.table.size()));
        return Sound::insert(map, l, r);
    }
    static std::size_t erase_left(Map& map, const L& l) {
        make_room(map, Policy::room_before_erasing(map.forward.size(), map.table.size()));
        return Sound::erase_left(map, l);
    }
};

struct KeepsItsTable {
    static constexpr bool hashes = false;
    static std::size_t room_before_inserting(std::size_t, std::size_t slots) { return slots; }
    static std::size_t room_before_erasing(std::size_t, std::size_t slots) { return slots; }
};
struct MakesRoomForOneMore : KeepsItsTable {
    static std::size_t room_before_inserting(std::size_t pairs, std::size_t) { return pairs + 1; }
};
struct MakesRoomForOneLess : KeepsItsTable {
    static std::size_t room_before_erasing(std::size_t pairs, std::size_t) { return pairs - 1; }
};
struct HashesAllEachTime : KeepsItsTable {
    static constexpr bool hashes = true;
};
/// Grows as far as it says when it is full, and shrinks by half when three quarters of it are empty.
template <std::size_t growth>
struct GrowsByFactor : KeepsItsTable {
    static std::size_t room_before_inserting(std::size_t pairs, std::size_t slots) {
        return pairs < slots ? slots : growth * std::max<std::size_t>(slots, 4);
    }
    static std::size_t room_before_erasing(std::size_t pairs, std::size_t slots) {
        return pairs > slots / 4 ? slots : slots / 2;
    }
};

TEST(Watch, SeesATableThatIsMadeAnewForEachPair) {
    EXPECT_EQ(watched<Rebuilding<HashesAllEachTime>>().rebuilding,
              "pairs added one by one cost as the square of their number: 1891 hashes for 62, "
              "31125 hashes for 250, 499500 hashes for 1000");
    EXPECT_THAT(watched<Rebuilding<MakesRoomForOneMore>>().rebuilding,
                testing::HasSubstr("pairs added one by one cost as the square of their number: "));
    EXPECT_THAT(watched<Rebuilding<MakesRoomForOneLess>>().rebuilding,
                testing::HasSubstr("pairs erased one by one cost as the square of their number: "));
}

TEST(Watch, AsksBeforeAllAndBeforeEachStepHoweverFewPairsThereAre) {
    const Subject subject = make_subject<Sound>("watched", "");
    for (const Number items : {Number{10}, Number{1000}}) {
        std::size_t asked = 0;
        std::size_t asked_by_then = 0;
        watch(subject, {.items = items, .rounds = 3, .go_on = [&] { return ++asked, true; }},
              [&](const Round& round) { asked_by_then = round.number == 3 ? asked : 0; });
        EXPECT_EQ(asked_by_then, 1 + 3 * (steps_of(subject).size() + 1)) << items << " items";
    }
}

TEST(Watch, LetsATableGrowAndShrinkByAFactor) {
    EXPECT_TRUE(watched<Rebuilding<KeepsItsTable>>().clean());
    EXPECT_EQ(watched<Rebuilding<GrowsByFactor<2>>>().rebuilding, "");
    EXPECT_EQ(watched<Rebuilding<GrowsByFactor<3>>>().rebuilding, "");
    EXPECT_EQ(watched<Rebuilding<GrowsByFactor<16>>>().rebuilding, "") << "it grows from 62 pairs to 250";
    EXPECT_EQ(watched<Rebuilding<GrowsByFactor<64>>>().rebuilding, "") << "it grows from 250 pairs to 1000";
}

/// Does what it is asked to, and says otherwise.
struct ThrowsBehindIt : Sound {
    static bool erase_left(Map& map, const L& l) {
        Sound::erase_left(map, l);
        throw std::runtime_error{"no more room"};
    }
};
struct SaysItFoundNothing : Sound {
    static bool erase_left(Map& map, const L& l) { return Sound::erase_left(map, l), false; }
};

TEST(Watch, HearsWhatIsAnswered) {
    EXPECT_EQ(watched<ThrowsBehindIt>().difference,
              "after remove by left, expected a.erase_left 200 to return, saw an exception: no more room");
    EXPECT_EQ(watched<SaysItFoundNothing>().difference,
              "after remove by left, expected a.erase_left 200 to answer 1, saw 0");
}

TEST(Watch, KnowsHowManyElementsThereAre) {
    const Subject subject = make_subject<TwoMapsSubject<std::uint8_t, int>>("small", "");
    EXPECT_TRUE(has_elements_for(subject, 32));
    EXPECT_FALSE(has_elements_for(subject, 33));
    EXPECT_TRUE(has_elements_for(make_subject<Sound>("sound", ""), 1'000'000));
}

}  // namespace
}  // namespace bimap::properties
