// SPDX-License-Identifier: BSL-1.0
// The calls on a large group, and the look at what they came to.
#include "properties/group.hpp"

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>

#include "properties/compare.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

Operation call(Verb verb, Number first, Number second) {
    Operation operation;
    operation.verb = verb;
    operation.numbers = {first, second};
    return operation;
}

std::string expected_but_saw(const std::string& what, std::optional<Number> expected,
                             std::optional<Number> seen) {
    const auto show = [](std::optional<Number> number) {
        return number ? std::to_string(*number) : std::string{"nothing"};
    };
    return "expected " + show(expected) + ' ' + what + ", saw " + show(seen);
}

}  // namespace

Adding adding_call(const Subject& subject) {
    for (const Verb verb : {Verb::insert, Verb::emplace, Verb::try_emplace, Verb::force})
        for (const Side side : {Side::left, Side::right})
            if (subject.offer.contains(verb, side, false)) return {verb, side};
    return {Verb::assign, subject.offer.contains(Verb::assign, Side::left, false) ? Side::left : Side::right};
}

Group::Group(const Subject& subject, Number count)
    : promises_{subject.promises},
      adding_{adding_call(subject)},
      session_{subject.open()},
      right_of_(count, nothing),
      left_of_(std::size_t{2} * count, nothing),
      place_{std::vector<std::int64_t>(count), std::vector<std::int64_t>(std::size_t{2} * count)} {
    while (std::gcd(stride_, count) != 1) ++stride_;
}

// --- Calls ---

Answer Group::apply(Verb verb, Number first, Number second, Side side, std::optional<bool> does) {
    Operation operation = call(verb, first, second);
    operation.side = side;
    return carry_out(operation, does);
}

Answer Group::apply_to(Register target, Verb verb, Register source, Number first, Number last) {
    Operation operation = call(verb, first, last);
    operation.target = target;
    operation.source = source;
    return carry_out(operation);
}

Answer Group::carry_out(const Operation& operation, std::optional<bool> does) {
    Answer answer = session_->apply(operation);
    const auto expected_to = [&](const std::string& what) {
        return "expected " + print(operation) + " to " + what + ", saw ";
    };
    const bool may_throw = promises_.refuses_by_throwing && can_refuse(operation.verb);
    if (answer.ending != Answer::Ending::returned) {
        if (!may_throw) note_difference(expected_to("return") + in_words(answer.ending, answer.what));
    } else if (does && answer.value && (*answer.value != 0) != *does) {
        note_difference(expected_to(*does ? "answer 1" : "answer 0") + std::to_string(*answer.value));
    }
    return answer;
}

void Group::note_difference(std::string found) {
    if (first_difference_.empty()) first_difference_ = std::move(found);
}

void Group::add(Number left, Number right) {
    if (adding_.verb == Verb::force) return force(left, right);
    const std::array taken{right_of_[left] != nothing, left_of_[right] != nothing};
    if ((taken[0] || taken[1]) && promises_.needs.fresh_keys) return;
    const auto asked = index_of(adding_.side);
    const bool refuses = taken[1 - asked] || (taken[asked] && adding_.verb != Verb::assign);
    const bool is_there = right_of_[left] == right;  // of which maps say what they like
    apply(adding_.verb, left, right, adding_.side, is_there ? std::nullopt : std::optional{!refuses});
    if (!refuses) put(left, right);
}

void Group::force(Number left, Number right) {
    apply(Verb::force, left, right);
    put(left, right);
}

void Group::erase_by_left(Number left) {
    if (right_of_[left] == nothing && promises_.needs.present_keys) return;
    apply(Verb::erase, left, 0, Side::left, right_of_[left] != nothing);
    unlink(left);
}

void Group::erase_by_right_of(Number left) {
    if (right_of_[left] == nothing) return;
    apply(Verb::erase, right_of_[left], 0, Side::right, true);
    unlink(left);
}

void Group::replace_right_of(Number left) {
    const Number old = right_of_[left];
    const Number fresh = old == first_right(left) ? second_right(left) : first_right(left);
    if (old == nothing || left_of_[fresh] != nothing) return;
    apply(Verb::replace, old, fresh, Side::right);
    right_of_[left] = fresh;
    left_of_[fresh] = std::exchange(left_of_[old], nothing);
    place_[1][fresh] = place_[1][old];
}

void Group::extract(Number left) {
    if (right_of_[left] == nothing) return;
    apply(Verb::extract, left);
    unlink(left);
}

void Group::erase(Verb verb, Number first, Number last) {
    apply(verb, first, last);
    for (Number left = first; left <= last; ++left) unlink(left);
}

void Group::erase_range(Number left, Number count) {
    if (right_of_[left] == nothing) return;
    const Answer answer = apply(Verb::erase_range, left, count);
    for (const Pair& pair : answer.pairs.value_or(Pairs{}))
        if (pair.left < this->count()) unlink(pair.left);
}

void Group::move_to_front(Number left) {
    if (right_of_[left] == nothing) return;
    apply(Verb::move_to_front, left);
    place_[0][left] = --first_place_;
}

void Group::move_to_back_by_right(Number left) {
    const Number right = right_of_[left];
    if (right == nothing) return;
    apply(Verb::move_to_back, right, 0, Side::right);
    place_[1][right] = ++last_place_;
}

void Group::clear() {
    apply(Verb::clear);
    for (Number left = 0; left < count(); ++left) unlink(left);
}

// --- Other maps ---

void Group::derive(Verb verb, Number first, Number last) {
    Expected expected{first, last, promises_.order};
    // Pairs of another map come as its left shows them.
    if (verb != Verb::copy && expected.order[1] == Order::sequenced) expected.order[1] = Order::any;
    apply_to(Register::b, verb, Register::a, first, last);
    look_at_derived(Register::b, verb, expected);
    apply_to(Register::b, Verb::empty, Register::b);
}

void Group::move_away_and_back() {
    apply_to(Register::b, Verb::move, Register::a);
    look_at_derived(Register::b, Verb::move, everything());
    apply_to(Register::a, Verb::move, Register::b);
    apply_to(Register::b, Verb::empty, Register::b);
}

void Group::swap_away_and_back() {
    apply_to(Register::a, Verb::swap, Register::b);
    look_at_derived(Register::b, Verb::swap, everything());
    apply_to(Register::a, Verb::swap, Register::b);
}

// --- Looking ---

void Group::look_at_derived(Register which, Verb verb, const Expected& expected) {
    const std::string found = difference_in(which, expected);
    if (!found.empty()) note_difference("in what " + std::string{shape_of(verb).name} + " made, " + found);
}

std::string Group::difference() {
    const std::string own = difference_in(Register::a, everything());
    return own.empty() ? first_difference_ : own;
}

std::string Group::difference_in(Register which, const Expected& expected) {
    try {
        session_->look(which, 2 * count(), look_);
    } catch (const std::exception& error) {
        return std::string{"expected a look that returns, saw an exception: "} + printable(error.what(), 200);
    }
    const auto belongs = [&](Number left) { return expected.first <= left && left <= expected.last; };
    Number size = 0;
    for (Number left = expected.first; left <= expected.last; ++left)
        size += right_of_[left] == nothing ? 0 : 1;
    for (const Side side : {Side::left, Side::right}) {
        const auto i = index_of(side);
        const auto& partners = side == Side::left ? right_of_ : left_of_;
        for (Number key = 0; look_.direct.searched[i] && key < partners.size(); ++key) {
            const bool is_there =
                partners[key] != nothing && belongs(side == Side::left ? key : partners[key]);
            const auto partner = is_there ? std::optional{partners[key]} : std::nullopt;
            if (look_.direct.found[i][key] != partner)
                return expected_but_saw("for " + std::string{name_of(side)} + ' ' + std::to_string(key),
                                        partner, look_.direct.found[i][key]);
        }
        if (!look_.direct.walked[i]) continue;
        if (auto found = difference_along(side, look_.direct.order[i], expected, size); !found.empty())
            return found;
    }
    if (look_.direct.size.value_or(size) != size)
        return expected_but_saw("as the size", size, static_cast<Number>(*look_.direct.size));
    return {};
}

std::string Group::difference_along(Side side, Pairs shown, const Expected& expected, Number size) const {
    const std::string name{name_of(side)};
    const auto i = index_of(side);
    Pairs sorted = shown;
    std::sort(sorted.begin(), sorted.end());
    const bool shows_each_once = sorted.size() == size &&
                                 std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end() &&
                                 std::all_of(sorted.begin(), sorted.end(), [&](const Pair& pair) {
                                     return expected.first <= pair.left && pair.left <= expected.last &&
                                            right_of_[pair.left] == pair.right;
                                 });
    if (!shows_each_once) return "expected each pair once on the way along the " + name + ", saw others";
    const auto place = [&](const Pair& pair) {
        const Number key = key_of(pair, side);
        return expected.order[i] == Order::sequenced ? place_[i][key] : std::int64_t{key};
    };
    const bool in_order = std::is_sorted(shown.begin(), shown.end(), [&](const Pair& one, const Pair& other) {
        return place(one) < place(other);
    });
    if (expected.order[i] == Order::any || in_order) return {};
    return "expected the " + name + (expected.order[i] == Order::sorted ? " in order" : " as they came") +
           ", saw another order";
}

// --- What should be there ---

/// On a side where the key was there before, the pair keeps its place.
void Group::put(Number left, Number right) {
    const bool had_left = right_of_[left] != nothing;
    const bool had_right = left_of_[right] != nothing;
    const std::array places{place_[0][left], place_[1][right]};
    unlink(left);
    unlink(left_of_[right]);
    link(left, right);
    if (had_left) place_[0][left] = places[0];
    if (had_right) place_[1][right] = places[1];
}

void Group::link(Number left, Number right) {
    right_of_[left] = right;
    left_of_[right] = left;
    place_[0][left] = place_[1][right] = ++last_place_;
    ++size_;
}

void Group::unlink(Number left) {
    if (left == nothing || right_of_[left] == nothing) return;
    left_of_[std::exchange(right_of_[left], nothing)] = nothing;
    --size_;
}

}  // namespace bimap::properties
