// SPDX-License-Identifier: BSL-1.0
// Finds a pair by the hash of one of its sides; it sees keys only through the accessor that it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/default_hash.hpp"
#include "bimap/detail/function_box.hpp"
#include "bimap/detail/mix.hpp"
#include "bimap/detail/precondition.hpp"
#include "bimap/detail/prefetch.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/tag_group.hpp"
#include "bimap/index.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// Rounded as if once, so that a table that is as full as it may be says no more than that.
constexpr float share(std::size_t part, std::size_t whole) noexcept {
    return static_cast<float>(static_cast<double>(part) / static_cast<double>(whole));
}

/// Open addressing over groups of twelve. A key's home group is the upper half of its hash scaled to the
/// number of groups, which therefore need not be a power of two; but it is odd, so that the steps in which an
/// entry goes on from full groups lead it to every one of them.
///
/// Deciding (`find`, `locate`, `prepare`) may call the user's hasher and equality and may allocate; doing
/// (`link`, `unlink`, `replace`) does neither.
template <class Key, class Hash, class Equal, class Allocator>
class HashIndex {
  public:
    static constexpr bool keeps_order = false;
    static constexpr bool is_sorted = false;

    using hasher = std::conditional_t<std::is_same_v<Hash, default_>, DefaultHash<Key>, Hash>;
    using key_equal = Equal;

    /// Whether keys of other types are looked up as they are, unconverted.
    template <class K>
    static constexpr bool accepts =
        requires(const hasher& hash, const key_equal& equal, const Key& key, const K& k) {
            typename hasher::is_transparent;
            typename key_equal::is_transparent;
            hash(k);
            equal(key, k);
        };

    /// Where a key is, or would go: it stays true whatever else is linked or unlinked.
    struct Spot {
        std::uint64_t hash = 0;
        std::uint32_t pair = none;
    };

    /// How an entry is put back that was unlinked, once everything since then has been undone.
    using FormerPlace = Spot;

    HashIndex() = default;
    explicit HashIndex(const hashed<Hash, Equal>& from) : hash_(hasher_in(from)), equal_(from.equal) {}

    /// Takes over the function objects of `other`, not its content.
    explicit HashIndex(const HashIndex* other) noexcept(std::is_nothrow_copy_constructible_v<hasher> &&
                                                        std::is_nothrow_copy_constructible_v<key_equal>)
        : hash_(*other->hash_), equal_(*other->equal_) {}

    const hasher& hash_function() const noexcept { return *hash_; }
    const key_equal& key_eq() const noexcept { return *equal_; }

    /// The first half of a search, which waits for nothing: several are begun before the first one ends.
    using Approach = std::uint64_t;
    template <class K>
    Approach approach(const K& key) const {
        const std::uint64_t hash = hash_of(key);
        detail::prefetch(groups_.address(home(hash)));
        return hash;
    }

    template <class Keys, class K>
    Spot find(const Keys& keys, const K& key) const {
        return find(keys, key, hash_of(key));
    }

    template <class Keys, class K>
    Spot find(const Keys& keys, const K& key, Approach hash) const {
        if (groups_.size() == 0) return {hash, none};
        const std::uint8_t tag = tag_of(hash);
        const std::uint32_t first = home(hash);
        std::uint32_t g = first;
        do {
            const TagGroup& group = groups_[g];
            for (Matches m = group.match(tag); m; m.drop_first()) {
                const std::uint32_t pair = group.pair[m.first()];
                if ((*equal_)(keys[pair], key)) [[likely]]
                    return {hash, pair};
            }
            if (!group.was_passed(tag)) [[likely]]
                break;
            g = after(g, tag);
        } while (g != first);
        return {hash, none};
    }

    /// The spot of a pair that is in the index.
    template <class Keys>
    Spot locate(const Keys& keys, std::uint32_t pair) const {
        return {approach(keys[pair]), pair};
    }

    /// Makes room for an entry at this spot; `pairs` is every pair in the index. Strong.
    template <class Keys, class Pairs>
    void prepare(const Allocator& allocator, const Keys& keys, const Pairs& pairs, const Spot& spot) {
        if (spot.pair == none && room_ == 0) grow(allocator, keys, pairs, size() + 1);
    }

    /// Makes room for n entries in all. Strong.
    template <class Keys, class Pairs>
    void reserve(const Allocator& allocator, const Keys& keys, const Pairs& pairs, std::uint32_t n) {
        if (n > capacity()) grow(allocator, keys, pairs, n);
    }

    /// As few groups as its entries allow. Strong.
    template <class Keys, class Pairs>
    void shrink(const Allocator& allocator, const Keys& keys, const Pairs& pairs) {
        if (size() == 0) {
            release(allocator);
        } else if (groups_for(size()) < groups_.size()) {
            rehash(allocator, keys, pairs, groups_for(size()));
        }
    }

    /// Precondition: `prepare` made room.
    template <class Keys>
    void link(const Keys&, const Spot& spot, std::uint32_t pair) noexcept {
        place(groups_, spot.hash, pair);
        --room_;
    }

    void unlink(const Spot& spot) noexcept {
        const Entry entry =
            entry_of(spot, [](TagGroup& passed, std::uint8_t tag) { passed.forget_passing(tag); });
        entry.group->tag[entry.position] = TagGroup::empty;
        ++room_;
    }

    /// Puts `pair` in the place of spot.pair, whose key is equivalent.
    template <class Keys>
    void replace(const Keys&, const Spot& spot, std::uint32_t pair) noexcept {
        const Entry entry = entry_of(spot, [](TagGroup&, std::uint8_t) {});
        entry.group->pair[entry.position] = pair;
    }

    FormerPlace former_place(const Spot& spot) const noexcept { return spot; }
    void prepare_restoring(const Allocator&, std::uint32_t, std::uint32_t) const noexcept {}

    template <class Keys>
    void restore(const Keys& keys, const FormerPlace& former) noexcept {
        link(keys, former, former.pair);
    }

    void clear() noexcept {
        groups_.clear();
        room_ = capacity();
    }

    void release(const Allocator& allocator) noexcept {
        groups_.release(allocator);
        room_ = 0;
    }

    /// Fills an empty index like `other`, which is not, and whose pairs have the same numbers. Calls no
    /// function object. Strong.
    void assign(const Allocator& allocator, const HashIndex& other) {
        groups_.allocate(allocator, other.groups_.size());
        for (std::uint32_t g = 0; g != groups_.size(); ++g) groups_[g] = other.groups_[g];
        room_ = other.room_;
    }

    void swap_content(HashIndex& other) noexcept {
        groups_.swap(other.groups_);
        std::swap(room_, other.room_);
    }

    static constexpr bool functions_exchange_safely =
        FunctionBox<hasher>::exchanges_safely && FunctionBox<key_equal>::exchanges_safely;

    void exchange_functions(HashIndex& other) noexcept(functions_exchange_safely) {
        hash_.exchange(other.hash_);
        equal_.exchange(other.equal_);
    }

    /// How many entries fit before the next rehash.
    std::uint32_t capacity() const noexcept { return capacity_of(groups_.size()); }

    /// Full or empty.
    std::size_t places() const noexcept { return std::size_t{groups_.size()} * TagGroup::width; }

    /// How many of the places are filled at most.
    static constexpr float max_load_factor() noexcept { return share(filled, TagGroup::width); }

    /// Hashes every key; compares none.
    template <class Keys, class Pairs>
    const char* violated_invariant(const Keys& keys, const Pairs& pairs) const {
        if (size() != pairs.size()) return "I4: a hashed index has not as many entries as there are pairs";
        if (room_ > capacity()) return "I5: a hashed index is fuller than 3/4";
        if (!names_only_live(pairs)) return "I4: a hashed index names a pair that is not there";
        std::uint32_t entries = 0;
        for (std::uint32_t g = 0; g != groups_.size(); ++g) {
            for (const std::uint8_t tag : groups_[g].tag) entries += tag != TagGroup::empty;
            if (!counts_who_passed(keys, g)) return "I7: an overflow count is not the entries that passed";
        }
        if (entries != size()) return "I4: the entries of a hashed index are not as many as it counts";
        for (std::uint32_t i = pairs.next(0); i != none; i = pairs.next(i + 1)) {
            if (!reaches(locate(keys, i))) return "I6: a pair is not where its hash leads, under its tag";
        }
        return nullptr;
    }

  private:
    struct Entry {
        TagGroup* group;
        std::uint32_t position;
    };

    static hasher hasher_in(const hashed<Hash, Equal>& from) {
        if constexpr (std::is_same_v<Hash, default_>) {
            return hasher{};
        } else {
            return from.hash;
        }
    }

    std::uint32_t size() const noexcept { return capacity() - room_; }

    /// So many of a group's places, on average: then one group in seven sends entries on.
    static constexpr std::uint32_t filled = 9;

    static constexpr std::uint32_t capacity_of(std::uint32_t groups) noexcept { return groups * filled; }
    static constexpr std::uint32_t groups_for(std::uint32_t n) noexcept {
        return (n + filled - 1) / filled | 1;
    }

    static std::uint32_t home(std::uint64_t hash, std::uint32_t groups) noexcept {
        return static_cast<std::uint32_t>(((hash >> 32) * groups) >> 32);
    }

    template <class K>
    std::uint64_t hash_of(const K& key) const {
        if constexpr (Avalanching<hasher>) {
            return (*hash_)(key);
        } else {
            return mix((*hash_)(key));
        }
    }

    std::uint32_t home(std::uint64_t hash) const noexcept { return home(hash, groups_.size()); }
    std::uint32_t after(std::uint32_t g, std::uint8_t tag) const noexcept {
        return after(g, tag, groups_.size());
    }
    static std::uint32_t after(std::uint32_t g, std::uint8_t tag, std::uint32_t groups) noexcept {
        const std::uint32_t next = g + TagGroup::step_of(tag);
        return next < groups ? next : next % groups;
    }

    /// Precondition: some group has an empty place.
    static void place(Buffer<TagGroup, Allocator>& groups, std::uint64_t hash, std::uint32_t pair) noexcept {
        const std::uint8_t tag = tag_of(hash);
        std::uint32_t g = home(hash, groups.size());
        while (!groups[g].match_empty()) {
            groups[g].count_passing(tag);
            g = after(g, tag, groups.size());
        }
        TagGroup& group = groups[g];
        const std::uint32_t vacant = group.match_empty().first();
        group.pair[vacant] = pair;
        group.tag[vacant] = tag;
    }

    /// Whether a pair's hash leads to its entry, as it did when the pair came. For preconditions.
    bool keeps_its_hash(const Spot& spot) const noexcept {
        const std::uint8_t tag = tag_of(spot.hash);
        std::uint32_t g = home(spot.hash);
        for (std::uint32_t seen = 0; seen != groups_.size(); ++seen, g = after(g, tag))
            for (Matches m = groups_[g].match(tag); m; m.drop_first())
                if (groups_[g].pair[m.first()] == spot.pair) return true;
        return false;
    }

    /// The entry of a pair that is in the index; calls `passing` with every group on the way that is not its
    /// own.
    template <class Passing>
    Entry entry_of(const Spot& spot, Passing passing) noexcept {
        BIMAP_PRECONDITION(keeps_its_hash(spot));
        const std::uint8_t tag = tag_of(spot.hash);
        for (std::uint32_t g = home(spot.hash);; g = after(g, tag)) {
            TagGroup& group = groups_[g];
            for (Matches m = group.match(tag); m; m.drop_first()) {
                if (group.pair[m.first()] == spot.pair) [[likely]]
                    return {&group, m.first()};
            }
            passing(group, tag);
        }
    }

    /// Makes room for n entries, and for twice as many as now if the allocator gives that: so that making
    /// room is constant on average, however often it is done.
    template <class Keys, class Pairs>
    void grow(const Allocator& allocator, const Keys& keys, const Pairs& pairs, std::uint32_t n) {
        const std::uint32_t doubled = groups_.at_most(allocator, groups_.size() * 2 + 1);
        rehash(allocator, keys, pairs, std::max(groups_for(n), doubled - (doubled % 2 == 0)));
    }

    /// Hashing runs ahead of placing by as many groups as are worth fetching at once.
    template <class Keys, class Pairs>
    void rehash(const Allocator& allocator, const Keys& keys, const Pairs& pairs, std::uint32_t groups) {
        ScopedBuffer<TagGroup, Allocator> fresh(allocator);
        fresh.allocate(allocator, groups);
        Spot ahead[8];
        for (std::uint32_t i = pairs.next(0); i != none;) {
            std::uint32_t count = 0;
            for (; count != std::size(ahead) && i != none; ++count, i = pairs.next(i + 1)) {
                ahead[count] = {hash_of(keys[i]), i};
                detail::prefetch(&fresh[home(ahead[count].hash, groups)]);
            }
            for (std::uint32_t k = 0; k != count; ++k) place(fresh, ahead[k].hash, ahead[k].pair);
        }
        room_ = capacity_of(groups) - size();
        groups_.swap(fresh);
    }

    template <class Pairs>
    bool names_only_live(const Pairs& pairs) const noexcept {
        for (std::uint32_t g = 0; g != groups_.size(); ++g) {
            for (std::uint32_t p = 0; p != TagGroup::width; ++p) {
                if (groups_[g].tag[p] != TagGroup::empty && !pairs.is_live(groups_[g].pair[p])) return false;
            }
        }
        return true;
    }

    /// Whether a search by hash comes to the entry of this pair.
    bool reaches(const Spot& spot) const noexcept {
        const std::uint8_t tag = tag_of(spot.hash);
        std::uint32_t g = home(spot.hash);
        for (std::uint32_t left = groups_.size(); left != 0; --left, g = after(g, tag)) {
            for (Matches m = groups_[g].match(tag); m; m.drop_first()) {
                if (groups_[g].pair[m.first()] == spot.pair) return true;
            }
            if (!groups_[g].was_passed(tag)) return false;
        }
        return false;
    }

    /// Whether group g counts on each track the entries that had to go on from it, as far as it counts them.
    template <class Keys>
    bool counts_who_passed(const Keys& keys, std::uint32_t g) const {
        for (std::uint32_t track = 0; track != TagGroup::tracks; ++track) {
            const std::uint8_t like = TagGroup::tag_on(track);
            if (groups_[g].is_uncounted(like)) continue;
            if (groups_[g].passed(like) != passed(keys, g, like)) return false;
        }
        return true;
    }

    /// How many entries lie further on the track of a tag than group g, and come from g or from before it.
    template <class Keys>
    std::uint32_t passed(const Keys& keys, std::uint32_t g, std::uint8_t like) const {
        std::uint32_t count = 0;
        std::uint32_t at = g;
        for (std::uint32_t d = 1; d < groups_.size() && groups_[at].was_passed(like); ++d) {
            at = after(at, like);
            for (std::uint32_t p = 0; p != TagGroup::width; ++p) {
                const std::uint8_t tag = groups_[at].tag[p];
                if (tag == TagGroup::empty || TagGroup::track_of(tag) != TagGroup::track_of(like)) continue;
                count += !is_between(home(hash_of(keys[groups_[at].pair[p]])), g, at, like);
            }
        }
        return count;
    }

    /// Whether a group is met on the track of a tag behind `from` and not behind `to`.
    bool is_between(std::uint32_t g, std::uint32_t from, std::uint32_t to, std::uint8_t like) const noexcept {
        for (std::uint32_t at = from; at != to;) {
            at = after(at, like);
            if (at == g) return true;
        }
        return false;
    }

    FunctionBox<hasher> hash_;
    FunctionBox<key_equal> equal_;
    Buffer<TagGroup, Allocator> groups_;
    std::uint32_t room_ = 0;  // for so many entries more, before the next rehash
};

}  // namespace bimap::detail
