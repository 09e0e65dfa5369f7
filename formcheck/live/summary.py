"""The last screen: what came of the session."""

import numpy as np

from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Severity
from formcheck.live.gauges import sign
from formcheck.live.plates import PLATE, SOFT, WHITE, Line, plate, put, wrapped
from formcheck.live.screen import SIZE_WH
from formcheck.output.lettering import Image, Lettering

MOST_FAULTS = 3
_EDGE = 40
_SEVERITIES = list(Severity)


def message_screen(text: str) -> Image:
    """Return a screen that says one thing."""
    image = np.full((SIZE_WH[1], SIZE_WH[0], 3), PLATE, np.uint8)
    patch = plate((Line(text, 60),))
    put(image, patch, (SIZE_WH[0] - patch.shape[1]) // 2, (SIZE_WH[1] - patch.shape[0]) // 2)
    return image


def summary_screen(session: Session, folder: str | None) -> Image:
    """Return a screen with repetitions, holds, the faults that matter most, and where the results are."""
    image = np.full((SIZE_WH[1], SIZE_WH[0], 3), PLATE, np.uint8)
    y = _EDGE

    def write(line: Line, indent: int = 0) -> None:
        nonlocal y
        patch = plate((line,))
        put(image, patch, _EDGE + indent, y)
        y += patch.shape[0]

    write(Line(session.title, 48, SOFT))
    counted = len(session.counted)
    sides = [f"{session.reps_of(side)} {side}" for side in ("left", "right") if session.reps_of(side)]
    write(Line(f"{counted} repetition{'' if counted == 1 else 's'}", 120))
    details = [", ".join(sides), f"{session.clean_reps} clean"] if sides else [f"{session.clean_reps} clean"]
    if holds := sum(len(rep.holds) for rep in session.counted):
        details.append(f"{session.holds_passed} of {holds} holds")
    write(Line("   ".join(details), 56))
    for text, severity, times in _worst(session):
        sign(image, (_EDGE + 45, y + 45), 30, severity)
        write(Line(_shortened(f"{times} x  {text}", 44, SIZE_WH[0] - 3 * _EDGE - 90), 44, WHITE), 90)
    if not session.faults and counted:
        sign(image, (_EDGE + 45, y + 45), 30, None)
        write(Line("No fault seen", 44), 90)
    if not counted and session.advice:
        for line in wrapped(session.advice[0], 40, SIZE_WH[0] - 3 * _EDGE, 4):
            write(line)
    y = SIZE_WH[1] - 120
    if folder is not None:
        write(Line(_shortened(f"Results: {folder}", 28, SIZE_WH[0] - 2 * _EDGE), 28, SOFT))
    write(Line("Any key closes this window", 28, SOFT))
    return image


def _worst(session: Session) -> list[tuple[str, Severity, int]]:
    """Return cue, severity and number of the faults that matter most, worst and most frequent first."""
    found: dict[str, tuple[Severity, int]] = {}
    for fault in session.faults:
        severity, times = found.get(fault.cue, (fault.severity, 0))
        found[fault.cue] = (max(severity, fault.severity, key=_SEVERITIES.index), times + 1)
    order = sorted(found.items(), key=lambda item: (-_SEVERITIES.index(item[1][0]), -item[1][1]))
    return [(cue, severity, times) for cue, (severity, times) in order[:MOST_FAULTS]]


def _shortened(text: str, size: int, width: int) -> str:
    return Lettering().wrap(text, size, width, 1, 700)[0]
