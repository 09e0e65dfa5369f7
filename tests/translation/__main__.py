"""Brings the catalogues up to date: gathers all sentences, merges them into each .po, and compiles it beside it.

Run ``python -m tests.translation`` after a sentence was added or changed, translate what it lists, and run it again.
"""

import io
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.translation.gathered import LOCALE, gathered

WHENEVER = datetime(2026, 11, 28, tzinfo=UTC)
"""A catalogue that says the same is the same."""


def main() -> None:
    """Update every catalogue and list what it lacks."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/formcheck.po")):
        code = path.parts[-3]
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        catalogue.update(gathered(), no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        catalogue.creation_date = catalogue.revision_date = WHENEVER
        catalogue.project = catalogue.last_translator = catalogue.language_team = "formcheck"
        catalogue.version = catalogue.msgid_bugs_address = ""
        path.write_bytes(written(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        for message in catalogue:
            if message.id and not all(translations_of(message)):
                print(f"{code} lacks: {message.id}")


def translations_of(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each plural form."""
    several = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(text or "" for text in several)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as text, in an order that does not depend on where a sentence stands."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, no_location=True)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as `gettext` reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


if __name__ == "__main__":
    main()
