"""Calibrates how far landmarks are to be believed: ``python -m samples.evaluation.trust --models heavy``.

Reads the cached clips and what LiteRT saw in them (``python -m samples.evaluation --backend litert`` makes both), and writes
``formcheck/pose/trust.json``. The limit is chosen by clips of exercises that the calibration did not see.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.markdown import Markdown

from formcheck.pose import trust as shipped
from formcheck.pose.pose import SIDES, looker
from formcheck.pose.recording import read_landmarks
from formcheck.pose.refinement import logistic
from formcheck.pose.trust import PROMISE, WITHIN_T, logit

from ..figure.geometry import Array
from .catalogue import CLIPS
from .joint_errors import HANGS_ON, JOINTS, Shown, definitions, errors, shown
from .store import Store, default_folder
from .writing import table

FILE = Path(shipped.__file__).with_name(shipped.FILE)
COVERED = ("loose", "cropped")
"""Clips in which joints are under wide clothes, or out of the picture, are not calibrated on."""
AS_LIKELY = 0.5
"""What is more likely wrong than right is not seen, even if the promise is kept with it."""
LEGS = ("knee", "ankle")
FAR_OFF_T = 0.15
STEPS = 30
SHRUNK = 1e-3

Lines = dict[str, tuple[float, float]]
"""By joint, offset and slope of the logistic function."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What is known of the joints in one clip."""

    exercise: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Told:
    """How far joints were believed, and how far off they were.

    Attributes
    ----------
    belief
        (n,) probability of being within `WITHIN_T`.
    off_t
        (n,) how far off, in torso lengths.
    """

    belief: Array
    off_t: Array

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which joints are where they should be."""
        return self.off_t <= WITHIN_T


def clips_of(folder: Path, model: str) -> Iterator[Clip]:
    """Yield the cached clips that LiteRT has looked at."""
    store, who = Store(folder), looker(model, "litert")
    for name, clip in CLIPS.items():
        if clip.purpose in COVERED or not store.is_estimated(name, who):
            continue
        points, seen = store.points(name), list(read_landmarks(store.landmarks(name, who))[1])
        length = min(len(seen), len(points.image_px))
        found = shown(seen[:length], points.image_px[:length], points.points_m[:length])
        yield Clip(clip.exercise or name, found)


def fit(clips: Sequence[Clip], definition: Array) -> Lines:
    """Return how probable it is, by the peak, that a joint is where it should be; each clip counts the same."""
    return {part: _line(*_of_part(clips, part, definition)) for part in HANGS_ON}


def told(clips: Sequence[Clip], lines: Lines, definition: Array) -> dict[str, Told]:
    """Return by joint how far the joints of clips are believed."""
    found = {}
    for part, (offset, slope) in lines.items():
        peaks, off_t, _ = _of_part(clips, part, definition)
        found[part] = Told(logistic(offset + slope * logit(peaks)), off_t)
    return found


def told_of_others(clips: Sequence[Clip], definition: Array) -> dict[str, Told]:
    """Return the same where each exercise is believed as the others say."""
    parts: dict[str, list[Told]] = {part: [] for part in HANGS_ON}
    for exercise in sorted({clip.exercise for clip in clips}):
        lines = fit([clip for clip in clips if clip.exercise != exercise], definition)
        for part, item in told([clip for clip in clips if clip.exercise == exercise], lines, definition).items():
            parts[part].append(item)
    return {part: pooled(items) for part, items in parts.items()}


def pooled(items: Sequence[Told]) -> Told:
    """Return all of them."""
    return Told(np.concatenate([item.belief for item in items]), np.concatenate([item.off_t for item in items]))


def limit_of(found: Mapping[str, Told]) -> float:
    """Return the lowest limit that keeps the promise for the legs."""
    return max(AS_LIKELY, _lowest(pooled([found[part] for part in LEGS])))


def report(found: Mapping[str, Told], limit: float) -> str:
    """Return a table of how well the promise is kept."""
    rows = {**found, "legs": pooled([found[part] for part in LEGS]), "all": pooled(list(found.values()))}
    head = ("joint", "within 10 %", "called seen", "of these within 10 %", "within 15 %", "right ones lost",
            "AUC over 10 %", "AUC over 15 %")  # fmt: skip
    return table(head, [(part, *_row(item, limit)) for part, item in rows.items()])


def area(item: Told, within_t: float) -> float:
    """Return how well belief tells the joints that are farther off: the area under the curve; NaN if there are none."""
    wrong = item.off_t > within_t
    many, few = int((~wrong).sum()), int(wrong.sum())
    if not many or not few:
        return float("nan")
    _, place, counts = np.unique(-item.belief, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2.0)[place]
    return float((ranks[wrong].sum() - few * (few + 1) / 2.0) / (many * few))


def _row(item: Told, limit: float) -> Iterator[str]:
    seen = item.belief >= limit
    shares = (
        item.right.mean(), seen.mean(), item.right[seen].mean(), (item.off_t[seen] <= FAR_OFF_T).mean(),
        (item.right & ~seen).sum() / max(1, item.right.sum()),
    )  # fmt: skip
    yield from (f"{100.0 * share:.1f} %" for share in shares)
    yield from (f"{area(item, within_t):.2f}" for within_t in (WITHIN_T, FAR_OFF_T))


def _of_part(clips: Sequence[Clip], part: str, definition: Array) -> tuple[Array, Array, Array]:
    """Return peak, error and weight of a joint of either side wherever it was seen."""
    columns = [JOINTS.index(f"{side}_{part}") for side in SIDES]
    peaks, offs, weights = [], [], []
    for clip in clips:
        off_t, peak = errors(clip.shown, definition)[:, columns].ravel(), clip.shown.peaks[:, columns].ravel()
        is_seen = np.isfinite(off_t)
        peaks.append(peak[is_seen])
        offs.append(off_t[is_seen])
        weights.append(np.full(is_seen.sum(), 1.0 / max(1, is_seen.sum())))
    return np.concatenate(peaks), np.concatenate(offs), np.concatenate(weights)


def _line(peaks: Array, off_t: Array, weights: Array) -> tuple[float, float]:
    """Return offset and slope of the logistic regression, by Newton's steps."""
    right, weights = (off_t <= WITHIN_T).astype(float), weights / weights.sum()
    rows = np.stack([np.ones_like(peaks), logit(peaks)], axis=1)
    line, shrunk = np.zeros(2), np.diag([0.0, SHRUNK])
    for _ in range(STEPS):
        belief = logistic(rows @ line)
        curve = (rows * (weights * belief * (1.0 - belief))[:, None]).T @ rows + shrunk
        line = line + np.linalg.solve(curve, rows.T @ (weights * (right - belief)) - shrunk @ line)
    return float(line[0]), float(line[1])


def _lowest(item: Told) -> float:
    order = np.argsort(-item.belief, kind="stable")
    kept = np.cumsum(item.right[order]) / np.arange(1, len(order) + 1) >= PROMISE
    if not kept.any():
        raise ValueError("No limit keeps the promise.")
    return float(item.belief[order][np.flatnonzero(kept)[-1]])


def main(
    models: Annotated[str, typer.Option(help="Models to calibrate.")] = "heavy",
    cache: Annotated[Path | None, typer.Option(help="Folder of rendered clips and landmarks.")] = None,
) -> None:
    """Calibrate how far the landmarks of models run by LiteRT are to be believed."""
    console = Console()
    known = json.loads(FILE.read_text(encoding="utf-8"))
    for model in models.split(","):
        clips = list(clips_of(cache or default_folder(), model))
        if not clips:
            raise typer.BadParameter(f"{model} has looked at no clip by LiteRT yet")
        definition = definitions([clip.shown for clip in clips])
        found = told_of_others(clips, definition)
        limit, lines = limit_of(found), fit(clips, definition)
        known[model] = {
            "limit": round(limit, 3),
            "joints": {part: [round(value, 3) for value in line] for part, line in lines.items()},
        }
        console.print(
            Markdown(f"{model}: {len(clips)} clips, each exercise as calibrated on the others, limit {limit:.2f}")
        )
        console.print(Markdown(report(found, limit)))
    FILE.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    console.print(f"wrote {FILE}")


if __name__ == "__main__":
    typer.run(main)
