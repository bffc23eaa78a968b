#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of what ci/nightly and ci/score do where something fails, and of the tables."""

import contextlib
import io
import pathlib
import sys
import tempfile
import types
import unittest
from unittest import mock

sys.dont_write_bytecode = True
import fuzzing
import table
from as_module import command
from command import Failure

NIGHTLY, SCORE = command("nightly"), command("score")
TARGET = fuzzing.Target("hashed", "bimap/hashed")


class InAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        silence = contextlib.redirect_stdout(io.StringIO())
        silence.__enter__()
        self.addCleanup(silence.__exit__, None, None, None)

    def replace(self, place, name, by):
        patch = mock.patch.object(place, name, by)
        patch.start()
        self.addCleanup(patch.stop)


class Merging(InAFolder):
    def setUp(self):
        super().setUp()
        self.corpus = self.work / TARGET.name / "corpus"
        self.interruption = types.SimpleNamespace(seen=types.SimpleNamespace(is_set=lambda: False))
        self.replace(fuzzing, "run_target", self.run_target)

    def fill(self, names):
        self.corpus.mkdir(parents=True, exist_ok=True)
        for name in names:
            (self.corpus / name).write_text(name)

    def run_target(self, target, arguments, *_):
        """Merges two of the corpus and one of the seeds."""
        _, _, smaller, corpus, _ = arguments
        there = {path.name for path in corpus.iterdir()}
        for name in [*({"a", "b"} & there), "seed"]:
            (smaller / name).write_text(name)
        return 0, []

    def names(self):
        return {path.name for path in self.corpus.iterdir()}

    def merge(self):
        return NIGHTLY.merge(TARGET, self.work, self.interruption)

    def test_the_corpus_becomes_the_smaller_one(self):
        self.fill("abcd")
        self.assertEqual(self.merge(), (4, 3))
        self.assertEqual(self.names(), {"a", "b", "seed"})
        self.assertEqual({path.name for path in self.corpus.parent.iterdir()}, {"corpus"})

    def test_nothing_is_lost_wherever_it_is_cut_short(self):
        """The first, the second, … change of a file or folder fails, until none does; and each time the next night
        begins as every night, and merges."""
        for fail_at in range(1, 100):
            self.fill("abcd")
            changes = 0

            def failing(change):
                def changed(*arguments):
                    nonlocal changes
                    changes += 1
                    if changes == fail_at:
                        raise OSError("cut short")
                    return change(*arguments)

                return changed

            those = {name: failing(getattr(pathlib.Path, name)) for name in ("rename", "unlink", "rmdir", "mkdir")}
            with mock.patch.multiple(pathlib.Path, **those), contextlib.suppress(OSError):
                self.merge()
            self.corpus.mkdir(exist_ok=True)
            self.assertLessEqual({"a", "b"}, self.names(), f"after change {fail_at}")
            self.merge()
            self.assertEqual(self.names(), {"a", "b", "seed"}, f"the night after change {fail_at}")
            if changes < fail_at:
                return
        self.fail("the merge never ends")

    def test_a_night_whose_merge_fails_is_told(self):
        def fail(*_):
            raise Failure("log.txt cannot be written")

        self.replace(fuzzing, "run_target", fail)
        self.replace(fuzzing, "prepare", lambda _: [TARGET])
        self.replace(fuzzing, "Interruption", lambda: self.interruption)
        self.replace(fuzzing, "positive_control", lambda *_: None)
        self.replace(fuzzing, "hunt_all", lambda *_, **__: [fuzzing.Hunt(TARGET, self.corpus)])
        self.replace(sys, "argv", ["ci/nightly", "--no-setup", "--work", str(self.work)])
        self.fill("a")
        self.assertEqual(NIGHTLY.main(), 1)
        said = "- hashed was not merged: log.txt cannot be written"
        self.assertIn(said, (self.work / "summary.md").read_text().splitlines())


class HuntingAgain(InAFolder):
    def test_goes_on_until_nothing_new_is_found(self):
        """An artifact is new each time; what it comes to is not."""
        texts = iter(["one", "one, too", "other", "other"])
        self.replace(fuzzing, "minimized", self.minimized)
        self.replace(fuzzing, "hunt", lambda target, *_: self.hunt(target, next(texts)))
        interruption = types.SimpleNamespace(seen=types.SimpleNamespace(is_set=lambda: False))
        result = fuzzing.hunt_again(TARGET, 1000, self.work, interruption, None)
        self.assertEqual([finding.text for finding in result.findings], ["one"])
        result = fuzzing.hunt_again(TARGET, 1000, self.work, interruption, None)
        self.assertEqual([finding.text for finding in result.findings], ["other"])

    @staticmethod
    def minimized(finding):
        finding.text = str(finding.artifact).split(",", maxsplit=1)[0]
        return finding

    def hunt(self, target, artifact):
        result = fuzzing.Hunt(target, self.work)
        result.findings = [fuzzing.Finding(target, pathlib.Path(artifact))]
        return result


class Scoring(InAFolder):
    LABEL = {"mutant": "row-1"}
    CRASHES = 'for a; do case $a in -artifact_prefix=*) touch "${a#*=}crash-1" ;; esac; done; '

    def be(self, script):
        """From now on the plain target is this script."""
        target = self.work / SCORE.FUZZERS["plain-libfuzzer"][0]
        target.write_text("#!/bin/sh\n" + script)
        target.chmod(0o755)
        self.replace(fuzzing, "BUILD", self.work)

    def trial(self, script):
        self.be(script)
        return SCORE.fuzz("plain-libfuzzer", self.LABEL, 1, 1)

    def speed(self, script):
        self.be(script)
        return SCORE.speed("plain-libfuzzer", 1, 1)

    def test_a_target_that_does_not_run_is_an_error(self):
        with self.assertRaisesRegex(Failure, "no subject is called"):
            self.trial("echo no subject is called mutant/row-1 >&2; exit 1")

    def test_a_target_that_finds_nothing_is_a_trial(self):
        trial = self.trial("echo 'stat::number_of_executed_units: 17' >&2")
        self.assertEqual((trial["detected"], trial["executions"]), (False, 17))

    def test_an_artifact_without_a_number_is_a_trial(self):
        trial = self.trial(self.CRASHES + "exit 77")
        self.assertEqual((trial["detected"], trial["executions"]), (True, 0))

    def test_the_speed_is_that_of_a_target_that_goes_through(self):
        self.assertGreater(self.speed("echo operations: 1000000000 >&2"), 1_000_000)
        for script in (self.CRASHES + "echo operations: 5 >&2", "echo no subject is called so >&2; exit 1"):
            with self.assertRaisesRegex(Failure, "in which there is nothing to find"):
                self.speed(script)


class Tables(unittest.TestCase):
    ROWS = [["name", "all"], ["a", 1], ["b", 1000]]

    def test_of_a_terminal(self):
        self.assertEqual(table.plain(self.ROWS), "name   all\na        1\nb     1000")
        self.assertEqual(table.ruled(self.ROWS), "name   all\n----  ----\na        1\nb     1000")

    def test_in_markdown(self):
        wide = "| name |  all |\n| ---- | ---: |\n| a    |    1 |\n| b    | 1000 |"
        self.assertEqual(table.markdown(self.ROWS), wide)
        self.assertEqual(table.compact_markdown(self.ROWS), "| name | all |\n|---|---|\n| a | 1 |\n| b | 1000 |")


if __name__ == "__main__":
    unittest.main()
