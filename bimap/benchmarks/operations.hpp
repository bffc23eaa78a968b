// SPDX-License-Identifier: BSL-1.0
// What is measured, written once for every peer: each function is one operation over a whole sample.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "bimap/benchmarks/allocations.hpp"
#include "bimap/benchmarks/keys.hpp"
#include "bimap/benchmarks/stopwatch.hpp"

namespace bimap::benchmarks {

/// The operations on one type of peer. Every one of them ends with a check, so that a peer that does nothing
/// does not win.
template <class Peer>
class Operations {
    using Left = typename Peer::Left;
    using Right = typename Peer::Right;
    using Data = Sample<Left>;
    using State = benchmark::State;

    static constexpr std::size_t range_length = 100;

  public:
    static constexpr bool is_ordered =
        requires(const Peer& peer, const Left& left, void visit(const Left&, const Right&)) {
            peer.for_range(left, 1, visit);
        };

    /// Calls `add` with the name of each operation and the function that measures it.
    template <class Add>
    static void each(Add add) {
        add("insert", [](State& state, const Data& data) { insert(state, data, false); });
        add("insert_reserved", [](State& state, const Data& data) { insert(state, data, true); });
        add("bulk_build", bulk_build);
        add("find_left_hit", [](State& state, const Data& data) { find_left(state, data, true); });
        add("find_right_hit", [](State& state, const Data& data) { find_right(state, data, true); });
        add("find_left_miss", [](State& state, const Data& data) { find_left(state, data, false); });
        add("find_right_miss", [](State& state, const Data& data) { find_right(state, data, false); });
        add("find_left_hit_chained", [](State& state, const Data& data) { chain_left(state, data, true); });
        add("find_right_hit_chained", [](State& state, const Data& data) { chain_right(state, data, true); });
        add("find_left_miss_chained", [](State& state, const Data& data) { chain_left(state, data, false); });
        add("find_right_miss_chained",
            [](State& state, const Data& data) { chain_right(state, data, false); });
        add("erase_left", erase_left);
        add("erase_right", erase_right);
        add("overwrite", overwrite);
        add("churn", churn);
        add("iterate", iterate);
        add("iterate_half_erased", iterate_half_erased);
        if constexpr (is_ordered) add("range", range);
        add("copy", copy);
        add("clear", clear);
        add("destroy", destroy);
    }

  private:
    static Peer filled(const Data& data) {
        Peer peer;
        for (const auto& [left, right] : data.pairs) peer.insert(left, right);
        return peer;
    }

    /// A filled map for operations that change nothing; the last one is kept.
    static const Peer& kept(const Data& data) {
        static std::optional<Peer> peer;
        if (!peer || peer->size() != data.size()) {
            peer.reset();
            peer.emplace(filled(data));
        }
        return *peer;
    }

    static void expect(State& state, bool right) {
        if (!right) state.SkipWithError("the answer is wrong");
    }

    /// Tells how many operations one iteration was, for whoever divides by it.
    static void divide_by(State& state, std::size_t operations) {
        state.counters["operations"] = static_cast<double>(operations);
    }

    static void insert(State& state, const Data& data, bool reserved) {
        const auto fill = [&](Peer& peer) {
            if (reserved) peer.reserve(data.size());
            for (const auto& [left, right] : data.pairs) peer.insert(left, right);
        };
        for (auto _ : state) {
            Peer peer;
            timed(state, [&] { fill(peer); });
            expect(state, peer.size() == data.size());
        }
        divide_by(state, data.size());
        const auto n = static_cast<double>(data.size());
        const AllocationCount count;
        Peer peer;
        fill(peer);
        state.counters["bytes_per_pair"] = static_cast<double>(count.bytes_alive()) / n;
        state.counters["allocations_per_insertion"] = static_cast<double>(count.allocations()) / n;
    }

    static void bulk_build(State& state, const Data& data) {
        for (auto _ : state) {
            std::optional<Peer> peer;
            timed(state, [&] { peer.emplace(data.pairs); });
            expect(state, peer->size() == data.size());
        }
        divide_by(state, data.size());
    }

    // Finds whose keys do not depend on each other: the processor may work on several at once.

    template <class Queries, class Find>
    static void find_each(State& state, const Queries& queries, bool there, Find find) {
        std::size_t found = 0;
        std::uint64_t sum = 0;
        for (auto _ : state) {
            timed(state, [&] {
                for (const auto& query : queries) {
                    if (const auto* other = find(query)) {
                        ++found;
                        sum += part_of(*other);
                    }
                }
            });
        }
        benchmark::DoNotOptimize(sum);
        const auto all = static_cast<std::size_t>(state.iterations()) * queries.size();
        expect(state, found == (there ? all : 0));
        divide_by(state, queries.size());
    }

    static void find_left(State& state, const Data& data, bool there) {
        const Peer& peer = kept(data);
        find_each(state, there ? data.left_hits : data.left_misses, there,
                  [&](const Left& left) { return peer.find_left(left); });
    }

    static void find_right(State& state, const Data& data, bool there) {
        const Peer& peer = kept(data);
        find_each(state, there ? data.right_hits : data.right_misses, there,
                  [&](Right right) { return peer.find_right(right); });
    }

    // Finds of which each waits for the answer of the one before.

    template <class Queries, class Find>
    static void find_chained(State& state, const Queries& queries, bool there, Find find) {
        std::size_t found = 0;
        std::uint64_t nothing = 0;
        benchmark::DoNotOptimize(nothing);
        const std::uint64_t mask = nothing;
        for (auto _ : state) {
            timed(state, [&] {
                std::uint64_t waited_for = 0;
                for (std::size_t i = 0; i != queries.size(); ++i) {
                    const auto* other = find(queries[i + (waited_for & mask)]);
                    found += other != nullptr;
                    waited_for = other == nullptr ? 0 : part_of(*other);
                    // What was not found has no value to depend on.
                    if (!there) wait_for_loads();
                }
            });
        }
        const auto all = static_cast<std::size_t>(state.iterations()) * queries.size();
        expect(state, found == (there ? all : 0));
        divide_by(state, queries.size());
    }

    static void chain_left(State& state, const Data& data, bool there) {
        const Peer& peer = kept(data);
        find_chained(state, there ? data.left_hits : data.left_misses, there,
                     [&](const Left& left) { return peer.find_left(left); });
    }

    static void chain_right(State& state, const Data& data, bool there) {
        const Peer& peer = kept(data);
        find_chained(state, there ? data.right_hits : data.right_misses, there,
                     [&](Right right) { return peer.find_right(right); });
    }

    // Changes.

    static void erase_left(State& state, const Data& data) {
        for (auto _ : state) {
            Peer peer = filled(data);
            timed(state, [&] {
                for (const Left& left : data.left_hits) peer.erase_left(left);
            });
            expect(state, peer.size() == 0);
        }
        divide_by(state, data.size());
    }

    static void erase_right(State& state, const Data& data) {
        for (auto _ : state) {
            Peer peer = filled(data);
            timed(state, [&] {
                for (const Right right : data.right_hits) peer.erase_right(right);
            });
            expect(state, peer.size() == 0);
        }
        divide_by(state, data.size());
    }

    /// Each left is paired anew, with a right that is new.
    static void overwrite(State& state, const Data& data) {
        for (auto _ : state) {
            Peer peer = filled(data);
            timed(state, [&] {
                for (std::size_t i = 0; i != data.size(); ++i)
                    peer.force(data.left_hits[i], data.right_misses[i]);
            });
            expect(state, peer.size() == data.size() && peer.find_right(data.right_hits[0]) == nullptr);
        }
        divide_by(state, data.size());
    }

    static bool take(Peer& peer, const typename Data::Step& step) {
        switch (step.kind) {
            case Data::Kind::find_left:
                return peer.find_left(step.pair.first) != nullptr;
            case Data::Kind::find_right:
                return peer.find_right(step.pair.second) != nullptr;
            case Data::Kind::insert:
                return peer.insert(step.pair.first, step.pair.second);
            case Data::Kind::erase_left:
                return peer.erase_left(step.pair.first);
            default:
                return peer.erase_right(step.pair.second);
        }
    }

    /// The first half of the steps brings the map into its steady state, the second half is measured.
    static void churn(State& state, const Data& data) {
        const auto& steps = data.churn();
        const std::size_t half = steps.size() / 2;
        for (auto _ : state) {
            Peer peer = filled(data);
            for (std::size_t i = 0; i != half; ++i) take(peer, steps[i]);
            std::size_t successes = 0;
            timed(state, [&] {
                for (std::size_t i = half; i != steps.size(); ++i) successes += take(peer, steps[i]);
            });
            expect(state, successes == steps.size() - half);
        }
        divide_by(state, steps.size() - half);
    }

    // Passes over the whole.

    static std::uint64_t sum_of(const Peer& peer) {
        std::uint64_t sum = 0;
        peer.for_each([&](const Left& left, const Right& right) { sum += part_of(left) ^ right; });
        return sum;
    }

    static void iterate(State& state, const Data& data) {
        const Peer& peer = kept(data);
        for (auto _ : state) timed(state, [&] { benchmark::DoNotOptimize(sum_of(peer)); });
        divide_by(state, data.size());
    }

    /// Per pair that is left.
    static void iterate_half_erased(State& state, const Data& data) {
        Peer peer = filled(data);
        for (std::size_t i = 0; i != data.size() / 2; ++i) peer.erase_left(data.left_hits[i]);
        for (auto _ : state) timed(state, [&] { benchmark::DoNotOptimize(sum_of(peer)); });
        divide_by(state, peer.size());
    }

    static void range(State& state, const Data& data) {
        const Peer& peer = kept(data);
        const std::size_t ranges = data.size() / range_length;
        std::uint64_t sum = 0;
        std::size_t visited = 0;
        for (auto _ : state) {
            timed(state, [&] {
                for (std::size_t i = 0; i != ranges; ++i) {
                    peer.for_range(data.left_hits[i], range_length,
                                   [&](const Left& left, const Right& right) {
                                       sum += part_of(left) ^ right;
                                       ++visited;
                                   });
                }
            });
        }
        benchmark::DoNotOptimize(sum);
        divide_by(state, visited / static_cast<std::size_t>(state.iterations()));
    }

    static void copy(State& state, const Data& data) {
        const Peer& peer = kept(data);
        for (auto _ : state) {
            std::optional<Peer> copied;
            timed(state, [&] { copied.emplace(peer); });
            expect(state, copied->size() == data.size());
        }
        divide_by(state, data.size());
    }

    static void clear(State& state, const Data& data) {
        for (auto _ : state) {
            Peer peer = filled(data);
            timed(state, [&] { peer.clear(); });
            expect(state, peer.size() == 0);
        }
        divide_by(state, data.size());
    }

    static void destroy(State& state, const Data& data) {
        for (auto _ : state) {
            std::optional<Peer> peer(filled(data));
            timed(state, [&] { peer.reset(); });
        }
        divide_by(state, data.size());
    }
};

}  // namespace bimap::benchmarks
