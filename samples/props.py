"""What an exercise needs besides the person: mat, wall, chair; in the axes of `figure.geometry`."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from .clip import Clip, Colour, Part
from .figure.geometry import Array
from .figure.movements.plank import Plank
from .figure.skeleton import SIGN, Build
from .room.block import Block, Finish

MAT_THICK_M = 0.005
MAT_SIZE_M = (1.85, 0.68)
MAT_COLOURS: tuple[Colour, ...] = ((0.09, 0.10, 0.22), (0.20, 0.06, 0.11), (0.05, 0.16, 0.13), (0.13, 0.13, 0.14))
ON_FLOOR = (
    "kettlebell_shift", "hip_90_90", "spiderman_lunge", "childs_pose", "dead_bug", "lying", "getting_down",
    "knees_to_chest",
)  # fmt: skip
ON_FLOOR_AT = (
    ("hip_flexion", "lying"),
    ("hip_flexion", "straight_legs"),
    ("plank_hip_flexion", "floor"),
)
PALM_M = 0.028
"""From the wrist's joint to what a flat hand rests on."""
BACK_M = 0.155
"""From the hips to a wall that the back leans on."""
SEAT_M = 0.075
"""From the hips down to what one sits on."""
CHAIR_SEAT_M, CHAIR_M = 0.45, 0.43
PLASTER: Colour = (0.60, 0.58, 0.54)
WOOD: Colour = (0.30, 0.17, 0.08)


def props_of(clip: Clip, build: Build, points_m: Array, middle_m: Array) -> list[Block]:
    """Return the props of a clip.

    Parameters
    ----------
    clip
        What is done.
    build
        The person's sizes.
    points_m
        (n, 33, 3) landmarks of the whole clip, the middle of the movement over the origin.
    middle_m
        (2,) where that middle is in the figure's own axes.
    """
    blocks = [_moved(block, -middle_m) for part in clip.parts for block in _props(part, build)]
    unique = list(dict.fromkeys(blocks))
    on_floor = any(part.name in ON_FLOOR or (part.name, part.level) in ON_FLOOR_AT for part in clip.parts)
    return [*unique, _mat(points_m, MAT_COLOURS[clip.room % len(MAT_COLOURS)])] if on_floor and clip.mat else unique


def _mat(points_m: Array, colour: Colour) -> Block:
    """Return a mat under the whole movement, at least as large as mats are."""
    low, high = points_m[..., :2].min(axis=(0, 1)), points_m[..., :2].max(axis=(0, 1))
    half = np.maximum((high - low) / 2.0 + 0.06, np.array(MAT_SIZE_M) / 2.0)
    x, y = (float(value) for value in half)
    return Block((-x, -y, 0.0), (x, y, MAT_THICK_M), colour, Finish.FOAM)


def _props(part: Part, build: Build) -> Iterator[Block]:
    if part.name == "plank_hip_flexion" and part.level == "wall":
        yield _wall(float(Plank.of(build, "wall").wrist[0]) + PALM_M, ahead=True)
    elif part.name == "plank_hip_flexion" and part.level == "chair":
        x, z = (float(value) for value in Plank.of(build, "chair").wrist)
        yield from _chair((x + 0.1, 0.0), away=0, seat_m=z - PALM_M, back_m=z + 0.42, outward=1.0)
    elif part.name == "hip_flexion" and part.level in ("wall", "wall_chair"):
        yield _wall(-BACK_M, ahead=False)
    elif part.name == "hip_airplane" and part.level == "supported":
        out = SIGN[part.side]
        yield from _held_chair((0.85 * build.size, out * 0.25 * build.size), 0, 1.0, 0.95 * build.size - PALM_M)
    elif part.name == "sitting":
        yield from _chair(
            (0.0, 0.0), away=0, seat_m=build.ankle_height + build.shank - SEAT_M, back_m=0.9, outward=-1.0
        )
    if part.name == "hip_flexion" and part.level in ("chair", "wall_chair"):
        out = -SIGN[part.side]
        yield from _held_chair((0.05 * build.size, out * 0.42 * build.size), 1, out, 0.95 * build.size - PALM_M)


def _wall(x: float, *, ahead: bool) -> Block:
    low, high = (x, x + 0.1) if ahead else (x - 0.1, x)
    return Block((low, -1.2, 0.0), (high, 1.2, 2.5), PLASTER, Finish.PLASTER)


def _held_chair(rail: tuple[float, float], away: int, outward: float, rail_m: float) -> Iterator[Block]:
    """Yield a chair whose back's top rail is there, the seat on the far side along an axis."""
    middle = list(rail)
    middle[away] += outward * (CHAIR_M / 2.0 - 0.015)
    yield from _chair((middle[0], middle[1]), away=away, seat_m=CHAIR_SEAT_M, back_m=rail_m, outward=-outward)


def _chair(middle: tuple[float, float], *, away: int, seat_m: float, back_m: float, outward: float) -> Iterator[Block]:
    """Yield a chair whose back stands on one side (`outward` = ±1) of its seat along axis 0 or 1."""
    half, leg = CHAIR_M / 2.0, 0.019

    def block(
        along: tuple[float, float], across: tuple[float, float], up: tuple[float, float], round_m: float
    ) -> Block:
        start, end = sorted(outward * value for value in along)
        spans = [(start, end), across] if away == 0 else [across, (start, end)]
        low = tuple(middle[axis] + spans[axis][0] for axis in (0, 1))
        high = tuple(middle[axis] + spans[axis][1] for axis in (0, 1))
        return Block((*low, up[0]), (*high, up[1]), WOOD, Finish.WOOD, round_m)  # type: ignore[arg-type]

    yield block((-half, half), (-half, half), (seat_m - 0.035, seat_m), 0.012)
    for across in (-1.0, 1.0):
        side = tuple(sorted((across * half, across * (half - 2.0 * leg))))
        yield block((-half, -half + 2.0 * leg), side, (0.0, seat_m - 0.02), 0.006)  # type: ignore[arg-type]
        yield block((half - 2.0 * leg, half), side, (0.0, back_m), 0.006)  # type: ignore[arg-type]
        yield block((-half + leg, half - leg), side, (0.2, 0.225), 0.006)  # type: ignore[arg-type]
    for low, high in ((back_m - 0.07, back_m), (seat_m + 0.16, seat_m + 0.21)):
        yield block((half - 0.03, half - 0.008), (-half, half), (low, high), 0.008)


def _moved(block: Block, by_m: Array) -> Block:
    along, across = (float(value) for value in by_m)
    low, high = ((x + along, y + across, z) for x, y, z in (block.low, block.high))
    return replace(block, low=low, high=high)
