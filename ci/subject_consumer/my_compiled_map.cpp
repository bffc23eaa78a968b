// SPDX-License-Identifier: BSL-1.0
// The compiled part of a map.
bool is_welcome(int left);

bool is_welcome(int left) { return left >= 0; }
