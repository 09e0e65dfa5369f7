"""Dead bug, basic, from the left side: twice from feet flat to both knees over the hips, held, and back."""

from dataclasses import replace

import numpy as np

from ..athlete import Body
from ..clip import Clip
from ..clothing import Outfit
from ..posture import Foot, Place, Posture, Turn
from ..rotation import LEFT, about
from ..scene import Block, Camera, room
from ..script import Move, Rep, Script, Span, Stay
from ..skeleton import Skeleton
from .stances import LYING_HIPS, supine

MAT_M = 0.010
FEET_DOWN_HIP_DEG = 42.0
TABLETOP_HIP_DEG, TABLETOP_KNEE_DEG = 90.0, 90.0
MOVE_S, HOLD_S = 4.9, 2.5
STEADY = Span(ramp=0.08)
"""A rep takes two slow breaths: eased over all of the way, it would hardly move near the hold."""
UP = Place(up=1.0)
MAT_BLUE = (0.10, 0.13, 0.22)


def feet_down(build: Skeleton) -> Posture:
    """Return hook lying: the soles flat on the mat."""
    ankle_m = MAT_M + build.ankle_height_m
    hip_m = MAT_M + LYING_HIPS * build.leg_m
    angle = np.radians(FEET_DOWN_HIP_DEG)
    knee_back_m, knee_up_m = -build.thigh_m * np.cos(angle), hip_m + build.thigh_m * np.sin(angle)
    ankle_back_m = knee_back_m - (build.shank_m**2 - (knee_up_m - ankle_m) ** 2) ** 0.5
    right = Foot(Place(-build.hip_width_m / 2.0, ankle_back_m, MAT_M), knee_toward=UP)
    return supine(build, MAT_M, right.mirrored(), right)


def tabletop(build: Skeleton) -> Posture:
    """Return knees over hips, shins level, toes up."""
    toes = Turn(forward_deg=-80.0)
    hip = np.array([-build.hip_width_m / 2.0, 0.0, MAT_M + LYING_HIPS * build.leg_m])
    straight = np.array([0.0, -1.0, 0.0])
    thigh = about(LEFT, -TABLETOP_HIP_DEG) @ straight
    shank = about(LEFT, TABLETOP_KNEE_DEG - TABLETOP_HIP_DEG) @ straight
    ankle = hip + build.thigh_m * thigh + build.shank_m * shank
    sole = ankle - toes.matrix() @ [0.0, 0.0, build.ankle_height_m]
    right = Foot(Place(*sole), toes, knee_toward=UP)
    return replace(feet_down(build), left_foot=right.mirrored(), right_foot=right)


def script(build: Skeleton) -> Script:
    """Return the clip's script."""
    down, up = feet_down(build), tabletop(build)
    lift, lower = (Move(MOVE_S, to, feet=STEADY, about_hips=True) for to in (up, down))
    rep = Rep(None, there=lift, hold_id="tabletop", hold_s=HOLD_S, back=lower)
    return Script(start=down, beats=(Stay(1.5), rep, Stay(1.0), rep, Stay(1.2)))


CLIP = Clip(
    exercise="dead_bug",
    level="basic",
    view="side",
    body=Body(),
    outfit=Outfit(),
    camera=Camera(Place(0.0, -2.8, 0.5), Place(0.0, 0.0, 0.42), height_seen_m=1.45),
    room=(*room(), Block(Place(-1.0, -0.35, -0.01), Place(0.95, 0.35, MAT_M), MAT_BLUE)),
    turned_left_deg=-90.0,
    script=script,
)
