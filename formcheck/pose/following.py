"""Follows one person with the pose model run by LiteRT: landmarks of each frame alone, and how far to believe them."""

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame
from formcheck.pose.bundles import find_bundle, not_a_model
from formcheck.pose.detection import LiteRtFinder
from formcheck.pose.inference import SIDE, LandmarkModel, usual_threads
from formcheck.pose.looking import Looking
from formcheck.pose.pose import LANDMARKS, Backend, Device, Evidence, Pose
from formcheck.pose.refinement import logistic, refine
from formcheck.pose.region import Region
from formcheck.pose.rounding import BELIEF_DECIMALS, PX_DECIMALS, WORLD_DECIMALS, rounded
from formcheck.pose.whereabouts import Colours, Whereabouts, colours_of, is_one_place

PRESENT = 0.5
"""With a lower score nobody is there; the same as MediaPipe's."""
LOST_PEAK = 0.1
"""With a lower peak, in the middle of all landmarks, the model sees no person any more, whatever its score."""
DOUBTED_PEAK = 0.5
"""With a lower one the square may be wrong: upright people have 0.8 and more, and 0.2 to 0.4 in a square that is turned
half around, in which MediaPipe would go on for ever with a score of 1."""
CHECK_S, DOUBTED_S = 3.0, 0.3
"""So often the whole picture is looked at again, for somebody who is seen better; and so often in doubt."""
BETTER = 1.3
"""Another person is followed, or the same one from another square, whose peaks are higher by this factor."""
SETTLES = 3
"""So often, at most, somebody who was found is looked at again in the same picture."""

_COUNT = len(LANDMARKS)
_CENTRE, _RIM = _COUNT, _COUNT + 1
"""Two further points: the middle of the hips, and the rim of the circle around the person, over the head."""


class Finder(Protocol):
    """Says where in a picture somebody is."""

    def find(self, picture_bgr: NDArray[np.uint8]) -> Region | None:
        """Return the square around the person who stands out most, None where there seems to be nobody."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found in a square, and the square for the next frame."""

    pose: Pose
    quality: float
    """The peak of the landmark in the middle."""
    following: Region
    colours: Colours


class LiteRtEstimator(Looking):
    """The pose model in our own hands: the region follows from the frame before, the landmarks from this frame alone.

    A region that hardly moves stays where it is. In MediaPipe it moves with each frame, and as no two regions give quite the
    same landmarks, and those give the next region, landmarks never come to rest, not even in a picture that stands still.

    The finder is asked in the first frame, where the person was lost, and every few seconds. Where somebody or something hid
    the person, they are looked for where they were, too, so that nobody else is followed in their place.

    Parameters
    ----------
    model
        ``heavy``, ``full``, ``lite``, or the path of a model bundle (``.task``).
    threads
        So many are used; None = as many as there are cores, at most 4. For the same number the landmarks of a clip are
        the same on each run.
    device
        Where the landmarks are found: ``gpu`` is the graphics processor.
    finder
        Says where to look; None = the detector that comes with the model.
    is_steady
        Leave the region where it is; False = move it each time, as MediaPipe does.

    Raises
    ------
    UsageError
        When there is no such model, or its file is not a pose model.
    InstallationError
        When a model that comes with formcheck is missing or damaged.
    DeviceError
        When the graphics processor cannot be used.
    """

    backend: ClassVar[Backend] = "litert"

    def __init__(
        self,
        model: str | Path,
        threads: int | None = None,
        finder: Finder | None = None,
        *,
        device: Device = "cpu",
        is_steady: bool = True,
    ) -> None:
        super().__init__()
        self.model = str(model)
        path = find_bundle(self.model)
        try:
            self.threads = usual_threads() if threads is None else threads
            self._landmarks = LandmarkModel(path, self.threads, device)
            self._finder = LiteRtFinder(path, self.threads) if finder is None else finder
        except ValueError as error:
            raise not_a_model(self.model, path) from error
        self.device = device
        self._is_steady = is_steady
        self._region: Region | None = None
        self._checked_s = -math.inf
        self._person = Whereabouts()

    def close(self) -> None:
        """Let go of the model; harmless when done twice."""
        self._landmarks.close()

    def forget(self) -> None:
        """Follow nobody any more."""
        self._region = None
        self._person.forget()

    def go_on_from(self, before: object) -> None:
        """Follow whom another one followed in the same pictures until now, if that one is of this kind, too."""
        super().go_on_from(before)
        if isinstance(before, LiteRtEstimator):
            self._region, self._checked_s, self._person = before._region, before._checked_s, before._person

    def find_person(self, frame: Frame) -> Pose | None:
        """Return the person in a frame that is fit to show one."""
        region = self._region
        seen = None if region is None else self._look(frame, region)
        if region is not None and (seen is None or self._person.is_far(frame.time_s, seen.following)):
            seen = self._where_they_go(frame) or seen
        if seen is None or region is None or seen.quality < LOST_PEAK:
            seen = self._found_again(frame)
            self._checked_s = frame.time_s
        elif frame.time_s - self._checked_s >= (CHECK_S if seen.quality >= DOUBTED_PEAK else DOUBTED_S):
            seen = self._best(frame, region, seen)
            self._checked_s = frame.time_s
        if seen is None:
            self._region = None
            self._person.lose()
            return None
        seen = self._not_another(frame, seen)
        self._person.note(frame.time_s, seen.following, seen.colours)
        stays = self._is_steady and region is not None and region.is_steady(seen.following)
        self._region = region if stays else seen.following
        return seen.pose

    def _best(self, frame: Frame, region: Region, seen: _Seen) -> _Seen:
        """Return whoever is seen better: the person who is followed, or the one who stands out in the whole picture."""
        place = self._finder.find(frame.image_bgr)
        if place is None or place.is_like(region):
            return seen
        other = self._found(frame, place)
        return other if other is not None and other.quality > BETTER * seen.quality else seen

    def _found_again(self, frame: Frame) -> _Seen | None:
        """Return the person who was lost where they were, or whoever stands out if that one looks more like the person.

        The detector overlooks who is small, lies or is hidden in part.
        """
        there = self._there(frame, self._person.place(frame.time_s))
        if there is not None and not self._person.is_foreign(there.colours):
            return there
        found = self._found(frame, self._finder.find(frame.image_bgr))
        return there if found is None or (there is not None and self._person.is_foreign(found.colours)) else found

    def _where_they_go(self, frame: Frame) -> _Seen | None:
        """Return who is where the person was going: where two are in one square, landmarks are those of either, or of both."""
        place = self._person.expected(frame.time_s)
        seen = None if place is None else self._look(frame, place)
        if seen is None or seen.quality < DOUBTED_PEAK or self._person.is_foreign(seen.colours):
            return None
        return None if self._person.is_far(frame.time_s, seen.following) else seen

    def _not_another(self, frame: Frame, seen: _Seen) -> _Seen:
        """Return who is followed, or the person themselves where somebody else took their place and went away with it."""
        there = self._there(frame, self._person.other_place(frame.time_s, seen.following))
        if there is None or is_one_place(there.following, seen.following):
            return seen
        return there if self._person.may_be(there.colours, seen.colours) else seen

    def _there(self, frame: Frame, place: Region | None) -> _Seen | None:
        """Return who is well seen at a place, and nowhere near it."""
        seen = None if place is None else self._look(frame, place)
        if seen is None or place is None or seen.quality < DOUBTED_PEAK:
            return None
        return seen if is_one_place(seen.following, place) else None

    def _found(self, frame: Frame, place: Region | None) -> _Seen | None:
        """Return the person at a place, None where there is none after all."""
        seen = None if place is None else self._look(frame, place)
        return None if seen is None or seen.quality < LOST_PEAK else self._settled(frame, seen)

    def _settled(self, frame: Frame, seen: _Seen) -> _Seen:
        """Look again from where the person turned out to be, until that stays: first landmarks are to be like those that follow.

        Landmarks from the square that the detector gives lie up to 4 % of the torso beside those of the next picture: who
        stands still would seem to move.
        """
        for _ in range(SETTLES if self._is_steady else 0):
            region = seen.following
            again = self._look(frame, region)
            if again is None:
                return seen
            if region.is_steady(again.following):
                return replace(again, following=region)
            seen = again
        return seen

    def _look(self, frame: Frame, region: Region) -> _Seen | None:
        """Return the person in a square, None where there is none."""
        shown = region.cut_out(frame.image_bgr, SIDE)
        answer = self._landmarks.look(shown)
        if not answer.score >= PRESENT:
            return None
        refined = refine(answer.marks[:, :2], answer.heatmaps, SIDE)
        points_px = region.in_picture(refined.points, SIDE)
        quality = float(np.median(refined.peak[:_COUNT]))
        following = Region.around(points_px[_CENTRE], points_px[_RIM])
        height, width = frame.image_bgr.shape[:2]
        if not following.is_plausible((width, height)):
            return None
        beliefs = logistic(answer.marks[:_COUNT, 3:])
        pose = Pose(
            time_s=frame.time_s,
            image_px=rounded(points_px[:_COUNT], PX_DECIMALS),
            world_m=rounded(region.turned(answer.world[:_COUNT]), WORLD_DECIMALS),
            visibility=rounded(beliefs[:, 0], BELIEF_DECIMALS),
            evidence=Evidence(
                peak=rounded(refined.peak[:_COUNT], BELIEF_DECIMALS),
                spread_px=rounded(refined.spread[:_COUNT] * region.side_px / SIDE, PX_DECIMALS),
                presence=rounded(beliefs[:, 1], BELIEF_DECIMALS),
            ),
            is_raw=True,
        )
        return _Seen(pose, quality, following, colours_of(shown, refined.points))
