# SPDX-License-Identifier: BSL-1.0
"""The mutants written by hand: reads the files in properties/mutants, and finds what they change."""

import dataclasses
import re

from bodies import body_around
from sites import Mutant


class Malformed(Exception):
    """A file that says nothing that can be done, or no longer applies; the text says where and why."""


@dataclasses.dataclass(eq=False)
class Written:
    """One file: what it breaks, where, the old text and the new."""

    name: str  # promise/what-it-does
    story: str
    header: str
    sees: str  # the check that must name it, if one must
    test: str  # the test source that must see it, if it changes more than a function's body
    in_sample: bool  # whether ci/check-mutants judges it, too
    old: str
    new: str
    mutant: Mutant = None
    body: tuple = None


FORM = re.compile(
    r"\A# SPDX[^\n]*\n(?P<story>(?:#[^\n]*\n)+)(?P<fields>(?:\w+: [^\n]*\n)+)"
    r"--- old\n(?P<old>|.*?\n)--- new\n(?P<new>.*)\Z",
    re.DOTALL,
)


def read(path, name):
    """One file as data."""
    form = FORM.match(path.read_text())
    if not form:
        raise Malformed(f"{path}: not of the form: # SPDX…, # what it breaks, in: HEADER, --- old, TEXT, --- new, TEXT")
    fields = dict(line.split(": ", 1) for line in form["fields"].splitlines())
    unknown = set(fields) - {"in", "sees", "test", "sample"}
    if unknown or "in" not in fields:
        raise Malformed(f"{path}: knows the fields in, sees, test and sample, and needs the first")
    story = " ".join(line.lstrip("# ") for line in form["story"].splitlines())
    old, new = form["old"].strip(), form["new"].strip()
    in_sample = fields.get("sample") == "yes"
    return Written(name, story, fields["in"], fields.get("sees", ""), fields.get("test", ""), in_sample, old, new)


def read_all(folder):
    """Every file, in the order of their names."""
    files = sorted(folder.glob("*/*.txt"))
    if not files:
        raise Malformed(f"{folder}: there is no mutant; are you in the right place?")
    return [read(file, f"{file.parent.name}/{file.stem}") for file in files]


def file_of(written):
    return f"properties/mutants/{written.name}.txt"


def place_of(written, text):
    """Where its old text is; white space does not count."""
    pattern = r"\s+".join(re.escape(word) for word in written.old.split())
    found = list(re.finditer(pattern, text))
    if len(found) != 1:
        count = "no longer" if not found else f"{len(found)} times"
        raise Malformed(f"{file_of(written)}: its old text is {count} in {written.header}; mend the file")
    return found[0].span()


def locate(written, root):
    """Finds the function whose body it changes; `body` stays None if it changes anything else."""
    header = root / written.header
    if not header.exists():
        raise Malformed(f"{file_of(written)}: there is no {written.header}")
    text = header.read_text(encoding="latin-1")
    start, end = place_of(written, text)
    line = text.count("\n", 0, start) + 1
    written.mutant = Mutant(written.header, "", "written", written.old, written.new, line, promise=written.name)
    body = None if written.test else body_around(text, start, end)
    if body:
        first, last = body
        written.body = (first, last, text[first:start] + written.new + text[end:last])
    elif not written.test:
        raise Malformed(f"{file_of(written)}: changes more than the body of a function, and so must name its test")


def patched(written, text):
    """The header with the change made in it."""
    start, end = place_of(written, text)
    return text[:start] + written.new + text[end:]
