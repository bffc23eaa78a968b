// SPDX-License-Identifier: BSL-1.0
// The destructor of an element may look at the map from which the element goes: the map is whole meanwhile,
// and the element is no longer in it.
#include <gtest/gtest.h>

#include <compare>
#include <cstddef>
#include <functional>
#include <memory>
#include <ranges>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bimap/bimap.hpp"

namespace {

/// Looks around before it goes.
struct Curious {
    static inline std::function<void()> look;

    int number;

    Curious(int n)
        : number{n} {}  // NOLINT(google-explicit-constructor): lists of pairs are written in numbers
    Curious(const Curious&) = default;
    Curious& operator=(const Curious&) = default;
    ~Curious() {
        if (look) look();
        number = gone;
    }

    static constexpr int gone = -1;
    friend bool operator==(const Curious&, const Curious&) = default;
    friend auto operator<=>(const Curious&, const Curious&) = default;
};

}  // namespace

template <>
struct std::hash<Curious> {
    std::size_t operator()(const Curious& element) const { return static_cast<std::size_t>(element.number); }
};

namespace {

/// Whether each pair of a view is alive, and found on the other side as the same pair.
template <class View, class OtherView>
bool is_whole(const View& view, const OtherView& other, std::size_t size) {
    for (const auto& [key, mapped] : view) {
        const auto there = other.find(mapped);
        if (key.number == Curious::gone || there == other.end()) return false;
        if (std::addressof(there->second) != std::addressof(key) || size-- == 0) return false;
    }
    return size == 0;
}

template <class Map>
class CuriousDestructors : public testing::Test {
  protected:
    CuriousDestructors() {
        Curious::look = [this] {
            ++looks_;
            for (const Map* const map : {map_.get(), other_.get()})
                is_whole_ = is_whole_ && is_whole(map->left(), map->right(), map->size()) &&
                            is_whole(map->right(), map->left(), map->size());
        };
    }
    ~CuriousDestructors() override { Curious::look = nullptr; }

    std::unique_ptr<Map> map_ = std::make_unique<Map>(Map{{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}});
    std::unique_ptr<Map> other_ = std::make_unique<Map>(Map{{1, 11}, {6, 60}, {7, 50}});
    std::size_t looks_ = 0;
    bool is_whole_ = true;
};

using Maps = testing::Types<bimap::BiMap<Curious, Curious>,
                            bimap::BiMap<Curious, Curious, bimap::ordered<>, bimap::ordered<>>,
                            bimap::BiMap<Curious, Curious, bimap::sequenced<>, bimap::hashed<>>>;
TYPED_TEST_SUITE(CuriousDestructors, Maps);

TYPED_TEST(CuriousDestructors, SeeAWholeMapWhateverHappens) {
    using Map = TypeParam;
    using Pairs = std::vector<std::pair<Curious, Curious>>;
    struct Change {
        const char* name;
        std::function<void(Map&, Map&)> make;
    };
    const std::vector<Change> changes{
        {"insert what is refused", [](Map& m, Map&) { m.insert(1, 99); }},
        {"emplace what is refused", [](Map& m, Map&) { m.emplace(9, 10); }},
        {"try_emplace what is refused", [](Map& m, Map&) { m.left().try_emplace(9, 10); }},
        {"force", [](Map& m, Map&) { m.force(1, 20); }},
        {"assign_left", [](Map& m, Map&) { m.assign_left(1, 99); }},
        {"assign_right", [](Map& m, Map&) { m.assign_right(9, 10); }},
        {"erase by left", [](Map& m, Map&) { m.left().erase(1); }},
        {"erase by right", [](Map& m, Map&) { m.right().erase(10); }},
        {"erase at", [](Map& m, Map&) { m.erase(m.begin()); }},
        {"erase a range", [](Map& m, Map&) { m.right().erase(m.right().begin(), m.right().end()); }},
        {"erase_if",
         [](Map& m, Map&) { erase_if(m, [](const auto& pair) { return pair.first.number > 2; }); }},
        {"extract", [](Map& m, Map&) { m.left().extract(1); }},
        {"replace_left", [](Map& m, Map&) { m.replace_left(m.begin(), 9); }},
        {"clear", [](Map& m, Map&) { m.clear(); }},
        {"the end of the map", [](Map& m, Map&) { std::construct_at((std::destroy_at(&m), &m)); }},
        {"merge by force", [](Map& m, Map& other) { m.merge(bimap::policy::force, other); }},
        {"copy assignment", [](Map& m, Map& other) { m = other; }},
        {"move assignment", [](Map& m, Map& other) { m = std::move(other); }},
        {"assignment of a list", [](Map& m, Map&) { m = {{8, 80}}; }},
        {"insert_range by force",
         [](Map& m, Map&) { m.insert_range(bimap::policy::force, Pairs{{1, 20}, {9, 90}, {9, 30}}); }},
        {"a bulk insertion that fails",
         [](Map& m, Map&) {
             int count = 0;
             const auto pairs = [&count](int n) {
                 if (++count == 3) throw std::runtime_error("no more");
                 return std::pair<Curious, Curious>(n, n * 10 + 10);
             };
             const std::vector numbers{1, 9, 4};
             EXPECT_THROW(m.insert_range(bimap::policy::force, std::views::transform(numbers, pairs)),
                          std::runtime_error);
         }},
    };
    for (const Change& change : changes) {
        SCOPED_TRACE(change.name);
        const auto keep = std::exchange(Curious::look, nullptr);
        *this->map_ = Map{{1, 10}, {2, 20}, {3, 30}, {4, 40}, {5, 50}};
        *this->other_ = Map{{1, 11}, {6, 60}, {7, 50}};
        this->looks_ = 0;
        Curious::look = keep;
        change.make(*this->map_, *this->other_);
        EXPECT_GT(this->looks_, 0u);
        EXPECT_TRUE(std::exchange(this->is_whole_, true));
    }
}

}  // namespace
