"""When each frame of a video file is shown, by the time stamps that it was written with."""

from fractions import Fraction

from av.video.frame import VideoFrame

REWIND_S = 0.5
"""Times that run back by less are slips, and the frame is left out; by more, they start anew and go on from here."""


class FrameClock:
    """Gives each decoded frame its time in seconds since the first, strictly increasing.

    Parameters
    ----------
    period
        How long a frame lasts that does not say it itself, in seconds.

    Attributes
    ----------
    end_s
        When the last frame that was read is over, in seconds.
    """

    def __init__(self, period: Fraction) -> None:
        self._period = period
        self._origin: Fraction | None = None
        self._last = -period
        self.end_s = 0.0

    def read(self, decoded: VideoFrame) -> float | None:
        """Return the time, or None for a frame that has none of its own."""
        expected = self._last + self._period
        shown = self._period
        if decoded.pts is None or decoded.time_base is None:
            time = expected
        else:
            stamp = decoded.pts * decoded.time_base
            shown = max(shown, (decoded.duration or 0) * decoded.time_base)
            if self._origin is None:
                self._origin = stamp - expected
            time = stamp - self._origin
            if time <= self._last:
                if time > self._last - Fraction(REWIND_S):
                    return None
                self._origin = stamp - expected
                time = expected
        self._last = time
        self.end_s = float(time + shown)
        return float(time)
