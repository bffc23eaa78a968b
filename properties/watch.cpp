// SPDX-License-Identifier: BSL-1.0
// The steps of a round, and the judgement over the rounds.
#include "properties/watch.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>

namespace bimap::properties {

namespace {

/// The pairs of a watch: left i, and a right from another order, so that no side's order tells the other's.
class Items {
  public:
    explicit Items(Number count) : count_{count} {
        while (std::gcd(stride_, count_) != 1) ++stride_;
    }
    [[nodiscard]] Number count() const { return count_; }
    [[nodiscard]] Number part(Number fifths) const { return count_ / 5 * fifths; }
    [[nodiscard]] Number first_right(Number left) const {
        return static_cast<Number>(std::uint64_t{left} * stride_ % count_);
    }
    [[nodiscard]] Number second_right(Number left) const { return count_ + first_right(left); }

  private:
    Number count_;
    Number stride_ = 7919;
};

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

/// One kind of work on a large group, and how many items are in the map afterwards.
struct Step {
    std::string_view name;
    Verb verb;
    Side side;
    void (*run)(Session& session, const Items& items);
    Number (*items_after)(const Items& items);
};

Number all_items(const Items& items) { return items.count(); }
Number without(const Items& items, Number fifths) {
    return items.count() - items.part(1) / 2 - items.part(fifths);
}

Number tenth_pairs(const Items& items) { return items.part(1) / 2; }

const std::array<Step, 10> steps{{
    {"add", Verb::insert, Side::left,
     [](Session& session, const Items& items) {
         for (Number i = 0; i < items.count(); ++i)
             session.apply(call(Verb::insert, i, items.first_right(i)));
     },
     all_items},
    {"add again", Verb::insert, Side::left,
     [](Session& session, const Items& items) {
         for (Number i = 0; i < items.part(1); ++i)
             session.apply(call(Verb::insert, i, items.second_right(i)));
     },
     all_items},
    {"overwrite", Verb::force, Side::left,
     [](Session& session, const Items& items) {
         for (Number i = 0; i < items.count(); ++i)
             session.apply(call(Verb::force, i, items.second_right(i)));
     },
     all_items},
    {"overwrite across", Verb::force, Side::left,
     [](Session& session, const Items& items) {
         for (Number i = 0; i < tenth_pairs(items); ++i)
             session.apply(call(Verb::force, 2 * i, items.second_right(2 * i + 1)));
     },
     [](const Items& items) { return without(items, 0); }},
    {"remove by left", Verb::erase, Side::left,
     [](Session& session, const Items& items) {
         for (Number i = items.part(1); i < items.part(2); ++i) session.apply(call(Verb::erase, i));
     },
     [](const Items& items) { return without(items, 1); }},
    {"remove by right", Verb::erase, Side::right,
     [](Session& session, const Items& items) {
         for (Number i = items.part(2); i < items.part(3); ++i)
             session.apply(call(Verb::erase, items.second_right(i), 0, Side::right));
     },
     [](const Items& items) { return without(items, 2); }},
    {"filter", Verb::filter, Side::left,
     [](Session& session, const Items& items) {
         session.apply(construct(Verb::filter, items.part(3), items.part(4)));
         session.apply(construct(Verb::empty));
     },
     [](const Items& items) { return without(items, 2); }},
    {"copy", Verb::copy, Side::left,
     [](Session& session, const Items&) {
         session.apply(construct(Verb::copy));
         session.apply(construct(Verb::empty));
     },
     [](const Items& items) { return without(items, 2); }},
    {"remove by predicate", Verb::erase_if, Side::left,
     [](Session& session, const Items& items) {
         session.apply(call(Verb::erase_if, items.part(3), items.part(4) - 1));
     },
     [](const Items& items) { return without(items, 3); }},
    {"clear", Verb::clear, Side::left,
     [](Session& session, const Items&) { session.apply(call(Verb::clear)); },
     [](const Items&) { return Number{0}; }},
}};

std::vector<const Step*> offered_steps(const Subject& subject) {
    std::vector<const Step*> offered;
    for (const Step& step : steps)
        if (subject.offer.contains(step.verb, step.side, false)) offered.push_back(&step);
    return offered;
}

using Bytes = std::vector<std::size_t>;

Bytes bytes_by_maker(std::size_t makers) {
    Bytes bytes(makers);
    for (const Block& block : ledger.blocks()) bytes[block.maker] += block.size;
    return bytes;
}

class Watch {
  public:
    Watch(const Subject& subject, const WatchOptions& options)
        : subject_{subject},
          options_{options},
          items_{std::max<Number>(options.items / 10 * 10, 10)},
          steps_{offered_steps(subject)},
          session_{subject.open()},
          left_behind_(steps_.size()) {}

    Watched run(const std::function<bool(const Round&)>& on_round) {
        ledger.open(steps_.size());
        Bytes midway;
        for (std::size_t number = 1; number <= options_.rounds; ++number) {
            const auto round = run_round(number);
            if (!round) break;
            watched_.rounds.push_back(*round);
            if (number == options_.rounds / 2 + 1) midway = bytes_by_maker(steps_.size());
            if (!on_round(watched_.rounds.back())) break;
        }
        judge(midway);
        session_->reset();
        if (!watched_.rising) watched_.remains = sort_remains(ledger.blocks());
        return watched_;
    }

  private:
    std::optional<Round> run_round(std::size_t number) {
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i <= steps_.size(); ++i) {
            if (options_.go_on && !options_.go_on()) return std::nullopt;
            run_step(i % steps_.size());  // a round ends as it began: with everything added
        }
        const auto elapsed = std::chrono::steady_clock::now() - start;
        return Round{number, items_.count(), ledger.balance(),
                     std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)};
    }

    void run_step(std::size_t i) {
        const std::size_t before = surplus_;
        ledger.turn_to(static_cast<Maker>(i));
        steps_[i]->run(*session_, items_);
        const std::size_t contained = std::size_t{steps_[i]->items_after(items_)} * elements_per_pair();
        surplus_ = std::max(ledger.balance().elements, contained) - contained;
        left_behind_[i] += surplus_ - std::min(before, surplus_);
    }

    /// As declared; or as the first step's pairs show.
    std::size_t elements_per_pair() {
        if (elements_per_pair_ == 0)
            elements_per_pair_ = std::max<std::size_t>(ledger.balance().elements / items_.count(), 2);
        return elements_per_pair_;
    }

    /// Rising: more bytes or blocks after each round of the second half than after the round before it.
    void judge(const Bytes& midway) {
        const auto& rounds = watched_.rounds;
        const std::size_t middle = options_.rounds / 2;
        if (rounds.size() < options_.rounds || rounds.size() - middle < 2) return;
        watched_.rising = true;
        for (std::size_t i = middle + 1; i < rounds.size(); ++i)
            if (rounds[i].balance.bytes <= rounds[i - 1].balance.bytes) watched_.rising = false;
        if (!watched_.rising) return;
        const Balance& first = rounds[middle].balance;
        const Balance& last = rounds.back().balance;
        const auto per_round = [&](std::size_t from, std::size_t to) {
            return (static_cast<double>(to) - static_cast<double>(from)) /
                   static_cast<double>(rounds.size() - 1 - middle);
        };
        watched_.bytes_per_round = per_round(first.bytes, last.bytes);
        watched_.blocks_per_round = per_round(first.blocks, last.blocks);
        watched_.elements_per_round = per_round(first.elements, last.elements);
        blame(midway);
    }

    void blame(const Bytes& midway) {
        Bytes grown = bytes_by_maker(steps_.size());
        for (std::size_t i = 0; i < grown.size(); ++i) grown[i] -= std::min(grown[i], midway[i]);
        const auto most = [](const Bytes& amounts) {
            return static_cast<std::size_t>(std::max_element(amounts.begin(), amounts.end()) -
                                            amounts.begin());
        };
        watched_.made_by = steps_[most(grown)]->name;
        const std::size_t left = most(left_behind_);
        watched_.left_by = left_behind_[left] > 0 ? std::string{steps_[left]->name} : watched_.made_by;
    }

    const Subject& subject_;
    WatchOptions options_;
    Items items_;
    std::vector<const Step*> steps_;
    std::unique_ptr<Session> session_;
    Watched watched_;
    std::size_t elements_per_pair_ = subject_.promises.elements_per_pair;
    std::size_t surplus_ = 0;  ///< elements alive that the map does not contain
    Bytes left_behind_;        ///< by step: how many elements its end found in surplus that its start had not
};

}  // namespace

std::vector<std::string> steps_of(const Subject& subject) {
    std::vector<std::string> names;
    for (const Step* step : offered_steps(subject)) names.emplace_back(step->name);
    return names;
}

Watched watch(const Subject& subject, const WatchOptions& options,
              const std::function<bool(const Round&)>& on_round) {
    return Watch{subject, options}.run(on_round);
}

}  // namespace bimap::properties
