"""What ``analyze --skip-still`` gains and changes: ``python -m tests.bench.still``.

``[--only TEXT] [--model heavy] [--rounds 5]``: recordings of held positions and of people who move all the time are analysed
as usual and with ``--skip-still`` in turn, without video and report, with one thread. Each round gives a ratio of processor time. The table says of how
many pictures the model was spared, and what came out otherwise: counts, faults, the times of repetitions, and holds.

The rendered clips have 15 pictures a second; here they are looked at as they are, and at 30 a second, with each second picture
interpolated along the motion (half a minute a clip, once). Real recordings are those of ``../shared/footage``, where it is there.
In brackets stands, for comparison, by how much times and holds change where each second picture of the usual analysis is left out.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time
from unittest.mock import patch

import av
import numpy as np
from numpy.typing import NDArray

import formcheck
from formcheck.capture.frame import Frame
from formcheck.exercise.session_result import Session
from formcheck.pose.bundles import MODELS
from formcheck.pose.looking import Looking
from formcheck.pose.pose import Observation, Pose
from formcheck.pose.recording import Recording
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.still import Standstill
from formcheck.samples_folder import sample_clip

FOOTAGE = Path(__file__).parents[3] / "shared" / "footage"
RENDERED = {"childs_pose": "childs_pose", "hip_90_90": "hip_90_90"}
"""The clips whose positions are held; each has a sibling with faults."""
REAL = {
    "side_lunge_front": "lateral_lunge",
    "knee_to_chest_side": "hip_flexion",
    "side_lunges_cuts": "lateral_lunge",
    "split_squat_oblique": "lateral_lunge",
}
RATE = 30
WITHIN_S = 0.4
"""So much the times of repetitions and holds may change, says the README, or as much as half the pictures would change them;
counts and faults may not."""
COLUMNS = ("", "pictures", "left out", "processor time", "as fast", "counted", "times within", "holds within", "faults")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a session found otherwise than another one of the same recording."""

    counts: str
    times_s: float
    holds_s: float
    faults: str
    is_otherwise: bool
    """A count or a fault changed."""

    def is_beyond(self, halved: "Difference") -> bool:
        """Whether more changed than the README says, beside what half as many pictures would change."""
        changes = (0.0, 0.0) if halved.is_otherwise else (halved.times_s, halved.holds_s)
        times_s, holds_s = (max(WITHIN_S, change) + 1e-6 for change in changes)
        return self.is_otherwise or self.times_s > times_s or self.holds_s > holds_s


def interpolated(video: Path, target: Path) -> Path:
    """Write a video at `RATE`, the pictures between interpolated along the motion."""
    with av.open(video) as source, av.open(target, "w") as output:
        pictures = source.streams.video[0]
        stream = output.add_stream("libx264", RATE)
        stream.width, stream.height, stream.pix_fmt = pictures.width, pictures.height, "yuv420p"
        graph = av.filter.Graph()
        graph.link_nodes(
            graph.add_buffer(template=pictures), graph.add("minterpolate", f"fps={RATE}"), graph.add("buffersink")
        ).configure()
        for frame in (*source.decode(pictures), None):
            graph.push(frame)
            try:
                while True:
                    made = graph.pull()
                    assert isinstance(made, av.VideoFrame)
                    made.pict_type = 0
                    output.mux(stream.encode(made))
            except (av.BlockingIOError, av.EOFError):
                pass
        output.mux(stream.encode(None))
    return target


def clips(folder: Path, only: str) -> Iterator[tuple[str, Path, str]]:
    """Yield what each recording is called, where it is, and its exercise."""
    for name, exercise in RENDERED.items():
        for clip in (name, f"{name}_faulty"):
            usual, quicker = f"{clip}, 15 a second", f"{clip}, {RATE} a second"
            if only in usual:
                yield usual, sample_clip(clip), exercise
            if only in quicker:
                yield quicker, interpolated(sample_clip(clip), folder / f"{clip}.mp4"), exercise
    for name, exercise in REAL.items():
        path, what = FOOTAGE / f"{name}.mp4", f"real: {name}"
        if only not in what:
            continue
        if path.is_file():
            yield what, path, exercise
        else:
            print(f"{what} is left out: it is not in ../shared/footage.")


class Looks:
    """Counts the pictures that are fit to show somebody, and those of them that the model looked at."""

    def __init__(self) -> None:
        self.fit, self.looked = 0, 0

    @property
    def left_out(self) -> float:
        """Share of the pictures that the model was spared."""
        return 1 - self.looked / self.fit

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count as long as this lasts."""
        estimate, note = Looking.estimate, Standstill.note

        def estimated(looking: Looking, frame: Frame) -> Observation:
            seen = estimate(looking, frame)
            self.fit += not seen.unfit
            return seen

        def noted(standstill: Standstill, time_s: float, levels: NDArray[np.float32], pose: Pose | None) -> None:
            self.looked += 1
            note(standstill, time_s, levels, pose)

        with patch.object(Looking, "estimate", estimated), patch.object(Standstill, "note", noted):
            yield


def analysed(path: Path, exercise: str, out: Path, model: str, *, skip_still: bool) -> tuple[Session, float]:
    """Analyse, and return what was found and the processor time in seconds."""
    begun_s = process_time()
    session = formcheck.analyze(path, exercise, out=out, model=model, threads=1, skip_still=skip_still)
    return session, process_time() - begun_s


def halved(landmarks: Path, exercise: str) -> Session:
    """Return what is found in each second picture of a recording."""
    recording = Recording(landmarks)
    with tempfile.TemporaryDirectory() as folder:
        thinned = Path(folder) / "landmarks.jsonl"
        with LandmarkWriter(thinned, recording.header.source, recording.header.model) as writer:
            for seen in islice((line for line in recording if isinstance(line, Observation)), 0, None, 2):
                writer.write(seen)
            writer.finish()
        return formcheck.replay(thinned, exercise)


def difference(usual: Session, quick: Session) -> Difference:
    """Compare repetition by repetition, in the order of their ends."""
    counts = [sum(rep.counted for rep in session.reps) for session in (usual, quick)]
    attempts = [len(session.reps) - count for session, count in zip((usual, quick), counts, strict=True)]
    times, holds = [0.0], [0.0]
    for one, other in zip(usual.counted, quick.counted, strict=False):
        times += [abs(one.start_s - other.start_s), abs(one.end_s - other.end_s)]
        held = [{hold.id: hold.duration_s for hold in rep.holds} for rep in (one, other)]
        holds += [abs(held[0].get(name, 0.0) - held[1].get(name, 0.0)) for name in held[0] | held[1]]
    faults = [sorted(fault.id for rep in session.counted for fault in rep.faults) for session in (usual, quick)]
    return Difference(
        _change(counts, "") + _change(attempts, " tries"), max(times), max(holds),
        f"{len(faults[0])}" if faults[0] == faults[1] else " ".join(_otherwise(*faults)),
        counts[0] != counts[1] or faults[0] != faults[1],
    )  # fmt: skip


def _change(values: list[int], what: str) -> str:
    one, other = values
    if one == other:
        return "" if what and not one else f"{', ' if what else ''}{one}{what}"
    return f"{', ' if what else ''}**{one} → {other}{what}**"


def _otherwise(one: list[str], other: list[str]) -> Iterator[str]:
    for name in sorted({*one, *other}):
        if one.count(name) != other.count(name):
            yield f"**{name} {one.count(name)} → {other.count(name)}**"


def _beside(change_s: float, half_s: float, halved: Difference) -> str:
    return f"{change_s:.2f} ({'other counts or faults' if halved.is_otherwise else f'{half_s:.2f}'}) s"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="Only recordings in whose name this stands.")
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    beyond = list[str]()
    print(_line(COLUMNS), _line(["---"] * len(COLUMNS)), sep="\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for place, (what, path, exercise) in enumerate(clips(Path(folder), given.only)):
            out = Path(folder) / f"{place}"
            taken_s: dict[bool, list[float]] = {False: [], True: []}
            found: dict[bool, Session] = {}
            looks: dict[bool, Looks] = {}
            for number in range(given.rounds):
                for skip_still in (False, True) if number % 2 == 0 else (True, False):
                    looks[skip_still] = Looks()
                    with looks[skip_still].counting():
                        found[skip_still], seconds = analysed(
                            path, exercise, out / f"{skip_still}", given.model, skip_still=skip_still
                        )
                    taken_s[skip_still].append(seconds)
            change = difference(found[False], found[True])
            half = difference(found[False], halved(out / "False" / "landmarks.jsonl", exercise))
            ratios = [one / other for one, other in zip(taken_s[False], taken_s[True], strict=True)]
            cells = [
                what, f"{looks[True].fit}", f"{looks[True].left_out:.0%}",
                " → ".join(f"{statistics.median(taken_s[key]):.1f}" for key in (False, True)) + " s",
                f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
                change.counts, _beside(change.times_s, half.times_s, half), _beside(change.holds_s, half.holds_s, half),
                change.faults,
            ]  # fmt: skip
            print(_line(cells), flush=True)
            beyond += [what] if change.is_beyond(half) else []
    print(f"{given.model}, {given.rounds} rounds, on {os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}")
    if beyond:
        raise SystemExit(f"Beyond what is documented: {', '.join(beyond)}.")


if __name__ == "__main__":
    main()
