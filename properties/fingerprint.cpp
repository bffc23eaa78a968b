// SPDX-License-Identifier: BSL-1.0
// Running a Program and hashing what shows.
#include "properties/fingerprint.hpp"

#include "properties/ledger.hpp"

namespace bimap::properties {

namespace {

/// FNV-1a, by words.
class Digest {
  public:
    void add(std::uint64_t word) { state_ = (state_ ^ word) * 0x100000001B3; }
    void add(const Pairs& pairs) {
        add(pairs.size());
        for (const Pair& pair : pairs) add(std::uint64_t{pair.left} << 32 | pair.right);
    }
    [[nodiscard]] Fingerprint value() const { return state_ ^ state_ >> 29; }

  private:
    std::uint64_t state_ = 0xCBF29CE484222325;
};

}  // namespace

Fingerprint Fingerprinter::operator()(const Program& program) {
    session_->reset();
    ledger.open(program.size());
    for (std::size_t i = 0; i < program.size(); ++i) {
        ledger.turn_to(static_cast<Maker>(i));
        session_->apply(program[i]);
    }
    Digest digest;
    for (std::size_t i = 0; i < register_count; ++i) {
        const auto which = static_cast<Register>(i);
        digest.add(session_->alive(which) ? 1 : 0);
        if (!session_->alive(which)) continue;
        session_->look(which, 0, look_);
        for (const Pairs& order : look_.direct.order) digest.add(order);
    }
    digest.add(ledger.balance().elements);
    digest.add(ledger.balance().blocks);
    digest.add(ledger.balance().bytes);
    session_->reset();
    return digest.value();
}

}  // namespace bimap::properties
