"""How a run is recorded, and how a replay becomes the same run again."""

import hashlib
import importlib.util
from dataclasses import fields, replace
from pathlib import Path

import msgspec

from formcheck.errors import InputError, UsageError
from formcheck.exercise.rulebook import Rule
from formcheck.language import _
from formcheck.pipeline import Options, level_of
from formcheck.pose.pose import Backend, Device
from formcheck.pose.recording_header import ANALYSE_AGAIN, RecordingHeader, Run
from formcheck.pose.recording_lines import plain

AUTO = "auto"
"""Instead of an exercise: recognise it."""


def run_of(
    rule: Rule | None,
    options: Options,
    *,
    mirrored: bool = False,
    fps: float | None = None,
    backend: Backend = "mediapipe",
    threads: int | None = None,
    skip_still: bool = False,
    device: Device = "cpu",
) -> Run:
    """Return what is recorded of a run; no rule means that the exercise is to be recognised."""
    name, fingerprint = (AUTO, None) if rule is None else (rule.id, fingerprint_of(rule))
    return Run(name, fingerprint, options.as_settings(), mirrored, fps, backend, threads, skip_still, device)


def exercise_of(path: Path, header: RecordingHeader) -> str:
    """Return the exercise that was recorded.

    Raises
    ------
    UsageError
        The recording does not say which it is.
    """
    if header.run.exercise is None:
        raise UsageError(
            _("{path} does not say which exercise it shows.", path=path), _("Say it with -e EXERCISE, or try -e auto.")
        )
    return header.run.exercise


def options_of(path: Path, header: RecordingHeader, rule: Rule | None, given: Options | None) -> Options:
    """Return the options of a replay: those of the recording, and over them what is given.

    With another exercise only the camera remains the same: its angle of view. No rule means that the exercise is to be
    recognised.

    Raises
    ------
    InputError
        The recording holds options that there are not.
    """
    is_same = header.run.exercise == (AUTO if rule is None else rule.id)
    try:
        recorded = msgspec.convert(dict(header.run.options), Options, strict=False)
        if is_same and rule is not None:
            level_of(rule, recorded.level)
        elif is_same and recorded.level is not None:
            raise UsageError(
                _("level: there is none called “{level}” where the exercise is to be recognised.", level=recorded.level)
            )
    except (msgspec.ValidationError, UsageError) as error:
        why = error.cause if isinstance(error, UsageError) else f"options.{plain(error)}"
        raise InputError(_("Line 1 of {path} is broken: {why}", path=path, why=why), _(ANALYSE_AGAIN)) from error
    if not is_same:
        recorded = Options(fov_deg=recorded.fov_deg)
    chosen = given or Options()
    values = {item.name: getattr(chosen, item.name) for item in fields(chosen)}
    return replace(recorded, **{name: value for name, value in values.items() if value is not None})


def has_changed(rule: Rule, header: RecordingHeader) -> bool:
    """Return whether the rule is another than when the recording was made."""
    run = header.run
    return run.exercise == rule.id and run.rule_sha256 is not None and run.rule_sha256 != fingerprint_of(rule)


def fingerprint_of(rule: Rule) -> str | None:
    """Return the SHA-256 of the rule's file, whatever its line endings; None if it cannot be read."""
    path = Path(rule.origin)
    try:
        if path.suffix != ".py":  # an installed package: "package.module:EXERCISE"
            spec = importlib.util.find_spec(rule.origin.partition(":")[0])
            path = Path(spec.origin or "") if spec is not None else path
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError, ImportError):
        return None
    return hashlib.sha256(text.encode()).hexdigest()
