"""What the doctor says: each remedy belongs to a cause that was looked at."""

from pathlib import Path

import av
import pytest

from formcheck import doctor, installation
from formcheck.errors import FormcheckError
from formcheck.findings import Finding, attempt
from formcheck.history.place import VARIABLE


def found(what: str) -> Finding:
    return next(finding for finding in doctor.examine() if finding.what == what)


def test_what_breaks_the_reading_of_video_is_not_called_a_missing_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise TypeError("open() got an unexpected keyword argument 'errors'")

    monkeypatch.setattr(av, "open", refuse)
    model, video = found("Model lite"), found("Video")
    for finding in (model, video):
        assert not finding.works
        assert "unexpected keyword" in finding.detail
        assert "install" not in finding.remedy.lower()


def test_exercises_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("formcheck.exercise.rulebook.bundled_folder", lambda: tmp_path)
    rules = found("Rules")
    assert not rules.works
    assert "again" in rules.remedy


def test_a_video_library_without_h264_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(av, "codecs_available", {"mpeg4"})
    assert "--force-reinstall" in found("Video").remedy


def test_silence_names_the_package_only_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for problem, wanted in (("PortAudio library not found", True), ("Error querying device -1", False)):

        def refuse(problem: str = problem) -> None:
            raise OSError(problem)

        monkeypatch.setattr("formcheck.output.sound.open_tones", refuse)
        assert ("libportaudio2" in doctor._sound().remedy) is wanted


def told(package: str, module: str) -> FormcheckError:
    with pytest.raises(FormcheckError) as caught:
        installation.usable_version(package, module)
    return caught.value


def test_a_version_that_does_not_work_is_told_with_the_one_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "requires", lambda _: ["av>=15.1,<20"])
    monkeypatch.setattr(installation, "version", lambda _: "14.2.0")
    problem = told("av", "av")
    assert "14.2.0" in problem.cause
    assert "<20" in problem.remedy
    assert ">=15.1" in problem.remedy


def test_a_package_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "requires", lambda _: ["nonesuch>=2"])
    assert told("nonesuch", "nonesuch").remedy == "Run: pip install 'nonesuch>=2'"


@pytest.mark.parametrize(("system", "machine"), [("Darwin", "x86_64"), ("Linux", "aarch64"), ("Windows", "ARM64")])
def test_a_computer_without_mediapipe_is_told_so(system: str, machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    problem = installation.not_loaded(ModuleNotFoundError("No module named 'mediapipe'", name="mediapipe"))
    assert f"no release for {system} on {machine}" in problem.cause
    assert "pip install" not in problem.remedy


def test_a_missing_library_of_the_system_is_told_with_its_package() -> None:
    text = "libGL.so.1: cannot open shared object file: No such file or directory"
    problem = installation.not_loaded(ImportError(text))
    assert "libGL.so.1" in problem.cause
    assert problem.remedy.endswith("apt-get install libgl1.")


def test_where_the_history_lies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    history = attempt("History", doctor._history)
    assert (history.works, history.detail) == (True, f"0 sessions in {tmp_path / 'data' / 'history.sqlite'}")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "history.sqlite").write_text("Dear diary\n" * 99)
    broken = attempt("History", doctor._history)
    assert not broken.works
    assert "Move it away" in broken.remedy
