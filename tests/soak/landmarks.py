"""Recordings of landmarks: cut, thinned out, shuffled, and with values that do not belong there."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.case import DONE, FINE, INPUT, NOBODY, USAGE, Case, Stock

NOT_WHOLE = "is not whole"
HOSTILE: tuple[str, ...] = (
    "NaN", "Infinity", "-1e999", "1" + 400 * "0", "1e308", "-1e300", '"x"', "{}", "true", '""', '"\\udcff"', "[[[]]]",
    2000 * "[" + 2000 * "]", 40_000 * "[" + 40_000 * "]", '{"a":' * 3000 + "1" + 3000 * "}", "", "nul", '"' + 9999 * "y" + '"',
)  # fmt: skip
"""Texts that are no landmark, and nothing that a header holds."""


def landmarks(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case."""
    exercise, recording = stock.recording(rng)
    lines = recording.read_bytes().splitlines(keepends=True)
    change = rng.choice(_CHANGES)
    codes, says = change(rng, lines)
    path = folder / "landmarks.jsonl"
    path.write_bytes(b"".join(lines))
    named = rng.choice([(), (), ("-e", exercise), ("-e", "auto"), ("-e", rng.choice(sorted(stock.recordings)))])
    more = rng.choice([(), (), ("--out", "out"), ("--json",)])
    if "auto" in named:
        codes |= {USAGE} if DONE in codes else set()  # it may be not sure
    return Case(change.__name__.strip("_"), ("replay", path.name, *named, *more), codes, says)


Change = Callable[[Random, list[bytes]], tuple[frozenset[int], str]]


def _nothing(_: Random, __: list[bytes]) -> tuple[frozenset[int], str]:
    return FINE, ""


def _cut(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    whole = b"".join(lines)
    length = rng.randrange(len(whole) - len(lines[-1]))
    left = whole[:length].splitlines(keepends=True)
    has_header = length >= len(lines[0]) - 1
    lines[:] = left
    return (FINE, NOT_WHOLE) if has_header else (frozenset({INPUT}), "")


def _thinned(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    start = rng.randrange(1, len(lines) - 2)
    del lines[start : min(start + rng.randrange(1, 30), len(lines) - 1)]
    return FINE, NOT_WHOLE


def _shuffled(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    first, second = sorted(rng.sample(range(1, len(lines) - 1), 2))
    lines[first], lines[second] = lines[second], lines[first]
    return frozenset({INPUT}), ""


def _doubled(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    place = rng.randrange(len(lines))
    lines.insert(place, lines[place])
    return frozenset({INPUT}), ""


def _wrong_value(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    place = rng.randrange(1, len(lines) - 1)
    line = json.loads(lines[place])
    lines[place] = _replaced(rng, line, rng.choice(["t", "px", "w", "v", "cut"]))
    return frozenset({INPUT}), ""


def _wrong_header(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    header = json.loads(lines[0])
    lines[0] = _replaced(
        rng, header, rng.choice(["schema", "version", "source", "model", "options", "mirrored", "fps"])
    )
    return frozenset({INPUT}), ""


def _wrong_source(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    header = json.loads(lines[0])
    name = rng.choice(["kind", "path", "width", "height", "fps", "frames", "duration_s"])
    hostile = '{"x":1}' if name == "path" else _hostile(rng, {"kind": "", "fps": 0.0}.get(name, 0))
    text = json.dumps(header | {"source": header["source"] | {name: "@"}})
    lines[0] = text.replace('"@"', hostile).encode() + b"\n"
    return frozenset({INPUT}), ""


def _wrong_options(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    options = rng.choice([
        {"side": "up"}, {"reps": "x"}, {"reps": 0}, {"end_point_deg": [1]}, {"end_point_deg": [90, 400]}, {"fov_deg": {}},
        {"fov_deg": 500}, {"hold_s": [1]}, {"hold_s": -1},
    ])  # fmt: skip
    lines[0] = json.dumps(json.loads(lines[0]) | {"options": options}).encode() + b"\n"
    return frozenset({INPUT}), ""


def _flipped(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    data = bytearray(b"".join(lines))
    for _ in range(rng.randrange(1, 20)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    lines[:] = [bytes(data)]
    return frozenset({DONE, NOBODY, INPUT, USAGE}), ""


def _jittered(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    """Put landmarks anywhere that the format allows."""
    size = rng.choice([1.0, 100.0, 1e4, 1e6])
    for place in range(1, len(lines) - 1):
        line = json.loads(lines[place])
        if line.get("px") is None or rng.random() < 0.3:
            continue
        for point in rng.sample(range(33), rng.randrange(1, 33)):
            line["px"][point] = rng.choice([[rng.uniform(-size, size), rng.uniform(-size, size)], [None, None], [0, 0]])
            line["w"][point] = [rng.uniform(-size / 1e3, size / 1e3) for _ in range(3)]
            line["v"][point] = rng.choice([0, 1, None, rng.random()])
        lines[place] = json.dumps(line).encode() + b"\n"
    return FINE, ""


def _commanded(rng: Random, lines: list[bytes]) -> tuple[frozenset[int], str]:
    """Put in what a live session may ask, in an order that no session has."""
    for _ in range(rng.randrange(1, 9)):
        place = rng.randrange(2, len(lines) - 1)
        time_s = json.loads(lines[place - 1])["t"]
        event = rng.choice(
            ["wait", "go", "pause", "resume", "undo", "restart", "next_side", "end_point", "model"],
        )
        line: dict[str, Any] = {
            "t": time_s,
            "event": event,
            "side": rng.choice(["left", "right"]),
            "deg": rng.uniform(0, 180),
        }
        lines.insert(place, json.dumps(line | {"model": "lite"}).encode() + b"\n")
    return FINE, ""


_CHANGES: tuple[Change, ...] = (
    _nothing, _cut, _thinned, _shuffled, _doubled, _wrong_value, _wrong_value, _wrong_header, _wrong_source,
    _wrong_options, _flipped, _jittered, _jittered, _commanded,
)  # fmt: skip


def _replaced(rng: Random, line: dict[str, Any], name: str) -> bytes:
    """Return a line with one value that does not belong there."""
    hostile = _hostile(rng, line.get(name, False))
    return json.dumps(line | {name: "@"}).replace('"@"', hostile).encode() + b"\n"


def _hostile(rng: Random, right: object) -> str:
    """Return a value that is of another type or beyond all bounds."""
    choices = list(HOSTILE)
    if isinstance(right, str):
        choices = [item for item in choices if not item.startswith('"') or item == '"\\udcff"']
    if isinstance(right, bool):
        choices.remove("true")
    if isinstance(right, dict):
        choices.remove("{}")
    return rng.choice(choices)
