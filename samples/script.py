"""Scripts: what the person in a clip does, beat by beat, and the truth that follows from it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .posture import Foot, Place, Posture, Side, Turn, blend

BREATH_S = 4.0
SWAY_DEG = 0.5
"""Nobody stands like a statue: chest and head tip by so much with every breath."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a move, as shares of its time.

    Attributes
    ----------
    ramp
        Share of the span over which the speed rises, and again falls; in between it is steady, so that a slow move ends
        clearly. None = eased by a raised cosine.
    """

    begin: float = 0.0
    end: float = 1.0
    ramp: float | None = None

    def progress(self, share: float) -> float:
        """Return how far a part of the body has come, 0 to 1."""
        inside = min(max((share - self.begin) / (self.end - self.begin), 0.0), 1.0)
        if self.ramp is None:
            return (1.0 - math.cos(math.pi * inside)) / 2.0
        edge = min(inside, 1.0 - inside)
        if edge > self.ramp:
            way = edge - self.ramp / 2.0
        else:
            way = (edge - self.ramp / math.pi * math.sin(math.pi * edge / self.ramp)) / 2.0
        way /= 1.0 - self.ramp
        return way if inside <= 0.5 else 1.0 - way


@dataclass(frozen=True, slots=True)
class Stay:
    """Nothing moves."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Move:
    """A way to another posture.

    Attributes
    ----------
    body, feet
        When trunk and hands move, and when feet move that change their place; other feet stay planted.
    lift_m
        How high a foot is lifted on its way.
    about_hips
        Feet swing about the hips instead of going straight, so that the hips flex evenly.
    """

    seconds: float
    to: Posture
    body: Span = Span()
    feet: Span = Span()
    lift_m: float = 0.0
    about_hips: bool = False


@dataclass(frozen=True, slots=True)
class Rep:
    """A repetition: there, hold, back.

    Attributes
    ----------
    side
        As the exercise names it; None where it has none.
    faults
        Ids of the faults that it must be given.
    """

    side: Side | None
    there: Move
    hold_id: str
    hold_s: float
    back: Move
    faults: tuple[str, ...] = ()


Beat = Stay | Move | Rep


@dataclass(frozen=True, slots=True)
class RepTruth:
    """What a repetition really was: from the first moment off rest to the first moment back at rest.

    Attributes
    ----------
    peak_s
        The first moment in the end position; the hold starts there.
    """

    side: Side | None
    start_s: float
    peak_s: float
    hold_id: str
    hold_s: float
    end_s: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What a person does: the first posture, then beats one after another."""

    start: Posture
    beats: tuple[Beat, ...]

    @property
    def duration_s(self) -> float:
        """Length of the whole."""
        return sum(seconds for _, seconds, _ in self._legs())

    def posture_at(self, time_s: float) -> Posture:
        """Return the posture at a time; before and after the script, its first and last."""
        now = self.start
        for begin_s, seconds, move in self._legs():
            if time_s < begin_s:
                break
            if move is not None:
                share = min((time_s - begin_s) / seconds, 1.0)
                now = _on_the_way(now, move, share)
        return _breathing(now, time_s)

    def reps(self) -> tuple[RepTruth, ...]:
        """Return the truth of every repetition, timed by the trunk's movement."""
        found = []
        now_s = 0.0
        for beat in self.beats:
            if isinstance(beat, Rep):
                there, back = beat.there, beat.back
                peak_s = now_s + there.body.end * there.seconds
                back_s = now_s + there.seconds + beat.hold_s
                found.append(
                    RepTruth(
                        beat.side,
                        start_s=now_s + min(there.body.begin, there.feet.begin) * there.seconds,
                        peak_s=peak_s,
                        hold_id=beat.hold_id,
                        hold_s=back_s + back.body.begin * back.seconds - peak_s,
                        end_s=back_s + back.body.end * back.seconds,
                        faults=beat.faults,
                    )
                )
            now_s += _seconds(beat)
        return tuple(found)

    def _legs(self) -> Iterator[tuple[float, float, Move | None]]:
        """Yield start, length and move of every stretch, None = nothing moves."""
        now_s = 0.0
        for beat in self.beats:
            stretches: tuple[Stay | Move, ...]
            stretches = (beat.there, Stay(beat.hold_s), beat.back) if isinstance(beat, Rep) else (beat,)
            for stretch in stretches:
                yield now_s, stretch.seconds, stretch if isinstance(stretch, Move) else None
                now_s += stretch.seconds


def _seconds(beat: Beat) -> float:
    return beat.there.seconds + beat.hold_s + beat.back.seconds if isinstance(beat, Rep) else beat.seconds


def _on_the_way(start: Posture, move: Move, share: float) -> Posture:
    if share >= 1.0:
        return move.to
    posture = blend(start, move.to, move.body.progress(share))
    progress = move.feet.progress(share)
    return replace(
        posture,
        left_foot=_stepping(start.left_foot, move.to.left_foot, progress, move, posture.hips_m),
        right_foot=_stepping(start.right_foot, move.to.right_foot, progress, move, posture.hips_m),
    )


def _stepping(start: Foot, end: Foot, progress: float, move: Move, hips_m: Place) -> Foot:
    foot = blend(start, end, progress)
    if start.sole_m == end.sole_m:
        return foot
    sole_m = _swung(start.sole_m, end.sole_m, progress, hips_m) if move.about_hips else foot.sole_m
    return replace(foot, sole_m=replace(sole_m, up=sole_m.up + move.lift_m * math.sin(math.pi * progress)))


def _swung(start: Place, end: Place, progress: float, hub: Place) -> Place:
    """Return a place on the arc about the hub, seen from the side."""
    distances = [math.hypot(place.back - hub.back, place.up - hub.up) for place in (start, end)]
    angles = [math.atan2(place.up - hub.up, hub.back - place.back) for place in (start, end)]
    distance, angle = blend(distances[0], distances[1], progress), blend(angles[0], angles[1], progress)
    return Place(
        left=blend(start.left, end.left, progress),
        back=hub.back - distance * math.cos(angle),
        up=hub.up + distance * math.sin(angle),
    )


def _breathing(posture: Posture, time_s: float) -> Posture:
    sway = SWAY_DEG * math.sin(2.0 * math.pi * time_s / BREATH_S)
    return replace(posture, chest=_tipped(posture.chest, -sway), head=_tipped(posture.head, sway / 2.0))


def _tipped(turn: Turn, forward_deg: float) -> Turn:
    return replace(turn, forward_deg=turn.forward_deg + forward_deg)
