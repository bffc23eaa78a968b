// SPDX-License-Identifier: BSL-1.0
// What has a bound, and what has none, told apart.
#include "properties/growth.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bimap::properties {

namespace {

/// After so many rounds it is looked at what is in use. Where maps change places, they are back in them after
/// two rounds or three; these are multiples of six apart, and as far as tables that double grow in between.
constexpr std::array<int, 6> looked_at_after{2, 8, 32, 128, 512, 2048};
/// So many Operations, where one is patient.
constexpr std::size_t growth_may_rest_for = 512;
/// From so many rounds on it is judged how much grows, and who made it; until then, whether anything does.
constexpr int first_judged_after = 128;
/// And where enough is allocated.
constexpr int first_judged_early_after = 32;

/// Whether so much more is in use as what has no bound needs.
bool grows_without_bound(const Balance& before, const Balance& then, const Balance& now, int rounds) {
    const auto grows_so = [&](std::size_t Balance::* what) {
        const std::size_t grown = std::max(now.*what, then.*what) - then.*what;
        const std::size_t grown_by_then = std::max(then.*what, before.*what) - before.*what;
        const auto rounds_since = static_cast<std::size_t>(rounds) * 3 / 4;
        return grown >= std::max(grown_by_then * 3 / 2, rounds_since);
    };
    return grows_so(&Balance::bytes) || grows_so(&Balance::blocks);
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

void Pace::look(double steps, bool content_stays) {
    constexpr double least_rise = 1.4;
    const double rise = steps - last_;
    slows_ = slows_ && content_stays && rise >= 1 && rise >= least_rise * rise_;
    last_ = steps;
    rise_ = rise;
}

Growth::Growth(const Balance& once, const Usage& twice, std::size_t operations, bool is_patient)
    : operations_{operations},
      is_patient_{is_patient},
      last_look_{looked_at_after.end()[is_patient ? -1 : -2]},
      allocated_before_{ledger.bytes_allocated()},
      // To the byte: whatever has settled so soon stays as it is.
      goes_on_{may_rest_still(2) || twice.balance != once},
      then_{twice},
      before_then_{once} {}

bool Growth::may_rest_still(int rounds) const {
    return is_patient_ && static_cast<std::size_t>(rounds) * operations_ < growth_may_rest_for;
}

void Growth::look(const Usage& now, int rounds) {
    if (rounds == 4) goes_on_ = goes_on_ && (may_rest_still(4) || now.balance != then_.balance);
    if (std::ranges::find(looked_at_after, rounds) == looked_at_after.end()) return;
    const bool has_no_bound = grows_without_bound(before_then_, then_.balance, now.balance, rounds);
    const bool grew = rounds < first_judged_after ? grows(then_.balance, now.balance) : has_no_bound;
    goes_on_ = goes_on_ && now.has_content_of(then_) && (may_rest_still(rounds) || grew);
    is_fast_ = goes_on_ && has_no_bound && rounds >= first_judged_early_after &&
               ledger.bytes_allocated() - allocated_before_ >= enough_is_allocated;
    before_then_ = std::exchange(then_, now).balance;
    if (goes_on_) blame(rounds);
}

/// Blames whoever made most since the last look, once; later looks only confirm it.
void Growth::blame(int rounds) {
    if (verdict_.bytes != 0 || verdict_.blocks != 0) return;
    auto made_by_now = ledger.balances_by_maker();
    if (is_fast_ || rounds >= first_judged_after)
        verdict_ = greatest_growth(made_by_then_, made_by_now, rounds);
    made_by_then_ = std::move(made_by_now);
}

}  // namespace bimap::properties
