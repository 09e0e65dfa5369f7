"""Landmarks of the shipped samples as the model `heavy` saw them, so that the rules can be tried without any model.

They lie in ``tests/data/landmarks``, packed and the same byte for byte from one making to the next as long as the model
sees the same. ``python -m samples.evaluation --record`` makes them anew; it takes half a minute a sample.
"""

import gzip
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.capture.opening import open_source
from formcheck.pipeline import Options
from formcheck.pose.pose import Observation
from formcheck.pose.recording import read_landmarks
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.samples_folder import samples_folder

from ..clip import Purpose
from .known import Known, read_known
from .score import score
from .staging import RECOGNISED, level_of
from .watching import watch
from .work import Result, look_at

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "landmarks"
MODEL = "heavy"
TRUTH = ".truth.json"


def sample_names() -> list[str]:
    """Return the names of the shipped samples whose truth is known."""
    return sorted(path.name.removesuffix(TRUTH) for path in samples_folder().glob(f"*{TRUTH}"))


def packed(name: str) -> Path:
    """Return where the landmarks of a sample lie."""
    return FOLDER / f"{name}.jsonl.gz"


def record(name: str) -> Path:
    """Let the model look at a sample, keep what it saw, and return where."""
    video = samples_folder() / f"{name}.mp4"
    with TemporaryDirectory() as folder:
        unpacked = Path(folder) / f"{name}.jsonl"
        source = replace(open_source(video).info, path=video.name)
        with LandmarkWriter(unpacked, source, MODEL) as writer:
            for seen in look_at(video, MODEL):
                writer.write(seen)
            writer.finish()
        header, *lines = unpacked.read_text(encoding="utf-8").splitlines(keepends=True)
    undated = json.dumps(json.loads(header) | {"date": None}, separators=(",", ":")) + "\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    packed(name).write_bytes(gzip.compress("".join([undated, *lines]).encode(), mtime=0))
    return packed(name)


def recorded(name: str) -> list[Observation]:
    """Return what the model saw in a sample."""
    with TemporaryDirectory() as folder:
        return list(read_landmarks(unpacked(name, Path(folder)))[1])


def unpacked(name: str, folder: Path) -> Path:
    """Unpack the landmarks of a sample into a folder and return where they are."""
    path = folder / f"{name}.jsonl"
    path.write_bytes(gzip.decompress(packed(name).read_bytes()))
    return path


def replayed(name: str) -> Result:
    """Run the rules on what the model saw in a sample and compare with the truth."""
    known = read_known(samples_folder() / f"{name}{TRUTH}")
    assert known.exercise is not None
    purpose: Purpose = "fault" if any(rep.faults for rep in known.reps) else "correct"
    found = watch(known.exercise, known.size_px, Options(level=_given(known)), recorded(name), MODEL)
    return Result(
        name, known.exercise, known.level, purpose, MODEL, known.duration_s / 60.0,
        score=score(known, found.session, None), recognised=known.exercise,
    )  # fmt: skip


def _given(known: Known) -> str | None:
    """Return the level where the pose does not show it."""
    assert known.exercise is not None
    shown = known.level in RECOGNISED.get(known.exercise, ())
    return None if shown or level_of(known.exercise, known.level) is None else known.level
