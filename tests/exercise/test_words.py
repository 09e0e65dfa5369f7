"""A declaration with a mistake never loads, and says what to write instead."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from formcheck.body.quantity import all_of, between
from formcheck.body.signals import hip_drop_l, hip_flexion_deg, knee_flexion_deg, torso_inclination_deg
from formcheck.body.view import View
from formcheck.exercise.describe import describe_condition, describe_fault, describe_limits, describe_quantity
from formcheck.exercise.quantities import (
    change,
    duration_s,
    each,
    lowest,
    near,
    other,
    peak,
    speed,
    travel,
    turns,
    working,
)
from formcheck.exercise.words import (
    ARTICLE,
    HOLD,
    JUDGEMENT,
    REP,
    Attribute,
    Band,
    Confidence,
    Context,
    Dose,
    Exercise,
    Fault,
    Hold,
    Level,
    Metric,
    Movement,
    NotThis,
    Severity,
    Start,
    at_least,
    falls,
    like,
    rises,
    source,
    up_to,
    within,
)

torso = torso_inclination_deg
ANY = Context("any", torso < 180)
START_POSITION = Start("upright", torso < 20)
MOVEMENT = Movement(position="end", witnesses=(rises(torso, by=40, to=60),))
BAND = Band(quantity=torso, good=(None, 10), fault=(None, 30), origin=JUDGEMENT)


def fault(**changes: object) -> Fault:
    words: dict[str, object] = {"id": "bad", "band": BAND, "severity": Severity.MINOR, "cue": "Don't."}
    return Fault(**{**words, **changes})  # type: ignore[arg-type]


def exercise(**changes: object) -> Exercise:
    words: dict[str, object] = {
        "title": "Bow", "summary": "Bow and rise.", "views": (View.SIDE,), "camera": "Anywhere.", "context": ANY,
        "start": START_POSITION, "movement": MOVEMENT, "dose": Dose(reps=5, per_side=False, advice="5"), "not_visible": (),
    }  # fmt: skip
    return Exercise(**{**words, **changes})  # type: ignore[arg-type]


def band(quantity: Any) -> Band:
    return replace(BAND, quantity=quantity)


WRONG: Mapping[str, tuple[Callable[[], object], str]] = {
    "good outside acceptable": (
        lambda: Band(quantity=torso, good=(0, 50), acceptable=(10, 40), fault=None, origin=ARTICLE), "must lie inside"),
    "acceptable outside fault": (
        lambda: Band(quantity=torso, good=(20, 30), acceptable=(10, 40), fault=(15, 45), origin=ARTICLE), "inside"),
    "good outside fault": (
        lambda: Band(quantity=torso, good=(None, 30), fault=(10, 45), origin=ARTICLE), r"\(None, 30\) must lie inside"),
    "limits the wrong way round": (
        lambda: Band(quantity=torso, good=(100, 80), fault=None, origin=ARTICLE), r"\(lowest, highest\)"),
    "a fault without limits": (
        lambda: Band(quantity=torso, good=(0, 50), fault=(None, None), origin=ARTICLE), "fault=None"),
    "a fault that no band can show": (
        lambda: fault(band=replace(BAND, fault=None)), "make it a Metric"),
    "a limit in words that is a fault": (lambda: up_to(torso, good=40, fault=30, origin=ARTICLE), "must lie inside"),
    "a limit in words that is none": (lambda: within(change(torso), good=-10, fault=30, origin=ARTICLE), r"\(lowest, highest\)"),
    "a name with capitals": (lambda: fault(id="TooFast"), "small letters"),
    "a position with a hyphen": (lambda: Movement(position="feet-down", witnesses=MOVEMENT.witnesses), "not a name"),
    "a start with a hyphen": (lambda: Start("feet-down", torso < 20), "'feet-down' is not a name"),
    "a level's name": (lambda: Level(id="1st", title="first"), "is not a name"),
    "no seconds to hold": (lambda: Hold(seconds=0, origin=ARTICLE), "seconds is 0; expected a number from 0.5 to 3600"),
    "an attempt longer than the hold": (lambda: Hold(seconds=5, origin=ARTICLE, attempt_under_s=6), "attempt_under_s"),
    "no witness": (lambda: Movement(position="end", witnesses=()), "witnesses is empty; .*at least 1 item"),
    "a witness that travels nowhere": (lambda: rises(torso, by=0), "by is 0"),
    "a share of more than all": (lambda: falls(torso, by=1, share=2), "share is 2"),
    "two positions of one name": (lambda: exercise(movement=(MOVEMENT, MOVEMENT)), "'end' twice"),
    "two levels of one name": (lambda: exercise(levels=(Level(id="a", title="a"),) * 2), "levels share a name: a, a"),
    "a hold that nobody prescribed": (lambda: exercise(checks=(fault(during=HOLD),)), "no movement has a hold"),
    "during an unknown position": (lambda: exercise(checks=(fault(during=("edn",)),)), "during holds 'edn'; expected one of end, hold, rep, start. Did you mean end"),
    "for an unknown level": (lambda: exercise(checks=(fault(levels=("hard",)),)), "levels holds 'hard'"),
    "severity at an unknown level": (
        lambda: exercise(checks=(fault(severity_at={"hard": Severity.INFO}),)), "severity_at holds 'hard'"),
    "whose side, in a check": (
        lambda: exercise(side_is="the leg", checks=(fault(band=band(knee_flexion_deg)),)), "bad: .*each side: say"),
    "whose side, in a witness": (
        lambda: exercise(movement=replace(MOVEMENT, witnesses=(rises(hip_flexion_deg, by=40),))), "movement end: "),
    "whose side, in what makes it something else": (
        lambda: exercise(movement=replace(MOVEMENT, not_this=(NotThis(all_of(torso > 5, hip_flexion_deg > 5), "so"),))),
        "movement end: "),
    "whose side, in a quantity of the repetition": (
        lambda: exercise(checks=(fault(band=band(peak(change(knee_flexion_deg)))),)), "say working"),
    "a side in an exercise without one, in a check": (
        lambda: exercise(checks=(fault(band=band(change(other(knee_flexion_deg)))),)), "side_is="),
    "a side in an exercise without one, in the context": (
        lambda: exercise(context=Context("odd", working(knee_flexion_deg) > 5)), "context: .*side_is="),
    "a side at a level without one": (
        lambda: exercise(side_is="the leg", levels=(Level(id="both", title="both", sided=False),),
                         checks=(fault(band=band(working(knee_flexion_deg))),)), "side_is="),
    "a peak in a condition": (
        lambda: exercise(start=Start("up", peak(torso) > 60)), "looks at one moment"),
    "a peak as a witness": (
        lambda: exercise(movement=replace(MOVEMENT, witnesses=(rises(peak(torso), by=40),))), "looks at one moment"),
    "a speed in a condition": (
        lambda: exercise(checks=(fault(only_if=speed(torso) > 60),)), "bad: only_if looks at one moment"),
    "a duration in an attribute": (
        lambda: exercise(attributes=(Attribute("slow", duration_s > 6),)), "slow: condition looks at one moment"),
    "a side in what makes it something else": (
        lambda: exercise(movement=replace(MOVEMENT, not_this=(NotThis(other(knee_flexion_deg) > 5, "both"),))),
        "movement end: "),
    "a side in what recognises a level": (
        lambda: exercise(levels=(Level(id="low", title="low", recognised_by=hip_flexion_deg > 5),)), "level low: "),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_declaration_says_what_is_wrong(name: str) -> None:
    declare, hint = WRONG[name]
    with pytest.raises(ValueError, match=hint):
        declare()


def test_what_is_right_loads() -> None:
    sided = exercise(
        side_is="the leg",
        movement=Movement(
            position="end",
            witnesses=(rises(working(knee_flexion_deg), by=40, to=60),),
            hold=Hold(seconds=5, origin=ARTICLE),
        ),
        levels=(Level(id="both", title="both", sided=False, movement=MOVEMENT), Level(id="one", title="one")),
        checks=(
            fault(band=band(working(knee_flexion_deg)), levels=("one",), severity_at={"one": Severity.MAJOR}),
            fault(band=band(near(knee_flexion_deg)), during=HOLD),
            Metric(id="depth", band=replace(BAND, fault=None), during=("end",)),
        ),
    )
    both, one = sided.levels
    assert [check.id for check in sided.checks_at(both)] == ["bad", "depth"]
    assert sided.movements_at(both) == (MOVEMENT,)
    assert not sided.sided_at(both)
    assert sided.sided_at(one)
    assert sided.context_at(one) is ANY
    assert sided.start_at(one) is START_POSITION


def test_limits_in_words_are_bands() -> None:
    limits: Mapping[str, Any] = {"good": 10, "acceptable": 20, "fault": 30, "origin": ARTICLE}
    bow = change(torso)
    assert up_to(torso, **limits) == Band(
        quantity=torso, good=(None, 10), acceptable=(None, 20), fault=(None, 30), origin=ARTICLE
    )
    assert within(bow, **limits) == Band(
        quantity=bow, good=(-10, 10), acceptable=(-20, 20), fault=(-30, 30), origin=ARTICLE
    )
    assert at_least(torso, good=30, fault=10, origin=ARTICLE) == Band(
        quantity=torso, good=(30, None), fault=(10, None), origin=ARTICLE
    )
    assert up_to(torso, good=10, fault=None, origin=ARTICLE).fault is None


def test_like_another_one_but_for_what_is_said() -> None:
    easy = Level(id="easy", title="easy", movement=MOVEMENT, sided=False)
    hard = like(easy, id="hard", title="hard")
    assert (hard.id, hard.title, hard.movement, hard.sided) == ("hard", "hard", MOVEMENT, False)
    assert easy.id == "easy"
    with pytest.raises(ValueError, match="not a name"):
        like(easy, id="1st")


def test_what_is_right_is_acceptable_or_good() -> None:
    assert BAND.right == (None, 10)
    assert replace(BAND, acceptable=(None, 20)).right == (None, 20)


def test_a_number_a_repetition_is_watched_over_the_whole_of_it() -> None:
    assert fault(band=band(peak(torso))).during == REP
    assert fault().during == ()


def test_a_hold_passes_from_nine_tenths() -> None:
    assert Hold(seconds=5, origin=ARTICLE).passes_from_s == pytest.approx(4.5)


def test_origins_and_ranks() -> None:
    assert source("Gwynne") == "source: Gwynne"
    assert source("Bailey", "Youdas") == "source: Bailey; source: Youdas"
    assert [confidence.rank for confidence in Confidence] == [0, 1, 2]


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (torso, "torso_inclination_deg"),
        (change(working(knee_flexion_deg)), "change of working knee_flexion_deg"),
        (each(knee_flexion_deg), "each knee_flexion_deg"),
        (lowest(torso), "lowest of torso_inclination_deg"),
        (peak(speed(torso)), "peak of speed of torso_inclination_deg"),
        (travel(hip_drop_l), "travel of hip_drop_l"),
        (turns(torso, 5), "turns of torso_inclination_deg by 5"),
        (duration_s, "duration_s"),
    ],
)
def test_quantities_in_words(quantity: object, words: str) -> None:
    assert describe_quantity(quantity) == words  # type: ignore[arg-type]


def test_conditions_and_limits_in_words() -> None:
    assert describe_condition(between(torso, 10, 20)) == "torso_inclination_deg > 10° and torso_inclination_deg < 20°"
    assert describe_condition(None) == "anything"
    assert describe_limits((80, 100), "deg") == "80 to 100°"
    assert describe_limits((6, None), "s") == "at least 6 s"
    assert describe_limits((None, 0.15), "T") == "at most 0.15 T"
    assert describe_fault((60, 120), "deg") == "under 60° or over 120°"
