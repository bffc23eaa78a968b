# SPDX-License-Identifier: BSL-1.0
"""Where and how a header can be changed: reads it with libclang and lists the sites, each with its mutants."""

import dataclasses
import re
import sys

SWITCH = "::bimap::mutation"


@dataclasses.dataclass(eq=False)
class Mutant:
    """One change to the library. Its key says where without line numbers, so that it outlives edits elsewhere."""

    header: str
    function: str
    kind: str
    before: str
    after: str
    line: int
    optional: bool = False  # exists only where types agree, so that it may never come to be
    number: int = 0
    nth: int = 1  # among those that look alike
    promise: str = ""  # of one that is written by hand: its file, below properties/mutants

    @property
    def key(self):
        if self.promise:
            return self.promise
        nth = f" #{self.nth}" if self.nth > 1 else ""
        return f"{self.function}: {self.kind}: {self.before} -> {self.after}{nth}"

    @property
    def place(self):
        return f"{self.header}:{self.line}"


@dataclasses.dataclass(eq=False)
class Site:
    """A part of the text that is replaced; `render` is given a function that renders what lies inside."""

    start: int
    end: int
    mutants: list
    render: object


# What stands for an operator: the name of its function object, and those of its mutants with their spelling.
BINARY = {
    "<": ("std::less<>", [("std::less_equal<>", "<="), ("std::greater_equal<>", ">=")]),
    "<=": ("std::less_equal<>", [("std::less<>", "<"), ("std::greater<>", ">")]),
    ">": ("std::greater<>", [("std::greater_equal<>", ">="), ("std::less_equal<>", "<=")]),
    ">=": ("std::greater_equal<>", [("std::greater<>", ">"), ("std::less<>", "<")]),
    "==": ("std::equal_to<>", [("std::not_equal_to<>", "!=")]),
    "!=": ("std::not_equal_to<>", [("std::equal_to<>", "==")]),
    "+": ("std::plus<>", [("std::minus<>", "-")]),
    "-": ("std::minus<>", [("std::plus<>", "+")]),
    "*": ("std::multiplies<>", [("std::divides<>", "/")]),
    "/": ("std::divides<>", [("std::multiplies<>", "*")]),
    "%": ("std::modulus<>", [("std::multiplies<>", "*")]),
    "&": ("std::bit_and<>", [("std::bit_or<>", "|")]),
    "|": ("std::bit_or<>", [("std::bit_and<>", "&")]),
    "^": ("std::bit_xor<>", [("std::bit_and<>", "&")]),
    "<<": (f"{SWITCH}::ShiftLeft", [(f"{SWITCH}::ShiftRight", ">>")]),
    ">>": (f"{SWITCH}::ShiftRight", [(f"{SWITCH}::ShiftLeft", "<<")]),
}
COMPARISONS = {"<", "<=", ">", ">=", "==", "!="}
MIRRORED = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


# The library's own checks. Nothing breaks an invariant but a mutant, so what they see is proved by those in
# properties/mutants/invariants, each of which must be named by its number.
CHECKS = re.compile(
    r"violated\w*$|::summaries_agree$|::is_accounted_for$|HashIndex::(names_only_live|counts_who_passed|passed"
    r"|reaches|is_between)$"
)


def one_line(text):
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r"\s+", " ", text).strip()


def shortened(text, width=100):
    text = one_line(text)
    return text if len(text) <= width else text[: width - 2] + " …"


def mirror_of(name):
    """The name with left and right exchanged, or None."""
    mirrored = re.sub("left|right|Left|Right", lambda word: MIRRORED[word[0]], name)
    return mirrored if mirrored != name else None


class Reader:
    """Walks over the functions of one header."""

    def __init__(self, unit, header, path):
        import clang.cindex

        self.kinds = clang.cindex.CursorKind
        self.header = header
        self.path = str(path)
        self.text = path.read_text(encoding="latin-1")  # a character for each byte, as libclang counts
        self.unit = unit
        self.sites = []
        self.taken = set()
        self.names = []

    # The walk over declarations.

    def read(self):
        for cursor in self.unit.cursor.get_children():
            if cursor.location.file and cursor.location.file.name == self.path:
                self.declaration(cursor)
        return self

    def declaration(self, cursor):
        k = self.kinds
        functions = {
            k.CXX_METHOD, k.CONSTRUCTOR, k.DESTRUCTOR, k.CONVERSION_FUNCTION, k.FUNCTION_DECL, k.FUNCTION_TEMPLATE,
        }
        if cursor.kind in functions:
            self.function(cursor)
        elif cursor.kind in {
            k.NAMESPACE, k.CLASS_DECL, k.STRUCT_DECL, k.CLASS_TEMPLATE, k.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION,
            k.FRIEND_DECL, k.UNEXPOSED_DECL, k.LINKAGE_SPEC,
        }:
            scope = cursor.spelling if cursor.kind not in {k.NAMESPACE, k.FRIEND_DECL, k.UNEXPOSED_DECL} else ""
            if scope:
                self.names.append(re.sub(r"<.*", "", scope))
            for child in cursor.get_children():
                self.declaration(child)
            if scope:
                self.names.pop()

    def function(self, cursor):
        body = next((c for c in cursor.get_children() if c.kind == self.kinds.COMPOUND_STMT), None)
        if body is None:
            return
        if "consteval" in self.text[cursor.extent.start.offset : body.extent.start.offset].split():
            return
        name = re.sub(r"<.*", "", cursor.spelling) if "operator" not in cursor.spelling else cursor.spelling
        self.name = "::".join(self.names[-2:] + [name])
        if CHECKS.search(self.name):
            return
        self.returns = cursor.result_type.spelling
        self.is_constructor = cursor.kind == self.kinds.CONSTRUCTOR or (
            cursor.kind == self.kinds.FUNCTION_TEMPLATE and self.names and name == self.names[-1]
        )
        if self.is_constructor:
            for child in cursor.get_children():
                if child.kind.is_expression() and not self.is_constraint(child):
                    self.expression(child)
        self.compound(body)

    def is_constraint(self, cursor):
        """Whether it is what `requires` asks for: the compiler decides that before any mutant is on."""
        return re.search(r"\brequires\s*\(?\s*$", self.text[: cursor.extent.start.offset]) is not None

    # Statements.

    def span(self, cursor):
        return cursor.extent.start.offset, cursor.extent.end.offset

    def source(self, cursor):
        start, end = self.span(cursor)
        return self.text[start:end]

    def compound(self, cursor):
        for child in cursor.get_children():
            self.statement(child)

    def statement(self, cursor):
        k = self.kinds
        if cursor.kind == k.COMPOUND_STMT:
            self.compound(cursor)
        elif cursor.kind == k.IF_STMT:
            self.branch(cursor, "if")
        elif cursor.kind == k.WHILE_STMT:
            self.branch(cursor, "while")
        elif cursor.kind == k.FOR_STMT:
            self.loop(cursor)
        elif cursor.kind == k.CXX_FOR_RANGE_STMT:
            children = list(cursor.get_children())
            self.statement(children[-1])
        elif cursor.kind == k.RETURN_STMT:
            self.returned(cursor)
        elif cursor.kind in {k.BREAK_STMT, k.CONTINUE_STMT}:
            self.deletable(cursor)
        elif cursor.kind == k.DECL_STMT:
            self.local(cursor)
        elif cursor.kind.is_expression():
            if "static_cast<void>" not in self.source(cursor):
                self.deletable(cursor)
            self.expression(cursor)
        else:
            for child in cursor.get_children():
                self.statement(child)

    @staticmethod
    def is_computed_while_compiling(declaration):
        words = re.findall(r"\w+", re.split("[={]", declaration)[0])
        return not {"constexpr", "static_assert", "using"}.isdisjoint(words)

    def local(self, cursor):
        if self.is_computed_while_compiling(self.source(cursor)):
            return
        for child in cursor.get_children():
            for inner in child.get_children():
                if inner.kind.is_expression():
                    self.expression(inner)

    def returned(self, cursor):
        children = list(cursor.get_children())
        if not children:
            self.deletable(cursor)
            return
        self.expression(children[0], condition=self.returns == "bool")

    def branch(self, cursor, word):
        start, end = self.span(cursor)
        rest = self.text[start + len(word) :].lstrip()
        opening = self.text.index("(", start)
        closing = self.matching(opening)
        is_static = rest.startswith("constexpr")
        head = [c for c in cursor.get_children() if c.extent.end.offset <= closing]
        bodies = [c for c in cursor.get_children() if c.extent.start.offset >= closing]
        if not is_static and head:
            condition = head[-1]
            if condition.kind.is_expression():
                self.expression(condition, condition=True, guard=word == "if")
            for declared in head[:-1] if condition.kind.is_expression() else head:
                for inner in declared.walk_preorder():
                    if inner.kind == self.kinds.VAR_DECL:
                        for value in inner.get_children():
                            if value.kind.is_expression():
                                self.expression(value)
                        break
        for body in bodies:
            self.statement(body)

    def loop(self, cursor):
        start, _ = self.span(cursor)
        opening = self.text.index("(", start)
        closing = self.matching(opening)
        first = self.text.index(";", opening)
        second = self.text.index(";", first + 1)
        for child in cursor.get_children():
            at = child.extent.start.offset
            if at >= closing:
                self.statement(child)
            elif at < first:
                if child.kind == self.kinds.DECL_STMT:
                    self.local(child)
            elif at < second:
                self.expression(child, condition=True)

    def matching(self, opening):
        depth = 0
        for i in range(opening, len(self.text)):
            depth += {"(": 1, ")": -1}.get(self.text[i], 0)
            if depth == 0:
                return i
        raise ValueError("unbalanced")

    def deletable(self, cursor):
        start, end = self.span(cursor)
        semicolon = re.compile(r"\s*;").match(self.text, end)
        if not semicolon:
            return
        mutant = self.mutant(cursor, "statement deleted", self.source(cursor), "nothing")
        self.add(
            start,
            semicolon.end(),
            [mutant],
            lambda get, m=mutant, a=start, b=semicolon.end(): f"if (!{SWITCH}::is({m.number})) {{ {get(a, b)} }}",
        )

    # Expressions.

    def expression(self, cursor, condition=False, guard=False):
        k = self.kinds
        if guard:
            self.never(cursor)
        children = list(cursor.get_children())
        if cursor.kind in {k.UNEXPOSED_EXPR, k.PAREN_EXPR} and len(children) == 1:
            self.expression(children[0], condition)
            return
        if cursor.kind == k.LAMBDA_EXPR:
            self.lambda_body(children)
            return
        if cursor.kind == k.BINARY_OPERATOR and len(children) == 2:
            self.binary(cursor, *children)
        elif cursor.kind == k.CALL_EXPR and self.is_operator_call(cursor, children):
            parts = sorted(children, key=lambda c: c.extent.start.offset)
            self.binary(cursor, parts[0], parts[-1])
        elif cursor.kind == k.COMPOUND_ASSIGNMENT_OPERATOR:
            self.expression(children[1])
        elif cursor.kind == k.CONDITIONAL_OPERATOR:
            self.expression(children[0], condition=True)
            self.expression(children[1])
            self.expression(children[2])
        elif cursor.kind == k.UNARY_OPERATOR and self.source(cursor).startswith("!"):
            self.expression(children[0], condition=True)
        elif cursor.kind == k.INTEGER_LITERAL:
            self.literal(cursor)
        elif cursor.kind == k.CXX_BOOL_LITERAL_EXPR:
            self.flip(cursor)
        elif cursor.kind in {k.DECL_REF_EXPR, k.MEMBER_REF_EXPR}:
            if condition:
                self.negated(cursor)
            self.mirrored(cursor)
            for child in children:
                if child.kind.is_expression():
                    self.expression(child)
        else:
            if condition:
                self.negated(cursor)
            if cursor.kind == k.CALL_EXPR:
                self.call(cursor)
            in_braces = cursor.kind == k.INIT_LIST_EXPR or "{" in self.source(cursor).split("(")[0]
            for child in children:
                if in_braces and self.unwrapped(child).kind == k.INTEGER_LITERAL:
                    continue
                if child.kind.is_expression():
                    self.expression(child)

    def unwrapped(self, cursor):
        children = list(cursor.get_children())
        while cursor.kind == self.kinds.UNEXPOSED_EXPR and len(children) == 1:
            cursor = children[0]
            children = list(cursor.get_children())
        return cursor

    def lambda_body(self, children):
        returns, self.returns = self.returns, "auto"
        for child in children:
            if child.kind == self.kinds.COMPOUND_STMT:
                self.compound(child)
        self.returns = returns

    def is_operator_call(self, cursor, children):
        if len(children) < 2:
            return False
        parts = sorted(children, key=lambda c: c.extent.start.offset)
        start, end = parts[0].extent.end.offset, parts[-1].extent.start.offset
        operator = self.text[start:end].strip()
        return operator in BINARY and parts[-1].extent.end.offset == cursor.extent.end.offset

    def binary(self, cursor, left, right):
        operator = self.text[left.extent.end.offset : right.extent.start.offset].strip()
        if operator in {"&&", "||"}:
            self.logical(cursor, operator, left, right)
            return
        self.expression(left)
        self.expression(right)
        if operator not in BINARY:
            return
        original, others = BINARY[operator]
        before = self.source(cursor)
        a, b = self.source(left), self.source(right)
        optional = operator not in {"==", "!="}
        kind = "comparison" if operator in COMPARISONS else "arithmetic"
        mutants = [
            self.mutant(cursor, kind, before, f"{a} {spelling} {b}", optional=optional) for _, spelling in others
        ]

        def render(get):
            instead = ", ".join(
                f"{SWITCH}::Instead<{m.number}, {name}>" for m, (name, _) in zip(mutants, others, strict=True)
            )
            return f"{SWITCH}::binary<{original}, {instead}>({get(*self.span(left))}, {get(*self.span(right))})"

        self.add(*self.span(cursor), mutants, render)

    def logical(self, cursor, operator, left, right):
        self.expression(left, condition=True)
        self.expression(right, condition=True)
        before = self.source(cursor)
        first = self.mutant(cursor, "condition dropped", before, self.source(right))
        second = self.mutant(cursor, "condition dropped", before, self.source(left))

        def part(mutant, text):
            if operator == "&&":
                return f"({SWITCH}::is({mutant.number}) || ({text}))"
            return f"(!{SWITCH}::is({mutant.number}) && ({text}))"

        self.add(
            *self.span(cursor),
            [first, second],
            lambda get: f"({part(first, get(*self.span(left)))} {operator} {part(second, get(*self.span(right)))})",
        )

    def never(self, cursor):
        mutant = self.mutant(cursor, "condition never", self.source(cursor), "false")
        self.add(
            *self.span(cursor),
            [mutant],
            lambda get: f"(!{SWITCH}::is({mutant.number}) && ({get(*self.span(cursor))}))",
        )

    def negated(self, cursor):
        mutant = self.mutant(cursor, "condition negated", self.source(cursor), f"!({self.source(cursor)})")
        self.add(
            *self.span(cursor),
            [mutant],
            lambda get: f"({SWITCH}::is({mutant.number}) != static_cast<bool>({get(*self.span(cursor))}))",
        )

    def flip(self, cursor):
        if self.is_template_argument(cursor):
            return
        value = self.source(cursor)
        mutant = self.mutant(cursor, "constant", value, "false" if value == "true" else "true")
        self.add(*self.span(cursor), [mutant], lambda get: f"({SWITCH}::is({mutant.number}) != {value})")

    def is_template_argument(self, cursor):
        """Whether it is one of a list such as `SipHash<1, 3>`: no switch has a say in what the compiler evaluates."""
        start = cursor.extent.start.offset
        before = self.text.rfind("\n", 0, start) + 1
        lists = re.finditer(r"\w<[^<>()]*>", self.text[before : self.text.find("\n", start)])
        return any(before + one.start() < start < before + one.end() for one in lists)

    def literal(self, cursor):
        value = self.source(cursor)
        parsed = re.fullmatch(r"(0[xX][0-9a-fA-F']+|[0-9']+)([uUlL]*)", value)
        if not parsed or self.is_template_argument(cursor):
            return
        digits = parsed[1].replace("'", "")
        number, suffix = int(digits, 0), parsed[2]
        others = [number + 1] if number == 0 else [number + 1, number - 1]
        line = self.text.rfind("\n", 0, cursor.extent.start.offset) + 1
        context = one_line(self.text[line : self.text.find("\n", cursor.extent.end.offset)])
        mutants = [self.mutant(cursor, f"constant in {context}", value, f"{n}{suffix}") for n in others]

        def render(_):
            text = value
            for mutant, n in zip(mutants, others, strict=True):
                text = f"({SWITCH}::is({mutant.number}) ? {n}{suffix} : {text})"
            return text

        self.add(*self.span(cursor), mutants, render)

    def mirrored(self, cursor):
        """The other side's variable or member instead of this one's, if it has the same type."""
        spelled = self.source(cursor)
        name = re.search(r"(\w+)$", spelled)
        other = name and mirror_of(name[1])
        if not other or "::" in spelled or cursor.kind == self.kinds.DECL_REF_EXPR and self.is_function(cursor):
            return
        if "<" in spelled or "(" in spelled and name[1] == spelled:
            return
        after = re.compile(r"\s*[<({]").match(self.text, cursor.extent.end.offset)
        if after or self.is_asked_for_its_type(cursor):
            return
        mutant = self.mutant(cursor, "sides swapped", spelled, spelled[: name.start()] + other, optional=True)
        mutant.kind = "sides swapped in " + shortened(self.line_of(cursor), 70)
        self.add(
            *self.span(cursor),
            [mutant],
            lambda get: f"{SWITCH}::pick<{mutant.number}>({spelled}, {mutant.after})",
        )

    def is_asked_for_its_type(self, cursor):
        return self.text[: cursor.extent.start.offset].rstrip().endswith("decltype(")

    def line_of(self, cursor):
        offset = cursor.extent.start.offset
        return one_line(self.text[self.text.rfind("\n", 0, offset) + 1 : self.text.find("\n", offset)])

    def is_function(self, cursor):
        k = self.kinds
        referenced = cursor.referenced
        return referenced is not None and referenced.kind not in {k.VAR_DECL, k.PARM_DECL, k.FIELD_DECL}

    def call(self, cursor):
        text = self.source(cursor)
        mirrored = re.fullmatch(r"(\w+)\.mirrored\(\)", text)
        if mirrored:
            mutant = self.mutant(cursor, "not mirrored", text, mirrored[1])
            self.add(
                *self.span(cursor),
                [mutant],
                lambda get: f"({SWITCH}::is({mutant.number}) ? {mirrored[1]} : {text})",
            )
        self.arguments(cursor)

    def arguments(self, cursor):
        """Two neighbours of one arithmetic type, exchanged; but not where either order is the same."""
        if cursor.spelling in {"swap", "min", "max"}:
            return
        given = list(cursor.get_arguments())
        for one, other in zip(given, given[1:], strict=False):
            if one is None or other is None:
                continue
            a, b = self.source(one), self.source(other)
            if a == b or not (self.is_plain(a) and self.is_plain(b)):
                continue
            types = {one.type.get_canonical().spelling, other.type.get_canonical().spelling}
            types = {t.removeprefix("const ") for t in types}
            if len(types) != 1 or not types <= {"unsigned int", "unsigned long", "bool", "int"}:
                continue
            mutant = self.mutant(cursor, f"arguments swapped in {shortened(self.source(cursor), 60)}", f"{a}, {b}",
                                 f"{b}, {a}")
            start, end = one.extent.start.offset, other.extent.end.offset
            self.add(
                start,
                end,
                [mutant],
                lambda get, m=mutant, a=a, b=b, one=self.span(one), other=self.span(other): (
                    f"({SWITCH}::is({m.number}) ? {b} : {get(*one)}), ({SWITCH}::is({m.number}) ? {a} : {get(*other)})"
                ),
            )
            return

    def is_plain(self, text):
        return re.fullmatch(r"[\w.\[\]+ ]+", text) is not None and "++" not in text

    # Collecting.

    def mutant(self, cursor, kind, before, after, optional=False):
        line = cursor.extent.start.line
        return Mutant(self.header, self.name, kind, shortened(before), shortened(after), line, optional)

    def add(self, start, end, mutants, render):
        key = (start, end, mutants[0].kind)
        if start >= end or key in self.taken:
            return
        self.taken.add(key)
        self.sites.append(Site(start, end, mutants, render))


def number_all(sites, first):
    """Gives every mutant its number, in the order of the text, and tells lookalikes apart. Returns the next number."""
    alike = {}
    for site in sorted(sites, key=lambda s: (s.start, -s.end)):
        for mutant in site.mutants:
            mutant.number = first
            first += 1
            key = mutant.key
            alike[key] = alike.get(key, 0) + 1
            mutant.nth = alike[key]
    return first


def parsed(root, headers):
    """One translation unit of all headers, as libclang sees it."""
    sys.path.append("/usr/lib/python3/dist-packages")  # Debian's, also where another python3 comes first
    try:
        import clang.cindex
    except ImportError:
        raise SystemExit("ci/mutate: python3-clang-19 is missing; run ci/setup") from None
    if not clang.cindex.Config.loaded:
        clang.cindex.Config.set_library_file("/usr/lib/llvm-19/lib/libclang-19.so.1")
    all_headers = "".join(f'#include "{header}"\n' for header in headers)
    unit = clang.cindex.Index.create().parse(
        "/all/headers.cpp", ["-x", "c++", "-std=c++20", f"-I{root}"], unsaved_files=[("/all/headers.cpp", all_headers)]
    )
    errors = [d for d in unit.diagnostics if d.severity >= clang.cindex.Diagnostic.Error]
    if errors:
        raise SystemExit(f"ci/mutate: the headers do not parse: {errors[0]}")
    return unit


def readers_of(root):
    """A Reader for each header of the library, with its sites."""
    headers = sorted(path.relative_to(root).as_posix() for path in (root / "bimap").rglob("*.hpp"))
    headers = [header for header in headers if "/benchmarks/" not in header and "/examples/" not in header]
    unit = parsed(root, headers)
    return [Reader(unit, header, root / header).read() for header in headers]
