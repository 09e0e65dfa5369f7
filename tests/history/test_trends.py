"""Weeks of practice: what is counted, once, on its own day, and what differs by more than the error of measurement."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import RenderableType

from formcheck.errors import UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.history.comparing import comparison
from formcheck.history.documents import document_of
from formcheck.history.figures import figures_of
from formcheck.history.overview import overview
from formcheck.history.store import Kept
from formcheck.history.trends import MOST_ROWS, adherence, counting_once, trends
from formcheck.language import LANGUAGES, _, choose, number
from tests.history.made import document, entry
from tests.output.test_exercise_page import printed as printed_narrow

TODAY = date(2026, 11, 28)
"""A Saturday."""
PROGRAMMES = {
    name: rule.exercise.dose.programme
    for name, rule in load_rules().items()
    if rule.exercise.dose.programme is not None
}


def printed(page: RenderableType) -> str:
    return printed_narrow(page, 200)


def kept(number: int, of: dict[str, Any] | None = None, day: date = TODAY, **changes: Any) -> Kept:
    made = entry(of, date=f"{day}T10:00:00+01:00", **changes)
    return Kept(number, made, document_of(number, made.document), day)


def moved(degrees: dict[str, float], exercise: str = "hip_flexion", **changes: Any) -> dict[str, Any]:
    """Return a session whose repetitions of each side went so far."""
    made = document(exercise, 2, **changes)
    for rep in made["reps"]:
        first = next(iter(rep["measures"]))
        rep["measures"][first] = {"min": 10.0, "max": 10.0 + degrees[rep["side"]]}
    return made


def test_the_articles_ask_for_three_to_five_days_of_six_exercises_and_for_every_day_of_three() -> None:
    asked = {name: programme.days_a_week for name, programme in PROGRAMMES.items()}
    daily = {name for name, days in asked.items() if days == (7, 7)}
    assert daily == {"hip_flexion", "plank_hip_flexion", "dead_bug"}
    assert {name for name, days in asked.items() if days == (3, 5)} == set(load_rules()) - daily


def test_figures_are_those_of_the_results() -> None:
    (figures,) = [figures_of([kept(1, document(reps=4))])]
    assert (figures.reps, figures.left, figures.right, figures.clean_share) == (4, 2, 2, 1.0)
    assert (figures.holds, figures.holds_passed) == (4, 4)
    assert figures.held_s == pytest.approx(5.2, abs=0.2)
    assert figures.required_s == 5.0
    assert figures.reach is not None
    assert (figures.reach.title, figures.reach.unit) == ("drop toward foot", "L")
    assert figures.reach.left == pytest.approx(0.22, abs=0.01)


def test_only_what_exceeds_the_error_of_measurement_is_called_a_difference() -> None:
    (small, large) = (figures_of([kept(1, moved({"left": 60.0, "right": 60.0 + more}))]) for more in (4.0, 30.0))
    assert small.reach is not None
    assert small.reach.least_difference is not None
    assert 4.0 < small.reach.least_difference < 30.0
    page = printed(overview([kept(1, moved({"left": 60.0, "right": 64.0}), TODAY - timedelta(1)),
                             kept(2, moved({"left": 60.0, "right": 90.0}))], PROGRAMMES, TODAY))  # fmt: skip
    assert "60° / 64°" in page
    assert "none seen" in page
    assert "30° more right" in page
    assert large.reach is not None
    assert large.reach.difference == pytest.approx(30.0)


def test_a_recording_that_was_analysed_again_counts_once_on_its_first_day() -> None:
    first, again, other = (
        kept(1, document(reps=1), TODAY - timedelta(7), recording="ab"),
        kept(2, document(reps=2), TODAY, recording="ab"),
        kept(3, document(reps=2), TODAY, recording="cd"),
    )
    counted = counting_once([first, again, other])
    assert [(one.number, one.day) for one in counted] == [(2, first.day), (3, TODAY)]
    (mobility,) = adherence([first, again], PROGRAMMES, TODAY)
    assert (mobility.this_week, mobility.before) == (0, (1,))
    assert "analysed again later" in printed(overview([first, again], PROGRAMMES, TODAY))


def test_the_same_recording_of_another_exercise_person_or_side_counts_too() -> None:
    ours = [
        kept(1, document(), recording="ab"), kept(2, document("dead_bug"), recording="ab"),
        kept(3, document(), recording="ab", person="Anna"),
        kept(4, document(settings={"side": "left"}), recording="ab"), kept(5, document()), kept(6, document()),
    ]  # fmt: skip
    assert [one.number for one in counting_once(ours)] == [1, 2, 3, 4, 5, 6]


def test_days_without_a_counted_repetition_are_no_days_of_practice() -> None:
    nothing = document(reps=1)
    nothing["reps"][0] |= {"counted": False, "form": None, "clean": False, "not_counted_because": "it turned back"}
    assert adherence([kept(1, nothing)], PROGRAMMES, TODAY) == []


def test_regular_practice_is_told_week_by_week() -> None:
    days = [TODAY - timedelta(back) for back in (0, 1, 7, 8, 9, 14)]  # Saturday and Friday; three; Saturday
    ours = [kept(i, document(reps=1), day) for i, day in enumerate(days)]
    page = printed(overview(ours, PROGRAMMES, TODAY))
    assert "Hip mobility, asked for 3 to 5 days a week: 2 days since Monday." in page
    assert "In the 2 weeks before, the latest first: 3, 1; enough in 1 of them." in page
    assert "Hip flexors" not in page


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40))
def test_no_day_of_practice_is_lost_or_counted_twice(backs: list[int]) -> None:
    ours = [kept(i, document(reps=1), TODAY - timedelta(back)) for i, back in enumerate(backs)]
    (mobility,) = adherence(ours, PROGRAMMES, TODAY)
    shown = {day for back in backs if (day := TODAY - timedelta(back)) >= TODAY - timedelta(5 + 7 * 4)}
    assert mobility.this_week + sum(mobility.before) == len(shown)
    for trend in trends(ours):
        assert 2 <= len(trend.spans) <= MOST_ROWS
        assert sum(span.figures.sessions for span in trend.spans) <= len(ours)
        assert all(
            span.first <= span.last < next_.first for span, next_ in zip(trend.spans, trend.spans[1:], strict=False)
        )


def test_many_days_become_weeks_and_other_levels_are_other_trends() -> None:
    days = [TODAY - timedelta(back) for back in range(30, -1, -1)]
    ours = [kept(i, document("dead_bug", 1, level=("basic", "harder")[i % 2]), day) for i, day in enumerate(days)]
    found = {trend.level: trend for trend in trends(ours)}
    assert set(found) == {"basic", "harder"}
    assert all(span.first.weekday() == 0 for span in found["basic"].spans)
    assert sum(span.figures.reps for span in found["basic"].spans) == 16
    assert "week of" in printed(overview(ours, PROGRAMMES, TODAY))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tables_of_trends_are_not_broken_at_80_columns(code: str) -> None:
    choose(code)
    far = moved({"left": 0.1, "right": 0.35}, "lateral_lunge")
    far["reps"] *= 10
    before, still = TODAY - timedelta(days=1), document("childs_pose")
    sessions = [kept(1, far, before), kept(2, still, before), kept(3, far), kept(4, still)]
    shown = overview(sessions, PROGRAMMES, TODAY)
    narrow, wide = (
        [" ".join(line.split()) for line in printed_narrow(shown, width).splitlines()] for width in (80, 200)
    )
    tables = [line for line in wide if line.startswith((_("day"), str(TODAY), str(before)))]
    assert len(tables) == 6
    assert [line for line in tables if line not in narrow] == []
    sided = next(line for line in narrow if line.startswith(f"{TODAY} 10 / 10"))
    assert sided.endswith(_("{apart} more right", apart=number(0.25)))


def test_a_comparison_says_what_changed_and_what_else_differed() -> None:
    before = kept(1, moved({"left": 40.0, "right": 60.0}), TODAY - timedelta(30), rule_sha256="cd" * 32)
    after = kept(2, moved({"left": 70.0, "right": 61.0}, model="lite"), person="Anna")
    page = printed(comparison(before, after))
    rows = {line[:11].strip(): line for line in page.splitlines()}
    assert "30° more" in rows["range left"]
    assert "no change seen" in rows["range right"]
    assert "no change seen" in rows["repetitions"]
    for words in ("the person: nobody named, Anna", "the model: heavy, lite", "the rule of the exercise"):
        assert words in page


def test_faults_that_are_gone_are_named() -> None:
    fault = {"id": "too_fast", "title": "Too fast", "severity": "minor", "rep": 1, "cue": "Slow down."}
    page = printed(comparison(kept(1, document(faults=[fault])), kept(2, document())))
    assert "gone: Too fast" in page


def test_different_exercises_are_not_compared() -> None:
    with pytest.raises(UsageError, match="shows Dead bug"):
        comparison(kept(1, document("dead_bug")), kept(2))
