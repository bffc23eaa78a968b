// SPDX-License-Identifier: BSL-1.0
// A planted fault: a public class that says nothing about itself, which ci/docs must report.
#pragma once

namespace bimap {

class Silent {};

}  // namespace bimap
