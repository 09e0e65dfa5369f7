"""The truth about a clip, from its script and from the posed bones."""

from .clip import Clip
from .posture import SIDES
from .script import RepTruth, Script
from .skeleton import Skeleton


def truth_of(
    clip: Clip, script: Script, skeleton: Skeleton, *, fps: int, size_px: tuple[int, int], frames: int
) -> dict[str, object]:
    """Return what a clip really shows, ready for JSON.

    Times are those of the movement itself: from the first moment off rest to the first moment back at rest; a hold is
    the time without any movement. Angles are of the joint centres in space, in the middle of the hold.
    """
    return {
        "schema": "formcheck.truth/1",
        "exercise": clip.exercise,
        "level": clip.level,
        "view": clip.view,
        "fps": fps,
        "width": size_px[0],
        "height": size_px[1],
        "frames": frames,
        "duration_s": round(frames / fps, 3),
        "reps": [_rep(rep, script, skeleton) for rep in script.reps()],
    }


def _rep(rep: RepTruth, script: Script, skeleton: Skeleton) -> dict[str, object]:
    rest = skeleton.pose(script.posture_at(rep.start_s))
    held = skeleton.pose(script.posture_at(rep.peak_s + rep.hold_s / 2.0))
    drop_m = float(rest.middle("hip")[2] - held.middle("hip")[2])
    measures = {"hip_drop_l": round(drop_m / skeleton.leg_m, 3)}
    for side in SIDES:
        measures[f"{side}_knee_flexion_deg"] = round(held.knee_flexion_deg(side), 1)
        measures[f"{side}_hip_flexion_deg"] = round(held.hip_flexion_deg(side), 1)
    return {
        "side": rep.side,
        "start_s": round(rep.start_s, 3),
        "peak_s": round(rep.peak_s, 3),
        "end_s": round(rep.end_s, 3),
        "hold": {"id": rep.hold_id, "start_s": round(rep.peak_s, 3), "duration_s": round(rep.hold_s, 3)},
        "held": measures,
        "faults": list(rep.faults),
    }
