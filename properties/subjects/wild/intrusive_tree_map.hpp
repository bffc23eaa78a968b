// SPDX-License-Identifier: BSL-1.0
// A bimap as students write it: nodes with a hook for each side, in two unbalanced search trees, made with
// raw new and freed with delete; no allocator; iterators that flip() to the other side; insert returns the
// end where it refuses.
#pragma once

#include <functional>
#include <stdexcept>
#include <utility>

namespace bimap::properties::wild {

struct Hook {
    Hook* parent = nullptr;
    Hook* left = nullptr;
    Hook* right = nullptr;
};
struct LeftTag;
struct RightTag;
template <class Tag>
struct TaggedHook : Hook {};

/// A search tree over hooks. The head is the end; the root is its left child.
class HookTree {
  public:
    explicit HookTree(Hook* head) : head_{head} {}

    static Hook* leftmost(Hook* node) {
        while (node->left != nullptr) node = node->left;
        return node;
    }
    static Hook* next(Hook* node) {
        if (node->right != nullptr) return leftmost(node->right);
        while (node->parent != nullptr && node->parent->right == node) node = node->parent;
        return node->parent;
    }

    /// The first hook that is not less, and where a new one would go.
    template <class Less>
    Hook* lower_bound(Less&& is_less) const {
        Hook* best = head_;
        for (Hook* node = head_->left; node != nullptr;) {
            if (is_less(node)) {
                node = node->right;
            } else {
                best = node;
                node = node->left;
            }
        }
        return best;
    }
    template <class Less>
    void link(Hook* fresh, Less&& is_less) {
        Hook* parent = head_;
        Hook** place = &head_->left;
        while (*place != nullptr) {
            parent = *place;
            place = is_less(parent) ? &parent->right : &parent->left;
        }
        *place = fresh;
        fresh->parent = parent;
    }
    static void unlink(Hook* node) {
        if (node->left != nullptr && node->right != nullptr) {
            Hook* const heir = leftmost(node->right);
            unlink(heir);
            heir->left = node->left;
            heir->right = node->right;
            if (heir->left != nullptr) heir->left->parent = heir;
            if (heir->right != nullptr) heir->right->parent = heir;
            replace(node, heir);
        } else {
            replace(node, node->left != nullptr ? node->left : node->right);
        }
        node->parent = node->left = node->right = nullptr;
    }

  private:
    static void replace(Hook* node, Hook* heir) {
        (node->parent->left == node ? node->parent->left : node->parent->right) = heir;
        if (heir != nullptr) heir->parent = node->parent;
    }

    Hook* head_;
};

template <class Left, class Right, class CompareLeft = std::less<>, class CompareRight = std::less<>>
class IntrusiveTreeMap {
    struct Head : TaggedHook<LeftTag>, TaggedHook<RightTag> {};
    struct Node : Head {
        template <class L, class R>
        Node(L&& l, R&& r) : first(std::forward<L>(l)), second(std::forward<R>(r)) {}
        Left first;
        Right second;
    };
    template <class Tag>
    static Hook* hook_of(Head* head) {
        return static_cast<TaggedHook<Tag>*>(head);
    }
    template <class Tag>
    static Head* head_of(Hook* hook) {
        return static_cast<Head*>(static_cast<TaggedHook<Tag>*>(hook));
    }
    template <class Tag>
    static const auto& value_of(Hook* hook) {
        const Node* const node = static_cast<const Node*>(head_of<Tag>(hook));
        if constexpr (std::is_same_v<Tag, LeftTag>)
            return (node->first);
        else
            return (node->second);
    }

    template <class Tag, class Opposite>
    class Iterator {
      public:
        explicit Iterator(Hook* hook) : hook_{hook} {}
        const auto& operator*() const { return value_of<Tag>(hook_); }
        Iterator& operator++() {
            hook_ = HookTree::next(hook_);
            return *this;
        }
        Iterator<Opposite, Tag> flip() const {
            return Iterator<Opposite, Tag>{hook_of<Opposite>(head_of<Tag>(hook_))};
        }
        bool operator==(const Iterator& other) const { return hook_ == other.hook_; }
        [[nodiscard]] Hook* hook() const { return hook_; }

      private:
        Hook* hook_;
    };

  public:
    using left_iterator = Iterator<LeftTag, RightTag>;
    using right_iterator = Iterator<RightTag, LeftTag>;

    explicit IntrusiveTreeMap(CompareLeft compare_left = {}, CompareRight compare_right = {})
        : compare_left_(std::move(compare_left)), compare_right_(std::move(compare_right)) {}
    IntrusiveTreeMap(const IntrusiveTreeMap& other)
        : compare_left_(other.compare_left_), compare_right_(other.compare_right_) {
        try {
            for (auto it = other.begin_left(); !(it == other.end_left()); ++it) insert(*it, *it.flip());
        } catch (...) {
            erase_left(begin_left(), end_left());
            throw;
        }
    }
    IntrusiveTreeMap& operator=(const IntrusiveTreeMap& other) {
        if (this != &other) IntrusiveTreeMap{other}.swap(*this);
        return *this;
    }
    ~IntrusiveTreeMap() { erase_left(begin_left(), end_left()); }

    void swap(IntrusiveTreeMap& other) noexcept {
        std::swap(compare_left_, other.compare_left_);
        std::swap(compare_right_, other.compare_right_);
        std::swap(head_, other.head_);
        std::swap(size_, other.size_);
        for (IntrusiveTreeMap* const map : {this, &other})
            for (Hook* const head : {map->left_end(), map->right_end()})
                if (head->left != nullptr) head->left->parent = head;
    }
    friend void swap(IntrusiveTreeMap& one, IntrusiveTreeMap& other) noexcept { one.swap(other); }

    template <class L, class R>
    left_iterator insert(L&& left, R&& right) {
        if (!(find_left(left) == end_left()) || !(find_right(right) == end_right())) return end_left();
        Node* const node = new Node(std::forward<L>(left), std::forward<R>(right));
        try {
            left_tree().link(hook_of<LeftTag>(node), left_less(node->first));
        } catch (...) {
            delete node;
            throw;
        }
        try {
            right_tree().link(hook_of<RightTag>(node), right_less(node->second));
        } catch (...) {
            HookTree::unlink(hook_of<LeftTag>(node));
            delete node;
            throw;
        }
        ++size_;
        return left_iterator{hook_of<LeftTag>(node)};
    }

    left_iterator erase_left(left_iterator it) {
        const left_iterator after{HookTree::next(it.hook())};
        Node* const node = static_cast<Node*>(head_of<LeftTag>(it.hook()));
        HookTree::unlink(hook_of<LeftTag>(node));
        HookTree::unlink(hook_of<RightTag>(node));
        delete node;
        --size_;
        return after;
    }
    bool erase_left(const Left& left) {
        const auto it = find_left(left);
        if (it == end_left()) return false;
        erase_left(it);
        return true;
    }
    left_iterator erase_left(left_iterator first, left_iterator last) {
        while (!(first == last)) first = erase_left(first);
        return last;
    }
    right_iterator erase_right(right_iterator it) {
        const right_iterator after{HookTree::next(it.hook())};
        erase_left(it.flip());
        return after;
    }
    bool erase_right(const Right& right) {
        const auto it = find_right(right);
        if (it == end_right()) return false;
        erase_right(it);
        return true;
    }

    left_iterator find_left(const Left& left) const {
        const auto it = lower_bound_left(left);
        return it == end_left() || compare_left_(left, *it) ? end_left() : it;
    }
    right_iterator find_right(const Right& right) const {
        const auto it = lower_bound_right(right);
        return it == end_right() || compare_right_(right, *it) ? end_right() : it;
    }
    const Right& at_left(const Left& left) const {
        const auto it = find_left(left);
        if (it == end_left()) throw std::out_of_range{"no such left"};
        return *it.flip();
    }
    const Left& at_right(const Right& right) const {
        const auto it = find_right(right);
        if (it == end_right()) throw std::out_of_range{"no such right"};
        return *it.flip();
    }
    left_iterator lower_bound_left(const Left& left) const {
        return left_iterator{left_tree().lower_bound(left_less(left))};
    }
    right_iterator lower_bound_right(const Right& right) const {
        return right_iterator{right_tree().lower_bound(right_less(right))};
    }

    left_iterator begin_left() const { return left_iterator{HookTree::leftmost(left_end())}; }
    left_iterator end_left() const { return left_iterator{left_end()}; }
    right_iterator begin_right() const { return right_iterator{HookTree::leftmost(right_end())}; }
    right_iterator end_right() const { return right_iterator{right_end()}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    auto left_less(const Left& than) const {
        return [this, &than](Hook* hook) { return compare_left_(value_of<LeftTag>(hook), than); };
    }
    auto right_less(const Right& than) const {
        return [this, &than](Hook* hook) { return compare_right_(value_of<RightTag>(hook), than); };
    }
    Hook* left_end() const { return hook_of<LeftTag>(&head_); }
    Hook* right_end() const { return hook_of<RightTag>(&head_); }
    HookTree left_tree() const { return HookTree{left_end()}; }
    HookTree right_tree() const { return HookTree{right_end()}; }

    [[no_unique_address]] CompareLeft compare_left_;
    [[no_unique_address]] CompareRight compare_right_;
    mutable Head head_;
    std::size_t size_ = 0;
};

}  // namespace bimap::properties::wild
