"""What the user wants of a live session, and what follows of it."""

from dataclasses import dataclass, replace

from formcheck.capture.frame import SourceInfo
from formcheck.exercise.rulebook import Rule
from formcheck.exercise.session_result import Session
from formcheck.pipeline import Options
from formcheck.pose.opening import threads_used, usual_backend
from formcheck.pose.pose import Backend, Device
from formcheck.pose.recording_header import Run
from formcheck.recorded_run import run_of

DEFAULT_MODEL = "heavy"


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """What the user wants of a live session.

    Attributes
    ----------
    camera
        Number, device, URL or file.
    model
        Pose model; None = the best that is fast enough.
    guided
        Lead to the first repetition; None = for cameras and streams, not for files.
    record
        Keep the raw video too.
    headless
        Without a window.
    muted
        Begin silent.
    backend
        What runs the model: ``mediapipe`` or ``litert``; None = LiteRT, where there is a release of it.
    threads
        How many LiteRT uses; None = as many as there are cores, at most 4.
    device
        Where the model runs: ``cpu``, or ``gpu``, the graphics processor.
    with_report
        Write ``report.html`` in the end.
    """

    camera: str = "0"
    model: str | None = None
    guided: bool | None = None
    record: bool = False
    headless: bool = False
    muted: bool = False
    backend: Backend | None = None
    threads: int | None = None
    device: Device = "cpu"
    with_report: bool = False

    @property
    def first_model(self) -> str:
        """The model that looks first."""
        return self.model or DEFAULT_MODEL

    def guides(self, source: SourceInfo) -> bool:
        """Return whether the person is led to the first repetition."""
        return source.kind == "camera" if self.guided is None else self.guided

    def run_of(self, rule: Rule, options: Options) -> Run:
        """Return how a session of an exercise is recorded."""
        backend = self.backend or usual_backend()
        return run_of(rule, options, backend=backend, threads=threads_used(backend, self.threads), device=self.device)


def seen_by(session: Session, run: Run) -> Session:
    """Return a session that says what ran its model."""
    return replace(session, backend=run.backend, threads=run.threads, device=run.device)
