"""The second pass over a recording: each picture is drawn with what was found in it in the end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from formcheck.body.follower import Follower
from formcheck.body.lens import USUAL_FOV_DEG
from formcheck.capture.frame import FrameSource
from formcheck.errors import OutputError
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.output.faces import FaceBlur
from formcheck.overlap import ahead
from formcheck.pose.pose import Observation
from formcheck.pose.seen import Seen


def draw_video(
    path: Path,
    source: FrameSource,
    kept: Seen | Sequence[Observation],
    exercise: Exercise,
    session: Session,
    report: Callable[[int, float, int], None] | None,
    *,
    blur_face: bool = False,
) -> tuple[list[OutputError], bool]:
    """Draw a recording as it was judged.

    Pictures are decoded again, 2 ms each, where keeping them would take gigabytes.

    Parameters
    ----------
    path
        Where to write the video.
    source
        The recording.
    kept
        What the model saw in each picture.
    exercise, session
        What was done, and what was found.
    report
        Told of every picture.
    blur_face
        Make the face unrecognisable.

    Returns
    -------
    failures
        Why the video was not written to its end; empty if it was.
    stopped
        The user stopped it: the video plays up to there.
    """
    from formcheck.output.annotation import Annotation

    stopped, blur = False, FaceBlur()
    follower = Follower(source.info.width, source.info.height, _fov_deg(session))
    with Annotation(path, source.info, exercise, session) as annotation:
        try:
            for frame, seen in zip(ahead(source), kept, strict=False):
                followed = follower.step(seen)
                if blur_face:
                    frame = replace(frame, image_bgr=blur.blurred(frame.image_bgr, seen.pose))
                annotation.add(frame, followed.pose, followed.measured)
                if report is not None:
                    report(len(kept) + frame.index + 1, frame.time_s, 2 * source.info.frames)
        except KeyboardInterrupt:
            stopped = True
    return ([] if annotation.failure is None else [annotation.failure]), stopped


def _fov_deg(session: Session) -> float:
    given = session.settings.get("fov_deg")
    return float(given) if isinstance(given, int | float) else USUAL_FOV_DEG
