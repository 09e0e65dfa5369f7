"""The person is followed whoever and whatever gets in the way; `tests.bench.following` plays many more scenes."""

import pytest

from tests.bench.following import AGAIN_S, WITH_SHARE, Followed, follow
from tests.pose.composed import KINDS, Setting

pytest.importorskip("ai_edge_litert")

LYING = Setting("dead_bug", "kettlebell_shift_faulty")
STANDING = Setting("lateral_lunge", "kettlebell_shift_faulty", from_s=4.0)
PRONE = Setting("plank_hip_flexion", "hip_airplane_faulty", from_s=8.0, size=0.7, is_left=False)
"""Whoever hangs on the wall wears much the same."""


def followed(kind: str, setting: Setting) -> Followed:
    return follow(KINDS[kind](setting), "litert", "lite", threads=1)


@pytest.mark.parametrize(
    ("kind", "setting"),
    [("occluded", LYING), ("occluded, poster", STANDING), ("occluded, poster", PRONE), ("passing", STANDING)],
)
def test_who_was_hidden_is_followed_again_and_nobody_else(kind: str, setting: Setting) -> None:
    came = followed(kind, setting)
    assert came.share >= WITH_SHARE
    assert len(came.again_s) == (kind != "passing")
    assert all(again_s <= AGAIN_S for again_s in came.again_s)


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        ("mirror", STANDING),
        ("stepping aside", STANDING),
        # Both are in one square for a while, and neither stands out there:
        ("stepping aside", Setting("lateral_lunge", "kettlebell_shift_faulty")),
        # Who stood behind wears much the same:
        ("stepping aside", Setting("kettlebell_shift", "lateral_lunge", size=0.85, is_left=False)),
    ],
)
def test_nobody_else_is_taken_for_the_person(kind: str, setting: Setting) -> None:
    assert followed(kind, setting).share >= WITH_SHARE
