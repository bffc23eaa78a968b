// SPDX-License-Identifier: BSL-1.0
// The allocator travels exactly when it says so, every block goes back to an equal one, and pairs are made by
// it.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <memory_resource>
#include <new>
#include <scoped_allocator>
#include <string>
#include <type_traits>
#include <utility>

#include "properties/tests/fault_points.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;
using namespace bimap::properties::fault_points;

/// Which blocks are out, and to which tag each belongs; and the pairs made less those destroyed through
/// allocators.
struct Accounts {
    std::map<void*, int> tag_of_block;
    bool mixed_up = false;
    int pairs = 0;

    int blocks_of(int tag) const {
        int count = 0;
        for (const auto& [block, owner] : tag_of_block) count += owner == tag;
        return count;
    }
};
Accounts accounts;

/// An allocator with a tag: two are equal if their tags are. Each travels on copy assignment, on move
/// assignment and on swap, or it stays. It makes and destroys the pairs itself.
template <class T, bool copies, bool moves, bool swaps>
class Tagged {
  public:
    using value_type = T;
    using propagate_on_container_copy_assignment = std::bool_constant<copies>;
    using propagate_on_container_move_assignment = std::bool_constant<moves>;
    using propagate_on_container_swap = std::bool_constant<swaps>;
    using is_always_equal = std::false_type;
    template <class U>
    struct rebind {
        using other = Tagged<U, copies, moves, swaps>;
    };

    explicit Tagged(int tag) : tag_{tag} {}
    template <class U>
    Tagged(const Tagged<U, copies, moves, swaps>& other) noexcept : tag_{other.tag()} {}

    T* allocate(std::size_t n) {
        T* const block = std::allocator<T>().allocate(n);
        accounts.tag_of_block[block] = tag_;
        return block;
    }
    void deallocate(T* block, std::size_t n) noexcept {
        accounts.mixed_up |= !accounts.tag_of_block.contains(block) || accounts.tag_of_block[block] != tag_;
        accounts.tag_of_block.erase(block);
        std::allocator<T>().deallocate(block, n);
    }

    template <class U, class... Arguments>
    void construct(U* place, Arguments&&... arguments) {
        ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
        ++accounts.pairs;
    }
    template <class U>
    void destroy(U* place) {
        place->~U();
        --accounts.pairs;
    }

    /// A copy of a map is to be told from the map: its tag is a hundred more.
    Tagged select_on_container_copy_construction() const { return Tagged{tag_ + 100}; }

    int tag() const noexcept { return tag_; }
    friend bool operator==(const Tagged& one, const Tagged& other) { return one.tag_ == other.tag_; }

  private:
    int tag_;
};

using L = Tracked<Side::left>;
using R = Tracked<Side::right>;

/// A setting: what the allocator says, and whether the pairs can be copied.
template <class Left, class Right, bool copies, bool moves, bool swaps, class RightIndex = bimap::hashed<>>
struct Setting {
    static constexpr bool on_copy = copies;
    static constexpr bool on_move = moves;
    static constexpr bool on_swap = swaps;
    using Allocator = Tagged<std::pair<Left, Right>, copies, moves, swaps>;
    using Map = bimap::BiMap<Left, Right, bimap::hashed<>, RightIndex, Allocator>;
};

template <class S>
class AllocatorAwareness : public testing::Test {
  protected:
    using Map = typename S::Map;
    using Allocator = typename S::Allocator;

    AllocatorAwareness() { accounts = {}; }
    ~AllocatorAwareness() override {
        EXPECT_FALSE(accounts.mixed_up) << "a block went back to an allocator that it did not come from";
        EXPECT_TRUE(accounts.tag_of_block.empty()) << "a block did not go back";
        EXPECT_EQ(accounts.pairs, 0);
    }

    static Map made(int tag, const Pairs& pairs) {
        Map map{Allocator{tag}};
        insert_each(map, pairs);
        return map;
    }
    static int tag_of(const Map& map) { return map.get_allocator().tag(); }

    const Pairs some_{{1, 2}, {3, 4}, {5, 6}};
    const Pairs others_{{1, 1}, {2, 2}, {7, 7}, {9, 8}};
};

using Sequenced = bimap::sequenced<>;
using Ordered = bimap::ordered<>;
using Settings =
    testing::Types<Setting<L, R, false, false, false>, Setting<L, R, true, false, false, Sequenced>,
                   Setting<L, R, false, true, false, Ordered>, Setting<L, R, false, false, true, Sequenced>,
                   Setting<L, R, true, true, false, Ordered>, Setting<L, R, true, false, true, Ordered>,
                   Setting<L, R, false, true, true, Sequenced>, Setting<L, R, true, true, true>>;
TYPED_TEST_SUITE(AllocatorAwareness, Settings);

TYPED_TEST(AllocatorAwareness, EveryBlockComesFromTheMapsOwnAllocator) {
    auto map = this->made(1, this->some_);
    for (Number i = 10; i < 100; ++i) map.force(L{i}, R{i});
    map.shrink_to_fit();
    EXPECT_GT(accounts.blocks_of(1), 0);
    EXPECT_EQ(accounts.blocks_of(1), static_cast<int>(accounts.tag_of_block.size()));
}

TYPED_TEST(AllocatorAwareness, PairsAreMadeAndDestroyedByIt) {
    auto map = this->made(1, this->some_);
    EXPECT_EQ(accounts.pairs, 3);
    insertion(by_force, map, {1, 4});
    EXPECT_EQ(accounts.pairs, 2);
    map.clear();
    EXPECT_EQ(accounts.pairs, 0);
}

TYPED_TEST(AllocatorAwareness, ACopyHasTheSelectedAllocatorOrTheGivenOne) {
    const auto map = this->made(1, this->some_);
    const auto copy = map;
    const decltype(copy) extended(map, typename TypeParam::Allocator{7});
    EXPECT_EQ(this->tag_of(copy), 101);
    EXPECT_EQ(this->tag_of(extended), 7);
    EXPECT_TRUE(copy == map && extended == map);
    EXPECT_GT(accounts.blocks_of(7), 0);
}

TYPED_TEST(AllocatorAwareness, AMovedMapHasTheSameAllocatorAndTheSamePairs) {
    auto map = this->made(1, this->some_);
    const void* const place = std::addressof(map.begin()->first);
    const auto moved = std::move(map);
    EXPECT_EQ(this->tag_of(moved), 1);
    EXPECT_EQ(this->tag_of(map), 1);
    EXPECT_EQ(std::addressof(moved.begin()->first), place);
}

TYPED_TEST(AllocatorAwareness, MovingToAnEqualAllocatorHandsThePairsOver) {
    auto map = this->made(1, this->some_);
    const void* const place = std::addressof(map.begin()->first);
    const decltype(map) moved(std::move(map), typename TypeParam::Allocator{1});
    EXPECT_EQ(std::addressof(moved.begin()->first), place);
    EXPECT_TRUE(map.empty());
}

TYPED_TEST(AllocatorAwareness, MovingToAnUnequalAllocatorMovesEachPair) {
    auto map = this->made(1, this->some_);
    const decltype(map) moved(std::move(map), typename TypeParam::Allocator{2});
    EXPECT_EQ(this->tag_of(moved), 2);
    EXPECT_EQ(content(moved), this->some_);
    EXPECT_EQ(content(moved.right()), mirrored(this->some_));
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(violated_invariant(moved), nullptr);
}

TYPED_TEST(AllocatorAwareness, CopyAssignmentTakesTheAllocatorIfItTravels) {
    auto map = this->made(1, this->some_);
    const auto other = this->made(2, this->others_);
    map = other;
    EXPECT_EQ(this->tag_of(map), TypeParam::on_copy ? 2 : 1);
    EXPECT_EQ(content(map), this->others_);
    EXPECT_EQ(violated_invariant(map), nullptr);
}

TYPED_TEST(AllocatorAwareness, CopyAssignmentOfAnEmptyMapTakesTheAllocatorIfItTravels) {
    auto map = this->made(1, this->some_);
    map = std::as_const(*std::make_unique<decltype(map)>(this->made(2, {})));
    EXPECT_EQ(this->tag_of(map), TypeParam::on_copy ? 2 : 1);
    insert_each(map, this->some_);
    EXPECT_EQ(content(map), this->some_);
}

TYPED_TEST(AllocatorAwareness, MoveAssignmentTakesTheAllocatorIfItTravels) {
    auto map = this->made(1, this->some_);
    auto other = this->made(2, this->others_);
    const void* const place = std::addressof(other.begin()->first);
    map = std::move(other);
    EXPECT_EQ(this->tag_of(map), TypeParam::on_move ? 2 : 1);
    EXPECT_EQ(this->tag_of(other), 2);
    EXPECT_EQ(content(map), this->others_);
    EXPECT_EQ(std::addressof(map.begin()->first) == place, TypeParam::on_move)
        << "moved pair by pair, or handed over";
    EXPECT_TRUE(other.empty());
    insert_each(other, this->some_);
    EXPECT_EQ(content(other), this->some_);
}

TYPED_TEST(AllocatorAwareness, MoveAssignmentBetweenEqualAllocatorsHandsThePairsOver) {
    auto map = this->made(1, this->some_);
    auto other = this->made(1, this->others_);
    const void* const place = std::addressof(other.begin()->first);
    map = std::move(other);
    EXPECT_EQ(std::addressof(map.begin()->first), place);
}

TYPED_TEST(AllocatorAwareness, MergingMovesPairsFromAnyAllocator) {
    for (const int tag : {1, 2}) {
        auto map = this->made(1, this->some_);
        auto other = this->made(tag, {{1, 1}, {7, 7}, {9, 8}});
        EXPECT_EQ(map.merge(other), (bimap::BulkInsertion{2, 1, 0}));
        EXPECT_EQ(content(map), (Pairs{{1, 2}, {3, 4}, {5, 6}, {7, 7}, {9, 8}}));
        EXPECT_EQ(content(other), (Pairs{{1, 1}}));
        EXPECT_EQ(violated_invariant(map), nullptr);
        EXPECT_EQ(this->tag_of(map), 1);
    }
}

TYPED_TEST(AllocatorAwareness, SwapExchangesTheAllocatorsIfTheyTravel) {
    auto map = this->made(1, this->some_);
    auto other = this->made(TypeParam::on_swap ? 2 : 1, this->others_);
    swap(map, other);
    EXPECT_EQ(this->tag_of(map), TypeParam::on_swap ? 2 : 1);
    EXPECT_EQ(this->tag_of(other), 1);
    EXPECT_EQ(content(map), this->others_);
    EXPECT_EQ(content(other), this->some_);
}

TYPED_TEST(AllocatorAwareness, AListAndARangeTakeTheGivenAllocator) {
    const typename TypeParam::Allocator five{5};
    const auto elements = elements_of<typename TypeParam::Map>(this->some_);
    const typename TypeParam::Map ranged(elements.begin(), elements.end(), five);
    EXPECT_EQ(this->tag_of(ranged), 5);
    typename TypeParam::Map map({elements[0], elements[1]}, five);
    map = {elements[2]};
    EXPECT_EQ(this->tag_of(map), 5);
    EXPECT_EQ(map.size(), 1u);
}

// Pairs that can only be moved, between unequal allocators.

template <class T>
using Movable = Tagged<T, false, false, false>;
using MoveOnlyPair =
    std::pair<Tracked<Side::left, Nature::move_only>, Tracked<Side::right, Nature::move_only>>;
using MoveOnlyMap = bimap::BiMap<MoveOnlyPair::first_type, MoveOnlyPair::second_type, bimap::ordered<>,
                                 bimap::hashed<>, Movable<MoveOnlyPair>>;

TEST(AllocatorAwarenessOfMoveOnlyPairs, UnequalAllocatorsMoveEachPair) {
    accounts = {};
    {
        MoveOnlyMap map{Movable<MoveOnlyPair>{1}};
        MoveOnlyMap other{Movable<MoveOnlyPair>{2}};
        insert_each(map, {{1, 2}});
        insert_each(other, {{3, 4}, {5, 6}});
        map = std::move(other);
        EXPECT_EQ(content(map), (Pairs{{3, 4}, {5, 6}}));
        EXPECT_TRUE(other.empty());
    }
    EXPECT_TRUE(!accounts.mixed_up && accounts.tag_of_block.empty() && accounts.pairs == 0);
}

/// Keeps no accounts, so that every allocation that fails is the map's. Two are equal if their numbers are.
template <class T>
struct Numbered : std::allocator<T> {
    using propagate_on_container_move_assignment = std::false_type;
    using is_always_equal = std::false_type;
    template <class U>
    struct rebind {
        using other = Numbered<U>;
    };
    explicit Numbered(int n) : number(n) {}
    template <class U>
    Numbered(const Numbered<U>& other) noexcept : number(other.number) {}
    friend bool operator==(const Numbered& a, const Numbered& b) { return a.number == b.number; }
    int number;
};

TEST(MovingBrittlePairs, ToAnotherAllocatorMayLeaveTheOtherEmpty) {
    using Allocator = Numbered<BrittleMap::value_type>;
    using Map = BrittleMapWith<Allocator>;
    for_each_fault([&](Fault fault) {
        Map map{Allocator{1}};
        insert_each(map, few);
        Map other{Allocator{2}};
        const bool occurs = fails(fault, [&] { other = std::move(map); });
        EXPECT_EQ(content(other), occurs ? Pairs{} : few);
        EXPECT_TRUE(map.empty() || (occurs && content(map) == few));
        expect_sound(map);
        expect_sound(other);
        return occurs;
    });
}

// The standard's own stateful allocator.

TEST(AllocatorAwarenessOfPolymorphicAllocators, AllMemoryComesFromTheResource) {
    using Pmr = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>,
                             std::pmr::polymorphic_allocator<std::pair<int, int>>>;
    std::pmr::monotonic_buffer_resource resource;
    Pmr map(&resource);
    for (int i = 0; i < 100; ++i) map.insert(i, -i);
    const Pmr copy(map);
    EXPECT_EQ(copy, map);
    EXPECT_EQ(map.get_allocator().resource(), &resource);
    EXPECT_EQ(copy.get_allocator().resource(), std::pmr::get_default_resource());
}

// An allocator whose pointers are classes.

/// A pointer that has no raw one in it, but the distance from itself to what it points to: it must be copied,
/// never moved as bytes.
template <class T>
class OffsetPointer {
  public:
    using element_type = T;
    using value_type = std::remove_cv_t<T>;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using pointer = T*;
    using iterator_category = std::random_access_iterator_tag;
    template <class U>
    using rebind = OffsetPointer<U>;

    OffsetPointer() = default;
    OffsetPointer(std::nullptr_t) noexcept {}
    explicit OffsetPointer(T* target) noexcept { point_to(target); }
    OffsetPointer(const OffsetPointer& other) noexcept { point_to(other.target()); }
    OffsetPointer& operator=(const OffsetPointer& other) noexcept {
        point_to(other.target());
        return *this;
    }
    static OffsetPointer pointer_to(T& target) noexcept { return OffsetPointer(std::addressof(target)); }

    T& operator*() const noexcept { return *target(); }
    T* operator->() const noexcept { return target(); }
    T& operator[](std::ptrdiff_t i) const noexcept { return target()[i]; }
    OffsetPointer operator+(std::ptrdiff_t n) const noexcept { return OffsetPointer(target() + n); }
    explicit operator bool() const noexcept { return offset_ != null; }
    friend bool operator==(const OffsetPointer& a, const OffsetPointer& b) noexcept {
        return a.target() == b.target();
    }

  private:
    static constexpr std::ptrdiff_t null = 1;

    std::intptr_t here() const noexcept { return reinterpret_cast<std::intptr_t>(this); }
    T* target() const noexcept { return offset_ == null ? nullptr : reinterpret_cast<T*>(here() + offset_); }
    void point_to(T* target) noexcept {
        offset_ = target == nullptr ? null : reinterpret_cast<std::intptr_t>(target) - here();
    }

    std::ptrdiff_t offset_ = null;
};

template <class T>
struct OffsetAllocator {
    using value_type = T;
    using pointer = OffsetPointer<T>;
    using is_always_equal = std::true_type;

    OffsetAllocator() = default;
    template <class U>
    OffsetAllocator(const OffsetAllocator<U>&) noexcept {}
    pointer allocate(std::size_t n) { return pointer(std::allocator<T>().allocate(n)); }
    void deallocate(pointer block, std::size_t n) noexcept {
        std::allocator<T>().deallocate(std::addressof(*block), n);
    }
    friend bool operator==(OffsetAllocator, OffsetAllocator) noexcept { return true; }
};

template <class RightIndex>
class AllocatorsWithPointersOfTheirOwn : public testing::Test {};
using RightIndexes = testing::Types<bimap::hashed<>, Sequenced, Ordered>;
TYPED_TEST_SUITE(AllocatorsWithPointersOfTheirOwn, RightIndexes);

TYPED_TEST(AllocatorsWithPointersOfTheirOwn, AreWorkedWith) {
    using Map = bimap::BiMap<int, int, bimap::hashed<>, TypeParam, OffsetAllocator<std::pair<int, int>>>;
    Map map;
    for (int i = 0; i != 500; ++i) map.force(i, i * 7 % 400);
    const Map copy = map;
    Map moved = std::move(map);
    map.insert(1, 2);
    swap(map, moved);
    EXPECT_EQ(map, copy);
    erase_if(map, [](const auto& pair) { return pair.first % 3 != 0; });
    map.shrink_to_fit();
    moved = std::move(map);
    EXPECT_EQ(violated_invariant(moved), nullptr) << violated_invariant(moved);
    for (const auto& [left, right] : moved) EXPECT_EQ(copy.right().at(right), left);
    const std::size_t missing = copy.size() - moved.size();
    EXPECT_EQ(moved.insert_range(bimap::policy::force, copy).inserted, missing);
}

// An allocator that passes another one on to the elements.

int strings_that_can_be_made = 0;

/// Equal where the tags are; those of elements run out.
template <class T, bool runs_out>
struct Tagging {
    using value_type = T;
    template <class U>
    struct rebind {
        using other = Tagging<U, runs_out>;
    };
    int tag = 0;
    explicit Tagging(int t) : tag{t} {}
    template <class U>
    Tagging(const Tagging<U, runs_out>& other) noexcept : tag{other.tag} {}
    T* allocate(std::size_t n) {
        if (runs_out && strings_that_can_be_made-- == 0) throw std::bad_alloc();
        return std::allocator<T>().allocate(n);
    }
    void deallocate(T* block, std::size_t n) noexcept { std::allocator<T>().deallocate(block, n); }
    bool operator==(const Tagging&) const = default;
};

using Inner = Tagging<char, true>;
using Text = std::basic_string<char, std::char_traits<char>, Inner>;
using Nested = std::scoped_allocator_adaptor<Tagging<std::pair<Text, int>, false>, Inner>;
using TextMap = bimap::BiMap<Text, int, bimap::ordered<>, bimap::ordered<>, Nested>;

TextMap two_texts() {
    strings_that_can_be_made = 100;
    TextMap map{Nested{Tagging<std::pair<Text, int>, false>{1}, Inner{1}}};
    const Inner inner{1};
    map.insert(Text("a text that is too long to lie in its object", inner), 1);
    map.insert(Text("another one that is too long to lie in its object", inner), 2);
    strings_that_can_be_made = 1;
    return map;
}

/// Travels with a map that is moved, and is not assigned otherwise.
template <class T>
struct OnlyMoves : std::allocator<T> {
    using propagate_on_container_move_assignment = std::true_type;
    using is_always_equal = std::false_type;
    template <class U>
    struct rebind {
        using other = OnlyMoves<U>;
    };
    OnlyMoves() = default;
    explicit OnlyMoves(int n) noexcept : number{n} {}
    OnlyMoves(const OnlyMoves&) = default;
    template <class U>
    OnlyMoves(const OnlyMoves<U>& other) noexcept : number{other.number} {}
    OnlyMoves& operator=(const OnlyMoves&) = delete;
    OnlyMoves& operator=(OnlyMoves&&) = default;
    ~OnlyMoves() = default;
    int number = 0;
};

TEST(AllocatorsThatAreAssignedByMovingAlone, TravelWithTheMap) {
    using Allocator = OnlyMoves<std::pair<int, int>>;
    using Map = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>, Allocator>;
    Map map({{1, 10}}, Allocator(7));
    Map target({{2, 20}}, Allocator(8));
    target = std::move(map);
    EXPECT_EQ(target, (Map{{1, 10}}));
    EXPECT_EQ(target.get_allocator().number, 7);
}

/// Owns a share of where memory comes from, and has none when it was moved from.
template <class T>
struct Sharing {
    using value_type = T;
    using propagate_on_container_move_assignment = std::true_type;
    using is_always_equal = std::false_type;
    std::shared_ptr<std::allocator<char>> source = std::make_shared<std::allocator<char>>();
    Sharing() = default;
    template <class U>
    Sharing(const Sharing<U>& other) noexcept : source{other.source} {}
    T* allocate(std::size_t n) {
        if (source == nullptr) throw std::bad_alloc{};
        return std::allocator<T>().allocate(n);
    }
    void deallocate(T* block, std::size_t n) noexcept { std::allocator<T>().deallocate(block, n); }
    friend bool operator==(const Sharing& one, const Sharing& other) { return one.source == other.source; }
};

TEST(AllocatorsThatOwnTheirSource, StayInAMapThatIsMovedFrom) {
    using Map = bimap::BiMap<int, int, bimap::hashed<>, bimap::ordered<>, Sharing<std::pair<int, int>>>;
    Map map{{1, 10}};
    Map target{{2, 20}};
    target = std::move(map);
    EXPECT_EQ(target, (Map{{1, 10}}));
    map.insert(3, 30);
    EXPECT_EQ(map, (Map{{3, 30}}));
}

TEST(NestedAllocators, LoseNoPairWhereAnElementCannotBeMade) {
    const Nested other{Tagging<std::pair<Text, int>, false>{2}, Inner{2}};
    TextMap source = two_texts();
    TextMap target{other};
    EXPECT_THROW(target.merge(source), std::bad_alloc);
    EXPECT_EQ(target.size() + source.size(), 2U);
    TextMap moved_from = two_texts();
    TextMap assigned{other};
    EXPECT_THROW(assigned = std::move(moved_from), std::bad_alloc);
    EXPECT_EQ(moved_from.size(), 2U);  // NOLINT(bugprone-use-after-move)
    strings_that_can_be_made = 100;
}

TEST(Allocators, DestroyAlsoPairsOfNumbers) {
    using Maker = Tagged<std::pair<int, int>, false, false, false>;
    bimap::BiMap<int, int, bimap::hashed<>, bimap::hashed<>, Maker> map(Maker{1});
    const int before = accounts.pairs;
    map.insert(1, 1);
    map.insert(2, 2);
    EXPECT_EQ(accounts.pairs, before + 2);
    map.clear();
    EXPECT_EQ(accounts.pairs, before);
}

}  // namespace
