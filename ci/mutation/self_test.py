#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tests of what ci/mutate and ci/coverage are made of: every complaint is seen to be made."""

import contextlib
import io
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import accepted
import bodies
import jury
import schemata
import sites
import written
from as_module import command
from command import Failure


MUTATE, COVERAGE = command("mutate"), command("coverage")

HEADER = """#pragma once
namespace n {
template <class T>
struct alignas(64) S {
    // a brace in a comment: {
    int f(int a) const noexcept {
        const char* text = "}";
        return a + 1;
    }
    static constexpr int limit = 3;
};
}
"""
FILE = """# SPDX-License-Identifier: BSL-1.0
# It subtracts.
in: header.hpp
sees: I1: no
--- old
        return   a + 1;
--- new
        return a - 1;
"""


def mutant(number, header="header.hpp", **more):
    made = sites.Mutant(header, "S::f", "constant", "1", "2", 8, **more)
    made.number = number
    return made


class Bodies(unittest.TestCase):
    def around(self, text):
        start = HEADER.index(text)
        return bodies.body_around(HEADER, start, start + len(text))

    def test_a_function_is_found_past_comments_strings_and_types(self):
        first, last = self.around("a + 1")
        self.assertTrue(HEADER[first:last].startswith("{\n        const char*"))
        self.assertTrue(HEADER[first:last].endswith("a + 1;\n    }"))

    def test_what_is_in_no_function_has_no_body(self):
        self.assertIsNone(self.around("limit = 3"))


class Written(unittest.TestCase):
    def read(self, text, header=HEADER):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "header.hpp").write_text(header)
            (root / "promise.txt").write_text(text)
            made = written.read(root / "promise.txt", "promise/name")
            written.locate(made, root)
            return made

    def test_a_file_says_what_changes_where_and_what_must_see_it(self):
        made = self.read(FILE)
        self.assertEqual((made.story, made.sees, made.mutant.line), ("It subtracts.", "I1: no", 8))
        self.assertIn("return a - 1;", made.body[2])
        self.assertIn("return a - 1;", written.patched(made, HEADER))

    def test_a_file_that_no_longer_applies_is_an_error(self):
        with self.assertRaisesRegex(written.Malformed, "promise/name.txt: its old text is no longer in header.hpp"):
            self.read(FILE.replace("a + 1", "a + 2"))

    def test_an_old_text_that_is_there_twice_is_an_error(self):
        with self.assertRaisesRegex(written.Malformed, "2 times"):
            self.read(FILE, HEADER + HEADER)

    def test_a_change_of_more_than_a_body_names_its_test(self):
        with self.assertRaisesRegex(written.Malformed, "must name its test"):
            self.read(FILE.replace("        return   a + 1;", "limit = 3"))

    def test_another_form_is_an_error(self):
        for old, new in (("--- new", "--- now"), ("\n--- new", "--- new"), ("in: ", "at: ")):
            wrong = FILE.replace(old, new)
            with self.assertRaises(written.Malformed):
                self.read(wrong)


class Sites(unittest.TestCase):
    @staticmethod
    def at(reader, part):
        start = types.SimpleNamespace(offset=reader.text.index(part))
        return types.SimpleNamespace(extent=types.SimpleNamespace(start=start))

    def test_what_requires_asks_for_is_no_site(self):
        text = "explicit S(int a) requires(N == 0) : a_(a == 1) {}"
        reader = types.SimpleNamespace(text=text)

        self.assertTrue(sites.Reader.is_constraint(reader, self.at(reader, "N == 0")))
        self.assertTrue(sites.Reader.is_constraint(reader, self.at(reader, "(N == 0")))
        self.assertFalse(sites.Reader.is_constraint(reader, self.at(reader, "a == 1")))

    def test_what_is_asked_for_its_type_is_left_alone(self):
        text = "f(std::forward<decltype( left)>(right))"
        reader = types.SimpleNamespace(text=text)

        self.assertTrue(sites.Reader.is_asked_for_its_type(reader, self.at(reader, "left")))
        self.assertFalse(sites.Reader.is_asked_for_its_type(reader, self.at(reader, "right")))

    def test_what_the_compiler_computes_is_left_alone(self):
        for declaration in ("static_assert(f(a - 1) == 1)", "static constexpr int a{1};", "using A = B<1>;"):
            self.assertTrue(sites.Reader.is_computed_while_compiling(declaration), declaration)
        self.assertFalse(sites.Reader.is_computed_while_compiling("const int a = constexpr_one;"))


class Schemata(unittest.TestCase):
    def test_no_truth_is_computed_while_compiling(self):
        header = "bool f() {\n    const bool yes = true;\n    return yes;\n}\n"
        self.assertIn("    bool yes = true;", schemata.instrumented(header, [], []))

    def site(self, text, number, wrap):
        start = HEADER.index(text)
        end = start + len(text)
        return sites.Site(start, end, [mutant(number)], lambda get: wrap(get(start, end)))

    def test_sites_nest_and_each_begins_a_line(self):
        inner = self.site("1;", 1, lambda t: f"<{t}>")
        outer = self.site("return a + 1;", 2, lambda t: f"[{t}]")
        text = schemata.instrumented(HEADER, [inner, outer], [])
        self.assertIn("\n[return a + \n<1;>\n]\n", text)

    def test_a_mutant_that_another_one_overwrites_is_seen_to_be_missing(self):
        inner = self.site("1;", 1, lambda t: f"({schemata.SWITCH}::is(1) ? 2 : {t})")
        outer = self.site("return a + 1;", 2, lambda t: f"if ({schemata.SWITCH}::is(2)) {t}")
        deaf = self.site("return a + 1;", 2, lambda t: f"if ({schemata.SWITCH}::is(2)) return a + 1;")
        self.assertEqual(schemata.planted(schemata.instrumented(HEADER, [inner, outer], [])), {1, 2})
        self.assertEqual(schemata.planted(schemata.instrumented(HEADER, [inner, deaf], [])), {2})

    def test_a_body_stands_beside_the_original(self):
        first, last = bodies.body_around(HEADER, HEADER.index("a + 1"), HEADER.index("a + 1"))
        text = schemata.instrumented(HEADER, [], [(first, last, mutant(7), "{ return 0; }")])
        self.assertRegex(text, r"\{ if \(::bimap::mutation::is\(\n7\)\)\n\{ return 0; \}\nelse \{\n        const char")

    def test_complaints_leave_a_note(self):
        said = schemata.complaints_of(['return "I1: no";', 'return "I2: nor that";'])
        self.assertEqual(schemata.noting('return "I2: nor that";', said).count(str(schemata.FIRST_COMPLAINT + 1)), 1)


class Lists(unittest.TestCase):
    def read(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("# SPDX\n# What it is.\n" + text)
            file.flush()
            return accepted.read(pathlib.Path(file.name))

    def test_a_reason_holds_for_the_keys_below_it(self):
        entries = self.read("in a.hpp:\n# It costs time\n# and no more.\nkey one\nkey two\n\n# Another.\nkey three\n")
        self.assertEqual([e.reason for e in entries], ["It costs time and no more."] * 2 + ["Another."])

    def test_a_long_key_goes_on_where_it_is_indented(self):
        entries = self.read("in a.hpp:\n# Why.\nkey\n    one\nkey two\n")
        self.assertEqual([e.key for e in entries], ["key one", "key two"])

    def test_an_entry_without_a_reason_is_an_error(self):
        with self.assertRaises(SystemExit):
            self.read("in a.hpp:\nkey one\n")

    def test_an_entry_for_nothing_is_named(self):
        there = accepted.Accepted("header.hpp", mutant(1).key, "why", "list:3")
        gone = accepted.Accepted("header.hpp", "gone", "why", "list:4")
        self.assertEqual(accepted.for_nothing([there, gone], [mutant(1)]), ["list:4: header.hpp: gone"])


class Outcomes(unittest.TestCase):
    def told(self, fate, listed=()):
        answers = {1: jury.Answer(fate, "hunt x", 1, [])}
        return list(MUTATE.outcomes([mutant(1)], answers, {"hunt x": (1, {1})}, set(), set(listed)))

    def test_what_nothing_notices_survives(self):
        self.assertEqual([o.fate for o in self.told("passes")], ["survives"])

    def test_what_is_listed_is_equivalent_and_an_error_once_it_is_killed(self):
        entry = accepted.Accepted("header.hpp", mutant(1).key, "why", "list:3")
        listed = [(entry.header, entry.key)]
        self.assertEqual([o.fate for o in self.told("passes", listed)], ["equivalent"])
        self.assertEqual(list(MUTATE.complaints_about(self.told("passes", listed), [entry])), [])
        self.assertRegex(next(MUTATE.complaints_about(self.told("hangs", listed), [entry])), "not equivalent")

    def test_what_does_not_compile_is_not_killed(self):
        self.assertEqual([o.fate for o in self.told("does not compile")], ["does not compile"])


class Apart(unittest.TestCase):
    """A compiler, an archiver and a test that answer as they are told."""

    TEST = "pmr_test.cpp"

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="subject-")
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        for name in ("bimap_properties.dir/check.cpp.o", "bimap_subjects.dir/subjects/two_maps.cpp.o"):
            built = self.work / "build" / "properties" / "CMakeFiles" / name
            built.parent.mkdir(parents=True)
            built.touch()
        self.ran = []
        self.ending = {}
        self.addCleanup(setattr, MUTATE, "run", MUTATE.run)
        MUTATE.run = self.run_as_told

    def run_as_told(self, command, **_):
        self.ran.append(command)
        code, said = self.ending.get(pathlib.Path(command[0]).name, (0, ""))
        return types.SimpleNamespace(returncode=code, stdout=said)

    def judge(self):
        header = next((MUTATE.ROOT / "bimap").glob("*.hpp"))
        name = str(header.relative_to(MUTATE.ROOT))
        text = written.Written("a/b", "", name, "", self.TEST, False, header.read_text().strip(), "", mutant(1))
        return MUTATE.judge_apart(self.work, [text])

    def test_the_suite_is_packed_without_its_subjects_wherever_it_was_built(self):
        self.judge()
        self.assertEqual([path.name for path in self.ran[0][3:]], ["check.cpp.o"])

    def test_what_cannot_be_packed_is_an_error(self):
        self.ending = {"ar": (1, "no space")}
        with self.assertRaisesRegex(Failure, "no space"):
            self.judge()

    def test_a_test_that_does_not_pass_without_a_mutant_is_an_error(self):
        for ending, fate in (("test", "fails"), (MUTATE.COMPILER, "does not compile")):
            self.ending = {ending: (1, "undefined reference")}
            with self.assertRaisesRegex(Failure, f"without any mutant, {self.TEST} {fate}"):
                self.judge()

    def test_only_a_static_assertion_of_the_test_itself_is_a_failure_of_it(self):
        test = MUTATE.ROOT / "properties" / "tests" / self.TEST
        assertion = "error: static assertion failed due to requirement 'x'"
        for place, fate in ((test, "fails"), ("/usr/include/c++/12/bits/hashtable.h", "does not compile")):
            self.ending = {MUTATE.COMPILER: (1, f"In file\n{place}:1:2: {assertion}\n")}
            answer, _ = MUTATE.try_apart(self.work, self.TEST, self.work / "suite.a")
            self.assertEqual(answer.fate, fate)


class Judging(unittest.TestCase):
    class Panel:
        """A jury that is interrupted before its last answer."""

        def ask_all(self, questions, told):
            for which in range(len(questions) - 1):
                told(which, jury.Answer("fails", "hunt x", 1, []))
            raise KeyboardInterrupt

    def test_what_was_judged_before_an_interrupt_is_told(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            answers = MUTATE.judge(self.Panel(), [mutant(1), mutant(2), mutant(3)], {"hunt x": (1, {1, 2, 3})})
        self.assertEqual(list(answers), [1, 2])
        self.assertIn("interrupted; of 3 mutants 2 are judged", said.getvalue())


class Errors(unittest.TestCase):
    SAID = (
        "/t/bimap/a.hpp:2:5: error: no\n"
        "/usr/include/x.h:9:1: error: no\n"
        "/usr/include/y.h:9:1: note: from here\n"
        "/t/bimap/b.hpp:7:3: note: from here\n"
        "/t/bimap/b.hpp:8:3: note: and from here\n"
    )

    def test_a_place_is_blamed_for_its_errors_and_for_those_it_leads_to(self):
        self.assertEqual(
            MUTATE.errors_in(self.SAID, pathlib.Path("/t")), {("bimap/a.hpp", 2, 5), ("bimap/b.hpp", 7, 3)}
        )

    def test_a_place_may_have_a_space_in_its_path(self):
        said = self.SAID.replace("/t/", "/t t/").replace("/usr/", "/u r/")
        self.assertEqual(
            MUTATE.errors_in(said, pathlib.Path("/t t")), {("bimap/a.hpp", 2, 5), ("bimap/b.hpp", 7, 3)}
        )

    def test_a_call_of_what_does_not_compile_is_not_blamed(self):
        ignored = "/t/bimap/b.hpp:3:10: note: candidate template ignored: substitution failure [with K = int]"
        said = "/t/bimap/a.hpp:2:5: error: no matching member function for call to 'link'\n"
        self.assertEqual(MUTATE.errors_in(said + ignored, pathlib.Path("/t")), set())
        reason = ": no type named 'x'"
        self.assertEqual(MUTATE.errors_in(said + ignored + reason, pathlib.Path("/t")), {("bimap/a.hpp", 2, 5)})

    def test_a_place_is_blamed_on_its_own_line_else_inside_its_call_else_above(self):
        lines = ["f(", "(is(1) ? a : b)", "); g(", "(is(2) ? a : b)", ");", "h();", "k(is(3));"]
        with tempfile.TemporaryDirectory() as folder:
            tree = pathlib.Path(folder)
            (tree / "a.hpp").write_text("\n".join(lines))
            for place, number in {(1, 1): 1, (3, 4): 2, (6, 1): 2, (2, 9): 1, (7, 1): 3}.items():
                self.assertEqual(MUTATE.mutants_at(tree, {("a.hpp", *place)}), {number})


class Coverage(unittest.TestCase):
    MISSING = {("a.hpp", "line: return 1;"): ["a.hpp:3"]}
    TWICE = {("a.hpp", "line: return 1;"): ["a.hpp:3", "a.hpp:9"]}

    @staticmethod
    def entry(key):
        return accepted.Accepted("a.hpp", key, "why", "list:3")

    def test_what_is_neither_reached_nor_listed_is_an_error(self):
        self.assertEqual(
            list(COVERAGE.complaints(self.MISSING, [])), ["a.hpp:3: not reached by any property: line: return 1;"]
        )

    def test_what_is_listed_and_reached_is_an_error(self):
        entry = self.entry("line: return 1;")
        self.assertEqual(list(COVERAGE.complaints(self.MISSING, [entry])), [])
        self.assertRegex(next(COVERAGE.complaints({}, [entry])), "take it off the list")

    def test_an_entry_stands_for_as_many_places_as_it_says(self):
        once, twice = self.entry("line: return 1;"), self.entry("2 x line: return 1;")
        self.assertEqual(list(COVERAGE.complaints(self.TWICE, [twice])), [])
        self.assertRegex(next(COVERAGE.complaints(self.TWICE, [once])), "stands for 1, but .* 2, a.hpp:3, a.hpp:9")
        self.assertRegex(next(COVERAGE.complaints(self.MISSING, [twice])), "stands for 2, but .* 1, a.hpp:3")

    def test_places_with_the_same_words_are_counted(self):
        source = types.SimpleNamespace(key=lambda kind, place: f"{kind}: same words")
        counts = {"line": {("a.hpp", 3): 0, ("a.hpp", 5): 1, ("a.hpp", 9): 0}, "branch": {}, "condition": {}}
        self.assertEqual(
            COVERAGE.unreached(counts, source), {("a.hpp", "line: same words"): ["a.hpp:3", "a.hpp:9"]}
        )

    def test_what_has_no_outcome_at_all_is_a_constant_and_no_condition(self):
        constant, condition = (1, 1, 1, 2), (1, 6, 1, 7)
        branches = {(constant, True): 0, (constant, False): 0, (condition, True): 3, (condition, False): 0}
        left = COVERAGE.without_constants(branches)
        self.assertEqual(left, {(condition, True): 3, (condition, False): 0})
        decision = (1, 1, 1, 7)
        file = {
            "branches": [[*constant, 0, 0, 0, 0, 6], [*condition, 3, 0, 0, 0, 6]],
            "mcdc_records": [[*decision, 0, 5, [False, True]]],
        }
        self.assertEqual(list(COVERAGE.conditions_in(file, left)), [(decision, 2, True)])


class Juries(unittest.TestCase):
    def test_an_oracle_that_has_died_is_told_and_not_waited_for(self):
        """With more questions than oracles: each of them meets one that has died."""
        asking = f"""
import sys
sys.path[:0] = {[str(HERE), str(HERE.parent)]}
import jury
with jury.Jury("/bin/false", 2) as panel:
    panel.ask_all([(0, [("test A.B", 1)])] * 9, lambda *_: None)
"""
        done = subprocess.run(
            [sys.executable, "-c", asking], capture_output=True, text=True, timeout=60, check=False
        )
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, "the oracle ended|Broken pipe")


if __name__ == "__main__":
    unittest.main()
