"""Feet, hands and postures that several clips share."""

from ..posture import Foot, Hand, Place, Posture, Turn
from ..skeleton import Skeleton

TOES_OUT_DEG = 8.0
LYING_HIPS = 0.125
"""Height of the hip joints of someone who lies on the back, over the leg length."""


def right_foot(left_m: float, back_m: float = 0.0, toes_out_deg: float = TOES_OUT_DEG) -> Foot:
    """Return a flat right foot, the knee over its toes; `mirrored` is the left one."""
    turn = Turn(turned_left_deg=-toes_out_deg)
    toes = turn.matrix() @ [0.0, -1.0, 0.0]
    return Foot(Place(left_m, back_m), turn, Place(*toes))


def hanging_right_hand(build: Skeleton) -> Hand:
    """Return a right hand beside the thigh."""
    arm = build.upper_arm_m + build.forearm_m
    shoulder = float(build.rest("right", "shoulder")[0])
    return Hand(Place(shoulder - 0.09, -0.07, -0.965 * arm), Place(left=-0.35, back=1.0))


def clasped_right_hand(build: Skeleton) -> Hand:
    """Return a right hand clasped with the left one in front of the chest."""
    return Hand(Place(-0.045, -0.30, -0.30 * build.trunk_m), Place(left=-1.0, back=0.25, up=-0.8), curled_deg=55.0)


def supine(build: Skeleton, mat_m: float, left_leg: Foot, right_leg: Foot) -> Posture:
    """Return lying on the back on a mat of that thickness, the head to the back of the room, arms beside the trunk."""
    arm = build.upper_arm_m + build.forearm_m
    shoulder = float(build.rest("right", "shoulder")[0])
    hand = Hand(Place(shoulder - 0.10, 0.085, -0.95 * arm), Place(left=-1.0, back=0.3))
    return Posture(
        hips_m=Place(up=mat_m + LYING_HIPS * build.leg_m),
        left_foot=left_leg,
        right_foot=right_leg,
        left_hand=hand.mirrored(),
        right_hand=hand,
        pelvis=Turn(forward_deg=-90.0),
        chest=Turn(forward_deg=-93.0),
        head=Turn(forward_deg=-90.0),
    )


def standing(build: Skeleton) -> Posture:
    """Return standing still, feet hip-width, arms hanging."""
    foot, hand = right_foot(-build.hip_width_m / 2.0), hanging_right_hand(build)
    return Posture(
        hips_m=Place(),
        left_foot=foot.mirrored(),
        right_foot=foot,
        left_hand=hand.mirrored(),
        right_hand=hand,
        straight_legs=frozenset({"left", "right"}),
    )
