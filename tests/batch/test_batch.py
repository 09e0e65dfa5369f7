"""Many recordings from the command line: nothing that fails stops the rest, and nothing that is done is done again."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.batch.clips import SHORT, WITH_ALL, make_clips, results_in, rows_of, run, started

pytestmark = pytest.mark.xdist_group("batch")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clips(tmp_path_factory.mktemp("many") / "clips")


@pytest.fixture(scope="module")
def done(clips: Path) -> tuple[int, str, str, Path]:
    """Analyse all at once; return the exit code, what was said, and where the results are."""
    result = run("analyze", "--list", "list.csv", "--jobs", 2, *SHORT, cwd=clips.parent)
    return result.returncode, result.stdout, result.stderr, clips.parent / "list.csv.formcheck"


def copied(done: tuple[int, str, str, Path], folder: Path) -> Path:
    return Path(shutil.copytree(done[3], folder / "out"))


def test_a_bad_recording_is_listed_with_its_reason_and_the_rest_is_done(done: tuple[int, str, str, Path]) -> None:
    code, output, errors, out = done
    rows = {row["recording"]: row for row in rows_of(out)}
    assert code == max(int(row["exit_code"]) for row in rows.values()) == 3
    assert list(rows) == sorted(rows)
    bad = rows.pop(str(Path("clips/day 2/bad.mp4")))
    assert "is not a video" in bad["reason"]
    assert [text.count("bad.mp4") for text in (output, errors)] == [1, 1]
    assert [" ".join(text.split()).count(bad["remedy"]) for text in (output, errors)] == [1, 0]
    assert "Traceback" not in errors
    for number, (recording, row) in enumerate(rows.items(), start=1):
        assert f"{number} of 5: " in errors
        assert len(row["recording_sha256"]) == len(row["fingerprint"]) == 64
        assert (out / row["folder"] / "landmarks.jsonl").exists()
        is_sure = recording != str(Path("clips/day 2/lunge.mp4"))
        assert (row["exit_code"], "Not sure" in row["reason"]) == (("0", False) if is_sure else ("2", True))


def test_the_index_is_a_table_with_types_too(done: tuple[int, str, str, Path]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="reads Parquet")
    pytest.importorskip("arro3.io", reason="writes Parquet")
    table = parquet.read_table(done[3] / "index.parquet").to_pylist()
    assert [row["folder"] for row in table] == [row["folder"] for row in rows_of(done[3])]
    assert [row["exit_code"] for row in table] == [0, 0, 3, 2, 0]
    assert table[0]["tracked"] > 0
    assert table[2]["reps"] is None


def test_each_result_is_that_of_the_recording_alone(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("file,exercise\nlunge.mp4,lateral-lunge\nbug.mp4,dead-bug\n", encoding="utf-8")
    for name in ("lunge.mp4", "bug.mp4"):
        shutil.copy(clips / "day 1" / name, tmp_path)
    many = run("analyze", "--list", "list.csv", *WITH_ALL, "--lang", "nl", cwd=tmp_path)
    assert many.returncode == 0, many.stderr
    alone = run("analyze", "bug.mp4", "-e", "dead-bug", *WITH_ALL, "--lang", "nl", cwd=tmp_path)
    assert alone.returncode == 0, alone.stderr
    ones = results_in(tmp_path / "bug.mp4.formcheck")
    assert set(ones) == {"session.json", "reps.csv", "landmarks.jsonl", "report.html", "annotated.mp4"}
    assert b'"language": "nl"' in ones["session.json"]
    assert ones == results_in(tmp_path / "list.csv.formcheck" / "bug.mp4.formcheck")


def test_what_is_finished_is_left_as_it_is(clips: Path, done: tuple[int, str, str, Path], tmp_path: Path) -> None:
    out = copied(done, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.json*")}
    again = run("analyze", "--list", "list.csv", "--out", out, "--resume", "--json", *SHORT, cwd=clips.parent)
    assert again.returncode == done[0], again.stderr
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.json*")} == before
    assert rows_of(out) == rows_of(done[3])
    assert [row["folder"] for row in json.loads(again.stdout)] == [row["folder"] for row in rows_of(out)]


def test_what_would_come_out_otherwise_is_done_again(clips: Path, tmp_path: Path) -> None:
    mine = tmp_path / "clips"
    mine.mkdir()
    shutil.copy(clips / "day 1" / "lunge.mp4", mine / "a.mp4")
    shutil.copy(clips / "day 1" / "bug.mp4", mine / "b.mp4")
    files = [tmp_path / "clips.formcheck" / f"{name}.mp4.formcheck" / "session.json" for name in "ab"]

    def changed(*options: str) -> list[bool]:
        before = [file.stat().st_mtime_ns if file.exists() else 0 for file in files]
        result = run("analyze", "clips", "-e", "dead-bug", "--resume", *SHORT, *options, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        return [file.stat().st_mtime_ns != then for file, then in zip(files, before, strict=True)]

    assert changed() == [True, True]
    assert changed("--reps", "4") == [True, True]
    assert changed("--reps", "4") == [False, False]
    shutil.copy(clips / "day 2" / "pose.mp4", mine / "a.mp4")
    files[1].with_name("reps.csv").unlink()
    assert changed("--reps", "4") == [True, True]
    shutil.copy(clips / "day 1" / "lunge.mp4", mine / "a.mp4")
    os.truncate(files[1].with_name("landmarks.jsonl"), 100)
    assert changed("--reps", "4") == [True, True]
    assert changed("--reps", "4") == [False, False]


def is_any_of(group: int) -> bool:
    """Return whether a process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_batch_that_was_ended_goes_on_where_it_was(
    how: signal.Signals, clips: Path, done: tuple[int, str, str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    asked = ["analyze", "--list", "list.csv", "--out", out, "--jobs", 1, *SHORT]
    process = started(*asked, cwd=clips.parent)
    deadline_s = time.monotonic() + 120
    while time.monotonic() < deadline_s and not ((out / "index.csv").exists() and rows_of(out)):
        time.sleep(0.02)
    if how == signal.SIGINT:  # a terminal sends it to all that the program started, too
        os.killpg(process.pid, how)
    else:
        process.kill()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == (130 if how == signal.SIGINT else -how), errors
    assert "Traceback" not in errors
    over = [row["folder"] for row in rows_of(out) if row["exit_code"] != "130"]
    assert 1 <= len(over) < 5
    times = {name: path.stat().st_mtime_ns for name in over if (path := out / name / "landmarks.jsonl").exists()}
    while time.monotonic() < deadline_s and is_any_of(process.pid):  # whoever was at work for it ends, too
        time.sleep(0.05)
    again = run(*asked, "--resume", cwd=clips.parent)
    assert again.returncode == done[0], again.stderr
    assert {name: (out / name / "landmarks.jsonl").stat().st_mtime_ns for name in times} == times
    assert results_in(out) == results_in(done[3])
    for row, other in zip(rows_of(out), rows_of(done[3]), strict=True):
        assert {**row, "reason": row["reason"].replace(str(out), str(done[3]))} == other


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("clips", "-e", "juggling"), 2, "no exercise"),
        (("clips",), 2, "-e auto"),
        ((), 2, "--list"),
        (("clips", "--list", "list.csv"), 2, "--list"),
        (("clips", "-e", "auto", "--model", "huge"), 2, "huge"),
        (("clips", "-e", "auto", "--fps", "0"), 2, "--fps"),
        (("--list", "list.csv"), 2, "Line 3"),
        (("clips", "-e", "auto", "--out", "taken"), 6, "--out"),
    ],
)
def test_what_is_wrong_is_said_before_the_work(
    arguments: tuple[str, ...], code: int, word: str, clips: Path, tmp_path: Path
) -> None:
    (tmp_path / "clips").symlink_to(clips)
    (tmp_path / "list.csv").write_text("file,exercise\na.mp4,dead-bug\nb.mp4,juggling\n", encoding="utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "index.csv").write_text("mine,not\n1,yours\n", encoding="utf-8")
    result = run("analyze", *arguments, cwd=tmp_path)
    assert (result.returncode, word in result.stderr, "Traceback" in result.stderr) == (code, True, False), (
        result.stderr
    )
    assert (tmp_path / "taken" / "index.csv").read_text(encoding="utf-8").startswith("mine")
    assert not (tmp_path / "clips.formcheck").exists()


def test_nothing_of_it_is_in_the_history_unless_the_person_is_named(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    shutil.copy(clips / "day 1" / "lunge.mp4", tmp_path)
    asked = ["analyze", tmp_path, "-e", "lateral-lunge", *SHORT, "--out"]
    assert run(*asked, "one", cwd=tmp_path).returncode == 0
    assert "no session" in run("history", cwd=tmp_path).stdout
    assert run(*asked, "two", "--person", "Anna", cwd=tmp_path).returncode == 0
    assert "lateral_lunge" in run("history", "--person", "Anna", cwd=tmp_path).stdout.lower().replace(" ", "_")


@pytest.mark.parametrize(
    ("given", "folder"),
    [("*.mp4", "recordings"), ("bad.mp4", "recordings"), ("day", "day"), ("day/*.mp4", "recordings")],
)
def test_the_folder_of_all_is_called_after_a_folder_only(given: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / "day").mkdir()
    for place in (tmp_path, tmp_path / "day"):
        (place / "bad.mp4").write_text("no video", encoding="utf-8")
    assert run("analyze", given, "-e", "auto", "--resume", cwd=tmp_path).returncode == 3
    assert [path.name for path in tmp_path.glob("*.formcheck")] == [f"{folder}.formcheck"]
    assert (tmp_path / f"{folder}.formcheck" / "index.csv").exists()
