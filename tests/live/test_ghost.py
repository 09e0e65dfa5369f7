import numpy as np
import pytest

from formcheck.exercise.rulebook import load_rules
from formcheck.live.ghost import _all, draw_ghost, ghost_of, standing
from tests.live.ghosts_of_figure import ghosts


def test_ghosts_are_those_of_the_figure() -> None:
    assert _all() == ghosts(), "python -m tests.live.ghosts_of_figure writes them anew"


def test_every_level_has_one() -> None:
    for rule in load_rules([]).values():
        levels: list[str | None] = [item.id for item in rule.exercise.levels]
        assert all(ghost_of(rule.id, level) is not None for level in levels or [None])
    assert ghost_of("my_own", None) is None


def test_turning_twice_changes_nothing() -> None:
    ghost = ghost_of("dead_bug", "basic")
    assert ghost is not None
    assert ghost.turned() != ghost
    assert ghost.turned().turned().points == ghost.points


@pytest.mark.parametrize("middle_px", [320, -100, 900])
def test_it_stands_where_it_is_told_to(middle_px: int) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    draw_ghost(image, standing(), 110.0, floor_px=470, middle_px=middle_px)
    rows, columns = np.nonzero(image.max(axis=2))
    if middle_px == 320:
        assert rows.max() == pytest.approx(470, abs=20)
        assert (columns.min() + columns.max()) / 2 == pytest.approx(320, abs=12)
        assert rows.min() < 120
