"""How many repetitions others count on the same landmarks: ``python -m tests.bench.peers [--only TEXT]``.

Each row is a performance whose repetitions are known: the posed figure with the jitter of an estimator (clean, quick, slow, half-way,
bouncing, with bursts of swapped legs, at 10 pictures a second), and real people's landmarks where ``../shared/footage`` is
there. The peers are

- two thresholds: up over 70 % of the way from rest to the end position, down under 30 %, of the textbook figure's angle;
- turning points: a rise of at least 30 degrees, or half of that way where it is shorter, and back by 70 % of it;
- trackerfit of PyPI (``pip install --no-deps trackerfit``: it asks for a NumPy of before 2), its own class with the joint of the
  exercise and the middle between rest and end position as its limit; left out where it is not installed.

Each peer watches the angle of the joint that carries the exercise, on both sides, and is told which exercise it is, as
formcheck is, and whether both legs move at once. AIGym of Ultralytics is not among them: it comes with PyTorch and looks for a model of its own.
"""

import argparse
import csv
import gzip
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.rulebook import Rulebook, load_rules
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import INDEX, SIDES, Observation, Side
from formcheck.pose.recording import Recording
from samples.figure import Bursts, Movement, best_view, bouncing, movement, observe

FOOTAGE = Path(__file__).parents[3] / "shared" / "footage" / "landmarks"
SIZE_WH = (1280, 720)
JITTER = 0.01
BOUNCING = 0.8
"""Share of the way to which the figure goes back: the bent knee of a lunge has then not come back by 70 % of its angle."""
UP, DOWN, MIDDLE = 0.7, 0.3, 0.5
"""Shares of the way from rest to the end position."""
TRAVEL_DEG, BACK = 30.0, 0.7

Angles = NDArray[np.float64]
Limits = tuple[float, float]
"""The angle at rest and in the end position."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What carries an exercise, as a simple counter would watch it."""

    parts: tuple[str, str, str]
    """From, at and to which the angle is measured."""

    def landmarks(self, side: Side) -> tuple[int, int, int]:
        """Return the indices of its landmarks."""
        first, middle, last = (INDEX[f"{side}_{part}"] for part in self.parts)
        return first, middle, last


HIP, KNEE = Joint(("shoulder", "hip", "knee")), Joint(("hip", "knee", "ankle"))
JOINTS = {"hip_flexion": HIP, "lateral_lunge": KNEE, "dead_bug": HIP}
LEVELS: dict[str, str | None] = {"hip_flexion": "free", "lateral_lunge": "step_out", "dead_bug": "basic"}


@dataclass(frozen=True, slots=True)
class Row:
    """A performance whose repetitions are known, from so many to so many."""

    name: str
    exercise: str
    level: str | None
    seen: Sequence[Observation]
    least: int
    most: int
    size_wh: tuple[int, int] = SIZE_WH
    model: str = "heavy"
    both_at_once: bool = False
    """Both legs do each repetition."""

    def both(self, left_and_right: Sequence[int]) -> int:
        """Return how many repetitions are meant where so many were counted on each side."""
        return max(left_and_right) if self.both_at_once else sum(left_and_right)

    @property
    def truth(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


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
        yield row("bouncing, never back", bouncing(name, level, low=BOUNCING))
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


def bent_deg(seen: Sequence[Observation], joint: Joint, side: Side) -> Angles:
    """Return how far the joint is bent in the picture, 0 = straight, wherever somebody was seen."""
    first, middle, last = joint.landmarks(side)
    points = np.array([one.pose.image_px[[first, middle, last]] for one in seen if one.pose is not None])
    if not len(points):
        return np.zeros(0)
    one, other = points[:, 0] - points[:, 1], points[:, 2] - points[:, 1]
    cosine = (one * other).sum(axis=1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-9)
    angles: Angles = 180 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return angles[np.isfinite(angles)]


def limits_of(name: str) -> Limits:
    """Return the angle of the textbook figure at rest and in the end position, on the side that moves first."""
    seen = observe(movement(name, LEVELS[name], reps=1), best_view(name))
    ways = [bent_deg(seen, JOINTS[name], side) for side in SIDES]
    moving = max(ways, key=lambda way: float(np.ptp(way)))
    rest = float(moving[0])
    return rest, max(map(float, (moving.min(), moving.max())), key=lambda value: abs(value - rest))


def along(angles: Angles, limits: Limits) -> Angles:
    """Return the share of the way from rest to the end position."""
    rest, end = limits
    return (angles - rest) / (end - rest)


def two_thresholds(row: Row, limits: Limits) -> int:
    """Count each way over `UP` that comes after one under `DOWN`."""
    counts = [0, 0]
    for number, side in enumerate(SIDES):
        is_up = False
        for share in along(bent_deg(row.seen, JOINTS[row.exercise], side), limits):
            if not is_up and share > UP:
                is_up = True
                counts[number] += 1
            elif share < DOWN:
                is_up = False
    return row.both(counts)


def turning_points(row: Row, limits: Limits) -> int:
    """Count each rise of `TRAVEL_DEG`, or half the way, that is taken back by `BACK`."""
    counts, way = [0, 0], limits[1] - limits[0]
    travel = min(TRAVEL_DEG, MIDDLE * abs(way))
    for number, side in enumerate(SIDES):
        low, high, start = np.inf, None, 0.0
        for angle in np.sign(way) * bent_deg(row.seen, JOINTS[row.exercise], side):
            if high is None:
                low = min(low, angle)
                if angle - low >= travel:
                    start, high = low, angle
            else:
                high = max(high, angle)
                if high - angle >= BACK * (high - start):
                    counts[number] += 1
                    low, high = angle, None
    return row.both(counts)


def trackerfit(row: Row, limits: Limits) -> int:
    """Count as trackerfit does, frame by frame."""
    from trackerfit.ejercicios.ejercicio import Ejercicio
    from trackerfit.utils.tipo_esfuerzo_enum import TipoEsfuerzo

    # It takes the angle between the bones: 180 = straight.
    limit = 180 - (limits[0] + MIDDLE * (limits[1] - limits[0]))
    kind = TipoEsfuerzo.CONTRACCION if limits[1] > limits[0] else TipoEsfuerzo.AMPLITUD
    counters: list[Any] = [Ejercicio(limit, limit, JOINTS[row.exercise].landmarks(side), kind) for side in SIDES]
    for one in row.seen:
        if one.pose is not None and np.isfinite(one.pose.image_px).all():
            points = {index: {"x": int(x), "y": int(y)} for index, (x, y) in enumerate(one.pose.image_px.tolist())}
            for counter in counters:
                counter.actualizar(points)
    return row.both([counter.get_reps() for counter in counters])


def counted_here(row: Row, rules: Rulebook) -> int:
    """Count as this program does, with all that it judges besides."""
    performance = Performance(rules[row.exercise], row.size_wh, Options(level=row.level), row.model)
    for one in row.seen:
        performance.step(one)
    performance.finish("file")
    source = SourceInfo("file", row.name, *row.size_wh, 30.0, len(row.seen), row.seen[-1].time_s)
    return len(performance.result(source, row.model).counted)


def main() -> None:
    """Count and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="Only rows in whose name this stands.")
    given = parser.parse_args()
    rules = load_rules()
    limits = {name: limits_of(name) for name in JOINTS}
    ways: dict[str, Callable[[Row], int]] = {
        "formcheck": lambda row: counted_here(row, rules),
        "two thresholds": lambda row: two_thresholds(row, limits[row.exercise]),
        "turning points": lambda row: turning_points(row, limits[row.exercise]),
    }
    if importlib.util.find_spec("trackerfit") is not None:
        ways["trackerfit"] = lambda row: trackerfit(row, limits[row.exercise])
    table = Table("", "truth", *ways)
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
    table.add_section()
    table.add_row("exact", f"{rows}", *(f"{exact[name]}" for name in ways))
    table.add_row("ms a picture", "", *(f"{1000 * taken_s[name] / max(frames, 1):.3f}" for name in ways))
    Console().print(table)
    print(f"{frames} pictures, on {os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
