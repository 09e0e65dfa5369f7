"""Whether signals are as far off as they say, on clips of people from elsewhere."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.body.view import View
from samples.evaluation.coverage import ALONG_AXES, judged_by_rules, offs, table

OUTSIDE = Path(__file__).parents[4] / "shared" / "outside"


def test_shares_within_one_and_two_stated_errors():
    rows = list(
        table({("knee_flexion_deg", View.SIDE, "near"): [np.array([0.5, -0.5] * 50), np.array([1.5, -3.0] * 50)]})
    )
    assert [row.split()[-4:] for row in rows] == [["200", "2", "50%", "75%"]]


def test_too_few_frames_prove_nothing():
    assert not list(table({("knee_flexion_deg", View.SIDE, "near"): [np.zeros(99)]}))


def test_what_rules_judge_by_and_a_clip_from_elsewhere_can_tell():
    names = judged_by_rules()
    assert "torso_inclination_deg" in names["hip_airplane"]
    assert not any(ALONG_AXES & found for found in names.values())


@pytest.mark.skipif(not OUTSIDE.is_dir(), reason="there are no clips from elsewhere")
def test_knees_from_the_side_are_as_far_off_as_they_say():
    truth = {"reps": [{"start_s": 0.0, "end_s": 1e9}]}
    stem = OUTSIDE / "hip_flexion_P5_leaning_back"
    found = dict(offs(stem, truth, frozenset({"knee_flexion_deg"})))
    off = found["knee_flexion_deg", View.SIDE, "near"]
    assert np.mean(np.abs(off) < 2.0) > 0.9
