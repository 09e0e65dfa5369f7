"""People in random postures as the model heavy sees them, and how well the nets read their knees.

    python -m samples.lifter.rendered make
    python -m samples.lifter.rendered compare

Neither the bodies nor the errors of the landmarks are those that the nets learnt on, and of the side lunges not the postures.
What is made is kept beside this file; making it takes the extra ``samples`` and a quarter of an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import mediapipe
import numpy as np
import typer
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode

from formcheck.body import lifted
from formcheck.body.body import body_of
from formcheck.body.calibration import Calibration
from formcheck.body.lens import Lens
from formcheck.body.lifted import ROWS, Nets, inputs, knees, shipped
from formcheck.body.measured_errors import MEASURED_MODEL, Place
from formcheck.body.signals import knee_flexion_deg
from formcheck.body.view import View
from formcheck.pose.bundles import find_bundle
from formcheck.pose.pose import SIDES, Pose, Side, other_side

from ..clip import Body, Camera, Outfit
from ..evaluation.people import PEOPLE, loosely
from ..figure import Build, movement
from ..figure.geometry import Array
from ..figure.skeleton import Posture, spread
from .contacts import Draw, feasible, half_kneeling, on_feet, sitting
from .seeing import MIRROR
from .seeing import knees as true_knees

FILE = Path(__file__).parent / "rendered.npz"
SIZE_PX = (640, 480)
SCENES, MOMENTS = 48, 14
ROOMS = 4
TENTHS_PX, MILLIMETRES = 10.0, 1000.0
"""What is kept is counted in these."""
SURE_DEG, FAR_OFF_DEG = 8.0, 16.0
"""Who states an error of at most the first, and is off by more than the second, misleads."""


def side_lunges(build: Build, draw: Draw) -> Posture:
    """Lunge to a side as the figure does, the trailing knee bent by anything."""
    while True:
        knobs = {
            "trailing_knee_flexion_deg": float(draw.rng.uniform(2.0, 62.0)),
            "hip_drop": float(draw.rng.uniform(0.18, 0.30)), "trunk_height": float(draw.rng.uniform(0.75, 0.97)),
            "lateral_lean_deg": float(draw.rng.uniform(-5.0, 12.0)), "knee_in": float(draw.rng.uniform(-0.1, 0.12)),
        }  # fmt: skip
        level, side = str(draw.rng.choice(["fixed_stance", "step_out"])), SIDES[int(draw.rng.integers(2))]
        try:
            moving = movement("lateral_lunge", level, side=side, reps=1, lead_s=0.6, knobs=knobs, build=build)
            return moving.posture_at(np.sort(draw.rng.uniform(0.3, moving.duration_s - 0.3, draw.n)))
        except ValueError:  # a short leg that is bent so much does not reach so far
            continue


KINDS = {"on both feet": on_feet, "side lunge": side_lunges, "on one knee": half_kneeling, "sitting": sitting}
TRAILING = "trailing leg"
"""Of the side lunges, where one knee is bent by more than `DEEP_DEG`, the other one."""
DEEP_DEG = 35.0
TURNS = ("on both feet", "side lunge", "on both feet", "side lunge", "on one knee", "sitting")


@dataclass(frozen=True, slots=True)
class Seen:
    """People as they were seen from 45°, more or less.

    Attributes
    ----------
    kind
        (n,) of `KINDS`.
    left_near
        (n,) whether the left side is nearer the camera.
    image_px, world_m
        (n, 33, 2) and (n, 33, 3) landmarks.
    points_m
        (n, 33, 3) the true ones.
    """

    kind: Array
    left_near: Array
    image_px: Array
    world_m: Array
    points_m: Array

    @classmethod
    def read(cls, path: Path = FILE) -> "Seen":
        """Read what was made."""
        with np.load(path) as content:
            return cls(
                content["kind"], content["left_near"], content["image_px"] / TENTHS_PX,
                content["world_m"] / MILLIMETRES, content["points_m"] / MILLIMETRES,
            )  # fmt: skip

    def write(self, path: Path = FILE) -> None:
        """Keep it."""
        np.savez_compressed(
            path, kind=self.kind, left_near=self.left_near,
            image_px=np.rint(self.image_px * TENTHS_PX).astype(np.int16),
            world_m=np.rint(self.world_m * MILLIMETRES).astype(np.int16),
            points_m=np.rint(self.points_m * MILLIMETRES).astype(np.int16),
        )  # fmt: skip


def scenes(rng: np.random.Generator, landmarker: PoseLandmarker) -> Iterator[Seen]:
    """Yield what the model sees of one body before one camera, without end."""
    number = 0
    while True:
        body, outfit = PEOPLE[number % len(PEOPLE)]
        body = replace(body, proportions=float(rng.uniform(0.2, 1.0)), weight=float(rng.uniform(0.3, 0.7)))
        found = _scene(
            TURNS[number % len(TURNS)], body, loosely(outfit) if rng.random() < 0.2 else outfit, rng, landmarker
        )
        number += 1
        if found is not None:
            yield found


def _scene(kind: str, body: Body, outfit: Outfit, rng: np.random.Generator, landmarker: PoseLandmarker) -> Seen | None:
    # Here, since the body's data and OpenGL are not needed to compare.
    from ..athlete.body import Athlete
    from ..room.people import PersonLook
    from ..room.scene import Scene

    athlete, n = Athlete(body, outfit), 3 * MOMENTS
    with np.errstate(all="ignore"):
        posture = spread(KINDS[kind](athlete.build, Draw(n, rng)), n)
    moments = np.flatnonzero(feasible(posture))[:: 3 if kind == "side lunge" else 1][:MOMENTS]
    posed = athlete.pose(posture, {f"{side}_wrist": np.zeros(n) for side in SIDES})
    points = athlete.landmarks(posed)
    middle = np.append((points[..., :2].min(axis=(0, 1)) + points[..., :2].max(axis=(0, 1))) / 2.0, 0.0)
    posed, points = posed.moved(-middle), points - middle
    fov_deg = float(rng.uniform(36.0, 58.0))
    camera = Camera(
        azimuth_deg=float(rng.choice([-1.0, 1.0]) * rng.uniform(25.0, 65.0)),
        distance_m=float(0.9 + rng.uniform(0.7, 0.9) / np.tan(np.radians(fov_deg / 2.0))),
        height_m=float(rng.uniform(0.4, 1.4)), aim_height_m=float(points[..., 2].max() / 2.0), fov_deg=fov_deg,
    )  # fmt: skip
    scene = Scene(
        camera, [], SIZE_PX, [PersonLook(athlete.faces, athlete.surface, outfit)], 1.0, int(rng.integers(ROOMS))
    )
    seen, world, true = [], [], []
    try:
        for moment in moments:
            picture = np.ascontiguousarray(scene.draw([athlete.skin(posed, moment)]))
            found = landmarker.detect(mediapipe.Image(mediapipe.ImageFormat.SRGB, picture))
            if found.pose_landmarks:
                seen.append([(mark.x * SIZE_PX[0], mark.y * SIZE_PX[1]) for mark in found.pose_landmarks[0]])
                world.append([(mark.x, mark.y, mark.z) for mark in found.pose_world_landmarks[0]])
                true.append(points[moment])
    finally:
        scene.close()
    if not seen:
        return None
    left_near = np.full(len(seen), camera.azimuth_deg > 0.0)
    return Seen(np.full(len(seen), kind), left_near, np.array(seen), np.array(world), np.array(true))


def joined(parts: list[Seen]) -> Seen:
    """Return all of them together."""
    return Seen(*(np.concatenate([getattr(part, name) for part in parts]) for name in Seen.__slots__))


def said_by_nets(seen: Seen, nets: Nets) -> tuple[Array, Array]:
    """Return (n, 2) values and errors in degrees, the nearer knee first."""
    rays = Lens(SIZE_PX).rays(seen.image_px)[:, ROWS, :2]
    rays = np.where(seen.left_near[:, None, None], rays[:, MIRROR] * [-1.0, 1.0], rays)
    return knees(nets.outputs(nets.scaled(inputs(rays, np.full(len(rays), np.nan)))).astype(float))


def said_today(seen: Seen) -> Array:
    """Return (n, 2) what the signal that is estimated in space says, less what it is known to read too much."""
    said = np.empty((len(seen.kind), 2))
    places: tuple[Place, Place] = ("near", "far")
    for row, (image_px, world_m) in enumerate(zip(seen.image_px, seen.world_m, strict=True)):
        near: Side = "left" if seen.left_near[row] else "right"
        body = body_of(Pose(0.0, image_px, world_m, np.ones(33)), 100.0, Calibration(), View.OBLIQUE, near)
        for column, (place, side) in enumerate(zip(places, (near, other_side(near)), strict=True)):
            bias = knee_flexion_deg.bias_in(View.OBLIQUE, place=place, model=MEASURED_MODEL)
            said[row, column] = knee_flexion_deg.compute(body, side) - bias
    return said


def true_of(seen: Seen) -> Array:
    """Return (n, 2) how far the knees are really bent, the nearer one first."""
    left, right = (true_knees(seen.points_m, side) for side in SIDES)
    return np.where(seen.left_near[:, None], left, right)


HEAD = (
    "kind",
    "knee",
    "frames",
    "sure",
    "today_off",
    "today_gain",
    "off",
    "bias",
    "gain",
    "within_1",
    "within_2",
    "misleads",
)


def table(seen: Seen, nets: Nets, most_error_deg: float) -> Iterator[tuple[str, ...]]:
    """Yield rows under `HEAD`: the share of frames that the nets are sure of, and of those the figures.

    Mean absolute errors and the bias in degrees; what a value changes by where truth changes by 1; shares within one and two
    stated errors, and of those who mislead.
    """
    values, errors = said_by_nets(seen, nets)
    today, truth = said_today(seen), true_of(seen)
    deep = truth.max(axis=1, keepdims=True) > DEEP_DEG
    trails = deep & (truth == truth.min(axis=1, keepdims=True))
    for kind in (*KINDS, TRAILING):
        for column, knee in enumerate(("near", "far")):
            rows = (seen.kind == "side lunge") & trails[:, column] if kind == TRAILING else seen.kind == kind
            sure = rows & (errors[:, column] <= most_error_deg)
            if not sure.any():
                continue
            true, error = truth[sure, column], errors[sure, column]
            off, was = values[sure, column] - true, today[sure, column] - true
            figures = (
                sure.sum() / rows.sum(), np.abs(was).mean(), 1.0 + _slope(true, was), np.abs(off).mean(), off.mean(),
                1.0 + _slope(true, off), (np.abs(off) < error).mean(), (np.abs(off) < 2.0 * error).mean(),
                ((error <= SURE_DEG) & (np.abs(off) > FAR_OFF_DEG)).mean(),
            )  # fmt: skip
            yield (kind, knee, f"{rows.sum()}", *(f"{figure:.3g}" for figure in figures))


def _slope(true: Array, off: Array) -> float:
    return float(np.polyfit(true, off, 1)[0]) if len(true) > 2 else float("nan")


app = typer.Typer(help=__doc__, add_completion=False)


@app.command()
def make(
    out: Annotated[Path, typer.Option(help="Where landmarks and truth go.")] = FILE,
    bodies: Annotated[int, typer.Option(help="How many.")] = SCENES,
    seed: Annotated[int, typer.Option(help="Of all that is random.")] = 0,
) -> None:
    """Render people in random postures and keep what the model sees of them."""
    options = PoseLandmarkerOptions(
        BaseOptions(model_asset_path=str(find_bundle("heavy"))), running_mode=RunningMode.IMAGE
    )
    made: list[Seen] = []
    with PoseLandmarker.create_from_options(options) as landmarker:
        for item in scenes(np.random.default_rng(seed), landmarker):
            made.append(item)
            joined(made).write(out)
            if len(made) == bodies:
                return


@app.command()
def compare(
    path: Annotated[Path, typer.Option(help="What was made.")] = FILE,
    weights: Annotated[Path | None, typer.Option(help="Of the nets; default: those that come with formcheck.")] = None,
    most_error_deg: Annotated[float, typer.Option(help="Of whom the nets are sure.")] = lifted.SURE_DEG,
) -> None:
    """Print how far the nets and the signal that is estimated in space are off where the nets are sure."""
    nets = shipped() if weights is None else Nets.read(weights)
    for row in (HEAD, *table(Seen.read(path), nets, most_error_deg)):
        typer.echo("{:14s} {:6s}".format(*row[:2]) + "".join(f"{cell:>11s}" for cell in row[2:]))


if __name__ == "__main__":
    app()
