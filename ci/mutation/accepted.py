# SPDX-License-Identifier: BSL-1.0
"""The mutants that nothing can tell from the library: a committed list, each with its reason, and checked."""

import dataclasses
import re


@dataclasses.dataclass
class Accepted:
    """One entry: the header, the mutant's key, the reason, and where it is written."""

    header: str
    key: str
    reason: str
    place: str


def read(path):
    """Reads a list: `in HEADER:` opens a header's part; a reason, as comment lines, goes before the keys it is for.
    What is indented goes on with the key above."""
    entries, header, reason, fresh = [], "", "", True
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if number <= 2 or not line.strip():
            fresh = True
        elif opening := re.fullmatch(r"in (\S+):", line):
            header = opening[1]
            fresh = True
        elif line.startswith("#"):
            reason = line[1:].strip() if fresh else f"{reason} {line[1:].strip()}"
            fresh = False
        elif line.startswith(" ") and entries:
            entries[-1].key += " " + line.strip()
        else:
            if not header or not reason:
                raise SystemExit(f"{path}:{number}: a mutant without a header or a reason above it")
            entries.append(Accepted(header, line.strip(), reason, f"{path.name}:{number}"))
            fresh = True
    return entries


def for_nothing(entries, mutants):
    """The entries that name none of the mutants, in words."""
    keys = {(mutant.header, mutant.key) for mutant in mutants}
    return [f"{e.place}: {e.header}: {e.key}" for e in entries if (e.header, e.key) not in keys]
