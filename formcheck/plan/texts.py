"""The words of plans: whole sentences, in one place."""

from formcheck.output.amounts import many
from formcheck.plan.words import Part, Plan


def how_much(part: Part) -> str:
    """Return how much of an exercise is to be done: ``2 sets of 5 repetitions on each side, each held for 5 s``."""
    reps = many(part.reps, "repetition")
    if len(part.sides) > 1:
        reps = f"{reps} on each side"
    elif part.task.side is not None:
        reps = f"{reps} on the {part.task.side} side"
    sets = reps if part.task.sets == 1 else f"{part.task.sets} sets of {reps}"
    return sets if part.hold_s is None else f"{sets}, held for {part.hold_s:g} s"


def title_of(part: Part) -> str:
    """Return what an exercise is called, with its level where the plan names one."""
    level = part.level
    return part.exercise.title if level is None else f"{part.exercise.title}: {level.title}"


def right(place: str, plan: Plan) -> str:
    """Return that nothing is wrong with a plan."""
    return f"{place}: right. “{plan.title}”, {many(len(plan.exercise), 'exercise')}."


def rest(seconds: float) -> str:
    """Return how long one rests between sets and exercises."""
    return f"Rest between sets and exercises: {seconds:g} s." if seconds else "No rest between sets and exercises."
