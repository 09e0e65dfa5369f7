"""A plan from its file, whole or not at all: what is wrong is told with its line, what was expected, and the nearest word."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from formcheck.errors import InputError, UsageError
from formcheck.exercise.checks import Fault
from formcheck.exercise.rulebook import Rule, find_rule, id_of
from formcheck.exercise.words import Level
from formcheck.fields import TOML, FieldError, did_you_mean
from formcheck.language import N_, _
from formcheck.live.end_point import asked_for
from formcheck.pipeline import level_of
from formcheck.plan.no_toml import why_no_toml
from formcheck.plan.places import Places
from formcheck.plan.words import Plan, Task
from formcheck.pose.pose import SIDES
from formcheck.system_errors import in_words

_Declared = TypeVar("_Declared", Plan, Task)

SUFFIX = ".toml"
LARGEST_BYTES = 1_000_000
EXPLAINED = N_(
    "README, “Plans”, shows a whole one; `formcheck plan show hip-mobility --toml` prints one to begin with."
)
SHORT_HOLD = "short_hold"
_IS = N_("{what} is “{name}”. {cause}")


def bundled_plans() -> dict[str, str]:
    """Return the texts of the plans that come with formcheck, by name."""
    folder = files("formcheck.plan").joinpath("bundled")
    found = {item.name.removesuffix(SUFFIX): item for item in folder.iterdir() if item.name.endswith(SUFFIX)}
    return {name: found[name].read_text(encoding="utf-8") for name in sorted(found)}


def plan_text(given: str) -> tuple[str, str]:
    """Return the name and the text of a plan: of a file, or of one that comes with formcheck.

    Raises
    ------
    UsageError
        There is no such plan.
    InputError
        The file cannot be read.
    """
    bundled = bundled_plans()
    name = given.strip().lower().replace("_", "-").replace(" ", "-")
    path = Path(given)
    if name in bundled and not path.is_file():
        return name, bundled[name]
    try:
        if not path.is_file():
            raise UsageError(
                _("There is no plan “{given}”: no such file, and none of that name comes with formcheck.", given=given)
                + did_you_mean(given, bundled),
                _("Give a TOML file, or one of: {bundled}.", bundled=", ".join(bundled)),
            )
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(
                _("{given} is too large for a plan.", given=given), _("Give a TOML file that describes exercises.")
            )
        return path.stem, path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_("{given} is no plan: it is no text in UTF-8.", given=given), _(EXPLAINED)) from error
    except (OSError, ValueError) as error:
        raise InputError(
            _("{path} cannot be read: {why}.", path=given, why=in_words(error)),
            _("Check the path and its permissions."),
        ) from error


def fingerprint(text: str) -> str:
    """Return what tells one plan from another, whatever its line endings."""
    return sha256("\n".join(text.splitlines()).encode()).hexdigest()


def read_plan(text: str, place: str, rules: Mapping[str, Rule]) -> Plan:
    """Return what a plan says.

    Parameters
    ----------
    text
        Of its file.
    place
        What people call the file.
    rules
        The exercises that there are.

    Raises
    ------
    UsageError
        Something in it is wrong; says the line, what was expected, and the nearest right word.
    """
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(why_no_toml(place, text, error), _(EXPLAINED)) from error
    reader = _Reader(place, Places(text), rules)
    return reader.plan(said)


class _Reader:
    def __init__(self, place: str, places: Places, rules: Mapping[str, Rule]) -> None:
        self._place, self._places, self._rules = place, places, rules

    def plan(self, said: Mapping[str, Any]) -> Plan:
        self._refuse_unknown(None, said, Plan)
        tasks = said.get("exercise", [])
        if not isinstance(tasks, list) or not tasks or not all(isinstance(item, dict) for item in tasks):
            raise self._error(
                None,
                "exercise",
                N_("{what} names no exercise; write [[exercise]] on a line of its own, and its name below."),
            )
        known = {"exercise": tuple(self._task(index, item) for index, item in enumerate(tasks))}
        return self._made(None, Plan, {**said, **known})

    def _task(self, index: int, said: Mapping[str, Any]) -> Task:
        self._refuse_unknown(index, said, Task)
        given = dict(said)
        if isinstance(given.get("muted_cues"), list):
            given["muted_cues"] = tuple(given["muted_cues"])
        ends = given.get("end_point_deg")
        for side in ends if isinstance(ends, dict) else ():
            if side not in SIDES:
                raise self._error(
                    index, "end_point_deg", N_("{what} is of “{side}”; expected left or right."), side=side
                )
        if isinstance(given.get("name"), str):
            given["name"] = id_of(given["name"])
        task = self._made(index, Task, given)
        try:
            rule = find_rule(self._rules, task.name)
        except UsageError as error:
            raise self._error(index, "name", _IS, error.remedy, name=said["name"], cause=error.cause) from error
        try:
            level = level_of(rule, task.level)
        except UsageError as error:
            raise self._error(
                index,
                "level",
                _IS,
                error.remedy if rule.exercise.levels else _("It has none: leave out level."),
                name=task.level,
                cause=error.cause,
            ) from error
        self._refuse_useless(index, task, rule, level)
        return task

    def _refuse_useless(self, index: int, task: Task, rule: Rule, level: Level | None) -> None:
        """Refuse what the exercise has no use for, which its author would believe to be obeyed."""
        exercise = rule.exercise
        levels = (level,) if level is not None else exercise.levels or (None,)
        if task.side is not None and not any(exercise.sided_at(item) for item in levels):
            raise self._error(
                index, "side", N_("{what} is of no use: {rule} has no sides here. Leave it out."), rule=rule.id
            )
        held = any(item.hold is not None for one in levels for item in exercise.movements_at(one))
        if task.hold_s is not None and not held:
            raise self._error(
                index, "hold_s", N_("{what} is of no use: nothing is held in {rule} here. Leave it out."), rule=rule.id
            )
        if task.end_point_deg is not None and asked_for(exercise, level) is None:
            raise self._error(
                index,
                "end_point_deg",
                N_("{what} is of no use: {rule} has no personal end point. Leave it out."),
                rule=rule.id,
            )
        told = {check.id for check in exercise.checks if isinstance(check, Fault)}
        told |= {sequel.id for sequel in exercise.sequels} | ({SHORT_HOLD} if held else set())
        for cue in task.muted_cues:
            if cue not in told:
                raise self._error(
                    index,
                    "muted_cues",
                    N_("{what} holds “{cue}”, which is no fault of {rule}.{like}"),
                    _("Its faults are: {faults}.", faults=", ".join(sorted(told))),
                    cue=cue,
                    rule=rule.id,
                    like=did_you_mean(cue, told),
                )

    def _made(self, index: int | None, kind: type[_Declared], said: Mapping[str, Any]) -> _Declared:
        required = {"title"} if kind is Plan else {"name"}
        for key in sorted(required - said.keys()):
            raise self._error(index, key, N_("{what} is missing."))
        given: dict[str, Any] = dict(said)
        if isinstance(given.get("notes"), str):
            given["notes"] = " ".join(given["notes"].split())
        try:
            return kind(**given)
        except FieldError as error:
            said_in_toml = error.said if error.wrong is None else error.wrong.said(TOML)
            raise self._error(index, str(error.path[0]), N_("{what} {said}"), said=said_in_toml) from error

    def _refuse_unknown(self, index: int | None, said: Mapping[str, Any], kind: type[Any]) -> None:
        known = [item.name for item in fields(kind)]
        for key in said:
            if key not in known:
                raise self._error(
                    index,
                    key,
                    N_("{what} is no word of a plan.{like}"),
                    _("Known here: {known}.", known=", ".join(known)),
                    like=did_you_mean(key, known),
                )

    def _error(
        self, index: int | None, key: str, sentence: str, remedy: str | None = None, **values: object
    ) -> UsageError:
        """Return the error in a sentence about ``{what}``, with its line."""
        line = self._places.line_of(index, key)
        where = self._place if line is None else _("{path}, line {line}", path=self._place, line=line)
        what = key if index is None else _("exercise {number}, {key}", number=index + 1, key=key)
        told = _("{where}: {told}", where=where, told=_(sentence, what=what, **values))
        return UsageError(told, _(EXPLAINED) if remedy is None else remedy)
