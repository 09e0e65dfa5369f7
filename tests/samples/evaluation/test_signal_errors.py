"""Every signal has a truth or a reason why not; errors are what one adds to the truth."""

import numpy as np
import pytest

from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.pose.pose import Side
from samples.evaluation.known import Points, TrueRep
from samples.evaluation.signal_errors import Errors, Key, errors_of, used_by
from samples.evaluation.signal_truth import TRUTHS, WITHOUT_TRUTH, true_values
from samples.evaluation.staging import rule_of
from samples.evaluation.watching import Series
from samples.figure import movement


def test_every_signal_has_a_truth_or_a_reason():
    assert sorted([*TRUTHS, *WITHOUT_TRUTH]) == sorted(item.name for item in SIGNALS)


def test_true_values_are_those_that_the_figure_was_given():
    moving = movement("lateral_lunge", knobs={"lateral_lean_deg": 12.0, "hip_drop": 0.2})
    rep = moving.truth.reps[0]
    times = np.array([rep.start_s - 0.5, rep.peak_s + 0.1])
    values = true_values(moving.pose_at(times))
    assert values["lateral_lean_deg"][1] == pytest.approx(-12.0, abs=0.5)
    assert values["hip_drop_l"][1] - values["hip_drop_l"][0] == pytest.approx(0.2, abs=0.01)
    assert values["knee_flexion_deg.left"][1] == pytest.approx(3.0, abs=0.5)


def test_errors_are_found_by_view_and_side():
    moving = movement("dead_bug", "basic", lead_s=2.0)
    times = np.arange(0.0, moving.duration_s, 0.2)
    points = moving.pose_at(times)
    values = {key: value + (5.0 if key.endswith(".right") else -2.0) for key, value in true_values(points).items()}
    right: Side = "right"
    sides = (right,) * times.size
    series = Series(times, (View.SIDE,) * times.size, sides, values)
    reps = [TrueRep(None, rep.start_s, rep.end_s) for rep in moving.truth.reps]
    found = errors_of("dead_bug", "basic", series, Points(times, points[..., :2], points), reps)
    near = found[Key("dead_bug", "knee_flexion_deg", "side", "near")]
    far = found[Key("dead_bug", "knee_flexion_deg", "side", "far")]
    assert (near.bias, near.mae, near.rms, near.clips) == pytest.approx((5.0, 5.0, 5.0, 1))
    assert (far.bias, far.mae) == pytest.approx((-2.0, 2.0))
    assert near.change_rms == pytest.approx(0.0, abs=1e-6)


def test_sums_of_errors_add_up():
    both = Errors(2, 6.0, 6.0, 20.0, 0, 0.0, 1) + Errors(2, -2.0, 2.0, 4.0, 0, 0.0, 1)
    assert (both.frames, both.clips, both.bias, both.mae) == (4, 2, 1.0, 2.0)
    assert both.rms == pytest.approx(6.0**0.5)


def test_only_what_a_rule_looks_at_is_measured_for_it():
    names = used_by(rule_of("kettlebell_shift"), None)
    assert {"weight_shift_ratio", "knee_flexion_deg"} <= set(names)
    assert "hip_deviation_ratio" not in names
