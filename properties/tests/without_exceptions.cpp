// SPDX-License-Identifier: BSL-1.0
// The library where exceptions are disabled: it works, and what would throw says why and ends the program.
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"
#include "bimap/frozen.hpp"
#include "bimap/pmr.hpp"
#include "bimap/seeded.hpp"

namespace bimap::properties {

namespace {

template <class Map>
class WithoutExceptions : public testing::Test {};

using Maps = testing::Types<BiMap<int, std::string, hashed<>, ordered<>>,
                            pmr::BiMap<int, std::string, sequenced<>, hashed<SeededHash<std::string>>>>;
TYPED_TEST_SUITE(WithoutExceptions, Maps);

/// Whether what refuses compiles, and does what it does elsewhere.
TYPED_TEST(WithoutExceptions, MapsWork) {
    TypeParam m{{1, "one"}, {2, "two"}, {3, "three"}};
    m.force(1, "two");
    m.insert_range(policy::force, std::vector<std::pair<int, std::string>>{{4, "three"}, {5, "five"}});
    EXPECT_TRUE(m.replace_right(m.left().find(5), "six").inserted);
    TypeParam other;
    other.insert(m.left().extract(4));
    TypeParam copied = other;
    copied.swap(m);
    m.merge(copied);
    m.shrink_to_fit();
    EXPECT_EQ(m, (TypeParam{{1, "two"}, {4, "three"}, {5, "six"}}));
    EXPECT_EQ(erase_if(m, [](const auto& pair) { return pair.first == 1; }), 1u);
}

TYPED_TEST(WithoutExceptions, AKeyThatIsNotThereEndsTheProgram) {
    EXPECT_DEATH(static_cast<void>(TypeParam{}.left().at(1)), "bimap: no such key");
    constexpr auto frozen = make_frozen<int, int>({{1, 2}});
    EXPECT_DEATH(static_cast<void>(frozen.right().at(1)), "bimap: no such key");
}

TYPED_TEST(WithoutExceptions, TooManyPairsEndTheProgram) {
    EXPECT_DEATH(TypeParam{}.reserve(std::size_t{1} << 32), "bimap: more pairs than");
}

/// A key that may be lost while it is moved.
struct Brittle {
    explicit Brittle(int n) : number(n) {}
    Brittle(Brittle&& other) noexcept(false) : number(other.number) {}
    auto operator<=>(const Brittle&) const = default;
    int number;
};

/// An order that may not arrive in another map.
struct BrittleLess : std::less<> {
    BrittleLess() = default;
    BrittleLess(const BrittleLess&) noexcept(false) {}
    BrittleLess& operator=(const BrittleLess&) noexcept(false) { return *this; }
};

TEST(WithoutExceptionsAtAll, MapsOfWhatCouldThrowWork) {
    using Map = pmr::BiMap<Brittle, int, ordered<BrittleLess>>;
    Map m;
    m.emplace(1, 10);
    EXPECT_TRUE(m.replace_left(m.left().begin(), Brittle(2)).inserted);
    Map other;
    m.swap(other);
    std::pmr::monotonic_buffer_resource resource;
    const Map moved(std::move(other), &resource);
    EXPECT_EQ(moved.size(), 1u);
    EXPECT_TRUE(moved.left().contains(Brittle(2)));
}

}  // namespace

}  // namespace bimap::properties
