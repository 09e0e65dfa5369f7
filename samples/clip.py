"""What a clip consists of: who does what, where, seen from where. Everything here is plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from formcheck.pose.pose import Side

Purpose = Literal[
    "correct", "fault", "wrong_view", "far", "near", "dim", "loose", "cropped", "roll", "off_place", "negative"
]  # fmt: skip
"""off_place: other bodies, tempos and cameras than those that the rules were tried on, kept apart."""
Colour = tuple[float, float, float]
"""Red, green, blue as light reflected, 0 to 1 (linear, not as stored in a picture file)."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body's shape as anny has it, all 0 to 1.

    Attributes
    ----------
    gender
        0 = male, 1 = female.
    age
        Two thirds = young adult, 1 = old.
    """

    gender: float = 1.0
    age: float = 0.67
    muscle: float = 0.6
    weight: float = 0.42
    height: float = 0.5
    proportions: float = 0.7


@dataclass(frozen=True, slots=True)
class Outfit:
    """Colours of a person, and how far and how wide the clothes go.

    Attributes
    ----------
    loose_m
        How far shirt and trouser legs stand off beyond a close fit.
    """

    skin: Colour = (0.62, 0.36, 0.25)
    lips: Colour = (0.45, 0.17, 0.14)
    hair: Colour = (0.045, 0.028, 0.02)
    shirt: Colour = (0.04, 0.27, 0.36)
    trousers: Colour = (0.035, 0.038, 0.055)
    shoes: Colour = (0.05, 0.05, 0.06)
    sleeve_m: float = 0.16
    shirt_below_hip_m: float = 0.0
    cuff_above_ankle_m: float = 0.05
    loose_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera stands.

    Attributes
    ----------
    azimuth_deg
        From where it looks: 0 = in front of the person, +90 = from their left, -90 = from their right.
    distance_m, height_m
        From the middle of the movement along the floor, and over the floor.
    aim_height_m
        Height of the point that appears in the middle of the picture.
    roll_deg
        The picture's content is turned clockwise by this angle.
    fov_deg
        Angle of view over the picture's height.
    aside_m
        The point looked at lies so far to the picture's right of the middle of the movement; moves the person out of it.
    """

    azimuth_deg: float = 0.0
    distance_m: float = 3.2
    height_m: float = 1.0
    aim_height_m: float = 0.9
    roll_deg: float = 0.0
    fov_deg: float = 38.0
    aside_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that every repetition of a part shows.

    Attributes
    ----------
    id
        As the rule names it.
    size
        0 = at the edge of the good band, 1 = at the fault limit.
    """

    id: str
    size: float = 1.5


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a clip: an exercise or an activity of the figure.

    Attributes
    ----------
    name, level
        Exercise and its level, or an activity (`figure.activity`).
    knobs
        Deviations from the textbook (`figure.KNOBS`).
    faults
        What these deviations are meant to show.
    hold_s, move_s, rest_s, lead_s
        As `figure.movement` takes them; None = the exercise's own.
    tail_s
        At rest after the last repetition.
    duration_s
        Length of an activity.
    """

    name: str
    level: str | None = None
    side: Side = "right"
    reps: int = 2
    knobs: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    depth: float = 1.0
    hold_s: float | None = None
    move_s: float | None = None
    rest_s: float | None = None
    lead_s: float | None = None
    tail_s: float = 2.0
    duration_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip to render.

    Attributes
    ----------
    name
        Of its file.
    exercise, level
        Which rule it is for; None = none of them (a negative).
    parts
        One after the other; the person goes from one to the next.
    light
        Brightness against a well-lit room: 1, or 0.15 for a dim evening.
    room
        Which of the rooms it is filmed in, from 0.
    mat
        Whether a mat lies under floor exercises.
    bystander
        Whether a second person stands about in the background.
    tremor_deg
        Standard deviation of the joints' slow unsteadiness.
    face_camera_s
        Stand still facing the camera for so long, then take the start position; 0 = begin in it.
    purpose
        What it is there to show.
    """

    name: str
    exercise: str | None
    level: str | None
    parts: tuple[Part, ...]
    camera: Camera
    body: Body = Body()
    outfit: Outfit = Outfit()
    light: float = 1.0
    room: int = 0
    mat: bool = True
    bystander: bool = False
    tremor_deg: float = 0.4
    face_camera_s: float = 0.0
    fps: int = 15
    size_px: tuple[int, int] = (640, 480)
    purpose: Purpose = "correct"
