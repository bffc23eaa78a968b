// SPDX-License-Identifier: BSL-1.0
// The byte form of Programs: it comes back as it went, and there are no bytes that it does not understand.
#include "properties/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "properties/exhaust.hpp"
#include "properties/tests/drawn_program.hpp"

namespace bimap::properties {
namespace {

RC_GTEST_PROP(Bytes, OfAProgramComeBackAsTheyWent, ()) {
    const Program program = *drawn_program(*find_subject("bimap/ordered"));
    const auto bytes = encode(program);
    RC_ASSERT(bytes.size() == program.size() * record_size);
    RC_ASSERT(decode(bytes) == program);
}

RC_GTEST_PROP(Bytes, WhateverTheyAreDecodeToNormalizedOperations, (const std::vector<std::uint8_t>& bytes)) {
    const Program program = decode(bytes);
    RC_ASSERT(program.size() == bytes.size() / record_size);
    for (const Operation& operation : program) RC_ASSERT(normalized(operation) == operation);
}

RC_GTEST_PROP(Bytes, WhateverTheyAreDecodeAlikeOnceEncodedAgain, (const std::vector<std::uint8_t>& bytes)) {
    const Program program = decode(bytes);
    RC_ASSERT(decode(encode(program)) == program);
    RC_ASSERT(parse(print(program)) == program);
}

TEST(Bytes, OfEveryOperationComeBack) {
    const Alphabet alphabet{
        .values = 2, .registers = 3, .references = true, .faults = {{Fault::Kind::compare, 63}}};
    for (const char* const subject : {"bimap/ordered", "bimap/sequenced"})
        for (const Operation& operation : operations_over(alphabet, *find_subject(subject)))
            ASSERT_EQ(decode(encode({operation})), Program{operation}) << print(operation);
}

TEST(Bytes, OfEveryNumberAndFaultComeBack) {
    for (Number number = 0; number < number_limit; ++number)
        for (std::size_t kind = 1; kind < fault_kind_count; ++kind)
            for (std::uint16_t nth = 1; nth < fault_limit; ++nth) {
                Operation operation;
                operation.verb = Verb::erase_if;  // any fault can come to it
                operation.numbers = {number, number_limit - 1 - number};
                operation.fault = {static_cast<Fault::Kind>(kind), nth};
                ASSERT_EQ(decode(encode({operation})), Program{operation}) << print(operation);
            }
}

TEST(Bytes, OfALastIncompleteRecordAreDropped) {
    const Program program = parse("a.force 1 2\nb = copy a\n");
    auto bytes = encode(program);
    for (std::size_t rest = 1; rest < record_size; ++rest) {
        bytes.push_back(0xFF);
        EXPECT_EQ(decode(bytes), program) << rest;
    }
}

TEST(Bytes, WithoutAnyAreTheEmptyProgram) {
    EXPECT_TRUE(decode({}).empty());
    EXPECT_TRUE(encode({}).empty());
}

TEST(Bytes, DrawnAtRandomCollide) {
    Random random{1};
    std::vector<std::uint8_t> bytes(6'000);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.below(256));
    const Program program = decode(bytes);
    const auto small =
        std::count_if(program.begin(), program.end(), [](const Operation& o) { return o.numbers[0] < 8; });
    EXPECT_GT(small, 600);
}

TEST(Bytes, ReachEveryVerb) {
    for (std::size_t verb = 0; verb < verb_count; ++verb) {
        const std::vector<std::uint8_t> record{static_cast<std::uint8_t>(verb), 0, 0, 0, 0, 0};
        ASSERT_EQ(decode(record).size(), 1U);
        EXPECT_EQ(decode(record)[0].verb, static_cast<Verb>(verb));
    }
}

}  // namespace
}  // namespace bimap::properties
