// SPDX-License-Identifier: BSL-1.0
// The library where exceptions are disabled: it works, and what would throw says why and ends the program.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
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

/// Whether everything that undoes or refuses compiles, and does what it does elsewhere.
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

}  // namespace

}  // namespace bimap::properties
