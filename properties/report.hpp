// SPDX-License-Identifier: BSL-1.0
// Saying it clearly: a Verdict in words, and a reproducer as corpus text, as bytes, as a GoogleTest case, and
// as the one command that replays it.
#pragma once

#include <string>

#include "properties/subject.hpp"
#include "properties/verdict.hpp"

namespace bimap::properties {

/// The Verdict in one line, without a line end: `leaks: 2 elements retained, made by operation 1 (a.insert 0
/// 0), …`.
std::string describe(const Verdict& verdict, const Program& program);

/// The promise that a Verdict says is broken, as a sentence. Precondition: it does not hold.
std::string broken_promise(const Verdict& verdict, const Program& program);

/// The vocabulary's calls that the Subject offers, or those that it does not: `insert erase_left …`; without
/// a side where that is so of both.
std::string calls(const Subject& subject, bool offered);

/// The text for a file of the corpus: the story as comments, then the Program.
std::string corpus_text(const std::string& subject, const Program& program, const Verdict& verdict);

/// The byte form, escaped for printf(1).
std::string escaped_bytes(const Program& program);

/// A GoogleTest case that fails as long as the Subject fails; it needs no line besides. `what` is for its
/// name.
std::string test_case(const std::string& subject, const Program& program, const std::string& what = "");

/// What the Program's numbers stand for, where they do not stand for themselves: `left 0 is -1, right 0 is
/// ""`; or nothing.
std::string legend(const Subject& subject, const Program& program);

/// Everything there is to say about a reproducer.
std::string report(const Subject& subject, const Program& program, const Verdict& verdict);

/// What is to be said of a finding that a convention, as it is declared, would excuse.
std::string excuse_note(const std::string& convention);

/// Said of a Program that holds in a process of its own.
inline constexpr const char* needs_others_note =
    "fails only after others in the same process, and holds in one of its own: something\n"
    "outlives the maps. Look for what is static, shared or drawn at random.";

/// `1 block`, `2 blocks`.
std::string amount(std::size_t count, const std::string& what);

}  // namespace bimap::properties
