"""Lateral lunge from the front: right, left, and a third to the right that is held too short."""

from dataclasses import replace

from ..athlete import Body
from ..clip import Clip
from ..clothing import Outfit
from ..posture import Place, Posture, Side, Turn
from ..rotation import reach
from ..scene import Camera, room
from ..script import Move, Rep, Script, Span, Stay
from ..skeleton import Skeleton
from .stances import clasped_right_hand, right_foot, standing

DROP = 0.25
"""Fall of the hips at the bottom, over the leg length."""
BACK_M = 0.11
FOOT_OUTSIDE_HIP_M = 0.10
TRAILING_KNEE_DEG = 5.0
OUT_S, BACK_S = 2.0, 1.8
HOLD_S, SHORT_HOLD_S = 5.3, 2.0


def ready(build: Skeleton) -> Posture:
    """Return standing with the hands in front of the chest."""
    hand = clasped_right_hand(build)
    return replace(standing(build), left_hand=hand.mirrored(), right_hand=hand)


def right_lunge(build: Skeleton) -> Posture:
    """Return the bottom of a lunge to the right."""
    up = (1.0 - DROP) * build.leg_m
    leg = reach(build.thigh_m, build.shank_m, TRAILING_KNEE_DEG)
    aside = (leg**2 - up**2 - BACK_M**2) ** 0.5
    half = build.hip_width_m / 2.0
    foot = right_foot(-aside - half - FOOT_OUTSIDE_HIP_M, toes_out_deg=18.0)
    return replace(
        ready(build),
        hips_m=Place(left=-aside, back=BACK_M),
        right_foot=replace(foot, knee_toward=Place(left=-0.2, back=-1.0)),
        pelvis=Turn(forward_deg=24.0),
        chest=Turn(forward_deg=17.0, left_deg=-3.0),
        head=Turn(forward_deg=4.0),
        straight_legs=frozenset({"left"}),
        straight_knee_deg=TRAILING_KNEE_DEG,
    )


def script(build: Skeleton) -> Script:
    """Return the clip's script."""
    stand, bottom = ready(build), right_lunge(build)

    def lunge(to: Posture, side: Side, hold_s: float, *faults: str) -> Rep:
        return Rep(
            side=side,
            there=Move(OUT_S, to, feet=Span(0.0, 0.75), lift_m=0.06),
            hold_id="bottom",
            hold_s=hold_s,
            back=Move(BACK_S, stand, feet=Span(0.25, 1.0), lift_m=0.06),
            faults=faults,
        )

    return Script(
        start=standing(build),
        beats=(
            Stay(2.3),
            Move(0.8, stand),
            Stay(0.3),
            lunge(bottom, "right", HOLD_S),
            Stay(0.6),
            lunge(bottom.mirrored(), "left", HOLD_S),
            Stay(0.6),
            lunge(bottom, "right", SHORT_HOLD_S, "short_hold"),
            Stay(0.2),
            Move(0.7, standing(build)),
            Stay(0.6),
        ),
    )


CLIP = Clip(
    exercise="lateral_lunge",
    level=None,
    view="front",
    body=Body(),
    outfit=Outfit(),
    camera=Camera(Place(0.0, -3.2, 1.0), Place(0.0, 0.0, 0.92), height_seen_m=2.15),
    room=room(),
    script=script,
)
