"""Walls that an exercise needs: props of finish plaster become walls of the room."""

from collections.abc import Sequence
from dataclasses import replace

from samples.clip import Colour
from samples.figure.geometry import Array

from .block import Block, Finish
from .furniture import WALL_TOP_M, WHITE
from .view import View

REACH_M = 4.0
SKIRTING_M = (0.016, 0.085)
"""Thickness and height."""


def as_walls(props: Sequence[Block], colour: Colour, view: View) -> list[Block]:
    """Return the props, walls among them as high as the room, as long as the view lets them be, with skirting boards."""
    blocks = []
    for prop in props:
        if prop.finish == Finish.PLASTER:
            wall = _lengthened(prop, view)
            blocks += [replace(wall, colour=colour), _skirting(wall)]
        else:
            blocks.append(prop)
    return blocks


def past_walls(lamp: Array, props: Sequence[Block]) -> Array:
    """Return the (3,) direction towards the lamp, mirrored where a wall would stand between it and the person."""
    clear = lamp.copy()
    for prop in props:
        if prop.finish == Finish.PLASTER:
            across, side = _facing(prop)
            clear[across] = side * abs(clear[across])
    return clear


def _facing(wall: Block) -> tuple[int, float]:
    """Return the axis across the wall, and on which side of it the person is."""
    across = int(wall.high[1] - wall.low[1] < wall.high[0] - wall.low[0])
    return across, -1.0 if wall.low[across] + wall.high[across] > 0.0 else 1.0


def _lengthened(wall: Block, view: View) -> Block:
    low, high = list(wall.low), list(wall.high)
    across, side = _facing(wall)
    along = 1 - across
    eye = view.eye_m()
    in_the_way = side * (eye[across] - (high if side > 0.0 else low)[across]) < 0.0
    for end, limit in ((low, -REACH_M), (high, REACH_M)):
        if not in_the_way or limit * eye[along] < 0.0:
            end[along] = limit
    high[2] = WALL_TOP_M
    return replace(wall, low=(low[0], low[1], low[2]), high=(high[0], high[1], high[2]), round_m=0.0)


def _skirting(wall: Block) -> Block:
    low, high = list(wall.low), list(wall.high)
    across, side = _facing(wall)
    thick, high[2] = SKIRTING_M
    if side > 0.0:
        low[across], high[across] = high[across], high[across] + thick
    else:
        low[across], high[across] = low[across] - thick, low[across]
    return Block((low[0], low[1], low[2]), (high[0], high[1], high[2]), WHITE)
