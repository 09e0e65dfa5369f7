"""Several rules watch the same recording: all of them to name the exercise, or those of a plan to tell its parts."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from formcheck.body.follower import Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.exercise.coach import Coach
from formcheck.exercise.reasons import Code
from formcheck.exercise.recognition import Recognition, recognise
from formcheck.exercise.results import Rep
from formcheck.exercise.rulebook import Rule
from formcheck.pipeline import Options, coach_of, why_broken
from formcheck.pose.pose import Observation

_Key = TypeVar("_Key")


class Watchers(Generic[_Key]):
    """Lets several coaches watch the same recording; a step an observation.

    Parameters
    ----------
    coaches
        By what they are told apart.
    size_wh, fov_deg, model
        Of the recording, as for `Performance`.
    """

    def __init__(
        self, coaches: Mapping[_Key, Coach], size_wh: tuple[int, int], fov_deg: float | None, model: str | None
    ) -> None:
        self._follower = Follower(*size_wh, fov_deg=fov_deg or USUAL_FOV_DEG, model=model)
        self._coaches = coaches
        self._last_s: float | None = None
        self.has_seen_anybody = False

    def step(self, seen: Observation) -> None:
        """Take an observation in."""
        followed = self._follower.step(seen)
        self.has_seen_anybody |= bool(followed.measured.measures)
        because, self._last_s = why_broken(followed, self._last_s), seen.time_s
        for coach in self._coaches.values():
            if because is not None:
                coach.interrupt(because)
            coach.step(followed.measured)

    @property
    def reps(self) -> Mapping[_Key, tuple[Rep, ...]]:
        """The repetitions and attempts so far, by who saw them."""
        return {name: coach.reps for name, coach in self._coaches.items()}

    def close(self) -> None:
        """Close what is open: the recording is over."""
        for coach in self._coaches.values():
            coach.interrupt(Code.CLIP_ENDED)
            coach.flush()


class Recogniser(Watchers[str]):
    """Lets all rules watch the same recording, to name the exercise; a step an observation."""

    def __init__(
        self, rules: Mapping[str, Rule], size_wh: tuple[int, int], options: Options, model: str | None = None
    ) -> None:
        for rule in rules.values():
            rule.begin()
        coaches = {name: coach_of(rule, options) for name, rule in rules.items()}
        super().__init__(coaches, size_wh, options.fov_deg, model)

    def finish(self) -> Recognition:
        """Return which exercise it was; the recording is over."""
        self.close()
        return recognise(self.reps)
