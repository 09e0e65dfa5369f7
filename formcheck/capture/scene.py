"""Notices cuts, fades and dissolves, and pictures too dark or blank to show a person."""

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

# Times are media time in seconds, levels are grey 0..255, and changes are in spreads (standard deviations) of the
# picture, so that neither frame rate nor size nor contrast matters. The limits were found on real clips at 8 to 60
# frames a second, and on the same ones zoomed, shaken, dimmed, noisy, compressed, cut together, faded and dissolved.
MEMORY_S = 2.5
"""How far back the background's usual steps are remembered: longer than the refresh of most encoders."""
CALM_S, CALM_SHARE = 0.3, 0.4
"""The background is the share of the picture that changed least for so long."""
MOTION_S = 0.15
"""Motion is compared with that of so long before; a body needs longer to get from rest to speed."""

CUT_CORRELATION, CUT_SHARE, CUT_RATIO = 0.5, 0.5, 3.0
"""At a cut two pictures are less alike, differ in a larger share, and change so much faster than before."""
JUMP_CHANGE, JUMP_RATIO = 0.1, 1.7
"""At a jump of the person the picture changes by more, and so much faster than before …"""
BACKGROUND_STEP_LEVELS, BACKGROUND_RATIO = 0.5, 2.0
"""… and so does the background, more than it does at an encoder's refresh."""
STILL_SHARE, COVERED_SHARE, COVERED_LEVELS = 0.2, 0.15, 8.0
"""Something that comes before the camera leaves a larger share still, and changes a larger share of the background by
more than so many levels. Another scene leaves 2 % still; jumps between takes change 2 % of the background so far."""
BLACK_LEVEL = 20.0

FADE_S = 0.4
"""Fades and dissolves are looked for over this time."""
FADE_GAIN, FADE_SHARE = 0.6, 0.9
"""A fade dims this share of the lit cells to less than so much; cameras adapt to the light more slowly."""
DISSOLVE_CORRELATION, DISSOLVE_SHARE, DISSOLVE_BEND = 0.9, 0.5, 0.15
"""In a dissolve two pictures are less alike, differ in a larger share, and the one between is this near their mean."""

CHANGED = 0.2
"""A cell that changes by more is another."""
SAME_SCENE_CORRELATION = 0.7
"""Pictures before and after a moment of darkness that are more alike show the same scene."""
DARK_LEVEL, LIGHT_LEVEL = 35.0, 42.0
"""Nearly all of a picture is darker when nobody can be judged in it, and lighter when somebody can be again."""
BLANK_CONTRAST_LEVELS = 8.0
"""Nearly all of a blank picture lies within so many levels."""

_NOISE_LEVELS = 2.0
_LONG, _SHORT = 128, 72
_THICKER_THAN_TEXT = np.ones((5, 5), np.uint8)


@dataclass(frozen=True, slots=True)
class SceneView:
    """What can be said of a picture before anybody is looked for in it.

    Attributes
    ----------
    cut
        The picture shows another scene than the one before it.
    unfit
        The picture is too dark or too blank to judge.
    levels
        (576,) the mean grey level of each cell of a coarse grid over the picture; None where it is unfit.
    """

    cut: bool
    unfit: bool
    levels: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """A picture as a coarse grid of cells, and what changed since the one before.

    Attributes
    ----------
    levels
        (576,) mean grey level of each cell.
    pattern
        (576,) the same without brightness and contrast: mean 0, spread 1.
    steps
        (576,) change of each level.
    calm_step
        Median of ``steps`` over the cells that were calmest of late: what the background did.
    covered
        Share of those cells that changed far.
    speed
        Mean change of ``pattern`` a second.
    """

    time_s: float
    levels: NDArray[np.float32]
    pattern: NDArray[np.float32]
    steps: NDArray[np.float32]
    calm_step: float = 0.0
    covered: float = 0.0
    speed: float = 0.0


class SceneChanges:
    """Tells of each picture in turn whether another scene begins and whether it can be judged.

    A person moves and the room stays. So a cut is a change of most of the picture at once, or a leap of the person
    together with a step of the part that was calm; a dissolve passes through the mean of two pictures, which nothing
    that moves does; and a fade dims all alike, faster than a camera adapts to the light.

    Not noticed: a take that goes on from another moment before the very same background, a dissolve between two such
    takes, and at 12 frames a second or fewer a jump between them in the midst of fast motion. Taken for a cut:
    somebody who covers four fifths of the picture from one frame to the next. A long fade or dissolve may count twice.
    """

    def __init__(self) -> None:
        self._looks: deque[_Look] = deque()
        self._unfit_since: float | None = None

    def look(self, time_s: float, image_bgr: NDArray[np.uint8]) -> SceneView:
        """Judge the next picture.

        Parameters
        ----------
        time_s
            Its presentation time in seconds, later than that of the picture before.
        image_bgr
            (h, w, 3) uint8 of any size.

        Raises
        ------
        ValueError
            When pictures do not come in order of time.
        """
        if self._looks and time_s <= self._looks[-1].time_s:
            raise ValueError(f"the picture at {time_s} s does not come after the one at {self._looks[-1].time_s} s")
        thumbnail = _thumbnail(image_bgr)
        if self._is_unfit(thumbnail):
            if self._unfit_since is None:
                self._unfit_since = time_s
            return SceneView(cut=False, unfit=True)
        look = self._compare(time_s, thumbnail)
        if self._unfit_since is None:
            abrupt = (self._is_cut(look) or self._is_jump(look)) and not self._room_stays(look)
            cut = abrupt or self._is_fade_or_dissolve(look)
        else:
            cut = self._is_new_after_dark(look, self._unfit_since)
            self._unfit_since = None
        if cut:
            self._looks.clear()
        self._looks.append(look)
        while self._looks[0].time_s < time_s - MEMORY_S:
            self._looks.popleft()
        return SceneView(cut=cut, unfit=False, levels=look.levels)

    def _is_unfit(self, thumbnail: NDArray[np.uint8]) -> bool:
        # Opening takes out bright text, which is thin, and leaves the picture that it lies on.
        levels = cv2.morphologyEx(thumbnail, cv2.MORPH_OPEN, _THICKER_THAN_TEXT).ravel()
        few = levels.size // 50
        levels.partition((few, levels.size - few))
        low, high = float(levels[few]), float(levels[-few])
        dark = DARK_LEVEL if self._unfit_since is None else LIGHT_LEVEL
        return high < dark or high - low < BLANK_CONTRAST_LEVELS

    def _compare(self, time_s: float, thumbnail: NDArray[np.uint8]) -> _Look:
        height, width = thumbnail.shape
        grid = cv2.resize(thumbnail.astype(np.float32), (width // 4, height // 4), interpolation=cv2.INTER_AREA)
        levels = np.asarray(grid, np.float32).ravel()
        pattern = (levels - levels.mean()) / np.sqrt(levels.var() + np.float32(_NOISE_LEVELS**2))
        if not self._looks:
            return _Look(time_s, levels, pattern, np.zeros_like(levels))
        before = self._looks[-1]
        steps = np.abs(levels - before.levels)
        restless = np.max([old.steps for old in self._since(time_s - CALM_S)], axis=0)
        calm = restless <= np.partition(restless, int(CALM_SHARE * restless.size))[int(CALM_SHARE * restless.size)]
        speed = np.abs(pattern - before.pattern).mean() / (time_s - before.time_s)
        covered = (steps[calm] > COVERED_LEVELS).mean()
        return _Look(time_s, levels, pattern, steps, float(np.median(steps[calm])), float(covered), float(speed))

    def _since(self, time_s: float) -> list[_Look]:
        """Return the looks since a time, and the last one in any case."""
        return [look for look in self._looks if look.time_s >= time_s] or [self._looks[-1]]

    def _ratio(self, look: _Look) -> float:
        recent = max(old.speed for old in self._since(look.time_s - MOTION_S))
        return look.speed / (recent + 1e-6)

    def _is_cut(self, look: _Look) -> bool:
        if not self._looks:
            return False
        before = self._looks[-1]
        share = (np.abs(look.pattern - before.pattern) > CHANGED).mean()
        return bool(
            _correlation(look, before) < CUT_CORRELATION and share > CUT_SHARE and self._ratio(look) > CUT_RATIO
        )

    def _is_jump(self, look: _Look) -> bool:
        if len(self._looks) < 3:
            return False
        change = look.speed * (look.time_s - self._looks[-1].time_s)
        usual = max(old.calm_step for old in self._looks)
        stepped = look.calm_step > max(BACKGROUND_STEP_LEVELS, BACKGROUND_RATIO * usual)
        return stepped and change > JUMP_CHANGE and self._ratio(look) > JUMP_RATIO

    def _room_stays(self, look: _Look) -> bool:
        """Return whether something came before the camera or left: part of the room is covered, the rest is as it was.

        Between two takes before the same wall nearly all of it steps a little, and nearly nothing of it far.
        """
        if not self._looks:
            return False
        usual = max(old.calm_step for old in self._looks)
        still = look.steps < max(BACKGROUND_STEP_LEVELS, BACKGROUND_RATIO * usual)
        # Black bars stay whatever the scene.
        lit = np.maximum(look.levels, self._looks[-1].levels) > BLACK_LEVEL
        return bool(look.covered > COVERED_SHARE and lit.any() and still[lit].mean() > STILL_SHARE)

    def _is_fade_or_dissolve(self, look: _Look) -> bool:
        if not self._looks or look.time_s - self._looks[0].time_s < FADE_S:
            return False
        start, middle = self._nearest(look.time_s - FADE_S), self._nearest(look.time_s - FADE_S / 2)
        if _is_dimmed(start, look) or _is_dimmed(look, start):
            return True
        if _correlation(look, start) > DISSOLVE_CORRELATION:
            return False
        share = (np.abs(look.pattern - start.pattern) > CHANGED).mean()
        change = np.abs(look.levels - start.levels)
        bend = np.abs(middle.levels - (look.levels + start.levels) / 2)
        # The median leaves out the person, who moves meanwhile.
        straight = np.median(bend) < DISSOLVE_BEND * np.median(change)
        return bool(share > DISSOLVE_SHARE and straight and bend.mean() < 2 * DISSOLVE_BEND * change.mean())

    def _nearest(self, time_s: float) -> _Look:
        return min(self._looks, key=lambda look: abs(look.time_s - time_s))

    def _is_new_after_dark(self, look: _Look, since_s: float) -> bool:
        if not self._looks or look.time_s - since_s > FADE_S:
            return True
        return _correlation(look, self._looks[-1]) < SAME_SCENE_CORRELATION


def _thumbnail(image_bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = image_bgr.shape[:2]
    size = (_LONG, _SHORT) if width >= height else (_SHORT, _LONG)
    # Averaging every pixel of a large picture would take longer than all the rest.
    sample = cv2.resize(image_bgr, (2 * size[0], 2 * size[1]), interpolation=cv2.INTER_NEAREST)
    grey = cv2.cvtColor(sample, cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _is_dimmed(bright: _Look, dim: _Look) -> bool:
    lit = bright.levels > LIGHT_LEVEL
    return bool((dim.levels[lit] < FADE_GAIN * bright.levels[lit]).mean() > FADE_SHARE) if lit.any() else False


def _correlation(look: _Look, other: _Look) -> float:
    return float((look.pattern * other.pattern).mean())
