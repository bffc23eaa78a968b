// SPDX-License-Identifier: BSL-1.0
// Keeps the pairs in the order of one of their sides; it sees keys only through the accessor that it is
// given.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "bimap/detail/buffer.hpp"
#include "bimap/detail/function_box.hpp"
#include "bimap/detail/node_pool.hpp"
#include "bimap/detail/prefetch.hpp"
#include "bimap/detail/standard_library.hpp"
#include "bimap/detail/transparent.hpp"
#include "bimap/detail/tree_label.hpp"
#include "bimap/detail/tree_node.hpp"
#include "bimap/index.hpp"
#include "bimap/limits.hpp"

namespace bimap::detail {

/// A B+ tree of pair numbers. `leaf_of_` says in which leaf a pair lies, so that stepping and erasing compare
/// no keys and cannot fail.
///
/// Deciding (`find`, `prepare`) may call the user's comparator and may allocate; doing (`link`, `unlink`,
/// `replace`) does neither.
template <class Key, class Compare, class Allocator>
class TreeIndex {
    static constexpr std::uint32_t capacity = Limits<Allocator>::node_capacity;
    static_assert(capacity >= 4 && capacity <= 254 && capacity % 2 == 0);

    /// A node with fewer entries is merged with a neighbour or filled up from it.
    static constexpr std::uint32_t fewest = capacity / 4;

    using Label = LabelFor<Key, Compare>;
    using Node = TreeNode<Label, capacity>;

  public:
    static constexpr bool keeps_order = true;
    static constexpr bool is_sorted = true;

    using key_compare = Compare;

    /// Whether keys of other types are looked up as they are, unconverted.
    template <class K>
    static constexpr bool accepts = ComparesUnconverted<Compare, Key, K>;

    /// Where a key is, or would go: true until something else is linked or unlinked.
    struct Spot {
        std::uint32_t pair = none;
        std::uint32_t leaf = none;
        std::uint32_t position = 0;
    };

    /// How an entry is put back that was unlinked, once everything since then has been undone.
    struct FormerPlace {
        Spot spot;
        std::uint32_t previous = none;
    };

    TreeIndex() = default;
    explicit TreeIndex(const ordered<Compare>& from) : compare_(from.compare) {}

    /// Takes over the comparator of `other`, not its content.
    explicit TreeIndex(const TreeIndex* other) noexcept(std::is_nothrow_copy_constructible_v<Compare>)
        : compare_(*other->compare_) {}

    const key_compare& key_comp() const noexcept { return *compare_; }

    /// The first half of a search: here it is nothing.
    struct Approach {};
    template <class K>
    Approach approach(const K&) const noexcept {
        return {};
    }

    template <class Keys, class K>
    Spot find(const Keys& keys, const K& key, Approach = {}) const {
        const auto sought = search_for(keys, key);
        Spot spot = first_not_below(sought);
        if (spot.leaf != none && spot.position != nodes_[spot.leaf].count) {
            const Node& leaf = nodes_[spot.leaf];
            if (!sought.is_below(leaf.label[spot.position])) spot.pair = leaf.child[spot.position];
        }
        return spot;
    }

    /// The spot of a pair that is in the index.
    template <class Keys>
    Spot locate(const Keys&, std::uint32_t pair) const noexcept {
        const std::uint32_t leaf = leaf_of_[pair];
        detail::prefetch(std::addressof(nodes_[leaf]));
        return {pair, leaf, 0};
    }

    template <class Keys, class K>
    std::uint32_t lower_bound(const Keys& keys, const K& key) const {
        return pair_from(first_not_below(search_for(keys, key)));
    }

    template <class Keys, class K>
    std::uint32_t upper_bound(const Keys& keys, const K& key) const {
        if (root_ == none) return none;
        const auto sought = search_for(keys, key);
        const std::uint32_t leaf = leaf_for(sought);
        const auto reaches = [&](const Label& label) { return !sought.is_below(label); };
        return pair_from({none, leaf, partition_point(nodes_[leaf], 0, reaches)});
    }

    /// Whether a key is above that of a pair, or below it.
    template <class Keys, class K>
    bool is_above(const Keys& keys, const K& key, std::uint32_t pair) const {
        return search_for(keys, key).is_above_pair(pair);
    }
    template <class Keys, class K>
    bool is_below(const Keys& keys, const K& key, std::uint32_t pair) const {
        return search_for(keys, key).is_below_pair(pair);
    }

    std::uint32_t first() const noexcept { return root_ == none ? none : nodes_[edge(true)].child[0]; }

    /// Precondition: is not empty.
    std::uint32_t last() const noexcept {
        const Node& leaf = nodes_[edge(false)];
        return leaf.child[leaf.count - 1];
    }

    /// The pair behind this one. The hint says where this one was seen, and then where the other is: whoever
    /// steps on from it is spared a search.
    template <class Keys>
    std::uint32_t next(const Keys& keys, std::uint32_t pair, std::uint32_t& hint) const noexcept {
        std::uint32_t leaf = hint / 256;
        std::uint32_t position = hint % 256;
        if (!is_at(leaf, position, pair)) {
            leaf = leaf_of_[pair];
            position = nodes_[leaf].position_of(pair);
        }
        if (++position == nodes_[leaf].count) {
            leaf = nodes_[leaf].next;
            if (leaf == none) return none;
            position = 0;
        }
        hint = leaf << 8 | position;
        fetch_ahead(keys, nodes_[leaf], position);
        return nodes_[leaf].child[position];
    }

    std::uint32_t previous(std::uint32_t pair) const noexcept {
        const Node* leaf = std::addressof(nodes_[leaf_of_[pair]]);
        const std::uint32_t position = leaf->position_of(pair);
        if (position != 0) return leaf->child[position - 1];
        if (leaf->previous == none) return none;
        leaf = std::addressof(nodes_[leaf->previous]);
        return leaf->child[leaf->count - 1];
    }

    /// Makes room for a pair at this spot: a node for every full one from the leaf up. Strong.
    template <class Keys, class Pairs>
    void prepare(const Allocator& allocator, const Keys&, const Pairs& pairs, const Spot& spot) {
        if (leaf_of_.size() < pairs.bound()) leaf_of_.resize(allocator, pairs.bound(), leaf_of_.size());
        if (spot.pair != none) return;
        std::uint32_t needed = 0;
        std::uint32_t n = spot.leaf;
        for (; n != none && nodes_[n].is_full(); n = nodes_[n].parent) ++needed;
        nodes_.prepare(allocator, n == none ? needed + 1 : needed);
    }

    /// Room for n pairs in all, if none is erased meanwhile. Strong.
    template <class Keys, class Pairs>
    void reserve(const Allocator& allocator, const Keys&, const Pairs& pairs, std::uint32_t n) {
        if (leaf_of_.size() < pairs.bound()) leaf_of_.resize(allocator, pairs.bound(), leaf_of_.size());
        if (n > pairs.size()) nodes_.prepare(allocator, most_new_nodes(pairs.size(), n - pairs.size()));
    }

    /// Returns what an empty index does not need, and what lies behind the last slot.
    template <class Keys, class Pairs>
    void shrink(const Allocator& allocator, const Keys&, const Pairs& pairs) {
        if (root_ == none) {
            release(allocator);
        } else {
            compact(allocator, pairs);
        }
    }

    /// Precondition: `prepare` made room for this spot.
    template <class Keys>
    void link(const Keys& keys, const Spot& spot, std::uint32_t pair) noexcept {
        Label label;
        label.name(keys, pair);
        std::uint32_t leaf = spot.leaf;
        if (leaf == none) leaf = root_ = new_node(0, none, none);
        insert_entry(leaf, spot.position, pair, label);
    }

    void unlink(const Spot& spot) noexcept {
        const std::uint32_t leaf = leaf_of_[spot.pair];
        remove_entry(leaf, nodes_[leaf].position_of(spot.pair));
    }

    /// Puts `pair` in the place of spot.pair, whose key is equivalent.
    template <class Keys>
    void replace(const Keys& keys, const Spot& spot, std::uint32_t pair) noexcept {
        const std::uint32_t leaf = leaf_of_[spot.pair];
        Node& node = nodes_[leaf];
        const std::uint32_t position = node.position_of(spot.pair);
        node.child[position] = pair;
        node.label[position].name(keys, pair);
        leaf_of_[pair] = leaf;
        if (position == 0) relabel(leaf);
    }

    FormerPlace former_place(const Spot& spot) const noexcept { return {spot, previous(spot.pair)}; }

    /// Makes room for one more change among `size` entries, and to restore n entries after it. A node that
    /// becomes full because two are merged sets one free. Strong.
    void prepare_restoring(const Allocator& allocator, std::uint32_t size, std::uint32_t n) {
        nodes_.prepare(allocator, most_new_nodes(size, 1) + most_new_nodes(size, n + 1));
    }

    /// Precondition: there is another entry, at least the one that is there instead.
    template <class Keys>
    void restore(const Keys& keys, const FormerPlace& former) noexcept {
        Spot spot = {none, edge(true), 0};
        if (former.previous != none) {
            spot.leaf = leaf_of_[former.previous];
            spot.position = nodes_[spot.leaf].position_of(former.previous) + 1;
        }
        link(keys, spot, former.spot.pair);
    }

    void clear() noexcept {
        nodes_.clear();
        root_ = none;
    }

    void release(const Allocator& allocator) noexcept {
        nodes_.release(allocator);
        leaf_of_.release(allocator);
        root_ = none;
    }

    /// Fills an empty index like `other`, which is not, and whose pairs have the same numbers. Calls no
    /// function object. What was made stays, if the allocator throws: the owner's destructor takes it away.
    void assign(const Allocator& allocator, const TreeIndex& other) {
        leaf_of_.allocate(allocator, other.leaf_of_.size());
        for (std::uint32_t i = 0; i != leaf_of_.size(); ++i) leaf_of_[i] = other.leaf_of_[i];
        nodes_.assign(allocator, other.nodes_);
        root_ = other.root_;
    }

    void swap_content(TreeIndex& other) noexcept {
        nodes_.swap(other.nodes_);
        leaf_of_.swap(other.leaf_of_);
        std::swap(root_, other.root_);
    }

    static constexpr bool functions_exchange_safely = FunctionBox<Compare>::exchanges_safely;

    void exchange_functions(TreeIndex& other) noexcept(functions_exchange_safely) {
        compare_.exchange(other.compare_);
    }

    /// Compares each key with the next.
    template <class Keys, class Pairs>
    const char* violated_invariant(const Keys& keys, const Pairs& pairs) const {
        if (!nodes_.is_accounted_for()) return "I8: a node of an ordered index is neither in use nor free";
        if (root_ == none) {
            const bool is_empty = pairs.size() == 0 && nodes_.size() == 0;
            return is_empty ? nullptr : "I8: an ordered index has no root and yet is not empty";
        }
        Census census;
        if (const char* wrong = violated_below(root_, none, keys, pairs, census)) return wrong;
        if (census.nodes != nodes_.size()) return "I8: a node of an ordered index is in use outside the tree";
        if (census.pairs != pairs.size())
            return "I9: an ordered index has not as many entries as there are pairs";
        return violated_by_order(keys);
    }

  private:
    struct Census {
        std::uint32_t nodes = 0;
        std::uint32_t pairs = 0;
    };

    // Searching.

    /// The first position in [from, count) whose label is not `wanted`.
    template <class Wanted>
    static std::uint32_t partition_point(const Node& node, std::uint32_t from, Wanted wanted) {
        std::uint32_t length = node.count - from;
        while (length != 0) {
            const std::uint32_t half = length / 2;
            const bool right = wanted(node.label[from + half]);
            from = right ? from + half + 1 : from;
            length = right ? length - half - 1 : half;
        }
        return from;
    }

    template <class Keys, class K>
    Sought<Label, Keys, Compare, K> search_for(const Keys& keys, const K& key) const noexcept {
        return {keys, *compare_, key};
    }

    /// The leaf in which the key is if it is anywhere. Precondition: there is a root.
    template <class Search>
    std::uint32_t leaf_for(const Search& sought) const {
        std::uint32_t n = root_;
        const auto reaches = [&](const Label& label) { return !sought.is_below(label); };
        while (nodes_[n].level != 0) n = nodes_[n].child[partition_point(nodes_[n], 1, reaches) - 1];
        return n;
    }

    template <class Search>
    Spot first_not_below(const Search& sought) const {
        if (root_ == none) return {};
        const std::uint32_t leaf = leaf_for(sought);
        const auto below = [&](const Label& label) { return sought.is_above(label); };
        return {none, leaf, partition_point(nodes_[leaf], 0, below)};
    }

    /// The pair at a spot, or the first of the next leaf if the spot is behind the last position.
    std::uint32_t pair_from(const Spot& spot) const noexcept {
        if (spot.leaf == none) return none;
        const Node& leaf = nodes_[spot.leaf];
        if (spot.position != leaf.count) return leaf.child[spot.position];
        return leaf.next == none ? none : nodes_[leaf.next].child[0];
    }

    std::uint32_t edge(bool lowest) const noexcept {
        std::uint32_t n = root_;
        while (nodes_[n].level != 0) n = nodes_[n].child[lowest ? 0 : nodes_[n].count - 1u];
        return n;
    }

    /// Whether the pair is there, in a leaf that need not exist any more.
    bool is_at(std::uint32_t leaf, std::uint32_t position, std::uint32_t pair) const noexcept {
        if (leaf >= nodes_.high()) return false;
        const Node& node = nodes_[leaf];
        return node.level == 0 && position < node.count && node.child[position] == pair;
    }

    /// Has the pair fetched that comes a few steps later, and with the first of a leaf the leaf behind it.
    template <class Keys>
    void fetch_ahead(const Keys& keys, const Node& leaf, std::uint32_t position) const noexcept {
        constexpr std::uint32_t steps = 6;
        if (position + steps < leaf.count)
            detail::prefetch(std::addressof(keys[leaf.child[position + steps]]));
        if (leaf.next == none) return;
        const Node& behind = nodes_[leaf.next];
        if (position == 0) detail::prefetch(std::addressof(behind));
        if (position == 1) detail::prefetch(&behind.child[capacity / 2]);
        const std::uint32_t further = position + steps - leaf.count;
        if (position + steps >= leaf.count && further < behind.count)
            detail::prefetch(std::addressof(keys[behind.child[further]]));
    }

    // Changing.

    /// How many nodes `count` more pairs need at worst. A split takes a node that is full now, or half a node
    /// of new entries, which are pairs or nodes; 16 is more than two for each level.
    std::uint32_t most_new_nodes(std::uint32_t size, std::uint32_t count) const noexcept {
        constexpr std::uint64_t half = capacity / 2;
        const std::uint64_t levels = root_ == none ? 0 : nodes_[root_].level + 1u;
        const std::uint64_t full = std::min((std::uint64_t{size} + nodes_.size()) / capacity, levels * count);
        return static_cast<std::uint32_t>((full * half + count) / (half - 1)) + 16;
    }

    std::uint32_t new_node(std::uint16_t level, std::uint32_t previous, std::uint32_t next) noexcept {
        const std::uint32_t n = nodes_.take();
        nodes_[n].parent = none;
        nodes_[n].previous = previous;
        nodes_[n].next = next;
        nodes_[n].count = 0;
        nodes_[n].level = level;
        if (previous != none) nodes_[previous].next = n;
        if (next != none) nodes_[next].previous = n;
        return n;
    }

    void drop_node(std::uint32_t n) noexcept {
        if (nodes_[n].previous != none) nodes_[nodes_[n].previous].next = nodes_[n].next;
        if (nodes_[n].next != none) nodes_[nodes_[n].next].previous = nodes_[n].previous;
        nodes_.give_back(n);
    }

    /// Tells the child at a position of node n that n is its parent.
    void adopt(std::uint32_t n, std::uint32_t position) noexcept {
        const std::uint32_t child = nodes_[n].child[position];
        if (nodes_[n].level == 0) {
            leaf_of_[child] = n;
        } else {
            nodes_[child].parent = n;
        }
    }

    /// Moves `length` entries; the gap that they leave and the one that they need are the caller's business.
    void move_entries(std::uint32_t from, std::uint32_t first, std::uint32_t to, std::uint32_t at,
                      std::uint32_t length) noexcept {
        std::memmove(nodes_[to].child + at, nodes_[from].child + first, length * sizeof(std::uint32_t));
        std::memmove(nodes_[to].label + at, nodes_[from].label + first, length * sizeof(Label));
        if (from == to) return;
        for (std::uint32_t i = at; i != at + length; ++i) adopt(to, i);
    }

    /// Moves `length` entries from one end of a node to the facing end of its neighbour, and counts them.
    void hand_over(std::uint32_t from, std::uint32_t to, std::uint32_t length) noexcept {
        Node& source = nodes_[from];
        Node& target = nodes_[to];
        if (source.next == to) {
            move_entries(to, 0, to, length, target.count);
            move_entries(from, source.count - length, to, 0, length);
        } else {
            move_entries(from, 0, to, target.count, length);
            move_entries(from, length, from, 0, source.count - length);
        }
        source.count = static_cast<std::uint16_t>(source.count - length);
        target.count = static_cast<std::uint16_t>(target.count + length);
    }

    /// Carries the first label of a node up as far as it is the first.
    void relabel(std::uint32_t n) noexcept {
        while (nodes_[n].parent != none) {
            const std::uint32_t parent = nodes_[n].parent;
            const std::uint32_t position = nodes_[parent].position_of(n);
            nodes_[parent].label[position] = nodes_[n].label[0];
            if (position != 0) return;
            n = parent;
        }
    }

    void put(std::uint32_t n, std::uint32_t position, std::uint32_t child, const Label& label) noexcept {
        Node& node = nodes_[n];
        move_entries(n, position, n, position + 1, node.count - position);
        node.child[position] = child;
        node.label[position] = label;
        ++node.count;
        adopt(n, position);
        if (position == 0) relabel(n);
    }

    /// A full node is split in the middle, but at its end where keys arrive in ascending order.
    void insert_entry(std::uint32_t n, std::uint32_t position, std::uint32_t child, Label label) noexcept {
        if (!nodes_[n].is_full()) return put(n, position, child, label);
        const bool ascending = position == capacity && nodes_[n].next == none;
        const std::uint32_t kept = ascending ? capacity : capacity / 2;
        const std::uint32_t right = new_node(nodes_[n].level, n, nodes_[n].next);
        hand_over(n, right, capacity - kept);
        if (position > kept || ascending) {
            put(right, position - kept, child, label);
        } else {
            put(n, position, child, label);
        }
        attach(n, right);
    }

    /// Enters a new node into the tree, behind its left neighbour.
    void attach(std::uint32_t left, std::uint32_t right) noexcept {
        if (left == root_) {
            root_ = new_node(static_cast<std::uint16_t>(nodes_[left].level + 1), none, none);
            put(root_, 0, left, nodes_[left].label[0]);
        }
        const std::uint32_t parent = nodes_[left].parent;
        insert_entry(parent, nodes_[parent].position_of(left) + 1, right, nodes_[right].label[0]);
    }

    void remove_entry(std::uint32_t n, std::uint32_t position) noexcept {
        Node& node = nodes_[n];
        move_entries(n, position + 1, n, position, node.count - position - 1u);
        --node.count;
        if (position == 0 && node.count != 0) relabel(n);
        if (n == root_) {
            lower_root();
        } else if (node.count < fewest) {
            fill_up(n);
        }
    }

    /// A root above one child is not needed, nor is one above nothing.
    void lower_root() noexcept {
        while (nodes_[root_].level != 0 && nodes_[root_].count == 1) {
            const std::uint32_t child = nodes_[root_].child[0];
            nodes_[child].parent = none;
            drop_node(std::exchange(root_, child));
        }
        if (nodes_[root_].count == 0) drop_node(std::exchange(root_, none));
    }

    /// Deals with a node that has too few entries: it goes if it has none, is merged with a sibling if one
    /// node can hold both, and otherwise takes from it. The last node of a level may have no sibling; it
    /// stays as it is.
    void fill_up(std::uint32_t n) noexcept {
        const std::uint32_t parent = nodes_[n].parent;
        const std::uint32_t position = nodes_[parent].position_of(n);
        if (nodes_[n].count == 0) {
            drop_node(n);
            remove_entry(parent, position);
            return;
        }
        if (nodes_[parent].count == 1) return;
        const bool is_first = position == 0;
        const std::uint32_t left = is_first ? n : nodes_[parent].child[position - 1];
        const std::uint32_t right = is_first ? nodes_[parent].child[1] : n;
        if (nodes_[left].count + nodes_[right].count <= static_cast<int>(capacity)) {
            merge(parent, left, right, is_first ? 1 : position);
        } else {
            balance(left, right);
        }
    }

    void merge(std::uint32_t parent, std::uint32_t left, std::uint32_t right,
               std::uint32_t position) noexcept {
        hand_over(right, left, nodes_[right].count);
        drop_node(right);
        remove_entry(parent, position);
    }

    void balance(std::uint32_t left, std::uint32_t right) noexcept {
        const std::uint32_t half = (nodes_[left].count + nodes_[right].count) / 2u;
        if (nodes_[left].count > half) {
            hand_over(left, right, nodes_[left].count - half);
        } else {
            hand_over(right, left, half - nodes_[left].count);
        }
        relabel(right);
    }

    /// Renumbers the nodes from zero, in the order of the tree, in a pool that is just large enough.
    template <class Pairs>
    void compact(const Allocator& allocator, const Pairs& pairs) {
        ScopedBuffer<std::uint32_t, Allocator> leaf_of(allocator);
        NodePool<Node, Allocator> nodes;
        leaf_of.allocate(allocator, pairs.bound());
        nodes.prepare(allocator, nodes_.size());
        std::uint32_t leaf = edge(true);
        nodes_.swap(nodes);
        leaf_of_.swap(leaf_of);
        root_ = none;
        for (; leaf != none; leaf = nodes[leaf].next) {
            for (std::uint32_t i = 0; i != nodes[leaf].count; ++i) {
                append(nodes[leaf].child[i], nodes[leaf].label[i]);
            }
        }
        nodes.release(allocator);
    }

    /// Precondition: the key is above all others, and there is room.
    void append(std::uint32_t pair, const Label& label) noexcept {
        if (root_ == none) root_ = new_node(0, none, none);
        const std::uint32_t leaf = edge(false);
        insert_entry(leaf, nodes_[leaf].count, pair, label);
    }

    // Checking.

    template <class Keys, class Pairs>
    const char* violated_below(std::uint32_t n, std::uint32_t parent, const Keys& keys, const Pairs& pairs,
                               Census& census) const {
        const Node& node = nodes_[n];
        ++census.nodes;
        if (const char* wrong = violated_by_node(n, parent)) return wrong;
        for (std::uint32_t i = 0; i != node.count; ++i) {
            std::uint32_t first = node.child[i];
            if (node.level == 0) {
                ++census.pairs;
                if (!pairs.is_live(first)) return "I9: an ordered index names a pair that is not there";
                if (leaf_of_[first] != n) return "I9: a pair is not in the leaf in which it is said to be";
            } else {
                if (nodes_[first].level + 1 != node.level) return "I8: the leaves are not all on one level";
                if (const char* wrong = violated_below(first, n, keys, pairs, census)) return wrong;
                while (nodes_[first].level != 0) first = nodes_[first].child[0];
                first = nodes_[first].child[0];
            }
            if (!node.label[i].names(keys, first, *compare_))
                return "I10: a label is not the first key below it";
        }
        return nullptr;
    }

    const char* violated_by_node(std::uint32_t n, std::uint32_t parent) const noexcept {
        const Node& node = nodes_[n];
        if (node.parent != parent) return "I8: a node does not know its parent";
        if (node.count == 0 || node.count > capacity) return "I8: a node is empty or overfull";
        if (n == root_)
            return node.level != 0 && node.count == 1 ? "I8: the root has a single child" : nullptr;
        if (node.next != none && node.count < fewest)
            return "I8: a node that is not the last has too few entries";
        if (node.next != none && nodes_[node.next].previous != n) return "I8: two neighbours disagree";
        return nullptr;
    }

    template <class Keys>
    const char* violated_by_order(const Keys& keys) const {
        std::uint32_t before = none;
        std::uint32_t count = 0;
        for (std::uint32_t leaf = edge(true); leaf != none; leaf = nodes_[leaf].next) {
            for (std::uint32_t i = 0; i != nodes_[leaf].count; ++i, ++count) {
                const std::uint32_t pair = nodes_[leaf].child[i];
                if (before != none && !(*compare_)(keys[before], keys[pair]))
                    return "I11: keys are out of order";
                before = pair;
            }
        }
        return before == last() ? nullptr : "I11: the leaves are not threaded from first to last";
    }

    FunctionBox<Compare> compare_;
    NodePool<Node, Allocator> nodes_;
    Buffer<std::uint32_t, Allocator> leaf_of_;
    std::uint32_t root_ = none;
};

}  // namespace bimap::detail
