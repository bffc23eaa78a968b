# SPDX-License-Identifier: BSL-1.0
"""What ci/fuzz and ci/nightly share: the build, the positive control, one hunt, the rows of a table, the findings."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from command import ROOT, Failure, say, set_up

BUILD = ROOT / "build" / "fuzz" / "fuzz"
SEEDS = BUILD / "seeds"
TOOL = BUILD / "bimap-check"
SYMBOLIZER = "/usr/lib/llvm-19/bin/llvm-symbolizer"
SPACE_NEEDED_MB = 200

# For every target, besides what they are built with.
FUZZER_OPTIONS = ["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=2048"]


@dataclasses.dataclass(frozen=True)
class Target:
    name: str
    subject: str

    @property
    def program(self):
        return BUILD / f"fuzz_{self.name}"


@dataclasses.dataclass
class Finding:
    """An artifact, and, once the tool has been asked, what it comes to: a report, and the same as corpus text."""

    target: Target
    artifact: pathlib.Path
    report: str = ""
    text: str = ""


@dataclasses.dataclass
class Hunt:
    """What one or several runs of one target came to."""

    target: Target
    corpus: pathlib.Path
    executions: int = 0
    operations: int | None = None
    edges: int | None = None
    seconds: float = 0
    findings: list = dataclasses.field(default_factory=list)
    trouble: str = ""

    def row(self):
        def per_second(count):
            return "-" if count is None or self.seconds == 0 else f"{count / self.seconds:,.0f}"

        return [
            self.target.name,
            f"{self.executions:,}",
            per_second(self.executions),
            per_second(self.operations),
            "-" if self.edges is None else f"{self.edges:,}",
            f"{inputs_in(self.corpus):,}",
            f"{len(self.findings) + bool(self.trouble):,}",
        ]


HEADINGS = ["target", "executions", "executions/s", "operations/s", "coverage (edges)", "corpus", "findings"]


def inputs_in(folder):
    return sum(1 for entry in folder.iterdir() if entry.is_file()) if folder.is_dir() else 0


# The build.


def run_step(what, command):
    """Runs a command; if it fails, its last lines are shown and the run ends."""
    log = ROOT / "build" / "fuzz.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w") as out:
        try:
            code = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
        except FileNotFoundError:
            raise Failure(f"{command[0]} is missing; run ci/setup") from None
    if code != 0:
        lines = log.read_text(errors="replace").splitlines()
        sys.stderr.write("\n".join(lines[-40:]) + "\n")
        raise Failure(f"{what} failed; all of its output is in {log}")


def prepare(setup, names=()):
    """Installs, configures and builds what a hunt needs; returns the targets of these names, or all."""
    if setup:
        set_up()
    say("== configure and build the fuzz preset; the first time takes minutes (build/fuzz.log says how far it is)")
    run_step("configuring", ["cmake", "--preset", "fuzz"])
    lines = (BUILD / "targets.txt").read_text().splitlines()
    targets = chosen([Target(*line.split()) for line in lines if line], [name.removeprefix("fuzz_") for name in names])
    run_step("building", ["cmake", "--build", "--preset", "fuzz", "--target", "bimap_fuzzers"])
    return targets


def chosen(targets, names):
    """The targets of these names; all of them where no name is given."""
    unknown = sorted(set(names) - {target.name for target in targets})
    if unknown:
        known = ", ".join(target.name for target in targets)
        raise Failure(f"no target is called {unknown[0]}; there are {known}")
    return [target for target in targets if not names or target.name in names]


def open_work_folder(folder):
    folder = pathlib.Path(folder).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror
        raise Failure(f"the work folder {folder} cannot be made ({why}); choose another with --work") from None
    if not os.access(folder, os.W_OK):
        raise Failure(f"the work folder {folder} cannot be written; choose another with --work")
    check_space(folder)
    return folder


def check_space(folder):
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < SPACE_NEEDED_MB:
        raise Failure(f"only {free_mb} MB are free under {folder}; make room, or choose another folder with --work")


# Running a target.


class Interruption:
    """Ctrl-C, once: the targets that run are stopped, and what was found so far is still told."""

    def __init__(self):
        self.seen = threading.Event()
        self.running = set()
        self.lock = threading.Lock()
        signal.signal(signal.SIGINT, self.interrupt)
        signal.signal(signal.SIGTERM, self.interrupt)

    def interrupt(self, *_):
        self.seen.set()
        for process in list(self.running):
            process.send_signal(signal.SIGINT)

    def watch(self, process):
        with self.lock:
            self.running.add(process)
        if self.seen.is_set():
            process.send_signal(signal.SIGINT)

    def forget(self, process):
        with self.lock:
            self.running.discard(process)


def environment(**more):
    settings = dict(os.environ, **more)
    if os.path.exists(SYMBOLIZER):
        settings.setdefault("ASAN_SYMBOLIZER_PATH", SYMBOLIZER)
    return settings


def run_target(target, arguments, log, interruption, show=None, **settings):
    """Runs a target, appends its output to the log, lets show() show each line; returns its exit code and output."""
    lines = []
    # Its own process group: Ctrl-C reaches it through us alone, so that it is asked once.
    process = subprocess.Popen(
        [target.program, *FUZZER_OPTIONS, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        env=environment(**settings),
    )
    interruption.watch(process)
    try:
        with log.open("a") as out:
            for line in process.stdout:
                out.write(line)
                lines.append(line)
                if show:
                    show(line)
        return process.wait(), lines
    except OSError as error:
        process.kill()
        process.wait()
        raise Failure(f"{log} cannot be written ({error.strerror}); make room, or choose --work") from None
    finally:
        interruption.forget(process)


def artifacts_in(lines):
    """The artifacts that a run wrote, but for those of inputs that were only slow."""
    found = (re.search(r"Test unit written to (.+)", line) for line in lines)
    paths = [pathlib.Path(match[1]) for match in found if match]
    return [path for path in paths if not path.name.startswith("slow-unit-")]


def last_number(pattern, lines):
    """The last number that a pattern catches, reading from the end."""
    for line in reversed(lines):
        match = re.search(pattern, line)
        if match:
            return int(match[1])
    return None


def hunt(target, seconds, folder, interruption, show):
    """Lets one target hunt for some seconds, over the corpus and the seeds; what keeps it from that stops no other."""
    try:
        return hunt_or_fail(target, seconds, folder, interruption, show)
    except Failure as failure:
        return Hunt(target, folder / target.name / "corpus", trouble=str(failure))


def hunt_or_fail(target, seconds, folder, interruption, show):
    corpus = folder / target.name / "corpus"
    artifacts = folder / target.name / "artifacts"
    for needed in (corpus, artifacts):
        needed.mkdir(parents=True, exist_ok=True)
    check_space(folder)
    began = time.monotonic()
    arguments = [f"-max_total_time={max(1, round(seconds))}", f"-artifact_prefix={artifacts}/", corpus, SEEDS]
    code, lines = run_target(target, arguments, folder / target.name / "log.txt", interruption, show)
    result = Hunt(target, corpus, seconds=time.monotonic() - began)
    result.executions = (
        last_number(r"^stat::number_of_executed_units:\s*(\d+)", lines) or last_number(r"^#(\d+)\s", lines) or 0
    )
    result.operations = last_number(r"^operations: (\d+)", lines)
    result.edges = last_number(r"\bcov: (\d+)", lines)
    result.findings = [Finding(target, path) for path in artifacts_in(lines)]
    if code != 0 and not result.findings and not interruption.seen.is_set():
        result.trouble = f"exit code {code} without an artifact; see {folder / target.name / 'log.txt'}"
    return result


def hunt_again(target, seconds, folder, interruption, show):
    """Hunts on after a finding until the time is used up, or the same finding comes back."""
    total = None
    while True:
        left = seconds - (total.seconds if total else 0)
        result = hunt(target, left, folder, interruption, show)
        known = {finding.text for finding in total.findings} if total else set()
        fresh = [finding for finding in result.findings if minimized(finding).text not in known]
        if total is None:
            total = result
        else:
            add(total, result, fresh)
        if not fresh or total.seconds + 5 > seconds or interruption.seen.is_set():
            return total


def add(total, result, fresh):
    total.executions += result.executions
    total.operations = None
    total.edges = result.edges or total.edges
    total.seconds += result.seconds
    total.findings += fresh
    total.trouble = total.trouble or result.trouble


def hunt_all(targets, seconds, folder, jobs, interruption, quiet=False, one_hunt=hunt):
    """Hunts with every target in turn, or some at a time; after Ctrl-C, with no further one."""

    def one(target):
        if interruption.seen.is_set():
            return None
        say(f"== {target.name}: {target.subject}, {seconds:.0f} s")

        def show(line):
            if quiet and re.match(r"#\d+\s+(NEW|REDUCE|RELOAD)", line):
                return
            print(line if jobs == 1 else f"{target.name:9} {line}", end="", flush=True)

        return one_hunt(target, seconds, folder, interruption, show)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return [result for result in pool.map(one, targets) if result is not None]


# The positive control.


def positive_control(folder, interruption):
    """A planted leak must be reported on this very machine, by LeakSanitizer and by the Ledger."""
    say("== positive control: a planted leak, for LeakSanitizer alone and for the Ledger")
    control = Target("control", "tricky-leaks/boss")
    blind = "is this running under ptrace (strace, gdb, some containers), or with leak detection off?"
    witnesses = [("LeakSanitizer", "off", "leak-", blind), ("the Ledger", "on", "crash-", "the suite is broken")]
    for witness, ledger, kind, guess in witnesses:
        place = folder / "control" / ("lsan" if ledger == "off" else "ledger")
        shutil.rmtree(place, ignore_errors=True)
        corpus = place / "corpus"
        corpus.mkdir(parents=True)
        log = place / "log.txt"
        arguments = ["-max_total_time=60", f"-artifact_prefix={place}/", corpus, SEEDS]
        code, lines = run_target(control, arguments, log, interruption, BIMAP_LEDGER=ledger)
        if interruption.seen.is_set():
            return
        seen = [path for path in artifacts_in(lines) if path.name.startswith(kind)]
        if code == 0 or not seen:
            raise Failure(f"{witness} did not report the planted leak on this machine: {guess} (see {log})")
        say(f"   {witness} reports it: {seen[0].name}")


# The end of a run.


def minimized(finding):
    """Asks the tool for the simplest Program; its answer, or why there is none, is the finding's report."""
    text = finding.artifact.with_name(finding.artifact.name + ".txt")
    text.unlink(missing_ok=True)
    command = [TOOL, "minimize", finding.artifact, "--subject", finding.target.subject, "--to", text]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300, check=False)
        finding.report = (done.stdout + done.stderr).strip()
        finding.text = text.read_text(encoding="utf-8") if text.exists() else ""
    except subprocess.TimeoutExpired:
        finding.report = "not minimized within 300 s; to try again: " + " ".join(map(str, command))
    return finding


def rows_of(hunts):
    """The rows of a table, the headings first."""
    return [HEADINGS, *(result.row() for result in hunts)]


def tell_findings(hunts):
    """Every finding, minimized and printed; returns how many there are."""
    count = 0
    for result in hunts:
        for finding in result.findings:
            count += 1
            say(f"\n== {finding.target.name}: {finding.artifact}")
            say((finding if finding.report else minimized(finding)).report)
        if result.trouble:
            count += 1
            say(f"\n== {result.target.name}: {result.trouble}")
    return count


def exit_code(findings, interruption):
    if findings:
        return 1
    return 130 if interruption.seen.is_set() else 0


def command(name, body):
    """Runs a command's body; a Failure becomes one line and exit code 2."""
    try:
        sys.exit(body())
    except Failure as failure:
        print(f"{name}: {failure}", file=sys.stderr)
    except OSError as error:
        print(f"{name}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{name}: interrupted before the hunt began", file=sys.stderr)
        sys.exit(130)
    sys.exit(2)
