"""What lasts from one training to the next: where somebody left a plan, and their own end points; beside the history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from formcheck.errors import OutputError
from formcheck.history.place import VARIABLE, data_folder
from formcheck.language import N_, _
from formcheck.pose.pose import Side
from formcheck.writing import PRIVATE, cannot_write, make_folder, written_whole

FILE = "practice.json"
SCHEMA = "formcheck.practice/1"
PATIENCE_S = 5.0
"""So long a program waits for another one that is writing."""
_ELSEWHERE = f"{VARIABLE}=DIR"


class Left(Struct, frozen=True):
    """Where somebody left a plan.

    Attributes
    ----------
    plan
        Fingerprint of the plan.
    date
        When, in ISO 8601.
    part, sets
        Index of the exercise that comes, and how many of its sets are done.
    folder
        Where the results of the exercises before it are.
    """

    plan: str
    date: str
    part: int
    sets: int
    folder: str


class Known(Struct):
    """What is remembered of a person.

    Attributes
    ----------
    end_points
        By exercise and side, in degrees.
    left
        Plans that were not finished, by their fingerprints.
    """

    end_points: dict[str, dict[Side, float]] = {}
    left: dict[str, Left] = {}


class _Content(Struct):
    schema: str = SCHEMA
    people: dict[str, Known] = {}


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one person; that it cannot be written or read never costs a training.

    Parameters
    ----------
    person
        Who; empty = nobody in particular.
    tell
        Told, in a sentence each, why something is not remembered.
    path
        The file; None = the one beside the history.
    """

    person: str
    tell: Callable[[str], None]
    path: Path = field(default_factory=lambda: data_folder() / FILE)

    def known(self) -> Known:
        """Return what is remembered."""
        try:
            return _read(self.path).people.get(self.person, Known())
        except (OSError, msgspec.MsgspecError):
            return Known()

    def remember_end_point(self, exercise: str, side: Side, deg: float) -> None:
        """Remember how far somebody's own movement goes on a side."""
        lost = N_("Your own end points are not remembered. {cause}")
        self._change(lambda known: known.end_points.setdefault(exercise, {}).update({side: deg}), lost)

    def leave(self, left: Left) -> None:
        """Remember where a plan was left."""
        self._change(lambda known: known.left.update({left.plan: left}))

    def finish(self, plan: str) -> None:
        """Forget where a plan was left: it is through."""
        self._change(lambda known: known.left.pop(plan, None))

    def _change(
        self,
        change: Callable[[Known], object],
        lost: str = N_("Where you are in the plan is not remembered. {cause}"),
    ) -> None:
        try:
            with _content(self.path) as content:
                change(content.people.setdefault(self.person, Known()))
        except OutputError as error:
            self.tell(_(lost, cause=error.cause))
            self.tell(error.remedy)


def remembers(person: str | None) -> bool:
    """Return whether anything is remembered of a person, None = of anybody, or may be: a file that nobody can read."""
    try:
        people = _read(data_folder() / FILE).people
    except (OSError, msgspec.MsgspecError):
        return True
    return bool(people) if person is None else person in people


def forget(person: str | None) -> None:
    """Forget all of a person, None = of everybody.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    path = data_folder() / FILE
    if not path.exists():
        return
    with _content(path) as content:
        content.people = {} if person is None else {name: it for name, it in content.people.items() if name != person}


@contextmanager
def _content(path: Path) -> Iterator[_Content]:
    """Yield what the file holds, and write it back; nobody else writes meanwhile."""
    try:
        make_folder(path.parent, _ELSEWHERE, 0o700)
        with FileLock(path.with_name(f".{FILE}.lock"), timeout=PATIENCE_S, mode=PRIVATE):
            try:
                content = _read(path)
            except msgspec.MsgspecError:  # whatever it was: nobody can read it any more
                content = _Content()
            if content.schema != SCHEMA:
                raise OutputError(
                    _("{path} was written by a newer formcheck. Nothing in it was changed.", path=path),
                    _("Update formcheck."),
                )
            yield content
            with written_whole(path, _ELSEWHERE) as file:
                file.write(msgspec.json.encode(content))
    except Timeout as error:
        raise OutputError(
            _("Another formcheck has been writing to {path} for too long.", path=path),
            _("Wait until it has finished, then try again."),
        ) from error
    except OSError as error:
        raise cannot_write(path, error, _ELSEWHERE) from error


def _read(path: Path) -> _Content:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return _Content()
    said = msgspec.json.decode(text, type=_Schema)
    return _Content(schema=said.schema) if said.schema != SCHEMA else msgspec.json.decode(text, type=_Content)


class _Schema(Struct):
    schema: str
