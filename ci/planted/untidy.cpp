// SPDX-License-Identifier: BSL-1.0
// A planted fault: an else after a return, which clang-tidy must report.
int sign(int value) {
    if (value < 0) {
        return -1;
    } else {
        return 1;
    }
}
