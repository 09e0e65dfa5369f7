"""Whether the person is followed, whoever and whatever else is in the picture: ``python -m tests.bench.following``.

``[mediapipe litert …] [--model lite] [--scenes 20] [--kind occluded …]`` plays scenes composed of the bundled clips
(`tests.pose.composed`) to each backend: other people, sizes, moments and sides each time. ``--minutes 10`` instead plays one
clip to and fro for so long; the person goes out of the picture and comes back now and then.
"""

import argparse
import resource
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from formcheck.pose.bundles import MODELS
from formcheck.pose.opening import BACKENDS, open_estimator
from tests.live.bench import resident_mb
from tests.pose.composed import BEGINS_S, KINDS, Moment, Setting, film, gone, settings

SEEN = 0.05
"""The person is to be seen where at most so much of them is hidden, …"""
COVERED = 0.9
"""… and is not where more than so much is."""
AGAIN_S = 0.5
"""So soon the person is to be found again."""
WITH_SHARE = 0.98
"""A scene is right where the person is followed in so much of the time in which they have been seen for `AGAIN_S`."""
AWAY_EVERY_S, AWAY_S, WALK_S = 40.0, 6.0, 1.5


@dataclass
class Followed:
    """What came of a scene."""

    with_person: int = 0
    with_other: int = 0
    lost: int = 0
    ghosts: int = 0
    """Pictures in which somebody was found at the place of the person who was covered."""
    cuts: int = 0
    again_s: list[float] = field(default_factory=list)
    """How long it took to find the person again, each time."""
    errors_t: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """How much of the time in which the person was to be seen they were followed."""
        seen = self.with_person + self.with_other + self.lost
        return self.with_person / seen if seen else 1.0

    @property
    def is_right(self) -> bool:
        """Whether the person was followed, and found again soon enough."""
        return self.share >= WITH_SHARE and all(again_s <= AGAIN_S for again_s in self.again_s)


def follow(moments: Iterable[Moment], backend: str, model: str, threads: int | None = None) -> Followed:
    """Return what came of a scene."""
    came, since_s, was_hidden = Followed(), None, False
    seen_s = -AGAIN_S
    with open_estimator(model, backend, threads if backend == "litert" else None) as estimator:  # type: ignore[arg-type]
        for moment in moments:
            seen = estimator.estimate(moment.frame)
            time_s, pose = moment.frame.time_s, seen.pose
            came.cuts += seen.cut
            if moment.hidden > SEEN:
                was_hidden |= moment.hidden > COVERED
                since_s = None
                came.ghosts += moment.hidden > COVERED and pose is not None and moment.shows(pose)
                seen_s = time_s
                continue
            if was_hidden:
                since_s, was_hidden = time_s, False
                came.again_s.append(np.inf)
            is_with = pose is not None and moment.shows(pose)
            if is_with and since_s is not None:
                came.again_s[-1], since_s = time_s - since_s, None
            if time_s - seen_s <= AGAIN_S and not is_with:
                continue
            came.with_person += is_with
            came.with_other += pose is not None and not is_with
            came.lost += pose is None
            if is_with and pose is not None:
                came.errors_t.append(moment.error_t(pose))
    return came


def long_run(minutes: float) -> Iterator[Moment]:
    """Yield one clip to and fro; the person is away now and then, for longer each time."""
    shown = film("lateral_lunge", 0.0, 20.0)
    away_s, left_s, is_left = AWAY_S, AWAY_EVERY_S, True
    for index in range(round(minutes * 60 * shown.fps)):
        time_s = index / shown.fps
        since_s = time_s - left_s
        back_s = 2 * WALK_S + away_s
        if since_s >= back_s:
            left_s, is_left, away_s = time_s + AWAY_EVERY_S, not is_left, away_s + 2.0
        share = 0.0 if not 0.0 < since_s < back_s else min(1.0, since_s / WALK_S, (back_s - since_s) / WALK_S)
        yield gone(shown, index, time_s, share, is_left)


def _scenes(ways: list[str], model: str, kinds: list[str], count: int) -> None:
    print("right: followed for 98 % of the time in which the person is to be seen, and found again within 0.5 s")
    for kind in kinds:
        for way in ways:
            backend, _, threads = way.partition(":")
            came = {
                one: follow(KINDS[kind](one), backend, model, int(threads) if threads else None)
                for one in settings(kind, count)
            }
            again_s = [value for one in came.values() for value in one.again_s]
            again = f"; again after {statistics.median(again_s):.2f} s, at most {max(again_s):.2f} s" if again_s else ""
            pictures = sum(one.with_person + one.with_other + one.lost for one in came.values())
            other, lost = (
                100 * sum(getattr(one, what) for one in came.values()) / pictures for what in ("with_other", "lost")
            )
            error_t = statistics.median(value for one in came.values() for value in one.errors_t)
            print(
                f"{kind:18} {way:10} right {sum(one.is_right for one in came.values()):2} of {len(came)}; somebody else "
                f"{other:4.1f} %, nobody {lost:4.1f} %{again}; joints {100 * error_t:.1f} % of the torso off; "
                f"seen while covered {sum(one.ghosts for one in came.values())}; cuts {sum(one.cuts for one in came.values())}",
                flush=True,
            )
            for setting, one in came.items():
                if not one.is_right:
                    print(
                        f"    {_words(setting)}: followed {one.share:.0%}, again after {[round(v, 2) for v in one.again_s]}"
                    )


def _words(setting: Setting) -> str:
    side = "left" if setting.is_left else "right"
    return f"{setting.person} from {setting.from_s:g} s at {setting.size:g}, {setting.other} {side}"


def _minute_by_minute(ways: list[str], model: str, minutes: float) -> None:
    for way in ways:
        backend, _, threads = way.partition(":")
        first_mb = 0.0

        def watched() -> Iterator[Moment]:
            nonlocal first_mb
            for moment in long_run(minutes):
                if moment.frame.time_s <= BEGINS_S:
                    first_mb = resident_mb()
                yield moment

        came = follow(watched(), backend, model, int(threads) if threads else None)
        size = max(1, len(came.errors_t) // max(1, round(minutes)))
        by_minute = [
            statistics.median(came.errors_t[k : k + size]) for k in range(0, len(came.errors_t) - size + 1, size)
        ]
        print(
            f"{minutes:g} minutes, {way}, {model}: with the person {came.share:.1%} of the time, somebody else {came.with_other}, "
            f"nobody {came.lost} pictures; came back {len(came.again_s)} times, found after at most {max(came.again_s, default=0):.2f} s"
        )
        print(f"    joints off, % of the torso, by minute: {' '.join(f'{100 * value:.1f}' for value in by_minute)}")
        most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"    memory {first_mb:.0f} MB at first, {resident_mb():.0f} MB in the end, {most_mb:.0f} MB at most",
            flush=True,
        )


def main() -> None:
    """Play the scenes and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", default=list(BACKENDS), help="BACKEND or BACKEND:THREADS.")
    parser.add_argument("--model", choices=MODELS, default="lite")
    parser.add_argument("--scenes", type=int, default=20)
    parser.add_argument("--kind", choices=tuple(KINDS), action="append")
    parser.add_argument("--minutes", type=float, default=None)
    given = parser.parse_args()
    if given.minutes is not None:
        _minute_by_minute(given.ways, given.model, given.minutes)
    else:
        _scenes(given.ways, given.model, given.kind or list(KINDS), given.scenes)


if __name__ == "__main__":
    main()
