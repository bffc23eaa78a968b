// SPDX-License-Identifier: BSL-1.0
// How a Program is written: one operation per line, with comments. The grammar:
//
//     line      = [ call | construct ] [ "#" comment ]
//     call      = [ register "." ] [ "inverse." ] name argument* [ fault ]
//     construct = register "=" name [ register ] number* [ fault ]
//     argument  = register | [ "&" | "&&" ] number
//     fault     = "!" ( "alloc" | "copy" | "move" | "hash" | "compare" | "memory" | "predicate" |
//     "everything" ) "=" number
//
// `&3` hands over the map's own element 3 (of the other side, where that is of the same type and this side
// has none), `&&3` an expiring one. The register may be left out; it is then `a`.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "properties/program.hpp"

namespace bimap::properties {

/// A text that is no Program; what() reads "file:line:column: expected …, found …".
class MalformedText : public std::invalid_argument {
  public:
    using std::invalid_argument::invalid_argument;
};

/// The canonical text of an Operation, without a line end.
std::string print(const Operation& operation);

/// The canonical text of a Program: one line per Operation, each ended by '\n'.
std::string print(const Program& program);

/// Reads a Program; `file` is the name that errors carry.
/// Returns: a Program p of normalized Operations, such that parse(print(p)) == p.
/// Exceptions: MalformedText at the first word that does not fit.
Program parse(std::string_view text, std::string_view file = "text");

/// The text with what is no printable ASCII written as \xNN, so that bad input can be shown in a message.
/// What comes after `longest` characters is left out, and so marked.
std::string printable(std::string_view text, std::size_t longest = std::string_view::npos);

/// A byte as C++ and printf(1) read it: `\012`.
std::string octal_escape(std::uint8_t byte);

std::string_view name_of(Register which);
std::string_view name_of(Side side);
std::string_view name_of(Fault::Kind kind);

/// The verb as it is written: `erase_left`.
std::string name_of(Verb verb, Side side);

}  // namespace bimap::properties
