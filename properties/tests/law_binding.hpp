// SPDX-License-Identifier: BSL-1.0
// Binds the laws to RapidCheck: it draws and shrinks the arguments, and each law of a configuration is a
// test.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cctype>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "properties/laws.hpp"
#include "properties/ledger.hpp"
#include "properties/subjects/tracked_map.hpp"

namespace bimap::properties::laws {

// Drawing.

/// All numbers below the limit, however small the case.
inline rc::Gen<Number> below(Number limit) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(0, limit));
}

inline rc::Gen<Pairs> pairs_below(Number limit) {
    return rc::gen::container<Pairs>(rc::gen::pair(below(limit), below(limit)));
}

/// Mostly numbers below 8, left and right alike and independent of each other, so that pairs meet; now and
/// then more, so that a hashed side outgrows its first group.
template <class T>
rc::Gen<T> drawn();

template <>
inline rc::Gen<Number> drawn() {
    return rc::gen::weightedOneOf<Number>({{4, below(8)}, {1, below(40)}});
}

template <>
inline rc::Gen<Pairs> drawn() {
    return rc::gen::scale(0.5, rc::gen::weightedOneOf<Pairs>({{4, pairs_below(8)}, {1, pairs_below(40)}}));
}

// Checking.

/// What RapidCheck checks: the law holds, misuses no element, and leaves nothing behind.
template <class... Arguments>
auto property_of(bool (*law)(Arguments...)) {
    return [law] {
        const std::tuple<std::decay_t<Arguments>...> arguments{*drawn<std::decay_t<Arguments>>()...};
        ledger.open(0);
        const bool holds = [&] {
            const Ledger::Listening on{ledger};
            return std::apply(law, arguments);
        }();
        RC_ASSERT(holds);
        RC_ASSERT(ledger.misuse() == nullptr);
        RC_ASSERT(ledger.balance() == Balance{});
    };
}

template <class Law>
class LawTest : public testing::Test {
  public:
    explicit LawTest(Law law) : law_{law} {}
    void TestBody() override { rc::detail::checkGTest(property_of(law_)); }

  private:
    Law law_;
};

/// "force_makes_room" becomes "ForceMakesRoom".
inline std::string as_test_name(std::string_view law) {
    std::string name;
    bool upper = true;
    for (const char c : law) {
        if (c != '_') name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '_';
    }
    return name;
}

/// Makes a test of each law, in the suite Laws/configuration. Returns: how many.
template <class Map>
std::size_t register_laws_of(const char* configuration) {
    std::size_t count = 0;
    laws::for_each_law<Map>([&](std::string_view name, auto law) {
        const std::string suite = std::string("Laws/") + configuration;
        testing::RegisterTest(suite.c_str(), as_test_name(name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [law]() -> testing::Test* { return new LawTest(law); });
        ++count;
    });
    return count;
}

}  // namespace bimap::properties::laws
