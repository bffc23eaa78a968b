// SPDX-License-Identifier: BSL-1.0
// BiMap under the suite's vocabulary, whatever its elements and indexes.
#pragma once

#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "properties/driver.hpp"
#include "properties/subjects/tracked_map.hpp"

namespace bimap::properties {

/// The verbs under which BiMap is as it was when something throws.
inline constexpr std::array strong_verbs{
    Verb::insert,      Verb::erase,    Verb::force,      Verb::assign,        Verb::emplace,
    Verb::try_emplace, Verb::replace,  Verb::extract,    Verb::clear,         Verb::copy_assign,
    Verb::move_assign, Verb::swap,     Verb::insert_all, Verb::insert_range,  Verb::force_all,
    Verb::force_range, Verb::erase_at, Verb::clear_view, Verb::move_to_front, Verb::move_to_back,
    Verb::find,        Verb::at,       Verb::contains,   Verb::count,         Verb::lower_bound,
    Verb::upper_bound, Verb::equals,   Verb::reserve,    Verb::shrink_to_fit};

/// What BiMap promises, in the suite's terms.
inline Promises bimap_promises(const Orders& order, std::initializer_list<Fault::Kind> faults) {
    Promises promises{.order = order,
                      .elements_per_pair = 2,
                      .moved_from = MovedFrom::empty,
                      .self_move_keeps = true,
                      .same_pair_is_refused = true,
                      .shows_conflict = true,
                      .keeps_refused = true,
                      .absent_is_out_of_range = true,
                      .stores_what_is_given = true,
                      .references_stay = true,
                      .references_follow = true,
                      .iterators_stay = true,
                      .faults = {}};
    for (const Verb verb : strong_verbs) promises.strong.set(static_cast<std::size_t>(verb));
    promises.lossless.set(static_cast<std::size_t>(Verb::merge));
    for (const Fault::Kind kind : faults) promises.faults.set(static_cast<std::size_t>(kind));
    const bool allocates = promises.faults[static_cast<std::size_t>(Fault::Kind::alloc)];
    promises.faults.set(static_cast<std::size_t>(Fault::Kind::memory), allocates);
    promises.faults.set(static_cast<std::size_t>(Fault::Kind::predicate));
    promises.faults.set(static_cast<std::size_t>(Fault::Kind::everything));
    return promises;
}

/// Calls erase_if as its users do: unqualified, found with the map's own namespace.
std::size_t erase_matching(auto& map, auto matches) { return erase_if(map, std::move(matches)); }

/// A range of pairs that are moved out of it.
template <class Pair>
struct Expiring {
    Pair* first;
    Pair* last;
    [[nodiscard]] auto begin() const { return std::make_move_iterator(first); }
    [[nodiscard]] auto end() const { return std::make_move_iterator(last); }
};
template <class Pair>
Expiring(Pair*, Pair*) -> Expiring<Pair>;

template <class TheMap>
struct BiMapSubject {
    using Map = TheMap;
    using Left = typename Map::left_type;
    using Right = typename Map::right_type;

    Promises declared;

    [[nodiscard]] Promises promises() const { return declared; }
    static Map make() { return Map(); }

    // Each of these takes the map or its inverse.
    static auto insert(auto& map, auto&& l, auto&& r)
        -> decltype(map.insert(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.insert(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto force(auto& map, auto&& l, auto&& r)
        -> decltype(map.force(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.force(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto assign_left(auto& map, auto&& l, auto&& r)
        -> decltype(map.assign_left(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.assign_left(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto assign_right(auto& map, auto&& l, auto&& r)
        -> decltype(map.assign_right(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.assign_right(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto emplace(auto& map, auto&& l, auto&& r)
        -> decltype(map.emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }

    static auto left(auto& map) { return map.left(); }
    static auto right(auto& map) { return map.right(); }

    // By one side.
    static auto try_emplace_left(auto& map, auto&& l, auto&& r)
        -> decltype(map.left().try_emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r))) {
        return map.left().try_emplace(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
    }
    static auto try_emplace_right(auto& map, auto&& r, auto&& l)
        -> decltype(map.right().try_emplace(std::forward<decltype(r)>(r), std::forward<decltype(l)>(l))) {
        return map.right().try_emplace(std::forward<decltype(r)>(r), std::forward<decltype(l)>(l));
    }
    static auto replace_left(auto& map, const auto& l, auto&& fresh)
        -> decltype(map.replace_left(map.begin(), std::forward<decltype(fresh)>(fresh))) {
        const auto position = map.left().find(l);
        if (position == map.end()) return {map.end()};
        return map.replace_left(position, std::forward<decltype(fresh)>(fresh));
    }
    static auto replace_right(auto& map, const auto& r, auto&& fresh)
        -> decltype(map.replace_right(map.begin(), std::forward<decltype(fresh)>(fresh))) {
        const auto position = map.left().project(map.right().find(r));
        if (position == map.end()) return {map.end()};
        return map.replace_right(position, std::forward<decltype(fresh)>(fresh));
    }
    static auto extract_left(auto& map, const auto& l) { return map.left().extract(l); }
    static auto extract_right(auto& map, const auto& r) { return map.right().extract(r); }
    static bool move_to_front_left(auto& map, const auto& l)
        requires requires { map.left().move_to_front(map.left().begin()); }
    {
        return move_to_front(map.left(), l);
    }
    static bool move_to_front_right(auto& map, const auto& r)
        requires requires { map.right().move_to_front(map.right().begin()); }
    {
        return move_to_front(map.right(), r);
    }
    static bool move_to_back_left(auto& map, const auto& l)
        requires requires { map.left().move_to_back(map.left().begin()); }
    {
        return move_to_back(map.left(), l);
    }
    static bool move_to_back_right(auto& map, const auto& r)
        requires requires { map.right().move_to_back(map.right().begin()); }
    {
        return move_to_back(map.right(), r);
    }

    static auto insert_range(auto& map, auto* first, auto* last) {
        return map.insert(std::make_move_iterator(first), std::make_move_iterator(last));
    }
    static void force_range(auto& map, auto* first, auto* last, auto sink) {
        map.insert_range(policy::force, Expiring{first, last}, sink);
    }
    static std::size_t retain(auto& map, auto matches) {
        return map.retain([&](const auto& pair) { return matches(pair.first, pair.second); });
    }
    static std::size_t erase_if(auto& map, auto matches) {
        return erase_matching(map, [&](const auto& pair) { return matches(pair.first, pair.second); });
    }
    static void clear(auto& map) { map.clear(); }
    static std::size_t size(const auto& map) { return map.size(); }
    static bool empty(const auto& map) { return map.empty(); }
    static void reserve(auto& map, std::size_t n) { map.reserve(n); }
    static void shrink_to_fit(auto& map) { map.shrink_to_fit(); }

    // Whole maps.
    static auto inverse(Map& map) { return map.inverse(); }
    static bool equal(const Map& one, const Map& other) { return one == other; }
    static const char* violated_invariant(const Map& map) { return bimap::violated_invariant(map); }

    static auto insert_all(Map& map, const Map& from)
        requires std::copy_constructible<Left> && std::copy_constructible<Right>
    {
        if (&map == &from) return map.insert_range(Map(from));
        return map.insert(from.begin(), from.end());
    }
    static void force_all(Map& map, const Map& from, auto sink)
        requires std::copy_constructible<Left> && std::copy_constructible<Right>
    {
        if (&map == &from) return force_all(map, Map(from), sink);
        map.insert_range(policy::force, from, sink);
    }
    static std::size_t merge(Map& map, Map& from) { return map.merge(from).inserted; }
    static auto take_left(Map& map, Map& from, const Left& l) {
        return take(map, from, from.left().extract(l));
    }
    static auto take_right(Map& map, Map& from, const Right& r) {
        return take(map.inverse(), from.inverse(), from.right().extract(r));
    }
    static Map filter(const Map& map, auto keeps)
        requires std::copy_constructible<Left> && std::copy_constructible<Right>
    {
        const auto kept = those_that(map, keeps);
        return Map(kept.begin(), kept.end());
    }

  protected:
    static std::vector<typename Map::value_type> those_that(const Map& map, auto keeps) {
        std::vector<typename Map::value_type> kept;
        for (const auto& [l, r] : map)
            if (keeps(l, r)) kept.emplace_back(l, r);
        return kept;
    }

  private:
    static bool move_to_front(auto view, const auto& key) {
        const auto position = view.find(key);
        if (position == view.end()) return false;
        view.move_to_front(position);
        return true;
    }
    static bool move_to_back(auto view, const auto& key) {
        const auto position = view.find(key);
        if (position == view.end()) return false;
        view.move_to_back(position);
        return true;
    }

    /// A node that is refused goes back, and so does one whose insertion throws; if there is memory for it.
    static auto take(auto&& map, auto&& from, auto node) {
        try {
            auto done = map.insert(std::move(node));
            if (node) from.insert(std::move(node));
            return done;
        } catch (...) {
            if (node) from.insert(std::move(node));
            throw;
        }
    }
};

/// What the adapter has and the map has not is left out on purpose, by constraints.
template <class Adapter>
Subject make_bimap_subject(const std::string& name, const std::string& story, Adapter adapter) {
    Subject subject = make_subject("bimap/" + name, story, std::move(adapter));
    subject.misfits.clear();
    return subject;
}

template <class Map>
Subject make_bimap_subject(const std::string& name, const std::string& story, const Orders& order,
                           std::initializer_list<Fault::Kind> faults) {
    return make_bimap_subject(name, story, BiMapSubject<Map>{bimap_promises(order, faults)});
}

}  // namespace bimap::properties
