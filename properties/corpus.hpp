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

/// Reads a Program from a file. What is named *.txt is text, and what is named as a fuzzer names its
/// artifacts (crash-…, leak-…) is bytes; any other name leaves it to the content. What has no Operation, or
/// ends within a record, is refused: it holds on every map, and says nothing.
/// Exceptions: CorpusError; MalformedText.
Entry read_entry(const std::filesystem::path& file);

/// Reads every *.txt below a folder, in the order of their names.
/// Exceptions: CorpusError if there is none; MalformedText.
std::vector<Entry> read_corpus(const std::filesystem::path& folder);

/// Writes a file whole or not at all. A link goes on leading where it leads; what is no regular file, such as
/// a device or a pipe, is written to as it is.
/// Exceptions: CorpusError.
void write_file(const std::filesystem::path& file, std::string_view content);

/// Says at once what write_file would say at the end of long work: that there is no folder for the file.
/// Exceptions: CorpusError.
void expect_folder_of(const std::filesystem::path& file);

}  // namespace bimap::properties
