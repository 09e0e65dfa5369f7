"""The ring that fills while a position is held, the bar that follows the movement, arrows and signs."""

import math

import cv2
import numpy as np

from formcheck.exercise.words import Severity
from formcheck.live.framing import Arrow
from formcheck.live.meter import Reach
from formcheck.live.plates import FRESH, PLATE, SOFT, WHITE, Line, plate, put
from formcheck.output.lettering import Colour, Image
from formcheck.output.panels import ICON_COLOURS

TRACK: Colour = (95, 90, 85)
TARGET: Colour = (90, 170, 60)
MARK: Colour = (66, 228, 240)
Point = tuple[int, int]


def ring(image: Image, centre: Point, radius: int, share: float, text: str, below: str) -> None:
    """Draw a ring that is filled to a share, a text in it and one below; filled, it has a tick as well."""
    done = share >= 1.0
    thick = max(4, radius // 4)
    cv2.circle(image, centre, radius + thick, PLATE, cv2.FILLED, cv2.LINE_AA)
    colour = FRESH if done else WHITE
    number = plate((Line(text, round(0.8 * radius), colour),))
    put(image, number, centre[0] - number.shape[1] // 2, centre[1] - round(0.62 * number.shape[0]))
    words = plate((Line(below, round(0.34 * radius), colour),))
    put(image, words, centre[0] - words.shape[1] // 2, centre[1] + round(0.26 * radius))
    cv2.circle(image, centre, radius, TRACK, thick, cv2.LINE_AA)
    if share > 0:
        cv2.ellipse(image, centre, (radius, radius), -90, 0, 360 * min(1.0, share), colour, thick, cv2.LINE_AA)
    if done:
        tick(image, (centre[0] + radius, centre[1] - radius), round(0.4 * radius))


def tick(image: Image, centre: Point, size: int) -> None:
    """Draw a tick in a disc: done."""
    cv2.circle(image, centre, size, FRESH, cv2.FILLED, cv2.LINE_AA)
    x, y = centre
    way = np.array([(x - size // 2, y), (x - size // 8, y + size // 2), (x + size // 2, y - size // 3)], np.int32)
    cv2.polylines(image, [way], False, PLATE, max(3, size // 4), cv2.LINE_AA)


def bar(image: Image, left: int, top: int, width: int, height: int, reach: Reach) -> None:
    """Draw how far the movement has come: a column that rises, the target as a framed band with its name."""
    cv2.rectangle(image, (left - 8, top - 8), (left + width + 8, top + height + 8), PLATE, cv2.FILLED)
    cv2.rectangle(image, (left, top), (left + width, top + height), TRACK, cv2.FILLED)

    def level(share: float) -> int:
        return top + height - round(height * min(1.0, max(0.0, share / reach.top)))

    low, high = level(reach.target[0]), level(reach.target[1])
    cv2.rectangle(image, (left, high), (left + width, low), TARGET, cv2.FILLED)
    for y in range(high, low, max(6, height // 30)):  # hatched: the band shows without its colour
        cv2.line(image, (left, y), (left + width, y), PLATE, 1)
    now = level(reach.share)
    cv2.rectangle(image, (left + width // 4, now), (left + 3 * width // 4, top + height), WHITE, cv2.FILLED)
    cv2.rectangle(image, (left - 4, high), (left + width + 4, low), WHITE, 3)
    points = np.array([(left - 4, now), (left - 30, now - 18), (left - 30, now + 18)], np.int32)
    cv2.fillPoly(image, [points], PLATE, cv2.LINE_AA)
    cv2.fillPoly(image, [points + np.array((2, 0))], MARK, cv2.LINE_AA)
    name = plate((Line("target", max(20, width // 2), SOFT),))
    put(image, name, left + width // 2 - name.shape[1] // 2, top - 22 - name.shape[0])


def arrow(image: Image, which: Arrow, size: int) -> None:
    """Draw which way to go: to a side of the screen, nearer or farther."""
    height, width = image.shape[:2]
    middle, low = height // 2, height - size
    start, end = {
        "left": ((2 * size, low), (size // 3, low)),
        "right": ((width - 2 * size, low), (width - size // 3, low)),
        "nearer": ((width // 2, middle), (width // 2, middle + 2 * size)),
        "farther": ((width // 2, middle + 2 * size), (width // 2, middle)),
    }[which]
    for thick, colour in ((size // 2, PLATE), (size // 4, MARK)):
        cv2.arrowedLine(image, start, end, colour, thick, cv2.LINE_AA, tipLength=0.45)


def sign(image: Image, centre: Point, radius: int, severity: Severity | None) -> None:
    """Draw an octagon for a major fault, a triangle for a minor one, a disc for a remark, a tick for praise."""
    if severity is None:
        tick(image, centre, radius)
        return
    corners = {Severity.MAJOR: 8, Severity.MINOR: 3}.get(severity, 24)
    turn = math.pi / 8 if severity is Severity.MAJOR else -math.pi / 2
    angles = turn + 2 * math.pi * np.arange(corners) / corners
    shape = np.array(centre) + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    cv2.fillPoly(image, [np.round(shape).astype(np.int32)], ICON_COLOURS[severity], cv2.LINE_AA)
    colour = PLATE if severity is Severity.MINOR else WHITE
    x, y, thick = centre[0], centre[1], max(3, radius // 6)
    cv2.line(image, (x, y - radius // 3), (x, y + radius // 8), colour, thick, cv2.LINE_AA)
    cv2.circle(image, (x, y + radius // 3), thick // 2 + 1, colour, cv2.FILLED, cv2.LINE_AA)
