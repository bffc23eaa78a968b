// SPDX-License-Identifier: BSL-1.0
// The command `watch`: large groups, and the memory.
#include "properties/watch.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fuzz/tool/commands.hpp"
#include "fuzz/tool/naming.hpp"
#include "fuzz/tool/telling.hpp"
#include "properties/child_process.hpp"
#include "properties/report.hpp"

namespace bimap::tool {

using namespace bimap::properties;

namespace {

void print_round(const Round& round) {
    std::printf("%5zu %9u %10zu %9zu %12zu %10.1f %7lld\n", round.number, round.items, round.balance.elements,
                round.balance.blocks, round.balance.bytes,
                static_cast<double>(round.balance.bytes) / static_cast<double>(round.items),
                static_cast<long long>(round.elapsed.count()));
    std::fflush(stdout);
}

int judge_watch(const Watched& watched, const std::vector<std::string>& steps) {
    if (interruption::seen)
        std::printf("interrupted in round %zu; too early to say whether memory rises\n",
                    watched.rounds.size() + 1);
    if (!watched.rebuilding.empty()) std::printf("rebuilds: %s\n", watched.rebuilding.c_str());
    if (!watched.difference.empty())
        std::printf("diverges after round %zu: %s\n", watched.rounds.size(), watched.difference.c_str());
    if (watched.rising) {
        std::printf(
            "rising: content constant, and %.0f bytes more in every round (%.0f blocks, %.0f elements)\n",
            watched.bytes_per_round, watched.blocks_per_round, watched.elements_per_round);
        std::printf("made by: %s; left behind by: %s\n", watched.made_by.c_str(), watched.left_by.c_str());
    }
    for (const Remains& remains : watched.remains)
        std::printf("%s: %s (%s) outlived the map, made by: %s\n", std::string{name_of(remains.kind)}.c_str(),
                    amount(remains.blocks, "block").c_str(), amount(remains.bytes, "byte").c_str(),
                    steps[remains.maker].c_str());
    if (!watched.passages.empty()) {
        std::printf("rising: a few pairs in it at any time, and more memory the more new ones have passed:");
        for (const Passage& passage : watched.passages)
            std::printf("%s %zu bytes after %u", &passage == watched.passages.data() ? "" : ",",
                        passage.bytes, passage.passed);
        std::printf("\n");
    }
    if (!watched.clean()) return unless_interrupted(something_found);
    if (!interruption::seen) std::printf("clean\n");
    return unless_interrupted(nothing_found);
}

/// How many steps have begun.
using StepsBegun = SharedWithChildren<std::atomic<std::size_t>>;

int watch_here(const Subject& subject, const std::vector<std::string>& steps, WatchOptions options,
               const StepsBegun& begun) {
    std::printf("each round:");
    for (const std::string& step : steps) std::printf(" %s,", step.c_str());
    std::printf(" %s\n%5s %9s %10s %9s %12s %10s %7s\n", steps.front().c_str(), "round", "items", "elements",
                "blocks", "bytes", "bytes/item", "ms");
    std::fflush(stdout);
    options.go_on = [&begun] {
        ++*begun;
        return !interruption::seen;
    };
    const auto watched = bimap::properties::watch(subject, options, print_round);
    return judge_watch(watched, steps);
}

/// The step that was begun last, of a round that ends as it begins, with the first of its steps.
std::string last_step(std::size_t begun, const std::vector<std::string>& steps, std::size_t rounds) {
    constexpr std::size_t ahead = 1;
    if (begun <= ahead) return "adding and erasing one by one";
    const std::size_t nth = begun - ahead - 1;
    const std::size_t round = nth / (steps.size() + 1);
    if (round >= rounds) return "new pairs pass through";
    return steps[nth % (steps.size() + 1) % steps.size()] + " in round " + std::to_string(round + 1);
}

/// Watches in a child process, for the map may die of it, or never end. An interruption is handed on once,
/// whoever it was sent to.
int watch_apart(const Subject& subject, const Arguments& arguments) {
    const auto steps = steps_of(subject);
    WatchOptions options = arguments.watch;
    while (options.items >= fewest_watched && !has_elements_for(subject, options.items)) options.items /= 2;
    if (options.items < fewest_watched)
        throw BadInput{subject.name + ": its elements have too few values for so many items"};
    std::printf("watching %s\n", subject.name.c_str());
    if (options.items < arguments.watch.items)
        std::printf("%u items, for its elements have too few values for more\n", options.items);
    std::fflush(stdout);
    const StepsBegun begun;
    const pid_t child = fork_child();
    if (child == 0) {
        setpgid(0, 0);
        const int status = watch_here(subject, steps, options, begun);
        std::exit(is_told() ? status : bad_input);  // the other subjects are the parent's
    }
    ChildClock clock{child};
    std::optional<int> status;
    std::size_t seen = 0;
    for (bool handed_on = false; !(status = end_of(child));) {
        if (interruption::seen && !std::exchange(handed_on, true)) kill(child, interruption::by);
        clock.tick();
        if (std::exchange(seen, *begun) != seen) clock.begin_anew();
        if (clock.spent() > std::chrono::duration<double>{arguments.step_patience}) {
            put_down(child);
            std::printf("hangs: %s did not end within %g s of work\n",
                        last_step(seen, steps, options.rounds).c_str(), arguments.step_patience);
            return something_found;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    if (WIFEXITED(*status)) return WEXITSTATUS(*status);
    std::printf("crashes: %s, in %s\n", cause_of_death(*status).c_str(),
                last_step(*begun, steps, options.rounds).c_str());
    return something_found;
}

}  // namespace

int watch(const Arguments& arguments) {
    for (const Subject* const subject : subjects_named(arguments.subject))
        if (const int status = watch_apart(*subject, arguments)) return status;
    return nothing_found;
}

}  // namespace bimap::tool
