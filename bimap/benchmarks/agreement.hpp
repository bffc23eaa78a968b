// SPDX-License-Identifier: BSL-1.0
// Whether a peer does what a bimap must: it is compared with a list of pairs, operation by operation.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bimap/benchmarks/keys.hpp"

namespace bimap::benchmarks {

/// Stupid on purpose: every lookup goes through all pairs.
template <class Left>
class ListOfPairs {
  public:
    using Pair = std::pair<Left, std::uint64_t>;

    bool insert(const Left& left, std::uint64_t right) {
        if (find_left(left) != nullptr || find_right(right) != nullptr) return false;
        pairs_.emplace_back(left, right);
        return true;
    }

    void force(const Left& left, std::uint64_t right) {
        erase_left(left);
        erase_right(right);
        insert(left, right);
    }

    const std::uint64_t* find_left(const Left& left) const {
        for (const Pair& pair : pairs_)
            if (pair.first == left) return &pair.second;
        return nullptr;
    }

    const Left* find_right(std::uint64_t right) const {
        for (const Pair& pair : pairs_)
            if (pair.second == right) return &pair.first;
        return nullptr;
    }

    bool erase_left(const Left& left) {
        return std::erase_if(pairs_, [&](const Pair& pair) { return pair.first == left; }) != 0;
    }

    bool erase_right(std::uint64_t right) {
        return std::erase_if(pairs_, [&](const Pair& pair) { return pair.second == right; }) != 0;
    }

    void clear() { pairs_.clear(); }

    std::vector<Pair> sorted() const {
        std::vector<Pair> all = pairs_;
        std::sort(all.begin(), all.end());
        return all;
    }

  private:
    std::vector<Pair> pairs_;
};

/// Drives a peer and the list with the same random operations over few keys, so that conflicts are the rule.
template <class Peer>
class Agreement {
    using Left = typename Peer::Left;

  public:
    /// What the two first disagree about, or an empty text.
    std::string first_difference(unsigned operations) {
        for (unsigned i = 0; i != operations; ++i) {
            if (const char* wrong = step()) return "operation " + std::to_string(i) + ": " + wrong;
        }
        return {};
    }

  private:
    static constexpr std::uint64_t keys = 40;

    const char* step() {
        const Left left = key_of<Left>(random_() % keys);
        const std::uint64_t right = key_of<std::uint64_t>(random_() % keys);
        switch (random_() % 64) {
            case 0:
                peer_.clear();
                list_.clear();
                break;
            case 1:
                peer_ = Peer(list_.sorted());
                break;
            case 2:
                peer_.reserve(2 * keys);
                break;
            default:
                if (!same_answer(left, right)) return "the answers differ";
        }
        return difference();
    }

    bool same_answer(const Left& left, std::uint64_t right) {
        switch (random_() % 6) {
            case 0:
            case 1:
                return peer_.insert(left, right) == list_.insert(left, right);
            case 2:
                return peer_.erase_left(left) == list_.erase_left(left);
            case 3:
                return peer_.erase_right(right) == list_.erase_right(right);
            default:
                peer_.force(left, right);
                list_.force(left, right);
                return true;
        }
    }

    const char* difference() const {
        const auto expected = list_.sorted();
        if (peer_.size() != expected.size()) return "the sizes differ";
        if (content(peer_) != expected) return "the contents differ";
        const Peer copy(peer_);
        if (content(copy) != expected) return "a copy's content differs";
        for (std::uint64_t i = 0; i != keys; ++i) {
            const Left left = key_of<Left>(i);
            const std::uint64_t right = key_of<std::uint64_t>(i);
            if (!same(copy.find_left(left), list_.find_left(left))) return "a left is found differently";
            if (!same(copy.find_right(right), list_.find_right(right))) return "a right is found differently";
            if (!same_range(left, expected)) return "a range differs";
        }
        return nullptr;
    }

    static auto content(const Peer& peer) {
        std::vector<std::pair<Left, std::uint64_t>> all;
        peer.for_each([&](const Left& left, std::uint64_t right) { all.emplace_back(left, right); });
        std::sort(all.begin(), all.end());
        return all;
    }

    template <class Value>
    static bool same(const Value* a, const Value* b) {
        return a == nullptr || b == nullptr ? a == b : *a == *b;
    }

    template <class Pairs>
    bool same_range(const Left& from, const Pairs& expected) const {
        [[maybe_unused]] const auto ignore = [](const Left&, std::uint64_t) {};
        if constexpr (requires { peer_.for_range(from, 3, ignore); }) {
            const auto above = [&](const auto& pair) { return pair.first >= from; };
            auto next = std::find_if(expected.begin(), expected.end(), above);
            std::size_t seen = 0;
            bool agrees = true;
            peer_.for_range(from, 3, [&](const Left& left, std::uint64_t right) {
                agrees = agrees && next != expected.end() && *next == std::pair(left, right);
                if (next != expected.end()) ++next;
                ++seen;
            });
            return agrees && (seen == 3 || next == expected.end());
        }
        return true;
    }

    std::mt19937_64 random_{1};
    Peer peer_;
    ListOfPairs<Left> list_;
};

}  // namespace bimap::benchmarks
