// SPDX-License-Identifier: BSL-1.0
// A bimap under test, as the rest of the suite sees it: what it offers, what it promises, and a session in
// which Operations are carried out on it. It knows no concrete map; driver.hpp makes Subjects from adapters.
#pragma once

#include <bitset>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/answer.hpp"
#include "properties/program.hpp"

namespace bimap::properties {

/// Which calls there are: by face (the map, its inverse), verb and side.
class Offer {
  public:
    void add(Verb verb, Side side, bool inverse) { calls_.set(index(verb, side, inverse)); }
    [[nodiscard]] bool contains(Verb verb, Side side, bool inverse) const {
        return calls_[index(verb, side, inverse)];
    }
    [[nodiscard]] bool contains(const Operation& operation) const {
        return contains(operation.verb, operation.side, operation.inverse);
    }

  private:
    static std::size_t index(Verb verb, Side side, bool inverse) {
        return (static_cast<std::size_t>(verb) * 2 + index_of(side)) * 2 + (inverse ? 1 : 0);
    }
    std::bitset<verb_count * 4> calls_;
};

/// What a map guarantees when something throws. Everything is consistent, leaks nothing and can go on being
/// used, and what the call only reads is as it was; with *strong* so is the rest; with *none* nothing is made
/// to throw.
enum class Guarantee : std::uint8_t { none, basic, strong };

/// What may be done with a map that was moved from.
enum class MovedFrom : std::uint8_t {
    unusable,  ///< destroy it
    usable,    ///< everything; what it holds is open
    empty,     ///< everything; it holds nothing
};

/// What callers have to see to. An Operation that would break one of them is left out.
struct Preconditions {
    bool fresh_keys = false;         ///< what refuses taken keys: neither left nor right is in a pair
    bool present_keys = false;       ///< erase, at, extract, replace: the key is in a pair
    bool foreign_arguments = false;  ///< no argument refers into the map
};

/// What a Subject declares of itself; only what is declared is demanded. What is set here is what any C++
/// type owes.
struct Promises {
    Orders order{};                     ///< by side: what iteration follows
    std::size_t elements_per_pair = 0;  ///< how many elements a stored pair is made of; 0: as its first shows
    bool elements_counted = true;       ///< its elements report to the Ledger
    MovedFrom moved_from = MovedFrom::usable;
    bool self_move_keeps = false;      ///< a map that was moved to itself is as it was; else consistent
    bool erases_next = true;           ///< erase by iterator returns the pair that followed
    bool refuses_by_throwing = false;  ///< what is refused throws
    /// force and assign of a pair that is there already say that they inserted nothing; else anything.
    bool same_pair_is_refused = false;
    /// insert, emplace, try_emplace and replace of a pair that is there already say what they like; else that
    /// they refused it.
    bool same_pair_is_accepted = false;
    std::size_t keeps_removed = 0;  ///< so many pairs that were taken out may live on, for an undo or a cache
    bool pools_memory = false;      ///< blocks may outlive the map, for the next one
    bool shows_conflict = false;    ///< what is refused shows the pair in the way, the asked side's first
    bool keeps_refused = false;     ///< a refused expiring argument is as it was
    bool absent_is_out_of_range = false;  ///< at throws std::out_of_range; else anything
    /// What an insertion stores is what it was given, and no equal element that was there before.
    bool stores_what_is_given = false;
    /// While a pair stays in its map, so do its elements, whatever else is inserted or erased.
    bool references_stay = false;
    /// They stay, too, when the map is moved or swapped, and are the other one's then.
    bool references_follow = false;
    bool iterators_stay = false;  ///< in the same way, an iterator goes on showing its pair
    /// A call takes at most so many steps (hashes, comparisons, copies, and moves that may throw) for each
    /// pair that is in the maps before or after it or that it asks for, and as many besides. 0: no such
    /// promise.
    std::size_t steps_per_pair = 0;
    Preconditions needs{};
    Guarantee exceptions = Guarantee::basic;  ///< of every verb
    std::bitset<verb_count> strong{};         ///< verbs that are strong, whatever the others are
    /// Verbs that, when they throw, leave each pair in one of the two maps. Elsewhere: consistent maps.
    std::bitset<verb_count> lossless{};
    /// The kinds of fault that can happen to its elements and blocks, and to what it calls.
    std::bitset<fault_kind_count> faults = std::bitset<fault_kind_count>{}.set();
};

/// An iterator that was kept, and has gone astray.
struct Stray {
    enum class How : std::uint8_t {
        moved,    ///< it shows another pair
        unequal,  ///< it is not equal to one that walked there
        leads,    ///< its next shows another pair than it should
    };
    How how;
    Pair kept;        ///< what it showed when it was kept
    Pair expected{};  ///< what it, or its next, should show
    Pair shown{};
};

/// Registers that hold maps. Not copyable; the maps live until reset().
class Session {
  public:
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    /// Destroys every register's map. A register comes to life with the first Operation that names it.
    virtual void reset() = 0;

    /// Carries out one Operation that the Subject offers, with its fault armed and the Ledger listening.
    virtual Answer apply(const Operation& operation) = 0;

    /// Whether there are elements on both sides that stand for this Number.
    [[nodiscard]] virtual bool has_elements_for(Number number) const = 0;

    /// The element that a Number stands for, as it is written in C++; nothing of a type that cannot be
    /// written.
    [[nodiscard]] virtual std::string element(Side side, Number number) const = 0;

    [[nodiscard]] virtual bool alive(Register which) const = 0;

    /// Destroys one register's map.
    virtual void destroy(Register which) = 0;

    /// Adds up, by maker, the elements that can be seen in all living registers' maps.
    virtual void count_seen(std::vector<std::size_t>& by_maker) = 0;

    /// Walks along a living register's map from both sides, and looks up every key below `alphabet`.
    virtual void look(Register which, Number alphabet, Look& look) = 0;

    /// Looks in the same way through its inverse, and asks for its invariants.
    virtual void look_closely(Register which, Number alphabet, Look& look) = 0;

    /// Keeps an iterator to each pair of a living register's map, on each side, in place of those kept
    /// before.
    virtual void keep_iterators(Register which) = 0;

    /// The first of a register's kept iterators that has gone astray. Only those to pairs that have stayed
    /// are asked; looked at closely, for the next pair and whether they equal those that walk there, too.
    using Stayed = std::function<bool(Pair)>;
    virtual std::optional<Stray> find_stray(Register which, const Stayed& stayed, bool closely) = 0;
};

/// A named bimap under test.
struct Subject {
    std::string name;
    std::string story;  ///< one line: what it is
    Offer offer;
    Promises promises;
    std::function<std::unique_ptr<Session>()> open;
    std::vector<std::string> misfits{};  ///< functions of the adapter that cannot be called as they should
    std::string obstacle{};              ///< why it cannot be tried; said after its name

    [[nodiscard]] bool promises_strong(Verb verb) const {
        return promises.exceptions == Guarantee::strong ||
               promises.strong[static_cast<std::size_t>(offered_as(verb))];
    }
    [[nodiscard]] bool promises_lossless(Verb verb) const {
        return promises.lossless[static_cast<std::size_t>(verb)];
    }
};

/// The part of a Program that a Subject offers.
Program offered(const Subject& subject, const Program& program);
bool offers_all(const Subject& subject, const Program& program);

/// Adds Subjects to those that are linked in, from wherever it stands in static memory.
class Registration {
  public:
    using Add = void (*)(std::vector<Subject>& list);
    explicit Registration(Add add) : add_{add}, next_{std::exchange(first, this)} {}
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

    static void add_all(std::vector<Subject>& list);

  private:
    static constinit Registration* first;

    Add add_;
    Registration* next_;
};

/// In the place of a Subject that does not compile: it is listed, with what the compiler said.
void add_obstacle(std::vector<Subject>& list, const std::string& name, const std::string& what);

/// Puts Subjects in the order of their names. Two of one name become obstacles.
void sort_by_name(std::vector<Subject>& list);

/// Every Subject that is linked in, in the order of their names.
std::span<const Subject> subjects();

/// The Subject of this name, or nullptr.
const Subject* find_subject(std::string_view name);

/// The Subject of this name; or, of a bimap that is tried with several kinds of element, all that compile.
std::vector<const Subject*> find_subjects(std::string_view name);

}  // namespace bimap::properties
