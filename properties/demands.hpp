// SPDX-License-Identifier: BSL-1.0
// What an adapter has to have, said while it compiles, and what it has under a known name but not as it is
// called, said in the list of subjects.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "properties/adapter.hpp"
#include "properties/caller.hpp"
#include "properties/subject.hpp"

namespace bimap::properties::driving {

/// Whether an adapter has a function of this name, whatever it takes: a base class that has it, too, makes
/// the name ambiguous. Of a class that is final it is not known.
#define BIMAP_PROPERTIES_NAMED(name)                           \
    struct Name_##name {                                       \
        int name;                                              \
    };                                                         \
    template <class Adapter>                                   \
    struct Both_##name : Adapter, Name_##name {};              \
    template <class Adapter>                                   \
    constexpr bool does_name_##name() {                        \
        if constexpr (std::is_final_v<Adapter>)                \
            return false;                                      \
        else                                                   \
            return !requires { &Both_##name<Adapter>::name; }; \
    }                                                          \
    template <class Adapter>                                   \
    inline constexpr bool names_##name = does_name_##name<Adapter>();
#define BIMAP_PROPERTIES_NAMED_SIDES(name) \
    BIMAP_PROPERTIES_NAMED(name##_left) BIMAP_PROPERTIES_NAMED(name##_right)
BIMAP_PROPERTIES_NAMED(insert)
BIMAP_PROPERTIES_NAMED(force)
BIMAP_PROPERTIES_NAMED(emplace)
BIMAP_PROPERTIES_NAMED(clear)
BIMAP_PROPERTIES_NAMED(size)
BIMAP_PROPERTIES_NAMED(empty)
BIMAP_PROPERTIES_NAMED(reserve)
BIMAP_PROPERTIES_NAMED(shrink_to_fit)
BIMAP_PROPERTIES_NAMED(equal)
BIMAP_PROPERTIES_NAMED(merge)
BIMAP_PROPERTIES_NAMED(insert_all)
BIMAP_PROPERTIES_NAMED(insert_range)
BIMAP_PROPERTIES_NAMED(force_all)
BIMAP_PROPERTIES_NAMED(force_range)
BIMAP_PROPERTIES_NAMED(erase_if)
BIMAP_PROPERTIES_NAMED(retain)
BIMAP_PROPERTIES_NAMED(filter)
BIMAP_PROPERTIES_NAMED(promises)
BIMAP_PROPERTIES_NAMED(make)
BIMAP_PROPERTIES_NAMED(left)
BIMAP_PROPERTIES_NAMED(right)
BIMAP_PROPERTIES_NAMED(inverse)
BIMAP_PROPERTIES_NAMED(violated_invariant)
BIMAP_PROPERTIES_NAMED_SIDES(assign)
BIMAP_PROPERTIES_NAMED_SIDES(try_emplace)
BIMAP_PROPERTIES_NAMED_SIDES(replace)
BIMAP_PROPERTIES_NAMED_SIDES(extract)
BIMAP_PROPERTIES_NAMED_SIDES(take)
BIMAP_PROPERTIES_NAMED_SIDES(move_to_front)
BIMAP_PROPERTIES_NAMED_SIDES(move_to_back)
BIMAP_PROPERTIES_NAMED_SIDES(find)
BIMAP_PROPERTIES_NAMED_SIDES(erase)
BIMAP_PROPERTIES_NAMED_SIDES(erase_at)
BIMAP_PROPERTIES_NAMED_SIDES(erase_range)
BIMAP_PROPERTIES_NAMED_SIDES(for_each)
BIMAP_PROPERTIES_NAMED_SIDES(at)
BIMAP_PROPERTIES_NAMED_SIDES(contains)
BIMAP_PROPERTIES_NAMED_SIDES(count)
BIMAP_PROPERTIES_NAMED_SIDES(begin)
BIMAP_PROPERTIES_NAMED_SIDES(end)
BIMAP_PROPERTIES_NAMED_SIDES(lower_bound)
BIMAP_PROPERTIES_NAMED_SIDES(upper_bound)
#undef BIMAP_PROPERTIES_NAMED_SIDES
#undef BIMAP_PROPERTIES_NAMED

template <class Adapter>
class Demands {
    using Map = typename Adapter::Map;
    using L = LeftOf<Adapter>;
    using R = RightOf<Adapter>;
    using Direct = Caller<Adapter, Map, L, R>;
    using Matches = decltype([](const L&, const R&) { return true; });

    template <Verb verb, Side side = Side::left>
    static constexpr bool offers = Direct::template offers<verb, side>();

    static_assert(
        std::is_default_constructible_v<Map> || requires(Adapter& a) { a.make(); },
        "the adapter's Map has no default constructor: write `static Map make()`");
    static_assert(
        !names_insert<Adapter> || offers<Verb::insert>,
        "insert of the adapter cannot be called as insert(map, left, right), with Map&, const Left&, "
        "const Right&");
    static_assert(!names_force<Adapter> || offers<Verb::force>,
                  "force of the adapter cannot be called as force(map, left, right), with Map&, const Left&, "
                  "const Right&");
    static_assert(offers<Verb::insert> || offers<Verb::force> || offers<Verb::emplace> ||
                      offers<Verb::assign> || offers<Verb::assign, Side::right> ||
                      offers<Verb::try_emplace> || offers<Verb::try_emplace, Side::right>,
                  "the adapter has nothing that adds a pair: write insert(map, left, right) if a taken key "
                  "refuses it, force(map, left, right) if it replaces, or assign_left, assign_right");
    static_assert(
        !names_find_left<Adapter> || offers<Verb::find>,
        "find_left of the adapter cannot be called as find_left(map, left), with Map&, const Left&");
    static_assert(
        !names_find_right<Adapter> || offers<Verb::find, Side::right>,
        "find_right of the adapter cannot be called as find_right(map, right), with Map&, const Right&");
    static_assert(offers<Verb::find> || offers<Verb::find, Side::right>,
                  "the adapter has nothing that looks a key up: write find_left(map, left) or "
                  "find_right(map, right)");
    static_assert(
        !names_erase_left<Adapter> || offers<Verb::erase>,
        "erase_left of the adapter cannot be called as erase_left(map, left), with Map&, const Left&");
    static_assert(!names_erase_right<Adapter> || offers<Verb::erase, Side::right>,
                  "erase_right of the adapter cannot be called as erase_right(map, right), with Map&, "
                  "const Right&");

    static void note(std::vector<std::string>& misfits, bool named, bool callable, const char* call) {
        if (named && !callable) misfits.emplace_back(call);
    }

#define BIMAP_PROPERTIES_MISFIT(name, call, ...) note(all, names_##name<Adapter>, __VA_ARGS__, call);
#define BIMAP_PROPERTIES_MISFITS(name, left_call, right_call, verb)                   \
    BIMAP_PROPERTIES_MISFIT(name##_left, left_call, (offers<Verb::verb, Side::left>)) \
    BIMAP_PROPERTIES_MISFIT(name##_right, right_call, (offers<Verb::verb, Side::right>))
    static void note_whole(std::vector<std::string>& all) {
        BIMAP_PROPERTIES_MISFIT(emplace, "emplace(map, left, right)", offers<Verb::emplace>)
        BIMAP_PROPERTIES_MISFIT(clear, "clear(map)", offers<Verb::clear>)
        BIMAP_PROPERTIES_MISFIT(reserve, "reserve(map, n)", offers<Verb::reserve>)
        BIMAP_PROPERTIES_MISFIT(shrink_to_fit, "shrink_to_fit(map)", offers<Verb::shrink_to_fit>)
        BIMAP_PROPERTIES_MISFIT(erase_if, "erase_if(map, f(left, right))", offers<Verb::erase_if>)
        BIMAP_PROPERTIES_MISFIT(retain, "retain(map, f(left, right))", offers<Verb::retain>)
        BIMAP_PROPERTIES_MISFIT(size, "size(map)", requires(Adapter& a, Map& m) { a.size(m); })
        BIMAP_PROPERTIES_MISFIT(empty, "empty(map)", requires(Adapter& a, Map& m) { a.empty(m); })
        BIMAP_PROPERTIES_MISFIT(
            equal, "equal(map, map)", requires(Adapter& a, const Map& m) { a.equal(m, m); })
        BIMAP_PROPERTIES_MISFIT(merge, "merge(map, source)", requires(Adapter& a, Map& m) { a.merge(m, m); })
        BIMAP_PROPERTIES_MISFIT(
            insert_all, "insert_all(map, source)",
            requires(Adapter& a, Map& m, const Map& from) { a.insert_all(m, from); })
        BIMAP_PROPERTIES_MISFIT(insert_range, "insert_range(map, first, last)", offers<Verb::insert_range>)
        BIMAP_PROPERTIES_MISFIT(
            force_all, "force_all(map, source, sink(pair))",
            requires(Adapter& a, Map& m, const Map& from, const Sink<L, R>& sink) {
                a.force_all(m, from, sink);
            })
        BIMAP_PROPERTIES_MISFIT(force_range, "force_range(map, first, last, sink(pair))",
                                offers<Verb::force_range>)
        BIMAP_PROPERTIES_MISFIT(
            filter, "filter(map, f(left, right)) -> Map",
            requires(Adapter& a, const Map& m, Matches f) { a.filter(m, f); })
        BIMAP_PROPERTIES_MISFIT(
            promises, "promises() -> Promises", requires(Adapter& a) { Promises{a.promises()}; })
        BIMAP_PROPERTIES_MISFIT(make, "make() -> Map", requires(Adapter& a) { Map(a.make()); })
        BIMAP_PROPERTIES_MISFIT(left, "left(map)", requires(Adapter& a, Map& m) { a.left(m); })
        BIMAP_PROPERTIES_MISFIT(right, "right(map)", requires(Adapter& a, Map& m) { a.right(m); })
        BIMAP_PROPERTIES_MISFIT(inverse, "inverse(map)", requires(Adapter& a, Map& m) { a.inverse(m); })
        BIMAP_PROPERTIES_MISFIT(
            violated_invariant, "violated_invariant(map)",
            requires(Adapter& a, Map& m) { a.violated_invariant(m); })
    }
    static void note_sided(std::vector<std::string>& all) {
        BIMAP_PROPERTIES_MISFITS(assign, "assign_left(map, left, right)", "assign_right(map, left, right)",
                                 assign)
        BIMAP_PROPERTIES_MISFITS(try_emplace, "try_emplace_left(map, left, right)",
                                 "try_emplace_right(map, right, left)", try_emplace)
        BIMAP_PROPERTIES_MISFITS(replace, "replace_left(map, left, new_left)",
                                 "replace_right(map, right, new_right)", replace)
        BIMAP_PROPERTIES_MISFITS(extract, "extract_left(map, left)", "extract_right(map, right)", extract)
        BIMAP_PROPERTIES_MISFIT(take_left, "take_left(map, source, left)",
                                (has_take<Side::left, Adapter, Map&, Map&, const L&>()))
        BIMAP_PROPERTIES_MISFIT(take_right, "take_right(map, source, right)",
                                (has_take<Side::right, Adapter, Map&, Map&, const R&>()))
        BIMAP_PROPERTIES_MISFITS(move_to_front, "move_to_front_left(map, left)",
                                 "move_to_front_right(map, right)", move_to_front)
        BIMAP_PROPERTIES_MISFITS(move_to_back, "move_to_back_left(map, left)",
                                 "move_to_back_right(map, right)", move_to_back)
        BIMAP_PROPERTIES_MISFITS(erase_at, "erase_at_left(map, iterator)", "erase_at_right(map, iterator)",
                                 erase_at)
        BIMAP_PROPERTIES_MISFITS(erase_range, "erase_range_left(map, first, last)",
                                 "erase_range_right(map, first, last)", erase_range)
        BIMAP_PROPERTIES_MISFITS(at, "at_left(map, left)", "at_right(map, right)", at)
        BIMAP_PROPERTIES_MISFITS(contains, "contains_left(map, left)", "contains_right(map, right)", contains)
        BIMAP_PROPERTIES_MISFITS(count, "count_left(map, left)", "count_right(map, right)", count)
        BIMAP_PROPERTIES_MISFITS(lower_bound, "lower_bound_left(map, left)", "lower_bound_right(map, right)",
                                 lower_bound)
        BIMAP_PROPERTIES_MISFITS(upper_bound, "upper_bound_left(map, left)", "upper_bound_right(map, right)",
                                 upper_bound)
        BIMAP_PROPERTIES_MISFIT(for_each_left, "for_each_left(map, f(left, right))",
                                Direct::template FlankOn<Side::left>::offers_for_each())
        BIMAP_PROPERTIES_MISFIT(for_each_right, "for_each_right(map, f(right, left))",
                                Direct::template FlankOn<Side::right>::offers_for_each())
        BIMAP_PROPERTIES_MISFIT(begin_left, "begin_left(map)", has_begin<Side::left, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(begin_right, "begin_right(map)", has_begin<Side::right, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(end_left, "end_left(map)", has_end<Side::left, Adapter, Map&>())
        BIMAP_PROPERTIES_MISFIT(end_right, "end_right(map)", has_end<Side::right, Adapter, Map&>())
    }
#undef BIMAP_PROPERTIES_MISFITS
#undef BIMAP_PROPERTIES_MISFIT

  public:
    static std::vector<std::string> misfits() {
        std::vector<std::string> all;
        note_whole(all);
        note_sided(all);
        return all;
    }
};

}  // namespace bimap::properties::driving
