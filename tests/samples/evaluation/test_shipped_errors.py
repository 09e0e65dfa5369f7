"""The errors that ship are made of what each clip showed: what nearly everybody has is told from what differs."""

import pytest

from formcheck.body.view import View
from samples.evaluation.score import ClipScore
from samples.evaluation.shipped_errors import NOT_ELSEWHERE, error_table, is_steady, row_of
from samples.evaluation.signal_errors import Errors, Key
from samples.evaluation.work import Result

HIP = ("hip_flexion_deg", View.SIDE)


def errors(bias: float, scatter: float, change: float = 0.0, frames: int = 100) -> Errors:
    """Return the errors of a clip that reads so much too much, and differs so much from frame to frame."""
    squares = frames * (bias**2 + scatter**2)
    return Errors(frames, frames * bias, frames * abs(bias), squares, frames, frames * change**2, 1)


def test_a_bias_that_all_clips_share_is_taken_off_and_their_scatter_is_left():
    row = row_of([errors(-10, 3, 4)] * 5, HIP)
    assert (row["clips"], row["frames"], row["steady"]) == (5, 500, True)
    assert (row["error"], row["bias"], row["spread"], row["change"]) == (10, -10, 3, 4)


def test_a_bias_that_differs_from_clip_to_clip_stays_in_the_error():
    row = row_of([errors(bias, 1) for bias in (-12, -6, 0, 6, 12)], HIP)
    assert row["steady"] is False
    assert row["bias"] == 0


def test_one_clip_in_which_a_limb_is_lost_makes_no_bias():
    row = row_of([*[errors(0.5, 3)] * 6, errors(-90, 40)], HIP)
    assert (row["bias"], row["steady"]) == (0.5, False)
    assert float(row["spread"]) < 4


@pytest.mark.parametrize(
    ("bias", "spread", "clips", "steady"),
    [
        (10, 5, 5, True),
        (-10, 5, 5, True),
        (10, 5, 4, False),  # too few to say so
        (6, 5, 5, False),  # could be theirs alone
        (6, 5, 20, True),
        (3, 5, 100, False),  # certain, but taking it off gains little
    ],
)
def test_a_bias_is_steady_if_it_is_large_and_certain(bias: float, spread: float, clips: int, steady: bool) -> None:
    assert is_steady(bias, spread, clips) is steady


def test_what_did_not_hold_on_other_people_is_not_taken_off():
    for what in NOT_ELSEWHERE:
        assert row_of([errors(-10, 3)] * 9, what)["steady"] is False


def result(model: str, near: float, far: float, purpose: str = "correct") -> Result:
    found = {Key("dead_bug", f"{joint}_flexion_deg", "side", place): errors(bias, 0, bias)
             for joint in ("knee", "hip") for place, bias in (("near", near), ("far", far))}  # fmt: skip
    score = ClipScore(2, 2, (True,), (), (), True, 0, "right")
    return Result("dead_bug-a", "dead_bug", "basic", purpose, model, 0.5, score, None, found)  # type: ignore[arg-type]


def test_every_model_has_its_own_rows_and_the_lighter_ones_a_factor():
    found = error_table([result("heavy", 4, 5), result("lite", 6, 10)], {"factors": {"full": {"any": 1.2}}})
    assert found["factors"] == {"full": {"any": 1.2}, "lite": {"near": 1.5, "far": 2.0, "any": 1.7}}
    knee = found["models"]["lite"]["knee_flexion_deg"]  # type: ignore[index]
    assert {place: row["error"] for place, row in knee["side"].items()} == {
        "near": 6,
        "far": 10,
        "any": pytest.approx(8.2),
    }
    assert set(found["models"]) == {"heavy", "lite"}


def test_what_was_measured_of_other_models_before_stays():
    found = error_table(
        [result("heavy", 4, 5)], {"factors": {"lite": {"any": 1.4}}, "models": {"lite": {}, "heavy": {}}}
    )
    assert found["factors"] == {"lite": {"any": 1.4}}
    assert found["models"]["lite"] == {}
    assert found["models"]["heavy"]
