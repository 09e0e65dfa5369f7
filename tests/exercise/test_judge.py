"""What a check comes to: its verdict, its confidence, or why it could not be judged."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from formcheck.body.calibration import Calibration
from formcheck.body.measured_errors import MeasuredError, Place
from formcheck.body.meter import Measured
from formcheck.body.quantity import Quantity
from formcheck.body.view import View, ViewSeen
from formcheck.exercise.quantities import beyond_setting, change, each, near, other, peak
from formcheck.exercise.words import HOLD, JUDGEMENT, REP, Band, Confidence, Metric, Severity
from formcheck.pose.pose import LANDMARKS

from .made_up import (
    BOW,
    FPS,
    KNEES,
    Seen,
    bowing,
    coach_through,
    drop,
    fault,
    knee,
    knee_bend,
    lean,
    lifting,
    path,
    play,
    tilt,
    torso,
    trips,
    unjudged,
)


def bowed_with_knees(knees: Callable[[float], float] | float, fps: float = 30.0, **words: object) -> Seen:
    """Return a bow that is checked for bent knees: good to 15°, acceptable to 25°, a fault over 40°."""
    return coach_through(
        bowing(fault(**words)),  # type: ignore[arg-type]
        play(11, fps, torso=BOW, knee_left=knees, knee_right=knees),
    )


# -- verdicts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knees", "verdict"), [(10.0, "good"), (24.9, "good"), (25.1, "borderline"), (39.9, "borderline"), (40.1, "fault")]
)
def test_between_right_and_fault_lies_borderline_which_is_never_a_fault(knees: float, verdict: str) -> None:
    seen = bowed_with_knees(knees)
    assert seen.check("bad").band == verdict
    assert len(seen.faults("bad")) == (verdict == "fault")
    assert seen.only.clean == (verdict != "fault")
    assert seen.only.counted


def test_a_fault_says_when_how_much_and_how_sure() -> None:
    seen = bowed_with_knees(path((4.5, 10), (5.0, 50), (6.4, 50), (6.9, 10)), for_s=1.0)
    (found,) = seen.faults("bad")
    assert found.start_s == pytest.approx(4.85, abs=0.1)
    assert found.end_s == pytest.approx(6.55, abs=0.1)
    assert found.measured == pytest.approx(50, abs=0.5)
    assert (found.limit, found.unit, found.error, found.rep, found.side) == (40, "deg", 8, 1, None)
    assert found.confidence is Confidence.MEDIUM, "10° over are not twice the error"


@pytest.mark.parametrize("fps", FPS)
@pytest.mark.parametrize(("for_s", "words"), [(1.0, {}), (0.7, {"for_s": 0.7}), (0.4, {"during": REP})])
def test_a_fault_lasts_at_least_its_time(fps: float, for_s: float, words: dict[str, object]) -> None:
    """By default 1 s or 30 % of the end position, 0.4 s in a moving phase."""
    if for_s == 1.0:
        words = {"for_s": 1.0}
    frames = math.ceil(for_s * fps - 1e-9)
    for extra, found in ((0, 1), (-1, 0)):
        until_s = 5.0 + (frames + extra) / fps

        def knees(t: float, until_s: float = until_s) -> float:
            return 50.0 if 5.0 - 1e-9 <= t <= until_s + 1e-9 else 10.0

        seen = bowed_with_knees(knees, fps, **words)
        assert len(seen.faults("bad")) == found, (fps, extra)


def test_by_default_a_fault_lasts_a_second_or_thirty_percent_of_the_position() -> None:
    long = coach_through(
        bowing(fault()),
        play(18, torso=trips(90, hold_s=8), knee_left=lambda t: 50.0 if 6 <= t <= 6.95 else 10.0),
    )
    assert long.check("bad").band != "fault"
    short = coach_through(
        bowing(fault()),
        play(12, torso=trips(90, hold_s=0.1), knee_left=lambda t: 50.0 if 3.8 <= t <= 4.45 else 10.0),
    )
    assert short.check("bad").band == "fault"


def test_only_while_a_condition_holds() -> None:
    only_if = near(knee_bend) < 60
    assert bowed_with_knees(50.0, only_if=only_if).check("bad").band == "fault"
    assert bowed_with_knees(70.0, only_if=only_if).check("bad").band == "good"
    unseen = lean > 0
    assert bowed_with_knees(70.0, only_if=unseen).check("bad").band == "not_assessed"


def test_of_a_whole_movement_only_if_a_condition_held_at_some_moment() -> None:
    deepest = Band(
        quantity=peak(near(knee_bend)), good=(None, 15), acceptable=(None, 25), fault=(None, 40), origin=JUDGEMENT
    )
    knees = path((4.5, 10), (5.0, 50), (6.4, 50), (6.9, 10))
    assert bowed_with_knees(knees, band=deepest, only_if=near(knee_bend) > 45).check("bad").band == "fault"
    assert bowed_with_knees(knees, band=deepest, only_if=near(knee_bend) > 60).check("bad").band == "good"
    assert bowed_with_knees(knees, band=deepest, only_if=lean > 0).check("bad").band == "not_assessed"


def test_each_side_must_be_right_and_the_worse_one_is_reported() -> None:
    band = Band(quantity=each(knee_bend), good=(80, 100), fault=(60, 120), origin=JUDGEMENT)
    exercise = bowing(fault(band=band))
    high = coach_through(exercise, play(11, torso=BOW, knee_left=90, knee_right=130)).check("bad")
    low = coach_through(exercise, play(11, torso=BOW, knee_left=50, knee_right=90)).check("bad")
    assert (high.band, high.value, high.limit) == ("fault", pytest.approx(130), 120)
    assert (low.band, low.value, low.limit) == ("fault", pytest.approx(50), 60)
    unseen = coach_through(exercise, play(11, torso=BOW, knee_left=math.nan, knee_right=90)).check("bad")
    assert unseen.band == "not_assessed"


# -- confidence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("margin", "confidence"),
    [(0.99, None), (1.01, "low"), (1.49, "low"), (1.51, "medium"), (2.49, "medium"), (2.51, "high"), (9.0, "high")],
)
def test_confidence_follows_from_the_margin_over_the_error(margin: float, confidence: str | None) -> None:
    band = replace(KNEES, acceptable=None, fault=(None, 15 + margin * 8))
    check = coach_through(bowing(fault(band=band)), play(11, torso=BOW, knee_left=130)).check("bad")
    assert check.confidence == confidence
    assert check.band == ("fault" if confidence else "not_assessed")
    if confidence is None:
        assert unjudged(check) == "the error in this view (±8.0°) is larger than the margin (7.9°)"


@pytest.mark.parametrize(
    ("excess", "confidence"), [(0.95, "low"), (1.05, "medium"), (1.95, "medium"), (2.05, "high"), (9.0, "high")]
)
@pytest.mark.parametrize("low", [False, True])
def test_a_fault_is_the_surer_the_farther_it_lies_past_its_limit(excess: float, confidence: str, low: bool) -> None:
    sign, about = (-1.0, 100.0) if low else (1.0, 15.0)
    limits = [about, about + sign * 40]
    good, wrong = [(value, None) if low else (None, value) for value in limits]
    band = Band(quantity=near(knee_bend), good=good, fault=wrong, origin=JUDGEMENT)
    error = 8.0
    value = limits[1] + sign * excess * error
    check = coach_through(bowing(fault(band=band)), play(11, torso=BOW, knee_left=value)).check("bad")
    assert (check.error, check.band, check.confidence) == (error, "fault", confidence)


@pytest.mark.parametrize("value", [10.0, 20.0])
def test_what_is_right_is_as_sure_as_the_view_allows(value: float) -> None:
    assert coach_through(bowing(fault()), play(11, torso=BOW, knee_left=value)).check("bad").confidence == "high"


@pytest.mark.parametrize("value", [50.0, 70.0, 90.0, 100.0])
def test_a_side_without_a_fault_limit_does_not_spoil_the_confidence_of_the_other(value: float) -> None:
    band = Band(quantity=torso, good=(75, 100), acceptable=(60, 105), fault=(50, None), origin=JUDGEMENT)
    seen = coach_through(bowing(Metric(id="level", band=band)), play(11, torso=trips(value, rest=-30)))
    assert seen.check("level").confidence == "high"
    assert seen.check("level").limit == 50


@pytest.mark.parametrize(("source", "confidence"), [("default", "low"), ("running", "high"), ("standing", "high")])
@pytest.mark.parametrize(("quantity", "name", "limit", "value"), [(tilt, "tilt", 20.0, 50.0), (drop, "drop", 0.8, 1.5)])
def test_a_default_calibration_caps_what_is_divided_by_it_at_low(
    quantity: object, name: str, limit: float, value: float, source: str, confidence: str
) -> None:
    band = Band(quantity=quantity, good=(None, 0.0), fault=(None, limit), origin=JUDGEMENT)  # type: ignore[arg-type]
    samples = play(11, torso=BOW, view=ViewSeen.FRONT, calibration=Calibration(source), **{name: value})  # type: ignore[arg-type]
    seen = coach_through(bowing(fault(band=band, severity=Severity.MAJOR)), samples)
    assert seen.check("bad").confidence == confidence
    assert seen.faults("bad")[0].severity == (Severity.MINOR if source == "default" else Severity.MAJOR)


def test_a_default_calibration_does_not_touch_plain_angles() -> None:
    samples = play(11, torso=BOW, knee_left=60, calibration=Calibration())
    assert coach_through(bowing(fault()), samples).check("bad").confidence == "high"


def test_low_is_never_major() -> None:
    for limit, severity in ((25.0, Severity.MINOR), (30.0, Severity.MAJOR)):
        exercise = bowing(fault(band=replace(KNEES, acceptable=None, fault=(None, limit)), severity=Severity.MAJOR))
        assert coach_through(exercise, play(11, torso=BOW, knee_left=60)).faults("bad")[0].severity is severity


def test_check_and_exercise_may_cap_the_confidence() -> None:
    samples = play(11, torso=BOW, knee_left=60)
    capped = fault(at_most=Confidence.MEDIUM)
    assert coach_through(bowing(capped), samples).check("bad").confidence == "medium"
    assert coach_through(bowing(capped, at_most=Confidence.LOW), samples).check("bad").confidence == "low"


def test_landmarks_that_the_model_doubts_lower_the_confidence_a_step() -> None:
    exercise = bowing(fault())
    doubted = play(11, torso=BOW, knee_left=60, visibility=0.4)
    assert coach_through(exercise, doubted).check("bad").confidence == "medium"
    far = {f"right_{part}": 0.1 for part in ("hip", "knee", "ankle")}
    samples = [
        replace(sample, visibility=tuple(far.get(name, 1.0) for name in LANDMARKS))
        for sample in play(11, torso=BOW, knee_left=60)
    ]
    assert coach_through(exercise, samples).check("bad").confidence == "high"


# -- not assessed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("unseen_share", "assessed"), [(0.38, True), (0.43, False)])
def test_unseen_for_over_forty_percent(unseen_share: float, assessed: bool) -> None:
    def hide(sample: Measured) -> Measured:
        hidden = 4.0 <= sample.time_s < 4.0 + 3.0 * unseen_share
        measures = {**sample.measures, f"{knee_bend.name}.left": math.nan if hidden else 50.0}
        return replace(sample, measures=measures, unseen=frozenset({"left_ankle", "nose"} if hidden else ()))

    exercise = bowing(fault(during=HOLD))
    check = coach_through(exercise, map(hide, play(11, torso=BOW))).check("bad")
    assert (check.band == "fault") == assessed
    if not assessed:
        assert unjudged(check).startswith("part of the left leg could not be seen")


@pytest.mark.parametrize(
    ("view", "reason"),
    [(ViewSeen.LEFT, ""), (ViewSeen.FRONT, "needs a side or 45° view, seen from the front"),
     (ViewSeen.UNKNOWN, "the view of the camera is unknown")],
)  # fmt: skip
def test_the_view_must_show_it(view: ViewSeen, reason: str) -> None:
    exercise = bowing(fault(views=(View.SIDE, View.OBLIQUE)))
    check = coach_through(exercise, play(11, torso=BOW, knee_left=60, view=view)).check("bad")
    assert unjudged(check) == reason
    assert (check.band == "fault") == (reason == "")


def test_a_signal_that_the_view_cannot_show_is_not_assessed() -> None:
    band = Band(quantity=lean, good=(-10, 10), fault=(-25, 25), origin=JUDGEMENT)
    check = coach_through(bowing(fault(band=band)), play(11, torso=BOW, lean=60)).check("bad")
    assert unjudged(check) == "needs a front or back view, seen from the side"
    assert check.error is None


def test_a_fault_that_could_not_last_long_enough_is_not_assessed() -> None:
    check = bowed_with_knees(60.0, for_s=20.0).check("bad")
    assert check.band == "not_assessed"
    assert "needs 20.0 s" in unjudged(check)


def test_without_an_end_point_there_is_nothing_to_be_beyond() -> None:
    band = Band(quantity=beyond_setting(knee, "end_deg"), good=(None, 0), fault=(None, 15),
                origin=JUDGEMENT)  # fmt: skip
    exercise = lifting(fault(band=band))
    samples = play(11, torso=5.0, knee_left=BOW, knee_right=5.0)
    assert unjudged(coach_through(exercise, samples).check("bad")) == "no personal end point is set"
    set_to = {"end_deg.left": 60.0}
    assert coach_through(exercise, samples, settings=set_to).check("bad").value == pytest.approx(30, abs=1)


def test_whose_landmarks_are_missing() -> None:
    band = Band(quantity=other(knee_bend), good=(None, 15), fault=(None, 40), origin=JUDGEMENT)
    exercise = lifting(fault(band=band))
    samples = [
        replace(sample, unseen=frozenset({"left_ankle", "right_knee"}))
        for sample in play(11, torso=5.0, knee_left=BOW, knee_right=math.nan)
    ]
    assert (
        unjudged(coach_through(exercise, samples).check("bad"))
        == "part of the right leg could not be seen for over 40% of the time"
    )


# -- what a signal is known to read too much --------------------------------------------------------------------------

READS_TOO_LITTLE = MeasuredError(value=4.0, change=3.0, bias=-6.0)
"""Of every signal, when the heavy model looks."""


@pytest.fixture
def _heavy_reads_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(_name: str, _view: View, _place: Place | None = None, model: str | None = None) -> MeasuredError | None:
        return READS_TOO_LITTLE if model == "heavy" else None

    monkeypatch.setattr("formcheck.body.signal.measured_error", found)


def bent(quantity: Quantity, model: str | None) -> Seen:
    """Return a bow with knees that are bent by 36° as read, of what is a fault over 40°."""
    band = Band(quantity=quantity, good=(None, 15), acceptable=(None, 25), fault=(None, 40), origin=JUDGEMENT)
    knees = path((2.5, 0), (4.5, 36), (6.5, 36), (8.5, 0))
    samples = play(11, torso=BOW, knee_left=knees, knee_right=knees)
    return coach_through(bowing(fault(band=band)), [replace(item, model=model) for item in samples])


@pytest.mark.usefixtures("_heavy_reads_too_little")
@pytest.mark.parametrize(
    "quantity", [near(knee_bend), each(knee_bend), peak(near(knee_bend))], ids=["one", "each", "peak"]
)
def test_what_is_known_to_be_read_too_little_is_added_live_and_in_the_report(quantity: Quantity) -> None:
    seen = bent(quantity, "heavy")
    (found,) = seen.faults("bad")
    assert (found.measured, found.limit, found.error) == (pytest.approx(42, abs=0.1), 40, 4)
    assert [event.id for event in seen.told] == ["bad"]


@pytest.mark.usefixtures("_heavy_reads_too_little")
@pytest.mark.parametrize(
    ("quantity", "model"),
    [(change(near(knee_bend)), "heavy"), (near(knee_bend), "mine"), (near(knee_bend), None)],
    ids=["a change, in which it cancels", "another model", "nobody knows who looked"],
)
def test_nothing_is_added_where_it_cancels_or_was_not_measured(quantity: Quantity, model: str | None) -> None:
    seen = bent(quantity, model)
    assert seen.check("bad").band == "borderline"
    assert seen.check("bad").value == pytest.approx(36, abs=0.1)
    assert seen.told == []
