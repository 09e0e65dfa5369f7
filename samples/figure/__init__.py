"""A posable stick figure that does the nine exercises: exact landmark streams with a known truth."""

from .camera import View
from .movements.drill import Knob
from .movements.exercises import DRILLS, KNOBS, bouncing, movement
from .movements.movement import Movement, chain
from .movements.others import activity
from .skeleton import Build, landmark
from .stream import BEST_VIEW, Bursts, best_view, observe
from .timeline import HoldSpan, RepTruth, Truth

__all__ = [
    "BEST_VIEW", "DRILLS", "KNOBS", "Build", "Bursts", "HoldSpan", "Knob", "Movement", "RepTruth", "Truth", "View",
    "activity", "best_view", "bouncing", "chain", "landmark", "movement", "observe",
]  # fmt: skip
