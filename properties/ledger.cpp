// SPDX-License-Identifier: BSL-1.0
// The Ledger's books of blocks.
#include "properties/ledger.hpp"

#include <sys/single_threaded.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bimap::properties {

constinit Ledger ledger;

std::size_t BlockTable::home_of(std::uintptr_t address) const {
    return ((address >> 4) * std::uintptr_t{0x9E3779B97F4A7C15} >> 20) & (capacity_ - 1);
}

void BlockTable::place(const Block& block) {
    std::size_t i = home_of(~block.address);
    while (slots_[i].address != 0) i = (i + 1) & (capacity_ - 1);
    slots_[i] = block;
}

void BlockTable::grow() {
    Block* const old = slots_;
    const std::size_t old_capacity = capacity_;
    capacity_ = old_capacity == 0 ? 1024 : old_capacity * 2;
    slots_ = static_cast<Block*>(std::calloc(capacity_, sizeof(Block)));
    if (slots_ == nullptr) std::abort();
    for (std::size_t i = 0; i < old_capacity; ++i)
        if (old[i].address != 0) place(old[i]);
    std::free(old);
}

void BlockTable::add(const Block& block) {
    if (size_ >= capacity_ / 2) grow();
    place({~block.address, block.size, block.maker, block.source, block.guard});
    ++size_;
}

bool BlockTable::remove(std::uintptr_t address, Block& removed) {
    if (size_ == 0) return false;
    const std::size_t mask = capacity_ - 1;
    std::size_t hole = home_of(address);
    while (slots_[hole].address != ~address) {
        if (slots_[hole].address == 0) return false;
        hole = (hole + 1) & mask;
    }
    removed = slots_[hole];
    removed.address = address;
    // Close the gap (Knuth's algorithm R): what probed past the hole moves back into it.
    for (std::size_t i = (hole + 1) & mask; slots_[i].address != 0; i = (i + 1) & mask) {
        const std::size_t home = home_of(~slots_[i].address);
        if (((i - home) & mask) < ((i - hole) & mask)) continue;
        slots_[hole] = slots_[i];
        hole = i;
    }
    slots_[hole] = {};
    --size_;
    return true;
}

void BlockTable::clear() {
    if (size_ == 0) return;
    std::memset(static_cast<void*>(slots_), 0, capacity_ * sizeof(Block));
    size_ = 0;
}

std::vector<Block> BlockTable::blocks() const {
    std::vector<Block> all;
    all.reserve(size_);
    for (std::size_t i = 0; i < capacity_; ++i)
        if (slots_[i].address != 0)
            all.push_back(
                {~slots_[i].address, slots_[i].size, slots_[i].maker, slots_[i].source, slots_[i].guard});
    return all;
}

void Ledger::open(std::size_t operations, bool recording) {
    recording_ = recording;
    ++program_;
    maker_ = 0;
    balance_ = {};
    misuse_ = nullptr;
    fault_ = {};
    elements_by_maker_.assign(operations + 1, 0);
    table_.clear();
}

std::vector<Balance> Ledger::balances_by_maker() const {
    std::vector<Balance> balances(makers());
    for (Maker maker = 0; maker < makers(); ++maker) balances[maker].elements = elements_by_maker_[maker];
    for (const Block& block : blocks()) {
        ++balances[block.maker].blocks;
        balances[block.maker].bytes += block.size;
    }
    return balances;
}

Maker greatest(const std::vector<std::size_t>& amounts_by_maker) {
    const auto most = std::max_element(amounts_by_maker.begin(), amounts_by_maker.end());
    return static_cast<Maker>(most - amounts_by_maker.begin());
}

namespace {

constexpr std::array<const char*, 5> made_by{"malloc", "new", "new[]", "aligned new", "aligned new[]"};
constexpr std::array<const char*, 5> released_by{"free", "delete", "delete[]", "aligned delete",
                                                 "aligned delete[]"};

constexpr unsigned char guard_byte = 0xFD;

/// Held while a line is written into the books: any thread may release what another has made. Where there is
/// one thread, nobody is waited for. A signal's handler that interrupts whoever writes gets none: it would
/// wait for itself.
class Lock {
  public:
    Lock() : is_granted_{writing_ == 0}, is_shared_{__libc_single_threaded == 0} {
        if (!is_granted_) return;
        writing_ = 1;
        while (is_shared_ && taken_.test_and_set(std::memory_order_acquire)) taken_.wait(true);
    }
    ~Lock() {
        if (!is_granted_) return;
        if (is_shared_) {
            taken_.clear(std::memory_order_release);
            taken_.notify_one();
        }
        writing_ = 0;
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    explicit operator bool() const { return is_granted_; }

  private:
    inline static constinit thread_local volatile std::sig_atomic_t writing_ = 0;
    inline static constinit std::atomic_flag taken_;
    bool is_granted_;
    bool is_shared_;
};

bool is_intact(const unsigned char* guard, std::size_t size) {
    return std::all_of(guard, guard + size, [](unsigned char byte) { return byte == guard_byte; });
}

}  // namespace

void Ledger::block_born(void* address, std::size_t size, Source source, std::uint8_t guard) {
    std::memset(static_cast<unsigned char*>(address) + size, guard_byte, guard);
    const Lock lock;
    if (!lock) return;
    table_.add({reinterpret_cast<std::uintptr_t>(address), size, maker_, source, guard});
    ++balance_.blocks;
    balance_.bytes += size;
    bytes_allocated_ += size;
}

void Ledger::block_died(void* address, std::size_t size, Source source) {
    Block block{};
    const Lock lock;
    if (!lock || !table_.remove(reinterpret_cast<std::uintptr_t>(address), block)) return;
    --balance_.blocks;
    balance_.bytes -= block.size;
    if (block.source != source && misuse_ == nullptr) {
        std::snprintf(composed_misuse_.data(), composed_misuse_.size(), "%s met %s",
                      made_by[static_cast<std::size_t>(block.source)],
                      released_by[static_cast<std::size_t>(source)]);
        note_misuse(composed_misuse_.data());
    }
    if (size != 0 && size != block.size) note_misuse("sized delete with another size");
    if (!is_intact(static_cast<const unsigned char*>(address) + block.size, block.guard))
        note_misuse("something was written behind the end of a block");
    std::memset(address, released_byte, block.size);
}

}  // namespace bimap::properties
