"""Hip flexion: one knee toward the chest and back, from lying on the back to free-standing."""

from formcheck.body.quantity import all_of, any_of, between
from formcheck.body.signals import (
    foot_lift_t,
    frontal_projection_deg,
    hip_angle_in_picture_deg,
    hip_flexion_deg,
    hip_height_t,
    hip_tilt_deg,
    knee_flexion_deg,
    knee_over_hip_t,
    knee_over_other_t,
    torso_inclination_deg,
    trunk_height_ratio,
)
from formcheck.body.view import View
from formcheck.exercise import common
from formcheck.exercise.bands import ARTICLE, JUDGEMENT, Band, source, up_to, within
from formcheck.exercise.checks import REP, Fault, Severity
from formcheck.exercise.contexts import LYING_ON_THE_BACK, STANDING
from formcheck.exercise.movement import Movement, NotThis, rises
from formcheck.exercise.quantities import beyond_setting, change, other, peak, working
from formcheck.exercise.words import Dose, Exercise, Level, Question, Start, like

LYING = ("lying", "straight_legs")
UPRIGHT = ("wall_chair", "wall", "chair", "free")

lean = change(torso_inclination_deg)
beyond_end_point = beyond_setting(working(hip_flexion_deg), "end_point_deg")
knee_inward = other(frontal_projection_deg)
trunk_is_still = between(lean, -15, 15)
lying_or_other_knee_straight = any_of(trunk_height_ratio < 0.5, other(knee_flexion_deg) < 30)

END_POINT_ORIGIN = f"end point: {ARTICLE}; limits: {JUDGEMENT}"
KNEE_RISES = (
    # From the front the thigh points at the camera: the knee's height tells more than the angle.
    rises(working(hip_angle_in_picture_deg), by=25, views=common.NOT_FROM_THE_FRONT),
    rises(working(knee_over_hip_t), by=0.3),
)
WALL_CHAIR = Level(
    id="wall_chair",
    title="standing at the wall, chair beside",
    context=STANDING,
    start=Start("leg_down", working(hip_flexion_deg) < 35),
    movement=Movement(
        position="knee_up",
        witnesses=KNEE_RISES,
        not_this=(
            NotThis(working(knee_over_other_t) < 0.06, because="the other knee was as high: a squat or a jump"),
            NotThis(common.LEANING_ON_THE_HANDS, because="you leaned on your hands: a plank at a wall or a chair"),
            NotThis(working(foot_lift_t) < 0.12, because="the foot was on the floor: a step, a lunge or a squat"),
        ),
    ),
)

EXERCISE = Exercise(
    title="Hip flexion",
    summary="Bring one knee toward the chest without changing the curve of the low back, and return slowly.",
    views=(View.SIDE, View.FRONT),
    camera="From the side, the working leg nearest; 0.3 to 0.6 m high for lying, 1 m for standing. Turn round for the other leg.",
    context=LYING_ON_THE_BACK,
    side_is="the lifted leg",
    start=Start("leg_down", working(hip_flexion_deg) < 85),
    movement=Movement(
        position="knee_up",
        witnesses=KNEE_RISES,
        not_this=(NotThis(working(hip_height_t) > -0.15, because="the foot stayed on the floor"),),
    ),
    levels=(
        Level(id="lying", title="lying, knees bent", recognised_by=working(hip_flexion_deg) > 30),
        Level(id="straight_legs", title="lying, legs straight", recognised_by=working(hip_flexion_deg) < 20),
        WALL_CHAIR,
        like(WALL_CHAIR, id="wall", title="standing at the wall"),
        like(WALL_CHAIR, id="chair", title="standing free, chair beside"),
        like(WALL_CHAIR, id="free", title="standing free"),
    ),
    checks=(
        # From the front a thigh that comes toward the lens is seen too late and lost too early: 3 s short of 8 s.
        like(common.TOO_FAST, views=common.NOT_FROM_THE_FRONT),
        Fault(
            id="past_end_point",
            band=up_to(beyond_end_point, good=0, acceptable=8, fault=15, origin=END_POINT_ORIGIN),
            for_s=0.5,
            severity=Severity.MINOR,
            cue="Stop just before your hand is squeezed.",
        ),
        # A trunk that leans changes this angle too, and a standing knee that bends: these are faults of their own.
        like(common.OTHER_LEG_MOVES, only_if=all_of(trunk_is_still, lying_or_other_knee_straight)),
        like(common.HEAD_LIFTS, levels=LYING, cue="Rest head and shoulders."),
        Fault(
            id="leaning_back",
            band=within(lean, good=8, acceptable=15, fault=20, origin=JUDGEMENT),
            during=REP,
            for_s=1.0,
            levels=UPRIGHT,
            severity=Severity.MINOR,
            severity_at={"chair": Severity.MAJOR, "free": Severity.MAJOR},
            cue="Stay tall; lift only as high as you can hold.",
        ),
        like(
            common.SUPPORT_KNEE_BENDS,
            id="standing_knee_buckles",
            during=REP,
            for_s=1.0,
            levels=UPRIGHT,
            cue="Keep the standing leg long.",
        ),
        Fault(
            id="very_deep",
            band=Band(
                quantity=peak(working(hip_flexion_deg)),
                good=(75, 100),
                acceptable=(70, 110),
                fault=(None, 120),
                origin=f"{JUDGEMENT}; passive end range 110-120°: {source('FPnotebook')}",
            ),
            severity=Severity.INFO,
            cue="Only as high as the back stays quiet.",
        ),
        Fault(
            id="pelvis_drops",
            band=(
                # Bailey's is an excursion: the tilt that standing on both feet shows is the camera's or one's own.
                within(change(hip_tilt_deg), good=6, acceptable=10, fault=15, origin=source("Bailey", "Youdas")),
                up_to(knee_inward, good=8, acceptable=13, fault=18, origin=source("Herrington", "Ghulam", "Gwynne")),
            ),
            for_s=1.0,
            views=(View.FRONT,),
            levels=UPRIGHT,
            severity=Severity.MINOR,
            cue="Level hips, knee over foot.",
        ),
    ),
    shows=working(hip_flexion_deg),
    dose=Dose(
        reps=5,
        per_side=True,
        advice=(
            "Start with 5 slow repetitions; add more only while form, curve and breathing stay normal. "
            f"{common.SETS_A_DAY} {common.NO_IMPROVEMENT}"
        ),
        programme=common.HIP_FLEXORS,
    ),
    questions=(
        Question(id="space_changed", ask="Did the space under your hand change?"),
        common.PAIN,
    ),
    not_visible=(
        "The curve of the low back: landmarks hold no spine, and the thigh's angle is no substitute. "
        "Ask yourself after the set: did the space under my hand change?",
        "Breathing.",
        "Wall and chair: without --level, standing is taken as wall_chair.",
    ),
)
