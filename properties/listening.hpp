// SPDX-License-Identifier: BSL-1.0
// How a subject's own code is run: the Ledger listens meanwhile, and an Operation's fault is armed.
#pragma once

#include <exception>
#include <type_traits>
#include <utility>

#include "properties/ledger.hpp"

namespace bimap::properties::driving {

/// Whether an exception is the fault that was asked for.
inline bool is_injected(const std::exception& error) {
    return ledger.fired() && (dynamic_cast<const InjectedFault*>(&error) != nullptr ||
                              dynamic_cast<const FailedAllocation*>(&error) != nullptr);
}

/// Runs the subject's code: the Ledger listens.
template <class Code>
decltype(auto) listened(Code&& code) {
    const Ledger::Listening on{ledger};
    return std::forward<Code>(code)();
}

/// The result of a call that returns none.
struct Nothing {};

/// The fault of an Operation, armed for a scope.
class Armed {
  public:
    explicit Armed(Fault fault) { ledger.arm(fault); }
    ~Armed() { ledger.disarm(); }
    Armed(const Armed&) = delete;
    Armed& operator=(const Armed&) = delete;
};

/// Runs the call that the Operation is about: the Ledger listens and the fault is armed.
template <class Code>
auto tested(const Operation& operation, Code&& code) {
    const Ledger::Listening on{ledger};
    const Armed armed{operation.fault};
    if constexpr (std::is_void_v<decltype(code())>)
        return code(), Nothing{};
    else
        return code();
}

}  // namespace bimap::properties::driving
