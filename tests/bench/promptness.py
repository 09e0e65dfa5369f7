"""How soon a repetition is counted once the body is back: ``python -m tests.bench.promptness [RECORDING …]``.

Without recordings the posed figure does each exercise and level at several tempos, with landmarks that tremble as an
estimator's do: then the moment of being back is known exactly. Of a ``landmarks.jsonl`` it is the end that the result gives.
"""

import argparse
import statistics
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from formcheck.exercise.events import RepFinished
from formcheck.exercise.rulebook import Rulebook, load_rules
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.command import Command
from formcheck.pose.pose import Observation
from formcheck.pose.recording import Recording
from formcheck.recorded_run import exercise_of
from samples.figure import DRILLS, best_view, movement, observe

WITHIN_S = 0.3
"""Nobody wonders whether a repetition counted if it is told this soon."""
TREMBLE = 0.008
"""Standard deviation of the landmarks, in torso lengths, as on recordings of people (0.4 to 2.5 % from hip to toe)."""
TAIL_S = 3.0
LEVELS = [(name, level) for name, drill in DRILLS.items() for level in drill.levels or (None,)]
UNNAMED = ("lateral_lunge",)
"""Where the levels of the figure are variants that the rule does not tell apart."""


@cache
def rules() -> Rulebook:
    """Return the bundled rules."""
    return load_rules([])


def counted(performance: Performance, lines: Sequence[Observation | Command]) -> Iterator[tuple[float, RepFinished]]:
    """Yield when each repetition was counted, and what was told of it."""
    for line in lines:
        if isinstance(line, Command):
            performance.obey(line)
            continue
        for event in performance.step(line).events:
            if isinstance(event, RepFinished):
                yield line.time_s, event


def delay_s(name: str, level: str | None, *, fps: float = 30.0, move_s: float | None = None) -> float:
    """Return how long after the figure is back at rest its repetition is counted; negative = in the tail of the return."""
    moving = movement(name, level, reps=1, tail_s=TAIL_S, move_s=move_s)
    performance = Performance(rules()[name], (1280, 720), Options(level=None if name in UNNAMED else level))
    ((time_s, _),) = counted(performance, observe(moving, best_view(name), fps, noise=TREMBLE))
    return time_s - (moving.duration_s - TAIL_S)


def delays_in(path: Path) -> list[float]:
    """Return how long after the end that its result gives each repetition of a recording was counted."""
    recording = Recording(path)
    source = recording.header.source
    name = exercise_of(path, recording.header)
    performance = Performance(rules()[name], (source.width, source.height), Options())
    return [time_s - event.rep.end_s for time_s, event in counted(performance, list(recording))]


def told(what: str, delays: Sequence[float]) -> str:
    """Return a line with the median and the worst of the delays."""
    if not delays:
        return f"{what:40s} nothing counted before its end"
    late = sum(delay > WITHIN_S for delay in delays)
    return f"{what:40s} median {statistics.median(delays):+.2f} s, worst {max(delays):+.2f} s, {late} of {len(delays)} late"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recordings", nargs="*", type=Path)
    recordings = parser.parse_args().recordings
    if recordings:
        for path in recordings:
            print(told(path.name, delays_in(path)))
        return
    for move_s in (None, 0.5, 1.0, 6.0):
        tempo = "its own tempo" if move_s is None else f"{move_s:g} s each way"
        delays = [delay_s(name, level, move_s=move_s) for name, level in LEVELS]
        print(told(f"the figure, {tempo}", delays))
        for (name, level), delay in zip(LEVELS, delays, strict=True):
            if delay > WITHIN_S:
                print(f"  {name} {level or ''}: {delay:+.2f} s")


if __name__ == "__main__":
    main()
