"""Pages that fill the screen: a message, the keys, and what came of the session."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercise.session_result import Session
from formcheck.language import _, _n
from formcheck.live.ghost import draw_ghost
from formcheck.live.interlude import Interlude
from formcheck.live.keys import HELP
from formcheck.output.components import counters, ring
from formcheck.output.layout import UNITS_WIDE, Box, Size
from formcheck.output.lettering import REGULAR, Image
from formcheck.output.notices import draw_notices
from formcheck.output.pen import CARD, GROUND, HUGE, LARGE, SMALL, SOFT, TEXT, WHITE, Pen
from formcheck.output.sentences import how_many_clean, next_time, why_not, why_nothing
from formcheck.output.shown import Kind, Notice, Shown, of_severity

MOST_FAULTS = 3
_MARGIN = 10.0
_KEYS = 127.0
"""Height of the list of keys."""


def message_page(size_wh: Size, text: str) -> Image:
    """Return a page that says one thing."""
    image, pen, page = _page(size_wh)
    pen.line(text, page, (HUGE, LARGE, TEXT), WHITE, align="centre")
    return image


def help_page(size_wh: Size, lines: Sequence[tuple[str, str]] = HELP) -> Image:
    """Return a page with the keys; nothing is counted while it is open."""
    image, pen, page = _page(size_wh)
    tall = pen.px(min(14.0, _KEYS / len(lines)))
    title, *rows, footer = page.rows([pen.px(22), *[tall] * len(lines), None], 0)
    pen.line(_("Keys"), title, (HUGE,), WHITE)
    for row, (key, meaning) in zip(rows, lines, strict=True):
        cap, text = Box(row.x, row.y, pen.px(34), row.height - pen.px(2)), pen.px(42)
        pen.card(cap, CARD)
        pen.line(_(key), cap, (TEXT,), WHITE, align="centre")
        place = Box(row.x + text, row.y, row.width - text, cap.height)
        pen.line(_(meaning), place, (LARGE, TEXT, SMALL), WHITE, weight=REGULAR)
    pen.line(_("Nothing is counted now; any key closes this page"), footer, (TEXT,), SOFT, weight=REGULAR)
    return image


def interlude_page(
    size_wh: Size, interlude: Interlude, picture_bgr: NDArray[np.uint8], hand_up: float, notes: Sequence[str] = ()
) -> Image:
    """Return what is between two sets or exercises, with the person in a corner, as in a mirror.

    Parameters
    ----------
    size_wh
        Width and height of the page in px.
    interlude
        What it says.
    picture_bgr
        (h, w, 3) uint8, what the camera sees; left as it is.
    hand_up
        How much of the signal to go on is given, 0..1.
    notes
        Remarks on the session.
    """
    image, pen, page = _page(size_wh)
    head, middle, keys = page.rows([pen.px(31), None, pen.px(11)], pen.px(3))
    words, clock, mirror = head.columns([164.0, 74.0, 56.0], pen.px(3))
    over, title = words.rows([pen.px(11), None], pen.px(2))
    pen.line(interlude.over, over, (TEXT,), SOFT, weight=REGULAR)
    pen.line(interlude.title, title, (HUGE, LARGE, TEXT), WHITE)
    if interlude.left_s is not None:
        share = 1.0 - interlude.left_s / interlude.of_s if interlude.of_s > 0 else 1.0
        ring(pen, clock, share, f"{math.ceil(interlude.left_s)}", _("seconds"))
    _mirror(image, mirror, picture_bgr)
    pen.line(interlude.keys, keys, (TEXT, SMALL, 6.0), SOFT, weight=REGULAR)
    left, right = middle.columns([1.0, 1.0], pen.px(8))
    _demonstrate(image, pen, left, interlude)
    raised = (Notice(_("Hand up: go on"), Kind.REMARK, hand_up),) if hand_up > 0 else ()
    draw_notices(pen, right, [*raised, *(Notice(note, Kind.REMARK) for note in notes), *interlude.notices])
    return image


def _demonstrate(image: Image, pen: Pen, box: Box, interlude: Interlude) -> None:
    pen.card(box)
    shown = interlude.demonstration
    if shown is None:
        return
    inside, caption = box.inset(pen.px(5)).rows([None, pen.px(11)], pen.px(2))
    pen.line(interlude.phase, caption, (LARGE, TEXT), SOFT, align="centre")
    left, top, right, bottom = shown.box
    torso_px = min(inside.width / (right - left + 1.0), inside.height / (bottom - top + 0.8))
    at = (
        inside.x + inside.width / 2 - (left + right) / 2 * torso_px,
        inside.y + inside.height / 2 - (top + bottom) / 2 * torso_px,
    )
    draw_ghost(image, shown.at(interlude.at_s), torso_px, at)


def _mirror(image: Image, box: Box, picture_bgr: NDArray[np.uint8]) -> None:
    height, width = picture_bgr.shape[:2]
    scale = min(box.width / width, box.height / height)
    size = (max(1, round(scale * width)), max(1, round(scale * height)))
    small = cv2.resize(picture_bgr, size, interpolation=cv2.INTER_AREA)
    x, y = box.right - size[0], box.bottom - size[1]
    cv2.flip(small, 1, image[y : y + size[1], x : x + size[0]])


def summary_page(size_wh: Size, session: Session, folder: str | None, left_s: int) -> Image:
    """Return a page with repetitions, holds, the faults that matter most, where the results are, and how long it stays."""
    image, pen, page = _page(size_wh)
    title, middle, where, close = page.rows([pen.px(18), None, pen.px(11), pen.px(11)], pen.px(2))
    pen.line(session.title, title, (HUGE, LARGE), SOFT)
    left, right = middle.columns([1.0, 1.7], pen.px(10))
    counts, facts = left.rows([pen.px(60), None], pen.px(4))
    sides = {side: session.reps_of(side) for side in ("left", "right") if any(rep.side for rep in session.reps)}
    shown = Shown(session.duration_s, counts=sides or {"reps": len(session.counted)})
    counters(pen, counts, shown, None, per_side=False)
    draw_notices(pen, facts, _facts(session))
    draw_notices(pen, right, _lessons(session))
    _foot(pen, where, close, folder, left_s)
    return image


def told_page(size_wh: Size, title: str, notices: Sequence[Notice], folder: str | None, left_s: int) -> Image:
    """Return a page with a title, what is told, where the results are, and how long it stays."""
    image, pen, page = _page(size_wh)
    head, middle, where, close = page.rows([pen.px(18), None, pen.px(11), pen.px(11)], pen.px(2))
    pen.line(title, head, (HUGE, LARGE), SOFT)
    draw_notices(pen, middle, notices)
    _foot(pen, where, close, folder, left_s)
    return image


def _foot(pen: Pen, where: Box, close: Box, folder: str | None, left_s: int) -> None:
    """Write where the results are, and when the page closes."""
    if folder is not None:
        pen.line(_("Results: {name}", name=Path(folder).name), where, (TEXT, SMALL), SOFT, weight=REGULAR)
    text = _("Any key closes this window; it closes by itself in {seconds} s", seconds=left_s)
    pen.line(text, close, (TEXT, SMALL), SOFT, weight=REGULAR)


def _page(size_wh: Size) -> tuple[Image, Pen, Box]:
    image = np.full((size_wh[1], size_wh[0], 3), GROUND, np.uint8)
    pen = Pen(image, size_wh[0] / UNITS_WIDE)
    return image, pen, Box(0, 0, *size_wh).inset(pen.px(_MARGIN))


def _facts(session: Session) -> list[Notice]:
    counted = len(session.counted)
    facts = [Notice(how_many_clean(session.counted).capitalize())] if counted else [Notice(_("Nothing counted"))]
    if holds := sum(len(rep.holds) for rep in session.counted):
        facts.append(
            Notice(_n("{passed} of {count} hold", "{passed} of {count} holds", holds, passed=session.holds_passed))
        )
    return facts


def _lessons(session: Session) -> list[Notice]:
    """Return the faults that matter most, worst and most frequent first, then why movements did not count."""
    times = Counter(fault.cue for fault in session.faults)
    severity = {fault.cue: fault.severity for fault in sorted(session.faults, key=lambda f: f.severity.rank)}
    worst = sorted(times, key=lambda cue: (-severity[cue].rank, -times[cue]))[:MOST_FAULTS]
    lessons = [Notice(f"{times[cue]} × {cue}", of_severity(severity[cue])) for cue in worst]
    if session.nothing_counted_because is not None:
        lessons.append(Notice(why_nothing(session.nothing_counted_because), Kind.INFO))
        return lessons + [Notice(text, Kind.INFO) for text in next_time(session)[:1]]
    reasons = Counter(why_not(rep.not_counted_because) for rep in session.reps if rep.not_counted_because is not None)
    lessons += [
        Notice(_("{n} × not counted: {reason}.", n=n, reason=reason), Kind.INFO) for reason, n in reasons.most_common(1)
    ]
    if session.clean_reps and not session.faults:
        lessons.insert(0, Notice(_("No fault seen"), Kind.PRAISE))
    return lessons
