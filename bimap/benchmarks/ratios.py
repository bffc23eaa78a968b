# SPDX-License-Identifier: BSL-1.0
"""Makes tables of ratios, verdicts on the goals, and plots of what Google Benchmark wrote as JSON."""

import collections
import dataclasses
import functools
import json
import pathlib
import re
import statistics
import subprocess

OURS = {"hashed": "ours_hashed", "ordered": "ours_ordered"}
ORDERED = ["ours_ordered", "boost_bimap_ordered", "two_std_map"]
STABLE = ["boost_bimap_hashed", "boost_multi_index_hashed", "two_std_unordered_map"]
FLAT = ["two_absl_flat_hash_map", "two_boost_unordered_flat_map"]
HASHED = ["ours_hashed", *STABLE, *FLAT]


@dataclasses.dataclass(frozen=True, order=True)
class Place:
    """What was measured: one operation on one type of pairs, with maps of one size."""

    pair: str
    size: int
    operation: str


@dataclasses.dataclass(frozen=True)
class Goal:
    """That a peer takes at least `least` times as long as ours, in every operation of a pattern."""

    name: str
    ours: str
    peers: list
    operations: str
    least: float
    sizes: tuple = ()


GOALS = [
    Goal("1: stable peers, changes", "ours_hashed", STABLE, r"insert.*|bulk_build|erase_.*|overwrite|churn", 2),
    Goal("1: stable peers, finds", "ours_hashed", STABLE, r"find_.*", 1.25),
    Goal("1: stable peers, passes", "ours_hashed", STABLE, r"iterate|copy", 20),
    Goal("2: flat maps, all but finds", "ours_hashed", FLAT, r"(?!find_).*", 1),
    Goal("2: flat maps, finds", "ours_hashed", FLAT, r"find_.*", 1 / 1.5, (1_000_000,)),
    Goal("3: ordered", "ours_ordered", ["boost_bimap_ordered"], r"insert|find_.*|erase_.*|range|iterate", 1.5),
]
BYTES_PER_PAIR = 32


class Results:
    """Nanoseconds per operation of each repetition, and the counters."""

    def __init__(self):
        self.all_ns = collections.defaultdict(lambda: collections.defaultdict(list))
        self.counters = collections.defaultdict(dict)
        self.errors = []

    def read(self, path):
        for run in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["benchmarks"]:
            if run["run_type"] != "iteration":
                continue
            operation, pair, peer, size = run["name"].split("/")[:4]
            place = Place(pair, int(size), operation)
            if run.get("error_occurred"):
                self.errors.append(f"{run['name']}: {run['error_message']}")
                continue
            nanoseconds = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}[run["time_unit"]]
            self.all_ns[place][peer].append(run["real_time"] * nanoseconds / run["operations"])
            self.counters[place][peer] = run
        return self

    @functools.cached_property
    def ns(self):
        """The medians. (The least would favour whoever met the machine's one quiet moment.)"""
        return {place: {peer: statistics.median(ns) for peer, ns in all.items()} for place, all in self.all_ns.items()}

    def spread(self, place, peer):
        """Half the way from the least to the most of the repetitions, as a share of their median."""
        times = self.all_ns[place][peer]
        return (max(times) - min(times)) / 2 / statistics.median(times)

    def ratio(self, place, ours, peer):
        """Peer's time by ours: above 1, ours is faster."""
        times = self.ns[place]
        return times[peer] / times[ours] if ours in times and peer in times else None

    def groups(self):
        """The operations by name, by type of pairs and size."""
        groups = collections.defaultdict(list)
        for place in sorted(self.ns):
            groups[place.pair, place.size].append(place)
        return sorted(groups.items())


def table(headings, rows):
    """As Markdown: the first column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]

    def line(row):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]
        return "| " + " | ".join(cells) + " |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([line(headings), line(rule), *map(line, rows)])


def spoken(name):
    return name.removeprefix("two_").removesuffix("_hashed").removesuffix("_ordered").replace("_", " ")


def ratios_in(results, places, kind):
    """One row for each operation: ours in nanoseconds with its spread, and the ratio of each peer."""
    ours, peers = OURS[kind], [peer for peer in (HASHED if kind == "hashed" else ORDERED) if "ours" not in peer]
    rows = []
    for place in places:
        times = results.ns[place]
        ratios = [results.ratio(place, ours, peer) for peer in peers]
        if any(ratio is not None for ratio in ratios):
            shown = ["-" if ratio is None else f"{ratio:.2f}" for ratio in ratios]
            own = [f"{times[ours]:.1f}", f"±{results.spread(place, ours):.0%}"]
            rows.append([place.operation.replace("_", " "), *own, *shown])
    return table([kind, "ours, ns", "spread", *map(spoken, peers)], rows) if rows else ""


def memory_in(results, places):
    rows = []
    for place in places:
        if place.operation in ("insert", "insert_reserved"):
            for peer, run in sorted(results.counters[place].items()):
                cells = [run["bytes_per_pair"], run["allocations_per_insertion"]]
                rows.append([f"{place.operation.replace('_', ' ')}, {peer}", *(f"{cell:.2f}" for cell in cells)])
    return table(["memory", "bytes per pair", "allocations per insertion"], rows) if rows else ""


def missed_goals(results):
    """A sentence for each ratio that is below its goal, the farthest first."""
    missed = []
    for goal in GOALS:
        for place in results.ns:
            if not re.fullmatch(goal.operations, place.operation) or (goal.sizes and place.size not in goal.sizes):
                continue
            for peer in goal.peers:
                ratio = results.ratio(place, goal.ours, peer)
                if ratio is not None and ratio < goal.least:
                    where = f"{place.operation}/{place.pair}/{place.size}"
                    missed.append((goal.name, ratio / goal.least, f"{where} against {peer}: {ratio:.2f}"))
    lines = [f"goal {name}: {text} ({share:.0%} of the goal)" for name, share, text in sorted(missed)]
    return lines + missed_bytes(results)


def missed_bytes(results):
    """Bytes, not time: at most 32 after reserve, and half of what the flat maps take."""
    lines = []
    for place, runs in results.counters.items():
        ours = runs.get("ours_hashed", {}).get("bytes_per_pair")
        if ours is None:
            continue
        if place.operation == "insert_reserved" and place.pair == "u64" and ours > BYTES_PER_PAIR:
            lines.append(f"goal 4: {ours:.1f} bytes per pair after reserve, at {place.size}")
        for peer in FLAT:
            if peer in runs and ours > runs[peer]["bytes_per_pair"] / 2:
                share = ours / runs[peer]["bytes_per_pair"]
                where = f"{place.operation}/{place.pair}/{place.size}"
                lines.append(f"goal 2: {ours:.1f} bytes per pair, {share:.0%} of {peer}'s, after {where}")
    return lines


def report(results):
    """Everything, as Markdown."""
    parts = ["Peer's time by ours, medians of all repetitions; above 1, ours is faster."]
    for (pair, size), places in results.groups():
        parts.append(f"## {pair}, {size:,} pairs")
        parts += filter(None, [ratios_in(results, places, kind) for kind in OURS] + [memory_in(results, places)])
    missed = missed_goals(results)
    parts += ["## Goals that are missed", "\n".join(f"- {line}" for line in missed) or "None."]
    return "\n\n".join(parts) + "\n"


# Plots.


def cache_sizes():
    """The data caches of this machine in bytes, by name."""
    caches = {}
    for index in sorted(pathlib.Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        if (index / "type").read_text().strip() != "Instruction":
            size = (index / "size").read_text().strip()
            unit = {"K": 1 << 10, "M": 1 << 20}[size[-1]]
            caches["L" + (index / "level").read_text().strip()] = int(size[:-1]) * unit
    return caches


def cache_marks(results, pair):
    """Vertical lines where a hashed map of ours is as large as a cache."""
    bytes_per_pair = [
        runs["ours_hashed"]["bytes_per_pair"]
        for place, runs in results.counters.items()
        if place.pair == pair and "bytes_per_pair" in runs.get("ours_hashed", {})
    ]
    for name, size in cache_sizes().items() if bytes_per_pair else ():
        at = size / min(bytes_per_pair)
        yield f"set arrow from {at}, graph 0 to {at}, graph 1 nohead dashtype 2 linecolor 'gray50'"
        yield f"set label '{name}' at {at}, graph 0.97 offset 0.5, 0 textcolor 'gray50'"


def plot_script(results, pair, operation, folder):
    """What gnuplot is told, or an empty text where there is no line to draw."""
    places = sorted(place for place in results.ns if (place.pair, place.operation) == (pair, operation))
    peers = [peer for peer in dict.fromkeys(HASHED + ORDERED) if any(peer in results.ns[p] for p in places)]
    if len(places) < 2:
        return ""
    lines = [
        "set terminal svg size 800,500 dynamic background 'white'",
        f"set output '{folder}/{operation}-{pair}.svg'",
        f"set title '{operation.replace('_', ' ')}, {pair}' noenhanced",
        "set logscale xy; set grid; set key outside right; set format x '10^{%L}'",
        "set xlabel 'pairs'; set ylabel 'nanoseconds per operation'",
        *cache_marks(results, pair),
    ]
    for number, peer in enumerate(peers):
        points = [f"{p.size} {results.ns[p][peer]}" for p in places if peer in results.ns[p]]
        lines += [f"$data{number} << END", *points, "END"]
    drawn = [
        f"$data{i} with linespoints linewidth {3 if 'ours' in peer else 1} title '{peer.replace('_', ' ')}' noenhanced"
        for i, peer in enumerate(peers)
    ]
    return "\n".join([*lines, "plot " + ", ".join(drawn)]) + "\n"


def draw(results, folder):
    """Writes a plot for each operation and type of pairs that was measured at two sizes or more; returns how many."""
    drawn = 0
    for pair, operation in sorted({(place.pair, place.operation) for place in results.ns}):
        script = plot_script(results, pair, operation, folder)
        if script:
            subprocess.run(["gnuplot"], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
            drawn += 1
    return drawn
