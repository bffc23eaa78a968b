// SPDX-License-Identifier: BSL-1.0
// A child process that checks, and the messages between it and its parent.
#include "properties/isolate.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstring>
#include <exception>
#include <fstream>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "properties/bytes.hpp"
#include "properties/child_process.hpp"

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

bool write_all(int file, const char* data, std::size_t size) {
    while (size != 0) {
        const ssize_t written = write(file, data, size);
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

bool send(int file, const Message& message) {
    const auto size = static_cast<std::uint32_t>(message.size());
    Message framed(sizeof size, '\0');
    std::memcpy(framed.data(), &size, sizeof size);
    framed += message;
    return write_all(file, framed.data(), framed.size());
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

class Unpacker {
  public:
    explicit Unpacker(const Message& message) : rest_{message} {}
    void operator()(std::string& text) {
        std::size_t size = 0;
        (*this)(size);
        text = rest_.substr(0, size);
        rest_.remove_prefix(size);
    }
    template <class T>
    void operator()(std::vector<T>& values) {
        std::size_t size = 0;
        (*this)(size);
        values.resize(size);
        for (T& value : values) (*this)(value);
    }
    template <class T>
        requires std::is_trivially_copyable_v<T>
    void operator()(T& value) {
        rest_.copy(reinterpret_cast<char*>(&value), sizeof value);
        rest_.remove_prefix(sizeof value);
    }

  private:
    std::string_view rest_;
};

/// What the child is asked about: Programs, as bytes.
struct Request {
    std::vector<std::string> programs;
    bool with_ends = false;
};

// Each visits every member, so that packing and unpacking cannot drift apart.

void each_member(auto& visit, SomeOf<Request> auto& request) {
    visit(request.programs);
    visit(request.with_ends);
}

void each_member(auto& visit, SomeOf<Outcome> auto& outcome) {
    visit(outcome.held);
    visit(outcome.ends);
    auto& verdict = outcome.verdict;
    visit(verdict.kind);
    visit(verdict.at);
    visit(verdict.repetition.nth);
    visit(verdict.repetition.first);
    visit(verdict.repetition.at);
    visit(verdict.aspect);
    visit(verdict.expected);
    visit(verdict.seen);
    visit(verdict.sign);
    visit(verdict.leak);
    visit(verdict.maker);
    visit(verdict.elements);
    visit(verdict.blocks);
    visit(verdict.bytes);
    visit(verdict.rounds);
    visit(verdict.what);
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

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

/// A crash is a Verdict: no file of the memory is wanted. And a map that fills the memory has it end sooner,
/// except where a sanitizer reserves more than any machine has.
void confine() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    const rlimit gibibytes{std::uint64_t{4} << 30, std::uint64_t{4} << 30};
    if (__asan_get_report_description == nullptr) setrlimit(RLIMIT_DATA, &gibibytes);
}

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

struct Isolated::Shared {
    Trace trace;
    std::atomic<std::size_t> held{0};  ///< Programs of the request that is under way
};

Isolated::Isolated(const Subject& subject, Questions questions, std::chrono::milliseconds patience,
                   const std::atomic<bool>* called_off)
    : subject_{&subject}, questions_{questions}, patience_{patience}, called_off_{called_off} {
    void* const shared =
        mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) fail("no memory to share with a child process");
    shared_ = ::new (shared) Shared;
}

Isolated::~Isolated() {
    stop();
    munmap(shared_, sizeof(Shared));
}

void Isolated::start() {
    int requests[2];
    int answers[2];
    if (pipe2(requests, O_CLOEXEC) != 0) fail("no pipe to a child process");
    if (pipe2(answers, O_CLOEXEC) != 0) {
        const int why = errno;
        for (const int end : requests) close(end);
        errno = why;
        fail("no pipe to a child process");
    }
    child_ = fork_child();
    if (child_ == 0) {
        close(requests[1]);
        close(answers[0]);
        serve(requests[0], answers[1]);
    }
    close(requests[0]);
    close(answers[1]);
    requests_ = requests[1];
    answers_ = answers[0];
    errno = clock_getcpuclockid(child_, &child_clock_);
    if (errno != 0) fail("no clock of a child process");
    signal(SIGPIPE, SIG_IGN);  // a child that died is read about, not died of
}

void Isolated::turn_to(Questions questions) {
    stop();
    questions_ = questions;
}

void Isolated::stop() {
    if (child_ < 0) return;
    close(requests_);
    close(answers_);
    put_down(std::exchange(child_, -1));
}

void Isolated::serve(int requests, int answers) const noexcept {
    serving = true;
    confine();
    for (const int deaf_to : {SIGINT, SIGTERM}) signal(deaf_to, SIG_IGN);  // the parent decides when to stop
    for (const int deadly : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        if (__asan_get_report_description == nullptr) signal(deadly, SIG_DFL);
    silence(STDERR_FILENO);
    silence(STDOUT_FILENO);
    trace = &shared_->trace;
    if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(note_death);
    std::set_terminate(note_termination);
    Checker check{*subject_, questions_};
    for (Message message; receive(requests, message);) {
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
            shared_->held = ++outcome.held;
        }
        if (!send(answers, pack(outcome))) break;
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
    shared_->held = 0;
    shared_->trace.at = 0;
    shared_->trace.what[0] = '\0';
    Request request{.programs = {}, .with_ends = with_ends};
    for (const Program& program : programs) {
        const auto bytes = encode(program);
        request.programs.emplace_back(bytes.begin(), bytes.end());
    }
    const bool sent = send(requests_, pack(request));
    const bool answered = !sent || await_answer();
    Message message;
    if (sent && answered && receive(answers_, message)) return unpack<Outcome>(message);
    Verdict verdict = autopsy(!answered);
    const std::size_t last = std::max<std::size_t>(programs.size(), 1) - 1;
    return {.held = std::min<std::size_t>(shared_->held, last), .ends = {}, .verdict = std::move(verdict)};
}

/// What the child has worked, in all.
std::chrono::nanoseconds Isolated::worked() const {
    timespec time{};
    clock_gettime(child_clock_, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

/// Whether the child waits for something, and not for a processor.
bool Isolated::is_asleep() const {
    std::ifstream file{"/proc/" + std::to_string(child_) + "/stat"};
    const std::string status{std::istreambuf_iterator<char>{file}, {}};
    const auto name_end = status.rfind(')');
    return name_end != std::string::npos && status.substr(name_end + 2, 1) != "R";
}

/// Returns: false if the child hangs.
bool Isolated::await_answer() {
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds slice{20};
    constexpr std::chrono::nanoseconds shortest = std::chrono::milliseconds{100};
    const bool knows_better = met_a_hang_ && longest_.count() > 0;
    const std::chrono::nanoseconds limit =
        knows_better ? std::clamp<std::chrono::nanoseconds>(
                           10 * longest_, std::min<std::chrono::nanoseconds>(shortest, patience_), patience_)
                     : patience_;
    auto begin = Clock::now();
    auto begin_of_work = worked();
    std::size_t held = 0;
    for (auto last = begin_of_work;;) {
        pollfd answer{answers_, POLLIN, 0};
        const int ready = poll(&answer, 1, static_cast<int>(slice.count()));
        const auto work = worked();
        if (std::exchange(held, shared_->held) != held) {  // this is another Program
            longest_ = std::max(longest_, work - begin_of_work);
            begin = Clock::now();
            begin_of_work = work;
        }
        if (ready > 0) {
            longest_ = std::max(longest_, work - begin_of_work);
            return true;
        }
        heed_calling_off();
        const bool idles = work == last && Clock::now() - begin >= limit && is_asleep();
        if (work - begin_of_work >= limit || idles) return false;
        last = work;
    }
}

Verdict Isolated::autopsy(bool hung) {
    if (hung) kill(child_, SIGKILL);
    met_a_hang_ = met_a_hang_ || hung;
    close(requests_);
    close(answers_);
    const int status = await_end(std::exchange(child_, -1));
    Verdict verdict{.kind = hung ? Verdict::Kind::hangs : Verdict::Kind::crashes,
                    .at = shared_->trace.at.load()};
    if (hung) return verdict;
    verdict.repetition = shared_->trace.repetition;
    verdict.what = shared_->trace.what.data();
    if (!verdict.what.empty()) return verdict;
    verdict.what = WIFSIGNALED(status) ? "SIG" + std::string{sigabbrev_np(WTERMSIG(status))}
                                       : "exit status " + std::to_string(WEXITSTATUS(status));
    return verdict;
}

}  // namespace bimap::properties
