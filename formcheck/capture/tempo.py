"""Notices recordings whose time is not that of the person: slow motion, time lapse, few pictures a second."""

from collections.abc import Iterator, Mapping

from formcheck.language import _

CAPTURE_FPS = "com.android.capture.fps"
"""How many pictures a second an Android phone took, whatever the speed at which they are played."""
SAME_SPEED = 1.5
"""Rates that differ by less are the same: phones take fewer pictures in dim light. Slow motion begins at 2."""
FEW_FPS = 8.0
"""With fewer pictures a second, quick movements and short faults pass unseen."""


def tempo_remarks(tags: Mapping[str, str], fps: float) -> tuple[str, ...]:
    """Return what is odd about the tempo of a recording, in words.

    Parameters
    ----------
    tags
        What the file says of itself.
    fps
        At how many pictures a second it is played, 0 if unknown.
    """
    return tuple(_remarks(tags, fps))


def _remarks(tags: Mapping[str, str], fps: float) -> Iterator[str]:
    taken = _number(tags.get(CAPTURE_FPS, ""))
    if taken > 0 and fps > 0:
        if taken > SAME_SPEED * fps:
            yield (
                _(
                    "This is slow motion: {taken:.0f} pictures a second were taken and {fps:.0f} are played, so "
                    "that every time and hold counts {times:.1f} times too long. Record at normal speed.",
                    taken=taken,
                    fps=fps,
                    times=taken / fps,
                )
            )
        elif fps > SAME_SPEED * taken:
            yield (
                _(
                    "This is a time lapse: {taken:.0f} pictures a second were taken and {fps:.0f} are played, so "
                    "that every time and hold counts {times:.1f} times too short. Record at normal speed.",
                    taken=taken,
                    fps=fps,
                    times=fps / taken,
                )
            )
    if 0 < fps < FEW_FPS:
        yield _(
            "The recording has only {fps:.1f} pictures a second: quick movements pass unseen. Record at 24 or more.",
            fps=fps,
        )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
