"""The observability table: what geometry alone decides, it must say."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from formcheck.body.view import View as Kind
from formcheck.pose.pose import SIDES
from samples.evaluation.criteria import SEEDS, Criterion, criteria
from samples.evaluation.error_model import ANY, ErrorModel, Errors, read
from samples.evaluation.measures import TODAY
from samples.evaluation.observability import rows_of
from samples.evaluation.observed import TABLE, Row, read_table, write_table
from samples.evaluation.places import Table, letter, page, recommended
from samples.evaluation.postures import bodies_for
from samples.evaluation.seen_bodies import Place
from samples.evaluation.staging import rule_of
from samples.figure import DRILLS, best_view
from samples.figure import quantities as q

FEW = 70
SIDE, FRONT = Place(90.0, 0.9), Place(0.0, 0.9)


def criterion(exercise: str, signal: str, fault: str = "") -> Criterion:
    return next(item for item in criteria(exercise) if item.signal == signal and item.id.startswith(fault))


@pytest.fixture(scope="module")
def exact() -> ErrorModel:
    """Return errors of nothing, from everywhere."""
    known = read()[ANY, Kind.SIDE]
    none = {
        name: np.zeros_like(getattr(known, name)) for name in ("postures", "offsets", "by_posture", "shapes", "rest")
    }
    return {(ANY, kind): Errors(**none, shapes_last_s=known.shapes_last_s, rest_lasts_s=1.0) for kind in Kind}


def row(rows: list[Row], place: Place, family: str = TODAY) -> Row:
    return next(item for item in rows if item.place == place and item.family == family)


def test_people_stand_on_both_sides_of_a_limit() -> None:
    for item in (
        criterion("kettlebell_shift", "knee_inside_t"),
        criterion("lateral_lunge", "standing_knee_flexion_deg"),
    ):
        beyond = (bodies_for(item, 40).truth - item.good) / (item.limit - item.good)
        assert (beyond < 0.5).sum() > 5, item.name
        assert (beyond > 1.0).sum() > 5, item.name


def test_each_criterion_is_named_once_and_has_a_limit() -> None:
    found = list(criteria())
    assert len({(item.exercise, item.level, item.name, item.knob) for item in found}) == len(found)
    assert all(item.margin > 0 for item in found)
    assert {item.exercise for item in found if item.is_seed} == set(SEEDS)


def test_bones_are_as_long_at_rest_as_in_the_end_position() -> None:
    bodies = bodies_for(criterion("lateral_lunge", "standing_knee_flexion_deg"), 20)
    for side in SIDES:
        for first, last in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow")):
            lengths = q.distance(bodies.points_m, f"{side}_{first}", f"{side}_{last}")
            assert np.allclose(lengths[:, 0], lengths[:, 1], atol=1e-6)


def test_a_knee_is_seen_from_the_side_and_not_from_where_it_points(exact: ErrorModel) -> None:
    rows = list(rows_of(criterion("dead_bug", "knee_flexion_deg", "extended"), exact, (SIDE, FRONT), FEW))
    from_the_side = row(rows, SIDE)
    assert from_the_side.gain == pytest.approx(1.0, abs=0.1)
    assert from_the_side.ratio > 2.5
    in_the_picture = [item.ratio for item in rows if item.place == FRONT and item.family == "angle in the picture"]
    assert max(in_the_picture, default=0.0) < from_the_side.ratio / 2


def test_a_knee_that_falls_inward_shows_in_the_picture_from_the_front_legs_side() -> None:
    knee = criterion("kettlebell_shift", "knee_inside_t")
    places = Place(60.0, 0.9), Place(-30.0, 0.9)
    best = {item.place: item for item in rows_of(knee, read(), places, FEW) if item.family == "way in the picture"}
    assert best[places[0]].ratio > 1.5
    assert places[1] not in best or best[places[1]].ratio < best[places[0]].ratio


def test_the_page_recommends_where_most_is_seen_and_the_table_is_the_same_each_time(tmp_path: Path) -> None:
    places = [Place(azimuth, 0.9) for azimuth in (75.0, 90.0, 105.0)]
    rows = list(rows_of(criterion("dead_bug", "knee_flexion_deg", "extended"), read(), places, FEW))
    text = page(rows, {("dead_bug", Kind.SIDE)})
    assert "- Recommended: 90°, working leg nearer, 0.9 m" in text
    write_table(rows, tmp_path / "one.gz")
    write_table(rows, tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert len(gzip.decompress((tmp_path / "one.gz").read_bytes()).splitlines()) == len(rows) + 1


@pytest.mark.parametrize(("ratio", "said"), [(3.0, "H"), (1.6, "M"), (1.1, "L"), (0.9, "-")])
def test_confidence_is_that_of_the_judge(ratio: float, said: str) -> None:
    assert letter(ratio) == said


def test_nothing_seen_is_recommended_nowhere_in_particular() -> None:
    assert abs(recommended({}).azimuth_deg) <= 105.0


@pytest.fixture(scope="module")
def shipped() -> dict[str, Table]:
    """Return the committed table by exercise."""
    tables: dict[str, Table] = {}
    for item in read_table():
        of = tables.setdefault(item.criterion.exercise, {}).setdefault(item.criterion, {})
        of.setdefault(item.place, {})[item.family] = item
    return tables


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_table(list(read_table()), tmp_path / "again.gz")
    assert (tmp_path / "again.gz").read_bytes() == TABLE.read_bytes()


def test_the_table_knows_all_that_has_a_limit_today(shipped: dict[str, Table]) -> None:
    for exercise in DRILLS:
        assert set(shipped[exercise]) == set(criteria(exercise))


NEARER = {"lifted leg": -1.0, "rear knee": -1.0, "front leg": 1.0}
"""What a rule calls the side that is nearer the camera: + = the working leg's."""


@pytest.mark.parametrize("exercise", DRILLS)
def test_a_rule_recommends_the_place_of_the_table(exercise: str, shipped: dict[str, Table]) -> None:
    own = {kind for name, kind in read() if name == exercise} or set(Kind)
    place, rule = recommended(shipped[exercise], own, today=True), rule_of(exercise)
    assert rule.views[0] is place.kind
    assert rule.camera.startswith(
        {Kind.SIDE: "From the side", Kind.OBLIQUE: "At 45°", Kind.FRONT: "From the front"}[place.kind]
    )
    stands = abs(best_view(exercise).azimuth_deg)
    assert abs(stands - abs(place.azimuth_deg)) <= 15.0
    nearer = next((sign for words, sign in NEARER.items() if words in rule.camera), None)
    if nearer is not None:  # else the rule names no side, or its repetitions have none
        assert nearer * place.azimuth_deg > 0
