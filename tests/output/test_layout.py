"""Where things go: nothing over anything else, whatever the picture's size."""

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.output.layout import LARGEST_CANVAS_PX, UNITS_WIDE, Box, Layout, layout_of

SIZES = st.tuples(st.integers(16, 4096), st.integers(16, 4096))
CANVASES = st.sampled_from([None, (1280, 720), (1920, 1080), (640, 360), (1400, 900)])


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share any px."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def boxes(layout: Layout) -> dict[str, Box]:
    """Return what is drawn while an exercise is done."""
    names = ("picture", "head", "counts", "tell", "hold", "range")
    return {name: getattr(layout, name) for name in names if getattr(layout, name) is not None}


def guiding(layout: Layout) -> dict[str, Box]:
    """Return what is drawn before that."""
    names = ("picture", "head", "counts", "say", "aside")
    return {name: getattr(layout, name) for name in names if getattr(layout, name) is not None}


@given(SIZES, CANVASES, st.booleans(), st.booleans())
@example((640, 480), None, True, True)
@example((16, 3885), None, False, False)
@example((1080, 1920), None, True, True)
@example((360, 640), (1280, 720), True, True)
@example((1280, 720), (1280, 720), False, False)
def test_nothing_lies_over_anything_else_or_beyond_the_canvas(size, canvas, has_hold, has_range) -> None:
    layout = layout_of(size, canvas, has_hold=has_hold, has_range=has_range)
    width, height = layout.canvas_wh
    assert canvas is None or layout.canvas_wh == canvas
    for placed in (boxes(layout), guiding(layout)):
        for name, box in placed.items():
            assert box.width > 0, name
            assert box.height > 0, name
            assert 0 <= box.x < box.right <= width, name
            assert 0 <= box.y < box.bottom <= height, name
        for (one, box), (other, second) in combinations(placed.items(), 2):
            assert not overlap(box, second), (one, other)


@given(SIZES, CANVASES)
def test_the_picture_is_whole_and_keeps_its_shape(size, canvas) -> None:
    picture = layout_of(size, canvas).picture
    assert picture.width / size[0] == pytest.approx(picture.height / size[1], abs=1.5 / min(size))


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (1024, 768), (720, 720)])
def test_a_picture_that_is_neither_tiny_nor_huge_keeps_its_size(size) -> None:
    picture = layout_of(size).picture
    assert (picture.width, picture.height) == pytest.approx(size, abs=2)


@given(SIZES.filter(lambda size: max(size) <= 4 * min(size)))
def test_a_video_has_an_even_size_that_players_take(size) -> None:
    width, height = layout_of(size).canvas_wh
    assert width % 2 == height % 2 == 0
    assert max(width, height) <= LARGEST_CANVAS_PX


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (360, 640), (480, 480), (1920, 800)])
@pytest.mark.parametrize("canvas", [None, (1280, 720)])
def test_there_is_room_for_what_matters(size, canvas) -> None:
    layout = layout_of(size, canvas)
    unit = layout.canvas_wh[0] / UNITS_WIDE
    assert layout.counts.width >= 70 * unit
    assert layout.tell.height >= 30 * unit
    assert layout.tell.width >= 70 * unit
    assert layout.hold is not None
    assert layout.hold.height >= 25 * unit


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (360, 640)])
def test_an_exercise_without_holds_or_target_leaves_their_room_to_the_rest(size) -> None:
    without = layout_of(size, has_hold=False, has_range=False)
    assert without.hold is None
    assert without.range is None
    assert without.tell.height * without.tell.width >= layout_of(size).tell.height * layout_of(size).tell.width
