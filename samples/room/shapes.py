"""Shapes of which furniture is built, as triangles: rounded boxes, turned bodies and leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samples.clip import Colour
from samples.figure.geometry import Array, unit

from .block import Block, Finish

Extent = tuple[tuple[float, float, float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of furniture.

    Attributes
    ----------
    places_m, normals
        (corners, 3); every three corners are a triangle, counterclockwise as seen from outside.
    colour, finish
        Of its surface.
    solid
        Lowest and highest corner of the box that keeps light away, None = it keeps none.
    """

    places_m: Array
    normals: Array
    colour: Colour
    finish: Finish
    solid: Extent | None


def box(block: Block, *, solid: bool = True) -> Piece:
    """Return a box with rounded edges."""
    low, high = np.array(block.low), np.array(block.high)
    radius = float(np.clip(block.round_m, 1e-4, 0.499 * (high - low).min()))
    arcs = np.tan(np.radians(np.linspace(0.0, 45.0, 3 if radius < 0.02 else 6))) * radius
    lines = [np.concatenate([a + radius - arcs[::-1], b - radius + arcs]) for a, b in zip(low, high, strict=True)]
    places = []
    for axis in range(3):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        for level, outward in ((low[axis], False), (high[axis], True)):
            grid = np.empty((len(lines[first]), len(lines[second]), 3))
            grid[..., axis] = level
            grid[..., first], grid[..., second] = lines[first][:, None], lines[second]
            places.append(_triangles(grid if outward else grid[::-1]))
    sharp = np.concatenate(places)
    core = np.clip(sharp, low + radius, high - radius)
    normals = unit(sharp - core)
    return Piece(
        core + radius * normals, normals, block.colour, block.finish, (block.low, block.high) if solid else None
    )


def turned(
    profile_m: Sequence[tuple[float, float]],
    centre_m: tuple[float, float],
    colour: Colour,
    finish: Finish = Finish.PAINT,
    *,
    solid: bool = True,
) -> Piece:
    """Return a body turned about an upright axis, as pots and lamps are.

    Parameters
    ----------
    profile_m
        Its outline from below to above: radius, height.
    centre_m
        x and y of the axis.
    """
    radii, heights = np.array(profile_m).T
    around = np.linspace(0.0, 2.0 * np.pi, 25)
    ring = np.stack([np.cos(around), np.sin(around)], axis=-1)
    grid = np.empty((len(around), len(radii), 3))
    grid[..., :2] = np.array(centre_m) + ring[:, None] * radii[:, None]
    grid[..., 2] = heights
    slope_r, slope_h = np.gradient(radii), np.gradient(heights)
    normals = unit(
        np.concatenate(
            [ring[:, None] * slope_h[:, None], np.broadcast_to(-slope_r, (25, len(radii)))[..., None]], axis=-1
        )
    )
    wide = 0.8 * float(radii.max())
    low = (centre_m[0] - wide, centre_m[1] - wide, float(heights.min()))
    high = (centre_m[0] + wide, centre_m[1] + wide, float(heights.max()))
    return Piece(_triangles(grid), _triangles(normals), colour, finish, (low, high) if solid else None)


def leaf(
    stem_m: ArrayLike, heading_deg: float, rise_deg: float, length_m: float, width_m: float, colour: Colour
) -> Piece:
    """Return a long leaf that leaves its stem in a direction and bends down under its weight."""
    along = np.linspace(0.0, 1.0, 9)
    angle = np.radians(rise_deg - 95.0 * along**1.5)
    step = length_m / 8.0
    out, up = np.cumsum(np.cos(angle)) * step, np.cumsum(np.sin(angle)) * step
    heading = np.radians(heading_deg)
    ahead, aside = np.array([np.cos(heading), np.sin(heading), 0.0]), np.array([-np.sin(heading), np.cos(heading), 0.0])
    middle = np.asarray(stem_m) + out[:, None] * ahead + up[:, None] * [0.0, 0.0, 1.0]
    half = 0.5 * width_m * np.sin(np.pi * np.clip(along, 0.04, 0.985)) ** 0.7
    across = np.array([-1.0, 0.0, 1.0])[:, None, None] * (half[:, None] * aside)
    fold = np.array([1.0, 0.0, 1.0])[:, None, None] * (0.25 * half[:, None] * [0.0, 0.0, 1.0])
    grid = middle + across + fold
    normals = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
    normals = unit(normals) * np.sign(normals[..., 2:] + 1e-9)
    upper, lit = _triangles(grid), _triangles(normals)
    return Piece(np.concatenate([upper, upper[::-1]]), np.concatenate([lit, lit[::-1]]), colour, Finish.LEAF, None)


def _triangles(grid: Array) -> Array:
    """Return the (corners, 3) of a grid's cells, two triangles each."""
    a, b, c, d = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    return np.stack([a, b, c, a, c, d], axis=-2).reshape(-1, 3)
