"""What each stage of ``analyze`` takes: ``python -m tests.bench.stages``.

``[VIDEO] [-e EXERCISE] [--backend litert] [--threads 1] [--model heavy] [--seconds 8] [--as-it-is] [--rounds 5]``: the stages of one
clip, each by itself from its first picture to its last, in milliseconds of the processor for a picture that is looked at. `analyze`
lets some of them overlap, which saves time, but no work. What cannot be had by itself is the difference of a pass with it and one
without. The bare loop, which decodes and asks MediaPipe, is measured in the same round; each stage is told as a share of it, in
which how loaded the computer is cancels. A video of another size is made 720p first, unless it is to stay ``--as-it-is``.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import process_time
from unittest.mock import patch

import av
from rich.console import Console
from rich.table import Table

from formcheck.capture.decoding import whole_pictures
from formcheck.capture.opening import open_source
from formcheck.capture.scene import SceneChanges
from formcheck.drawing import draw_video
from formcheck.exercise.rulebook import load_rules
from formcheck.output.annotated_video import AnnotatedVideo
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import BACKENDS, Seeing, open_estimator, seeing
from formcheck.pose.pose import Observation
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.samples_folder import sample_clip
from tests.bench.analyzing import bare, made_720p

BARE, FIRST, ALL = "the bare loop", "all, without a video", "all, with the annotated video"
Spent = dict[str, float]
"""Milliseconds of the processor for a picture, by stage."""


def cpu_s(work: Callable[[], object]) -> float:
    """Return the time of the processor that something takes, in all threads, in seconds."""
    begun_s = process_time()
    work()
    return process_time() - begun_s


@contextmanager
def watched(owner: type, name: str, spent_s: list[float]) -> Iterator[None]:
    """Add what each call of a method takes meanwhile to what was spent."""
    own = getattr(owner, name)

    def call(*given: object, **named: object) -> object:
        begun_s = process_time()
        try:
            return own(*given, **named)
        finally:
            spent_s.append(process_time() - begun_s)

    with patch.object(owner, name, call):
        yield


def decode(clip: Path) -> None:
    """Decode, and nothing else."""
    with av.open(clip) as container:
        for _ in whole_pictures(container, container.streams.video[0]):
            pass


def convert(clip: Path) -> None:
    """Decode, and turn pictures into what the model looks at."""
    for _ in open_source(clip):
        pass


def looking(clip: Path, asked: Seeing, spent: Spent) -> list[Observation]:
    """Look at every picture; return what was seen, and note what that took."""
    whole: list[float] = []
    scene: list[float] = []
    net: list[float] = []
    with ExitStack() as stack:
        estimator = stack.enter_context(open_estimator(asked.model, asked.backend, asked.threads))
        stack.enter_context(watched(SceneChanges, "look", scene))
        stack.enter_context(watched(*_net_of(asked), net))
        seen = []
        for frame in open_source(clip):
            begun_s = process_time()
            seen.append(estimator.estimate(frame))
            whole.append(process_time() - begun_s)
    spent["watching for cuts and darkness"] = sum(scene)
    spent["locating the person, reading what the net says"] = sum(whole) - sum(scene) - sum(net)
    spent["the net itself" if asked.backend == "litert" else "MediaPipe: locating and the net"] = sum(net)
    return seen


def _net_of(asked: Seeing) -> tuple[type, str]:
    if asked.backend == "mediapipe":
        from mediapipe.tasks.python.vision import PoseLandmarker

        return PoseLandmarker, "detect_for_video"
    from formcheck.pose.inference import LandmarkModel

    return LandmarkModel, "look"


def one_round(clip: Path, exercise: str, asked: Seeing, folder: Path) -> Spent:
    """Return what each stage takes."""
    spent: Spent = {BARE: cpu_s(lambda: bare(clip, asked.model)), "decoding": cpu_s(lambda: decode(clip))}
    pictures_s = cpu_s(lambda: convert(clip))
    spent["turning it into pictures"] = pictures_s - spent["decoding"]
    source = open_source(clip)
    seen = looking(clip, asked, spent)
    performance = Performance(load_rules()[exercise], (source.info.width, source.info.height), Options(), asked.model)

    def judge() -> None:
        for item in seen:
            performance.step(item)
        performance.finish("file")

    def write() -> None:
        with LandmarkWriter(folder / "landmarks.jsonl", source.info, asked.model) as writer:
            for item in seen:
                writer.write(item)
            writer.finish()

    spent["judging: following, signals, rules"] = cpu_s(judge)
    spent["writing landmarks"] = cpu_s(write)
    spent[FIRST] = sum(taken for stage, taken in spent.items() if stage != BARE)
    session = performance.result(source.info, asked.model)

    def draw() -> None:
        draw_video(folder / "annotated.mp4", source, seen, performance.exercise, session, None)

    with patch.object(AnnotatedVideo, "write", lambda *_: None):
        unwritten_s = cpu_s(draw)
    spent["decoding and pictures again"] = pictures_s
    spent["drawing"] = unwritten_s - pictures_s
    spent["encoding"] = cpu_s(draw) - unwritten_s
    spent[ALL] = spent[FIRST] + sum(spent[stage] for stage in ("decoding and pictures again", "drawing", "encoding"))
    return {stage: 1000 * taken / len(seen) for stage, taken in spent.items()}


def table_of(rounds: list[Spent]) -> Table:
    """Return the table: the median of what each stage took, and of its share of the bare loop of the same round."""
    table = Table()
    table.add_column("stage", no_wrap=True)
    for title in ("ms a picture", "of the bare loop"):
        table.add_column(title, justify="right")
    for stage in rounds[0]:
        typical = statistics.median(spent[stage] for spent in rounds)
        share = statistics.median(spent[stage] / spent[BARE] for spent in rounds)
        table.add_row(stage, f"{typical:.2f}", f"{share:.1%}", style="bold" if stage in (BARE, FIRST, ALL) else None)
    return table


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video", nargs="?", type=Path, default=sample_clip("lateral_lunge"))
    parser.add_argument("-e", "--exercise", default="lateral_lunge")
    parser.add_argument("--backend", choices=BACKENDS)
    parser.add_argument("--threads", type=int, default=1, help="So many for LiteRT.")
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--as-it-is", action="store_true", help="All of the video, in its own size and codec.")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asked = seeing(given.model, given.backend, None if given.backend == "mediapipe" else given.threads)
    with tempfile.TemporaryDirectory() as name:
        clip = given.video if given.as_it_is else Path(name) / "clip.mp4"
        if not given.as_it_is:
            made_720p(given.video, clip, given.seconds)
        rounds = [one_round(clip, given.exercise, asked, Path(name)) for _ in range(given.rounds)]
        info = open_source(clip).info
    print(
        f"{given.video.name}, {info.width}x{info.height}, {info.fps:g} pictures a second looked at; {asked.model} by {asked.backend}; "
        f"{given.rounds} rounds on {os.cpu_count()} cores (load {os.getloadavg()[0]:.1f})"
    )
    Console().print(table_of(rounds))


if __name__ == "__main__":
    main()
