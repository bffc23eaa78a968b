// SPDX-License-Identifier: BSL-1.0
// The comparison of a subject with the Model and the Ledger, call by call.
#include "properties/judge.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "properties/compare.hpp"
#include "properties/ledger.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

using Aspect = Verdict::Aspect;
using Ending = Answer::Ending;

/// One more than the greatest key that a group of fresh pairs brings on either side.
Number keys_of_groups(const Program& program) {
    Number keys = 0;
    for (const Operation& operation : program)
        if (inserts_a_range(operation.verb))
            each_pair_of_range(
                operation, [&](const Pair& pair) { keys = std::max({keys, pair.left + 1, pair.right + 1}); });
    return keys;
}

/// Whether a pair that is in the map before and after the Operation may have been away in between.
bool may_remake(const Operation& operation) {
    const Shape& shape = shape_of(operation.verb);
    return shape.constructs || shape.takes_register || inserts_a_range(operation.verb);
}

bool moves_a_map(const Operation& operation) {
    return operation.verb == Verb::move || operation.verb == Verb::move_assign;
}
bool is_self_move(const Operation& operation) {
    return moves_a_map(operation) && operation.target == operation.source;
}

/// Whether the Operation may change its source, too.
bool changes_source(Verb verb) {
    return verb == Verb::move || verb == Verb::move_assign || verb == Verb::swap || verb == Verb::merge ||
           verb == Verb::take;
}

std::size_t pairs_in(const Models& models) {
    return std::accumulate(models.begin(), models.end(), std::size_t{0},
                           [](std::size_t sum, const Model& model) { return sum + model.size(); });
}

}  // namespace

Judge::Judge(const Subject& subject, bool asks_the_ledger)
    : subject_{&subject}, asks_the_ledger_{asks_the_ledger}, session_{subject.open()} {}

void Judge::begin(const Program& program, Looks looks) {
    alphabet_ = std::max(alphabet_of(program), keys_of_groups(program));
    looks_once_ = looks == Looks::at_the_end;
    look_.turned = true;  // and so not in the first step
    if (!looks_once_) elements_per_pair_ = subject_->promises.elements_per_pair;
    ledger.open(program.size(), asks_the_ledger_);
}

void Judge::forget() {
    session_->reset();
    models_ = {};
    last_look_ = {};
}

/// Whether some pair that the Operation is to insert would be refused.
bool Judge::would_refuse(const Operation& operation) const {
    const Verb verb = operation.verb;
    const bool inserts_a_group = inserts_a_range(verb) && verb_of_each(verb) == Verb::insert;
    const bool inserts_many = inserts_a_group || verb == Verb::insert_all || verb == Verb::merge;
    const bool inserts_one = is_insertion(verb) || verb == Verb::replace || verb == Verb::take;
    if (!inserts_many && !inserts_one) return false;
    Models after = models_;
    const Answer answer = expect(after, operation, {}, subject_->promises.order);
    const std::size_t came = pairs_in(after) - pairs_in(models_);
    if (inserts_a_group) return came != operation.numbers[1];
    if (verb == Verb::insert_all) return came != models_[index_of(operation.source)].size();
    if (verb == Verb::merge) return after[index_of(operation.source)].size() != 0;
    return verb != Verb::force && answer.value == 0U && answer.position != end_position;
}

bool Judge::permitted(const Operation& operation) const {
    const Promises& promises = subject_->promises;
    const Preconditions& needs = promises.needs;
    const Model& model = models_[index_of(operation.target)];
    const Shape& shape = shape_of(operation.verb);
    if (needs.fresh_keys && would_refuse(operation)) return false;
    if (needs.present_keys && shape.slots[0] == Slot::key &&
        (operation.verb == Verb::erase || operation.verb == Verb::at || operation.verb == Verb::extract ||
         operation.verb == Verb::replace) &&
        !model.partner(map_side_of(operation, 0), operation.numbers[0]))
        return false;
    if (needs.foreign_arguments && std::find(operation.passing.begin(), operation.passing.end(),
                                             Passing::own) != operation.passing.end())
        return false;
    return promises.moved_from != MovedFrom::unusable || operation.verb != Verb::move_assign ||
           !is_self_move(operation);
}

Answer Judge::carry_out(const Operation& operation) {
    Answer answer = session_->apply(operation);
    const bool spent = subject_->promises.moved_from == MovedFrom::unusable && moves_a_map(operation) &&
                       answer.ending == Ending::returned && !is_self_move(operation);
    if (spent) session_->destroy(operation.source);
    return answer;
}

/// The answer with what the Subject declared of its manners taken into account.
Answer Judge::as_meant(const Operation& operation, Answer seen) const {
    const Promises& promises = subject_->promises;
    const bool threw = seen.ending == Ending::threw || seen.ending == Ending::absent;
    if (operation.verb == Verb::at && threw && !promises.absent_is_out_of_range) seen.ending = Ending::absent;
    if (promises.refuses_by_throwing && can_refuse(operation.verb)) {
        if (threw)
            seen = {.value = 0};
        else if (is_insertion(operation.verb) && !seen.value)
            seen.value = 1;
    }
    if (!promises.keeps_refused) seen.kept_arguments = true;
    if (!asks_the_ledger_ || !promises.stores_what_is_given) seen.stored_given = true;
    return seen;
}

/// Whether a pair is to take its own place, of which maps say different things.
bool Judge::answers_as_it_likes(const Operation& operation) const {
    const Model& model = models_[index_of(operation.target)];
    const bool replaces = operation.verb == Verb::force || operation.verb == Verb::assign;
    const Promises& promises = subject_->promises;
    if (replaces ? promises.same_pair_is_refused : !promises.same_pair_is_accepted) return false;
    if (is_insertion(operation.verb)) return model.contains(offered_pair(operation));
    return operation.verb == Verb::replace && operation.numbers[0] == operation.numbers[1];
}

/// Whether, when it returns, references to one map's elements are references to another's.
bool Judge::hands_references_on(const Operation& operation) const {
    return subject_->promises.references_follow &&
           (operation.verb == Verb::swap || (moves_a_map(operation) && !is_self_move(operation)));
}

void Judge::hand_on(const Operation& operation) {
    auto& source = last_look_[index_of(operation.source)];
    last_look_[index_of(operation.target)].swap(source);
    if (operation.verb != Verb::swap) source.reset();
}

/// Whether the Operation, when it has ended so, may have left this register's map in any consistent state.
bool Judge::leaves_open(const Operation& operation, Ending ending, Register which) const {
    const Shape& shape = shape_of(operation.verb);
    const Promises& promises = subject_->promises;
    const bool is_source = shape.takes_register && which == operation.source;
    if (ending == Ending::faulted) {
        const bool is_changed = which == operation.target && shape.modifies && !shape.constructs;
        const bool is_one_call = operation.verb != Verb::erase_loop;
        return !(is_one_call && subject_->promises_strong(operation.verb)) &&
               (is_changed || (is_source && changes_source(operation.verb)));
    }
    if (!moves_a_map(operation) || !is_source || promises.moved_from == MovedFrom::unusable) return false;
    if (!is_self_move(operation)) return promises.moved_from == MovedFrom::usable;
    return !shape.constructs && !promises.self_move_keeps;
}

/// Whether a pair was to be taken, and is still there: in its place, or last, where it was taken out first.
bool Judge::may_stand_last(const Operation& operation, Ending ending, Register which) const {
    return operation.verb == Verb::take && ending == Ending::returned && which == operation.source &&
           models_[index_of(which)].partner(operation.side, operation.numbers[0]);
}

void Judge::follow_to_the_end(const Operation& operation) {
    Model& model = models_[index_of(operation.source)];
    const Number key = operation.numbers[0];
    const Pair pair = pair_of(operation.side, key, *model.partner(operation.side, key));
    const auto shown = shown_pairs(look_.direct);
    for (const Side side : {Side::left, Side::right}) {
        const Pairs& order = shown[index_of(side)];
        if (!order.empty() && order.back() == pair) model.move_to_back(side, key_of(pair, side));
    }
}

Finding Judge::step(const Operation& operation, bool closely) {
    look_.turned = !look_.turned;
    if (!permitted(operation)) return closely ? look_around(operation, Ending::returned, true) : std::nullopt;
    ++operations_;
    const std::uint64_t steps_before = ledger.steps();
    const std::size_t pairs_before = pairs_in(models_);
    const Answer seen = as_meant(operation, carry_out(operation));
    const std::uint64_t steps = ledger.steps() - steps_before;
    if (auto finding = misuse()) return finding;  // before what comes of it
    const bool faulted = seen.ending == Ending::faulted;
    if (!faulted) {
        const bool as_it_likes = answers_as_it_likes(operation);
        Answer expected = expect(models_, operation, seen, subject_->promises.order);
        if (as_it_likes) expected.value.reset();
        if (auto finding = compare_answers(operation, expected, seen, subject_->promises)) return finding;
        if (hands_references_on(operation)) hand_on(operation);
    }
    const bool keeps_all = faulted && subject_->promises_lossless(operation.verb);
    const Pairs before = keeps_all ? pairs_of_both(operation) : Pairs{};
    const bool looks = closely || (operation.inverse && !looks_once_);
    if (auto finding = look_around(operation, seen.ending, looks)) return finding;
    if (keeps_all && pairs_of_both(operation) != before)
        return diverges(Aspect::content, in_words(before) + " in the two maps",
                        in_words(pairs_of_both(operation)));
    if (!looks_once_)
        if (auto finding = judge_steps(operation, steps, pairs_before)) return finding;
    if (looks_once_ && !closely) return std::nullopt;
    return asks_the_ledger_ ? judge_books() : std::nullopt;
}

Finding Judge::judge_steps(const Operation& operation, std::uint64_t steps, std::size_t pairs_before) const {
    std::size_t involved = 1 + pairs_before + pairs_in(models_);
    for (std::size_t i = 0; i < 2; ++i)
        if (shape_of(operation.verb).slots[i] == Slot::count) involved += operation.numbers[i];
    const std::size_t most = involved * subject_->promises.steps_per_pair;
    if (most == 0 || steps <= most) return std::nullopt;
    return diverges(Aspect::steps, "at most " + std::to_string(most) + " steps", std::to_string(steps));
}

Finding Judge::look_around(const Operation& operation, Ending ending, bool closely) {
    for (std::size_t i = 0; i < register_count; ++i) {
        const auto which = static_cast<Register>(i);
        auto finding = look_at(which, operation, ending, closely);
        if (!finding) continue;
        if (which != operation.target) finding->expected += ", in " + std::string{name_of(which)};
        return finding;
    }
    return std::nullopt;
}

Finding Judge::look_at(Register which, const Operation& operation, Ending ending, bool closely) {
    const bool is_source = shape_of(operation.verb).takes_register && which == operation.source;
    const bool touched = which == operation.target || is_source;
    const bool is_open = leaves_open(operation, ending, which);
    const bool has_two_places = may_stand_last(operation, ending, which);
    Model& model = models_[index_of(which)];
    if (!session_->alive(which)) last_look_[index_of(which)].reset();
    const bool looks = closely || is_open || has_two_places || (touched && !looks_once_);
    if (!looks || !session_->alive(which)) return std::nullopt;
    session_->look(which, closely ? alphabet_with_a_stranger() : alphabet_, look_);
    if (is_open) {
        const auto shown = shown_pairs(look_.direct);
        if (auto finding = find_emptied(shown[0])) return finding;
        model.adopt(shown);
    }
    if (has_two_places) follow_to_the_end(operation);
    if (auto finding = compare_face(look_.direct, model, subject_->promises.order)) return finding;
    if (closely)
        if (auto finding = look_closely(which)) return finding;
    if (looks_once_) return std::nullopt;
    const bool remade = touched && may_remake(operation);
    if (subject_->promises.iterators_stay) {
        if (!remade)
            if (auto finding = judge_iterators(which, closely)) return finding;
        session_->keep_iterators(which);
    }
    if (!subject_->promises.references_stay) return std::nullopt;
    auto& last = last_look_[index_of(which)];
    const bool handed_on = ending == Ending::returned && hands_references_on(operation);
    if (last && (!remade || handed_on))
        if (auto finding = compare_places(*last, look_.direct)) return finding;
    std::swap(last ? *last : last.emplace(), look_.direct);
    return std::nullopt;
}

Finding Judge::look_closely(Register which) {
    session_->look_closely(which, alphabet_with_a_stranger(), look_);
    if (look_.inverse)
        if (auto finding = compare_face(*look_.inverse, models_[index_of(which)], subject_->promises.order)) {
            finding->expected += ", through the inverse";
            return finding;
        }
    if (look_.violated_invariant != nullptr)
        return diverges(Aspect::invariant, "every invariant", quoted(look_.violated_invariant));
    if (look_.contradiction != nullptr)
        return diverges(
            Aspect::paths,
            "the same along every path" +
                (look_.contradicted_on ? " on the " + std::string{name_of(*look_.contradicted_on)} : ""),
            quoted(look_.contradiction));
    return std::nullopt;
}

Finding Judge::judge_iterators(Register which, bool closely) const {
    const Model& model = models_[index_of(which)];
    const auto stayed = [&](Pair pair) { return model.contains(pair); };
    const auto stray = session_->find_stray(which, stayed, closely);
    if (!stray) return std::nullopt;
    const std::string kept = in_words(stray->kept);
    switch (stray->how) {
        case Stray::How::moved:
            return diverges(Aspect::reference, "an iterator to " + kept + " where it was",
                            "one to " + in_words(stray->shown));
        case Stray::How::unequal:
            return diverges(Aspect::reference,
                            "an iterator that was kept to " + kept + " equal to one that walked there",
                            "another");
        case Stray::How::leads:
            return diverges(Aspect::reference,
                            in_words(stray->expected) + " next to an iterator that was kept to " + kept,
                            in_words(stray->shown));
    }
    return std::nullopt;
}

Pairs Judge::pairs_of_both(const Operation& operation) const {
    Pairs both = models_[index_of(operation.target)].in_order(Side::left, Order::any);
    if (operation.source != operation.target)
        for (const Pair& pair : models_[index_of(operation.source)].in_order(Side::left, Order::any))
            both.push_back(pair);
    std::sort(both.begin(), both.end());
    return both;
}

Finding Judge::misuse() const {
    if (!asks_the_ledger_ || ledger.misuse() == nullptr) return std::nullopt;
    return Verdict{.kind = Verdict::Kind::crashes, .what = ledger.misuse()};
}

Finding Judge::judge_books() {
    if (auto finding = misuse()) return finding;
    if (!subject_->promises.elements_counted) return std::nullopt;
    const std::size_t expected = elements_of(pairs_in(models_));
    const std::size_t most =
        expected + subject_->promises.keeps_removed * std::max<std::size_t>(elements_per_pair_, 2);
    const std::size_t alive = ledger.balance().elements;
    if (alive > most) return judge_surplus(expected);
    // Where nothing is declared, maps may share the elements of a pair.
    if (alive >= expected || subject_->promises.elements_per_pair == 0) return std::nullopt;
    return diverges(Aspect::elements, std::to_string(expected) + " elements alive", std::to_string(alive));
}

/// How many elements so many pairs are made of. Where it was not declared, the first pairs of a Program tell,
/// if they are whole ones.
std::size_t Judge::elements_of(std::size_t pairs) {
    if (elements_per_pair_ == 0 && pairs > 0) {
        const std::size_t alive = ledger.balance().elements;
        elements_per_pair_ = std::max<std::size_t>(alive / pairs, 2);
    }
    return pairs * elements_per_pair_;
}

Finding Judge::remains(Verdict::Sign sign) {
    if (ledger.balance().blocks == 0) return std::nullopt;
    const auto sorted = sort_remains(ledger.blocks());
    const Remains& first = sorted.front();
    return Verdict{.kind = Verdict::Kind::leaks,
                   .sign = sign,
                   .leak = first.kind,
                   .maker = first.maker,
                   .elements = ledger.elements_made_by(first.maker),
                   .blocks = first.blocks,
                   .bytes = first.bytes};
}

Finding Judge::judge_surplus(std::size_t expected) {
    Verdict verdict{.kind = Verdict::Kind::leaks,
                    .sign = Verdict::Sign::elements,
                    .leak = LeakKind::retained,
                    .elements = ledger.balance().elements - expected};
    std::vector<std::size_t> seen(ledger.makers());
    session_->count_seen(seen);
    std::vector<std::size_t> surplus;
    for (Maker maker = 0; maker < seen.size(); ++maker) {
        const std::size_t contained = seen[maker] * elements_per_pair_ / 2;
        const std::size_t alive = ledger.elements_made_by(maker);
        surplus.push_back(alive > contained ? alive - contained : 0);
    }
    verdict.maker = greatest(surplus);
    session_->reset();
    if (ledger.balance().elements == 0) return verdict;
    const auto rest = remains(Verdict::Sign::elements);
    if (rest) verdict.maker = rest->maker;
    verdict.leak = rest ? rest->leak : LeakKind::lost;
    verdict.blocks = rest ? rest->blocks : 0;
    verdict.bytes = rest ? rest->bytes : 0;
    return verdict;
}

Finding Judge::end() {
    session_->reset();
    if (!asks_the_ledger_) return std::nullopt;
    if (auto finding = misuse()) return finding;
    if (!subject_->promises.pools_memory)
        if (auto finding = remains(Verdict::Sign::blocks)) return finding;
    if (ledger.balance().elements == 0) return std::nullopt;
    std::vector<std::size_t> left;
    left.reserve(ledger.makers());
    for (Maker maker = 0; maker < ledger.makers(); ++maker) left.push_back(ledger.elements_made_by(maker));
    return Verdict{.kind = Verdict::Kind::leaks,
                   .sign = Verdict::Sign::elements,
                   .leak = LeakKind::lost,
                   .maker = greatest(left),
                   .elements = ledger.balance().elements};
}

/// Every pair of every map, where the Ledger cannot tell how many there are.
Pairs Judge::uncounted_content() {
    Pairs content;
    if (subject_->promises.elements_counted) return content;
    for (std::size_t i = 0; i < register_count; ++i) {
        const auto which = static_cast<Register>(i);
        if (!session_->alive(which)) continue;
        session_->look(which, alphabet_, look_);
        const Pairs shown = shown_pairs(look_.direct)[0];
        content.insert(content.end(), shown.begin(), shown.end());
    }
    std::sort(content.begin(), content.end());
    return content;
}

Usage Judge::usage() { return {ledger.balance(), uncounted_content()}; }

Fingerprint Judge::fingerprint() { return fingerprint_of(*session_, look_); }

}  // namespace bimap::properties
