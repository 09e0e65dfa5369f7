"""How equal and how fast the two ways to the landmarks are: ``python -m tests.bench.backends VIDEO … [--model lite] [--every 3]``.

In one run, picture by picture and in turn, each video is followed by MediaPipe with its smoothing switched off (its clock
runs ten thousand times too fast), by LiteRT with one and with two threads, and by a second MediaPipe that begins three
pictures later. Differences are in percent of the torso; those between the two MediaPipes say how equal anything can be
that follows a person by its own landmarks: a hundredth of a pixel grows threefold from picture to picture, until it is
lost in the noise of the model. Each so many-th picture is looked at alone, too, as if it were the first. Stretches in which only one sees somebody, or in which they are far apart,
are listed, so that they can be looked at.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame
from formcheck.capture.scene import SceneChanges
from formcheck.capture.video_file import VideoFile
from formcheck.pose.bundles import MODELS
from formcheck.pose.estimator import MediaPipeEstimator
from formcheck.pose.following import LiteRtEstimator
from formcheck.pose.looking import Looking
from formcheck.pose.pose import INDEX, Pose
from formcheck.samples_folder import sample_clip

FASTER = 10_000.0
"""MediaPipe's filter smooths over seconds: where the clock runs so fast it smooths nothing, and the track is kept."""
LATER = 3
"""The second MediaPipe begins so many pictures later."""
APART = 5.0
"""Landmarks that differ by more percent of the torso, in the middle, follow something else."""
ALONE = 20
"""Each so many-th picture is looked at alone."""
SETTLED = 5
"""So many pictures after a beginning nothing is compared."""

BODY = [INDEX[f"{side}_{part}"] for part in ("shoulder", "hip", "knee", "ankle") for side in ("left", "right")]
MEDIAPIPE, LATER_MEDIAPIPE, ONE, TWO = "mediapipe", "mediapipe, later", "litert 1", "litert 2"
ALONE_MEDIAPIPE, ALONE_LITERT = "mediapipe, alone", "litert, alone"


@dataclass
class Watcher:
    """One way to the landmarks, what it saw and how long it took."""

    looking: Looking
    faster: float = 1.0
    seen: list[Pose | None] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)

    def look(self, frame: Frame) -> None:
        """Look at a frame and keep the time."""
        start_s = time.perf_counter()
        self.seen.append(self.looking.find_person(replace(frame, time_s=frame.time_s * self.faster)))
        self.took_s.append(time.perf_counter() - start_s)


def watch(clip: Path, model: str, every: int, frames: int | None) -> tuple[dict[str, Watcher], list[float]]:
    """Return what each way saw in a video, and the times of the pictures."""
    makers: dict[str, Callable[[], Watcher]] = {
        MEDIAPIPE: lambda: Watcher(MediaPipeEstimator(model), FASTER),
        LATER_MEDIAPIPE: lambda: Watcher(MediaPipeEstimator(model), FASTER),
        ONE: lambda: Watcher(LiteRtEstimator(model, 1, is_steady=False)),
        TWO: lambda: Watcher(LiteRtEstimator(model, 2, is_steady=False)),
        ALONE_MEDIAPIPE: lambda: Watcher(MediaPipeEstimator(model), FASTER),
        ALONE_LITERT: lambda: Watcher(LiteRtEstimator(model, 2, is_steady=False)),
    }
    scene, times_s = SceneChanges(), list[float]()
    with ExitStack() as stack:
        watchers = {name: make() for name, make in makers.items()}
        for watcher in watchers.values():
            stack.callback(watcher.looking.close)
        for frame in _some(VideoFile(clip), every, frames):
            view = scene.look(frame.time_s, frame.image_bgr)
            times_s.append(frame.time_s)
            names = list(watchers)
            turn = len(times_s) % len(names)
            for name in names[turn:] + names[:turn]:
                watcher = watchers[name]
                is_alone = name in (ALONE_MEDIAPIPE, ALONE_LITERT)
                if view.cut or is_alone:
                    watcher.looking.forget()
                is_left_out = (
                    len(times_s) % ALONE != 1 if is_alone else name == LATER_MEDIAPIPE and len(times_s) <= LATER
                )
                if view.unfit or is_left_out:
                    watcher.seen.append(None)
                else:
                    watcher.look(frame)
    return watchers, times_s


def _some(source: Iterable[Frame], every: int, frames: int | None) -> Iterator[Frame]:
    taken = 0
    for frame in source:
        if frame.index % every == 0:
            taken += 1
            yield frame
        if taken == frames:
            return


def differences(one: Watcher, other: Watcher) -> NDArray[np.float64]:
    """Return (pictures, 33) differences in percent of the torso; NaN where only one or none saw somebody."""
    rows = []
    for mine, theirs in zip(one.seen, other.seen, strict=True):
        if mine is None or theirs is None:
            rows.append(np.full(33, np.nan))
            continue
        shoulders, hips = (theirs.image_px[BODY[k : k + 2]].mean(axis=0) for k in (0, 2))
        torso_px = max(float(np.linalg.norm(shoulders - hips)), 1.0)
        rows.append(100 * np.linalg.norm(mine.image_px - theirs.image_px, axis=1) / torso_px)
    return np.array(rows)


def summary(name: str, difference: NDArray[np.float64], settled_after: int = SETTLED) -> str:
    """Return median and 95 % of the differences, of the body's joints and of all landmarks."""
    settled = difference[settled_after:]
    settled = settled[~(np.nanmedian(np.nan_to_num(settled, nan=0.0), axis=1) > APART)]
    if np.isnan(settled).all():
        return f"  {name:18} nothing to compare"
    body = settled[:, BODY]
    middle, far = np.nanquantile(body, (0.5, 0.95))
    all_middle, all_far = np.nanquantile(settled, (0.5, 0.95))
    return f"  {name:18} joints {middle:5.2f} {far:6.2f}   all {all_middle:5.2f} {all_far:6.2f}"


def stretches(one: Watcher, other: Watcher, times_s: list[float]) -> Iterator[str]:
    """Yield where only one saw somebody, and where they are far apart."""
    difference = differences(one, other)
    state, since_s = "", 0.0
    for k, (mine, theirs) in enumerate(zip(one.seen, other.seen, strict=True)):
        now = ""
        if (mine is None) != (theirs is None):
            now = "only MediaPipe sees somebody" if mine is None else "only LiteRT sees somebody"
        elif mine is not None and np.median(difference[k]) > APART:
            now = f"more than {APART:g} % apart"
        if now != state:
            if state:
                yield f"    {since_s:.2f} to {times_s[k]:.2f} s: {state}"
            state, since_s = now, times_s[k]
    if state:
        yield f"    {since_s:.2f} s to the end: {state}"


def main() -> None:
    """Watch, compare, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("videos", nargs="+", help="Files, or names of bundled clips such as dead_bug.")
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--every", type=int, default=1, help="Only each so many-th picture.")
    parser.add_argument("--frames", type=int, default=None, help="So many pictures at most.")
    wanted = parser.parse_args()
    print("percent of the torso: median and 95 %; ratio: MediaPipe's time over LiteRT's, the median of the pictures")
    for video in wanted.videos:
        clip = Path(video) if Path(video).is_file() else sample_clip(video)
        watchers, times_s = watch(clip, wanted.model, wanted.every, wanted.frames)
        base = watchers[MEDIAPIPE]
        typical_s = {name: float(np.median(watchers[name].took_s[SETTLED:])) for name in (MEDIAPIPE, ONE, TWO)}
        print(f"{clip.name}, {wanted.model}, {len(times_s)} pictures", flush=True)
        print(summary("LiteRT, alone", differences(watchers[ALONE_LITERT], watchers[ALONE_MEDIAPIPE]), 0))
        print(summary("LiteRT", differences(watchers[TWO], base)))
        print(summary("MediaPipe, later", differences(watchers[LATER_MEDIAPIPE], base)))
        speeds = ", ".join(f"{name}: {typical_s[MEDIAPIPE] / typical_s[name]:.2f}" for name in (ONE, TWO))
        print(f"  ratio {speeds}; MediaPipe {1000 * typical_s[MEDIAPIPE]:.0f} ms")
        alike = zip(watchers[ONE].seen, watchers[TWO].seen, strict=True)
        same = all((one is None) == (two is None) for one, two in alike)
        same &= not (differences(watchers[ONE], watchers[TWO]) > 0).any()
        peaks = [np.median(pose.evidence.peak) for pose in watchers[TWO].seen if pose is not None and pose.evidence]
        low, middle = np.quantile(peaks, (0.01, 0.5)) if peaks else (np.nan, np.nan)
        print(
            f"  threads {'do not change' if same else 'change'} the landmarks; peaks 1 % {low:.2f}, median {middle:.2f}"
        )
        for line in stretches(watchers[TWO], base, times_s):
            print(line, flush=True)


if __name__ == "__main__":
    main()
