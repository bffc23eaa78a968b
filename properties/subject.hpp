// SPDX-License-Identifier: BSL-1.0
// A bimap under test, as the rest of the suite sees it: what it offers, what it promises, and a session in
// which Operations are carried out on it. It knows no concrete map; driver.hpp makes Subjects from adapters.
#pragma once

#include <bitset>
#include <functional>
#include <memory>
#include <span>
#include <string>
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
        return (static_cast<std::size_t>(verb) * 2 + static_cast<std::size_t>(side)) * 2 + (inverse ? 1 : 0);
    }
    std::bitset<verb_count * 4> calls_;
};

/// What a Subject declares of itself; only what is declared is demanded.
struct Promises {
    Orders order{};                     ///< by side: what iteration follows
    std::size_t elements_per_pair = 2;  ///< how many elements a stored pair is made of
    bool elements_counted = true;       ///< its elements report to the Ledger
    bool moved_from_is_empty = true;
    bool self_move_keeps = false;    ///< a map that was moved to itself is as it was; else consistent
    bool erases_next = true;         ///< erase by iterator returns the pair that followed
    std::bitset<verb_count> strong;  ///< verbs that leave the map as it was when they throw
    /// Verbs that, when they throw, leave each pair in one of the two maps. Elsewhere: consistent maps.
    std::bitset<verb_count> lossless;
    std::bitset<fault_kind_count> faults;  ///< the kinds that can happen to its elements and blocks
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

    [[nodiscard]] virtual bool alive(Register which) const = 0;

    /// Adds up, by maker, the elements that can be seen in all living registers' maps.
    virtual void count_seen(std::vector<std::size_t>& by_maker) = 0;

    /// Looks at everything in a living register's map, and looks up every key below `alphabet`.
    virtual void look(Register which, Number alphabet, Look& look) = 0;
};

/// A named bimap under test.
struct Subject {
    std::string name;
    std::string story;  ///< one line: what it is
    Offer offer;
    Promises promises;
    std::function<std::unique_ptr<Session>()> open;

    [[nodiscard]] bool promises_strong(Verb verb) const {
        return promises.strong[static_cast<std::size_t>(verb)];
    }
    [[nodiscard]] bool promises_lossless(Verb verb) const {
        return promises.lossless[static_cast<std::size_t>(verb)];
    }
};

/// The part of a Program that a Subject offers.
Program offered(const Subject& subject, const Program& program);

/// Every Subject that is linked in, in the order of their names.
std::span<const Subject> subjects();

/// The Subject of this name, or nullptr.
const Subject* find_subject(std::string_view name);

}  // namespace bimap::properties
