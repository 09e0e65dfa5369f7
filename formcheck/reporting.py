"""The report of a session, with the pictures that prove its faults."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.capture.frame import Frame
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.exercise.words import Exercise
from formcheck.output.faces import FaceBlur
from formcheck.output.folder import ResultsFolder
from formcheck.output.raw_video import pictures_at
from formcheck.output.report.tracks import Tracks
from formcheck.performance import Performance
from formcheck.pipeline import Options, Step
from formcheck.pose.pose import Observation
from formcheck.pose.seen import Seen


@dataclass(slots=True)
class Reporter:
    """Watches a session and writes its report in the end.

    Attributes
    ----------
    tracks
        What was seen of the body and its signals.
    pictures
        The pictures of the recording that prove faults, by the number of their moment.
    """

    tracks: Tracks = field(default_factory=Tracks)
    pictures: dict[int, NDArray[np.uint8]] = field(default_factory=dict)

    def watching(self, rule: Rule) -> Callable[[Step], None]:
        """Return what is to be told of every step of this rule's performance; what was watched before is forgotten."""
        self.tracks.begin(rule.exercise)
        return self.tracks.add

    def take_pictures(
        self,
        source: Iterable[Frame],
        kept: Seen | Sequence[Observation],
        exercise: Exercise,
        session: Session,
        report: Callable[[int, float, int], None] | None,
        *,
        blur_face: bool,
    ) -> bool:
        """Keep the pictures that prove faults: the recording is decoded again up to the last of them.

        Parameters
        ----------
        source, kept
            The recording, and what the model saw in each picture.
        exercise, session
            What was done, and what was found.
        report
            Told of every picture that is passed: that all of them are done; raises KeyboardInterrupt to stop it.
        blur_face
            Make the face unrecognisable.

        Returns
        -------
        bool
            Whether the user stopped it; the figure then proves what has no picture.
        """
        wanted = self._proof_times(session, exercise)
        blur = FaceBlur()
        try:
            for frame, seen in zip(source, kept, strict=False):
                if len(self.pictures) == len(wanted):
                    break
                if seen.time_s in wanted:
                    image = blur.blurred(frame.image_bgr, seen.pose) if blur_face else frame.image_bgr
                    self.pictures[wanted[seen.time_s]] = image.copy()
                if report is not None:
                    report(len(kept), frame.time_s, len(kept))
        except KeyboardInterrupt:
            return True
        return False

    def write(self, session: Session, exercise: Exercise, results: ResultsFolder) -> None:
        """Write report.html beside the other results.

        Raises
        ------
        OutputError
            It cannot be written.
        """
        from formcheck.output.report.page import Report, write_report

        if not self.pictures and results.recording_mp4.exists():
            times = self._proof_times(session, exercise)
            taken = pictures_at(results.recording_mp4, times)
            self.pictures = {times[time_s]: picture for time_s, picture in taken.items()}
        found = next((path for path in (results.annotated_mp4, results.recording_mp4) if path.exists()), None)
        report = Report(session, exercise, self.tracks, self.pictures, None)
        if found is not None:
            report = replace(report, video=found.name, video_is_annotated=found == results.annotated_mp4)
        write_report(report, results.report_html)

    def _proof_times(self, session: Session, exercise: Exercise) -> dict[float, int]:
        """Return the moments that prove faults, by their times in seconds."""
        from formcheck.output.report.page import proof_moments

        return {self.tracks.times_s[moment]: moment for moment in proof_moments(session, exercise, self.tracks)}


def performance_maker(
    reporter: Reporter | None, size_wh: tuple[int, int], options: Options, model: str
) -> Callable[[Rule], Performance]:
    """Return what makes the performance of a rule, watched from its beginning if a report is wanted."""

    def perform(rule: Rule) -> Performance:
        on_step = None if reporter is None else reporter.watching(rule)
        return Performance(rule, size_wh, options, model, on_step=on_step)

    return perform
