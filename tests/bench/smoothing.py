"""What smoothing costs and gains against the truth: ``python -m tests.bench.smoothing FOLDER [NAME …] --keep RECORDINGS``.

The folder holds clips of people whose joints are known: ``NAME.mp4`` with ``NAME.joints.npz`` (`names`, and `image_px10` in
tenths of a pixel), and, for comparison, ``NAME.jsonl.gz``, MediaPipe's smoothed landmarks. LiteRT looks at each clip once;
what it saw is kept in RECORDINGS. Errors, jitter and reach are in percent of the torso:

- jitter: second differences of the error, while the person stands still;
- lag: by how much the speeds come late;
- turning points: the error where a joint turns back after a quarter of the torso, but for what it is off all the time, and
  how much further (+) than in truth it seems to get there.
"""

import argparse
import gzip
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.video_file import VideoFile
from formcheck.pose.bundles import MODELS
from formcheck.pose.following import LiteRtEstimator
from formcheck.pose.pose import INDEX, Observation, Pose
from formcheck.pose.recording import Recording
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.smoothing import SURE_PEAK, Smoothing

Points = NDArray[np.float64]
Film = list[Pose]
PARTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
JOINTS = [f"{side}_{part}" for part in PARTS for side in ("left", "right")]
INDICES = [INDEX[name] for name in JOINTS]
TURN_T, STILL_T = 0.25, 0.004
"""A joint turns where it goes back by so much; in steps of less, nobody moves."""
KALMAN_T, KALMAN_Q = 0.01, 1.0
"""What one landmark is off, and how much people accelerate, squared and a second (torso lengths)."""


def raw_film(clip: Path, keep: Path, model: str) -> Film:
    """Return what LiteRT sees in a clip, from the recording if there is one."""
    path = keep / f"{clip.stem}.{model}.jsonl"
    if not path.exists():
        source = VideoFile(clip)
        unfinished = path.with_suffix(".part")
        with (
            LiteRtEstimator(model) as estimator,
            LandmarkWriter(unfinished, source.info, model, Run(backend="litert")) as writer,
        ):
            for frame in source:
                writer.write(estimator.estimate(frame))
            writer.finish()
        unfinished.replace(path)
    return list(_poses(path))


def mediapipe_film(packed: Path, keep: Path) -> Film:
    """Return what MediaPipe saw."""
    path = keep / packed.stem
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return list(_poses(path))


def _poses(path: Path) -> Iterator[Pose]:
    nothing = Pose(0.0, np.full((33, 2), np.nan), np.full((33, 3), np.nan), np.zeros(33))
    for line in Recording(path):
        if isinstance(line, Observation):
            yield line.pose if line.pose is not None else replace(nothing, time_s=line.time_s)


def one_euro(film: Film) -> Points:
    """Return the places by the filter that the program uses."""
    smoothing = Smoothing()
    return np.array([smoothing.smooth(pose).image_px for pose in film])


def one_euro_without_peaks(film: Film) -> Points:
    """Return the places by the same filter, all landmarks believed alike."""
    return one_euro([replace(pose, evidence=None) for pose in film])


def kalman(film: Film) -> Points:
    """Return the places by a Kalman filter with constant speed, its noise the larger the lower the peak."""
    torso = float(np.nanmedian([_torso(pose.image_px) for pose in film]))
    found = [film[0].image_px]
    place, speed = film[0].image_px, np.zeros((33, 2))
    doubt = np.tile(np.diag([KALMAN_T**2, 1.0]), (33, 1, 1))
    for before, pose in pairwise(film):
        step_s = pose.time_s - before.time_s
        if not (np.isfinite(pose.image_px).all() and np.isfinite(place).all()):
            place, speed = pose.image_px, np.zeros((33, 2))
            found.append(place)
            continue
        on = np.array([[1.0, step_s], [0.0, 1.0]])
        noise = KALMAN_Q * np.array([[step_s**3 / 3, step_s**2 / 2], [step_s**2 / 2, step_s]])
        doubt, place = on @ doubt @ on.T + noise, place + speed * step_s
        peak = np.ones(33) if pose.evidence is None else np.clip(pose.evidence.peak / SURE_PEAK, 0.05, 1.0)
        gain = doubt[:, :, 0] / (doubt[:, 0, 0] + (KALMAN_T / peak) ** 2)[:, None]
        off = (pose.image_px - place) / torso
        place, speed = place + torso * gain[:, :1] * off, speed + torso * gain[:, 1:] * off
        doubt = doubt - gain[:, :, None] * doubt[:, :1, :]
        found.append(place)
    return np.array(found)


def as_seen(film: Film) -> Points:
    """Return the places as they are."""
    return np.array([pose.image_px for pose in film])


def _torso(image: Points) -> float:
    shoulders, hips = (image[[INDEX[f"{side}_{part}"] for side in ("left", "right")]] for part in ("shoulder", "hip"))
    return float(np.linalg.norm(shoulders.mean(axis=0) - hips.mean(axis=0)))


def turns(places: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Yield where a coordinate (torso lengths) turns back, and +1 at the top, -1 at the bottom."""
    low = high = going = 0
    for k, place in enumerate(places):
        high, low = (k if place > places[high] else high), (k if place < places[low] else low)
        if going >= 0 and places[high] - place > TURN_T:
            if going > 0:
                yield high, 1
            going, low = -1, k
        elif going <= 0 and place - places[low] > TURN_T:
            if going < 0:
                yield low, -1
            going, high = 1, k


def lag(seen: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return by how many pictures the speed of a coordinate comes late."""
    speed, wanted = np.gradient(seen), np.gradient(truth)
    shifts = range(-3, 10)
    off = [float(np.mean((wanted[10:-10] - speed[10 + k : len(speed) - 10 + k]) ** 2)) for k in shifts]
    best = int(np.argmin(off))
    if not 0 < best < len(off) - 1:
        return math.nan
    before, here, after = off[best - 1 : best + 2]
    return shifts[best] + 0.5 * (before - after) / (before - 2 * here + after)


class Score:
    """Errors over several clips."""

    def __init__(self) -> None:
        self._parts: dict[str, list[NDArray[np.float64]]] = {name: [] for name in ("all", "legs", "jitter", "turn")}
        self._lags_ms: list[float] = []
        self._reach: list[float] = []

    def add(self, seen: Points, truth: Points, step_s: float) -> None:
        """Take a clip in: (pictures, 12, 2) px each."""
        torso = float(np.median(np.linalg.norm(truth[:, :2].mean(axis=1) - truth[:, 6:8].mean(axis=1), axis=1)))
        seen, truth = seen / torso, truth / torso
        off = 100 * (seen - truth)
        far = np.linalg.norm(off, axis=2)
        still = (np.linalg.norm(np.diff(truth, axis=0), axis=2) < STILL_T).all(axis=1)
        jitter = np.linalg.norm(np.diff(off, 2, axis=0), axis=2)[still[1:] & still[:-1]]
        usual = np.nanmedian(off, axis=0)
        for joint in range(truth.shape[1]):
            for axis in (0, 1):
                x, y = truth[:, joint, axis], seen[:, joint, axis]
                if np.isfinite(y).all() and np.ptp(x) > 0.4:
                    self._lags_ms.append(1000 * step_s * lag(y, x))
                for k, up in turns(x):
                    near = y[max(0, k - 5) : k + 6]
                    if np.isfinite(near).all():
                        self._parts["turn"].append(np.array([np.linalg.norm(off[k, joint] - usual[joint])]))
                        reached = near.max() if up > 0 else near.min()
                        self._reach.append(up * float(100 * (reached - x[k]) - usual[joint, axis]))
        for name, values in (("all", far), ("legs", far[:, 6:]), ("jitter", jitter)):
            self._parts[name].append(values.ravel())

    def as_text(self) -> str:
        """Return the row of the table."""
        cells = [np.nanquantile(np.concatenate(values), (0.5, 0.95)) for values in self._parts.values()]
        row = "".join(f"{middle:9.2f} {most:6.2f}" for middle, most in cells)
        return f"{row} {np.nanmedian(self._lags_ms):8.0f} {np.median(self._reach):+7.2f}"


def main() -> None:
    """Look, smooth, compare, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--model", choices=MODELS, default="heavy")
    parser.add_argument("--keep", type=Path, required=True, help="A folder for what LiteRT saw.")
    wanted = parser.parse_args()
    wanted.keep.mkdir(parents=True, exist_ok=True)
    ways: dict[str, Callable[[Film], Points]] = {
        "raw": as_seen, "One-Euro by peak": one_euro, "One-Euro": one_euro_without_peaks, "Kalman by peak": kalman,
    }  # fmt: skip
    scores = {name: Score() for name in ("MediaPipe", *ways)}
    clips = sorted(wanted.folder.glob("*.joints.npz"))
    clips = [clip for clip in clips if not wanted.names or clip.name.removesuffix(".joints.npz") in wanted.names]
    for clip in clips:
        known = np.load(clip)
        order = [[str(name) for name in known["names"]].index(joint) for joint in JOINTS]
        truth = known["image_px10"][:, order] / 10.0
        stem = clip.name.removesuffix(".joints.npz")
        film = raw_film(clip.with_name(f"{stem}.mp4"), wanted.keep, wanted.model)
        step_s = float(np.median(np.diff([pose.time_s for pose in film])))
        ready = {name: way(film) for name, way in ways.items()}
        packed = clip.with_name(f"{stem}.jsonl.gz")
        if packed.exists():
            ready["MediaPipe"] = as_seen(mediapipe_film(packed, wanted.keep))
        for name, places in ready.items():
            count = min(len(places), len(truth))
            scores[name].add(places[:count, INDICES], truth[:count], step_s)
    print(f"{len(clips)} clips, {wanted.model}; median and 95 % in % of the torso; lag in ms")
    print(f"{'':18}{'all joints':>16}{'legs':>16}{'jitter at rest':>16}{'turning points':>16}{'lag':>9}{'reach':>8}")
    for name, score in scores.items():
        print(f"{name:18}{score.as_text()}")


if __name__ == "__main__":
    main()
