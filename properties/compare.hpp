// SPDX-License-Identifier: BSL-1.0
// What a map answers and shows, compared with what the Model says of it: functions of values, which say what
// differs in words. They call no map.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "properties/answer.hpp"
#include "properties/model.hpp"
#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

inline Finding diverges(Verdict::Aspect aspect, std::string expected, std::string seen) {
    return Verdict{.kind = Verdict::Kind::diverges,
                   .aspect = aspect,
                   .expected = std::move(expected),
                   .seen = std::move(seen)};
}

std::string in_words(const Pair& pair);
std::string in_words(const Pairs& pairs);
/// How a call ended; `what` is of the exception, if it threw one.
std::string in_words(Answer::Ending ending, const std::string& what);
/// What the map under test says, as far as a Verdict quotes it.
std::string quoted(std::string_view its_words);

/// Of two Answers, whatever both of them claim; and of the one that was `seen`, what became of its arguments.
Finding compare_answers(const Operation& operation, const Answer& expected, const Answer& seen,
                        const Promises& promises);

/// One face of a map: its pairs in the order of each side, its partners key by key, and its sizes.
Finding compare_face(const Look::Face& face, const Model& model, const Orders& orders);

/// Two looks at one map between which no pair was made anew: whether each element stayed in its place.
Finding compare_places(const Look::Face& before, const Look::Face& now);

/// A pair from which an element was moved away, which no lookup leads to: whatever else is open, it is none
/// that a map holds.
Finding find_emptied(const Pairs& shown);

/// The pairs that a look showed, in the order of each side that can be walked along; and where none can, as
/// they were found by key.
std::array<Pairs, 2> shown_pairs(const Look::Face& face);

}  // namespace bimap::properties
