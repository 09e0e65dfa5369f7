import json

import pytest

from formcheck.errors import OutputError
from formcheck.output.folder import MARKER, RESULT_FILES, default_folder, open_results


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
    return sorted(item.name for item in folder.iterdir())


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
    (folder / ".session.json.part").write_text("torn", encoding="utf-8")
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
