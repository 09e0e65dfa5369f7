"""How much memory and time recordings of growing length take: ``python -m tests.bench.memory [--minutes 1 5 20 60]``.

A posed figure does repetition after repetition for so long, at 30 pictures a second; the recording of its landmarks is replayed, and each
length has a process of its own, whose greatest memory is told. What comes before (decoding and the model) holds one
picture at a time. Memory is told against that of the first length, and processor time by the minute: the same in each row
where cost grows as the length does.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

from formcheck.capture.frame import SourceInfo
from formcheck.pose.pose import Observation
from formcheck.pose.recording import LandmarkWriter
from formcheck.replaying import replay
from samples.figure import best_view, movement, observe

FPS = 30.0
NAME = "lateral_lunge"


def looped(minutes: float) -> Iterator[Observation]:
    """Yield a figure's repetitions, again and again."""
    once = observe(movement(NAME, reps=4), best_view(NAME), FPS, noise=0.01, seed=1)
    for index in range(round(minutes * 60 * FPS)):
        seen, time_s = once[index % len(once)], index / FPS
        yield replace(seen, time_s=time_s, pose=None if seen.pose is None else replace(seen.pose, time_s=time_s))


def one(minutes: float) -> None:
    """Replay so many minutes; print the processor time in seconds and the greatest memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "landmarks.jsonl"
        frames = round(minutes * 60 * FPS)
        source = SourceInfo("file", "clip.mp4", 1280, 720, FPS, frames, minutes * 60)
        with LandmarkWriter(path, source, "heavy") as writer:
            for seen in looped(minutes):
                writer.write(seen)
            writer.finish()
        begun_s = process_time()
        replay(path, NAME)
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(process_time() - begun_s, kilobytes / 1000, path.stat().st_size / 1e6)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", nargs="+", type=float, default=[1.0, 5.0, 20.0, 60.0])
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        one(given.one)
        return
    first_mb = None
    for minutes in given.minutes:
        command = [sys.executable, "-m", "tests.bench.memory", "--one", str(minutes)]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        seconds, megabytes, file_mb = map(float, found)
        first_mb = megabytes if first_mb is None else first_mb
        print(
            f"{minutes:5g} minutes: {megabytes:5.0f} MB ({megabytes / first_mb:.2f} of the first), {seconds / minutes:5.2f} s of the "
            f"processor and {file_mb / minutes:5.1f} MB of landmarks a minute",
            flush=True,
        )
    print(f"on {os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
