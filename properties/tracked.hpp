// SPDX-License-Identifier: BSL-1.0
// The elements that subjects are filled with: each stands for a Number, is counted by the Ledger, and notices
// when it is used before its birth or after its death. And how any element type is made from a Number and
// read back.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <concepts>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include "properties/ledger.hpp"
#include "properties/text.hpp"

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

/// From -1 on, where there is such a thing: it is what most people mark a gap with. Of a type of one byte the
/// second half of a Program's numbers is spread up to the largest value; there are no more.
template <std::integral T>
struct Element<T> {
    static T make(Number number) {
        if (is_small && number >= half) number = last - (number_limit - 1 - number) * spread;
        return static_cast<T>(static_cast<T>(number) - static_cast<T>(first));
    }
    static Number number(T element) {
        Number number = static_cast<Number>(element) + first;
        if (is_small && number >= half) number = number_limit - 1 - (last - number) / spread;
        return make(number) == element ? number : no_number;
    }

  private:
    static constexpr Number first = std::is_signed_v<T> ? 1 : 0;
    static constexpr Number half = number_limit / 2;
    static constexpr Number last = static_cast<Number>(std::numeric_limits<T>::max()) + first;
    static constexpr bool is_small = sizeof(T) == 1 && last > number_limit;
    static constexpr Number spread = (last + 1 - half) / half;
};

/// A string as it is written in C++.
inline std::string string_literal(const std::string& text) {
    std::string shown{'"'};
    for (const char c : text) {
        if (c == '"' || c == '\\')
            shown += {'\\', c};
        else if (c >= ' ' && c <= '~')
            shown += c;
        else
            shown += octal_escape(static_cast<unsigned char>(c));
    }
    return shown + (text.find('\0') == std::string::npos ? "\"" : "\"s");
}

/// As it is written in C++, where it can be.
template <class T>
std::string literal(const T& element) {
    if constexpr (std::integral<T>)
        return std::to_string(element);
    else if constexpr (std::same_as<T, std::string>)
        return string_literal(element);
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
    static std::string make(Number number) {
        if (number == 0) return {};
        const std::string four = std::to_string(number / ends.size());
        return std::string(beginning - four.size(), '0').append(four).append(ends[number % ends.size()]);
    }
    /// Allocates nothing, for a fault may be armed.
    static Number number(const std::string& element) {
        if (element.empty()) return 0;
        if (element.size() < beginning) return no_number;
        const char* const within = element.data() + beginning;
        Number four = 0;
        const auto read = std::from_chars(element.data(), within, four);
        const auto end = std::ranges::find(ends, std::string_view{element}.substr(beginning));
        if (read.ec != std::errc{} || read.ptr != within || end == ends.end()) return no_number;
        const auto number = four * ends.size() + static_cast<std::size_t>(end - ends.begin());
        return number == 0 || number >= no_number ? no_number : static_cast<Number>(number);
    }

  private:
    static constexpr std::size_t beginning = 8;
    static constexpr std::array<std::string_view, 4> ends{"",
                                                          {"\0"
                                                           "0000000000000000000000000000001",
                                                           32},
                                                          "2",
                                                          "\xFF"
                                                          "00000000000000000000000000000000"};
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
