"""How much memory and time recordings of growing length take: ``python -m tests.bench.memory [--minutes 1 5 20 60]``.

A posed figure does repetition after repetition for so long, at 30 pictures a second, and the recording of its landmarks is replayed. With
``--whole``, a rendered clip is repeated for so long and analysed, from the video to the report, by the ``lite`` model: an hour of it takes
half an hour. Each length has a process of its own, whose greatest memory is told, against that of the first length. Processor time is told
by the minute: the same in each row where cost grows as the length does.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import process_time

import av

from formcheck import analyze
from formcheck.capture.frame import SourceInfo
from formcheck.pose.pose import Observation
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.replaying import replay
from formcheck.samples_folder import sample_clip
from samples.figure import best_view, movement, observe

FPS = 30.0
NAME = "lateral_lunge"


def looped(minutes: float) -> Iterator[Observation]:
    """Yield a figure's repetitions, again and again."""
    once = observe(movement(NAME, reps=4), best_view(NAME), FPS, noise=0.01, seed=1)
    for index in range(round(minutes * 60 * FPS)):
        seen, time_s = once[index % len(once)], index / FPS
        yield replace(seen, time_s=time_s, pose=None if seen.pose is None else replace(seen.pose, time_s=time_s))


def write_landmarks(path: Path, minutes: float) -> None:
    """Record so many minutes of a figure's landmarks."""
    source = SourceInfo("file", "clip.mp4", 1280, 720, FPS, round(minutes * 60 * FPS), minutes * 60)
    with LandmarkWriter(path, source, "heavy") as writer:
        for seen in looped(minutes):
            writer.write(seen)
        writer.finish()


def write_video(path: Path, minutes: float) -> None:
    """Repeat a rendered clip for so many minutes, at 30 pictures a second."""
    with av.open(sample_clip(NAME)) as clip, av.open(path, "w") as output:
        of_clip = clip.streams.video[0]
        packets = [packet for packet in clip.demux(of_clip) if packet.size]
        assert of_clip.time_base
        assert of_clip.average_rate
        turn = round(len(packets) / of_clip.average_rate / of_clip.time_base)
        time_base = of_clip.time_base * of_clip.average_rate / Fraction(FPS)
        stream = output.add_stream_from_template(of_clip)
        for index in range(round(minutes * 60 * FPS)):
            turns, which = divmod(index, len(packets))
            first = packets[which]
            packet = av.Packet(bytes(first))
            packet.stream, packet.time_base, packet.is_keyframe = stream, time_base, first.is_keyframe
            packet.pts, packet.dts = ((stamp or 0) + turns * turn for stamp in (first.pts, first.dts))
            output.mux(packet)


def one(minutes: float, *, whole: bool) -> None:
    """Replay or analyse so many minutes; print the processor time in seconds, the greatest memory and the landmarks in MB."""
    with tempfile.TemporaryDirectory() as folder:
        landmarks, video, out = Path(folder) / "landmarks.jsonl", Path(folder) / "clip.mp4", Path(folder) / "out"
        if whole:
            write_video(video, minutes)
            begun_s = process_time()
            session = analyze(video, NAME, out=out, model="lite", threads=1, with_report=True)
            assert session.counted
            landmarks = out / landmarks.name
        else:
            write_landmarks(landmarks, minutes)
            begun_s = process_time()
            replay(landmarks, NAME)
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(process_time() - begun_s, kilobytes / 1000, landmarks.stat().st_size / 1e6)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", nargs="+", type=float, default=[1.0, 5.0, 20.0, 60.0])
    parser.add_argument("--whole", action="store_true", help="From the video to the report.")
    parser.add_argument("--one", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        one(given.one, whole=given.whole)
        return
    first_mb = None
    for minutes in given.minutes:
        command = [sys.executable, "-m", "tests.bench.memory", "--one", str(minutes), *["--whole"] * given.whole]
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
