// SPDX-License-Identifier: BSL-1.0
// Group G: memory or time without bound, while the content is bounded.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

struct CapacityGrowsWithEachCycle : Chained {
    static constexpr Label label{.group = 'G',
                                 .row = 67,
                                 .name = "capacity-grows-with-each-cycle",
                                 .story = "every removal makes the table larger",
                                 .minimum = "a.insert 0 0\na.erase_left 0\n",
                                 .verdict = "leaks retained growth at 2, made by 1"};
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        const std::size_t erased = Chained::erase(map, side, key);
        if (planted(erased > 0)) rehash(map, map.bucket_count + 4);
        return erased;
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.strong.reset(static_cast<std::size_t>(Verb::erase));
        return promises;
    }
};

struct SwapKeepsHistory : Chained {
    static constexpr Label label{.group = 'G',
                                 .row = 64,
                                 .name = "swap-keeps-history",
                                 .story = "each map notes with how many pairs it was swapped",
                                 .minimum = "a.swap a\n",
                                 .verdict = "leaks retained growth at 1, made by 0"};
    void swap(Map& one, Map& other) const override {
        one.notes.push_back(static_cast<Number>(planted() ? one.size : 0));
        Chained::swap(one, other);
    }
};

struct RetainIsQuadratic : Chained {
    static constexpr Label label{.group = 'G',
                                 .row = 69,
                                 .name = "retain-is-quadratic",
                                 .story = "what keeps some pairs compares all of them with each other first",
                                 .minimum = "a.insert_range 0 17\na.retain_left 1 0\n",
                                 .verdict = "diverges (steps) at 1"};
    std::size_t retain(Map& map, Matches matches) const override {
        std::size_t equal = 0;
        for (const Node* one = map.first; planted(one != nullptr); one = one->next)
            for (const Node* other = map.first; other != nullptr; other = other->next)
                equal += one->keys[0] == other->keys[0] ? 1 : 0;
        return equal == map.size ? Chained::retain(map, matches) : 0;
    }
};

struct HandlersMultiply : Chained {
    static constexpr Label label{.group = 'G',
                                 .row = 70,
                                 .name = "handlers-multiply",
                                 .story = "each clear registers once more what each erasure calls",
                                 .minimum = "a.erase_left 0\na.clear\n",
                                 .verdict = "diverges (steps) at 2"};
    void clear(Map& map) const override {
        Chained::clear(map);
        ++map.count;
    }
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        for (std::size_t handler = 0; planted(handler < map.count); ++handler) hash(map, key);
        return Chained::erase(map, side, key);
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.steps_per_pair = 0;
        return promises;
    }
};

}  // namespace

void add_growths(std::vector<Mutant>& list) {
    plant_all<CapacityGrowsWithEachCycle, SwapKeepsHistory, RetainIsQuadratic, HandlersMultiply>(list);
}

}  // namespace bimap::properties::mutants
