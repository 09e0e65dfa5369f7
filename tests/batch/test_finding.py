"""Which recordings files, folders, patterns and addresses mean, and that no two get the same place for their results."""

import os
from pathlib import Path

import pytest

from formcheck.batch.finding import Found, file_at, find, is_one
from formcheck.batch.places import places_for


@pytest.fixture
def clips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of recordings, and of what is none, and go to where it lies."""
    for name in (
        "clips/a.mp4", "clips/B.MOV", "clips/.hidden.mp4", "clips/._a.mp4", "clips/notes.txt", "clips/thumb.jpg",
        "clips/day 1/a.mp4", "clips/a.mp4.formcheck/annotated.mp4", "clips/.trash/c.mp4",
        "clips/earlier/annotated.mp4", "clips/earlier/.formcheck.json", "clips/earlier/dead_bug/annotated.mp4",
        "clips/frames/1.png", "clips/frames/2.png", "images/1.png", "empty/notes.txt",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clips"


def names(found: list[Found]) -> list[str]:
    return [one.recording.replace(os.sep, "/") for one in found]


@pytest.mark.usefixtures("clips")
def test_a_folder_means_the_videos_in_it_and_below_it() -> None:
    assert names(find(["clips"], None)) == ["clips/B.MOV", "clips/a.mp4", "clips/day 1/a.mp4"]


@pytest.mark.usefixtures("clips")
def test_folders_of_images_are_recordings_where_their_rate_is_known() -> None:
    assert names(find(["clips"], 25.0))[-1] == "clips/frames"
    assert names(find(["images"], 25.0)) == ["images"]


@pytest.mark.usefixtures("clips")
def test_what_is_meant_twice_is_looked_at_once() -> None:
    assert names(find(["clips/a.mp4", "clips/*.mp4", "clips"], None)) == [
        "clips/a.mp4", "clips/B.MOV", "clips/day 1/a.mp4",
    ]  # fmt: skip
    assert names(find(["clips/**/a.mp4"], None)) == ["clips/a.mp4", "clips/day 1/a.mp4"]


@pytest.mark.usefixtures("clips")
def test_what_is_not_there_is_named_so_that_reading_it_can_say_why() -> None:
    assert names(find(["missing.mp4", "no*.mp4", "empty"], None)) == ["missing.mp4", "no*.mp4", "empty"]


@pytest.mark.usefixtures("clips")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["clips/a.mp4"], True), (["missing.mp4"], True), (["images"], True), (["empty"], True), (["no*.mp4"], True), (["clips"], False),
        (["clips/*.mp4"], False), (["clips/a.mp4", "clips/B.MOV"], False), (["memory://a.mp4"], False), ([], False),
    ],
)  # fmt: skip
def test_one_recording_is_told_from_many(arguments: list[str], expected: bool) -> None:
    assert is_one(arguments) is expected


@pytest.mark.usefixtures("clips")
def test_results_lie_as_the_recordings_do() -> None:
    for given, folder in (("clips", ""), ("clips/*[4V1]", ""), ("clip[s]", "clips/")):
        found = find([given], None)
        places = places_for(found, [""] * len(found))
        assert places == [f"{folder}{name}.formcheck" for name in ("B.MOV", "a.mp4", "day 1/a.mp4")]


@pytest.mark.usefixtures("clips")
def test_of_what_a_shell_makes_of_a_star_results_are_passed_over() -> None:
    given = ["clips/B.MOV", "clips/a.mp4", "clips/a.mp4.formcheck", "clips/earlier", "clips/day 1"]
    for arguments in (given, ["clips/[Bae]*", "clips/day*"]):
        assert names(find(arguments, None)) == ["clips/B.MOV", "clips/a.mp4", "clips/day 1/a.mp4"]
    assert find(given[2:3] * 2, None) == []
    assert names(find(given[2:3], None)) == ["clips/a.mp4.formcheck/annotated.mp4"]


@pytest.mark.parametrize(
    ("paths", "places"),
    [
        (["/x/a.mp4", "/y/b.mp4"], ["a.mp4", "b.mp4"]),
        (["/x/a.mp4", "/y/a.mp4", "/y/b.mp4"], ["x/a.mp4", "y/a.mp4", "b.mp4"]),
        (["/1/x/a.mp4", "/2/x/A.mp4"], ["1/x/a.mp4", "2/x/A.mp4"]),
        (["/x/a.mp4", "/y/x/a.mp4"], ["x/a.mp4", "y/x/a.mp4"]),
        (["s3://one/a.mp4", "s3://two/a.mp4"], ["one/a.mp4", "two/a.mp4"]),
    ],
)
def test_recordings_of_one_name_have_places_of_their_own(paths: list[str], places: list[str]) -> None:
    found = [file_at(path) for path in paths]
    assert places_for(found, [""] * len(found)) == [f"{place}.formcheck" for place in places]


def test_a_recording_of_two_exercises_has_two_places() -> None:
    found = [file_at("/x/a.mp4")] * 2 + [file_at("/x/b.mp4")]
    assert places_for(found, ["dead_bug", "hip_flexion-left", "dead_bug"]) == [
        "a.mp4-dead_bug.formcheck", "a.mp4-hip_flexion-left.formcheck", "b.mp4.formcheck",
    ]  # fmt: skip
