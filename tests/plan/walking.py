"""Walks through plans without devices, by a posed figure that does what it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.exercise.rulebook import load_rules
from formcheck.live.keys import Typed, Wish
from formcheck.live.shown import Happening, LiveShown
from formcheck.live.training import Training
from formcheck.plan.opening import OpenedPlan
from formcheck.plan.reading import read_plan
from formcheck.plan.stages import Place, Stage
from formcheck.plan.walk import Walk
from formcheck.plan.words import Part, parts_of
from formcheck.pose.command import Action, Command
from formcheck.pose.pose import INDEX, Observation, Pose
from formcheck.pose.recording_writer import LandmarkWriter
from formcheck.recorded_run import run_of
from samples.figure import View, activity, best_view, movement, observe
from tests.live.test_training import SOURCE

RULES = load_rules([])
FPS = 10.0
PLAN = """
title = "Two"
rest_s = 6
[[exercise]]
name = "lateral_lunge"
reps = 2
sets = 2
[[exercise]]
name = "dead_bug"
level = "basic"
reps = 1
muted_cues = ["too_fast"]
notes = "Slowly."
"""


def opened(text: str = PLAN) -> OpenedPlan:
    plan = read_plan(text, "plan", RULES)
    return OpenedPlan("mine", text, plan, parts_of(plan, RULES))


def parts(text: str = PLAN) -> tuple[Part, ...]:
    return opened(text).parts


def standing(seconds: float, *raised: str) -> list[Observation]:
    """Return somebody who stands before the camera, and raises these hands."""
    film = observe(activity("standing"), View(0.0), FPS)
    shown = [film[i % len(film)] for i in range(round(seconds * FPS))]
    return [replace(seen, time_s=i / FPS, pose=with_hands(seen.pose, raised)) for i, seen in enumerate(shown)]


def with_hands(pose: Pose | None, raised: Sequence[str]) -> Pose | None:
    assert pose is not None
    px, world = pose.image_px.copy(), pose.world_m.copy()
    for side in raised:
        for points, up in ((px, (0.0, -130.0)), (world, (0.0, -0.4, 0.0))):
            shoulder = points[INDEX[f"{side}_shoulder"]]
            points[INDEX[f"{side}_elbow"]] = shoulder + np.array(up) / 2
            points[INDEX[f"{side}_wrist"]] = shoulder + np.array(up)
    return replace(pose, image_px=px, world_m=world)


def doing(exercise: str, **moves) -> list[Observation]:
    return observe(movement(exercise, **moves), best_view(exercise), FPS)


class Recorded:
    """A host that records into files, and remembers what it was told."""

    def __init__(self, folder: Path, *, guided: bool = False) -> None:
        self._folder, self._guided = folder, guided
        self.ended: list[tuple[str, int, bool, Training]] = []
        self.places: list[Place] = []
        self.commands: list[Command] = []

    def begin(self, part: Part) -> Training:
        path = self._folder / f"{part.number}-{len(self.ended)}.jsonl"
        self._writer = LandmarkWriter(path, SOURCE, "heavy", run_of(part.rule, part.options()))
        muted = frozenset(part.task.muted_cues)
        return Training(
            part.rule, SOURCE, part.options(), "heavy", guided=self._guided, writer=self._writer, muted=muted
        )

    def end(self, part: Part, training: Training, sets: int, *, is_done: bool) -> list[Happening]:
        _, last = training.finish()
        self._writer.close()
        self.ended.append((part.rule.id, sets, is_done, training))
        return list(last)

    def reached(self, place: Place) -> None:
        self.places.append(place)

    def obeyed(self, part: Part, command: Command) -> None:
        self.commands.append(command)


class Walked:
    """A plan that is walked through, by a person who does one thing after the other."""

    def __init__(self, host: Recorded, text: str = PLAN, place: Place | None = None) -> None:
        self.host = host
        self.walk = Walk(parts(text), host, (1280, 720), place=place)
        self.happened: list[Happening] = []
        self.shown: list[LiveShown] = []
        self._time_s = 0.0

    def do(self, film: Sequence[Observation], until: Callable[[], bool] = lambda: False) -> None:
        """Let the person do something, until something has happened."""
        for seen in film:
            self._time_s = round(self._time_s + 1 / FPS, 3)
            pose = None if seen.pose is None else replace(seen.pose, time_s=self._time_s)
            update = self.walk.see(replace(seen, time_s=self._time_s, pose=pose))
            self.happened += update.happened
            self.shown.append(update.shown)
            if until():
                return

    def wait_for(self, stage: Stage, seconds: float = 60.0) -> None:
        self.do(standing(seconds), lambda: self.walk.stage is stage)
        assert self.walk.stage is stage

    def press(self, action: Action | Wish | Typed) -> str | None:
        return self.walk.press(action)

    def answer(self, *letters: str) -> None:
        """Answer one question after the other."""
        for letter in letters:
            assert self.walk.stage is Stage.ASK
            self.do(standing(0.2))
            self.press(Typed(letter) if letter != "n" else Action.NEXT_SIDE)
        self.do(standing(0.2))
