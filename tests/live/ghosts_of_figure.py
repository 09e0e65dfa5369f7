"""Makes formcheck/live/ghosts.json: the start positions that people are asked to match, from the posable figure.

``python -m tests.live.ghosts_of_figure`` writes it anew; a test keeps it equal to the figure.
"""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np

from formcheck.exercise.rulebook import load_rules
from formcheck.live.ghost import PARTS
from formcheck.pose.pose import INDEX, Side
from samples.figure import best_view, movement, observe

SIDE: Side = "left"


def start_position(exercise: str, level: str | None) -> dict[str, list[float]]:
    moving = movement(exercise, level, side=SIDE)
    first = next(item for item in observe(moving, best_view(exercise, SIDE), fps=10) if item.time_s >= 1.0)
    assert first.pose is not None
    px = first.pose.image_px
    mid = {part: (px[INDEX[f"left_{part}"]] + px[INDEX[f"right_{part}"]]) / 2 for part in ("shoulder", "hip")}
    torso_px = moving.build.trunk * best_view(exercise, SIDE).px_per_m
    return {name: np.round((px[INDEX[name]] - mid["hip"]) / torso_px, 2).tolist() for name in PARTS}


def ghosts() -> dict[str, dict[str, dict[str, list[float]]]]:
    return {
        rule.id: {
            level: start_position(rule.id, None if level == "any" else level)
            for level in [item.id for item in rule.exercise.levels] or ["any"]
        }
        for rule in load_rules([]).values()
    }


if __name__ == "__main__":
    path = Path(str(files("formcheck.live"))) / "ghosts.json"
    lines = [
        f'"{exercise}": {{\n'
        + ",\n".join(f' "{level}": {json.dumps(points, separators=(",", ":"))}' for level, points in levels.items())
        + "\n}"
        for exercise, levels in ghosts().items()
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
