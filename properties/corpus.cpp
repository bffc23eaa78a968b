// SPDX-License-Identifier: BSL-1.0
// Reading and writing Program files.
#include "properties/corpus.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>

#include "properties/bytes.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace fs = std::filesystem;

namespace {

std::string reason() { return std::strerror(errno); }

std::string read_file(const fs::path& file) {
    if (fs::is_directory(file)) throw CorpusError{file.string() + ": is a folder; name the files in it"};
    std::ifstream in{file, std::ios::binary};
    if (!in) throw CorpusError{file.string() + ": cannot be read: " + reason()};
    std::string content{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) throw CorpusError{file.string() + ": reading stopped half-way: " + reason()};
    return content;
}

Program decode_file(const fs::path& file, const std::string& content) {
    if (content.size() % record_size != 0 && content.size() < record_size)
        throw CorpusError{file.string() + ": " + std::to_string(content.size()) +
                          " bytes are no Program; a record has " + std::to_string(record_size) +
                          " bytes (a text must be named *.txt)"};
    return decode({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

}  // namespace

Entry read_entry(const fs::path& file) {
    const std::string content = read_file(file);
    if (file.extension() == ".txt") return {file, parse(content, file.string())};
    return {file, decode_file(file, content)};
}

std::vector<Entry> read_corpus(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& found : fs::recursive_directory_iterator{folder, error})
        if (found.path().extension() == ".txt") files.push_back(found.path());
    if (error) throw CorpusError{folder.string() + ": cannot be read: " + error.message()};
    if (files.empty()) throw CorpusError{folder.string() + ": has no *.txt; a corpus must not be empty"};
    std::sort(files.begin(), files.end());
    std::vector<Entry> entries;
    entries.reserve(files.size());
    for (const fs::path& file : files) entries.push_back(read_entry(file));
    return entries;
}

void write_file(const fs::path& file, std::string_view content) {
    const fs::path draft = file.string() + ".part";
    std::ofstream out{draft, std::ios::binary};
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    std::error_code error;
    if (out) fs::rename(draft, file, error);
    if (out && !error) return;
    const std::string why = out ? error.message() : reason();
    fs::remove(draft, error);
    throw CorpusError{file.string() + ": cannot be written: " + why +
                      "; free some space or name another folder"};
}

}  // namespace bimap::properties
