// SPDX-License-Identifier: BSL-1.0
// Whether elements are copied where moving them could fail half-way; for types that say they can be copied
// and cannot.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace bimap {

/// Whether a map copies such an element out, or in, where moving it may throw, so that nothing is lost; else
/// it is moved all the same. As std::is_copy_constructible, but that believes a container, whatever is in it;
/// so what is in the standard's containers, in arrays, pairs and tuples is asked. Specialise it as false for
/// a class of your own that has a member such as std::vector<std::unique_ptr<int>>: like the container, and
/// like a std::optional or a std::variant of it, it says that it can be copied.
template <class T>
inline constexpr bool is_copyable = std::is_copy_constructible_v<T>;

template <class First, class Second>
inline constexpr bool is_copyable<std::pair<First, Second>> =
    is_copyable<std::remove_const_t<First>> && is_copyable<Second>;

template <class... Elements>
inline constexpr bool is_copyable<std::tuple<Elements...>> = (is_copyable<Elements> && ...);

template <class Element, std::size_t size>
inline constexpr bool is_copyable<std::array<Element, size>> = is_copyable<Element>;

template <template <class...> class Container, class... Arguments>
    requires requires {
        typename Container<Arguments...>::allocator_type;
        typename Container<Arguments...>::value_type;
        requires !std::same_as<typename Container<Arguments...>::value_type, Container<Arguments...>>;
    }
inline constexpr bool is_copyable<Container<Arguments...>> =
    std::is_copy_constructible_v<Container<Arguments...>> &&
    is_copyable<typename Container<Arguments...>::value_type>;

}  // namespace bimap
