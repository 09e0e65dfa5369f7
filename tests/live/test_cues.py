from dataclasses import replace

from formcheck.exercise.events import Event, FaultSeen, RepDropped, RepFinished
from formcheck.exercise.results import Form
from formcheck.exercise.words import Severity
from formcheck.live.cues import EVERY_S, PRAISE, SHOWN_S, Cues
from tests.output.sessions import attempt, fault, rep


def seen(time_s: float, name: str, severity: Severity = Severity.MINOR) -> FaultSeen:
    return FaultSeen(time_s, "left", name, severity, f"Mend {name}.")


def told(*events: tuple[float, Event], until_s: float = 30.0) -> list[tuple[float, str]]:
    cues, found = Cues(), []
    for tick in range(round(until_s * 10)):
        now = tick / 10
        cue = cues.step(now, [event for time_s, event in events if round(time_s * 10) == tick])
        if cue is not None:
            found.append((now, cue.text))
    return found


def test_one_cue_at_a_time_the_worst_first_and_one_every_four_seconds() -> None:
    found = told((1.0, seen(1, "knee")), (2.0, seen(2, "speed", Severity.INFO)), (3.0, seen(3, "back", Severity.MAJOR)))
    assert found == [(1.0, "Mend knee."), (1.0 + EVERY_S, "Mend back.")]


def test_the_worst_of_those_that_come_together() -> None:
    found = told((1.0, seen(1, "knee")), (1.0, seen(1, "back", Severity.MAJOR)))
    assert found[0] == (1.0, "Mend back.")


def test_the_same_words_are_not_repeated_at_once() -> None:
    found = told(*((float(t), seen(t, "knee")) for t in range(1, 20)))
    assert [time_s for time_s, _ in found] == [1.0, 13.0]


def test_a_cue_is_shown_for_a_while() -> None:
    cues = Cues()
    cues.step(1.0, [seen(1, "knee")])
    assert cues.shown(1.0 + SHOWN_S) is not None
    assert cues.shown(1.1 + SHOWN_S) is None


def test_what_only_the_end_shows_is_told_then() -> None:
    slow = rep(faults=(fault("speed"),), form=Form.FAULTS)
    assert told((2.0, seen(2, "speed")), (2.0, RepFinished(slow))) == [(2.0, "Mend speed.")]


def test_why_an_attempt_does_not_count_is_not_drowned_by_what_only_its_end_shows() -> None:
    found = told((2.0, seen(2, "speed", Severity.MAJOR)), (2.0, RepDropped(attempt())))
    assert found == [(2.0, "Not counted: it came to 62°")]


def test_what_was_told_is_told_again_where_it_gets_worse() -> None:
    found = told((1.0, seen(1, "knee")), (3.0, seen(3, "knee", Severity.MAJOR)), (8.0, seen(8, "knee")))
    assert found == [(1.0, "Mend knee."), (1.0 + EVERY_S, "Mend knee.")]


def test_praise_when_a_fault_is_gone() -> None:
    bad, good = rep(1, faults=(fault("knee", cue="Mend knee."),), form=Form.FAULTS), rep(2)
    found = told((1.0, seen(1, "knee")), (1.0, RepFinished(bad)), (10.0, RepFinished(good)), (20.0, RepFinished(good)))
    assert found == [(1.0, "Mend knee."), (10.0, PRAISE)]
    assert told((10.0, RepFinished(good))) == []
    # The other side has its own past.
    assert told((1.0, RepFinished(bad)), (10.0, RepFinished(replace(good, side="right"))))[1:] == []


def test_why_an_attempt_does_not_count() -> None:
    assert told((1.0, RepDropped(attempt()))) == [(1.0, "Not counted: it came to 62°")]


def test_a_stale_cue_is_left_out() -> None:
    found = told((1.0, seen(1, "a", Severity.MAJOR)), (1.0, seen(1, "b", Severity.MAJOR)), (1.0, seen(1, "c")))
    assert len(found) == 2
