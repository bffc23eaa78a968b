// SPDX-License-Identifier: BSL-1.0
// The comparison of what a map answers and shows with the Model.
#include "properties/compare.hpp"

#include <algorithm>
#include <iterator>

#include "properties/ledger.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

using Aspect = Verdict::Aspect;
using Ending = Answer::Ending;

std::string in_words(Number number) {
    constexpr Number released = released_byte * 0x01010101U;
    if (number == no_number) return "an element that was moved from";
    return number == released ? "released memory" : std::to_string(number);
}

}  // namespace

std::string in_words(const Pair& pair) {
    if (pair == end_position) return "the end";
    return '(' + in_words(pair.left) + ", " + in_words(pair.right) + ')';
}

std::string in_words(const Pairs& pairs) {
    if (pairs.empty()) return "nothing";
    std::string text;
    for (const Pair& pair : pairs) text += (text.empty() ? "" : " ") + in_words(pair);
    return text;
}

std::string quoted(std::string_view its_words) {
    constexpr std::size_t most_said = 200;
    return printable(its_words, most_said);
}

std::string in_words(Answer::Ending ending, const std::string& what) {
    switch (ending) {
        case Ending::returned:
            return "a return";
        case Ending::absent:
            return "std::out_of_range";
        case Ending::faulted:
            return "the injected fault";
        case Ending::threw:
            return "an exception: " + quoted(what);
    }
    return "";
}

namespace {

std::string in_words(const std::optional<Number>& number) { return number ? in_words(*number) : "nothing"; }

/// Where both sides claim something and the claims differ: what differs.
template <class Claim>
Finding differing(const char* name, const std::optional<Claim>& expected, const std::optional<Claim>& seen) {
    if (!expected || !seen || *expected == *seen) return std::nullopt;
    return diverges(Aspect::answer, std::string{name} + ' ' + in_words(*expected), in_words(*seen));
}

std::string side_name(Side side) { return std::string{name_of(side)}; }

constexpr std::size_t few = 8;

/// The first few of them; what goes round in a circle shows the same again and again.
std::string show_few(Pairs pairs) {
    const std::size_t count = pairs.size();
    pairs.resize(std::min(count, few));
    return in_words(pairs) + (count > few ? " and " + std::to_string(count - few) + " more" : "");
}

/// Of many pairs only those that differ are shown.
Finding differing_pairs(Pairs expected, Pairs seen, Side side) {
    std::string besides;
    if (std::max(expected.size(), seen.size()) > few) {
        std::sort(expected.begin(), expected.end());
        std::sort(seen.begin(), seen.end());
        Pairs missing;
        Pairs surplus;
        std::set_difference(expected.begin(), expected.end(), seen.begin(), seen.end(),
                            std::back_inserter(missing));
        std::set_difference(seen.begin(), seen.end(), expected.begin(), expected.end(),
                            std::back_inserter(surplus));
        const std::size_t others = expected.size() - missing.size();
        if (others > 0) besides = " beside " + std::to_string(others) + " others";
        expected = std::move(missing);
        seen = std::move(surplus);
    }
    return diverges(Aspect::content, show_few(std::move(expected)) + besides + " from the " + side_name(side),
                    show_few(std::move(seen)) + besides);
}

/// Compares what a view's iteration visited with the model.
Finding compare_order(const Pairs& seen, const Model& model, Side side, Order order) {
    const auto by_key = [side](const Pair& one, const Pair& other) {
        return std::pair{key_of(one, side), key_of(one, opposite(side))} <
               std::pair{key_of(other, side), key_of(other, opposite(side))};
    };
    const auto& sequence = model.sequence(side);
    const bool in_sequence =
        std::equal(seen.begin(), seen.end(), sequence.begin(), sequence.end(),
                   [side](const Pair& pair, Number key) { return key_of(pair, side) == key; });
    const bool sorted = std::is_sorted(seen.begin(), seen.end(), by_key);
    Pairs arranged;
    if (!sorted) {
        arranged = seen;
        std::sort(arranged.begin(), arranged.end(), by_key);
    }
    const Pairs& content = sorted ? seen : arranged;
    const auto& by = model.by(side);
    const bool same = std::equal(content.begin(), content.end(), by.begin(), by.end(),
                                 [&](const Pair& pair, const auto& entry) {
                                     return pair == pair_of(side, entry.first, entry.second);
                                 });
    if (!same) return differing_pairs(model.in_order(side, Order::sorted), content, side);
    if (order == Order::sorted && !sorted)
        return diverges(Aspect::order, "the " + side_name(side) + " in order", "another order");
    if (order == Order::sequenced && !in_sequence)
        return diverges(
            Aspect::order,
            in_words(model.in_order(side, order)) + " from the " + side_name(side) + ", as they came",
            in_words(seen));
    return std::nullopt;
}

Finding compare_lookups(const std::vector<std::optional<Number>>& found, const Model& model, Side side) {
    auto next = model.by(side).begin();
    for (Number key = 0; key < found.size(); ++key) {
        const bool is_there = next != model.by(side).end() && next->first == key;
        const auto expected = is_there ? std::optional{next++->second} : std::nullopt;
        if (found[key] == expected) continue;
        return diverges(Aspect::content,
                        in_words(expected) + " for " + side_name(side) + ' ' + std::to_string(key),
                        in_words(found[key]));
    }
    return std::nullopt;
}

Finding compare_size(std::optional<std::size_t> size, std::optional<bool> empty, std::size_t expected,
                     const char* where) {
    if (size && *size != expected)
        return diverges(Aspect::size, "size " + std::to_string(expected) + where, std::to_string(*size));
    const auto word_for = [](bool is_empty) { return std::string{is_empty ? "empty" : "not empty"}; };
    if (empty && *empty != (expected == 0))
        return diverges(Aspect::size, word_for(expected == 0) + where, word_for(*empty));
    return std::nullopt;
}

/// What a call says of itself; a single insertion, whether it inserted.
Finding compare_values(const Operation& operation, const Answer& expected, const Answer& seen) {
    auto finding = differing("the answer", expected.value, seen.value);
    if (!finding || !is_insertion(operation.verb)) return finding;
    const auto meaning = [](const std::optional<Number>& value) {
        return value == 0U ? " (not inserted)" : value == 1U ? " (inserted)" : "";
    };
    finding->expected += meaning(expected.value);
    finding->seen += meaning(seen.value);
    return finding;
}

}  // namespace

Finding compare_answers(const Operation& operation, const Answer& expected, const Answer& seen,
                        const Promises& promises) {
    if (expected.ending != seen.ending)
        return diverges(Aspect::ending, in_words(expected.ending, expected.what),
                        in_words(seen.ending, seen.what));
    if (auto finding = compare_values(operation, expected, seen)) return finding;
    if (auto finding = differing("the pairs:", expected.pairs, seen.pairs)) return finding;
    const bool refused = shape_of(operation.verb).modifies && expected.value == 0U;
    if (!refused || promises.shows_conflict)
        if (auto finding = differing("a position at", expected.position, seen.position)) return finding;
    if (auto finding = differing("a loop's visits:", expected.visited, seen.visited)) return finding;
    if (promises.erases_next && shape_of(operation.verb).modifies)
        if (auto finding = differing("a position at the next,", seen.next, seen.position)) return finding;
    if (!seen.kept_lvalues)
        return diverges(Aspect::arguments, "arguments that do not expire as they were", "changed ones");
    if (!seen.kept_arguments)
        return diverges(Aspect::arguments, "refused arguments as they were", "changed ones");
    if (!seen.stored_given)
        return diverges(Aspect::identity, "the elements that were given",
                        "equal ones that were there before");
    return std::nullopt;
}

Finding compare_face(const Look::Face& face, const Model& model, const Orders& orders) {
    for (const Side side : {Side::left, Side::right}) {
        const auto i = index_of(side);
        if (face.walked[i])
            if (auto finding = compare_order(face.order[i], model, side, orders[i])) return finding;
        if (face.searched[i])
            if (auto finding = compare_lookups(face.found[i], model, side)) return finding;
    }
    if (auto finding = compare_size(face.size, face.empty, model.size(), "")) return finding;
    for (const Side side : {Side::left, Side::right}) {
        const auto i = index_of(side);
        const char* const where = side == Side::left ? " in the left view" : " in the right view";
        if (auto finding = compare_size(face.view_size[i], face.view_empty[i], model.size(), where))
            return finding;
    }
    return std::nullopt;
}

Finding compare_places(const Look::Face& before, const Look::Face& now) {
    for (const Side side : {Side::left, Side::right}) {
        const auto i = index_of(side);
        const std::size_t keys = std::min(before.found[i].size(), now.found[i].size());
        for (std::size_t key = 0; key < keys; ++key)
            if (now.found[i][key] && now.found[i][key] == before.found[i][key] &&
                now.places[i][key] != before.places[i][key])
                return diverges(
                    Aspect::reference,
                    "the partner of " + side_name(side) + ' ' + std::to_string(key) + " where it was",
                    "it elsewhere");
    }
    return std::nullopt;
}

Finding find_emptied(const Pairs& shown) {
    const auto emptied = std::ranges::find_if(
        shown, [](const Pair& pair) { return pair.left == no_number || pair.right == no_number; });
    if (emptied == shown.end()) return std::nullopt;
    return diverges(Aspect::content, "pairs of elements", in_words(*emptied));
}

std::array<Pairs, 2> shown_pairs(const Look::Face& face) {
    std::array<Pairs, 2> shown = face.order;
    for (const std::size_t side : {0U, 1U})
        if (!face.walked[side] && face.walked[1 - side]) shown[side] = face.order[1 - side];
    if (face.walked[0] || face.walked[1]) return shown;
    const std::size_t by = face.searched[0] ? 0 : 1;
    for (Number key = 0; key < face.found[by].size(); ++key)
        if (const auto partner = face.found[by][key])
            for (Pairs& pairs : shown)
                pairs.push_back(pair_of(by == 0 ? Side::left : Side::right, key, *partner));
    return shown;
}

}  // namespace bimap::properties
