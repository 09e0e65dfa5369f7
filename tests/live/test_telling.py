import pytest

from formcheck.exercise.events import PhaseEntered, RepDropped, RepFinished, RepTakenBack
from formcheck.exercise.words import Severity
from formcheck.live.cues import Cue
from formcheck.live.guide import Guidance, Step
from formcheck.live.holds import HoldChanged
from formcheck.live.presence import Remark
from formcheck.live.shown import Happening
from formcheck.live.telling import tell, tone_of, words_of
from formcheck.output.sound import Sound, Tone
from formcheck.pose.command import Action, Command
from tests.output.sessions import attempt, rep

COUNTS = {"left": 3, "right": 2}


@pytest.mark.parametrize(
    ("item", "tone", "words"),
    [
        (Command(1.0, Action.GO), Tone.READY, "Go."),
        (Command(1.0, Action.PAUSE), Tone.PAUSED, "Paused."),
        (Command(1.0, Action.NEXT_SIDE, side="right"), None, "Next: right."),
        (Command(1.0, Action.WAIT), None, None),
        (HoldChanged(1.0, "left", "started", 0.2, 5.0), Tone.HOLD_STARTED, None),
        (HoldChanged(1.0, "left", "enough", 5.0, 5.0), Tone.HOLD_ENOUGH, None),
        (HoldChanged(1.0, "left", "ended", 6.0, 5.0, passed=True), None, None),
        (HoldChanged(1.0, "left", "ended", 4.2, 5.0, passed=False), None, None),
        # It was called long enough before: that is put right.
        (
            HoldChanged(1.0, "left", "ended", 4.2, 5.0, passed=False, corrects=True),
            None,
            "That hold was 4.2 seconds, not 5.",
        ),
        (RepFinished(rep()), Tone.REP, "3. Next: right."),
        (RepFinished(rep(side="right")), Tone.REP, "2"),
        (RepDropped(attempt()), None, None),
        (RepTakenBack(attempt()), Tone.PAUSED, None),
        (Cue(1.0, "Knee out.", Severity.MAJOR), Tone.FAULT, "Knee out."),
        (Cue(1.0, "Well corrected!"), None, "Well corrected!"),
        (Guidance(Step.FRAME, "Step back."), Tone.FRAME, "Step back."),
        (Guidance(Step.START, "Lie down."), Tone.START, "Lie down."),
        (Guidance(Step.START, "Stay like this.", share=0.1), Tone.KEEP, "Stay like this."),
        (Command(1.0, Action.END_POINT, side="left", deg=95.0), Tone.END_POINT_FOUND, None),
        (Remark(1.0, "Your feet are cut off."), Tone.OUTSIDE, "Your feet are cut off."),
        (PhaseEntered(1.0, "left", "bottom"), None, None),
    ],
)
def test_what_is_heard(item: Happening, tone: Tone | None, words: str | None) -> None:
    assert tone_of(item) is tone
    assert words_of(item, COUNTS, "right") == words


def test_every_step_of_the_set_up_sounds_different() -> None:
    tones = [tone_of(Guidance(step, "Do this.")) for step in Step if step is not Step.DONE]
    assert None not in tones
    assert len(set(tones)) == len(tones)
    melodies = [tone.value for tone in Tone]
    assert len(set(melodies)) == len(melodies)


def test_everything_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr(Sound, "play", lambda _self, tone: heard.append(tone))
    monkeypatch.setattr(Sound, "say", lambda _self, text: heard.append(text))
    tell(Sound(muted=True), [Command(1.0, Action.GO), RepFinished(rep())], COUNTS, None)
    assert heard == [Tone.READY, "Go.", Tone.REP, "3"]
