import gzip
import json
import os
import re
import stat
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.capture.frame import SourceInfo
from formcheck.errors import InputError, OutputError
from formcheck.pose.pose import Evidence, Observation, Pose
from formcheck.pose.recording import Recording, read_landmarks
from formcheck.pose.recording_header import SCHEMA, WITHOUT_BACKEND, WITHOUT_END, Run
from formcheck.pose.recording_writer import LandmarkWriter

SOURCE = SourceInfo("file", "clips/dead bug é.mp4", 640, 360, 29.97, 900, 30.03)


def pose(time_s: float, rng: np.random.Generator, unseen: float = 0.0) -> Pose:
    px, world = rng.uniform(-50, 2000, (33, 2)).round(2), rng.normal(0, 1, (33, 3)).round(4)
    px[rng.random(33) < unseen] = np.nan
    world[rng.random(33) < unseen] = np.nan
    return Pose(time_s, px, world, rng.random(33).round(3))


def raw(person: Pose, rng: np.random.Generator, unseen: float = 0.0) -> Pose:
    """The same person, as LiteRT gives it."""
    spread_px = rng.uniform(0, 30, 33).round(2)
    spread_px[rng.random(33) < unseen] = np.nan
    said = Evidence(rng.random(33).round(3), spread_px, rng.random(33).round(3))
    return replace(person, evidence=said, is_raw=True)


@st.composite
def films(draw: st.DrawFn) -> list[Observation]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    film, time_s = [], draw(st.floats(0, 1e4))
    for _ in range(draw(st.integers(0, 6))):
        time_s += draw(st.floats(1e-3, 1))
        person = pose(time_s, rng, draw(st.sampled_from([0, 0.3, 1]))) if draw(st.booleans()) else None
        film.append(Observation(time_s, person, cut=draw(st.booleans()), unfit=draw(st.booleans())))
    return film


def same(one: Observation, other: Observation) -> bool:
    if (one.time_s, one.cut, one.unfit, one.pose is None) != (other.time_s, other.cut, other.unfit, other.pose is None):
        return False
    if one.pose is None or other.pose is None:
        return True
    said, other_said = one.pose.evidence, other.pose.evidence
    if (one.pose.time_s, one.pose.is_raw, said is None) != (other.pose.time_s, other.pose.is_raw, other_said is None):
        return False
    pairs = [(getattr(one.pose, name), getattr(other.pose, name)) for name in ("image_px", "world_m", "visibility")]
    if said is not None and other_said is not None:
        pairs += [(getattr(said, name), getattr(other_said, name)) for name in ("peak", "spread_px", "presence")]
    return all(np.array_equal(mine, theirs, equal_nan=True) for mine, theirs in pairs)


def record(path: Path, film: list[Observation]) -> Path:
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        for seen in film:
            writer.write(seen)
        writer.finish()
    return path


@pytest.fixture
def film() -> list[Observation]:
    rng = np.random.default_rng(0)
    return [
        Observation(0.0, None, unfit=True),
        Observation(0.04, pose(0.04, rng), cut=True),
        Observation(0.08, pose(0.08, rng)),
        Observation(0.12, None),
    ]


@given(films())
@settings(deadline=None, max_examples=60)
def test_what_is_read_is_what_was_written(tmp_path_factory, film):
    path = record(tmp_path_factory.mktemp("landmarks") / "landmarks.jsonl", film)
    header, seen = read_landmarks(path)
    assert (header.source, header.model) == (SOURCE, "heavy")
    back = list(seen)
    assert len(back) == len(film)
    assert all(same(one, other) for one, other in zip(film, back, strict=True))


def test_the_file(tmp_path, film):
    lines = record(tmp_path / "landmarks.jsonl", film).read_text(encoding="utf-8").splitlines()
    header = json.loads(lines[0])
    assert header["schema"] == SCHEMA
    assert header["source"] == asdict(SOURCE)
    assert header["version"]
    first, second, third, _, end = (json.loads(line) for line in lines[1:])
    assert first == {"t": 0.0, "px": None, "w": None, "v": None, "unfit": True}
    assert list(second) == ["t", "px", "w", "v", "cut"]
    assert list(third) == ["t", "px", "w", "v"]
    assert np.shape(third["px"]) == (33, 2)
    assert np.shape(third["w"]) == (33, 3)
    assert np.shape(third["v"]) == (33,)
    assert end == {"event": "end", "t": 0.12, "frames": 4, "damaged": None, "interrupted": False, "remarks": []}
    assert not any(", " in line or ": " in line for line in lines)


def test_what_the_heatmaps_say_is_recorded(tmp_path):
    rng = np.random.default_rng(0)
    film = [
        Observation(0.0, raw(pose(0.0, rng), rng)),
        Observation(0.1, raw(pose(0.1, rng, unseen=0.4), rng, unseen=0.4)),
        Observation(0.2, None),
    ]
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, SOURCE, "heavy", Run(backend="litert")) as writer:
        for seen in film:
            writer.write(seen)
        writer.finish()
    run = read_landmarks(path)[0].run
    assert (run.backend, run.is_raw) == ("litert", True)
    assert all(same(one, other) for one, other in zip(film, read_landmarks(path)[1], strict=True))
    assert "NaN" not in path.read_text()


@pytest.mark.parametrize("schema", [WITHOUT_BACKEND, WITHOUT_END])
def test_what_was_recorded_before_there_was_a_choice_came_smoothed_from_mediapipe(tmp_path, film, schema):
    path = record(tmp_path / "landmarks.jsonl", film)
    header, *lines = path.read_text().splitlines()
    old = json.loads(header) | {"schema": schema}
    del old["backend"]
    path.write_text("\n".join([json.dumps(old), *lines, ""]))
    run = read_landmarks(path)[0].run
    assert (run.backend, run.is_raw) == ("mediapipe", False)
    assert all(same(one, other) for one, other in zip(film, read_landmarks(path)[1], strict=True))


@pytest.mark.parametrize("missing", ["peak", "spread", "presence"])
def test_what_the_heatmaps_say_is_whole_or_not_there(tmp_path, missing):
    rng = np.random.default_rng(0)
    path = record(tmp_path / "landmarks.jsonl", [Observation(0.0, raw(pose(0.0, rng), rng))])
    header, line, end = path.read_text().splitlines()
    said = json.loads(line)
    del said[missing]
    path.write_text("\n".join([header, json.dumps(said), end, ""]))
    assert "must be there together" in broken(path)


def test_nan_never_appears(tmp_path):
    rng = np.random.default_rng(0)
    path = record(tmp_path / "landmarks.jsonl", [Observation(0.0, pose(0.0, rng, unseen=0.5))])
    text = path.read_text()
    assert "NaN" not in text
    assert "[null,null]" in text


def test_each_line_is_on_disk_at_once(tmp_path, film):
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        for count, seen in enumerate(film, start=2):
            writer.write(seen)
            assert path.read_text().count("\n") == count


def test_arrays_that_are_read_are_read_only(tmp_path, film):
    _, seen = read_landmarks(record(tmp_path / "landmarks.jsonl", film))
    person = next(one.pose for one in seen if one.pose is not None)
    with pytest.raises(ValueError, match="read-only"):
        person.image_px[0, 0] = 1


def test_a_cut_off_last_line_is_passed_over(tmp_path, film):
    path = record(tmp_path / "landmarks.jsonl", film)
    whole = path.read_bytes()
    ends = [place for place, byte in enumerate(whole) if byte == 10]
    for length in range(ends[0] + 1, len(whole), 97):
        path.write_bytes(whole[:length])
        _, seen = read_landmarks(path)
        lines = min(whole[:length].count(b"\n") - 1, len(film))
        assert len(list(seen)) in (lines, lines + 1)


def broken(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(read_landmarks(path)[1])
    assert caught.value.remedy
    return caught.value.cause


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "[]",
        "null",
        "{}",
        '{"t": 0.06}',
        '{"t": "x", "px": null}',
        '{"t": null, "px": null}',
        '{"t": 0.01, "px": null}',
        '{"t": NaN, "px": null}',
        '{"t": Infinity, "px": null}',
        '{"t": 0.06, "px": [[1, 2]], "w": [[1, 2, 3]], "v": [1]}',
        '{"t": 0.06, "px": "x", "w": null, "v": null}',
        '{"t": 0.06, "px": {}, "w": {}, "v": {}}',
        '{"t": 0.06, "px": [[1, 2], [3]], "w": [], "v": []}',
    ],
)
def test_a_broken_line_is_named(tmp_path, film, line):
    path = record(tmp_path / "landmarks.jsonl", film)
    lines = path.read_text().splitlines()
    lines[3] = line
    path.write_text("\n".join(lines) + "\n")
    assert broken(path).startswith(f"Line 4 of {path} is broken: ")


def test_what_comes_before_a_broken_line_is_read(tmp_path, film):
    path = record(tmp_path / "landmarks.jsonl", film)
    path.write_text("\n".join([*path.read_text().splitlines()[:-1], "hello", ""]))
    seen = read_landmarks(path)[1]
    assert [next(seen).time_s for _ in film] == [one.time_s for one in film]
    with pytest.raises(InputError, match="Line 6"):
        next(seen)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b"hello\n", "is not a recording"),
        (b"{}\n", "is not a recording"),
        (b"[]\n", "is not a recording"),
        (b"7\n", "is not a recording"),
        (b"\xff\xfe\x00" * 50_000, "is not a recording"),
        (b'{"schema": "formcheck.landmarks/1"}\n', "Line 1"),
        (
            b'{"schema": "formcheck.landmarks/1", "version": "1", "model": "x", "source": {"kind": "file"}}\n',
            "Line 1",
        ),
        (b'{"schema": "formcheck.landmarks/4", "source": {}}\n', "is of the kind formcheck.landmarks/4"),
        (b'{"schema": "formcheck.session/1"}', "is of the kind formcheck.session/1"),
    ],
)
def test_what_is_no_recording(tmp_path, content, cause):
    path = tmp_path / "landmarks.jsonl"
    path.write_bytes(content)
    assert cause in broken(path)


def headed(target: Path, **changes: object) -> Path:
    """Write a recording whose source is changed so."""
    source = json.dumps(asdict(SOURCE) | changes, default=str)
    target.write_text(f'{{"schema": "{SCHEMA}", "version": "1", "model": "x", "source": {source}}}\n')
    return target


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", "wide"), ("width", 0), ("width", True), ("width", 10**400), ("height", 1e300), ("fps", "x"),
        ("fps", -1), ("fps", [25]), ("fps", 1e308), ("kind", "bogus"), ("path", None), ("path", 7),
        ("frames", -1), ("frames", 2.5), ("duration_s", "long"), ("duration_s", -0.5),
    ],
)  # fmt: skip
def test_a_source_of_the_wrong_type_or_range_is_named(tmp_path: Path, name: str, value: object) -> None:
    cause = broken(headed(tmp_path / "landmarks.jsonl", **{name: value}))
    assert cause.startswith("Line 1 of ")
    assert f"source.{name}" in cause


def test_a_path_with_half_a_character_is_refused(tmp_path: Path) -> None:
    assert "first line is no header (invalid utf-16" in broken(headed(tmp_path / "landmarks.jsonl", path="a\udcff.mp4"))


@pytest.mark.parametrize(
    "content",
    [
        '{"t":0.06,"px":' + 30_000 * "[" + 30_000 * "]" + ',"w":null,"v":null}',
        '{"t":0.06,"px":null,"w":null,"v":null,"more":' + 20_000 * "[" + 20_000 * "]" + "}",
        '{"t":0.06,"px":null,"w":null,"v":null,"more":"' + 70_000 * "x" + '"}',
        '{"t":' + "1" + 5000 * "0" + ',"px":null,"w":null,"v":null}',
        '{"t":0.06,"px":null,"w":null,"v":null,"cut":1}',
        json.dumps({"t": 0.06, "px": 33 * [[1e308, 0.0]], "w": 33 * [[0.0, 0.0, 0.0]], "v": 33 * [1.0]}),
        json.dumps({"t": 0.06, "px": 33 * [[1.0, 0.0]], "w": 33 * [[0.0, 0.0, 0.0]], "v": 33 * [10**400]}),
        json.dumps({"t": 0.06, "px": 33 * [[1.0, 0.0]], "w": None, "v": 33 * [1.0]}),
    ],
    ids=["deep", "deep and unknown", "long", "huge time", "no truth", "huge place", "huge number", "half a person"],
)
def test_a_hostile_line_is_named_with_what_is_wrong(tmp_path: Path, film: list[Observation], content: str) -> None:
    path = record(tmp_path / "landmarks.jsonl", film)
    whole = path.read_text().splitlines()
    path.write_text("\n".join([*whole[:3], content, *whole[4:], ""]))
    cause = broken(path)
    assert cause.startswith(f"Line 4 of {path} is broken: ")
    assert len(cause) < 300 + len(str(path))


def damage(path: Path) -> str | None:
    recording = Recording(path)
    list(recording)
    return recording.damaged


def test_a_whole_recording_keeps_what_its_end_says(tmp_path: Path, film: list[Observation]) -> None:
    path = record(tmp_path / "whole.jsonl", film)
    assert damage(path) is None
    path = tmp_path / "told.jsonl"
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        writer.write(film[0])
        writer.finish(damaged="clip\udcff.mp4 is damaged.", interrupted=True)
    recording = Recording(path)
    assert len(list(recording)) == 1
    assert (recording.damaged, recording.interrupted) == ("clip\\udcff.mp4 is damaged.", True)


def test_what_is_cut_short_says_where_it_ends(tmp_path: Path, film: list[Observation]) -> None:
    path = record(tmp_path / "landmarks.jsonl", film)
    whole = path.read_text().splitlines()
    for kept in range(1, len(whole)):
        path.write_text("\n".join([*whole[:kept], ""]))
        assert damage(path) == f"landmarks.jsonl is not whole: it ends after {max(0, kept - 2) * 0.04:.1f} of 30.0 s."


def test_lines_that_are_missing_are_told(tmp_path: Path, film: list[Observation]) -> None:
    path = record(tmp_path / "landmarks.jsonl", film)
    whole = path.read_text().splitlines()
    path.write_text("\n".join([*whole[:2], *whole[4:], ""]))
    assert damage(path) == "landmarks.jsonl is not whole: it holds 2 of 4 frames."


def test_nothing_follows_the_end(tmp_path: Path, film: list[Observation]) -> None:
    path = record(tmp_path / "landmarks.jsonl", film)
    whole = path.read_text()
    path.write_text(whole + whole.splitlines()[-1] + "\n")
    assert "Line 7" in broken(path)
    assert "after the end" in broken(path)


def without_end(path: Path, frames: int, of: int) -> Path:
    """Write a recording of the first kind, which has no end."""
    source = asdict(SOURCE) | {"frames": of, "fps": 25.0, "duration_s": of / 25.0}
    header = {"schema": WITHOUT_END, "version": "0.1.0", "source": source, "model": "heavy"}
    seen = [{"t": index / 25.0, "px": None, "w": None, "v": None} for index in range(frames)]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in [header, *seen]))
    return path


@pytest.mark.parametrize(
    ("frames", "of", "told"),
    [
        (500, 500, None), (499, 500, None), (501, 500, None), (500, 0, None), (400, 500, "ends after 16.0 of 20.0 s"),
    ],
)  # fmt: skip
def test_recordings_without_an_end_are_whole_unless_their_header_says_more(
    tmp_path: Path, frames: int, of: int, told: str | None
) -> None:
    found = damage(without_end(tmp_path / "landmarks.jsonl", frames, of))
    assert found is None if told is None else told in (found or "")


def test_lines_that_are_missing_without_an_end(tmp_path: Path) -> None:
    path = without_end(tmp_path / "landmarks.jsonl", 500, 500)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:100], *lines[150:], ""]))
    assert damage(path) == "landmarks.jsonl is not whole: it holds 450 of about 500 frames."


def test_the_header_says_how_it_was_made_and_when(tmp_path: Path) -> None:
    run = Run("dead_bug", "00ff", {"level": "harder", "hold_s": 3.0}, mirrored=True, fps=12.5)
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, SOURCE, "full", run) as writer:
        date = writer.date
    header = Recording(path).header
    assert (header.run, header.date, header.model) == (run, date, "full")
    assert datetime.fromisoformat(date).tzinfo is not None


def test_the_name_of_the_source_may_be_no_text(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.jsonl"
    with LandmarkWriter(path, replace(SOURCE, path="a\udcff.mp4"), "b\udcff.task"):
        pass
    header = Recording(path).header
    assert (header.source.path, header.model) == ("a\\udcff.mp4", "b\\udcff.task")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "landmarks.jsonl")
    assert "is not a file" in broken(tmp_path / "landmarks.jsonl")


def test_no_such_file(tmp_path):
    assert "cannot be read: there is no such file" in broken(tmp_path / "none.jsonl")
    assert "is not a file" in broken(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(OutputError, match="the folder is gone"):
        LandmarkWriter(tmp_path / "none" / "landmarks.jsonl", SOURCE, "heavy")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_replaced_and_never_followed(tmp_path: Path, film: list[Observation]) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for target in ("thesis.txt", "nowhere.txt"):
        link = tmp_path / "landmarks.jsonl"
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / target)
        record(link, film)
        assert not link.is_symlink()
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    assert not (tmp_path / "nowhere.txt").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_is_no_file_is_not_replaced() -> None:
    with pytest.raises(OutputError, match="something else"):
        LandmarkWriter("/dev/full", SOURCE, "heavy")
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(os.name == "nt", reason="the system knows no such modes")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with LandmarkWriter(tmp_path / "landmarks.jsonl", SOURCE, "heavy"):
        assert stat.S_IMODE((tmp_path / "landmarks.jsonl").stat().st_mode) == 0o600


def test_a_disk_that_fills_up_later(tmp_path, film, monkeypatch):
    writer = LandmarkWriter(tmp_path / "landmarks.jsonl", SOURCE, "heavy")

    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    writer.close()
    monkeypatch.setattr(writer, "_file", Full())
    with pytest.raises(OutputError, match="the disk is full"):
        writer.write(film[0])


def unpacked(packed: Path, folder: Path) -> Path:
    path = folder / packed.stem
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def test_recordings_of_before_are_read_as_whole(shared: Path, tmp_path: Path) -> None:
    packed = [*shared.glob("footage/landmarks/*.jsonl.gz"), *shared.glob("outside/*.jsonl.gz")]
    if not packed:
        pytest.skip("no recordings are here")
    for one in packed:
        recording = Recording(unpacked(one, tmp_path))
        assert (len(list(recording)) > 0, recording.damaged, recording.interrupted) == (True, None, False), one.name


def test_hostile_recordings_are_refused_with_their_line(shared: Path, tmp_path: Path) -> None:
    packed = sorted(shared.glob("inputs/lm_*.jsonl.gz"))
    if not packed:
        pytest.skip("no hostile inputs are here")
    for one in packed:
        path = unpacked(one, tmp_path)
        if one.name.startswith("lm_truncated"):
            assert damage(path) == "lm_truncated.jsonl is not whole: it ends after 14.6 of 23.8 s."
        else:
            assert re.match(rf"Line \d+ of {re.escape(str(path))} is broken: ", broken(path)), one.name
