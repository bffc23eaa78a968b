// SPDX-License-Identifier: BSL-1.0
// Fault points, for tests of guarantees: a call is made again and again, and the 1st, 2nd, … allocation,
// copy, move, hash and comparison in it is made to fail, until none is left that could.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

#include "properties/laws.hpp"
#include "properties/ledger.hpp"
#include "properties/subjects/tracked_map.hpp"

namespace bimap::properties::fault_points {

using laws::Pair;
using laws::Pairs;

inline constexpr std::array kinds{Fault::Kind::alloc,     Fault::Kind::copy,    Fault::Kind::move,
                                  Fault::Kind::hash,      Fault::Kind::compare, Fault::Kind::memory,
                                  Fault::Kind::everything};

inline constexpr std::array policies{policy::insert, policy::assign_left, policy::assign_right,
                                     policy::force};

/// Can only be moved, and moving it may throw.
template <Side side>
struct Brittle : Tracked<side, Nature::throwing> {
    using Tracked<side, Nature::throwing>::Tracked;
    Brittle(Brittle&&) = default;
    Brittle& operator=(Brittle&&) = default;
    Brittle(const Brittle&) = delete;
    Brittle& operator=(const Brittle&) = delete;
};

template <Side side>
struct BrittleHash : std::hash<Tracked<side, Nature::throwing>> {};

template <class Allocator = std::allocator<std::pair<Brittle<Side::left>, Brittle<Side::right>>>>
using BrittleMapWith =
    BiMap<Brittle<Side::left>, Brittle<Side::right>, hashed<BrittleHash<Side::left>>, ordered<>, Allocator>;
using BrittleMap = BrittleMapWith<>;

inline const Pairs few{{0, 1}, {1, 0}, {2, 3}};

/// Where a first growth of the store or of a hashed side is near, the next pair needs memory.
inline Pairs as_many_as(Number count) {
    Pairs pairs;
    for (Number i = 0; i < count; ++i) pairs.emplace_back(i, (i + count / 2) % count);
    return pairs;
}

/// The pairs in the order of a side, or sorted if it keeps none.
template <class View>
Pairs in_order(const View& view) {
    if constexpr (std::ranges::bidirectional_range<View>) {
        Pairs pairs;
        for (const auto& pair : view) pairs.push_back(laws::numbers(pair));
        return pairs;
    } else {
        return laws::content(view);
    }
}

/// Everything about the content that a caller may rely on: pairs and orders, and where each pair lies.
struct Sight {
    Pairs left;
    Pairs right;
    std::vector<std::pair<Number, const void*>> places;
};

template <class Map>
Sight sight_of(const Map& map) {
    Sight sight{in_order(map.left()), in_order(map.right()), {}};
    for (const auto& [left, right] : map)
        sight.places.emplace_back(laws::number_of(left), std::addressof(left));
    std::ranges::sort(sight.places);
    return sight;
}

inline void expect_same(const Sight& now, const Sight& before) {
    EXPECT_EQ(now.left, before.left);
    EXPECT_EQ(now.right, before.right);
    EXPECT_EQ(now.places, before.places) << "references do not stay valid";
}

/// Whether a map is as sound as on the first day.
template <class Map>
void expect_sound(Map& map) {
    const char* const violated = violated_invariant(map);
    EXPECT_EQ(violated, nullptr) << violated;
    EXPECT_EQ(laws::content(map.right()), laws::mirrored(laws::content(map.left())));
    map.force(laws::make_left<Map>(60), laws::make_right<Map>(60));
    EXPECT_EQ(map.left().count(laws::make_left<Map>(60)), 1u);
    map.left().erase(laws::make_left<Map>(60));
}

/// Calls act, with the nth event of a kind failing. Returns: whether there was an nth event.
inline bool fails(Fault fault, const std::function<void()>& act) {
    bool has_thrown = false;
    ledger.arm(fault);
    try {
        act();
    } catch (const InjectedFault&) {
        has_thrown = true;
    } catch (const FailedAllocation&) {
        has_thrown = true;
    }
    ledger.disarm();
    EXPECT_EQ(has_thrown, ledger.fired()) << "an exception was swallowed";
    return ledger.fired();
}

/// Calls scenario(fault), which returns whether the fault occurred, for every fault; nothing may be left
/// behind.
inline void for_each_fault(const std::function<bool(Fault)>& scenario) {
    constexpr int most = 999;
    for (const Fault::Kind kind : kinds) {
        bool occurs = true;
        for (int nth = 1; occurs; ++nth) {
            SCOPED_TRACE("event " + std::to_string(nth) + " of kind " +
                         std::to_string(static_cast<int>(kind)));
            ASSERT_LE(nth, most) << "more events than a Fault can number";
            ledger.open(0);
            {
                const Ledger::Listening on{ledger};
                occurs = scenario(Fault{kind, static_cast<std::uint16_t>(nth)});
            }
            EXPECT_EQ(ledger.balance(), Balance{});
            EXPECT_EQ(ledger.misuse(), nullptr) << ledger.misuse();
            if (testing::Test::HasFailure()) return;
        }
    }
}

/// Whatever fails, the map is as before; and afterwards the call succeeds.
template <class Map>
void expect_strong(const Pairs& pairs, const std::function<void(Map&)>& act) {
    for_each_fault([&](Fault fault) {
        Map map = laws::map_of<Map>(pairs);
        const Sight before = sight_of(map);
        const bool occurs = fails(fault, [&] { act(map); });
        if (occurs) {
            expect_same(sight_of(map), before);
            expect_sound(map);
            act(map);
        }
        expect_sound(map);
        return occurs;
    });
}

/// How many events of a kind there are in a call on a fresh map.
template <class Map>
int events_in(Fault::Kind kind, const Pairs& pairs, const std::function<void(Map&)>& act) {
    int nth = 0;
    bool occurs = true;
    while (occurs && ++nth < 1000) {
        const Ledger::Listening on{ledger};
        Map map = laws::map_of<Map>(pairs);
        occurs = fails(Fault{kind, static_cast<std::uint16_t>(nth)}, [&] { act(map); });
    }
    return nth - 1;
}

/// A range of iterators, as plain as can be.
template <class It>
struct Stretch {
    It first;
    It last;
    It begin() const { return first; }
    It end() const { return last; }
};

/// The elements of a sequence, to be moved from.
template <class Elements>
auto moving(Elements& elements) {
    return Stretch{std::make_move_iterator(elements.begin()), std::make_move_iterator(elements.end())};
}

}  // namespace bimap::properties::fault_points
