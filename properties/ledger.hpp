// SPDX-License-Identifier: BSL-1.0
// The books: every block and every element that is alive, and which Operation made it; and the faults, on
// demand. It knows no subject. It listens only while a subject's own code runs.
//
// Blocks reach it from the replaced operator new and delete (allocation_hooks.cpp), elements from Tracked, so
// a bimap that calls raw `new` is watched as closely as one that takes an allocator. A birth is written down
// while the Ledger listens; a death always.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <new>
#include <vector>

#include "properties/operation.hpp"

namespace bimap::properties {

/// What an event that was asked to fail throws; a failing allocation throws FailedAllocation instead.
struct InjectedFault : std::exception {
    const char* what() const noexcept override { return "injected fault"; }
};
struct FailedAllocation : std::bad_alloc {
    const char* what() const noexcept override { return "injected allocation failure"; }
};

/// The three kinds of leak, as in "owned by nobody", "owned by each other", "owned by somebody who should
/// not".
enum class LeakKind : std::uint8_t { lost, cyclic, retained };
inline constexpr std::size_t leak_kind_count = 3;

/// Which Operation of the running Program made something: its index.
using Maker = std::uint32_t;

/// What a released block is filled with, so that what is read there shows.
inline constexpr unsigned char released_byte = 0xDB;

/// Whose functions make a block, and have to release it.
enum class Source : std::uint8_t { malloc, plain_new, array_new, aligned_new, aligned_array_new };

/// A living block.
struct Block {
    std::uintptr_t address;
    std::size_t size;
    Maker maker;
    Source source;
    std::uint8_t guard = 0;  ///< so many bytes behind it are nobody's
};

/// What is alive, in total.
struct Balance {
    std::size_t elements = 0;
    std::size_t blocks = 0;
    std::size_t bytes = 0;
    auto operator<=>(const Balance&) const = default;
};

/// Open addressing from address to Block. Addresses are kept complemented, so that a leak checker that scans
/// memory for pointers does not take the books for an owner. Its own memory comes from malloc.
class BlockTable {
  public:
    constexpr BlockTable() = default;
    BlockTable(const BlockTable&) = delete;
    BlockTable& operator=(const BlockTable&) = delete;

    void add(const Block& block);
    bool remove(std::uintptr_t address, Block& removed);
    void clear();
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::vector<Block> blocks() const;

  private:
    [[nodiscard]] std::size_t home_of(std::uintptr_t address) const;
    void place(const Block& block);
    void grow();

    Block* slots_ = nullptr;  ///< an address of 0 marks a free slot
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

class Ledger {
  public:
    /// What an element remembers of its birth; only an element of the running program counts.
    struct Birth {
        std::uint32_t program = 0;  ///< 0: not counted
        Maker maker = 0;
    };

    constexpr Ledger() = default;
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    /// Opens the books for a program of `operations` Operations; what is still alive of an earlier one is
    /// forgotten. Without `recording` nothing is written down; faults happen all the same.
    void open(std::size_t operations, bool recording = true);

    /// What is made from now on is made by this Operation.
    void turn_to(Maker maker) { maker_ = maker; }

    [[nodiscard]] bool listening() const { return listening_; }
    [[nodiscard]] bool writes_down() const { return listening_ && recording_; }
    [[nodiscard]] const Balance& balance() const { return balance_; }
    [[nodiscard]] std::size_t makers() const { return elements_by_maker_.size(); }
    [[nodiscard]] std::size_t elements_made_by(Maker maker) const { return elements_by_maker_[maker]; }
    [[nodiscard]] std::vector<Block> blocks() const { return table_.blocks(); }
    /// What is alive, by the Operation that made it.
    [[nodiscard]] std::vector<Balance> balances_by_maker() const;

    /// Makes the fault's nth event throw, and every later one where memory runs out or everything fails,
    /// until disarm().
    void arm(Fault fault) {
        fault_ = fault;
        fired_ = false;
    }
    void disarm() { fault_ = {}; }
    [[nodiscard]] bool fired() const { return fired_; }  ///< since the last arm()

    /// Called, if it is there, where UndefinedBehaviorSanitizer reports something: with gcc, a death callback
    /// is AddressSanitizer's alone.
    void (*on_report)() = nullptr;

    /// The first misuse seen since open(): a destroyed element used, new[] freed by delete, …; or nullptr.
    [[nodiscard]] const char* misuse() const { return misuse_; }
    void note_misuse(const char* what) {
        if (misuse_ == nullptr) misuse_ = what;
    }

    /// An event of this kind happens now. Exceptions: InjectedFault, if it is the one asked to fail.
    void happen(Fault::Kind kind) {
        ++steps_;
        if (kind == Fault::Kind::hash) ++hashes_;
        if (awaits(kind) && due()) throw InjectedFault{};
    }
    /// A predicate of the caller's is asked. Exceptions: InjectedFault, if it is asked to fail.
    void predicate_asked() {
        if (fault_.kind == Fault::Kind::predicate && due()) throw InjectedFault{};
    }
    /// Whether an allocation is asked to fail, this one or a later one.
    [[nodiscard]] bool awaits_allocation() const {
        return (awaits(Fault::Kind::alloc) || fault_.kind == Fault::Kind::memory) && listening_;
    }
    /// Returns: true if the allocation that happens now is asked to fail.
    bool allocation_fails() { return awaits_allocation() && due(); }

    /// How often elements were copied, hashed, compared, or may have thrown when they moved.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    /// How often elements were hashed.
    [[nodiscard]] std::uint64_t hashes() const { return hashes_; }
    /// How many bytes were allocated, those included that were freed again.
    [[nodiscard]] std::uint64_t bytes_allocated() const { return bytes_allocated_; }
    [[nodiscard]] Maker maker() const { return maker_; }

    Birth element_born() {
        if (!writes_down()) return {};
        ++balance_.elements;
        if (maker_ < makers()) ++elements_by_maker_[maker_];
        return {program_, maker_};
    }
    void element_died(Birth birth) {
        if (birth.program != program_) return;
        --balance_.elements;
        if (birth.maker < makers()) --elements_by_maker_[birth.maker];
    }
    /// The element stands for something else from now on: the Operation under way gave it that.
    void element_given(Birth& birth) {
        if (birth.program != program_ || !writes_down()) return;
        element_died(birth);
        birth = element_born();
    }

    /// Behind the block there may be a `guard` of some bytes more, which have to stay as they are filled.
    void block_born(void* address, std::size_t size, Source source, std::uint8_t guard = 0);
    /// `size` is 0 where the deallocation function does not know it.
    void block_died(void* address, std::size_t size, Source source);

    /// Turns listening on or off for a scope, in this thread.
    class Listening {
      public:
        explicit Listening(Ledger& ledger, bool on = true) : ledger_{ledger}, before_{ledger.listening_} {
            ledger_.listening_ = on;
        }
        ~Listening() { ledger_.listening_ = before_; }
        Listening(const Listening&) = delete;
        Listening& operator=(const Listening&) = delete;

      private:
        Ledger& ledger_;
        bool before_;
    };

  private:
    [[nodiscard]] bool awaits(Fault::Kind kind) const {
        return fault_.kind == kind || fault_.kind == Fault::Kind::everything;
    }
    bool due() {
        if (!listening_ || --fault_.nth != 0) return false;
        fault_ = lasts(fault_.kind) ? Fault{fault_.kind, 1} : Fault{};
        return fired_ = true;
    }

    /// Each thread's own: a fuzzer's or a sanitizer's threads allocate whenever they like.
    inline static constinit thread_local bool listening_ = false;
    bool recording_ = true;
    bool fired_ = false;
    Fault fault_{};
    std::uint32_t program_ = 1;
    std::uint64_t steps_ = 0;
    std::uint64_t hashes_ = 0;
    std::uint64_t bytes_allocated_ = 0;
    Maker maker_ = 0;
    Balance balance_;
    const char* misuse_ = nullptr;
    std::array<char, 48> composed_misuse_{};
    std::vector<std::size_t> elements_by_maker_;
    BlockTable table_;
};

/// The Operation with the greatest amount; the earliest of equals.
Maker greatest(const std::vector<std::size_t>& amounts_by_maker);

/// The process's one Ledger: operator new has nobody to ask for another.
extern constinit Ledger ledger;

/// One line of the blame list: how many blocks and bytes of a kind an Operation left.
struct Remains {
    LeakKind kind;
    Maker maker;
    std::size_t blocks;
    std::size_t bytes;
};

/// Sorts blocks that outlived every map into kinds: retained if reachable from the program's static memory,
/// or from the thread's own; else cyclic if held by a ring of blocks that point to each other; else lost.
/// Conservative, as LeakSanitizer is: a word that looks like a pointer into a block is one. Complexity:
/// n log n in the words of the blocks, and linear in the static memory.
std::vector<Remains> sort_remains(const std::vector<Block>& blocks);

}  // namespace bimap::properties
