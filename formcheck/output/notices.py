"""What is told, below each other: faults with their sign, remarks, what to do now."""

import math
from collections.abc import Sequence

import cv2
import numpy as np

from formcheck.output.components import draw_arrow
from formcheck.output.layout import Box
from formcheck.output.lettering import BOLD, REGULAR
from formcheck.output.pen import CORNER, GROUND, KINDS, SMALL, SOFT, TEXT, TEXTS, TRACK, WHITE, Pen
from formcheck.output.shown import Kind, Notice

Point = tuple[int, int]
_EDGE, _ICON = 1.5, 11.0


def draw_notices(pen: Pen, box: Box, notices: Sequence[Notice]) -> None:
    """Draw what is told below each other in the largest size in which it fits, the least important ones left out."""
    gap = pen.px(2)
    kept = list(notices)
    while kept:
        for units in TEXTS:
            heights = [_notice_height(pen, item, box.width, units) for item in kept]
            used = sum(height for height in heights if height is not None) + gap * (len(kept) - 1)
            if None not in heights and used <= box.height:
                for place, item in zip(box.rows(heights, gap), kept, strict=True):
                    _notice(pen, place, item, units)
                return
        if len(kept) == 1:
            _notice(pen, box, kept[0], SMALL)
            return
        kept.pop()


def _margins(pen: Pen, notice: Notice) -> tuple[int, int, int]:
    """Return what a notice leaves free: on both sides, above and below, and at the beginning of its first line."""
    if notice.kind in (Kind.SAY, Kind.ASIDE):
        return pen.px(1.2), pen.px(1), 0
    return pen.px(2.5), pen.px(1.5), pen.px(_ICON)


def _type(pen: Pen, notice: Notice, units: float) -> tuple[int, int, int]:
    """Return size, weight and height of a line of a notice: what is by the way never shouts."""
    is_aside = notice.kind is Kind.ASIDE
    size = pen.px(min(units, TEXT) if is_aside else units)
    return size, REGULAR if is_aside else BOLD, pen.letters.line_height(size)


def _notice_height(pen: Pen, notice: Notice, width: int, units: float) -> int | None:
    """Return the height of a notice in px, None where a word would have to be broken."""
    beside, above, indent = _margins(pen, notice)
    size, weight, line_height = _type(pen, notice, units)
    longest = max((pen.letters.width(word, size, weight) for word in notice.text.split()), default=0)
    if longest > width - 2 * beside - indent:
        return None
    lines = pen.letters.wrap(notice.text, size, width - 2 * beside, 99, weight, indent)
    return 2 * above + (pen.px(3) if notice.share is not None else 0) + len(lines) * line_height


def _notice(pen: Pen, box: Box, notice: Notice, units: float) -> None:
    beside, above, indent = _margins(pen, notice)
    size, weight, line_height = _type(pen, notice, units)
    if indent:
        pen.card(box)
        corner = pen.px(CORNER)
        pen.image[box.y + corner : box.bottom - corner, box.x : box.x + pen.px(_EDGE)] = KINDS[notice.kind]
        centre = (box.x + beside + pen.px(4.5), box.y + above + line_height // 2)
        if notice.arrow is None:
            draw_icon(pen, centre, pen.px(4), notice.kind)
        else:
            half = pen.px(4.5)
            draw_arrow(pen, Box(centre[0] - half, centre[1] - half, 2 * half, 2 * half), notice.arrow)
    most = max(1, (box.height - 2 * above) // line_height)
    for i, text in enumerate(pen.letters.wrap(notice.text, size, max(1, box.width - 2 * beside), most, weight, indent)):
        at = (box.x + beside + (indent if i == 0 else 0), box.y + above + i * line_height)
        pen.letters.put(pen.image, text, at, size, SOFT if notice.kind is Kind.ASIDE else WHITE, weight)
    if notice.share is not None:
        done = Box(box.x + beside, box.bottom - above - pen.px(2), box.width - 2 * beside, pen.px(2))
        pen.image[done.y : done.bottom, done.x : done.right] = TRACK
        pen.image[done.y : done.bottom, done.x : done.x + round(done.width * min(1.0, notice.share))] = WHITE


def draw_icon(pen: Pen, centre: Point, radius: int, kind: Kind) -> None:
    """Draw an octagon for a major fault, a triangle for a minor one, a disc for a remark, a tick for praise."""
    corners = {Kind.MAJOR: 8, Kind.MINOR: 3}.get(kind, 32)
    turn = math.pi / 8 if kind is Kind.MAJOR else -math.pi / 2
    angles = turn + 2 * math.pi * np.arange(corners) / corners
    shape = np.array(centre) + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    cv2.fillPoly(pen.image, [np.round(shape).astype(np.int32)], KINDS[kind], cv2.LINE_AA)
    x, y, thick = *centre, max(1, round(radius / 3.5))
    ink = WHITE if kind is Kind.MAJOR else GROUND
    if kind is Kind.PRAISE:
        way = np.array([(x - radius // 2, y), (x - radius // 8, y + radius // 2), (x + radius // 2, y - radius // 3)])
        cv2.polylines(pen.image, [way.astype(np.int32)], False, ink, thick, cv2.LINE_AA)
        return
    # An i for what is by the way, an exclamation mark for what is wrong.
    sign = -1 if kind in (Kind.INFO, Kind.REMARK) else 1
    bar = (y - sign * round(0.45 * radius), y + sign * round(0.05 * radius))
    cv2.line(pen.image, (x, bar[0]), (x, bar[1]), ink, thick, cv2.LINE_AA)
    cv2.circle(pen.image, (x, y + sign * round(0.45 * radius)), max(1, thick // 2), ink, cv2.FILLED, cv2.LINE_AA)
