# SPDX-License-Identifier: BSL-1.0
"""Asks the oracle, several at a time: which mutants an examination comes by, and what becomes of a mutant."""

import concurrent.futures
import dataclasses
import queue
import subprocess
import threading

from command import Failure


@dataclasses.dataclass
class Answer:
    """What became of a mutant: passes, fails, dies or hangs; in which examination; how much processor time it took."""

    fate: str
    examination: str
    milliseconds: int
    seen: list


class Oracle:
    """One running oracle."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def ask(self, number, examinations):
        """`examinations` are pairs: a name, and the milliseconds that it may take."""
        fields = [str(number), *(f"{limit_ms} {name}" for name, limit_ms in examinations)]
        self.process.stdin.write("\t".join(fields) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise Failure(f"the oracle ended (code {self.process.wait()}) while it was asked about mutant {number}")
        fate, examination, milliseconds, *seen = answer.rstrip("\n").split("\t")
        return Answer(fate, examination, int(milliseconds), [int(n) for n in seen])


class Jury:
    """Some oracles that share the questions. Used with `with`, so that none is left behind."""

    def __init__(self, program, jobs):
        self.oracles = [Oracle(program) for _ in range(jobs)]
        self.idle = queue.SimpleQueue()
        for oracle in self.oracles:
            self.idle.put(oracle)
        self.stopped = threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for oracle in self.oracles:
            oracle.process.kill()
            oracle.process.wait()

    def ask(self, question):
        if self.stopped.is_set():
            raise KeyboardInterrupt
        oracle = self.idle.get()
        try:
            return oracle.ask(*question)
        finally:
            self.idle.put(oracle)  # also one that has died: nobody must wait for it

    def ask_all(self, questions, told):
        """The answers in the order of the questions; `told` is called with each as it comes."""
        pool = concurrent.futures.ThreadPoolExecutor(len(self.oracles))
        try:
            futures = {pool.submit(self.ask, question): i for i, question in enumerate(questions)}
            answers = [None] * len(questions)
            for future in concurrent.futures.as_completed(futures):
                answers[futures[future]] = future.result()
                told(futures[future], future.result())
            return answers
        except BaseException:
            self.stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
