"""Rule files: the bundled ones with a mistake, as authors make them."""

import re
from pathlib import Path
from random import Random

from formcheck.exercise.rulebook import bundled_folder
from tests.soak.case import DONE, FINE, USAGE, Case, Stock

VALUES = (
    '"x"', "None", "()", "[]", "{}", "True", "-1", "0", "1e308", "float('nan')", "float('inf')", "10**400", "700",
    "lambda: 1", "object()", '"0.5"', "...", "print", '"[/b]"',
)  # fmt: skip
LINES = (
    "raise RuntimeError('mine')", "raise SystemExit(3)", "raise BaseException('mine')", "import nowhere", "1 / 0",
    "EXERCISE = None", "del EXERCISE", "assert False", "x = [", "def f(): return f()\nf()", "exit()",
)  # fmt: skip


def rules(rng: Random, folder: Path, stock: Stock) -> Case:
    """Return a case: a rule is checked, or used."""
    exercise, recording = stock.recording(rng)
    text = (bundled_folder() / f"{exercise}.py").read_text(encoding="utf-8")
    change = rng.choice([_value, _value, _value, _name, _line, _token, _bytes])
    mine = folder / "mine"
    mine.mkdir()
    (mine / f"{exercise}.py").write_bytes(change(rng, text))
    what = change.__name__.strip("_")
    if rng.random() < 0.5:
        return Case(f"check, {what}", ("exercises", "--check", f"mine/{exercise}.py"), frozenset({DONE, USAGE}))
    (folder / "landmarks.jsonl").write_bytes(recording.read_bytes())
    arguments = ("replay", "landmarks.jsonl", "-e", exercise, "--rules", "mine")
    return Case(f"use, {what}", arguments, FINE | {USAGE})


def _value(rng: Random, text: str) -> bytes:
    """Put another value in place of a number, a text or a name after an equals sign or in a call."""
    start = text.index("EXERCISE")
    places = list(re.finditer(r'(?<=[=( ])(-?\d+\.?\d*|"[^"\n]*"|[A-Z]\w+\.[A-Z_]+)', text[start:]))
    place = rng.choice(places)
    return (text[: start + place.start()] + rng.choice(VALUES) + text[start + place.end() :]).encode()


def _name(rng: Random, text: str) -> bytes:
    """Misspell a name."""
    place = rng.choice(list(re.finditer(r"\b[A-Za-z_]{4,}\b", text)))
    word = list(place[0])
    spot = rng.randrange(len(word))
    word[spot] = rng.choice("abcxyz_")
    return (text[: place.start()] + "".join(word) + text[place.end() :]).encode()


def _line(rng: Random, text: str) -> bytes:
    """Add a line that does harm."""
    return f"{text}\n{rng.choice(LINES)}\n".encode()


def _token(rng: Random, text: str) -> bytes:
    """Leave something out."""
    place = rng.choice(list(re.finditer(r"\w+|[^\w\s]", text)))
    return (text[: place.start()] + text[place.end() :]).encode()


def _bytes(rng: Random, text: str) -> bytes:
    data = bytearray(text.encode())
    for _ in range(rng.randrange(1, 5)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)
