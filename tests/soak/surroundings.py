"""Processes of their own: signals at any moment, terminals of all kinds, nobody who reads, no room."""

import shutil
import signal
from pathlib import Path
from random import Random

from tests.soak.case import DONE, FINE, NOBODY, OUTPUT, STOPPED, Case, Stock

ENCODINGS = ("ascii", "latin-1", "cp1252", "utf-8", "utf-16", "ascii:strict", "koi8-r")


def signals(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: a run is ended early, once or more than once."""
    _, recording = stock.recording(rng)
    shutil.copy(recording, folder / "landmarks.jsonl")
    shutil.copy(rng.choice(stock.clips), folder / "clip.mkv")
    analyze = ("analyze", "clip.mkv", "-e", rng.choice(["lateral-lunge", "auto"]), "--model", "lite")
    live = ("live", "lateral-lunge", "--camera", "clip.mkv", "--model", "lite", "--headless", "--mute", "--record")
    arguments: tuple[str, ...] = rng.choice(
        [analyze, analyze, live, ("replay", "landmarks.jsonl", "--out", "out"), ("doctor",)]
    )
    first = rng.uniform(0.0, rng.choice([0.3, 1.0, 3.0, 5.0]))
    more = [rng.choice([0.001, 0.05, 0.5]) for _ in range(rng.choice([0, 0, 1, 1, 3]))]
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    sent = tuple((delay, int(rng.choice(kinds))) for delay in [first, *more])
    # It may be over before; not sure, for -e auto of a clip that was ended early.
    return Case(
        f"{arguments[0]} {len(sent)}x",
        arguments,
        FINE | {STOPPED, 2} if "auto" in arguments else FINE | {STOPPED},
        signals=sent,
    )


def streams(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: the output goes where it is hard to write."""
    _, recording = stock.recording(rng)
    shutil.copy(recording, folder / "landmarks.jsonl")
    arguments = rng.choice(
        [
            ("replay", "landmarks.jsonl"),
            ("replay", "landmarks.jsonl", "--json"),
            ("exercises", "dead-bug"),
            ("exercises",),
            ("--help",),
        ]
    )
    if rng.random() < 0.5:
        encoding = rng.choice(ENCODINGS)
        return Case(
            f"{encoding} {arguments[0]}",
            arguments,
            frozenset({DONE, NOBODY}),
            environment={"PYTHONIOENCODING": encoding},
        )
    shell, code = rng.choice(
        [
            ("> /dev/full", OUTPUT), ("| true", DONE), ("| head -c 1", DONE), (">&-", DONE), (">&- 2>&- <&-", DONE),
            ("2> /dev/full", DONE), ("2>&-", DONE), ("<&-", DONE),
        ]
    )  # fmt: skip
    return Case(f"{shell} {arguments[0]}", arguments, frozenset({code}), shell=shell)


def pairs(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: two runs want the same folder; one at least gets it, and no other code than 0, 4 or 6 is right."""
    _, recording = stock.recording(rng)
    shutil.copy(recording, folder / "landmarks.jsonl")
    shutil.copy(rng.choice(stock.clips), folder / "clip.mkv")
    arguments = rng.choice(
        [
            ("replay", "landmarks.jsonl", "--out", "out"),
            ("analyze", "clip.mkv", "-e", "lateral-lunge", "--model", "lite", "--out", "out"),
        ]
    )
    later_s = rng.choice([0.0, 0.1, 0.5, 1.3])
    judged = "case $a$b in 00|06|60|44|46|64) (exit 0);; *) (exit 99);; esac"
    shell = f'& a=$!; sleep {later_s}; "$@"; b=$?; wait $a; a=$?; {judged}'
    return Case(f"{arguments[0]} twice, {later_s} s apart", arguments, frozenset({DONE}), shell=shell)
