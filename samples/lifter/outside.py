"""How well the nets read people whom the figure did not choreograph: ``python -m samples.lifter.outside FOLDER``.

The folder holds rendered clips: for each a ``.jsonl.gz`` of landmarks, ``.joints.npz`` of true joints and ``.truth.json``.
"""

import gzip
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from formcheck.body.follower import Follower
from formcheck.body.lens import Lens
from formcheck.body.measured_errors import Place
from formcheck.body.meter import Measured
from formcheck.body.signals import SIGNALS
from formcheck.pose.command import Command
from formcheck.pose.pose import INDEX, SIDES, other_side
from formcheck.pose.recording import Recording

from ..figure.geometry import Array
from .nets import ANSWERS, FILE, MIRROR, ROWS, Nets, inputs, turned
from .seeing import answers

SURE_DEG, FAR_OFF_DEG = 8.0, 16.0
"""Who states an error of at most the first, and is off by more than the second, misleads."""
LEAST_FRAMES, LEAST_SPREAD_DEG = 100, 3.0
"""Fewer frames prove nothing; where truth spreads less, it has no gain."""
_SIGNALS = {item.name: item for item in SIGNALS}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one clip, at the frames of its repetitions.

    Attributes
    ----------
    exercise, view
        What is done, and from where it is filmed.
    looked_at
        (n, inputs) of the nets.
    today, truth
        (n, answers) what today's signals say, NaN = not seen, and what is true.
    """

    exercise: str
    view: str
    looked_at: Array
    today: Array
    truth: Array


def clips(folder: Path, view: str | None = None) -> Iterator[Seen]:
    """Yield the clips of a folder, or those filmed from one view."""
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text())
        name = path.name.removesuffix(".truth.json")
        if truth["reps"] and view in (None, truth["view"]):
            yield _seen(folder / name, truth)


def _seen(stem: Path, truth: dict[str, object]) -> Seen:
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(gzip.decompress(stem.with_name(f"{stem.name}.jsonl.gz").read_bytes()))
        file.flush()
        recording = Recording(file.name)
        header = recording.header
        observations = [line for line in recording if not isinstance(line, Command)]
    points = _points(stem.with_name(f"{stem.name}.joints.npz"))
    true = {side: answers(points, side) for side in SIDES}
    size = (header.source.width, header.source.height)
    follower, lens = Follower(*size, model=header.model), Lens(size)
    spans = [(rep["start_s"], rep["end_s"]) for rep in truth["reps"]]  # type: ignore[attr-defined]
    rays, tilts, today, said = [], [], [], []
    for row, item in enumerate(observations):
        followed = follower.step(item)
        near, measures = followed.measured.near, followed.measured.measures
        if followed.pose is None or near is None or not measures or not any(a <= item.time_s <= b for a, b in spans):
            continue
        seen = lens.rays(followed.pose.image_px)[ROWS, :2]
        if np.isfinite(seen).all():
            rays.append(seen if near == "right" else seen[MIRROR] * [-1.0, 1.0])
            tilts.append(np.nan if follower.tilt_deg is None else follower.tilt_deg)
            today.append([_today(answer, followed.measured) for answer in ANSWERS])
            said.append(true[near][row])
    return Seen(
        str(truth["exercise"]),
        str(truth["view"]),
        inputs(np.array(rays), np.array(tilts)),
        np.array(today),
        np.array(said),
    )


def _today(answer: str, measured: Measured) -> float:
    """Return what a judge compares with limits: what a signal is known to read too much is taken off."""
    name, _, where = answer.partition(".")
    if name not in _SIGNALS or measured.near is None:
        return np.nan
    place: Place | None = None
    key = name
    if where:
        place = "near" if where == "near" else "far"
        key = f"{name}.{measured.near if place == 'near' else other_side(measured.near)}"
    value = measured.measures.get(key, np.nan)
    return value - _SIGNALS[name].bias_in(measured.view.kind, place=place, model=measured.model)


def _points(path: Path) -> Array:
    with np.load(path) as content:
        names, world_m = [str(name) for name in content["names"]], content["world_mm"] / 1000.0
    points = np.full((len(world_m), len(INDEX), 3), np.nan)
    for column, name in enumerate(names):
        landmark = name.replace("toe", "foot_index")
        if landmark in INDEX:
            points[:, INDEX[landmark]] = world_m[:, column]
    return points


HEAD = (
    "exercise", "view", "answer", "today_off", "today_gain", "nets_off", "nets_bias", "nets_gain", "within_1", "within_2",
    "sure", "misleads",
)  # fmt: skip


def table(seen: list[Seen], nets: Nets) -> Iterator[tuple[str, ...]]:
    """Yield rows under `HEAD`: of each exercise and view, then of all exercises from one view.

    Mean absolute errors and biases in degrees; what an answer changes by where truth changes by 1; shares of the frames within
    one and two stated errors, with a stated error of `SURE_DEG` at most, and with that but `FAR_OFF_DEG` off.
    """
    said = [nets.answers(item.looked_at) for item in seen]
    everything = [("all", view) for view in sorted({item.view for item in seen})]
    for exercise, view in sorted({(item.exercise, item.view) for item in seen}) + everything:
        chosen = [k for k, item in enumerate(seen) if exercise in ("all", item.exercise) and item.view == view]
        truth = np.concatenate([seen[k].truth for k in chosen])
        today = np.concatenate([seen[k].today for k in chosen])
        values, errors = (np.concatenate([said[k][part] for k in chosen]) for part in (0, 1))
        before, after = np.abs(turned(today - truth)), turned(values - truth)
        for k, answer in enumerate(ANSWERS):
            known = np.isfinite(truth[:, k])
            if known.sum() < LEAST_FRAMES:
                continue
            off, error = after[known, k], errors[known, k]
            was = before[known, k][np.isfinite(before[known, k])]
            sure = error <= SURE_DEG
            figures = (
                was.mean() if len(was) >= LEAST_FRAMES else np.nan, _gain(truth[known, k], today[known, k]),
                np.abs(off).mean(), off.mean(), _gain(truth[known, k], values[known, k]),
                (np.abs(off) < error).mean(), (np.abs(off) < 2 * error).mean(), sure.mean(),
                (sure & (np.abs(off) > FAR_OFF_DEG)).mean(),
            )  # fmt: skip
            yield (exercise, view, answer, *(f"{figure:.3g}" for figure in figures))


def _gain(truth: Array, values: Array) -> float:
    both = np.isfinite(truth) & np.isfinite(values)
    if both.sum() < LEAST_FRAMES or truth[both].std() < LEAST_SPREAD_DEG:
        return float("nan")
    return float(np.polyfit(truth[both], values[both], 1)[0])


def main(
    folder: Annotated[Path, typer.Argument(help="Clips with their landmarks and true joints.")],
    weights: Annotated[Path, typer.Option(help="Of the nets.")] = FILE,
) -> None:
    """Print how far today's signals and the nets are off, and whether the nets know it."""
    if not folder.is_dir():
        typer.echo(f"Skipped: there is no folder {folder}.")
        return
    for row in (HEAD, *table(list(clips(folder)), Nets.read(weights))):
        typer.echo("{:18s} {:6s} {:22s}".format(*row[:3]) + "".join(f"{cell:>11s}" for cell in row[3:]))


if __name__ == "__main__":
    typer.run(main)
