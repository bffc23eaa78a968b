// SPDX-License-Identifier: BSL-1.0
// A law that cannot fail is a defect: for each law there is a map here that breaks it, and the law is seen to
// fail.
//
// Each broken map is a BiMap with one member that hides the right one.
#include <algorithm>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/tests/law_binding.hpp"

namespace {

using namespace bimap::properties;
using namespace bimap::properties::laws;

using Plain = bimap::BiMap<int, int>;
using Sorted = bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<>>;
using InOrder = bimap::BiMap<int, int, bimap::sequenced<>>;
using Sturdy = TrackedMap<Nature::sturdy, bimap::hashed<>, bimap::hashed<>>;
using Answer = Plain::insertion_type;

// Looking.

template <class View>
struct SkippingView : View {
    explicit SkippingView(View view) : View(view) {}
    auto begin() const {
        const auto first = View::begin();
        return first == View::end() ? first : std::next(first);
    }
};
struct HidesAPairOnTheRight : Plain {
    auto right() const { return SkippingView{Plain::right()}; }
};

struct CountsToThree : Plain {
    size_type size() const { return std::min<size_type>(Plain::size(), 3); }
};

template <class View>
struct OverlookingView : View {
    explicit OverlookingView(View view) : View(view) {}
    auto find(int key) const { return key == 5 ? View::end() : View::find(key); }
};
struct OverlooksFive : Plain {
    auto right() const { return OverlookingView{Plain::right()}; }
};

template <class View>
struct InventingView : View {
    explicit InventingView(View view) : View(view) {}
    int at(int key) const { return View::contains(key) ? View::at(key) : 0; }
};
struct InventsWhatIsMissing : Plain {
    auto left() const { return InventingView{Plain::left()}; }
};

template <class View>
struct GenerousView : View {
    explicit GenerousView(View view) : View(view) {}
    auto equal_range(int key) const { return std::pair{View::find(key), View::end()}; }
};
struct RangesToTheEnd : Plain {
    auto left() const { return GenerousView{Plain::left()}; }
};

using Descending = bimap::BiMap<int, int, bimap::ordered<>, bimap::ordered<std::greater<>>>;

template <class View>
struct OneTooFarView : View {
    explicit OneTooFarView(View view) : View(view) {}
    auto lower_bound(int key) const { return View::upper_bound(key); }
};
struct BoundsOneTooFar : Sorted {
    auto right() const { return OneTooFarView{Sorted::right()}; }
};

template <class View>
struct ClosedRangeView : View {
    explicit ClosedRangeView(View view) : View(view) {}
    auto range(int from, int to) const {
        return typename View::range_type(View::lower_bound(from), View::upper_bound(std::max(from, to)));
    }
};
struct RangesOneTooFar : Sorted {
    auto right() const { return ClosedRangeView{Sorted::right()}; }
};

struct PutsInFront : InOrder {
    auto insert(int left, int right) {
        const auto done = InOrder::insert(left, right);
        if (done) this->left().move_to_front(done.position);
        return done;
    }
};

// The inverse.

struct CopyInverse {
    Plain copy;
    const Plain& inverse() const { return copy; }
};
struct InvertsACopy : Plain {
    CopyInverse inverse() const { return {*this}; }
};

struct InvertsNothing : Plain {
    const Plain& inverse() const { return *this; }
};

struct UnmirroredInverse : Plain::inverse_type {
    auto assign_left(int right, int left) { return assign_right(right, left); }
};
struct MirrorsNoAssignment : Plain {
    UnmirroredInverse inverse() { return {Plain::inverse()}; }
};

struct ExchangingInverse : Plain::inverse_type {
    auto force(int right, int left) {
        auto done = Plain::inverse_type::force(right, left);
        if (done.evicted_count() == 2) std::swap(done.evicted_left, done.evicted_right);
        return done;
    }
};
struct ExchangesWhatItsInverseEvicts : Plain {
    ExchangingInverse inverse() { return {Plain::inverse()}; }
};

struct IdleInverse : Plain::inverse_type {
    friend std::size_t erase_if(IdleInverse&&, auto) { return 0; }
};
struct FiltersNoInverse : Plain {
    IdleInverse inverse() { return {Plain::inverse()}; }
};

// Inserting.

struct RefusesTwins : Plain {
    Answer insert(int left, int right) { return left == right ? Answer{} : Plain::insert(left, right); }
};

struct MisplacesFive : Plain {
    Answer insert(int left, int right) { return Plain::insert(left, right == 5 ? 100 + left : right); }
};

struct ErasesWhatIsInTheWay : Plain {
    Answer insert(int left, int right) {
        const Answer answer = Plain::insert(left, right);
        if (!answer) right_erase(right);
        return answer;
    }
    void right_erase(int key) { Plain::right().erase(key); }
};

struct TakesArgumentsAtOnce : Sturdy {
    insertion_type insert(left_type left, right_type right) {
        return Sturdy::insert(std::move(left), std::move(right));
    }
};

struct ForceSaysYes : Plain {
    Answer force(int left, int right) {
        Answer answer = Plain::force(left, right);
        answer.inserted = true;
        return answer;
    }
};

struct ForceForgetsTheRight : Plain {
    Answer force(int left, int right) {
        const Answer answer = Plain::force(left, right);
        if (answer.evicted_right) Plain::insert(answer.evicted_right->first, 100 + left);
        return answer;
    }
};

struct AssignsLeftByForce : Plain {
    Answer assign_left(int left, int right) { return force(left, right); }
};
struct AssignsRightByForce : Plain {
    Answer assign_right(int left, int right) { return force(left, right); }
};

struct KeepsTheEvictedRight : Plain {
    Answer force(int left, int right) {
        Answer answer = Plain::force(left, right);
        answer.evicted_right.reset();
        return answer;
    }
};

struct EmplacesByForce : Plain {
    using Plain::emplace;
    Answer emplace(int left, int right) { return force(left, right); }
};

struct StopsAtTheFirstRefusal : Plain {
    using Plain::Plain;
    Answer insert(int left, int right) { return Plain::insert(left, right); }
    template <std::input_iterator It>
    void insert(It first, It last) {
        while (first != last && insert(first->first, first->second)) ++first;
    }
};

struct PutsTheLastOfARangeInFront : InOrder {
    using InOrder::InOrder;
    auto insert(int left, int right) { return InOrder::insert(left, right); }
    template <std::input_iterator It>
    void insert(It first, It last) {
        InOrder::insert(first, last);
        if (!empty()) left().move_to_front(std::prev(left().end()));
    }
};

struct AddsAList : Plain {
    AddsAList& operator=(std::initializer_list<value_type> pairs) {
        insert(pairs);
        return *this;
    }
};

struct OnlyGrowsUpwards : Plain {
    Answer insert(int left, int right) {
        const bool below = std::ranges::all_of(*this, [&](const auto& pair) { return left < pair.first; });
        return below && !empty() ? Answer{} : Plain::insert(left, right);
    }
};

struct RefusesItsOwn : Plain {
    Answer force(const int& left, const int& right) {
        const auto own = Plain::left().find(left);
        if (own != end() && std::addressof(own->first) == std::addressof(left)) return {};
        return Plain::force(left, right);
    }
};

struct IsRebuiltWhenItGrows : Plain {
    Answer insert(int left, int right) {
        Plain larger(*this);
        const Answer answer = larger.insert(left, right);
        Plain::operator=(std::move(larger));
        return answer;
    }
};

// Erasing.

template <class View>
struct IdleView : View {
    explicit IdleView(View view) : View(view) {}
    std::size_t erase(int) const { return 0; }
};
struct ErasesNothingOnTheRight : Plain {
    auto right() { return IdleView{Plain::right()}; }
};

template <class View>
struct OptimisticView : View {
    explicit OptimisticView(View view) : View(view) {}
    std::size_t erase(int key) const { return View::erase(key), 1; }
};
struct AlwaysSaysOneWasErased : Plain {
    auto right() { return OptimisticView{Plain::right()}; }
};

template <class View>
struct RestartingView : View {
    explicit RestartingView(View view) : View(view) {}
    using typename View::iterator;
    iterator erase(iterator position) const { return View::erase(position), View::begin(); }
    iterator erase(iterator first, iterator last) const { return View::erase(first, last); }
};
struct ReturnsTheFirstInsteadOfTheNext : Sorted {
    auto right() { return RestartingView{Sorted::right()}; }
};

template <class View>
struct HastyView : View {
    explicit HastyView(View view) : View(view) {}
    using typename View::iterator;
    iterator erase(iterator position) const { return View::erase(position); }
    iterator erase(iterator first, iterator last) const {
        return first == last ? last : View::erase(std::next(first), last);
    }
};
struct LeavesTheFirstOfARange : Plain {
    auto left() { return HastyView{Plain::left()}; }
};

struct Miscounts : Plain {
    friend size_type erase_if(Miscounts& map, auto matches) {
        return erase_if(static_cast<Plain&>(map), matches) & ~size_type{1};
    }
};

struct ClearsAllButOne : Plain {
    void clear() {
        while (size() > 1) left().erase(begin());
    }
};

// Whole maps.

struct ComparesSideBySide : Plain {
    friend bool operator==(const ComparesSideBySide& a, const ComparesSideBySide& b) {
        return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& pair) {
                   return b.left().contains(pair.first) && b.right().contains(pair.second);
               });
    }
};

/// Clearing it clears the latest copy, too.
struct SharesWithItsCopy : Plain {
    SharesWithItsCopy() = default;
    SharesWithItsCopy(SharesWithItsCopy&&) = default;
    SharesWithItsCopy(const SharesWithItsCopy& other) : Plain(other) { other.copy_ = this; }
    void clear() {
        Plain::clear();
        if (copy_ != nullptr) copy_->clear();
    }

  private:
    mutable SharesWithItsCopy* copy_ = nullptr;
};

struct CopiesOnTop : Plain {
    CopiesOnTop() = default;
    CopiesOnTop(const CopiesOnTop&) = default;
    CopiesOnTop& operator=(const CopiesOnTop& other) {
        if (this != &other) insert(other.begin(), other.end());
        return *this;
    }
};

struct MovesByCopying : Plain {
    MovesByCopying() = default;
    MovesByCopying(const MovesByCopying&) = default;
};

struct LosesItselfWhenMovedToItself : Plain {
    LosesItselfWhenMovedToItself() = default;
    LosesItselfWhenMovedToItself(LosesItselfWhenMovedToItself&&) = default;
    LosesItselfWhenMovedToItself& operator=(LosesItselfWhenMovedToItself&& other) {
        clear();
        Plain::swap(other);
        return *this;
    }
};

struct SwapsOneWay : Plain {
    friend void swap(SwapsOneWay& a, SwapsOneWay& b) { a = b; }
};

struct ShrinksTooFar : Plain {
    void shrink_to_fit() {
        if (!empty()) left().erase(begin());
        Plain::shrink_to_fit();
    }
};

// Pairs that leave, return and change.

template <class View>
struct OverwritingView : View {
    explicit OverwritingView(View view) : View(view) {}
    auto try_emplace(int key, int mapped) const {
        return View::try_emplace(bimap::policy::force, key, mapped);
    }
};
struct TryEmplacesByForce : Plain {
    auto left() { return OverwritingView{Plain::left()}; }
    auto left() const { return Plain::left(); }
};

template <class View>
struct CopyingOutView : View {
    explicit CopyingOutView(View view) : View(view) {}
    auto extract(int key) const {
        using Node = typename View::node_type;
        return View::contains(key) ? Node({key, View::at(key)}) : Node();
    }
};
struct ExtractsACopy : Plain {
    auto left() { return CopyingOutView{Plain::left()}; }
    auto left() const { return Plain::left(); }
};

struct MergesByForce : Plain {
    auto merge(MergesByForce& other) { return Plain::merge(bimap::policy::force, other); }
};

struct ReplacesByForce : Plain {
    auto replace_left(iterator position, int left) {
        if (position->first != left) Plain::left().erase(left);
        return Plain::replace_left(position, left);
    }
};

// The table.

using Caught = bool (*)();

template <auto law>
bool is_caught() {
    rc::detail::TestParams params;
    params.seed = 1;
    const auto result = rc::detail::checkTestable(property_of(law), rc::detail::TestMetadata{}, params);
    return result.template is<rc::detail::FailureResult>();
}

/// A law, and whether it catches a map that breaks it.
struct Plant {
    std::string_view law;
    std::string_view broken;
    Caught caught;
};
const std::vector<Plant> plants = {
// Template arguments stand in no parentheses. NOLINTNEXTLINE(bugprone-macro-parentheses)
#define PLANT(law, Broken) {#law, #Broken, [] { return is_caught<&law<Broken>>(); }}
    PLANT(the_views_show_the_same_pairs, HidesAPairOnTheRight),
    PLANT(the_size_is_the_number_of_pairs_on_both_sides, CountsToThree),
    PLANT(every_pair_is_found_from_both_sides, OverlooksFive),
    PLANT(a_missing_key_is_found_nowhere, InventsWhatIsMissing),
    PLANT(equal_range_is_the_pair_or_nothing, RangesToTheEnd),
    PLANT(an_ordered_side_ascends, Descending),
    PLANT(the_bounds_divide_an_ordered_side, BoundsOneTooFar),
    PLANT(a_range_of_keys_is_what_lies_between, RangesOneTooFar),
    PLANT(an_insertion_ordered_side_keeps_the_order, PutsInFront),
    PLANT(the_inverse_of_the_inverse_is_the_map, InvertsACopy),
    PLANT(the_inverse_exchanges_the_views, InvertsNothing),
    PLANT(inserting_through_the_inverse_is_mirrored_inserting, MirrorsNoAssignment),
    PLANT(inserting_through_the_inverse_is_mirrored_inserting, ExchangesWhatItsInverseEvicts),
    PLANT(erasing_through_the_inverse_is_mirrored_erasing, FiltersNoInverse),
    PLANT(insert_accepts_what_meets_nothing, RefusesTwins),
    PLANT(what_insert_accepts_is_found_from_both_sides, MisplacesFive),
    PLANT(a_refused_insertion_changes_nothing, ErasesWhatIsInTheWay),
    PLANT(a_refused_argument_is_untouched, TakesArgumentsAtOnce),
    PLANT(inserting_twice_changes_nothing_the_second_time, ForceSaysYes),
    PLANT(force_makes_room, ForceForgetsTheRight),
    PLANT(assign_left_replaces_only_the_same_left, AssignsLeftByForce),
    PLANT(assign_right_replaces_only_the_same_right, AssignsRightByForce),
    PLANT(evicted_pairs_are_those_that_were_there, KeepsTheEvictedRight),
    PLANT(emplace_is_insert, EmplacesByForce),
    PLANT(a_range_is_inserted_one_by_one, StopsAtTheFirstRefusal),
    PLANT(a_range_is_inserted_one_by_one, PutsTheLastOfARangeInFront),
    PLANT(a_list_replaces_the_content, AddsAList),
    PLANT(try_emplace_finds_or_inserts, TryEmplacesByForce),
    PLANT(a_node_leads_back, ExtractsACopy),
    PLANT(merging_leaves_what_is_refused, MergesByForce),
    PLANT(replacing_a_side_keeps_the_other, ReplacesByForce),
    PLANT(every_order_of_disjoint_insertions_gives_equal_maps, OnlyGrowsUpwards),
    PLANT(an_aliased_argument_is_as_good_as_a_copy, RefusesItsOwn),
    PLANT(erasing_undoes_inserting, ErasesNothingOnTheRight),
    PLANT(a_pair_stays_where_it_is, IsRebuiltWhenItGrows),
    PLANT(erase_takes_the_pair_with_that_key, AlwaysSaysOneWasErased),
    PLANT(erasing_at_a_position_returns_the_next, ReturnsTheFirstInsteadOfTheNext),
    PLANT(erasing_a_range_takes_what_lies_in_it, LeavesTheFirstOfARange),
    PLANT(erase_if_erases_exactly_what_matches, Miscounts),
    PLANT(a_cleared_map_is_as_good_as_a_new_one, ClearsAllButOne),
    PLANT(equality_sees_the_pairing, ComparesSideBySide),
    PLANT(a_copy_is_equal_and_independent, SharesWithItsCopy),
    PLANT(copying_over_replaces_the_content, CopiesOnTop),
    PLANT(moving_leaves_the_source_empty_and_usable, MovesByCopying),
    PLANT(moving_over_replaces_the_content, LosesItselfWhenMovedToItself),
    PLANT(swapping_twice_is_nothing, SwapsOneWay),
    PLANT(reserving_and_shrinking_change_no_content, ShrinksTooFar),
#undef PLANT
};

class PlantTest : public testing::Test {
  public:
    explicit PlantTest(Caught caught) : caught_{caught} {}
    void TestBody() override { EXPECT_TRUE(caught_()); }

  private:
    Caught caught_;
};

const bool registered = [] {
    for (const auto& [law, broken, caught] : plants)
        testing::RegisterTest("PlantedLaws", (as_test_name(law) + "FailsFor" + std::string{broken}).c_str(),
                              nullptr, nullptr, __FILE__, __LINE__,
                              [plant = caught]() -> testing::Test* { return new PlantTest(plant); });
    return true;
}();

TEST(PlantedLaws, ThereIsOneForEachLaw) {
    ASSERT_TRUE(registered);
    const auto expect_a_plant = [](std::string_view law, auto) {
        EXPECT_NE(std::ranges::find(plants, law, &Plant::law), plants.end()) << law;
    };
    for_each_law<Sorted>(expect_a_plant);
    for_each_law<InOrder>(expect_a_plant);
}

}  // namespace
