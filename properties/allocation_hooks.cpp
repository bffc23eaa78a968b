// SPDX-License-Identifier: BSL-1.0
// operator new and delete of the whole process, over malloc: they tell the Ledger, and fail when it says so.
// And malloc and free themselves, for maps that call them: they tell the Ledger, and never fail on its
// account. Under AddressSanitizer malloc is the sanitizer's, which goes on guarding every block, and calls a
// hook.
#include <malloc.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "properties/ledger.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BIMAP_PROPERTIES_SANITIZED_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define BIMAP_PROPERTIES_SANITIZED_MALLOC 1
#endif
#endif

// What the sanitizers' runtimes offer, where one is linked in, and what they call; the names are theirs.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" {
__attribute__((weak)) int __asan_report_present();
/// UndefinedBehaviorSanitizer calls it before it writes its report.
void __ubsan_on_report() {
    bimap::properties::ledger.disarm();
    if (bimap::properties::ledger.on_report != nullptr) bimap::properties::ledger.on_report();
}
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

namespace {

using bimap::properties::FailedAllocation;
using bimap::properties::ledger;
using bimap::properties::Source;

/// True while operator new or delete has told the Ledger already, or the Ledger itself asks for memory.
constinit thread_local bool told = false;

class Told {
  public:
    Told() = default;
    ~Told() { told = before_; }
    Told(const Told&) = delete;
    Told& operator=(const Told&) = delete;

  private:
    bool before_ = std::exchange(told, true);
};

/// A block that no operator new made.
void note_malloc(const void* address, std::size_t size) {
    if (told || address == nullptr || !ledger.writes_down()) return;
    const Told now;
    ledger.block_born(const_cast<void*>(address), size, Source::malloc);
}
void note_free(const void* address) {
    if (told || address == nullptr) return;
    ledger.block_died(const_cast<void*>(address), 0, Source::malloc);
}

sigset_t blocked_signals() {
    sigset_t blocked;
    sigemptyset(&blocked);
    pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
    return blocked;
}
const sigset_t blocked_at_start = blocked_signals();

/// Whether a handler interrupted the call, as libFuzzer's do where something hangs or aborts: an exception
/// must not leave it, for then the Program would go on.
bool in_signal_handler() {
    const sigset_t blocked = blocked_signals();
    for (int signal = 1; signal < NSIG; ++signal)
        if (sigismember(&blocked, signal) == 1 && sigismember(&blocked_at_start, signal) != 1) return true;
    return false;
}

/// Whether AddressSanitizer has found something, so that a fuzzer keeps the Program: an exception would go
/// out of that, into the map, and the fuzzer die with nothing kept.
bool is_reported() { return __asan_report_present != nullptr && __asan_report_present() != 0; }

/// Where no sanitizer guards what lies behind a block.
#if defined(BIMAP_PROPERTIES_SANITIZED_MALLOC)
constexpr std::uint8_t guard = 0;
#else
constexpr std::uint8_t guard = 8;
#endif

void* allocate(std::size_t size, std::size_t alignment, Source source) {
    if (ledger.awaits_allocation() && !is_reported() && !in_signal_handler() && ledger.allocation_fails())
        throw FailedAllocation{};
    const Told now;
    if (size > PTRDIFF_MAX) throw std::bad_alloc{};  // no object is larger, and more would not be a number
    const std::size_t room = size + guard;
    void* const address = alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
                              ? std::malloc(std::max<std::size_t>(room, 1))
                              : std::aligned_alloc(alignment, (room + alignment - 1) / alignment * alignment);
    if (address == nullptr) throw std::bad_alloc{};
    if (ledger.writes_down()) {
        // A fixed filling: what is read before it was written is the same in every run, and is no pointer.
        std::memset(address, 0xCB, size);
        ledger.block_born(address, size, source, guard);
    }
    return address;
}

void* allocate_or_null(std::size_t size, std::size_t alignment, Source source) noexcept {
    try {
        return allocate(size, alignment, source);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void release(void* address, std::size_t size, Source source) noexcept {
    if (address == nullptr) return;
    ledger.block_died(address, size, source);
    const Told now;
    std::free(address);
}

constexpr std::size_t plain = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
std::size_t in_bytes(std::align_val_t alignment) { return static_cast<std::size_t>(alignment); }

}  // namespace

#if defined(BIMAP_PROPERTIES_SANITIZED_MALLOC)
extern "C" __attribute__((weak)) int
__sanitizer_install_malloc_and_free_hooks(  // NOLINT(bugprone-reserved-identifier)
    void (*on_malloc)(const volatile void*, std::size_t), void (*on_free)(const volatile void*));

namespace {

[[maybe_unused]] const int installed = [] {
    if (__sanitizer_install_malloc_and_free_hooks == nullptr) return 0;
    return __sanitizer_install_malloc_and_free_hooks(
        [](const volatile void* address, std::size_t size) {
            note_malloc(const_cast<const void*>(address), size);
        },
        [](const volatile void* address) { note_free(const_cast<const void*>(address)); });
}();

}  // namespace
#elif defined(__GLIBC__)
// What glibc calls its own functions under, for those who replace them.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming, cppcoreguidelines-no-malloc)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* address);

void* malloc(std::size_t size) {
    void* const address = __libc_malloc(size);
    note_malloc(address, size);
    return address;
}
void* calloc(std::size_t count, std::size_t size) {
    void* const address = __libc_calloc(count, size);
    note_malloc(address, count * size);
    return address;
}
void* memalign(std::size_t alignment, std::size_t size) {
    void* const address = __libc_memalign(alignment, size);
    note_malloc(address, size);
    return address;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** address, std::size_t alignment, std::size_t size) {
    if (!std::has_single_bit(alignment) || alignment % sizeof(void*) != 0) return EINVAL;
    void* const made = memalign(alignment, size);
    if (made == nullptr) return ENOMEM;
    *address = made;
    return 0;
}
void free(void* address) {
    note_free(address);
    __libc_free(address);
}
/// Always moves, so that whoever kept the old address sees it. Of size 0 it is a release, as glibc's is.
void* realloc(void* address, std::size_t size) {
    if (address != nullptr && size == 0) {
        free(address);
        return nullptr;
    }
    void* const moved = malloc(size);
    if (moved == nullptr || address == nullptr) return moved;
    std::memcpy(moved, address, std::min(size, malloc_usable_size(address)));
    free(address);
    return moved;
}
}
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming, cppcoreguidelines-no-malloc)
#endif

void* operator new(std::size_t size) { return allocate(size, plain, Source::plain_new); }
void* operator new[](std::size_t size) { return allocate(size, plain, Source::array_new); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocate(size, in_bytes(alignment), Source::aligned_new);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocate(size, in_bytes(alignment), Source::aligned_array_new);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, plain, Source::plain_new);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, plain, Source::array_new);
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, in_bytes(alignment), Source::aligned_new);
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return allocate_or_null(size, in_bytes(alignment), Source::aligned_array_new);
}

void operator delete(void* address) noexcept { release(address, 0, Source::plain_new); }
void operator delete[](void* address) noexcept { release(address, 0, Source::array_new); }
void operator delete(void* address, std::size_t size) noexcept { release(address, size, Source::plain_new); }
void operator delete[](void* address, std::size_t size) noexcept {
    release(address, size, Source::array_new);
}
void operator delete(void* address, std::align_val_t) noexcept { release(address, 0, Source::aligned_new); }
void operator delete[](void* address, std::align_val_t) noexcept {
    release(address, 0, Source::aligned_array_new);
}
void operator delete(void* address, std::size_t size, std::align_val_t) noexcept {
    release(address, size, Source::aligned_new);
}
void operator delete[](void* address, std::size_t size, std::align_val_t) noexcept {
    release(address, size, Source::aligned_array_new);
}
void operator delete(void* address, const std::nothrow_t&) noexcept {
    release(address, 0, Source::plain_new);
}
void operator delete[](void* address, const std::nothrow_t&) noexcept {
    release(address, 0, Source::array_new);
}
void operator delete(void* address, std::align_val_t, const std::nothrow_t&) noexcept {
    release(address, 0, Source::aligned_new);
}
void operator delete[](void* address, std::align_val_t, const std::nothrow_t&) noexcept {
    release(address, 0, Source::aligned_array_new);
}
