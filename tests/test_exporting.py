"""`formcheck export`: what the rules see, in files that others read."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from formcheck.body.measured_errors import MEASURED_MODEL, Place
from formcheck.body.signals import SIGNALS, foot_outside_hand_t, knee_flexion_deg
from formcheck.body.view import View as Kind
from formcheck.capture.frame import SourceInfo
from formcheck.entry import run
from formcheck.output.opensim import at_constant_rate
from formcheck.pose.pose import LANDMARKS, Observation
from formcheck.pose.recording_writer import LandmarkWriter
from samples.figure import movement, observe
from samples.figure.camera import View

SIDE_VIEW = View(azimuth_deg=-90.0)
SOURCE = SourceInfo("file", "clip.mp4", *SIDE_VIEW.size_px, fps=10.0, frames=0, duration_s=0.0)
Row = dict[str, str]


def recorded(path: Path, *, seen: bool = True) -> Path:
    """Write what a side view shows of a dead bug, the right side nearer the camera."""
    with LandmarkWriter(path, SOURCE, MEASURED_MODEL) as writer:
        for item in observe(movement("dead_bug", "basic", reps=1), SIDE_VIEW, 10.0):
            writer.write(item if seen else type(item)(item.time_s, None))
        writer.finish()
    return path


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("export")
    table = folder / "new" / "signals.csv"
    assert run(["export", str(recorded(folder / "landmarks.jsonl")), "--signals", str(table)]) == 0
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == ["time_s", "signal", "side", "value", "error"]
        return list(reader)


def of(rows: list[Row], signal: str, side: str) -> Iterator[tuple[float, float, float]]:
    """Yield time, value and error of one signal."""
    for row in rows:
        if (row["signal"], row["side"]) == (signal, side):
            yield float(row["time_s"]), float(row["value"]), float(row["error"])


def test_every_signal_and_side_has_a_value_at_every_moment(rows: list[Row]) -> None:
    moments = {row["time_s"] for row in rows}
    kept = {(row["signal"], row["side"]) for row in rows}
    assert kept == {(item.name, side) for item in SIGNALS for side in (("left", "right") if item.sided else ("",))}
    assert len(rows) == len(moments) * len(kept)


def test_values_follow_the_truth_and_errors_are_those_of_the_judge(rows: list[Row]) -> None:
    exact = [item.pose.world_m for item in observe(movement("dead_bug", "basic", reps=1), SIDE_VIEW, 10.0) if item.pose]
    hips, knees, ankles = (np.array(exact)[:, row] for row in (24, 26, 28))
    cosine = np.sum((knees - hips) * (ankles - knees), axis=1) / (
        np.linalg.norm(knees - hips, axis=1) * np.linalg.norm(ankles - knees, axis=1)
    )
    knee = np.array(list(of(rows, knee_flexion_deg.name, "right")))
    bias = knee_flexion_deg.bias_in(Kind.SIDE, place="near", model=MEASURED_MODEL)
    later = knee[:, 0] > 1.0
    assert np.abs(knee[later, 1] + bias - np.degrees(np.arccos(cosine))[later]).max() < 5.0
    sides: tuple[tuple[str, Place], ...] = (("right", "near"), ("left", "far"))
    for side, place in sides:
        judged = knee_flexion_deg.error_in(Kind.SIDE, place=place, model=MEASURED_MODEL)
        found = {error for time_s, _, error in of(rows, knee_flexion_deg.name, side) if time_s > 1.0}
        assert found == {round(judged, 1)}


def test_what_the_view_cannot_show_has_no_error(rows: list[Row]) -> None:
    assert Kind.SIDE not in foot_outside_hand_t.error
    assert all(math.isnan(error) for time_s, _, error in of(rows, foot_outside_hand_t.name, "left") if time_s > 1.0)


def test_what_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "signals.csv"
    table.write_text("somebody's own", encoding="utf-8")
    assert run(["export", str(recorded(tmp_path / "landmarks.jsonl")), "--signals", str(table)]) == 6
    assert "is there already" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == "somebody's own"


def test_bad_input_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "signals.csv"
    whole = recorded(tmp_path / "landmarks.jsonl").read_text(encoding="utf-8").splitlines()
    broken, empty = tmp_path / "broken.jsonl", recorded(tmp_path / "empty.jsonl", seen=False)
    broken.write_text("\n".join([*whole[:20], "{}", *whole[20:]]) + "\n", encoding="utf-8")
    cases = ((tmp_path / "none.jsonl", 3, "cannot be read"), (broken, 3, "Line 21"), (empty, 4, "No person"))
    for path, code, words in cases:
        assert run(["export", str(path), "--signals", str(table)]) == code
        assert words in capsys.readouterr().err
    assert run(["export", str(tmp_path / "landmarks.jsonl")]) == 2
    assert not [item for item in tmp_path.iterdir() if "signals.csv" in item.name]


def seen() -> list[Observation]:
    return list(observe(movement("dead_bug", "basic", reps=1), SIDE_VIEW, 10.0))


def exported(tmp_path: Path, option: str, name: str) -> Path:
    file = tmp_path / name
    assert run(["export", str(recorded(tmp_path / "landmarks.jsonl")), option, str(file)]) == 0
    return file


def cell(value: object) -> object:
    """Return a cell of a Parquet as the CSV has it."""
    return "NaN" if value is None else str(value)


@pytest.mark.parametrize("option", ["--signals", "--landmarks"])
def test_parquet_holds_what_the_csv_holds(tmp_path: Path, option: str) -> None:
    with exported(tmp_path, option, "table.csv").open(encoding="utf-8", newline="") as file:
        plain = list(csv.DictReader(file))
    table = parquet.read_table(exported(tmp_path, option, "table.parquet"))
    assert [{name: cell(value) for name, value in row.items()} for row in table.to_pylist()] == plain
    assert {str(kind) for kind in table.schema.types} >= {"double", "string"}


def test_landmarks_are_those_that_were_seen(tmp_path: Path) -> None:
    table = parquet.read_table(exported(tmp_path, "--landmarks", "landmarks.parquet")).to_pylist()
    moments = seen()
    assert [row["landmark"] for row in table] == [*LANDMARKS] * len(moments)
    for row, item in zip(table[:: len(LANDMARKS)], moments, strict=True):
        assert item.pose is not None
        assert row["time_s"] == pytest.approx(item.time_s, abs=1e-3)
        assert (row["x_px"], row["y_px"]) == pytest.approx(tuple(item.pose.image_px[0]), abs=0.01)
        assert (row["x_m"], row["y_m"], row["z_m"]) == pytest.approx(tuple(item.pose.world_m[0]), abs=1e-4)
        assert row["doubted"] is False


def test_markers_for_opensim_are_in_metres_with_y_up(tmp_path: Path) -> None:
    lines = exported(tmp_path, "--trc", "markers.trc").read_text(encoding="utf-8").split("\n")
    moments = seen()
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\tmarkers.trc"
    facts = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    assert facts == {
        "DataRate": "10", "CameraRate": "10", "NumFrames": str(len(moments)), "NumMarkers": "33", "Units": "m",
        "OrigDataRate": "10", "OrigDataStartFrame": "1", "OrigNumFrames": str(len(moments)),
    }  # fmt: skip
    assert lines[3].split("\t")[2::3] == [*LANDMARKS]
    assert lines[4].split("\t")[:5] == ["", "", "X1", "Y1", "Z1"]
    assert lines[5] == ""
    rows = np.array([line.split("\t") for line in lines[6:-1]], dtype=float)
    assert rows[:, 0] == pytest.approx(np.arange(1, len(moments) + 1))
    assert rows[:, 1] == pytest.approx([item.time_s for item in moments], abs=1e-3)
    truth = np.array([item.pose.world_m for item in moments if item.pose])
    assert rows[:, 2:].reshape(truth.shape) == pytest.approx(truth * [1, -1, -1], abs=1e-3)


def test_angles_for_opensim_are_the_signals(tmp_path: Path, rows: list[Row]) -> None:
    lines = exported(tmp_path, "--mot", "angles.mot").read_text(encoding="utf-8").split("\n")
    end = lines.index("endheader")
    facts = dict(line.split("=") for line in lines[1:end])
    names = lines[end + 1].split("\t")
    table = np.array([line.split("\t") for line in lines[end + 2 : -1]], dtype=float)
    assert facts == {
        "version": "1", "nRows": str(len(table)), "nColumns": str(len(names)), "inDegrees": "yes",
    }  # fmt: skip
    assert len(names) == 1 + sum(2 if item.sided else 1 for item in SIGNALS if item.unit == "deg")
    knee = np.array([value for _, value, _ in of(rows, knee_flexion_deg.name, "right")])
    assert table[:, names.index("knee_flexion_deg_right")] == pytest.approx(knee, abs=0.06, nan_ok=True)


def test_irregular_times_become_regular_and_gaps_stay_gaps() -> None:
    times = np.array([0.0, 0.03, 0.07, 0.1, 0.13, 0.17, 0.2, 1.0, 1.03])
    values = np.array([times * 100, np.where(times == 0.1, np.nan, times)]).T
    grid, rate, found = at_constant_rate(list(times), values)
    assert rate == pytest.approx(30, abs=0.6)
    assert np.ptp(np.diff(grid)) < 1e-9
    inside = np.isfinite(found[:, 0])
    assert found[inside, 0] == pytest.approx(grid[inside] * 100)
    assert (grid[inside] <= 0.2 + 1e-6).sum() == (grid <= 0.2 + 1e-6).sum()
    assert not inside[(grid > 0.21) & (grid < 0.99)].any()
    assert np.isnan(found[(grid > 0.075) & (grid < 0.125), 1]).all()


def test_an_angle_goes_the_short_way_round() -> None:
    angles = np.array([[170.0], [-170.0], [10.0], [20.0], [170.0], [-170.0]])
    grid, _, found = at_constant_rate([0.0, 0.1, 0.2, 0.3, 0.4, 0.54], angles, circular=True)
    assert grid[:5] == pytest.approx([0.0, 0.108, 0.216, 0.324, 0.432], abs=1e-4)
    assert found[:5, 0] == pytest.approx([170.0, -155.6, 11.6, 56.0, 174.57], abs=0.1)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "What shall be exported"),
        (["--signals", "signals.txt"], "does not end in .csv or .parquet"),
        (["--trc", "markers.csv"], "does not end in .trc"),
        (["--landmarks", "table.csv", "--signals", "table.csv"], "asked for twice"),
    ],
)
def test_wrong_use_is_told(
    tmp_path: Path, given: list[str], words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", str(recorded(tmp_path / "landmarks.jsonl")), *given]) == 2
    assert words in capsys.readouterr().err
    assert [item.name for item in tmp_path.iterdir()] == ["landmarks.jsonl"]
