// SPDX-License-Identifier: BSL-1.0
// The books: blocks come and go, faults fire once, misuse is noticed, and what remains is sorted into the
// three kinds.
#include "properties/ledger.hpp"

#include <gtest/gtest.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>

#include "properties/child_process.hpp"
#include "properties/generate.hpp"
#include "properties/tests/looking_away.hpp"
#include "properties/tests/planted_bugs.hpp"

// Not every compiler declares it unasked; the Ledger's hooks define it.
// NOLINTNEXTLINE(readability-redundant-declaration)
void operator delete(void* address, std::size_t size) noexcept;

// What the sanitizers' runtimes call, and offer; the names are theirs.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" void __ubsan_on_report();
#ifndef BIMAP_UNDER_LEAK_SANITIZER
namespace {
int asan_has_found_something = 0;
}
extern "C" int __asan_report_present() { return asan_has_found_something; }
#endif
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

namespace bimap::properties {
namespace {

class Books : public testing::Test {
  protected:
    Books() { ledger.open(3); }
    ~Books() override { ledger.disarm(); }

    /// Runs code while the Ledger listens.
    template <class Code>
    static auto listened(Code&& code) {
        const Ledger::Listening on{ledger};
        return code();
    }

    static void* block(std::size_t size) {
        return listened([=] { return ::operator new(size); });
    }
};

TEST_F(Books, HoldABlockFromBirthToDeath) {
    void* const one = block(24);
    EXPECT_EQ(ledger.balance(), (Balance{.blocks = 1, .bytes = 24}));
    ::operator delete(one);
    EXPECT_EQ(ledger.balance(), Balance{});
}

TEST_F(Books, TakeNothingDownWhileNobodyListens) {
    void* const unheard = ::operator new(24);
    EXPECT_EQ(ledger.balance(), Balance{});
    ::operator delete(unheard);
    EXPECT_EQ(ledger.balance(), Balance{});
}

TEST_F(Books, AddUpWhatIsAllocatedThoughItIsFreed) {
    const std::uint64_t before = ledger.bytes_allocated();
    for (int i = 0; i < 3; ++i) ::operator delete(block(24));
    EXPECT_EQ(ledger.bytes_allocated() - before, 3 * 24U);
}

TEST_F(Books, ListenForAScope) {
    EXPECT_FALSE(ledger.listening());
    {
        const Ledger::Listening on{ledger};
        EXPECT_TRUE(ledger.listening());
        const Ledger::Listening off{ledger, false};
        EXPECT_FALSE(ledger.listening());
    }
    EXPECT_FALSE(ledger.listening());
}

TEST_F(Books, NameTheMaker) {
    ledger.turn_to(2);
    void* const one = block(24);
    const auto blocks = ledger.blocks();
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].maker, 2U);
    EXPECT_EQ(blocks[0].size, 24U);
    EXPECT_EQ(blocks[0].address, reinterpret_cast<std::uintptr_t>(one));
    EXPECT_EQ(blocks[0].source, Source::plain_new);
    ::operator delete(one);
}

TEST_F(Books, AreEmptyWhenTheyAreOpened) {
    void* const one = block(24);
    ledger.note_misuse("something");
    ledger.open(1);
    EXPECT_EQ(ledger.balance(), Balance{});
    EXPECT_EQ(ledger.misuse(), nullptr);
    EXPECT_TRUE(ledger.blocks().empty());
    ::operator delete(one);
    EXPECT_EQ(ledger.balance(), Balance{});
}

TEST_F(Books, KeepTheFirstMisuse) {
    ledger.note_misuse("first");
    ledger.note_misuse("second");
    EXPECT_STREQ(ledger.misuse(), "first");
}

TEST_F(Books, HoldEveryFormOfNew) {
    constexpr std::align_val_t wide{64};
    std::array<void*, 4> single{};
    std::array<void*, 4> arrays{};
    listened([&] {
        single = {::operator new(8), ::operator new(8, std::nothrow), ::operator new(64, wide),
                  ::operator new(64, wide, std::nothrow)};
        arrays = {::operator new[](8), ::operator new[](8, std::nothrow), ::operator new[](64, wide),
                  ::operator new[](64, wide, std::nothrow)};
    });
    EXPECT_EQ(ledger.balance(), (Balance{.blocks = 8, .bytes = 288}));
    for (std::size_t i = 0; i < 2; ++i) ::operator delete(single[i]);
    for (std::size_t i = 2; i < 4; ++i) ::operator delete(single[i], wide);
    for (std::size_t i = 0; i < 2; ++i) ::operator delete[](arrays[i]);
    for (std::size_t i = 2; i < 4; ++i) ::operator delete[](arrays[i], wide);
    EXPECT_EQ(ledger.balance(), Balance{});
    EXPECT_EQ(ledger.misuse(), nullptr);
}

TEST_F(Books, NoticeNewThatMetArrayDelete) {
    void* volatile one = block(24);
    ::operator delete[](one);
    EXPECT_STREQ(ledger.misuse(), "new met delete[]");
}

TEST_F(Books, NoticeArrayNewThatMetDelete) {
    void* volatile one = listened([] { return ::operator new[](24); });
    ::operator delete(one);
    EXPECT_STREQ(ledger.misuse(), "new[] met delete");
}

TEST_F(Books, NoticeADeleteOfAnotherAlignment) {
    constexpr std::align_val_t wide{64};
    void* volatile one = listened([] { return ::operator new(64, wide); });
    ::operator delete(one);
    EXPECT_STREQ(ledger.misuse(), "aligned new met delete");
}

TEST_F(Books, NoticeNewThatMetFree) {
    void* volatile one = block(24);
    std::free(one);
    EXPECT_STREQ(ledger.misuse(), "new met free");
}

TEST_F(Books, NoticeMallocThatMetDelete) {
    void* volatile one = listened([] { return std::malloc(24); });
    ::operator delete(one);
    EXPECT_STREQ(ledger.misuse(), "malloc met delete");
}

TEST_F(Books, KnowThatResizingToNothingReleases) {
    const auto before = ledger.balance();
    listened([] { return std::realloc(std::malloc(24), 0); });
    EXPECT_EQ(ledger.balance(), before);
    EXPECT_EQ(ledger.misuse(), nullptr);
}

TEST_F(Books, NoticeASizedDeleteOfAnotherSize) {
    void* volatile one = block(24);
    ::operator delete(one, std::size_t{23});
    EXPECT_STREQ(ledger.misuse(), "sized delete with another size");
}

TEST_F(Books, NoticeWhatIsWrittenBehindABlock) {
    if (sanitized) GTEST_SKIP() << "the sanitizer guards what lies there";
    for (const std::size_t size : {24U, 25U}) {
        ledger.open(0);
        auto* const bytes = static_cast<volatile unsigned char*>(block(size));
        bytes[size - 1] = 1;
        EXPECT_EQ(ledger.misuse(), nullptr);
        bytes[size] = 1;
        ::operator delete(const_cast<unsigned char*>(bytes));
        EXPECT_STREQ(ledger.misuse(), "something was written behind the end of a block");
    }
}

TEST_F(Books, AreNotAskedForMoreThanAnyObjectTakes) {
    for (const std::size_t size : {SIZE_MAX, SIZE_MAX - 70, std::size_t{PTRDIFF_MAX} + 1}) {
        EXPECT_THROW(block(size), std::bad_alloc);
        EXPECT_THROW(listened([=] { return ::operator new(size, std::align_val_t{64}); }), std::bad_alloc);
    }
    EXPECT_EQ(ledger.balance(), Balance{});
}

TEST_F(Books, NoticeNoMisuseWhereSizesAgree) {
    void* const one = block(24);
    ::operator delete(one, std::size_t{24});
    EXPECT_EQ(ledger.misuse(), nullptr);
}

// --- Faults
// ------------------------------------------------------------------------------------------------------

/// Which of these ten allocations fail.
std::vector<int> failing_of_ten() {
    std::vector<int> failing;
    failing.reserve(10);
    const Ledger::Listening on{ledger};
    for (int i = 1; i <= 10; ++i) {
        void* const one = ::operator new(8, std::nothrow);
        if (one == nullptr) failing.push_back(i);
        ::operator delete(one);
    }
    return failing;
}

TEST_F(Books, MakeTheNthAllocationFailAndNoOther) {
    for (std::uint16_t nth = 1; nth <= 10; ++nth) {
        ledger.arm({Fault::Kind::alloc, nth});
        EXPECT_EQ(failing_of_ten(), std::vector<int>{nth});
        EXPECT_TRUE(ledger.fired());
    }
}

TEST_F(Books, MakeEveryAllocationFailOnceMemoryHasRunOut) {
    for (int nth = 1; nth <= 10; ++nth) {
        ledger.arm({Fault::Kind::memory, static_cast<std::uint16_t>(nth)});
        std::vector<int> from_there_on(static_cast<std::size_t>(11 - nth));
        std::iota(from_there_on.begin(), from_there_on.end(), nth);
        EXPECT_EQ(failing_of_ten(), from_there_on);
        EXPECT_TRUE(ledger.fired());
    }
    ledger.disarm();
    EXPECT_TRUE(failing_of_ten().empty());
}

TEST_F(Books, MakeEveryEventOfEveryKindFailFromTheNthOn) {
    for (const auto kind : {Fault::Kind::copy, Fault::Kind::move, Fault::Kind::hash, Fault::Kind::compare}) {
        ledger.arm({Fault::Kind::everything, 3});
        listened([&] {
            EXPECT_NO_THROW(ledger.happen(Fault::Kind::hash));
            EXPECT_NO_THROW(::operator delete(::operator new(8)));
            EXPECT_THROW(ledger.happen(kind), InjectedFault);
            EXPECT_THROW(::operator delete(::operator new(8)), FailedAllocation);
            EXPECT_THROW(ledger.happen(kind), InjectedFault);
            EXPECT_NO_THROW(ledger.predicate_asked());
        });
        EXPECT_TRUE(ledger.fired());
    }
}

TEST_F(Books, MakeTheNthQuestionToAPredicateFail) {
    ledger.arm({Fault::Kind::predicate, 2});
    listened([] {
        EXPECT_NO_THROW(ledger.predicate_asked());
        EXPECT_NO_THROW(ledger.happen(Fault::Kind::compare));
        EXPECT_THROW(ledger.predicate_asked(), InjectedFault);
        EXPECT_NO_THROW(ledger.predicate_asked());
    });
}

TEST_F(Books, MakeNothingFailThatDoesNotHappen) {
    ledger.arm({Fault::Kind::alloc, 11});
    EXPECT_TRUE(failing_of_ten().empty());
    EXPECT_FALSE(ledger.fired());
    ledger.disarm();
    EXPECT_TRUE(failing_of_ten().empty());
}

TEST_F(Books, MakeNothingFailOfAnotherKind) {
    ledger.arm({Fault::Kind::copy, 1});
    EXPECT_TRUE(failing_of_ten().empty());
}

TEST_F(Books, MakeNothingFailWhileNobodyListens) {
    ledger.arm({Fault::Kind::hash, 1});
    EXPECT_NO_THROW(ledger.happen(Fault::Kind::hash));
    listened([] { EXPECT_THROW(ledger.happen(Fault::Kind::hash), InjectedFault); });
    listened([] { EXPECT_NO_THROW(ledger.happen(Fault::Kind::hash)); });
}

TEST_F(Books, MakeAFailingAllocationThrowABadAlloc) {
    ledger.arm({Fault::Kind::alloc, 1});
    listened([] { EXPECT_THROW(static_cast<void>(::operator new(8)), std::bad_alloc); });
    EXPECT_EQ(ledger.balance(), Balance{});
}

int allocated_in_handler = 0;

/// Once what a map aborted by came out as its failed allocation.
TEST_F(Books, MakeNothingFailInASignalHandler) {
    for (const int signal :
         {SIGALRM, SIGPROF, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGINT, SIGTERM, SIGUSR1}) {
        const auto before = std::signal(signal, [](int) {
            ::operator delete(::operator new(8));
            ++allocated_in_handler;
        });
        allocated_in_handler = 0;
        ledger.arm({Fault::Kind::alloc, 1});
        listened([signal] { return std::raise(signal); });
        std::signal(signal, before);
        EXPECT_EQ(allocated_in_handler, 1) << signal;
        EXPECT_FALSE(ledger.fired()) << signal;
        EXPECT_THROW(block(8), std::bad_alloc) << signal;
    }
}

/// Once a fuzzer that was keeping a Program met the fault that the Program had armed, and kept nothing.
TEST_F(Books, MakeNothingFailOnceASanitizerHasFoundSomething) {
    const auto allocate = [] { ::operator delete(::operator new(8)); };
    ledger.arm({Fault::Kind::memory, 1});
    __ubsan_on_report();
    EXPECT_NO_THROW(listened(allocate));
#ifndef BIMAP_UNDER_LEAK_SANITIZER
    ledger.arm({Fault::Kind::memory, 1});
    asan_has_found_something = 1;
    EXPECT_NO_THROW(listened(allocate));
    asan_has_found_something = 0;
    EXPECT_THROW(listened(allocate), std::bad_alloc);
#endif
}

TEST_F(Books, ForgetThatAFaultFiredWhenTheNextIsArmed) {
    ledger.arm({Fault::Kind::alloc, 1});
    failing_of_ten();
    ledger.arm({Fault::Kind::alloc, 11});
    EXPECT_FALSE(ledger.fired());
}

// --- The table
// ---------------------------------------------------------------------------------------------------

TEST(BlockTable, IsAMapWhateverIsDoneToIt) {
    static BlockTable table;  // it lives as long as the process and has no destructor
    std::map<std::uintptr_t, std::size_t> model;
    Random random{1};
    for (int i = 0; i < 50'000; ++i) {
        const std::uintptr_t address = 16 * (1 + random.below(3000));
        Block removed{};
        if (random.one_in(2) && model.try_emplace(address, static_cast<std::size_t>(i)).second) {
            table.add({address, static_cast<std::size_t>(i), 0, Source::plain_new});
        } else if (const bool known = model.contains(address); table.remove(address, removed) || known) {
            ASSERT_TRUE(known);
            ASSERT_EQ(removed.size, model.at(address));
            ASSERT_EQ(removed.address, address);
            model.erase(address);
        }
        ASSERT_EQ(table.size(), model.size());
    }
    for (const Block& block : table.blocks()) EXPECT_EQ(model.at(block.address), block.size);
    table.clear();
    EXPECT_EQ(table.size(), 0U);
    EXPECT_TRUE(table.blocks().empty());
}

// --- What remains
// ------------------------------------------------------------------------------------------------

struct Node {
    Node* next = nullptr;
    std::array<char, 40> load{};
};

/// Where these point to is retained.
Node* volatile root = nullptr;
thread_local Node* volatile root_of_thread = nullptr;

class Remainder : public Books {
  protected:
    ~Remainder() override {
        root = nullptr;
        root_of_thread = nullptr;
        for (Node* const node : nodes_) delete node;
    }

    Node* node(Maker maker = 0) {
        ledger.turn_to(maker);
        return nodes_.emplace_back(listened([] { return new Node; }));
    }

    /// The kinds of what remains, by maker.
    static std::map<Maker, std::string> kinds() {
        constexpr std::array names{"lost", "cyclic", "retained"};
        std::map<Maker, std::string> kinds;
        for (const Remains& remains : sort_remains(ledger.blocks())) {
            std::string& kind = kinds[remains.maker];
            kind += kind.empty() ? "" : " ";
            kind += std::to_string(remains.blocks) + ' ' + names[static_cast<std::size_t>(remains.kind)];
        }
        return kinds;
    }

    using Kinds = std::map<Maker, std::string>;

  private:
    std::vector<Node*> nodes_;
};

TEST_F(Remainder, IsNothingWhereNothingIs) { EXPECT_TRUE(sort_remains({}).empty()); }

TEST_F(Remainder, IsLostWhereNobodyPoints) {
    node();
    EXPECT_EQ(kinds(), (Kinds{{0, "1 lost"}}));
}

/// As a std::map's sentinel does.
TEST_F(Remainder, IsLostWhereItPointsIntoItselfAlone) {
    node()->next = reinterpret_cast<Node*>(&node()->next);
    Node* const sentinel = node(1);
    sentinel->next = reinterpret_cast<Node*>(reinterpret_cast<char*>(sentinel) + 1);
    EXPECT_EQ(kinds(), (Kinds{{0, "2 lost"}, {1, "1 lost"}}));
}

TEST_F(Remainder, IsLostWithWhatItPointsTo) {
    node(0)->next = node(1);
    EXPECT_EQ(kinds(), (Kinds{{0, "1 lost"}, {1, "1 lost"}}));
}

TEST_F(Remainder, IsCyclicWhereTwoPointToEachOther) {
    Node* const one = node();
    Node* const other = node();
    one->next = other;
    other->next = one;
    EXPECT_EQ(kinds(), (Kinds{{0, "2 cyclic"}}));
}

TEST_F(Remainder, IsCyclicWhereOnePointsToItself) {
    Node* const one = node();
    one->next = one;
    EXPECT_EQ(kinds(), (Kinds{{0, "1 cyclic"}}));
}

TEST_F(Remainder, IsCyclicWhereItHangsOnARing) {
    Node* const ring = node(0);
    ring->next = ring;
    Node* const behind = node(1);
    std::memcpy(ring->load.data(), &behind, sizeof(Node*));
    Node* const before = node(2);
    before->next = ring;
    EXPECT_EQ(kinds(), (Kinds{{0, "1 cyclic"}, {1, "1 cyclic"}, {2, "1 lost"}}));
}

TEST_F(Remainder, IsRetainedWhereSomethingStaticPoints) {
    root = node(0);
    root->next = node(1);
    node(2);
    EXPECT_EQ(kinds(), (Kinds{{0, "1 retained"}, {1, "1 retained"}, {2, "1 lost"}}));
}

TEST_F(Remainder, IsRetainedWhereTheThreadsOwnPoints) {
    root_of_thread = node(0);
    root_of_thread->next = node(1);
    node(2);
    EXPECT_EQ(kinds(), (Kinds{{0, "1 retained"}, {1, "1 retained"}, {2, "1 lost"}}));
}

TEST_F(Remainder, IsRetainedEvenInARing) {
    Node* const one = node();
    one->next = one;
    root = one;
    EXPECT_EQ(kinds(), (Kinds{{0, "1 retained"}}));
}

TEST_F(Remainder, IsRetainedWhereSomethingPointsIntoIt) {
    root = reinterpret_cast<Node*>(reinterpret_cast<std::uintptr_t>(node()) + 20);
    EXPECT_EQ(kinds(), (Kinds{{0, "1 retained"}}));
}

TEST_F(Remainder, IsLostWhereSomethingPointsBehindIt) {
    root = node() + 1;
    EXPECT_EQ(kinds(), (Kinds{{0, "1 lost"}}));
}

TEST_F(Remainder, IsAddedUpByMakerAndKind) {
    node(1);
    node(1);
    root = node(1);
    const auto remains = sort_remains(ledger.blocks());
    ASSERT_EQ(remains.size(), 2U);
    EXPECT_EQ(remains[0].blocks, 2U);
    EXPECT_EQ(remains[0].bytes, 2 * sizeof(Node));
    EXPECT_EQ(remains[1].blocks, 1U);
    EXPECT_EQ(kinds(), (Kinds{{1, "2 lost 1 retained"}}));
}

TEST_F(Remainder, IsNotKeptByTheBooksThemselves) {
    for (int i = 0; i < 2000; ++i) node();
    EXPECT_EQ(kinds(), (Kinds{{0, "2000 lost"}}));
}

TEST_F(Books, AreOfTheThreadThatListens) {
    std::atomic<bool> asked = false;
    std::atomic<void*> made = nullptr;
    std::thread other{[&] {
        while (!asked) std::this_thread::yield();
        made = ::operator new(32);
    }};
    {
        const Ledger::Listening on{ledger};
        asked = true;
        while (made == nullptr) std::this_thread::yield();
    }
    EXPECT_EQ(ledger.balance().blocks, 0U);
    other.join();
    ::operator delete(made);
}

TEST_F(Books, AreKeptWhileAnotherThreadReleases) {
    constexpr int many = 200'000;
    std::vector<void*> given(many);
    for (void*& address : given) address = block(16);
    std::thread other{[&] {
        for (void* const address : given) ::operator delete(address);
    }};
    for (int i = 0; i < many; ++i) ::operator delete(block(24));
    other.join();
    EXPECT_EQ(ledger.balance(), Balance{});
}

using Clock = std::chrono::steady_clock;

TEST_F(Books, LetNobodyHaveAnAlignmentThatIsNone) {
    void* memory = nullptr;
    EXPECT_EQ(posix_memalign(&memory, 3, 8), EINVAL);
    EXPECT_EQ(posix_memalign(&memory, 4, 8), EINVAL);
    ASSERT_EQ(posix_memalign(&memory, 64, 8), 0);
    std::free(memory);
}

/// A child whose memory is used by itself and by a signal's handler, for a fifth of a second.
pid_t fork_interrupted() {
    const pid_t child = fork_child();
    if (child != 0) return child;
    std::thread other{[] { pause(); }};  // so that the books are locked
    struct sigaction allocating{};
    allocating.sa_handler = [](int) { delete new volatile int{1}; };
    sigaction(SIGALRM, &allocating, nullptr);
    const itimerval often{.it_interval = {0, 100}, .it_value = {0, 100}};
    setitimer(ITIMER_REAL, &often, nullptr);
    const Ledger::Listening on{ledger};
    for (const auto end = Clock::now() + std::chrono::milliseconds{200}; Clock::now() < end;)
        delete new volatile int{1};
    _exit(0);
}

TEST_F(Books, MakeNoSignalHandlerWaitForWhomItInterrupted) {
    const pid_t child = fork_interrupted();
    const auto end = Clock::now() + std::chrono::seconds{30};
    std::optional<int> status;
    while (!(status = end_of(child)) && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    EXPECT_EQ(status, 0);
    if (!status) put_down(child);
}

}  // namespace
}  // namespace bimap::properties
