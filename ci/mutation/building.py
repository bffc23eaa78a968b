# SPDX-License-Identifier: BSL-1.0
"""What ci/mutate and ci/coverage share: one executable of everything that asks about the library, and its build."""

import re
import subprocess

from command import ROOT, Failure

COMPILER = "clang++-19"
ASSERTIONS = "-DBIMAP_ASSERTIONS"


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)


def write(path, text):
    """Writes what is new, so that what is not is not compiled again."""
    data = text.encode("latin-1")
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def link(path, target):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_symlink():
        path.symlink_to(target)


def lay_out(tree, names):
    """Makes the root of a project whose parts are links to these folders."""
    for name in names:
        link(tree / name, ROOT / name)
    write(tree / "CMakeLists.txt", (ROOT / "ci" / "mutation" / "CMakeLists.txt").read_text())


def sources_that_use_the_library():
    """The tests that include the library, directly or not: no other one comes by a mutant."""
    uses = {}

    def find(path):
        if path in uses:
            return uses[path]
        uses[path] = False
        for name in re.findall(r'#include "([^"]+)"', path.read_text()):
            if name.startswith("bimap/") or (ROOT / name).exists() and find(ROOT / name):
                uses[path] = True
                break
        return uses[path]

    return [p for p in sorted((ROOT / "properties" / "tests").glob("*_test.cpp")) if find(p)]


def build(work, tree, flags, jobs):
    """Builds the oracle from a tree. Returns its path."""
    binary = work / "build"
    asked = ASSERTIONS in flags  # else what breaks a precondition ends a process, which then tells nothing
    tests = [p.name for p in sources_that_use_the_library() if asked or not p.name.startswith("preconditions_")]
    promises = ";".join(f"properties/tests/{name}" for name in tests)
    steps = [
        ["cmake", "-S", tree, "-B", binary, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DBIMAP_INSTALL=OFF",
         f"-DCMAKE_CXX_COMPILER={COMPILER}", f"-DCMAKE_CXX_FLAGS={flags}", f"-DBIMAP_PROMISES={promises}"],
        ["cmake", "--build", binary, "-j", str(jobs), "--target", "oracle"],
    ]  # fmt: skip
    for step in steps:
        done = run(step)
        if done.returncode != 0:
            (work / "build.log").write_text(done.stdout)
            raise Failure(f"cannot build the oracle; see {work / 'build.log'}")
    return binary / "oracle"
