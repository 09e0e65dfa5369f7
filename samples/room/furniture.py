"""Furniture of the rooms, in the room's axes: x right, y away from the camera, z up; the back wall is at `BACK_M`."""

from samples.clip import Colour

from .block import Block, Finish
from .shapes import Piece, box, leaf, turned

BACK_M = 2.7
WALL_TOP_M = 2.6
WHITE, BLACK, STEEL = (0.72, 0.71, 0.68), (0.02, 0.02, 0.022), (0.35, 0.35, 0.36)


def _box(
    x: tuple[float, float],
    y: tuple[float, float],
    z: tuple[float, float],
    colour: Colour,
    finish: Finish = Finish.PAINT,
    round_m: float = 0.004,
    *,
    solid: bool = True,
) -> Piece:
    return box(Block((x[0], y[0], z[0]), (x[1], y[1], z[1]), colour, finish, round_m), solid=solid)


def sofa(left: float, width: float, colour: Colour) -> list[Piece]:
    """Return a sofa at the back wall from `left` to the right."""
    right, back, front = left + width, BACK_M - 0.08, BACK_M - 0.95
    seats = 3 if width > 1.9 else 2
    seat = (width - 0.36) / seats
    cloth = Finish.FABRIC
    pieces = [
        _box((left + 0.05, right - 0.05), (front + 0.05, back), (0.10, 0.28), colour, cloth, 0.03),
        _box((left, left + 0.19), (front, back), (0.08, 0.60), colour, cloth, 0.07),
        _box((right - 0.19, right), (front, back), (0.08, 0.60), colour, cloth, 0.07),
        _box((left + 0.1, right - 0.1), (back - 0.22, back), (0.2, 0.74), colour, cloth, 0.09),
    ]
    for i in range(seats):
        a = left + 0.18 + i * seat
        pieces.append(_box((a + 0.005, a + seat - 0.005), (front, back - 0.2), (0.27, 0.45), colour, cloth, 0.06))
        pieces.append(
            _box((a + 0.012, a + seat - 0.012), (back - 0.36, back - 0.16), (0.42, 0.82), colour, cloth, 0.085)
        )
    for x in (left + 0.1, right - 0.1):
        for y in (front + 0.1, back - 0.1):
            pieces.append(
                _box((x - 0.025, x + 0.025), (y - 0.025, y + 0.025), (0.0, 0.11), (0.10, 0.055, 0.03), Finish.WOOD)
            )
    return pieces


def pillow(x: float, colour: Colour) -> Piece:
    """Return a pillow on the sofa."""
    y = BACK_M - 0.55
    return _box((x - 0.2, x + 0.2), (y, y + 0.15), (0.44, 0.83), colour, Finish.FABRIC, 0.074, solid=False)


def shelf(left: float, width: float, height: float, wood: Colour, filled: int) -> list[Piece]:
    """Return a shelf at the back wall; `filled`: bit i says whether board i carries books."""
    right, back, front = left + width, BACK_M - 0.01, BACK_M - 0.33
    boards = int((height - 0.06) / 0.32)
    top = 0.06 + boards * 0.32
    pieces = [
        _box((left, left + 0.025), (front, back), (0.0, top + 0.025), wood, Finish.WOOD),
        _box((right - 0.025, right), (front, back), (0.0, top + 0.025), wood, Finish.WOOD),
        _box((left, right), (back - 0.01, back), (0.0, top), wood, Finish.WOOD),
    ]
    for i in range(boards + 1):
        z = 0.06 + 0.32 * i
        pieces.append(_box((left, right), (front, back), (z, z + 0.022), wood, Finish.WOOD))
        if i < boards and filled >> i & 1:
            end = right - 0.04 - 0.13 * (i * 7 % 3)
            shade = (0.1 * (i + 1), 0.1, 0.1)
            pieces.append(
                _box((left + 0.03, end), (front + 0.05, back - 0.05), (z + 0.022, z + 0.30), shade, Finish.BOOKS)
            )
        elif i < boards:
            middle = left + (0.35 + 0.3 * (i % 2)) * width
            pieces.append(
                _box(
                    (middle - 0.13, middle + 0.13),
                    (front + 0.04, back - 0.06),
                    (z + 0.022, z + 0.2),
                    (0.45, 0.38, 0.28),
                    Finish.FABRIC,
                    0.02,
                )
            )
    return pieces


def sideboard(left: float, width: float, wood: Colour) -> list[Piece]:
    """Return a low cupboard with doors and a lamp's room on top."""
    front, back = BACK_M - 0.44, BACK_M - 0.02
    pieces = [_box((left, left + width), (front, back), (0.14, 0.72), wood, Finish.WOOD)]
    doors = round(width / 0.5)
    for i in range(doors):
        a = left + 0.015 + i * (width - 0.03) / doors
        b = a + (width - 0.03) / doors
        pieces.append(
            _box((a + 0.004, b - 0.004), (front - 0.018, front + 0.01), (0.165, 0.695), wood, Finish.WOOD, solid=False)
        )
        knob = b - 0.05 if i % 2 == 0 else a + 0.05
        pieces.append(
            _box((knob - 0.008, knob + 0.008), (front - 0.04, front), (0.40, 0.48), STEEL, Finish.METAL, solid=False)
        )
    for x in (left + 0.06, left + width - 0.06):
        for y in (front + 0.05, back - 0.05):
            pieces.append(_box((x - 0.02, x + 0.02), (y - 0.02, y + 0.02), (0.0, 0.15), BLACK))
    return pieces


def plant(x: float, y: float, height: float) -> list[Piece]:
    """Return a plant with long leaves in a pot."""
    pieces = [
        turned(
            [(0.0, 0.0), (0.13, 0.0), (0.17, 0.16), (0.185, 0.32), (0.17, 0.325), (0.165, 0.29), (0.0, 0.29)],
            (x, y),
            (0.52, 0.47, 0.42),
        ),
        turned([(0.0, 0.285), (0.165, 0.295), (0.0, 0.296)], (x, y), (0.05, 0.035, 0.025), solid=False),
        turned(
            [(0.016, 0.29), (0.012, 0.55 * height), (0.006, 0.75 * height)], (x, y), (0.10, 0.09, 0.04), solid=False
        ),
    ]
    for i in range(26):
        level = 0.32 + (0.75 * height - 0.32) * ((i * 0.618) % 1.0)
        turn = 137.5 * i
        length = (0.34 + 0.18 * ((i * 0.37) % 1.0)) * height / 1.3
        rise = 35.0 + 45.0 * level / height
        green = (0.045 + 0.03 * ((i * 0.71) % 1.0), 0.13 + 0.05 * ((i * 0.53) % 1.0), 0.035)
        pieces.append(leaf((x, y, level), turn, rise, length, 0.085, green))
    return pieces


def floor_lamp(x: float, y: float) -> list[Piece]:
    """Return a lamp on a stand."""
    return [
        turned(
            [(0.0, 0.0), (0.15, 0.0), (0.15, 0.018), (0.012, 0.03), (0.012, 1.42), (0.0, 1.42)],
            (x, y),
            BLACK,
            Finish.METAL,
            solid=False,
        ),
        turned([(0.20, 1.36), (0.145, 1.66)], (x, y), (0.9, 0.78, 0.6), Finish.GLOW, solid=False),
    ]


def window(left: float, width: float, curtain: Colour) -> list[Piece]:
    """Return a window in the back wall with curtains."""
    right, low, high, wall = left + width, 0.88, 2.25, BACK_M
    pieces = [_box((left, right), (wall - 0.012, wall), (low, high), WHITE, Finish.SKY, solid=False)]
    middle = 0.5 * (left + right)
    frames = ((left - 0.06, left + 0.02), (right - 0.02, right + 0.06), (middle - 0.035, middle + 0.035))
    pieces += [_box(x, (wall - 0.05, wall), (low - 0.04, high + 0.05), WHITE, solid=False) for x in frames]
    pieces += [
        _box((left - 0.06, right + 0.06), (wall - 0.05, wall), z, WHITE, solid=False)
        for z in ((low - 0.05, low + 0.03), (high - 0.03, high + 0.05))
    ]
    pieces.append(_box((left - 0.12, right + 0.12), (wall - 0.17, wall), (low - 0.09, low - 0.05), WHITE))
    pieces.append(
        _box((left - 0.5, right + 0.5), (wall - 0.11, wall - 0.085), (2.37, 2.395), STEEL, Finish.METAL, 0.012)
    )
    for x in ((left - 0.42, left + 0.02), (right - 0.02, right + 0.42)):
        pieces.append(_box(x, (wall - 0.13, wall - 0.07), (0.03, 2.38), curtain, Finish.CURTAIN, 0.02))
    return pieces


def radiator(left: float, width: float) -> list[Piece]:
    """Return a radiator under a window."""
    count = round(width / 0.06)
    return [
        _box(
            (left + i * 0.06, left + i * 0.06 + 0.048),
            (BACK_M - 0.13, BACK_M - 0.05),
            (0.14, 0.70),
            WHITE,
            Finish.PAINT,
            0.018,
            solid=i % 4 == 0,
        )
        for i in range(count)
    ]


def picture(middle: float, height: float, width: float, tall: float, colour: Colour, frame: Colour) -> list[Piece]:
    """Return a framed picture on the back wall."""
    x, z = (middle - width / 2, middle + width / 2), (height - tall / 2, height + tall / 2)

    def inset(by: float) -> tuple[tuple[float, float], tuple[float, float]]:
        return (x[0] + by, x[1] - by), (z[0] + by, z[1] - by)

    mount, drawn = inset(0.022), inset(0.022 + 0.16 * width)
    return [
        _box(x, (BACK_M - 0.03, BACK_M), z, frame, Finish.WOOD),
        _box(mount[0], (BACK_M - 0.032, BACK_M), mount[1], WHITE, round_m=0.001, solid=False),
        _box(drawn[0], (BACK_M - 0.034, BACK_M), drawn[1], colour, Finish.PRINT, 0.001, solid=False),
    ]


def door(left: float, colour: Colour) -> list[Piece]:
    """Return a closed door in the back wall."""
    right, wall = left + 0.86, BACK_M
    pieces = [
        _box(x, (wall - 0.03, wall), (0.0, 2.10), colour, solid=False)
        for x in ((left - 0.08, left), (right, right + 0.08))
    ]
    pieces.append(_box((left - 0.08, right + 0.08), (wall - 0.03, wall), (2.03, 2.11), colour, solid=False))
    pieces.append(_box((left + 0.005, right - 0.005), (wall - 0.012, wall), (0.01, 2.03), colour, solid=False))
    for z in ((0.15, 0.95), (1.10, 1.90)):
        pieces.append(
            _box((left + 0.13, right - 0.13), (wall - 0.02, wall), z, colour, Finish.PAINT, 0.008, solid=False)
        )
    pieces.append(
        _box(
            (left + 0.05, left + 0.17),
            (wall - 0.075, wall - 0.055),
            (1.03, 1.052),
            STEEL,
            Finish.METAL,
            0.008,
            solid=False,
        )
    )
    pieces.append(
        _box((left + 0.05, left + 0.07), (wall - 0.075, wall), (1.03, 1.052), STEEL, Finish.METAL, solid=False)
    )
    return pieces


def rug(x: tuple[float, float], y: tuple[float, float], colour: Colour) -> list[Piece]:
    """Return a flat rug."""
    return [_box(x, y, (0.0, 0.004), colour, Finish.CARPET, solid=False)]
