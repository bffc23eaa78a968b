// SPDX-License-Identifier: BSL-1.0
// The adapter: which of the suite's operations the phone book has, and what they are called there.
#pragma once

#include "properties/driver.hpp"
#include "properties/examples/phone_book.hpp"

template <class Left, class Right>
struct PhoneBookSubject {
    using Map = PhoneBook<Left, Right>;

    static bimap::properties::Promises promises() {
        return {.needs = {.foreign_arguments = true}, .exceptions = bimap::properties::Guarantee::none};
    }
    static void force(Map& book, const Left& name, const Right& number) { book.set(name, number); }
    static auto find_left(const Map& book, const Left& name) { return book.number_of(name); }
    static auto find_right(const Map& book, const Right& number) { return book.name_of(number); }
    static bool erase_left(Map& book, const Left& name) { return book.remove(name); }
    static std::size_t size(const Map& book) { return book.size(); }
};
