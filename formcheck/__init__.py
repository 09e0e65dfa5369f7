"""Counts repetitions, times holds and flags form faults of hip exercises from any camera, on your own computer.

``formcheck.analyze(path, exercise=…)`` is the whole of it; `formcheck.session` has the details.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from formcheck.exercise.session_result import Session
    from formcheck.output.sentences import why
    from formcheck.pipeline import Options
    from formcheck.replaying import replay
    from formcheck.session import analyze

__all__ = ["Options", "Session", "analyze", "replay", "why"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a module's attribute may be anything
    # Loaded on first use: rules and tracker import this package and need neither the model nor OpenCV.
    if name == "Session":
        from formcheck.exercise.session_result import Session

        return Session
    if name == "Options":
        from formcheck.pipeline import Options

        return Options
    if name == "why":
        from formcheck.output.sentences import why

        return why
    if name == "replay":
        from formcheck.replaying import replay

        return replay
    if name == "analyze":
        from formcheck.session import analyze

        return analyze
    raise AttributeError(f"module 'formcheck' has no attribute {name!r}")
