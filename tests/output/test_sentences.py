"""Every reason has words, and says one thing: why a movement does not count, why nothing did, or why a check was not judged."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.body.calibration import Calibration
from formcheck.body.meter import Measured
from formcheck.body.view import ViewSeen
from formcheck.exercise.events import RepFinished
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import Form
from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.live.lines import event_of
from formcheck.output.annotation import Annotation
from formcheck.output.records import session_document
from formcheck.output.sentences import (
    how_done,
    how_many_clean,
    how_to_film,
    why,
    why_not,
    why_not_assessed,
    why_nothing,
)
from formcheck.output.table import session_table
from samples.figure import best_view, movement, observe
from tests.output.sessions import check, rep, session

NUMBERS = {
    "value": 62.0, "needed": 70.0, "error": 8.0, "margin": 7.9, "share": 0.4, "context_s": 12.0, "attempts": 3,
    "alike": 2, "elsewhere": 1,
}  # fmt: skip
WORDS = {
    "unit": "deg", "position": "knee_up", "fault": "foot_touches_down", "because": "both knees bent: a squat",
    "seen": "45°", "best": "side", "camera": "1 m high.", "context": "lying on your back", "signal": "hip_flexion_deg",
}  # fmt: skip
SAYERS: tuple[Callable[[Reason], str], ...] = (why_not, why_nothing, why_not_assessed, how_to_film)


def said(code: Code) -> list[str]:
    """Return what each of those who put reasons into words says of one."""
    reason = Reason(code, NUMBERS, WORDS, ("head", "trunk"), Reason(Code.FIRST_FRAME))
    texts = []
    for say in SAYERS:
        try:
            texts.append(say(reason))
        except ValueError:
            continue
    return texts


@pytest.mark.parametrize("code", Code)
def test_every_reason_is_told_by_one(code: Code) -> None:
    (text,) = said(code)
    assert why(Reason(code, NUMBERS, WORDS, ("head", "trunk"), Reason(Code.FIRST_FRAME))) == text
    assert not set("_{}") & set(text)
    assert "None" not in text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (Code.OTHER_VIEW_BETTER, "Best seen from the side, this was seen from 45°. 1 m high."),
        (Code.OFTEN_UNSEEN, "Often the head could not be seen: place the camera so that all of you is in the picture."),
        (Code.TOO_SHORT_A_WAY, "it came to 62° only; 70° counts"),
        (Code.HELD_TOO_LITTLE, "held for 62.0 s; 70 s counts"),
        (Code.SOMETHING_ELSE, "both knees bent: a squat"),
        (Code.NOT_KEPT, "it only passed through the knee up"),
        (Code.ENDED_BY_FAULT, "it ended early: foot touches down"),
        (Code.OTHER_VIEW_NEEDED, "needs a head or trunk view, seen from 45°"),
        (Code.PARTS_UNSEEN, "part of the head and the trunk could not be seen for over 40% of the time"),
        (Code.WATCHED_TOO_SHORTLY, "watched for 62.0 s only, needs 70.0 s"),
        (Code.ERROR_TOO_LARGE, "the error in this view (±8.0°) is larger than the margin (7.9°)"),
        (
            Code.ONLY_ATTEMPTS,
            "3 movements were seen, but none counts: already moving at the first frame (so 2 of them). "
            "Hidden or outside the picture most of the time: head, trunk. Film the whole body.",
        ),
    ],
)
def test_what_is_told(code: Code, text: str) -> None:
    assert said(code)[-1] == text


@pytest.mark.parametrize(
    ("value", "text"), [(69.7, "it came to 69.7° only; 70.0° counts"), (62.0, "it came to 62° only; 70° counts")]
)
def test_what_just_misses_does_not_read_as_if_it_did_not(value: float, text: str) -> None:
    assert why_not(Reason(Code.TOO_SHORT_A_WAY, {"value": value, "needed": 70.0}, {"unit": "deg"})) == text


def test_reasons_that_differ_in_their_numbers_have_the_same_cause() -> None:
    short = [Reason(Code.WATCHED_TOO_SHORTLY, {"value": value, "needed": 1.0}) for value in (0.4, 0.6)]
    left, right = (Reason(Code.PARTS_UNSEEN, {"share": 0.4}, names=(f"{side}_leg",)) for side in ("left", "right"))
    assert short[0].cause == short[1].cause
    assert len({short[0].cause, left.cause, right.cause}) == 3


PARTLY = rep(1, form_share=0.3)
UNSEEN = rep(
    2,
    form=Form.NOT_JUDGED,
    form_unseen=("a", "b", "head_lifts", "too_deep"),
    checks=(check("a", title="Knee caves in"),),
)


def test_how_a_repetition_was_done() -> None:
    assert how_done(rep(1)) == "clean"
    assert how_done(PARTLY) == "clean in what could be seen from here"
    assert how_done(rep(1, form=Form.FAULTS)) == "with faults"
    assert how_done(UNSEEN) == "form not judged; not seen: knee caves in, b, head lifts and 1 more"


def test_how_many_were_clean() -> None:
    assert how_many_clean([rep(1), rep(2, form=Form.FAULTS)]) == "1 clean"
    assert how_many_clean([rep(1, form=Form.FAULTS)]) == "none clean"
    assert how_many_clean([rep(1), PARTLY, UNSEEN]) == "2 clean in what could be seen from here, 1 with form not judged"


def test_what_moved_far_enough_and_is_not_listed_was_something_else() -> None:
    because = Reason(Code.NOTHING_MOVED, {**NUMBERS, "share": 1.06}, WORDS)
    assert why_nothing(because) == "You were lying on your back for 12 s, but what moved was not this exercise."


def test_why_nothing_counted_is_one_sentence_in_table_and_file() -> None:
    because = Reason(Code.NOTHING_MOVED, NUMBERS, WORDS, ("left_foot_index",))
    found = session(reps=(), nothing_counted_because=because)
    words = why_nothing(because)
    assert words.endswith("Hidden or outside the picture most of the time: left toes. Film the whole body.")
    console = Console(width=300, file=io.StringIO())
    console.print(session_table(found))
    assert words in console.file.getvalue()  # type: ignore[attr-defined]
    assert session_document(found)["nothing_counted_because"] == words


def test_a_repetition_is_worded_alike_wherever_it_is_told(tmp_path: Path) -> None:
    """In the table, in the lines of a live session, and on the annotated video."""
    exercise = load_rule(bundled_folder() / "dead_bug.py").exercise
    after = Measured(3.6, {}, ViewSeen.LEFT, None, frozenset(), (), Calibration())
    pose = observe(movement("dead_bug"), best_view("dead_bug"), 10)[0].pose
    for made in (rep(1), PARTLY, UNSEEN):
        found = session(reps=(made,), not_assessed=())
        words = how_done(made)
        console = Console(width=200, file=io.StringIO())
        console.print(session_table(found))
        assert words in console.file.getvalue()  # type: ignore[attr-defined]
        assert event_of(RepFinished(made), 4.0)["verdict"] == words
        with Annotation(tmp_path / "a.mp4", found.source, exercise, found) as annotation:
            assert annotation.shown(pose, after).notices[0].text.lower() == f"{words}."
