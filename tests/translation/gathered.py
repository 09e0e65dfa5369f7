"""Every sentence that people can read, gathered from where it is said or declared."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from inspect import getmembers
from pathlib import Path
from typing import Any

import typer.main
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from formcheck.body.signals import SIGNALS
from formcheck.cli import app
from formcheck.cli_language import commands_of
from formcheck.exercise import contexts
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.translated import TEXTS
from formcheck.exercise.words import Context, Exercise
from formcheck.output.report.texts import ENGLISH
from formcheck.plan.reading import bundled_plans, read_plan

PACKAGE = Path(__file__).parents[2] / "formcheck"
LOCALE = PACKAGE / "locale"
KEYWORDS = {"_": None, "N_": None, "_n": (1, 2), "_p": ((1, "c"), 2)}
"""What marks a sentence in the code: see `formcheck.language`."""


@cache
def gathered() -> Catalog:
    """Return all sentences, without translations."""
    catalogue = Catalog(project="formcheck", charset="utf-8", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE.parent).as_posix()
        for _line, message, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
            catalogue.add(message, locations=[(place, 0)], context=context)
    for place, texts in DECLARED.items():
        for text in texts():
            catalogue.add(text, locations=[(place, 0)])
    return catalogue


def _of_commands() -> Iterator[str]:
    for one in commands_of(typer.main.get_command(app)):
        yield from (text for text in (one.help, one.short_help, one.epilog) if text)
        yield from (parameter.help for parameter in one.params if getattr(parameter, "help", None))


def _of_rules() -> Iterator[str]:
    for rule in load_rules().values():
        yield from _texts_in(rule.exercise)
        yield from map(_spoken, _names_in(rule.exercise))
    yield from (item.name for _name, item in getmembers(contexts) if isinstance(item, Context))


def _texts_in(part: Any) -> Iterator[str]:
    """Yield every text of a part of a rule that people read."""
    if isinstance(part, tuple):
        for item in part:
            yield from _texts_in(item)
    elif type(part) in TEXTS:
        for name in (item.name for item in fields(part)):
            value = getattr(part, name)
            if name in TEXTS[type(part)]:
                yield from (value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ())
            else:
                yield from _texts_in(value)


def _names_in(exercise: Exercise) -> Iterator[str]:
    """Yield every name of a rule that people read in words."""
    yield from (check.id for check in exercise.checks if check.says is None)
    yield from (sequel.id for sequel in exercise.sequels)
    yield from (attribute.id for attribute in exercise.attributes)
    for level in (None, *exercise.levels):
        yield exercise.start_at(level).name
        yield from (movement.position for movement in exercise.movements_at(level))
        if level is not None:
            yield level.id


def _of_signals() -> Iterator[str]:
    for signal in SIGNALS:
        yield signal.meaning
        yield _spoken(signal.name.rpartition("_")[0])


def _of_plans() -> Iterator[str]:
    rules = load_rules()
    for name, text in bundled_plans().items():
        plan = read_plan(text, name, rules)
        yield from filter(None, (plan.title, plan.notes, *(task.notes for task in plan.exercise)))


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


DECLARED = {
    "formcheck/cli.py": _of_commands,
    "formcheck/output/report/texts.py": lambda: iter(ENGLISH.values()),
    "formcheck/body/signals": _of_signals,
    "formcheck/plan/bundled": _of_plans,
    "rules": _of_rules,
}
"""Texts that are no sentences of the code: where they are declared, and what yields them."""
