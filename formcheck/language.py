"""The language in which people are told things: chosen once on the way in; English wherever there is no translation.

`_` translates a sentence and fills it in, `_n` does so for one thing or several, `_p` translates words by where they stand, and `N_` marks a sentence that stands in a
table and is translated where it is shown. Each takes the English sentence itself, whole, with named places. What a rule or
an option declares needs no mark: it is found where it is declared, and translated once, where it is loaded.
"""

import gettext
import os
import string
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from numbers import Real
from pathlib import Path

from formcheck.errors import UsageError

VARIABLE = "FORMCHECK_LANG"
"""The environment variable that chooses a language where ``--lang`` does not."""
LANGUAGES = ("en", "nl")
OPTION = "--lang"
_DOMAIN = "formcheck"
_DECIMAL_SIGNS = {"en": ".", "nl": ","}
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ASKING_S = 2.0


class _Catalogue(gettext.GNUTranslations):
    """The sentences of a language."""

    _catalog: Mapping[str | tuple[str, int], str]

    def originals(self) -> dict[str, str]:
        """Return the English texts by what they are in the language; those that have a context or a plural are left out."""
        pairs = self._catalog.items()
        return {text: english for english, text in pairs if isinstance(english, str) and "\x04" not in english}


class _Filled(string.Formatter):
    """Fills in sentences; numbers get the decimal sign of the language."""

    def format_field(self, value: object, format_spec: str) -> str:
        text = format(value, format_spec)
        if isinstance(value, Real) and not isinstance(value, bool | int):
            return text.replace(".", _DECIMAL_SIGNS.get(_chosen.code, "."))
        return text


class _Chosen:
    """The language, and its sentences."""

    code: str = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_chosen = _Chosen()
_filled = _Filled()


def _(text: str, /, **values: object) -> str:
    """Return a sentence in the language, with its named places filled in.

    Parameters
    ----------
    text
        The English sentence, whole; without values, braces in it mean nothing.
    values
        What stands at its places; numbers get the decimal sign of the language.
    """
    translated = _chosen.catalogue.gettext(text) if text else ""
    return _filled.vformat(translated, (), values) if values else translated


def _n(one: str, several: str, count: int, /, **values: object) -> str:
    """Return a sentence for one thing or for several, with ``{count}`` and its other places filled in."""
    return _filled.vformat(_chosen.catalogue.ngettext(one, several, count), (), {"count": count, **values})


def _p(context: str, text: str, /) -> str:
    """Return words that the language has several of, by the context that they stand in."""
    return _chosen.catalogue.pgettext(context, text)


def all_of(items: Iterable[str]) -> str:
    """Return words as a list in a sentence: ``the head, the trunk and the left leg``; empty for none."""
    *others, last = [*items] or [""]
    return _("{others} and {last}", others=", ".join(others), last=last) if others else last


def any_of(items: Iterable[str]) -> str:
    """Return words as a choice in a sentence: ``left, right or both``; empty for none."""
    *others, last = [*items] or [""]
    return _("{others} or {last}", others=", ".join(others), last=last) if others else last


def told_in_another(text: str) -> str:
    """Return a text that was told in another language, in the one of now.

    Parameters
    ----------
    text
        What a rule or a sentence without numbers said; any other stays as it is.
    """
    for code in LANGUAGES:
        if code not in ("en", language()):
            text = _originals(code).get(text, text)
    return _(text)


def N_(text: str) -> str:  # noqa: N802  # its name wherever sentences are translated
    """Mark a sentence that is translated where it is shown; it stays as it is."""
    return text


def number(value: float, form: str = "g") -> str:
    """Return a number as people of the language write it.

    Parameters
    ----------
    value
        The number.
    form
        How, as `format` has it: ``.1f``, ``g``, ``.0%``.
    """
    return _filled.format_field(float(value), form)


def language() -> str:
    """Return the code of the language: ``en`` or ``nl``."""
    return _chosen.code


def choose(code: str) -> None:
    """Speak a language from now on.

    Parameters
    ----------
    code
        One of `LANGUAGES`.

    Raises
    ------
    UsageError
        There is no such language.
    """
    if code not in LANGUAGES:
        raise UsageError(
            _("There is no language “{code}”.", code=code),
            _("Say {option} en for English, or {option} nl for Dutch.", option=OPTION),
        )
    _chosen.code, _chosen.catalogue = code, _catalogue(code)


def choose_from(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> list[str]:
    """Choose the language that a command line asks for, or else the system has, and return the rest of the line.

    Parameters
    ----------
    arguments
        What follows the program's name; ``--lang`` may stand anywhere.
    environment
        The environment variables; None = those of this process.

    Raises
    ------
    UsageError
        There is no such language, or none is named.
    """
    choose(of_system(os.environ if environment is None else environment))
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        name, sign, value = argument.partition("=")
        if argument == "--":
            return [*rest, argument, *waiting]
        if name != OPTION:
            rest.append(argument)
        else:
            asked = value if sign else next(waiting, "")
            choose(_code_in(asked) or asked)
    return rest


def of_system(environment: Mapping[str, str]) -> str:
    """Return the language that the environment asks for, or else the system's; English where it is none of ours."""
    if asked := environment.get(VARIABLE):
        return _code_in(asked) or "en"
    for name in _LOCALE_VARIABLES:
        if wanted := environment.get(name):
            return _code_in(wanted) or "en"
    return _code_in(_asked_of_system()) or "en"


def _code_in(name: str) -> str | None:
    """Return the language of ours that a locale is in, as in ``nl_BE.UTF-8``; None for any other."""
    code = name.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in LANGUAGES else None


def _asked_of_system() -> str:
    """Return the locale of a system that does not say it in the environment."""
    if sys.platform == "win32":
        import ctypes
        import locale

        number_of = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(number_of, "")
    if sys.platform == "darwin":
        import subprocess

        asked = ["defaults", "read", "-g", "AppleLocale"]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=_ASKING_S, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.strip()
    return ""


@cache
def _originals(code: str) -> Mapping[str, str]:
    catalogue = _catalogue(code)
    return catalogue.originals() if isinstance(catalogue, _Catalogue) else {}


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    with Path(__file__).with_name("locale").joinpath(code, "LC_MESSAGES", f"{_DOMAIN}.mo").open("rb") as file:
        return _Catalogue(file)
