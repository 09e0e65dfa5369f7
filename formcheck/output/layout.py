"""Where everything goes on the canvas: the picture whole and free, and a panel beside or below it; laid out once.

Everything is measured in units: the canvas is 320 units wide, whatever its size in px. Text that matters is at least
9 units high, so that it is still legible in a thumbnail 320 px wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Size = tuple[int, int]

UNITS_WIDE = 320.0
SMALLEST_UNIT_PX, LARGEST_CANVAS_PX = 1.5, 1706
"""The canvas of a file is between 480 px wide and 1706 px long: there a picture of 1280 x 720 px keeps its size."""
WIDE = 16 / 9
"""Shape of a canvas with a picture that is not upright: that of screens."""
_PICTURE = 240.0
"""Width of a picture that is 4:3 or wider."""
_PAD, _GAP = 4.0, 3.0
_HEAD, _COUNTS, _HOLD, _RANGE = 21.0, 38.0, 25.0, 24.0
_MIDDLE = (44.0, 70.0)
"""Least and largest height of counters and gauges beside each other."""
_BELOW = 124.0
"""Height of the panel below an upright picture."""
_BAR_FROM = 36.0
"""A strip below the picture of at least this height takes what is told."""
_TWO_COLUMNS_FROM = 170.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the canvas, in px."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below it."""
        return self.y + self.height

    def inset(self, by: int) -> "Box":
        """Return it without a margin on every side."""
        return Box(self.x + by, self.y + by, max(1, self.width - 2 * by), max(1, self.height - 2 * by))

    def rows(self, heights: Sequence[int | None], gap: int) -> list["Box"]:
        """Return boxes below each other; the one without a height takes what is left."""
        used = sum(max(1, height) for height in heights if height is not None) + gap * (len(heights) - 1)
        boxes, y = [], self.y
        for height in heights:
            tall = max(1, self.height - used if height is None else height)
            boxes.append(Box(self.x, y, self.width, tall))
            y += tall + gap
        return boxes

    def columns(self, shares: Sequence[float], gap: int) -> list["Box"]:
        """Return boxes beside each other, as wide as their shares say."""
        room = self.width - gap * (len(shares) - 1)
        edges = [round(room * sum(shares[:i]) / sum(shares)) for i in range(len(shares) + 1)]
        return [
            Box(self.x + start + i * gap, self.y, end - start, self.height)
            for i, (start, end) in enumerate(pairwise(edges))
        ]


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one session, which overlap neither each other nor the picture.

    Attributes
    ----------
    canvas_wh
        Width and height of the whole in px.
    unit
        Px of a unit.
    picture
        Where the picture goes.
    head, counts, tell
        Exercise, position and time; repetitions; what is told.
    hold, range
        The hold and how far the movement has come; None where the exercise has none.
    say, aside
        Before the first repetition, instead of all below the counters, whose place an arrow or a ring takes: the
        guide's words, and what is by the way; None = that goes below the words.
    """

    canvas_wh: Size
    unit: float
    picture: Box
    head: Box
    counts: Box
    tell: Box
    hold: Box | None
    range: Box | None
    say: Box
    aside: Box | None


def layout_of(
    picture_wh: Size, canvas_wh: Size | None = None, *, has_hold: bool = True, has_range: bool = True
) -> Layout:
    """Return the layout for pictures of a size.

    Parameters
    ----------
    picture_wh
        Width and height of the pictures in px.
    canvas_wh
        Width and height of the canvas, at least as wide as high; None = what suits the picture.
    has_hold, has_range
        Whether the exercise has holds, and an angle with a target.
    """
    if canvas_wh is None and picture_wh[0] < picture_wh[1]:
        return _below(picture_wh, has_hold, has_range)
    width, height = canvas_wh or _wide_canvas(picture_wh)
    unit = width / UNITS_WIDE
    across = min(_PICTURE * unit, height * picture_wh[0] / picture_wh[1])
    shape = (max(1, round(across)), max(1, min(height, round(across * picture_wh[1] / picture_wh[0]))))
    strip = height - shape[1]
    panel = Box(shape[0], 0, width - shape[0], height).inset(round(_PAD * unit))
    if strip >= _BAR_FROM * unit:
        bar = Box(0, shape[1], shape[0], strip).inset(round(_PAD * unit))
        return _columned((width, height), Box(0, 0, *shape), panel, bar, has_hold, has_range)
    picture = Box(0, strip // 2, *shape)
    if panel.width >= _TWO_COLUMNS_FROM * unit:
        return _rowed((width, height), picture, panel, has_hold, has_range)
    return _columned((width, height), picture, panel, None, has_hold, has_range)


def _wide_canvas(picture_wh: Size) -> Size:
    """Return a canvas that shows the picture in its own size, if that is neither tiny nor huge."""
    width = max(picture_wh[0] * UNITS_WIDE / _PICTURE, picture_wh[1] * WIDE)
    width = min(max(width, SMALLEST_UNIT_PX * UNITS_WIDE), LARGEST_CANVAS_PX)
    return _even(width), _even(width / WIDE)


def _below(picture_wh: Size, has_hold: bool, has_range: bool) -> Layout:
    """Return the layout for an upright picture, with the panel below it."""
    tall = UNITS_WIDE * picture_wh[1] / picture_wh[0] + _BELOW
    # Less what rounding to even sizes may add.
    unit = min(max(picture_wh[0] / UNITS_WIDE, SMALLEST_UNIT_PX), (LARGEST_CANVAS_PX - 4) / tall)
    width = _even(UNITS_WIDE * unit)
    height = max(1, round(width * picture_wh[1] / picture_wh[0]))
    whole = _even(height + _BELOW * unit + 1)
    panel = Box(0, height, width, whole - height).inset(round(_PAD * unit))
    return _rowed((width, whole), Box(0, 0, width, height), panel, has_hold, has_range)


def _columned(canvas_wh: Size, picture: Box, panel: Box, bar: Box | None, has_hold: bool, has_range: bool) -> Layout:
    """Return a layout with everything below each other; what is told goes to the bar, if there is one."""
    unit = canvas_wh[0] / UNITS_WIDE
    gap = round(_GAP * unit)
    heights = [_COUNTS * unit, *[_HOLD * unit] * has_hold, *[_RANGE * unit] * has_range]
    if bar is not None:  # all of the column is for these
        room = panel.height - _HEAD * unit - gap * (len(heights) + 1)
        heights = [height * min(room / sum(heights), 1.6) for height in heights]
    head, counts, *gauges, rest = panel.rows([round(_HEAD * unit), *map(round, heights), None], gap)
    below = Box(panel.x, counts.bottom + gap, panel.width, panel.bottom - counts.bottom - gap)
    hold, reach = gauges[0] if has_hold else None, gauges[-1] if has_range else None
    aside = None if bar is None else below
    return Layout(canvas_wh, unit, picture, head, counts, bar or rest, hold, reach, bar or below, aside)


def _rowed(canvas_wh: Size, picture: Box, panel: Box, has_hold: bool, has_range: bool) -> Layout:
    """Return a layout with counters and gauges beside each other, and what is told below them."""
    unit = canvas_wh[0] / UNITS_WIDE
    gap = round(_GAP * unit)
    middle_px = min(max(_MIDDLE[0] * unit, 0.45 * (panel.height - _HEAD * unit)), _MIDDLE[1] * unit)
    head, middle, tell = panel.rows([round(_HEAD * unit), round(middle_px), None], gap)
    counts, *gauges = middle.columns([2.0, *[1.0] * has_hold, *[1.3] * has_range], gap)
    hold, reach = gauges[0] if has_hold else None, gauges[-1] if has_range else None
    return Layout(canvas_wh, unit, picture, head, counts, tell, hold, reach, tell, None)


def _even(value: float) -> int:
    return max(2, 2 * round(value / 2))
