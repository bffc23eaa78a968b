// SPDX-License-Identifier: BSL-1.0
// A BiMap seen from the other side: a handle with the whole interface, left and right exchanged.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include "bimap/detail/interface.hpp"
#include "bimap/detail/side.hpp"
#include "bimap/detail/standard_library.hpp"

namespace bimap {

/// Refers to a map and owns nothing: it lives as long as that map stays where it is. `Map` is const where
/// only looking is allowed.
template <class Map, class Core>
class Inverse : public detail::Interface<Inverse<Map, Core>, Core, detail::Side::right> {
  public:
    using inverse_type = Map;

    Inverse(const Inverse&) = default;
    ~Inverse() = default;

    /// Whoever may change the map may look at it.
    Inverse(const Inverse<std::remove_const_t<Map>, std::remove_const_t<Core>>& other) noexcept
        requires std::is_const_v<Map>
        : map_(other.map_), core_(other.core_) {}

    /// Lets a kept handle refer to another map. `m.inverse() = …` would change neither map, so it is refused.
    Inverse& operator=(const Inverse&) & = default;

    /// The map itself. Complexity: constant. Exceptions: none.
    Map& inverse() noexcept { return *map_; }
    const Map& inverse() const noexcept { return *map_; }

    /// As for a map; a handle that is not kept may be used too.
    template <class Predicate>
        requires(!std::is_const_v<Core>)
    friend std::size_t erase_if(Inverse&& inverse, Predicate predicate) {
        return erase_if(inverse, std::move(predicate));
    }

  private:
    template <class, class>
    friend class Inverse;
    template <class, class, detail::Side>
    friend class detail::Interface;
    friend std::remove_const_t<Map>;

    Inverse(Map& map, Core& core) noexcept : map_(std::addressof(map)), core_(std::addressof(core)) {}

    Core& core() noexcept { return *core_; }
    const Core& core() const noexcept { return *core_; }

    Map* map_;
    Core* core_;
};

}  // namespace bimap

/// Its iterators are the map's.
template <class Map, class Core>
inline constexpr bool std::ranges::enable_borrowed_range<bimap::Inverse<Map, Core>> = true;

/// It takes none: it allocates nothing for itself.
template <class Map, class Core, class Allocator>
struct std::uses_allocator<bimap::Inverse<Map, Core>, Allocator> : std::false_type {};
