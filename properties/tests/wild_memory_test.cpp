// SPDX-License-Identifier: BSL-1.0
// Bimaps that keep, pool, log, sweep and count in styles of their own: what they may keep is no leak, and
// what grows or wraps in the long run is found.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
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
              "crashes in operation 2 (a.insert 1 1), in the 7th repetition of the program: an element was "
              "destroyed "
              "twice");
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
    const Subject ticking = make_subject<Ticking>("ticking", "");
    const std::string wrapped =
        "repetition of the program: expected (1, 1) (0, 0) from the left, as they came, saw (0, 0) (1, 1)";
    const Program program = parse("a.insert 0 0\na.insert 1 1\na.erase_left 0");
    EXPECT_EQ(describe(check(ticking, program, patient_questions), program),
              "diverges (order) after operation 1 (a.insert 0 0), in the 256th " + wrapped);
    EXPECT_THAT(first_failure(ticking, 300, patient_questions), testing::HasSubstr(wrapped));
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
    EXPECT_EQ(
        first_failure(make_subject<Epochs>("epochs", ""), 300, patient_questions),
        "diverges (content) after operation 2 (a.clear), in the 256th repetition of the last operation: "
        "expected nothing for left 0, saw 0\na.insert 0 0\na.clear\n");
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

}  // namespace
}  // namespace bimap::properties
