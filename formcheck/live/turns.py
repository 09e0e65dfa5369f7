"""Whose turn is next, left or right."""

from collections.abc import Sequence

from formcheck.body.view import View
from formcheck.exercise.results import Rep
from formcheck.exercise.words import Exercise
from formcheck.pose.pose import Side, other_side

FIRST: Side = "left"


def next_side(exercise: Exercise, reps: Sequence[Rep], dose: int | None) -> Side:
    """Return the side that should move next.

    Parameters
    ----------
    exercise
        Sides alternate where its rule says that the same side twice is wrong, where its dose is for both together, or
        where both are seen alike, from the front; else one side is done to the end, as one turns round in between.
    reps
        Repetitions and attempts so far.
    dose
        Repetitions that the user set out to do, None = those of the exercise.
    """
    counted = [rep.side for rep in reps if rep.counted and rep.side is not None]
    if not counted:
        return FIRST
    last = counted[-1]
    if alternates(exercise):
        return other_side(last)
    done = counted.count(last) >= (exercise.dose.reps if dose is None else dose)
    return other_side(last) if done else last


def alternates(exercise: Exercise) -> bool:
    """Return whether left and right take turns."""
    told = any(sequel.id == "same_side_twice" for sequel in exercise.sequels)
    return told or not exercise.dose.per_side or exercise.views[0] is View.FRONT
