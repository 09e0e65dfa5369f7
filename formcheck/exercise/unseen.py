"""Why a band cannot be judged: the view does not show it, or the landmarks were not seen."""

import math
from collections import Counter
from collections.abc import Iterator

import numpy as np

from formcheck.body.view import ViewSeen
from formcheck.exercise.attempt import Attempt, Excursion
from formcheck.exercise.quantities import BeyondSetting, Change, RepQuantity, Role, series
from formcheck.exercise.reading import error_of, keys_of, signals_in
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.verdict import Span
from formcheck.exercise.words import Band, Metric
from formcheck.pose.pose import INDEX, Side, other_side

UNSEEN_SHARE = 0.4
"""Unseen for more than this share of its span, a check is not assessed (rules/METHOD.md, chapter 1)."""
_LIMBS = {
    **dict.fromkeys(("knee", "ankle", "heel", "foot_index"), "leg"),
    **dict.fromkeys(("elbow", "wrist", "pinky", "index", "thumb"), "arm"),
    **dict.fromkeys(("ear", "eye", "nose"), "head"),
}
DOUBTED_BELOW = 0.5
"""Landmarks that the model itself doubts more than this lower the confidence by a step."""


def view_reason(check: Metric, band: Band, view: ViewSeen, error: float) -> Reason | None:
    """Return why this view cannot show what a band looks at, None if it can."""
    if view.kind is None:
        return Reason(Code.VIEW_UNKNOWN)
    if view.kind in check.views and not math.isnan(error):
        return None
    can = [kind for kind in check.views if not math.isnan(error_of(band.quantity, kind))]
    if not can:
        return Reason(Code.NO_VIEW_SHOWS_IT)
    return Reason(Code.OTHER_VIEW_NEEDED, words={"seen": str(view.kind)}, names=tuple(map(str, can)))


def unseen_reason(band: Band, span: Span, attempt: Attempt) -> Reason | None:
    """Return why too little was seen of what a band looks at, None if enough was."""
    if isinstance(band.quantity, RepQuantity) and not any(True for _ in signals_in(band.quantity)):
        return None  # a clock
    changes = any(isinstance(part, Change) for part in band.quantity.parts())
    if changes and (attempt.from_first or not _rest_seen(band, attempt, span)):
        return Reason(Code.REST_UNSEEN)
    inner = band.quantity.of if isinstance(band.quantity, RepQuantity) else band.quantity  # type: ignore[attr-defined]
    unseen = np.isnan(series(inner, span.times.tolist(), span.moments))
    if unseen.mean() <= UNSEEN_SHARE:
        return None
    if any(isinstance(part, BeyondSetting) for part in band.quantity.parts()) and not attempt.settings:
        return Reason(Code.END_POINT_UNSET)
    missing = Counter(
        name
        for sample, gone in zip(span.samples, unseen, strict=True)
        if gone
        for name in _landmarks(band, attempt.side, sample.near)
        if name in sample.unseen
    )
    if missing:
        return Reason(Code.PARTS_UNSEEN, {"share": UNSEEN_SHARE}, names=_limbs(missing))
    # All landmarks were seen, but in this position and view they do not tell it.
    return Reason(Code.UNMEASURABLE, {"share": UNSEEN_SHARE})


def _limbs(missing: Counter[str]) -> tuple[str, ...]:
    """Return the limb that was missing most, or both of a pair: one lost limb is one cause, whatever looks at it."""
    limbs: Counter[str] = Counter()
    for name, times in missing.items():
        side, _, part = name.partition("_")
        limb = _LIMBS.get(part, "trunk")
        limbs[f"{side}_{limb}" if limb in ("leg", "arm") else limb] += times
    most = max(limbs.values())
    return tuple(sorted(limb for limb, times in limbs.items() if times == most))


def _rest_seen(band: Band, attempt: Attempt, span: Span) -> bool:
    """Return whether all that a band compares with rest was seen at rest."""
    near = span.samples[-1].near
    return not any(math.isnan(attempt.rest.get(key, math.nan)) for key in keys_of(band.quantity, attempt.side, near))


def unseen_hold_reason(attempt: Attempt, excursion: Excursion) -> Reason | None:
    """Return why a hold cannot be called short: too little was seen of what moves there, None if enough was."""
    held = attempt.moments(attempt.samples[int(np.flatnonzero(excursion.inside)[0]) :])
    unseen = float(np.mean([math.isnan(excursion.witness.quantity.value(moment)) for moment in held]))
    return Reason(Code.MOVING_PART_UNSEEN, {"share": UNSEEN_SHARE}) if unseen > UNSEEN_SHARE else None


def _landmarks(band: Band, side: Side | None, near: Side | None) -> Iterator[str]:
    for item, role in signals_in(band.quantity):
        sides: tuple[Side, ...] = ("left", "right")
        if item.sided and role is not None:
            chosen = near if role is Role.NEAR else side
            if role is Role.OTHER and chosen is not None:
                chosen = other_side(chosen)
            sides = (chosen,) if chosen is not None else sides
        for part in item.landmarks:
            yield from (f"{each}_{part}" for each in sides)


def doubted(band: Band, span: Span) -> bool:
    """Return whether the model itself doubts the landmarks that a band looks at."""
    last = span.moments[-1]
    used = [INDEX[name] for name in dict.fromkeys(_landmarks(band, last.side, last.near))]
    beliefs = np.array([sample.visibility for sample in span.samples if sample.visibility])
    return bool(used) and beliefs.size > 0 and float(beliefs[:, used].mean()) < DOUBTED_BELOW
