"""Correct repetitions count exactly, whatever the tempo, the frame rate and the place of the camera."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from formcheck.body.view import View
from samples.figure import DRILLS, best_view, movement, observe
from tests.runner import Watched, exercise, watch

LEVELS = {"hip_airplane": ("free",), "hip_flexion": ("lying", "straight_legs", "free")}
"""Of levels that move alike, one."""
CASES = [(name, level) for name, drill in DRILLS.items() for level in LEVELS.get(name, drill.levels) or (None,)]
LEAD_S = 3.0
QUICKEST_S = 0.2
"""No phase is shorter."""
MOVE_S = {"hip_flexion": 6.0, "plank_hip_flexion": 6.0, "dead_bug": 6.0}
TEMPI = ((0.5, 10.0), (4.0, 15.0), (8.0, 60.0))
"""How much quicker than the textbook, and frames a second."""


def seen(name: str, level: str | None, azimuth_deg: float, fps: float, move_s: float | None) -> Watched:
    moving = movement(name, level, reps=2, lead_s=LEAD_S, move_s=move_s)
    view = replace(best_view(name), azimuth_deg=azimuth_deg)
    return watch(observe(moving, view, fps), name, None if name == "lateral_lunge" else level)


@pytest.mark.parametrize(("tempo", "fps"), TEMPI)
@pytest.mark.parametrize(("name", "level"), CASES)
def test_any_tempo_at_any_frame_rate(name: str, level: str | None, tempo: float, fps: float) -> None:
    move_s = max(QUICKEST_S, MOVE_S.get(name, DRILLS[name].move_s) / tempo)
    found = seen(name, level, best_view(name).azimuth_deg, fps, move_s)
    truth = movement(name, level, reps=2).truth.reps
    assert found.sides == [rep.side for rep in truth], found.why_not
    # In a wide stance the knee is inside the foot on the way down, for as long as a very slow way takes.
    slow = {"knee_caves_in"} if (level, tempo) == ("fixed_stance", 0.5) else set()
    assert set(found.faults) <= {"too_fast", "plank_not_ready"} | slow


AZIMUTHS = {View.FRONT: 0.0, View.OBLIQUE: 45.0, View.SIDE: 90.0}
NOT_SHOWN = {
    ("kettlebell_shift", None, View.SIDE): "the hips slide toward a foot that points at the camera",
    ("hip_flexion", "lying", View.FRONT): "from the feet, the thighs hide the way: the front is for standing",
    ("hip_flexion", "straight_legs", View.FRONT): "from the feet, the thighs hide the way: the front is for standing",
}


def _places() -> Iterator[tuple[str, str | None, float]]:
    for name, level in CASES:
        best = best_view(name).azimuth_deg
        toward = -1.0 if best < 0 else 1.0
        for beside in (best - 25.0, best + 25.0):
            if (name, beside) != ("kettlebell_shift", -70.0):  # nearly from the side
                yield name, level, beside
        for view in exercise(name).views[1:]:
            if (name, level, view) not in NOT_SHOWN:
                yield name, level, toward * AZIMUTHS[view]


@pytest.mark.parametrize(("name", "level", "azimuth_deg"), list(_places()))
def test_every_listed_view_and_25_degrees_beside_the_best(name: str, level: str | None, azimuth_deg: float) -> None:
    found = seen(name, level, azimuth_deg, 10.0, None)
    truth = movement(name, level, reps=2).truth.reps
    assert found.sides == [rep.side for rep in truth], found.why_not
    assert not [fault.id for rep in found.reps for fault in rep.faults if fault.id != "plank_not_ready"]
