// SPDX-License-Identifier: BSL-1.0
// Names and small numbers, looked up both ways: the symbol table of a compiler, or any interning of strings.

#include <bimap/bimap.hpp>
#include <cstdio>
#include <string>

namespace {

/// Numbers are given out in turn; a name keeps its number. References to names stay valid as the table grows.
class Symbols {
  public:
    int number_of(const std::string& name) {
        return table_.insert(name, static_cast<int>(table_.size())).position->second;
    }
    const std::string& name_of(int number) const { return table_.right().at(number); }

    /// Whether the name was free: otherwise nothing changes.
    bool rename(int number, const std::string& name) {
        const auto done = table_.assign_right(name, number);
        return done.inserted || done.position->second == number;
    }

  private:
    bimap::BiMap<std::string, int> table_;
};

int failures = 0;

void expect(bool holds, const char* sentence) {
    if (holds) return;
    std::fprintf(stderr, "symbol_table: it is not so that %s\n", sentence);
    ++failures;
}

}  // namespace

int main() {
    Symbols symbols;
    expect(symbols.number_of("main") == 0 && symbols.number_of("argc") == 1, "numbers are given out in turn");
    expect(symbols.number_of("main") == 0, "a name keeps its number");

    const std::string& kept = symbols.name_of(1);
    for (int i = 0; i != 1000; ++i) symbols.number_of("temporary " + std::to_string(i));
    expect(&kept == &symbols.name_of(1), "a reference stays valid while a thousand names come");

    expect(symbols.rename(0, "start") && symbols.name_of(0) == "start", "a number gets another name");
    expect(!symbols.rename(0, "argc") && symbols.name_of(0) == "start", "but none that is taken");
    expect(symbols.rename(0, "start"), "it may get the name that it has");
    return failures;
}
