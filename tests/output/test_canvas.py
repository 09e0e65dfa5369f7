"""One picture of a session: the person free, every text whole, legible and in its place."""

import re
from dataclasses import replace
from itertools import combinations

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Fault, Severity
from formcheck.output.canvas import Canvas
from formcheck.output.components import head
from formcheck.output.layout import Box
from formcheck.output.lettering import Lettering
from formcheck.output.pen import GROUND, KINDS, Pen
from formcheck.output.shown import FRESH_S, Freshness, HoldOver, Kind, Notice, Shown, Sign, of_severity
from formcheck.output.skeleton import ANGLE, LEFT, RIGHT, AngleMark, body_points
from formcheck.pose.pose import INDEX, Pose
from samples.figure import best_view, movement, observe
from tests.output.test_layout import overlap

RULES = load_rules([])
SIZES = [(160, 120), (640, 480), (1280, 720), (360, 640), (480, 480), (1920, 800)]
CANVASES = [None, (1280, 720)]
KNEE = AngleMark("left_knee", ("left_hip", "left_ankle"), 62.0, name="knee", target=(80, 110))
CUES = sorted({c.cue for rule in RULES.values() for c in rule.exercise.checks if isinstance(c, Fault)}, key=len)
LONG_CUE = "First hold a good plank for 20 s; until then practise at a wall or chair."
GUIDE = "Lift the right knee until the hand under your back is just squeezed. Keep still."
SHOWN = Shown(
    3.0, 65.0, "wall chair", "knee up", {"left": 3, "right": 12}, frozenset({"left"}), "left", None, 3.2, 5.0, KNEE,
    (Notice(CUES[-1], Kind.MAJOR), Notice("3 of 15 clean", Kind.ASIDE)),
)  # fmt: skip
MOMENTS = {
    "training": SHOWN,
    "rest": replace(SHOWN, side=None, next_side="right", hold_s=None, phase=None, fresh=frozenset(), notices=()),
    "two faults": replace(SHOWN, notices=(Notice(CUES[-2], Kind.MAJOR), Notice(CUES[0], Kind.MINOR))),
    "long cue": replace(SHOWN, notices=(Notice(LONG_CUE, Kind.MINOR),)),
    "held": replace(SHOWN, hold_s=None, hold_over=HoldOver(4.6, 5.0, passed=True, is_short=False)),
    "held too short": replace(SHOWN, hold_s=None, hold_over=HoldOver(12.34, 15.0, passed=False, is_short=True)),
    "nobody knows": replace(SHOWN, hold_s=None, hold_over=HoldOver(123.4, 150.0, passed=False, is_short=False)),
    "done": replace(SHOWN, hold_s=12.3, counts={"reps": 10}, side=None),
    "paused": replace(SHOWN, dimmed=True, notices=(Notice("Paused"), Notice("Space goes on.", Kind.ASIDE))),
    "hand up": replace(SHOWN, notices=(Notice("Hand up: pause", Kind.REMARK, 0.5),)),
    "arrow": replace(SHOWN, sign=Sign("nearer"), notices=(Notice(GUIDE), Notice("Sound off", Kind.REMARK))),
    "keep": replace(SHOWN, sign=Sign(None, 0.3, "2"), notices=(Notice(GUIDE), Notice("It is dark.", Kind.ASIDE))),
    "early": Shown(0.0),
}


def canvas(size, canvas_wh=None, **more) -> Canvas:
    return Canvas(RULES[more.pop("exercise", "hip_airplane")].exercise, size, 10, canvas_wh=canvas_wh, **more)


def picture(size, value=128):
    image = np.full((size[1], size[0], 3), value, dtype=np.uint8)
    image.setflags(write=False)
    return image


def person(size, exercise="lateral_lunge", frame=50) -> Pose:
    pose = observe(movement(exercise), best_view(exercise), 10)[frame].pose
    assert pose is not None
    scale = min(size[0] / 1280, size[1] / 720)
    return replace(pose, image_px=(pose.image_px - (640, 360)) * scale + np.array(size) / 2)


class Texts:
    """Notes every text that is drawn: where, how large, and what."""

    def __init__(self, monkeypatch) -> None:
        self.drawn: list[tuple[str, Box, int]] = []
        self.labels: list[Box] = []
        put, outlined = Lettering.put, Lettering.put_outlined

        def note(letters, image, text, at, size, colour, weight=500) -> None:
            if text.strip():
                # From the top of capitals to the end of tails.
                box = Box(at[0], at[1] + round(0.25 * size), letters.width(text, size, weight), round(0.97 * size))
                self.drawn.append((text, box, size))
            put(letters, image, text, at, size, colour, weight)

        def note_outlined(letters, image, text, at, size, colour, weight=700) -> None:
            self.labels.append(Box(at[0], at[1], letters.width(text, size, weight), letters.line_height(size)))
            outlined(letters, image, text, at, size, colour, weight)

        monkeypatch.setattr(Lettering, "put", note)
        monkeypatch.setattr(Lettering, "put_outlined", note_outlined)

    def over_each_other(self) -> list[tuple[str, str]]:
        """Return the texts of which one lies over another."""
        pairs = combinations(self.drawn, 2)
        return [(text, other) for (text, box, _), (other, second, _) in pairs if overlap(box, second)]


def places(shown: Shown, drawing: Canvas) -> list[Box]:
    layout = drawing.layout
    if shown.sign is not None:
        return [layout.head, layout.counts, layout.say, *([] if layout.aside is None else [layout.aside])]
    gauges = [box for box in (layout.hold, layout.range) if box is not None]
    return [layout.head, layout.counts, layout.tell, *gauges]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("canvas_wh", CANVASES)
@pytest.mark.parametrize("size", SIZES)
def test_every_text_is_whole_legible_and_alone_in_its_place(size, canvas_wh, moment, monkeypatch) -> None:
    texts, shown, drawing = Texts(monkeypatch), MOMENTS[moment], canvas(size, canvas_wh)
    drawing.draw(picture(size), None, shown)
    boxes = places(shown, drawing)
    for text, box, height in texts.drawn:
        assert not text.endswith("…"), text
        assert 320 * height / drawing.size_wh[0] >= 7.6, text  # px in a thumbnail
        inside = [place for place in boxes if place.x <= box.x and box.right <= place.right]
        assert any(place.y - 1 <= box.y and box.bottom <= place.bottom + 1 for place in inside), text
    assert texts.over_each_other() == []


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("canvas_wh", CANVASES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_covers_the_picture_or_leaves_its_place(size, canvas_wh, moment) -> None:
    shown, drawing = MOMENTS[moment], canvas(size, canvas_wh)
    drawn = drawing.draw(picture(size), None, shown)
    assert drawn.shape == (drawing.size_wh[1], drawing.size_wh[0], 3)
    box = drawing.layout.picture
    inside = drawn[box.y : box.bottom, box.x : box.right]
    assert (inside == inside[0, 0]).all()
    assert inside[0, 0, 0] == (51 if shown.dimmed else 128)
    left = drawn.copy()
    for place in (box, *places(shown, drawing)):
        left[place.y : place.bottom, place.x : place.right] = GROUND
    assert (left == GROUND).all()


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (360, 640)])
@pytest.mark.parametrize("canvas_wh", CANVASES)
def test_every_cue_of_every_rule_is_told_whole(size, canvas_wh, monkeypatch) -> None:
    texts = Texts(monkeypatch)
    for name, rule in RULES.items():
        drawing = Canvas(rule.exercise, size, canvas_wh=canvas_wh)
        cues = [check.cue for check in rule.exercise.checks if isinstance(check, Fault)]
        for cue in (*cues, *(sequel.cue for sequel in rule.exercise.sequels), rule.exercise.short_hold_cue):
            texts.drawn.clear()
            drawing.draw(picture(size), None, replace(SHOWN, notices=(Notice(cue, Kind.MINOR),)))
            told = " ".join(text for text, *_ in texts.drawn)
            assert " ".join(cue.split()) in told, (name, cue)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(RULES)), st.integers(0, 60), st.sampled_from(SIZES), st.sampled_from(CANVASES),
    st.sampled_from(["left_knee", "right_knee", "left_hip", "right_hip"]), st.booleans(), st.floats(0.4, 2.5),
)  # fmt: skip
def test_the_value_at_the_joint_covers_no_part_of_the_person(
    exercise, frame, size, canvas_wh, joint, mirrored, nearness
) -> None:
    pose = person(size, exercise, frame % 40)
    middle = np.array(size) / 2
    pose = replace(pose, image_px=(pose.image_px - middle) * nearness + middle)
    side = joint.split("_")[0]
    ends = ("hip", "ankle") if joint.endswith("knee") else ("shoulder", "knee")
    mark = AngleMark(joint, (f"{side}_{ends[0]}", f"{side}_{ends[1]}"), 62.0)
    drawing = canvas(size, canvas_wh, mirrored=mirrored)
    with pytest.MonkeyPatch.context() as patch:
        texts = Texts(patch)
        drawing.draw(picture(size), pose, Shown(0.0, angle=mark))
    box = drawing.layout.picture
    xy = pose.image_px.copy()
    if mirrored:
        xy[:, 0] = size[0] - 1 - xy[:, 0]
    scaled = replace(pose, image_px=xy * (box.width / size[0], box.height / size[1]))
    body = body_points(scaled, (box.width, box.height))
    for label in texts.labels:
        low, high = (label.x, label.y), (label.right, label.bottom)
        assert not ((body >= low) & (body < high)).all(axis=1).any()
        assert 0 <= label.x < label.right <= box.width
        assert 0 <= label.y < label.bottom <= box.height


def test_drawing_remembers_nothing_and_leaves_the_picture_alone() -> None:
    size = (640, 480)
    drawing, pose, given_picture = canvas(size), person(size), picture(size)
    first = drawing.draw(given_picture, pose, SHOWN)
    for moment in MOMENTS.values():
        drawing.draw(given_picture, pose, moment)
    assert (drawing.draw(given_picture, pose, SHOWN) == first).all()
    assert (given_picture == 128).all()


def test_a_mirror_turns_the_person_but_not_the_text() -> None:
    size = (640, 480)
    frame = np.random.default_rng(1).integers(0, 255, (480, 640, 3), dtype=np.uint8)
    pose = person(size)
    turned = replace(pose, image_px=pose.image_px * (-1, 1) + (size[0] - 1, 0))
    mirrored = canvas(size, mirrored=True).draw(frame, pose, SHOWN)
    assert (mirrored == canvas(size).draw(np.ascontiguousarray(frame[:, ::-1]), turned, SHOWN)).all()


def test_the_skeleton_lies_on_the_person_at_every_size() -> None:
    for size in SIZES:
        pose, drawing = person(size), canvas(size)
        drawn = drawing.draw(picture(size), pose, Shown(0.0))
        box = drawing.layout.picture
        for name, colour in (("left_knee", LEFT), ("right_knee", RIGHT)):
            x, y = pose.image_px[INDEX[name]] * (box.width / size[0], box.height / size[1])
            assert drawn[box.y + round(y), box.x + round(x)].tolist() == list(colour)


def gray(drawn):
    return cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY)


def test_kinds_of_notices_differ_in_shape_not_only_in_colour() -> None:
    kinds = [*map(of_severity, (*Severity, None)), Kind.SAY]
    pictures = [
        gray(canvas((640, 480)).draw(picture((640, 480)), None, Shown(0.0, notices=(Notice("Stay tall.", kind),))))
        > 160
        for kind in kinds
    ]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert (one != other).sum() > 10


def test_every_count_looks_different_in_a_thumbnail() -> None:
    drawing = canvas((640, 480))
    seen = []
    for count in range(13):
        drawn = drawing.draw(picture((640, 480)), None, Shown(0.0, counts={"left": count, "right": 0}))
        seen.append(cv2.resize(drawn, (320, 180), interpolation=cv2.INTER_AREA).astype(int))
    for i, one in enumerate(seen):
        for other in seen[:i]:
            assert np.abs(one - other).max() > 80


def test_the_bar_shows_the_angle_that_stands_at_the_joint_and_its_target(monkeypatch) -> None:
    texts = Texts(monkeypatch)
    labels: list[str] = []
    outlined = Lettering.put_outlined

    def note(letters, image, text, *more) -> None:
        labels.append(text)
        outlined(letters, image, text, *more)

    monkeypatch.setattr(Lettering, "put_outlined", note)
    canvas((1280, 720)).draw(picture((1280, 720)), person((1280, 720)), SHOWN)
    words = " ".join(text for text, *_ in texts.drawn)
    assert labels == ["62°"]
    assert re.search(r"knee 62°.*target 80–110°|target 80–110°.*knee 62°", words)


@pytest.mark.parametrize(("value", "is_good"), [(62.0, False), (80.0, True), (95.0, True), (111.0, False)])
def test_the_target_lights_up_where_it_is_met(value, is_good) -> None:
    drawing = canvas((640, 480))
    box = drawing.layout.range
    assert box is not None
    drawn = drawing.draw(picture((640, 480)), None, replace(SHOWN, angle=replace(KNEE, value_deg=value)))
    words = drawn[box.y : box.y + box.height // 2, box.x : box.right]
    green = (np.abs(words.astype(int) - KINDS[Kind.PRAISE]).max(axis=2) < 40).sum()
    assert (green > 20) == is_good
    assert (np.abs(words.astype(int) - ANGLE).max(axis=2) < 40).any()


def test_a_counter_is_fresh_for_a_second_after_it_changed() -> None:
    fresh = Freshness()
    assert fresh.update(0.0, {"left": 1, "right": 0}) == frozenset()
    assert fresh.update(1.0, {"left": 2, "right": 0}) == {"left"}
    assert fresh.update(1.9, {"left": 2, "right": 0}) == {"left"}
    assert fresh.update(1.0 + FRESH_S, {"left": 2, "right": 0}) == frozenset()
    assert fresh.update(3.0, {"left": 1, "right": 0}) == {"left"}  # taken back


@pytest.mark.parametrize(
    "odd",
    [
        Shown(1.0, phase="p" * 60, level="l" * 60, counts={"reps": 12345}, notices=(Notice("w" * 90, Kind.MINOR),)),
        Shown(1.0, counts={"left": 999, "right": 1000}, hold_s=9000.0, hold_required_s=0.0),
        Shown(1.0, angle=AngleMark("nose", ("nose", "nose"), float("nan")), notices=(Notice("é" * 40, Kind.ASIDE),)),
        Shown(1.0, notices=tuple(Notice(f"Fault number {i} of many.", Kind.MINOR) for i in range(9))),
        Shown(1.0, notices=(Notice("", Kind.SAY), Notice("", Kind.MAJOR))),
    ],
)
@pytest.mark.parametrize("size", SIZES)
def test_odd_moments_stay_in_their_places_too(size, odd) -> None:
    drawing = canvas(size)
    drawn = drawing.draw(picture(size), None, odd)
    for place in (drawing.layout.picture, *places(odd, drawing)):
        drawn[place.y : place.bottom, place.x : place.right] = GROUND
    assert (drawn == GROUND).all()


def test_the_head_leaves_out_the_exercise_first_and_the_set_last(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, said = Texts(monkeypatch), []
    for width in (1200, 330, 180):
        texts.drawn.clear()
        image = np.zeros((100, width, 3), np.uint8)
        head(Pen(image, 4.0), Box(0, 0, width, 80), "Hip flexion", Shown(1.0, level="lying", of_set="set 1 of 2"))
        said.append(texts.drawn[0][0])
    assert said == ["Hip flexion, lying, set 1 of 2", "lying, set 1 of 2", "set 1 of 2"]


def test_the_head_without_a_set_keeps_the_exercise_as_long_as_it_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, said = Texts(monkeypatch), []
    for width in (1200, 330, 180):
        texts.drawn.clear()
        image = np.zeros((100, width, 3), np.uint8)
        head(Pen(image, 4.0), Box(0, 0, width, 80), "Plank hip flexion", Shown(1.0, level="floor"))
        said.append(texts.drawn[0][0])
    assert said == ["Plank hip flexion, floor", "Plank hip flexion", "floor"]
