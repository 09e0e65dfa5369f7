"""What the rules see, drawn over the picture: the body, an angle, counters, hold, faults, what is not judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.exercise.words import Severity
from formcheck.output.lettering import BOLD, Image, Lettering
from formcheck.output.panels import GREY, SOFT, Row, Rows, Sizes, draw_panel, panel_size
from formcheck.output.placement import Box, Placement
from formcheck.output.skeleton import AngleMark, body_points, draw_angle, draw_skeleton
from formcheck.pose.pose import Pose, Side

__all__ = ["AngleMark", "Overlay", "OverlayState"]

FRESH_S = 0.7
"""How long a counter lights up after it went up."""
MOST_ALERTS = 2
MOST_UNJUDGED = 4
_COLUMN_SHARE = 0.62
_ALERT_SHARE = 0.4
"""Largest share of the picture's height for the panel in the column, and for the alerts."""
_UNJUDGED = "not assessed"

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OverlayState:
    """What is to be shown at one moment.

    Attributes
    ----------
    time_s
        Time of the frame in seconds.
    phase
        Position of the exercise, None between positions.
    side
        The side that is working now.
    counts
        Repetitions so far by name: ``left`` and ``right``, or ``reps``.
    hold_s, hold_required_s
        How long the present hold has lasted, of how long; None outside holds.
    angle
        The working angle.
    faults
        What is wrong now: the cue and its severity, worst first.
    not_assessed
        What cannot be judged here.
    note
        A remark on the picture itself, such as "nobody seen".
    """

    time_s: float
    phase: str | None = None
    side: Side | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    hold_s: float | None = None
    hold_required_s: float | None = None
    angle: AngleMark | None = None
    faults: tuple[tuple[str, Severity], ...] = ()
    not_assessed: tuple[str, ...] = ()
    note: str | None = None


class Overlay:
    """Draws on the frames of one session, in order of time.

    Parameters
    ----------
    size_wh
        Width and height of the frames in px.
    title
        The exercise.
    level
        Its variant, None if it has only one.
    """

    def __init__(self, size_wh: tuple[int, int], title: str, level: str | None = None) -> None:
        self._size = size_wh
        self._title = title if level is None else f"{title} – {level.replace('_', ' ')}"
        self._sizes = Sizes.of(size_wh)
        self._letters = Lettering()
        self._rows = Rows(self._letters, self._sizes)
        self._main, self._alerts, self._unjudged = Placement(), Placement(), Placement()
        self._required_s: float | None = None
        self._counts: dict[str, int] = {}
        self._went_up_s: dict[str, float] = {}

    def draw(
        self, frame_image: NDArray[np.uint8], pose: Pose | None, state: OverlayState, *, mirrored: bool = False
    ) -> Image:
        """Return a copy of the picture with everything drawn on it.

        Parameters
        ----------
        frame_image
            (h, w, 3) uint8, BGR; left as it is.
        pose
            The person, in px of this picture; None if nobody is seen.
        state
            What to show.
        mirrored
            Flip picture and person, as in a mirror; text stays readable.

        Returns
        -------
        ndarray
            (h, w, 3) uint8, BGR.
        """
        image: Image = np.array(cv2.flip(frame_image, 1) if mirrored else frame_image, dtype=np.uint8, order="C")
        if mirrored and pose is not None:
            pose = _mirrored(pose, self._size[0])
        body = np.empty((0, 2))
        if pose is not None:
            body = body_points(pose, self._size)
            draw_skeleton(image, pose, self._sizes.line)
            if state.angle is not None:
                label = draw_angle(image, pose, state.angle, self._letters, self._sizes.line, self._sizes.middle)
                body = np.concatenate([body, *([label.corners()] if label is not None else [])])
        self._note(state)
        main = self._draw_main(image, state, body)
        alerts = self._draw_alerts(image, state, body, main)
        self._draw_unjudged(image, state, body, [main, *alerts])
        return image

    def _note(self, state: OverlayState) -> None:
        """Remember what outlasts a frame: counters that went up, and that there are holds at all."""
        for name, count in state.counts.items():
            if count > self._counts.get(name, count):
                self._went_up_s[name] = state.time_s
        self._counts = dict(state.counts)
        if state.hold_required_s is not None:
            self._required_s = state.hold_required_s

    def _draw_main(self, image: Image, state: OverlayState, body: Points) -> Box:
        sizes, rows = self._sizes, self._rows
        inner = sizes.column - 2 * sizes.pad
        title = rows.text(self._title, inner, sizes.small, SOFT, lines=2)
        phase = [rows.phase((state.phase or "–").replace("_", " "), f"{state.time_s:.1f} s", inner)]
        fresh = [name for name, since in self._went_up_s.items() if 0 <= state.time_s - since < FRESH_S]
        counters = [rows.counters(state.counts, state.side, fresh, inner)] if state.counts else []
        hold = rows.hold(state.hold_s, self._required_s, inner) if self._required_s is not None else []
        # In a tiny picture the title goes first, then the phase.
        for dispensable in (title, phase):
            content = [*title, *phase, *counters, *hold]
            if panel_size(content, sizes)[1] > _COLUMN_SHARE * self._size[1]:
                dispensable.clear()
        content = [*title, *phase, *counters, *hold]
        box = self._main.choose(state.time_s, self._corners(*panel_size(content, sizes, sizes.column)), body)
        draw_panel(image, box, content, sizes)
        return box

    def _draw_alerts(self, image: Image, state: OverlayState, body: Points, main: Box) -> list[Box]:
        alerts: list[tuple[str, Severity | None]] = [(state.note, None)] if state.note is not None else []
        alerts += state.faults[:MOST_ALERTS]
        if not alerts:
            self._alerts.forget()
            return []
        options = list(self._alert_options(alerts, main))
        box = self._alerts.choose(state.time_s, [place for place, _ in options], body, [main])
        draw_panel(image, box, dict(options)[box], self._sizes)
        return [box]

    def _alert_options(
        self, alerts: list[tuple[str, Severity | None]], main: Box
    ) -> Iterator[tuple[Box, tuple[Row, ...]]]:
        """Yield where alerts can go, best first: a strip along the bottom, along the top, or beside the panel."""
        width, height = self._size
        pad = self._sizes.pad
        rows = self._alert_rows(alerts, width - 2 * pad, lines=2 if self._sizes.landscape else 3)
        size = panel_size(rows, self._sizes)
        left, bottom = (width - size[0]) // 2, height - size[1] - pad
        yield Box(left, bottom, *size), rows
        yield Box(left, pad, *size), rows
        if not self._sizes.landscape:
            yield Box(left, main.y + main.height + pad, *size), rows
            return
        rows = self._alert_rows(alerts, width - main.width - 3 * pad, lines=4)
        size = panel_size(rows, self._sizes)
        for y in (height - size[1] - pad, pad):
            yield Box(width - size[0] - pad, y, *size), rows
            yield Box(pad, y, *size), rows

    def _alert_rows(self, alerts: list[tuple[str, Severity | None]], width: int, lines: int) -> tuple[Row, ...]:
        """Return the alerts as rows, as many as fit into the share of the picture that they may take."""
        rows: list[Row] = []
        for text, severity in alerts:
            more = self._rows.alert(text, severity, width - 2 * self._sizes.pad, lines)
            if rows and panel_size([*rows, *more], self._sizes)[1] > _ALERT_SHARE * self._size[1]:
                break
            rows += more
        return tuple(rows)

    def _draw_unjudged(self, image: Image, state: OverlayState, body: Points, taken: list[Box]) -> None:
        if not state.not_assessed:
            self._unjudged.forget()
            return
        sizes, main = self._sizes, taken[0]
        in_column = [
            box.height + sizes.pad for box in taken if box.x < main.x + main.width and main.x < box.x + box.width
        ]
        content = self._unjudged_rows(state.not_assessed, self._size[1] - sum(in_column) - 2 * sizes.pad)
        if not content:
            return
        size = panel_size(content, sizes)
        beside = main.y + main.height + sizes.pad if main.y <= sizes.pad else main.y - size[1] - sizes.pad
        places = [Box(main.x, beside, *size), *self._corners(*size)]
        box = self._unjudged.choose(state.time_s, places, body, taken)
        if not any(box.overlaps(other) for other in taken):
            draw_panel(image, box, content, sizes)

    def _unjudged_rows(self, names: tuple[str, ...], height: int) -> list[Row]:
        """Return the list of what is not judged, as far as it fits."""
        sizes, rows = self._sizes, self._rows
        inner = sizes.column - 2 * sizes.pad
        fitting = (height - 2 * sizes.pad) // self._letters.line_height(sizes.small) - 1
        most = min(fitting, MOST_UNJUDGED)
        if most < 2 or self._letters.width(_UNJUDGED, sizes.small, BOLD) > inner:
            return []
        content = rows.text(_UNJUDGED, inner, sizes.small, GREY, BOLD)
        for name in names if len(names) <= most else names[: most - 1]:
            content += rows.text(f"· {name.replace('_', ' ')}", inner, sizes.small, GREY)
        if len(names) > most:
            content += rows.text(f"and {len(names) - most + 1} more", inner, sizes.small, GREY)
        return content

    def _corners(self, width: int, height: int) -> list[Box]:
        """Return the four corners, top left first."""
        pad = self._sizes.pad
        right, bottom = self._size[0] - width - pad, self._size[1] - height - pad
        return [Box(x, y, width, height) for y in (pad, bottom) for x in (pad, right)]


def _mirrored(pose: Pose, width: int) -> Pose:
    """Return the person as a mirror shows it; left stays left."""
    image_px = pose.image_px.copy()
    image_px[:, 0] = width - 1 - image_px[:, 0]
    return Pose(pose.time_s, image_px, pose.world_m, pose.visibility)
