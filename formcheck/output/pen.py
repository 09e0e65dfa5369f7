"""The means of drawing: colours, cards, frames and lines of text in a few sizes, measured in units of the layout."""

from collections.abc import Sequence

import cv2

from formcheck.output.layout import Box
from formcheck.output.lettering import BOLD, Colour, Image, Lettering
from formcheck.output.shown import Kind

WHITE: Colour = (245, 245, 245)
SOFT: Colour = (196, 190, 186)
GROUND: Colour = (30, 26, 24)
CARD: Colour = (50, 44, 41)
TRACK: Colour = (96, 88, 82)
DONE: Colour = (130, 220, 130)

KINDS: dict[Kind, Colour] = {
    Kind.MAJOR: (70, 70, 235),
    Kind.MINOR: (40, 190, 255),
    Kind.INFO: (225, 165, 75),
    Kind.PRAISE: DONE,
    Kind.REMARK: (170, 164, 160),
}
"""Of signs; what is said without a sign has none."""

SMALL, TEXT, LARGE, HUGE = 8.0, 9.0, 11.0, 14.0
"""The scale, in units: labels; sentences; values; what is said."""
TEXTS = (HUGE, LARGE, TEXT, SMALL)
NUMBERS = (40.0, 28.0, 20.0, HUGE, TEXT)
"""Of counters: as large as there is room."""
CORNER = 2.0
"""Radius of the corners of cards, in units."""


class Pen:
    """Draws components into one image.

    Parameters
    ----------
    image
        (h, w, 3) BGR, drawn into.
    unit
        Px of a unit of the layout.
    """

    def __init__(self, image: Image, unit: float) -> None:
        self.image = image
        self.unit = unit
        self.letters = Lettering()

    def px(self, units: float) -> int:
        """Return a length in px, at least 1."""
        return max(1, round(units * self.unit))

    def card(self, box: Box, colour: Colour = CARD) -> None:
        """Fill a box, with round corners."""
        inside = self.image[box.y : box.bottom, box.x : box.right]  # nothing is drawn beyond it
        corner = min(self.px(CORNER), box.width // 2, box.height // 2)
        right, bottom = box.width - 1, box.height - 1
        cv2.rectangle(inside, (corner, 0), (right - corner, bottom), colour, cv2.FILLED)
        cv2.rectangle(inside, (0, corner), (right, bottom - corner), colour, cv2.FILLED)
        for x in (corner, right - corner):
            for y in (corner, bottom - corner):
                cv2.circle(inside, (x, y), corner, colour, cv2.FILLED, cv2.LINE_AA)

    def frame(self, box: Box, colour: Colour, units: float) -> None:
        """Draw a line along the inside of a box."""
        inside = self.image[box.y : box.bottom, box.x : box.right]  # the outer half of the line is cut off
        cv2.rectangle(inside, (0, 0), (box.width - 1, box.height - 1), colour, 2 * self.px(units) - 1)

    def fits(self, text: str, box: Box, units: float, weight: int = BOLD) -> bool:
        """Return whether a line of this size fits into the width of a box."""
        return self.letters.width(text, self.px(units), weight) <= box.width

    def line(
        self,
        text: str,
        box: Box,
        sizes: Sequence[float],
        colour: Colour,
        *,
        align: str = "left",
        weight: int = BOLD,
    ) -> int:
        """Write one line, in the middle of a box's height, in the largest size that fits; return its width in px."""
        fitting = [self.px(size) for size in sizes if self.px(size * 1.1) <= box.height] or [self.px(sizes[-1])]
        text, size = self.letters.fitted(text, fitting, box.width, weight)
        width = self.letters.width(text, size, weight)
        x = box.x + {"left": 0, "centre": (box.width - width) // 2, "right": box.width - width}[align]
        # Letters without a tail, as capitals and digits are, stand in the middle.
        self.letters.put(
            self.image, text, (x, box.y + (box.height + round(0.72 * size)) // 2 - size), size, colour, weight
        )
        return width
