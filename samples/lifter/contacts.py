"""Postures of which only is known what rests on the floor: sitting with both legs down, kneeling on one knee, standing on both feet.

Every angle is flat over all that people can do, so that none is likelier for being the textbook's (rules/METHOD.md, chapter 1).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import SIDES, Side, other_side

from ..figure.geometry import LEFT, UP, Array, apply, column, dot, frame, point, rot_x, rot_y, rot_z, unit
from ..figure.movements.stances import KNEE_HEIGHT_M, back_of_foot, flat_foot
from ..figure.skeleton import SIGN, Build, Limb, Poser, Posture

CHANGES = 0.25
"""How much of a range one body's moments fill, beside how much bodies differ from each other."""
SITS_T = 0.16, 0.36
"""Height of the hips of who sits on the floor."""
ADDUCTED_DEG, EXTENDED_DEG = 35.0, 40.0
"""How far a thigh goes past the other one, and behind the trunk."""
TURNED_DEG = -50.0, 110.0
"""How far it turns about itself, inward and outward; sitting cross-legged is 100 degrees."""
STRAIGHT_DEG = 15.0
"""A knee that is bent less shows no turn."""
WRONG_SHARE = 0.15
"""How often a part that usually rests on the floor does not."""


class Draw:
    """Random values of the moments of one body: it has its own, from which its moments differ less.

    Parameters
    ----------
    n
        Moments.
    rng
        Of all that is random.
    """

    def __init__(self, n: int, rng: np.random.Generator) -> None:
        self.n, self.rng = n, rng

    def flat(self, low: float, high: float, *, moves: bool = False) -> Array:
        """Return values of a range, each as likely; what moves goes through the whole range."""
        if moves:
            return self.rng.uniform(low, high, self.n)
        own = self.rng.uniform(low, high)
        return np.clip(own + CHANGES * (high - low) * self.rng.uniform(-0.5, 0.5, self.n), low, high)

    def about(self, mean: float, spread: float) -> Array:
        """Return values about a mean: half of the spread is the body's own."""
        return np.asarray(mean + spread * (0.8 * self.rng.normal() + 0.6 * self.rng.normal(size=self.n)))

    def happens(self, share: float) -> bool:
        """Return whether a body does what this share of them does."""
        return bool(self.rng.random() < share)


def sitting(build: Build, draw: Draw) -> Posture:
    """Sit on the floor, both legs on it, each bent and turned anyhow."""
    hips = point(0.0, 0.0, build.trunk * draw.flat(*SITS_T))
    pelvis = rot_z(draw.about(0.0, 12.0)) @ rot_x(draw.about(0.0, 8.0)) @ rot_y(draw.flat(-30.0, 40.0))
    body = _trunk(build, draw, hips, pelvis, (-15.0, 70.0))
    front: Side = "left" if draw.happens(0.5) else "right"
    crossed = draw.happens(0.3)
    for side in SIDES:
        if side == front or crossed:
            _lying_leg(body, draw, side, (-25.0, 90.0), -1.0)
        else:
            _lying_leg(body, draw, side, (25.0, 125.0), 1.0)
    _arms(body, draw)
    return body.posture()


def half_kneeling(build: Build, draw: Draw) -> Posture:
    """Kneel on one knee, the other foot on the floor anywhere before or beside the body, the hips anywhere between."""
    front: Side = "left" if draw.happens(0.5) else "right"
    rear, out = other_side(front), SIGN[front]
    pelvis = rot_z(draw.about(0.0, 12.0)) @ rot_x(draw.about(0.0, 7.0)) @ rot_y(draw.about(0.0, 12.0))
    step_deg = draw.flat(-20.0, 110.0)
    # Over the knee that kneels the hips lean mostly towards the other foot.
    toward, lean = np.radians(draw.about(0.0, 45.0) + 0.7 * step_deg), np.radians(draw.flat(-5.0, 60.0, moves=True))
    rear_knee = point(0.0, 0.0, np.maximum(draw.about(KNEE_HEIGHT_M, 0.02), 0.02))
    thigh = point(np.sin(lean) * np.cos(toward), out * np.sin(lean) * np.sin(toward), np.cos(lean))
    rear_hip = rear_knee + build.thigh * thigh
    hips = rear_hip + out * build.hip_width / 2 * pelvis[..., :, 1]
    body = _trunk(build, draw, hips, pelvis, (-10.0, 50.0))
    shank = np.radians(180.0 + out * draw.about(0.0, 25.0))
    drop = (np.maximum(draw.about(0.07, 0.02), 0.02) - rear_knee[:, 2]) / build.shank
    level = np.sqrt(1.0 - drop**2)
    foot = (
        rot_z(np.degrees(shank) - 180.0)
        @ rot_z(draw.about(0.0, 20.0))
        @ (back_of_foot(build, 0.07) if draw.happens(0.6) else flat_foot(0.0, draw.flat(40.0, 90.0)))
    )
    body.leg_along(rear, -thigh, point(level * np.cos(shank), level * np.sin(shank), drop), foot)
    hip_place = rear_knee + point(0.0, out * build.hip_width, 0.0)
    along = np.radians(step_deg)
    away = build.leg * draw.flat(0.15, 0.95)
    ankle = hip_place * [1.0, 1.0, 0.0] + point(
        away * np.cos(along), out * away * np.sin(along), np.full(draw.n, build.ankle_height)
    )
    _standing_leg(body, draw, front, _within_reach(body, front, ankle), step_deg + draw.about(0.0, 25.0))
    _arms(body, draw)
    return body.posture()


def on_feet(build: Build, draw: Draw) -> Posture:
    """Stand on both feet, however far apart, hips anywhere over them: lunges and squats of all kinds."""
    apart, ahead = build.leg * draw.flat(0.1, 1.3), build.leg * draw.about(0.0, 0.15)
    if draw.happens(0.25):
        apart, ahead = build.leg * draw.flat(0.05, 0.5), build.leg * draw.flat(-1.1, 1.1)
    ankles = {side: point(SIGN[side] * ahead / 2, SIGN[side] * apart / 2, build.ankle_height) for side in SIDES}
    share = draw.flat(-0.65, 0.65, moves=draw.happens(0.7))
    place = share[:, None] * (ankles["left"] - ankles["right"]) + point(build.leg * draw.about(-0.05, 0.1), 0.0, 0.0)
    far = np.max([np.linalg.norm((ankles[side] - place)[:, :2], axis=-1) for side in SIDES], axis=0)
    far = np.maximum(far - build.hip_width / 2, 0.0)
    highest = np.sqrt(np.maximum((0.999 * build.leg) ** 2 - far**2, (0.3 * build.leg) ** 2))
    sunk = 1.0 - np.abs(draw.about(0.0, 0.04)) if draw.happens(0.4) else draw.flat(0.4, 1.0)
    hips = place * [1.0, 1.0, 0.0] + point(0.0, 0.0, build.ankle_height + highest * sunk)
    pelvis = rot_z(draw.about(0.0, 15.0)) @ rot_x(draw.about(0.0, 7.0)) @ rot_y(draw.about(5.0, 12.0))
    body = _trunk(build, draw, hips, pelvis, (-10.0, 75.0))
    for side in SIDES:
        _standing_leg(body, draw, side, _within_reach(body, side, ankles[side]), draw.flat(-25.0, 70.0))
    _arms(body, draw)
    return body.posture()


FAMILIES: dict[str, Callable[[Build, Draw], Posture]] = {
    "lateral_lunge": on_feet, "kettlebell_shift": half_kneeling, "hip_90_90": sitting,
}  # fmt: skip
"""By the exercise whose errors of landmarks such postures are seen with."""


def feasible(posture: Posture) -> NDArray[np.bool_]:
    """Return at which of n moments hips are turned no farther than people's hips turn."""
    fine = np.ones(len(posture.mid_hip), dtype=bool)
    for side in SIDES:
        leg: Limb = getattr(posture, f"{side}_leg")
        to_pelvis = np.swapaxes(posture.pelvis, -1, -2)
        thigh, shank = apply(to_pelvis, leg.upper), apply(to_pelvis, leg.lower)
        bend = np.degrees(np.arccos(np.clip(dot(thigh, shank), -1.0, 1.0)))
        # A thigh that hangs is swung the shortest way: where its knee's axis, which points left, comes to.
        swung = np.cross([0.0, 0.0, -1.0], thigh)
        usual = LEFT * -thigh[:, 2:] + np.cross(swung, LEFT)
        usual = usual + swung * column(dot(swung, LEFT) / np.maximum(1.0 - thigh[:, 2], 1e-6))
        axis = np.cross(thigh, shank)
        turn = np.degrees(np.arctan2(dot(np.cross(usual, axis), thigh), dot(usual, axis))) * -SIGN[side]
        fine &= thigh[:, 1] * SIGN[side] > -np.sin(np.radians(ADDUCTED_DEG))
        fine &= thigh[:, 0] > -np.sin(np.radians(EXTENDED_DEG))
        fine &= (bend < STRAIGHT_DEG) | ((turn > TURNED_DEG[0]) & (turn < TURNED_DEG[1]))
    return fine


def _trunk(build: Build, draw: Draw, hips: Array, pelvis: Array, lean: tuple[float, float]) -> Poser:
    tips = draw.about(0.0, 8.0) if draw.happens(0.7) else draw.flat(-30.0, 30.0)
    chest = rot_z(draw.about(0.0, 10.0)) @ rot_x(tips) @ rot_y(draw.flat(*lean, moves=draw.happens(0.6)))
    chest = chest @ rot_z(draw.about(0.0, 12.0))
    ratio = np.clip(draw.about(0.98, 0.05), 0.75, 1.05)
    return Poser(build, hips, pelvis, chest, neck_flexion_deg=draw.about(8.0, 18.0), trunk_ratio=ratio)


def _lying_leg(body: Poser, draw: Draw, side: Side, thigh_yaw: tuple[float, float], way: float) -> None:
    build, out, hip = body.build, SIGN[side], body.hip(side)
    knee_up = np.maximum(draw.about(0.08, 0.03), 0.03)
    if draw.happens(WRONG_SHARE):
        knee_up = draw.flat(0.05, 0.45)
    ankle_up = np.maximum(draw.about(0.07, 0.03), 0.02)
    fall = np.clip((knee_up - hip[:, 2]) / build.thigh, -0.9, 0.98)
    rise = np.clip((ankle_up - knee_up) / build.shank, -0.9, 0.9)
    yaw = np.radians(draw.flat(*thigh_yaw))
    flexed = np.cos(np.radians(draw.flat(5.0, 145.0)))
    between = (flexed - fall * rise) / np.sqrt((1.0 - fall**2) * (1.0 - rise**2))
    shank_yaw = yaw + way * np.arccos(np.clip(between, -1.0, 1.0))
    thigh, shank = (
        point(np.sqrt(1.0 - up**2) * np.cos(turn), out * np.sqrt(1.0 - up**2) * np.sin(turn), up)
        for up, turn in ((fall, yaw), (rise, shank_yaw))
    )
    ahead = unit(thigh - column(dot(thigh, shank)) * shank + 1e-6)
    pointed = np.radians(draw.flat(0.0, 90.0))
    toes = (column(np.sin(pointed)) * shank + column(np.cos(pointed)) * ahead) * [1.0, 1.0, 0.3]
    normal = np.cross(toes, UP)
    normal = normal * np.where(column(dot(normal, -shank)) < 0.0, -1.0, 1.0)
    foot = frame(unit(normal), toes) @ rot_x(draw.about(0.0, 15.0))
    body.leg_along(side, thigh, shank, foot)


def _standing_leg(body: Poser, draw: Draw, side: Side, ankle: Array, foot_yaw: Array) -> None:
    out = SIGN[side]
    raised = draw.flat(0.0, 40.0) if draw.happens(WRONG_SHARE) else np.zeros(draw.n)
    knee_yaw = np.radians(foot_yaw + draw.flat(-55.0, 35.0))
    hint = point(np.cos(knee_yaw), out * np.sin(knee_yaw), 0.3)
    body.leg_to(side, ankle, hint, flat_foot(out * foot_yaw, raised))


def _within_reach(body: Poser, side: Side, ankle: Array) -> Array:
    hip = body.hip(side)
    down, across = hip[:, 2] - ankle[:, 2], (ankle - hip) * [1.0, 1.0, 0.0]
    most = np.sqrt(np.maximum((0.9995 * body.build.leg) ** 2 - down**2, 1e-4))
    share = np.minimum(1.0, most / np.maximum(np.linalg.norm(across, axis=-1), 1e-6))
    return np.asarray(hip * [1.0, 1.0, 0.0] + column(share) * across + column(ankle[:, 2]) * UP)


def _arms(body: Poser, draw: Draw) -> None:
    """Put the hands anywhere before or beside the trunk, together or each by itself; or on the floor."""
    together, on_floor = draw.happens(0.5), draw.happens(0.3)
    ahead, aside, down = draw.flat(-0.15, 0.55), draw.flat(0.02, 0.45), draw.flat(-0.1, 0.6)
    for side in SIDES:
        if not together:
            ahead, aside, down = draw.flat(-0.2, 0.55), draw.flat(-0.1, 0.5), draw.flat(-0.2, 0.65)
        chest, out = body.chest, SIGN[side]
        wrist = body.mid_shoulder() + (
            column(ahead) * chest[..., :, 0] + out * column(aside) * chest[..., :, 1] - column(down) * chest[..., :, 2]
        )
        height = np.full(draw.n, 0.05) if on_floor else np.maximum(wrist[:, 2], 0.05)
        wrist = wrist * [1.0, 1.0, 0.0] + column(height) * UP
        body.arm_to(side, wrist, -UP + 0.7 * out * LEFT - 0.3 * chest[..., :, 0])
