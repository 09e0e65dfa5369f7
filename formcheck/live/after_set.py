"""After a set: what the exercise asks is asked, and the answers are kept with the session."""

from dataclasses import replace

from formcheck.errors import OutputError
from formcheck.exercise.questions import Question, questions_at
from formcheck.live.keys import Typed, Wish
from formcheck.live.questioning import Questioning
from formcheck.live.shown import LiveShown, Update
from formcheck.live.training import Training
from formcheck.performance import State
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation


def asked_of(training: Training) -> tuple[Question, ...]:
    """Return what is asked after a set: nothing where nothing counted."""
    performance = training.performance
    if not any(rep.counted for rep in performance.pipeline.set_reps):
        return ()
    level = performance.pipeline.coach.level
    return questions_at(performance.exercise, None if level is None else level.id)


class AfterSet:
    """Asks, a step a frame; what `formcheck.live.session.watch` shows pictures and keys to.

    Parameters
    ----------
    training
        The session that the answers are kept with; nothing in it moves on meanwhile.
    size_wh
        Width and height of the picture in px.

    Attributes
    ----------
    time_s
        Time of the last frame in seconds.
    """

    def __init__(self, training: Training, size_wh: tuple[int, int]) -> None:
        self._training = training
        self._questioning = Questioning(asked_of(training), size_wh)
        self.time_s = training.time_s

    @property
    def is_over(self) -> bool:
        """Whether everything was answered or passed over."""
        return self._questioning.is_over

    @property
    def failure(self) -> OutputError | None:
        """Why nothing is recorded any more, None while it is."""
        return self._training.failure

    def press(self, action: Action | Wish | Typed) -> None:
        """Take a key in."""
        self._questioning.press(action)

    def change_model(self, model: str) -> None:
        """Note that another pose model takes over."""
        self._training.change_model(model)

    def see(self, seen: Observation, brightness: float = float("nan")) -> Update:
        """Take a frame's observation in."""
        self.time_s = seen.time_s
        page, told = self._questioning.see(seen)
        for item in told:
            if isinstance(item, Command):
                self._training.obey(replace(item, time_s=self._training.time_s))
        return Update(LiveShown(time_s=seen.time_s, state=State.WAITING, interlude=page), tuple(told))
