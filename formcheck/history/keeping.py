"""Keeping a session once it is over; that it could not be kept never costs its results."""

import json
import re
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from formcheck.capture.frame import SourceInfo
from formcheck.concluding import Keep
from formcheck.dates import now
from formcheck.errors import FormcheckError, UsageError
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.language import _
from formcheck.output.records import session_document
from formcheck.readable import as_unicode
from formcheck.recorded_run import fingerprint_of

LONGEST_NAME = 60
_HALVES = re.compile("[\ud800-\udfff]")
"""Half characters, which no UTF-8 can hold."""
_ENDS_BYTES = 1 << 20
"""So much of a recording's beginning and end tells it from others."""


def named(person: str | None) -> str:
    """Return the name of a person as the history has it; empty = nobody in particular.

    Raises
    ------
    UsageError
        It is no name.
    """
    if person is None:
        return ""
    name = " ".join(person.split())
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError(
            _(
                "--person is {person!a}; expected a name of up to {longest_name} characters.",
                person=person,
                longest_name=LONGEST_NAME,
            ),
            _("Say for example --person Anna."),
        )
    return name


def keeping(command: str, person: str | None, tell: Callable[[str], None]) -> Keep:
    """Return what keeps the sessions of a command.

    Parameters
    ----------
    command
        ``analyze``, ``live`` or ``train``.
    person
        Who moves; None = nobody in particular.
    tell
        Told, in a sentence each, why a session could not be kept and what to do about it.

    Raises
    ------
    UsageError
        `person` is no name.
    """
    return partial(_keep, command, named(person), tell)


def _keep(command: str, person: str, tell: Callable[[str], None], session: Session, rule: Rule) -> None:
    if session.tracked == 0:  # nobody was there
        return
    try:
        # Here, for whoever keeps no history shall not wait until SQLAlchemy is loaded.
        from formcheck.history.retelling import reasons_of
        from formcheck.history.store import Entry, History

        text = json.dumps(session_document(session), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        History().add(
            Entry(
                person=person,
                date=session.date or now(),
                command=command,
                exercise=session.exercise,
                model=as_unicode(session.model),
                rule_sha256=fingerprint_of(rule),
                recording=recording_of(session.source),
                document=_HALVES.sub(lambda half: rf"\{as_unicode(half.group())}", text),
                reasons=reasons_of(session),
            )
        )
    except FormcheckError as error:
        tell(_("This session is not in the history. {cause}", cause=error.cause))
        tell(error.remedy)
    except ImportError as error:
        tell(_("This session is not in the history: {error}.", error=error))
        tell(_("Install formcheck again."))


def recording_of(source: SourceInfo) -> str | None:
    """Return what tells a recording from others, wherever it lies; None for a camera, which shows nothing twice."""
    if source.kind == "camera":
        return None
    path, told = Path(source.path), sha256()
    try:
        if path.is_dir():
            for item in sorted(path.iterdir()):
                told.update(f"{item.name}:{item.stat().st_size}\n".encode(errors="surrogateescape"))
        else:
            size = path.stat().st_size
            told.update(f"{size}\n".encode())
            with path.open("rb") as file:
                told.update(file.read(_ENDS_BYTES))
                file.seek(max(0, size - _ENDS_BYTES))
                told.update(file.read(_ENDS_BYTES))
    except OSError:  # it was moved away meanwhile, or is none: then nothing is like it
        return None
    return told.hexdigest()
