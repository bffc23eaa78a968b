// SPDX-License-Identifier: BSL-1.0
// A planted fault: a conversion that changes the value, which every compiler must warn of.
short narrowed(int value) { return value; }
