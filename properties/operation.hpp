// SPDX-License-Identifier: BSL-1.0
// One call on one bimap, as plain data: what a test case is made of. It knows no subject and no engine.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bimap::properties {

/// Stands for an element: `insert 3 1` pairs the left element numbered 3 with the right element numbered 1.
using Number = std::uint32_t;
/// Of what stands for none, such as an element that was moved from.
inline constexpr Number no_number = 0xFFFFFFFF;

/// Programs use the numbers below this one, so that an operation fits into a byte record.
inline constexpr Number number_limit = 64;

/// The variables of a Program; each holds one bimap and is empty at first.
enum class Register : std::uint8_t { a, b, c };
inline constexpr std::size_t register_count = 3;
constexpr std::size_t index_of(Register which) { return static_cast<std::size_t>(which); }

enum class Side : std::uint8_t { left, right };
constexpr std::size_t index_of(Side side) { return static_cast<std::size_t>(side); }
constexpr Side opposite(Side side) { return side == Side::left ? Side::right : Side::left; }

/// What is called. The order is the order of simplicity: a minimal program prefers the earlier verb.
enum class Verb : std::uint8_t {
    insert,         ///< refuse on both sides
    erase,          ///< by key, through a side's view
    force,          ///< replace on both sides
    assign,         ///< replace on the named side, refuse on the other
    emplace,        ///< insert, constructing in place
    try_emplace,    ///< insert through a side's view, which looks for its own key first
    replace,        ///< give the pair with this key another key on the same side, refusing
    extract,        ///< take a pair out, by key, through a side's view
    clear,          ///< the whole map
    empty,          ///< destroy the register's map and start anew
    copy,           ///< construct the register's map as a copy
    move,           ///< construct the register's map by moving
    filter,         ///< construct the register's map from the source's pairs whose key lies in a range
    copy_assign,    ///< from another register, or from itself
    move_assign,    ///< from another register, or from itself
    swap,           ///< with another register, or with itself
    insert_all,     ///< every pair of another register, refusing on both sides
    insert_range,   ///< a group of fresh pairs, refusing on both sides
    insert_chain,   ///< the same with a group of pairs that meet each other
    force_all,      ///< every pair of another register, replacing on both sides
    force_range,    ///< a group of fresh pairs, replacing on both sides
    force_chain,    ///< the same with a group of pairs that meet each other
    merge,          ///< move every pair of another register here that is not refused
    take,           ///< extract from a register, by key, and insert here; what is refused goes back
    erase_if,       ///< every pair whose key lies in a range, by predicate
    retain,         ///< every pair whose key lies outside a range, by predicate
    erase_loop,     ///< the same, by the erase-while-iterating loop
    erase_at,       ///< by iterator
    erase_range,    ///< by a pair of iterators: a key's pair and those that follow it
    clear_view,     ///< through a side's view
    move_to_front,  ///< by iterator, on insertion-ordered sides
    move_to_back,   ///< by iterator, on insertion-ordered sides
    find,           //
    at,             //
    contains,       //
    count,          //
    lower_bound,    ///< on ordered sides
    upper_bound,    ///< on ordered sides
    equals,         ///< ==, with another register or with itself
    reserve,        //
    shrink_to_fit,  //
};
inline constexpr std::size_t verb_count = static_cast<std::size_t>(Verb::shrink_to_fit) + 1;

/// How an argument is handed over: as a value of the caller's, as a reference to the map's own element
/// (where the map has it, on either side if both are of one type; to the source's, if that is where it is
/// looked for), or as an expiring value.
enum class Passing : std::uint8_t { value, own, moved };

/// What a Ledger is asked to make fail: the `nth` event of this kind inside the call.
struct Fault {
    enum class Kind : std::uint8_t {
        none,
        alloc,
        copy,
        move,
        hash,
        compare,
        memory,     ///< runs out: the nth allocation fails, and so does every later one
        predicate,  ///< of the caller's throws
        everything  ///< the nth event of any of these kinds but the predicate's, and every later one
    };
    Kind kind = Kind::none;
    std::uint16_t nth = 0;
    auto operator<=>(const Fault&) const = default;
};
/// Whether every later event fails, too, until the call ends.
constexpr bool lasts(Fault::Kind kind) {
    return kind == Fault::Kind::memory || kind == Fault::Kind::everything;
}
inline constexpr std::size_t fault_kind_count = 9;
inline constexpr std::uint16_t fault_limit = 64;  ///< `nth` stays below it in a Program

/// One call. The members stand in the order of simplicity, which the defaulted comparison follows.
struct Operation {
    Fault fault;
    bool inverse = false;  ///< called through the map's inverse, so that left and right change places
    std::array<Passing, 2> passing{};
    Register target = Register::a;
    Verb verb = Verb::insert;
    Side side = Side::left;
    Register source = Register::a;
    std::array<Number, 2> numbers{};

    auto operator<=>(const Operation&) const = default;
};

/// What a number of an Operation means.
enum class Slot : std::uint8_t { none, left, right, key, count };

/// How a verb is written and which members of an Operation it uses.
struct Shape {
    std::string_view name;
    bool constructs = false;  ///< written `a = name …`; then the register's old map is destroyed
    bool sided = false;       ///< the name ends in _left or _right
    bool takes_register = false;
    bool modifies = true;
    std::array<Slot, 2> slots{};
};

/// The vocabulary, in the order of Verb.
inline constexpr std::array<Shape, verb_count> shapes = [] {
    using enum Slot;
    return std::array<Shape, verb_count>{{
        {.name = "insert", .slots = {left, right}},
        {.name = "erase", .sided = true, .slots = {key}},
        {.name = "force", .slots = {left, right}},
        {.name = "assign", .sided = true, .slots = {left, right}},
        {.name = "emplace", .slots = {left, right}},
        {.name = "try_emplace", .sided = true, .slots = {left, right}},
        {.name = "replace", .sided = true, .slots = {key, key}},
        {.name = "extract", .sided = true, .slots = {key}},
        {.name = "clear"},
        {.name = "empty", .constructs = true},
        {.name = "copy", .constructs = true, .takes_register = true},
        {.name = "move", .constructs = true, .takes_register = true},
        {.name = "filter", .constructs = true, .sided = true, .takes_register = true, .slots = {key, key}},
        {.name = "copy_assign", .takes_register = true},
        {.name = "move_assign", .takes_register = true},
        {.name = "swap", .takes_register = true},
        {.name = "insert_all", .takes_register = true},
        {.name = "insert_range", .slots = {left, count}},
        {.name = "insert_chain", .slots = {left, count}},
        {.name = "force_all", .takes_register = true},
        {.name = "force_range", .slots = {left, count}},
        {.name = "force_chain", .slots = {left, count}},
        {.name = "merge", .takes_register = true},
        {.name = "take", .sided = true, .takes_register = true, .slots = {key}},
        {.name = "erase_if", .sided = true, .slots = {key, key}},
        {.name = "retain", .sided = true, .slots = {key, key}},
        {.name = "erase_loop", .sided = true, .slots = {key, key}},
        {.name = "erase_at", .sided = true, .slots = {key}},
        {.name = "erase_range", .sided = true, .slots = {key, count}},
        {.name = "clear", .sided = true},
        {.name = "move_to_front", .sided = true, .slots = {key}},
        {.name = "move_to_back", .sided = true, .slots = {key}},
        {.name = "find", .sided = true, .modifies = false, .slots = {key}},
        {.name = "at", .sided = true, .modifies = false, .slots = {key}},
        {.name = "contains", .sided = true, .modifies = false, .slots = {key}},
        {.name = "count", .sided = true, .modifies = false, .slots = {key}},
        {.name = "lower_bound", .sided = true, .modifies = false, .slots = {key}},
        {.name = "upper_bound", .sided = true, .modifies = false, .slots = {key}},
        {.name = "equals", .takes_register = true, .modifies = false},
        {.name = "reserve", .slots = {count}},
        {.name = "shrink_to_fit"},
    }};
}();

constexpr const Shape& shape_of(Verb verb) { return shapes[static_cast<std::size_t>(verb)]; }

/// The side whose element a number of this Operation stands for, as the called object sees it.
/// Precondition: the slot holds an element.
constexpr Side side_of(const Operation& operation, std::size_t argument) {
    switch (shape_of(operation.verb).slots[argument]) {
        case Slot::left:
            return Side::left;
        case Slot::right:
            return Side::right;
        default:
            return operation.side;
    }
}

/// The same in the map's own eyes: through the inverse, left is the map's right.
constexpr Side map_side_of(const Operation& operation, std::size_t argument) {
    const Side seen = side_of(operation, argument);
    return operation.inverse ? opposite(seen) : seen;
}

constexpr bool is_faulted(const Operation& operation) { return operation.fault != Fault{}; }
constexpr bool passes_plainly(const Operation& operation) {
    return operation.passing == std::array<Passing, 2>{};
}

constexpr bool holds_element(Slot slot) {
    return slot == Slot::left || slot == Slot::right || slot == Slot::key;
}

/// True of the verbs that offer one pair to the map.
constexpr bool is_insertion(Verb verb) {
    return verb == Verb::insert || verb == Verb::force || verb == Verb::assign || verb == Verb::emplace ||
           verb == Verb::try_emplace;
}

/// The verb under which an adapter has it, and a promise names it: a chain is a range of other pairs.
constexpr Verb offered_as(Verb verb) {
    if (verb == Verb::insert_chain) return Verb::insert_range;
    return verb == Verb::force_chain ? Verb::force_range : verb;
}
constexpr bool inserts_a_chain(Verb verb) { return offered_as(verb) != verb; }

/// True of the verbs that offer a group of pairs to the map.
constexpr bool inserts_a_range(Verb verb) {
    return offered_as(verb) == Verb::insert_range || offered_as(verb) == Verb::force_range;
}

/// Whether a call may be refused for what is in the map, or is not.
constexpr bool can_refuse(Verb verb) {
    return is_insertion(verb) || verb == Verb::replace || verb == Verb::extract || verb == Verb::erase ||
           verb == Verb::take || verb == Verb::move_to_front || verb == Verb::move_to_back;
}

/// What a verb that offers a group does with each pair of it.
constexpr Verb verb_of_each(Verb verb) {
    return offered_as(verb) == Verb::insert_range ? Verb::insert : Verb::force;
}

/// True of the verbs that ask a predicate of the caller's.
constexpr bool takes_predicate(Verb verb) {
    return verb == Verb::erase_if || verb == Verb::retain || verb == Verb::filter;
}

/// True where the n-th argument may be passed as the map's own element or as an expiring value.
constexpr bool may_pass(Verb verb, std::size_t argument, Passing passing) {
    const bool stores = is_insertion(verb) || (verb == Verb::replace && argument == 1);
    switch (passing) {
        case Passing::value:
            return true;
        case Passing::own:
            return holds_element(shape_of(verb).slots[argument]) &&
                   (stores || verb == Verb::erase || verb == Verb::extract || verb == Verb::replace ||
                    verb == Verb::take);
        case Passing::moved:
            return stores && verb != Verb::emplace;
    }
    return false;
}

/// True where the verb can be called through the inverse.
constexpr bool may_invert(Verb verb) { return !shape_of(verb).constructs && !shape_of(verb).takes_register; }

/// The Operation with every member that its verb does not use reset, and every number in range.
constexpr Operation normalized(Operation operation) {
    const Shape& shape = shape_of(operation.verb);
    if (!shape.sided) operation.side = Side::left;
    if (!shape.takes_register) operation.source = Register::a;
    if (!may_invert(operation.verb)) operation.inverse = false;
    for (std::size_t i = 0; i < 2; ++i) {
        operation.numbers[i] = shape.slots[i] == Slot::none ? 0 : operation.numbers[i] % number_limit;
        if (!may_pass(operation.verb, i, operation.passing[i])) operation.passing[i] = Passing::value;
    }
    operation.fault.nth %= fault_limit;
    const Fault::Kind kind = operation.fault.kind;
    const bool never_comes = kind == Fault::Kind::predicate && !takes_predicate(operation.verb);
    if (operation.fault.nth == 0 || kind == Fault::Kind::none || never_comes) operation.fault = {};
    return operation;
}

}  // namespace bimap::properties
