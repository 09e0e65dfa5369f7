"""What a sample clip consists of: who, where, seen from where, doing what."""

from collections.abc import Callable
from dataclasses import dataclass

from .athlete import Body
from .clothing import Outfit
from .scene import Block, Camera
from .script import Script
from .skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Clip:
    """A sample clip.

    Attributes
    ----------
    exercise, level
        Ids of the rules.
    view
        From where the camera looks, in the words of the rules.
    turned_left_deg
        How far the person, and all that the script says, is turned from facing the camera; -90 shows the left side.
    script
        Makes the script to the proportions of the person who does it.
    """

    exercise: str
    level: str | None
    view: str
    body: Body
    outfit: Outfit
    camera: Camera
    room: tuple[Block, ...]
    script: Callable[[Skeleton], Script]
    turned_left_deg: float = 0.0
