// SPDX-License-Identifier: BSL-1.0
// The printer and the parser of Program texts.
#include "properties/text.hpp"

#include <charconv>
#include <optional>

namespace bimap::properties {

namespace {

constexpr std::array<std::string_view, register_count> register_names{"a", "b", "c"};
constexpr std::array<std::string_view, fault_kind_count> fault_names{
    "none", "alloc", "copy", "move", "hash", "compare", "memory", "predicate", "everything"};
constexpr std::array<std::string_view, 3> passing_marks{"", "&", "&&"};

std::string print_argument(const Operation& operation, std::size_t i) {
    const auto mark = passing_marks[static_cast<std::size_t>(operation.passing[i])];
    return std::string{mark} + std::to_string(operation.numbers[i]);
}

/// Walks over one line and remembers where it is, so that every complaint names file, line and column.
class LineReader {
  public:
    LineReader(std::string_view line, std::string_view file, std::size_t number)
        : line_{line}, file_{file}, number_{number} {
        skip_blanks();
    }

    [[nodiscard]] bool at_end() const { return position_ == line_.size() || line_[position_] == '#'; }

    /// Takes `word` if it stands here, whole or not.
    bool take(std::string_view word) {
        if (!line_.substr(position_).starts_with(word)) return false;
        position_ += word.size();
        return true;
    }

    std::string_view take_word() {
        const std::size_t start = position_;
        while (position_ < line_.size() && is_word(line_[position_])) ++position_;
        return line_.substr(start, position_ - start);
    }

    /// Takes a register's name if it stands here as a whole word.
    std::optional<Register> take_register() {
        const std::size_t start = position_;
        const std::string_view word = take_word();
        for (std::size_t i = 0; i < register_count; ++i)
            if (word == register_names[i]) return static_cast<Register>(i);
        position_ = start;
        return std::nullopt;
    }

    Number take_number(Number least, Number limit, std::string_view meaning) {
        const std::size_t start = position_;
        Number number = 0;
        const char* const first = line_.data() + position_;
        const auto [last, error] = std::from_chars(first, line_.data() + line_.size(), number);
        const auto length = static_cast<std::size_t>(last - first);
        const bool whole = start + length == line_.size() || !is_word(line_[start + length]);
        if (error != std::errc{} || !whole || number < least || number >= limit)
            fail(std::string{meaning} + " from " + std::to_string(least) + " to " +
                 std::to_string(limit - 1));
        position_ += length;
        return number;
    }

    void skip_blanks() {
        while (position_ < line_.size() && is_blank(line_[position_])) ++position_;
    }

    void rewind(std::size_t position) { position_ = position; }
    [[nodiscard]] std::size_t position() const { return position_; }

    [[noreturn]] void fail(const std::string& expected) const {
        std::size_t end = position_;
        while (end < line_.size() && !is_blank(line_[end]) && line_[end] != '#') ++end;
        const std::string_view found = line_.substr(position_, end - position_);
        throw MalformedText{std::string{file_} + ':' + std::to_string(number_) + ':' +
                            std::to_string(position_ + 1) + ": expected " + expected + ", found " +
                            (found.empty() ? "the end of the line" : '"' + printable(found, 40) + '"')};
    }

  private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
    static bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    std::string_view line_;
    std::string_view file_;
    std::size_t number_;
    std::size_t position_ = 0;
};

Fault take_fault(LineReader& reader) {
    for (std::size_t i = 1; i < fault_kind_count; ++i)
        if (reader.take(fault_names[i])) {
            if (!reader.take("=")) reader.fail("\"=\" and which one fails");
            const Number nth = reader.take_number(1, fault_limit, "a number");
            return {static_cast<Fault::Kind>(i), static_cast<std::uint16_t>(nth)};
        }
    reader.fail("alloc, copy, move, hash, compare, memory, predicate or everything");
}

void parse_fault(LineReader& reader, Operation& operation) {
    if (!reader.take("!")) return;
    const std::size_t start = reader.position();
    operation.fault = take_fault(reader);
    if (operation.fault.kind != Fault::Kind::predicate || takes_predicate(operation.verb)) return;
    reader.rewind(start);
    reader.fail("a fault that " + name_of(operation.verb, operation.side) +
                " can meet (it asks no predicate)");
}

/// Finds the verb of this name in this form; sided verbs carry their side in the name.
bool find_verb(std::string_view word, bool constructs, Operation& operation) {
    for (std::size_t i = 0; i < verb_count; ++i)
        for (const Side side : {Side::left, Side::right}) {
            const auto verb = static_cast<Verb>(i);
            if (shape_of(verb).constructs != constructs || name_of(verb, side) != word) continue;
            operation.verb = verb;
            operation.side = shape_of(verb).sided ? side : Side::left;
            return true;
        }
    return false;
}

/// What should stand in the place of a word that is no operation here; what is close to it, if anything is.
std::string expected_in_place_of(std::string_view word, bool constructs) {
    if (constructs) return "empty, copy, move, filter_left or filter_right";
    const bool has_side = word.ends_with("_left") || word.ends_with("_right");
    const std::string_view stem = has_side ? word.substr(0, word.rfind('_')) : word;
    for (std::size_t i = 0; i < verb_count; ++i) {
        const auto verb = static_cast<Verb>(i);
        const Shape& shape = shape_of(verb);
        if (shape.name != stem) continue;
        if (shape.constructs)
            return "an operation on a map (a map is made by: a = " + std::string{word} + ')';
        if (!shape.sided) return std::string{shape.name};
        return name_of(verb, Side::left) + " or " + name_of(verb, Side::right);
    }
    return "an operation";
}

Passing parse_passing(LineReader& reader) {
    if (reader.take("&&")) return Passing::moved;
    if (reader.take("&")) return Passing::own;
    return Passing::value;
}

std::string_view meaning_of(Slot slot) {
    switch (slot) {
        case Slot::left:
            return "a left number";
        case Slot::right:
            return "a right number";
        case Slot::count:
            return "a count";
        default:
            return "a number";
    }
}

void parse_argument(LineReader& reader, Operation& operation, std::size_t i) {
    const std::size_t start = reader.position();
    const Passing passing = parse_passing(reader);
    if (!may_pass(operation.verb, i, passing)) {
        reader.rewind(start);
        reader.fail("a plain number (" + name_of(operation.verb, operation.side) +
                    " takes no such reference)");
    }
    operation.passing[i] = passing;
    operation.numbers[i] = reader.take_number(0, number_limit, meaning_of(shape_of(operation.verb).slots[i]));
    reader.skip_blanks();
}

void parse_arguments(LineReader& reader, Operation& operation) {
    const Shape& shape = shape_of(operation.verb);
    if (shape.takes_register) {
        const auto source = reader.take_register();
        if (!source) reader.fail("a register: a, b or c");
        operation.source = *source;
        reader.skip_blanks();
    }
    for (std::size_t i = 0; i < 2; ++i)
        if (shape.slots[i] != Slot::none) parse_argument(reader, operation, i);
}

void parse_verb(LineReader& reader, bool constructs, Operation& operation) {
    const std::size_t start = reader.position();
    const std::string_view word = reader.take_word();
    if (!find_verb(word, constructs, operation)) {
        reader.rewind(start);
        reader.fail(expected_in_place_of(word, constructs));
    }
    if (operation.inverse && !may_invert(operation.verb)) {
        reader.rewind(start);
        reader.fail("an operation that an inverse has");
    }
    reader.skip_blanks();
}

/// Reads `register =` or `register .`, whichever stands here; says whether the line constructs.
bool parse_target(LineReader& reader, Operation& operation) {
    const std::size_t start = reader.position();
    if (const auto target = reader.take_register()) {
        operation.target = *target;
        if (reader.take(".")) return false;
        reader.skip_blanks();
        if (reader.take("=")) {
            reader.skip_blanks();
            return true;
        }
        reader.fail("\".\" or \"=\" after a register");
    }
    reader.rewind(start);
    return false;
}

Operation parse_line(LineReader& reader) {
    Operation operation;
    const bool constructs = parse_target(reader, operation);
    if (!constructs) operation.inverse = reader.take("inverse.");
    parse_verb(reader, constructs, operation);
    parse_arguments(reader, operation);
    parse_fault(reader, operation);
    reader.skip_blanks();
    if (!reader.at_end()) reader.fail("a fault, a comment or the end of the line");
    return normalized(operation);
}

}  // namespace

std::string printable(std::string_view text, std::size_t longest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string shown;
    for (const char c : text.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= ' ' && byte <= '~')
            shown += c;
        else
            shown += {'\\', 'x', digits[byte / 16], digits[byte % 16]};
    }
    return text.size() > longest ? shown + "..." : shown;
}

std::string octal_escape(std::uint8_t byte) {
    const auto digit = [byte](int place) { return static_cast<char>('0' + (byte >> 3 * place) % 8); };
    return {'\\', digit(2), digit(1), digit(0)};
}

std::string_view name_of(Register which) { return register_names[index_of(which)]; }
std::string_view name_of(Side side) { return side == Side::left ? "left" : "right"; }
std::string_view name_of(Fault::Kind kind) { return fault_names[static_cast<std::size_t>(kind)]; }

std::string name_of(Verb verb, Side side) {
    std::string name{shape_of(verb).name};
    if (shape_of(verb).sided) name += '_' + std::string{name_of(side)};
    return name;
}

std::string print(const Operation& operation) {
    const Shape& shape = shape_of(operation.verb);
    std::string text{name_of(operation.target)};
    text += shape.constructs ? " = " : ".";
    if (operation.inverse) text += "inverse.";
    text += name_of(operation.verb, operation.side);
    if (shape.takes_register) text += ' ' + std::string{name_of(operation.source)};
    for (std::size_t i = 0; i < 2; ++i)
        if (shape.slots[i] != Slot::none) text += ' ' + print_argument(operation, i);
    if (is_faulted(operation))
        text += " !" + std::string{name_of(operation.fault.kind)} + '=' + std::to_string(operation.fault.nth);
    return text;
}

std::string print(const Program& program) {
    std::string text;
    for (const Operation& operation : program) text += print(operation) + '\n';
    return text;
}

Program parse(std::string_view text, std::string_view file) {
    Program program;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        LineReader reader{text.substr(0, end), file, number};
        if (!reader.at_end()) program.push_back(parse_line(reader));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return program;
}

}  // namespace bimap::properties
