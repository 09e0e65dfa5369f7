import math

import numpy as np
import pytest

from formcheck.exercise.rulebook import load_rules
from formcheck.live.demonstration import _all as _demonstrations
from formcheck.live.ghost import GhostPlace, _all, draw_ghost, ghost_of, standing
from formcheck.pose.pose import INDEX, Pose
from samples.figure import View, activity, best_view, movement, observe
from tests.live.demonstrations_of_figure import demonstrations
from tests.live.ghosts_of_figure import ghosts


def test_ghosts_are_those_of_the_figure() -> None:
    assert _all() == ghosts(), "python -m tests.live.ghosts_of_figure writes them anew"


def test_every_level_has_one() -> None:
    for rule in load_rules([]).values():
        levels: list[str | None] = [item.id for item in rule.exercise.levels]
        assert all(ghost_of(rule.id, level) is not None for level in levels or [None])
    assert ghost_of("my_own", None) is None


def lying(level: str, at_s: float = 0.0) -> tuple[Pose, float]:
    """Return somebody who lies, and the length of their torso in px."""
    film = observe(movement("dead_bug", level, side="left"), best_view("dead_bug", "left"), 10)
    pose = film[round(10 * at_s)].pose
    assert pose is not None
    px = pose.image_px
    return pose, math.dist(px[INDEX["left_shoulder"]], px[INDEX["left_hip"]])


def test_the_outline_lies_on_a_lying_person_wherever_their_feet_are() -> None:
    ghost = ghost_of("dead_bug", "basic")
    assert ghost is not None
    for level in ("basic", "harder"):  # feet on the floor, feet in the air
        pose, torso_px = lying(level)
        hips = pose.image_px[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
        placed = ghost if ghost.faces(pose) else ghost.turned()
        at = GhostPlace((1280, 720)).look(placed, pose, torso_px)
        assert math.dist(at, hips) < 0.1 * torso_px


def test_the_outline_waits_on_the_floor_of_somebody_who_still_stands() -> None:
    ghost = ghost_of("dead_bug", "basic")
    assert ghost is not None
    pose = observe(activity("standing", duration_s=0.5), View(px_per_m=330.0, target_m=(0.0, 0.0, 0.85)), 10)[0].pose
    assert pose is not None
    _, y = GhostPlace((1280, 720)).look(ghost, pose, 165.0)
    assert y + 165.0 * ghost.box[3] == pytest.approx(pose.image_px[27:33, 1].max(), abs=5)


def test_it_says_what_differs_from_the_outline() -> None:
    basic, harder = ghost_of("dead_bug", "basic"), ghost_of("dead_bug", "harder")
    assert basic is not None
    assert harder is not None
    down, torso_px = lying("basic")
    up, _ = lying("harder")
    assert basic.differs(down, torso_px) is None
    assert harder.differs(up, torso_px) is None
    assert basic.differs(up, torso_px) == "Lower your feet, as the outline shows."
    assert harder.differs(down, torso_px) == "Raise your feet, as the outline shows."


def test_turning_twice_changes_nothing() -> None:
    ghost = ghost_of("dead_bug", "basic")
    assert ghost is not None
    assert ghost.turned() != ghost
    assert ghost.turned().turned().points == ghost.points


@pytest.mark.parametrize("middle_px", [320, -100, 900])
def test_it_stands_where_it_is_told_to(middle_px: int) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    draw_ghost(image, standing(), 110.0, (middle_px, 250.0))
    rows, columns = np.nonzero(image.max(axis=2))
    if middle_px == 320:
        assert rows.max() == pytest.approx(250 + 110 * standing().box[3], abs=20)
        assert (columns.min() + columns.max()) / 2 == pytest.approx(320, abs=12)
        assert rows.min() < 120


def test_demonstrations_are_those_of_the_figure_as_the_rules_see_them() -> None:
    made, kept = demonstrations(), _demonstrations()
    for exercise, levels in made.items():
        for level, said in levels.items():
            there = kept[exercise][level]
            again = "python -m tests.live.demonstrations_of_figure writes them anew"
            assert (said["times_s"], said["points"]) == (there["times_s"], there["points"]), again
            assert [name for _, name in said["phases"]] == [name for _, name in there["phases"]], again  # type: ignore[attr-defined]
