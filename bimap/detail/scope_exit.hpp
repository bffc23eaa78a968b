// SPDX-License-Identifier: BSL-1.0
// Does what must not be left undone when a scope is left by an exception, also where `try` cannot be written.
#pragma once

#include <utility>

namespace bimap::detail {

/// Calls its function at the end of its scope, unless it was released.
/// Source: std::experimental::scope_exit (Library Fundamentals TS, version 3).
template <class Function>
class [[nodiscard]] ScopeExit {
  public:
    explicit ScopeExit(Function function) noexcept : function_(std::move(function)) {}
    ScopeExit(const ScopeExit&) = delete;
    ScopeExit& operator=(const ScopeExit&) = delete;
    ~ScopeExit() {
        if (!is_released_) function_();
    }

    void release() noexcept { is_released_ = true; }

  private:
    Function function_;
    bool is_released_ = false;
};

template <class Function>
ScopeExit(Function) -> ScopeExit<Function>;

}  // namespace bimap::detail
