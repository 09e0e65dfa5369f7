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
