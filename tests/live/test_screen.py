"""The live screen: what it tells at each step, and that nothing of it lies over the person."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Form
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Severity
from formcheck.live.cues import Cue
from formcheck.live.ghost import ghost_of
from formcheck.live.guide import Guidance, Step
from formcheck.live.keys import HELP
from formcheck.live.pages import help_page, message_page, summary_page
from formcheck.live.screen import SIZE_WH, Screen
from formcheck.live.shown import LiveShown
from formcheck.output.layout import Box
from formcheck.output.lettering import Image
from formcheck.output.sentences import how_to_film, why_nothing
from formcheck.output.skeleton import LEFT, AngleMark
from formcheck.performance import State
from samples.figure import best_view, movement, observe
from tests.output.sessions import CAMERA_ROLLED, attempt, fault, rep, session, why
from tests.output.test_canvas import Texts

RULES = load_rules([])
POSE = observe(movement("dead_bug"), best_view("dead_bug"), 10)[50].pose
SHOWN = LiveShown(
    5.0, 65.0, "basic", "tabletop", {"left": 3, "right": 4}, frozenset(), "left", "left", 2.2, 5.0,
    AngleMark("left_hip", ("left_shoulder", "left_knee"), 85.0, name="hip", target=(80, 100)),
    pose=POSE, clean=6, cue=Cue(4.0, "Push the knee out over your foot.", Severity.MAJOR), torso_px=165.0,
)  # fmt: skip
GUIDANCE = Guidance(
    Step.FRAME, "Your feet are cut off. Step back, or tilt the camera down.", "It is dark.", "left",
    ghost=ghost_of("dead_bug", None),
)  # fmt: skip


def screen(size_wh: tuple[int, int] = SIZE_WH) -> Screen:
    return Screen(size_wh, RULES["dead_bug"].exercise, 10)


def grey(size_wh: tuple[int, int] = SIZE_WH) -> Image:
    return np.full((size_wh[1], size_wh[0], 3), 128, np.uint8)


def told(shown: LiveShown, monkeypatch, notes: tuple[str, ...] = ()) -> str:
    texts = Texts(monkeypatch)
    screen().draw(grey(), shown, notes)
    monkeypatch.undo()
    return " ".join(text for text, *_ in texts.drawn)


def differs(**changes) -> bool:
    plain = screen().draw(grey(), SHOWN)
    return bool((screen().draw(grey(), replace(SHOWN, **changes)) != plain).any())


def test_everything_that_happens_shows() -> None:
    assert differs(cue=None)
    assert differs(side="right")
    assert differs(side=None, next_side="right")
    assert differs(hold_s=5.2)
    assert differs(angle=None)
    assert differs(state=State.PAUSED)
    assert differs(note="I cannot see you")
    assert differs(hand_up=0.5)
    assert differs(fresh=frozenset({"left"}))
    assert differs(phase=None)
    assert differs(level="harder")


@pytest.mark.parametrize("size_wh", [(640, 480), (1920, 1080), (720, 1280)])
def test_the_picture_is_mirrored_and_the_skeleton_with_it(size_wh: tuple[int, int]) -> None:
    standing = observe(movement("lateral_lunge"), best_view("lateral_lunge"), 10)[5].pose
    assert standing is not None
    pose = replace(standing, image_px=standing.image_px * (np.array(size_wh) / (1280, 720)))
    drawing = screen(size_wh)
    drawn = drawing.draw(grey(size_wh), replace(SHOWN, pose=pose, angle=None))
    assert drawn.shape == (SIZE_WH[1], SIZE_WH[0], 3)
    box = drawing.layout.picture
    x, y = pose.image_px[25] * (box.width / size_wh[0], box.height / size_wh[1])  # the left knee
    spot = drawn[box.y + round(float(y)), box.x + box.width - 1 - round(float(x))]
    assert spot.tolist() == list(LEFT)


@pytest.mark.parametrize("size_wh", [(640, 480), (1280, 720), (360, 640)])
@pytest.mark.parametrize(
    "changes",
    [{}, {"state": State.PAUSED}, {"hand_up": 0.4}, {"note": "Not in position"}, {"state": State.WAITING, "guidance": replace(GUIDANCE, ghost=None)}],
)  # fmt: skip
def test_nothing_but_the_skeleton_is_drawn_over_the_picture(size_wh, changes) -> None:
    drawing = screen(size_wh)
    shown = replace(SHOWN, pose=None, **changes)
    drawn = drawing.draw(grey(size_wh), shown, ("Sound off", "Camera lost: waiting for it"))
    box: Box = drawing.layout.picture
    inside = drawn[box.y : box.bottom, box.x : box.right]
    assert (inside == inside[0, 0]).all()
    assert (drawn[:, :, 0] != inside[0, 0, 0]).any()


def test_what_is_told_at_each_step(monkeypatch) -> None:
    assert "Push the knee out over your foot." in told(SHOWN, monkeypatch)
    assert "7 done, 6 clean" in told(replace(SHOWN, cue=None), monkeypatch)
    assert "Paused" in told(replace(SHOWN, state=State.PAUSED), monkeypatch)
    assert "Hand up: pause" in told(replace(SHOWN, hand_up=0.4), monkeypatch)
    assert "Go!" in told(replace(SHOWN, clock_s=0.2, counts={"reps": 0}), monkeypatch)
    assert "Sound off" in told(SHOWN, monkeypatch, ("Sound off",))
    waiting = replace(SHOWN, state=State.WAITING, guidance=GUIDANCE, cue=None)
    said = told(waiting, monkeypatch, ("Skipped",))
    assert "Your feet are cut off" in said
    assert "It is dark." in said
    assert "Skipped" in said
    assert "LEFT" not in said


def test_a_fault_is_told_in_spite_of_an_answer_to_a_key(monkeypatch) -> None:
    said = told(SHOWN, monkeypatch, ("Next: right",))
    assert "Next: right" in said
    assert "Push the knee out" in said


@pytest.mark.parametrize("arrow", ["left", "right", "nearer", "farther"])
def test_arrows_differ(arrow) -> None:
    guidance = replace(GUIDANCE, ghost=None)
    seen = {
        which: screen().draw(grey(), replace(SHOWN, state=State.WAITING, guidance=replace(guidance, arrow=which)))
        for which in ("left", "right", "nearer", "farther", None)
    }
    assert all((seen[arrow] != other).any() for which, other in seen.items() if which != arrow)


def test_the_outline_stands_on_the_floor_that_the_person_lies_on() -> None:
    assert POSE is not None
    drawing = screen()
    shown = replace(SHOWN, state=State.WAITING, guidance=GUIDANCE, cue=None, angle=None)
    for _ in range(60):
        drawn = drawing.draw(grey(), shown)
    bare = drawing.draw(grey(), replace(shown, guidance=replace(GUIDANCE, ghost=None)))
    box = drawing.layout.picture
    rows = np.flatnonzero((drawn != bare)[box.y : box.bottom, box.x : box.right].any(axis=(1, 2)))
    lowest = float(np.nanmax(POSE.image_px[11:, 1])) * box.height / SIZE_WH[1]
    assert rows.max() == pytest.approx(lowest, abs=0.05 * box.height)


def test_help_is_a_page_with_its_keys_in_one_column_and_their_meaning_in_another(monkeypatch) -> None:
    texts = Texts(monkeypatch)
    drawing = screen()
    drawing.shows_help = True
    drawn = drawing.draw(grey(), SHOWN)
    assert (drawn == help_page(SIZE_WH)).all()
    for key, meaning in HELP:
        at = next(box for text, box, _ in texts.drawn if text == key)
        beside = next(box for text, box, _ in texts.drawn if text == meaning)
        assert abs((at.y + at.height / 2) - (beside.y + beside.height / 2)) < 8
    columns = {box.x for text, box, _ in texts.drawn if any(text == meaning for _, meaning in HELP)}
    assert len(columns) == 1
    assert "counted" in " ".join(text for text, *_ in texts.drawn)


def long_session():
    faults = (fault("a", cue="Hinge further at the hip until your chest faces the floor."),
              fault("b", severity=Severity.MAJOR, cue="Point your belly button to the standing leg, then away."),
              fault("c", severity=Severity.INFO, cue="First hold a good plank for 20 s; until then practise at a wall."),
              fault("d", cue="Keep the hips still; move only the knee."))  # fmt: skip
    return session(reps=(rep(1, faults=faults, form=Form.FAULTS), rep(2), rep(3)))


NOTHING = session(
    reps=(attempt(1), attempt(2)),
    advice=(CAMERA_ROLLED,),
    nothing_counted_because=Reason(
        Code.ONLY_ATTEMPTS,
        {"attempts": 12, "alike": 10},
        names=("left_foot_index", "right_foot_index", "left_ankle", "right_ankle"),
        because=why("the foot was set down beside the hand: a spiderman lunge"),
    ),
)


@pytest.mark.parametrize("made", [long_session, session, lambda: NOTHING])
def test_no_text_of_the_summary_lies_over_another(made, monkeypatch) -> None:
    texts = Texts(monkeypatch)
    drawn = summary_page(SIZE_WH, made(), "/somewhere/far/away/hip_airplane-20260101-120000.formcheck", 30)
    assert drawn.shape == (SIZE_WH[1], SIZE_WH[0], 3)
    for text, box, height in texts.drawn:
        assert not text.endswith("…"), text
        assert height >= 32, text
        assert box.x >= 0
        assert box.right <= SIZE_WH[0]
        assert box.bottom <= SIZE_WH[1]
    assert texts.over_each_other() == []
    words = " ".join(text for text, *_ in texts.drawn)
    assert "Results: hip_airplane-20260101-120000.formcheck" in words
    assert "Any key closes this window; it closes by itself in 30 s" in words


def test_the_summary_says_the_worst_first_and_why_nothing_counted(monkeypatch) -> None:
    texts = Texts(monkeypatch)
    summary_page(SIZE_WH, long_session(), None, 30)
    words = " ".join(text for text, *_ in texts.drawn)
    assert words.index("1 × Point your belly") < words.index("1 × Hinge further")
    assert "practise" not in words  # three at most
    texts.drawn.clear()
    summary_page(SIZE_WH, NOTHING, None, 30)
    words = " ".join(text for text, *_ in texts.drawn)
    assert "Nothing counted" in words
    assert why_nothing(NOTHING.nothing_counted_because) in words
    assert how_to_film(CAMERA_ROLLED) in words


def test_praise_needs_a_repetition_whose_form_was_seen(monkeypatch) -> None:
    for made, praised in ((rep(1), True), (rep(1, form=Form.NOT_JUDGED, form_unseen=("a",)), False)):
        texts = Texts(monkeypatch)
        summary_page(SIZE_WH, session(reps=(made,)), None, 30)
        assert ("No fault seen" in " ".join(text for text, *_ in texts.drawn)) == praised
        monkeypatch.undo()


def test_a_message() -> None:
    assert message_page(SIZE_WH, "Opening the camera …").std() > 5


def test_drawing_is_quick_enough() -> None:
    import time

    drawing = screen()
    picture = cv2.resize(np.random.default_rng(0).integers(0, 255, (90, 160, 3), dtype=np.uint8), SIZE_WH)
    spent = []
    for _ in range(15):
        began = time.thread_time()
        drawing.draw(np.asarray(picture, np.uint8), SHOWN)
        spent.append(time.thread_time() - began)
    assert sorted(spent)[7] < 0.05  # 5 ms on a free machine
