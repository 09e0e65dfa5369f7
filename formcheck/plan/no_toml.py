"""Why a text is no TOML, in our own words: where the library stumbles, and what that means where it is one of the usual mistakes."""

import re
import tomllib

from formcheck.language import N_, _

_WHERE = re.compile(r"(?P<why>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z", re.DOTALL)
_UNCLOSED_TEXT = N_("A text is not closed: its quotation mark is missing.")
_BACKSLASH = N_(
    "A backslash begins a character that cannot be typed; for a backslash itself write two, or put the text between '…'."
)
_TWICE = N_("What is said here was said before.")
_A_NAME = N_("A line begins with a name, [[exercise]] or #.")
_WHY: tuple[tuple[str, str], ...] = (
    ("Invalid value", N_("A value is expected here: a number, true, false, or a text between quotation marks.")),
    ("Expected '='", N_("Behind the name of a value comes =.")),
    (
        "Expected newline",
        N_(
            "The value ends before this: each line has one, a text stands between quotation marks, and a remark behind #."
        ),
    ),
    ("Expected ']]'", N_("[[exercise]] begins and ends with two brackets, and stands on a line of its own.")),
    ("Expected ']'", N_("A bracket ] is missing.")),
    ('Expected "', _UNCLOSED_TEXT),
    ("Expected '\"", _UNCLOSED_TEXT),
    ("Unterminated string", _UNCLOSED_TEXT),
    ("Illegal character '\\n'", _UNCLOSED_TEXT),
    ("Cannot overwrite", _TWICE),
    ("Cannot declare", _TWICE),
    ("Duplicate inline table key", _TWICE),
    ("Unescaped", _BACKSLASH),
    ("Invalid hex value", _BACKSLASH),
    ("Escaped character", _BACKSLASH),
    ("Unclosed array", N_("A list is not closed, or a comma is missing in it.")),
    ("Unclosed inline table", N_("A brace is not closed, or a comma is missing between the braces.")),
    ("Invalid statement", _A_NAME),
    ("Invalid initial character", _A_NAME),
)
"""How the library's messages begin, the more exact ones first, and what they mean."""


def why_no_toml(place: str, text: str, error: tomllib.TOMLDecodeError | RecursionError) -> str:
    """Return where a text is no TOML, and why where that is known.

    Parameters
    ----------
    place
        What people call the file.
    text
        Of it.
    error
        What the library says.
    """
    if isinstance(error, RecursionError):
        return _("{place} is no TOML: brackets are nested too deeply.", place=place)
    found = _WHERE.match(str(error))
    if found is None:
        return _("{place} is no TOML.", place=place)
    why = next((_(told) for begins, told in _WHY if found["why"].startswith(begins)), "")
    if found["line"] is None:
        line = text.rstrip().count("\n") + 1
        said = _("{place}, line {line}: no TOML. {why}", place=place, line=line, why=why)
    else:
        said = _(
            "{place}, line {line}, column {column}: no TOML. {why}",
            place=place, line=found["line"], column=found["column"], why=why,
        )  # fmt: skip
    return said.rstrip()
