// SPDX-License-Identifier: BSL-1.0
// What the result of a call says, as an Answer: whether a pair was inserted or erased, what was evicted, and
// where a returned iterator points. What a result does not say, the Answer does not claim.
#pragma once

#include <concepts>
#include <type_traits>

#include "properties/answer.hpp"
#include "properties/flank.hpp"
#include "properties/reading.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties::driving {

/// Notes evicted pairs, in room that is there already: it allocates nothing and throws nothing.
template <class L, class R>
class Sink {
  public:
    explicit Sink(Answer& answer) : noted_{&answer.pairs.emplace()} { noted_->reserve(most_pairs); }
    void operator()(const auto& pair) const {
        note(*noted_, {Element<L>::number(pair.first), Element<R>::number(pair.second)});
    }

  private:
    Pairs* noted_;
};

/// A number, or whether.
template <class Result>
void read_value(const Result& result, Answer& answer) {
    if constexpr (std::convertible_to<Result, std::size_t>)
        answer.value = static_cast<Number>(static_cast<std::size_t>(result));
    else if constexpr (std::is_constructible_v<bool, const Result&>)
        answer.value = static_cast<bool>(result) ? 1 : 0;
}

/// How many pairs of a group came. Whether does not tell, for maps mean different things by it.
template <class Result>
void read_count(const Result& result, Answer& answer) {
    if constexpr (requires { result.inserted; })
        read_count(result.inserted, answer);
    else if constexpr (std::integral<Result> && !std::same_as<Result, bool>)
        answer.value = static_cast<Number>(result);
}

/// Where an iterator points that a call returned. It has to lead on from there, too.
template <class OfFlank, class Iterator>
Pair position_of_returned(OfFlank flank, const Iterator& it) {
    if constexpr (OfFlank::template goes_on<Iterator>())
        if (flank.strays(it))
            ledger.note_misuse(
                "the iterator that was returned leads on otherwise than one that walked there");
    return flank.position(it);
}

/// The same; anything else says nothing.
template <class OfFlank, class Result>
void read_position(OfFlank flank, const Result& result, Answer& answer) {
    if constexpr (IteratorOf<Result, OfFlank>) answer.position = position_of_returned(flank, result);
}

/// What an insertion says by its result alone. The end, or a null pointer, refuses; an iterator elsewhere
/// shows where the pair is, or what is in its way. A number, a reference or an optional says nothing: maps
/// mean different things by it.
template <class OfFlank, class Result>
void read_whether_inserted(OfFlank flank, const Result& result, Answer& answer) {
    if constexpr (std::same_as<Result, bool>) {
        answer.value = result ? 1 : 0;
    } else if constexpr (IteratorOf<Result, OfFlank>) {
        const Pair where = position_of_returned(flank, result);
        if (where == end_position)
            answer.value = 0;
        else
            answer.position = where;
    } else if constexpr (std::is_pointer_v<Result>) {
        if (result == nullptr) answer.value = 0;
    } else if constexpr (std::is_class_v<Result> && std::is_constructible_v<bool, const Result&> &&
                         !reading::Holder<const Result&>) {
        answer.value = static_cast<bool>(result) ? 1 : 0;
    }
}

template <class OfFlank, class Result>
void read_evicted(OfFlank flank, const Result& result, Answer& answer) {
    const auto note = [&](const auto& pair) {
        answer.pairs->push_back(flank.pair_of(pair.first, pair.second));
    };
    if constexpr (requires { result.evicted_left; }) {
        answer.pairs.emplace();
        if (result.evicted_left) note(*result.evicted_left);
        if (result.evicted_right) note(*result.evicted_right);
    } else if constexpr (requires { result.evicted; }) {
        answer.pairs.emplace();
        for (const auto& pair : result.evicted) note(pair);
    }
}

/// What an insertion says; the flank is the one whose pairs and positions it shows.
template <class OfFlank, class Result>
void read_insertion(OfFlank flank, const Result& result, Answer& answer) {
    if constexpr (requires { result.inserted; })
        answer.value = result.inserted ? 1 : 0;
    else if constexpr (reading::SaysInsertedSecond<Result>)
        answer.value = result.second ? 1 : 0;
    else
        read_whether_inserted(flank, result, answer);
    read_evicted(flank, result, answer);
    if constexpr (requires { flank.position(result.position); })
        answer.position = position_of_returned(flank, result.position);
    else if constexpr (reading::SaysInsertedSecond<Result>)
        read_position(flank, result.first, answer);
}

/// What an erasure by the key of this number says: whether, or how many, or the partner that went.
template <class OfFlank, class Result>
void read_erased(OfFlank flank, Number key, const Result& result, Answer& answer) {
    using Partner = typename OfFlank::Partner;
    if constexpr (IteratorOf<Result, OfFlank>) {
        return;  // the next pair, or the same; maps differ
    } else if constexpr (reading::Holder<const Result&>) {
        answer.value = static_cast<bool>(result) ? 1 : 0;
        if constexpr (reading::Shows<decltype(*result), Partner>) {
            answer.pairs.emplace();
            if (result)
                answer.pairs->push_back(
                    flank.position_of(key, Element<Partner>::number(static_cast<const Partner&>(*result))));
        }
    } else {
        read_value(result, answer);
    }
}

}  // namespace bimap::properties::driving
