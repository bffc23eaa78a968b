// SPDX-License-Identifier: BSL-1.0
// FrozenBiMap: a bimap whose pairs are fixed when it is made, at compile time or at run time; without a heap.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "bimap/detail/frozen_table.hpp"
#include "bimap/detail/side.hpp"

namespace bimap {

template <class Map, class Table>
class FrozenInverse;

/// N pairs in which no two share a left and no two share a right, fixed for good.
///
///     constexpr auto colours = bimap::make_frozen<std::string_view, int>({{"red", 1}, {"green", 2}});
///     static_assert(colours.left().at("red") == 1 && colours.right().at(2) == "green");
///
/// A left or a right that occurs twice does not compile where the map is constexpr: the error names
/// a_left_occurs_twice or a_right_occurs_twice. At run time it is std::invalid_argument.
///
/// Compilers limit what they evaluate: by default Clang makes a few hundred pairs of strings, g++ a
/// thousand; -fconstexpr-steps and -fconstexpr-ops-limit allow more.
///
/// Both views are in the order of their keys, and are searched in logarithmic time. The map keeps its pairs
/// inside itself, and one to four bytes more for each of them. Its elements need be neither
/// default-constructible nor copyable; keys of type `const char*` are compared by address, so take
/// std::string_view.
///
/// Copying and moving a map copies and moves its pairs; it invalidates nothing of the map copied from.
template <class Left, class Right, std::size_t N, class LeftCompare = std::less<>,
          class RightCompare = std::less<>>
class FrozenBiMap
    : public detail::FrozenInterface<FrozenBiMap<Left, Right, N, LeftCompare, RightCompare>,
                                     detail::FrozenTable<Left, Right, N, LeftCompare, RightCompare>,
                                     detail::Side::left> {
    using Table = detail::FrozenTable<Left, Right, N, LeftCompare, RightCompare>;

    template <class Key, class Compare>
    static constexpr bool compares_addresses_of_text =
        std::is_same_v<Key, const char*> && std::is_same_v<Compare, std::less<>>;
    static_assert(!compares_addresses_of_text<Left, LeftCompare> &&
                      !compares_addresses_of_text<Right, RightCompare>,
                  "const char* would be compared by address: take std::string_view");

  public:
    using typename detail::FrozenInterface<FrozenBiMap, Table, detail::Side::left>::value_type;
    using inverse_type = FrozenInverse<FrozenBiMap, Table>;

    /// A map of these pairs, in whatever order they come.
    /// Complexity: n log n comparisons. Exceptions: std::invalid_argument if a left or a right occurs twice,
    /// which in a constant expression is an error at compile time; those of the comparators, and of moving.
    constexpr FrozenBiMap(std::array<value_type, N> pairs, const LeftCompare& left = LeftCompare(),
                          const RightCompare& right = RightCompare())
        : table_(std::move(pairs), left, right) {}

    /// The same, from a list in braces.
    template <std::size_t M>
        requires(M == N)
    constexpr FrozenBiMap(value_type (&&pairs)[M], const LeftCompare& left = LeftCompare(),
                          const RightCompare& right = RightCompare())
        : table_(std::to_array(std::move(pairs)), left, right) {}

    /// The empty map.
    constexpr FrozenBiMap()
        requires(N == 0)
        : FrozenBiMap(std::array<value_type, N>()) {}

    /// This map with left and right exchanged.
    /// Complexity: constant; nothing is copied. Exceptions: none. It lives as long as the map stays where it
    /// is.
    constexpr inverse_type inverse() const noexcept { return inverse_type(*this, table_); }

  private:
    template <class, class, detail::Side>
    friend class detail::FrozenInterface;

    constexpr const Table& table() const noexcept { return table_; }

    Table table_;
};

template <class Left, class Right, std::size_t N>
FrozenBiMap(std::array<std::pair<Left, Right>, N>) -> FrozenBiMap<Left, Right, N>;

template <class Left, class Right, std::size_t N, class LeftCompare, class RightCompare = std::less<>>
FrozenBiMap(std::array<std::pair<Left, Right>, N>, LeftCompare, RightCompare = RightCompare())
    -> FrozenBiMap<Left, Right, N, LeftCompare, RightCompare>;

template <class Left, class Right, std::size_t N>
FrozenBiMap(std::pair<Left, Right> (&&)[N]) -> FrozenBiMap<Left, Right, N>;

template <class Left, class Right, std::size_t N, class LeftCompare, class RightCompare = std::less<>>
FrozenBiMap(std::pair<Left, Right> (&&)[N], LeftCompare, RightCompare = RightCompare())
    -> FrozenBiMap<Left, Right, N, LeftCompare, RightCompare>;

/// A FrozenBiMap seen from the other side: a handle with the whole interface, left and right exchanged. It
/// owns nothing, and lives as long as the map stays where it is.
template <class Map, class Table>
class FrozenInverse : public detail::FrozenInterface<FrozenInverse<Map, Table>, Table, detail::Side::right> {
  public:
    using inverse_type = Map;

    /// The map itself. Complexity: constant. Exceptions: none.
    constexpr const Map& inverse() const noexcept { return *map_; }

  private:
    template <class, class, detail::Side>
    friend class detail::FrozenInterface;
    friend Map;

    constexpr FrozenInverse(const Map& map, const Table& table) noexcept
        : map_(std::addressof(map)), table_(std::addressof(table)) {}

    constexpr const Table& table() const noexcept { return *table_; }

    const Map* map_;
    const Table* table_;
};

/// A FrozenBiMap of the size of the list: `make_frozen<std::string_view, int>({{"red", 1}, {"green", 2}})`.
/// Where the list says of what type its pairs are, the call need not. As the constructor.
template <class Left, class Right, class LeftCompare = std::less<>, class RightCompare = std::less<>,
          std::size_t N>
constexpr FrozenBiMap<Left, Right, N, LeftCompare, RightCompare> make_frozen(
    std::pair<Left, Right> (&&pairs)[N], const LeftCompare& left = LeftCompare(),
    const RightCompare& right = RightCompare()) {
    return {std::move(pairs), left, right};
}

/// The empty one.
template <class Left, class Right, class LeftCompare = std::less<>, class RightCompare = std::less<>>
constexpr FrozenBiMap<Left, Right, 0, LeftCompare, RightCompare> make_frozen() {
    return {};
}

}  // namespace bimap
