"""Code that somebody else's rule brings along may fail in any way: it is named, and the session goes on."""

from pathlib import Path

import pytest

import formcheck
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.events import RuleFailed
from formcheck.exercise.rulebook import find_rule, load_rules
from formcheck.live.lines import event_of
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording_writer import LandmarkWriter
from samples.figure import best_view, movement, observe

RULE = '''"""Ours, with a check that looks at something of its author's own."""

from dataclasses import replace

from formcheck.body.quantity import Condition, Quantity
from formcheck.body.signals import torso_inclination_deg
from formcheck.exercise.rulebook import bundled_folder, load_rule
from formcheck.exercise.words import JUDGEMENT, REP, Band, Fault, Severity


class Strange(BaseException):
    pass


class Odd(Quantity):
    of = torso_inclination_deg
    unit = "deg"

    def value(self, moment):
        {value}


class Odder(Condition):
    def answer(self, moment):
        {answer}

    def relaxed(self):
        return self

    def comparisons(self):
        return iter(())


ours = load_rule(bundled_folder() / "{ours}.py").exercise
odd = Fault(
    id="odd",
    band=Band(quantity=Odd(), good=(None, 10), fault=(None, 30), origin=JUDGEMENT),
    only_if=Odder(),
    during=REP,
    severity=Severity.MINOR,
    cue="Don't.",
)
EXERCISE = replace(ours, checks=(*ours.checks, odd))
'''
RIGHT = ("return 5.0", "return True")
WRONG = {
    "an exception": ("return 1 / 0", "return True", "ZeroDivisionError: division by zero (odd.py, line 20)"),
    "what is no Exception": ("raise Strange('x')", "return True", "Strange: x (odd.py, line 20)"),
    "leaving": ("raise SystemExit(1)", "return True", "SystemExit: 1 (odd.py, line 20)"),
    "text": ("return 'far'", "return True", "Odd.value returned 'far' (odd.py)"),
    "nothing": ("pass", "return True", "Odd.value returned a NoneType (odd.py)"),
    "without end": ("return float('inf')", "return True", "Odd.value returned inf (odd.py)"),
    "an exception in a condition": ("return 5.0", "return {}['x']", "KeyError: 'x' (odd.py, line 25)"),
    "no answer": ("return 5.0", "return 'yes'", "Odder.answer returned 'yes' (odd.py)"),
}
EXERCISE = "lateral_lunge"


@pytest.fixture(scope="module")
def seen() -> list[Observation]:
    return observe(movement(EXERCISE, reps=1), best_view(EXERCISE), 10.0)


@pytest.fixture(scope="module")
def landmarks(seen: list[Observation], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recorded") / "landmarks.jsonl"
    with LandmarkWriter(
        path, SourceInfo("file", "a.mp4", 1280, 720, 10.0, len(seen), seen[-1].time_s), "heavy"
    ) as writer:
        for observation in seen:
            writer.write(observation)
    return path


@pytest.fixture(scope="module")
def ours(landmarks: Path) -> formcheck.Session:
    return formcheck.replay(landmarks, EXERCISE)


def folder_with(tmp_path: Path, value: str, answer: str) -> Path:
    text = RULE.replace("{value}", value).replace("{answer}", answer).replace("{ours}", EXERCISE)
    (tmp_path / "odd.py").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", WRONG)
def test_a_rule_that_fails_while_it_is_used_is_named_and_the_session_goes_on(
    name: str, tmp_path: Path, landmarks: Path, ours: formcheck.Session
) -> None:
    value, answer, says = WRONG[name]
    folder = folder_with(tmp_path, value, answer)
    session = formcheck.replay(landmarks, "odd", rules=[folder], out=tmp_path / "results")
    assert len(session.counted) == len(ours.counted) == 1
    assert [rep.faults for rep in session.reps] == [rep.faults for rep in ours.reps]
    assert session.rule_failures == (f"The rule odd ({tmp_path / 'odd.py'}) failed: {says}.",)
    assert ours.rule_failures == ()
    assert says.split(" (")[0].encode() in (tmp_path / "results" / "session.json").read_bytes()


def test_it_is_told_once_while_it_happens(tmp_path: Path, seen: list[Observation]) -> None:
    rule = find_rule(load_rules([folder_with(tmp_path, "return 1 / 0", "return True")]), "odd")
    performance = Performance(rule, (1280, 720), Options())
    events = [event for observation in seen for event in performance.step(observation).events]
    (failed,) = [event for event in events if isinstance(event, RuleFailed)]
    told = event_of(failed, failed.time_s)
    assert told["event"] == "note"
    assert "odd.py, line 20" in told["text"]


def test_another_session_begins_without_the_failure(tmp_path: Path, seen: list[Observation]) -> None:
    rule = find_rule(load_rules([folder_with(tmp_path, "return 1 / 0", "return True")]), "odd")
    performance = Performance(rule, (1280, 720), Options())
    for observation in seen:
        performance.step(observation)
    assert rule.failure is not None
    Performance(rule, (1280, 720), Options())
    assert rule.failure is None


def test_code_that_does_not_fail_is_used(tmp_path: Path, seen: list[Observation]) -> None:
    rule = find_rule(load_rules([folder_with(tmp_path, "return 90.0", "return True")]), "odd")
    performance = Performance(rule, (1280, 720), Options())
    for observation in seen:
        performance.step(observation)
    performance.finish("file")
    assert rule.failure is None
    assert all("odd" in [fault.id for fault in rep.faults] for rep in performance.pipeline.coach.reps)
