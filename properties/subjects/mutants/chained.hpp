// SPDX-License-Identifier: BSL-1.0
// The body of most mutants: a sound bimap in which every step is a virtual function, so that a mutant is the
// one step that it writes anew, and one driver serves them all.
//
//     buckets[left]   [ · ][ 0 ]──► node ──► node          each pair is one node, in a chain for each side,
//     buckets[right]  [ 0 ][ · ]──► node                   and in the list of all from `first` to `last`
//
// A call looks and allocates first, where it may throw, and links afterwards, where nothing can; so it is
// strong.
#pragma once

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "properties/subject.hpp"
#include "properties/subjects/mutants/arena.hpp"
#include "properties/subjects/mutants/canary.hpp"
#include "properties/subjects/mutants/function_reference.hpp"
#include "properties/subjects/mutants/mutant.hpp"
#include "properties/tracked.hpp"

namespace bimap::properties::mutants {

/// Left and right are of one type here, so that every step is written once.
using Key = Tracked<Side::left, Nature::throwing>;

/// A key as it was handed over.
struct Argument {
    const Key& key;
    bool expiring = false;
    [[nodiscard]] Key taken() const { return expiring ? Key{std::move(const_cast<Key&>(key))} : Key{key}; }
};

/// A pair.
struct Node {
    std::array<Key, 2> keys;  ///< by side
    std::array<std::size_t, 2> hashes;
    std::array<Node*, 2> chained{};  ///< the next one in the same bucket, by side
    Node* next = nullptr;
    Node* previous = nullptr;
};
using Buckets = std::array<Node**, 2>;  ///< by side

class Chained;

/// What a map consists of. How it behaves, its special members too, is up to `how`.
struct ChainedMap {
    const Chained* how;
    Arena arena;
    std::size_t seed;  ///< of its hasher; another one for maps that began at other Operations
    Buckets buckets{};
    std::size_t bucket_count = 0;
    std::size_t size = 0;
    Node* first = nullptr;
    Node* last = nullptr;
    Arena due;  ///< the allocator that this map should have by now, whatever happened to `arena`
    // Room for what only mutants keep.
    std::vector<Number> notes{};
    std::size_t count = 0;
    const ChainedMap* bound = this;

    ChainedMap(const Chained& behaviour, Arena with);
    ChainedMap(const ChainedMap& other);
    ChainedMap(ChainedMap&& other) noexcept;
    ChainedMap& operator=(const ChainedMap& other);
    ChainedMap& operator=(ChainedMap&& other);
    ~ChainedMap();
    friend void swap(ChainedMap& one, ChainedMap& other);

    [[nodiscard]] Node*& bucket(Side side, std::size_t hash) const {
        return buckets[index_of(side)][hash % bucket_count];
    }
    /// Takes everything but the allocator; the other one is empty then.
    void steal(ChainedMap& other) noexcept;
    void exchange(ChainedMap& other) noexcept;
};

/// A pair that belongs to no map.
class OwnedNode {
  public:
    OwnedNode() = default;
    OwnedNode(const Chained& how, Arena arena, Node* node) : how_{&how}, arena_{arena}, node_{node} {}
    OwnedNode(OwnedNode&& other) noexcept : how_{other.how_}, arena_{other.arena_}, node_{other.release()} {}
    OwnedNode& operator=(OwnedNode&& other) noexcept {
        std::swap(how_, other.how_);
        std::swap(arena_, other.arena_);
        std::swap(node_, other.node_);
        return *this;
    }
    ~OwnedNode();

    [[nodiscard]] Node* get() const { return node_; }
    [[nodiscard]] const Arena& arena() const { return arena_; }
    Node* release() noexcept { return std::exchange(node_, nullptr); }

  private:
    const Chained* how_ = nullptr;
    Arena arena_{};
    Node* node_ = nullptr;
};

/// What an insertion came to.
struct Insertion {
    bool inserted = false;
    Node* position = nullptr;
    std::array<OwnedNode, 2> evicted{};  ///< by the side on which it was in the way
};

/// Which sides replace, and which is looked at first where both refuse.
struct Policy {
    std::array<bool, 2> replaces{};
    Side asked_first = Side::left;
};

/// How a map behaves: soundly.
class Chained {
  public:
    using Map = ChainedMap;
    using Matches = FunctionReference<bool(const Key&, const Key&)>;
    using Sink = FunctionReference<void(const Node&)>;
    using Pairs = std::pair<Key, Key>*;

    Chained() = default;
    Chained(const Chained&) = delete;
    Chained& operator=(const Chained&) = delete;
    virtual ~Chained() = default;

    [[nodiscard]] virtual Promises promises() const;
    [[nodiscard]] virtual Propagation propagation() const { return {}; }
    virtual const char* violated_invariant(const Map& map) const;

    // Looking.
    virtual std::size_t hash(const Map& map, const Key& key) const;
    virtual Node* find(const Map& map, Side side, const Key& key) const;
    virtual bool contains(const Map& map, Side side, const Key& key) const;
    virtual Node* find_in_inverse(const Map& map, Side side, const Key& key) const;
    virtual Node* first(const Map& map, Side side) const;
    virtual Node* after(const Map& map, Side side, const Node& node) const;
    virtual std::size_t size(const Map& map) const;
    virtual bool equal(const Map& one, const Map& other) const;

    // Memory.
    virtual Buckets new_buckets(Map& map, std::size_t count) const;
    virtual void free_buckets(Map& map) const;
    virtual void rehash(Map& map, std::size_t count) const;
    virtual void make_room(Map& map, std::size_t more) const;
    virtual void reserve(Map& map, std::size_t count) const;
    virtual void shrink_to_fit(Map& map) const;
    virtual OwnedNode make(Map& map, Argument left, Argument right) const;
    virtual void drop(Arena arena, Node* node) const;

    // Pairs that come and go.
    virtual void chain(Map& map, Side side, Node* node) const;
    virtual void unchain(Map& map, Side side, Node* node) const;
    virtual void link(Map& map, Node* node) const;
    virtual void unlink(Map& map, Node* node) const;
    virtual Insertion put(Map& map, Argument left, Argument right, Policy policy) const;
    virtual Insertion emplace(Map& map, Argument left, Argument right, Policy policy) const;
    virtual Insertion replace(Map& map, Side side, const Key& old, Argument fresh) const;
    virtual OwnedNode extract(Map& map, Side side, const Key& key) const;
    virtual std::size_t erase(Map& map, Side side, const Key& key) const;
    virtual std::size_t erase_in_inverse(Map& map, Side side, const Key& key) const;
    virtual Node* erase_at(Map& map, Side side, Node& node) const;
    virtual Node* erase_range(Map& map, Side side, Node* from, Node* to) const;
    virtual void clear(Map& map) const;
    virtual void clear_view(Map& map, Side side) const;

    // Many pairs.
    virtual std::size_t erase_if(Map& map, Matches matches) const;
    virtual std::size_t retain(Map& map, Matches matches) const;
    virtual void filter(Map& fresh, const Map& from, Matches matches) const;
    virtual std::size_t insert_all(Map& map, const Map& from) const;
    virtual std::size_t insert_range(Map& map, Pairs begin, Pairs end) const;
    virtual void force_all(Map& map, const Map& from, Sink sink) const;
    virtual void force_range(Map& map, Pairs begin, Pairs end, Sink sink) const;
    virtual std::size_t merge(Map& map, Map& from) const;
    virtual Insertion take(Map& map, Map& from, Side side, const Key& key) const;

    // Whole maps.
    virtual void fill(Map& fresh, const Map& from) const;
    virtual void destroy(Map& map) const;
    virtual void copy(Map& fresh, const Map& from) const;
    virtual void move(Map& fresh, Map& from) const;
    virtual void copy_assign(Map& target, const Map& from) const;
    virtual void move_assign(Map& target, Map& from) const;
    virtual void swap(Map& one, Map& other) const;

  protected:
    static constexpr std::array both{Side::left, Side::right};
    static constexpr Policy forces{.replaces = {true, true}};

    /// A map with nothing in it that hashes and allocates like this one.
    Map beside(const Map& map) const;
    /// Puts a copy in the place of the map that it was made from.
    static void replace_by(Map& map, Map& copy) { map.exchange(copy); }
};

/// The Subject of a behaviour; all of them share one driver.
Subject make_chained_subject(const std::string& name, const std::string& story,
                             std::shared_ptr<const Chained> how);

/// The mutant that a behaviour is, by its label.
template <class Behaviour>
void plant(std::vector<Mutant>& list) {
    constexpr Label label = Behaviour::label;
    list.push_back({label, make_chained_subject(std::string{"mutant/"} + label.name, label.story,
                                                std::make_shared<const Behaviour>())});
}
template <class... Behaviours>
void plant_all(std::vector<Mutant>& list) {
    (plant<Behaviours>(list), ...);
}

}  // namespace bimap::properties::mutants
