// SPDX-License-Identifier: BSL-1.0
// The steps of a round, and the judgement over the rounds.
#include "properties/watch.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "properties/text.hpp"

namespace bimap::properties {

namespace {

Operation call(Verb verb, Number first = 0, Number second = 0, Side side = Side::left) {
    Operation operation;
    operation.verb = verb;
    operation.side = side;
    operation.numbers = {first, second};
    return operation;
}

Operation construct(Verb verb, Number first = 0, Number last = 0) {
    Operation operation = call(verb, first, last);
    operation.target = Register::b;
    return operation;
}

/// A call that adds a pair.
struct Adding {
    Verb verb;
    Side side;
};

/// The first of those that the Subject offers; an adapter has one at least.
Adding adding_call(const Subject& subject) {
    for (const Verb verb : {Verb::insert, Verb::emplace, Verb::try_emplace, Verb::force})
        for (const Side side : {Side::left, Side::right})
            if (subject.offer.contains(verb, side, false)) return {verb, side};
    return {Verb::assign, subject.offer.contains(Verb::assign, Side::left, false) ? Side::left : Side::right};
}

/// A large group of pairs: left i, and a right from another order, so that no side's order tells the other's.
/// It knows which of them are in the map, and makes no call that the Subject does not permit.
class Group {
  public:
    Group(const Subject& subject, Number count)
        : needs_{subject.promises.needs},
          adding_{adding_call(subject)},
          session_{subject.open()},
          right_of_(count, nothing),
          left_of_(std::size_t{2} * count, nothing) {
        while (std::gcd(stride_, count) != 1) ++stride_;
    }

    [[nodiscard]] Number count() const { return static_cast<Number>(right_of_.size()); }
    [[nodiscard]] Number part(Number fifths) const { return count() / 5 * fifths; }
    [[nodiscard]] Number first_right(Number left) const {
        return static_cast<Number>(std::uint64_t{left} * stride_ % count());
    }
    [[nodiscard]] Number second_right(Number left) const { return count() + first_right(left); }

    /// How many are in the map.
    [[nodiscard]] Number size() const { return size_; }

    void add(Number left, Number right) {
        if (adding_.verb == Verb::force) return force(left, right);
        const std::array taken{right_of_[left] != nothing, left_of_[right] != nothing};
        if ((taken[0] || taken[1]) && needs_.fresh_keys) return;
        session_->apply(call(adding_.verb, left, right, adding_.side));
        const auto asked = static_cast<std::size_t>(adding_.side);
        if (taken[1 - asked] || (taken[asked] && adding_.verb != Verb::assign)) return;
        unlink(adding_.side == Side::left ? left : left_of_[right]);
        link(left, right);
    }

    void force(Number left, Number right) {
        session_->apply(call(Verb::force, left, right));
        unlink(left);
        unlink(left_of_[right]);
        link(left, right);
    }

    void erase_by_left(Number left) {
        if (right_of_[left] == nothing && needs_.present_keys) return;
        session_->apply(call(Verb::erase, left));
        unlink(left);
    }

    void erase_by_right_of(Number left) {
        if (right_of_[left] == nothing) return;
        session_->apply(call(Verb::erase, right_of_[left], 0, Side::right));
        unlink(left);
    }

    /// Erases the pairs of these lefts.
    void erase_if(Number first, Number last) {
        session_->apply(call(Verb::erase_if, first, last));
        for (Number left = first; left <= last; ++left) unlink(left);
    }

    void clear() {
        session_->apply(call(Verb::clear));
        for (Number left = 0; left < count(); ++left) unlink(left);
    }

    /// Makes another map of the pairs of these lefts, looks at it, and destroys it.
    void derive(Verb verb, Number first, Number last) {
        session_->apply(construct(verb, first, last));
        const std::string found = difference_in(Register::b, first, last);
        if (derived_difference_.empty() && !found.empty())
            derived_difference_ = "in what " + std::string{shape_of(verb).name} + " made, " + found;
        session_->apply(construct(Verb::empty));
    }

    /// What is otherwise than it should be, in the map or in one that was made of it; nothing, if all is
    /// well.
    std::string difference() {
        const std::string own = difference_in(Register::a, 0, count() - 1);
        return own.empty() ? derived_difference_ : own;
    }

    /// Destroys the maps.
    void reset() { session_->reset(); }

  private:
    static constexpr Number nothing = ~Number{0};

    /// What a look at a map of the pairs of these lefts shows otherwise, from both sides.
    std::string difference_in(Register which, Number first, Number last) {
        try {
            session_->look(which, 2 * count(), look_);
        } catch (const std::exception& error) {
            return std::string{"expected a look that returns, saw an exception: "} +
                   printable(error.what(), 200);
        }
        const auto belongs = [&](Number left) { return first <= left && left <= last; };
        Number size = 0;
        for (Number left = first; left <= last; ++left) size += right_of_[left] == nothing ? 0 : 1;
        for (const Side side : {Side::left, Side::right}) {
            const auto i = static_cast<std::size_t>(side);
            const std::string name{name_of(side)};
            const auto& partners = side == Side::left ? right_of_ : left_of_;
            for (Number key = 0; look_.direct.searched[i] && key < partners.size(); ++key) {
                const bool is_there = belongs(side == Side::left ? key : left_of_[key]);
                const Number partner = is_there ? partners[key] : nothing;
                if (look_.direct.found[i][key].value_or(nothing) != partner)
                    return expected_but_saw("for " + name + ' ' + std::to_string(key), partner,
                                            look_.direct.found[i][key]);
            }
            if (look_.direct.walked[i] && !shows_each_once(look_.direct.order[i], size, belongs))
                return "expected each pair once on the way along the " + name + ", saw others";
        }
        if (look_.direct.size.value_or(size) != size)
            return expected_but_saw("as the size", size, static_cast<Number>(*look_.direct.size));
        return {};
    }

    template <class Belongs>
    [[nodiscard]] bool shows_each_once(Pairs shown, Number size, const Belongs& belongs) const {
        std::sort(shown.begin(), shown.end());
        return shown.size() == size && std::adjacent_find(shown.begin(), shown.end()) == shown.end() &&
               std::all_of(shown.begin(), shown.end(), [&](const Pair& pair) {
                   return belongs(pair.left) && right_of_[pair.left] == pair.right;
               });
    }

    static std::string expected_but_saw(const std::string& what, Number expected,
                                        std::optional<Number> seen) {
        const auto show = [](Number number) {
            return number == nothing ? "nothing" : std::to_string(number);
        };
        return "expected " + show(expected) + ' ' + what + ", saw " + show(seen.value_or(nothing));
    }

    void link(Number left, Number right) {
        right_of_[left] = right;
        left_of_[right] = left;
        ++size_;
    }

    void unlink(Number left) {
        if (left == nothing || right_of_[left] == nothing) return;
        left_of_[std::exchange(right_of_[left], nothing)] = nothing;
        --size_;
    }

    Preconditions needs_;
    Adding adding_;
    std::unique_ptr<Session> session_;
    Number stride_ = 7919;
    std::vector<Number> right_of_;
    std::vector<Number> left_of_;
    Number size_ = 0;
    std::string derived_difference_;
    Look look_;
};

/// One kind of work on a large group.
struct Step {
    std::string_view name;
    Verb verb;  ///< what the Subject has to offer for it
    Side side;
    void (*run)(Group& group);
    bool is_refused = false;  ///< it needs a map that keeps what it has
};

const std::array<Step, 10> steps{{
    {"add", Verb::insert, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.count(); ++i) group.add(i, group.first_right(i));
     }},
    {"add again", Verb::insert, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.part(1); ++i) group.add(i, group.second_right(i));
     },
     true},
    {"overwrite", Verb::force, Side::left,
     [](Group& group) {
         for (Number i = 0; i < group.count(); ++i) group.force(i, group.second_right(i));
     }},
    {"overwrite across", Verb::force, Side::left,
     [](Group& group) {
         for (Number i = 0; i + 1 < group.part(1); i += 2) group.force(i, group.second_right(i + 1));
     }},
    {"remove by left", Verb::erase, Side::left,
     [](Group& group) {
         for (Number i = group.part(1); i < group.part(2); ++i) group.erase_by_left(i);
     }},
    {"remove by right", Verb::erase, Side::right,
     [](Group& group) {
         for (Number i = group.part(2); i < group.part(3); ++i) group.erase_by_right_of(i);
     }},
    {"filter", Verb::filter, Side::left,
     [](Group& group) { group.derive(Verb::filter, group.part(3), group.part(4)); }},
    {"copy", Verb::copy, Side::left, [](Group& group) { group.derive(Verb::copy, 0, group.count() - 1); }},
    {"remove by predicate", Verb::erase_if, Side::left,
     [](Group& group) { group.erase_if(group.part(3), group.part(4) - 1); }},
    {"clear", Verb::clear, Side::left, [](Group& group) { group.clear(); }},
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

class Watch {
  public:
    Watch(const Subject& subject, const WatchOptions& options)
        : options_{options},
          group_{subject, std::max<Number>(options.items / 10 * 10, 10)},
          steps_{offered_steps(subject)},
          promises_{subject.promises},
          elements_per_pair_{subject.promises.elements_per_pair},
          left_behind_(steps_.size()) {}

    Watched run(const std::function<void(const Round&)>& on_round) {
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
        return watched_;
    }

  private:
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
        for (std::size_t i = options_.rounds / 2 + 1; i < rounds.size(); ++i)
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
