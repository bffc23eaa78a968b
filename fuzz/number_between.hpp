// SPDX-License-Identifier: BSL-1.0
// A number of the command line, within bounds; what is no number ("nan", "many") is out of them.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>
#include <string>

inline CLI::Validator number_between(double least, double most) {
    const auto shown = [](double number) {
        std::ostringstream text;
        text.precision(15);
        text << number;
        return text.str();
    };
    const std::string bounds = shown(least) + " to " + shown(most);
    const auto complaint = [=](const std::string& text) -> std::string {
        char* end = nullptr;
        const double number = std::strtod(text.c_str(), &end);
        const bool whole = !text.empty() && *end == '\0';
        return whole && number >= least && number <= most ? "" : text + " is no number from " + bounds;
    };
    return CLI::Validator{complaint, '[' + bounds + ']'};
}
