// SPDX-License-Identifier: BSL-1.0
// BiMap: a one-to-one map that is looked up from either side and keeps each pair once.
#pragma once

/*
                 left index                    store of pairs                   right index
            (hashed or ordered)            (never moved, one each)          (hashed or ordered)

  hashed:  one group = one cache line        number -> block               ordered: a B+ tree
  +----------------------------------+     +------------------------+      +---------------------+
  | 12 tags | overflow | 12 numbers -|---> |  8 slots, or reserved  |      | labels   | numbers -|--> pair
  +----------------------------------+     |  8 slots               |      +---------------------+
  | 12 tags | overflow | 12 numbers  |     | 16 slots               |      leaf of each pair, by number
  +----------------------------------+     | 32 slots          ...  |      leaves threaded both ways
                                           +------------------------+
                                            live bits, free list

  A pair is known by a 4-byte number. It is the place of its slot in the store, for as long as the pair lives.

  The store
  I1   It has not used more slots than it has, and has not more pairs than used slots.
  I2   The live bits are exactly those of the map's pairs, and each summary bit says whether the word below
       it is zero.
  I3   Each slot below the highest ever used is either live or once on the free list. (Where the first block
       ends before a power of two, the numbers up to there have no slot.)

  A hashed index
  I4   Its entries are as many as the pairs, and each names a pair that is there.
  I5   It is at most three quarters full.
  I6   Each pair's entry is where a search by its hash arrives, and under the tag of that hash.
  I7   Each group's overflow counts are, for each track, the number of entries that had to pass it, because
       it was full, on their way from their home group; a count that reaches 15 stays there.

  An ordered index
  I8   The tree is well-formed: all leaves on one level, parents and neighbours agree, no node empty or
       overfull, none but the last of a level with fewer than a quarter, no root above a single child, none
       lost.
  I9   Its entries are as many as the pairs; each names a pair that is there, and whose leaf is said to be
       this one.
  I10  A label is the key of the first pair below it, or its number; for a string, also how the key begins.
  I11  From the first leaf to the last, each key compares below the next.

  An insertion-ordered index, which is a hashed one besides
  I12  Its chain goes through each pair once, and back the same way.
*/

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "bimap/copyable.hpp"
#include "bimap/detail/core.hpp"
#include "bimap/detail/interface.hpp"
#include "bimap/detail/inverse.hpp"
#include "bimap/detail/mix.hpp"
#include "bimap/detail/pairlike.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/view.hpp"
#include "bimap/index.hpp"
#include "bimap/insertion.hpp"
#include "bimap/limits.hpp"
#include "bimap/policy.hpp"

namespace bimap {

#if defined(__cpp_lib_containers_ranges)
using std::from_range;
using std::from_range_t;
#else
/// As std::from_range, where the standard library does not have it yet.
struct from_range_t {
    explicit from_range_t() = default;
};
inline constexpr from_range_t from_range{};
#endif

/// A set of pairs in which no two share a left and no two share a right.
///
/// References to a pair stay valid until that pair is erased or one of its sides is replaced, whatever else
/// happens to the map: growth, reserve, swap and move included, but for a move to an unequal allocator.
/// Iterators and views also need the map to stay where it is: swap and move invalidate them. A pair that is
/// reached through an iterator consists of two such references: copy it, as in
/// `BiMap<L, R>::value_type(*position)`, before the pair goes.
///
/// Left and right are complete types that can be moved, and destroyed without an exception; what needs them
/// to be copyable, comparable or made without arguments says so. What says that it can be copied, and cannot,
/// is named by is_copyable.
///
/// The function objects of the index specifiers must be callable when const, and copyable. Where exchanging
/// them throws, for one neither swaps nor moves without, each is one of either map afterwards. The allocator
/// must align what it gives as its type asks for: a hashed side asks for 64 bytes; its `construct`, if it has
/// one, throws nothing but what making the element throws; if its pointers are classes, their destructors do
/// nothing. Several threads may look at a map at the same time, as long as none changes it.
///
/// Where BIMAP_ASSERTIONS or _GLIBCXX_ASSERTIONS is defined, in each source file of a program, the program
/// ends where a position is followed or changed that is not that of a pair, where the hash of a key is no
/// longer what it was, and where maps with unequal allocators are swapped.
template <class Left, class Right, class LeftIndex = hashed<>, class RightIndex = hashed<>,
          class Allocator = std::allocator<std::pair<Left, Right>>>
class BiMap : public detail::Interface<BiMap<Left, Right, LeftIndex, RightIndex, Allocator>,
                                       detail::Core<Left, Right, LeftIndex, RightIndex, Allocator>,
                                       detail::Side::left> {
    using Core = detail::Core<Left, Right, LeftIndex, RightIndex, Allocator>;
    using Traits = std::allocator_traits<Allocator>;

    static_assert(std::is_same_v<typename Traits::value_type, std::pair<Left, Right>>,
                  "the allocator must be one of std::pair<Left, Right>");

  public:
    using typename detail::Interface<BiMap, Core, detail::Side::left>::value_type;
    using inverse_type = Inverse<BiMap, Core>;
    using const_inverse_type = Inverse<const BiMap, const Core>;

    // Construction.

    /// An empty map. Allocates nothing. Exceptions: none but those of making or copying the function objects.
    BiMap() noexcept(std::is_nothrow_default_constructible_v<Allocator> && Core::functions_make_safely)
        requires(std::is_default_constructible_v<Allocator> && Core::functions_are_made_without_arguments)
        : BiMap(Allocator()) {}
    explicit BiMap(const Allocator& allocator) noexcept(Core::functions_make_safely)
        requires(Core::functions_are_made_without_arguments)
        : core_(allocator) {}
    BiMap(const LeftIndex& left, const RightIndex& right, const Allocator& allocator = Allocator())
        : core_(left, right, allocator) {}

    /// The pairs of a range, inserted in turn as by `insert`: one that meets an earlier pair is skipped.
    /// Effects: makes room and converts as `insert_range` does. Exceptions: whatever throws, nothing is left
    /// behind.
    template <std::input_iterator It, std::sentinel_for<It> End>
        requires(detail::Pairlike<std::iter_reference_t<It>, Left, Right> &&
                 Core::functions_are_made_without_arguments)
    BiMap(It first, End last, const Allocator& allocator = Allocator()) : BiMap(allocator) {
        core_.template put_all<detail::Side::left>(policy::insert, std::move(first), std::move(last),
                                                   detail::NoSink());
    }
    template <std::input_iterator It, std::sentinel_for<It> End>
        requires detail::Pairlike<std::iter_reference_t<It>, Left, Right>
    BiMap(It first, End last, const LeftIndex& left, const RightIndex& right,
          const Allocator& allocator = Allocator())
        : BiMap(left, right, allocator) {
        core_.template put_all<detail::Side::left>(policy::insert, std::move(first), std::move(last),
                                                   detail::NoSink());
    }
    template <class Range>
        requires(detail::RangeOfPairs<Range, Left, Right> && Core::functions_are_made_without_arguments)
    BiMap(from_range_t, Range&& range, const Allocator& allocator = Allocator()) : BiMap(allocator) {
        this->insert_range(std::forward<Range>(range));
    }
    template <class Range>
        requires detail::RangeOfPairs<Range, Left, Right>
    BiMap(from_range_t, Range&& range, const LeftIndex& left, const RightIndex& right,
          const Allocator& allocator = Allocator())
        : BiMap(left, right, allocator) {
        this->insert_range(std::forward<Range>(range));
    }
    BiMap(std::initializer_list<value_type> pairs, const Allocator& allocator = Allocator())
        requires(Core::functions_are_made_without_arguments)
        : BiMap(pairs.begin(), pairs.end(), allocator) {}
    BiMap(std::initializer_list<value_type> pairs, const LeftIndex& left, const RightIndex& right,
          const Allocator& allocator = Allocator())
        : BiMap(pairs.begin(), pairs.end(), left, right, allocator) {}

    /// A copy, function objects included. Calls no hasher, equality or comparator.
    /// Complexity: linear in the capacity of the other. Exceptions: strong; the allocator's, and those of
    /// copying.
    BiMap(const BiMap& other)
        : core_(other.core_, Traits::select_on_container_copy_construction(other.get_allocator())) {}
    BiMap(const BiMap& other, const std::type_identity_t<Allocator>& allocator)
        : core_(other.core_, allocator) {}

    /// Takes over the content of another map, which is then empty and as usable as before.
    /// Complexity: constant. Exceptions: those of copying the function objects. Invalidates: iterators and
    /// views of the other; references stay valid.
    BiMap(BiMap&& other) noexcept(Core::functions_copy_safely) : core_(std::move(other.core_)) {}

    /// As the move constructor if the allocators are equal; otherwise the pairs are moved one by one.
    /// Exceptions, if they are unequal: strong; but where a pair can only be moved, and moving it may throw,
    /// basic: the other may be left empty.
    BiMap(BiMap&& other, const std::type_identity_t<Allocator>& allocator)
        : core_(std::move(other.core_), allocator) {}

    ~BiMap() = default;

    /// Makes this map a copy of another. The allocator is copied if it says so.
    /// Complexity: linear in the capacities of both. Exceptions: strong, but where exchanging a function
    /// object throws, which leaves this map empty. Invalidates: all iterators and references into this map,
    /// unless it is the other.
    BiMap& operator=(const BiMap& other) = default;

    /// Takes over the content of another map, which is then empty. Moving a map to itself changes nothing,
    /// and the other may be part of a pair of this one. The other has this map's function objects then, or
    /// keeps its own if its pairs are moved one by one. Complexity: linear in the capacity of this map; if
    /// the allocators are unequal and do not propagate, also in that of the other, whose pairs are then moved
    /// one by one. Exceptions: none but in that case, which is as strong as the constructor, and where
    /// exchanging a function object throws, which leaves both maps empty.
    BiMap& operator=(BiMap&& other) noexcept(Core::moves_by_assignment_safely) = default;

    /// Replaces the content by these pairs, inserted in turn. Exceptions: strong.
    BiMap& operator=(std::initializer_list<value_type> pairs)
        requires(is_copyable<Left> && is_copyable<Right>)
    {
        BiMap replacement(core_.without_content());
        replacement.insert(pairs);
        core_.swap_content(replacement.core_);
        return *this;
    }

    /// Exchanges the content, the function objects and, if they say so, the allocators.
    /// Preconditions: the allocators are equal or propagate. Complexity: constant. Exceptions: none but those
    /// of exchanging the function objects, which leaves both maps empty. Invalidates: iterators and views;
    /// references stay valid.
    void swap(BiMap& other) noexcept(Core::functions_exchange_safely) { core_.swap(other.core_); }
    friend void swap(BiMap& a, BiMap& b) noexcept(Core::functions_exchange_safely) { a.swap(b); }

    // The other side.

    /// This map with left and right exchanged. Complexity: constant; nothing is copied. Exceptions: none.
    inverse_type inverse() noexcept { return {*this, core_}; }
    const_inverse_type inverse() const noexcept { return {*this, core_}; }

    // Comparison and checking.

    /// The first of the invariants I1 to I12 that does not hold, as text that begins with its number, or
    /// nullptr. For tests. Preconditions: no element is being destroyed. Complexity: linear on average.
    /// Exceptions: those of the function objects.
    template <class L, class R, class LI, class RI, class A>
    friend const char* violated_invariant(const BiMap<L, R, LI, RI, A>& map);

  private:
    template <class, class, detail::Side>
    friend class detail::Interface;

    explicit BiMap(Core&& core) : core_(std::move(core)) {}

    Core& core() noexcept { return core_; }
    const Core& core() const noexcept { return core_; }

    Core core_;
};

// Deduction: the sides are those of the pairs; an allocator or index specifiers, or both, may follow them.

namespace detail {

template <class Element>
using LeftOf = std::remove_cvref_t<decltype(std::declval<Element>().first)>;
template <class Element>
using RightOf = std::remove_cvref_t<decltype(std::declval<Element>().second)>;
template <class Element>
using AllocatorFor = std::allocator<std::pair<LeftOf<Element>, RightOf<Element>>>;
template <class Range>
using ElementOf = decltype(*std::ranges::begin(std::declval<Range&>()));

}  // namespace detail

template <std::input_iterator It, class End,
          class Allocator = detail::AllocatorFor<std::iter_reference_t<It>>>
BiMap(It, End, Allocator = Allocator())
    -> BiMap<detail::LeftOf<std::iter_reference_t<It>>, detail::RightOf<std::iter_reference_t<It>>, hashed<>,
             hashed<>, Allocator>;

template <std::input_iterator It, class End, class LeftIndex, class RightIndex,
          class Allocator = detail::AllocatorFor<std::iter_reference_t<It>>>
BiMap(It, End, LeftIndex, RightIndex, Allocator = Allocator())
    -> BiMap<detail::LeftOf<std::iter_reference_t<It>>, detail::RightOf<std::iter_reference_t<It>>, LeftIndex,
             RightIndex, Allocator>;

template <class Range, class Allocator = detail::AllocatorFor<detail::ElementOf<Range>>>
BiMap(from_range_t, Range&&, Allocator = Allocator())
    -> BiMap<detail::LeftOf<detail::ElementOf<Range>>, detail::RightOf<detail::ElementOf<Range>>, hashed<>,
             hashed<>, Allocator>;

template <class Range, class LeftIndex, class RightIndex,
          class Allocator = detail::AllocatorFor<detail::ElementOf<Range>>>
BiMap(from_range_t, Range&&, LeftIndex, RightIndex, Allocator = Allocator())
    -> BiMap<detail::LeftOf<detail::ElementOf<Range>>, detail::RightOf<detail::ElementOf<Range>>, LeftIndex,
             RightIndex, Allocator>;

template <class Left, class Right, class Allocator = std::allocator<std::pair<Left, Right>>>
BiMap(std::initializer_list<std::pair<Left, Right>>, Allocator = Allocator())
    -> BiMap<Left, Right, hashed<>, hashed<>, Allocator>;

template <class Left, class Right, class LeftIndex, class RightIndex,
          class Allocator = std::allocator<std::pair<Left, Right>>>
BiMap(std::initializer_list<std::pair<Left, Right>>, LeftIndex, RightIndex, Allocator = Allocator())
    -> BiMap<Left, Right, LeftIndex, RightIndex, Allocator>;

template <class Left, class Right, class LeftIndex, class RightIndex, class Allocator>
const char* violated_invariant(const BiMap<Left, Right, LeftIndex, RightIndex, Allocator>& map) {
    return map.core_.violated_invariant();
}

namespace detail {

/// A side whose hashers all do the same: only then do equal maps have equal hashes.
template <class Index>
concept HashesAlike = requires { typename Index::hasher; } && std::is_empty_v<typename Index::hasher>;

}  // namespace detail

}  // namespace bimap

/// Where both sides hash, and their hashers have no state, so does the map. It does not depend on any order.
/// Complexity: linear. Exceptions: those of the hashers.
template <class Left, class Right, class LeftIndex, class RightIndex, class Allocator>
    requires bimap::detail::HashesAlike<
                 bimap::detail::View<bimap::detail::Core<Left, Right, LeftIndex, RightIndex, Allocator>,
                                     bimap::detail::Side::left>> &&
             bimap::detail::HashesAlike<
                 bimap::detail::View<bimap::detail::Core<Left, Right, LeftIndex, RightIndex, Allocator>,
                                     bimap::detail::Side::right>>
struct std::hash<bimap::BiMap<Left, Right, LeftIndex, RightIndex, Allocator>> {
    std::size_t operator()(const bimap::BiMap<Left, Right, LeftIndex, RightIndex, Allocator>& map) const {
        const auto hash_left = map.left().hash_function();
        const auto hash_right = map.right().hash_function();
        std::uint64_t sum = map.size();
        for (const auto& [left, right] : map) {
            sum += bimap::detail::mix(bimap::detail::mix(hash_left(left)) + hash_right(right));
        }
        return static_cast<std::size_t>(sum);
    }
};
