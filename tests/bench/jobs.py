"""How many recordings to look at at once, and with how many threads each: ``python -m tests.bench.jobs``.

``[--clips 40] [--seconds 2] [--ways 1x1 1x2 2x1 2x2] [--model heavy] [--rounds 5] [--fps N] [--video]``: each way is processes by threads. A
folder of short clips, of which no two are alike, is analysed in each way in turn, as `formcheck analyze` does it, with its
index, from the start of the processes to their end. Each round gives a ratio to the first way of the same round, in which how
loaded the computer is cancels as far as the load stays the same. ``--clips 25 50 100 200 --ways 2x1`` shows how the cost grows with
their number: the time of a clip is to stay the same. Linux shares a busy computer out by sessions, of whatever
many processes; here each process is a session of its own, so that two can get twice of what one gets.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from formcheck.batch import pool
from formcheck.batch.finding import find
from formcheck.batch.job import Manner
from formcheck.batch.pool import _begin as begin
from formcheck.batch.running import Wanted, jobs_of, run_batch
from formcheck.exercise.rulebook import load_rules
from formcheck.pipeline import Options
from formcheck.pose.bundles import MODELS
from formcheck.samples_folder import sample_clip
from tests.bench.analyzing import made_720p


def make_clips(folder: Path, count: int, seconds: float) -> Path:
    """Write short clips, no two of which are alike; return their folder."""
    folder.mkdir()
    whole = folder / "whole.mp4"
    made_720p(sample_clip("lateral_lunge"), whole, seconds)
    data = whole.read_bytes()
    whole.unlink()
    for number in range(count):
        # An empty box at the end is passed over by players, and makes it another file.
        (folder / f"{number:04}.mp4").write_bytes(data + _free(number))
    return folder


def _free(number: int) -> bytes:
    note = f"{number:08}".encode()
    return (8 + len(note)).to_bytes(4) + b"free" + note


def _begin_alone(*channels: Any) -> None:
    """Begin as a process does, in a session of its own."""
    if hasattr(os, "setsid"):
        os.setsid()
    begin(*channels)


def seconds_for(clips: Path, count: int, out: Path, way: str, manner: Manner) -> tuple[float, float]:
    """Analyse so many of the clips and return how long that took, and how much time of processors, in seconds."""
    processes = int(way.partition("x")[0])
    wanted = [Wanted(found, "lateral_lunge", Options()) for found in find([str(clips)], None)[:count]]
    jobs = jobs_of(wanted, str(out), manner, load_rules())
    with patch.object(pool, "_begin", _begin_alone):
        begun_s, begun_cpu_s = time.perf_counter(), _cpu_s()
        outcomes = run_batch(jobs, str(out), pool.Pool(processes), lambda *_: None, lambda _: None, threading.Event())
        taken_s, cpu_s = time.perf_counter() - begun_s, _cpu_s() - begun_cpu_s
    assert len(outcomes) == len(jobs) == count
    assert not any(outcome.exit_code for outcome in outcomes), outcomes[0].reason
    return taken_s, cpu_s


def _cpu_s() -> float:
    """Return how much time of processors was used by processes that are over."""
    over = os.times()
    return over.children_user + over.children_system


def main() -> None:
    """Measure in turn and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", nargs="+", type=int, default=[40])
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--ways", nargs="+", default=["1x1", "1x2", "2x1", "2x2"], help="PROCESSESxTHREADS.")
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--fps", type=float)
    parser.add_argument("--video", action="store_true", help="With the annotated video and the report.")
    given = parser.parse_args()
    tries = [(count, way) for count in given.clips for way in given.ways]
    taken: dict[tuple[int, str], list[tuple[float, float]]] = {each: [] for each in tries}
    loads: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        clips = make_clips(Path(folder) / "clips", max(given.clips), given.seconds)
        for number in range(given.rounds):
            turn = number % len(tries)
            for count, way in tries[turn:] + tries[:turn]:
                manner = Manner(
                    given.model, "litert", int(way.partition("x")[2]), fps=given.fps, video=given.video,
                    report=given.video,
                )  # fmt: skip
                taken[count, way].append(seconds_for(clips, count, Path(folder) / f"{way}.{count}", way, manner))
                loads.append(os.getloadavg()[0])
    print(
        f"clips of {given.seconds:g} s, {given.model}, {given.rounds} rounds on {os.cpu_count()} cores, load "
        f"{min(loads):.1f} to {max(loads):.1f}"
    )
    for (count, way), values in taken.items():
        first = [one for one, _ in taken[count, given.ways[0]]]
        seconds, cpu_s = ([one[index] for one in values] for index in (0, 1))
        ratios = [one / other for one, other in zip(first, seconds, strict=True)]
        ratio = f", {statistics.median(ratios):.2f} times {given.ways[0]} ({min(ratios):.2f} to {max(ratios):.2f})"
        a_clip_s = statistics.median(seconds) / count
        print(
            f"  {count:5} clips {way:>5} {a_clip_s:.3f} s a clip, {3600 / a_clip_s:.0f} clips an hour, "
            f"{statistics.median(cpu_s) / count:.2f} s of processor a clip{ratio if len(given.ways) > 1 else ''}"
        )


if __name__ == "__main__":
    main()
