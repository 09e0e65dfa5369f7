"""All that the model saw in a recording, to be gone through again: for the exercise that was recognised, and for pictures."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording


class Seen:
    """What was seen so far, in order; may be gone through more than once.

    An hour of it would fill memory, so it is read again from where it is recorded; without a recording it is kept.

    Parameters
    ----------
    path
        The ``landmarks.jsonl`` into which each observation is written before it is appended here; None = none is written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._kept: list[Observation] = []
        self._count = 0

    def append(self, seen: Observation) -> None:
        """Take in what was seen next."""
        self._count += 1
        if self._path is None:
            self._kept.append(seen)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Observation]:
        """Yield what was seen; raises InputError where the recording is gone or broken."""
        if self._path is None:
            return iter(self._kept)
        recorded = (line for line in Recording(self._path) if isinstance(line, Observation))
        return islice(recorded, self._count)
