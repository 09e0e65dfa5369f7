"""How much of the damage to a video file is told: ``python -m tests.bench.damage [--files N] [--codec hevc]``.

Copies of the bundled samples are damaged by a seeded mutator and read. A copy is *changed* where a picture that is let
through differs visibly from the intact one of that moment, or where pictures are missing. Damage that is neither told nor
refused is *silent*. No intact file may be called damaged.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.capture.video_file import VideoFile
from formcheck.errors import InputError
from formcheck.samples_folder import sample_clip
from tests.capture.clips import CODECS, recoded

CLIPS = ("lateral_lunge", "dead_bug", "hip_flexion", "childs_pose", "spiderman_lunge_faulty", "kettlebell_shift")
SECONDS = 8.0
"""Of each sample, so that a thousand files take minutes."""
VISIBLE_LEVELS = 12
"""A change of a coarse cell (1/40 of the width) by more grey levels is seen."""

Looks = dict[float, NDArray[np.int16]]
Mutator = Callable[[bytearray, np.random.Generator], None]


def one_bit(data: bytearray, rng: np.random.Generator) -> None:
    """Flip one bit."""
    data[int(rng.integers(len(data)))] ^= 1 << int(rng.integers(8))


def bits(data: bytearray, rng: np.random.Generator) -> None:
    """Flip up to 40 bits of the pictures: in the tables before them so many make a file that nothing can read."""
    for start in rng.integers(len(data) // 8, len(data), int(rng.integers(2, 40))).tolist():
        data[start] ^= 1 << int(rng.integers(8))


def zeroed(data: bytearray, rng: np.random.Generator) -> None:
    """Zero a block."""
    start, size = _block(data, rng)
    data[start : start + size] = bytes(size)


def junk(data: bytearray, rng: np.random.Generator) -> None:
    """Write noise over a block."""
    start, size = _block(data, rng)
    data[start : start + size] = rng.bytes(size)


def missing(data: bytearray, rng: np.random.Generator) -> None:
    """Take a block out."""
    start, size = _block(data, rng)
    del data[start : start + size]


def cut_short(data: bytearray, rng: np.random.Generator) -> None:
    """Cut the end off."""
    del data[int(len(data) * rng.uniform(0.02, 0.999)) :]


MUTATORS: tuple[Mutator, ...] = (one_bit, bits, zeroed, junk, missing, cut_short)


def _block(data: bytearray, rng: np.random.Generator) -> tuple[int, int]:
    start = int(rng.integers(len(data)))
    return start, min(int(2 ** rng.uniform(3, 15)), len(data) - start)


def looks(path: Path) -> tuple[Looks, str | None]:
    """Return a coarse picture of each moment, and what is said of damage."""
    source = VideoFile(path)
    seen = {
        round(frame.time_s, 3): cv2.resize(frame.image_bgr, (40, 30), interpolation=cv2.INTER_AREA).astype(np.int16)
        for frame in source
    }
    return seen, source.damaged


def verdict(path: Path, intact: Looks) -> tuple[str, str]:
    """Return what became of a damaged file, and whether that is told."""
    try:
        seen, damaged = looks(path)
    except InputError:
        return "unreadable", "refused"
    smeared = any(np.abs(look - intact[t]).max() > VISIBLE_LEVELS for t, look in seen.items() if t in intact)
    what = "smeared" if smeared else "missing" if seen.keys() != intact.keys() else "same"
    return what, "told" if damaged else "silent"


def originals(folder: Path, codec: str) -> Iterator[Path]:
    """Yield the samples, or copies of their beginnings in another codec or container."""
    for name in CLIPS:
        yield recoded(sample_clip(name), folder / name, codec, SECONDS)


def main() -> None:
    """Damage, read, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=420)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--codec", choices=sorted(CODECS), default="h264")
    parser.add_argument("--intact", type=Path, nargs="*", default=[], help="Further files that are whole.")
    wanted = parser.parse_args()
    table: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = [(path, path.read_bytes(), *looks(path)) for path in originals(folder, wanted.codec)]
        false = [path.name for path, _, _, damaged in whole if damaged]
        false += [path.name for path in wanted.intact if looks(path)[1]]
        for index in range(wanted.files):
            rng = np.random.default_rng([wanted.seed, index])
            path, content, intact, _ = whole[index % len(whole)]
            mutator = MUTATORS[index // len(whole) % len(MUTATORS)]
            data = bytearray(content)
            mutator(data, rng)
            copy = folder / f"damaged{path.suffix}"
            copy.write_bytes(data)
            what, told = verdict(copy, intact)
            table[mutator.__name__, what, told] += 1
            if told == "silent" and what != "same":
                print(f"silent: {index} {path.name} {mutator.__name__} {what}")
    for (kind, what, told), count in sorted(table.items()):
        print(f"{kind:10} {what:10} {told:8} {count:5}")
    changed = Counter(
        {
            told: sum(n for (_, what, t), n in table.items() if t == told and what in ("smeared", "missing"))
            for told in ("told", "silent")
        }
    )
    total = sum(changed.values())
    passed = sum(n for (_, what, told), n in table.items() if what == "smeared")
    print(
        f"of {total} files with changed pictures {changed['told']} told ({changed['told'] / max(1, total):.1%}); {passed} still show a smeared picture"
    )
    print(f"intact files called damaged: {len(false)} of {len(whole) + len(wanted.intact)} {false}")


if __name__ == "__main__":
    main()
