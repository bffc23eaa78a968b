# SPDX-License-Identifier: BSL-1.0
"""Finds the function around a place in a header, by its braces alone: quick, and no compiler is needed."""

import re

ASIDE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)
NO_FUNCTION = re.compile(r"\b(namespace|class|struct|union|enum|concept)\b")


def without_asides(text):
    """The same length, with blanks for comments, strings and characters."""
    return ASIDE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def outside_brackets(head):
    """What stands before a brace, without what is in brackets, as template parameters are."""
    while True:
        shorter = re.sub(r"\([^()]*\)|<[^<>]*>", " ", head)
        if shorter == head:
            return head
        head = shorter


def is_body(plain, brace):
    """Whether this brace opens a function and not a type or a namespace."""
    start = max(plain.rfind(end, 0, brace) for end in ";{}") + 1
    return not NO_FUNCTION.search(outside_brackets(plain[start:brace]))


def closing(plain, brace):
    depth = 0
    for found in re.finditer(r"[{}]", plain[brace:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return brace + found.start()
    raise ValueError("a brace is not closed")


def body_around(text, start, end):
    """The first and the last place of the function's body in which [start, end) lies, or None."""
    plain = without_asides(text)
    open_braces = []
    for found in re.finditer(r"[{}]", plain[:start]):
        if found[0] == "{":
            open_braces.append(found.start())
        else:
            open_braces.pop()
    for brace in open_braces:
        if is_body(plain, brace):
            last = closing(plain, brace) + 1
            return (brace, last) if end <= last else None
    return None
