"""Postures: where a person's hips, feet and hands are and how the trunk is turned, free of any body model.

Axes are the room's: ``left`` and ``back`` as the person sees them who faces the room's front, ``up`` from the floor.
"""

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar, cast

import numpy as np

from .rotation import BACK, LEFT, UP, Array, about

Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """A point or a direction; metres, or no unit if a direction."""

    left: float = 0.0
    back: float = 0.0
    up: float = 0.0

    def vector(self) -> Array:
        """Return (3,)."""
        return np.array([self.left, self.back, self.up])

    def mirrored(self) -> "Place":
        """Return it with left and right exchanged."""
        return replace(self, left=-self.left)


@dataclass(frozen=True, slots=True)
class Turn:
    """How a part of the body is turned in the room; upright and facing the front if all are 0.

    Attributes
    ----------
    forward_deg
        Tipped forward; -90 = on the back.
    left_deg
        Tipped to the left.
    turned_left_deg
        Turned about the vertical, after the tipping.
    """

    forward_deg: float = 0.0
    left_deg: float = 0.0
    turned_left_deg: float = 0.0

    def matrix(self) -> Array:
        """Return the (3, 3) rotation."""
        return about(UP, self.turned_left_deg) @ about(BACK, self.left_deg) @ about(LEFT, self.forward_deg)

    def mirrored(self) -> "Turn":
        """Return it with left and right exchanged."""
        return Turn(self.forward_deg, -self.left_deg, -self.turned_left_deg)


@dataclass(frozen=True, slots=True)
class Foot:
    """Where a foot is.

    Attributes
    ----------
    sole_m
        The point of the sole below the ankle.
    turn
        How the foot is turned; flat and pointing to the front if all is 0.
    knee_toward
        Direction towards which the knee bends.
    """

    sole_m: Place
    turn: Turn = Turn()
    knee_toward: Place = Place(back=-1.0)

    def mirrored(self) -> "Foot":
        """Return it with left and right exchanged."""
        return Foot(self.sole_m.mirrored(), self.turn.mirrored(), self.knee_toward.mirrored())


@dataclass(frozen=True, slots=True)
class Hand:
    """Where a hand is, in the chest's axes, so that hands go along with the trunk.

    Attributes
    ----------
    wrist_m
        From the middle between the shoulders.
    elbow_toward
        Direction towards which the elbow bends.
    supination_deg
        Forearm and hand turned about their length, from palms down to palms up for a forearm held out; 0 = at rest.
    curled_deg
        Flexion of every finger joint.
    """

    wrist_m: Place
    elbow_toward: Place
    supination_deg: float = 0.0
    curled_deg: float = 12.0

    def mirrored(self) -> "Hand":
        """Return it with left and right exchanged."""
        return Hand(self.wrist_m.mirrored(), self.elbow_toward.mirrored(), self.supination_deg, self.curled_deg)


@dataclass(frozen=True, slots=True)
class Posture:
    """A whole person.

    Attributes
    ----------
    hips_m
        Middle between the hip joints; its height is ignored while a leg is kept straight.
    pelvis, chest, head
        Each turned in the room, not against its neighbour.
    straight_legs
        Legs that keep the knee flexion of `straight_knee_deg`: the hips ride at the height that this asks for.
    """

    hips_m: Place
    left_foot: Foot
    right_foot: Foot
    left_hand: Hand
    right_hand: Hand
    pelvis: Turn = Turn()
    chest: Turn = Turn()
    head: Turn = Turn()
    straight_legs: frozenset[Side] = frozenset()
    straight_knee_deg: float = 4.0

    def foot(self, side: Side) -> Foot:
        """Return the foot of a side."""
        return self.left_foot if side == "left" else self.right_foot

    def hand(self, side: Side) -> Hand:
        """Return the hand of a side."""
        return self.left_hand if side == "left" else self.right_hand

    def mirrored(self) -> "Posture":
        """Return it with left and right exchanged."""
        return Posture(
            hips_m=self.hips_m.mirrored(),
            left_foot=self.right_foot.mirrored(),
            right_foot=self.left_foot.mirrored(),
            left_hand=self.right_hand.mirrored(),
            right_hand=self.left_hand.mirrored(),
            pelvis=self.pelvis.mirrored(),
            chest=self.chest.mirrored(),
            head=self.head.mirrored(),
            straight_legs=frozenset(other_side(side) for side in self.straight_legs),
            straight_knee_deg=self.straight_knee_deg,
        )


def other_side(side: Side) -> Side:
    """Return right for left, left for right."""
    return "right" if side == "left" else "left"


def blend(first: T, second: T, share: float) -> T:
    """Return what lies that share of the way from the first (0) to the second (1): numbers, or dataclasses of them.

    Of legs kept straight, those that both keep straight.
    """
    a: Any = first
    b: Any = second
    mixed: Any
    if is_dataclass(first):
        make: Any = type(first)
        mixed = make(**{f.name: blend(getattr(a, f.name), getattr(b, f.name), share) for f in fields(first)})
    elif isinstance(a, frozenset):
        mixed = a & b
    else:
        mixed = a + (b - a) * share
    return cast(T, mixed)
