import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import OutputError
from formcheck.output.folder import LOCK, MARKER, RESULT_FILES, open_results
from formcheck.output.folder_names import default_folder
from formcheck.writing import write_atomically


@pytest.fixture
def here(tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def fill(folder):
    for name in RESULT_FILES:
        (folder / name).write_text("old", encoding="utf-8")


def names(folder):
    return sorted(item.name for item in folder.iterdir() if item.name != LOCK)


def test_default_is_beside_the_user_and_named_after_the_whole_file_name(here):
    results = open_results("clips/set.1.mp4")
    assert results.path == here / "set.1.mp4.formcheck"
    assert results.session_json == results.path / "session.json"
    assert names(results.path) == [MARKER]


def test_a_folder_of_images_has_a_name_too(here):
    (here / "frames").mkdir()
    assert default_folder("frames/") == here / "frames.formcheck"
    assert default_folder(".") == here / "work.formcheck"


def test_a_new_analysis_replaces_its_own_results_and_nothing_else(here):
    folder = open_results("clip.mp4").path
    fill(folder)
    (folder / ".session.json.x3f_9.part").write_text("torn", encoding="utf-8")
    (folder / "my notes.txt").write_text("keep", encoding="utf-8")
    assert open_results(str(here / "clip.mp4")).path == folder
    assert names(folder) == [MARKER, "my notes.txt"]


def test_results_of_a_file_of_the_same_name_from_elsewhere_are_kept(here):
    folder = open_results("a/clip.mp4").path
    fill(folder)
    with pytest.raises(OutputError) as caught:
        open_results("b/clip.mp4")
    assert "another source" in caught.value.cause
    assert "--out DIR" in caught.value.remedy
    assert (folder / "session.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("marker", [None, "not json", "[]", '{"schema": "other"}', '{"schema": "formcheck.results/1"}'])
def test_foreign_content_is_kept(here, marker):
    folder = here / "mine"
    folder.mkdir()
    fill(folder)
    if marker is not None:
        (folder / MARKER).write_text(marker, encoding="utf-8")
    before = names(folder)
    with pytest.raises(OutputError) as caught:
        open_results("clip.mp4", folder)
    assert "--out DIR" in caught.value.remedy
    assert names(folder) == before
    assert (folder / "reps.csv").read_text(encoding="utf-8") == "old"


def test_a_given_folder_may_be_missing_empty_or_ours(here):
    folder = here / "deep" / "down"
    assert open_results("clip.mp4", folder).path == folder
    fill(folder)
    open_results("clip.mp4", folder)
    assert names(folder) == [MARKER]
    empty = here / "empty"
    empty.mkdir()
    (empty / ".DS_Store").write_bytes(b"")
    open_results("clip.mp4", empty)
    assert names(empty) == [".DS_Store", MARKER]


def test_a_given_folder_of_another_source_is_refused(here):
    open_results("a.mp4", here / "out")
    with pytest.raises(OutputError, match=r"another source, .*a\.mp4"):
        open_results("b.mp4", here / "out")


def test_landmarks_are_not_replaced_by_their_own_replay(here):
    results = open_results("clip.mp4")
    fill(results.path)
    with pytest.raises(OutputError, match="would be replaced"):
        open_results(str(results.landmarks_jsonl), results.path)
    assert results.landmarks_jsonl.exists()


def test_a_file_in_the_way(here):
    (here / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        open_results("clip.mp4", here / "out")
    with pytest.raises(OutputError):
        open_results("clip.mp4", here / "out" / "deeper")


def test_a_folder_where_a_result_belongs_is_kept(here):
    folder = open_results("clip.mp4").path
    (folder / "session.json").mkdir()
    with pytest.raises(OutputError, match="not a file of results"):
        open_results("clip.mp4")


def test_addresses_and_cameras_keep_their_name(here):
    marker = open_results("rtsp://camera/1", here / "out").path / MARKER
    assert json.loads(marker.read_text(encoding="utf-8"))["source"] == "rtsp://camera/1"
    marker = open_results("camera:0", here / "live").path / MARKER
    assert json.loads(marker.read_text(encoding="utf-8"))["source"] == "camera:0"


def test_only_one_is_at_work_in_a_folder(here: Path) -> None:
    with open_results("clip.mp4") as results:
        fill(results.path)
        with pytest.raises(OutputError) as caught:
            open_results("clip.mp4")
        assert f"process {os.getpid()}, since 20" in caught.value.cause
        assert (caught.value.exit_code, "--out DIR" in caught.value.remedy) == (6, True)
        assert (results.path / "session.json").read_text(encoding="utf-8") == "old"
    with open_results("clip.mp4"):
        pass


def test_another_process_is_told_who_has_the_folder(here: Path) -> None:
    work = "import sys; from formcheck.output.folder import open_results; kept = open_results('clip.mp4'); print('in', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", work], cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(OutputError, match=f"process {other.pid}"):
            open_results("clip.mp4")
        other.kill()
    open_results("clip.mp4").close()  # the dead hold nothing


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", [f".{MARKER}.part", "session.json", "landmarks.jsonl", MARKER, ".session.json.part"])
def test_a_link_in_the_folder_is_replaced_and_never_followed(here: Path, name: str) -> None:
    open_results("clip.mp4").close()
    thesis = here / "thesis.txt"
    thesis.write_text("mine")
    link = here / "clip.mp4.formcheck" / name
    if name == MARKER:
        thesis.write_text(link.read_text())
    before = thesis.read_text()
    link.unlink(missing_ok=True)
    link.symlink_to(thesis)
    with open_results("clip.mp4") as results:
        assert results.path == link.parent
    assert thesis.read_text() == before
    assert not (link.parent / MARKER).is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_place_of_the_lock_is_not_followed(here: Path) -> None:
    folder = here / "clip.mp4.formcheck"
    folder.mkdir()
    (folder / LOCK).symlink_to(here / "elsewhere")
    with pytest.raises(OutputError, match="link"):
        open_results("clip.mp4")
    assert not (here / "elsewhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="the system knows no such modes")
def test_results_are_for_their_owner_only(here: Path) -> None:
    with open_results("clip.mp4") as results:
        write_atomically(results.session_json, b"{}")
    assert stat.S_IMODE(results.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(item.stat().st_mode) for item in results.path.iterdir()} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="a current folder cannot be deleted there")
def test_a_current_folder_that_is_gone(here: Path) -> None:
    here.rmdir()
    with pytest.raises(OutputError, match="current folder is gone"):
        default_folder("clip.mp4")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no /proc here")
@pytest.mark.parametrize("place", ["/proc/x", "/proc/x/y/z", "/proc/self/x"])
def test_where_the_system_lets_nothing_be_created(here: Path, place: str) -> None:
    with pytest.raises(OutputError) as caught, open_results("clip.mp4", Path(place)):
        pass
    assert caught.value.cause.startswith(f"Cannot make the folder {place}: the system lets nothing be created in /proc")
    assert caught.value.remedy == "Choose another place with --out DIR."
    assert caught.value.exit_code == 6


@pytest.mark.parametrize("below", ["", "a/b"])
def test_a_file_above_is_named(here: Path, below: str) -> None:
    (here / "notes.txt").write_text("mine")
    with (
        pytest.raises(OutputError, match=r"notes\.txt is a file, not a folder\.") as caught,
        open_results("clip.mp4", here / "notes.txt" / below),
    ):
        pass
    assert caught.value.remedy.startswith("Choose another")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EROFS, "that disk is read-only"),
        (errno.EACCES, "you have no permission to write there"),
        (errno.ENODEV, "there is no such device"),
    ],
)
def test_why_else_no_folder_can_be_made(here: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError) as caught, open_results("clip.mp4", here / "x"):
        pass
    assert caught.value.cause == f"Cannot make the folder {here / 'x'}: {told}."
    assert "--out DIR" in caught.value.remedy
