// SPDX-License-Identifier: BSL-1.0
// How long a target waits for a Program. libFuzzer's own `-timeout` counts in whole seconds, and counts what
// others do with the processor, too; BIMAP_PATIENCE=0.5 in the environment is half a second of processor
// time.
#pragma once

namespace bimap::properties {

/// While it lives it has the process abort once the patience is over, where one is asked for.
class Patience {
  public:
    Patience();
    ~Patience();
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
};

/// What a call returns, if the patience lasts.
auto patiently(const auto& call) {
    const Patience patience;
    return call();
}

}  // namespace bimap::properties
