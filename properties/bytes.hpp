// SPDX-License-Identifier: BSL-1.0
// The byte form of a Program, for fuzzers: records of six bytes, one per Operation. Every byte string decodes
// to some Program (a last, incomplete record is dropped), and decode(encode(p)) == p for every Program p of
// normalized Operations.
//
//     byte 0   the verb, modulo their number
//     byte 1   bits 0-1 target, 2 side, 3 through the inverse, 4-5 source, 6-7 passing of the first argument
//     byte 2   the first number    (values below 192 fold into 0..7, so that random bytes collide;
//     byte 3   the second number    192 and more are the numbers 0..63 themselves)
//     byte 4   bits 0-1 passing of the second argument, 2-7 the fault's kind (below 48: no fault)
//     byte 5   which event of that kind fails
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "properties/program.hpp"

namespace bimap::properties {

inline constexpr std::size_t record_size = 6;

std::vector<std::uint8_t> encode(const Program& program);
Program decode(std::span<const std::uint8_t> bytes);

}  // namespace bimap::properties
