"""The words of plans: whole sentences, in one place."""

from formcheck.language import _, _n
from formcheck.plan.words import Part, Plan


def how_much(part: Part) -> str:
    """Return how much of an exercise is to be done: ``2 sets of 5 repetitions on each side, each held for 5 s``."""
    if len(part.sides) > 1:
        reps = _n("{count} repetition on each side", "{count} repetitions on each side", part.reps)
    elif part.task.side == "left":
        reps = _n("{count} repetition on the left side", "{count} repetitions on the left side", part.reps)
    elif part.task.side == "right":
        reps = _n("{count} repetition on the right side", "{count} repetitions on the right side", part.reps)
    else:
        reps = _n("{count} repetition", "{count} repetitions", part.reps)
    sets = reps if part.task.sets == 1 else _("{sets} sets of {reps}", sets=part.task.sets, reps=reps)
    return sets if part.hold_s is None else _("{sets}, held for {hold_s:g} s", sets=sets, hold_s=part.hold_s)


def title_of(part: Part) -> str:
    """Return what an exercise is called, with its level where the plan names one."""
    level = part.level
    return part.exercise.title if level is None else f"{part.exercise.title}: {level.title}"


def right(place: str, plan: Plan) -> str:
    """Return that nothing is wrong with a plan."""
    return _n(
        "{place}: right. “{title}”, {count} exercise.",
        "{place}: right. “{title}”, {count} exercises.",
        len(plan.exercise),
        place=place,
        title=_(plan.title),
    )


def rest(seconds: float) -> str:
    """Return how long one rests between sets and exercises."""
    if not seconds:
        return _("No rest between sets and exercises.")
    return _("Rest between sets and exercises: {seconds:g} s.", seconds=seconds)
