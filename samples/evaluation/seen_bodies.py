"""Bodies as a pose model would see them from a place: with perspective, and with the errors measured on rendered people."""

from dataclasses import dataclass

import numpy as np

from formcheck.body.calibration import Calibration
from formcheck.body.view import View as Kind

from ..figure.camera import View
from ..figure.geometry import Array
from .error_model import ANY, ErrorModel, Errors, flat, mirrored, mirrored_posture, reaching
from .posed import SIZE_PX, kind_of
from .postures import Bodies

DISTANCE_M = 3.0
FOV_DEG = 60.0
APART_S = 3.0
"""From rest to the end position; what drifts in between is no longer the same."""
SCALE_ERROR, PROPORTION_ERROR = 0.03, 0.04
"""How far the torso's length in the picture and the proportions are known, as shares."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the camera stands; azimuth + = the working leg's side is nearer, 0 = in front, 180 = behind."""

    azimuth_deg: float
    height_m: float

    def view(self, middle_m: float) -> View:
        """Return the view of bodies whose middle is so high over the floor."""
        focal_px = max(SIZE_PX) / 2 / np.tan(np.radians(FOV_DEG / 2))
        away = float(np.hypot(DISTANCE_M, self.height_m - middle_m))
        pitch_deg = float(np.degrees(np.arctan2(self.height_m - middle_m, DISTANCE_M)))
        # The figure works on its right side, which is nearer at a negative azimuth.
        return View(
            -self.azimuth_deg, pitch_deg, px_per_m=focal_px / away, target_m=(0.0, 0.0, middle_m), distance_m=away,
            size_px=SIZE_PX,
        )  # fmt: skip

    @property
    def kind(self) -> Kind:
        """The kind of view."""
        return kind_of(self.azimuth_deg)

    @property
    def left_near(self) -> bool:
        """Whether the left side is nearer."""
        return -180.0 < self.azimuth_deg < 0.0


@dataclass(frozen=True, slots=True)
class SeenBodies:
    """What was seen from one place.

    Attributes
    ----------
    image_px
        (n, 2, 33, 2).
    plane, space
        (n, 2, 33, 2) and (n, 2, 33, 3) in torso lengths, y up: as signals see them.
    torsos_px
        (n,) the torso's length in the picture, as far as it is known.
    calibrations
        Of each person.
    tilt_deg
        Of the camera.
    """

    place: Place
    image_px: Array
    plane: Array
    space: Array
    torsos_px: Array
    calibrations: tuple[Calibration, ...]
    tilt_deg: float


def seen_from(place: Place, bodies: Bodies, exercise: str, model: ErrorModel, seed: int = 0) -> SeenBodies:
    """Return the bodies as seen from a place."""
    rng = np.random.default_rng([seed, round(place.azimuth_deg) + 360, round(100 * place.height_m)])
    view = place.view(float(bodies.points_m[..., 2].max(axis=-1).mean()) / 2)
    image, world = view.image_px(bodies.points_m), view.world_m(bodies.points_m)
    errors = model.get((exercise, place.kind)) or model.get((ANY, place.kind)) or model[ANY, Kind.FRONT]
    trunks = bodies.trunks_m[:, None, None, None]
    total = _errors(errors, world / trunks, rng, left_near=place.left_near)
    torso_px = trunks * view.px_per_m
    image = image + torso_px * total[..., :2]
    world = world + trunks * total[..., 2:]
    known_px = torso_px * (1.0 + SCALE_ERROR * rng.normal(size=torso_px.shape))
    return SeenBodies(
        place, image, image / known_px * [1.0, -1.0], world / trunks * [1.0, -1.0, 1.0], known_px[:, 0, 0, 0],
        tuple(_calibration(body, rng) for body in bodies.builds), view.pitch_deg,
    )  # fmt: skip


def _errors(errors: Errors, postures: Array, rng: np.random.Generator, *, left_near: bool) -> Array:
    """Return (n, 2, 33, 5) errors in torso lengths."""
    n = len(postures)
    about = postures - postures.mean(axis=1, keepdims=True)
    clips = rng.integers(len(errors.offsets), size=n)
    about = (mirrored_posture(about) if left_near else about).reshape(2 * n, -1)
    far = reaching(about @ flat(errors.postures).T).reshape(n, 2, -1)
    lasting = errors.offsets[clips][:, None] + np.einsum("npk,nkij->npij", far, errors.by_posture[clips])
    total = lasting + np.tensordot(_twice(errors.shapes_last_s, n, rng), errors.shapes, 1)
    total = total + errors.rest * rng.normal(size=(n, 2, *errors.rest.shape))
    return mirrored(total) if left_near else np.asarray(total)


def _twice(lasts_s: Array, n: int, rng: np.random.Generator) -> Array:
    """Return (n, 2, k) random values of spread 1, the second of which remembers what lasts of the first."""
    kept = np.exp(-APART_S / lasts_s)
    first, anew = rng.normal(size=(2, n, len(lasts_s)))
    return np.stack([first, kept * first + np.sqrt(1.0 - kept**2) * anew], axis=1)


def _calibration(build: object, rng: np.random.Generator) -> Calibration:
    trunk = float(getattr(build, "trunk"))  # noqa: B009
    names = ("thigh", "shank", "hip_width", "shoulder_width")
    shares = {name: float(getattr(build, name)) / trunk * (1.0 + PROPORTION_ERROR * rng.normal()) for name in names}
    return Calibration("running", trunk, **shares)
