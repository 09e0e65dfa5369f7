import json
from importlib.resources import files

import pytest

from formcheck.body.measured_errors import LEAST_CLIPS, LEAST_FRAMES, measured_errors
from formcheck.body.signals import SIGNALS
from formcheck.body.view import View

TABLE = json.loads(files("formcheck.body").joinpath("signal_errors.json").read_text(encoding="utf-8"))
BY_NAME = {signal.name: signal for signal in SIGNALS}


def test_the_table_speaks_of_signals_and_views_that_exist():
    assert set(TABLE) <= set(BY_NAME)
    assert {view for views in TABLE.values() for view in views} <= {view.value for view in View}


def test_what_rests_on_little_is_no_measurement():
    kept = {(name, view) for name, views in measured_errors().items() for view in views}
    enough = {
        (name, View(view))
        for name, views in TABLE.items()
        for view, row in views.items()
        if row["clips"] >= LEAST_CLIPS and row["frames"] >= LEAST_FRAMES
    }
    assert kept == enough


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_measured_error_rules_where_a_view_can_show_the_signal(name):
    signal = BY_NAME[name]
    for view, measured in measured_errors()[name].items():
        stated = signal.error_in(view)
        assert stated == measured.value if view in signal.error else stated != stated
