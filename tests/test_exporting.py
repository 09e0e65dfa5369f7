"""`formcheck export`: the signals as the rules see them, in a CSV that anybody can check against a truth."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.body.measured_errors import MEASURED_MODEL, Place
from formcheck.body.signals import SIGNALS, foot_outside_hand_t, knee_flexion_deg
from formcheck.body.view import View as Kind
from formcheck.capture.frame import SourceInfo
from formcheck.entry import run
from formcheck.pose.recording import LandmarkWriter
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
