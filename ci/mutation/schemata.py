# SPDX-License-Identifier: BSL-1.0
"""Makes one text of many: a header in which every mutant is there, each behind its switch."""

import bisect
import re

SWITCH = "::bimap::mutation"


FIRST_COMPLAINT = 16000  # as in ci/mutation/switch.hpp


def complaints_of(texts):
    """What the library's own checks say, in the order in which it is written: {text: number}."""
    said = [text for content in texts for text in re.findall(r'"(I\d+: [^"]*)"', content)]
    return {text: FIRST_COMPLAINT + i for i, text in enumerate(dict.fromkeys(said))}


def noting(content, complaints):
    """A header in which every complaint leaves a note."""
    return re.sub(
        r'"(I\d+: [^"]*)"', lambda m: f'{SWITCH}::complaint({complaints[m[1]]}, "{m[1]}")', content
    )


def planted(content):
    """The numbers of the mutants that are in a header."""
    return {int(number) for number in re.findall(r"(?:\bis\(|Instead<|pick<)\s*(\d+)", content)}


def nested(sites):
    """Sites in order, each with those that lie inside it. Of two that overlap, the first is kept."""
    roots, open_sites = [], []
    for site in sorted(sites, key=lambda s: (s.start, -s.end)):
        site.inner = []
        while open_sites and open_sites[-1].end <= site.start:
            open_sites.pop()
        if open_sites and site.end > open_sites[-1].end:
            continue
        (open_sites[-1].inner if open_sites else roots).append(site)
        open_sites.append(site)
    return roots


def render(text, start, end, sites):
    """The text of [start, end) with these sites in it. A site begins a line, so that a compiler's message names it."""
    parts, at = [], start
    for site in sites:
        if site.start < at or site.end > end:
            continue
        parts.append(text[at : site.start])
        parts.append("\n" + site.render(lambda a, b, s=site: render(text, a, b, s.inner)) + "\n")
        at = site.end
    parts.append(text[at:end])
    return "".join(parts)


def instrumented(text, sites, bodies):
    """A whole header. `bodies` are the mutants that are whole function bodies: (start, end, mutant, new body)."""
    pieces, at = [], 0
    roots = nested(sites)
    starts = [site.start for site in roots]

    def plain(start, end):
        first, last = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
        return render(text, start, end, roots[first:last])

    for start, end in sorted({(start, end) for start, end, _, _ in bodies}):
        pieces.append(plain(at, start))
        for s, e, mutant, body in bodies:
            if (s, e) == (start, end):
                pieces.append(f"{{ if ({SWITCH}::is(\n{mutant.number}))\n{body}\nelse ")
        pieces.append(plain(start, end))
        pieces.append("}" * sum((s, e) == (start, end) for s, e, _, _ in bodies))
        at = end
    pieces.append(plain(at, len(text)))
    # A constant is computed while compiling, if it can be, and then no mutant is on.
    whole = re.sub(r"^( +)const (?=bool \w+ =)", r"\1", "".join(pieces), flags=re.MULTILINE)
    return whole.replace("#pragma once", '#pragma once\n#include "ci/mutation/switch.hpp"', 1)
