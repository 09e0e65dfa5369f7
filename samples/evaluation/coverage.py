"""Whether signals are as far off as they say: ``python -m samples.evaluation.coverage FOLDER``.

The folder holds rendered clips of people who have nothing to do with those on whom the errors were measured: for each a
``.jsonl.gz`` of landmarks, ``.joints.npz`` of true joints and ``.truth.json``.
"""

import gzip
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from formcheck.body.follower import Follower
from formcheck.body.measured_errors import Place
from formcheck.body.meter import Measured
from formcheck.body.quantity import Quantity
from formcheck.body.signal import Signal, keyed
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.exercise.reading import signals_in
from formcheck.pose.command import Command
from formcheck.pose.pose import INDEX, Side
from formcheck.pose.recording import Recording

from ..figure.geometry import Array
from .signal_truth import ROUND, true_values
from .watching import RULES

LEAST_FRAMES = 100
"""Fewer prove nothing."""
ALONG_AXES = {"shoulder_behind_hand_t", "ankle_spacing_t", "foot_outside_hand_t", "knee_inward_shank"}
"""Their truths need to know where the person faces, which a clip from elsewhere does not say."""

Where = tuple[str, View, str]
"""Signal, view, and which side: "near", "far", or "any" of what has no sides."""


def judged_by_rules() -> dict[str, frozenset[str]]:
    """Return the names of the signals that the checks of each exercise look at."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in RULES.values():
        for level in rule.exercise.levels or (None,):
            for check in rule.exercise.checks_at(level):
                for band in check.bands:
                    found[rule.id] |= set(_names(band.quantity))
    return {exercise: frozenset(names - ALONG_AXES) for exercise, names in found.items()}


def _names(quantity: Quantity) -> Iterator[str]:
    for signal, _role in signals_in(quantity):
        yield signal.name


def offs(stem: Path, truth: Mapping[str, object], names: frozenset[str]) -> Iterator[tuple[Where, Array]]:
    """Yield by how many stated errors each signal is off at each frame of the repetitions of a clip, bias taken off."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(gzip.decompress(stem.with_name(f"{stem.name}.jsonl.gz").read_bytes()))
        file.flush()
        recording = Recording(file.name)
        header = recording.header
        observations = [line for line in recording if not isinstance(line, Command)]
    true = true_values(_points(stem.with_name(f"{stem.name}.joints.npz")))
    spans = [(rep["start_s"], rep["end_s"]) for rep in truth["reps"]]  # type: ignore[attr-defined]
    follower = Follower(header.source.width, header.source.height, model=header.model)
    found: dict[Where, list[float]] = defaultdict(list)
    for row, item in enumerate(observations):
        measured = follower.step(item).measured
        if not any(start <= item.time_s <= end for start, end in spans):
            continue
        for key, (signal, side) in keyed(SIGNALS).items():
            if signal.name in names and key in true:
                where, off = _off(measured, signal, side, key, float(true[key][row]))
                if where is not None and np.isfinite(off):
                    found[where].append(off)
    for where, values in found.items():
        yield where, np.array(values)


def _off(measured: Measured, signal: Signal, side: Side | None, key: str, truth: float) -> tuple[Where | None, float]:
    kind = measured.view.kind
    if kind is None or measured.near is None or not measured.measures:
        return None, np.nan
    place: Place | None = None if side is None else "near" if side == measured.near else "far"
    error = signal.error_in(kind, place=place, model=measured.model)
    off = measured.judged.get(key, np.nan) - signal.bias_in(kind, place=place, model=measured.model) - truth
    if signal.name in ROUND:
        off = (off + 180.0) % 360.0 - 180.0
    return (signal.name, kind, place or "any"), off / error


def _points(path: Path) -> Array:
    with np.load(path) as content:
        names, world_m = [str(name) for name in content["names"]], content["world_mm"] / 1000.0
    points = np.full((len(world_m), len(INDEX), 3), np.nan)
    for column, name in enumerate(names):
        landmark = name.replace("toe", "foot_index")
        if landmark in INDEX:
            points[:, INDEX[landmark]] = world_m[:, column]
    return points


def table(found: Mapping[Where, Sequence[Array]]) -> Iterator[str]:
    """Yield a row for each signal, view and side: frames, clips, and the shares within one and two stated errors."""
    for (name, view, place), clips in sorted(found.items()):
        off = np.abs(np.concatenate(clips))
        if len(off) >= LEAST_FRAMES:
            within = "".join(f"{np.mean(off < errors):8.0%}" for errors in (1, 2))
            yield f"{name:28s} {view.value:6s} {place:5s} {len(off):7d} {len(clips):6d} {within}"


def main(folder: Annotated[Path, typer.Argument(help="Clips with their landmarks and true joints.")]) -> None:
    """Print of each signal that a rule judges by, where it says how far off it may be, whether it is no farther off."""
    if not folder.is_dir():
        typer.echo(f"Skipped: there is no folder {folder}.")
        return
    names = judged_by_rules()
    found: dict[Where, list[Array]] = defaultdict(list)
    for path in sorted(folder.glob("*.truth.json")):
        truth = json.loads(path.read_text())
        if truth["reps"]:
            stem = folder / path.name.removesuffix(".truth.json")
            for where, off in offs(stem, truth, names[truth["exercise"]]):
                found[where].append(off)
    typer.echo(f"{'signal':28s} {'view':6s} {'side':5s} {'frames':>7s} {'clips':>6s} {'1 error':>8s}{'2 errors':>8s}")
    for line in table(found):
        typer.echo(line)
    every = np.abs(np.concatenate([off for clips in found.values() for off in clips]))
    typer.echo(f"all: {np.mean(every < 1):.0%} within one, {np.mean(every < 2):.0%} within two")


if __name__ == "__main__":
    typer.run(main)
