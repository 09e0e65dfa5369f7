"""Recordings of posed figures, for tests that need neither a model nor a video."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.capture.frame import SourceInfo
from formcheck.pose.pose import Observation
from formcheck.pose.recording_header import Run
from formcheck.pose.recording_writer import LandmarkWriter
from samples.figure import best_view, movement, observe


def recorded(path: Path, seen: Sequence[Observation], run: Run | None = None) -> Path:
    """Write a whole recording."""
    source = SourceInfo("file", "clip.mp4", 1280, 720, 10.0, len(seen), seen[-1].time_s)
    with LandmarkWriter(path, source, "heavy", run) as writer:
        for observation in seen:
            writer.write(observation)
        writer.finish()
    return path


def recorded_figure(path: Path, exercise: str = "lateral_lunge", reps: int = 1) -> Path:
    """Write a recording of a figure that does an exercise well."""
    return recorded(path, observe(movement(exercise, reps=reps), best_view(exercise), 10.0), Run(exercise))
