// SPDX-License-Identifier: BSL-1.0
// The benchmark's program: measures, or checks that all peers agree, or walks for callgrind.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bimap/benchmarks/peer.hpp"
#include "bimap/benchmarks/planted.hpp"

namespace {

using namespace bimap::benchmarks;

constexpr unsigned agreement_operations = 20'000;

int usage(std::FILE* out) {
    std::fputs(
        "usage: bimap-bench [--sizes=N,N...] [--operations=N] [--benchmark_...]   measure\n"
        "       bimap-bench --agree                                   check that all peers agree\n"
        "       bimap-bench --walk=PEER,SIZE,FINDS,hit|miss           only find, for callgrind\n",
        out);
    return out == stdout ? 0 : 2;
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == ',') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

/// A number from 1 on; 0 if it is none.
std::size_t number_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

/// No two peers may turn out to be the same type.
int confused_peers() {
    int confused = 0;
    for (std::size_t i = 0; i != peers().size(); ++i) {
        for (std::size_t k = 0; k != i; ++k) {
            if (peers()[i].type != peers()[k].type) continue;
            std::printf("%s is %s\n", peers()[i].name.c_str(), peers()[k].name.c_str());
            ++confused;
        }
    }
    return confused;
}

/// Every peer must do as the list of pairs does, and every planted fault must be seen.
int agree() {
    int wrong = confused_peers();
    for (const Peer& peer : peers()) {
        const std::string difference = peer.difference(agreement_operations);
        std::printf("%-28s %-7s %s\n", peer.name.c_str(), peer.pair.c_str(),
                    difference.empty() ? "agrees" : difference.c_str());
        wrong += !difference.empty();
    }
    for (const Peer& fault : planted_faults()) {
        const bool seen = !fault.difference(agreement_operations).empty();
        std::printf("planted: %-26s %s\n", fault.name.c_str(), seen ? "seen" : "NOT SEEN");
        wrong += !seen;
    }
    return wrong == 0 ? 0 : 1;
}

int walk_for_callgrind(std::string_view text) {
    const auto parts = parts_of(text);
    if (parts.size() != 4) return usage(stderr);
    const std::size_t size = number_in(parts[1]);
    const std::size_t finds = number_in(parts[2]);
    if (size == 0 || finds == 0 || (parts[3] != "hit" && parts[3] != "miss")) return usage(stderr);
    for (const Peer& peer : peers()) {
        if (peer.name != parts[0] || peer.pair != "u64") continue;
        peer.walk(size, finds, parts[3] == "hit");
        return 0;
    }
    std::fprintf(stderr, "bimap-bench: no peer is called %s\n", parts[0].c_str());
    return 2;
}

/// Freed memory stays in the process: what the kernel takes for fresh pages would be measured with whoever
/// happens to come first.
void keep_memory() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, -1);
}

int measure(int count, char** arguments, const Extent& extent) {
    keep_memory();
    for (const Peer& peer : peers()) peer.register_all(peer, extent);
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    Extent extent{{1'000}, 100'000};
    std::vector<char*> others{arguments[0]};
    for (int i = 1; i != count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help") return usage(stdout);
        if (argument == "--agree") return agree();
        if (argument.starts_with("--walk=")) return walk_for_callgrind(argument.substr(7));
        if (argument.starts_with("--sizes=")) {
            extent.sizes.clear();
            for (const std::string& size : parts_of(argument.substr(8)))
                extent.sizes.push_back(number_in(size));
        } else if (argument.starts_with("--operations=")) {
            extent.operations = number_in(argument.substr(13));
        } else {
            others.push_back(arguments[i]);
        }
    }
    for (const std::size_t size : extent.sizes)
        if (size < 200) return usage(stderr);
    if (extent.operations == 0) return usage(stderr);
    return measure(static_cast<int>(others.size()), others.data(), extent);
}
