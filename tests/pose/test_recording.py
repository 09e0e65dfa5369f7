import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.capture.frame import SourceInfo
from formcheck.errors import InputError, OutputError
from formcheck.pose.pose import Observation, Pose
from formcheck.pose.recording import SCHEMA, LandmarkWriter, read_landmarks

SOURCE = SourceInfo("file", "clips/dead bug é.mp4", 640, 360, 29.97, 900, 30.03)


def pose(time_s: float, rng: np.random.Generator, unseen: float = 0.0) -> Pose:
    px, world = rng.uniform(-50, 2000, (33, 2)).round(2), rng.normal(0, 1, (33, 3)).round(4)
    px[rng.random(33) < unseen] = np.nan
    world[rng.random(33) < unseen] = np.nan
    return Pose(time_s, px, world, rng.random(33).round(3))


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
    return one.pose.time_s == other.pose.time_s and all(
        np.array_equal(getattr(one.pose, name), getattr(other.pose, name), equal_nan=True)
        for name in ("image_px", "world_m", "visibility")
    )


def record(path: Path, film: list[Observation]) -> Path:
    with LandmarkWriter(path, SOURCE, "heavy") as writer:
        for seen in film:
            writer.write(seen)
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
    first, second, third, _ = (json.loads(line) for line in lines[1:])
    assert first == {"t": 0.0, "px": None, "w": None, "v": None, "unfit": True}
    assert list(second) == ["t", "px", "w", "v", "cut"]
    assert list(third) == ["t", "px", "w", "v"]
    assert np.shape(third["px"]) == (33, 2)
    assert np.shape(third["w"]) == (33, 3)
    assert np.shape(third["v"]) == (33,)
    assert not any(", " in line or ": " in line for line in lines)


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
        lines = whole[:length].count(b"\n") - 1
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
    assert broken(path) == f"Line 4 of {path} is broken."


def test_what_comes_before_a_broken_line_is_read(tmp_path, film):
    path = record(tmp_path / "landmarks.jsonl", film)
    path.write_text(path.read_text() + "hello\n")
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
        (b'{"schema": "formcheck.landmarks/1"}\n', "is not a recording"),
        (
            b'{"schema": "formcheck.landmarks/1", "version": "1", "model": "x", "source": {"kind": "file"}}\n',
            "is not a",
        ),
        (b'{"schema": "formcheck.landmarks/2", "source": {}}\n', "is of the kind formcheck.landmarks/2"),
        (b'{"schema": "formcheck.session/1"}', "is of the kind formcheck.session/1"),
    ],
)
def test_what_is_no_recording(tmp_path, content, cause):
    path = tmp_path / "landmarks.jsonl"
    path.write_bytes(content)
    assert cause in broken(path)


def test_a_source_without_a_size(tmp_path):
    path = tmp_path / "landmarks.jsonl"
    source = asdict(SOURCE) | {"width": "wide"}
    path.write_text(json.dumps({"schema": SCHEMA, "version": "1", "model": "x", "source": source}))
    assert "is not a recording" in broken(path)


def test_no_such_file(tmp_path):
    assert "cannot be read: No such file" in broken(tmp_path / "none.jsonl")
    assert "cannot be read" in broken(tmp_path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        LandmarkWriter(tmp_path / "none" / "landmarks.jsonl", SOURCE, "heavy")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk():
    with pytest.raises(OutputError, match="cannot be written: No space left") as caught:
        LandmarkWriter("/dev/full", SOURCE, "heavy")
    assert caught.value.exit_code == 6


def test_a_disk_that_fills_up_later(tmp_path, film, monkeypatch):
    writer = LandmarkWriter(tmp_path / "landmarks.jsonl", SOURCE, "heavy")

    class Full:
        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    writer.close()
    monkeypatch.setattr(writer, "_file", Full())
    with pytest.raises(OutputError, match="No space left"):
        writer.write(film[0])
