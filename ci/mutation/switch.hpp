// SPDX-License-Identifier: BSL-1.0
// The switch by which one build of the library is many: each place that ci/mutate changes asks here whether
// its change is the one that is on, so that hundreds of mutants cost a single compilation.
#pragma once

#include <functional>
#include <type_traits>

namespace bimap::mutation {

inline constexpr unsigned most = 16384;  ///< numbers in one build
inline constexpr unsigned first_complaint =
    16000;  ///< from here on they are not mutants, but what a check says

/// Which mutant is on (0: none), and a note for each whose place was come by.
struct Switch {
    unsigned active = 0;
    unsigned char* seen = nullptr;
};

inline unsigned char unread[most];
inline constinit Switch current{.active = 0, .seen = unread};

/// Never on while the compiler evaluates.
constexpr bool is(unsigned mutant) noexcept {
    if (std::is_constant_evaluated()) return false;
    current.seen[mutant] = 1;
    return current.active == mutant;
}

/// What one of the library's own checks says when an invariant does not hold, and a note that it was said.
inline const char* complaint(unsigned number, const char* text) noexcept {
    current.seen[number] = 1;
    return text;
}

/// One thing that may stand for an operator, and the mutant in which it does.
template <unsigned mutant, class Operator>
struct Instead {
    static constexpr unsigned number = mutant;
    using type = Operator;
};

struct ShiftLeft {
    constexpr auto operator()(const auto& a, const auto& b) const -> decltype(a << b) { return a << b; }
};
struct ShiftRight {
    constexpr auto operator()(const auto& a, const auto& b) const -> decltype(a >> b) { return a >> b; }
};

/// What an operator gives, or what stands for it. What has no meaning for these types, or another type, is no
/// mutant.
template <class Original>
constexpr auto binary(const auto& a, const auto& b) {
    return Original()(a, b);
}
template <class Original, class First, class... Rest>
constexpr auto binary(const auto& a, const auto& b) {
    using A = decltype(a);
    using B = decltype(b);
    using Operator = typename First::type;
    if constexpr (std::is_invocable_v<Operator, A, B>) {
        if constexpr (std::is_same_v<std::invoke_result_t<Operator, A, B>,
                                     std::invoke_result_t<Original, A, B>>) {
            if (is(First::number)) return Operator()(a, b);
        }
    }
    return binary<Original, Rest...>(a, b);
}

/// The first of two, or the other one, where both are of one type.
template <unsigned mutant, class A, class B>
constexpr A& pick(A& a, [[maybe_unused]] B& b) noexcept {
    if constexpr (std::is_same_v<A, B>) {
        if (is(mutant)) return b;
    }
    return a;
}

}  // namespace bimap::mutation
