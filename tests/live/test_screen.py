"""The screen: what must be readable from 4 m, on any background."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.exercise.words import Severity
from formcheck.live.cues import Cue
from formcheck.live.ghost import ghost_of
from formcheck.live.guide import Guidance, Step
from formcheck.live.meter import Reach
from formcheck.live.screen import SIZE_WH, Screen
from formcheck.live.shown import Shown
from formcheck.live.summary import message_screen, summary_screen
from formcheck.output.lettering import Image
from formcheck.performance import State
from samples.figure import best_view, movement, observe
from tests.output.sessions import fault, rep, session

POSE = observe(movement("lateral_lunge"), best_view("lateral_lunge"), 10)[50].pose
SHOWN = Shown(
    5.0, POSE, State.COUNTING, {"left": 3, "right": 4}, 6, "left", "left", 2.2, 5.0, Reach(1.1, (1.0, 1.3), 1.5),
    None, Cue(4.0, "Push the knee out over your foot.", Severity.MAJOR), torso_px=165.0, counted_s=65.0,
)  # fmt: skip


def screen(**changes) -> Screen:
    return Screen(changes.pop("size_wh", SIZE_WH), "Lateral lunge", 10, per_side=True)


def ground(kind: str, size_wh: tuple[int, int] = SIZE_WH) -> Image:
    width, height = size_wh
    if kind == "noise":
        return np.random.default_rng(0).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return np.full((height, width, 3), {"black": 0, "grey": 128, "white": 255}[kind], np.uint8)


def region(image: Image, name: str) -> Image:
    """Return a part of the screen as a screenshot 320 px wide shows it."""
    small = cv2.resize(image, (320, 180), interpolation=cv2.INTER_AREA)
    left, top, right, bottom = {
        "left": (4, 98, 57, 176), "right": (61, 98, 114, 176), "ring": (255, 116, 315, 175), "head": (4, 4, 60, 22),
    }[name]  # fmt: skip
    return np.asarray(small[top:bottom, left:right], np.uint8)


@pytest.mark.parametrize("kind", ["black", "grey", "white", "noise"])
def test_counters_ring_and_time_do_not_depend_on_the_background(kind: str) -> None:
    drawn = screen().draw(ground(kind), SHOWN)
    reference = screen().draw(ground("grey"), SHOWN)
    for name in ("left", "right", "head"):
        apart = np.abs(region(drawn, name).astype(int) - region(reference, name)).mean()
        assert apart < 12, name
        assert region(drawn, name).std() > 40, name  # contrast


def test_every_number_looks_different_at_320_px() -> None:
    seen = [
        region(screen().draw(ground("grey"), replace(SHOWN, counts={"left": n, "right": 0})), "left") for n in range(13)
    ]
    for i, one in enumerate(seen):
        for other in seen[:i]:
            assert np.abs(one.astype(int) - other).max() > 100


def test_the_picture_is_mirrored_and_its_text_is_not() -> None:
    picture = ground("black")
    picture[300:400, 600:700] = 255
    picture = picture.copy()
    picture[:, :200] = (0, 0, 200)
    drawn = screen().draw(picture, replace(SHOWN, pose=None, cue=None))
    assert drawn[50, 1000].tolist() == [0, 0, 0]
    assert drawn[600, 1100].tolist() != [0, 0, 200]  # the ring lies there
    assert drawn[430, 1120].tolist() == [0, 0, 200]
    other = screen().draw(np.asarray(cv2.flip(picture, 1), np.uint8), replace(SHOWN, pose=None, cue=None))
    assert np.array_equal(region(drawn, "left"), region(other, "left"))


def test_the_skeleton_lies_on_the_mirrored_person() -> None:
    assert POSE is not None
    drawn = screen().draw(ground("grey"), replace(SHOWN, cue=None, counts={}, reach=None, hold_required_s=None))
    x, y = POSE.image_px[25]  # the left knee
    at = drawn[round(float(y)), SIZE_WH[0] - 1 - round(float(x))]
    assert at.tolist() == [233, 180, 86]


@pytest.mark.parametrize("size_wh", [(640, 480), (1920, 1080), (720, 1280), (64, 48)])
def test_any_camera_fills_the_same_screen(size_wh: tuple[int, int]) -> None:
    assert POSE is not None
    pose = replace(POSE, image_px=POSE.image_px * (np.array(size_wh) / SIZE_WH))
    drawn = screen(size_wh=size_wh).draw(ground("grey", size_wh), replace(SHOWN, pose=pose))
    assert drawn.shape == (SIZE_WH[1], SIZE_WH[0], 3)
    assert region(drawn, "left").std() > 40


def differs(**changes) -> bool:
    plain = screen().draw(ground("grey"), SHOWN)
    return bool((screen().draw(ground("grey"), replace(SHOWN, **changes)) != plain).any())


def test_everything_that_happens_shows() -> None:
    assert differs(cue=None)
    assert differs(side="right")
    assert differs(side=None, next_side="right")
    assert differs(hold_s=5.2)
    assert differs(reach=Reach(0.2, (1.0, 1.3), 1.5))
    assert differs(state=State.PAUSED)
    assert differs(note="I cannot see you")
    assert differs(hand_up=0.5)
    assert differs(clean=7)


def test_severities_differ_in_shape_not_only_in_colour() -> None:
    drawn = []
    for severity in (*Severity, None):
        shown = replace(SHOWN, cue=Cue(4.0, "Push the knee out.", severity))
        drawn.append(cv2.cvtColor(screen().draw(ground("grey"), shown), cv2.COLOR_BGR2GRAY))
    for i, one in enumerate(drawn):
        for other in drawn[:i]:
            assert (cv2.absdiff(one, other) > 60).sum() > 100


@pytest.mark.parametrize("arrow", ["left", "right", "nearer", "farther", None])
def test_guidance(arrow) -> None:
    guidance = Guidance(
        Step.FRAME,
        "Your feet are cut off: step back, or tilt the camera down.",
        "It is dark.",
        arrow,
        0.4,
        2.0,
        ghost_of("dead_bug", None),
    )
    shown = replace(SHOWN, state=State.WAITING, guidance=guidance, cue=None)
    drawn = screen().draw(ground("white"), shown)
    assert (drawn != screen().draw(ground("white"), replace(shown, guidance=None))).any()
    assert (screen().draw(ground("white"), replace(shown, pose=None, torso_px=float("nan"))) != drawn).any()


def test_help_and_notes() -> None:
    drawing = screen()
    plain = drawing.draw(ground("grey"), SHOWN)
    assert (drawing.draw(ground("grey"), SHOWN, ("Camera lost: waiting for it",)) != plain).any()
    drawing.shows_help = True
    assert (drawing.draw(ground("grey"), SHOWN) != plain).any()


def test_the_summary() -> None:
    bad = session(
        reps=(rep(1, faults=(fault(), fault("knee", severity=Severity.MAJOR, cue="Knee out.")), clean=False), rep(2))
    )
    assert (summary_screen(bad, "results") != summary_screen(session(), "results")).any()
    assert summary_screen(session(reps=()), None).shape == (SIZE_WH[1], SIZE_WH[0], 3)
    assert message_screen("Opening the camera …").std() > 5
