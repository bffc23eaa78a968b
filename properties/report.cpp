// SPDX-License-Identifier: BSL-1.0
// The words for Verdicts and reproducers.
#include "properties/report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "properties/bytes.hpp"
#include "properties/text.hpp"

namespace bimap::properties {

namespace {

std::string operation_at(const Program& program, std::size_t i) {
    if (i > program.size()) return "a repetition of the program";
    if (i == program.size()) return "the end";
    return "operation " + std::to_string(i + 1) + " (" + print(program[i]) + ')';
}

std::string ordinal(int number) {
    const int last = number / 10 % 10 == 1 ? 0 : number % 10;
    return std::to_string(number) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

/// Where a Verdict showed.
std::string place(const Verdict& verdict, const Program& program) {
    const auto& [nth, first, at] = verdict.repetition;
    if (nth == 0) return operation_at(program, verdict.at);
    const std::size_t repeated = program.size() - first;
    return operation_at(program, at) + ", in the " + ordinal(nth) + " repetition of " +
           (first == 0      ? "the program"
            : repeated == 1 ? "the last operation"
                            : "the last " + amount(repeated, "operation"));
}

std::string leaked_amount(const Verdict& verdict) {
    if (verdict.sign == Verdict::Sign::elements) return amount(verdict.elements, "element");
    const std::string bytes = amount(verdict.bytes, "byte");
    const bool in_one_block = verdict.sign == Verdict::Sign::growth && verdict.blocks == 0;
    const std::string blocks = in_one_block ? bytes : amount(verdict.blocks, "block") + " (" + bytes + ')';
    return blocks + (verdict.sign == Verdict::Sign::growth ? " more" : "");
}

std::string describe_leak(const Verdict& verdict, const Program& program) {
    std::string text = leaked_amount(verdict) + ' ' + std::string{name_of(verdict.leak)} + ", made by " +
                       operation_at(program, verdict.maker);
    if (verdict.sign == Verdict::Sign::growth)
        return text + ", from the " + ordinal(verdict.rounds / 4) + " to the " + ordinal(verdict.rounds) +
               " repetition of the program";
    return text + ", seen after " + operation_at(program, verdict.at);
}

/// "tricky-leaks/lost-duplicate" as an identifier: TrickyLeaksLostDuplicate.
std::string identifier(const std::string& name) {
    std::string text;
    bool word_starts = true;
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) text += word_starts && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        word_starts = !letter;
    }
    return text;
}

}  // namespace

std::string amount(std::size_t count, const std::string& what) {
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::string describe(const Verdict& verdict, const Program& program) {
    std::string kind{name_of(verdict.kind)};
    const std::string after = place(verdict, program);
    switch (verdict.kind) {
        case Verdict::Kind::holds:
            return kind;
        case Verdict::Kind::diverges:
            return kind + " (" + std::string{name_of(verdict.aspect)} + ") after " + after + ": expected " +
                   verdict.expected + ", saw " + verdict.seen;
        case Verdict::Kind::leaks:
            return kind + ": " + describe_leak(verdict, program);
        case Verdict::Kind::crashes:
            return kind + " in " + after + ": " + verdict.what;
        case Verdict::Kind::hangs:
            return kind + " in " + after;
    }
    return kind;
}

namespace {

bool meets_a_fault(const Program& program) { return std::any_of(program.begin(), program.end(), is_faulted); }

std::string_view broken_by_difference(Verdict::Aspect aspect) {
    switch (aspect) {
        case Verdict::Aspect::ending:
            return "a call returns where it succeeds, and throws only what it should";
        case Verdict::Aspect::answer:
            return "a call answers what came of it";
        case Verdict::Aspect::arguments:
            return "an argument that is refused, or does not expire, is as it was";
        case Verdict::Aspect::order:
            return "a side shows its pairs in its order";
        case Verdict::Aspect::size:
            return "the size is the number of pairs";
        case Verdict::Aspect::elements:
            return "each pair is made of living elements";
        case Verdict::Aspect::paths:
            return "every way through the map shows the same pairs, in the same order";
        case Verdict::Aspect::invariant:
            return "the map's own invariants hold";
        case Verdict::Aspect::identity:
            return "what is stored is what was given";
        case Verdict::Aspect::reference:
            return "references and iterators to a pair stay good as long as it is in its map";
        case Verdict::Aspect::steps:
            return "a call takes no more work than its pairs are worth";
        case Verdict::Aspect::none:
        case Verdict::Aspect::content:
            break;
    }
    return "both directions show the same pairs, those that were put in and not taken out";
}

std::string_view broken_by_leak(LeakKind kind) {
    switch (kind) {
        case LeakKind::lost:
            return "what is made for a pair is destroyed and freed";
        case LeakKind::cyclic:
            return "what owns itself is destroyed and freed, too";
        case LeakKind::retained:
            return "what is made for a pair is released with the pair";
    }
    return "";
}

}  // namespace

std::string broken_promise(const Verdict& verdict, const Program& program) {
    const std::string when = meets_a_fault(program) ? ", when something throws, too" : "";
    switch (verdict.kind) {
        case Verdict::Kind::diverges:
            return std::string{broken_by_difference(verdict.aspect)} + when;
        case Verdict::Kind::leaks:
            return std::string{broken_by_leak(verdict.leak)} + when;
        case Verdict::Kind::hangs:
            return "every call ends" + when;
        default:
            return "no call has undefined behaviour or ends the process" + when;
    }
}

std::string calls(const Subject& subject, bool offered) {
    std::string text;
    const auto add = [&](const std::string& name) { text += (text.empty() ? "" : " ") + name; };
    for (std::size_t i = 0; i < verb_count; ++i) {
        const auto verb = static_cast<Verb>(i);
        const std::string name{shape_of(verb).name};
        const bool left = subject.offer.contains(verb, Side::left, false) == offered;
        const bool right = subject.offer.contains(verb, Side::right, false) == offered;
        const bool has_a_namesake = verb == Verb::clear_view;
        if (offered_as(verb) != verb) continue;
        if (!shape_of(verb).sided || (left && right && !has_a_namesake)) {
            if (left) add(name);
        } else {
            if (left) add(name + "_left");
            if (right) add(name + "_right");
        }
    }
    return text;
}

std::string corpus_text(const std::string& subject, const Program& program, const Verdict& verdict) {
    return "# " + subject + ' ' + describe(verdict, program) + '\n' + print(program);
}

std::string escaped_bytes(const Program& program) {
    std::string text;
    for (const std::uint8_t byte : encode(program)) text += octal_escape(byte);
    return text;
}

std::string test_case(const std::string& subject, const Program& program, const std::string& what) {
    return "#include \"properties/testing.hpp\"\n\nTEST(Regression, " + identifier(subject + '/' + what) +
           ") {\n    EXPECT_TRUE(bimap::properties::holds(\"" + subject + "\", R\"(\n" + print(program) +
           ")\"));\n}\n";
}

std::string legend(const Subject& subject, const Program& program) {
    std::map<std::pair<Side, Number>, std::string> elements;
    const auto session = subject.open();
    for (const Operation& operation : program)
        for (std::size_t i = 0; i < 2; ++i)
            if (holds_element(shape_of(operation.verb).slots[i])) {
                const std::pair key{map_side_of(operation, i), operation.numbers[i]};
                elements.emplace(key, session->element(key.first, key.second));
            }
    std::string text;
    for (const auto& [key, element] : elements)
        if (!element.empty() && element != std::to_string(key.second))
            text += (text.empty() ? "" : ", ") + std::string{name_of(key.first)} + ' ' +
                    std::to_string(key.second) + " is " + element;
    return text;
}

std::string excuse_note(const std::string& convention) {
    return "no defect if the map is meant to be so; then declare: " + convention;
}

std::string report(const Subject& subject, const Program& program, const Verdict& verdict) {
    const std::string meaning = legend(subject, program);
    const bool is_stray_pointer = verdict.what == "SIGSEGV" || verdict.what == "SIGBUS";
    return subject.name + ' ' + describe(verdict, program) + '\n' +
           (is_stray_pointer ? "(built with -fsanitize=address, it would say where it goes astray)\n" : "") +
           "\nas text:\n\n" + print(program) + (meaning.empty() ? "" : "\nwhere " + meaning + '\n') +
           "\nas bytes:\n\nprintf '" + escaped_bytes(program) + "'\n\nas a GoogleTest case:\n\n" +
           test_case(subject.name, program) +
           "\nreplay it, from the text in a file:\n\nbimap-check replay --subject " + subject.name +
           " FILE.txt\n";
}

}  // namespace bimap::properties
