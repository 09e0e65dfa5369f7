"""Nobody is still: breathing, sway and a slow tremor of the trunk, the head and the free limbs."""

import zlib

import numpy as np

from formcheck.pose.pose import SIDES, Side

from .figure.geometry import Array, apply, column, rot_x, rot_y, rot_z, two_bones, unit
from .figure.movements.movement import Movement
from .figure.skeleton import SIGN, Build, Limb, Posture

BREATH_S = 4.2
BREATH_DEG = 0.5
"""How far a breath tips the chest, there and back."""
SWAY_M_PER_DEG = 0.006
"""How far the hips of a standing person drift for each degree of unsteadiness."""
PERIODS_S = (0.9, 6.0)
"""Of the waves that the tremor is made of."""
WAVES = 7
LOW_M, FREE_M = 0.16, 0.30
"""Height of the hips up to which they rest on the floor, and from which they may sway."""


def unsteady(posture: Posture, moving: Movement, times_s: Array, tremor_deg: float, name: str) -> Posture:
    """Return the posture as a body that breathes and trembles holds it; feet and hands on the floor stay.

    Parameters
    ----------
    posture
        Of n moments.
    moving
        What it belongs to: its sizes, and what rests on the floor.
    times_s
        (n,) moments.
    tremor_deg
        Standard deviation of each joint's own unsteadiness.
    name
        Seeds it: the same name trembles in the same way.
    """
    build, contacts = moving.build, moving.contacts_at(times_s)
    waves = _Waves(times_s, zlib.crc32(name.encode()))
    free = np.clip((posture.mid_hip[:, 2] - LOW_M) / (FREE_M - LOW_M), 0.0, 1.0)
    kneeling = np.broadcast_to(np.asarray(contacts.get("left_knee", False)), times_s.shape)
    sway = column(SWAY_M_PER_DEG * tremor_deg * free * ~kneeling) * waves.vectors() * [1.0, 1.0, 0.0]
    breath = BREATH_DEG * np.sin(2.0 * np.pi * times_s / BREATH_S + waves.phase())
    chest = _jittered(posture.chest @ rot_y(-breath), tremor_deg * 0.6, waves)
    head = _jittered(posture.head, tremor_deg, waves)
    hips = posture.mid_hip + sway
    limbs: dict[str, Limb] = {}
    for side in SIDES:
        foot_down = _share(contacts, f"{side}_ankle", times_s)
        hand_down = _share(contacts, f"{side}_wrist", times_s)
        limbs[f"{side}_leg"] = _leg(build, posture, hips, side, foot_down, tremor_deg, waves)
        limbs[f"{side}_arm"] = _arm(build, posture, (hips, chest), side, hand_down, tremor_deg, waves)
    return Posture(hips, posture.pelvis, chest, head, posture.trunk_ratio, **limbs)


class _Waves:
    """Slow random movements with a standard deviation of 1, each one new."""

    def __init__(self, times_s: Array, seed: int) -> None:
        self._times_s = times_s
        self._random = np.random.default_rng(seed)

    def phase(self) -> float:
        return float(self._random.uniform(0.0, 2.0 * np.pi))

    def values(self) -> Array:
        """Return (n,)."""
        shortest, longest = np.log(PERIODS_S)
        periods = np.exp(self._random.uniform(shortest, longest, WAVES))
        phases = self._random.uniform(0.0, 2.0 * np.pi, WAVES)
        weights = periods / np.sqrt(np.sum(periods**2) / 2.0)  # slow ones are large
        return np.asarray(np.sin(2.0 * np.pi * self._times_s[:, None] / periods + phases) @ weights)

    def vectors(self) -> Array:
        """Return (n, 3)."""
        return np.stack([self.values() for _ in range(3)], axis=-1)


def _share(contacts: dict[str, Array | bool], name: str, times_s: Array) -> Array:
    return np.broadcast_to(np.asarray(contacts.get(name, False), dtype=float), times_s.shape)


def _jittered(rotation: Array, size_deg: float, waves: _Waves) -> Array:
    return (
        rotation
        @ rot_x(size_deg * waves.values())
        @ rot_y(size_deg * waves.values())
        @ rot_z(size_deg * waves.values())
    )


def _leg(
    build: Build, posture: Posture, hips: Array, side: Side, down: Array, tremor_deg: float, waves: _Waves
) -> Limb:
    """Return the leg from the hips where they are now: to the same ankle, or trembling in the air."""
    limb = posture.left_leg if side == "left" else posture.right_leg
    aside = SIGN[side] * build.hip_width / 2.0 * posture.pelvis[..., :, 1]
    knee = posture.mid_hip + aside + build.thigh * limb.upper
    ankle = knee + build.shank * limb.lower
    tremble = np.radians(tremor_deg) * build.leg * 0.7 * waves.vectors() * column(1.0 - _smooth(down))
    lifted = np.clip((ankle[:, 2] - build.ankle_height - 0.01) / 0.15, 0.0, 1.0)
    return _to(limb, hips + aside, knee, ankle + tremble * column(lifted), build.thigh, build.shank)


def _arm(
    build: Build,
    posture: Posture,
    trunk: tuple[Array, Array],
    side: Side,
    down: Array,
    tremor_deg: float,
    waves: _Waves,
) -> Limb:
    """Return the arm: a hand that carries weight stays, another one goes with the chest."""
    limb = posture.left_arm if side == "left" else posture.right_arm
    hips, chest = trunk
    aside = SIGN[side] * build.shoulder_width / 2.0
    reach = column(build.trunk * posture.trunk_ratio)

    def shoulder(at: Array, turn: Array) -> Array:
        return at + reach * turn[..., :, 2] + aside * turn[..., :, 1]

    before, now = shoulder(posture.mid_hip, posture.chest), shoulder(hips, chest)
    elbow = before + build.upper_arm * limb.upper
    wrist = elbow + build.forearm * limb.lower
    low = 1.0 - np.clip((wrist[:, 2] - 0.08) / 0.12, 0.0, 1.0)
    stays = column(np.maximum(_smooth(down), low))
    turned = chest @ np.swapaxes(posture.chest, -1, -2)
    carried = now + apply(turned, wrist - before)
    tremble = np.radians(tremor_deg) * build.arm * 0.7 * waves.vectors()
    goal = stays * wrist + (1.0 - stays) * (carried + tremble)
    return _to(limb, now, now + apply(turned, elbow - before), goal, build.upper_arm, build.forearm)


def _to(limb: Limb, root: Array, joint: Array, end: Array, upper: float, lower: float) -> Limb:
    """Return the limb from root to end, its joint on the side where it is now."""
    line = unit(end - root)
    offset = joint - root - column(np.sum((joint - root) * line, axis=-1)) * line
    straight = np.linalg.norm(offset, axis=-1) < 0.004 * (upper + lower)
    bones = two_bones(root, end, upper, lower, np.where(column(straight), np.cross(limb.end[..., :, 1], -line), offset))
    keep = column(straight & (np.linalg.norm(end - root, axis=-1) > upper + lower))
    upper_bone, lower_bone = (np.where(keep, unit(end - root), bone) for bone in bones)
    return Limb(upper_bone, lower_bone, limb.end)


def _smooth(share: Array, reach: int = 4) -> Array:
    """Return a contact as a share that rises and falls over some frames, full throughout the contact."""
    kernel = np.hanning(2 * reach + 3)[1:-1]
    soft = np.convolve(np.pad(share, reach, mode="edge"), kernel / kernel.sum(), mode="valid")
    return np.maximum(share, soft)
