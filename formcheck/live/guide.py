"""Leads from stepping into the picture to the first repetition, and listens for the hand that pauses; by itself.

A state machine over what is seen: it draws nothing, knows no clock, and tells what it wants done as commands.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from formcheck.body.view import ViewSeen
from formcheck.exercise.checks import in_words
from formcheck.exercise.words import Exercise, Level
from formcheck.language import N_, _
from formcheck.live.end_point import STILL_S, EndPointFinder, asked_for
from formcheck.live.framing import DARK_LEVEL, Advice, Arrow, framing, turning
from formcheck.live.ghost import Ghost, standing
from formcheck.live.glimpse import Glimpse
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import INDEX

CALIBRATION_S = 2.0
SWAY_T = 0.06
"""Hips that move more than this of a torso do not stand still."""
CALIBRATION_PATIENCE_S = 20.0
"""After so long in the picture it goes on without: proportions are then learnt along the way."""
IN_POSITION_S = 5.0
"""Who has been in the start position for so long need not get up again to be measured."""
PATIENCE_S = 8.0
"""After so long in the start position one that looks different will do, and a view from which it can be judged."""
SKIP_AFTER_S = 8.0
SKIP = N_("Key n: go on without this step.")
READY_S = 1.0
NEW_PERSON_S = 2.0
LEVEL_DEG = 5.0
STANDING_WH_T = (2.0, 3.7)
"""What a standing person needs of the picture, in torso lengths."""


class Step(StrEnum):
    """What the guide is at."""

    FRAME = "frame"
    CALIBRATE = "calibrate"
    START = "start"
    END_POINT = "end_point"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to show and say now.

    Attributes
    ----------
    step
        What it is at.
    say
        The one thing to do, in a short sentence.
    hint
        A remark that keeps nothing from going on.
    arrow
        Which way to go on the mirrored screen.
    share
        How much of what is to be kept is done, 0..1; None where nothing is kept.
    lasts_s
        For how long it is to be kept.
    ghost
        The position to match.
    """

    step: Step
    say: str
    hint: str = ""
    arrow: Arrow | None = None
    share: float | None = None
    lasts_s: float = 0.0
    ghost: Ghost | None = None


class Guide:
    """Leads to the first repetition.

    Parameters
    ----------
    exercise, level
        What is to be done; None = the level shows by itself.
    size_wh
        Width and height of the picture in px.
    ghost_of
        Gives the start position at a level by its id, None if there is no picture of it.
    wants_end_point
        Offer a guided repetition where the exercise has a check that needs it.
    """

    def __init__(
        self,
        exercise: Exercise,
        level: Level | None,
        size_wh: tuple[int, int],
        ghost_of: Callable[[str | None], Ghost | None],
        *,
        wants_end_point: bool = True,
    ) -> None:
        self._exercise = exercise
        self._levels: tuple[Level | None, ...] = (level,) if level is not None else exercise.levels or (None,)
        self._level = self._levels[0]
        self._ghost_of = ghost_of
        self._size_wh = size_wh
        signal = asked_for(exercise, level) if wants_end_point else None
        self._finder = None if signal is None else EndPointFinder(signal)
        self.step = Step.FRAME
        self._begun_s: float | None = None
        self._still_s: float | None = None
        self._anchor: tuple[float, float] = (math.nan, math.nan)
        self._ready_s: float | None = None
        self._at_start_s: float | None = None
        self._step_s = -math.inf
        self._new_person_s = -math.inf
        self._is_forced = False

    def skip(self) -> None:
        """Go on without what it is at."""
        if self.step in (Step.FRAME, Step.CALIBRATE):
            self.step = Step.START
        elif self.step is Step.START:
            self._is_forced = True
        elif self._finder is not None:
            self._finder.skip()

    def look(self, glimpse: Glimpse, roll_deg: float | None = None) -> tuple[Guidance, list[Command]]:
        """Take a moment in; return what to show, and what to do."""
        if self._begun_s is None and glimpse.pose is not None:
            self._begun_s = glimpse.time_s
        before = self.step
        if glimpse.new_person:
            self._new_person_s = glimpse.time_s
        if not glimpse.at_start:
            self._at_start_s = None
        else:
            self._show_level_of(glimpse)
            self._at_start_s = glimpse.time_s if self._at_start_s is None else self._at_start_s
        commands: list[Command] = []
        guidance = self._calibrate(glimpse) if self.step in (Step.FRAME, Step.CALIBRATE) else None
        if guidance is None and self.step is not Step.END_POINT:
            guidance, is_ready = self._take_position(glimpse)
            self.step = Step.START if not is_ready else Step.DONE if self._finder is None else Step.END_POINT
            if self.step is Step.DONE:
                commands.append(Command(glimpse.time_s, Action.GO))
        if guidance is None:
            guidance, commands = self._find_end_point(glimpse)
        if self.step is not before or self._step_s == -math.inf:
            self._step_s = glimpse.time_s
        return self._with_hint(guidance, glimpse, roll_deg), commands

    def _with_hint(self, guidance: Guidance, glimpse: Glimpse, roll_deg: float | None) -> Guidance:
        hint = guidance.hint or self._hint(glimpse, roll_deg)
        ghost = guidance.ghost
        if ghost is not None and self.step is Step.START:
            faces = None if glimpse.pose is None else ghost.faces(glimpse.pose)
            if faces is False or (faces is None and glimpse.measured.near == "right"):
                ghost = ghost.turned()
        return replace(guidance, hint=hint, ghost=ghost)

    def _hint(self, glimpse: Glimpse, roll_deg: float | None) -> str:
        if glimpse.time_s - self._step_s > SKIP_AFTER_S:
            return _(SKIP)
        if glimpse.brightness < DARK_LEVEL:
            return _("It is rather dark: more light helps.")
        if roll_deg is not None and abs(roll_deg) > LEVEL_DEG:
            return _("The camera is tilted by {roll_deg:.0f}°: level it.", roll_deg=abs(roll_deg))
        return ""

    # -- standing and facing the camera -----------------------------------------------------------------------------

    def _calibrate(self, glimpse: Glimpse) -> Guidance | None:
        """Return what to do to be measured, None once that is done or was tried for long enough."""
        waited_s = glimpse.time_s - (self._begun_s if self._begun_s is not None else glimpse.time_s)
        is_there = self._kept_s(glimpse) > IN_POSITION_S
        if glimpse.measured.calibration.source == "standing" or is_there or waited_s > CALIBRATION_PATIENCE_S:
            return None
        advice = self._one_person(glimpse) or framing(glimpse, self._size_wh, self._room(), stands=True)
        self.step = Step.CALIBRATE if advice is None else Step.FRAME
        if advice is None:
            advice = self._facing(glimpse)
        share = None
        if advice is None:
            advice, share = Advice(_("Stand still: you are being measured.")), self._stillness(glimpse)
        else:
            self._still_s = None
        return Guidance(self.step, advice.say, arrow=advice.arrow, share=share, lasts_s=CALIBRATION_S, ghost=standing())

    def _facing(self, glimpse: Glimpse) -> Advice | None:
        if not glimpse.measure("trunk_height_ratio") > 0.8 or glimpse.measure("hip_drop_l") > 0.25:
            return Advice(_("Stand up and face the camera."))
        if glimpse.measured.view not in (ViewSeen.FRONT, ViewSeen.UNKNOWN):
            return Advice(_("Face the camera."))
        return None

    def _room(self) -> tuple[float, float]:
        ghost = self._ghost
        if ghost is None:
            return STANDING_WH_T
        left, top, right, bottom = ghost.box
        return max(STANDING_WH_T[0], 1.1 * (right - left)), max(STANDING_WH_T[1], 1.1 * (bottom - top))

    def _one_person(self, glimpse: Glimpse) -> Advice | None:
        if glimpse.time_s - self._new_person_s < NEW_PERSON_S:
            return Advice(_("Only one person in the picture, please."))
        return None

    def _stillness(self, glimpse: Glimpse) -> float:
        assert glimpse.pose is not None  # framing looked
        hips = (glimpse.pose.image_px[INDEX["left_hip"]] + glimpse.pose.image_px[INDEX["right_hip"]]) / 2
        moved = math.dist(hips, self._anchor) > SWAY_T * glimpse.torso_px
        if self._still_s is None or moved:
            self._still_s, self._anchor = glimpse.time_s, (float(hips[0]), float(hips[1]))
        return min(1.0, (glimpse.time_s - self._still_s) / CALIBRATION_S)

    # -- the start position -----------------------------------------------------------------------------------------

    def _take_position(self, glimpse: Glimpse) -> tuple[Guidance, bool]:
        """Return what to do to take the start position, and whether it was kept for long enough."""
        advice = None if self._is_forced else next(self._start_advice(glimpse), None)
        ghost = self._ghost
        if advice is not None:
            self._ready_s = None
            return Guidance(Step.START, advice.say, advice.hint, advice.arrow, ghost=ghost), False
        self._ready_s = glimpse.time_s if self._ready_s is None else self._ready_s
        share = min(1.0, (glimpse.time_s - self._ready_s) / READY_S)
        say = _("Good. Stay like this.")
        if self._differs(glimpse) is not None:  # what is said and what is shown must not contradict each other
            say, ghost = _("That will do. Stay like this."), None
        guidance = Guidance(Step.START, say, share=share, lasts_s=READY_S, ghost=ghost)
        return guidance, share >= 1.0 or self._is_forced

    def _start_advice(self, glimpse: Glimpse) -> Iterator[Advice]:
        if (other := self._one_person(glimpse)) is not None:
            yield other
        if (cut_off := framing(glimpse, self._size_wh, (0.0, 0.0))) is not None:
            yield cut_off
        turn = turning(glimpse.measured.view, self._exercise.views[0])
        kept_s = self._kept_s(glimpse)
        will_do = glimpse.measured.view.kind in self._exercise.views and kept_s > PATIENCE_S
        if not glimpse.at_start:
            context, start = self._exercise.context_at(self._level), self._exercise.start_at(self._level)
            words = in_words(start.name).lower()
            yield Advice(_("Start position: {context}, {start}.", context=context.name, start=words), hint=turn or "")
        elif turn is not None and not will_do:
            yield Advice(turn)
        if kept_s <= PATIENCE_S and (differs := self._differs(glimpse)) is not None:
            yield Advice(differs)

    def _kept_s(self, glimpse: Glimpse) -> float:
        return 0.0 if self._at_start_s is None else glimpse.time_s - self._at_start_s

    @property
    def _ghost(self) -> Ghost | None:
        return self._ghost_of(None if self._level is None else self._level.id)

    def _differs(self, glimpse: Glimpse) -> str | None:
        ghost = self._ghost
        if ghost is None or glimpse.pose is None or not glimpse.torso_px > 0:
            return None
        return ghost.differs(glimpse.pose, glimpse.torso_px)

    def _show_level_of(self, glimpse: Glimpse) -> None:
        """Show the start position of the level that was taken, where several are left to choose from."""
        if len(self._levels) == 1 or glimpse.level is None:
            return
        start = self._start_of(glimpse.level)
        self._level = glimpse.level
        for level in self._levels:
            # Levels that begin alike may yet look different: with bent or with straight legs.
            if self._start_of(level) == start:
                before, self._level = self._level, level
                if self._differs(glimpse) is None:
                    return
                self._level = before

    def _start_of(self, level: Level | None) -> tuple[str, str]:
        return self._exercise.start_at(level).name, self._exercise.context_at(level).name

    # -- the person's own end point ---------------------------------------------------------------------------------

    def _find_end_point(self, glimpse: Glimpse) -> tuple[Guidance, list[Command]]:
        assert self._finder is not None  # the step says so
        found = self._finder.step(glimpse)
        commands = [] if found is None else [Command(glimpse.time_s, Action.END_POINT, side=found.side, deg=found.deg)]
        if self._finder.is_over:
            found_one, found_none = N_("Good. Back to the start position."), N_("Going on without your end point.")
            say = _(found_one if self._finder.has_found else found_none)
            # The way back is no repetition: wait for the start position again.
            self._finder, self.step = None, Step.START
            self._ready_s = self._at_start_s = None
            return Guidance(Step.START, say, ghost=self._ghost), commands
        say, share = self._finder.asks()
        return Guidance(Step.END_POINT, say, _(SKIP), share=share, lasts_s=STILL_S), commands
