"""The rooms: what stands in them, what their floors and walls are, and how they are lit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samples.clip import Camera, Colour
from samples.figure.geometry import Array, rot_z, unit

from . import furniture as f
from .block import Block, Finish
from .shapes import Piece, box

SIDE_M = 2.7
FREE_Y_M = 1.65
FRONT_M = -7.0
"""How far floor and side walls reach behind the camera."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room, in its own axes: x right, y away from the camera, z up.

    Attributes
    ----------
    furniture
        Its pieces.
    shell
        Floor, walls, skirting boards, ceiling.
    wall
        Colour of the walls.
    turn_deg
        How far it is turned against the camera, + = its back wall recedes to the right.
    free_x_m
        Where, `FREE_Y_M` behind the first, a second person can stand.
    glow_m
        Place of a burning lamp.
    """

    furniture: tuple[Piece, ...]
    shell: tuple[Piece, ...]
    wall: Colour
    turn_deg: float
    free_x_m: float
    glow_m: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Light:
    """Light of a room.

    Attributes
    ----------
    toward
        (3,) towards window or lamp, in the room's axes.
    wide
        Tangent of half the angle under which the lamp is seen.
    colour, sky, ground, glow
        Light of the lamp, from above and from below, and of the lamp that stands in the room.
    daylight
        How bright it is outside, 0 to 1.
    exposure, noise
        How much the camera amplifies light; standard deviation of its noise in grey levels.
    """

    toward: Array
    wide: float
    colour: Colour
    sky: Colour
    ground: Colour
    glow: Colour
    daylight: float
    exposure: float
    noise: float


def light_of(room: int, light: float) -> Light:
    """Return the light of a room at a brightness; 1 = day, 0.15 = a dim evening."""
    evening = float(np.clip((1.0 - light) / 0.6, 0.0, 1.0))
    side = (-0.55, 0.6, -0.4, 0.5)[room % 4]
    warm = np.array([1.0, 1.0 - 0.22 * evening, 1.0 - 0.48 * evening])
    lamp = light * np.array([1.05, 0.98, 0.88]) * warm
    sky = light * np.array([0.50, 0.52, 0.55]) * warm
    ground = light * np.array([0.30, 0.26, 0.22]) * warm
    glow = (0.05 + 0.20 * evening * light**0.5) * np.array([1.0, 0.66, 0.36])
    return Light(
        toward=unit(np.array([side, -0.75, 1.05])),
        wide=0.11,
        colour=_colour(lamp),
        sky=_colour(sky),
        ground=_colour(ground),
        glow=_colour(glow),
        daylight=1.0 - evening,
        exposure=1.0 * light**-0.45,
        noise=1.3 * light**-0.75,
    )


def furnish(room: int) -> Room:
    """Return one of the rooms; numbers beyond the last begin again."""
    return ROOMS[room % len(ROOMS)]()


def to_room(room: Room, camera: Camera) -> Array:
    """Return (3, 3) from the figure's axes to the room's: its y axis leads away from the camera, but for its own turn."""
    return rot_z(room.turn_deg - 90.0 - camera.azimuth_deg)


def standing_place_m(room: int, camera: Camera) -> Array:
    """Return (3,): where on the floor, in the figure's axes, a second person has room to stand."""
    furnished = furnish(room)
    return np.array([furnished.free_x_m, FREE_Y_M, 0.0]) @ to_room(furnished, camera)


def _colour(values: Array) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _shell(wall: Colour, floor: Colour, floor_finish: Finish) -> tuple[Piece, ...]:
    back, top, side = f.BACK_M, f.WALL_TOP_M, SIDE_M
    blocks = [
        Block((-side - 0.1, FRONT_M, -0.1), (side + 0.1, back + 0.1, 0.0), floor, floor_finish, 0.0),
        Block((-side - 0.1, back, -0.1), (side + 0.1, back + 0.1, top), wall, Finish.PLASTER, 0.0),
        Block((-side - 0.1, FRONT_M, -0.1), (-side, back + 0.1, top), wall, Finish.PLASTER, 0.0),
        Block((side, FRONT_M, -0.1), (side + 0.1, back + 0.1, top), wall, Finish.PLASTER, 0.0),
        Block((-side - 0.1, FRONT_M, top), (side + 0.1, back + 0.1, top + 0.1), f.WHITE, Finish.PLASTER, 0.0),
    ]
    skirting = [
        Block((-side, back - 0.016, 0.0), (side, back, 0.085), f.WHITE),
        Block((-side, FRONT_M, 0.0), (-side + 0.016, back, 0.085), f.WHITE),
        Block((side - 0.016, FRONT_M, 0.0), (side, back, 0.085), f.WHITE),
    ]
    return *(box(block) for block in blocks), *(box(block, solid=False) for block in skirting)


def _living_room() -> Room:
    wall = (0.62, 0.59, 0.53)
    pieces = [
        *f.sofa(-1.75, 2.1, (0.14, 0.17, 0.20)),
        f.pillow(-1.3, (0.45, 0.22, 0.07)),
        *f.picture(-0.75, 1.50, 0.62, 0.82, (0.16, 0.26, 0.27), f.BLACK),
        *f.shelf(1.25, 0.9, 1.7, (0.55, 0.50, 0.43), 0b10111),
        *f.plant(0.82, 2.3, 1.25),
        *f.floor_lamp(-2.2, 2.3),
    ]
    return Room(tuple(pieces), _shell(wall, (0.36, 0.22, 0.12), Finish.BOARDS), wall, 9.0, 1.25, (-2.2, 2.3, 1.5))


def _study() -> Room:
    wall = (0.33, 0.42, 0.42)
    pieces = [
        *f.shelf(-2.0, 1.1, 2.05, (0.20, 0.11, 0.06), 0b111011),
        *f.window(0.1, 1.35, (0.60, 0.56, 0.48)),
        *f.radiator(0.3, 0.96),
        *f.plant(-0.55, 2.35, 1.45),
        *f.picture(-2.35, 1.5, 0.3, 0.4, (0.3, 0.2, 0.1), f.BLACK),
    ]
    return Room(tuple(pieces), _shell(wall, (0.40, 0.37, 0.33), Finish.CARPET), wall, -11.0, -1.25, (-1.3, 2.2, 2.2))


def _hall() -> Room:
    wall = (0.66, 0.64, 0.62)
    pieces = [
        *f.door(0.75, (0.66, 0.65, 0.62)),
        *f.sideboard(-1.85, 1.6, (0.40, 0.25, 0.13)),
        *f.picture(-1.35, 1.45, 0.5, 0.5, (0.30, 0.14, 0.10), (0.40, 0.26, 0.14)),
        *f.picture(-0.70, 1.45, 0.5, 0.5, (0.12, 0.20, 0.30), (0.40, 0.26, 0.14)),
        *f.plant(2.15, 2.25, 1.35),
    ]
    return Room(tuple(pieces), _shell(wall, (0.46, 0.43, 0.39), Finish.TILES), wall, 13.0, 1.2, (-1.6, 2.4, 1.2))


def _bedroom() -> Room:
    wall = (0.55, 0.45, 0.38)
    pieces = [
        *f.window(-1.75, 1.2, (0.32, 0.36, 0.42)),
        *f.sofa(0.25, 1.6, (0.42, 0.37, 0.30)),
        f.pillow(0.75, (0.10, 0.20, 0.22)),
        f.pillow(1.4, (0.55, 0.50, 0.44)),
        *f.picture(1.05, 1.52, 0.9, 0.6, (0.22, 0.18, 0.26), f.WHITE),
        *f.floor_lamp(2.15, 2.3),
        *f.rug((-1.6, 1.6), (-0.9, 1.5), (0.34, 0.30, 0.27)),
    ]
    return Room(tuple(pieces), _shell(wall, (0.20, 0.115, 0.06), Finish.BOARDS), wall, -8.0, -1.3, (2.15, 2.3, 1.5))


ROOMS: tuple[Callable[[], Room], ...] = (_living_room, _study, _hall, _bedroom)
