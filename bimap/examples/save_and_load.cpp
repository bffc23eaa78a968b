// SPDX-License-Identifier: BSL-1.0
// A bimap as text, one pair a line, and back. A file that contradicts itself is refused, and says where.

#include <bimap/bimap.hpp>
#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

/// In the order of the numbers, so that equal maps give equal text.
using Codes = bimap::BiMap<std::string, int, bimap::hashed<>, bimap::ordered<>>;

void save(const Codes& codes, std::ostream& out) {
    for (const auto& [number, name] : codes.right()) out << number << ' ' << name << '\n';
}

/// Exceptions: std::runtime_error if a line is no pair, or if its number or its name was there before.
Codes load(std::istream& in) {
    Codes codes;
    std::string line;
    for (int at = 1; std::getline(in, line); ++at) {
        std::istringstream fields(line);
        int number = 0;
        std::string name;
        if (!(fields >> number) || !std::getline(fields >> std::ws, name))
            throw std::runtime_error("line " + std::to_string(at) + ": expected a number and a name");
        if (const auto done = codes.insert(name, number); !done)
            throw std::runtime_error("line " + std::to_string(at) + ": there is already '" +
                                     std::to_string(done.position->second) + ' ' + done.position->first +
                                     "'");
    }
    return codes;
}

std::string complaint_about(const std::string& text) {
    try {
        std::istringstream in(text);
        load(in);
        return "none";
    } catch (const std::runtime_error& e) {
        return e.what();
    }
}

int failures = 0;

void expect(bool holds, const char* sentence) {
    if (holds) return;
    std::fprintf(stderr, "save_and_load: it is not so that %s\n", sentence);
    ++failures;
}

}  // namespace

int main() {
    const Codes codes{{"not found", 404}, {"ok", 200}, {"moved for good", 301}};
    std::stringstream file;
    save(codes, file);
    expect(file.str() == "200 ok\n301 moved for good\n404 not found\n", "the text is in order");
    expect(load(file) == codes, "what was saved is loaded");

    expect(complaint_about("200 ok\n404 ok\n") == "line 2: there is already '200 ok'", "names are unique");
    expect(complaint_about("200 ok\n200 fine\n") == "line 2: there is already '200 ok'",
           "numbers are unique");
    expect(complaint_about("200 ok\nfive\n") == "line 2: expected a number and a name", "a line is a pair");
    return failures;
}
