// SPDX-License-Identifier: BSL-1.0
// The comparison of a subject with the Model and the Ledger.
#include "properties/check.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "properties/text.hpp"

namespace bimap::properties {

namespace {

Trace own_trace;

using Aspect = Verdict::Aspect;
using Ending = Answer::Ending;

/// How many characters of its own words a map may bring into a Verdict.
constexpr std::size_t most_said = 200;

Verdict diverges(Aspect aspect, std::string expected, std::string seen) {
    return {.kind = Verdict::Kind::diverges,
            .aspect = aspect,
            .expected = std::move(expected),
            .seen = std::move(seen)};
}

std::string show(Number number) {
    return number == no_number ? "an element that was moved from" : std::to_string(number);
}

std::string show(const Pair& pair) {
    if (pair == end_position) return "the end";
    return '(' + show(pair.left) + ", " + show(pair.right) + ')';
}

std::string show(const Pairs& pairs) {
    if (pairs.empty()) return "nothing";
    std::string text;
    for (const Pair& pair : pairs) text += (text.empty() ? "" : " ") + show(pair);
    return text;
}

std::string show(const std::optional<Number>& number) { return number ? show(*number) : "nothing"; }

std::string show(Ending ending, const std::string& what) {
    switch (ending) {
        case Ending::returned:
            return "a return";
        case Ending::absent:
            return "std::out_of_range";
        case Ending::faulted:
            return "the injected fault";
        case Ending::threw:
            return "an exception: " + printable(what, most_said);
    }
    return "";
}

/// Where both sides claim something and the claims differ: what differs.
template <class Claim>
std::optional<Verdict> differing(const char* name, const std::optional<Claim>& expected,
                                 const std::optional<Claim>& seen) {
    if (!expected || !seen || *expected == *seen) return std::nullopt;
    return diverges(Aspect::answer, std::string{name} + ' ' + show(*expected), show(*seen));
}

std::string side_name(Side side) { return std::string{name_of(side)}; }

constexpr std::size_t few = 8;

/// The first few of them; what goes round in a circle shows the same again and again.
std::string show_few(Pairs pairs) {
    const std::size_t count = pairs.size();
    pairs.resize(std::min(count, few));
    return show(pairs) + (count > few ? " and " + std::to_string(count - few) + " more" : "");
}

/// Of many pairs only those that differ are shown.
Verdict differing_pairs(Pairs expected, Pairs seen, Side side) {
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
std::optional<Verdict> judge_order(const Pairs& seen, const Model& model, Side side, Order order) {
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
        return diverges(Aspect::order,
                        show(model.in_order(side, order)) + " from the " + side_name(side) + ", as they came",
                        show(seen));
    return std::nullopt;
}

std::optional<Verdict> judge_lookups(const std::vector<std::optional<Number>>& found, const Model& model,
                                     Side side) {
    auto next = model.by(side).begin();
    for (Number key = 0; key < found.size(); ++key) {
        const bool is_there = next != model.by(side).end() && next->first == key;
        const auto expected = is_there ? std::optional{next++->second} : std::nullopt;
        if (found[key] == expected) continue;
        return diverges(Aspect::content,
                        show(expected) + " for " + side_name(side) + ' ' + std::to_string(key),
                        show(found[key]));
    }
    return std::nullopt;
}

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

/// The pairs that a look showed, in the order of each side that can be walked along; and where none can, as
/// they were found by key.
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

std::size_t pairs_in(const Models& models) {
    return std::accumulate(models.begin(), models.end(), std::size_t{0},
                           [](std::size_t sum, const Model& model) { return sum + model.size(); });
}

/// Whether a call may be refused for what is in the map, or is not.
bool can_refuse(Verb verb) {
    return is_insertion(verb) || verb == Verb::replace || verb == Verb::extract || verb == Verb::erase ||
           verb == Verb::take || verb == Verb::move_to_front || verb == Verb::move_to_back;
}

}  // namespace

Trace* trace = &own_trace;

Checker::Checker(const Subject& subject, Questions questions)
    : subject_{&subject}, questions_{questions}, session_{subject.open()} {}

Verdict Checker::operator()(const Program& program) {
    auto finding = judge(program);
    if (finding && !looks_closely_at(program)) {
        const Questions asked = questions_;
        questions_.looks_closely_at_one_in = 1;
        questions_.pump_takes_one_in = 1;
        questions_.pump_is_patient_with_one_in = 1;
        if (auto seen_closely = judge(program)) finding = std::move(seen_closely);
        questions_ = asked;
    }
    return std::move(finding).value_or(Verdict{});
}

/// Nothing is left of a Program, so that leak detection has nothing to ask about.
void Checker::forget() {
    session_->reset();
    models_ = {};
    last_look_ = {};
}

Checker::Finding Checker::judge(const Program& program) {
    auto finding = judge_what_comes_of(program);
    if (finding && was_made_once(program, *finding)) finding.reset();
    if (!finding && program.size() > 1 && pumps(program)) finding = judge_by_one_look(program);
    return finding;
}

/// What lies in static memory may have been made for the first call of all, as a function's static variable
/// is: then nothing is left behind the second time.
bool Checker::was_made_once(const Program& program, const Verdict& verdict) {
    if (verdict.sign != Verdict::Sign::blocks && verdict.sign != Verdict::Sign::elements) return false;
    const std::uint64_t counted = operations_;
    const bool holds = !judge_what_comes_of(program);
    operations_ = counted;
    return holds;
}

/// An exception that comes out of a call is part of its answer. Out of a look none should.
Checker::Finding Checker::judge_what_comes_of(const Program& program) {
    Finding finding;
    const auto blame_the_look = [&](const std::string& what) {
        finding = diverges(Aspect::ending, "a look that returns", show(Ending::threw, what));
        finding->at = trace->at;
    };
    try {
        finding = judge_each_step(program);
    } catch (const std::exception& error) {
        blame_the_look(error.what());
    } catch (...) {
        blame_the_look("something that is no std::exception");
    }
    forget();
    return finding;
}

/// A map may put work off until somebody looks. So what holds is carried out once more, with no look before
/// the end but those that an Operation needs.
Checker::Finding Checker::judge_by_one_look(const Program& program) {
    const std::uint64_t counted = operations_;
    looks_once_ = true;
    auto finding = judge_what_comes_of(program);
    looks_once_ = false;
    operations_ = counted;
    return finding;
}

Checker::Finding Checker::judge_each_step(const Program& program) {
    alphabet_ = std::max(alphabet_of(program), keys_of_groups(program));
    if (!looks_once_) elements_per_pair_ = subject_->promises.elements_per_pair;
    ledger.open(program.size(), questions_.ledger);
    const bool looks_closely = !looks_once_ && looks_closely_at(program);
    for (std::size_t i = 0; i < program.size(); ++i) {
        trace->at = static_cast<std::uint32_t>(i);
        ledger.turn_to(static_cast<Maker>(i));
        const bool is_last = i + 1 == program.size();
        if (auto finding = step(program[i], is_last || looks_closely)) {
            finding->at = i;
            return finding;
        }
    }
    trace->at = static_cast<std::uint32_t>(program.size());
    if (notes_ends_ && !looks_once_) end_ = fingerprint_of(*session_, look_);
    auto finding = judge_end();
    if (!finding && !looks_once_ && pumps(program)) finding = judge_as_it_is_repeated(program);
    if (finding) finding->at = std::max(finding->at, program.size());
    return finding;
}

/// Whether some pair that the Operation is to insert would be refused.
bool Checker::would_refuse(const Operation& operation) const {
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

/// Whether the Operation keeps to what the Subject asks of its callers.
bool Checker::permitted(const Operation& operation) const {
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

Answer Checker::carry_out(const Operation& operation) {
    Answer answer = session_->apply(operation);
    const bool spent = subject_->promises.moved_from == MovedFrom::unusable && moves_a_map(operation) &&
                       answer.ending == Ending::returned && !is_self_move(operation);
    if (spent) session_->destroy(operation.source);
    return answer;
}

/// The answer with what the Subject declared of its manners taken into account.
Answer Checker::as_meant(const Operation& operation, Answer seen) const {
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
    return seen;
}

/// Whether a pair is to take its own place, of which maps say different things.
bool Checker::answers_as_it_likes(const Operation& operation) const {
    const Model& model = models_[index_of(operation.target)];
    const bool replaces = operation.verb == Verb::force || operation.verb == Verb::assign;
    const Promises& promises = subject_->promises;
    if (replaces ? promises.same_pair_is_refused : !promises.same_pair_is_accepted) return false;
    if (is_insertion(operation.verb)) return model.contains(offered_pair(operation));
    return operation.verb == Verb::replace && operation.numbers[0] == operation.numbers[1];
}

/// Whether, when it returns, references to one map's elements are references to another's.
bool Checker::hands_references_on(const Operation& operation) const {
    return subject_->promises.references_follow &&
           (operation.verb == Verb::swap || (moves_a_map(operation) && !is_self_move(operation)));
}

void Checker::hand_on(const Operation& operation) {
    auto& source = last_look_[index_of(operation.source)];
    last_look_[index_of(operation.target)].swap(source);
    if (operation.verb != Verb::swap) source.reset();
}

/// Whether the Operation, when it has ended so, may have left this register's map in any consistent state.
bool Checker::leaves_open(const Operation& operation, Ending ending, Register which) const {
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
bool Checker::may_stand_last(const Operation& operation, Ending ending, Register which) const {
    return operation.verb == Verb::take && ending == Ending::returned && which == operation.source &&
           models_[index_of(which)].partner(operation.side, operation.numbers[0]);
}

void Checker::follow_to_the_end(const Operation& operation) {
    Model& model = models_[index_of(operation.source)];
    const Number key = operation.numbers[0];
    const Pair pair = pair_of(operation.side, key, *model.partner(operation.side, key));
    const auto shown = shown_pairs(look_.direct);
    for (const Side side : {Side::left, Side::right}) {
        const Pairs& order = shown[static_cast<std::size_t>(side)];
        if (!order.empty() && order.back() == pair) model.move_to_back(side, key_of(pair, side));
    }
}

Checker::Finding Checker::step(const Operation& operation, bool closely) {
    if (!permitted(operation)) return closely ? look_around(operation, Ending::returned, true) : std::nullopt;
    ++operations_;
    const std::uint64_t steps_before = ledger.steps();
    const std::size_t pairs_before = pairs_in(models_);
    const Answer seen = as_meant(operation, carry_out(operation));
    const std::uint64_t steps = ledger.steps() - steps_before;
    if (auto finding = judge_misuse()) return finding;  // before what comes of it
    const bool faulted = seen.ending == Ending::faulted;
    if (!faulted) {
        const bool as_it_likes = answers_as_it_likes(operation);
        Answer expected = expect(models_, operation, seen, subject_->promises.order);
        if (as_it_likes) expected.value.reset();
        if (auto finding = judge_answer(operation, expected, seen)) return finding;
        if (hands_references_on(operation)) hand_on(operation);
    }
    const bool keeps_all = faulted && subject_->promises_lossless(operation.verb);
    const Pairs before = keeps_all ? pairs_of_both(operation) : Pairs{};
    const bool looks = closely || (operation.inverse && !looks_once_);
    if (auto finding = look_around(operation, seen.ending, looks)) return finding;
    if (keeps_all && pairs_of_both(operation) != before)
        return diverges(Aspect::content, show(before) + " in the two maps", show(pairs_of_both(operation)));
    if (!looks_once_)
        if (auto finding = judge_steps(operation, steps, pairs_before)) return finding;
    if (looks_once_ && !closely) return std::nullopt;
    return questions_.ledger ? judge_books() : std::nullopt;
}

Checker::Finding Checker::judge_steps(const Operation& operation, std::uint64_t steps,
                                      std::size_t pairs_before) const {
    std::size_t involved = 1 + pairs_before + pairs_in(models_);
    for (std::size_t i = 0; i < 2; ++i)
        if (shape_of(operation.verb).slots[i] == Slot::count) involved += operation.numbers[i];
    const std::size_t most = involved * subject_->promises.steps_per_pair;
    if (most == 0 || steps <= most) return std::nullopt;
    return diverges(Aspect::steps, "at most " + std::to_string(most) + " steps", std::to_string(steps));
}

Checker::Finding Checker::judge_answer(const Operation& operation, const Answer& expected,
                                       const Answer& seen) const {
    if (expected.ending != seen.ending)
        return diverges(Aspect::ending, show(expected.ending, expected.what), show(seen.ending, seen.what));
    if (auto finding = differing("the answer", expected.value, seen.value)) return finding;
    if (auto finding = differing("the pairs", expected.pairs, seen.pairs)) return finding;
    const bool refused = shape_of(operation.verb).modifies && expected.value == 0U;
    if (!refused || subject_->promises.shows_conflict)
        if (auto finding = differing("a position at", expected.position, seen.position)) return finding;
    if (auto finding = differing("a loop's visits:", expected.visited, seen.visited)) return finding;
    if (subject_->promises.erases_next && shape_of(operation.verb).modifies)
        if (auto finding = differing("a position at the next,", seen.next, seen.position)) return finding;
    if (!seen.kept_arguments)
        return diverges(Aspect::arguments, "refused arguments as they were", "changed ones");
    if (questions_.ledger && subject_->promises.stores_what_is_given && !seen.stored_given)
        return diverges(Aspect::identity, "the elements that were given",
                        "equal ones that were there before");
    return std::nullopt;
}

Checker::Finding Checker::look_around(const Operation& operation, Ending ending, bool closely) {
    for (std::size_t i = 0; i < register_count; ++i) {
        const auto which = static_cast<Register>(i);
        const bool is_source = shape_of(operation.verb).takes_register && which == operation.source;
        const bool touched = which == operation.target || is_source;
        const bool is_open = leaves_open(operation, ending, which);
        const bool has_two_places = may_stand_last(operation, ending, which);
        if (!session_->alive(which)) last_look_[i].reset();
        const bool looks = closely || is_open || has_two_places || (touched && !looks_once_);
        if (!looks || !session_->alive(which)) continue;
        session_->look(which, closely ? alphabet_with_a_stranger() : alphabet_, look_);
        if (is_open) models_[i].adopt(shown_pairs(look_.direct));
        if (has_two_places) follow_to_the_end(operation);
        if (auto finding = judge_face(look_.direct, models_[i])) return finding;
        if (closely)
            if (auto finding = look_closely(which)) return finding;
        if (looks_once_) continue;
        const bool remade = touched && may_remake(operation);
        if (subject_->promises.iterators_stay) {
            if (!remade)
                if (auto finding = judge_iterators(which, closely)) return finding;
            session_->keep_iterators(which);
        }
        if (!subject_->promises.references_stay) continue;
        auto& last = last_look_[i];
        const bool handed_on = ending == Ending::returned && hands_references_on(operation);
        if (last && (!remade || handed_on))
            if (auto finding = judge_places(*last, look_.direct)) return finding;
        std::swap(last ? *last : last.emplace(), look_.direct);
    }
    return std::nullopt;
}

Checker::Finding Checker::look_closely(Register which) {
    session_->look_closely(which, alphabet_with_a_stranger(), look_);
    if (look_.inverse)
        if (auto finding = judge_face(*look_.inverse, models_[index_of(which)])) {
            finding->expected += ", through the inverse";
            return finding;
        }
    if (look_.violated_invariant == nullptr) return std::nullopt;
    return diverges(Aspect::invariant, "every invariant", printable(look_.violated_invariant, most_said));
}

Checker::Finding Checker::judge_iterators(Register which, bool closely) const {
    const Model& model = models_[index_of(which)];
    const auto stayed = [&](Pair pair) { return model.contains(pair); };
    const auto stray = session_->find_stray(which, stayed, closely);
    if (!stray) return std::nullopt;
    if (stray->is_next)
        return diverges(Aspect::reference,
                        show(stray->expected) + " next to an iterator that was kept to " + show(stray->kept),
                        show(stray->shown));
    return diverges(Aspect::reference, "an iterator to " + show(stray->kept) + " where it was",
                    "one to " + show(stray->shown));
}

Checker::Finding Checker::judge_places(const Look::Face& before, const Look::Face& now) const {
    for (const Side side : {Side::left, Side::right}) {
        const auto i = static_cast<std::size_t>(side);
        for (Number key = 0; key < alphabet_; ++key)
            if (now.found[i][key] && now.found[i][key] == before.found[i][key] &&
                now.places[i][key] != before.places[i][key])
                return diverges(
                    Aspect::reference,
                    "the partner of " + side_name(side) + ' ' + std::to_string(key) + " where it was",
                    "it elsewhere");
    }
    return std::nullopt;
}

Pairs Checker::pairs_of_both(const Operation& operation) const {
    Pairs both = models_[index_of(operation.target)].in_order(Side::left, Order::any);
    if (operation.source != operation.target)
        for (const Pair& pair : models_[index_of(operation.source)].in_order(Side::left, Order::any))
            both.push_back(pair);
    std::sort(both.begin(), both.end());
    return both;
}

namespace {

std::optional<Verdict> judge_size(std::optional<std::size_t> size, std::optional<bool> empty,
                                  std::size_t expected, const char* where) {
    if (size && *size != expected)
        return diverges(Aspect::size, "size " + std::to_string(expected) + where, std::to_string(*size));
    const auto in_words = [](bool is_empty) { return std::string{is_empty ? "empty" : "not empty"}; };
    if (empty && *empty != (expected == 0))
        return diverges(Aspect::size, in_words(expected == 0) + where, in_words(*empty));
    return std::nullopt;
}

}  // namespace

Checker::Finding Checker::judge_face(const Look::Face& face, const Model& model) const {
    for (const Side side : {Side::left, Side::right}) {
        const auto i = static_cast<std::size_t>(side);
        if (face.walked[i])
            if (auto finding = judge_order(face.order[i], model, side, subject_->promises.order[i]))
                return finding;
        if (face.searched[i])
            if (auto finding = judge_lookups(face.found[i], model, side)) return finding;
    }
    if (auto finding = judge_size(face.size, face.empty, model.size(), "")) return finding;
    for (const Side side : {Side::left, Side::right}) {
        const auto i = static_cast<std::size_t>(side);
        const char* const where = side == Side::left ? " in the left view" : " in the right view";
        if (auto finding = judge_size(face.view_size[i], face.view_empty[i], model.size(), where))
            return finding;
    }
    return std::nullopt;
}

Checker::Finding Checker::judge_misuse() const {
    if (!questions_.ledger || ledger.misuse() == nullptr) return std::nullopt;
    return Verdict{.kind = Verdict::Kind::crashes, .what = ledger.misuse()};
}

Checker::Finding Checker::judge_books() {
    if (auto finding = judge_misuse()) return finding;
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
std::size_t Checker::elements_of(std::size_t pairs) {
    if (elements_per_pair_ == 0 && pairs > 0) {
        const std::size_t alive = ledger.balance().elements;
        elements_per_pair_ = std::max<std::size_t>(alive / pairs, 2);
    }
    return pairs * elements_per_pair_;
}

namespace {

/// The finding that names the gravest of what remains: the first in the order of makers.
std::optional<Verdict> judge_remains(Verdict::Sign sign) {
    if (ledger.balance().blocks == 0) return std::nullopt;
    const auto remains = sort_remains(ledger.blocks());
    const Remains& first = remains.front();
    return Verdict{.kind = Verdict::Kind::leaks,
                   .sign = sign,
                   .leak = first.kind,
                   .maker = first.maker,
                   .elements = ledger.elements_made_by(first.maker),
                   .blocks = first.blocks,
                   .bytes = first.bytes};
}

/// The leak of the Operation whose blocks grew most, in bytes or else in number, up to this round.
Verdict greatest_growth(const std::vector<Balance>& before, std::vector<Balance> after, int rounds) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        after[i].bytes -= std::min(before[i].bytes, after[i].bytes);
        after[i].blocks -= std::min(before[i].blocks, after[i].blocks);
    }
    const auto most = std::max_element(after.begin(), after.end(), [](const auto& one, const auto& other) {
        return std::pair{one.bytes, one.blocks} < std::pair{other.bytes, other.blocks};
    });
    return {.kind = Verdict::Kind::leaks,
            .sign = Verdict::Sign::growth,
            .leak = LeakKind::retained,
            .maker = static_cast<Maker>(most - after.begin()),
            .blocks = most->blocks,
            .bytes = most->bytes,
            .rounds = rounds};
}

}  // namespace

Checker::Finding Checker::judge_surplus(std::size_t expected) {
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
    const auto remains = judge_remains(Verdict::Sign::elements);
    if (remains) verdict.maker = remains->maker;
    verdict.leak = remains ? remains->leak : LeakKind::lost;
    verdict.blocks = remains ? remains->blocks : 0;
    verdict.bytes = remains ? remains->bytes : 0;
    return verdict;
}

Checker::Finding Checker::judge_end() {
    session_->reset();
    if (!questions_.ledger) return std::nullopt;
    if (auto finding = judge_misuse()) return finding;
    if (!subject_->promises.pools_memory)
        if (auto finding = judge_remains(Verdict::Sign::blocks)) return finding;
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

namespace {

/// A number of a Program's verbs, numbers and targets. The same with other faults has the same.
std::uint32_t mixed(const Program& program) {
    std::uint32_t all = 0;
    for (const Operation& operation : program)
        for (const std::uint32_t part : {static_cast<std::uint32_t>(operation.verb), operation.numbers[0],
                                         operation.numbers[1], static_cast<std::uint32_t>(operation.target)})
            all = (all ^ part) * 0x01000193;
    return all >> 16;
}

}  // namespace

bool Checker::pumps(const Program& program) const {
    if (!questions_.pump || !questions_.ledger || program.empty()) return false;
    return mixed(program) % questions_.pump_takes_one_in == 0;
}

bool Checker::looks_closely_at(const Program& program) const {
    return mixed(program) / questions_.pump_takes_one_in % questions_.looks_closely_at_one_in == 0;
}

bool Checker::pumps_patiently(const Program& program) const {
    const auto one_in = questions_.pump_is_patient_with_one_in;
    return one_in != 0 &&
           mixed(program) / questions_.pump_takes_one_in / questions_.looks_closely_at_one_in % one_in == 0;
}

/// Every pair of every map, where the Ledger cannot tell how many there are.
Pairs Checker::uncounted_content() {
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

std::optional<double> Checker::repeat(const Program& program, int rounds) {
    const std::uint64_t before = ledger.steps();
    const Preconditions& needs = subject_->promises.needs;
    const bool asks_its_callers = needs.fresh_keys || needs.present_keys;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < program.size(); ++i) {
            ledger.turn_to(static_cast<Maker>(i));
            // To tell what is permitted, the Models have to follow; they can where nothing is wrong.
            if (asks_its_callers && step(program[i], false)) return std::nullopt;
            if (!asks_its_callers && permitted(program[i])) carry_out(program[i]);
        }
        if (judge_misuse()) return std::nullopt;
    }
    return static_cast<double>(ledger.steps() - before) / rounds;
}

namespace {

/// Where the memory is looked at that a repeated Program uses: after so many rounds. Where maps change
/// places, they are back in them after two rounds or three; these are multiples of six apart, and as far as
/// tables that double grow in between.
constexpr std::array<int, 6> looked_at_after{2, 8, 32, 128, 512, 2048};
/// So many Operations, where the pump is patient.
constexpr std::size_t growth_may_rest_for = 512;
/// From so many rounds on it is judged how much grows, and who made it; until then, whether anything does.
constexpr int first_judged_after = 128;
/// Where so many bytes were allocated, freed ones included, it is judged earlier: what copies all that it
/// retains would take for ever.
constexpr std::uint64_t enough_is_allocated = std::uint64_t{32} << 20;
constexpr int first_judged_early_after = 32;
/// Where all hashes are equal, pairs go on changing places for a while.
constexpr int work_settles_by = 128;

/// Whether more is in use `now`, after this many rounds, than `then`.
bool grows_on(const Balance& then, const Balance& now) {
    return now.bytes > then.bytes || now.blocks > then.blocks;
}

/// Whether so much more is, as what has no bound needs. See Checker::judge_growth.
bool goes_on_growing(const Balance& before, const Balance& then, const Balance& now, int rounds) {
    const auto grows = [&](std::size_t Balance::* what) {
        const std::size_t grown = std::max(now.*what, then.*what) - then.*what;
        const std::size_t grown_by_then = std::max(then.*what, before.*what) - before.*what;
        const auto rounds_since = static_cast<std::size_t>(rounds) * 3 / 4;
        return grown >= std::max(grown_by_then * 3 / 2, rounds_since);
    };
    return grows(&Balance::bytes) || grows(&Balance::blocks);
}

/// Whether a round takes more and more steps, from window to window. Work that grows with the number of
/// rounds rises twice as much from one to the next; 1.4 times is asked for, as the first ones are short.
class Pace {
  public:
    Pace(double first, double second) : last_{second}, slows_{second > first} {}

    /// Another window: so many steps in a round.
    void look(double steps, bool content_stays) {
        constexpr double least_rise = 1.4;
        const double rise = steps - last_;
        slows_ = slows_ && content_stays && rise >= 1 && rise >= least_rise * rise_;
        last_ = steps;
        rise_ = rise;
    }
    [[nodiscard]] bool slows() const { return slows_; }

  private:
    double last_;
    double rise_ = 0;
    bool slows_;
};

}  // namespace

/// Whether what is in use after so many rounds stays, and grows, as the Program is repeated as often again
/// and more. What is swept away from time to time falls back; so that its times are met, whatever they are,
/// each interval is longer than the one before.
bool Checker::keeps_growing(const Program& program, int rounds_so_far) {
    constexpr int as_permutations_go = 6;
    constexpr int first_operations = 66;  // or so, in the first interval
    constexpr std::size_t enough_operations = 4096;
    const Balance before = ledger.balance();
    const std::uint64_t allocated_before = ledger.bytes_allocated();
    const int size = static_cast<int>(program.size());
    const int most_rounds = std::max(rounds_so_far, static_cast<int>(enough_operations) / size + 1);
    int in_all = 0;
    int rounds = std::max(first_operations / size / as_permutations_go, 1) * as_permutations_go;
    for (; in_all < most_rounds; rounds += as_permutations_go) {
        if (!repeat(program, rounds) || ledger.balance().bytes < before.bytes) return false;
        in_all += rounds;
        const bool enough = static_cast<std::size_t>(in_all) * program.size() >= enough_operations ||
                            ledger.bytes_allocated() - allocated_before >= enough_is_allocated;
        if (enough && grows_on(before, ledger.balance())) return true;
    }
    return false;
}

/// The pump. It looks for what no single run can show: memory that is in use while the content stays as it
/// is, and that goes when the map goes; and work that grows in the same way. What is in use after 2 rounds as
/// after 1 is left alone; what grows from 2 to 4 is watched on to 8, 32, 128 and 512; what grew each time is
/// retained. A table that settles at its high-water mark does not, and neither does one that grows twice.
/// What has a bound, such as entries that are swept away when they are too many, may reach it late: what goes
/// on growing grows four times as much from 32 to 128 as from 8 to 32, less where a table grows by half; 1.5
/// times is asked for, on to 512 or until enough is allocated, and that it never falls back, and grows still
/// as it is repeated as often again. What is made at random grows and shrinks by a little; so a byte for each
/// round is asked for. Where nothing is found so, a patient pump goes on: nothing has to have grown while it
/// may rest, but all that does on to 2048. Blocks that outlive the maps are lost now and then. What a few
/// repetitions lose is left to the run of a longer Program, which shows when, and so is whatever else goes
/// wrong in a repetition, but for misuse: that may need many.
Checker::Finding Checker::judge_growth(const Program& program, bool is_patient) {
    forget();
    trace->at = static_cast<std::uint32_t>(program.size() + 1);
    const std::uint64_t counted = operations_;
    const Finding growth = growth_over_repetitions(program, is_patient);
    operations_ = counted;
    session_->reset();
    if (auto misuse = judge_misuse()) {
        misuse->at = program.size() + 1;
        return misuse;
    }
    const bool goes_with_the_maps = ledger.balance().blocks == 0 || subject_->promises.pools_memory;
    return goes_with_the_maps ? growth : judge_loss(program);
}

/// What has outlived the maps, if so many repetitions are needed for it as make a Program long.
Checker::Finding Checker::judge_loss(const Program& program) {
    constexpr int a_few = 8;
    auto loss = judge_remains(Verdict::Sign::blocks);
    forget();
    ledger.open(program.size(), questions_.ledger);
    const std::uint64_t counted = operations_;
    const auto pace = repeat(program, a_few);
    operations_ = counted;
    forget();
    if (!pace || ledger.balance().blocks != 0) return std::nullopt;
    if (loss) loss->at = program.size() + 1;
    return loss;
}

Checker::Finding Checker::growth_over_repetitions(const Program& program, bool is_patient) {
    struct State {
        Balance balance;
        Pairs content;
        [[nodiscard]] bool has_content_of(const State& other) const {
            return balance.elements == other.balance.elements && content == other.content;
        }
    };
    const auto state = [&] { return State{ledger.balance(), uncounted_content()}; };
    const auto may_rest_still = [&](int rounds) {
        return is_patient && static_cast<std::size_t>(rounds) * program.size() < growth_may_rest_for;
    };
    const int last = looked_at_after.end()[is_patient ? -1 : -2];
    const std::uint64_t allocated_before = ledger.bytes_allocated();
    const auto first_pace = repeat(program, 1);
    const Balance once = ledger.balance();
    const auto second_pace = repeat(program, 1);
    if (!first_pace || !second_pace) return std::nullopt;
    Pace pace{*first_pace, *second_pace};
    State before = state();
    // To the byte: whatever has settled so soon stays as it is.
    bool grows = may_rest_still(2) || before.balance != once;
    bool grows_fast = false;
    State in_place = before;
    Balance in_place_before = once;
    std::vector<Balance> made_by_then;
    Verdict growth;
    const auto undecided_after = [&](int rounds) {
        if (grows_fast) return false;
        return rounds < work_settles_by ? grows || pace.slows() : grows && rounds < last;
    };
    int rounds = 2;
    for (; undecided_after(rounds); rounds *= 2) {
        const auto pace_now = repeat(program, rounds);
        if (!pace_now) return std::nullopt;
        const int in_all = 2 * rounds;
        const State now = state();
        if (in_all <= work_settles_by) pace.look(*pace_now, now.has_content_of(before));
        if (in_all == 4) grows = grows && (may_rest_still(4) || now.balance != before.balance);
        if (std::ranges::find(looked_at_after, in_all) != looked_at_after.end()) {
            const bool goes_on = goes_on_growing(in_place_before, in_place.balance, now.balance, in_all);
            const bool grew = in_all < first_judged_after ? grows_on(in_place.balance, now.balance) : goes_on;
            grows = grows && now.has_content_of(in_place) && (may_rest_still(in_all) || grew);
            grows_fast = grows && goes_on && in_all >= first_judged_early_after &&
                         ledger.bytes_allocated() - allocated_before >= enough_is_allocated;
            in_place_before = std::exchange(in_place, now).balance;
            if (grows && growth.bytes == 0 && growth.blocks == 0) {
                auto made_by_now = ledger.balances_by_maker();
                if (grows_fast || in_all >= first_judged_after)
                    growth = greatest_growth(made_by_then, made_by_now, in_all);
                made_by_then = std::move(made_by_now);
            }
        }
        before = now;
    }
    if (grows && keeps_growing(program, rounds)) return growth;
    if (rounds >= work_settles_by && pace.slows())
        return diverges(Aspect::steps, "as much work in each round", "more and more");
    return std::nullopt;
}

Checker::Finding Checker::judge_as_it_is_repeated(const Program& program) {
    const bool is_patient = pumps_patiently(program);
    auto growth = judge_growth(program, false);
    if (!growth && is_patient) growth = judge_growth(program, true);
    if (growth && growth->kind != Verdict::Kind::leaks) return growth;
    // What grows may be the trace of what goes wrong otherwise, though not in the first run.
    constexpr std::size_t a_few = 16;
    constexpr std::size_t counters_wrap_by = 1024;
    const std::size_t rounds = growth ? a_few : is_patient ? counters_wrap_by / program.size() + 1 : 0;
    if (auto wrong = judge_repetitions(program, 0, rounds)) return wrong;
    if (growth || !is_patient) return growth;
    // What adds up call by call may begin anew with the Program.
    constexpr std::size_t bytes_wrap_by = 264;
    for (std::size_t calls = 1; calls <= 2 && calls < program.size(); ++calls)
        if (auto wrong = judge_repetitions(program, program.size() - calls, bytes_wrap_by)) return wrong;
    return std::nullopt;
}

/// Judges so many repetitions of what comes from the `first` Operation on, each like the first run.
Checker::Finding Checker::judge_repetitions(const Program& program, std::size_t first, std::size_t rounds) {
    forget();
    trace->at = static_cast<std::uint32_t>(program.size() + 1);
    const std::uint64_t counted = operations_;
    Finding finding;
    for (std::size_t round = 0; round < rounds && !finding; ++round)
        for (std::size_t i = round == 0 ? 0 : first; i < program.size() && !finding; ++i) {
            ledger.turn_to(static_cast<Maker>(i));
            finding = step(program[i], false);
        }
    operations_ = counted;
    if (finding) finding->at = program.size() + 1;
    return finding;
}

Verdict check(const Subject& subject, const Program& program, Questions questions) {
    return Checker{subject, questions}(program);
}

}  // namespace bimap::properties
