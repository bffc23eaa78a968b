# SPDX-License-Identifier: BSL-1.0
"""What the commands of this folder share: the root, what they say, how they fail, and what they install first."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Failure(Exception):
    """What ends a run, as one sentence that says what to do about it."""


def say(text="", end="\n"):
    print(text, end=end, flush=True)


def set_up():
    """Installs what is missing."""
    if subprocess.run([ROOT / "ci" / "setup"], check=False).returncode != 0:
        raise Failure("ci/setup failed; what it could not install is named above")
