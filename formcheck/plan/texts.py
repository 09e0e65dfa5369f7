"""The words of plans: whole sentences, in one place."""

from formcheck.language import N_, _, _n
from formcheck.output.sentences import why_nothing
from formcheck.plan.record import Done
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


# -- while a plan is walked through ----------------------------------------------------------------------------------------

KEYS = N_("n or one hand up: begin now · space: stop the clock · e or both hands up: skip · b: once more · h: keys")
STOPPED = N_("The clock stands still. Space goes on.")
SKIPPED = N_("Skipped.")
AGAIN = N_("The last exercise once more.")
SET_AGAIN = N_("This set once more.")
OVER = N_("That was the whole plan. Well done!")
NOTHING_BEFORE = N_("There is no exercise before this one")
NOTHING_DONE = N_("No exercise was begun.")


def where(part: Part, count: int) -> str:
    """Return which exercise of how many comes."""
    return _("Exercise {number} of {count}", number=part.number, count=count)


def next_exercise(part: Part) -> str:
    """Return what is said before an exercise."""
    return _("Next: {title}. {how_much}.", title=title_of(part), how_much=how_much(part))


def next_set(part: Part, done: int) -> str:
    """Return what is said in the rest before another set."""
    return _("Rest. Then set {number} of {count}.", number=done + 1, count=part.task.sets)


def set_number(part: Part, done: int) -> str:
    """Return which set it is."""
    return _("set {number} of {count}", number=done + 1, count=part.task.sets)


def came_to(counted: int, clean: int) -> str:
    """Return what a set came to."""
    if not counted:
        return _("nothing counted")
    return _n("{count} repetition, {clean} clean", "{count} repetitions, {clean} clean", counted, clean=clean)


def goes_on(title: str, number: int, count: int) -> str:
    """Return that a plan is gone on with where it was left."""
    return _(
        "“{title}” goes on with exercise {number} of {count}, where you left it; --restart begins anew.",
        title=title, number=number, count=count,
    )  # fmt: skip


def with_why(said: str, done: Done) -> str:
    """Return what an exercise came to, and why where nothing counted."""
    because = None if done.session is None else done.session.nothing_counted_because
    return said if because is None else f"{said} {why_nothing(because)}"


def of_part(done: Done) -> str:
    """Return what an exercise of a plan came to."""
    title = title_of(done.part)
    if done.session is None:
        return _("{title}: not done.", title=title)
    came = came_to(done.counted, done.clean)
    told = N_("{title}: {came}.") if done.is_done else N_("{title}: {came}; not done to the end.")
    offer = done.session.offer
    said = _(told, title=title, came=came)
    return said if offer is None else f"{said} {offer.says}"


# -- a recording of a whole plan -------------------------------------------------------------------------------------------

NONE_FOUND = N_("None of the plan's exercises is clearly there.")
NONE_FOUND_REMEDY = N_(
    "`formcheck plan show PLAN` says where the camera stands for each; -e EXERCISE judges the whole recording as one of them."
)


def part_of(recording: str, from_s: float, to_s: float) -> str:
    """Return which part of a recording this is."""
    return _(
        "This is the part of {recording} from {begins} to {ends}.",
        recording=recording, begins=clock(from_s), ends=clock(to_s),
    )  # fmt: skip


def clock(seconds: float) -> str:
    """Return a time as people read it: ``1:05``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def found_at(done: Done) -> str:
    """Return what an exercise of a recording came to, and where it is."""
    title = title_of(done.part)
    if done.from_s is None or done.to_s is None:
        return _("{title}: not found.", title=title)
    return _(
        "{title}, {begins} to {ends}: {came}.",
        title=title, begins=clock(done.from_s), ends=clock(done.to_s), came=came_to(done.counted, done.clean),
    )  # fmt: skip
