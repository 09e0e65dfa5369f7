"""What a user may set is the same from the command line and from Python; what may not be is answered with what may."""

import pytest

import formcheck
from formcheck.entry import run
from formcheck.errors import UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.exercise.words import Exercise
from formcheck.fields import nearest
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.samples_folder import sample_clip
from samples.figure import best_view, movement, observe

CLIP = sample_clip("lateral_lunge")
NAN, INF = float("nan"), float("inf")

WRONG: dict[str, tuple[dict[str, object], tuple[str, ...], str]] = {
    "a hold without end": ({"hold_s": INF}, ("--hold", "inf"), "a number from 0.5 to 3600"),
    "a hold that is no number": ({"hold_s": NAN}, ("--hold", "nan"), "a number from 0.5 to 3600"),
    "a negative hold": ({"hold_s": -1.0}, ("--hold", "-1"), "is -1.0; expected a number from 0.5 to 3600"),
    "a side in capitals": ({"side": "Left"}, ("--side", "Left"), "is 'Left'; expected left or right. Did you mean left?"),
    "no repetitions": ({"reps": 0}, ("--reps", "0"), "is 0; expected a whole number from 1 to 1000"),
    "a lens that there is not": ({"fov_deg": 500.0}, ("--fov", "500"), "is 500.0; expected a number from 20 to 130"),
    "an angle of view that is none": ({"fov_deg": NAN}, ("--fov", "nan"), "a number from 20 to 130"),
    "end points that are none": ({"end_point_deg": (NAN, NAN)}, ("--end-point", "nan,nan"), "is nan; expected a number"),
    "an end point behind the back": ({"end_point_deg": (95.0, 400.0)}, ("--end-point", "95,400"), "is 400.0; expected"),
}  # fmt: skip


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command says that is refused as wrong use."""
    code = run(arguments)
    said = capsys.readouterr().err
    assert code == 2, said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) <= 2
    return said


@pytest.mark.parametrize("name", WRONG)
def test_python_and_the_command_line_refuse_the_same_in_the_same_words(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fields, arguments, words = WRONG[name]
    with pytest.raises(UsageError) as caught:
        Options(**fields)  # type: ignore[arg-type]
    assert words in caught.value.cause
    said = refused(capsys, "analyze", str(CLIP), "-e", "lateral-lunge", *arguments)
    assert words in said
    assert said.startswith(arguments[0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("analyze", str(CLIP), "-e", "lateral-lunge", "--fps", "inf"), "is inf; expected a number from 0.1 to 1000"),
        (("analyze", str(CLIP), "-e", "lateral-lunge", "--fps", "nan"), "is nan; expected a number from 0.1 to 1000"),
        (("analyze", str(CLIP), "-e", "deadbug"), "Did you mean dead_bug?"),
        (("analyze", str(CLIP), "-e", "dead-bug", "--level", "hardr"), "Did you mean harder?"),
        (("analyze", str(CLIP), "-e", "dead-bug", "--model", "haevy"), "Did you mean heavy?"),
        (("exercises", "childs_pse"), "Did you mean childs_pose?"),
        (("demo", "latteral-lunge"), "Did you mean lateral_lunge?"),
    ],
)
def test_the_nearest_right_word_is_offered(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(capsys, *arguments)


def test_what_is_like_nothing_is_compared_with_nothing() -> None:
    assert nearest("jumping jacks", ["dead_bug", "lateral_lunge"]) is None
    assert nearest("Dead-Bug", ["lateral_lunge", "dead_bug"]) == "dead_bug"


def required(exercise: Exercise) -> list[float]:
    movements = [item for level in exercise.levels or (None,) for item in exercise.movements_at(level)]
    return [item.hold.seconds for item in movements if item.hold is not None]


@pytest.mark.parametrize("hold_s", [0.5, 5.0, 6.0, 60.0, 3600.0])
def test_every_hold_that_may_be_set_fits_every_exercise(hold_s: float) -> None:
    for rule in load_rules().values():
        performance = Performance(rule, (1280, 720), Options(hold_s=hold_s))
        assert set(required(performance.exercise)) <= {hold_s}


def test_who_sets_out_to_stay_five_seconds_has_done_it_after_five() -> None:
    seen = observe(movement("childs_pose", hold_s=5.5), best_view("childs_pose"), 10.0)
    performance = Performance(load_rules()["childs_pose"], (1280, 720), formcheck.Options(hold_s=5.0))
    for observation in seen:
        performance.step(observation)
    performance.finish("file")
    (rep,) = performance.pipeline.coach.reps
    assert rep.counted, rep.not_counted_because
    assert [hold.required_s for hold in rep.holds] == [5.0]


@pytest.mark.parametrize("camera", ["/dev/video77", "front", "77"])
def test_a_camera_that_is_not_there_is_told_with_its_own_exit_code(
    camera: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["live", "dead-bug", "--headless", "--camera", camera])
    said = capsys.readouterr().err
    assert code == 5, said
    assert camera in said


@pytest.mark.parametrize(
    "command",
    ["replay landmarks.jsonl", "live dead-bug", "demo", "train hip-mobility", "analyze clip.mp4 --plan hip-mobility"],
)
def test_what_goes_to_this_computer_alone_is_not_written_beside_an_address(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "s3://bucket/results is an address" in refused(capsys, *command.split(), "--out", "s3://bucket/results")
