"""What panels are made of: head, counters, ring, range bar and arrow; the same live and in the annotated video.

Each draws into a box and nowhere else.
"""

import math

import cv2
import numpy as np

from formcheck.language import _, number
from formcheck.output.layout import Box
from formcheck.output.lettering import REGULAR
from formcheck.output.pen import CARD, DONE, GROUND, HUGE, LARGE, NUMBERS, SMALL, SOFT, TEXT, TEXTS, TRACK, WHITE, Pen
from formcheck.output.shown import HoldOver, Shown, Sign
from formcheck.output.skeleton import ANGLE, AngleMark, colour_of
from formcheck.pose.pose import Side

_ARROW = ((-1, -0.3), (0.1, -0.3), (0.1, -0.95), (0.95, 0), (0.1, 0.95), (0.1, 0.3), (-1, 0.3))
"""Its outline, ahead and across, in shares of half its length and width."""
NOT_ENOUGH = 0.95
"""The most that a ring is filled for what was not enough: that it is not full must show."""


def head(pen: Pen, box: Box, title: str, shown: Shown) -> None:
    """Draw the exercise, its level and the set, as far as there is room, the position that is kept, and the time.

    Of a set the exercise is left out first; else the level is, as long as the exercise fits: alone it would not say of what.
    """
    first, second = box.rows([box.height // 2, None], 0)
    parts = [text for text in (title, shown.level, shown.of_set) if text is not None]
    shorter = [parts[begin:] for begin in range(len(parts))]
    heads = [", ".join(kept) for kept in (shorter if shown.of_set is not None else (parts, [title], *shorter[1:]))]
    fitting = next((text for text in heads if pen.fits(text, first, SMALL, REGULAR)), heads[-1])
    pen.line(fitting, first, (SMALL,), SOFT, weight=REGULAR)
    used = 0
    if shown.clock_s is not None:
        seconds = int(max(0.0, shown.clock_s))
        clock = f"{seconds // 60}:{seconds % 60:02d}"
        used = pen.line(clock, second, (TEXT,), SOFT, align="right") + pen.px(2)
    room = Box(second.x, second.y, max(1, second.width - used), second.height)
    if shown.phase is not None:
        pen.line(shown.phase, room, (LARGE, TEXT, SMALL), WHITE)


def counters(pen: Pen, box: Box, shown: Shown, dose: int | None, *, per_side: bool) -> None:
    """Draw a tile for each counter: its name, the number, and whose turn it is or how many are wanted."""
    tiles = box.columns([1.0] * max(1, len(shown.counts)), pen.px(3))
    names = [_(name).upper() for name in shown.counts]
    if not all(pen.fits(name, tile.inset(pen.px(1.5)), SMALL) for name, tile in zip(names, tiles, strict=False)):
        names = [_(name) for name in shown.counts]
    for (name, count), written, tile in zip(shown.counts.items(), names, tiles, strict=False):
        side: Side | None = "left" if name == "left" else "right" if name == "right" else None
        is_fresh = name in shown.fresh
        is_now = side is not None and shown.side == side
        is_next = side is not None and shown.side is None and shown.next_side == side
        colour, ink = (GROUND, GROUND) if is_fresh else (colour_of(side), WHITE)
        pen.card(tile, colour_of(side) if is_fresh else CARD)
        label, number, state = tile.inset(pen.px(1.5)).rows([pen.px(SMALL + 2), None, pen.px(SMALL + 1)], 0)
        pen.line(written, label, (SMALL,), colour, align="centre")
        pen.line(str(count), number, NUMBERS, ink, align="centre")
        wanted = _("of {dose}", dose=dose) if dose is not None and (side is None or per_side) else ""
        below = _("now") if is_now else _("next") if is_next else wanted
        pen.line(below, state, (SMALL,), colour if is_fresh or is_now else SOFT, align="centre")
        if is_now or is_next:
            pen.frame(tile, colour_of(side), 1.5 if is_now else 0.5)


def hold_ring(pen: Pen, box: Box, held_s: float | None, required_s: float) -> None:
    """Draw the ring that fills while a position is held; it says how long, and of how long."""
    share = 0.0 if held_s is None else 1.0 if required_s <= 0 else held_s / required_s
    # Cut off, not rounded: a number that says enough is enough.
    text = (
        ""
        if held_s is None
        else number(math.floor(10 * held_s) / 10, ".1f")
        if held_s < 10
        else f"{math.floor(held_s)}"
    )
    below = (
        _("done")
        if share >= 1
        else _("of {required_s:g} s", required_s=required_s)
        if held_s is not None
        else _("hold {required_s:g} s", required_s=required_s)
    )
    ring(pen, box, share, text, below)


def hold_over_ring(pen: Pen, box: Box, hold: HoldOver) -> None:
    """Draw what a hold came to, in the figures of the table: full where it was enough, though it may fall short by a tenth."""
    share = 1.0 if hold.passed else min(NOT_ENOUGH, hold.held_s / hold.required_s) if hold.required_s > 0 else 0.0
    ring(pen, box, share, "✓" if hold.passed else "×" if hold.is_short else "?", f"{number(hold.held_s, '.1f')} s")


def ring(pen: Pen, box: Box, share: float, text: str, below: str) -> None:
    """Draw a ring that is filled to a share, a text in it, and one beside or below it."""
    pen.card(box)
    inside = box.inset(pen.px(2))
    colour = DONE if share >= 1 else WHITE
    if box.width >= 2.2 * box.height:
        place, caption = inside.columns([inside.height, inside.width - inside.height], pen.px(3))
        pen.line(below, caption, (LARGE, TEXT, SMALL), colour if share > 0 else SOFT)
    else:
        place, caption = inside.rows([None, pen.px(SMALL + 1)], pen.px(1))
        pen.line(below, caption, (SMALL,), colour if share > 0 else SOFT, align="centre")
    radius = min(place.width, place.height) // 2 - 1
    thick = max(2, round(0.24 * radius))
    centre = (place.x + place.width // 2, place.y + place.height // 2)
    middle = max(1, radius - thick // 2)
    cv2.circle(pen.image, centre, middle, TRACK, thick, cv2.LINE_AA)
    if share > 0:
        turn = 360 * min(1.0, share)
        cv2.ellipse(pen.image, centre, (middle, middle), -90, 0, turn, colour, thick, cv2.LINE_AA)
    half = max(1, round(0.95 * (radius - thick)))
    if text:
        inner = Box(centre[0] - half, centre[1] - half, 2 * half, 2 * half)
        pen.line(text, inner, (*TEXTS, 6.0), colour, align="centre")


def range_bar(pen: Pen, box: Box, mark: AngleMark | None) -> None:
    """Draw how far a movement has come, its value and its target, all of the angle that is drawn at the joint."""
    pen.card(box)
    if mark is None:
        return
    inside = box.inset(pen.px(3))
    target = target_text(mark.target)
    is_tall = inside.height >= pen.px(27)
    words, bar, *below = inside.rows([None, pen.px(6), *[pen.px(SMALL + 1)] * is_tall], pen.px(2))
    is_good = _scale(pen, bar, mark)
    colour = DONE if is_good else SOFT
    if is_tall:
        words_below = _("target {target}", target=target)
        pen.line(words_below if pen.fits(words_below, below[0], SMALL) else target, below[0], (TEXT, SMALL), colour)
    else:
        used = pen.line(target, words, (TEXT, SMALL), colour, align="right") + pen.px(2)
        words = Box(words.x, words.y, max(1, words.width - used), words.height)
    value = "–" if math.isnan(mark.value_deg) else f"{mark.value_deg:.0f}°".replace("-0°", "0°")
    name = f"{_(mark.name)} {value}"
    pen.line(name if pen.fits(name, words, TEXT) else value, words, (HUGE, LARGE, TEXT, SMALL), ANGLE)


def _scale(pen: Pen, bar: Box, mark: AngleMark) -> bool:
    """Draw the bar with the target as a part of it, and a mark where the angle is; return whether it is there."""
    low, high = mark.target
    top_deg = max([90.0, *(1.3 * edge for edge in mark.target if edge is not None)])

    def at(deg: float) -> int:
        return bar.x + round(bar.width * min(1.0, max(0.0, deg / top_deg)))

    pen.image[bar.y : bar.bottom, bar.x : bar.right] = TRACK
    good = slice(at(0.0 if low is None else low), at(top_deg if high is None else high))
    pen.image[bar.y : bar.bottom, good] = DONE
    if math.isnan(mark.value_deg):
        return False
    half, rim = pen.px(1.2), pen.px(0.6)
    now = min(max(at(mark.value_deg), bar.x + half), bar.right - half)
    pen.image[bar.y : bar.bottom, max(bar.x, now - half - rim) : min(bar.right, now + half + rim)] = GROUND
    pen.image[bar.y : bar.bottom, now - half : now + half] = ANGLE
    return (low is None or mark.value_deg >= low) and (high is None or mark.value_deg <= high)


def guide_sign(pen: Pen, box: Box, sign: Sign) -> None:
    """Draw which way to go, or how much of a wait is over."""
    if sign.share is not None:
        ring(pen, box, sign.share, sign.text, _("done") if sign.share >= 1 else _("keep still"))
    elif sign.arrow is not None:
        pen.card(box)
        draw_arrow(pen, box.inset(pen.px(5)), sign.arrow)


def draw_arrow(pen: Pen, box: Box, which: str) -> None:
    """Draw which way to go: to a side, down for nearer, up for farther."""
    half = min(box.width, box.height) / 2
    ahead = {"left": (-1, 0), "right": (1, 0), "nearer": (0, 1), "farther": (0, -1)}[which]
    long = min(box.width / 2, 2 * half) if ahead[0] else half
    along = np.array(_ARROW) * (long, half) @ np.array([ahead, (-ahead[1], ahead[0])])
    points = along + np.array((box.x + box.width / 2, box.y + box.height / 2))
    cv2.fillPoly(pen.image, [np.round(points).astype(np.int32)], ANGLE, cv2.LINE_AA)


def target_text(target: tuple[float | None, float | None]) -> str:
    """Return a target in as few signs as can be read: "80–100°", "60°+", "0–15°"."""
    low, high = target
    if high is None:
        return "" if low is None else f"{low:.0f}°+"
    return f"{low or 0:.0f}–{high:.0f}°"
