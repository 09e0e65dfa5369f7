"""Looks an exercise through when it is made, so that a rule with a mistake never loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.signal import Signal
from formcheck.body.signals import SIGNALS
from formcheck.exercise.bands import Band
from formcheck.exercise.checks import HOLD, REP, START, Metric
from formcheck.exercise.quantities import OneSide, RepQuantity, Role, Speed
from formcheck.exercise.reading import signals_in
from formcheck.fields import FieldError, Path, did_you_mean
from formcheck.language import _

if TYPE_CHECKING:
    from formcheck.exercise.words import Exercise, Level, Movement


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a declaration something stands: what owns it, and the path to it from the exercise."""

    owner: str
    path: Path
    owned: int = 0

    def error(self, said: str) -> FieldError:
        return FieldError(self.owner, self.path, said, self.owned)


def check_exercise(exercise: Exercise) -> None:
    """Raise FieldError with what is wrong and how to mend it; an exercise that is right passes in silence."""
    for level in exercise.levels or (None,):
        _check_movements(exercise, level)
        sided = exercise.sided_at(level)
        for place, condition in _conditions(exercise, level):
            for comparison in condition.comparisons():
                _check_quantity(place, comparison.quantity, sided)
                _check_momentary(place, comparison.quantity)
        for index, check in enumerate(exercise.checks):
            if check not in exercise.checks_at(level):
                continue
            for place, band in _bands(check, ("checks", index)):
                _check_quantity(place, band.quantity, sided)
    _check_names(exercise)
    _check_questions(exercise)
    if exercise.dose.per_side and not exercise.sided:
        raise _Place("Exercise", ("dose", "per_side"), 1).error(_("needs an exercise with side_is=…."))


def _movement_paths(exercise: Exercise, level: Level | None) -> Iterator[tuple[Movement, Path]]:
    """Yield the movements of a level, each with its path."""
    own = level is not None and level.movement is not None
    path: Path = ("levels", exercise.levels.index(level), "movement") if level is not None and own else ("movement",)
    movements = exercise.movements_at(level)
    for index, movement in enumerate(movements):
        yield movement, (path if len(movements) == 1 else (*path, index))


def _check_movements(exercise: Exercise, level: Level | None) -> None:
    sided = exercise.sided_at(level)
    positions = [movement.position for movement in exercise.movements_at(level)]
    for movement, path in _movement_paths(exercise, level):
        if positions.count(movement.position) > 1:
            raise _Place("Exercise", (*path, "position")).error(_("is {position!r} twice.", position=movement.position))
        for index, witness in enumerate(movement.witnesses):
            place = _Place(_("movement {position}", position=movement.position), (*path, "witnesses", index), len(path))
            _check_quantity(place, witness.quantity, sided)
            _check_momentary(place, witness.quantity)


def _check_names(exercise: Exercise) -> None:
    levels = [level.id for level in exercise.levels]
    if len(set(levels)) != len(levels):
        raise _Place("Exercise", ("levels",)).error(_("share a name: {levels}.", levels=", ".join(levels)))
    movements = [movement for level in exercise.levels or (None,) for movement in exercise.movements_at(level)]
    positions = {movement.position for movement in movements}
    held = any(movement.hold for movement in movements)
    for index, check in enumerate(exercise.checks):
        _check_word(_Place(check.id, ("checks", index, "during"), 2), check.watched, {*positions, REP, START, HOLD})
        if HOLD in check.watched and not held:
            raise _Place(check.id, ("checks", index, "during"), 2).error(
                _("is HOLD, but no movement has a hold=…; name a position, or prescribe a hold.")
            )
        _check_word(_Place(check.id, ("checks", index, "levels"), 2), check.levels, set(levels))
        severities = tuple(getattr(check, "severity_at", ()))
        _check_word(_Place(check.id, ("checks", index, "severity_at"), 2), severities, set(levels))


def _check_questions(exercise: Exercise) -> None:
    levels = {level.id for level in exercise.levels}
    asked = [question.id for question in exercise.questions]
    if len(set(asked)) != len(asked):
        raise _Place("Exercise", ("questions",)).error(_("share a name: {names}.", names=", ".join(asked)))
    for index, question in enumerate(exercise.questions):
        _check_word(_Place(question.id, ("questions", index, "levels"), 2), question.levels, levels)
    for index, offer in enumerate(exercise.offers):
        _check_word(_Place("Offer", ("offers", index, "level"), 2), (offer.level,), levels)
        _check_word(_Place("Offer", ("offers", index, "question"), 2), (offer.question,), set(asked))


def _check_word(place: _Place, words: tuple[str, ...], known: set[str]) -> None:
    for word in words:
        if word not in known:
            expected = (
                _("one of {known}", known=", ".join(sorted(known)))
                if known
                else _("nothing, since the exercise has no levels")
            )
            raise place.error(
                _(
                    "holds {word!r}; expected {expected}.{meant}",
                    word=word,
                    expected=expected,
                    meant=did_you_mean(word, known),
                )
            )


def _conditions(exercise: Exercise, level: Level | None) -> Iterator[tuple[_Place, Condition]]:
    """Yield every condition of a level, with its place."""
    level_path: Path = () if level is None else ("levels", exercise.levels.index(level))
    own = {name: level is not None and getattr(level, name) is not None for name in ("context", "start")}
    named: list[tuple[_Place, Condition | None]] = [
        (
            _Place(name, ((*level_path, name) if own[name] else (name,))),
            getattr(exercise, f"{name}_at")(level).condition,
        )
        for name in own
    ]
    for movement, path in _movement_paths(exercise, level):
        place = _("movement {position}", position=movement.position)
        named.append((_Place(place, (*path, "of_this_side"), len(path)), movement.of_this_side))
        for index, item in enumerate(movement.not_this):
            named.append((_Place(place, (*path, "not_this", index, "condition"), len(path)), item.condition))
    for index, check in enumerate(exercise.checks):
        if check in exercise.checks_at(level):
            named.append((_Place(check.id, ("checks", index, "only_if"), 2), check.only_if))
    for index, attribute in enumerate(exercise.attributes):
        named.append((_Place(attribute.id, ("attributes", index, "condition"), 2), attribute.condition))
    if level is not None:
        named.append(
            (_Place(_("level {level}", level=level.id), (*level_path, "recognised_by"), 2), level.recognised_by)
        )
    yield from ((place, condition) for place, condition in named if condition is not None)


def _bands(check: Metric, path: Path) -> Iterator[tuple[_Place, Band]]:
    for number, band in enumerate(check.bands):
        own = (*path, "band", number) if isinstance(check.band, tuple) else (*path, "band")
        yield _Place(check.id, (*own, "quantity"), len(own)), band


def _check_quantity(place: _Place, quantity: Quantity, sided: bool) -> None:
    for item, _role in signals_in(quantity):
        if item not in SIGNALS:
            raise place.error(
                _(
                    "looks at {name}, which formcheck does not measure; a signal of your own belongs into "
                    "formcheck/body/signals/.",
                    name=item.name,
                )
            )
    for part in quantity.parts():
        if not isinstance(part.unit, str):
            raise place.error(_("looks at a {name} whose unit is no text.", name=type(part).__name__))
        if isinstance(part, Signal) and part.sided:
            raise place.error(
                _(
                    "looks at {name}, which is measured on each side: say working(...), other(...), near(...) or "
                    "each(...).",
                    name=part.name,
                )
            )
        if isinstance(part, OneSide) and part.role is not Role.NEAR and not sided:
            raise place.error(_("looks at {role}(...), which needs an exercise with side_is=….", role=part.role))


def _check_momentary(place: _Place, quantity: Quantity) -> None:
    if any(isinstance(part, RepQuantity | Speed) for part in quantity.parts()):
        raise place.error(
            _(
                "looks at one moment, so peak, lowest, travel, turns, speed and durations cannot stand in "
                "it; put them into a check."
            )
        )
