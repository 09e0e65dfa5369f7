"""Makes formcheck/live/demonstrations.json: one repetition of each exercise, by the posable figure and as its rule sees it.

``python -m tests.live.demonstrations_of_figure`` writes it anew; a test keeps it equal to figure and rules.
"""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.exercise.rulebook import Rule, load_rules
from formcheck.live.demonstration import HUNDREDTHS
from formcheck.live.ghost import PARTS
from formcheck.performance import Performance
from formcheck.pipeline import Options
from formcheck.pose.pose import INDEX, Side
from samples.figure import best_view, movement, observe

SIDE: Side = "left"
FPS = 10.0
BEFORE_S, AFTER_S = 0.8, 1.2
NEAR_T = 0.03
"""Postures between two that are kept lie this near the line between them, in torso lengths."""


def demonstration(rule: Rule, level: str | None) -> dict[str, object]:
    moving = movement(rule.id, level, side=SIDE, reps=1)
    view = best_view(rule.id, SIDE)
    film = observe(moving, view, fps=FPS)
    phases = phases_of(rule, level, film)
    (rep,) = moving.truth.reps
    kept = [i for i, seen in enumerate(film) if rep.start_s - BEFORE_S <= seen.time_s <= rep.end_s + AFTER_S]
    torso_px = moving.build.trunk * view.px_per_m
    shape = np.array([film[i].pose.image_px for i in kept])  # type: ignore[union-attr]  # the figure is always seen
    rest = (shape[0, INDEX["left_hip"]] + shape[0, INDEX["right_hip"]]) / 2
    points = np.round((shape[:, [INDEX[name] for name in PARTS]] - rest) / torso_px * HUNDREDTHS)
    # It ends as it began, so that it can go on.
    points[-1] = points[0]
    times = np.array([film[i].time_s - film[kept[0]].time_s for i in kept])
    keys = sorted(needed(times, points, 0, len(times) - 1))
    named = [(round(float(time_s), 2), phases[i]) for time_s, i in zip(times, kept, strict=True)]
    changes = [item for k, item in enumerate(named) if k == 0 or named[k - 1][1] != item[1]]
    return {
        "times_s": [round(float(times[k]), 2) for k in keys],
        "phases": [list(item) for item in changes],
        "points": [points[k].astype(int).ravel().tolist() for k in keys],
    }


def needed(times: NDArray[np.float64], points: NDArray[np.float64], first: int, last: int) -> set[int]:
    """Return the postures that those between them follow from."""
    if last - first < 2:
        return {first, last}
    share = ((times[first : last + 1] - times[first]) / (times[last] - times[first]))[:, None, None]
    line = points[first] + share * (points[last] - points[first])
    off = np.abs(points[first : last + 1] - line).max(axis=(1, 2))
    worst = int(off.argmax())
    if off[worst] <= NEAR_T * HUNDREDTHS or worst in (0, last - first):
        return {first, last}
    return needed(times, points, first, first + worst) | needed(times, points, first + worst, last)


def phases_of(rule: Rule, level: str | None, film: list) -> list[str | None]:  # type: ignore[type-arg]
    performance = Performance(rule, (1280, 720), Options(level=level))
    phases = []
    for seen in film:
        performance.step(seen)
        phases.append(performance.progress().phase)
    return phases


def demonstrations() -> dict[str, dict[str, dict[str, object]]]:
    return {
        rule.id: {
            level: demonstration(rule, None if level == "any" else level)
            for level in [item.id for item in rule.exercise.levels] or ["any"]
        }
        for rule in load_rules([]).values()
    }


if __name__ == "__main__":
    path = Path(str(files("formcheck.live"))) / "demonstrations.json"
    lines = [
        f'"{exercise}": {{\n'
        + ",\n".join(f' "{level}": {json.dumps(said, separators=(",", ":"))}' for level, said in levels.items())
        + "\n}"
        for exercise, levels in demonstrations().items()
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
