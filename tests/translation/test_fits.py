"""Whatever is drawn into pictures fits its place in every language: no line is cut off, and no word is broken."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercise.checks import in_words
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Exercise, Fault
from formcheck.language import LANGUAGES, _, choose
from formcheck.live.keys import HELP
from formcheck.live.pages import help_page, interlude_page, message_page, summary_page
from formcheck.live.questioning import Questioning
from formcheck.live.screen import SIZE_WH
from formcheck.output.canvas import Canvas
from formcheck.output.shown import HoldOver, Kind, Notice, Shown, Sign
from formcheck.output.skeleton import AngleMark
from formcheck.plan.interludes import interlude_of, said_of
from formcheck.plan.reading import bundled_plans, read_plan
from formcheck.plan.words import parts_of
from formcheck.pose.pose import Observation
from tests.output.sessions import attempt, fault, rep, session
from tests.output.test_canvas import Texts
from tests.translation.gathered import gathered

GUIDING = tuple(f"formcheck/live/{name}.py" for name in ("end_point", "framing", "ghost", "guide"))
"""What is said where the guide leads; there is more room then."""
TRAINING = tuple(
    f"formcheck/live/{name}.py" for name in ("cues", "outlets", "presence", "screen", "session", "telling", "training")
)
CANVASES = [
    ((640, 480), SIZE_WH),
    ((1280, 720), SIZE_WH),
    ((360, 640), SIZE_WH),
    ((640, 480), None),
    ((360, 640), None),
]


@pytest.fixture(params=LANGUAGES, autouse=True)
def code(request: pytest.FixtureRequest) -> str:
    choose(request.param)
    spoken: str = request.param
    return spoken


TOO_LONG = "Kettlebell weig"
"""A title that is longer than the head of a screen; what is behind it says which exercise it is."""


def exercises() -> list[Exercise]:
    return [rule.exercise for rule in load_rules([]).values()]


def longest(*texts: str) -> str:
    return max((_(text) for text in texts), key=len)


def outside() -> Iterator[str]:
    """Yield what is said of somebody who is not wholly in the picture, and where to go: two sentences in one place."""
    where = longest(
        "Half of you is cut off.", "Your right side is cut off.", "Your shoulders are cut off.",
        "You are at the edge of the picture.", "You are outside the picture.",
    )  # fmt: skip
    ways = ("Move toward your feet.", "Move toward your head.", "Move to your right.", "Move backward.")
    yield f"{where} {longest(*ways)}"
    cut_off = longest("Half of you is cut off.", "Your right side is cut off.", "Your shoulders are cut off.")
    for back in ("Move farther away, or tilt the camera down.", "Step back, or tilt the camera up."):
        yield f"{cut_off} {_(back)}"


def told_live(places: tuple[str, ...]) -> Iterator[str]:
    """Yield every sentence that is said there, filled in with the longest that may stand at its places."""
    starts = {in_words(item.start_at(level).name).lower() for item in exercises() for level in item.levels or (None,)}
    values = {
        "context": max((item.context_at(level).name for item in exercises() for level in item.levels or (None,)), key=len),
        "start": max(starts, key=len),
        "why": longest("the person changes or jumps to another place", "it turned out to be no repetition of this exercise"),
        "cause": "", "side": _("right"), "name": "snapshot-12.png", "model": "heavy", "done": 12, "clean": 11,
        "aim": longest("go on", "pause"), "fps": 8.0, "roll_deg": 12.0, "still_s": 2.0, "held_s": 4.6, "required_s": 5.0,
    }  # fmt: skip
    assert set(places) <= {place for message in gathered() for place, _line in message.locations}
    for message in gathered():
        here = any(place in places for place, _line in message.locations)
        if message.id and here and "{name}" not in message.id:  # a name may be of any length
            yield _(str(message.id), **values)


def cues() -> Iterator[str]:
    for item in exercises():
        yield from (check.cue for check in item.checks if isinstance(check, Fault))
        yield from (sequel.cue for sequel in item.sequels)
        yield item.short_hold_cue


def whole(texts: Texts, wanted: str) -> None:
    drawn = " ".join(text for text, *_box in texts.drawn)
    assert not any(text.endswith("…") and not wanted.endswith("…") for text, *_box in texts.drawn), wanted
    assert " ".join(wanted.split()) in drawn, (wanted, drawn)


def canvas(size: tuple[int, int], canvas_wh: tuple[int, int] | None, exercise: Exercise) -> Canvas:
    return Canvas(exercise, size, 10, canvas_wh=canvas_wh)


@pytest.mark.parametrize(("size", "canvas_wh"), CANVASES)
def test_what_is_told(size, canvas_wh, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing, picture = canvas(size, canvas_wh, exercises()[0]), np.zeros((size[1], size[0], 3), np.uint8)
    texts = Texts(monkeypatch)
    while_training = {*told_live(TRAINING), *outside(), *cues()}
    for sentence in sorted({*while_training, *told_live(GUIDING)}):
        moments = [Shown(1.0, notices=(Notice(sentence),), sign=Sign("nearer"))]
        if sentence in while_training:
            moments.append(Shown(1.0, notices=(Notice(sentence, Kind.MINOR),)))
        for shown in moments:
            texts.drawn.clear()
            drawing.draw(picture, None, shown)
            whole(texts, sentence)


@pytest.mark.parametrize(("size", "canvas_wh"), CANVASES)
def test_head_counters_and_gauges(size, canvas_wh, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, picture = Texts(monkeypatch), np.zeros((size[1], size[0], 3), np.uint8)
    angles = [AngleMark("left_knee", ("left_hip", "left_ankle"), 162.0, name=name, target=(80, 110)) for name in ("knee", "hip", "trunk")]  # fmt: skip
    for item in exercises():
        drawing = canvas(size, canvas_wh, item)
        for level in item.levels or (None,):
            for phase in (item.start_at(level).name, *(one.position for one in item.movements_at(level))):
                sided = item.sided_at(level)
                shown = Shown(
                    3.0, 65.0, None if level is None else in_words(level.id).lower(), in_words(phase).lower(),
                    {"left": 3, "right": 12} if sided else {"reps": 12}, side="left" if sided else None, hold_s=3.2, hold_required_s=15.0, angle=angles[0],
                )  # fmt: skip
                variants = [
                    shown, *(replace(shown, angle=angle) for angle in angles), replace(shown, hold_s=None, phase=None),
                    replace(shown, side=None, next_side="right" if sided else None), replace(shown, hold_s=15.5),
                    replace(shown, of_set=_("set {number} of {count}", number=10, count=20)),
                    replace(shown, hold_s=None, hold_over=HoldOver(12.3, 15.0, passed=False, is_short=True)),
                ]  # fmt: skip
                for variant in variants:
                    texts.drawn.clear()
                    drawing.draw(picture, None, variant)
                    cut = [text for text, *_box in texts.drawn if text.endswith("…")]
                    assert all(text.startswith(TOO_LONG) for text in cut), (item.title, phase, cut)


def test_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = Texts(monkeypatch)
    help_page(SIZE_WH)
    for key, meaning in HELP:
        whole(texts, _(key))
        whole(texts, _(meaning))
    whole(texts, _("Nothing is counted now; any key closes this page"))
    texts.drawn.clear()
    message_page(SIZE_WH, _("Opening the camera …"))
    whole(texts, _("Opening the camera …"))
    texts.drawn.clear()
    lesson = max(cues(), key=len)
    summary_page(SIZE_WH, session(title=max((item.title for item in exercises()), key=len), reps=(rep(1, faults=(fault(cue=lesson),)), attempt(2))), "results", 30)  # fmt: skip
    assert [text for text, *_box in texts.drawn if text.endswith("…")] == []
    whole(texts, _("Any key closes this window; it closes by itself in {seconds} s", seconds=30))


@pytest.mark.parametrize("name", ["hip-flexors", "hip-mobility"])
def test_what_is_between_the_exercises_of_a_plan(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, picture, rules = Texts(monkeypatch), np.zeros((480, 640, 3), np.uint8), load_rules([])
    plan = read_plan(bundled_plans()[name], name, rules)
    for part in parts_of(plan, rules):
        for reps in (None, (rep(1), rep(2))):
            for stopped in (False, True):
                texts.drawn.clear()
                said = tuple(said_of(part, 1, reps, stopped=stopped))
                interlude_page(SIZE_WH, interlude_of(part, 6, 3.0, 27.0, 30.0, said), picture, 0.0)
                assert [text for text, *_box in texts.drawn if text.endswith("…")] == [], part.rule.id
                whole(texts, said[0].text)  # what matters less is left out where there is no room


def test_what_is_asked_after_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, picture = Texts(monkeypatch), np.zeros((480, 640, 3), np.uint8)
    for question in {question for item in exercises() for question in item.questions}:
        texts.drawn.clear()
        page, _told = Questioning([question], (640, 480)).see(Observation(0.0, None))
        assert page is not None
        interlude_page(SIZE_WH, page, picture, 0.0)
        assert [text for text, *_box in texts.drawn if text.endswith("…")] == []
        whole(texts, question.ask)
