"""Sessions from Python: the exercise recognised, and stopping at any time."""

import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

import formcheck
from formcheck.capture.video_file import VideoFile
from formcheck.errors import InputError, NoPersonError, NotSureError, OutputError, UsageError
from formcheck.exercise.rulebook import bundled_folder
from formcheck.output.folder import open_results
from formcheck.pose.pose import Observation
from formcheck.pose.recording_header import Run
from formcheck.samples_folder import sample_clip
from samples.figure import View, activity, best_view, movement, observe
from tests.capture.clips import Picture, cut_off, grey, recoded, write_clip
from tests.recordings import recorded

CLIP = sample_clip("lateral_lunge")
FPS = 10.0


def frames_of(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def proofs_in(report: Path) -> list[Picture]:
    """Return the pictures in a report that prove faults."""
    coded = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', report.read_text(encoding="utf-8"))
    pictures = [cv2.imdecode(np.frombuffer(base64.b64decode(one), np.uint8), cv2.IMREAD_COLOR) for one in coded]
    return [np.asarray(picture, np.uint8) for picture in pictures]


def document(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "session.json").read_text(encoding="utf-8"))


def zoomed(picture: Picture, part: tuple[float, float, float, float]) -> Picture:
    """Return what lies between left, top, right and bottom (shares of the picture, grey beyond it), as 640x480."""
    left, top, right, bottom = part
    scale = (1 / (right - left), 1 / (bottom - top))
    matrix = np.array([[scale[0], 0, -640 * left * scale[0]], [0, scale[1], -480 * top * scale[1]]])
    seen = cv2.warpAffine(picture, matrix, (640, 480), flags=cv2.INTER_AREA, borderValue=(130, 130, 130))
    return np.asarray(seen, np.uint8)


class Stopping:
    """A report at which the user presses Ctrl-C."""

    def __init__(self, at_frame: int) -> None:
        self.at_frame = at_frame
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, _time_s: float, total: int) -> None:
        self.told.append((done, total))
        if done == self.at_frame:
            raise KeyboardInterrupt


def test_a_recognised_replay_is_that_of_the_named_exercise_and_level(tmp_path: Path) -> None:
    seen = observe(movement("dead_bug", "harder", reps=2), best_view("dead_bug"), 10.0)
    landmarks = recorded(tmp_path / "landmarks.jsonl", seen)
    session = formcheck.replay(landmarks, "auto", out=tmp_path / "results")
    named = formcheck.replay(landmarks, "dead_bug")
    assert (session.exercise, session.exercise_source) == ("dead_bug", "recognised")
    assert (session.level, session.level_source) == ("harder", "recognised")
    assert named.exercise_source == "given"
    assert session.reps == named.reps
    assert '"exercise_source": "recognised"' in (tmp_path / "results" / "session.json").read_text(encoding="utf-8")


def test_a_replay_of_what_was_recognised_takes_a_level_of_that_exercise(tmp_path: Path) -> None:
    seen = observe(movement("dead_bug", "harder", reps=2), best_view("dead_bug"), 10.0)
    landmarks = recorded(tmp_path / "landmarks.jsonl", seen, Run("auto"))
    session = formcheck.replay(landmarks, options=formcheck.Options(level="harder"))
    assert (session.exercise, session.exercise_source) == ("dead_bug", "recognised")
    assert (session.level, session.level_source) == ("harder", "given")
    with pytest.raises(UsageError, match="Dead bug has no level “wall”"):
        formcheck.replay(landmarks, options=formcheck.Options(level="wall"))


def test_not_sure_says_what_is_near_and_how_to_go_on(tmp_path: Path) -> None:
    landmarks = recorded(
        tmp_path / "landmarks.jsonl", observe(movement("hip_90_90", depth=0.45), best_view("hip_90_90"), 10.0)
    )
    with pytest.raises(NotSureError) as caught:
        formcheck.replay(landmarks, "auto")
    assert caught.value.exit_code == 2
    assert "most like: hip_90_90" in caught.value.remedy
    assert f"formcheck replay {landmarks} -e hip_90_90" in caught.value.remedy


def test_nothing_near_leads_to_the_list_of_exercises(tmp_path: Path) -> None:
    landmarks = recorded(tmp_path / "landmarks.jsonl", observe(activity("standing", duration_s=4.0), View(0.0), 10.0))
    with pytest.raises(NotSureError, match="formcheck exercises"):
        formcheck.replay(landmarks, "auto")


def test_nobody_is_nobody_whatever_the_exercise(tmp_path: Path) -> None:
    landmarks = recorded(tmp_path / "landmarks.jsonl", [Observation(0.1 * index, None) for index in range(20)])
    with pytest.raises(NoPersonError):
        formcheck.replay(landmarks, "auto")


def test_nobody_seen_leaves_a_report_of_how_to_place_the_camera(tmp_path: Path) -> None:
    landmarks = recorded(tmp_path / "landmarks.jsonl", [Observation(0.1 * index, None) for index in range(20)])
    with pytest.raises(NoPersonError):
        formcheck.replay(landmarks, "dead_bug", out=tmp_path / "results", with_report=True)
    assert "Place the camera" in (tmp_path / "results" / "report.html").read_text(encoding="utf-8")


def test_faults_are_proved_by_pictures_of_the_recording_with_the_face_hidden(tmp_path: Path) -> None:
    clip = sample_clip("lateral_lunge", faulty=True)
    facts: dict[str, Any] = {"model": "lite", "fps": 5, "with_report": True}
    found = formcheck.analyze(clip, "lateral_lunge", out=tmp_path / "shown", **facts)
    assert found.faults
    formcheck.analyze(clip, "lateral_lunge", out=tmp_path / "hidden", blur_face=True, **facts)
    shown, hidden = (proofs_in(tmp_path / name / "report.html") for name in ("shown", "hidden"))
    assert len(shown) == len(hidden) == len({fault.id for fault in found.faults})
    for before, after in zip(shown, hidden, strict=True):
        changed = np.abs(before.astype(int) - after).max(axis=2) > 60
        assert 20 < changed.sum() < 0.05 * changed.size
        assert len(np.unique(before.reshape(-1, 3), axis=0)) > 5000  # a picture, not a figure on empty ground


@pytest.mark.parametrize("options", [{"model": "nothing.task"}, {"backend": "mediapipe", "device": "gpu"}])
def test_what_cannot_begin_leaves_earlier_results_as_they_are(options: dict[str, Any], tmp_path: Path) -> None:
    results = tmp_path / "results"
    with pytest.raises(UsageError):
        formcheck.analyze(CLIP, "lateral_lunge", out=results, **options)
    assert not results.exists()
    with open_results(str(CLIP), results) as earlier:
        earlier.report_html.write_text("earlier", encoding="utf-8")
    with pytest.raises(UsageError):
        formcheck.analyze(CLIP, "lateral_lunge", out=results, **options)
    assert earlier.report_html.read_text(encoding="utf-8") == "earlier"


def test_a_level_needs_its_exercise() -> None:
    with pytest.raises(UsageError, match="belongs to an exercise"):
        formcheck.analyze(CLIP, "auto", options=formcheck.Options(level="harder"))


def test_stopped_while_drawing_all_is_judged_and_the_video_kept(tmp_path: Path) -> None:
    report = Stopping(at_frame=400)
    session = formcheck.analyze(CLIP, "auto", out=tmp_path, model="lite", fps=FPS, video=True, report=report)
    total = report.told[0][1]
    assert total / 2 < 400 <= total
    assert (session.exercise, session.exercise_source, session.interrupted) == ("lateral_lunge", "recognised", True)
    assert len(session.counted) == 2
    formcheck.replay(tmp_path / "landmarks.jsonl", out=tmp_path / "again")
    assert document(tmp_path / "again") == document(tmp_path)
    drawn = frames_of(tmp_path / "annotated.mp4")
    assert 0 < drawn < total / 2
    assert (tmp_path / "session.json").exists()


def test_stopped_while_looking_what_is_recognised_so_far_is_judged_but_not_drawn(tmp_path: Path) -> None:
    session = formcheck.analyze(
        CLIP, "auto", out=tmp_path, model="lite", fps=FPS, video=True, report=Stopping(at_frame=225)
    )
    assert (session.exercise, session.interrupted, session.frames) == ("lateral_lunge", True, 225)
    assert not (tmp_path / "annotated.mp4").exists()


def test_stopped_before_anything_is_recognised_the_landmarks_are_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        formcheck.analyze(CLIP, "auto", out=tmp_path, model="lite", fps=FPS, report=Stopping(at_frame=5))
    assert (tmp_path / "landmarks.jsonl").read_bytes().count(b"\n") == 7


def test_a_replay_without_options_is_the_same_run(tmp_path: Path) -> None:
    options = formcheck.Options(side="left", reps=5, hold_s=1.5, fov_deg=70.0)
    session = formcheck.analyze(
        CLIP, "lateral_lunge", options=options, out=tmp_path, model="lite", fps=FPS, report=Stopping(at_frame=150)
    )
    assert session.interrupted
    assert formcheck.replay(tmp_path / "landmarks.jsonl", out=tmp_path / "again").settings == options.as_settings()
    assert document(tmp_path / "again") == document(tmp_path)
    assert document(tmp_path)["date"][:2] == "20"
    header = json.loads((tmp_path / "landmarks.jsonl").read_text().splitlines()[0])
    assert (header["exercise"], header["fps"], header["mirrored"]) == ("lateral_lunge", FPS, False)
    # What is given stands over what was recorded; what belongs to another exercise is forgotten.
    changed = formcheck.replay(tmp_path / "landmarks.jsonl", options=formcheck.Options(reps=8))
    assert changed.settings == options.as_settings() | {"reps": 8}
    other = formcheck.replay(tmp_path / "landmarks.jsonl", "dead_bug")
    assert other.settings == {"fov_deg": 70.0}


def test_a_rule_that_has_changed_since_is_told(tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "my_lunge.py"
    rule.parent.mkdir()
    rule.write_text((bundled_folder() / "lateral_lunge.py").read_text(encoding="utf-8"), encoding="utf-8")
    formcheck.analyze(
        CLIP, "my_lunge", rules=[rule.parent], out=tmp_path / "out", model="lite", fps=FPS, report=Stopping(at_frame=9)
    )
    told: list[str] = []
    landmarks = tmp_path / "out" / "landmarks.jsonl"
    formcheck.replay(landmarks, rules=[rule.parent], tell=told.append)
    assert told == []
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    formcheck.replay(landmarks, rules=[rule.parent], tell=told.append)
    assert told == ["The rule of my_lunge has changed since this was recorded: the result may be another."]
    with pytest.raises(UsageError, match="my_lunge"):
        formcheck.replay(landmarks)


def test_a_recording_cut_short_is_told_in_the_result(tmp_path: Path) -> None:
    seen = observe(movement("lateral_lunge", reps=2), best_view("lateral_lunge"), 10.0)
    landmarks = recorded(tmp_path / "landmarks.jsonl", seen)
    lines = landmarks.read_text().splitlines()
    landmarks.write_text("\n".join(lines[:100]) + "\n")
    session = formcheck.replay(landmarks, "lateral_lunge", out=tmp_path / "results")
    assert (
        session.damaged
        == f"landmarks.jsonl is not whole: it ends after {seen[98].time_s:.1f} of {seen[-1].time_s:.1f} s."
    )
    assert document(tmp_path / "results")["damaged"] == session.damaged


def test_recordings_from_before_there_was_an_end_need_their_exercise(tmp_path: Path) -> None:
    seen = observe(movement("lateral_lunge", reps=1), best_view("lateral_lunge"), 10.0)
    landmarks = recorded(tmp_path / "landmarks.jsonl", seen)
    header, *lines = landmarks.read_text().splitlines()
    old = {name: json.loads(header)[name] for name in ("version", "source", "model")}
    landmarks.write_text("\n".join([json.dumps({"schema": "formcheck.landmarks/1", **old}), *lines[:-1], ""]))
    session = formcheck.replay(landmarks, "lateral_lunge")
    assert (len(session.counted), session.damaged, session.date) == (1, None, None)
    with pytest.raises(UsageError, match="which exercise"):
        formcheck.replay(landmarks)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"side": "Left"}, "side"),
        ({"reps": "many"}, "reps"),
        ({"end_point_deg": [90]}, "end_point_deg"),
        ({"end_point_deg": [90, 400]}, "end_point_deg"),
        ({"hold_s": -1}, "hold_s"),
        ({"fov_deg": 500}, "fov_deg"),
        ({"level": "hardest"}, "level"),
    ],
)
def test_options_of_a_recording_that_there_are_not(tmp_path: Path, options: dict[str, object], what: str) -> None:
    landmarks = recorded(tmp_path / "landmarks.jsonl", [Observation(0.1, None)])
    header, *lines = landmarks.read_text().splitlines()
    changed = json.dumps(json.loads(header) | {"exercise": "dead_bug", "options": options})
    landmarks.write_text("\n".join([changed, *lines, ""]))
    with pytest.raises(InputError, match=f"Line 1 .*{what}"):
        formcheck.replay(landmarks)


def test_an_end_point_in_a_recording_that_no_leg_has(tmp_path: Path) -> None:
    landmarks = recorded(tmp_path / "landmarks.jsonl", [Observation(0.1, None)])
    header, *lines = landmarks.read_text().splitlines()
    asked = json.dumps({"t": 0.05, "event": "end_point", "side": "left", "deg": 270.0})
    landmarks.write_text("\n".join([header, asked, *lines, ""]))
    with pytest.raises(InputError, match=r"Line 2 .*deg"):
        formcheck.replay(landmarks, "hip_flexion")


def test_a_full_disk_ends_the_video_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    left = iter([10**12, 10**12, *[1_000_000] * 99])
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=next(left)))
    with pytest.raises(OutputError, match=r"Not all of .*annotated\.mp4"):
        formcheck.analyze(CLIP, "lateral_lunge", out=tmp_path, model="lite", fps=5, video=True)
    assert document(tmp_path)["summary"]["reps"] == 2
    assert 0 < frames_of(tmp_path / "annotated.mp4") < 100


def test_what_damage_touches_is_an_interruption_and_said(tmp_path: Path) -> None:
    clip = recoded(CLIP, tmp_path / "clip", "h264-mkv", 8.0)
    data = bytearray(clip.read_bytes())
    middle = int(0.6 * len(data))
    data[middle : middle + 60] = b"\x5a" * 60
    clip.write_bytes(data)
    session = formcheck.analyze(clip, "lateral_lunge", out=tmp_path / "results", model="lite", fps=5)
    (interruption,) = session.interruptions
    assert interruption.kind == "lost"
    assert session.damaged is not None
    said = re.search(r"from (.+) to (.+) s cannot be decoded", session.damaged)
    assert said is not None
    assert interruption.from_s == pytest.approx(float(said[1]), abs=0.25)
    assert interruption.to_s == pytest.approx(float(said[2]), abs=0.25)
    replayed = formcheck.replay(tmp_path / "results" / "landmarks.jsonl", "lateral_lunge")
    assert replayed.interruptions == session.interruptions


@pytest.mark.parametrize("exercise", ["lateral_lunge", "hip_flexion"])
def test_two_halves_with_missing_pictures_between_them_are_no_repetition(tmp_path: Path, exercise: str) -> None:
    moving = movement(exercise, reps=2)
    first, second = (rep.peak_s for rep in moving.truth.reps)
    seen = [item for item in observe(moving, best_view(exercise), 10.0) if not first < item.time_s < second]
    session = formcheck.replay(recorded(tmp_path / "landmarks.jsonl", seen), exercise)
    assert session.counted == ()
    (interruption,) = session.interruptions
    assert (interruption.from_s, interruption.to_s) == pytest.approx((first, second), abs=0.11)


def test_an_end_that_is_missing_is_an_interruption_too(tmp_path: Path) -> None:
    clip = cut_off(recoded(CLIP, tmp_path / "clip", "h264", 6.0), 0.9)
    session = formcheck.analyze(clip, "lateral_lunge", out=tmp_path / "out", model="lite", fps=5)
    assert session.damaged is not None
    last = session.interruptions[-1]
    assert (last.kind, last.from_s) == ("lost", session.duration_s)
    assert last.to_s == pytest.approx(6.0, abs=0.1)
    assert formcheck.replay(tmp_path / "out" / "landmarks.jsonl").interruptions == session.interruptions
    whole = formcheck.analyze(recoded(CLIP, tmp_path / "whole", "h264", 2.0), "lateral_lunge", model="lite", fps=5)
    assert (whole.damaged, whole.interruptions) == (None, ())


def test_what_is_odd_about_the_recording_is_said_with_the_results(tmp_path: Path) -> None:
    wide = recoded(CLIP, tmp_path / "wide", "h264-ts", 1.0)
    narrow = write_clip(tmp_path / "narrow.ts", [grey(120, 120, 480)] * 20, rate=15)
    both = tmp_path / "both.ts"
    both.write_bytes(wide.read_bytes() + narrow.read_bytes())
    session = formcheck.analyze(
        both, "lateral_lunge", out=tmp_path / "out", model="lite", fps=5, video=True, with_report=True
    )
    assert session.remarks[0].startswith("The size of the picture changes from 640x480 to 120x480")
    assert formcheck.replay(tmp_path / "out" / "landmarks.jsonl").remarks == session.remarks


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ((0.25, 0.02, 0.7, 0.36), "the hips and legs are outside the picture"),
        ((-1.4, -1.9, 2.0, 1.3), "too small to be measured well: about 2.% of the picture's height"),
    ],
    ids=["from the chest up", "far away"],
)
@pytest.mark.parametrize("exercise", ["lateral_lunge", "auto"])
def test_where_nobody_can_be_followed_what_is_there_is_said(
    tmp_path: Path, exercise: str, part: tuple[float, float, float, float], said: str
) -> None:
    pictures = (zoomed(frame.image_bgr, part) for frame in VideoFile(CLIP, fps=5) if frame.index < 6)
    clip = write_clip(tmp_path / "clip.mp4", pictures, rate=5)
    with pytest.raises(NoPersonError, match=said) as told:
        formcheck.analyze(clip, exercise, model="lite")
    assert told.value.remedy
