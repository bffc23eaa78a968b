// SPDX-License-Identifier: BSL-1.0
// Counting calls and meetings.
#include "properties/distribution.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <numeric>

#include "properties/model.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

constexpr std::array<const char*, meeting_count> meeting_names{"fresh", "left taken", "right taken",
                                                               "same pair", "cross"};

Meeting meeting_of(const Model& model, Pair pair) {
    const bool left = model.partner(Side::left, pair.left).has_value();
    const bool right = model.partner(Side::right, pair.right).has_value();
    if (model.contains(pair)) return Meeting::same_pair;
    if (left && right) return Meeting::cross;
    return left ? Meeting::left_taken : right ? Meeting::right_taken : Meeting::fresh;
}

/// One entry for each call that is offered, in the order of the vocabulary.
Distribution nothing_of(const Subject& subject) {
    Distribution distribution;
    for (std::size_t verb = 0; verb < verb_count; ++verb)
        for (const Side side : {Side::left, Side::right})
            for (const bool inverse : {false, true}) {
                CallCount entry;
                entry.call.verb = static_cast<Verb>(verb);
                entry.call.side = side;
                entry.call.inverse = inverse;
                if (subject.offer.contains(entry.call)) distribution.push_back(entry);
            }
    return distribution;
}

CallCount& entry_of(Distribution& distribution, const Operation& operation) {
    return *std::find_if(distribution.begin(), distribution.end(), [&](const CallCount& entry) {
        return entry.call.verb == operation.verb && entry.call.side == operation.side &&
               entry.call.inverse == operation.inverse;
    });
}

void count(CallCount& entry, const Operation& operation, const Models& models) {
    ++entry.calls;
    entry.faulted += is_faulted(operation);
    entry.referring += std::count(operation.passing.begin(), operation.passing.end(), Passing::own) != 0;
    if (!is_insertion(operation.verb)) return;
    const Meeting meeting = meeting_of(models[index_of(operation.target)], offered_pair(operation));
    ++entry.meetings[static_cast<std::size_t>(meeting)];
}

std::string call_of(const Operation& call) {
    return (call.inverse ? "inverse." : "") + name_of(call.verb, call.side);
}

std::uint64_t calls_in(const Distribution& distribution) {
    return std::accumulate(distribution.begin(), distribution.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const CallCount& entry) { return sum + entry.calls; });
}

double share_of(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent(double share) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%.2f %%", 100 * share);
    return text.data();
}

std::string padded(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

}  // namespace

Distribution distribution_of(const Subject& subject, std::uint64_t programs,
                             const std::function<Program()>& draw) {
    Distribution distribution = nothing_of(subject);
    for (std::uint64_t i = 0; i < programs; ++i) {
        Models models;
        for (const Operation& operation : draw()) {
            count(entry_of(distribution, operation), operation, models);
            expect(models, operation, {}, subject.promises.order);
        }
    }
    return distribution;
}

std::vector<std::string> starved(const Distribution& distribution, double least_share, double least_meeting) {
    std::vector<std::string> lines;
    const std::uint64_t all = calls_in(distribution);
    for (const CallCount& entry : distribution) {
        const double share = share_of(entry.calls, all);
        if (share < least_share)
            lines.push_back(call_of(entry.call) + " is " + percent(share) + " of all calls");
        for (std::size_t i = 0; is_insertion(entry.call.verb) && i < meeting_count; ++i)
            if (const double met = share_of(entry.meetings[i], entry.calls); met < least_meeting)
                lines.push_back(call_of(entry.call) + " meets '" + meeting_names[i] + "' in " + percent(met));
    }
    return lines;
}

std::string print(const Distribution& distribution) {
    const std::uint64_t all = calls_in(distribution);
    std::string text =
        padded("call", 28) + padded("share", 10) + padded("faulted", 10) + padded("referring", 11);
    for (const char* const name : meeting_names) text += padded(name, 13);
    text += '\n';
    for (const CallCount& entry : distribution) {
        text += padded(call_of(entry.call), 28) + padded(percent(share_of(entry.calls, all)), 10) +
                padded(percent(share_of(entry.faulted, entry.calls)), 10) +
                padded(percent(share_of(entry.referring, entry.calls)), 11);
        for (const std::uint64_t met : entry.meetings)
            text += is_insertion(entry.call.verb) ? padded(percent(share_of(met, entry.calls)), 13) : "";
        text += '\n';
    }
    return text;
}

}  // namespace bimap::properties
