"""The words of plans: whole sentences, in one place."""

from formcheck.output.amounts import many
from formcheck.plan.record import Done
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


# -- while a plan is walked through ----------------------------------------------------------------------------------------

KEYS = "n or one hand up: begin now · space: stop the clock · e or both hands up: skip · b: once more · h: keys"
STOPPED = "The clock stands still. Space goes on."
SKIPPED = "Skipped."
AGAIN = "The last exercise once more."
SET_AGAIN = "This set once more."
OVER = "That was the whole plan. Well done!"
NOTHING_BEFORE = "There is no exercise before this one"


def where(part: Part, count: int) -> str:
    """Return which exercise of how many comes."""
    return f"Exercise {part.number} of {count}"


def next_exercise(part: Part) -> str:
    """Return what is said before an exercise."""
    return f"Next: {title_of(part)}. {how_much(part)}."


def next_set(part: Part, done: int) -> str:
    """Return what is said in the rest before another set."""
    return f"Rest. Then set {done + 1} of {part.task.sets}."


def set_number(part: Part, done: int) -> str:
    """Return which set it is."""
    return f"set {done + 1} of {part.task.sets}"


def came_to(counted: int, clean: int) -> str:
    """Return what a set came to."""
    return f"{many(counted, 'repetition')}, {clean} clean"


def goes_on(title: str, number: int, count: int) -> str:
    """Return that a plan is gone on with where it was left."""
    return f"“{title}” goes on with exercise {number} of {count}, where you left it; --restart begins anew."


NOTHING_DONE = "No exercise was begun."


def of_part(done: Done) -> str:
    """Return what an exercise of a plan came to."""
    title = title_of(done.part)
    if done.session is None:
        return f"{title}: not done."
    came = came_to(done.counted, done.clean)
    told = f"{title}: {came}." if done.is_done else f"{title}: {came}; not done to the end."
    offer = done.session.offer
    return told if offer is None else f"{told} {offer.says}"


# -- a recording of a whole plan -------------------------------------------------------------------------------------------

NONE_FOUND = "None of the plan's exercises is clearly there."
NONE_FOUND_REMEDY = "`formcheck plan show PLAN` says where the camera stands for each; -e EXERCISE judges the whole recording as one of them."


def part_of(recording: str, from_s: float, to_s: float) -> str:
    """Return which part of a recording this is."""
    return f"This is the part of {recording} from {clock(from_s)} to {clock(to_s)}."


def clock(seconds: float) -> str:
    """Return a time as people read it: ``1:05``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def found_at(done: Done) -> str:
    """Return what an exercise of a recording came to, and where it is."""
    if done.from_s is None or done.to_s is None:
        return f"{title_of(done.part)}: not found."
    return f"{title_of(done.part)}, {clock(done.from_s)} to {clock(done.to_s)}: {came_to(done.counted, done.clean)}."
