// SPDX-License-Identifier: BSL-1.0
// SeededHash is SipHash-1-3 under its seed, each has a seed of its own, and keys chosen to collide do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <latch>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/detail/mix.hpp"
#include "bimap/detail/siphash.hpp"
#include "bimap/seeded.hpp"

namespace {

using bimap::HashSeed;
using bimap::SeededHash;
using Bytes = std::vector<unsigned char>;

Bytes counting(std::size_t size) {
    Bytes bytes;
    for (std::size_t i = 0; i != size; ++i) bytes.push_back(static_cast<unsigned char>(i));
    return bytes;
}

// The algorithm.

/// SipHash once more, to the letter of the paper and without any care for speed: pads first, then reads.
std::uint64_t plain_siphash(int c, int d, std::uint64_t k0, std::uint64_t k1, Bytes message) {
    const auto length = static_cast<unsigned char>(message.size());
    while (message.size() % 8 != 7) message.push_back(0);
    message.push_back(length);
    std::array<std::uint64_t, 4> v{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261,
                                   k1 ^ 0x7465646279746573};
    const auto rotate = [](std::uint64_t x, int by) { return x << by | x >> (64 - by); };
    const auto half_round = [&](std::size_t a, std::size_t b, std::size_t e, std::size_t f, int s, int t) {
        v[a] += v[b];
        v[e] += v[f];
        v[b] = rotate(v[b], s) ^ v[a];
        v[f] = rotate(v[f], t) ^ v[e];
        v[a] = rotate(v[a], 32);
    };
    const auto rounds = [&](int n) {
        for (int i = 0; i != n; ++i) {
            half_round(0, 1, 2, 3, 13, 16);
            half_round(2, 1, 0, 3, 17, 21);
        }
    };
    for (std::size_t i = 0; i != message.size(); i += 8) {
        std::uint64_t word = 0;
        for (std::size_t b = 8; b-- != 0;) word = word << 8 | message[i + b];
        v[3] ^= word;
        rounds(c);
        v[0] ^= word;
    }
    v[2] ^= 0xff;
    rounds(d);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

constexpr std::uint64_t k0 = 0x0706050403020100;
constexpr std::uint64_t k1 = 0x0f0e0d0c0b0a0908;

TEST(SipHash, AgreesWithThePublishedVectors) {  // of 2-4: key 00 to 0f, messages of 0, 1, 2, … bytes
    constexpr std::uint64_t vectors[] = {
        0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d,
        0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
        0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7,
        0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5};
    for (std::size_t size = 0; size != std::size(vectors); ++size) {
        const Bytes message = counting(size);
        EXPECT_EQ((bimap::detail::SipHash<2, 4>(k0, k1)(message.data(), size)), vectors[size]) << size;
        EXPECT_EQ(plain_siphash(2, 4, k0, k1, message), vectors[size]) << size;
    }
}

TEST(SipHash, WithFewerRoundsAgreesWithAPlainOne) {
    for (std::size_t size = 0; size != 80; ++size) {
        const Bytes message = counting(size);
        EXPECT_EQ((bimap::detail::SipHash<1, 3>(k0, k1)(message.data(), size)),
                  plain_siphash(1, 3, k0, k1, message))
            << size;
    }
}

TEST(SipHash, WithFewerRoundsAgreesWithCPython) {  // 3.11, PYTHONHASHSEED=0: hash(b"…") with a key of zeros
    const auto hash = [](std::string_view message) {
        return bimap::detail::SipHash<1, 3>(0, 0)(message.data(), message.size());
    };
    EXPECT_EQ(hash("a"), 0x407448d2b89b1813u);
    EXPECT_EQ(hash("bimap"), 0xeb54baf0b342cb1du);
    EXPECT_EQ(hash("seven b"), 0xab2262fcb5199654u);
    EXPECT_EQ(hash("eightbyt"), 0xe281285510e568f4u);
}

TEST(SipHash, OfAWordIsThatOfItsBytes) {
    static_assert(
        bimap::detail::Avalanching<SeededHash<std::string>> && bimap::detail::Avalanching<SeededHash<int>>,
        "its hashes are spread already");
    static_assert(bimap::detail::SipHash<2, 4>(k0, k1)(0x0706050403020100) == 0x93f5f5799a932462);
    EXPECT_EQ((bimap::detail::SipHash<1, 3>(k0, k1)(0x0706050403020100)),
              plain_siphash(1, 3, k0, k1, counting(8)));
}

// The hasher.

static_assert(std::is_trivially_copyable_v<SeededHash<>> && sizeof(SeededHash<int>) == 16);
static_assert(std::is_nothrow_invocable_v<SeededHash<int>, int>);
static_assert(std::is_nothrow_invocable_v<SeededHash<std::string>, const std::string&>);

template <class Hash>
concept IsTransparent = requires { typename Hash::is_transparent; };
static_assert(IsTransparent<SeededHash<>> && IsTransparent<SeededHash<std::string>> &&
              IsTransparent<SeededHash<std::wstring_view>> && !IsTransparent<SeededHash<int>>);

struct Opaque {};
struct IgnoringCase : std::char_traits<char> {};
static_assert(std::invocable<SeededHash<>, std::vector<int>> && !std::invocable<SeededHash<>, Opaque>);
static_assert(!std::invocable<SeededHash<>, std::vector<std::string>>);
static_assert(!std::invocable<SeededHash<>, std::vector<double>>);
static_assert(!std::invocable<SeededHash<>, std::basic_string<char, IgnoringCase>>);

TEST(SeededHash, HashesEveryKindOfStringAlike) {
    const SeededHash<std::string> hash(7);
    const char* const pointer = "a key";
    EXPECT_EQ(hash("a key"), hash(std::string("a key")));
    EXPECT_EQ(hash("a key"), hash(std::string_view("a key and more").substr(0, 5)));
    EXPECT_EQ(hash("a key"), hash(pointer));
    const SeededHash<> any(7);
    EXPECT_EQ(hash("a key"), any("a key"));
    EXPECT_EQ(hash("a key"), any(pointer));
    EXPECT_EQ(hash("a key"), any(std::string("a key")));
    EXPECT_EQ(SeededHash<std::string_view>(7)("a key"), any("a key"));
    EXPECT_NE(hash("a key"), hash("a kez"));
    EXPECT_NE(hash(std::string("a\0b", 3)), hash(std::string("a\0c", 3)));
    EXPECT_EQ(SeededHash<std::u16string>(7)(u"a"), any(std::u16string_view(u"a")));
    EXPECT_NE(any(std::u16string_view(u"ab")), any(std::u16string_view(u"ac")));
    EXPECT_EQ(SeededHash<std::u32string>(7)(U"a"), any(std::u32string_view(U"a")));
    EXPECT_EQ(SeededHash<std::wstring>(7)(L"a"), any(std::wstring_view(L"a")));
    EXPECT_EQ(SeededHash<std::u8string>(7)(u8"a key"), any(std::u8string_view(u8"a key")));
}

TEST(SeededHash, HashesEqualNumbersAlike) {
    enum class Colour : unsigned char { red = 5 };
    EXPECT_EQ(SeededHash<int>(7)(5), SeededHash<long>(7)(5L));
    EXPECT_EQ(SeededHash<int>(7)(-5), SeededHash<>(7)(-5LL));
    EXPECT_EQ(SeededHash<Colour>(7)(Colour::red), SeededHash<>(7)(5));
    EXPECT_EQ(SeededHash<double>(7)(0.0), SeededHash<double>(7)(-0.0));
    EXPECT_EQ(SeededHash<>(7)(0.5f), SeededHash<>(7)(0.5));
    EXPECT_NE(SeededHash<double>(7)(0.5), SeededHash<double>(7)(0.25));
    const int values[2] = {};
    EXPECT_NE(SeededHash<const int*>(7)(&values[0]), SeededHash<const int*>(7)(&values[1]));
}

TEST(SeededHash, HashesAPointerToTextAsAPointerWhereThatIsTheKey) {
    const char first[] = "text";
    const char second[] = "text";
    const SeededHash<const char*> hash(7);
    EXPECT_NE(hash(&first[0]), hash(&second[0]));
}

TEST(SeededHash, HashesRangesOfBytesAndNumbers) {
    const SeededHash<> hash(7);
    EXPECT_EQ(hash(counting(9)), (hash(std::array<unsigned char, 9>{0, 1, 2, 3, 4, 5, 6, 7, 8})));
    EXPECT_EQ(hash(std::vector{1, 2, 3}), (hash(std::array{1, 2, 3})));
    EXPECT_NE(hash(std::vector{1, 2, 3}), hash(std::vector{1, 2, 4}));
    EXPECT_EQ((SeededHash<std::array<int, 3>>(7)({1, 2, 3})), hash(std::array{1, 2, 3}));
}

TEST(SeededHash, WithASeedIsTheSameInEveryRun) {
    EXPECT_EQ(SeededHash<std::string>(HashSeed{0, 0})("bimap"), 0xeb54baf0b342cb1du);
    EXPECT_EQ(SeededHash<>(1), SeededHash<>(1));
    EXPECT_NE(SeededHash<>(1), SeededHash<>(2));
    EXPECT_NE(SeededHash<>(1)("key"), SeededHash<>(2)("key"));
}

TEST(SeededHash, DependsOnBothHalvesOfTheSeed) {
    const auto hash = [](HashSeed seed) { return SeededHash<>(seed)("key"); };
    EXPECT_NE(hash({1, 2}), hash({1, 3}));
    EXPECT_NE(hash({1, 2}), hash({3, 2}));
    const HashSeed one = HashSeed::random();
    const HashSeed next = HashSeed::random();
    EXPECT_NE(one.second, next.first);
    EXPECT_TRUE(one == one);
    EXPECT_FALSE((HashSeed{1, 2} == HashSeed{1, 3}));
    EXPECT_FALSE((HashSeed{1, 2} == HashSeed{3, 2}));
}

TEST(SeededHash, WithoutASeedHasOneOfItsOwnAndItsCopyTheSame) {
    const SeededHash<std::string> one;
    const SeededHash<std::string> other;
    const SeededHash<std::string> copy = one;
    EXPECT_NE(one, other);
    EXPECT_NE(one("key"), other("key"));
    EXPECT_EQ(copy, one);
    EXPECT_EQ(copy("key"), one("key"));
    EXPECT_EQ(SeededHash<std::string>(one.seed())("key"), one("key"));
}

TEST(SeededHash, DrawsDifferentSeedsInDifferentThreads) {
    constexpr std::size_t many = 100'000;
    std::array<std::vector<HashSeed>, 2> drawn{std::vector<HashSeed>(many), std::vector<HashSeed>(many)};
    std::latch both_are_there{2};
    const auto draw = [&](std::size_t which) {
        both_are_there.arrive_and_wait();
        std::ranges::generate(drawn[which], HashSeed::random);
    };
    std::thread other(draw, 1);
    draw(0);
    other.join();
    std::vector<std::pair<std::uint64_t, std::uint64_t>> different;
    for (const auto& seeds : drawn) {
        for (const HashSeed& seed : seeds) different.emplace_back(seed.first, seed.second);
    }
    std::ranges::sort(different);
    EXPECT_EQ(std::ranges::adjacent_find(different), different.end());
}

// In a map.

TEST(SeededHash, MapsWithDifferentSeedsAreEqualIfTheirPairsAre) {
    using Map = bimap::BiMap<std::string, int, bimap::hashed<SeededHash<std::string>>,
                             bimap::hashed<SeededHash<int>>>;
    const Map one{{"a", 1}, {"b", 2}, {"c", 3}};
    Map other{{"c", 3}, {"b", 2}, {"a", 1}};
    EXPECT_NE(one.left().hash_function(), other.left().hash_function());
    EXPECT_TRUE(one == other);
    const Map copy = one;
    EXPECT_EQ(copy.left().hash_function(), one.left().hash_function());
    EXPECT_EQ(copy.left().at("b"), 2);
    other.force("d", 3);
    const Map moved = std::move(other);
    EXPECT_EQ(moved.right().at(3), "d");
    EXPECT_EQ(violated_invariant(moved), nullptr);
}

TEST(SeededHash, TakesItsSeedFromTheIndexSpecifier) {
    using Side = bimap::hashed<SeededHash<int>>;
    const bimap::BiMap<int, int, Side> map({{1, 2}}, Side{SeededHash<int>(42)}, {});
    EXPECT_EQ(map.left().hash_function(), SeededHash<int>(42));
    EXPECT_EQ(map.left().at(1), 2);
}

TEST(SeededHash, IsEachSidesOwnWhereBothAreOfOneType) {
    using Side = bimap::hashed<SeededHash<int>>;
    bimap::BiMap<int, int, Side, Side> map({}, Side{SeededHash<int>(1)}, Side{SeededHash<int>(2)});
    for (int i = 0; i != 100; ++i) map.insert(i, (i + 1) % 100);
    EXPECT_EQ(map.extract(map.left().find(30)).right(), 31);
    EXPECT_EQ(map.right().extract(map.right().find(50)).right(), 49);
    map.erase(map.left().find(70));
    EXPECT_EQ(map.size(), 97U);
    EXPECT_EQ(violated_invariant(map), nullptr);
}

/// Counts how many keys are compared: the length of the search, whatever the machine.
struct CountingEqual {
    std::size_t* count;
    bool operator()(std::uint64_t a, std::uint64_t b) const {
        ++*count;
        return a == b;
    }
};

/// What an attacker sends: numbers that std::hash leaves as they are, and that `mix` gives the same tag and,
/// in a map of up to 256 groups, the same home. One number in 2^16 is such a key.
std::vector<std::uint64_t> colliding_keys(std::size_t count) {
    std::vector<std::uint64_t> keys;
    for (std::uint64_t key = 0; keys.size() != count; ++key) {
        const std::uint64_t hash = bimap::detail::mix(static_cast<std::size_t>(key));
        if (hash >> 56 == 0 && (hash & 0xff) == 0x55) keys.push_back(key);
    }
    return keys;
}

template <class Hash>
std::size_t comparisons_per_key(const std::vector<std::uint64_t>& keys) {
    using Left = bimap::hashed<Hash, CountingEqual>;
    std::size_t count = 0;
    bimap::BiMap<std::uint64_t, std::uint64_t, Left, bimap::ordered<>> map(
        Left{Hash(), CountingEqual{&count}}, bimap::ordered<>());
    for (const std::uint64_t key : keys) map.insert(key, key);
    count = 0;
    for (const std::uint64_t key : keys) EXPECT_TRUE(map.left().contains(key));
    return count / keys.size();
}

TEST(StridedKeys, AreFoundInAFewStepsUnderAHashThatIsTheNumberItself) {
    for (int shift = 0; shift != 54; ++shift) {
        for (const std::uint64_t factor : {1u, 3u, 12u, 1000u}) {
            std::vector<std::uint64_t> keys;
            for (std::uint64_t i = 0; i != 1000; ++i) keys.push_back((i * factor) << shift);
            std::ranges::sort(keys);
            keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
            EXPECT_LE(comparisons_per_key<std::hash<std::uint64_t>>(keys), 2u) << factor << " << " << shift;
        }
    }
}

TEST(SeededHash, KeysChosenToCollideDoNot) {
    const std::vector<std::uint64_t> keys = colliding_keys(1000);
    EXPECT_GT(comparisons_per_key<std::hash<std::uint64_t>>(keys), 100u) << "the attack has no effect";
    EXPECT_LE(comparisons_per_key<SeededHash<std::uint64_t>>(keys), 2u);
}

TEST(HashSeed, HasHalvesThatDifferAndIsNoCounter) {
    std::set<std::uint64_t> differences;
    HashSeed last = HashSeed::random();
    for (int i = 0; i != 8; ++i) {
        const HashSeed seed = HashSeed::random();
        EXPECT_NE(seed.first, seed.second);
        differences.insert(seed.first - last.first);
        last = seed;
    }
    EXPECT_EQ(differences.size(), 8u) << "the next seed can be told from the last one";
}

TEST(HashSeed, IsMadeUnderASecret) {
    const HashSeed seed = HashSeed::random();
    for (std::uint64_t counter = 0; counter != 1'000'000; ++counter) {
        const auto without_one = bimap::detail::SipHash<1, 3>(0, 0)(counter);
        ASSERT_TRUE(seed.first != without_one) << "so that all can tell it";
    }
}

}  // namespace
