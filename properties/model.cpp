// SPDX-License-Identifier: BSL-1.0
// What each verb of the vocabulary means, on two std::maps.
#include "properties/model.hpp"

#include <algorithm>

namespace bimap::properties {

std::optional<Number> Model::partner(Side side, Number key) const {
    const auto found = by(side).find(key);
    if (found == by(side).end()) return std::nullopt;
    return found->second;
}

void Model::link(Pair pair) {
    by_[0].emplace(pair.left, pair.right);
    by_[1].emplace(pair.right, pair.left);
}

std::size_t Model::erase(Side side, Number key) {
    const auto other = partner(side, key);
    if (!other) return 0;
    by_[index(side)].erase(key);
    by_[index(opposite(side))].erase(*other);
    return 1;
}

void Model::adopt(const Pairs& pairs) {
    clear();
    for (const Pair& pair : pairs) link(pair);
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
    for (const Pair& evicted : *answer.pairs) erase(Side::left, evicted.left);
    link(pair);
    answer.value = 1;
    answer.position = pair;
    return answer;
}

namespace {

/// An Operation seen from the map itself: what was called through the inverse has its sides changed back.
struct Call {
    const Operation& operation;

    [[nodiscard]] Side side() const { return operation.inverse ? opposite(operation.side) : operation.side; }
    [[nodiscard]] Number key() const { return operation.numbers[0]; }
    [[nodiscard]] Pair pair() const {
        const Pair seen{operation.numbers[0], operation.numbers[1]};
        return operation.inverse ? mirrored(seen) : seen;
    }
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
    const Side asked_first = call.operation.inverse ? Side::right : Side::left;
    return model.put(call.pair(), call.replaces(Side::left), call.replaces(Side::right), asked_first);
}

Answer erase_in_range(Model& model, const Call& call) {
    Number erased = 0;
    const auto visited = static_cast<Number>(model.size());
    for (const auto& [key, partner] : std::map{model.by(call.side())})
        if (in_range(call.operation, key)) erased += static_cast<Number>(model.erase(call.side(), key));
    if (call.operation.verb == Verb::erase_if) return {.value = erased};
    return {.value = erased, .visited = visited};
}

Answer bound(const Model& model, const Call& call, bool upper) {
    const auto& by = model.by(call.side());
    const auto found = upper ? by.upper_bound(call.key()) : by.lower_bound(call.key());
    if (found == by.end()) return {.position = end_position};
    return {.position = model.pair_of(call.side(), found->first, found->second)};
}

/// The pair after a key's, or the end.
Pair following(const Model& model, Side side, Number key) {
    const auto next = model.by(side).upper_bound(key);
    return next == model.by(side).end() ? end_position : model.pair_of(side, next->first, next->second);
}

/// The pairs that an erase by iterators has to hit: on an ordered side the key's and those after it;
/// elsewhere the key's and any others, as `seen` has chosen them.
Pairs hit_by_iterators(const Model& model, const Call& call, std::size_t count, const Answer& seen,
                       bool ordered) {
    Pairs hit;
    const auto& by = model.by(call.side());
    auto next = by.find(call.key());
    if (next == by.end() || count == 0) return hit;
    count = std::min(count, by.size());
    if (ordered)
        for (; next != by.end() && hit.size() < count; ++next)
            hit.push_back(model.pair_of(call.side(), next->first, next->second));
    else if (seen.pairs && seen.pairs->size() <= count)
        for (const Pair& pair : *seen.pairs)
            if (model.contains(call.shown(pair))) hit.push_back(call.shown(pair));
    const Pair own = model.pair_of(call.side(), call.key(), *model.partner(call.side(), call.key()));
    if (std::find(hit.begin(), hit.end(), own) == hit.end()) hit.push_back(own);
    return hit;
}

Answer erase_by_iterators(Model& model, const Call& call, std::size_t count, const Answer& seen,
                          bool ordered) {
    Answer answer{.pairs = hit_by_iterators(model, call, count, seen, ordered)};
    if (ordered && !answer.pairs->empty())
        answer.position = following(model, call.side(), key_of(answer.pairs->back(), call.side()));
    for (const Pair& pair : *answer.pairs) model.erase(Side::left, pair.left);
    answer.value = static_cast<Number>(answer.pairs->size());
    return answer;
}

Answer insert_range(Model& model, const Call& call) {
    for (Number i = 0; i < call.operation.numbers[1]; ++i) {
        const Pair pair = nth_of_range(call.key(), i);
        model.put(call.operation.inverse ? mirrored(pair) : pair, false, false);
    }
    return {};
}

Answer insert_all(Model& model, const Model& from) {
    for (const auto& [left, right] : std::map{from.by(Side::left)}) model.put({left, right}, false, false);
    return {};
}

Model filtered(const Model& from, const Operation& operation) {
    Model kept;
    for (const auto& [key, partner] : from.by(operation.side))
        if (in_range(operation, key)) kept.link(from.pair_of(operation.side, key, partner));
    return kept;
}

Answer move_between(Model& target, Model& source) {
    if (&target != &source) {
        target = source;
        source.clear();
    }
    return {};
}

Answer answer_to(Models& models, const Call& call, const Answer& seen, std::array<bool, 2> ordered) {
    Model& model = models[index_of(call.operation.target)];
    Model& source = models[index_of(call.operation.source)];
    const Side side = call.side();
    const bool in_order = ordered[static_cast<std::size_t>(side)];
    const auto partner = model.partner(side, call.key());
    switch (call.operation.verb) {
        case Verb::insert:
        case Verb::emplace:
        case Verb::force:
        case Verb::assign:
            return put(model, call);
        case Verb::erase:
            return {.value = static_cast<Number>(model.erase(side, call.key()))};
        case Verb::erase_at:
            return erase_by_iterators(model, call, 1, seen, in_order);
        case Verb::erase_range:
            return erase_by_iterators(model, call, call.operation.numbers[1], seen, in_order);
        case Verb::erase_if:
        case Verb::erase_loop:
            return erase_in_range(model, call);
        case Verb::clear:
        case Verb::clear_view:
        case Verb::empty:
            return model.clear(), Answer{};
        case Verb::copy:
        case Verb::copy_assign:
            return model = Model{source}, Answer{};
        case Verb::move:
        case Verb::move_assign:
            return move_between(model, source);
        case Verb::swap:
            return std::swap(model, source), Answer{};
        case Verb::filter:
            return model = filtered(source, call.operation), Answer{};
        case Verb::insert_all:
            return insert_all(model, source);
        case Verb::insert_range:
            return insert_range(model, call);
        case Verb::at:
            if (!partner) return {.ending = Answer::Ending::absent};
            return {.position = model.pair_of(side, call.key(), *partner)};
        case Verb::find:
            return {.position = partner ? model.pair_of(side, call.key(), *partner) : end_position};
        case Verb::contains:
        case Verb::count:
            return {.value = partner ? 1 : 0};
        case Verb::lower_bound:
            return bound(model, call, false);
        case Verb::upper_bound:
            return bound(model, call, true);
        case Verb::equals:
            return {.value = model == source ? 1 : 0};
        case Verb::reserve:
        case Verb::shrink_to_fit:
            return {};
    }
    return {};
}

}  // namespace

Answer expect(Models& models, const Operation& operation, const Answer& seen, std::array<bool, 2> ordered) {
    const Call call{operation};
    return show(call, answer_to(models, call, seen, ordered));
}

}  // namespace bimap::properties
