// SPDX-License-Identifier: BSL-1.0
// Packing Operations into fixed-size records, and reading any bytes as such records.
#include "properties/bytes.hpp"

namespace bimap::properties {

namespace {

constexpr std::uint8_t first_plain_number = 256 - number_limit;
constexpr Number folded_numbers = 8;
constexpr std::uint8_t first_fault = 48;
static_assert(fault_limit == number_limit, "the nth event is packed as a number is");

constexpr std::uint8_t byte(auto value) { return static_cast<std::uint8_t>(value); }

constexpr std::uint8_t pack_number(Number number) {
    return byte(number < folded_numbers ? number : first_plain_number + number);
}

constexpr Number unpack_number(std::uint8_t packed) {
    return packed < first_plain_number ? packed % folded_numbers : Number{packed} - first_plain_number;
}

constexpr std::uint8_t pack_fault(Fault::Kind kind) {
    return kind == Fault::Kind::none ? byte(0) : byte(first_fault + byte(kind) - 1);
}

constexpr Fault::Kind unpack_fault(unsigned packed) {
    if (packed < first_fault) return Fault::Kind::none;
    return static_cast<Fault::Kind>(1 + (packed - first_fault) % (fault_kind_count - 1));
}

void append(std::vector<std::uint8_t>& bytes, const Operation& operation) {
    bytes.push_back(byte(operation.verb));
    bytes.push_back(byte(byte(operation.target) | byte(operation.side) << 2 | byte(operation.inverse) << 3 |
                         byte(operation.source) << 4 | byte(operation.passing[0]) << 6));
    bytes.push_back(pack_number(operation.numbers[0]));
    bytes.push_back(pack_number(operation.numbers[1]));
    bytes.push_back(byte(byte(operation.passing[1]) | pack_fault(operation.fault.kind) << 2));
    bytes.push_back(pack_number(operation.fault.nth));
}

/// Reads two bits as one of three values.
template <class Enum>
constexpr Enum one_of_three(unsigned bits) {
    return static_cast<Enum>((bits & 3U) % 3U);
}

Operation read(std::span<const std::uint8_t, record_size> record) {
    Operation operation;
    operation.verb = static_cast<Verb>(record[0] % verb_count);
    operation.target = one_of_three<Register>(record[1]);
    operation.side = static_cast<Side>(record[1] >> 2 & 1);
    operation.inverse = (record[1] >> 3 & 1) != 0;
    operation.source = one_of_three<Register>(record[1] >> 4);
    operation.passing = {one_of_three<Passing>(record[1] >> 6), one_of_three<Passing>(record[4])};
    operation.numbers = {unpack_number(record[2]), unpack_number(record[3])};
    operation.fault = {unpack_fault(record[4] >> 2), byte(unpack_number(record[5]))};
    return normalized(operation);
}

}  // namespace

std::vector<std::uint8_t> encode(const Program& program) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(program.size() * record_size);
    for (const Operation& operation : program) append(bytes, operation);
    return bytes;
}

Program decode(std::span<const std::uint8_t> bytes) {
    Program program;
    program.reserve(bytes.size() / record_size);
    for (; bytes.size() >= record_size; bytes = bytes.subspan(record_size))
        program.push_back(read(bytes.first<record_size>()));
    return program;
}

}  // namespace bimap::properties
