// SPDX-License-Identifier: BSL-1.0
// Asking about Programs in child processes, and telling what one of them comes to.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "fuzz/tool/commands.hpp"
#include "properties/isolate.hpp"
#include "properties/minimize.hpp"
#include "properties/subject.hpp"

namespace bimap::tool {

/// Whatever judges a Program.
using Ask = std::function<properties::Verdict(const properties::Program&)>;

std::chrono::milliseconds milliseconds(double seconds);

/// A judge in child processes, with the patience that the command line gives.
properties::Isolated isolated(const properties::Subject& subject, const Arguments& arguments,
                              properties::Questions questions = {});

/// Asks about each Program in a process of its own.
Ask one_by_one(const properties::Subject& subject, const Arguments& arguments,
               properties::Questions questions);

/// Whether the Program fails where no other was carried out before; if so, its Verdict is what a replay says.
bool fails_alone(const properties::Subject& subject, const properties::Program& program,
                 properties::Verdict& verdict, const Arguments& arguments);

/// The convention by which the minimal Program would hold, if there is one.
std::string excuse_for(const properties::Subject& subject, const properties::Reproducer& minimum,
                       const Arguments& arguments);

void print_needs_others_note();

/// Says what was found, then makes it small, then says everything about it. Returns: the exit status.
int minimize_and_report(const properties::Subject& subject, const properties::Program& program,
                        const properties::Verdict& verdict, const Ask& ask, const Arguments& arguments);

}  // namespace bimap::tool
