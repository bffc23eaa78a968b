// SPDX-License-Identifier: BSL-1.0
// A bimap as an application might have it, with three mistakes. docs/your-bimap.md finds them.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

template <class Name, class Number>
class PhoneBook {
  public:
    PhoneBook() = default;
    PhoneBook(const PhoneBook&) = default;
    PhoneBook& operator=(const PhoneBook& other) {
        numbers_.clear();
        names_.clear();
        for (const auto& [name, number] : other.numbers_) set(name, number);
        return *this;
    }
    ~PhoneBook() = default;

    void set(const Name& name, const Number& number) {
        const auto holder = names_.find(number);
        if (holder != names_.end()) numbers_.erase(holder->second);
        numbers_.insert_or_assign(name, number);
        names_.insert_or_assign(number, name);
    }

    const Number* number_of(const Name& name) const {
        const auto found = numbers_.find(name);
        return found == numbers_.end() ? nullptr : &found->second;
    }
    const Name* name_of(const Number& number) const {
        const auto found = names_.find(number);
        return found == names_.end() ? nullptr : &found->second;
    }

    bool remove(const Name& name) {
        const auto found = numbers_.find(name);
        if (found == numbers_.end()) return false;
        names_.erase(found->second);
        recent_.push_back(found->first);
        numbers_.erase(found);
        return true;
    }

    std::size_t size() const { return numbers_.size(); }

  private:
    std::map<Name, Number> numbers_;
    std::map<Number, Name> names_;
    std::vector<Name> recent_;  // for an undo that nobody wrote
};
