"""How long a frame takes from its landmarks to the results: ``python -m tests.bench.replay [--against CHECKOUT]``.

The landmarks are those of the posed figure, so that this runs anywhere and on the same frames everywhere. Each part is
timed by the time of the processor that it took, in several rounds, of which the quickest counts. What else a computer does
slows all of it: with ``--against`` another checkout takes turns with this one, and the ratio is what to look at.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table

from formcheck.body.follower import Follower
from formcheck.body.meter import Measured
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.rulebook import Rulebook, load_rules
from formcheck.pipeline import Options, coach_of
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.recognising import Recogniser
from formcheck.replaying import replay
from samples.figure import best_view, movement, observe

FPS = 30.0
SIZE_WH = (1280, 720)
ALLOWED_MS = {"judging": 0.5, "auto": 2.0, "replay": 1000 / 1800}
"""What a frame may take; `judging` is following and judging, by all levels of the exercise."""

Stream = list[Observation]
Timings = dict[str, float]
"""Milliseconds a frame by part."""


def streams(names: Iterable[str]) -> dict[str, Stream]:
    """Return what is seen of each exercise, done twice and well, with the jitter of an estimator."""
    return {name: observe(movement(name, reps=2), best_view(name), FPS, noise=0.01, seed=1) for name in names}


def record(path: Path, seen: Stream) -> None:
    """Write a recording."""
    source = SourceInfo("file", path.stem, *SIZE_WH, FPS, len(seen), seen[-1].time_s)
    with LandmarkWriter(path, source, "heavy") as writer:
        for item in seen:
            writer.write(item)
        writer.finish()


def timed(rules: Rulebook, seen: Mapping[str, Stream], folder: Path) -> Iterator[tuple[str, float]]:
    """Yield each part and the milliseconds that it takes for a frame."""
    frames = sum(map(len, seen.values()))
    began = process_time()
    for name in seen:
        list(Recording(folder / f"{name}.jsonl"))
    yield "reading", 1000 * (process_time() - began) / frames
    measured: dict[str, list[Measured]] = {}
    began = process_time()
    for name, stream in seen.items():
        follower = Follower(*SIZE_WH)
        measured[name] = [follower.step(item).measured for item in stream]
    yield "repair and body", 1000 * (process_time() - began) / frames
    for name, samples in measured.items():
        coach = coach_of(rules[name], Options())
        began = process_time()
        for sample in samples:
            coach.step(sample)
        yield f"judging {name}", 1000 * (process_time() - began) / len(samples)
    began = process_time()
    for stream in seen.values():
        recogniser = Recogniser(rules, SIZE_WH, Options())
        for item in stream:
            recogniser.step(item)
        recogniser.finish()
    yield "auto", 1000 * (process_time() - began) / frames
    began = process_time()
    for name in seen:
        replay(folder / f"{name}.jsonl", name, rules=rules)
    yield "replay", 1000 * (process_time() - began) / frames


def one_round(names: Iterable[str]) -> Timings:
    """Return how long each part took here."""
    rules, seen = load_rules(), streams(names)
    with tempfile.TemporaryDirectory() as name:
        for exercise, stream in seen.items():
            record(Path(name) / f"{exercise}.jsonl", stream)
        return dict(timed(rules, seen, Path(name)))


def elsewhere(checkout: Path, arguments: list[str]) -> Timings:
    """Return what one round of this very program says of a checkout."""
    found = subprocess.run(
        [sys.executable, __file__, "--rounds", "0", *arguments],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    timings: Timings = json.loads(found.stdout)
    return timings


def quickest(rounds: Iterable[Timings]) -> Timings:
    """Return the least that each part took."""
    taken = list(rounds)
    return {part: min(timings[part] for timings in taken) for part in taken[0]}


def table_of(here: Timings, there: Timings | None) -> Table:
    """Return the table."""
    table = Table()
    table.add_column("part", no_wrap=True)
    for title in ("ms a frame", "a second", "allowed", "of that"):
        table.add_column(title, justify="right")
    if there is not None:
        table.add_column("there", justify="right")
        table.add_column("ratio", justify="right")
    for part, taken_ms in here.items():
        allowed_ms = ALLOWED_MS.get(part.partition(" ")[0])
        row = [part, f"{taken_ms:.3f}", f"{1000 / taken_ms:,.0f}"]
        row += ["", ""] if allowed_ms is None else [f"{allowed_ms:.3f}", f"{taken_ms / allowed_ms:.0%}"]
        row += [] if there is None else [f"{there[part]:.3f}", f"{there[part] / taken_ms:.2f}"]
        table.add_row(*row)
    return table


def main() -> None:
    """Time, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="0 prints one round as JSON.")
    parser.add_argument("--only", nargs="*", help="Only these exercises.")
    parser.add_argument("--against", type=Path, help="Another checkout of this project.")
    wanted = parser.parse_args()
    names = wanted.only or list(load_rules())
    if wanted.rounds == 0:
        print(json.dumps(one_round(names)))
        return
    checkouts = [Path(__file__).parents[2]] + ([] if wanted.against is None else [wanted.against.resolve()])
    rounds = [[elsewhere(checkout, ["--only", *names]) for checkout in checkouts] for _ in range(wanted.rounds)]
    here, *there = (quickest(timings) for timings in zip(*rounds, strict=True))
    Console().print(table_of(here, there[0] if there else None))


if __name__ == "__main__":
    main()
