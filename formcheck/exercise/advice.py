"""What made a recording hard to judge, so that the next one can be better."""

from collections.abc import Iterator, Mapping

from formcheck.body.calibration import Calibration
from formcheck.body.camera_roll import CameraRoll
from formcheck.body.signals import ALONG_FLOOR
from formcheck.body.view import ViewSeen
from formcheck.exercise.reading import signals_in
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.words import Exercise, Metric

LEVEL_WITHIN_DEG = 2.0
"""A level camera rolls 2° at most (rules/METHOD.md, chapter 1)."""
CROPPED_SHARE = 0.3
"""A part that was not seen in more than this share of the frames was out of the picture, or hidden (judgement)."""
TRACKED_SHARE = 0.9
"""Somebody who was seen in less than this share of the frames was lost often (judgement)."""

_PARTS = {"feet": ("ankle", "heel", "foot_index"), "knees": ("knee",), "hands": ("wrist",), "head": ("ear", "nose")}


def advise(
    exercise: Exercise,
    seen: ViewSeen,
    roll: CameraRoll,
    tilt_deg: float | None,
    calibration: Calibration,
    unseen_share: Mapping[str, float],
    tracked: float,
) -> Iterator[Reason]:
    """Yield what made it hard to judge; nothing where all was well.

    Parameters
    ----------
    exercise
        What was done.
    seen, roll, tilt_deg, calibration
        How the camera stood, and what is known of the person.
    unseen_share
        Share of the tracked frames in which each landmark was not seen.
    tracked
        Share of all frames in which the person was seen.
    """
    best = exercise.views[0]
    if seen.kind is not None and seen.kind is not best:
        words = {"best": str(best), "seen": str(seen.kind), "camera": exercise.camera}
        yield Reason(Code.OTHER_VIEW_BETTER, words=words)
    roll_deg, error_deg = roll.roll_deg, roll.error_deg
    if roll_deg is not None and error_deg is not None and abs(roll_deg) > LEVEL_WITHIN_DEG + error_deg:
        yield Reason(Code.CAMERA_ROLLED, {"value": abs(roll_deg), "error": error_deg})
    for name, parts in _PARTS.items():
        shares = [
            share for mark, share in unseen_share.items() if mark.removeprefix("left_").removeprefix("right_") in parts
        ]
        if shares and max(shares) > CROPPED_SHARE:
            yield Reason(Code.OFTEN_UNSEEN, names=(name,))
    if 0 < tracked < TRACKED_SHARE:
        yield Reason(Code.OFTEN_LOST, {"share": 1 - tracked})
    if tilt_deg is None and tracked > 0 and any(_needs_floor(check) for check in exercise.checks):
        yield Reason(Code.TILT_UNKNOWN)
    if calibration.source == "default" and tracked > 0:
        yield Reason(Code.PROPORTIONS_UNKNOWN)


def _needs_floor(check: Metric) -> bool:
    return any(signal in ALONG_FLOOR for band in check.bands for signal, _ in signals_in(band.quantity))
