"""Files with odd names, damaged videos, and folders of images with what does not belong there."""

import os
import shutil
from pathlib import Path
from random import Random

import cv2
import numpy as np

from tests.soak.case import DONE, FINE, INPUT, NOBODY, USAGE, Case, Stock

NAMES = (
    b"a[red]b", b"d[/b]", b"[bold]", b"esc\x1b[31m", b"\x1b]0;title\x07", b"two\nlines", b"no\xfftext", b"\xff\xfe", b"-o", b"--json",
    b" ", b"a b", b"%s%d", b"{}", b"'q\"", b"$(ls)", b";", b"~", b"*", b"http:x", b"a:b", b"\xe2\x80\xae", b"\xf0\x9f\xa6\xb5",
    b"x" * 200, b".hidden", b"..x", b"\\n", b"con", b"\t", b"\r",
)  # fmt: skip


def names(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: a recording or a video with an odd name, or odd results."""
    _, recording = stock.recording(rng)
    odd = os.fsdecode(rng.choice(NAMES))
    source = folder / odd
    source.parent.mkdir(exist_ok=True)
    if rng.random() < 0.25:
        shutil.copy(rng.choice(stock.clips), source)
        first = ("analyze", "-e", "lateral-lunge", "--model", "lite", "--fps", "3", *rng.choice([(), ("--no-video",)]))
    else:
        shutil.copy(recording, source)
        first = ("replay", *rng.choice([(), ("--out", f"{odd}.out"), ("--json",), ("--out", "out")]))
    return Case(f"{first[0]} {odd!r}", (*first, "--", odd), FINE)


def videos(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: a damaged video."""
    clip = rng.choice(stock.clips)
    data = bytearray(clip.read_bytes())
    change = rng.choice(["cut", "bits", "zeros", "noise", "removed", "twice", "none"])
    start = rng.randrange(len(data))
    length = rng.randrange(1, max(2, len(data) // 8))
    if change == "cut":
        del data[start:]
    elif change == "bits":
        for _ in range(rng.choice([1, 5, 100])):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif change in ("zeros", "noise"):
        piece = bytes(len(data[start : start + length]))
        data[start : start + length] = piece if change == "zeros" else rng.randbytes(len(piece))
    elif change == "removed":
        del data[start : start + length]
    elif change == "twice":
        data += bytes(data)
    damaged = folder / f"damaged{clip.suffix}"
    damaged.write_bytes(data)
    codes = frozenset({DONE}) if change == "none" else FINE | {INPUT}
    arguments = ("analyze", damaged.name, "-e", clip.stem, "--model", "lite", "--fps", "5")
    return Case(f"{change} of {clip.name}", (*arguments, *rng.choice([(), ("--no-video",)])), codes)


def images(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: a folder of images."""
    frames = folder / "frames"
    frames.mkdir()
    picture = cv2.imencode(".png", np.full((48, 64, 3), 90, np.uint8))[1].tobytes()
    other = cv2.imencode(".png", np.full((32, 64, 3), 90, np.uint8))[1].tobytes()
    for number in range(rng.randrange(1, 9)):
        (frames / f"img{number}.png").write_bytes(picture)
    odd = rng.choice(["²", "1²2", "٣", "", "a[red]", "\x1b", "10" * 50, "-1", "%d", "img007"])
    change = rng.choice(["name", "pipe", "text", "empty", "half", "size", "folder", "dangling", "none", "no fps"])
    place = frames / f"{odd}z.png"
    codes = frozenset({NOBODY})
    if change == "pipe":
        os.mkfifo(place)
    elif change == "folder":
        place.mkdir()
    elif change == "dangling":
        place.symlink_to("nowhere.png")
    elif change != "none":
        half = picture[: len(picture) // 2]
        content = {"text": b"hello", "empty": b"", "half": half, "size": other}.get(change, picture)
        place.write_bytes(content)
    if change in ("text", "empty", "half", "size", "folder", "dangling"):
        codes = frozenset({INPUT})
    fps = () if change == "no fps" else ("--fps", rng.choice(["1", "25", "0.5", "1000"]))
    codes = frozenset({USAGE}) if change == "no fps" else codes
    arguments = ("analyze", "frames", "-e", "dead-bug", "--model", "lite", *fps)
    return Case(f"{change} {odd!r}", (*arguments, *rng.choice([(), ("--no-video",)])), codes)
