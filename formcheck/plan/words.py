"""What a plan says: exercises one after the other, how much of each, and what is personal to whoever follows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from formcheck.exercise.rulebook import Rule
from formcheck.exercise.words import Exercise, HoldSeconds, Level, Repetitions
from formcheck.fields import AtLeast, Between, Checked
from formcheck.pipeline import EndPoint, Options, level_of
from formcheck.pose.pose import SIDES, Side

Sets = Annotated[int, Between(1, 20)]
"""How many sets may be prescribed."""
RestSeconds = Annotated[float, Between(0, 900)]
"""How long a rest may be."""
REST_S = 30.0
"""The rest of a plan that says nothing of it: time to get up and to read what comes next (judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Checked):
    """One exercise of a plan; what is None is as the exercise's own rule has it.

    Attributes
    ----------
    name
        Id of the exercise.
    level, side
        Its level; the only side that is trained.
    reps
        Repetitions of each set, on each side where the exercise has them so.
    hold_s
        Prescribed seconds of every hold.
    sets
        How many sets.
    rest_s
        Rest after each set in seconds; None = as the plan has it.
    end_point_deg
        The person's own end points, by side, in degrees.
    muted_cues
        Ids of faults that are not told while training. They are judged and reported all the same.
    notes
        What the person is to read before it begins.
    """

    name: str
    level: str | None = None
    side: Side | None = None
    reps: Repetitions | None = None
    hold_s: HoldSeconds | None = None
    sets: Sets = 1
    rest_s: RestSeconds | None = None
    end_point_deg: Mapping[Side, EndPoint] | None = None
    muted_cues: tuple[str, ...] = ()
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Checked):
    """What somebody is to do.

    Attributes
    ----------
    title, author, notes
        For whoever follows it; the last two may be missing.
    rest_s
        Rest between sets and exercises in seconds.
    exercise
        The exercises, in order.
    """

    title: str
    author: str | None = None
    notes: str | None = None
    rest_s: RestSeconds = REST_S
    exercise: Annotated[tuple[Task, ...], AtLeast(1)]

    def rest_after(self, task: Task) -> float:
        """Return the rest after a set of an exercise in seconds."""
        return self.rest_s if task.rest_s is None else task.rest_s


@dataclass(frozen=True, slots=True)
class Part:
    """An exercise of a plan, with its rule: what is to be done in the end.

    Attributes
    ----------
    number
        Its place in the plan, from 1.
    task
        What the plan says.
    rule
        The rule of its exercise.
    rest_s
        Rest after each set in seconds.
    """

    number: int
    task: Task
    rule: Rule
    rest_s: float

    @property
    def exercise(self) -> Exercise:
        """The exercise."""
        return self.rule.exercise

    @property
    def level(self) -> Level | None:
        """The level that the plan prescribes, None where it says nothing."""
        return level_of(self.rule, self.task.level)

    @property
    def reps(self) -> int:
        """Repetitions of each set, on each side if `per_side`."""
        return self.exercise.dose.reps if self.task.reps is None else self.task.reps

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that each have to do these repetitions; empty where they count together."""
        if not self.exercise.sided_at(self.level):
            return ()
        if self.task.side is not None:
            return (self.task.side,)
        return SIDES if self.exercise.dose.per_side else ()

    @property
    def hold_s(self) -> float | None:
        """Seconds of every hold, None where there are none, or several of different length."""
        if self.task.hold_s is not None:
            return self.task.hold_s
        holds = {item.hold.seconds for item in self.exercise.movements_at(self.level) if item.hold is not None}
        return holds.pop() if len(holds) == 1 else None

    def options(self, end_point_deg: Mapping[Side, float] | None = None, fov_deg: float | None = None) -> Options:
        """Return the options of its session.

        Parameters
        ----------
        end_point_deg
            What is known of the person's own end points; those of the plan go before them.
        fov_deg
            Angle of view of the camera.
        """
        known = {**(end_point_deg or {}), **(self.task.end_point_deg or {})}
        ends = (known.get("left"), known.get("right")) if known else None
        task = self.task
        return Options(
            level=task.level, side=task.side, reps=task.reps, hold_s=task.hold_s, end_point_deg=ends, fov_deg=fov_deg
        )


def parts_of(plan: Plan, rules: Mapping[str, Rule]) -> tuple[Part, ...]:
    """Return the exercises of a plan with their rules; all of them are there, for the plan was read with these rules."""
    return tuple(
        Part(number, task, rules[task.name], plan.rest_after(task))
        for number, task in enumerate(plan.exercise, start=1)
    )
