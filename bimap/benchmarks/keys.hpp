// SPDX-License-Identifier: BSL-1.0
// The keys that every peer is given: distinct, spread over their whole range, and hashed by one function.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bimap::benchmarks {

/// A bijection that looks random (the finalizer of splitmix64), so that distinct numbers give distinct keys.
inline std::uint64_t scramble(std::uint64_t x) noexcept {
    x += 0x9E37'79B9'7F4A'7C15;
    x = (x ^ (x >> 30)) * 0xBF58'476D'1CE4'E5B9;
    x = (x ^ (x >> 27)) * 0x94D0'49BB'1331'11EB;
    return x ^ (x >> 31);
}

/// The hash of every peer: std::hash, spread by one 64 x 64 bit product, because the identity that std::hash
/// is for integers would ruin the flat maps.
template <class Key>
struct KeyHash {
    using is_avalanching = void;  // Boost's flat map and ours then spread no further.

    /// May throw for strings: that is how libstdc++ is told to keep a string's hash in the node.
    std::size_t operator()(const Key& key) const noexcept(std::is_integral_v<Key>) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(std::hash<Key>{}(key)) * 0xA076'1D64'78BD'642F;
        return static_cast<std::size_t>(product) ^ static_cast<std::size_t>(product >> 64);
    }
};

template <class Key>
Key key_of(std::uint64_t number);

template <>
inline std::uint64_t key_of(std::uint64_t number) {
    return scramble(number);
}

/// 24 characters: too long to be kept inside a std::string.
template <>
inline std::string key_of(std::uint64_t number) {
    std::string text(24, ' ');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i != text.size(); ++i, bits >>= 5) {
        if (i % 12 == 0) bits = scramble(i == 0 ? number : ~scramble(number));
        text[i] = static_cast<char>('A' + (bits & 31));
    }
    return text;
}

/// What the operations work on: n pairs, as many whose keys are not among them, and the order of lookups.
/// Left keys, right keys and lookups are shuffled independently of each other.
template <class LeftKey>
struct Sample {
    using Left = LeftKey;
    using Right = std::uint64_t;
    using Pair = std::pair<Left, Right>;

    enum class Kind : std::uint8_t { find_left, find_right, insert, erase_left, erase_right };

    struct Step {
        Kind kind;
        Pair pair;
    };

    explicit Sample(std::size_t n) : pairs(make_pairs(n, 0)), absent(make_pairs(n, n)) {
        split(pairs, left_hits, right_hits);
        split(absent, left_misses, right_misses);
    }

    std::size_t size() const noexcept { return pairs.size(); }

    /// Half finds, a quarter insertions, a quarter erasures, both sides alike, over maps that hold `pairs`.
    const std::vector<Step>& churn() const {
        if (churn_.empty()) make_churn();
        return churn_;
    }

    std::vector<Pair> pairs;
    std::vector<Pair> absent;
    std::vector<Left> left_hits;
    std::vector<Right> right_hits;
    std::vector<Left> left_misses;
    std::vector<Right> right_misses;

  private:
    static std::vector<Pair> make_pairs(std::size_t n, std::uint64_t first) {
        std::vector<std::uint64_t> lefts(n);
        for (std::size_t i = 0; i != n; ++i) lefts[i] = first + i;
        std::vector<std::uint64_t> rights = lefts;
        std::shuffle(lefts.begin(), lefts.end(), std::mt19937_64(1));
        std::shuffle(rights.begin(), rights.end(), std::mt19937_64(2));
        std::vector<Pair> made;
        made.reserve(n);
        for (std::size_t i = 0; i != n; ++i)
            made.emplace_back(key_of<Left>(lefts[i]), key_of<Right>(~rights[i]));
        return made;
    }

    /// The two sides of these pairs, in an order of their own each.
    static void split(std::vector<Pair> from, std::vector<Left>& lefts, std::vector<Right>& rights) {
        std::shuffle(from.begin(), from.end(), std::mt19937_64(3));
        for (const Pair& pair : from) lefts.push_back(pair.first);
        std::shuffle(from.begin(), from.end(), std::mt19937_64(4));
        for (const Pair& pair : from) rights.push_back(pair.second);
    }

    void make_churn() const {
        std::vector<Pair> present = pairs;
        std::mt19937_64 random(5);
        std::size_t next = 0;
        churn_.reserve(2 * size());
        while (churn_.size() != 2 * size()) {
            Pair& chosen = present[random() % present.size()];
            const bool left = (random() & 1) != 0;
            switch (churn_.size() % 4) {
                case 1:
                    churn_.push_back({Kind::insert, absent[next]});
                    present.push_back(absent[next++]);
                    break;
                case 3:
                    churn_.push_back({left ? Kind::erase_left : Kind::erase_right, chosen});
                    std::swap(chosen, present.back());
                    present.pop_back();
                    break;
                default:
                    churn_.push_back({left ? Kind::find_left : Kind::find_right, chosen});
            }
        }
    }

    mutable std::vector<Step> churn_;
};

/// The sample of n pairs; the last one is kept, because making it takes longer than most measurements.
template <class Left>
const Sample<Left>& sample_of(std::size_t n) {
    static Sample<Left> sample(n);
    if (sample.size() != n) sample = Sample<Left>(n);
    return sample;
}

}  // namespace bimap::benchmarks
