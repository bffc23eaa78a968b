# SPDX-License-Identifier: BSL-1.0
"""Tables for a terminal and in Markdown. The first row has the headings."""


def aligned(rows):
    """The cells, as wide as their columns: the first one to the left, numbers to the right."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in texts]


def with_rule(rows, end):
    """Aligned, and below the headings a rule; this is its end in the columns of numbers."""
    headings, *others = aligned(rows)
    first, *rest = map(len, headings)
    return [headings, ["-" * first, *("-" * (width - 1) + end for width in rest)], *others]


def plain(rows):
    return "\n".join("  ".join(cells) for cells in aligned(rows))


def ruled(rows):
    return "\n".join("  ".join(cells) for cells in with_rule(rows, "-"))


def markdown_line(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def markdown(rows):
    """A terminal shows it as a table, too."""
    return "\n".join(map(markdown_line, with_rule(rows, ":")))


def compact_markdown(rows):
    headings, *others = rows
    return "\n".join([markdown_line(headings), "|" + "---|" * len(headings), *map(markdown_line, others)])
