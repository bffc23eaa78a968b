// SPDX-License-Identifier: BSL-1.0
// What each verb of the vocabulary means, on two std::maps and two lists.
#include "properties/model.hpp"

#include <algorithm>

namespace bimap::properties {

std::optional<Number> Model::partner(Side side, Number key) const {
    const auto found = by(side).find(key);
    if (found == by(side).end()) return std::nullopt;
    return found->second;
}

Pairs Model::in_order(Side side, Order order) const {
    Pairs pairs;
    if (order == Order::sequenced)
        for (const Number key : sequence(side)) pairs.push_back(pair_of(side, key, by(side).at(key)));
    else
        for (const auto& [key, partner] : by(side)) pairs.push_back(pair_of(side, key, partner));
    return pairs;
}

void Model::link(Pair pair) {
    by_[0].emplace(pair.left, pair.right);
    by_[1].emplace(pair.right, pair.left);
    sequences_[0].push_back(pair.left);
    sequences_[1].push_back(pair.right);
}

std::size_t Model::erase(Side side, Number key) {
    const auto other = partner(side, key);
    if (!other) return 0;
    by_[index_of(side)].erase(key);
    by_[index_of(opposite(side))].erase(*other);
    leave_sequence(side, key);
    leave_sequence(opposite(side), *other);
    return 1;
}

void Model::leave_sequence(Side side, Number key) { std::erase(sequences_[index_of(side)], key); }

void Model::move_to_front(Side side, Number key) {
    leave_sequence(side, key);
    sequences_[index_of(side)].insert(sequences_[index_of(side)].begin(), key);
}

void Model::move_to_back(Side side, Number key) {
    leave_sequence(side, key);
    sequences_[index_of(side)].push_back(key);
}

void Model::adopt(const std::array<Pairs, 2>& shown) {
    clear();
    // What shows one element in two pairs is no bimap: the second pair is left out, and then is one too many.
    for (const Pair& pair : shown[0])
        if (!partner(Side::left, pair.left) && !partner(Side::right, pair.right)) link(pair);
    sequences_[1].clear();
    for (const Pair& pair : shown[1]) sequences_[1].push_back(pair.right);
}

Answer Model::put(Pair pair, bool replace_left, bool replace_right, Side asked_first) {
    const auto left_taken_by = partner(Side::left, pair.left);
    const auto right_taken_by = partner(Side::right, pair.right);
    const auto left_conflict = left_taken_by ? std::optional{Pair{pair.left, *left_taken_by}} : std::nullopt;
    const auto right_conflict =
        right_taken_by ? std::optional{Pair{*right_taken_by, pair.right}} : std::nullopt;

    Answer answer{.value = 0, .pairs = Pairs{}};
    if (contains(pair)) return answer.position = pair, answer;
    const auto left_refusal = replace_left ? std::nullopt : left_conflict;
    const auto right_refusal = replace_right ? std::nullopt : right_conflict;
    if (left_refusal || right_refusal) {
        const bool left_is_shown = left_refusal && (asked_first == Side::left || !right_refusal);
        return answer.position = left_is_shown ? left_refusal : right_refusal, answer;
    }
    if (left_conflict) answer.pairs->push_back(*left_conflict);
    if (right_conflict) answer.pairs->push_back(*right_conflict);
    std::sort(answer.pairs->begin(), answer.pairs->end());
    auto sequences = sequences_;
    for (const Pair& evicted : *answer.pairs) erase(Side::left, evicted.left);
    link(pair);
    // On a side where the new key was there before, it keeps its place.
    if (left_conflict) sequences_[0] = sequences[0];
    if (right_conflict) sequences_[1] = sequences[1];
    if (left_conflict && right_conflict) {
        leave_sequence(Side::left, right_conflict->left);
        leave_sequence(Side::right, left_conflict->right);
    }
    answer.value = 1;
    answer.position = pair;
    return answer;
}

Answer Model::replace(Side side, Number old, Number fresh) {
    const auto other = partner(side, old);
    if (!other) return {.value = 0, .position = end_position};
    if (const auto taken_by = partner(side, fresh))
        return {.value = 0, .position = pair_of(side, fresh, *taken_by)};
    by_[index_of(side)].erase(old);
    by_[index_of(side)].emplace(fresh, *other);
    by_[index_of(opposite(side))].at(*other) = fresh;
    std::replace(sequences_[index_of(side)].begin(), sequences_[index_of(side)].end(), old, fresh);
    return {.value = 1, .position = pair_of(side, fresh, *other)};
}

namespace {

/// An Operation seen from the map itself: what was called through the inverse has its sides changed back.
struct Call {
    const Operation& operation;

    [[nodiscard]] Side side() const { return operation.inverse ? opposite(operation.side) : operation.side; }
    [[nodiscard]] Number key() const { return operation.numbers[0]; }
    [[nodiscard]] Pair pair() const { return offered_pair(operation); }
    [[nodiscard]] bool replaces(Side side) const {
        if (operation.verb == Verb::force) return true;
        return operation.verb == Verb::assign && side == this->side();
    }
    /// Pairs go out as the called object shows them.
    [[nodiscard]] Pair shown(Pair pair) const { return operation.inverse ? mirrored(pair) : pair; }
};

Answer show(const Call& call, Answer answer) {
    if (answer.position && *answer.position != end_position) answer.position = call.shown(*answer.position);
    if (!answer.pairs) return answer;
    for (Pair& pair : *answer.pairs) pair = call.shown(pair);
    std::sort(answer.pairs->begin(), answer.pairs->end());
    return answer;
}

Answer put(Model& model, const Call& call) {
    const bool has_key = call.operation.verb == Verb::try_emplace;
    const Side asked_first = has_key ? call.side() : call.operation.inverse ? Side::right : Side::left;
    return model.put(call.pair(), call.replaces(Side::left), call.replaces(Side::right), asked_first);
}

Answer erase_by_range(Model& model, const Call& call) {
    Number erased = 0;
    const auto visited = static_cast<Number>(model.size());
    const bool wanted = call.operation.verb != Verb::retain;
    for (const auto& [key, partner] : std::map{model.by(call.side())})
        if (in_range(call.operation, key) == wanted)
            erased += static_cast<Number>(model.erase(call.side(), key));
    if (call.operation.verb != Verb::erase_loop) return {.value = erased};
    return {.value = erased, .visited = visited};
}

/// The first pair at or, for an upper bound, behind a key, along the order of the keys or against it.
Pair bound(const Model& model, const Call& call, bool upper, bool ascends) {
    const auto& by = model.by(call.side());
    auto found = upper == ascends ? by.upper_bound(call.key()) : by.lower_bound(call.key());
    if (found == (ascends ? by.end() : by.begin())) return end_position;
    if (!ascends) --found;
    return pair_of(call.side(), found->first, found->second);
}

/// A side that does not say how it is ordered may be so either way.
Answer bound_as_seen(const Model& model, const Call& call, const Answer& seen, Order order) {
    const bool upper = call.operation.verb == Verb::upper_bound;
    const Pair descending = bound(model, call, upper, false);
    const bool descends = order != Order::sorted && seen.position && call.shown(*seen.position) == descending;
    return {.position = descends ? descending : bound(model, call, upper, true)};
}

/// The key's pair and those that follow it, and where they end, on a side whose order is known.
Answer hit_in_order(const Model& model, const Call& call, std::size_t count, Order order) {
    const Pairs all = model.in_order(call.side(), order);
    const auto first = std::find_if(
        all.begin(), all.end(), [&](const Pair& pair) { return key_of(pair, call.side()) == call.key(); });
    const auto left = static_cast<std::size_t>(all.end() - first);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(count, left));
    return {.pairs = Pairs(first, last), .position = last == all.end() ? end_position : *last};
}

/// The key's pair and any others, as `seen` has chosen them.
Answer hit_as_seen(const Model& model, const Call& call, std::size_t count, const Answer& seen) {
    Pairs hit;
    if (seen.pairs && seen.pairs->size() <= std::min(count, model.size()))
        for (const Pair& pair : *seen.pairs)
            if (model.contains(call.shown(pair))) hit.push_back(call.shown(pair));
    const Pair own = pair_of(call.side(), call.key(), *model.partner(call.side(), call.key()));
    if (std::find(hit.begin(), hit.end(), own) == hit.end()) hit.push_back(own);
    return {.pairs = hit};
}

Answer erase_by_iterators(Model& model, const Call& call, std::size_t count, const Answer& seen,
                          Order order) {
    if (count == 0 || !model.partner(call.side(), call.key())) return {.value = 0, .pairs = Pairs{}};
    Answer answer =
        order == Order::any ? hit_as_seen(model, call, count, seen) : hit_in_order(model, call, count, order);
    for (const Pair& pair : *answer.pairs) model.erase(Side::left, pair.left);
    answer.value = static_cast<Number>(answer.pairs->size());
    return answer;
}

Answer take_out(Model& model, const Call& call) {
    const auto partner = model.partner(call.side(), call.key());
    if (!partner) return {.value = 0, .pairs = Pairs{}};
    model.erase(call.side(), call.key());
    return {.value = 1, .pairs = Pairs{pair_of(call.side(), call.key(), *partner)}};
}

/// Offers the pairs one after the other. Returns: those that were evicted, if they may be; else how many
/// came.
Answer put_all(Model& model, const Pairs& pairs, bool replaces) {
    Pairs evicted;
    Number came = 0;
    for (const Pair& pair : pairs) {
        const Answer answer = model.put(pair, replaces, replaces);
        evicted.insert(evicted.end(), answer.pairs->begin(), answer.pairs->end());
        came += *answer.value;
    }
    if (replaces) return {.pairs = evicted};
    return {.value = came};
}

Pairs fresh_group(const Call& call) {
    Pairs group;
    each_pair_of_range(call.operation, [&](const Pair& pair) { group.push_back(call.shown(pair)); });
    return group;
}

Model filtered(const Pairs& from, const Operation& operation) {
    Model kept;
    for (const Pair& pair : from)
        if (in_range(operation, key_of(pair, operation.side))) kept.link(pair);
    return kept;
}

Answer merge(Model& target, Model& source, const Pairs& offered) {
    Number moved = 0;
    if (&target == &source) return {.value = moved};
    for (const Pair& pair : offered)
        if (target.put(pair, false, false).value == 1U) {
            source.erase(Side::left, pair.left);
            ++moved;
        }
    return {.value = moved};
}

/// What a map says that is to take a pair from itself is left to it.
Answer take(Model& target, Model& source, Side side, Number key, const Answer& seen) {
    const auto partner = source.partner(side, key);
    if (!partner) return {.value = 0, .pairs = Pairs{}, .position = end_position};
    if (&target == &source) return {.value = seen.value};
    Answer answer = target.put(pair_of(side, key, *partner), false, false, side);
    if (answer.value != 0U) source.erase(side, key);
    return answer;
}

Answer move_in_sequence(Model& model, const Call& call) {
    if (!model.partner(call.side(), call.key())) return {.value = 0};
    if (call.operation.verb == Verb::move_to_front)
        model.move_to_front(call.side(), call.key());
    else
        model.move_to_back(call.side(), call.key());
    return {.value = 1};
}

Answer move_between(Model& target, Model& source) {
    if (&target != &source) {
        target = source;
        source.clear();
    }
    return {};
}

/// What only looks.
Answer look(const Model& model, const Model& source, const Call& call, const Answer& seen, Order order) {
    const auto partner = model.partner(call.side(), call.key());
    switch (call.operation.verb) {
        case Verb::at:
            if (!partner) return {.ending = Answer::Ending::absent};
            return {.position = pair_of(call.side(), call.key(), *partner)};
        case Verb::find:
            return {.position = partner ? pair_of(call.side(), call.key(), *partner) : end_position};
        case Verb::contains:
        case Verb::count:
            return {.value = partner ? 1 : 0};
        case Verb::lower_bound:
        case Verb::upper_bound:
            return bound_as_seen(model, call, seen, order);
        case Verb::equals:
            return {.value = model == source ? 1 : 0};
        default:
            return {};
    }
}

/// What changes a map by another one, whose pairs come in the order of `offered`.
Answer change_by(Model& model, Model& source, const Pairs& offered, const Call& call, const Answer& seen) {
    switch (call.operation.verb) {
        case Verb::copy:
        case Verb::copy_assign:
            return model = Model{source}, Answer{};
        case Verb::move:
        case Verb::move_assign:
            return move_between(model, source);
        case Verb::swap:
            return std::swap(model, source), Answer{};
        case Verb::filter:
            return model = filtered(offered, call.operation), Answer{};
        case Verb::insert_all:
            return put_all(model, offered, false);
        case Verb::force_all:
            return put_all(model, offered, true);
        case Verb::merge:
            return merge(model, source, offered);
        case Verb::take:
            return take(model, source, call.side(), call.key(), seen);
        default:
            return {};
    }
}

/// What changes one map. `order` is that of the side that is called.
Answer change(Model& model, const Call& call, const Answer& seen, Order order) {
    switch (call.operation.verb) {
        case Verb::insert:
        case Verb::emplace:
        case Verb::force:
        case Verb::assign:
        case Verb::try_emplace:
            return put(model, call);
        case Verb::replace:
            return model.replace(call.side(), call.key(), call.operation.numbers[1]);
        case Verb::extract:
        case Verb::erase:
            return take_out(model, call);
        case Verb::erase_at:
            return erase_by_iterators(model, call, 1, seen, order);
        case Verb::erase_range:
            return erase_by_iterators(model, call, call.operation.numbers[1], seen, order);
        case Verb::erase_if:
        case Verb::erase_loop:
        case Verb::retain:
            return erase_by_range(model, call);
        case Verb::move_to_front:
        case Verb::move_to_back:
            return move_in_sequence(model, call);
        case Verb::clear:
        case Verb::clear_view:
        case Verb::empty:
            return model.clear(), Answer{};
        case Verb::insert_range:
        case Verb::insert_chain:
            return put_all(model, fresh_group(call), false);
        case Verb::force_range:
        case Verb::force_chain:
            return put_all(model, fresh_group(call), true);
        default:
            return {};
    }
}

/// The pairs of another map as they come: as its left shows them, but where only its right keeps the order of
/// insertion, a merge goes by that.
Pairs offered(const Model& source, const Call& call, const Orders& order) {
    const bool by_right =
        call.operation.verb == Verb::merge && order[0] != Order::sequenced && order[1] == Order::sequenced;
    return by_right ? source.in_order(Side::right, order[1]) : source.in_order(Side::left, order[0]);
}

Answer answer_to(Models& models, const Call& call, const Answer& seen, const Orders& order) {
    Model& model = models[index_of(call.operation.target)];
    Model& source = models[index_of(call.operation.source)];
    const Shape& shape = shape_of(call.operation.verb);
    const Order own = order[static_cast<std::size_t>(call.side())];
    if (!shape.modifies) return look(model, source, call, seen, own);
    if (shape.takes_register) return change_by(model, source, offered(source, call, order), call, seen);
    return change(model, call, seen, own);
}

}  // namespace

Answer expect(Models& models, const Operation& operation, const Answer& seen, const Orders& order) {
    const Call call{operation};
    return show(call, answer_to(models, call, seen, order));
}

}  // namespace bimap::properties
