// SPDX-License-Identifier: BSL-1.0
// The kinds of element that a bimap is tried with: each a pair of types, one for each side, and what they
// bring to light.
#pragma once

#include <string>

#include "properties/tracked.hpp"

namespace bimap::properties {

/// An element that asks for more alignment than operator new gives unasked.
template <Side side>
class alignas(64) Aligned : public Tracked<side> {
  public:
    explicit Aligned(Number number) : Tracked<side>{number} { check(); }
    Aligned(const Aligned& other) : Tracked<side>{other} { check(); }
    Aligned(Aligned&& other) noexcept : Tracked<side>{std::move(other)} { check(); }
    Aligned& operator=(const Aligned&) = default;
    Aligned& operator=(Aligned&&) = default;
    ~Aligned() = default;

  private:
    void check() const {
        const volatile auto address =
            reinterpret_cast<std::uintptr_t>(this);  // no compiler takes it for granted
        if (address % 64 != 0) ledger.note_misuse("an element was made at a misaligned address");
    }
};

/// An element that tells itself from others of the same number, which are equal to it: a copy is the same
/// one, and two that were made are not.
template <Side side>
class Twin : public Tracked<side> {
  public:
    explicit Twin(Number number) : Tracked<side>{number}, serial_{++made} {}
    [[nodiscard]] std::uint64_t serial() const { return serial_; }

  private:
    static inline std::uint64_t made = 0;
    std::uint64_t serial_;
};

/// An element that has its hash in common with two others, which it is not equal to.
template <Side side>
class Collider : public Tracked<side> {
  public:
    using Tracked<side>::Tracked;
};

namespace elements {

/// What is the same for most kinds.
struct Kind {
    static constexpr bool is_default = false;
};

struct Tracking : Kind {
    using Left = Tracked<Side::left>;
    using Right = Tracked<Side::right>;
    static constexpr const char* name = "tracked";
    static constexpr const char* story = "counted elements that throw on cue when copied, hashed or compared";
};
struct Integers : Kind {
    using Left = int;
    using Right = int;
    static constexpr const char* name = "ints";
    static constexpr const char* story = "small integers from -1 on, the same type on both sides";
};
struct Strings : Kind {
    using Left = std::string;
    using Right = std::string;
    static constexpr const char* name = "strings";
    static constexpr const char* story = "strings, empty, short and long, the same type on both sides";
};
struct Throwing : Kind {
    using Left = Tracked<Side::left, Nature::throwing>;
    using Right = Tracked<Side::right, Nature::throwing>;
    static constexpr const char* name = "throwing";
    static constexpr const char* story = "elements that throw on cue when moved, too";
};
struct MoveOnly : Kind {
    using Left = Tracked<Side::left, Nature::move_only>;
    using Right = Tracked<Side::right, Nature::move_only>;
    static constexpr const char* name = "move_only";
    static constexpr const char* story = "elements that can only be moved";
};
struct OverAligned : Kind {
    using Left = Aligned<Side::left>;
    using Right = Aligned<Side::right>;
    static constexpr const char* name = "aligned";
    static constexpr const char* story = "elements aligned to 64 bytes";
};
struct Twins : Kind {
    using Left = Twin<Side::left>;
    using Right = Twin<Side::right>;
    static constexpr const char* name = "twins";
    static constexpr const char* story = "equal elements that are not the same one";
};
struct Colliding : Kind {
    using Left = Collider<Side::left>;
    using Right = Collider<Side::right>;
    static constexpr const char* name = "colliding";
    static constexpr const char* story = "elements that have their hash in common with two others";
};
/// Those that an adapter names, which is no template.
struct Own : Kind {
    static constexpr const char* name = "own";
    static constexpr const char* story = "the adapter's own types";
};

/// The first of them that there is: what a fuzz target hunts in.
struct Default : Tracking {
    static constexpr bool is_default = true;
};

}  // namespace elements

}  // namespace bimap::properties

template <bimap::properties::Side side>
struct std::hash<bimap::properties::Aligned<side>> : std::hash<bimap::properties::Tracked<side>> {};
template <bimap::properties::Side side>
struct std::hash<bimap::properties::Twin<side>> : std::hash<bimap::properties::Tracked<side>> {};
template <bimap::properties::Side side>
struct std::hash<bimap::properties::Collider<side>> {
    std::size_t operator()(const bimap::properties::Collider<side>& element) const {
        return std::hash<bimap::properties::Tracked<side>>{}(element) / 3;
    }
};
