"""Boxes, of which props and most furniture are made, and what their surfaces are like."""

from dataclasses import dataclass
from enum import IntEnum

from samples.clip import Colour


class Finish(IntEnum):
    """How a surface looks; the numbers are those in `shaders/finish.glsl`."""

    PAINT = 0
    WOOD = 1
    FABRIC = 2
    FOAM = 3
    PLASTER = 4
    BOARDS = 5
    CARPET = 6
    TILES = 7
    BOOKS = 8
    PRINT = 9
    SKY = 10
    GLOW = 11
    LEAF = 12
    CURTAIN = 13
    METAL = 14


@dataclass(frozen=True, slots=True)
class Block:
    """A box: a prop, or a part of one; its sides are parallel to the axes.

    Attributes
    ----------
    low, high
        Its corners in metres: x forward, y left, z up, the person stands at the origin.
    colour
        Of its surface.
    round_m
        Radius of its edges.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]
    colour: Colour
    finish: Finish = Finish.PAINT
    round_m: float = 0.004
