"""A person's own end points, which train and live remember and use, and analyze tells of."""

from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.exercise.session_result import Session
from formcheck.history.place import VARIABLE
from formcheck.live.session import LiveResult
from formcheck.pipeline import Options
from formcheck.plan.memory import Memory
from tests.output.sessions import session

LIVE = ("live", "hip-flexion", "--level", "lying")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


class Asked:
    """What the commands ask of a session, in whose place this stands; it finds what it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *found: float) -> None:
        self.options = Options()
        self.found = found
        monkeypatch.setattr("formcheck.live.session.live", self.live)
        monkeypatch.setattr("formcheck.session.analyze", self.analyze)

    def live(self, _exercise: object, _wanted: object, *, options: Options, **_rest: object) -> LiveResult:
        self.options = options
        return LiveResult(self._session(), Path("results"), stopped=False, failure=None)

    def analyze(self, _video: object, _exercise: object, *, options: Options, **_rest: object) -> Session:
        self.options = options
        return self._session()

    def _session(self) -> Session:
        settings = {"end_point_deg": list(self.found)} if self.found else {}
        return session(exercise="hip_flexion", level="lying", settings=settings)


def of(person: str) -> dict[str, dict[str, float]]:
    return Memory(person, pytest.fail).known().end_points  # type: ignore[return-value]


def test_live_remembers_what_it_found_for_each_person(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, 92.5, 88.0)
    assert run([*LIVE, "--person", "Anna"]) == 0
    assert asked.options.end_point_deg is None
    assert of("Anna") == {"hip_flexion": {"left": 92.5, "right": 88.0}}
    assert of("") == {}


def test_live_uses_what_is_remembered_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Memory("Anna", pytest.fail).remember_end_point("hip_flexion", "left", 92.5)
    asked = Asked(monkeypatch)
    assert run([*LIVE, "--person", "Anna"]) == 0
    assert asked.options.end_point_deg == (92.5, None)
    said = capsys.readouterr().err
    assert "Your own end point of “Hip flexion” is remembered: left 92°." in said
    assert "--new-end-points" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("--person", "Anna", "--new-end-points"), ("--person", "Piet"), (), ("--no-history",),
        ("--person", "Anna", "--end-point", "70,71"),
    ],
)  # fmt: skip
def test_else_live_uses_nothing_that_is_remembered(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for side in ("left", "right"):
        Memory("Anna", pytest.fail).remember_end_point("hip_flexion", side, 90.0)
    asked = Asked(monkeypatch)
    assert run([*LIVE, *arguments]) == 0
    assert asked.options.end_point_deg == ((70.0, 71.0) if "--end-point" in arguments else None)
    assert "remembered" not in capsys.readouterr().err


def test_where_nothing_is_kept_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    Asked(monkeypatch, 92.5, 88.0)
    assert run([*LIVE, "--no-history"]) == 0
    assert of("") == {}


def test_an_exercise_without_an_end_point_is_told_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Memory("", pytest.fail).remember_end_point("lateral_lunge", "left", 90.0)
    asked = Asked(monkeypatch)
    assert run(["live", "lateral-lunge"]) == 0
    assert asked.options.end_point_deg is None
    assert "remembered" not in capsys.readouterr().err


def test_analyze_judges_by_what_it_is_given_and_says_what_is_remembered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for side, deg in (("left", 92.5), ("right", 88.0)):
        Memory("Anna", pytest.fail).remember_end_point("hip_flexion", side, deg)  # type: ignore[arg-type]
    asked = Asked(monkeypatch)
    Path("clip.mp4").touch()
    analyze = ["analyze", "clip.mp4", "-e", "hip-flexion"]
    assert run([*analyze, "--person", "Anna"]) == 0
    assert asked.options.end_point_deg is None
    assert "--end-point 92.5,88 " in capsys.readouterr().err
    for others in ([], ["--person", "Anna", "--end-point", "90,90"]):
        assert run([*analyze, *others]) == 0
        assert "remembered" not in capsys.readouterr().err
