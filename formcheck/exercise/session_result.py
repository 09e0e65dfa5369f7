"""The result of a session: everything that session.json says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formcheck.body.calibration import Calibration
from formcheck.body.view import View, ViewSeen
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.questions import Answer, Offer, Question
from formcheck.exercise.reasons import Reason
from formcheck.exercise.results import FaultResult, Interruption, NotAssessed, Rep
from formcheck.pose.pose import Backend, Device


@dataclass(frozen=True, slots=True)
class Session:
    """What one analysis of one exercise found.

    Attributes
    ----------
    source
        What was looked at.
    model
        The pose model, as given: ``heavy``, ``full``, ``lite`` or a path.
    settings
        What the user set: side, repetitions, hold, end points ….
    exercise, title, level, level_source
        The exercise's id and title, its level's id (None if it has none) and whether that was ``given``,
        ``recognised`` or ``assumed``.
    view_wanted, view_seen
        The best view for the exercise, and the one that most of the session was seen from.
    camera_roll_deg
        How far the camera is rolled, + = picture turned anticlockwise; None if it could not be estimated.
    calibration
        The person's proportions at the end.
    interruptions
        Cuts, hand-overs and gaps.
    reps
        Repetitions and attempts, in order.
    not_assessed
        Checks that could not be judged, merged over repetitions.
    not_visible
        What no camera shows for this exercise.
    advice
        What made it hard to judge, so that the next recording can be better.
    duration_s
        Time of the last frame.
    frames
        How many frames were read.
    tracked
        Share of the frames in which the person was seen.
    damaged
        Why the source could not be read to its end; None = it could.
    interrupted
        The user stopped the analysis before the end.
    nothing_counted_because
        Why no repetition counts, None where one does.
    exercise_source
        Whether the exercise was ``given`` or ``recognised``.
    sets_from_s
        When each set began; a session has more than one where the person started again.
    rule_failures
        What went wrong in code of rules by others, a sentence each.
    remarks
        What else is to be said of the recording and of what is in the picture, in words.
    date
        When it was analysed, or trained live, in ISO 8601; None if unknown. A replay keeps it.
    backend
        What ran the pose model.
    threads
        How many it used; None = not known, or MediaPipe, which always takes one.
    device
        Where it ran: ``cpu``, or ``gpu``, the graphics processor.
    questions
        What the exercise asks after a set.
    answers
        What the person answered to what the exercise asks after a set.
    offer
        The harder level that is offered on these answers, None if none is.
    """

    source: SourceInfo
    model: str
    exercise: str
    title: str
    level: str | None
    level_source: str
    view_wanted: View
    view_seen: ViewSeen
    camera_roll_deg: float | None
    calibration: Calibration
    interruptions: tuple[Interruption, ...]
    reps: tuple[Rep, ...]
    not_assessed: tuple[NotAssessed, ...]
    not_visible: tuple[str, ...]
    advice: tuple[Reason, ...]
    duration_s: float
    frames: int
    tracked: float
    settings: Mapping[str, object] = field(default_factory=dict)
    damaged: str | None = None
    interrupted: bool = False
    exercise_source: str = "given"
    nothing_counted_because: Reason | None = None
    sets_from_s: tuple[float, ...] = (0.0,)
    rule_failures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    date: str | None = None
    backend: Backend = "mediapipe"
    threads: int | None = None
    device: Device = "cpu"
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    offer: Offer | None = None

    def set_of(self, rep: Rep) -> int:
        """Return the number of the set that a repetition or attempt belongs to, from 1."""
        return set_of(rep, self.sets_from_s)

    @property
    def faults(self) -> tuple[FaultResult, ...]:
        """All faults, in order of time."""
        return tuple(sorted((fault for rep in self.reps for fault in rep.faults), key=lambda fault: fault.start_s))

    @property
    def counted(self) -> tuple[Rep, ...]:
        """The repetitions that count."""
        return tuple(rep for rep in self.reps if rep.counted)

    @property
    def clean_reps(self) -> int:
        """How many repetitions were clean."""
        return sum(rep.clean for rep in self.reps)

    @property
    def holds_passed(self) -> int:
        """How many holds of counted repetitions passed."""
        return sum(hold.passed for rep in self.counted for hold in rep.holds)

    @property
    def held_s(self) -> float:
        """How long was held in counted repetitions, all told."""
        return sum(hold.duration_s for rep in self.counted for hold in rep.holds)

    def reps_of(self, side: str) -> int:
        """How many repetitions of a side count."""
        return sum(rep.side == side for rep in self.counted)


def set_of(rep: Rep, sets_from_s: Sequence[float]) -> int:
    """Return the number of the set, from 1, that a repetition or attempt belongs to, as it ended in it.

    Parameters
    ----------
    rep
        The repetition or attempt.
    sets_from_s
        When each set began, in seconds, in order.
    """
    return max(1, sum(begin_s < rep.end_s for begin_s in sets_from_s))
