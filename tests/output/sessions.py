"""Sessions to write down: one made by hand, and any number made by hypothesis."""

import math
from typing import Any

from hypothesis import strategies as st

from formcheck.body.calibration import Calibration
from formcheck.body.view import View, ViewSeen
from formcheck.capture.frame import SourceInfo
from formcheck.exercise.reasons import Code, Reason
from formcheck.exercise.results import CheckResult, FaultResult, Form, HoldResult, Interruption, NotAssessed, Rep
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Confidence, Severity
from formcheck.pose.opening import BACKENDS, DEVICES

SOURCE = SourceInfo("file", "clips/hip [1].mp4", 1280, 720, 30.0, 0, 0.0)


def fault(name="too_fast", rep=1, **changes):
    facts: dict[str, Any] = {
        "id": name, "severity": Severity.MINOR, "rep": rep, "side": "left", "start_s": 1.0, "end_s": 2.0,
        "measured": 4.1234, "limit": 6.0, "unit": "s", "error": 0.25, "confidence": Confidence.HIGH,
        "cue": "Slow down.",
    }  # fmt: skip
    return FaultResult(**(facts | changes))


def check(name="not_90_90", **changes):
    facts: dict[str, Any] = {
        "id": name, "measure": "each knee_flexion_deg", "band": "good", "value": 91.26, "limit": 120.0, "unit": "deg",
        "error": 8.0, "confidence": Confidence.MEDIUM, "reason": None, "start_s": 1.0, "end_s": 2.0,
    }  # fmt: skip
    return CheckResult(**(facts | changes))


def rep(number=1, **changes):
    facts: dict[str, Any] = {
        "number": number, "side": "left", "start_s": 1.23456, "peak_s": 2.0, "end_s": 3.5, "counted": True,
        "form": Form.CLEAN, "form_unseen": (), "form_share": 1.0, "not_counted_because": None, "view_seen": ViewSeen.LEFT, "attributes": {"stepped": False},
        "holds": (HoldResult("tabletop", 1.5, 4.9, 5.0, True),),
        "measures": {"hip_flexion_deg.left": (1.26, 98.04), "hip_drop": (math.nan, 0.12345)},
        "checks": (check(),), "faults": (),
    }  # fmt: skip
    return Rep(**(facts | changes))


def attempt(number=2, **changes):
    facts: dict[str, Any] = {
        "counted": False,
        "form": None,
        "not_counted_because": why("it came to 62°"),
        "holds": (),
    }
    return rep(number, **(facts | changes))


def why(because):
    return Reason(Code.SOMETHING_ELSE, words={"because": because})


NEEDS_SIDE = Reason(Code.OTHER_VIEW_NEEDED, words={"seen": "front"}, names=("side",))
CAMERA_ROLLED = Reason(Code.CAMERA_ROLLED, {"value": 12.0, "error": 3.0})
LEG_UNSEEN = Reason(Code.PARTS_UNSEEN, {"share": 0.4}, names=("left_leg",))


def shortly(seconds):
    return Reason(Code.WATCHED_TOO_SHORTLY, {"value": seconds, "needed": 1.0})


def session(**changes):
    facts: dict[str, Any] = {
        "source": SOURCE, "model": "heavy", "exercise": "dead_bug", "title": "Dead bug", "level": "basic",
        "level_source": "assumed", "view_wanted": View.SIDE, "view_seen": ViewSeen.OBLIQUE_LEFT,
        "camera_roll_deg": None, "calibration": Calibration("running", 0.51234), "interruptions": (),
        "reps": (rep(1), attempt(2)), "not_assessed": (), "not_visible": ("The low back.",), "advice": (),
        "duration_s": 12.34567, "frames": 370, "tracked": 0.98765,
    }  # fmt: skip
    return Session(**(facts | changes))


ids = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
texts = st.text(min_size=1, max_size=30)
times = st.floats(0, 1e5)
measured = st.floats(-1e4, 1e4)
unjudged = st.sampled_from([NEEDS_SIDE, LEG_UNSEEN, Reason(Code.NO_VIEW_SHOWS_IT)]) | measured.map(shortly)
seen_or_not = measured | st.just(math.nan)
sides = st.sampled_from(["left", "right", None])
units = st.sampled_from(["deg", "deg/s", "T", "T/s", "L", "shank", "ratio", "s", "turns"])

holds = st.builds(HoldResult, id=ids, start_s=times, duration_s=times, required_s=times, passed=st.booleans())
faults = st.builds(
    FaultResult, id=ids, severity=st.sampled_from(Severity), rep=st.integers(1, 99), side=sides, start_s=times,
    end_s=times, measured=measured, limit=measured, unit=units | st.just("times"), error=st.floats(0, 90),
    confidence=st.sampled_from(Confidence), cue=texts,
)  # fmt: skip
assessed = st.builds(
    CheckResult, id=ids, measure=texts, band=st.sampled_from(["good", "borderline", "fault"]), value=measured,
    limit=st.none() | measured, unit=units, error=st.none() | st.floats(0, 90) | st.just(math.nan),
    confidence=st.sampled_from(Confidence), reason=st.none(), start_s=times, end_s=times,
)  # fmt: skip
unassessed = st.builds(
    CheckResult, id=ids, measure=texts, band=st.just("not_assessed"), value=st.none() | st.just(math.nan),
    limit=st.none(), unit=units, error=st.none() | st.just(math.nan), confidence=st.none(), reason=unjudged,
    start_s=times, end_s=times,
)  # fmt: skip
_rep_facts = {
    "number": st.integers(1, 999), "side": sides, "start_s": times, "peak_s": times, "end_s": times,
    "view_seen": st.sampled_from(ViewSeen), "attributes": st.dictionaries(ids, st.booleans(), max_size=2),
    "holds": st.lists(holds, max_size=2).map(tuple),
    "measures": st.dictionaries(
        st.builds("{}_{}".format, ids, st.sampled_from(["deg", "deg.left", "ratio", "m"])),
        st.tuples(seen_or_not, seen_or_not), max_size=3,
    ),
    "checks": st.lists(assessed | unassessed, max_size=3).map(tuple), "faults": st.lists(faults, max_size=2).map(tuple),
}  # fmt: skip
reps = st.builds(
    Rep, counted=st.just(True), form=st.sampled_from(Form), form_unseen=st.lists(ids, max_size=2).map(tuple),
    form_share=st.floats(0, 1), not_counted_because=st.none(), **_rep_facts,
)  # fmt: skip
attempts = st.builds(
    Rep, counted=st.just(False), form=st.none(), form_unseen=st.just(()), form_share=st.floats(0, 1),
    not_counted_because=texts.map(why), **_rep_facts,
)  # fmt: skip
spans = {"from_s": times, "to_s": times}
plain = st.none() | st.booleans() | st.integers() | st.floats() | texts
sessions = st.builds(
    Session,
    source=st.builds(
        SourceInfo, kind=st.sampled_from(["file", "images", "camera"]), path=texts, width=st.integers(0, 8000),
        height=st.integers(0, 8000), fps=st.floats(0, 240), frames=st.integers(0, 9), duration_s=times,
    ),
    model=texts, backend=st.sampled_from(BACKENDS), threads=st.none() | st.integers(1, 64), device=st.sampled_from(DEVICES), exercise=ids, title=texts, level=st.none() | ids,
    level_source=st.sampled_from(["given", "recognised", "assumed"]), view_wanted=st.sampled_from(View),
    view_seen=st.sampled_from(ViewSeen), camera_roll_deg=st.none() | st.floats(-180, 180) | st.just(math.nan),
    calibration=st.builds(
        Calibration, source=st.sampled_from(["standing", "running", "default"]),
        torso_m=st.floats(0.1, 1) | st.just(math.nan), thigh=st.floats(0.1, 2), shank=st.floats(0.1, 2),
        hip_width=st.floats(0.1, 1), shoulder_width=st.floats(0.1, 1),
    ),
    interruptions=st.lists(
        st.builds(Interruption, kind=st.sampled_from(["cut", "hand_over", "lost"]), **spans), max_size=2
    ).map(tuple),
    reps=st.lists(reps | attempts, max_size=3).map(tuple),
    not_assessed=st.lists(st.builds(NotAssessed, id=ids, reason=unjudged, **spans), max_size=2).map(tuple),
    not_visible=st.lists(texts, max_size=2).map(tuple), advice=st.lists(st.sampled_from([CAMERA_ROLLED]), max_size=2).map(tuple),
    remarks=st.lists(texts, max_size=2).map(tuple),
    duration_s=times, frames=st.integers(0, 10**6), tracked=st.floats(0, 1),
    settings=st.dictionaries(texts, plain | st.tuples(st.floats(), texts), max_size=3),
    damaged=st.none() | texts, interrupted=st.booleans(),
)  # fmt: skip
