"""The command line and its surroundings: terminals and pipes of all kinds, odd names, other users, signals."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from formcheck.entry import run
from formcheck.output.folder import open_results
from formcheck.samples_folder import sample_clip
from tests.processes import until_it_hears
from tests.recordings import recorded_figure

CLIP = sample_clip("lateral_lunge")
posix = pytest.mark.skipif(os.name == "nt", reason="names, links, users and signals differ there")


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded_figure(tmp_path_factory.mktemp("recording") / "landmarks.jsonl")


def start(*arguments: object, cwd: Path, shell: str = "", **environment: str) -> subprocess.Popen[bytes]:
    """Start the program, through a shell if something stands there that only a shell can say."""
    command = [sys.executable, "-m", "formcheck", *map(str, arguments)]
    return subprocess.Popen(
        ["bash", "-c", f'"$@" {shell}; exit ${{PIPESTATUS[0]}}', "-", *command] if shell else command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "FORMCHECK_DEBUG": "0", "COLUMNS": "100", **environment},
        # A job in the background is started deaf to it.
        preexec_fn=None if os.name == "nt" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, str]:
    output, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert b"went wrong inside" not in errors
    return process.returncode, output, errors.decode(errors="replace")


@posix
@pytest.mark.parametrize(
    ("shell", "code", "words"),
    [
        ("> /dev/full", 6, "the disk is full"),
        ("| true", 0, ""),
        ("| head -c 1", 0, ""),
        (">&-", 0, ""),
        (">&- 2>&- <&-", 0, ""),
    ],
)
def test_where_nothing_can_be_printed_the_results_are_written_all_the_same(
    shell: str, code: int, words: str, landmarks: Path, tmp_path: Path
) -> None:
    found, _, errors = ended(start("replay", landmarks, "--out", "out", cwd=tmp_path, shell=shell))
    assert (found, words in errors) == (code, True), errors
    assert len(errors.splitlines()) == (2 if code else 0)
    assert json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))["summary"]["reps"] == 1


@posix
def test_a_live_session_that_nobody_reads_ends_with_its_results(tmp_path: Path) -> None:
    arguments = ("live", "lateral-lunge", "--camera", CLIP, "--model", "lite", "--headless", "--mute", "--no-guide")
    code, _, _ = ended(start(*arguments, "--json", "--out", "out", cwd=tmp_path, shell="| head -n 1"))
    assert code == 0
    assert json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))["source"]["frames"] > 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_every_encoding_can_say_it(encoding: str, landmarks: Path, tmp_path: Path) -> None:
    code, output, _ = ended(start("exercises", "dead-bug", cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0"))
    assert code == 0
    assert b"lift both knees to 90" in output
    assert not re.search(rb"\?(?!\s*\n)", output)  # a question ends its line
    code, output, _ = ended(start("replay", landmarks, "--json", cwd=tmp_path, PYTHONIOENCODING=encoding))
    assert code == 0
    assert json.loads(output)["title"] == "Lateral lunge"


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a[red]b", "a[red]b"), (b"d[/b]", "d[/b]"), (b"\x1b[31mred", r"\x1b[31mred"), (b"two\nlines", r"two\nlines"),
        (b"no\xfftext", r"no\udcfftext"), (b"-o", "-o"), ("rtl‮".encode(), r"rtl\u202e"),
    ],
)  # fmt: skip
def test_names_are_shown_as_they_are_and_never_obeyed(
    name: bytes, shown: str, landmarks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / os.fsdecode(name)
    odd.parent.mkdir(exist_ok=True)
    odd.write_bytes(landmarks.read_bytes())
    out = odd.with_name(f"{odd.name}.out")
    assert run(["replay", str(odd), "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert f"Results are in {tmp_path}/{shown}.out" in told.out
    assert told.err == ""
    assert (out / "session.json").is_file()
    odd.write_bytes(b"no landmarks")
    assert run(["replay", str(odd)]) == 3
    assert f"{tmp_path}/{shown} is not a recording" in capsys.readouterr().err


@posix
@pytest.mark.parametrize("name", [b"no\xfftext.mp4", b"a[red]\x1b[0m.mp4"])
def test_a_video_with_an_odd_name_is_analysed_and_its_landmarks_replayed(
    name: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / os.fsdecode(name)
    odd.write_bytes(CLIP.read_bytes())
    out = tmp_path / "out"
    arguments = ["-e", "lateral-lunge", "--model", "lite", "--fps", "4", "--no-video", "--out", str(out)]
    assert run(["analyze", str(odd), *arguments]) == 0
    assert run(["replay", str(out / "landmarks.jsonl"), "--out", str(tmp_path / "again")]) == 0
    first, again = ((folder / "session.json").read_text(encoding="utf-8") for folder in (out, tmp_path / "again"))
    assert first == again
    assert "\x1b" not in capsys.readouterr().out


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be somebody who may not do everything."""
    import formcheck.live.session
    import formcheck.pose.estimator  # noqa: F401  # they may lie where others may not read

    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("analyze", "shut/clip.mp4", "-e", "dead-bug"), 3),
        (("analyze", "shut.mp4", "-e", "dead-bug"), 3),
        (("analyze", "shut", "-e", "dead-bug", "--fps", "9"), 3),
        (("replay", "shut.jsonl", "-e", "dead-bug"), 3),
        (("replay", "shut/landmarks.jsonl", "-e", "dead-bug"), 3),
        (("replay", "landmarks.jsonl", "--out", "shut/out"), 6),
        (("replay", "landmarks.jsonl", "--out", "shut"), 6),
        (("live", "dead-bug", "--headless", "--camera", "shut/clip.mp4"), 3),
    ],
)  # fmt: skip
def test_what_an_ordinary_user_may_not_read_or_write_has_its_exit_code(
    arguments: tuple[str, ...], code: int, landmarks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for folder in [tmp_path, *tmp_path.parents]:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "landmarks.jsonl").write_bytes(landmarks.read_bytes())
    (tmp_path / "landmarks.jsonl").chmod(0o644)
    (tmp_path / "shut").mkdir()
    for name in ("shut.mp4", "shut.jsonl", "shut/clip.mp4", "shut/landmarks.jsonl"):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / name).chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        with ordinary_user():
            assert run(list(arguments)) == code
    finally:
        (tmp_path / "shut").chmod(0o700)
    errors = capsys.readouterr().err
    assert len(errors.splitlines()) <= 2
    assert "inside formcheck" not in errors


def test_a_folder_in_use_ends_the_second_run_with_6(
    landmarks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_results(str(landmarks), tmp_path / "out"):
        assert run(["replay", str(landmarks), "--out", str(tmp_path / "out")]) == 6
    assert f"Another formcheck (process {os.getpid()}, since 20" in capsys.readouterr().err


def until(condition: Path, lines: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (condition.exists() and condition.read_bytes().count(b"\n") > lines):
        time.sleep(0.02)


@posix
@pytest.mark.parametrize(
    "numbers", [(signal.SIGTERM,), (signal.SIGINT, signal.SIGINT), (signal.SIGHUP, signal.SIGTERM)]
)
def test_whatever_signals_end_an_analysis_what_was_done_is_kept(
    numbers: tuple[signal.Signals, ...], tmp_path: Path
) -> None:
    process = start(
        "analyze", CLIP, "-e", "lateral-lunge", "--model", "lite", "--fps", "8", "--out", "out", cwd=tmp_path
    )
    landmarks = tmp_path / "out" / "landmarks.jsonl"
    until(landmarks, 5)
    for number in numbers:
        process.send_signal(number)
    code, output, errors = ended(process)
    assert (code, "kept" in errors) == (130, True)
    assert b"Lateral lunge" in output
    document = json.loads((tmp_path / "out" / "session.json").read_text(encoding="utf-8"))
    assert document["interrupted"]
    end = json.loads(landmarks.read_text().splitlines()[-1])
    assert (end["event"], end["interrupted"], end["frames"]) == ("end", True, document["source"]["frames"])
    # The video is drawn once all is judged: who stops before that has the results without it.
    assert not (tmp_path / "out" / "annotated.mp4").exists()


@posix
@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.4])
@pytest.mark.parametrize("command", [("exercises",), ("doctor",), ("analyze", CLIP, "-e", "auto", "--no-video")])
def test_an_early_signal_is_a_word_and_130(command: tuple[object, ...], after_s: float, tmp_path: Path) -> None:
    process = start(*command, cwd=tmp_path)
    until_it_hears(process)
    time.sleep(after_s)
    process.send_signal(signal.SIGINT)
    code, _, errors = ended(process)
    assert (code, "top" in errors) in [(130, True), (0, False)]
