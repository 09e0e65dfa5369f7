"""The colours of panels; those of the body are with the skeleton."""

from formcheck.output.lettering import Colour
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
