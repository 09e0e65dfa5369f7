"""All rules watch the same recording, to name the exercise."""

from collections.abc import Mapping

from formcheck.body.follower import Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.exercise.reasons import Code
from formcheck.exercise.recognition import Recognition, recognise
from formcheck.exercise.results import Rep
from formcheck.exercise.rulebook import Rule
from formcheck.pipeline import Options, coach_of, why_broken
from formcheck.pose.pose import Observation


class Recogniser:
    """Lets all rules watch the same recording, to name the exercise; a step an observation."""

    def __init__(
        self, rules: Mapping[str, Rule], size_wh: tuple[int, int], options: Options, model: str | None = None
    ) -> None:
        self._follower = Follower(*size_wh, fov_deg=options.fov_deg or USUAL_FOV_DEG, model=model)
        for rule in rules.values():
            rule.begin()
        self._coaches = {name: coach_of(rule, options) for name, rule in rules.items()}
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
    def reps(self) -> Mapping[str, tuple[Rep, ...]]:
        """The repetitions and attempts so far, by the exercise whose rule saw them."""
        return {name: coach.reps for name, coach in self._coaches.items()}

    def finish(self) -> Recognition:
        """Return which exercise it was; the recording is over."""
        for coach in self._coaches.values():
            coach.interrupt(Code.CLIP_ENDED)
            coach.flush()
        return recognise(self.reps)
