// SPDX-License-Identifier: BSL-1.0
// A reference to something callable, so that a virtual function can take a predicate without an allocation.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace bimap::properties::mutants {

template <class Signature>
class FunctionReference;

/// Lives no longer than what it refers to.
template <class Result, class... Arguments>
class FunctionReference<Result(Arguments...)> {
  public:
    template <class F>
        requires(!std::same_as<std::remove_cvref_t<F>, FunctionReference>)
    FunctionReference(F&& function)
        : function_{const_cast<void*>(static_cast<const void*>(std::addressof(function)))},
          call_{[](void* target, Arguments... arguments) -> Result {
              return (*static_cast<std::remove_reference_t<F>*>(target))(
                  std::forward<Arguments>(arguments)...);
          }} {}

    Result operator()(Arguments... arguments) const {
        return call_(function_, std::forward<Arguments>(arguments)...);
    }

  private:
    void* function_;
    Result (*call_)(void*, Arguments...);
};

}  // namespace bimap::properties::mutants
