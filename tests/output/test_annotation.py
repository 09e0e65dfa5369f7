"""What the annotated video says of a moment, in words."""

from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.frame import Frame, SourceInfo
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise, Fault
from formcheck.output.annotation import Annotation
from formcheck.output.shown import READ_S, HoldOver, Kind, Shown
from formcheck.performance import Performance
from formcheck.pipeline import Options, Step
from samples.figure import best_view, movement, observe

RULES = load_rules([])


def seen_in(exercise: str, level: str | None, size: tuple[int, int], **moves) -> tuple[Session, list[Step], Exercise]:
    """Return what was found in a movement of the posed figure, and its moments."""
    performance = Performance(RULES[exercise], size, Options(level=level))
    steps = [performance.step(seen) for seen in observe(movement(exercise, level, **moves), best_view(exercise), 10)]
    performance.finish("file")
    source = SourceInfo("file", "x.mp4", *size, 10.0, 0, 0.0)
    return performance.result(source, "heavy"), steps, performance.exercise


def told(path: Path, exercise: str, level: str | None = None, **moves) -> list[Shown]:
    session, steps, rule = seen_in(exercise, level, (1280, 720), **moves)
    with Annotation(path, session.source, rule, session) as annotation:
        return [annotation.shown(step.pose, step.measured) for step in steps]


def test_positions_levels_and_faults_are_told_in_words(tmp_path: Path) -> None:
    made = told(tmp_path / "a.mp4", "dead_bug", "basic", reps=1)
    assert "tabletop" in {shown.phase for shown in made}
    assert made[-1].level == "basic"
    rule = RULES["lateral_lunge"].exercise
    cues = {check.cue for check in rule.checks if isinstance(check, Fault)}
    lunges = told(tmp_path / "b.mp4", "lateral_lunge", reps=1)
    for shown in lunges:
        for notice in shown.notices:
            assert notice.text in cues or notice.text[0].isupper() or notice.text[0].isdigit()
            assert "_" not in notice.text


def test_counts_hold_and_side_are_those_of_the_moment(tmp_path: Path) -> None:
    made = told(tmp_path / "a.mp4", "lateral_lunge", reps=2)
    assert made[0].counts == {"left": 0, "right": 0}
    assert sum(made[-1].counts.values()) == 2
    assert max(shown.hold_s or 0.0 for shown in made) > 1.0
    assert all(shown.hold_required_s == 5.0 for shown in made)  # also before the first hold
    assert any(shown.fresh for shown in made)


def test_a_hold_that_is_over_shows_for_a_moment_what_the_table_says_of_it(tmp_path: Path) -> None:
    session, steps, rule = seen_in("lateral_lunge", None, (1280, 720), reps=1, hold_s=4.7)
    (hold,) = session.reps[0].holds
    assert hold.passed
    assert hold.duration_s < hold.required_s  # it passes from nine tenths
    with Annotation(tmp_path / "a.mp4", session.source, rule, session) as annotation:
        made = [annotation.shown(step.pose, step.measured) for step in steps]
    over_s = hold.start_s + hold.duration_s
    shown = [item.hold_over for item in made if item.hold_over is not None]
    times = [item.time_s for item in made if item.hold_over is not None]
    assert times[0] == pytest.approx(over_s, abs=0.1)
    assert times[-1] == pytest.approx(over_s + READ_S, abs=0.2)
    assert set(shown) == {HoldOver(hold.duration_s, hold.required_s, passed=True, is_short=False)}
    assert all(item.hold_s is None for item in made if item.hold_over is not None)


def test_as_many_checks_are_said_to_be_not_assessed_as_the_report_lists(tmp_path: Path) -> None:
    session, steps, rule = seen_in("lateral_lunge", None, (1280, 720), reps=1)
    with Annotation(tmp_path / "a.mp4", session.source, rule, session) as annotation:
        made = [annotation.shown(step.pose, step.measured) for step in steps]
    listed = {item.id for item in session.not_assessed}
    told = {notice.text for shown in made for notice in shown.notices if notice.kind is Kind.ASIDE}
    assert listed
    assert told == {f"Not assessed: {len(listed)} of {len(rule.checks)} checks."}


def test_level_counts_and_holds_are_those_of_the_result_from_the_first_picture_on(tmp_path: Path) -> None:
    session, steps, rule = seen_in("dead_bug", None, (1280, 720), reps=1)
    with Annotation(tmp_path / "a.mp4", session.source, rule, session) as annotation:
        made = [annotation.shown(step.pose, step.measured) for step in steps]
    assert session.level is not None
    assert {shown.level for shown in made} == {session.level}
    assert made[-1].counts["reps"] == len(session.counted) == 1
    longest_s = max(shown.hold_s or 0.0 for shown in made)
    assert longest_s == pytest.approx(session.reps[0].holds[0].duration_s, abs=0.11)


def test_where_nobody_is_seen_it_says_so(tmp_path: Path) -> None:
    session, steps, rule = seen_in("lateral_lunge", None, (640, 480), reps=1)
    with Annotation(tmp_path / "a.mp4", session.source, rule, session) as it:
        shown = it.shown(None, steps[0].measured)
    assert [(notice.text, notice.kind) for notice in shown.notices] == [("Nobody is seen.", Kind.REMARK)]


@pytest.mark.parametrize(
    ("size", "written"), [((640, 480), (854, 480)), ((1280, 720), (1706, 960)), ((360, 640), None)]
)
def test_the_video_has_a_panel_beside_or_below_the_whole_picture(tmp_path: Path, size, written) -> None:
    session, steps, rule = seen_in("lateral_lunge", None, size, reps=1)
    path = tmp_path / "a.mp4"
    with Annotation(path, session.source, rule, session) as annotation:
        frame = Frame(0, 0.0, np.full((size[1], size[0], 3), 200, np.uint8))
        annotation.add(frame, None, steps[0].measured)
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="bgr24")
    height, width = picture.shape[:2]
    assert written is None or (width, height) == written
    bright = (picture > 150).all(axis=2)
    assert bright.sum() >= 0.98 * min(size[0] * size[1], 0.5 * width * height)
    assert width * height > size[0] * size[1]


def test_whatever_goes_wrong_with_the_last_picture_is_raised_and_leaves_no_part_behind(tmp_path: Path) -> None:
    session, steps, rule = seen_in("lateral_lunge", None, (640, 480), reps=1)
    first, earlier = (Frame(i, 1.0 - i, np.zeros((480, 640, 3), np.uint8)) for i in range(2))
    annotation = Annotation(tmp_path / "a.mp4", session.source, rule, session)
    annotation.add(first, None, steps[0].measured)
    annotation.add(earlier, None, steps[0].measured)
    with pytest.raises(ValueError, match="in order of time"):
        annotation.__exit__(None, None, None)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
