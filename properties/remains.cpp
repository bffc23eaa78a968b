// SPDX-License-Identifier: BSL-1.0
// Who owns the blocks that nobody freed: a conservative scan, in the manner of Boehm and Weiser (1988), of
// the blocks themselves, of the program's static memory and of the thread's own.
#include <link.h>

#include <algorithm>
#include <map>
#include <span>

#include "properties/ledger.hpp"

namespace bimap::properties {

namespace {

using Words = std::span<const std::uintptr_t>;

/// Reads one word of memory that may lie between, before or after what a sanitizer thinks of as objects.
__attribute__((no_sanitize("address", "undefined"), noinline)) std::uintptr_t word_at(
    const std::uintptr_t* word) {
    return *word;
}

class Graph {
  public:
    explicit Graph(std::vector<Block> blocks) : blocks_{std::move(blocks)}, retained_(blocks_.size()) {
        std::sort(blocks_.begin(), blocks_.end(),
                  [](const Block& one, const Block& other) { return one.address < other.address; });
        edges_.reserve(blocks_.size());
        for (std::size_t node = 0; node < blocks_.size(); ++node) edges_.push_back(targets_from(node));
    }

    /// Marks what can be reached from these words.
    void mark_retained(Words roots) { reach(targets_of(roots), retained_); }

    [[nodiscard]] std::vector<LeakKind> kinds() const {
        std::vector<bool> ringed(blocks_.size());
        for (const std::size_t node : nodes_in_rings()) reach({node}, ringed);
        std::vector<LeakKind> kinds;
        kinds.reserve(blocks_.size());
        for (std::size_t i = 0; i < blocks_.size(); ++i)
            kinds.push_back(retained_[i] ? LeakKind::retained
                            : ringed[i]  ? LeakKind::cyclic
                                         : LeakKind::lost);
        return kinds;
    }

    [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }

  private:
    using Nodes = std::vector<std::size_t>;

    static Words words_of(const Block& block) {
        return {reinterpret_cast<const std::uintptr_t*>(block.address), block.size / sizeof(std::uintptr_t)};
    }

    /// The blocks that this one points to. To itself only by its beginning: what points inside is a
    /// sentinel's link or a short string's, and owns nothing.
    [[nodiscard]] Nodes targets_from(std::size_t node) const {
        const Words words = words_of(blocks_[node]);
        Nodes targets = targets_of(words);
        const bool owns_itself = std::any_of(words.begin(), words.end(), [&](const std::uintptr_t& word) {
            return word_at(&word) == blocks_[node].address;
        });
        if (!owns_itself) std::erase(targets, node);
        return targets;
    }

    Nodes targets_of(Words words) const {
        Nodes targets;
        for (const std::uintptr_t& word : words) {
            const std::uintptr_t value = word_at(&word);
            auto after = std::upper_bound(
                blocks_.begin(), blocks_.end(), value,
                [](std::uintptr_t address, const Block& block) { return address < block.address; });
            if (after == blocks_.begin()) continue;
            const auto block = std::prev(after);
            if (value - block->address < std::max<std::size_t>(block->size, 1))
                targets.push_back(static_cast<std::size_t>(block - blocks_.begin()));
        }
        return targets;
    }

    /// The nodes from which a way leads back to themselves: those of the strongly connected components with
    /// an inner edge (Tarjan 1972, with a stack of its own in place of recursion).
    [[nodiscard]] Nodes nodes_in_rings() const {
        struct Visit {
            std::size_t node;
            std::size_t next_edge;
        };
        constexpr std::size_t unseen = 0;
        std::vector<std::size_t> order(blocks_.size(), unseen);
        std::vector<std::size_t> low(blocks_.size());
        std::vector<bool> open(blocks_.size());
        Nodes component;
        Nodes in_rings;
        std::size_t seen = 0;
        for (std::size_t root = 0; root < blocks_.size(); ++root) {
            if (order[root] != unseen || retained_[root]) continue;
            std::vector<Visit> visits{{root, 0}};
            while (!visits.empty()) {
                auto& [node, next_edge] = visits.back();
                if (next_edge == 0) {
                    order[node] = low[node] = ++seen;
                    open[node] = true;
                    component.push_back(node);
                }
                if (next_edge < edges_[node].size()) {
                    const std::size_t target = edges_[node][next_edge++];
                    if (order[target] == unseen)
                        visits.push_back({target, 0});
                    else if (open[target])
                        low[node] = std::min(low[node], order[target]);
                    continue;
                }
                if (low[node] == order[node]) close_component(node, component, open, in_rings);
                const std::size_t done = node;
                visits.pop_back();
                if (!visits.empty()) low[visits.back().node] = std::min(low[visits.back().node], low[done]);
            }
        }
        return in_rings;
    }

    void close_component(std::size_t root, Nodes& component, std::vector<bool>& open, Nodes& in_rings) const {
        const auto first = std::find(component.rbegin(), component.rend(), root).base() - 1;
        const bool ring = component.end() - first > 1 ||
                          std::find(edges_[root].begin(), edges_[root].end(), root) != edges_[root].end();
        for (auto node = first; node != component.end(); ++node) open[*node] = false;
        if (ring) in_rings.insert(in_rings.end(), first, component.end());
        component.erase(first, component.end());
    }

    void reach(Nodes pending, std::vector<bool>& seen) const {
        while (!pending.empty()) {
            const std::size_t node = pending.back();
            pending.pop_back();
            if (seen[node]) continue;
            seen[node] = true;
            pending.insert(pending.end(), edges_[node].begin(), edges_[node].end());
        }
    }

    std::vector<Block> blocks_;
    std::vector<Nodes> edges_;
    std::vector<bool> retained_;
};

/// Called by dl_iterate_phdr; looks at its first object alone, which is the program itself, segment by
/// segment: at what can be written, and at what is this thread's own.
int mark_static_memory(dl_phdr_info* info, std::size_t, void* graph) {
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        const bool is_writable = segment.p_type == PT_LOAD && (segment.p_flags & PF_W) != 0;
        const bool is_own = segment.p_type == PT_TLS && info->dlpi_tls_data != nullptr;
        if (!is_writable && !is_own) continue;
        const std::uintptr_t begin = is_own ? reinterpret_cast<std::uintptr_t>(info->dlpi_tls_data)
                                            : info->dlpi_addr + segment.p_vaddr;
        const std::uintptr_t first = (begin + 7) & ~std::uintptr_t{7};
        const std::uintptr_t last = begin + segment.p_memsz;
        static_cast<Graph*>(graph)->mark_retained(
            {reinterpret_cast<const std::uintptr_t*>(first), (last - first) / sizeof(std::uintptr_t)});
    }
    return 1;
}

}  // namespace

std::vector<Remains> sort_remains(const std::vector<Block>& blocks) {
    if (blocks.empty()) return {};
    Graph graph{blocks};
    dl_iterate_phdr(mark_static_memory, &graph);
    std::map<std::pair<Maker, LeakKind>, Remains> sums;
    const auto kinds = graph.kinds();
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const Block& block = graph.blocks()[i];
        Remains& sum =
            sums.try_emplace({block.maker, kinds[i]}, Remains{kinds[i], block.maker, 0, 0}).first->second;
        ++sum.blocks;
        sum.bytes += block.size;
    }
    std::vector<Remains> all;
    all.reserve(sums.size());
    for (const auto& [key, sum] : sums) all.push_back(sum);
    return all;
}

}  // namespace bimap::properties
