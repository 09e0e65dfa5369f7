"""Pages that fill the screen: a message, the keys, and what came of the session."""

from collections import Counter
from pathlib import Path

import numpy as np

from formcheck.exercise.session_result import Session
from formcheck.language import _, _n
from formcheck.live.keys import HELP
from formcheck.output.components import counters
from formcheck.output.layout import UNITS_WIDE, Box, Size
from formcheck.output.lettering import REGULAR, Image
from formcheck.output.notices import draw_notices
from formcheck.output.pen import CARD, GROUND, HUGE, LARGE, SMALL, SOFT, TEXT, WHITE, Pen
from formcheck.output.sentences import how_many_clean, next_time, why_not, why_nothing
from formcheck.output.shown import Kind, Notice, Shown, of_severity

MOST_FAULTS = 3
_MARGIN = 10.0


def message_page(size_wh: Size, text: str) -> Image:
    """Return a page that says one thing."""
    image, pen, page = _page(size_wh)
    pen.line(text, page, (HUGE, LARGE, TEXT), WHITE, align="centre")
    return image


def help_page(size_wh: Size) -> Image:
    """Return a page with the keys; nothing is counted while it is open."""
    image, pen, page = _page(size_wh)
    title, *rows, footer = page.rows([pen.px(22), *[pen.px(14)] * len(HELP), None], 0)
    pen.line(_("Keys"), title, (HUGE,), WHITE)
    for row, (key, meaning) in zip(rows, HELP, strict=True):
        cap, text = Box(row.x, row.y, pen.px(34), row.height - pen.px(2)), pen.px(42)
        pen.card(cap, CARD)
        pen.line(_(key), cap, (TEXT,), WHITE, align="centre")
        place = Box(row.x + text, row.y, row.width - text, cap.height)
        pen.line(_(meaning), place, (LARGE, TEXT, SMALL), WHITE, weight=REGULAR)
    pen.line(_("Nothing is counted now; any key closes this page"), footer, (TEXT,), SOFT, weight=REGULAR)
    return image


def summary_page(size_wh: Size, session: Session, folder: str | None) -> Image:
    """Return a page with repetitions, holds, the faults that matter most, and where the results are."""
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
    if folder is not None:
        pen.line(_("Results: {name}", name=Path(folder).name), where, (TEXT, SMALL), SOFT, weight=REGULAR)
    pen.line(_("Any key closes this window"), close, (TEXT,), SOFT, weight=REGULAR)
    return image


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
