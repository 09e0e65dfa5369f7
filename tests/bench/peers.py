"""How many repetitions others count on the same landmarks: ``python -m tests.bench.peers [--only TEXT]``.

Each row is a performance whose repetitions are known: the posed figure with the jitter of an estimator, and real people's
landmarks where ``../shared/footage`` is there. The figure does the exercise clean, at 10 pictures a second, quick, slow,
half-way, with bursts of swapped legs, and bouncing: it goes to the end position and then, five times, so far back that the
joint that carries the exercise has come back by half of its way in space, and to the end position again. A repetition is one
that comes back by 70 % or to rest, so this is none by any measure of the movement.

The peers are

- two thresholds: up over 70 % of the way from rest to the end position, down under 30 %, of the textbook figure's angle;
- turning points: a rise of at least 30 degrees, or half of that way where it is shorter, and back by 70 % of it;
- trackerfit of PyPI (``pip install --no-deps trackerfit``: it asks for a NumPy of before 2), its own class with the joint of the
  exercise and the middle between rest and end position as its limit; left out where it is not installed;
- AIGym of Ultralytics (``pip install ultralytics shapely``, which brings PyTorch), its own class and its own counting, once with its
  own thresholds (145° and 90° between the bones) and once with the two thresholds above; our landmarks stand for what
  its model sees, which is made without weights and never asked; left out where it is not installed.

Each peer watches the angle of the joint that carries the exercise, on both sides, and is told which exercise it is, as
formcheck is, and whether both legs move at once. The time of AIGym holds its drawing, into a picture of 64 by 64.
"""

import argparse
import csv
import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.rulebook import Rulebook, load_rules
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from samples.figure import Bursts, Movement, best_view, bouncing, movement, observe
from tests.bench.counters import (
    JOINTS,
    LEVELS,
    AIGymCounter,
    Counter,
    Row,
    Trackerfit,
    TurningPoints,
    TwoThresholds,
    limits_of,
    low_of_bouncing,
)

FOOTAGE = Path(__file__).parents[3] / "shared" / "footage" / "landmarks"
JITTER = 0.01
WIDTH = 160
"""Of the table, in characters."""
BOUNCING = 0.5
"""Share of its way at which the joint turns back toward the end position."""


def posed() -> Iterator[Row]:
    """Yield performances of the posed figure."""
    for name, level in LEVELS.items():
        rule_level = None if name == "lateral_lunge" else level
        usual = movement(name, level, reps=4)

        def row(what: str, made: Movement, fps: float = 30.0, bursts: Bursts | None = None) -> Row:
            seen = observe(made, best_view(name), fps, noise=JITTER, bursts=bursts, seed=1)  # noqa: B023
            reps = sum(rep.counted is True for rep in made.truth.reps)
            at_once = made.truth.reps[0].side is None
            return Row(f"{name}, {what}", name, rule_level, seen, reps, reps, both_at_once=at_once)  # noqa: B023

        yield row("clean", usual)
        yield row("at 10 pictures a second", usual, 10.0)
        yield row("quick", movement(name, level, reps=4, move_s=0.6, rest_s=0.3))
        yield row("slow", movement(name, level, reps=2, move_s=8.0))
        yield row("half-way and back", movement(name, level, reps=4, depth=0.45))
        yield row("bouncing, never back", bouncing(name, level, low=low_of_bouncing(name, BOUNCING)))
        yield row("bursts of swapped legs", usual, bursts=Bursts("leg_swap", 0.2, 0.05))


def real() -> Iterator[Row]:
    """Yield real people's performances; other exercises are to be no repetition of hip flexion."""
    if not FOOTAGE.is_dir():
        return
    with (FOOTAGE / "truth.csv").open(encoding="utf-8") as file:
        truths = list(csv.DictReader(file))
    for truth in truths:
        name = "hip_flexion" if truth["exercise"] == "none" else truth["exercise"]
        if name not in JOINTS:
            continue
        least, most = (0, 0) if truth["exercise"] == "none" else map(int, truth["reps"].split("-"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "landmarks.jsonl"
            path.write_bytes(gzip.decompress((FOOTAGE / f"{truth['id']}.jsonl.gz").read_bytes()))
            recording = Recording(path)
            seen = [line for line in recording if isinstance(line, Observation)]
        source = recording.header.source
        what = f"real: {truth['id']}" + (" (another exercise)" if truth["exercise"] == "none" else "")
        level = truth["level"] or None if truth["exercise"] != "none" else None
        yield Row(what, name, level, seen, least, most, (source.width, source.height), recording.header.model)


def counted_here(row: Row, rules: Rulebook) -> int:
    """Count as this program does, with all that it judges besides."""
    performance = Performance(rules[row.exercise], row.size_wh, Options(level=row.level), row.model)
    for one in row.seen:
        performance.step(one)
    performance.finish("file")
    source = SourceInfo("file", row.name, *row.size_wh, 30.0, len(row.seen), row.seen[-1].time_s)
    return len(performance.result(source, row.model).counted)


def counters(rules: Rulebook) -> dict[str, Counter]:
    """Return who counts, by name; peers that are not installed are left out, with a word why."""
    limits = {name: limits_of(name) for name in JOINTS}
    ways: dict[str, Counter] = {
        "formcheck": lambda row: counted_here(row, rules),
        "two thresholds": TwoThresholds(limits),
        "turning points": TurningPoints(limits),
    }
    try:
        ways["trackerfit"] = Trackerfit(limits)
    except ImportError as missing:
        print(f"trackerfit is left out: {missing}.")
    try:
        ways["AIGym, as it comes"] = AIGymCounter(limits, as_it_comes=True)
        ways["AIGym, set"] = AIGymCounter(limits, as_it_comes=False)
    except ImportError as missing:
        print(f"AIGym of Ultralytics is left out: {missing}.")
    return ways


def main() -> None:
    """Count and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="Only rows in whose name this stands.")
    given = parser.parse_args()
    ways = counters(load_rules())
    table = Table("", "truth", *ways, box=MARKDOWN)
    for column in table.columns:
        column.no_wrap = True
    taken_s, frames, exact, rows = dict.fromkeys(ways, 0.0), 0, dict.fromkeys(ways, 0), 0
    for row in (*posed(), *real()):
        if given.only not in row.name:
            continue
        rows, frames, cells = rows + 1, frames + len(row.seen), list[str]()
        for name, way in ways.items():
            begun_s = process_time()
            count = way(row)
            taken_s[name] += process_time() - begun_s
            is_exact = row.least <= count <= row.most
            exact[name] += is_exact
            cells.append(f"{count}" if is_exact else f"[bold]{count}[/] ✗")
        table.add_row(row.name, row.truth, *cells)
    table.add_row("exact", f"{rows}", *(f"{exact[name]}" for name in ways))
    table.add_row("ms a picture", "", *(f"{1000 * taken_s[name] / max(frames, 1):.3f}" for name in ways))
    Console(width=WIDTH).print(table)
    print(f"{frames} pictures, on {os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}")
    if exact["formcheck"] < rows:
        raise SystemExit("formcheck is not exact in every row.")


if __name__ == "__main__":
    main()
