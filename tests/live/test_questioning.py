"""What only the person knows: asked after a set, answered by keys and by hand, kept with the session, and offered on."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli import app
from formcheck.errors import FormcheckError, UsageError
from formcheck.exercise.common import PAIN
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import JUDGEMENT, Kind, Offer, Question
from formcheck.fields import FieldError
from formcheck.history.keeping import keeping
from formcheck.history.store import History
from formcheck.live.keys import Typed, Wish
from formcheck.live.questioning import Questioning
from formcheck.output.table import session_table
from formcheck.pipeline import Options
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import Observation
from formcheck.replaying import replay
from tests.live.test_training import live
from tests.plan.walking import standing
from tests.recordings import recorded_figure

EFFORT = Question(id="effort", ask="How hard was it?", kind=Kind.ZERO_TO_TEN)


class Asked:
    """Somebody who is asked."""

    def __init__(self, *questions: Question) -> None:
        self._asking = Questioning(questions, (1280, 720))
        self.answers: dict[str | None, object] = {}
        self.time_s = 0.0

    def stay(self, film: Sequence[Observation]) -> None:
        for seen in film:
            self.time_s += 0.1
            assert seen.pose is not None
            now = replace(seen, time_s=self.time_s, pose=replace(seen.pose, time_s=self.time_s))
            _, told = self._asking.see(now)
            self.answers |= {item.question: item.value for item in told if isinstance(item, Command)}

    def press(self, *keys: Action | Wish | Typed) -> None:
        for key in keys:
            self._asking.press(key)

    @property
    def is_over(self) -> bool:
        return self._asking.is_over


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ([Typed("6"), Action.NEXT_SIDE], {"effort": 6, "pain": False}),
        ([Typed("1"), Typed("0"), Typed("y")], {"effort": 10, "pain": True}),
        ([Typed("0"), Typed("j")], {"effort": 0, "pain": True}),
        ([Typed("y"), Typed("2"), Typed("2"), Action.NEXT_SIDE], {"effort": 2, "pain": False}),
        ([Action.PAUSE, Typed("y")], {"pain": True}),
        ([Wish.SKIP, Wish.SKIP], {}),
    ],
)
def test_keys_answer(keys: list[Action | Wish | Typed], answers: dict[str, object]) -> None:
    asked = Asked(EFFORT, PAIN)
    asked.stay(standing(0.2))
    asked.press(*keys)
    asked.stay(standing(0.2))
    assert (asked.answers, asked.is_over) == (answers, True)


def test_a_one_that_no_zero_follows_is_one() -> None:
    asked = Asked(EFFORT)
    asked.stay(standing(0.2))
    asked.press(Typed("1"))
    asked.stay(standing(2.0))
    assert asked.answers == {"effort": 1}


def test_a_hand_is_held_up_until_the_answer_shows() -> None:
    asked = Asked(EFFORT, PAIN)
    asked.stay(standing(1.0))
    asked.stay(standing(4.5, "left"))  # 0 after a second, then 1, 2, 3
    asked.stay(standing(1.5))
    assert asked.answers == {"effort": 3}
    asked.stay(standing(2.5, "right"))  # no, yes
    asked.stay(standing(1.5))
    assert (asked.answers, asked.is_over) == ({"effort": 3, "pain": True}, True)


def test_who_does_nothing_is_not_waited_for() -> None:
    asked = Asked(EFFORT, PAIN)
    asked.stay(standing(45.0))
    assert (asked.answers, asked.is_over) == ({}, True)


def test_a_rule_that_asks_or_offers_wrongly_does_not_load() -> None:
    bug = load_rules()["dead_bug"].exercise
    offer = bug.offers[0]
    for wrong, told in (
        ({"questions": (EFFORT, EFFORT)}, "share a name"),
        ({"questions": (replace(EFFORT, levels=("easy",)),)}, "'easy'"),
        ({"offers": (replace(offer, level="hard"),)}, "Did you mean harder"),
        ({"offers": (replace(offer, question="efort"),)}, "Did you mean effort"),
    ):
        with pytest.raises(FieldError, match=told):
            replace(bug, **wrong)
    with pytest.raises(FieldError, match="from 0 to 10"):
        Offer(level="harder", question="effort", at_most=11, says="Try it.", origin=JUDGEMENT)


def test_answers_are_recorded_and_a_replay_obeys_them(tmp_path: Path) -> None:
    def press(training, time_s: float) -> None:
        if time_s == pytest.approx(20.0):
            training.obey(Command(training.time_s, Action.ANSWER, question="effort", value=3))

    lived = live("dead_bug", tmp_path, level="basic", reps=1, tail_s=10, press=press)
    assert [(item.question, item.value) for item in lived.session.answers] == [("effort", 3)]
    assert lived.session.offer is not None


@pytest.mark.parametrize(("effort", "is_offered"), [(3, True), (4, False)])
def test_the_effort_decides_what_is_offered(effort: int, is_offered: bool, tmp_path: Path) -> None:
    path = recorded_figure(tmp_path / "landmarks.jsonl", "dead_bug")
    session = replay(path, "dead_bug", options=Options(answers={"effort": effort}))
    assert session.clean_reps == len(session.counted) == 1
    assert (session.offer is not None) is is_offered
    assert "answers" not in session.settings
    assert replay(path, "dead_bug").offer is None


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    if isinstance(result.exception, FormcheckError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_the_command_line_takes_answers_and_tells_them(tmp_path: Path) -> None:
    path = recorded_figure(tmp_path / "landmarks.jsonl", "dead_bug")
    told = run("replay", path, "--answer", "effort=2", "--answer", "pain=no")
    assert "How hard was it, from 0, no effort, to 10, the most you can do? 2 of 10." in told
    assert "Did your back or hip hurt? No." in told
    assert "Did the small of your back come off the floor? Not answered." in told
    assert "try the level harder next time" in told
    assert "--answer effort=3" in run("replay", path)
    document = json.loads(run("replay", path, "--answer", "effort=2", "--json"))
    assert document["answers"] == [{"id": "effort", "value": 2, "set": None}]
    assert [item["id"] for item in document["questions"]] == ["effort", "back_lifted", "pain"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("effort", "is no answer"),
        ("effort=11", "“effort=11” is no answer.\nSay yes, no, or a whole number from 0 to 10"),
        ("effort=yes", "expected a whole number from 0 to 10"),
        ("pain=3", "expected yes or no"),
        ("efort=3", "Did you mean effort"),
    ],
)
def test_a_wrong_answer_is_refused(given: str, told: str, tmp_path: Path) -> None:
    path = recorded_figure(tmp_path / "landmarks.jsonl", "dead_bug")
    with pytest.raises(UsageError, match=told):
        run("replay", path, "--answer", given)


def test_answers_are_added_to_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    session = replay(recorded_figure(tmp_path / "landmarks.jsonl", "dead_bug"), "dead_bug")
    keeping("analyze", None, pytest.fail)(session, load_rules()["dead_bug"])
    assert "try the level harder" in run("history", "answer", 1, "effort=2", "pain=yes")
    assert "How hard was it, from 0, no effort, to 10, the most you can do? 2 of 10." in run("history", "show", 1)
    assert "harder" not in run("history", "answer", 1, "effort=8")
    (kept,) = History().sessions()
    assert [(item.id, item.value) for item in kept.document.answers] == [("effort", 2), ("pain", True), ("effort", 8)]
    with pytest.raises(UsageError, match="asks for no"):
        run("history", "answer", 1, "hunger=3")
    assert session_table(session) is not None
