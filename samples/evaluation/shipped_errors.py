"""The errors that the signals are to state: by model, signal, view and place, with what is taken off and what is left.

"near" and "far" are the side nearer the camera and the other one, "any" is either, and what has no sides.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.body.view import View

from .signal_errors import Errors
from .summary import keys, pooled, scored
from .work import Result

TWO_OF_THREE = 0.68
LEAST_FRAMES_OF_CLIP = 30
"""A clip in which a view lasted less says nothing of it."""
PLAIN = ("correct", "fault", "wrong_view")
"""Purposes of clips in which nothing but the view makes it hard."""

STEADY_CLIPS, STEADY_SHARE, STEADY_ERRORS = 5, 0.7, 3.0
"""A bias is taken off if it rests on so many clips, is at least this share of what is left without it, and at least so
many standard errors of that: chosen by what held on other people (rules/METHOD.md, chapter 1)."""
NOT_ELSEWHERE = frozenset(
    {
        ("lower_wrist_height_t", View.OBLIQUE),
        ("shoulder_behind_hand_t", View.SIDE),
    }
)
"""Biases that were none, or the opposite, on other people: those of one camera, or of one body."""

Row = dict[str, float | bool]
Rows = dict[str, dict[str, dict[str, Row]]]
"""By signal, view and place."""


def error_table(results: Sequence[Result], known: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Return what ``signal_errors.json`` holds: errors by model, and the factor of each model that was measured less.

    `known` is what it held: what it says of models that did not look this time stays.
    """
    models = list(dict.fromkeys(item.model for item in results))
    measured = {model: _rows_of(scored(results, *PLAIN, model=model)) for model in models}
    factors = {model: _factors(results, models[0], model) for model in models[1:]}
    return {
        "factors": {**known.get("factors", {}), **factors},
        "models": {**known.get("models", {}), **measured},
    }


def _rows_of(results: Sequence[Result]) -> Rows:
    found: Rows = {}
    for name, view in sorted({(key.signal, key.view) for key in keys(results)}):
        for place in ("any", "near", "far"):
            where = {} if place == "any" else {"place": place}
            clips = [pooled([item], signal=name, view=view, **where) for item in results]
            clips = [errors for errors in clips if errors.frames >= LEAST_FRAMES_OF_CLIP]
            if clips:
                found.setdefault(name, {}).setdefault(view, {})[place] = row_of(clips, (name, View(view)))
    return found


def row_of(clips: Sequence[Errors], what: tuple[str, View]) -> Row:
    """Return the errors of a signal in a view, from those of each clip.

    The error is the one that two clips of three stay within (rms over the frames of their repetitions), so that a clip
    in which the model loses a limb does not speak for all others; the bias is that of the clip in the middle.
    """
    bias = float(np.median([errors.bias for errors in clips]))
    spreads = [math.sqrt(max(0.0, errors.rms**2 - 2.0 * bias * errors.bias + bias**2)) for errors in clips]
    spread = _two_of_three(spreads)
    row: Row = {
        "clips": len(clips),
        "frames": sum(errors.frames for errors in clips),
        "error": rounded(_two_of_three([errors.rms for errors in clips])),
        "bias": rounded(bias),
        "spread": rounded(spread),
        "steady": is_steady(bias, spread, len(clips)) and what not in NOT_ELSEWHERE,
    }
    changes = [errors.change_rms for errors in clips if errors.changes]
    if changes:
        row["change"] = rounded(_two_of_three(changes))
    return row


def is_steady(bias: float, spread: float, clips: int) -> bool:
    """Return whether a bias is nearly everybody's, so that it may be taken off."""
    return clips >= STEADY_CLIPS and abs(bias) >= spread * max(STEADY_SHARE, STEADY_ERRORS / math.sqrt(clips))


def rounded(value: float) -> float:
    """Return two significant digits, three from 100 on."""
    return float(f"{value:.2g}") if abs(value) < 100 else round(value)


def _two_of_three(values: Sequence[float]) -> float:
    return float(np.quantile(values, TWO_OF_THREE))


def _factors(results: Sequence[Result], best: str, model: str) -> dict[str, float]:
    """Return by place how many times worse a model reads knees and hips from the side than the best one, on average."""
    worse: dict[str, list[float]] = {"near": [], "far": []}
    for place, ratios in worse.items():
        for joint in ("knee", "hip"):
            of = [
                pooled(scored(results, "correct", model=name), signal=f"{joint}_flexion_deg", place=place, view="side")
                for name in (best, model)
            ]
            if all(errors.frames for errors in of):
                ratios.append(max(1.0, of[1].mae / of[0].mae))
    places = {**worse, "any": [ratio for ratios in worse.values() for ratio in ratios]}
    return {place: rounded(float(np.exp(np.mean(np.log(ratios))))) for place, ratios in places.items() if ratios}
