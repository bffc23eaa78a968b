// SPDX-License-Identifier: BSL-1.0
// A child process that checks, and the messages between it and its parent.
#include "properties/isolate.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstring>
#include <exception>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "properties/bytes.hpp"
#include "properties/ledger.hpp"

// What the sanitizers' runtimes offer, where one is linked in; the names are theirs.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" {
__attribute__((weak)) void __sanitizer_set_death_callback(void (*)());
__attribute__((weak)) const char* __asan_get_report_description();
void __asan_on_error();
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

namespace bimap::properties {

namespace {

bool serving = false;  ///< true in a child process that checks

using Message = std::string;

template <class T, class Plain>
concept SomeOf = std::same_as<std::remove_const_t<T>, Plain>;

void note(const char* what) { std::strncpy(trace->what.data(), what, trace->what.size() - 1); }

void note_death() {
    const char* const description =
        __asan_get_report_description != nullptr ? __asan_get_report_description() : nullptr;
    note(description != nullptr && *description != '\0' ? description : "undefined behaviour");
}

[[noreturn]] void note_termination() {
    note("std::terminate");
    std::abort();
}

/// Whoever does not listen any more is no reason to die.
bool write_all(int socket, const char* data, std::size_t size) {
    while (size != 0) {
        const ssize_t written = ::send(socket, data, size, MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        data += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

bool read_all(int file, char* data, std::size_t size) {
    while (size != 0) {
        const ssize_t count = read(file, data, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        data += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

bool send(int socket, const Message& message) {
    const auto size = static_cast<std::uint32_t>(message.size());
    Message framed(sizeof size, '\0');
    std::memcpy(framed.data(), &size, sizeof size);
    framed += message;
    return write_all(socket, framed.data(), framed.size());
}

bool receive(int file, Message& message) {
    std::uint32_t size = 0;
    if (!read_all(file, reinterpret_cast<char*>(&size), sizeof size)) return false;
    message.resize(size);
    return read_all(file, message.data(), size);
}

/// Writes one value after the other.
class Packer {
  public:
    void operator()(const std::string& text) {
        (*this)(text.size());
        message += text;
    }
    template <class T>
    void operator()(const std::vector<T>& values) {
        (*this)(values.size());
        for (const T& value : values) (*this)(value);
    }
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void operator()(const T& value) {
        message.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    Message message;
};

/// Believes no length that leads beyond the message: who wrote it may have been overwritten.
class Unpacker {
  public:
    explicit Unpacker(const Message& message) : rest_{message} {}
    void operator()(std::string& text) {
        std::size_t size = 0;
        (*this)(size);
        text = rest_.substr(0, size);
        rest_.remove_prefix(text.size());
    }
    template <class T>
    void operator()(std::vector<T>& values) {
        std::size_t size = 0;
        (*this)(size);
        values.resize(std::min(size, rest_.size()));
        for (T& value : values) (*this)(value);
    }
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void operator()(T& value) {
        rest_.remove_prefix(rest_.copy(reinterpret_cast<char*>(&value), sizeof value));
    }

  private:
    std::string_view rest_;
};

/// What the child is asked about: Programs, as bytes.
struct Request {
    std::vector<std::string> programs;
    bool with_ends = false;
};

// Each visits every member, so that packing and unpacking cannot drift apart; and one more does not compile.

void each_member(auto& visit, SomeOf<Request> auto& request) {
    auto& [programs, with_ends] = request;
    visit(programs);
    visit(with_ends);
}

void each_member(auto& visit, SomeOf<Outcome> auto& outcome) {
    auto& [held, ends, verdict] = outcome;
    auto& [kind, at, repetition, aspect, expected, seen, sign, leak, maker, elements, blocks, bytes, rounds,
           what] = verdict;
    visit(held);
    visit(ends);
    visit(kind);
    visit(at);
    visit(repetition);
    visit(aspect);
    visit(expected);
    visit(seen);
    visit(sign);
    visit(leak);
    visit(maker);
    visit(elements);
    visit(blocks);
    visit(bytes);
    visit(rounds);
    visit(what);
}

template <class T>
Message pack(const T& whole) {
    Packer packer;
    each_member(packer, whole);
    return packer.message;
}

template <class T>
T unpack(const Message& message) {
    T whole;
    Unpacker unpacker{message};
    each_member(unpacker, whole);
    return whole;
}

/// A crash is a Verdict: no file of the memory is wanted. And a map that fills the memory has it end sooner,
/// except where a sanitizer reserves more than any machine has.
void confine() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    const rlimit gibibytes{std::uint64_t{4} << 30, std::uint64_t{4} << 30};
    if (__asan_get_report_description == nullptr) setrlimit(RLIMIT_DATA, &gibibytes);
}

struct Closing {
    int file;
    ~Closing() { close(file); }
};

void silence(int file) {
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0) dup2(nowhere, file);
}

}  // namespace

/// AddressSanitizer calls it before it writes its report, which takes it a hundred times as long as the whole
/// check and which nobody would see.
// NOLINTNEXTLINE(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" void __asan_on_error() {
    if (!serving) return;
    note_death();
    _exit(1);
}

/// What the child writes down as it goes.
struct Isolated::Notes {
    Trace trace;
    std::atomic<std::size_t> held{0};  ///< Programs of the request that is under way
};

Isolated::Isolated(const Subject& subject, Questions questions, std::chrono::milliseconds patience,
                   const std::atomic<bool>* called_off)
    : subject_{&subject}, questions_{questions}, patience_{patience}, called_off_{called_off} {}

Isolated::~Isolated() { stop(); }

void Isolated::start() {
    stop();
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw std::system_error{errno, std::generic_category(), "no socket to a child process"};
    channel_ = ends[0];
    const Closing childs{ends[1]};
    child_ = fork_child();
    if (child_ == 0) {
        close(channel_);
        serve(childs.file);
    }
    clock_.emplace(child_);
}

void Isolated::turn_to(Questions questions) {
    stop();
    questions_ = questions;
}

void Isolated::stop() {
    if (channel_ >= 0) close(std::exchange(channel_, -1));
    if (child_ >= 0) put_down(std::exchange(child_, -1));
}

void Isolated::serve(int channel) const noexcept {
    serving = true;
    confine();
    for (const int deaf_to : {SIGINT, SIGTERM}) signal(deaf_to, SIG_IGN);  // the parent decides when to stop
    for (const int deadly : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        if (__asan_get_report_description == nullptr) signal(deadly, SIG_DFL);
    silence(STDERR_FILENO);
    silence(STDOUT_FILENO);
    trace = &notes_->trace;
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(note_death);
    ledger.on_report = note_death;
    std::set_terminate(note_termination);
    Checker check{*subject_, questions_};
    for (Message message; receive(channel, message);) {
        const auto request = unpack<Request>(message);
        Outcome outcome;
        check.note_ends(request.with_ends);
        for (const std::string& bytes : request.programs) {
            const Program program =
                decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
            trace->at = 0;
            outcome.verdict = check(program);
            if (!outcome.verdict.holds()) break;
            if (request.with_ends) outcome.ends.push_back(check.end());
            notes_->held = ++outcome.held;
        }
        if (!send(channel, pack(outcome))) break;
    }
    _exit(0);
}

void Isolated::heed_calling_off() const {
    if (called_off_ != nullptr && *called_off_) throw CalledOff{};
}

Verdict Isolated::operator()(const Program& program) { return (*this)(std::span{&program, 1}).verdict; }

Outcome Isolated::operator()(std::span<const Program> programs, bool with_ends) {
    heed_calling_off();
    if (child_ < 0) start();
    notes_->held = 0;
    notes_->trace.at = 0;
    notes_->trace.what[0] = '\0';
    Request request{.programs = {}, .with_ends = with_ends};
    for (const Program& program : programs) {
        const auto bytes = encode(program);
        request.programs.emplace_back(bytes.begin(), bytes.end());
    }
    const bool sent = send(channel_, pack(request));
    const bool answered = !sent || await_answer();
    Message message;
    if (sent && answered && receive(channel_, message)) return unpack<Outcome>(message);
    Verdict verdict = autopsy(!answered);
    const std::size_t last = std::max<std::size_t>(programs.size(), 1) - 1;
    return {.held = std::min<std::size_t>(notes_->held, last), .ends = {}, .verdict = std::move(verdict)};
}

/// Returns: false if the child hangs.
bool Isolated::await_answer() {
    constexpr std::chrono::milliseconds slice{20};
    constexpr int times_as_long = 5;  // has who gets on
    constexpr std::chrono::nanoseconds shortest = std::chrono::milliseconds{100};
    const bool knows_better = met_a_hang_ && longest_.count() > 0;
    const std::chrono::nanoseconds limit =
        knows_better ? std::clamp<std::chrono::nanoseconds>(
                           10 * longest_, std::min<std::chrono::nanoseconds>(shortest, patience_), patience_)
                     : patience_;
    std::size_t held = 0;
    std::uint64_t begun = 0;
    std::chrono::nanoseconds spent_before{};  // the Operation that is under way
    for (clock_->begin_anew();;) {
        pollfd answer{channel_, POLLIN, 0};
        const int ready = poll(&answer, 1, static_cast<int>(slice.count()));
        const bool is_another = std::exchange(held, notes_->held) != held;
        const bool gets_on = std::exchange(begun, notes_->trace.begun) != begun;
        if (ready > 0 || is_another) longest_ = std::max(longest_, clock_->worked());
        if (ready > 0) return true;
        heed_calling_off();
        clock_->tick();
        if (is_another) clock_->begin_anew();
        if (is_another || gets_on) spent_before = clock_->spent();
        if (clock_->spent() - spent_before >= limit || clock_->spent() >= times_as_long * limit) return false;
    }
}

Verdict Isolated::autopsy(bool hung) {
    if (hung) kill(child_, SIGKILL);
    met_a_hang_ = met_a_hang_ || hung;
    close(std::exchange(channel_, -1));
    const int status = await_end(std::exchange(child_, -1));
    Verdict verdict{.kind = hung ? Verdict::Kind::hangs : Verdict::Kind::crashes,
                    .at = notes_->trace.at.load()};
    if (hung) return verdict;
    verdict.repetition = notes_->trace.repetition;
    verdict.what = notes_->trace.what.data();
    if (!verdict.what.empty()) return verdict;
    verdict.what = cause_of_death(status);
    return verdict;
}

}  // namespace bimap::properties
