"""The tables hold what was found, and their place in README.md."""

import pytest

from formcheck.exercise.words import Confidence, Severity
from samples.evaluation.paces import PaceTrial
from samples.evaluation.posed import Trial
from samples.evaluation.score import ClipScore, FaultScore, HoldScore
from samples.evaluation.signal_errors import Errors, Key
from samples.evaluation.tables import readme_chapter, results_page, with_chapter
from samples.evaluation.work import Result
from samples.evaluation.writing import code_measured, share, table

FAULTS = (
    FaultScore(0, "head_lifts", "hit", Severity.MINOR, Confidence.HIGH, 1.5),
    FaultScore(0, "too_fast", "miss", Severity.MINOR, Confidence.MEDIUM, 1.5, said="duration 6.20, limit 6.00"),
    FaultScore(1, "not_90_90", "abstained", Severity.MINOR, None, 1.5, rightly=True, said="ear not seen"),
)
SCORE = ClipScore(2, 1, (True,), (HoldScore("tabletop", 2.3, 2.5),), FAULTS, True, 0, "right")
ERRORS = {Key("dead_bug", "knee_flexion_deg", "side", "near"): Errors(100, -300.0, 400.0, 2500.0, 100, 900.0, 1)}
RESULTS = [
    Result("dead_bug-a", "dead_bug", "basic", "correct", "heavy", 0.5, SCORE, SCORE, ERRORS, recognised="dead_bug"),
    Result("negative-squats", None, None, "negative", "heavy", 0.5, counted={"lateral_lunge": 2}),
]
TRIALS = [Trial("dead_bug", "basic", "head_lifts", 0.5, False, True, Severity.MINOR, None)]
PACES = [PaceTrial("slow", "dead_bug", "basic", 10.0, 4.0, (None,), (None,), ("head_lifts",), (), 0.5)]


def test_the_chapter_says_what_was_found():
    chapter = readme_chapter(RESULTS, TRIALS)
    assert "| repetitions counted exactly, best view | 0 of 1 (0 %) | 98 % |" in chapter
    assert "| side right | 1 of 1 (100 %) | all |" in chapter
    assert "| hold error, median and 95th percentile | 0.20 s and 0.20 s |" in chapter
    assert "0.67 (1.00, 0.50)" in chapter
    assert "| repetitions counted in other movements | 2 | 0 |" in chapter
    assert "| `dead_bug` | 0/1 | 1/1 | 0.20 s | 0.67 | 4.0° | - |" in chapter


def test_both_say_of_which_code_they_are(monkeypatch):
    assert f"Measured at {code_measured()}." in readme_chapter(RESULTS, TRIALS)
    assert code_measured() in results_page(RESULTS, TRIALS, PACES)
    monkeypatch.setenv("PATH", "")
    assert code_measured() == "code that is in no repository"


def test_the_page_lists_every_failure_and_every_signal():
    page = results_page(RESULTS, TRIALS, PACES)
    assert "| `negative-squats` | no repetition | 2 of lateral_lunge |" in page
    assert "| `dead_bug-a` | too_fast at 1.5 | not reported (minor, medium): duration 6.20, limit 6.00 |" in page
    assert "| knee_flexion_deg | side | near | 100 | 1 | -3.00 | 4.00 | 5.00 | 3.00 | 8.00 |" in page
    assert "| 10 | - | - | - | 1 of 1 (100 %) | - | 1 of 1 (100 %) | 2.00 |" in page
    assert "not_90_90 at 1.5" not in page  # rightly not assessed


def test_the_chapter_replaces_what_is_between_the_markers_and_nothing_else():
    text = "before\n<!-- accuracy -->\nold\n<!-- /accuracy -->\nafter\n"
    assert with_chapter(text, "new") == "before\n<!-- accuracy -->\n\nnew\n\n<!-- /accuracy -->\nafter\n"
    with pytest.raises(ValueError, match="<!-- accuracy -->"):
        with_chapter("no markers", "new")


def test_a_table_is_markdown():
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert (share(1, 4), share(0, 0)) == ("1 of 4 (25 %)", "-")
