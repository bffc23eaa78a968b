// SPDX-License-Identifier: BSL-1.0
// Bimaps with exactly one planted bug each, to see the guards fail. Every mutant is the sound map over two
// std::maps, but for the functions that it writes anew; its comment cites the row of the catalogue of bugs
// that real containers had.
#pragma once

#include <cstdlib>
#include <memory>

#include "properties/subjects/two_maps.hpp"

// Not every compiler declares it unasked; the Ledger's hooks define it.
// NOLINTNEXTLINE(readability-redundant-declaration)
void operator delete(void* address, std::size_t size) noexcept;

namespace bimap::properties::mutants {

using L = Tracked<Side::left>;
using R = Tracked<Side::right>;
using Maps = TwoMaps<L, R>;
using Sound = TwoMapsSubject<L, R>;

inline bool pairs_them(const Maps& map, const L& left, const R& right) {
    const auto entry = map.forward.find(left);
    return entry != map.forward.end() && entry->second == right;
}

/// The sound map once more, for mutants whose directions drift apart: it removes whatever it finds on either
/// side, so that what is planted stays a wrong answer, and does not become undefined behaviour when it is met
/// again.
struct Tolerant : Sound {
    static std::size_t erase_left(Map& map, const L& left) {
        return erase_from(map.forward, map.inverse, left);
    }
    static std::size_t erase_right(Map& map, const R& right) {
        return erase_from(map.inverse, map.forward, right);
    }
    static bool force(Map& map, const L& left, const R& right) {
        if (pairs_them(map, left, right)) return false;
        const L new_left{left};
        const R new_right{right};
        erase_left(map, new_left);
        erase_right(map, new_right);
        return insert(map, new_left, new_right);
    }

  private:
    static std::size_t erase_from(auto& one, auto& other, const auto& key) {
        const auto entry = one.find(key);
        if (entry == one.end()) return 0;
        other.erase(entry->second);
        one.erase(entry);
        return 1;
    }
};

// --- The two directions disagree, or the map and its answers ---

/// Row 10: an overwrite leaves the old right in the inverse.
struct StaleInverse : Tolerant {
    static bool force(Map& map, const L& left, const R& right) {
        if (pairs_them(map, left, right)) return false;
        const L new_left{left};
        const R new_right{right};
        map.forward.erase(new_left);
        erase_right(map, new_right);
        return insert(map, new_left, new_right);
    }
};

/// Row 11: where both sides are taken by different pairs, only one pair is evicted.
struct CrossCaseEvictsOne : Tolerant {
    static bool force(Map& map, const L& left, const R& right) {
        const bool crosses = map.forward.contains(left) && map.inverse.contains(right);
        if (!crosses || pairs_them(map, left, right)) return Tolerant::force(map, left, right);
        const L new_left{left};
        const R new_right{right};
        erase_left(map, new_left);
        map.forward.emplace(new_left, new_right);
        map.inverse.insert_or_assign(new_right, new_left);
        return true;
    }
};

/// Row 13: a pair that was there already is reported as inserted.
struct ReportsTwice : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        return Sound::insert(map, left, right) || pairs_them(map, left, right);
    }
};

/// Row 14: a refused pair is written forward, and not backward.
struct RefusalWritesForward : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        if (Sound::insert(map, left, right)) return true;
        map.forward.emplace(left, right);
        return false;
    }
};

/// Row 14: a refusal is an exception.
struct RefusalThrows : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        if (!Sound::insert(map, left, right)) throw std::logic_error{"taken"};
        return true;
    }
};

/// Row 16: equality asks for less than equal pairs.
struct EqualBySize : Sound {
    static bool equal(const Map& one, const Map& other) { return size(one) == size(other); }
};

/// Row 18: the left view shows another order.
struct ReversedOrder : Sound {
    template <class F>
    static void for_each_left(const Map& map, F f) {
        for (auto entry = map.forward.rbegin(); entry != map.forward.rend(); ++entry)
            f(entry->first, entry->second);
    }
};

/// Row 19: a look for what is absent invents it.
struct AtInvents : Sound {
    static const R& at_left(Map& map, const L& left) {
        static const R invented{0};
        const R* const found = find_left(map, left);
        return found == nullptr ? invented : *found;
    }
};

/// Row 23: an update breaks what the map promises of itself.
struct BreaksInvariant : Sound {
    static const char* violated_invariant(const Map& map) {
        return map.forward.size() > 1 ? "I1: there is one pair at most" : nullptr;
    }
};

/// Row 24: a refused argument has been moved from.
struct RefusalTakesArguments : Sound {
    static bool insert(Map& map, auto&& left, auto&& right) {
        const std::pair<L, R> entry{std::forward<decltype(left)>(left), std::forward<decltype(right)>(right)};
        return Sound::insert(map, entry.first, entry.second);
    }
};

/// Row 26: the size is counted, and one way of removing forgets to count.
struct SizeDrift : Sound {
    struct Map : Maps {
        std::size_t drift = 0;
    };
    static Map make() { return Map(); }
    static std::size_t erase_right(Map& map, const R& right) {
        const std::size_t erased = Sound::erase_right(map, right);
        map.drift += erased;
        return erased;
    }
    static std::size_t size(const Map& map) { return Sound::size(map) + map.drift; }
};

/// Row 58: what iteration shows, a lookup does not find.
struct LookupMisses : Sound {
    static const R* find_left(const Map& map, const L& left) {
        return left.number() == 1 ? nullptr : Sound::find_left(map, left);
    }
};

// --- Views and inverses ---

/// A side's view with the interface of std::map.
template <class One, class Other>
struct View {
    using Iterator = typename One::iterator;
    using Key = typename One::key_type;
    One& one;
    Other& other;

    [[nodiscard]] Iterator begin() const { return one.begin(); }
    [[nodiscard]] Iterator end() const { return one.end(); }
    Iterator find(const Key& key) const { return one.find(key); }
    Iterator lower_bound(const Key& key) const { return one.lower_bound(key); }
    Iterator upper_bound(const Key& key) const { return one.upper_bound(key); }
    const auto& at(const Key& key) const { return one.at(key); }
    bool contains(const Key& key) const { return one.contains(key); }
    std::size_t count(const Key& key) const { return one.count(key); }
    Iterator erase(Iterator entry) const {
        other.erase(entry->second);
        return one.erase(entry);
    }
    Iterator erase(Iterator first, Iterator last) const {
        while (first != last) first = erase(first);
        return first;
    }
    void clear() const {
        one.clear();
        other.clear();
    }
};

/// The sound map, with views.
struct Viewed : Sound {
    static auto left(Map& map) {
        return View<decltype(map.forward), decltype(map.inverse)>{map.forward, map.inverse};
    }
    static auto right(Map& map) {
        return View<decltype(map.inverse), decltype(map.forward)>{map.inverse, map.forward};
    }
};

/// Row 50: erasing by iterator skips the successor.
struct SkipsSuccessor : Viewed {
    template <class TheView>
    struct Skipping : TheView {
        using Iterator = typename TheView::Iterator;
        Iterator erase(Iterator entry) const {
            const Iterator next = TheView::erase(entry);
            return next == this->end() ? next : std::next(next);
        }
        Iterator erase(Iterator first, Iterator last) const { return TheView::erase(first, last); }
    };
    static auto left(Map& map) { return Skipping<decltype(Viewed::left(map))>{Viewed::left(map)}; }
};

/// Row 25: clearing through one side's view leaves the other side.
struct ClearsOneSide : Viewed {
    template <class TheView>
    struct Clearing : TheView {
        void clear() const { this->one.clear(); }
    };
    static auto right(Map& map) { return Clearing<decltype(Viewed::right(map))>{Viewed::right(map)}; }
};

/// The sound map, with an inverse through which one can look and erase.
struct Inverted : Sound {
    struct Inverse {
        Maps* maps;
    };
    static Inverse inverse(Map& map) { return {&map}; }

    using Sound::erase_left;
    using Sound::erase_right;
    using Sound::find_left;
    using Sound::find_right;
    using Sound::for_each_left;
    using Sound::for_each_right;
    static std::size_t erase_left(Inverse face, const R& right) {
        return Sound::erase_right(*face.maps, right);
    }
    static std::size_t erase_right(Inverse face, const L& left) {
        return Sound::erase_left(*face.maps, left);
    }
    static const L* find_left(Inverse face, const R& right) { return Sound::find_right(*face.maps, right); }
    static const R* find_right(Inverse face, const L& left) { return Sound::find_left(*face.maps, left); }
    static void for_each_left(Inverse face, auto f) { Sound::for_each_right(*face.maps, f); }
    static void for_each_right(Inverse face, auto f) { Sound::for_each_left(*face.maps, f); }
};

/// Row 25: erasing through the inverse removes one side only.
struct InverseErasesOneSide : Inverted {
    using Inverted::erase_left;
    static std::size_t erase_left(Inverse face, const R& right) { return face.maps->inverse.erase(right); }
};

/// Row 49: after a move, the inverse shows the object that the map was moved from.
struct InverseStaysBehind : Inverted {
    struct Map : Maps {
        Maps* bound = this;
        Map() = default;
        Map(const Map& other) : Maps{other} {}
        Map(Map&& other) noexcept : Maps{std::move(other)}, bound{other.bound} {}
        // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): the base handles it; `bound` stays, on purpose.
        Map& operator=(const Map& other) { return Maps::operator=(other), *this; }
        Map& operator=(Map&& other) noexcept { return Maps::operator=(std::move(other)), *this; }
        ~Map() = default;
    };
    static Map make() { return Map(); }
    static Inverse inverse(Map& map) { return {map.bound}; }
};

/// Row 10: the inverse is made anew when somebody looks from the right; unless it is as long as it was.
struct InverseIsAsLongAsBefore {
    using Left = L;
    using Right = R;
    struct Map {
        std::map<L, R> forward;
        mutable std::map<R, L> inverse;
    };
    static Promises promises() { return {.elements_per_pair = 4, .keeps_removed = 4}; }
    static bool insert(Map& map, const L& left, const R& right) {
        for (const auto& [other_left, other_right] : map.forward)
            if (other_left == left || other_right == right) return false;
        return map.forward.emplace(left, right).second;
    }
    static const R* find_left(const Map& map, const L& left) {
        const auto entry = map.forward.find(left);
        return entry == map.forward.end() ? nullptr : &entry->second;
    }
    static const L* find_right(const Map& map, const R& right) {
        if (map.inverse.size() != map.forward.size()) {
            map.inverse.clear();
            for (const auto& [left, its_right] : map.forward) map.inverse.emplace(its_right, left);
        }
        const auto entry = map.inverse.find(right);
        return entry == map.inverse.end() ? nullptr : &entry->second;
    }
    static std::size_t erase_left(Map& map, const L& left) { return map.forward.erase(left); }
};

// --- Copies, moves, assignments, swaps ---

/// Row 43: a copy shares its state with its source.
struct SharingCopies : Sound {
    struct Map {
        std::shared_ptr<Maps> maps = std::make_shared<Maps>();
        operator Maps&() { return *maps; }
        operator const Maps&() const { return *maps; }
    };
    static Map make() { return {}; }
};

/// Row 40: self-assignment clears.
struct SelfAssignmentClears : Sound {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) = default;
        ~Map() = default;
        Map& operator=(Map&&) = default;
        Map& operator=(const Map& other) {
            Sound::clear(*this);
            forward = other.forward;
            inverse = other.inverse;
            return *this;
        }
    };
    static Map make() { return Map(); }
};

/// Row 41: self-move empties, and the map promises that it does not.
struct SelfMoveEmpties : Sound {
    static Promises promises() {
        Promises promises = Sound::promises();
        promises.self_move_keeps = true;
        return promises;
    }
};

/// Row 41: self-swap empties, as a swap by exclusive or does.
struct SelfSwapEmpties : Sound {
    struct Map : Maps {
        friend void swap(Map& one, Map& other) {
            if (&one == &other) return Sound::clear(one);
            std::swap(one.forward, other.forward);
            std::swap(one.inverse, other.inverse);
        }
    };
    static Map make() { return Map(); }
};

/// Row 44: a map that was moved from is not as promised.
struct MoveCopies : Sound {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        // NOLINTNEXTLINE(performance-move-constructor-init): this is the planted bug.
        Map(Map&& other) : Maps{static_cast<const Maps&>(other)} {}
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

/// Nothing is promised of the map that another one is moved from.
struct Moving : Sound {
    static Promises promises() {
        Promises promises = Sound::promises();
        promises.moved_from = MovedFrom::usable;
        return promises;
    }
};

/// Sound, too: a move takes one pair after the other, and may end half-way.
struct MovingPairByPair : Moving {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&& other) { take_all(other); }
        Map& operator=(const Map&) = default;
        Map& operator=(Map&& other) {
            if (this == &other) return *this;
            forward.clear();
            inverse.clear();
            take_all(other);
            return *this;
        }
        ~Map() = default;

      private:
        void take_all(Map& other) {
            while (!other.forward.empty()) {
                const auto entry = other.forward.begin();
                insert(*this, entry->first, entry->second);
                other.inverse.erase(entry->second);
                other.forward.erase(entry);
            }
        }
    };
    static Map make() { return {}; }
};

/// Row 44: what is moved does not arrive.
struct MoveLosesPairs : Moving {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) noexcept {}
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

/// Row 44: what is moved by assignment does not arrive.
struct MoveAssignmentLosesPairs : Moving {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) = default;
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) noexcept { return *this; }
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

// --- Exceptions out of what only looks ---

/// Row 32: a comparison that throws costs the pairs that were to be looked at.
struct FailedLookupEmpties : Sound {
    static const R* find_left(Map& map, const L& left) {
        try {
            return Sound::find_left(map, left);
        } catch (...) {
            map.forward.clear();
            map.inverse.clear();
            throw;
        }
    }
};

/// Row 27: a copy that throws costs its source the pairs.
struct FailedCopyEmptiesSource : Sound {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) = default;
        // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): the base handles it.
        Map& operator=(const Map& other) {
            try {
                return Maps::operator=(other), *this;
            } catch (...) {
                const_cast<Map&>(other).forward.clear();
                const_cast<Map&>(other).inverse.clear();
                throw;
            }
        }
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

// --- References to the map's own elements ---

/// Row 53: the key that is erased is used once more, though it may have been the map's own.
struct UsesErasedKey : Sound {
    static std::size_t erase_left(Map& map, const L& left) {
        const std::size_t erased = Sound::erase_left(map, L{left});
        static_cast<void>(left.number());
        return erased;
    }
};

/// Row 52: what is stored is read after what was in the way has been erased, though it may have been its
/// part.
struct ReadsEvicted : Sound {
    static bool force(Map& map, const L& left, const R& right) {
        if (pairs_them(map, left, right)) return false;
        erase_left(map, L{left});
        erase_right(map, R{right});
        return insert(map, left, right);
    }
};

// --- Leaks ---

/// Row 1: a node is made before the duplicate is seen, and then forgotten.
struct DuplicateLeaks : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        auto node = std::make_unique<L>(left);
        if (Sound::insert(map, left, right)) return true;
        static_cast<void>(node.release());
        return false;
    }
};

/// Row 4: an update leaks the old value.
struct OverwrittenLeaks : Sound {
    static bool force(Map& map, const L& left, const R& right) {
        const R* const old = find_left(map, left);
        auto value = old == nullptr ? nullptr : std::make_unique<R>(*old);
        const bool done = Sound::force(map, left, right);
        if (done) static_cast<void>(value.release());
        return done;
    }
};

/// Row 6: clear leaves the old pairs referenced.
struct ClearKeeps : Sound {
    struct Map : Maps {
        Maps backup;
    };
    static Map make() { return Map(); }
    static void clear(Map& map) { map.backup = std::move(static_cast<Maps&>(map)); }
};

/// Row 8: parent and child own each other.
struct Ring : Sound {
    struct Node {
        L element;
        std::shared_ptr<Node> other = nullptr;
    };
    static bool insert(Map& map, const L& left, const R& right) {
        const auto parent = std::make_shared<Node>(Node{left});
        const auto child = std::make_shared<Node>(Node{left});
        if (!Sound::insert(map, left, right)) return false;
        parent->other = child;
        child->other = parent;
        return true;
    }
};

/// Row 9: something static holds on to a block of the map.
struct StaysRegistered : Sound {
    inline static void* volatile registered = nullptr;
    static void clear(Map& map) {
        Sound::clear(map);
        registered = ::operator new(24);
    }
};

/// Row 12: an overwrite keeps the old value in a history.
struct KeepsHistory : Sound {
    struct Map : Maps {
        std::vector<R> history;
    };
    static Map make() { return Map(); }
    static bool force(Map& map, const L& left, const R& right) {
        if (const R* const old = find_left(map, left); old != nullptr && *old != right)
            map.history.push_back(*old);
        return Sound::force(map, left, right);
    }
};

/// Row 39: a copy leaks a block.
struct CopyLeaks : Sound {
    struct Map : Maps {
        Map() = default;
        Map(const Map& other) : Maps{other} { static_cast<void>(::operator new(24)); }
        Map(Map&&) = default;
        Map& operator=(const Map&) = default;
        Map& operator=(Map&&) = default;
        ~Map() = default;
    };
    static Map make() { return Map(); }
};

/// Row 64: removing leaves a tombstone that is never reclaimed while the map lives.
struct Tombstones : Sound {
    struct Map : Maps {
        std::vector<Number> tombstones;
    };
    static Map make() { return Map(); }
    static std::size_t erase_left(Map& map, const L& left) {
        map.tombstones.push_back(left.number());
        return Sound::erase_left(map, left);
    }
};

/// Row 39: pairs lie within the map itself, and its destructor leaves out the last of several.
struct DestructorStopsShort {
    using Left = L;
    using Right = R;
    using Entry = std::pair<L, R>;
    struct Map {
        Map() = default;
        Map(const Map&) = delete;
        Map& operator=(const Map&) = delete;
        ~Map() {
            for (std::size_t i = 0; i == 0 ? i < size : i + 1 < size; ++i) std::destroy_at(entry(i));
        }
        Entry* entry(std::size_t i) const {
            return const_cast<Entry*>(std::launder(reinterpret_cast<const Entry*>(memory)) + i);
        }
        alignas(Entry) std::byte memory[number_limit * sizeof(Entry)];
        std::size_t size = 0;
    };
    static bool insert(Map& map, const L& left, const R& right) {
        for (std::size_t i = 0; i < map.size; ++i)
            if (map.entry(i)->first == left || map.entry(i)->second == right) return false;
        ::new (static_cast<void*>(map.entry(map.size))) Entry(left, right);
        ++map.size;
        return true;
    }
    static const R* find_left(const Map& map, const L& left) {
        for (std::size_t i = 0; i < map.size; ++i)
            if (map.entry(i)->first == left) return &map.entry(i)->second;
        return nullptr;
    }
};

/// Row 7: elements get lost, so that fewer are alive than there are in the map.
struct LosesElements : Sound {
    static Promises promises() {
        Promises promises = Sound::promises();
        promises.elements_per_pair = 6;
        return promises;
    }
};

// --- Exceptions ---

/// Row 35: memory that ends in the middle of an insertion leaves one direction written.
struct HalfWritten : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        if (map.forward.contains(left) || map.inverse.contains(right)) return false;
        map.forward.emplace(left, right);
        map.inverse.emplace(right, left);
        return true;
    }
};

/// Row 31: an overwrite that throws is promised to change nothing, and has erased.
struct PromisesTooMuch : Sound {
    static Promises promises() {
        Promises promises = Sound::promises();
        promises.strong.set(static_cast<std::size_t>(Verb::force));
        return promises;
    }
};

/// Row 31: an assignment that throws midway leaves an invalid target.
struct AssignsMemberByMember : Sound {
    struct Map : Maps {
        Map() = default;
        Map(const Map&) = default;
        Map(Map&&) = default;
        ~Map() = default;
        Map& operator=(Map&&) = default;
        Map& operator=(const Map& other) {
            if (this == &other) return *this;
            forward = other.forward;
            inverse = other.inverse;
            return *this;
        }
    };
    static Map make() { return Map(); }
};

/// Row 34: where there is no memory, nothing is done and nothing is said.
struct SwallowsFailure : Sound {
    static bool insert(Map& map, const L& left, const R& right) {
        try {
            return Sound::insert(map, left, right);
        } catch (const std::bad_alloc&) {
            return false;
        }
    }
};

/// Row 38: noexcept promised, and it can throw.
struct NoexceptLies : Sound {
    static bool insert(Map& map, const L& left, const R& right) noexcept {
        return Sound::insert(map, left, right);
    }
};

// --- Crashes and hangs ---

/// Row 42: an element is destroyed twice.
struct DestroysTwice : Sound {
    static void clear(Map& map) {
        Sound::clear(map);
        alignas(L) std::byte memory[sizeof(L)];
        L* const element = ::new (static_cast<void*>(memory)) L{0};
        element->~L();
        element->~L();
    }
};

/// Row 2: an element is used after its death.
struct UsesDestroyed : Sound {
    static void clear(Map& map) {
        Sound::clear(map);
        alignas(L) std::byte memory[sizeof(L)];
        L* const element = ::new (static_cast<void*>(memory)) L{0};
        element->~L();
        static_cast<void>(element->number());
    }
};

/// Row 47: memory goes back by another way than it came.
struct DeletesOtherwise : Sound {
    static void clear(Map& map) {
        Sound::clear(map);
        void* volatile block = ::operator new[](24);
        ::operator delete(block);
    }
};

/// Row 47: memory goes back with another size than it came with.
struct DeletesAnotherSize : Sound {
    static void clear(Map& map) {
        Sound::clear(map);
        void* volatile block = ::operator new(24);
        ::operator delete(block, std::size_t{16});
    }
};

/// Row 57: a removal crashes.
struct Segfaults : Sound {
    static std::size_t erase_left(Map& map, const L& left) {
        volatile int* volatile nowhere = nullptr;
        if (!map.forward.contains(left)) *nowhere = 1;
        return Sound::erase_left(map, left);
    }
};

/// Row 41: a call calls itself without end.
struct Recurses : Sound {
    static void clear(Map& map) {
        volatile char frame[256];
        frame[0] = 1;
        if (frame[0] == 1) clear(map);
        frame[0] = 0;
    }
};

/// Row 73: an index that overflowed meets an assertion.
struct Aborts : Sound {
    static std::size_t erase_left(Map& map, const L& left) {
        if (!map.forward.contains(left)) std::abort();
        return Sound::erase_left(map, left);
    }
};

/// Row 65: a look for what is absent never ends.
struct Spins : Sound {
    static std::size_t erase_left(Map& map, const L& left) {
        for (volatile bool absent = !map.forward.contains(left); absent;) {
        }
        return Sound::erase_left(map, left);
    }
};

}  // namespace bimap::properties::mutants
