"""What would make the next recording of an exercise easier to judge."""

from collections.abc import Iterator, Mapping

from formcheck.body.calibration import Calibration
from formcheck.body.camera_roll import CameraRoll
from formcheck.body.signals import ALONG_FLOOR
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.reading import signals_in
from formcheck.exercise.words import Exercise, Metric

LEVEL_WITHIN_DEG = 2.0
"""A level camera rolls 2° at most (rules/METHOD.md, chapter 1)."""
CROPPED_SHARE = 0.3
TRACKED_SHARE = 0.9

_PARTS = {
    "the feet": ("ankle", "heel", "foot_index"),
    "the knees": ("knee",),
    "the hands": ("wrist",),
    "the head": ("ear", "nose"),
}


def advise(
    exercise: Exercise,
    seen: ViewSeen,
    roll: CameraRoll,
    tilt_deg: float | None,
    calibration: Calibration,
    unseen_share: Mapping[str, float],
    tracked: float,
) -> tuple[str, ...]:
    """Return pieces of advice, each a sentence or two; none where all was well.

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
    return tuple(_advice(exercise, seen, roll, tilt_deg, calibration, unseen_share, tracked))


def _advice(
    exercise: Exercise,
    seen: ViewSeen,
    roll: CameraRoll,
    tilt_deg: float | None,
    calibration: Calibration,
    unseen_share: Mapping[str, float],
    tracked: float,
) -> Iterator[str]:
    best = exercise.views[0]
    if seen.kind is not None and seen.kind is not best:
        yield f"Best seen from the {_words(best)}, this was seen from the {_words(seen.kind)}. {exercise.camera}"
    roll_deg, error_deg = roll.roll_deg, roll.error_deg
    if roll_deg is not None and error_deg is not None and abs(roll_deg) > LEVEL_WITHIN_DEG + error_deg:
        yield (
            f"The camera is rolled by {abs(roll_deg):.0f}° ±{error_deg:.0f}°, and so every angle to the vertical is off: "
            "level it."
        )
    for words, parts in _PARTS.items():
        shares = [
            share for name, share in unseen_share.items() if name.removeprefix("left_").removeprefix("right_") in parts
        ]
        if shares and max(shares) > CROPPED_SHARE:
            yield f"Often {words} could not be seen: place the camera so that all of you is in the picture."
    if 0 < tracked < TRACKED_SHARE:
        yield f"Nobody could be followed for {1 - tracked:.0%} of the recording."
    if tilt_deg is None and tracked > 0 and any(_needs_floor(check) for check in exercise.checks):
        yield (
            "Where knees and feet are over the floor could not be measured, since the tilt of the camera is not known: "
            "begin with 2 s of standing upright, the whole body in the picture."
        )
    if calibration.source == "default" and tracked > 0:
        yield "Your proportions are not known: begin with 2 s of standing still, facing the camera."


def _needs_floor(check: Metric) -> bool:
    return any(signal in ALONG_FLOOR for band in check.bands for signal, _ in signals_in(band.quantity))


def _words(view: View) -> str:
    return "45° angle" if view is View.OBLIQUE else str(view)
