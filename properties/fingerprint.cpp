// SPDX-License-Identifier: BSL-1.0
// Hashing what shows.
#include "properties/fingerprint.hpp"

#include "properties/compare.hpp"
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

Fingerprint fingerprint_of(Session& session, Look& look) {
    Digest digest;
    for (std::size_t i = 0; i < register_count; ++i) {
        const auto which = static_cast<Register>(i);
        digest.add(session.alive(which) ? 1 : 0);
        if (!session.alive(which)) continue;
        session.look(which, 0, look);
        const auto [left, right] = look.direct.walked;
        if (!left && !right) session.look(which, number_limit, look);
        for (const Pairs& pairs : shown_pairs(look.direct)) digest.add(pairs);
    }
    digest.add(ledger.balance().elements);
    digest.add(ledger.balance().blocks);
    digest.add(ledger.balance().bytes);
    return digest.value();
}

}  // namespace bimap::properties
