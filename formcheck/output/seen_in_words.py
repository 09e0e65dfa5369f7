"""Sides, views, limbs and landmarks as people call them."""

from formcheck.language import N_, _, _p

SIDES_IN_WORDS = (N_("left"), N_("right"))
"""Sides are these words wherever one stands by itself; a sentence about one has its own words for each."""

_PARTS = {
    "left_leg": N_("the left leg"),
    "right_leg": N_("the right leg"),
    "left_arm": N_("the left arm"),
    "right_arm": N_("the right arm"),
    "head": N_("the head"),
    "trunk": N_("the trunk"),
}
"""The limbs that checks look at, as they read in a sentence."""
_LANDMARKS = {
    "nose": N_("nose"),
    "left_eye": N_("left eye"),
    "right_eye": N_("right eye"),
    "left_ear": N_("left ear"),
    "right_ear": N_("right ear"),
    "left_shoulder": N_("left shoulder"),
    "right_shoulder": N_("right shoulder"),
    "left_elbow": N_("left elbow"),
    "right_elbow": N_("right elbow"),
    "left_wrist": N_("left wrist"),
    "right_wrist": N_("right wrist"),
    "left_hip": N_("left hip"),
    "right_hip": N_("right hip"),
    "left_knee": N_("left knee"),
    "right_knee": N_("right knee"),
    "left_ankle": N_("left ankle"),
    "right_ankle": N_("right ankle"),
    "left_heel": N_("left heel"),
    "right_heel": N_("right heel"),
    "left_foot_index": N_("left toes"),
    "right_foot_index": N_("right toes"),
}
"""The landmarks as people call them."""


def as_view(name: str) -> str:
    """Return a view as it reads in "a … view"."""
    views = {
        "side": _p("a … view", "side"),
        "front": _p("a … view", "front"),
        "back": _p("a … view", "back"),
        "45°": _p("a … view", "45°"),
    }
    return views.get(name, name)


def from_where(name: str) -> str:
    """Return a view as it reads in "seen from …" and "film it from …"."""
    views = {
        "side": _p("from …", "the side"),
        "front": _p("from …", "the front"),
        "back": _p("from …", "the back"),
        "45°": _p("from …", "45°"),
    }
    return views.get(name, name)


def limb(name: str) -> str:
    """Return a limb as it reads in a sentence: ``the left leg``."""
    return _(_PARTS.get(name, name))


def landmark(name: str) -> str:
    """Return a landmark as people call it: ``left knee``."""
    return _(_LANDMARKS.get(name, name))
