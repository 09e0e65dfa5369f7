"""Plans walked through live: demonstration, sets and rests, by keys and by hand, left and gone on with."""

from pathlib import Path

from formcheck.live.cues import Cue
from formcheck.live.interlude import Announced
from formcheck.live.keys import Wish
from formcheck.live.screen import Screen
from formcheck.output.records import session_document
from formcheck.plan.stages import Place, Stage
from formcheck.pose.command import Action
from formcheck.replaying import replay
from tests.live.test_training import SOURCE
from tests.plan.walking import PLAN, RULES, Recorded, Walked, doing, standing


def announced(walked: Walked) -> list[tuple[str, object]]:
    return [(item.event, item.facts.get("exercise")) for item in walked.happened if isinstance(item, Announced)]


def test_a_plan_is_walked_through_by_itself(tmp_path: Path) -> None:
    host = Recorded(tmp_path)
    walked = Walked(host)
    walked.wait_for(Stage.TRAIN)
    assert walked.shown[0].interlude is not None
    assert walked.shown[0].interlude.title == "Lateral lunge"
    walked.do(doing("lateral_lunge", reps=2, tail_s=4))
    assert (walked.walk.stage, walked.walk.place) == (Stage.REST, Place(0, 1))
    assert walked.shown[-1].interlude is not None
    assert walked.shown[-1].interlude.notices[0].text == "Rest. Then set 2 of 2."
    walked.wait_for(Stage.TRAIN)
    assert walked.shown[-1].of_set == "set 2 of 2"
    walked.do(doing("lateral_lunge", reps=2, tail_s=4), lambda: walked.walk.stage is Stage.SHOW)
    assert walked.walk.place == Place(1, 0)
    walked.wait_for(Stage.TRAIN)
    walked.do(doing("dead_bug", level="basic", reps=1, tail_s=4))
    walked.answer("3", "n", "n")
    assert walked.walk.is_over
    assert [(name, sets, done) for name, sets, done, _ in host.ended] == [
        ("lateral_lunge", 2, True),
        ("dead_bug", 1, True),
    ]
    assert announced(walked) == [
        ("part", "lateral_lunge"), ("rest", "lateral_lunge"), ("part", "dead_bug"),
        ("question", None), ("question", None), ("question", None), ("part", None),
    ]  # fmt: skip
    bug = host.ended[1][3].result()
    assert [(item.question, item.value, item.of_set) for item in bug.answers] == [
        ("effort", 3, 1), ("back_lifted", False, 1), ("pain", False, 1),
    ]  # fmt: skip
    assert bug.offer is not None
    assert bug.offer.level == "harder"
    lunges = host.ended[0][3].result()
    assert [lunges.set_of(rep) for rep in lunges.counted] == [1, 1, 2, 2]
    for (name, *_, training), path in zip(host.ended, sorted(tmp_path.iterdir()), strict=True):
        # The time of each exercise is its own, and a replay gives the same.
        assert session_document(replay(path, name)) == session_document(training.result())
        assert training.result().duration_s < 60
    # Whoever does nothing is waited for.
    assert walked.walk.finish() == ()


def test_keys_skip_repeat_and_stop_the_clock(tmp_path: Path) -> None:
    host = Recorded(tmp_path)
    walked = Walked(host)
    assert walked.press(Wish.AGAIN) == "There is no exercise before this one"
    walked.do(standing(1))
    walked.press(Action.PAUSE)
    walked.do(standing(40))
    assert walked.walk.stage is Stage.SHOW
    walked.press(Action.PAUSE)
    walked.press(Action.NEXT_SIDE)
    walked.do(doing("lateral_lunge", reps=1))
    walked.press(Wish.AGAIN)  # this set once more: what was done of it stays, as an earlier one
    walked.do(doing("lateral_lunge", reps=2, tail_s=4))
    assert (walked.walk.stage, walked.walk.place) == (Stage.REST, Place(0, 1))
    walked.press(Wish.AGAIN)
    assert (walked.walk.stage, walked.walk.place) == (Stage.TRAIN, Place(0, 0))
    walked.do(standing(1))
    walked.press(Wish.SKIP)
    assert (walked.walk.stage, walked.walk.place) == (Stage.SHOW, Place(1, 0))
    walked.do(standing(1))
    walked.press(Wish.AGAIN)  # the exercise before
    assert (walked.walk.stage, walked.walk.place) == (Stage.SHOW, Place(0, 0))
    walked.press(Wish.SKIP)
    walked.press(Wish.SKIP)
    assert walked.walk.is_over
    assert [(name, done) for name, _, done, _ in host.ended] == [("lateral_lunge", False)]
    assert len(host.ended[0][3].result().counted) == 3


def test_raised_hands_go_on_and_skip(tmp_path: Path) -> None:
    host = Recorded(tmp_path)
    walked = Walked(host)
    walked.do(standing(1))
    walked.do(standing(2.5, "right"))
    assert walked.walk.stage is Stage.TRAIN
    walked.do(doing("lateral_lunge", reps=2, tail_s=4))
    assert walked.walk.stage is Stage.REST
    walked.do(standing(1))
    walked.do(standing(2.5, "left"))
    assert (walked.walk.stage, walked.walk.place) == (Stage.TRAIN, Place(0, 1))
    walked.do(doing("lateral_lunge", reps=2, tail_s=4))
    assert (walked.walk.stage, walked.walk.place) == (Stage.SHOW, Place(1, 0))
    walked.do(standing(1))
    walked.do(standing(2.5, "left", "right"))
    assert walked.walk.is_over
    assert [(name, done) for name, _, done, _ in host.ended] == [("lateral_lunge", True)]


def test_a_plan_that_was_left_goes_on(tmp_path: Path) -> None:
    first = Walked(Recorded(tmp_path))
    first.press(Action.NEXT_SIDE)
    first.do(doing("lateral_lunge", reps=2, tail_s=4))
    first.walk.finish()
    assert first.host.ended[0][1:3] == (1, False)
    place = first.host.places[-1]
    assert place == Place(0, 1)
    again = Walked(Recorded(tmp_path), place=place)
    again.press(Action.NEXT_SIDE)
    again.do(doing("lateral_lunge", reps=2, tail_s=4))
    assert again.walk.place == Place(1, 0)


def test_a_muted_cue_is_judged_and_not_told(tmp_path: Path) -> None:
    told = {}
    for text in (PLAN, PLAN.replace('muted_cues = ["too_fast"]', "")):
        walked = Walked(Recorded(tmp_path), text, Place(1, 0))
        walked.press(Action.NEXT_SIDE)
        walked.do(doing("dead_bug", level="basic", reps=1, knobs={"rep_time_s": 4.0}, tail_s=4))
        walked.answer("9", "y", "n")
        (ended,) = walked.host.ended
        assert "too_fast" in {fault.id for fault in ended[3].result().faults}
        told[text] = [item.text for item in walked.happened if isinstance(item, Cue)]
    muted, loud = told.values()
    assert muted == []
    assert loud


def test_the_guide_leads_into_every_exercise(tmp_path: Path) -> None:
    walked = Walked(Recorded(tmp_path, guided=True))
    walked.press(Action.NEXT_SIDE)
    walked.do(doing("lateral_lunge", reps=2, lead_s=8, tail_s=4, calibrate_facing_deg=0.0))
    assert (walked.walk.stage, walked.walk.place) == (Stage.REST, Place(0, 1))
    walked.walk.finish()


def test_every_exercise_is_demonstrated() -> None:
    from formcheck.live.demonstration import demonstration_of

    for rule in RULES.values():
        level: str | None
        for level in [item.id for item in rule.exercise.levels] or [""]:
            shown = demonstration_of(rule.id, level)
            assert shown is not None
            names = {shown.phase_at(i / 10) for i in range(round(10 * shown.duration_s))}
            movements = rule.exercise.movements_at(next((it for it in rule.exercise.levels if it.id == level), None))
            assert {item.position for item in movements} <= names, (rule.id, level)
    assert demonstration_of("my_own", None) is None


def test_the_pages_are_drawn_for_every_exercise(tmp_path: Path) -> None:
    import numpy as np

    walked = Walked(Recorded(tmp_path))
    walked.do(standing(3))
    screen = Screen((SOURCE.width, SOURCE.height), RULES["lateral_lunge"].exercise, 2)
    image = screen.draw(np.full((720, 1280, 3), 90, np.uint8), walked.shown[-1])
    assert image.shape == (720, 1280, 3)
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 20
