// SPDX-License-Identifier: BSL-1.0
// Reading and writing Program files.
#include "properties/corpus.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "properties/bytes.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longest_file = std::size_t{16} << 20;

std::string reason() { return std::strerror(errno); }

std::string read_file(const fs::path& file) {
    if (fs::is_directory(file)) throw CorpusError{file.string() + ": is a folder; name the files in it"};
    std::ifstream in{file, std::ios::binary};
    if (!in) throw CorpusError{file.string() + ": cannot be read: " + reason()};
    std::string content;
    for (std::array<char, 65536> part{}; in && content.size() <= longest_file;) {
        in.read(part.data(), part.size());
        content.append(part.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) throw CorpusError{file.string() + ": reading stopped half-way: " + reason()};
    if (content.size() > longest_file)
        throw CorpusError{file.string() + ": has more than 16 MiB, and is no Program"};
    return content;
}

bool is_named_as_an_artifact(const fs::path& file) {
    const std::string name = file.filename().string();
    return std::ranges::any_of(std::array{"crash-", "leak-", "timeout-", "oom-", "slow-unit-"},
                               [&](const char* prefix) { return name.starts_with(prefix); });
}

/// Records have bytes that no text has: the small numbers of verbs and elements.
bool reads_like_text(std::string_view content) {
    return std::ranges::all_of(content, [](unsigned char c) {
        return (c >= ' ' && c != 0x7F) || c == '\n' || c == '\t' || c == '\r';
    });
}

Program decode_file(const fs::path& file, std::string_view content) {
    const std::size_t rest = content.size() % record_size;
    if (rest != 0)
        throw CorpusError{file.string() + ": " + std::to_string(content.size()) +
                          " bytes are no whole Program: a record has " + std::to_string(record_size) +
                          ", and " + std::to_string(rest) +
                          " are left over; was the file cut short? (a text must be named *.txt)"};
    return decode({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

Program parse_file(const fs::path& file, std::string_view content) {
    try {
        return parse(content, file.string());
    } catch (const MalformedText& malformed) {
        if (file.extension() == ".txt") throw;
        throw MalformedText{std::string{malformed.what()} +
                            " (it reads like text; if it is a fuzzer's bytes, name it crash-...)"};
    }
}

Program program_in(const fs::path& file, std::string_view content) {
    if (file.extension() == ".txt") return parse_file(file, content);
    if (is_named_as_an_artifact(file) || !reads_like_text(content)) return decode_file(file, content);
    return parse_file(file, content);
}

}  // namespace

Entry read_entry(const fs::path& file) {
    Entry entry{file, program_in(file, read_file(file))};
    if (entry.program.empty())
        throw CorpusError{file.string() + ": has no operation; write one to a line, such as `a.insert 0 1`"};
    return entry;
}

std::vector<Entry> read_corpus(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator found{folder, error}; !error && found != fs::end(found);
         found.increment(error))
        if (found->path().extension() == ".txt") files.push_back(found->path());
    if (error) throw CorpusError{folder.string() + ": cannot be read: " + error.message()};
    if (files.empty()) throw CorpusError{folder.string() + ": has no *.txt; a corpus must not be empty"};
    std::sort(files.begin(), files.end());
    std::vector<Entry> entries;
    entries.reserve(files.size());
    for (const fs::path& file : files) entries.push_back(read_entry(file));
    return entries;
}

namespace {

CorpusError unwritable(const fs::path& file, const std::string& why) {
    const bool is_full =
        why == std::generic_category().message(ENOSPC) || why == std::generic_category().message(EDQUOT);
    return CorpusError{file.string() + ": cannot be written: " + why +
                       (is_full ? "; free some space or name another file" : "; name another file")};
}

/// Where a chain of links leads, whether there is something or not.
fs::path end_of_links(fs::path file) {
    std::error_code error;
    for (int links = 0; fs::is_symlink(file, error); ++links) {
        if (links == 40) throw unwritable(file, "its links go round in a circle");
        file = file.parent_path() / fs::read_symlink(file);
    }
    return file;
}

/// Writes to what is there, or, with the mode "x", to a file that must be new. Returns: why it failed, or "".
std::string write_to(const fs::path& file, const char* mode, std::string_view content) {
    std::FILE* const out = std::fopen(file.c_str(), mode);
    if (out == nullptr) return reason();
    const bool written = std::fwrite(content.data(), 1, content.size(), out) == content.size();
    std::string why = written ? "" : reason();
    if (std::fclose(out) != 0 && written) return reason();
    return why;
}

/// Writes a draft beside the file and gives it the file's name when it is whole. Returns: why it failed, or
/// "".
std::string replace_file(const fs::path& file, const fs::file_status& before, std::string_view content) {
    const fs::path draft = file.string() + ".part" + std::to_string(getpid());
    std::string why = write_to(draft, "wbx", content);
    std::error_code error;
    if (why.empty() && fs::exists(before)) fs::permissions(draft, before.permissions(), error);
    if (why.empty() && !error) fs::rename(draft, file, error);
    if (error) why = error.message();
    if (!why.empty()) fs::remove(draft, error);
    return why;
}

}  // namespace

void write_file(const fs::path& file, std::string_view content) {
    const fs::path target = end_of_links(file);
    std::error_code error;
    const fs::file_status before = fs::status(target, error);
    if (fs::is_directory(before)) throw unwritable(file, "it is a folder");
    if (fs::exists(before) && access(target.c_str(), W_OK) != 0) throw unwritable(file, reason());
    const bool is_device = fs::exists(before) && !fs::is_regular_file(before);
    const std::string why =
        is_device ? write_to(target, "wb", content) : replace_file(target, before, content);
    if (!why.empty()) throw unwritable(file, why);
}

void expect_folder_of(const fs::path& file) {
    std::error_code error;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (fs::is_directory(folder, error)) return;
    if (!error) error = std::make_error_code(std::errc::not_a_directory);
    throw unwritable(file, error.message());
}

}  // namespace bimap::properties
