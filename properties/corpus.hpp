// SPDX-License-Identifier: BSL-1.0
// Programs in files: the readable corpus, and the bytes that fuzzers leave behind.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "properties/program.hpp"

namespace bimap::properties {

/// A file that cannot be read or written, or is no Program; what() says which, where, and what to do.
class CorpusError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct Entry {
    std::filesystem::path file;
    Program program;
};

/// Reads a Program from a file: text if it is named *.txt, else a fuzzer's bytes.
/// Exceptions: CorpusError; MalformedText.
Entry read_entry(const std::filesystem::path& file);

/// Reads every *.txt below a folder, in the order of their names.
/// Exceptions: CorpusError if there is none; MalformedText.
std::vector<Entry> read_corpus(const std::filesystem::path& folder);

/// Writes a file whole or not at all.
/// Exceptions: CorpusError.
void write_file(const std::filesystem::path& file, std::string_view content);

}  // namespace bimap::properties
