"""The texts that a rule declares, in the language that people are told things in."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

from formcheck.exercise.words import (
    Attribute,
    Band,
    Context,
    Dose,
    Exercise,
    Fault,
    Hold,
    Level,
    Metric,
    Movement,
    NotThis,
    Offer,
    Programme,
    Question,
    Sequel,
)
from formcheck.language import _, language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TEXTS: Mapping[type, frozenset[str]] = {
    Exercise: frozenset({"title", "summary", "camera", "side_is", "short_hold_cue", "not_visible"}),
    Context: frozenset({"name"}),
    Level: frozenset({"title"}),
    Movement: frozenset(),
    NotThis: frozenset({"because"}),
    Hold: frozenset({"origin"}),
    Metric: frozenset({"says"}),
    Fault: frozenset({"says", "cue"}),
    Band: frozenset({"origin"}),
    Sequel: frozenset({"cue", "origin"}),
    Attribute: frozenset({"says", "says_not"}),
    Dose: frozenset({"advice"}),
    Programme: frozenset({"title", "origin"}),
    Question: frozenset({"ask"}),
    Offer: frozenset({"says", "origin"}),
}
"""The words of rules, and which of their fields people read; everything else is a name, or a number."""


def translated(exercise: Exercise) -> Exercise:
    """Return an exercise with its texts in the language; a text that has no translation stays as its author wrote it."""
    if language() == "en":
        return exercise
    return cast(Exercise, _translated(exercise, {}))


def _translated(part: object, done: dict[int, object]) -> object:
    """Return a part of a declaration in the language; what several parts share stays one thing."""
    if isinstance(part, tuple):
        items = tuple(_translated(item, done) for item in part)
        return items if any(new is not old for new, old in zip(items, part, strict=True)) else part
    if type(part) not in TEXTS:
        return part
    if id(part) not in done:
        word = cast("DataclassInstance", part)
        changes: dict[str, Any] = {}
        for name in (item.name for item in fields(word)):
            value = getattr(part, name)
            new = _text(value) if name in TEXTS[type(part)] else _translated(value, done)
            if new is not value:
                changes[name] = new
        done[id(part)] = replace(word, **changes) if changes else part
    return done[id(part)]


def _text(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_(text) for text in value)
    return _(value) if isinstance(value, str) else value
