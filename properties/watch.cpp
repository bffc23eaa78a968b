// SPDX-License-Identifier: BSL-1.0
// The steps of a round, and the judgement over the rounds.
#include "properties/watch.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "properties/group.hpp"

namespace bimap::properties {

namespace {

/// One kind of work on a large group.
struct Step {
    std::string_view name;
    Verb verb;  ///< what the Subject has to offer for it
    Side side;
    void (*run)(Group& group);
    bool is_refused = false;  ///< it needs a map that keeps what it has
};

/// A round. It ends with nothing in the map.
const std::array<Step, 20> steps{{
    {"add", Verb::insert, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.count(); ++i) group.add(i, group.first_right(i));
     }},
    {"add again", Verb::insert, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.part(2); ++i) group.add(i, group.second_right(i));
     },
     true},
    {"overwrite", Verb::force, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.count(); ++i) group.force(i, group.second_right(i));
     }},
    {"overwrite across", Verb::force, Side::left,
     [](Group& group) {
         for (Number i = 0; i + 1 < group.part(2); i += 2) group.force(i, group.second_right(i + 1));
     }},
    {"replace", Verb::replace, Side::right,
     [](Group& group) {
         for (Number i = 0; i < group.count(); ++i) group.replace_right_of(i);
     }},
    {"move to the front", Verb::move_to_front, Side::left,
     [](Group& group) {
         for (Number i = group.part(8); i < group.count(); ++i) group.move_to_front(i);
     }},
    {"move to the back", Verb::move_to_back, Side::right,
     [](Group& group) {
         for (Number i = group.part(7); i < group.part(9); ++i) group.move_to_back_by_right(i);
     }},
    {"remove by left", Verb::erase, Side::left,
     [](Group& group) {
         for (Number i = group.part(2); i < group.part(4); ++i) group.erase_by_left(i);
     }},
    {"remove by right", Verb::erase, Side::right,
     [](Group& group) {
         for (Number i = group.part(4); i < group.part(6); ++i) group.erase_by_right_of(i);
     }},
    {"filter", Verb::filter, Side::left,
     [](Group& group) { group.derive(Verb::filter, group.part(6), group.part(8)); }},
    {"copy", Verb::copy, Side::left, [](Group& group) { group.derive(Verb::copy, 0, group.count() - 1); }},
    {"insert all", Verb::insert_all, Side::left,
     [](Group& group) { group.derive(Verb::insert_all, 0, group.count() - 1); }},
    {"move", Verb::move, Side::left, [](Group& group) { group.move_away_and_back(); }},
    {"swap", Verb::swap, Side::left, [](Group& group) { group.swap_away_and_back(); }},
    {"remove by predicate", Verb::erase_if, Side::left,
     [](Group& group) { group.erase(Verb::erase_if, group.part(6), group.part(8) - 1); }},
    {"remove in a loop", Verb::erase_loop, Side::left,
     [](Group& group) { group.erase(Verb::erase_loop, group.part(8), group.part(9) - 1); }},
    {"remove a range", Verb::erase_range, Side::left,
     [](Group& group) {
         const Number half = group.part(1) / 2;
         group.erase_range(group.part(9) + half, half);
     }},
    {"extract", Verb::extract, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.part(1); ++i) group.extract(i);
     }},
    {"clear", Verb::clear, Side::left, [](Group& group) { group.clear(); }},
    {"pass through", Verb::erase, Side::left,
     [](Group& group) {
         constexpr Number few = 4;
         for (Number i = 0; i < group.part(1) + few; ++i) {
             if (i < group.part(1)) group.add(i, group.first_right(i));
             if (i >= few) group.erase_by_left(i - few);
         }
     }},
}};

std::vector<const Step*> offered_steps(const Subject& subject) {
    const auto adding = adding_call(subject);
    const bool replaces = adding.verb == Verb::force || adding.verb == Verb::assign;
    const bool may_refuse = !replaces && !subject.promises.needs.fresh_keys;
    std::vector<const Step*> offered;
    for (const Step& step : steps) {
        const bool adds = step.verb == Verb::insert;
        if ((adds || subject.offer.contains(step.verb, step.side, false)) && (may_refuse || !step.is_refused))
            offered.push_back(&step);
    }
    return offered;
}

/// The sides by which pairs can be erased.
std::vector<Side> erased_by(const Subject& subject) {
    std::vector<Side> sides;
    for (const Side side : {Side::left, Side::right})
        if (subject.offer.contains(Verb::erase, side, false)) sides.push_back(side);
    return sides;
}

void erase(Group& group, Number left, Side side) {
    if (side == Side::left)
        group.erase_by_left(left);
    else
        group.erase_by_right_of(left);
}

/// What only grows with the pairs that are there if all of them are gone through: hashes, and bytes that are
/// allocated. (Comparisons and moves do in maps that search, or are, an array.)
struct Cost {
    std::uint64_t hashes = ledger.hashes();
    std::uint64_t bytes = ledger.bytes_allocated();
    [[nodiscard]] Cost since(const Cost& before) const {
        return {hashes - before.hashes, bytes - before.bytes};
    }
};

/// What so many pairs cost that are added one by one, and then erased.
struct Costs {
    Number pairs;
    Cost adding;
    Cost erasing;
};

/// Which of it is counted, and in words.
struct Count {
    Cost Costs::* cost;
    std::uint64_t Cost::* unit;
    const char* doing;
    const char* units;
};
constexpr std::array<Count, 4> counts{{
    {&Costs::adding, &Cost::hashes, "added", "hashes"},
    {&Costs::adding, &Cost::bytes, "added", "bytes allocated"},
    {&Costs::erasing, &Cost::hashes, "erased", "hashes"},
    {&Costs::erasing, &Cost::bytes, "erased", "bytes allocated"},
}};

/// Returns: nothing, if they did not come, or go, as they should; a round will tell how.
std::optional<Costs> costs_of(const Subject& subject, Number pairs) {
    Group group{subject, pairs};
    const auto is_sound = [&group] { return ledger.misuse() == nullptr && group.difference().empty(); };
    const Cost before;
    for (Number i = 0; i < pairs; ++i) group.add(i, group.first_right(i));
    const Cost adding = Cost{}.since(before);
    if (!is_sound()) return std::nullopt;
    const auto sides = erased_by(subject);
    const Cost added;
    for (Number i = 0; i < pairs && !sides.empty(); ++i) erase(group, i, sides[i % sides.size()]);
    const Cost erasing = Cost{}.since(added);
    if (!is_sound()) return std::nullopt;
    return Costs{pairs, adding, erasing};
}

/// Which cost rises as the square: four times as many pairs cost sixteen times as much then. Ten times is
/// asked for, twice: blocks of as many pairs as the root of all cost eight times as much, and a table that
/// has just grown, or is just about to, differs from itself by what it grows.
std::string find_rebuilding(const Subject& subject, Number most) {
    std::vector<Costs> costs;
    for (const Number pairs : {most / 16, most / 4, most}) {
        const auto these = costs_of(subject, pairs);
        if (!these) return {};
        costs.push_back(*these);
    }
    for (const Count& count : counts) {
        const auto at = [&](std::size_t i) { return costs[i].*count.cost.*count.unit; };
        if (at(0) == 0 || at(1) < 10 * at(0) || at(2) < 10 * at(1)) continue;
        std::string found =
            "pairs " + std::string{count.doing} + " one by one cost as the square of their number:";
        for (std::size_t i = 0; i < costs.size(); ++i)
            found += (i == 0 ? " " : ", ") + std::to_string(at(i)) + ' ' + count.units + " for " +
                     std::to_string(costs[i].pairs);
        return found;
    }
    return {};
}

/// A map that has a few pairs at any time, while new ones come and old ones go.
class Transit {
  public:
    Transit(const Subject& subject, Number count) : group_{subject, count}, erased_by_{erased_by(subject)} {}

    [[nodiscard]] bool is_possible() const { return !erased_by_.empty(); }

    /// Goes on until so many pairs have passed.
    Passage go_on_to(Number passed) {
        for (; passed_ < passed; ++passed_) {
            const Number left = pair(passed_);
            group_.add(left, group_.first_right(left));
            if (passed_ >= few) {
                const Number i = passed_ - few;
                erase(group_, pair(i), erased_by_[i % erased_by_.size()]);
            }
        }
        return {passed_, ledger.balance().bytes};
    }

    std::string difference() { return group_.difference(); }

  private:
    static constexpr Number few = 4;

    /// Great numbers come early: a table that is indexed by them has its size soon.
    [[nodiscard]] Number pair(Number i) const { return group_.first_right(i); }

    Group group_;
    std::vector<Side> erased_by_;
    Number passed_ = 0;
};

/// Whether four times as many pairs take more each time, and by so much more that no bound is in sight: by
/// half at least, and by a bit for each pair.
bool rise(const std::vector<Passage>& passages) {
    std::size_t last_rise = 0;
    for (std::size_t i = 1; i < passages.size(); ++i) {
        if (passages[i].bytes <= passages[i - 1].bytes) return false;
        const std::size_t rise = passages[i].bytes - passages[i - 1].bytes;
        if (2 * rise < 3 * last_rise || 8 * rise < passages[i].passed - passages[i - 1].passed) return false;
        last_rise = rise;
    }
    return true;
}

class Watch {
  public:
    Watch(const Subject& subject, const WatchOptions& options)
        : subject_{subject},
          options_{options},
          group_{subject, std::max<Number>(options.items / 10 * 10, 10)},
          steps_{offered_steps(subject)},
          promises_{subject.promises},
          elements_per_pair_{subject.promises.elements_per_pair},
          left_behind_(steps_.size()) {}

    Watched run(const std::function<void(const Round&)>& on_round) {
        add_and_erase_one_by_one();
        if (!watched_.rebuilding.empty()) return watched_;
        ledger.open(steps_.size());
        std::vector<Balance> midway;
        for (std::size_t number = 1; number <= options_.rounds; ++number) {
            const auto round = run_round(number);
            if (!round) break;
            watched_.rounds.push_back(*round);
            if (!watched_.difference.empty()) break;
            if (number == options_.rounds / 2 + 1) midway = ledger.balances_by_maker();
            on_round(watched_.rounds.back());
        }
        judge(midway);
        group_.reset();
        if (!watched_.rising && !promises_.pools_memory) watched_.remains = sort_remains(ledger.blocks());
        if (watched_.clean()) let_new_pairs_pass();
        return watched_;
    }

  private:
    void add_and_erase_one_by_one() {
        constexpr Number enough = 160;   // to tell a square from what a small table makes of it
        constexpr Number most = 16'384;  // so that a square ends soon
        if ((options_.go_on && !options_.go_on()) || group_.count() < enough) return;
        ledger.open(1);
        watched_.rebuilding = find_rebuilding(subject_, std::min(group_.count(), most));
    }

    void let_new_pairs_pass() {
        ledger.open(1);
        Transit transit{subject_, group_.count()};
        if (!transit.is_possible() || group_.count() / 4 <= promises_.keeps_removed) return;
        std::vector<Passage> passages;
        for (const Number part : {64U, 16U, 4U, 1U}) {
            if (options_.go_on && !options_.go_on()) return;
            passages.push_back(transit.go_on_to(group_.count() / part));
        }
        if (rise(passages)) watched_.passages = std::move(passages);
        std::string found = ledger.misuse() == nullptr ? transit.difference() : ledger.misuse();
        if (!found.empty())
            watched_.difference = "after new pairs had passed through it, " + std::move(found);
    }

    std::optional<Round> run_round(std::size_t number) {
        std::chrono::steady_clock::duration elapsed{};
        for (std::size_t i = 0; i <= steps_.size() && watched_.difference.empty(); ++i) {
            if (options_.go_on && !options_.go_on()) return std::nullopt;
            const std::size_t step = i % steps_.size();  // a round ends as it began: with everything added
            const auto start = std::chrono::steady_clock::now();
            run_step(step);
            elapsed += std::chrono::steady_clock::now() - start;
            judge_step(step, number == 1 || i == steps_.size());
        }
        return Round{number, group_.size(), ledger.balance(),
                     std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)};
    }

    void run_step(std::size_t i) {
        const std::size_t before = surplus_;
        ledger.turn_to(static_cast<Maker>(i));
        steps_[i]->run(group_);
        const std::size_t contained = group_.size() * elements_per_pair();
        surplus_ = std::max(ledger.balance().elements, contained) - contained;
        left_behind_[i] += surplus_ - std::min(before, surplus_);
    }

    /// What a step does wrong the next one may heal; so in the first round each is followed by a look.
    void judge_step(std::size_t i, bool looks) {
        std::string found = ledger.misuse() == nullptr ? "" : ledger.misuse();
        if (found.empty() && looks) found = group_.difference();
        if (!found.empty()) watched_.difference = "after " + std::string{steps_[i]->name} + ", " + found;
    }

    /// As declared; or as the first step's pairs show.
    std::size_t elements_per_pair() {
        if (elements_per_pair_ == 0)
            elements_per_pair_ = std::max<std::size_t>(ledger.balance().elements / group_.count(), 2);
        return elements_per_pair_;
    }

    /// Whether so much more of it is in use after each round of the second half than after the one before.
    [[nodiscard]] bool rises(std::size_t Balance::* what) const {
        const auto& rounds = watched_.rounds;
        if (what == &Balance::elements && surplus_ <= promises_.keeps_removed * elements_per_pair_)
            return false;
        // Bytes alone may be those of nodes whose heights are drawn: a few rounds rise by chance.
        constexpr std::size_t more_than_chance = 6;
        const std::size_t first = options_.rounds / 2 + 1;
        const bool may_be_chance = what == &Balance::bytes && rounds.size() < first + more_than_chance;
        if (may_be_chance && !rises(&Balance::blocks)) return false;
        for (std::size_t i = first; i < rounds.size(); ++i)
            if (rounds[i].balance.*what <= rounds[i - 1].balance.*what) return false;
        return true;
    }

    void judge(const std::vector<Balance>& midway) {
        const auto& rounds = watched_.rounds;
        const std::size_t middle = options_.rounds / 2;
        if (rounds.size() < options_.rounds || rounds.size() - middle < 2) return;
        const auto grown = [&](std::size_t Balance::* what) {
            std::vector<std::size_t> amounts;
            const auto now = ledger.balances_by_maker();
            amounts.reserve(now.size());
            for (std::size_t i = 0; i < now.size(); ++i)
                amounts.push_back(now[i].*what - std::min(now[i].*what, midway[i].*what));
            return amounts;
        };
        for (const auto what : {&Balance::bytes, &Balance::blocks, &Balance::elements}) {
            if (watched_.rising || !rises(what)) continue;
            watched_.rising = true;
            blame(grown(what));
        }
        const Balance& first = rounds[middle].balance;
        const Balance& last = rounds.back().balance;
        const auto per_round = [&](std::size_t from, std::size_t to) {
            return (static_cast<double>(to) - static_cast<double>(from)) /
                   static_cast<double>(rounds.size() - 1 - middle);
        };
        watched_.bytes_per_round = per_round(first.bytes, last.bytes);
        watched_.blocks_per_round = per_round(first.blocks, last.blocks);
        watched_.elements_per_round = per_round(first.elements, last.elements);
    }

    void blame(const std::vector<std::size_t>& grown) {
        watched_.made_by = steps_[greatest(grown)]->name;
        const std::size_t left = greatest(left_behind_);
        watched_.left_by = left_behind_[left] > 0 ? std::string{steps_[left]->name} : watched_.made_by;
    }

    const Subject& subject_;
    WatchOptions options_;
    Group group_;
    std::vector<const Step*> steps_;
    Promises promises_;
    Watched watched_;
    std::size_t elements_per_pair_;
    std::size_t surplus_ = 0;  ///< elements alive that the map does not contain
    std::vector<std::size_t>
        left_behind_;  ///< by step: how many elements its end found in surplus that its start had not
};

}  // namespace

std::vector<std::string> steps_of(const Subject& subject) {
    std::vector<std::string> names;
    for (const Step* step : offered_steps(subject)) names.emplace_back(step->name);
    return names;
}

bool has_elements_for(const Subject& subject, Number items) {
    return subject.open()->has_elements_for(2 * items - 1);
}

Watched watch(const Subject& subject, const WatchOptions& options,
              const std::function<void(const Round&)>& on_round) {
    return Watch{subject, options}.run(on_round);
}

}  // namespace bimap::properties
