"""Recordings of a whole plan: split by what is done in them, and each part counted as if it were a recording of its own."""

import gzip
import json
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from formcheck import entry
from formcheck.capture.frame import Frame
from formcheck.cli import app
from formcheck.errors import FormcheckError, NoPersonError, NotSureError, UsageError
from formcheck.exercise.rulebook import load_rules
from formcheck.output.folder import open_results
from formcheck.plan.analysing import analyze_plan, replay_plan
from formcheck.plan.judging import Judging, Results, Whole
from formcheck.plan.opening import OpenedPlan, open_plan
from formcheck.plan.record import Done
from formcheck.plan.splitting import Span
from formcheck.pose.opening import Seeing
from formcheck.pose.pose import Observation, later
from formcheck.pose.recording import Recording
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.seen import Seen
from formcheck.replaying import replay
from formcheck.samples_folder import sample_clip
from tests.plan.walking import opened, standing

RULES = load_rules([])
DATA = Path(__file__).parents[1] / "data" / "landmarks"


def clip(name: str, folder: Path) -> Path:
    path = folder / f"{name}.jsonl"
    if not path.exists():
        path.write_bytes(gzip.decompress((DATA / f"{name}.jsonl.gz").read_bytes()))
    return path


def joined(names: Sequence[str], folder: Path, *, is_cut: bool = True) -> Path:
    """Record clips one after the other, with a cut between them as a video has it, or without."""
    seen: list[Observation] = []
    for name in names:
        recording = Recording(clip(name, folder))
        from_s = seen[-1].time_s + 0.04 if seen else 0.0
        film = [later(item, from_s) for item in recording if isinstance(item, Observation)]
        seen += [replace(film[0], cut=is_cut and bool(seen)), *film[1:]]
    source = replace(recording.header.source, path="whole.mp4", frames=len(seen), duration_s=seen[-1].time_s)
    whole = folder / "whole.jsonl"
    with LandmarkWriter(whole, source, recording.header.model, Run("auto")) as writer:
        for item in seen:
            writer.write(item)
        writer.finish()
    return whole


def plan_of(folder: Path, *exercises: str) -> str:
    text = 'title = "A plan"\n' + "".join(f'[[exercise]]\nname = "{name}"\n' for name in exercises)
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


MOBILITY = ("hip_airplane", "kettlebell_shift", "hip_90_90", "spiderman_lunge", "childs_pose", "lateral_lunge")


@pytest.mark.parametrize(
    ("plan", "names"), [("hip-mobility", MOBILITY), ("hip-flexors", ("hip_flexion", "plank_hip_flexion"))]
)
def test_each_exercise_of_a_whole_plan_is_counted_as_it_is_alone(
    plan: str, names: Sequence[str], tmp_path: Path
) -> None:
    done = replay_plan(joined(names, tmp_path), open_plan(plan, RULES))
    found = [item for item in done if item.session is not None]
    assert [item.part.rule.id for item in found] == list(names)
    for item in found:
        alone = replay(clip(item.part.rule.id, tmp_path), item.part.rule.id)
        assert item.session is not None
        assert (item.counted, item.clean) == (len(alone.counted), alone.clean_reps)
        assert [rep.side for rep in item.session.counted] == [rep.side for rep in alone.counted]
        assert item.session.duration_s == pytest.approx(alone.duration_s, abs=0.1)


def test_another_order_without_cuts_and_what_is_left_out(tmp_path: Path) -> None:
    names = ("lateral_lunge", "hip_airplane", "childs_pose", "hip_90_90")
    done = replay_plan(joined(names, tmp_path, is_cut=False), open_plan("hip-mobility", RULES))
    assert [(item.part.rule.id, item.counted) for item in done] == [
        ("lateral_lunge", 2), ("hip_airplane", 2), ("childs_pose", 1), ("hip_90_90", 2),
        ("kettlebell_shift", 0), ("spiderman_lunge", 0),
    ]  # fmt: skip
    assert [item.session is None for item in done] == [False] * 4 + [True] * 2


def test_a_part_for_each_side(tmp_path: Path) -> None:
    text = 'title = "Sides"\n' + "".join(
        f'[[exercise]]\nname = "lateral_lunge"\nside = "{side}"\nreps = 1\n' for side in ("left", "right")
    )
    whole = joined(["lateral_lunge"], tmp_path)
    first = replay(whole, "lateral_lunge").counted[0].side
    done = replay_plan(whole, opened(text))
    assert {item.part.task.side: item.counted for item in done} == {"left": 1, "right": 1}
    assert all(item.is_done for item in done)
    if first == "left":  # as the plan has it
        assert [item.part.number for item in done] == [1, 2]


def test_an_exercise_that_was_done_in_two_places_has_a_folder_for_each(tmp_path: Path) -> None:
    whole = joined(["childs_pose", "lateral_lunge", "childs_pose"], tmp_path)
    plan = open_plan(plan_of(tmp_path, "childs_pose", "lateral_lunge"), RULES)
    done = replay_plan(whole, plan, tmp_path / "results", with_report=False)
    assert [item.folder for item in done] == ["1-childs_pose", "2-lateral_lunge", "1-childs_pose-2"]
    assert all((tmp_path / "results" / str(item.folder) / "session.json").exists() for item in done)


class Film:
    """Black pictures at the times of what was seen, of which it counts those that are looked at."""

    damaged, remarks = None, ()

    def __init__(self, recording: Recording) -> None:
        self.info = replace(recording.header.source, width=160, height=90)
        self.times_s = [item.time_s for item in recording if isinstance(item, Observation)]
        self.looked_at = 0

    def __iter__(self) -> Iterator[Frame]:
        for index, time_s in enumerate(self.times_s):
            self.looked_at += 1
            yield Frame(index, time_s, np.zeros((90, 160, 3), np.uint8))


@pytest.mark.parametrize("when", ["while it is looked at", "while it is drawn"])
def test_who_stops_is_not_kept_waiting_for_pictures(when: str, tmp_path: Path) -> None:
    recording = Recording(clip("lateral_lunge", tmp_path))
    film, seen = Film(recording), Seen(recording.path)
    for item in recording:
        assert isinstance(item, Observation)
        seen.append(item)

    def stop(_done: int, _time_s: float, _total: int) -> None:
        raise KeyboardInterrupt

    header, is_before = recording.header, when == "while it is looked at"
    whole = Whole("clip.mp4", film.info, header.model, header.run, header.date, seen, film, interrupted=is_before)
    judging = Judging(whole, tmp_path / "out", Results(), stop)
    (part,) = open_plan(plan_of(tmp_path, "lateral_lunge"), RULES).parts
    done = [judging.judge(Span(part, from_s, from_s + 10)) for from_s in (0.0, 10.0)]
    assert film.looked_at <= (0 if is_before else 3)
    assert judging.stopped
    for part_done in done:
        assert part_done.folder is not None
        assert (tmp_path / "out" / part_done.folder / "report.html").exists()


def test_who_stops_before_anything_was_found_is_told_no_more_than_that(tmp_path: Path) -> None:
    def stop(_done: int, _time_s: float, _total: int) -> None:
        raise KeyboardInterrupt

    plan = open_plan("hip-mobility", RULES)
    with pytest.raises(KeyboardInterrupt):
        analyze_plan(sample_clip("lateral_lunge"), plan, Seeing("lite"), tmp_path / "out", report=stop)
    recording = Recording(tmp_path / "out" / "landmarks.jsonl")
    assert (len(list(recording)), recording.interrupted) == (1, True)


def test_who_stops_it_is_told_that_what_was_done_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def analyse(_video: Path, plan: OpenedPlan, *_others: object, **_options: object) -> tuple[Done, ...]:
        signal.raise_signal(signal.SIGTERM)
        return tuple(Done(part, None, None, False) for part in plan.parts)

    monkeypatch.setattr("formcheck.plan.analysing.analyze_plan", analyse)
    assert entry.run(["analyze", str(sample_clip("lateral_lunge")), "--plan", "hip-mobility"]) == 130
    assert "Stopped; what was done until then is kept." in capsys.readouterr().err


def test_nobody_and_nothing_of_the_plan(tmp_path: Path) -> None:
    with pytest.raises(NotSureError, match="None of the plan's exercises"):
        replay_plan(joined(["childs_pose"], tmp_path), open_plan(plan_of(tmp_path, "hip_airplane", "hip_90_90"), RULES))
    source = replace(Recording(clip("dead_bug", tmp_path)).header.source, path="empty.mp4")
    path = tmp_path / "empty.jsonl"
    with LandmarkWriter(path, source, "heavy") as writer:
        for seen in standing(2):
            writer.write(replace(seen, pose=None))
        writer.finish()
    with pytest.raises(NoPersonError):
        replay_plan(path, open_plan("hip-flexors", RULES))


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(item) for item in arguments])
    if isinstance(result.exception, FormcheckError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_replay_writes_a_folder_for_each_part_and_replaces_its_own(tmp_path: Path) -> None:
    whole = joined(["lateral_lunge", "childs_pose"], tmp_path)
    out = tmp_path / "results"
    plan = plan_of(tmp_path, "lateral_lunge", "childs_pose", "hip_90_90")
    told = run("replay", whole, "--plan", plan, "--out", out)
    assert "Lateral lunge, 0:00 to 0:23: 2 repetitions, 2 clean." in told
    assert "90/90 hip stretch: not found." in told
    document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert [(part["folder"], part["counted"]) for part in document["parts"]] == [
        ("1-lateral_lunge", 2), ("2-childs_pose", 1), (None, 0),
    ]  # fmt: skip
    for name in ("1-lateral_lunge", "2-childs_pose"):
        said = json.loads((out / name / "session.json").read_text(encoding="utf-8"))
        assert said["exercise_source"] == "recognised"
        assert any(text.startswith("This is the part of whole.mp4 from 0:") for text in said["advice"])
        assert (out / name / "report.html").exists()
        assert len(replay(out / name / "landmarks.jsonl").counted) == said["summary"]["reps"]
    again = plan_of(tmp_path, "childs_pose", "lateral_lunge")
    (out / "1-lateral_lunge" / "mine.txt").write_text("Mine.", encoding="utf-8")
    as_json = json.loads(run("replay", whole, "--plan", again, "--out", out, "--json"))
    assert [part["folder"] for part in as_json["parts"]] == ["2-lateral_lunge", "1-childs_pose"]
    assert not (out / "2-childs_pose").exists()
    assert [path.name for path in (out / "1-lateral_lunge").iterdir() if not path.name.startswith(".")] == ["mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Which exercise do the recordings show"),
        (("-e", "dead-bug", "--plan", "hip-flexors"), "not both"),
        (("--plan", "hip-flexors", "--level", "basic"), "a plan has several"),
        (("--plan", "hip-flexors", "--pdf"), "several reports"),
        (("--plan", "hip-flexor"), "Did you mean hip-flexors"),
    ],
)
def test_wrong_use_is_told_before_anything_is_looked_at(arguments: Sequence[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        run("analyze", "clip.mp4", *arguments)


def test_analyze_finds_the_parts_in_a_video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    out = tmp_path / "results"
    plan = plan_of(tmp_path, "dead_bug", "lateral_lunge")
    told = run("analyze", sample_clip("lateral_lunge"), "--plan", plan, "--model", "lite", "--fps", "6", "--out", out)
    assert "Lateral lunge, 0:00 to 0:23: 2 repetitions" in told
    for name in ("session.json", "reps.csv", "report.html", "landmarks.jsonl", "annotated.mp4"):
        assert (out / "2-lateral_lunge" / name).stat().st_size > 0
    assert (out / "landmarks.jsonl").exists()
    assert "Lateral lunge" in run("history")
    again = run("replay", out / "landmarks.jsonl", "--plan", plan)
    assert "Lateral lunge, 0:00 to 0:23: 2 repetitions" in again


def test_what_cannot_begin_leaves_earlier_results_as_they_are(tmp_path: Path) -> None:
    film, results = sample_clip("childs_pose"), tmp_path / "results"
    with open_results(str(film), results) as earlier:
        earlier.landmarks_jsonl.write_text("earlier", encoding="utf-8")
    with pytest.raises(UsageError, match=r"nothing\.task"):
        analyze_plan(film, open_plan(plan_of(tmp_path, "childs_pose"), RULES), Seeing("nothing.task"), results)
    assert earlier.landmarks_jsonl.read_text(encoding="utf-8") == "earlier"
