"""Help and wrong use of the command line in the language: what its parser says by itself, it says in English only."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from formcheck.language import N_, _, language

PANELS: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}
"""The parser's own words in its help, and the names that they have there."""
_OF_PARSER = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""The help of options that the parser adds by itself."""
_USAGE, _OPTIONS, _COMMAND = N_("Usage:"), N_("[OPTIONS]"), N_("COMMAND [ARGS]...")


def in_language(command: Any) -> Any:  # noqa: ANN401  # whose class is the parser's own business
    """Return a command of the parser whose help speaks the language, with all that is below it."""
    if language() != "en" or "typer.rich_utils" in sys.modules:  # else it is loaded with English words, if it is at all
        _translate_panels()
    for one in commands_of(command):
        for name in ("help", "short_help", "epilog"):
            if getattr(one, name, None):
                setattr(one, name, _(getattr(one, name)))
        for parameter in one.params:
            if getattr(parameter, "help", None):
                parameter.help = _(parameter.help)
        one.format_usage = _usage_of(one)
        own = one.get_help_option

        def help_option(context: Any, own: Any = own) -> Any:  # noqa: ANN401
            option = own(context)
            if option is not None and option.help in _OF_PARSER:
                option.help = _(option.help)
            return option

        one.get_help_option = help_option
    return command


def _translate_panels() -> None:
    import typer.rich_utils

    for name, text in PANELS.items():
        if hasattr(typer.rich_utils, name):
            setattr(typer.rich_utils, name, _(text))


def commands_of(command: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield a command and all that is below it."""
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from commands_of(below)


def _usage_of(command: Any) -> Any:  # noqa: ANN401
    def format_usage(context: Any, formatter: Any) -> None:  # noqa: ANN401
        pieces = [_(piece) for piece in command.collect_usage_pieces(context)]
        formatter.write_usage(context.command_path, " ".join(pieces), prefix=f"{_(_USAGE)} ")

    return format_usage


def wrong_use(error: Any) -> tuple[str, str]:  # noqa: ANN401
    """Return what is wrong with a command line that the parser refuses, and what to do about it.

    Parameters
    ----------
    error
        What the parser raised.
    """
    context = getattr(error, "ctx", None)
    path = "formcheck" if context is None else context.command_path
    return _cause(error), _("`{command} --help` says how it is used.", command=path)


def _cause(error: Any) -> str:  # noqa: ANN401
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        from formcheck.annotations import did_you_mean

        known = [name for item in error.ctx.command.params for name in item.opts] if error.ctx is not None else []
        return _("There is no option {option}.", option=error.option_name) + did_you_mean(error.option_name, known)
    if parameter is not None:
        name = _name_of(parameter)
        if kind == "MissingParameter":
            return _("{parameter} is missing.", parameter=name)
        return _not_possible(name, str(error.message))
    command = getattr(getattr(error, "ctx", None), "command", None)
    return _said(str(getattr(error, "message", error)), getattr(command, "commands", {}))


def _name_of(parameter: Any) -> str:  # noqa: ANN401
    longest: str = max(parameter.opts, key=len)
    return longest if longest.startswith("-") else longest.upper()


def _not_possible(name: str, message: str) -> str:
    least = re.search(r"greater than or equal to (\d+)$|range x>=(\d+)", message)
    if least is not None:
        return _("{parameter} must be at least {least}.", parameter=name, least=least[1] or least[2])
    if "integer" in message:
        return _("{parameter} expects a whole number.", parameter=name)
    if "number" in message or "float" in message:
        return _("{parameter} expects a number.", parameter=name)
    return _("{parameter} is not possible like this: {why}", parameter=name, why=message)


def _said(message: str, commands: Iterable[str]) -> str:
    """Return what the parser says of the line as a whole, in the language; where it names no command, the nearest one."""
    from formcheck.annotations import did_you_mean

    for pattern, text in _SAID.items():
        if found := re.match(pattern, message):
            named = found.groupdict()
            return _(text, **named) + did_you_mean(named.get("command", ""), commands)
    return message


_SAID: Mapping[str, str] = {
    r"No such command '(?P<command>.*?)'\.": N_("There is no command {command}."),
    r"Missing command\.": N_("The command is missing."),
    r"Got unexpected extra arguments?(?:\(s\))? \((?P<arguments>.*)\)": N_("Nothing is known to do with: {arguments}"),
    r"Option '(?P<option>.*?)' requires an argument\.": N_("{option} needs a value behind it."),
    r"Option '(?P<option>.*?)' does not take a value\.": N_("{option} takes no value."),
}
