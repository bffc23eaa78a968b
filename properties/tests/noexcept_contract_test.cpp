// SPDX-License-Identifier: BSL-1.0
// What is documented to throw nothing is noexcept; and what may throw does not claim otherwise.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "bimap/bimap.hpp"
#include "bimap/frozen.hpp"

namespace {

using Hashed = bimap::BiMap<std::string, int>;
using Ordered = bimap::BiMap<std::string, int, bimap::ordered<>, bimap::ordered<>>;

template <class Map>
constexpr bool moves_without_throwing =
    std::is_nothrow_move_constructible_v<Map> && std::is_nothrow_move_assignable_v<Map> &&
    std::is_nothrow_swappable_v<Map> && std::is_nothrow_destructible_v<Map>;

template <class Map>
constexpr bool looks_without_throwing(Map& map, const Map& same) {
    static_assert(noexcept(map.left()) && noexcept(map.right()) && noexcept(same.left()) &&
                  noexcept(same.right()));
    static_assert(noexcept(map.inverse()) && noexcept(same.inverse()) && noexcept(same.inverse().inverse()));
    static_assert(noexcept(std::declval<const typename Map::inverse_type&>().inverse()) &&
                  noexcept(map.inverse().inverse()));
    static_assert(noexcept(same.begin()) && noexcept(same.end()) && noexcept(same.cbegin()) &&
                  noexcept(same.cend()));
    static_assert(noexcept(same.size()) && noexcept(same.empty()) && noexcept(same.max_size()));
    static_assert(noexcept(same.capacity()) && noexcept(same.get_allocator()));
    static_assert(noexcept(same.right().begin()) && noexcept(same.right().end()) &&
                  noexcept(same.right().size()));
    static_assert(noexcept(*same.begin()) && noexcept(same.begin()->first));
    static_assert(noexcept(++std::declval<typename Map::iterator&>()));
    static_assert(noexcept(same.right().empty()) && noexcept(same.right().cbegin()) &&
                  noexcept(same.right().cend()) && noexcept(same.left().project(same.right().end())));
    static_assert(noexcept(same.begin() == same.end()) &&
                  noexcept(std::declval<typename Map::iterator&>()++));
    static_assert(noexcept(map.clear()) && noexcept(map.left().clear()) && noexcept(map.right().clear()));
    return true;
}
static_assert(moves_without_throwing<Hashed> && moves_without_throwing<Ordered>);

/// What a side that keeps an order has besides.
template <class View>
constexpr bool looks_in_order_without_throwing(View view) {
    static_assert(noexcept(view.rbegin()) && noexcept(view.rend()) && noexcept(view.front()) &&
                  noexcept(view.back()));
    static_assert(noexcept(--std::declval<typename View::iterator&>()) &&
                  noexcept(std::declval<typename View::iterator&>()--));
    if constexpr (requires { view.move_to_front(view.begin()); }) {
        static_assert(noexcept(view.move_to_front(view.begin())) &&
                      noexcept(view.move_to_back(view.begin())));
    } else {
        using Range = typename View::range_type;
        static_assert(noexcept(Range().begin()) && noexcept(Range().end()) && noexcept(Range().empty()));
    }
    return true;
}

/// What a side with a hash has besides.
template <class View>
constexpr bool says_how_full_it_is_without_throwing(View view) {
    static_assert(noexcept(view.bucket_count()) && noexcept(view.load_factor()) &&
                  noexcept(view.max_load_factor()));
    return true;
}

using Sequenced = bimap::BiMap<std::string, int, bimap::sequenced<>>;
static_assert(moves_without_throwing<Sequenced>);

// Nodes and answers.
using Node = Hashed::node_type;
static_assert(noexcept(std::declval<Node&>().empty()) && noexcept(static_cast<bool>(std::declval<Node&>())));
static_assert(noexcept(std::declval<Node&>().left()) && noexcept(std::declval<const Node&>().right()) &&
              noexcept(std::declval<Node&>().pair()) && noexcept(std::declval<Node&>().reset()));
static_assert(std::is_nothrow_move_constructible_v<Node> && std::is_nothrow_move_assignable_v<Node>);
static_assert(noexcept(std::declval<Hashed::insertion_type&>().evicted_count()) &&
              noexcept(static_cast<bool>(std::declval<Hashed::insertion_type&>())));
static_assert(noexcept(bimap::policy::insert.mirrored()));

// Only empty maps are made of elements that throw when moved; no element is moved with the map.
struct ThrowsWhenMoved {
    explicit ThrowsWhenMoved(int n) : number(n) {}
    ThrowsWhenMoved(ThrowsWhenMoved&& other) noexcept(false) : number(other.number) {}
    auto operator<=>(const ThrowsWhenMoved&) const = default;
    int number;
};
static_assert(moves_without_throwing<bimap::BiMap<ThrowsWhenMoved, int, bimap::ordered<>>>);
template <class Node>
constexpr bool is_brittle =
    !std::is_nothrow_move_constructible_v<Node> && !std::is_nothrow_move_assignable_v<Node>;
static_assert(is_brittle<bimap::Node<ThrowsWhenMoved, int>> && is_brittle<bimap::Node<int, ThrowsWhenMoved>>);

// A function object that may throw when copied is copied with the map; it is exchanged by moving or swapping.
struct ThrowsWhenCopied {
    ThrowsWhenCopied() = default;
    ThrowsWhenCopied(const ThrowsWhenCopied&) noexcept(false) {}
    ThrowsWhenCopied& operator=(const ThrowsWhenCopied&) noexcept(false) { return *this; }
    bool operator()(int a, int b) const { return a < b + state; }
    int state = 0;
};
using CarriesAThrower = bimap::BiMap<int, int, bimap::ordered<ThrowsWhenCopied>>;
static_assert(!std::is_nothrow_move_constructible_v<CarriesAThrower>);
static_assert(!std::is_nothrow_move_assignable_v<CarriesAThrower>);
static_assert(!std::is_nothrow_swappable_v<CarriesAThrower>);
using CarriesItOnTheRight = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<ThrowsWhenCopied>>;
static_assert(!std::is_nothrow_move_constructible_v<CarriesItOnTheRight>);
static_assert(!std::is_nothrow_swappable_v<CarriesItOnTheRight>);

/// Each of a side's function objects counts.
struct ThrowsWhenCopiedToo : ThrowsWhenCopied {
    using ThrowsWhenCopied::operator();
    std::size_t operator()(int a) const { return std::hash<int>()(a + state); }
};
template <class Index>
constexpr bool side_carries_a_thrower =
    !std::is_nothrow_move_constructible_v<bimap::BiMap<int, int, Index>> &&
    !std::is_nothrow_move_assignable_v<bimap::BiMap<int, int, Index>> &&
    !std::is_nothrow_swappable_v<bimap::BiMap<int, int, Index>>;
static_assert(side_carries_a_thrower<bimap::hashed<ThrowsWhenCopiedToo>>);
static_assert(side_carries_a_thrower<bimap::hashed<std::hash<int>, ThrowsWhenCopiedToo>>);
static_assert(side_carries_a_thrower<bimap::sequenced<ThrowsWhenCopiedToo>>);
static_assert(side_carries_a_thrower<bimap::sequenced<std::hash<int>, ThrowsWhenCopiedToo>>);

// An empty map makes its function objects, and nothing else.
struct ThrowsWhenMade {
    ThrowsWhenMade() noexcept(false) {}
    bool operator()(int a, int b) const { return a < b; }
};
template <class Map>
constexpr bool is_made_without_throwing =
    std::is_nothrow_default_constructible_v<Map> &&
    std::is_nothrow_constructible_v<Map, const typename Map::allocator_type&>;
static_assert(is_made_without_throwing<Hashed> && is_made_without_throwing<Ordered> &&
              is_made_without_throwing<Sequenced>);
static_assert(!is_made_without_throwing<bimap::BiMap<int, int, bimap::ordered<ThrowsWhenMade>>>);
static_assert(
    !is_made_without_throwing<bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<ThrowsWhenMade>>>);

/// Unequal allocators that do not propagate force a move assignment to move pair by pair, which allocates.
template <class T, bool are_equal>
struct StayingAllocator : std::allocator<T> {
    using propagate_on_container_move_assignment = std::false_type;
    using is_always_equal = std::bool_constant<are_equal>;
    template <class U>
    struct rebind {
        using other = StayingAllocator<U, are_equal>;
    };
    StayingAllocator() = default;
    template <class U>
    StayingAllocator(const StayingAllocator<U, are_equal>&) noexcept {}
};
template <bool are_equal>
using Stays = bimap::BiMap<int, int, bimap::hashed<>, bimap::hashed<>,
                           StayingAllocator<std::pair<int, int>, are_equal>>;
static_assert(std::is_nothrow_move_constructible_v<Stays<false>>);
static_assert(!std::is_nothrow_move_assignable_v<Stays<false>> &&
              std::is_nothrow_move_assignable_v<Stays<true>>);

// Of a frozen map nothing throws that does not search.
using Frozen = bimap::FrozenBiMap<int, int, 2>;
static_assert(noexcept(Frozen::max_size()) && noexcept(std::declval<const Frozen&>().size()));

// Whatever allocates or calls a function object of the user's may throw.
static_assert(!std::is_nothrow_copy_constructible_v<Hashed> && !std::is_nothrow_copy_assignable_v<Hashed>);
static_assert(!noexcept(std::declval<Hashed&>().insert("", 0)) &&
              !noexcept(std::declval<Hashed&>().reserve(1)));
static_assert(!noexcept(std::declval<Hashed&>().left().erase("")) &&
              !noexcept(std::declval<Hashed&>().shrink_to_fit()));
static_assert(!noexcept(std::declval<const Hashed&>().left().find("")));
static_assert(!noexcept(std::declval<const Hashed&>() == std::declval<const Hashed&>()));

// Copying is offered as the standard's containers offer it; a view and its iterators are as cheap as
// pointers.
static_assert(std::is_copy_constructible_v<Hashed> && std::is_default_constructible_v<Hashed>);
static_assert(std::is_nothrow_copy_constructible_v<Hashed::left_view> &&
              std::is_nothrow_copy_assignable_v<Hashed::left_view>);
static_assert(std::is_trivially_copyable_v<Hashed::iterator> &&
              std::is_nothrow_default_constructible_v<Hashed::iterator>);
static_assert(std::is_convertible_v<Hashed::left_view, Hashed::const_left_view>);
static_assert(!std::is_convertible_v<Hashed::const_left_view, Hashed::left_view>);

TEST(NoexceptContract, IsKept) {
    Hashed hashed;
    Ordered ordered;
    Sequenced sequenced;
    EXPECT_TRUE(looks_without_throwing(hashed, hashed) && looks_without_throwing(ordered, ordered) &&
                looks_without_throwing(sequenced, sequenced));
    EXPECT_TRUE(looks_in_order_without_throwing(ordered.right()) &&
                looks_in_order_without_throwing(sequenced.left()));
    EXPECT_TRUE(says_how_full_it_is_without_throwing(hashed.left()) &&
                says_how_full_it_is_without_throwing(sequenced.left()));
}

}  // namespace
