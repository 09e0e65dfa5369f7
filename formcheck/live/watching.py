"""What a live session is to its devices: something that is shown pictures and keys, and says what to show, say and sound."""

from typing import Protocol

from formcheck.errors import OutputError
from formcheck.live.keys import Typed, Wish
from formcheck.live.shown import Update
from formcheck.pose.command import Action
from formcheck.pose.pose import Observation


class Watching(Protocol):
    """One exercise, or a whole plan."""

    @property
    def time_s(self) -> float:
        """Time of the last frame in seconds."""

    @property
    def failure(self) -> OutputError | None:
        """Why nothing is recorded any more, None while it is."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""

    def see(self, seen: Observation, brightness: float = float("nan")) -> Update:
        """Take a frame's observation in."""

    def press(self, action: Action | Wish | Typed) -> str | None:
        """Do what a key asks for; return what to remark, if anything."""

    def change_model(self, model: str) -> None:
        """Note that another pose model takes over."""
