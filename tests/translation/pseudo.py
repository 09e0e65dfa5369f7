"""A language in which every sentence stands in brackets, so that what never went through a catalogue stands out."""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from formcheck import language


class Bracketed(gettext.NullTranslations):
    """Puts whole sentences into brackets."""

    def gettext(self, message: str) -> str:
        return "\n\n".join(f"⟦{paragraph}⟧" for paragraph in message.split("\n\n"))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


@contextmanager
def bracketed() -> Iterator[None]:
    """Speak in brackets instead of Dutch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_catalogue", lambda _code: Bracketed())
        language.choose("nl")
        try:
            yield
        finally:
            patch.undo()
            language.choose("en")


def outside(text: str) -> str:
    """Return what stands outside of brackets."""
    depth, left = 0, []
    for letter in text:
        if letter == "⟦":
            depth += 1
        elif letter == "⟧":
            depth -= 1
            assert depth >= 0, text
            left.append(" ")
        elif depth == 0:
            left.append(letter)
    assert depth == 0, text
    return "".join(left)


def words_outside(text: str, known: frozenset[str] = frozenset()) -> set[str]:
    """Return the words outside of brackets that are neither a known name nor a unit."""
    found = re.findall(r"[A-Za-z][A-Za-z0-9_'-]+", outside(text))
    return {word for word in found if word not in known and word not in UNITS}


UNITS = frozenset({"ms", "px"})
