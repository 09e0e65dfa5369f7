"""What all that find a person in pictures have in common: no track crosses a cut, and nobody is sought in the dark.

Where they may, they look less often as long as nothing moves: see `formcheck.pose.still`.
"""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Self

from formcheck.capture.frame import Frame
from formcheck.capture.scene import SceneChanges
from formcheck.pose.pose import Backend, Device, Observation, Pose
from formcheck.pose.still import Standstill


class Looking(ABC):
    """Finds one person and follows them from frame to frame; to be closed.

    Attributes
    ----------
    backend
        What runs the model.
    threads
        How many it uses; None = that is not ours to say, as with MediaPipe.
    device
        Where it runs: ``cpu``, or ``gpu``, the graphics processor.
    """

    backend: ClassVar[Backend]
    threads: int | None = None
    device: Device = "cpu"

    def __init__(self) -> None:
        self._scene = SceneChanges()
        self._standstill: Standstill | None = None

    def skip_still(self) -> None:
        """From now on, look less often where picture and pose stand still."""
        self._standstill = Standstill()

    def __enter__(self) -> Self:
        """Return the estimator itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the estimator."""
        self.close()

    def estimate(self, frame: Frame) -> Observation:
        """Return what is seen in the frame; frames must come in order of time.

        Raises
        ------
        ValueError
            When a frame is not later than the one before.
        """
        view = self._scene.look(frame.time_s, frame.image_bgr)
        if view.cut:
            self.forget()
        still = self._standstill
        if still is not None and (view.cut or view.unfit):
            still.forget()
        if view.levels is None:
            return Observation(frame.time_s, None, unfit=True)
        if still is not None and still.stands(frame.time_s, view.levels):
            return Observation(frame.time_s, still.pose_at(frame.time_s))
        pose = self.find_person(frame)
        if still is not None:
            still.note(frame.time_s, view.levels, pose)
        return Observation(frame.time_s, pose, cut=view.cut)

    def go_on_from(self, before: object) -> None:
        """Follow whom another one followed in the same pictures until now, as far as the two can tell each other."""
        if isinstance(before, Looking):
            self._scene = before._scene

    @abstractmethod
    def close(self) -> None:
        """Release the model; harmless when done twice."""

    @abstractmethod
    def forget(self) -> None:
        """Follow nobody any more: another scene begins."""

    @abstractmethod
    def find_person(self, frame: Frame) -> Pose | None:
        """Return the person in a frame that is fit to show one."""
