"""The errors that ship: looked up by signal, view, place and model, each with its own fallback."""

import json
import math
from importlib.resources import files

import pytest

from formcheck.body.measured_errors import (
    LEAST_CLIPS,
    LEAST_FRAMES,
    MEASURED_MODEL,
    MeasuredError,
    Place,
    measured_error,
)
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View
from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import BACKENDS
from formcheck.pose.pose import looker

TABLE = json.loads(files("formcheck.body").joinpath("signal_errors.json").read_text(encoding="utf-8"))
HEAVY = TABLE["models"][MEASURED_MODEL]
BY_NAME = {signal.name: signal for signal in SIGNALS}
PLACES: tuple[Place | None, ...] = (None, "near", "far")


def known(name: str, place: Place | None, model: str | None = None) -> MeasuredError:
    found = measured_error(name, View.SIDE, place, model)
    assert found is not None
    return found


def test_the_table_speaks_of_signals_views_and_models_that_exist():
    lookers = {looker(model, backend) for model in MODELS for backend in BACKENDS}
    assert set(MODELS) <= set(TABLE["models"]) | set(TABLE["factors"]) <= lookers
    for rows in TABLE["models"].values():
        assert set(rows) <= set(BY_NAME)
        assert {view for views in rows.values() for view in views} <= {view.value for view in View}


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_what_rests_on_little_is_no_measurement(name):
    for view, places in HEAVY[name].items():
        enough = places["any"]["clips"] >= LEAST_CLIPS and places["any"]["frames"] >= LEAST_FRAMES
        assert (measured_error(name, View(view), model="heavy") is not None) == enough


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_the_measured_error_rules_where_a_view_can_show_the_signal(name):
    signal = BY_NAME[name]
    for view in View:
        measured = measured_error(name, view, model="heavy")
        stated = signal.error_in(view, model="heavy")
        if view not in signal.error:
            assert math.isnan(stated)
        else:
            assert stated == (signal.error[view] if measured is None else measured.value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["spinal_twist_deg", "trunk_roll_deg", "hip_flexion_deg", "knee_flexion_deg"])
def test_value_and_change_each_fall_back_to_their_own_kind(name, place):
    rows = HEAVY[name][View.SIDE]
    own = [rows[place], rows["any"]] if place in rows else [rows["any"]]
    found = known(name, place)
    assert (found.value, found.change) == (own[0]["error"], next(row["change"] for row in own if "change" in row))


def test_a_place_that_was_never_seen_is_any_place():
    assert "near" not in HEAVY["trunk_roll_deg"][View.SIDE]  # the standing leg is the farther one
    assert known("trunk_roll_deg", "near") == known("trunk_roll_deg", None)


def test_a_bias_is_taken_off_where_it_is_steady_and_the_error_is_what_is_left():
    by_whoever, by_heavy = (known("hip_flexion_deg", "near", model) for model in (None, "heavy"))
    assert by_whoever.bias == 0.0
    assert by_heavy.bias < -5
    assert by_heavy.value == HEAVY["hip_flexion_deg"][View.SIDE]["near"]["spread"] < by_whoever.value
    assert by_heavy.change == by_whoever.change
    assert known("knee_flexion_deg", "near", "heavy").bias == 0.0  # differs from one person to the next


@pytest.mark.parametrize("place", PLACES)
def test_a_lighter_model_errs_more_by_a_measured_factor(place):
    heavy, full, lite = (known("knee_flexion_deg", place, model) for model in (None, "full", "lite"))
    assert heavy.value < full.value < lite.value
    assert lite.change / heavy.change == pytest.approx(TABLE["factors"]["lite"][place or "any"])
    assert lite.bias == 0.0


def test_a_model_that_nobody_knows_is_taken_for_the_heavy_one_with_its_bias():
    assert known("hip_flexion_deg", None, "/models/mine.task") == known("hip_flexion_deg", None)


@pytest.mark.parametrize("model", MODELS)
def test_what_another_backend_was_not_measured_at_is_that_of_its_model(model):
    with_litert = looker(model, "litert")
    for signal in SIGNALS:
        for view in signal.error:
            if with_litert not in TABLE["models"] or signal.name not in TABLE["models"][with_litert]:
                assert measured_error(signal.name, view, "near", with_litert) == measured_error(
                    signal.name, view, "near", model
                )


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_an_error_is_more_than_none_and_no_bias_larger_than_what_was_measured(signal):
    for view in signal.error:
        for place in PLACES:
            for model in (None, *MODELS):
                assert signal.error_in(view, place=place, model=model) > 0
                assert signal.error_in(view, of_change=True, place=place, model=model) > 0
                whole = signal.error_in(view, place=place)
                assert abs(signal.bias_in(view, place=place, model=model)) <= whole
