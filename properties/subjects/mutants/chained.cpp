// SPDX-License-Identifier: BSL-1.0
// The sound behaviour, step by step, and its Subject.
#include "properties/subjects/mutants/chained.hpp"

#include <algorithm>

#include "properties/driver.hpp"

namespace bimap::properties::mutants {

// --- The map's own members, which ask its behaviour ---

ChainedMap::ChainedMap(const Chained& behaviour, Arena with)
    : how{&behaviour}, arena{with}, seed{ledger.maker()}, due{with} {}

ChainedMap::ChainedMap(const ChainedMap& other)
    : how{other.how}, arena{other.arena}, seed{other.seed}, due{other.due} {
    how->copy(*this, other);
}

ChainedMap::ChainedMap(ChainedMap&& other) noexcept
    : how{other.how}, arena{other.arena}, seed{other.seed}, due{other.due} {
    how->move(*this, other);
}

ChainedMap& ChainedMap::operator=(const ChainedMap& other) {
    how->copy_assign(*this, other);
    if (how->propagation().on_copy) due = other.due;
    return *this;
}

ChainedMap& ChainedMap::operator=(ChainedMap&& other) {
    how->move_assign(*this, other);
    if (how->propagation().on_move) due = other.due;
    return *this;
}

ChainedMap::~ChainedMap() { how->destroy(*this); }

void swap(ChainedMap& one, ChainedMap& other) {
    one.how->swap(one, other);
    if (one.how->propagation().on_swap) std::swap(one.due, other.due);
}

void ChainedMap::steal(ChainedMap& other) noexcept {
    seed = other.seed;
    buckets = std::exchange(other.buckets, {});
    bucket_count = std::exchange(other.bucket_count, 0);
    size = std::exchange(other.size, 0);
    first = std::exchange(other.first, nullptr);
    last = std::exchange(other.last, nullptr);
}

void ChainedMap::exchange(ChainedMap& other) noexcept {
    std::swap(seed, other.seed);
    std::swap(buckets, other.buckets);
    std::swap(bucket_count, other.bucket_count);
    std::swap(size, other.size);
    std::swap(first, other.first);
    std::swap(last, other.last);
}

OwnedNode::~OwnedNode() {
    if (node_ != nullptr) how_->drop(arena_, node_);
}

// --- What is promised ---

Promises Chained::promises() const {
    Promises promises{.elements_per_pair = 2,
                      .moved_from = MovedFrom::empty,
                      .self_move_keeps = true,
                      .same_pair_is_refused = true,
                      .shows_conflict = true,
                      .keeps_refused = true,
                      .absent_is_out_of_range = true,
                      .stores_what_is_given = true,
                      .references_stay = true,
                      .references_follow = propagation().on_move && propagation().on_swap,
                      .steps_per_pair = 16};
    promises.strong.set();
    for (const Verb weak : {Verb::merge, Verb::take, Verb::erase_if, Verb::retain, Verb::erase_loop,
                            Verb::erase_range, Verb::swap, Verb::move_assign})
        promises.strong.reset(static_cast<std::size_t>(weak));
    for (const Verb verb : {Verb::merge, Verb::take}) promises.lossless.set(static_cast<std::size_t>(verb));
    return promises;
}

const char* Chained::violated_invariant(const Map& map) const {
    if (map.arena != map.due) return "the allocator goes along exactly where it is said to";
    std::size_t listed = 0;
    for (const Node* node = map.first; node != nullptr && listed <= map.size; node = node->next) ++listed;
    return listed == map.size ? nullptr : "the size is the number of pairs in the list";
}

// --- Looking ---

std::size_t Chained::hash(const Map& map, const Key& key) const { return std::hash<Key>{}(key) + map.seed; }

Node* Chained::find(const Map& map, Side side, const Key& key) const {
    if (map.bucket_count == 0) return nullptr;
    const std::size_t hashed = hash(map, key);
    const std::size_t i = index_of(side);
    for (Node* node = map.bucket(side, hashed); node != nullptr; node = node->chained[i])
        if (node->hashes[i] == hashed && node->keys[i] == key) return node;
    return nullptr;
}

bool Chained::contains(const Map& map, Side side, const Key& key) const {
    return find(map, side, key) != nullptr;
}

Node* Chained::find_in_inverse(const Map& map, Side side, const Key& key) const {
    return find(map, side, key);
}

Node* Chained::first(const Map& map, Side) const { return map.first; }
Node* Chained::after(const Map&, Side, const Node& node) const { return node.next; }
std::size_t Chained::size(const Map& map) const { return map.size; }

bool Chained::equal(const Map& one, const Map& other) const {
    if (one.size != other.size) return false;
    for (const Node* node = one.first; node != nullptr; node = node->next) {
        const Node* const same = find(other, Side::left, node->keys[0]);
        if (same == nullptr || same->keys[1] != node->keys[1]) return false;
    }
    return true;
}

// --- Memory ---

Buckets Chained::new_buckets(Map& map, std::size_t count) const {
    Buckets fresh{};
    const std::size_t bytes = count * sizeof(Node*);
    fresh[0] = static_cast<Node**>(map.arena.allocate(bytes));
    try {
        fresh[1] = static_cast<Node**>(map.arena.allocate(bytes));
    } catch (...) {
        map.arena.deallocate(fresh[0], bytes);
        throw;
    }
    for (Node** side : fresh) std::fill_n(side, count, nullptr);
    return fresh;
}

void Chained::free_buckets(Map& map) const {
    for (Node** side : map.buckets)
        if (side != nullptr) map.arena.deallocate(side, map.bucket_count * sizeof(Node*));
    map.buckets = {};
    map.bucket_count = 0;
}

void Chained::rehash(Map& map, std::size_t count) const {
    const Buckets fresh = new_buckets(map, count);
    free_buckets(map);
    map.buckets = fresh;
    map.bucket_count = count;
    for (Node* node = map.first; node != nullptr; node = node->next)
        for (const Side side : both) chain(map, side, node);
}

void Chained::make_room(Map& map, std::size_t more) const {
    std::size_t count = std::max<std::size_t>(map.bucket_count, 4);
    while (count < map.size + more) count *= 2;
    if (count != map.bucket_count) rehash(map, count);
}

void Chained::reserve(Map& map, std::size_t count) const {
    if (count > map.bucket_count) make_room(map, count - map.size);
}

void Chained::shrink_to_fit(Map& map) const {
    if (map.size == 0)
        free_buckets(map);
    else if (map.size < map.bucket_count)
        rehash(map, map.size);
}

OwnedNode Chained::make(Map& map, Argument left, Argument right) const {
    const std::array hashes{hash(map, left.key), hash(map, right.key)};
    void* const memory = map.arena.allocate(sizeof(Node));
    try {
        return {*this, map.arena, ::new (memory) Node{{left.taken(), right.taken()}, hashes}};
    } catch (...) {
        map.arena.deallocate(memory, sizeof(Node));
        throw;
    }
}

void Chained::drop(Arena arena, Node* node) const {
    std::destroy_at(node);
    arena.deallocate(node, sizeof(Node));
}

// --- Pairs that come and go ---

void Chained::chain(Map& map, Side side, Node* node) const {
    const std::size_t i = index_of(side);
    node->chained[i] = std::exchange(map.bucket(side, node->hashes[i]), node);
}

void Chained::unchain(Map& map, Side side, Node* node) const {
    const std::size_t i = index_of(side);
    Node** link = &map.bucket(side, node->hashes[i]);
    while (*link != nullptr && *link != node) link = &(*link)->chained[i];
    if (*link == node) *link = node->chained[i];
}

void Chained::link(Map& map, Node* node) const {
    for (const Side side : both) chain(map, side, node);
    node->next = nullptr;
    node->previous = std::exchange(map.last, node);
    (node->previous == nullptr ? map.first : node->previous->next) = node;
    ++map.size;
}

void Chained::unlink(Map& map, Node* node) const {
    for (const Side side : both) unchain(map, side, node);
    (node->previous == nullptr ? map.first : node->previous->next) = node->next;
    (node->next == nullptr ? map.last : node->next->previous) = node->previous;
    --map.size;
}

Insertion Chained::put(Map& map, Argument left, Argument right, Policy policy) const {
    const std::array held{find(map, Side::left, left.key), find(map, Side::right, right.key)};
    if (held[0] != nullptr && held[0] == held[1]) return {.position = held[0]};
    for (const Side side : {policy.asked_first, opposite(policy.asked_first)})
        if (Node* const refusing = held[index_of(side)];
            refusing != nullptr && !policy.replaces[index_of(side)])
            return {.position = refusing};
    OwnedNode fresh = make(map, left, right);
    make_room(map, 1);
    Insertion done{.inserted = true, .position = fresh.get()};
    for (const Side side : both)
        if (Node* const evicted = held[index_of(side)]; evicted != nullptr) {
            unlink(map, evicted);
            done.evicted[index_of(side)] = {*this, map.arena, evicted};
        }
    link(map, fresh.release());
    return done;
}

Insertion Chained::emplace(Map& map, Argument left, Argument right, Policy policy) const {
    return put(map, left, right, policy);
}

Insertion Chained::replace(Map& map, Side side, const Key& old, Argument fresh) const {
    Node* const node = find(map, side, old);
    if (node == nullptr) return {};
    if (Node* const taken = find(map, side, fresh.key)) return {.position = taken};
    const Argument other{node->keys[index_of(opposite(side))]};
    OwnedNode changed = side == Side::left ? make(map, fresh, other) : make(map, other, fresh);
    unlink(map, node);
    drop(map.arena, node);
    link(map, changed.get());
    return {.inserted = true, .position = changed.release()};
}

OwnedNode Chained::extract(Map& map, Side side, const Key& key) const {
    Node* const node = find(map, side, key);
    if (node == nullptr) return {};
    unlink(map, node);
    return {*this, map.arena, node};
}

std::size_t Chained::erase(Map& map, Side side, const Key& key) const {
    Node* const node = find(map, side, key);
    if (node == nullptr) return 0;
    unlink(map, node);
    drop(map.arena, node);
    return 1;
}

std::size_t Chained::erase_in_inverse(Map& map, Side side, const Key& key) const {
    return erase(map, side, key);
}

Node* Chained::erase_at(Map& map, Side side, Node& node) const {
    Node* const next = after(map, side, node);
    unlink(map, &node);
    drop(map.arena, &node);
    return next;
}

Node* Chained::erase_range(Map& map, Side side, Node* from, Node* to) const {
    while (from != to) from = erase_at(map, side, *from);
    return to;
}

void Chained::clear(Map& map) const {
    for (Node* node = map.first; node != nullptr;) drop(map.arena, std::exchange(node, node->next));
    for (Node** side : map.buckets) std::fill_n(side, map.bucket_count, nullptr);
    map.first = map.last = nullptr;
    map.size = 0;
}

void Chained::clear_view(Map& map, Side) const { clear(map); }

// --- Many pairs ---

std::size_t Chained::erase_if(Map& map, Matches matches) const {
    std::size_t erased = 0;
    for (Node* node = map.first; node != nullptr;) {
        Node* const candidate = std::exchange(node, node->next);
        if (!matches(candidate->keys[0], candidate->keys[1])) continue;
        unlink(map, candidate);
        drop(map.arena, candidate);
        ++erased;
    }
    return erased;
}

std::size_t Chained::retain(Map& map, Matches matches) const {
    return erase_if(map, [&](const Key& left, const Key& right) { return !matches(left, right); });
}

void Chained::filter(Map& fresh, const Map& from, Matches matches) const {
    for (const Node* node = from.first; node != nullptr; node = node->next)
        if (matches(node->keys[0], node->keys[1])) put(fresh, {node->keys[0]}, {node->keys[1]}, {});
}

std::size_t Chained::insert_all(Map& map, const Map& from) const {
    Map changed = beside(map);
    fill(changed, map);
    std::size_t came = 0;
    for (const Node* node = from.first; node != nullptr; node = node->next)
        came += put(changed, {node->keys[0]}, {node->keys[1]}, {}).inserted ? 1 : 0;
    replace_by(map, changed);
    return came;
}

std::size_t Chained::insert_range(Map& map, Pairs begin, Pairs end) const {
    Map changed = beside(map);
    fill(changed, map);
    std::size_t came = 0;
    for (; begin != end; ++begin) came += put(changed, {begin->first}, {begin->second}, {}).inserted ? 1 : 0;
    replace_by(map, changed);
    return came;
}

void Chained::force_all(Map& map, const Map& from, Sink sink) const {
    std::vector<std::pair<Key, Key>> pairs;
    pairs.reserve(from.size);
    for (const Node* node = from.first; node != nullptr; node = node->next)
        pairs.emplace_back(node->keys[0], node->keys[1]);
    force_range(map, pairs.data(), pairs.data() + pairs.size(), sink);
}

void Chained::force_range(Map& map, Pairs begin, Pairs end, Sink sink) const {
    Map changed = beside(map);
    fill(changed, map);
    std::vector<OwnedNode> evicted;
    for (; begin != end; ++begin)
        for (OwnedNode& node : put(changed, {begin->first}, {begin->second}, forces).evicted)
            if (node.get() != nullptr) evicted.push_back(std::move(node));
    replace_by(map, changed);
    for (const OwnedNode& node : evicted) sink(*node.get());
}

std::size_t Chained::merge(Map& map, Map& from) const {
    std::size_t moved = 0;
    if (&map == &from) return moved;
    for (Node* node = from.first; node != nullptr;) {
        Node* const candidate = std::exchange(node, node->next);
        if (!put(map, {candidate->keys[0]}, {candidate->keys[1]}, {}).inserted) continue;
        unlink(from, candidate);
        drop(from.arena, candidate);
        ++moved;
    }
    return moved;
}

Insertion Chained::take(Map& map, Map& from, Side side, const Key& key) const {
    Node* const node = find(from, side, key);
    if (node == nullptr) return {};
    if (&map == &from) return {.inserted = true, .position = node};
    Insertion done = put(map, {node->keys[0]}, {node->keys[1]}, {.asked_first = side});
    if (!done.inserted) return done;
    unlink(from, node);
    drop(from.arena, node);
    return done;
}

// --- Whole maps ---

ChainedMap Chained::beside(const Map& map) const {
    Map empty{*this, map.arena};
    empty.seed = map.seed;
    return empty;
}

void Chained::fill(Map& fresh, const Map& from) const {
    for (const Node* node = from.first; node != nullptr; node = node->next) {
        OwnedNode copied = make(fresh, {node->keys[0]}, {node->keys[1]});
        make_room(fresh, 1);
        link(fresh, copied.release());
    }
}

void Chained::destroy(Map& map) const {
    clear(map);
    free_buckets(map);
}

void Chained::copy(Map& fresh, const Map& from) const {
    try {
        fill(fresh, from);
    } catch (...) {
        destroy(fresh);
        throw;
    }
}

void Chained::move(Map& fresh, Map& from) const { fresh.steal(from); }

void Chained::copy_assign(Map& target, const Map& from) const {
    if (&target == &from) return;
    Map changed = beside(from);
    if (!propagation().on_copy) changed.arena = target.arena;
    fill(changed, from);
    target.exchange(changed);
    std::swap(target.arena, changed.arena);
}

void Chained::move_assign(Map& target, Map& from) const {
    if (&target == &from) return;
    if (propagation().on_move || target.arena == from.arena) {
        destroy(target);
        target.steal(from);
        target.arena = from.arena;
        return;
    }
    Map changed = beside(from);
    changed.arena = target.arena;
    fill(changed, from);
    target.exchange(changed);
    clear(from);
}

void Chained::swap(Map& one, Map& other) const {
    if (&one == &other) return;
    if (propagation().on_swap || one.arena == other.arena) {
        one.exchange(other);
        std::swap(one.arena, other.arena);
        return;
    }
    Map first = beside(other);
    Map second = beside(one);
    std::swap(first.arena, second.arena);
    fill(first, other);
    fill(second, one);
    one.exchange(first);
    other.exchange(second);
}

// --- The Subject ---

namespace {

using Map = ChainedMap;

/// The map through its inverse.
struct Inverse {
    Map* map;
};

Map& map_of(Map& map) { return map; }
const Map& map_of(const Map& map) { return map; }
Map& map_of(const Inverse& inverse) { return *inverse.map; }
constexpr Side seen_by(const Map&, Side side) { return side; }
constexpr Side seen_by(const Inverse&, Side side) { return opposite(side); }

/// A pair as a view shows it: its own side's key first.
struct Shown {
    const Key& first;
    const Key& second;
    Shown(const Node& node, Side side)
        : first{node.keys[index_of(side)]}, second{node.keys[index_of(opposite(side))]} {}
};

struct Iterator {
    using value_type = Shown;
    using difference_type = std::ptrdiff_t;
    using reference = Shown;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    const Map* map = nullptr;
    Side side = Side::left;
    Node* node = nullptr;

    struct Arrow {
        Shown shown;
        const Shown* operator->() const { return &shown; }
    };
    Shown operator*() const { return {*node, side}; }
    Arrow operator->() const { return {**this}; }
    Iterator& operator++() {
        node = map->how->after(*map, side, *node);
        return *this;
    }
    bool operator==(const Iterator& other) const { return node == other.node; }
};

/// A side, with the interface of std::map.
template <class Face>
struct View {
    Face& face;
    Side side;  ///< in the map's own eyes

    [[nodiscard]] Map& map() const { return map_of(face); }
    [[nodiscard]] const Chained& how() const { return *map().how; }
    [[nodiscard]] Iterator at_node(Node* node) const { return {&map(), side, node}; }

    [[nodiscard]] Iterator begin() const { return at_node(how().first(map(), side)); }
    [[nodiscard]] Iterator end() const { return at_node(nullptr); }
    [[nodiscard]] Iterator find(const Key& key) const {
        if constexpr (std::same_as<Face, Map>)
            return at_node(how().find(map(), side, key));
        else
            return at_node(how().find_in_inverse(map(), side, key));
    }
    [[nodiscard]] bool contains(const Key& key) const { return how().contains(map(), side, key); }
    [[nodiscard]] std::size_t count(const Key& key) const { return find(key) == end() ? 0 : 1; }
    [[nodiscard]] const Key& at(const Key& key) const {
        const Iterator found = find(key);
        if (found == end()) throw std::out_of_range{"no such key"};
        return found->second;
    }
    std::size_t erase(const Key& key) const {
        if constexpr (std::same_as<Face, Map>)
            return how().erase(map(), side, key);
        else
            return how().erase_in_inverse(map(), side, key);
    }
    Iterator erase(Iterator position) const { return at_node(how().erase_at(map(), side, *position.node)); }
    Iterator erase(Iterator first, Iterator last) const {
        return at_node(how().erase_range(map(), side, first.node, last.node));
    }
    void clear() const { how().clear_view(map(), side); }
};

/// What an insertion came to, as a face shows it.
struct Outcome {
    Insertion done;
    bool inserted;
    Iterator position;
    std::optional<Shown> evicted_left{};
    std::optional<Shown> evicted_right{};

    Outcome(Insertion&& what, const Map& map, Side side)
        : done{std::move(what)}, inserted{done.inserted}, position{&map, side, done.position} {
        if (const Node* const node = done.evicted[0].get()) evicted_left.emplace(*node, side);
        if (const Node* const node = done.evicted[1].get()) evicted_right.emplace(*node, side);
    }
};

struct Extracted {
    OwnedNode node;
    Side side;
    explicit operator bool() const { return node.get() != nullptr; }
    [[nodiscard]] const Key& left() const { return node.get()->keys[index_of(side)]; }
    [[nodiscard]] const Key& right() const { return node.get()->keys[index_of(opposite(side))]; }
};

/// How the vocabulary's words are said here, to the map or to its inverse.
struct ChainedSubject {
    using Map = ChainedMap;
    using Left = Key;
    using Right = Key;

    std::shared_ptr<const Chained> how;
    int arenas = 0;

    [[nodiscard]] Promises promises() const { return how->promises(); }
    /// Every map begins with an allocator of its own.
    Map make() { return {*how, Arena{++arenas}}; }

    static auto insert(auto& face, auto&& l, auto&& r) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>}, {});
    }
    static auto force(auto& face, auto&& l, auto&& r) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>},
                   {.replaces = {true, true}});
    }
    static auto assign_left(auto& face, auto&& l, auto&& r) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>},
                   {.replaces = {true, false}});
    }
    static auto assign_right(auto& face, auto&& l, auto&& r) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>},
                   {.replaces = {false, true}});
    }
    static auto emplace(auto& face, Key&& l, Key&& r) {
        Map& map = map_of(face);
        const Side side = seen_by(face, Side::left);
        return Outcome{side == Side::left
                           ? map.how->emplace(map, {l, true}, {r, true}, {})
                           : map.how->emplace(map, {r, true}, {l, true}, {.asked_first = Side::right}),
                       map, side};
    }
    static auto try_emplace_left(auto& face, auto&& l, auto&& r) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>}, {});
    }
    static auto try_emplace_right(auto& face, auto&& r, auto&& l) {
        return put(face, {l, is_rvalue<decltype(l)>}, {r, is_rvalue<decltype(r)>},
                   {.asked_first = Side::right}, Side::right);
    }

    static auto replace_left(auto& face, const Key& l, auto&& fresh) {
        return replace(face, Side::left, l, {fresh, is_rvalue<decltype(fresh)>});
    }
    static auto replace_right(auto& face, const Key& r, auto&& fresh) {
        return replace(face, Side::right, r, {fresh, is_rvalue<decltype(fresh)>});
    }
    static auto extract_left(auto& face, const Key& l) { return extract(face, Side::left, l); }
    static auto extract_right(auto& face, const Key& r) { return extract(face, Side::right, r); }

    static auto left(Map& map) { return View<Map>{map, Side::left}; }
    static auto right(Map& map) { return View<Map>{map, Side::right}; }
    static auto left(Inverse& face) { return View<Inverse>{face, Side::right}; }
    static auto right(Inverse& face) { return View<Inverse>{face, Side::left}; }

    static std::size_t erase_if(auto& face, auto matches) {
        return change(face, matches, [](Map& map, Chained::Matches m) { return map.how->erase_if(map, m); });
    }
    static std::size_t retain(auto& face, auto matches) {
        return change(face, matches, [](Map& map, Chained::Matches m) { return map.how->retain(map, m); });
    }
    static void clear(auto& face) { map_of(face).how->clear(map_of(face)); }
    static std::size_t size(const auto& face) { return map_of(face).how->size(map_of(face)); }
    static void reserve(Map& map, std::size_t count) { map.how->reserve(map, count); }
    static void shrink_to_fit(Map& map) { map.how->shrink_to_fit(map); }

    static Inverse inverse(Map& map) { return {const_cast<Map*>(map.bound)}; }
    static bool equal(const Map& one, const Map& other) { return one.how->equal(one, other); }
    static const char* violated_invariant(const Map& map) { return map.how->violated_invariant(map); }

    Map filter(const Map& map, auto keeps) {
        Map kept{*map.how, Arena{++arenas}};
        map.how->filter(kept, map, keeps);
        return kept;
    }
    static std::size_t insert_all(Map& map, const Map& from) { return map.how->insert_all(map, from); }
    static std::size_t insert_range(Map& map, std::pair<Key, Key>* begin, std::pair<Key, Key>* end) {
        return map.how->insert_range(map, begin, end);
    }
    static void force_all(Map& map, const Map& from, auto sink) {
        map.how->force_all(map, from, [&](const Node& node) { sink(Shown{node, Side::left}); });
    }
    static void force_range(Map& map, std::pair<Key, Key>* begin, std::pair<Key, Key>* end, auto sink) {
        map.how->force_range(map, begin, end, [&](const Node& node) { sink(Shown{node, Side::left}); });
    }
    static std::size_t merge(Map& map, Map& from) { return map.how->merge(map, from); }
    static auto take_left(Map& map, Map& from, const Key& l) { return take(map, from, Side::left, l); }
    static auto take_right(Map& map, Map& from, const Key& r) { return take(map, from, Side::right, r); }

  private:
    template <class T>
    static constexpr bool is_rvalue = std::is_rvalue_reference_v<T>;

    /// `shown` is the view whose pairs and position come out, as the face names its sides.
    static Outcome put(auto& face, Argument l, Argument r, Policy policy, Side shown = Side::left) {
        Map& map = map_of(face);
        if (seen_by(face, Side::left) == Side::left) return {map.how->put(map, l, r, policy), map, shown};
        std::swap(policy.replaces[0], policy.replaces[1]);
        policy.asked_first = opposite(policy.asked_first);
        return {map.how->put(map, r, l, policy), map, opposite(shown)};
    }
    static Outcome replace(auto& face, Side side, const Key& old, Argument fresh) {
        Map& map = map_of(face);
        return {map.how->replace(map, seen_by(face, side), old, fresh), map, seen_by(face, Side::left)};
    }
    static Extracted extract(auto& face, Side side, const Key& key) {
        Map& map = map_of(face);
        return {map.how->extract(map, seen_by(face, side), key), seen_by(face, side)};
    }
    static Outcome take(Map& map, Map& from, Side side, const Key& key) {
        return {map.how->take(map, from, side, key), map, side};
    }
    static std::size_t change(auto& face, auto& matches, auto call) {
        if (seen_by(face, Side::left) == Side::left) return call(map_of(face), matches);
        const auto mirrored = [&](const Key& left, const Key& right) { return matches(right, left); };
        return call(map_of(face), mirrored);
    }
};

}  // namespace

Subject make_chained_subject(const std::string& name, const std::string& story,
                             std::shared_ptr<const Chained> how) {
    return make_subject(name, story, ChainedSubject{std::move(how)});
}

}  // namespace bimap::properties::mutants
