"""The panels of the overlay: what they say, and how large they are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.exercise.words import Severity
from formcheck.output.lettering import BOLD, REGULAR, Colour, Image, Lettering
from formcheck.output.placement import Box
from formcheck.output.skeleton import colour_of, draw_joint
from formcheck.pose.pose import Side

WHITE: Colour = (255, 255, 255)
SOFT: Colour = (215, 215, 215)
GREY: Colour = (185, 185, 185)
PLATE: Colour = (24, 20, 18)
DONE: Colour = (160, 220, 80)
TRACK: Colour = (95, 90, 85)
ICON_COLOURS: dict[Severity | None, Colour] = {
    Severity.MAJOR: (40, 50, 225),
    Severity.MINOR: (40, 190, 255),
    Severity.INFO: (215, 150, 60),
    None: (130, 130, 130),
}
_OPACITY = 0.75
_SMALLEST_PX = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in px, all following from the size of the picture.

    Attributes
    ----------
    small, middle, large
        Font sizes: secondary text; phase and cues; counters.
    pad
        Space around text.
    line
        Width of a limb's line.
    column
        Width of the panels in a column.
    landscape
        The picture is wider than high.
    """

    small: int
    middle: int
    large: int
    pad: int
    line: int
    column: int
    landscape: bool

    @classmethod
    def of(cls, size_wh: tuple[int, int]) -> "Sizes":
        """Return the sizes for a picture: secondary text is 5 % of its height, or of its width if that is less."""
        width, height = size_wh
        small = max(_SMALLEST_PX, round(0.05 * min(height, width)))
        landscape = width > height
        return cls(
            small=small,
            middle=round(1.3 * small),
            large=round(2.2 * small),
            pad=max(2, round(0.45 * small)),
            line=max(1, round(0.16 * small)),
            column=min(round((0.37 if landscape else 0.62) * width), 13 * small),
            landscape=landscape,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a panel: its size, and what draws it with its top left corner at a point."""

    width: int
    height: int
    draw: Callable[[Image, int, int], None]


def panel_size(rows: Sequence[Row], sizes: Sizes, width: int | None = None) -> tuple[int, int]:
    """Return width and height of a panel with these rows; as wide as its widest row by default."""
    inner = max((row.width for row in rows), default=0) if width is None else width - 2 * sizes.pad
    return inner + 2 * sizes.pad, sum(row.height for row in rows) + 2 * sizes.pad


def draw_panel(image: Image, box: Box, rows: Sequence[Row], sizes: Sizes) -> None:
    """Draw a panel: its rows below each other on a translucent plate."""
    plate = image[max(0, box.y) : box.y + box.height, max(0, box.x) : box.x + box.width]
    if plate.size:
        cv2.addWeighted(plate, 1 - _OPACITY, np.full_like(plate, PLATE), _OPACITY, 0, dst=plate)
    y = box.y + sizes.pad
    for row in rows:
        row.draw(image, box.x + sizes.pad, y)
        y += row.height


class Rows:
    """Makes the rows of panels."""

    def __init__(self, lettering: Lettering, sizes: Sizes) -> None:
        self._letters = lettering
        self._sizes = sizes

    def text(
        self, text: str, width: int, size: int, colour: Colour, weight: int = REGULAR, lines: int = 1, indent: int = 0
    ) -> list[Row]:
        """Return a text as rows, at most so many, each at most so wide."""
        letters = self._letters

        def row(line: str) -> Row:
            def draw(image: Image, x: int, y: int) -> None:
                letters.put(image, line, (x + indent, y), size, colour, weight)

            return Row(indent + letters.width(line, size, weight), letters.line_height(size), draw)

        return [row(line) for line in letters.wrap(text, size, width - indent, lines, weight)]

    def phase(self, phase: str, time: str, width: int) -> Row:
        """Return the row with the phase on the left and the time on the right.

        A long phase is written smaller, and before it is cut off the time goes.
        """
        letters, sizes = self._letters, self._sizes
        time_width = letters.width(time, sizes.small)
        fitting = [
            (size, room)
            for room in (width - time_width - sizes.pad, width)
            for size in range(sizes.middle, sizes.small - 1, -1)
            if letters.width(phase, size, BOLD) <= room
        ]
        size, room = fitting[0] if fitting else (sizes.small, width)
        shown = letters.wrap(phase, size, room, 1, BOLD)[0]

        def draw(image: Image, x: int, y: int) -> None:
            letters.put(image, shown, (x, y + sizes.middle - size), size, WHITE, BOLD)
            if room < width:
                letters.put(image, time, (x + width - time_width, y + sizes.middle - sizes.small), sizes.small, SOFT)

        return Row(width, letters.line_height(sizes.middle), draw)

    def counters(self, counts: Mapping[str, int], active: Side | None, fresh: Sequence[str], width: int) -> Row:
        """Return the row of repetition counters.

        Parameters
        ----------
        counts
            Numbers by name: ``left`` and ``right``, or another word such as ``reps``.
        active
            The side that is working now: its counter is underlined.
        fresh
            Counters that went up a moment ago: they light up.
        width
            Width of the row.
        """
        height = self._letters.line_height(self._sizes.large)
        share = width // max(1, len(counts))
        size = self._counter_size(counts, share)

        def draw(image: Image, x: int, y: int) -> None:
            for index, (name, count) in enumerate(counts.items()):
                at = (x + index * share, y)
                self._counter(image, at, name, count, size, is_active=name == active, is_fresh=name in fresh)

        return Row(width, height, draw)

    def _counter_size(self, counts: Mapping[str, int], width: int) -> int:
        """Return the largest font size in which every number fits beside its label."""
        letters, sizes = self._letters, self._sizes
        for size in range(sizes.large, sizes.small, -1):
            widths = [
                letters.width(str(count), size, BOLD) + letters.width(name, sizes.small)
                for name, count in counts.items()
            ]
            if max(widths) + 2 * sizes.pad <= width:
                return size
        return sizes.small

    def _counter(
        self, image: Image, at: tuple[int, int], name: str, count: int, size: int, *, is_active: bool, is_fresh: bool
    ) -> None:
        letters, sizes = self._letters, self._sizes
        x, y = at
        side: Side | None = "left" if name == "left" else "right" if name == "right" else None
        colour = colour_of(side)
        height, number_width = letters.line_height(sizes.large), letters.width(str(count), size, BOLD)
        if is_fresh:
            corner = (x + number_width + sizes.line, y + height)
            cv2.rectangle(image, (x - sizes.line, y), corner, colour, cv2.FILLED)
        letters.put(image, str(count), (x, y + sizes.large - size), size, PLATE if is_fresh else WHITE, BOLD)
        label = x + number_width + sizes.pad
        letters.put(image, name, (label, y + sizes.large - sizes.small), sizes.small, colour)
        if side is not None:
            radius = max(2, sizes.small // 4)
            draw_joint(image, (label + radius, y + sizes.large - round(1.35 * sizes.small)), radius, side)
        if is_active:
            end = label + letters.width(name, sizes.small)
            cv2.rectangle(image, (x, y + height - sizes.line), (end, y + height), colour, cv2.FILLED)

    def hold(self, held_s: float | None, required_s: float, width: int) -> list[Row]:
        """Return the rows of the hold timer: seconds held of the seconds required, and a bar that fills."""
        sizes = self._sizes
        done = held_s is not None and held_s >= required_s
        seconds = f"{required_s:g} s" if held_s is None else f"{held_s:.1f} of {required_s:g} s"
        text = f"hold {seconds}" if self._letters.width(f"hold {seconds}", sizes.small, BOLD) <= width else seconds
        colour = GREY if held_s is None else DONE if done else WHITE
        share = 0.0 if held_s is None else 1.0 if required_s <= 0 else min(1.0, held_s / required_s)
        thick = max(3, round(0.5 * sizes.small))

        def draw(image: Image, x: int, y: int) -> None:
            cv2.rectangle(image, (x, y), (x + width - 1, y + thick), TRACK, cv2.FILLED)
            if share > 0:
                cv2.rectangle(image, (x, y), (x + round(share * (width - 1)), y + thick), colour, cv2.FILLED)

        words = self.text(text, width, sizes.small, colour, REGULAR if held_s is None else BOLD)
        return [*words, Row(width, thick + sizes.line, draw)]

    def alert(self, text: str, severity: Severity | None, width: int, lines: int) -> list[Row]:
        """Return a cue with the icon of its severity; without a severity it is a remark."""
        sizes = self._sizes
        indent = round(1.5 * sizes.middle)
        rows = self.text(text, width, sizes.middle, WHITE, BOLD, lines, indent)
        if not rows:
            return rows
        first = rows[0]

        def draw(image: Image, x: int, y: int) -> None:
            self._icon(image, (x + round(0.55 * sizes.middle), y + round(0.62 * sizes.middle)), severity)
            first.draw(image, x, y)

        return [Row(first.width, first.height, draw), *rows[1:]]

    def _icon(self, image: Image, centre: tuple[int, int], severity: Severity | None) -> None:
        """Draw an octagon for major, a triangle for minor, a circle for everything else."""
        radius = 0.58 * self._sizes.middle
        corners = {Severity.MAJOR: 8, Severity.MINOR: 3}.get(severity, 24) if severity is not None else 24
        turn = np.pi / 8 if severity is Severity.MAJOR else -np.pi / 2
        angles = turn + 2 * np.pi * np.arange(corners) / corners
        radius *= 1.2 if severity is Severity.MINOR else 1.0
        shape = np.round(np.array(centre) + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))
        points = shape.astype(np.int32)
        cv2.fillPoly(image, [points], ICON_COLOURS[severity], cv2.LINE_AA)
        sign = "i" if severity is Severity.INFO else "?" if severity is None else "!"
        size = round(0.85 * self._sizes.middle)
        colour = PLATE if severity is Severity.MINOR else WHITE
        at = (centre[0] - self._letters.width(sign, size, BOLD) // 2, centre[1] - round(0.62 * size))
        self._letters.put(image, sign, at, size, colour, BOLD)
