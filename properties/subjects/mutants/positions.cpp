// SPDX-License-Identifier: BSL-1.0
// Group E: iterators, references, and arguments that refer into the map.
#include "properties/subjects/mutants/chained.hpp"

namespace bimap::properties::mutants {
namespace {

struct SkipsSuccessor : Chained {
    static constexpr Label label{.group = 'E',
                                 .row = 50,
                                 .name = "skips-successor",
                                 .story = "erasing by iterator skips the pair that follows",
                                 .minimum = "a.insert_range 0 2\na.erase_loop_left 0 0\n",
                                 .verdict = "diverges (answer) at 1"};
    Node* erase_at(Map& map, Side side, Node& node) const override {
        Node* const next = Chained::erase_at(map, side, node);
        return planted(next != nullptr) ? after(map, side, *next) : next;
    }
    Node* erase_range(Map& map, Side side, Node* from, Node* to) const override {
        while (from != to) from = Chained::erase_at(map, side, *from);
        return to;
    }
};

struct RangeReturnsOnePast : Chained {
    static constexpr Label label{.group = 'E',
                                 .row = 51,
                                 .name = "range-returns-one-past",
                                 .story = "erasing a range returns the pair behind the one that follows",
                                 .minimum = "a.insert 0 0\na.erase_range_left 0 0\n",
                                 .verdict = "diverges (answer) at 1"};
    Node* erase_range(Map& map, Side side, Node* from, Node* to) const override {
        Chained::erase_range(map, side, from, to);
        return planted(to != nullptr) ? after(map, side, *to) : to;
    }
};

struct RangeEndsEarly : Chained {
    static constexpr Label label{.group = 'E',
                                 .row = 51,
                                 .name = "range-ends-early",
                                 .story = "erasing a range of several pairs leaves the last of them",
                                 .minimum = "a.insert_range 0 2\na.erase_range_left 0 2\n",
                                 .verdict = "diverges (content) at 1"};
    Node* erase_range(Map& map, Side side, Node* from, Node* to) const override {
        for (std::size_t erased = 0; from != to; ++erased) {
            Node* const next = after(map, side, *from);
            if (planted(next == to && erased > 0)) break;
            from = Chained::erase_at(map, side, *from);
        }
        return to;
    }
};

struct ReserveMovesPairs : Chained {
    static constexpr Label label{.group = 'E',
                                 .row = 54,
                                 .name = "reserve-moves-pairs",
                                 .story = "a reservation makes every pair anew, and references to them die",
                                 .minimum = "a.insert 0 0\na.reserve 5\n",
                                 .verdict = "diverges (reference) at 1"};
    void reserve(Map& map, std::size_t count) const override {
        if (!planted(map.size > 0 && count > map.bucket_count)) return Chained::reserve(map, count);
        Map changed = beside(map);
        fill(changed, map);
        Chained::reserve(changed, count);
        replace_by(map, changed);
    }
};

struct EraseMovesLast : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 54,
        .name = "erase-moves-last",
        .story = "an erased pair's place is taken by the last one, which moves there",
        .minimum = "a.insert_range 0 2\na.erase_left 0\n",
        .verdict = "diverges (reference) at 1"};
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        const Node* const node = find(map, side, key);
        if (!planted(node != nullptr && node != map.last)) return Chained::erase(map, side, key);
        Node* const last = map.last;
        OwnedNode moved = make(map, {last->keys[0]}, {last->keys[1]});
        Chained::erase(map, side, key);
        unlink(map, last);
        drop(map.arena, last);
        link(map, moved.release());
        return 1;
    }
};

struct FromItselfEmpties : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 56,
        .name = "from-itself-empties",
        .story = "a map that is given all of its own pairs begins by clearing itself",
        .minimum = "a.insert 0 0\na.force_all a\n",
        .verdict = "diverges (content) at 1"};
    void force_all(Map& map, const Map& from, Sink sink) const override {
        if (planted(&map == &from && map.size > 0)) clear(map);
        Chained::force_all(map, from, sink);
    }
};

struct ReadsReplaced : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 52,
        .name = "reads-replaced",
        .story = "what an assignment stores is read after what was in the way has gone",
        .minimum = "a.insert 0 0\na.force &0 1\n",
        .verdict = "crashes at 1: a destroyed element was used",
        .under_sanitizer = "crashes at 1: heap-use-after-free"};
    Insertion put(Map& map, Argument left, Argument right, Policy policy) const override {
        const Node* const held = find(map, Side::left, left.key);
        OwnedNode shown;
        if (held != nullptr && policy.replaces[0]) shown = make(map, {held->keys[0]}, {held->keys[1]});
        Insertion done = Chained::put(map, left, right, policy);
        if (done.evicted[0].get() == nullptr) return done;
        planted(held != nullptr && &left.key == &held->keys[0]);
        done.evicted[0] = OwnedNode{};
        static_cast<void>(left.key.number());
        done.evicted[0] = std::move(shown);
        return done;
    }
    [[nodiscard]] Promises promises() const override {
        Promises promises = Chained::promises();
        promises.strong.reset();
        return promises;
    }
};

struct UsesErasedKey : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 53,
        .name = "uses-erased-key",
        .story = "the key is used once more when its pair has gone, though it may have been the pair's",
        .minimum = "a.insert 0 0\na.erase_left &0\n",
        .verdict = "crashes at 1: a destroyed element was used",
        .under_sanitizer = "crashes at 1: heap-use-after-free"};
    std::size_t erase(Map& map, Side side, const Key& key) const override {
        const Node* const node = find(map, side, key);
        planted(node != nullptr && &key == &node->keys[index_of(side)]);
        const std::size_t erased = Chained::erase(map, side, key);
        static_cast<void>(key.number());
        return erased;
    }
};

struct MoveCopiesPairs : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 54,
        .name = "move-copies-pairs",
        .story = "an assignment by moving makes the pairs anew, and references to the old ones dangle",
        .minimum = "a.insert 0 0\nb.move_assign a\n",
        .verdict = "diverges (reference) at 1"};
    void move_assign(Map& target, Map& from) const override {
        if (!planted(&target != &from && from.size > 0)) return Chained::move_assign(target, from);
        copy_assign(target, from);
        clear(from);
    }
};

struct TakesByErasedKey : Chained {
    static constexpr Label label{
        .group = 'E',
        .row = 53,
        .name = "takes-by-erased-key",
        .story =
            "the key is used once more when its pair has left its map, though it may have been the pair's",
        .minimum = "a.insert 0 0\nb.take_left a &0\n",
        .verdict = "crashes at 1: a destroyed element was used",
        .under_sanitizer = "crashes at 1: heap-use-after-free"};
    Insertion take(Map& map, Map& from, Side side, const Key& key) const override {
        const Node* const node = find(from, side, key);
        planted(node != nullptr && &map != &from && &key == &node->keys[index_of(side)]);
        Insertion done = Chained::take(map, from, side, key);
        static_cast<void>(key.number());
        return done;
    }
};

}  // namespace

void add_positions(std::vector<Mutant>& list) {
    plant_all<UsesErasedKey, TakesByErasedKey, MoveCopiesPairs, SkipsSuccessor, RangeReturnsOnePast,
              RangeEndsEarly, ReserveMovesPairs, EraseMovesLast, FromItselfEmpties, ReadsReplaced>(list);
}

}  // namespace bimap::properties::mutants
