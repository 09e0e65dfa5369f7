"""Text in pictures: any Unicode text, measured, wrapped, fitted and outlined."""

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Share = NDArray[np.float32]
Colour = tuple[int, int, int]
"""Blue, green, red, 0..255."""

REGULAR, BOLD = 500, 700

_LINE = 1.2
"""Height of a line in font sizes."""
_FACE = cv2.FontFace("sans")


class Lettering:
    """Measures and draws text in OpenCV's built-in sans serif font.

    Positions are the top left corner of the line's box, which is `line_height` high; sizes are in px.
    """

    def line_height(self, size: int) -> int:
        """Return the height of one line of text."""
        return round(size * _LINE)

    def width(self, text: str, size: int, weight: int = REGULAR) -> int:
        """Return the width of a text in px."""
        return _width(text, size, weight)

    def put(
        self, image: Image, text: str, at: tuple[int, int], size: int, colour: Colour, weight: int = REGULAR
    ) -> None:
        """Draw one line of text into the image; what lies outside is cut off."""
        x, top = at
        cv2.putText(image, text, (x, top + size), colour, _FACE, size, weight)

    def put_outlined(
        self, image: Image, text: str, at: tuple[int, int], size: int, colour: Colour, weight: int = BOLD
    ) -> None:
        """Draw one line of text with a dark outline, readable on any background."""
        step = max(1, round(size / 12))
        text_share, edge_share = _stencil(text, size, weight, step)
        left, top = at[0] - 2 * step, at[1] - 2 * step
        x, y = max(0, left), max(0, top)
        inside = np.s_[y - top : image.shape[0] - top, x - left : image.shape[1] - left]
        text_share, edge_share = text_share[inside], edge_share[inside]
        under = image[y : y + edge_share.shape[0], x : x + edge_share.shape[1]]
        if under.size:
            under[:] = under * (1 - edge_share) + np.array(colour, np.float32) * text_share

    def fitted(self, text: str, sizes: Sequence[int], width: int, weight: int = BOLD) -> tuple[str, int]:
        """Return a line that fits and its size: the largest of the sizes, else the last one and "…" at the end."""
        for size in sizes:
            if self.width(text, size, weight) <= width:
                return text, size
        return (self.wrap(text, sizes[-1], width, 1, weight) or [""])[0], sizes[-1]

    def wrap(self, text: str, size: int, width: int, lines: int, weight: int = REGULAR, indent: int = 0) -> list[str]:
        """Return the text broken into lines.

        Parameters
        ----------
        text
            Words separated by spaces; a word that is too wide is broken.
        size, weight
            Of the font.
        width
            Widest line in px.
        lines
            How many lines at most; a text that needs more ends in "…".
        indent
            What the first line leaves free, in px.

        Returns
        -------
        list of str
            The lines; empty for a text without words.
        """
        return list(_wrapped(text, size, width, lines, weight, indent))


@lru_cache(maxsize=2048)
def _width(text: str, size: int, weight: int) -> int:
    return int(cv2.getTextSize((0, 0), text, (0, 0), _FACE, size, weight)[2])


@lru_cache(maxsize=256)
def _stencil(text: str, size: int, weight: int, step: int) -> tuple[Share, Share]:
    """Return how much of each px the text covers, and the text with its outline; (h, w, 1), 0..1."""
    drawn = np.zeros((round(size * _LINE) + 4 * step, _width(text, size, weight) + 4 * step, 3), np.uint8)
    cv2.putText(drawn, text, (2 * step, 2 * step + size), (255, 255, 255), _FACE, size, weight)
    whole = cv2.dilate(drawn, np.ones((2 * step + 1, 2 * step + 1), np.uint8))
    shares = [np.asarray(part[..., :1], np.float32) / np.float32(255) for part in (drawn, whole)]
    return shares[0], shares[1]


@lru_cache(maxsize=512)
def _wrapped(text: str, size: int, width: int, lines: int, weight: int, indent: int) -> tuple[str, ...]:
    def room() -> int:
        return width - (indent if len(wrapped) <= 1 else 0)

    wrapped: list[str] = []
    for word in text.split():
        joined = f"{wrapped[-1]} {word}" if wrapped else word
        if wrapped and _width(joined, size, weight) <= room():
            wrapped[-1] = joined
        else:
            wrapped += _broken(word, size, width if wrapped else room(), weight)
    if len(wrapped) > lines:
        last = _ended(wrapped[lines - 1], size, width - (indent if lines == 1 else 0), weight)
        wrapped = [*wrapped[: lines - 1], last]
    return tuple(wrapped)


def _broken(word: str, size: int, width: int, weight: int) -> list[str]:
    """Return a word in pieces that fit."""
    pieces = [word[0]]
    for letter in word[1:]:
        if _width(pieces[-1] + letter, size, weight) <= width:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _ended(text: str, size: int, width: int, weight: int) -> str:
    """Return a text that goes on, ending in "…"."""
    while text and _width(f"{text}…", size, weight) > width:
        text = text[:-1].rstrip()
    return f"{text}…"
