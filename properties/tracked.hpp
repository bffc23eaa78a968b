// SPDX-License-Identifier: BSL-1.0
// The elements that subjects are filled with: each stands for a Number, is counted by the Ledger, and notices
// when it is used before its birth or after its death. And how any element type is made from a Number and
// read back.
#pragma once

#include <charconv>
#include <compare>
#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "properties/ledger.hpp"

namespace bimap::properties {

/// What an element type can do and what may throw.
enum class Nature : std::uint8_t {
    sturdy,     ///< copyable; a move never throws
    throwing,   ///< copyable; a move may throw
    move_only,  ///< a move never throws
};

/// An element of one side; left and right are different types, so that mixing them up does not compile.
template <Side side, Nature nature = Nature::sturdy>
class Tracked {
  public:
    static constexpr bool nothrow_move = nature != Nature::throwing;
    static constexpr bool copyable = nature != Nature::move_only;

    explicit Tracked(Number number) : number_{number}, birth_{ledger.element_born()} {}

    Tracked(const Tracked& other)
        requires copyable
        : number_{(ledger.happen(Fault::Kind::copy), other.number())}, birth_{ledger.element_born()} {}

    Tracked(Tracked&& other) noexcept(nothrow_move)
        : number_{other.give(nothrow_move)}, birth_{ledger.element_born()} {}

    Tracked& operator=(const Tracked& other)
        requires copyable
    {
        check_alive("a destroyed element was assigned to");
        ledger.happen(Fault::Kind::copy);
        number_ = other.number();
        ledger.element_given(birth_);
        return *this;
    }

    Tracked& operator=(Tracked&& other) noexcept(nothrow_move) {
        check_alive("a destroyed element was assigned to");
        if (this == &other) return *this;
        number_ = other.give(nothrow_move);
        ledger.element_given(birth_);
        return *this;
    }

    ~Tracked() {
        if (mark_ != alive) {
            ledger.note_misuse("an element was destroyed twice");
            return;
        }
        mark_ = dead;
        ledger.element_died(birth_);
    }

    [[nodiscard]] Number number() const {
        check_alive("a destroyed element was used");
        return number_;
    }

    [[nodiscard]] Maker maker() const { return birth_.maker; }

    friend bool operator==(const Tracked& one, const Tracked& other) {
        ledger.happen(Fault::Kind::compare);
        return one.number() == other.number();
    }
    friend std::strong_ordering operator<=>(const Tracked& one, const Tracked& other) {
        ledger.happen(Fault::Kind::compare);
        return one.number() <=> other.number();
    }

  private:
    static constexpr std::uint32_t alive = 0x600D600D;
    static constexpr std::uint32_t dead = 0xDEADDEAD;

    Number give(bool surely) {
        if (!surely) ledger.happen(Fault::Kind::move);
        check_alive("a destroyed element was moved");
        return std::exchange(number_, no_number);
    }

    void check_alive(const char* misuse) const {
        if (mark_ != alive) ledger.note_misuse(misuse);
    }

    Number number_;
    volatile std::uint32_t mark_ = alive;  // volatile: the last write, into a dying object, has to stay
    Ledger::Birth birth_;
};

/// A hash of nothing: every element meets every other.
struct CollidingHash {
    template <class T>
    std::size_t operator()(const T& element) const {
        ledger.happen(Fault::Kind::hash);
        return element.number() * 0;
    }
};

/// How a subject's elements stand for Numbers. Specialise it for an element type of your own.
template <class T>
struct Element {
    static T make(Number number) { return T{number}; }
    static Number number(const T& element) { return element.number(); }
};

/// From -1 on, where there is such a thing: it is what most people mark a gap with.
template <std::integral T>
struct Element<T> {
    static constexpr Number first = std::is_signed_v<T> ? 1 : 0;
    static T make(Number number) { return static_cast<T>(static_cast<T>(number) - static_cast<T>(first)); }
    static Number number(T element) { return static_cast<Number>(element) + first; }
};

/// A string as it is written in C++.
inline std::string quoted(const std::string& text) {
    std::string shown{'"'};
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const auto octal = [byte](int digit) { return static_cast<char>('0' + (byte >> 3 * digit) % 8); };
        if (c == '"' || c == '\\')
            shown += {'\\', c};
        else if (byte >= ' ' && byte <= '~')
            shown += c;
        else
            shown += {'\\', octal(2), octal(1), octal(0)};
    }
    return shown + (text.find('\0') == std::string::npos ? "\"" : "\"s");
}

/// As it is written in C++, where it can be.
template <class T>
std::string literal(const T& element) {
    if constexpr (std::integral<T>)
        return std::to_string(element);
    else if constexpr (std::same_as<T, std::string>)
        return quoted(element);
    else
        return {};
}

/// The empty string, then short ones and long ones in turns: those that live within the object, so that a
/// reference to them goes astray with it, and those on the heap, so that a use after free touches it. Numbers
/// of the same four begin alike, and others otherwise: what compares beginnings first meets both. What ends a
/// string at a null, as C does, takes two of them for one; what compares characters that may be negative puts
/// the fourth before the third.
template <>
struct Element<std::string> {
    static constexpr std::size_t beginning = 8;
    static constexpr std::size_t rest = 32;
    static std::string make(Number number) {
        if (number == 0) return {};
        std::string four = zeros_and(number / 4, beginning);
        switch (number % 4) {
            case 0:
                return four;
            case 1:
                return four + '\0' + zeros_and(1, rest - 1);
            case 2:
                return four + "2";
            default:
                return four + '\xFF' + zeros_and(0, rest);
        }
    }
    /// Allocates nothing, for a fault may be armed.
    static Number number(const std::string& element) {
        if (element.empty()) return 0;
        if (element.size() < beginning) return no_number;
        const char* const within = element.data() + beginning;
        Number four = 0;
        std::from_chars(element.data(), within, four);
        switch (element.size() - beginning) {
            case 0:
                return four * 4;
            case rest:
                return four * 4 + 1;
            case 1:
                return four * 4 + 2;
            case rest + 1:
                return four * 4 + 3;
            default:
                return no_number;
        }
    }

  private:
    static std::string zeros_and(Number number, std::size_t count) {
        const std::string text = std::to_string(number);
        return std::string(count - text.size(), '0') + text;
    }
};

}  // namespace bimap::properties

/// The plain hash; the Ledger may make it throw.
template <bimap::properties::Side side, bimap::properties::Nature nature>
struct std::hash<bimap::properties::Tracked<side, nature>> {
    std::size_t operator()(const bimap::properties::Tracked<side, nature>& element) const {
        bimap::properties::ledger.happen(bimap::properties::Fault::Kind::hash);
        return element.number();
    }
};
