"""What the history reads of a session.json: of what is in it, what people are shown again."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from formcheck.errors import InputError
from formcheck.language import _

Side = Literal["left", "right"]
Number = Annotated[float, Meta(ge=-1e12, le=1e12)]


class Range(Struct, frozen=True):
    """Lowest and highest value of a signal in a repetition."""

    min: Number | None
    max: Number | None


class Hold(Struct, frozen=True):
    """A hold, as it was judged."""

    id: str
    duration_s: Number | None
    required_s: Number | None
    passed: bool


class Rep(Struct, frozen=True):
    """A repetition or attempt."""

    number: int
    side: Side | None
    start_s: Number | None
    end_s: Number | None
    counted: bool
    clean: bool
    form: str | None
    not_counted_because: str | None
    holds: tuple[Hold, ...]
    measures: dict[str, Range]
    faults: tuple[str, ...]


class Fault(Struct, frozen=True):
    """A fault, as it was told."""

    id: str
    title: str
    severity: str
    rep: int
    cue: str


class NotAssessed(Struct, frozen=True):
    """What could not be judged, and why."""

    title: str
    reason: str


class Source(Struct, frozen=True):
    """What was looked at."""

    kind: str
    path: str
    duration_s: Number | None


class Answer(Struct, frozen=True):
    """What the person answered after a set, by the id of the question; no set = of the whole session."""

    id: str
    value: bool | int
    set: int | None = None


class Asked(Struct, frozen=True):
    """What was asked after a set."""

    id: str
    ask: str


class Offered(Struct, frozen=True):
    """The harder level that was offered, and what was said of it."""

    level: str
    says: str


class Document(Struct, frozen=True):
    """A session.json; what is not named here is kept all the same."""

    version: str
    source: Source
    model: str
    backend: str
    exercise: str
    title: str
    level: str | None
    view_seen: str
    interrupted: bool
    reps: tuple[Rep, ...]
    faults: tuple[Fault, ...]
    not_assessed: tuple[NotAssessed, ...]
    advice: tuple[str, ...]
    nothing_counted_because: str | None
    settings: dict[str, object]
    questions: tuple[Asked, ...] = ()
    answers: tuple[Answer, ...] = ()
    offer: Offered | None = None
    language: str = "en"

    @property
    def counted(self) -> tuple[Rep, ...]:
        """The repetitions that count."""
        return tuple(rep for rep in self.reps if rep.counted)

    @property
    def side(self) -> str | None:
        """The only side that was watched, None = both."""
        side = self.settings.get("side")
        return side if isinstance(side, str) else None


_DECODER = msgspec.json.Decoder(Document)


def document_of(number: int, text: str) -> Document:
    """Return what is read of the session.json of a session.

    Raises
    ------
    InputError
        It is none.
    """
    try:
        return _DECODER.decode(text)
    except msgspec.DecodeError as error:
        raise damaged(number, str(error)) from error


def damaged(number: int, why: str) -> InputError:
    """Return the error that a session of the history cannot be read."""
    return InputError(
        _("Session {number} of the history is damaged: {why}.", number=number, why=why),
        _("Remove it with: formcheck history forget {number}", number=number),
    )
