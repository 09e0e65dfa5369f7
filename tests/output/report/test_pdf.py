"""The report as a PDF: by a browser that is here, and in plain words where none is or where it fails."""

import stat
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.errors import OutputError
from formcheck.output.report import pdf
from formcheck.samples_folder import sample_clip
from tests.browser import CHROMIUM, ONE_AT_A_TIME
from tests.recordings import recorded_figure
from tests.test_cli import beginning


@ONE_AT_A_TIME
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_replay_prints_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording, out = recorded_figure(tmp_path / "landmarks.jsonl"), tmp_path / "out"
    assert run(["replay", str(recording), "--out", str(out), "--pdf"]) == 0
    data = (out / "report.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert sorted(item.name for item in out.iterdir() if item.name[0] != ".") == [
        "report.html", "report.pdf", "reps.csv", "session.json",
    ]  # fmt: skip
    assert run(["replay", str(recording), "--out", str(out)]) == 0
    assert not (out / "report.pdf").exists(), "an older report.pdf does not show these results"


def live(clip: Path, out: Path, *others: str) -> list[str]:
    given = ["live", "childs-pose", "--camera", str(clip), "--headless", "--model", "lite", "--out", str(out), "--pdf"]
    return [*given, *others]


@ONE_AT_A_TIME
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_live_prints_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip, out = beginning(sample_clip("childs_pose"), tmp_path / "short.mp4", 1.0), tmp_path / "out"
    assert run(live(clip, out, "--no-history")) == 0
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_live_begins_nothing_that_leaves_nothing_to_print(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(live(sample_clip("childs_pose"), out, "--no-report")) == 2
    assert "--no-report" in capsys.readouterr().err
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(live(sample_clip("childs_pose"), out)) == 1
    assert "Chromium" in capsys.readouterr().err
    assert not out.exists()


def test_without_a_browser_nothing_is_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recording, out = recorded_figure(tmp_path / "landmarks.jsonl"), tmp_path / "out"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run(["replay", str(recording), "--out", str(out), "--pdf"]) == 1
    told = capsys.readouterr().err
    assert "Chromium" in told
    assert "report.html" in told
    assert not out.exists()


@pytest.mark.parametrize(("given", "words"), [(["--out", "out", "--no-report"], "--no-report"), ([], "--out results")])
def test_what_leaves_nothing_to_print_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    recording = recorded_figure(tmp_path / "landmarks.jsonl")
    assert run(["replay", str(recording), "--pdf", *given]) == 2
    assert words in capsys.readouterr().err


def test_a_browser_that_fails_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 21\n", encoding="utf-8")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pdf, "find_browser", lambda: broken)
    page = tmp_path / "report.html"
    page.write_text("<!doctype html><title>Report</title>", encoding="utf-8")
    with pytest.raises(OutputError, match="chromium did not print the report: it ended with 21") as caught:
        pdf.write_pdf(page, tmp_path / "report.pdf")
    assert "print it there" in caught.value.remedy
    assert sorted(item.name for item in tmp_path.iterdir()) == ["chromium", "report.html"]
