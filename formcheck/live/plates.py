"""Text on dark plates, drawn once and kept: what a glance from 4 m must catch, on any background."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from formcheck.output.lettering import BOLD, Colour, Image, Lettering

WHITE: Colour = (255, 255, 255)
SOFT: Colour = (205, 205, 205)
PLATE: Colour = (24, 20, 18)
FRESH: Colour = (120, 235, 120)
"""What has just gone up lights up."""

_LETTERS = Lettering()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a plate."""

    text: str
    size: int
    colour: Colour = WHITE


@lru_cache(maxsize=96)
def plate(lines: tuple[Line, ...], width: int | None = None, ground: Colour = PLATE, indent: int = 0) -> Image:
    """Return a picture of lines below each other, centred where the width is given.

    Parameters
    ----------
    lines
        What to write.
    width
        Of the plate in px; None = as wide as the widest line.
    ground
        Its colour.
    indent
        Room on the left, for a sign.
    """
    pad = max(6, max(line.size for line in lines) // 4)
    widths = [_LETTERS.width(line.text, line.size, BOLD) for line in lines]
    whole = max(widths) + 2 * pad + indent if width is None else width
    height = sum(_LETTERS.line_height(line.size) for line in lines) + 2 * pad
    image = np.full((height, whole, 3), ground, np.uint8)
    y = pad
    for line, text_width in zip(lines, widths, strict=True):
        x = pad + indent if width is None else max(0, (whole - text_width) // 2)
        _LETTERS.put(image, line.text, (x, y), line.size, line.colour, BOLD)
        y += _LETTERS.line_height(line.size)
    image.flags.writeable = False
    return image


@lru_cache(maxsize=64)
def wrapped(text: str, size: int, width: int, lines: int, colour: Colour = WHITE) -> tuple[Line, ...]:
    """Return a text as lines that fit, smaller where it would take too many."""
    for smaller in range(size, size // 2, -4):
        parts = _LETTERS.wrap(text, smaller, width, lines, BOLD)
        if not parts or not parts[-1].endswith("…"):
            return tuple(Line(part, smaller, colour) for part in parts)
    return tuple(Line(part, size // 2, colour) for part in _LETTERS.wrap(text, size // 2, width, lines, BOLD))


def put(image: Image, patch: Image, left: int, top: int) -> None:
    """Lay a patch into the image; what lies outside is cut off."""
    height, width = image.shape[:2]
    x, y = max(0, left), max(0, top)
    right, bottom = min(width, left + patch.shape[1]), min(height, top + patch.shape[0])
    if x < right and y < bottom:
        image[y:bottom, x:right] = patch[y - top : bottom - top, x - left : right - left]


def stacked(patches: Sequence[Image]) -> Image:
    """Return plates below each other, all as wide as the widest."""
    width = max(patch.shape[1] for patch in patches)
    wide = [np.full((patch.shape[0], width, 3), PLATE, np.uint8) for patch in patches]
    for whole, patch in zip(wide, patches, strict=True):
        whole[:, : patch.shape[1]] = patch
    return np.vstack(wide)
