// SPDX-License-Identifier: BSL-1.0
// libFuzzer's mutations, on whole Operations. What a corpus leads to by small steps and what is drawn afresh
// find different bugs: more than half of the Programs are drawn as a hunt draws them, the others are edited
// as a person would edit them, line by line, and now and then libFuzzer's own mutations have their turn.
#include <algorithm>
#include <utility>

#include "fuzz/target_subject.hpp"
#include "properties/bytes.hpp"
#include "properties/generate.hpp"

using namespace bimap::properties;

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

Operation drawn(Random& random) { return generate(random, target_subject(), 1).back(); }

/// A long Program meets more than two of half its length.
Program drawn_afresh(Random& random) { return generate(random, target_subject(), 80); }

/// One edit of a Program.
void edit(Program& program, Random& random) {
    const auto at = [&](std::size_t limit) { return static_cast<std::ptrdiff_t>(random.below(limit)); };
    if (program.empty()) return program.push_back(drawn(random));
    const auto line = program.begin() + at(program.size());
    switch (random.below(7)) {
        case 0:
            program.insert(line, drawn(random));
            break;
        case 1:
            program.push_back(drawn(random));
            break;
        case 2:
            program.erase(line);
            break;
        case 3:
            std::swap(*line, program[random.below(program.size())]);
            break;
        case 4:
            *line = drawn(random);
            break;
        case 5:
            line->fault = draw_fault(random, target_subject());
            break;
        default: {  // the same call on other elements
            const Operation other = drawn(random);
            line->numbers = other.numbers;
            *line = normalized(*line);
        }
    }
}

/// The part of these bytes that is whole records; libFuzzer wants at least one byte.
std::size_t whole(std::size_t size) { return size < record_size ? size : size - size % record_size; }

/// Writes as much of a Program as fits.
std::size_t write(Program program, Random& random, std::uint8_t* data, std::size_t max_size) {
    if (program.empty()) program.push_back(drawn(random));
    const auto bytes = encode(program);
    const std::size_t size = whole(std::min(bytes.size(), max_size));
    std::copy_n(bytes.begin(), size, data);
    return size;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    Random random{seed};
    if (!random.one_in(3)) return write(drawn_afresh(random), random, data, max_size);
    if (random.one_in(4)) return whole(LLVMFuzzerMutate(data, size, max_size));
    Program program = decode({data, size});
    do edit(program, random);
    while (random.one_in(3));
    return write(std::move(program), random, data, max_size);
}

/// Two Programs, one after the other's beginning; or one that has nothing of them, for libFuzzer asks for
/// this as often as for a mutation.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* out, std::size_t max_size, unsigned seed) {
    Random random{seed};
    if (random.one_in(2)) return write(drawn_afresh(random), random, out, max_size);
    Program program = decode({one, one_size});
    const Program tail = decode({other, other_size});
    program.resize(random.below(program.size() + 1));
    program.insert(program.end(), tail.begin() + static_cast<std::ptrdiff_t>(random.below(tail.size() + 1)),
                   tail.end());
    return write(std::move(program), random, out, max_size);
}
