// SPDX-License-Identifier: BSL-1.0
// The readable corpus: every program in it holds on every sound subject; each is named, explained and used.
#include "properties/corpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "properties/bytes.hpp"
#include "properties/isolate.hpp"
#include "properties/report.hpp"
#include "properties/text.hpp"

namespace bimap::properties {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path corpus = fs::path{BIMAP_SOURCE_DIR} / "corpus";

/// Whether nothing is planted in a subject.
bool is_sound(const Subject& subject) {
    return subject.name.starts_with("bimap/") || subject.name == "two-maps" ||
           subject.name == "tricky-leaks/plugged" || subject.name == "tricky-leaks/none";
}

std::string content_of(const fs::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// An empty folder of its own, gone when the test ends.
class Folder {
  public:
    Folder() : path_{fs::path{testing::TempDir()} / ("bimap_corpus_" + std::to_string(getpid()))} {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }
    [[nodiscard]] fs::path holding(const std::string& name, std::string_view content) const {
        write_file(path_ / name, content);
        return path_ / name;
    }

  private:
    fs::path path_;
};

template <class Call>
std::string complaint_of(Call&& call) {
    try {
        call();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "no complaint";
}

TEST(Corpus, HoldsOnEverySoundSubjectThatOffersAllOfIt) {
    const auto entries = read_corpus(corpus);
    for (const Subject& subject : subjects()) {
        if (!is_sound(subject)) continue;
        Isolated check{subject};
        std::size_t replayed = 0;
        for (const auto& [file, program] : entries) {
            if (!offers_all(subject, program)) continue;
            ++replayed;
            const Verdict verdict = check(program);
            EXPECT_TRUE(verdict.holds())
                << file << " on " << subject.name << ' ' << describe(verdict, program);
        }
        EXPECT_GT(replayed, 20U) << subject.name;
    }
}

TEST(Corpus, HasASoundSubjectForEveryProgram) {
    for (const auto& [file, program] : read_corpus(corpus))
        EXPECT_TRUE(std::any_of(subjects().begin(), subjects().end(),
                                [&, &p = program](const Subject& subject) {
                                    return is_sound(subject) && offers_all(subject, p);
                                }))
            << file;
}

TEST(Corpus, CallsEveryOperationOfTheVocabulary) {
    std::set<std::string> called;
    for (const auto& entry : read_corpus(corpus / "seeds"))
        for (const Operation& operation : entry.program)
            called.insert(name_of(operation.verb, operation.side));
    for (std::size_t verb = 0; verb < verb_count; ++verb)
        for (const Side side : {Side::left, Side::right})
            EXPECT_TRUE(called.contains(name_of(static_cast<Verb>(verb), side)))
                << name_of(static_cast<Verb>(verb), side);
}

TEST(Corpus, OpensEveryFileWithWhatItIs) {
    for (const auto& entry : read_corpus(corpus))
        EXPECT_TRUE(content_of(entry.file).starts_with("# ")) << entry.file;
}

TEST(Corpus, SaysNothingTwice) {
    std::map<Program, fs::path> seen;
    for (const auto& [file, program] : read_corpus(corpus)) {
        const auto [other, is_new] = seen.try_emplace(program, file);
        EXPECT_TRUE(is_new) << file << " says the same as " << other->second;
    }
}

TEST(Corpus, HasRegressionsThatAreNumberedAndDated) {
    std::size_t number = 0;
    for (const auto& entry : read_corpus(corpus / "regressions")) {
        const std::string digits = std::to_string(++number);
        const std::string expected = std::string(3 - digits.size(), '0') + digits;
        EXPECT_TRUE(entry.file.filename().string().starts_with(expected + "-")) << entry.file;
        EXPECT_THAT(content_of(entry.file), testing::StartsWith("# " + expected + ": ")) << entry.file;
        EXPECT_THAT(content_of(entry.file), testing::ContainsRegex("#.* 20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]"))
            << entry.file;
    }
}

TEST(ReadCorpus, RefusesAnEmptyFolder) {
    const Folder folder;
    EXPECT_THROW(read_corpus(folder.path()), CorpusError);
    EXPECT_THAT(complaint_of([&] { read_corpus(folder.path()); }), HasSubstr("must not be empty"));
}

TEST(ReadCorpus, RefusesAFolderThatIsNotThere) {
    EXPECT_THROW(read_corpus("/nowhere/at/all"), CorpusError);
    EXPECT_THAT(complaint_of([] { read_corpus("/nowhere/at/all"); }),
                HasSubstr("/nowhere/at/all: cannot be read"));
}

TEST(ReadCorpus, NamesTheMalformedFileAndThePlace) {
    const Folder folder;
    const fs::path file = folder.holding("bad.txt", "a.insert 0 0\na.insort 0 0\n");
    EXPECT_THAT(complaint_of([&] { read_corpus(folder.path()); }),
                HasSubstr(file.string() + ":2:3: expected an operation"));
}

TEST(ReadCorpus, GoesByTheOrderOfNames) {
    const Folder folder;
    static_cast<void>(folder.holding("b.txt", "a.clear\n"));
    static_cast<void>(folder.holding("a.txt", "a.insert 0 0\n"));
    static_cast<void>(folder.holding("not-a-program.md", "what is this?\n"));
    const auto entries = read_corpus(folder.path());
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].file.filename(), "a.txt");
    EXPECT_EQ(entries[1].program, parse("a.clear"));
}

TEST(ReadEntry, ReadsTextAndBytesAlike) {
    const Folder folder;
    const Program program = parse("a.force 1 10 !alloc=2\nb = copy a\n");
    const auto bytes = encode(program);
    EXPECT_EQ(read_entry(folder.holding("one.txt", print(program))).program, program);
    EXPECT_EQ(
        read_entry(folder.holding("crash-1", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}))
            .program,
        program);
}

TEST(ReadEntry, RefusesAFolderAMissingFileAndTooFewBytes) {
    const Folder folder;
    EXPECT_THAT(complaint_of([&] { read_entry(folder.path()); }),
                HasSubstr("is a folder; name the files in it"));
    EXPECT_THAT(complaint_of([&] { read_entry(folder.path() / "none.txt"); }), HasSubstr("cannot be read"));
    const fs::path file = folder.holding("crash-2", "abc");
    EXPECT_THAT(complaint_of([&] { read_entry(file); }), HasSubstr("3 bytes are no whole Program"));
}

TEST(ReadEntry, GoesByTheContentWhereTheNameSaysNothing) {
    const Folder folder;
    const Program program = parse("a.insert 0 0\nb = copy a\n");
    const auto bytes = encode(program);
    EXPECT_EQ(read_entry(folder.holding("text", print(program))).program, program);
    EXPECT_EQ(read_entry(folder.holding("bytes", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}))
                  .program,
              program);
    EXPECT_EQ(read_entry(folder.holding("leak-1", "aaaaaa")).program,
              decode(std::vector<std::uint8_t>(6, 'a')));
}

TEST(ReadEntry, RefusesWhatHasNoOperation) {
    const Folder folder;
    for (const char* const name : {"a.txt", "crash-1", "a"})
        EXPECT_THAT(complaint_of([&] { read_entry(folder.holding(name, "")); }),
                    HasSubstr("has no operation"));
}

TEST(WriteFile, SaysWhyItCannotWriteAndWhatToDo) {
    EXPECT_THAT(complaint_of([] { write_file("/nowhere/at/all.txt", "a.clear\n"); }),
                HasSubstr("No such file or directory; name another file"));
    EXPECT_THAT(complaint_of([] { write_file("/dev/full", "a.clear\n"); }),
                HasSubstr("No space left on device; free some space or name another file"));
}

/// Where files may be no longer than this, writing a longer one fails halfway.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t most) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{most, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        static_cast<void>(signal(SIGXFSZ, heeded_before_));
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*heeded_before_)(int) = signal(SIGXFSZ, SIG_IGN);
};

TEST(WriteFile, LeavesWhatWasThereWhereItFailsHalfway) {
    const Folder folder;
    const fs::path file = folder.holding("a.txt", "a.clear\n");
    {
        const FileSizeLimit limit{10};
        EXPECT_THROW(write_file(file, std::string(100'000, '#')), CorpusError);
    }
    EXPECT_EQ(print(read_entry(file).program), "a.clear\n");
    EXPECT_EQ(std::distance(fs::directory_iterator{folder.path()}, {}), 1);
}

TEST(WriteFile, LeavesNoDraft) {
    const Folder folder;
    static_cast<void>(folder.holding("a.txt", "a.clear\n"));
    EXPECT_EQ(std::distance(fs::directory_iterator{folder.path()}, {}), 1);
}

}  // namespace
}  // namespace bimap::properties
