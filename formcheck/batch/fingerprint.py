"""What decides the results of a recording: its content, what is asked, the model, the rules and this program's version."""

import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from formcheck.batch.job import Job
from formcheck.capture.image_folder import SUFFIXES as IMAGE_SUFFIXES
from formcheck.exercise.rulebook import Rule
from formcheck.output.records import formcheck_version
from formcheck.pose.bundles import find_bundle
from formcheck.recorded_run import fingerprint_of


def asked_of(job: Job, recording_sha256: str, rule: Rule | None, known: Mapping[str, Rule]) -> dict[str, object]:
    """Return what decides the results, but for what they are called and how many threads there are.

    Parameters
    ----------
    job
        What is to be done.
    recording_sha256
        The content of the recording.
    rule
        The rule that is to judge; None = it is recognised.
    known
        All rules.
    """
    manner = job.manner
    return {
        "version": formcheck_version(),
        "recording_sha256": recording_sha256,
        "model_sha256": model_sha256(manner.model),
        "rules_sha256": rules_sha256(known) if rule is None else fingerprint_of(rule),
        "backend": manner.backend,
        "device": manner.device,
        "exercise": None if rule is None else rule.id,
        "options": job.options.as_settings(),
        "skip_still": manner.skip_still,
        "fps": manner.fps,
        "mirrored": manner.mirrored,
        "blur_face": manner.blur_face,
        "language": manner.language,
    }


def fingerprint(asked: Mapping[str, object]) -> str:
    """Return what stands for all that decides the results."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def recording_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of the images in a folder; empty if it cannot be read."""
    try:
        if not os.path.isdir(path):
            return _sha256_of(path)
        told = hashlib.sha256()
        for item in sorted(path.iterdir()):
            if item.suffix.lower() in IMAGE_SUFFIXES and item.is_file():
                told.update(f"{item.name}:{_sha256_of(item)}\n".encode(errors="surrogateescape"))
        return told.hexdigest()
    except OSError:
        return ""


def rules_sha256(known: Mapping[str, Rule]) -> str:
    """Return what stands for all rules."""
    lines = (f"{name}:{fingerprint_of(rule)}\n" for name, rule in sorted(known.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def model_sha256(model: str) -> str:
    """Return the SHA-256 of a model's file.

    Raises
    ------
    UsageError, InstallationError
        There is no such model.
    """
    path = find_bundle(model)
    told = path.stat()
    return _sha256_of_model(path, told.st_size, told.st_mtime_ns)


@lru_cache(maxsize=8)
def _sha256_of_model(path: Path, _size: int, _changed_ns: int) -> str:
    return _sha256_of(path)


def _sha256_of(path: Path) -> str:
    if not path.is_file():  # a pipe would be waited for, perhaps for ever
        raise OSError(f"{path} is no file")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
