// SPDX-License-Identifier: BSL-1.0
// What must be true of every BiMap: each law is a sentence and a plain function that says whether it holds.
// It knows no test framework and no engine: arguments come as Numbers, and Element makes elements of them.
#pragma once

#include <algorithm>
#include <concepts>
#include <iterator>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties::laws {

/// A pair as a law sees it, and pairs in the order in which they are inserted or, sorted, as a content.
using Pair = std::pair<Number, Number>;
using Pairs = std::vector<Pair>;

// Elements and contents.

template <class Map>
auto make_left(Number number) {
    return Element<typename Map::left_type>::make(number);
}
template <class Map>
auto make_right(Number number) {
    return Element<typename Map::right_type>::make(number);
}

template <class T>
Number number_of(const T& element) {
    return Element<T>::number(element);
}
template <class P>
Pair numbers(const P& pair) {
    return {number_of(pair.first), number_of(pair.second)};
}

/// The pairs of a range, sorted: of a map, or of one of its views.
template <class Range>
Pairs content(const Range& range) {
    Pairs pairs;
    for (const auto& pair : range) pairs.push_back(numbers(pair));
    std::ranges::sort(pairs);
    return pairs;
}

/// The same from the other side.
inline Pairs mirrored(Pairs pairs) {
    for (auto& [left, right] : pairs) std::swap(left, right);
    std::ranges::sort(pairs);
    return pairs;
}

/// The pairs that meet a condition, and those that do not.
Pairs those(Pairs pairs, auto wanted) {
    std::erase_if(pairs, [&](const Pair& pair) { return !wanted(pair); });
    return pairs;
}
Pairs without(Pairs pairs, auto unwanted) {
    std::erase_if(pairs, std::move(unwanted));
    return pairs;
}
inline Pairs with(Pairs pairs, const Pair& pair) {
    pairs.push_back(pair);
    std::ranges::sort(pairs);
    return pairs;
}

inline auto has_left(Number left) {
    return [left](const Pair& pair) { return pair.first == left; };
}
inline auto has_right(Number right) {
    return [right](const Pair& pair) { return pair.second == right; };
}
inline auto meets(const Pair& met) {
    return [met](const Pair& pair) { return pair.first == met.first || pair.second == met.second; };
}
inline auto is_one_of(Pairs sorted) {
    return
        [sorted = std::move(sorted)](const Pair& pair) { return std::ranges::binary_search(sorted, pair); };
}
bool any(const Pairs& pairs, auto wanted) { return std::ranges::any_of(pairs, wanted); }

template <class Map>
void insert_each(Map& map, const Pairs& pairs) {
    for (const auto& [left, right] : pairs) map.insert(make_left<Map>(left), make_right<Map>(right));
}
template <class Map>
Map map_of(const Pairs& pairs) {
    Map map;
    insert_each(map, pairs);
    return map;
}

/// Elements as a caller has them, in a sequence.
template <class Map>
auto elements_of(const Pairs& pairs) {
    std::vector<typename Map::value_type> elements;
    for (const auto& [left, right] : pairs)
        elements.emplace_back(make_left<Map>(left), make_right<Map>(right));
    return elements;
}

template <class Map>
concept Copyable =
    std::copy_constructible<typename Map::left_type> && std::copy_constructible<typename Map::right_type>;

template <class View>
concept Ordered = requires(const View& view, const typename View::key_type& key) { view.lower_bound(key); };

// The four insertions, as values: how a pair is inserted, so that one law speaks of all of them.

inline constexpr auto by_insert = [](auto&& map, auto&& l, auto&& r) {
    return map.insert(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
};
inline constexpr auto by_assign_left = [](auto&& map, auto&& l, auto&& r) {
    return map.assign_left(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
};
inline constexpr auto by_assign_right = [](auto&& map, auto&& l, auto&& r) {
    return map.assign_right(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
};
inline constexpr auto by_force = [](auto&& map, auto&& l, auto&& r) {
    return map.force(std::forward<decltype(l)>(l), std::forward<decltype(r)>(r));
};

/// Whether a statement holds of each of the four.
bool for_each_insertion(auto holds) {
    return holds(by_insert) && holds(by_assign_left) && holds(by_assign_right) && holds(by_force);
}

template <class Map>
auto insertion(auto put, Map& map, const Pair& pair) {
    return put(map, make_left<Map>(pair.first), make_right<Map>(pair.second));
}

// Looking.

/// The right view shows the pairs of the left view, each turned round.
template <class Map>
bool the_views_show_the_same_pairs(const Pairs& pairs) {
    const Map map = map_of<Map>(pairs);
    return content(map.right()) == mirrored(content(map.left())) && content(map) == content(map.left());
}

/// The size is the number of pairs that either view iterates over, and an empty map is one of size zero.
template <class Map>
bool the_size_is_the_number_of_pairs_on_both_sides(const Pairs& pairs) {
    const Map map = map_of<Map>(pairs);
    const std::size_t size = content(map.left()).size();
    return map.size() == size && map.left().size() == size && map.right().size() == size &&
           content(map.right()).size() == size && map.empty() == (size == 0);
}

template <class View>
bool every_pair_is_found_in(const View& view) {
    return std::ranges::all_of(view, [&](const auto& pair) {
        const auto found = view.find(pair.first);
        return found != view.end() && std::addressof(found->second) == std::addressof(pair.second) &&
               std::addressof(view.at(pair.first)) == std::addressof(pair.second) &&
               view.contains(pair.first) && view.count(pair.first) == 1;
    });
}

/// Every pair that is iterated over is found by its left and by its right, and the other end is the same
/// object.
template <class Map>
bool every_pair_is_found_from_both_sides(const Pairs& pairs) {
    const Map map = map_of<Map>(pairs);
    return every_pair_is_found_in(map.left()) && every_pair_is_found_in(map.right());
}

template <class View>
bool throws_out_of_range(const View& view, const typename View::key_type& key) {
    try {
        static_cast<void>(view.at(key));
        return false;
    } catch (const std::out_of_range&) {
        return true;
    }
}

template <class View>
bool is_missing_unless_iterated_over(const View& view, Number number) {
    if (any(content(view), has_left(number))) return true;
    const auto key = Element<typename View::key_type>::make(number);
    return view.find(key) == view.end() && !view.contains(key) && view.count(key) == 0 &&
           throws_out_of_range(view, key);
}

/// A key that is not paired is found nowhere, and `at` throws.
template <class Map>
bool a_missing_key_is_found_nowhere(const Pairs& pairs, Number key) {
    const Map map = map_of<Map>(pairs);
    return is_missing_unless_iterated_over(map.left(), key) &&
           is_missing_unless_iterated_over(map.right(), key);
}

template <class View>
bool equal_range_is_what_find_finds(const View& view, Number number) {
    const auto key = Element<typename View::key_type>::make(number);
    const auto [first, last] = view.equal_range(key);
    const auto found = view.find(key);
    return found == view.end() ? first == last : first == found && last == std::next(found);
}

/// equal_range is the pair that find finds, and empty where it finds none.
template <class Map>
bool equal_range_is_the_pair_or_nothing(const Pairs& pairs, Number key) {
    const Map map = map_of<Map>(pairs);
    return equal_range_is_what_find_finds(map.left(), key) &&
           equal_range_is_what_find_finds(map.right(), key);
}

template <class View>
Pairs as_shown(const View& view) {
    Pairs pairs;
    for (const auto& pair : view) pairs.push_back(numbers(pair));
    return pairs;
}

/// Whether two views show the same in the same order, where they keep one.
bool are_shown_alike(const auto& one, const auto& other) {
    if constexpr (requires { one.rbegin(); })
        return as_shown(one) == as_shown(other);
    else
        return true;
}

/// Whether a view shows these pairs, and the same in turn when it is walked backwards.
template <class View>
bool shows(const View& view, const Pairs& pairs) {
    Pairs back;
    for (auto i = view.rbegin(); i != view.rend(); ++i) back.push_back(numbers(*i));
    return as_shown(view) == pairs && std::ranges::equal(back, std::views::reverse(pairs));
}

template <class View>
bool ascends(const View& view) {
    if constexpr (Ordered<View>) return shows(view, content(view));
    return true;
}

/// An ordered side ascends, and descends when it is walked backwards.
template <class Map>
bool an_ordered_side_ascends(const Pairs& pairs) {
    const Map map = map_of<Map>(pairs);
    return ascends(map.left()) && ascends(map.right());
}

template <class View>
bool bounds_divide(const View& view, Number number) {
    if constexpr (Ordered<View>) {
        const auto key = Element<typename View::key_type>::make(number);
        const auto count = [&](auto wanted) {
            return static_cast<std::ptrdiff_t>(those(content(view), wanted).size());
        };
        return std::distance(view.begin(), view.lower_bound(key)) ==
                   count([&](const Pair& pair) { return pair.first < number; }) &&
               std::distance(view.begin(), view.upper_bound(key)) ==
                   count([&](const Pair& pair) { return pair.first <= number; });
    }
    return true;
}

/// Before lower_bound are exactly the keys below, and before upper_bound exactly those not above.
template <class Map>
bool the_bounds_divide_an_ordered_side(const Pairs& pairs, Number key) {
    const Map map = map_of<Map>(pairs);
    return bounds_divide(map.left(), key) && bounds_divide(map.right(), key);
}

template <class View>
bool range_lies_between(const View& view, Number from, Number to) {
    if constexpr (Ordered<View>) {
        using Key = Element<typename View::key_type>;
        Pairs there;
        for (const auto& pair : view.range(Key::make(from), Key::make(to))) there.push_back(numbers(pair));
        return there ==
               those(content(view), [&](const Pair& pair) { return from <= pair.first && pair.first < to; });
    }
    return true;
}

/// A range of keys is what is not below the one and below the other.
template <class Map>
bool a_range_of_keys_is_what_lies_between(const Pairs& pairs, Number from, Number to) {
    const Map map = map_of<Map>(pairs);
    return range_lies_between(map.left(), from, to) && range_lies_between(map.right(), from, to);
}

// The order of insertion.

template <class View>
concept Sequenced = requires(const View& view) { view.move_to_back(view.begin()); };

template <class View>
bool keeps_the_order(const View& view, const Pairs& expected) {
    if constexpr (Sequenced<View>) {
        if (!shows(view, expected)) return false;
        if (expected.empty()) return true;
        view.move_to_back(view.begin());
        Pairs turned = expected;
        std::rotate(turned.begin(), turned.begin() + 1, turned.end());
        if (!shows(view, turned)) return false;
        view.move_to_front(std::prev(view.end()));
        return shows(view, expected);
    }
    return true;
}

/// An insertion-ordered side shows the pairs as they came, and those that are moved to an end there; walked
/// backwards, the last comes first.
template <class Map>
bool an_insertion_ordered_side_keeps_the_order(const Pairs& pairs) {
    Pairs accepted;
    for (const Pair& pair : pairs) {
        if (!any(accepted, meets(pair))) accepted.push_back(pair);
    }
    Pairs turned;
    for (const auto& [left, right] : accepted) turned.emplace_back(right, left);
    Map map = map_of<Map>(pairs);
    return keeps_the_order(map.left(), accepted) && keeps_the_order(map.right(), turned);
}

// The inverse.

/// The inverse of the inverse is the map.
template <class Map>
bool the_inverse_of_the_inverse_is_the_map(const Pairs& pairs) {
    Map map = map_of<Map>(pairs);
    const Map& same = map;
    return std::addressof(map.inverse().inverse()) == std::addressof(map) &&
           std::addressof(same.inverse().inverse()) == std::addressof(same);
}

/// The inverse's left view is the map's right view, and mirrored.
template <class Map>
bool the_inverse_exchanges_the_views(const Pairs& pairs) {
    const Map map = map_of<Map>(pairs);
    const auto inverse = map.inverse();
    return content(inverse.left()) == content(map.right()) &&
           content(inverse.right()) == content(map.left()) && content(inverse) == content(map.right()) &&
           inverse.size() == map.size();
}

/// Whether nothing was evicted, or the same pair with its sides exchanged.
bool are_mirrored(const auto& evicted, const auto& through_inverse) {
    if (!evicted || !through_inverse) return !evicted && !through_inverse;
    const auto [left, right] = numbers(*evicted);
    return numbers(*through_inverse) == Pair{right, left};
}

template <class Map>
bool mirrors(const Pairs& pairs, const Pair& pair, auto direct, auto through_inverse) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    const auto done = insertion(direct, one, pair);
    const auto turned =
        through_inverse(other.inverse(), make_right<Map>(pair.second), make_left<Map>(pair.first));
    return content(one) == content(other) && done.inserted == turned.inserted &&
           are_mirrored(done.evicted_left, turned.evicted_right) &&
           are_mirrored(done.evicted_right, turned.evicted_left) &&
           (!done.inserted || numbers(*turned.position) == Pair{pair.second, pair.first});
}

/// An insertion through the inverse is the mirrored insertion into the map.
template <class Map>
bool inserting_through_the_inverse_is_mirrored_inserting(const Pairs& pairs, Number left, Number right) {
    const Pair pair{left, right};
    return mirrors<Map>(pairs, pair, by_insert, by_insert) && mirrors<Map>(pairs, pair, by_force, by_force) &&
           mirrors<Map>(pairs, pair, by_assign_left, by_assign_right) &&
           mirrors<Map>(pairs, pair, by_assign_right, by_assign_left);
}

/// What is erased through the inverse, by key or by predicate, is what is erased through the map.
template <class Map>
bool erasing_through_the_inverse_is_mirrored_erasing(const Pairs& pairs, Number left, Number right) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    one.left().erase(make_left<Map>(left));
    other.inverse().right().erase(make_left<Map>(left));
    erase_if(one, [&](const auto& pair) { return number_of(pair.second) > right; });
    erase_if(other.inverse(), [&](const auto& pair) { return number_of(pair.first) > right; });
    return content(one) == content(other);
}

// Inserting.

/// insert accepts a pair exactly if neither side is paired; it is then where insert says, and nothing else
/// changes.
template <class Map>
bool insert_accepts_what_meets_nothing(const Pairs& pairs, Number left, Number right) {
    const Pair pair{left, right};
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const auto done = insertion(by_insert, map, pair);
    if (any(before, meets(pair))) return !done.inserted;
    return done.inserted && numbers(*done.position) == pair && content(map) == with(before, pair);
}

/// What insert accepts is found from both sides.
template <class Map>
bool what_insert_accepts_is_found_from_both_sides(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    if (!insertion(by_insert, map, {left, right})) return true;
    return number_of(map.left().at(make_left<Map>(left))) == right &&
           number_of(map.right().at(make_right<Map>(right))) == left;
}

/// A refused insertion changes nothing and shows a pair that is in the way.
template <class Map>
bool a_refused_insertion_changes_nothing(const Pairs& pairs, Number left, Number right) {
    return for_each_insertion([&](auto put) {
        Map map = map_of<Map>(pairs);
        const Pairs before = content(map);
        const auto done = insertion(put, map, {left, right});
        if (done) return true;
        return content(map) == before && done.evicted_count() == 0 &&
               meets({left, right})(numbers(*done.position));
    });
}

/// An argument that is refused is not touched, even if it was given away.
template <class Map>
bool a_refused_argument_is_untouched(const Pairs& pairs, Number left, Number right) {
    return for_each_insertion([&](auto put) {
        Map map = map_of<Map>(pairs);
        auto l = make_left<Map>(left);
        auto r = make_right<Map>(right);
        if (put(map, std::move(l), std::move(r))) return true;
        return number_of(l) == left && number_of(r) == right;
    });
}

/// Inserting a pair twice changes nothing the second time, in whichever way it is inserted.
template <class Map>
bool inserting_twice_changes_nothing_the_second_time(const Pairs& pairs, Number left, Number right) {
    return for_each_insertion([&](auto put) {
        Map map = map_of<Map>(pairs);
        insertion(put, map, {left, right});
        const Pairs once = content(map);
        const auto again = insertion(put, map, {left, right});
        return !again.inserted && content(map) == once;
    });
}

/// force makes room: afterwards the pair is in, and of the others exactly those that it does not meet.
template <class Map>
bool force_makes_room(const Pairs& pairs, Number left, Number right) {
    const Pair pair{left, right};
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const auto done = insertion(by_force, map, pair);
    return numbers(*done.position) == pair && content(map) == with(without(before, meets(pair)), pair);
}

/// assign_left replaces at most the pair with the same left, and refuses if the right is another's.
template <class Map>
bool assign_left_replaces_only_the_same_left(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    insertion(by_assign_left, map, {left, right});
    if (any(before, has_right(right))) return content(map) == before;
    return content(map) == with(without(before, has_left(left)), {left, right});
}

/// assign_right replaces at most the pair with the same right, and refuses if the left is another's.
template <class Map>
bool assign_right_replaces_only_the_same_right(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    insertion(by_assign_right, map, {left, right});
    if (any(before, has_left(left))) return content(map) == before;
    return content(map) == with(without(before, has_right(right)), {left, right});
}

/// The pairs that are handed out are those that had to go: the one with the same left, the one with the same
/// right.
template <class Map>
bool evicted_pairs_are_those_that_were_there(const Pairs& pairs, Number left, Number right) {
    return for_each_insertion([&](auto put) {
        Map map = map_of<Map>(pairs);
        const Pairs before = content(map);
        const auto done = insertion(put, map, {left, right});
        Pairs gone;
        if (done.evicted_left) gone.push_back(numbers(*done.evicted_left));
        if (done.evicted_right) gone.push_back(numbers(*done.evicted_right));
        std::ranges::sort(gone);
        return (!done.evicted_left || number_of(done.evicted_left->first) == left) &&
               (!done.evicted_right || number_of(done.evicted_right->second) == right) &&
               gone == without(before, is_one_of(content(map)));
    });
}

/// emplace is insert, whether its arguments come alone or in tuples.
template <class Map>
bool emplace_is_insert(const Pairs& pairs, Number left, Number right) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    Map third = map_of<Map>(pairs);
    const bool inserted = insertion(by_insert, one, {left, right}).inserted;
    const auto done = other.emplace(make_left<Map>(left), make_right<Map>(right));
    const auto also = third.emplace(std::piecewise_construct, std::forward_as_tuple(make_left<Map>(left)),
                                    std::forward_as_tuple(make_right<Map>(right)));
    return done.inserted == inserted && also.inserted == inserted && other == one && third == one;
}

/// A range is inserted as its pairs are, one by one, be it into a new map or into one that has pairs.
template <class Map>
bool a_range_is_inserted_one_by_one(const Pairs& pairs, const Pairs& more) {
    Map expected = map_of<Map>(pairs);
    insert_each(expected, more);
    auto first = elements_of<Map>(pairs);
    auto second = elements_of<Map>(more);
    Map map(std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
    map.insert(std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()));
    return map == expected && are_shown_alike(map.left(), expected.left()) &&
           are_shown_alike(map.right(), expected.right());
}

/// A list takes the place of the content.
template <class Map>
bool a_list_replaces_the_content(const Pairs& pairs, Number left, Number right) {
    using Value = typename Map::value_type;
    Map map = map_of<Map>(pairs);
    map = {Value(make_left<Map>(left), make_right<Map>(right)),
           Value(make_left<Map>(left + 1), make_right<Map>(right)),
           Value(make_left<Map>(left + 1), make_right<Map>(right + 1))};
    return content(map) == Pairs{{left, right}, {left + 1, right + 1}};
}

/// try_emplace shows the pair with that key, or else inserts one.
template <class Map>
bool try_emplace_finds_or_inserts(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const bool is_new = !any(before, meets({left, right}));
    const auto done = map.left().try_emplace(make_left<Map>(left), make_right<Map>(right));
    if (done.inserted != is_new || content(map) != (is_new ? with(before, {left, right}) : before))
        return false;
    return numbers(*done.position).first == left || !any(before, has_left(left));
}

// Pairs that leave, return and change.

/// A pair that is taken out is gone from both sides, and returns as it was.
template <class Map>
bool a_node_leads_back(const Pairs& pairs, Number left) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const Pairs others = without(before, has_left(left));
    auto node = map.left().extract(make_left<Map>(left));
    if (content(map) != others || node.empty() != (others == before)) return false;
    map.insert(std::move(node));
    return content(map) == before && content(map.right()) == mirrored(before);
}

/// Merging inserts each pair of the other map, which keeps those that are refused.
template <class Map>
bool merging_leaves_what_is_refused(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    Map other = map_of<Map>(more);
    const auto is_refused = [here = content(map)](const Pair& pair) { return any(here, meets(pair)); };
    const Pairs refused = those(content(other), is_refused);
    Pairs expected = content(map);
    for (const Pair& pair : without(content(other), is_refused)) expected = with(expected, pair);
    map.merge(other);
    return content(map) == expected && content(other) == refused &&
           content(map.right()) == mirrored(expected);
}

template <class Map>
bool replaces_one_left(Map&& map, Number left, Number fresh) {
    using Key = Element<typename std::remove_cvref_t<Map>::left_type>;
    const Pairs before = content(map);
    const auto position = map.left().find(Key::make(left));
    if (position == map.left().end()) return true;
    const Pair expected{fresh, number_of(position->second)};
    const bool is_free = !any(before, has_left(fresh));
    const auto done = map.replace_left(position, Key::make(fresh));
    return done.inserted == is_free &&
           content(map) == (is_free ? with(without(before, has_left(left)), expected) : before);
}

/// Replacing a side of a pair keeps the other, unless the new one is paired already: then nothing changes.
template <class Map>
bool replacing_a_side_keeps_the_other(const Pairs& pairs, Number key, Number fresh) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    return replaces_one_left(one, key, fresh) && replaces_one_left(other.inverse(), key, fresh);
}

/// Every order of disjoint insertions gives equal maps.
template <class Map>
bool every_order_of_disjoint_insertions_gives_equal_maps(const Pairs& pairs, Number turn) {
    const Pairs disjoint = content(map_of<Map>(pairs));
    Pairs other = disjoint;
    if (!other.empty())
        std::rotate(other.begin(), other.begin() + static_cast<int>(turn % other.size()), other.end());
    if (turn % 2 == 1) std::reverse(other.begin(), other.end());
    const Map one = map_of<Map>(disjoint);
    return one == map_of<Map>(other) && one.size() == disjoint.size();
}

/// An argument that refers into the map does what a copy of it does.
template <class Map>
bool an_aliased_argument_is_as_good_as_a_copy(const Pairs& pairs, Number left, Number right) {
    return for_each_insertion([&](auto put) {
        Map map = map_of<Map>(pairs);
        if (map.empty()) return true;
        const auto at = [&](Number n) { return std::next(map.begin(), static_cast<int>(n % map.size())); };
        const Pair pair{number_of(at(left)->first), number_of(at(right)->second)};
        Map expected = map_of<Map>(pairs);
        insertion(put, expected, pair);
        put(map, at(left)->first, at(right)->second);
        return map == expected;
    });
}

/// Erasing what was just inserted leads back.
template <class Map>
bool erasing_undoes_inserting(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    if (!insertion(by_insert, map, {left, right})) return true;
    map.right().erase(make_right<Map>(right));
    return map == map_of<Map>(pairs);
}

/// A pair stays where it is while others come and go.
template <class Map>
bool a_pair_stays_where_it_is(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    std::vector<std::pair<Pair, const void*>> places;
    for (const auto& pair : map) places.emplace_back(numbers(pair), std::addressof(pair.first));
    insert_each(map, more);
    for (const auto& [left, right] : more) {
        if (!any(pairs, has_left(left))) map.left().erase(make_left<Map>(left));
    }
    map.shrink_to_fit();
    return std::ranges::all_of(places, [&](const auto& place) {
        const auto now = map.left().find(make_left<Map>(place.first.first));
        return now != map.left().end() && std::addressof(now->first) == place.second &&
               numbers(*now) == place.first;
    });
}

// Erasing.

template <class View>
bool erases_by_key(const View& view, Number number) {
    const Pairs expected = without(content(view), has_left(number));
    const std::size_t before = view.size();
    const std::size_t erased = view.erase(Element<typename View::key_type>::make(number));
    return content(view) == expected && erased == before - expected.size();
}

/// erase takes exactly the pair with that key, and says how many that was.
template <class Map>
bool erase_takes_the_pair_with_that_key(const Pairs& pairs, Number key) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    return erases_by_key(one.left(), key) && erases_by_key(other.right(), key);
}

template <class View>
bool erases_a_range(const View& view, Number from, Number length) {
    const auto steps = [&](auto position, Number n) {
        for (; n != 0 && position != view.end(); --n) ++position;
        return position;
    };
    const auto first = steps(view.begin(), from);
    const auto last = steps(first, length);
    Pairs expected;
    for (auto i = view.begin(); i != first; ++i) expected.push_back(numbers(*i));
    for (auto i = last; i != view.end(); ++i) expected.push_back(numbers(*i));
    std::ranges::sort(expected);
    const bool is_next =
        length == 1 && first != last ? view.erase(first) == last : view.erase(first, last) == last;
    return is_next && content(view) == expected;
}

/// Erasing at a position takes that pair and returns the next position.
template <class Map>
bool erasing_at_a_position_returns_the_next(const Pairs& pairs, Number from) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    return erases_a_range(one.left(), from, 1) && erases_a_range(other.right(), from, 1);
}

/// Erasing a range takes the pairs in it, and returns its end.
template <class Map>
bool erasing_a_range_takes_what_lies_in_it(const Pairs& pairs, Number from, Number length) {
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(pairs);
    return erases_a_range(one.left(), from, length) && erases_a_range(other.right(), from, length);
}

/// erase_if erases exactly the pairs that match, and says how many.
template <class Map>
bool erase_if_erases_exactly_what_matches(const Pairs& pairs, Number modulus) {
    const auto matches = [&](const Pair& pair) {
        return (pair.first + pair.second) % (modulus % 4 + 1) == 0;
    };
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const std::size_t erased = erase_if(map, [&](const auto& pair) { return matches(numbers(pair)); });
    return content(map) == without(before, matches) && erased == those(before, matches).size();
}

/// A cleared map is as good as a new one.
template <class Map>
bool a_cleared_map_is_as_good_as_a_new_one(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    map.clear();
    if (!map.empty() || !content(map).empty() || !content(map.right()).empty()) return false;
    insert_each(map, more);
    return map == map_of<Map>(more);
}

// Whole maps.

/// Maps are equal exactly if they have the same pairs: the same lefts and rights, paired otherwise, do not
/// do.
template <class Map>
bool equality_sees_the_pairing(const Pairs& pairs, const Pairs& more) {
    const Map map = map_of<Map>(pairs);
    const Map another = map_of<Map>(more);
    Pairs repaired = content(map);
    for (std::size_t i = 1; i < repaired.size(); ++i) std::swap(repaired[i - 1].second, repaired[i].second);
    return (map == another) == (content(map) == content(another)) && (another == map) == (map == another) &&
           (map == map_of<Map>(repaired)) == (map.size() < 2) && map == map_of<Map>(content(map));
}

/// A copy is equal and independent.
template <class Map>
bool a_copy_is_equal_and_independent(const Pairs& pairs, Number left, Number right) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    Map copy(std::as_const(map));
    if (!(copy == map) || content(copy) != before) return false;
    insertion(by_force, copy, {left, right});
    map.clear();
    return content(copy) == with(without(before, meets({left, right})), {left, right}) && map.empty();
}

/// Copying over a map makes it equal to the other, which stays as it is, even if both are the same.
template <class Map>
bool copying_over_replaces_the_content(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    const Map source = map_of<Map>(more);
    map = source;
    if (content(map) != content(source) || content(source) != content(map_of<Map>(more))) return false;
    Map& same = map;
    map = same;
    return content(map) == content(source);
}

/// Moving hands everything over, and leaves the source empty and usable.
template <class Map>
bool moving_leaves_the_source_empty_and_usable(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    const Map moved(std::move(map));
    if (content(moved) != before || !map.empty() || !content(map.right()).empty()) return false;
    insert_each(map, more);
    return map == map_of<Map>(more) && content(moved) == before;
}

/// Moving over a map hands everything over and leaves the source empty; moving a map to itself changes
/// nothing.
template <class Map>
bool moving_over_replaces_the_content(const Pairs& pairs, const Pairs& more) {
    Map map = map_of<Map>(pairs);
    Map source = map_of<Map>(more);
    const Pairs expected = content(source);
    map = std::move(source);
    if (content(map) != expected || !source.empty()) return false;
    Map& same = map;
    map = std::move(same);
    return content(map) == expected;
}

/// Swapping exchanges the contents, and swapping twice is nothing.
template <class Map>
bool swapping_twice_is_nothing(const Pairs& pairs, const Pairs& more) {
    using std::swap;
    Map one = map_of<Map>(pairs);
    Map other = map_of<Map>(more);
    const Pairs first = content(one);
    const Pairs second = content(other);
    swap(one, other);
    if (content(one) != second || content(other) != first) return false;
    one.swap(other);
    return content(one) == first && content(other) == second;
}

/// reserve makes the room it is asked for; neither it nor shrink_to_fit changes the content.
template <class Map>
bool reserving_and_shrinking_change_no_content(const Pairs& pairs, Number room) {
    Map map = map_of<Map>(pairs);
    const Pairs before = content(map);
    map.reserve(room);
    if (map.capacity() < room || content(map) != before || content(map.right()) != mirrored(before))
        return false;
    map.shrink_to_fit();
    return content(map) == before && content(map.right()) == mirrored(before) && map.capacity() >= map.size();
}

/// Calls visit(name, law) for every law that a map of this type is to keep.
template <class Map>
void for_each_law(auto visit) {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a template's name cannot stand in parentheses.
#define BIMAP_PROPERTIES_LAW(law) visit(std::string_view{#law}, &law<Map>)
    BIMAP_PROPERTIES_LAW(the_views_show_the_same_pairs);
    BIMAP_PROPERTIES_LAW(the_size_is_the_number_of_pairs_on_both_sides);
    BIMAP_PROPERTIES_LAW(every_pair_is_found_from_both_sides);
    BIMAP_PROPERTIES_LAW(a_missing_key_is_found_nowhere);
    BIMAP_PROPERTIES_LAW(equal_range_is_the_pair_or_nothing);
    BIMAP_PROPERTIES_LAW(the_inverse_of_the_inverse_is_the_map);
    BIMAP_PROPERTIES_LAW(the_inverse_exchanges_the_views);
    BIMAP_PROPERTIES_LAW(inserting_through_the_inverse_is_mirrored_inserting);
    BIMAP_PROPERTIES_LAW(erasing_through_the_inverse_is_mirrored_erasing);
    BIMAP_PROPERTIES_LAW(insert_accepts_what_meets_nothing);
    BIMAP_PROPERTIES_LAW(what_insert_accepts_is_found_from_both_sides);
    BIMAP_PROPERTIES_LAW(a_refused_insertion_changes_nothing);
    BIMAP_PROPERTIES_LAW(a_refused_argument_is_untouched);
    BIMAP_PROPERTIES_LAW(inserting_twice_changes_nothing_the_second_time);
    BIMAP_PROPERTIES_LAW(force_makes_room);
    BIMAP_PROPERTIES_LAW(assign_left_replaces_only_the_same_left);
    BIMAP_PROPERTIES_LAW(assign_right_replaces_only_the_same_right);
    BIMAP_PROPERTIES_LAW(evicted_pairs_are_those_that_were_there);
    BIMAP_PROPERTIES_LAW(emplace_is_insert);
    BIMAP_PROPERTIES_LAW(a_range_is_inserted_one_by_one);
    BIMAP_PROPERTIES_LAW(try_emplace_finds_or_inserts);
    BIMAP_PROPERTIES_LAW(a_node_leads_back);
    BIMAP_PROPERTIES_LAW(merging_leaves_what_is_refused);
    BIMAP_PROPERTIES_LAW(replacing_a_side_keeps_the_other);
    BIMAP_PROPERTIES_LAW(every_order_of_disjoint_insertions_gives_equal_maps);
    BIMAP_PROPERTIES_LAW(erasing_undoes_inserting);
    BIMAP_PROPERTIES_LAW(a_pair_stays_where_it_is);
    BIMAP_PROPERTIES_LAW(erase_takes_the_pair_with_that_key);
    BIMAP_PROPERTIES_LAW(erasing_at_a_position_returns_the_next);
    BIMAP_PROPERTIES_LAW(erasing_a_range_takes_what_lies_in_it);
    BIMAP_PROPERTIES_LAW(erase_if_erases_exactly_what_matches);
    BIMAP_PROPERTIES_LAW(a_cleared_map_is_as_good_as_a_new_one);
    BIMAP_PROPERTIES_LAW(equality_sees_the_pairing);
    BIMAP_PROPERTIES_LAW(moving_leaves_the_source_empty_and_usable);
    BIMAP_PROPERTIES_LAW(moving_over_replaces_the_content);
    BIMAP_PROPERTIES_LAW(swapping_twice_is_nothing);
    BIMAP_PROPERTIES_LAW(reserving_and_shrinking_change_no_content);
    if constexpr (Ordered<typename Map::left_view> || Ordered<typename Map::right_view>) {
        BIMAP_PROPERTIES_LAW(an_ordered_side_ascends);
        BIMAP_PROPERTIES_LAW(the_bounds_divide_an_ordered_side);
        BIMAP_PROPERTIES_LAW(a_range_of_keys_is_what_lies_between);
    }
    if constexpr (Sequenced<typename Map::left_view> || Sequenced<typename Map::right_view>) {
        BIMAP_PROPERTIES_LAW(an_insertion_ordered_side_keeps_the_order);
    }
    if constexpr (Copyable<Map>) {
        BIMAP_PROPERTIES_LAW(a_list_replaces_the_content);
        BIMAP_PROPERTIES_LAW(an_aliased_argument_is_as_good_as_a_copy);
        BIMAP_PROPERTIES_LAW(a_copy_is_equal_and_independent);
        BIMAP_PROPERTIES_LAW(copying_over_replaces_the_content);
    }
#undef BIMAP_PROPERTIES_LAW
}

}  // namespace bimap::properties::laws
