"""The pages between the sets and exercises of a plan: what they say, and what they demonstrate."""

from collections.abc import Iterable, Iterator, Sequence

from formcheck.exercise.checks import in_words
from formcheck.exercise.results import Rep
from formcheck.language import _
from formcheck.live.demonstration import demonstration_of
from formcheck.live.interlude import Interlude
from formcheck.output.shown import Kind, Notice
from formcheck.plan import texts
from formcheck.plan.words import Part


def interlude_of(
    part: Part, count: int, elapsed_s: float, left_s: float, of_s: float, said: Iterable[Notice]
) -> Interlude:
    """Return the page of an exercise: how it is done, and how long the rest still is.

    Parameters
    ----------
    part, count
        The exercise, and how many there are.
    elapsed_s, left_s, of_s
        How long the page has been there, how long it stays, and both together without the time that the clock stood.
    said
        What is said of it.
    """
    how = demonstration_of(part.rule.id, part.task.level)
    phase = None if how is None else how.phase_at(elapsed_s)
    return Interlude(
        over=texts.where(part, count),
        title=texts.title_of(part),
        notices=tuple(said),
        keys=_(texts.KEYS),
        demonstration=None if how is None else how.of_side(part.task.side),
        at_s=elapsed_s,
        phase="" if phase is None else in_words(phase),
        left_s=left_s,
        of_s=of_s,
    )


def said_of(part: Part, sets: int, reps: Sequence[Rep] | None, *, stopped: bool) -> Iterator[Notice]:
    """Yield what is said between two sets or exercises.

    Parameters
    ----------
    part, sets
        The exercise, and how many of its sets are done.
    reps
        The repetitions and attempts of the set before a rest; None = the exercise is about to begin.
    stopped
        The clock stands still.
    """
    if stopped:
        yield Notice(_(texts.STOPPED), Kind.REMARK)
    if reps is None:
        yield Notice(f"{texts.how_much(part)}.")
        if part.task.notes is not None:
            yield Notice(_(part.task.notes), Kind.ASIDE)
        yield Notice(part.exercise.camera, Kind.ASIDE)
        return
    counted = [rep for rep in reps if rep.counted]
    yield Notice(texts.next_set(part, sets))
    yield Notice(texts.came_to(len(counted), sum(rep.clean for rep in counted)), Kind.ASIDE)
