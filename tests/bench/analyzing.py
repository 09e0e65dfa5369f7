"""How fast ``analyze`` is against a bare loop that decodes and asks MediaPipe: ``python -m tests.bench.analyzing``.

``[VIDEO] [-e EXERCISE] [--ways litert:2 litert:2:video mediapipe] [--model heavy] [--seconds 8] [--rounds 5]``: the whole of
`formcheck.analyze`, files and all, and the bare loop take turns; each round gives a ratio of their times, in which how loaded the
computer is cancels. Over 1 is faster than the bare loop. ``:video`` is with the annotated video, which is drawn in a second pass. A video of
another size is made 720p first.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import mediapipe
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode

import formcheck
from formcheck.pose.bundles import MODELS, find_bundle
from formcheck.pose.opening import seeing
from formcheck.samples_folder import sample_clip

SIZE_WH = (1280, 720)


def made_720p(video: Path, target: Path, seconds: float) -> int:
    """Write the beginning of a video in 720p; return how many pictures that are."""
    count = 0
    with av.open(video) as source, av.open(target, "w") as output:
        pictures = source.streams.video[0]
        stream = output.add_stream("libx264", pictures.average_rate or Fraction(25))
        stream.width, stream.height, stream.pix_fmt = *SIZE_WH, "yuv420p"
        for frame in source.decode(pictures):
            if frame.time is not None and frame.time > seconds:
                break
            output.mux(stream.encode(frame.reformat(*SIZE_WH, format="yuv420p")))
            count += 1
        output.mux(stream.encode(None))
    return count


def bare(video: Path, model: str) -> None:
    """Decode and ask MediaPipe, and nothing else."""
    options = PoseLandmarkerOptions(
        BaseOptions(model_asset_path=str(find_bundle(model))), running_mode=RunningMode.VIDEO
    )
    with PoseLandmarker.create_from_options(options) as landmarker, av.open(video) as source:
        for frame in source.decode(video=0):
            image = mediapipe.Image(mediapipe.ImageFormat.SRGB, frame.to_ndarray(format="rgb24"))
            landmarker.detect_for_video(image, round(1000 * float(frame.time or 0.0)))


def timed(work: Callable[[], object]) -> float:
    """Return how long it takes in seconds."""
    begun_s = time.perf_counter()
    work()
    return time.perf_counter() - begun_s


def main() -> None:
    """Measure in turn and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video", nargs="?", type=Path, default=sample_clip("lateral_lunge"))
    parser.add_argument("-e", "--exercise", default="lateral_lunge")
    parser.add_argument(
        "--ways",
        nargs="+",
        default=["litert:2", "litert:2:video", "litert:1", "mediapipe"],
        help="BACKEND[:THREADS][:video].",
    )
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    ratios: dict[str, list[float]] = {way: [] for way in given.ways}
    bare_s: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        count = made_720p(given.video, clip, given.seconds)

        def analyse(way: str) -> None:
            backend, *said = way.split(":")
            asked = seeing(given.model, backend, next((int(number) for number in said if number.isdigit()), None))
            formcheck.analyze(
                clip, given.exercise, out=Path(folder) / "out", model=given.model, backend=asked.backend,
                threads=asked.threads, video="video" in said,
            )  # fmt: skip

        for number in range(given.rounds):
            turn = number % len(given.ways)
            for way in given.ways[turn:] + given.ways[:turn]:
                bare_s.append(timed(partial(bare, clip, given.model)))
                ratios[way].append(bare_s[-1] / timed(partial(analyse, way)))
    print(
        f"{given.video.name}, {count} pictures of {SIZE_WH[0]}x{SIZE_WH[1]}, {given.model}, {given.rounds} rounds on {os.cpu_count()} "
        f"cores (load {os.getloadavg()[0]:.1f}); the bare loop: {count / statistics.median(bare_s):.1f} pictures a second"
    )
    for way, values in ratios.items():
        print(
            f"  analyze with {way:10} {statistics.median(values):.2f} times as fast ({min(values):.2f} to {max(values):.2f})"
        )


if __name__ == "__main__":
    main()
