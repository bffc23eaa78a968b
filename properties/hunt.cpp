// SPDX-License-Identifier: BSL-1.0
// The loop of a hunt.
#include "properties/hunt.hpp"

#include "properties/generate.hpp"

namespace bimap::properties {

void draw(const Subject& subject, const HuntOptions& options, const std::function<bool(Program&&)>& use,
          const std::function<void(const HuntProgress&)>& on_second, HuntProgress& progress) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    auto next_report = start + std::chrono::seconds{1};
    Random random{options.seed};
    bool goes_on = true;
    for (progress = {}; goes_on && progress.programs < options.programs; ++progress.programs) {
        const auto now = Clock::now();
        progress.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start);
        if (progress.elapsed >= options.time) break;
        if (now >= next_report) {
            on_second(progress);
            next_report = now + std::chrono::seconds{1};
        }
        Program program = generate(random, subject, options.longest);
        progress.operations += program.size();
        goes_on = use(std::move(program));
    }
}

std::optional<Catch> hunt(const Subject& subject, const HuntOptions& options,
                          const std::function<Verdict(const Program&)>& check,
                          const std::function<void(const HuntProgress&)>& on_second, HuntProgress& progress) {
    std::optional<Catch> first;
    const auto use = [&](Program&& program) {
        Verdict verdict = check(program);
        if (verdict.holds()) return true;
        first = Catch{std::move(program), std::move(verdict)};
        return false;
    };
    draw(subject, options, use, on_second, progress);
    return first;
}

}  // namespace bimap::properties
