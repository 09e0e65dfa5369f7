"""Nothing of a live session, and no reason that anything can have, goes past the catalogues."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Interruption, NotAssessed
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Severity
from formcheck.live import pages
from formcheck.live.lines import as_text, event_of
from formcheck.live.pages import help_page, summary_page
from formcheck.live.questioning import Questioning
from formcheck.live.screen import SIZE_WH, Screen
from formcheck.live.telling import words_of
from formcheck.live.training import Training
from formcheck.output import canvas, notices
from formcheck.output.pen import Pen
from formcheck.output.sentences import why
from formcheck.output.table import session_table
from formcheck.output.verdicts import what_next
from formcheck.plan.interludes import interlude_of, said_of
from formcheck.plan.reading import bundled_plans, read_plan
from formcheck.plan.words import parts_of
from formcheck.pose.command import Action
from formcheck.pose.pose import Observation
from samples.figure import best_view, movement, observe
from tests.live.test_training import Lived
from tests.output.sessions import attempt, fault, rep, session
from tests.translation.pseudo import bracketed, words_outside

NUMBERS = {"value": 12.0, "needed": 15.0, "share": 0.4, "error": 3.0, "margin": 2.0, "attempts": 3, "alike": 2,
           "context_s": 5.0, "elsewhere": 1}  # fmt: skip


@pytest.fixture(autouse=True)
def spoken_in_brackets() -> Iterator[None]:
    with bracketed():
        yield


class Drawn:
    """Every text that is drawn, whole."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: set[str] = set()
        line, draw = Pen.line, notices.draw_notices

        def note(pen, text, *others, **named):
            self.texts.add(text)
            return line(pen, text, *others, **named)

        def note_all(pen, box, told):
            self.texts.update(notice.text for notice in told)
            return draw(pen, box, told)

        monkeypatch.setattr(Pen, "line", note)
        monkeypatch.setattr(canvas, "draw_notices", note_all)
        monkeypatch.setattr(pages, "draw_notices", note_all)

    def in_english(self) -> set[str]:
        return {text for text in self.texts if {word.lower() for word in words_outside(text)} - {"s"}}


def keys(training: Training, time_s: float) -> None:
    """Press every key once, each at its own time."""
    pressed = {9.0: Action.UNDO, 10.0: Action.NEXT_SIDE, 12.0: Action.PAUSE, 13.0: Action.PAUSE, 14.0: Action.RESTART,
               14.1: Action.RESTART}  # fmt: skip
    if time_s in pressed:
        training.press(pressed[time_s])


@pytest.mark.parametrize("exercise", ["lateral_lunge", "hip_flexion", "dead_bug"])
def test_a_live_session(exercise: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = movement(exercise, reps=2, calibrate_facing_deg=0.0)
    lived = Lived(exercise, observe(moves, best_view(exercise), 10.0), tmp_path / "l.jsonl", guided=True, press=keys)
    drawn, screen = Drawn(monkeypatch), Screen(SIZE_WH, load_rules([])[exercise].exercise, 10)
    picture = np.zeros((720, 1280, 3), np.uint8)
    for shown in lived.shown[::5]:
        screen.draw(picture, shown)
    screen.draw(summary_page(SIZE_WH, lived.session, "folder", 30), lived.shown[-1])
    assert drawn.texts
    assert drawn.in_english() <= {"⟦Results: folder⟧"}
    for item in lived.happened:
        line, said = as_text(event_of(item, 1.0)), words_of(item, {"left": 1, "right": 1, "reps": 1}, "left")
        levels = frozenset(level.id for level in load_rules([])[exercise].exercise.levels)
        assert line is None or words_outside(line, levels) == set()
        assert said is None or words_outside(said) == set()


def test_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Drawn(monkeypatch)
    help_page(SIZE_WH)
    summary_page(SIZE_WH, session(title="⟦⟧", reps=(rep(1, faults=(fault(cue="⟦⟧"),)), attempt(2))), None, 30)
    assert drawn.in_english() == set() or drawn.in_english() == {"⟦1 × not counted: it came to 62°.⟧"}


@pytest.mark.parametrize("code", Code)
def test_every_reason(code: Code) -> None:
    words = {"unit": "T", "position": "tabletop", "fault": "too_fast", "because": "⟦⟧", "context": "⟦⟧", "best": "side",
             "seen": "45°", "camera": "⟦⟧", "signal": "knee_flexion_deg"}  # fmt: skip
    names: tuple[str, ...] = ("head",) if code is Code.OFTEN_UNSEEN else ("left_foot_index", "right_knee")
    names = ("left_leg", "trunk") if code is Code.PARTS_UNSEEN else names
    names = ("side", "front", "back", "45°") if code is Code.OTHER_VIEW_NEEDED else names
    said = why(Reason(code, NUMBERS, words, names, Reason(Code.FIRST_FRAME)))
    assert words_outside(said) == set()


def test_a_table_with_everything() -> None:
    whole = session(
        title="⟦⟧", level_source="recognised", exercise_source="recognised", interrupted=True, damaged="⟦⟧", sets_from_s=(0.0, 3.0),
        not_visible=("⟦⟧",), remarks=("⟦⟧",),
        settings={"reps": 3, "hold_s": 2.5, "end_point_deg": (95.0, None), "fov_deg": 60.0, "side": "left"},
        interruptions=tuple(Interruption(kind, 1.0, 2.0) for kind in ("cut", "hand_over", "lost")),
        reps=(rep(1, faults=(fault(cue="⟦⟧"), fault("head_lifts", severity=Severity.MAJOR, unit="times", cue="⟦⟧"))), rep(2), attempt(3, not_counted_because=Reason(Code.CUT))),
        not_assessed=(NotAssessed("wrong_arm", Reason(Code.NO_VIEW_SHOWS_IT), 0.0, 1.0, (1, 2)),),
        advice=(Reason(Code.TILT_UNKNOWN),),
    )  # fmt: skip
    file = io.StringIO()
    Console(file=file, width=4000).print(session_table(whole))
    names = frozenset({"hip", "mp4", "dead_bug", "basic", "heavy", "end-point"})
    assert words_outside(file.getvalue(), names) == set()


def test_the_one_thing_to_do() -> None:
    exercise = load_rules([])["dead_bug"].exercise
    for changes in (
        {},
        {"reps": ()},
        {"reps": (), "tracked": 0.0},
        {"reps": (rep(1),)},
        {"reps": (rep(1, faults=(fault(cue="⟦⟧"),)),)},
    ):
        assert all(words_outside(text) == set() for text in what_next(session(**changes), exercise)), changes


@pytest.mark.parametrize("name", ["hip-flexors", "hip-mobility"])
def test_what_is_between_the_exercises_of_a_plan(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, rules, picture = Drawn(monkeypatch), load_rules([]), np.zeros((480, 640, 3), np.uint8)
    for part in parts_of(read_plan(bundled_plans()[name], name, rules), rules):
        for reps in (None, (rep(1),)):
            said = tuple(said_of(part, 1, reps, stopped=True))
            pages.interlude_page(SIZE_WH, interlude_of(part, 6, 3.0, 27.0, 30.0, said), picture, 0.5)
        for question in part.exercise.questions:
            page, told = Questioning([question], (640, 480)).see(Observation(0.0, None))
            assert page is not None
            pages.interlude_page(SIZE_WH, page, picture, 0.0)
            for item in told:
                assert words_outside(words_of(item, {}) or "") == set()
    assert drawn.in_english() == set()
