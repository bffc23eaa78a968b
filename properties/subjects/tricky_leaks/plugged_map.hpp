// SPDX-License-Identifier: BSL-1.0
// The boss's bidirectional map with every leak plugged: the answer to the exercise. Compare it with
// boss_map.hpp.
//
// Try it out (these lines run as a test, boss_map_examples_test.cpp):
//
//     PluggedMap<std::string, int> agents;
//     agents.add("ann", 7);                 // -> true
//     agents.add("bob", 8);                 // -> true
//     agents.add("bob", 9);                 // -> false
//     agents.add("cat", 8);                 // -> false
//     agents.size();                        // -> 2
//     *agents.get_left("ann");              // -> 7
//     *agents.get_right(8);                 // -> "bob"
//     agents.get_left("cat");               // -> nullptr
//     agents.put_left("bob", 9);            // -> true
//     agents.put_left("bob", 7);            // -> false
//     agents.has_right(8);                  // -> false
//     agents.put_right("cat", 9);           // -> true
//     agents.has_left("bob");               // -> false
//     agents.overwrite("ann", 9);           // -> true
//     agents.size();                        // -> 1
//     agents.remove_left("ann");            // -> true
//     agents.remove_right(9);               // -> false
//     agents.add("dan", 1);                 // -> true
//     agents.add("eve", 2);                 // -> true
//     auto low = agents.filter(is_low);     // is_low(left, right): right < 2
//     low.size();                           // -> 1
//     *low.get_right(1);                    // -> "dan"
//     agents.remove_if(is_low);             // -> 1
//     agents.has_left("dan");               // -> false
//     low.has_left("dan");                  // -> true
//     agents.clear();
//     agents.empty();                       // -> true
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

namespace bimap::tricky_leaks {

//     by_left_   [ | | | ]──► node ─next_left─► node       one node per pair, in a bucket of either side,
//     by_right_  [ | | | ]──► node ─next_right─► node      and, older to newer, in the order of arrival
template <class Left, class Right>
class PluggedMap {
  public:
    /// Allocates nothing.
    PluggedMap() noexcept = default;

    PluggedMap(const PluggedMap& other) : PluggedMap{} {
        const char* sticker = print_sticker(other.serial_);
        try {
            jot(sticker);
            for (Node* node = other.oldest_; node != nullptr; node = node->newer)
                place(node->left, node->right, false, false);
        } catch (...) {
            delete[] sticker;
            throw;
        }
        unjot();
        delete[] sticker;
    }

    PluggedMap(PluggedMap&& other) noexcept : PluggedMap{} { swap(other); }

    PluggedMap& operator=(const PluggedMap& other) {
        if (this == &other) return *this;
        PluggedMap copy{other};
        demolish_all(take_all());
        leave_family();
        tear_down();
        forget_walls();
        swap(copy);
        return *this;
    }

    PluggedMap& operator=(PluggedMap&& other) noexcept {
        if (this == &other) return *this;
        bury(take_all());
        exhume();
        leave_family();
        tear_down();
        forget_walls();
        swap(other);
        return *this;
    }

    ~PluggedMap() {
        demolish_all(take_all());
        demolish_all(std::exchange(trash_, nullptr));
        demolish_all(std::exchange(backup_, nullptr));
        while (history_ != nullptr) unjot();
        while (cache_ != nullptr) delete std::exchange(cache_, cache_->older);
        leave_family();
        delete[] by_left_;
        delete[] by_right_;
        strike_off();
    }

    void swap(PluggedMap& other) noexcept {
        std::swap(by_left_, other.by_left_);
        std::swap(by_right_, other.by_right_);
        std::swap(buckets_, other.buckets_);
        std::swap(size_, other.size_);
        std::swap(oldest_, other.oldest_);
        std::swap(newest_, other.newest_);
        std::swap(history_, other.history_);
        std::swap(cache_, other.cache_);
        std::swap(trash_, other.trash_);
        std::swap(backup_, other.backup_);
        std::swap(family_, other.family_);
        std::swap(record_, other.record_);
        std::swap(serial_, other.serial_);
    }
    friend void swap(PluggedMap& one, PluggedMap& other) noexcept { one.swap(other); }

    /// Each of these four pairs left with right and says whether it did. If a side is taken, add() refuses;
    /// the put to that side, and overwrite(), let the pair go that has it. If exactly this pair is there,
    /// nothing happens. Exceptions: strong guarantee.
    bool add(const Left& left, const Right& right) { return settle("add", left, right, false, false); }
    bool put_left(const Left& left, const Right& right) {
        return settle("put_left", left, right, true, false);
    }
    bool put_right(const Left& left, const Right& right) {
        return settle("put_right", left, right, false, true);
    }
    bool overwrite(const Left& left, const Right& right) {
        return settle("overwrite", left, right, true, true);
    }

    /// Removes the pair of this left. Exceptions: strong guarantee, as for all that removes.
    bool remove_left(const Left& left) {
        Node* node = seek_left(left, std::hash<Left>{}(left));
        if (node == nullptr) return false;
        take_out(node);
        node->newer = std::exchange(trash_, node);
        demolish_all(std::exchange(trash_, nullptr));
        return true;
    }

    bool remove_right(const Right& right) {
        Node* node = seek_right(right, std::hash<Right>{}(right));
        if (node == nullptr) return false;
        unlink(node);
        hush(node);
        demolish(node);
        return true;
    }

    /// Removes the pairs for which unwanted(left, right) holds; it is asked about all of them first.
    template <class Predicate>
    std::size_t remove_if(Predicate unwanted) {
        if (size_ == 0) return 0;
        bool* flags = new bool[size_]{};
        std::size_t found = 0;
        try {
            found = mark(flags, unwanted);
        } catch (...) {
            delete[] flags;
            throw;
        }
        if (found == 0) {
            delete[] flags;
            return 0;
        }
        sweep(flags);
        delete[] flags;
        return found;
    }

    void clear() noexcept {
        demolish_all(std::exchange(backup_, take_all()));
        demolish_all(std::exchange(backup_, nullptr));
    }

    /// A map of the pairs for which wanted(left, right) holds. It remembers where it came from.
    template <class Predicate>
    PluggedMap filter(Predicate wanted) const {
        PluggedMap view;
        for (Node* node = oldest_; node != nullptr; node = node->newer)
            if (wanted(std::as_const(node->left), std::as_const(node->right)))
                view.place(node->left, node->right, false, false);
        view.join_family_of(*this);
        return view;
    }

    /// The other side's element, or nullptr.
    const Right* get_left(const Left& left) const {
        const Node* node = seek_left(left, std::hash<Left>{}(left));
        return node == nullptr ? nullptr : std::addressof(node->right);
    }
    const Left* get_right(const Right& right) const {
        const Node* node = seek_right(right, std::hash<Right>{}(right));
        return node == nullptr ? nullptr : std::addressof(node->left);
    }

    bool has_left(const Left& left) const { return get_left(left) != nullptr; }
    bool has_right(const Right& right) const { return get_right(right) != nullptr; }

    /// Calls visit(left, right) for every pair, in the order of arrival.
    template <class Visitor>
    void each(Visitor visit) const {
        for (Node* node = oldest_; node != nullptr; node = node->newer)
            visit(std::as_const(node->left), std::as_const(node->right));
    }

    /// Calls visit(right, left) for every pair, bucket by bucket.
    template <class Visitor>
    void each_right(Visitor visit) const {
        for (std::size_t bucket = 0; bucket < buckets_; ++bucket)
            for (Node* node = by_right_[bucket]; node != nullptr; node = node->next_right)
                visit(std::as_const(node->right), std::as_const(node->left));
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  private:
    /// The two sides of a pair listen to each other, so that each hears when the other goes.
    struct Listener {
        std::shared_ptr<Listener> partner;
    };

    struct Node;

    /// The way to the pair that came last: nine times out of ten it is the one that is looked up.
    struct Shortcut {
        Node* node = nullptr;
        Shortcut* older = nullptr;
    };

    /// A pair. build() brings its elements to life and demolish() puts an end to them, hence the unions.
    struct Node {
        Node() noexcept {}
        ~Node() {}
        Node(const Node&) = delete;
        Node& operator=(const Node&) = delete;

        std::size_t left_hash = 0;
        std::size_t right_hash = 0;
        Node* next_left = nullptr;
        Node* next_right = nullptr;
        Node* older = nullptr;
        Node* newer = nullptr;
        Shortcut* shortcut = nullptr;
        std::shared_ptr<Listener> left_ear;
        std::shared_ptr<Listener> right_ear;
        union {
            Left left;
        };
        union {
            Right right;
        };
    };

    /// A pair that has to go because a new one needs its place; in the cross case there are two of them.
    struct Eviction {
        Eviction() = default;
        Eviction(const Eviction&) = delete;
        Eviction& operator=(const Eviction&) = delete;
        ~Eviction() { demolish_all(node); }

        Node* node = nullptr;
        std::shared_ptr<Eviction> rival;
    };

    /// What is being tried, newest first.
    struct Note {
        const char* deed;
        Note* before;
    };

    /// Where a filtered map came from, and which maps were filtered from this one.
    struct Family {
        std::shared_ptr<Family> origin;
        std::shared_ptr<Family> first_view;
        std::shared_ptr<Family> next_view;
    };

    /// An entry in the list of all maps that hold secrets.
    struct Record {
        std::size_t serial;
        Record* previous;
        Record* next;
    };

    // Adding.

    bool settle(const char* deed, const Left& left, const Right& right, bool over_left, bool over_right) {
        jot(deed);
        bool done = false;
        try {
            done = place(left, right, over_left, over_right);
        } catch (...) {
            unjot();
            throw;
        }
        unjot();
        return done;
    }

    /// Everything that can fail comes first, and then the change. The node is built before anything is looked
    /// up, so left and right may be elements of a pair that has to go.
    bool place(const Left& left, const Right& right, bool over_left, bool over_right) {
        Node* fresh = build(left, right);
        try {
            fresh->left_hash = std::hash<Left>{}(left);
            fresh->right_hash = std::hash<Right>{}(right);
            Node* left_taken_by = seek_left(left, fresh->left_hash);
            Node* right_taken_by = seek_right(right, fresh->right_hash);
            const bool there = left_taken_by != nullptr && left_taken_by == right_taken_by;
            if (there || (left_taken_by != nullptr && !over_left) ||
                (right_taken_by != nullptr && !over_right)) {
                demolish(fresh);
                return false;
            }
            make_room();
            introduce(fresh);
            fresh->shortcut = new Shortcut;
            make_way(left_taken_by, right_taken_by);
            hang(fresh);
            cool();
            return true;
        } catch (...) {
            hush(fresh);
            demolish(fresh);
            throw;
        }
    }

    Node* build(const Left& left, const Right& right) {
        Node* node = new Node;
        try {
            std::construct_at(std::addressof(node->left), left);
        } catch (...) {
            delete node;
            throw;
        }
        try {
            std::construct_at(std::addressof(node->right), right);
        } catch (...) {
            tear_off(node);
            throw;
        }
        return node;
    }

    /// Puts an end to a node that has no right yet.
    static void tear_off(Node* node) noexcept {
        std::destroy_at(std::addressof(node->left));
        delete node;
    }

    static void introduce(Node* node) {
        node->left_ear = std::make_shared<Listener>();
        node->right_ear = std::make_shared<Listener>();
        node->left_ear->partner = node->right_ear;
        node->right_ear->partner = node->left_ear;
    }

    /// Drives out the pairs that have a side of the new one. Allocates, if at all, before the first change.
    void make_way(Node* left_taken_by, Node* right_taken_by) {
        if (left_taken_by != nullptr && right_taken_by != nullptr)
            return make_way_across(left_taken_by, right_taken_by);
        if (right_taken_by != nullptr) demolish(take_out(right_taken_by));
        if (left_taken_by == nullptr) return;
        take_out(left_taken_by);
        demolish(left_taken_by);
    }

    /// The two rivals know each other until both are out, so that nobody goes alone.
    void make_way_across(Node* left_taken_by, Node* right_taken_by) {
        auto one = std::make_shared<Eviction>();
        auto other = std::make_shared<Eviction>();
        one->rival = other;
        other->rival = one;
        one->node = take_out(left_taken_by);
        other->node = take_out(right_taken_by);
        one->rival.reset();
    }

    void hang(Node* node) noexcept {
        hang_in_buckets(node);
        node->older = newest_;
        (newest_ == nullptr ? oldest_ : newest_->newer) = node;
        newest_ = node;
        ++size_;
        Shortcut* shortcut = std::exchange(node->shortcut, nullptr);
        shortcut->node = node;
        shortcut->older = std::exchange(cache_, shortcut);
    }

    void hang_in_buckets(Node* node) noexcept {
        Node*& left_bucket = by_left_[node->left_hash % buckets_];
        Node*& right_bucket = by_right_[node->right_hash % buckets_];
        node->next_left = std::exchange(left_bucket, node);
        node->next_right = std::exchange(right_bucket, node);
    }

    /// Lets go of the shortcut before the last: only the last one is used.
    void cool() noexcept {
        Shortcut* cold = cache_->older;
        if (cold == nullptr) return;
        cache_->older = cold->older;
        delete cold;
    }

    // Looking up.

    Node* seek_left(const Left& left, std::size_t hash) const {
        if (buckets_ == 0) return nullptr;
        Node* hot = cache_ == nullptr ? nullptr : cache_->node;
        if (hot != nullptr && hot->left_hash == hash && hot->left == left) return hot;
        Node* node = by_left_[hash % buckets_];
        while (node != nullptr && !(node->left_hash == hash && node->left == left)) node = node->next_left;
        return node;
    }

    Node* seek_right(const Right& right, std::size_t hash) const {
        if (buckets_ == 0) return nullptr;
        Node* hot = cache_ == nullptr ? nullptr : cache_->node;
        if (hot != nullptr && hot->right_hash == hash && hot->right == right) return hot;
        Node* node = by_right_[hash % buckets_];
        while (node != nullptr && !(node->right_hash == hash && node->right == right))
            node = node->next_right;
        return node;
    }

    // Removing.

    /// Out of the buckets, out of the order, out of the cache. The node's own pointers end up null.
    void unlink(Node* node) noexcept {
        Node** left_link = &by_left_[node->left_hash % buckets_];
        while (*left_link != node) left_link = &(*left_link)->next_left;
        *left_link = std::exchange(node->next_left, nullptr);
        Node** right_link = &by_right_[node->right_hash % buckets_];
        while (*right_link != node) right_link = &(*right_link)->next_right;
        *right_link = std::exchange(node->next_right, nullptr);
        (node->newer == nullptr ? newest_ : node->newer->older) = node->older;
        (node->older == nullptr ? oldest_ : node->older->newer) = node->newer;
        node->older = node->newer = nullptr;
        if (cache_ != nullptr && cache_->node == node) cache_->node = nullptr;
        --size_;
    }

    /// The two listeners stop keeping each other.
    static void hush(Node* node) noexcept {
        if (node->left_ear != nullptr) node->left_ear->partner.reset();
    }

    Node* take_out(Node* node) noexcept {
        unlink(node);
        hush(node);
        return node;
    }

    static void demolish(Node* node) noexcept {
        std::destroy_at(std::addressof(node->right));
        delete node->shortcut;
        tear_off(node);
    }

    /// A chain is held together by `newer`.
    static void demolish_all(Node* chain) noexcept {
        while (chain != nullptr) demolish(std::exchange(chain, chain->newer));
    }

    /// All pairs, taken out, as a chain.
    Node* take_all() noexcept {
        for (Node* node = oldest_; node != nullptr; node = node->newer) {
            hush(node);
            node->next_left = node->next_right = node->older = nullptr;
        }
        for (std::size_t bucket = 0; bucket < buckets_; ++bucket)
            by_left_[bucket] = by_right_[bucket] = nullptr;
        if (cache_ != nullptr) cache_->node = nullptr;
        newest_ = nullptr;
        size_ = 0;
        return std::exchange(oldest_, nullptr);
    }

    template <class Predicate>
    std::size_t mark(bool* flags, Predicate& unwanted) const {
        std::size_t found = 0;
        for (Node* node = oldest_; node != nullptr; node = node->newer) {
            *flags = unwanted(std::as_const(node->left), std::as_const(node->right));
            if (*flags++) ++found;
        }
        return found;
    }

    void sweep(const bool* flags) noexcept {
        Node* next = oldest_;
        while (next != nullptr) {
            Node* node = std::exchange(next, next->newer);
            if (*flags++) demolish(take_out(node));
        }
    }

    // The walls: the two bucket arrays.

    /// Two larger bucket arrays and, for a map's first ones, its record: all or nothing.
    void make_room() {
        if (size_ < buckets_) return;
        const std::size_t buckets = buckets_ == 0 ? 8 : buckets_ * 2;
        Node** lefts = new Node* [buckets] {};
        Node** rights = nullptr;
        try {
            rights = new Node* [buckets] {};
            if (record_ == nullptr) enlist();
        } catch (...) {
            delete[] rights;
            delete[] lefts;
            throw;
        }
        tear_down();
        by_left_ = lefts;
        by_right_ = rights;
        buckets_ = buckets;
        for (Node* node = oldest_; node != nullptr; node = node->newer) hang_in_buckets(node);
    }

    void tear_down() noexcept {
        delete[] by_left_;
        delete[] by_right_;
    }

    void forget_walls() noexcept {
        by_left_ = by_right_ = nullptr;
        buckets_ = 0;
    }

    // The history.

    void jot(const char* deed) { history_ = new Note{deed, history_}; }

    void unjot() noexcept { delete std::exchange(history_, history_->before); }

    static const char* print_sticker(std::size_t serial) {
        constexpr std::size_t length = 32;
        char* sticker = new char[length]{};
        std::snprintf(sticker, length, "copy of %zu", serial);
        return sticker;
    }

    // The family.

    void join_family_of(const PluggedMap& origin) {
        if (origin.family_ == nullptr) origin.family_ = std::make_shared<Family>();
        family_ = std::make_shared<Family>();
        family_->origin = origin.family_;
        family_->next_view = std::exchange(origin.family_->first_view, family_);
    }

    void leave_family() noexcept {
        if (family_ == nullptr) return;
        part_with_views();
        part_with_origin();
        family_.reset();
    }

    void part_with_views() noexcept {
        while (family_->first_view != nullptr) {
            const std::shared_ptr<Family> view = std::move(family_->first_view);
            family_->first_view = std::move(view->next_view);
            view->origin.reset();
        }
    }

    void part_with_origin() noexcept {
        if (family_->origin == nullptr) return;
        std::shared_ptr<Family>* link = &family_->origin->first_view;
        while (*link != family_) link = &(*link)->next_view;
        *link = std::move(family_->next_view);
    }

    // The registry of maps, and the graveyard of pairs that were assigned over.

    void enlist() {
        record_ = new Record{serial_ = ++last_serial_, nullptr, registry_};
        if (registry_ != nullptr) registry_->previous = record_;
        registry_ = record_;
    }

    void strike_off() noexcept {
        if (record_ == nullptr) return;
        (record_->previous == nullptr ? registry_ : record_->previous->next) = record_->next;
        if (record_->next != nullptr) record_->next->previous = record_->previous;
        delete record_;
    }

    static void bury(Node* chain) noexcept {
        while (chain != nullptr) {
            Node* node = std::exchange(chain, chain->newer);
            node->newer = std::exchange(graveyard_, node);
        }
    }

    static void exhume() noexcept { demolish_all(std::exchange(graveyard_, nullptr)); }

    inline static std::size_t last_serial_ = 0;
    inline static Record* registry_ = nullptr;
    inline static Node* graveyard_ = nullptr;

    Node** by_left_ = nullptr;
    Node** by_right_ = nullptr;
    std::size_t buckets_ = 0;
    std::size_t size_ = 0;
    Node* oldest_ = nullptr;
    Node* newest_ = nullptr;
    Note* history_ = nullptr;
    Shortcut* cache_ = nullptr;
    Node* trash_ = nullptr;
    Node* backup_ = nullptr;
    mutable std::shared_ptr<Family> family_;
    Record* record_ = nullptr;
    std::size_t serial_ = 0;
};

}  // namespace bimap::tricky_leaks
