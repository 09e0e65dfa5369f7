"""What was seen may be gone through again, from its recording or from memory: the same either way."""

from pathlib import Path

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.rulebook import load_rules
from formcheck.output.records import session_document
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.pose.seen import Seen
from samples.figure import best_view, movement, observe

SOURCE = SourceInfo("file", "clip.mp4", 1280, 720, 10.0, 0, 0.0)


def found(seen: Seen) -> dict[str, object]:
    performance = Performance(load_rules()["lateral_lunge"], (1280, 720), Options())
    for one in seen:
        performance.step(one)
    performance.finish("file")
    return session_document(performance.result(SOURCE, "heavy"))


def test_what_is_read_again_is_what_was_seen_also_before_the_recording_is_finished(tmp_path: Path) -> None:
    stream: list[Observation] = observe(movement("lateral_lunge"), best_view("lateral_lunge"), 10.0)
    with LandmarkWriter(tmp_path / "landmarks.jsonl", SOURCE, "heavy") as writer:
        recorded, kept = Seen(writer.path), Seen(None)
        for one in stream:
            writer.write(one)
            recorded.append(one)
            kept.append(one)
        assert len(recorded) == len(kept) == len(stream)
        assert [one.time_s for one in recorded] == [one.time_s for one in recorded] == [one.time_s for one in stream]
        assert found(recorded) == found(kept)
